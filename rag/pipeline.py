"""The product on one page: PDFs become a library, a question becomes a cited answer.

build(paths) -> BuildReport    read, split, embed, commit, index; once a filing
rebuild()    -> BuildReport    split and embed what changed, make the indexes anew; no PDF is read again
ask(question) -> Answer        follow up, retrieve, gather, weigh, answer; every quotation verified, or silence
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.passages import split_passages
from corpus.workers import Limits, Read, read_ahead, read_filing, read_filings
from rag.abstain import counted, silence, weigh
from rag.answer import answer_from
from rag.gather import case_key, gather
from rag.ingest import INDEX_PASSAGES, Resplit, Split, Tally, Watch, batches, choose, keep_missing, store
from rag.library import Library
from rag.model import Answer, BuildReport, Filters, Hit, Step
from rag.models import Models
from rag.question import read_question
from rag.retrieve import Stopwatch, retrieve
from rag.settings import Settings

COMPOSED = "composed"  # what Answer.model says where no chat model wrote
ASK_K = 16  # passages retrieved for an answer
SOURCES = 10  # of them that travel with it

Steps = Callable[[Step], None]


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


def ask(
    question: str,
    *,
    library: Library,
    models: Models,
    settings: Settings,
    filters: Filters | None = None,
    conversation_id: str | None = None,
    progress: Steps | None = None,
) -> Answer:
    """Answer `question` from the filings' own words; every quotation is verified, and silence is an answer.

    With a `conversation_id` earlier turns are read for what the question leaves out, and this turn is kept.
    Raises UnknownConversation, BadFilter, IndexMismatch.
    """
    say, clock, allowed = progress or _unwatched, Stopwatch(), filters or Filters()
    asked = read_question(question)
    say(Step("searching", f"Searching {library.catalog.count(allowed)} filings"))
    found = retrieve(asked.text, library, models, settings, k=ASK_K, filters=allowed)
    say(Step("found", f"{len(found.hits)} passages found", len(found.hits)))
    clock.lap("retrieve")
    hits = gather(asked, found.hits, lambda q, f, k: _plainly(q, f, k, library, models, settings), allowed)
    verdict = weigh(asked, found, hits)
    clock.lap("gather")
    if verdict.abstain:
        text = silence(found.hits, _searched(library, allowed))
        return Answer(
            question, asked.text, conversation_id, True, text, (), (), found.hits[:SOURCES], COMPOSED, (), clock.laps
        )
    filings = {key: library.catalog.filing(key) for key in dict.fromkeys(hit.filing.id for hit in hits)}
    say(Step("reading", f"Reading {len(filings)} filings", len(filings)))
    same_case = len({case_key(ref) for ref in library.catalog.refs(library.catalog.ids()).values()}) <= 1
    draft = answer_from(asked, hits, filings, models, settings, same_case=same_case)
    for claim in draft.claims:
        say(Step("claim", claim.text, claim=claim))
    clock.lap("answer")
    return Answer(
        question=question,
        standalone_question=asked.text,
        conversation_id=conversation_id,
        abstained=not draft.claims,
        answer=draft.text or silence(hits, _searched(library, allowed)),
        claims=draft.claims,
        positions=draft.positions,
        sources=hits[:SOURCES],
        model=COMPOSED,
        timings_ms=clock.laps,
    )


def _plainly(
    query: str, filters: Filters, k: int, library: Library, models: Models, settings: Settings
) -> tuple[Hit, ...]:
    """Retrieval without the reranker, for the voices that a first search missed."""
    return retrieve(query, library, Models(models.embedder), settings, k=k, filters=filters).hits


def _searched(library: Library, filters: Filters) -> str:
    """How many filings in how many courts were searched, in words."""
    listings = library.catalog.listings(filters, limit=None)
    return counted(len(listings), len({listing.facts.court for listing in listings if listing.facts.court}))


def _unwatched(_: Step) -> None:
    """Nobody watches."""
