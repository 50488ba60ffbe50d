"""The product on one page: PDFs become a library, a question becomes a cited answer.

build(paths) -> BuildReport    read, split, embed, commit, index; once a filing
rebuild()    -> BuildReport    split and embed what changed, make the indexes anew; no PDF is read again
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.passages import split_passages
from corpus.workers import Limits, Read, read_ahead, read_filing, read_filings
from rag.ingest import INDEX_PASSAGES, Resplit, Split, Tally, Watch, batches, choose, keep_missing, store
from rag.library import Library
from rag.model import BuildReport
from rag.models import Models
from rag.settings import Settings


def build(
    paths: Sequence[Path],
    library: Library,
    models: Models,
    settings: Settings,
    *,
    matter: str | None = None,
    progress: Watch | None = None,
    read: Read = read_filing,
) -> BuildReport:
    """Bring PDFs, and folders of them, into the library; what is there already is left as it is.

    Filings are read in worker processes while this one embeds. Each is committed whole, so nothing that was finished
    is lost if this ends early. A file that cannot be read is reported and the others go on.
    """
    library.adopt(models.embedder)
    tally = Tally(progress)
    chosen = choose(paths, library, matter, tally)
    limits = Limits(settings.page_timeout_s, settings.worker_memory_mb, settings.ocr)
    outcomes = read_filings(chosen, read, workers=settings.workers, limits=limits, on_page=tally.read_page)
    unindexed = 0
    with read_ahead(outcomes) as coming:
        for filings in batches(coming, tally):
            store(filings, chosen, library, models.embedder, matter, tally)
            unindexed += sum(len(filing.passages) for _, filing in filings)
            if unindexed >= INDEX_PASSAGES:
                library.index_pending()
                unindexed = 0
    tally.say("index")
    library.index_pending()
    return tally.report()


def rebuild(
    library: Library,
    models: Models,
    settings: Settings,
    *,
    progress: Watch | None = None,
    split: Split = split_passages,
) -> BuildReport:
    """Split every filing anew from the catalog, embed what no vector is kept for, and make the indexes anew.

    No PDF is read. Searches use the old passages until the new take their place, all at once. If this ends early, the
    vectors made so far are kept, and the next call goes on from there.
    """
    tally = Tally(progress, of=library.catalog.count())
    resplit = Resplit(library.catalog, models.embedder, split)
    for named in resplit.named():
        keep_missing(named, library, models.embedder, tally)
    tally.say("index")
    library.replace_passages(resplit, models.embedder)
    return tally.report()
