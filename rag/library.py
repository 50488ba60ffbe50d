"""An opened home: the catalog, the indexes derived from it, and the lock that lets one process write.

open_library(settings)              read: never waits, never blocks
open_library(settings, write=True)  ingest, remove, reindex, serve: HomeLocked where another process writes

    home/catalog.sqlite     the truth
         pdfs/ID.pdf        the files as they came
         index/g000N/       exact/, lexical/, chroma/: derived, thrown away and rebuilt at will
         lock               held while writing; says who holds it

A filing is committed to the catalog, then put in the indexes, then shown. What a kill leaves between these steps the
next writer finishes when it opens the home (`repair`); a reader finishes it too where nobody is writing. Every search
drops what the catalog does not show, so no index can bring back a removed filing.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from corpus.errors import BadFilter, HomeLocked, IndexMismatch
from corpus.model import WRITING_KINDS, Filing, Passage
from rag.catalog import Catalog, Snapshot
from rag.conversations import Conversations
from rag.corrections import Corrections
from rag.exact import ExactIndex
from rag.lexical import BOOSTS, Boosts, LexicalIndex
from rag.model import FilingRef, Filters, Listing
from rag.models import Embedder
from rag.rows import passage_id
from rag.settings import Settings
from rag.vectors import ChromaIndex

FloatArray = NDArray[np.float32]
Scored = list[tuple[str, float]]  # (passage id, score), best first

APPROXIMATE_FROM = 20_000  # passages; below, the exact product is as quick as Chroma (evals/bench/search.py)
APPROXIMATE_SHARE = 0.5  # of the passages a filter must allow for Chroma to be asked
DEAD_SHARE = 0.3  # of exact rows that may be dead before they are compacted away
GROUP = 4000  # passages put into the indexes at a time, about 10 MB
EXTRA_HITS = 20  # asked of Chroma beyond k, for rows that died

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Scope:
    """The passages a query may reach: filings by seq, with their ids, and kinds of writing (empty: all)."""

    ids: Mapping[int, str]
    writings: tuple[str, ...]
    passages: int
    whole: bool  # every filing is allowed


def open_library(
    settings: Settings, embedder: Embedder | None = None, *, write: bool = False, agreeing: bool = True
) -> Library:
    """The home that `settings.home` names, made where there is none, checked and repaired.

    With `agreeing` the passages must have been embedded by `embedder`, if one is given; `rebuild` needs no agreement.
    Raises HomeLocked (write, and another process writes), LibraryError, IndexMismatch.
    """
    with ExitStack() as stack:
        library = stack.enter_context(Library(settings))
        if write:
            library.lock()
            library.sweep()
        if agreeing and embedder is not None:
            library.check_embedder(embedder)
        if agreeing:
            library.repair()
        stack.pop_all()
    return library


class Library:
    """The opened home. Safe from several threads. Use as a context manager, or `close` it."""

    def __init__(self, settings: Settings) -> None:
        """Open without checking; `open_library` checks."""
        self.settings, self.home = settings, settings.home
        self.home.mkdir(parents=True, exist_ok=True)
        self.catalog = Catalog(settings.database_url or f"sqlite:///{self.home / 'catalog.sqlite'}")
        self.conversations = Conversations(self.catalog.engine)
        self._lock = FileLock(self.home / "lock")
        self._seen: tuple[int, str] = (-1, "")
        self._chroma: ChromaIndex | None = None

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database and the lock."""
        self.catalog.close()
        self.unlock()

    # Writing

    @property
    def writing(self) -> bool:
        """Whether this process holds the home's lock."""
        return bool(self._lock.is_locked)

    def lock(self) -> None:
        """Become the one writer. Raises HomeLocked."""
        holder = self.home / "lock.holder"
        try:
            self._lock.acquire(blocking=False)
        except Timeout as error:
            who = holder.read_text("utf-8") if holder.is_file() else "another process"
            raise HomeLocked(
                f"{who} is writing to {self.home}; wait for it to end, stop it, or use another --home"
            ) from error
        holder.write_text(f"process {os.getpid()}", encoding="utf-8")

    def unlock(self) -> None:
        """Let others write."""
        if self._lock.is_locked:
            (self.home / "lock.holder").unlink(missing_ok=True)
            self._lock.release()

    def add(
        self,
        filing: Filing,
        keys: Sequence[bytes],
        vectors: Mapping[bytes, FloatArray],
        *,
        pdf: Path | None = None,
        matter: str | None = None,
        corrections: Corrections | None = None,
    ) -> None:
        """Commit one filing; `index_pending` then shows it. `keys` and `vectors` as Catalog.add."""
        if pdf is not None:
            self._keep_pdf(filing.id, pdf)
        self.catalog.add(filing, keys, vectors, matter=matter, corrections=corrections)

    def index_pending(self) -> None:
        """Put every committed filing that is not shown yet into all indexes, and show it, some at a time."""
        self._refresh()
        there = self.exact.counts()
        for some in _groups(sorted(self.catalog.pending().items()), self.catalog.passage_counts()):
            loaded = {seq: self.catalog.index_rows(filing_id) for seq, filing_id in some}
            self.exact.extend(
                (seq, [row.writing for row in rows], vectors)
                for seq, (rows, vectors) in loaded.items()
                if there.get(seq, 0) != len(rows)
            )
            self.lexical.update((seq, rows) for seq, (rows, _) in loaded.items())
            self.chroma.add((seq, filing_id, loaded[seq][1]) for seq, filing_id in some)
            self.catalog.mark_ready(loaded)

    def remove(self, filing_id: str) -> None:
        """Take a filing out of the catalog, the indexes and the folder of PDFs. Raises UnknownFiling."""
        ids = [passage.id for passage in self.catalog.filing(filing_id).passages]
        seqs = [seq for seq, known in self.catalog.snapshot().ids.items() if known == filing_id]
        self.catalog.remove(filing_id)
        self.pdf(filing_id).unlink(missing_ok=True)
        self._refresh()
        self.lexical.update([], gone=seqs)
        self.chroma.remove(ids)

    def correct(self, filing_id: str, changes: Mapping[str, object]) -> Listing:
        """Lay a person's corrections over a filing. Where its title changes, the lexical index follows."""
        before = self.catalog.listing(filing_id).facts
        after = self.catalog.correct(filing_id, changes)
        if (before.title, before.case_name) != (after.facts.title, after.facts.case_name):
            self.catalog.mark_stored([filing_id])
            self.index_pending()
        return after

    def pdf(self, filing_id: str) -> Path:
        """Where the filing's PDF is kept."""
        return self.home / "pdfs" / f"{filing_id}.pdf"

    # Searching

    def scope(self, filters: Filters | None = None) -> Scope:
        """What `filters` allow, as of now; the indexes see at least as much. Raises BadFilter."""
        filters = filters or Filters()
        if unknown := [kind for kind in filters.writing if kind not in WRITING_KINDS]:
            raise BadFilter(f"no kind of writing {unknown[0]!r}; known: {', '.join(WRITING_KINDS)}")
        snapshot = self._refresh()
        ids = snapshot.ids
        if filters not in (Filters(), Filters(writing=filters.writing)):
            allowed = self.catalog.seqs(filters)
            ids = {seq: ids[seq] for seq in allowed if seq in ids}
        passages = sum(snapshot.counts[seq] for seq in ids)
        return Scope(ids, filters.writing, passages, len(ids) == len(snapshot.ids))

    def nearest(self, vector: FloatArray, k: int, scope: Scope) -> Scored:
        """The k passages in `scope` whose vectors lie nearest, by cosine.

        Chroma answers among many passages where it may be asked; else the exact product.
        """
        total = len(self.exact.rows)
        many = scope.passages >= max(APPROXIMATE_FROM, APPROXIMATE_SHARE * total) and not scope.writings
        if many and (self.writing or self.settings.chroma_url):
            wanted = int(k * total / max(scope.passages, 1)) + EXTRA_HITS
            hits = [(i, score) for seq, i, score in self.chroma.search(vector, wanted) if seq in scope.ids]
            if len(hits) >= min(k, scope.passages):
                return sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:k]
        found = self.exact.search(vector, k, scope.ids, scope.writings)
        return [(passage_id(scope.ids[seq], ordinal), score) for seq, ordinal, score in found]

    def matching(
        self,
        query: str,
        k: int,
        scope: Scope,
        *,
        phrases: Sequence[str] = (),
        insist: bool = False,
        boosts: Boosts = BOOSTS,
    ) -> Scored:
        """The k passages in `scope` that match the query's words and phrases best (BM25).

        With `insist` only passages that hold every one of the phrases.
        """
        found = self.lexical.search(
            query,
            k,
            phrases=phrases,
            insist=insist,
            seqs=None if scope.whole else scope.ids,
            writings=scope.writings,
            boosts=boosts,
        )
        return [(passage_id(scope.ids[seq], ordinal), score) for seq, ordinal, score in found if seq in scope.ids]

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """The passages with these ids, in the order asked; those gone since are left out."""
        return self.catalog.passages(ids)

    def refs(self, filing_ids: Iterable[str]) -> dict[str, FilingRef]:
        """As much of each filing as travels with a hit."""
        return self.catalog.refs(filing_ids)

    def check_embedder(self, embedder: Embedder) -> None:
        """Raise IndexMismatch where the home's passages were embedded by another model."""
        built = self.catalog.meta("embedder")
        if built is not None and built != embedder.name and self.catalog.ids():
            raise IndexMismatch(
                f"this home's passages were embedded by {built}, the settings name {embedder.name}; "
                "run `pincite reindex`, or set PINCITE_EMBEDDER back"
            )

    def adopt(self, embedder: Embedder) -> None:
        """Note the embedder of a home that has no filings yet; raise IndexMismatch where it has another's."""
        self.check_embedder(embedder)
        if self.catalog.meta("embedder") != embedder.name:
            values = {"embedder": embedder.name, "dimensions": str(embedder.dimensions)}
            self.catalog.set_meta(**values, index=self.fresh_index())

    # The indexes, and their agreement with the catalog

    @property
    def index_folder(self) -> Path:
        """The folder of the index generation in use."""
        return self.home / "index" / (self.catalog.meta("index") or "g0001")

    @cached_property
    def exact(self) -> ExactIndex:
        """Exact nearest neighbours."""
        return ExactIndex(self.index_folder / "exact", int(self.catalog.meta("dimensions") or 384))

    @cached_property
    def lexical(self) -> LexicalIndex:
        """BM25."""
        return LexicalIndex(self.index_folder / "lexical")

    @property
    def chroma(self) -> ChromaIndex:
        """Approximate nearest neighbours; opened when first needed, for it takes a second."""
        if self._chroma is None:
            name = f"pincite-{self.index_folder.name}"
            self._chroma = ChromaIndex(self.index_folder / "chroma", name, self.settings.chroma_url)
        return self._chroma

    def _refresh(self) -> Snapshot:
        """What the catalog shows now, the indexes brought up to it. The catalog is read first: what it shows, every
        index has had since before."""
        snapshot = self.catalog.snapshot()
        seen = (snapshot.generation, self.index_folder.name)
        if seen != self._seen:
            if seen[1] != self._seen[1]:
                self.__dict__.pop("exact", None)
                self.__dict__.pop("lexical", None)
                self._chroma = None
            self.exact.reload()
            self.lexical.reload()
            self._seen = seen
        return snapshot

    def repair(self) -> None:
        """Finish what a kill broke off, and bring the indexes to what the catalog says."""
        self._refresh()
        if not self.catalog.pending() and not self.disagreement():
            return
        with self._moment() as may_write:
            if may_write:
                self.index_pending()
            wrong = self.disagreement()
            if wrong and not may_write:
                raise IndexMismatch(f"{wrong}, and another process is writing; try again, or run `pincite reindex`")
            if wrong:
                log.warning("rebuilding the indexes of %s: %s", self.home, wrong)
                self.rebuild()

    def disagreement(self) -> str:
        """How an index differs from the catalog, empty where none does. Rows of dead seqs are no difference."""
        counts = self.catalog.snapshot().counts
        for name, there in (("exact", self.exact.counts()), ("lexical", self.lexical.counts())):
            missing = [seq for seq, count in counts.items() if there.get(seq, 0) != count]
            if missing:
                return f"the {name} index lacks passages of {len(missing)} filings"
        return ""

    def rebuild(self) -> None:
        """Make all indexes anew from the catalog, in a fresh folder. For the writer."""
        self.catalog.mark_stored(self.catalog.ids(), index=self.fresh_index())
        self.index_pending()
        self.sweep()

    def fresh_index(self) -> str:
        """The name of an index folder that was never used."""
        return f"g{int(self.index_folder.name[1:]) + 1:04d}"

    def sweep(self) -> None:
        """Delete what nothing refers to: old indexes, PDFs of filings that never came in. For the writer."""
        known = {f"{filing_id}.pdf" for filing_id in self.catalog.ids()}
        for path in sorted((self.home / "pdfs").glob("*")):
            if path.name not in known:
                path.unlink(missing_ok=True)
        for folder in sorted((self.home / "index").glob("g*")):
            if folder != self.index_folder:
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _moment(self) -> Iterator[bool]:
        """Write for a moment, if this process is the writer or nobody is; says whether it may."""
        if self.writing:
            yield True
            return
        try:
            self.lock()
        except HomeLocked:
            yield False
            return
        try:
            yield True
        finally:
            self.unlock()

    def _keep_pdf(self, filing_id: str, pdf: Path) -> None:
        """Copy the PDF into the home, whole or not at all."""
        kept = self.pdf(filing_id)
        kept.parent.mkdir(exist_ok=True)
        part = kept.with_suffix(".part")
        shutil.copyfile(pdf, part)
        part.replace(kept)


def _groups(pending: Sequence[tuple[int, str]], sizes: Mapping[int, int]) -> Iterator[list[tuple[int, str]]]:
    """Pending filings in runs of about GROUP passages, so that memory stays bounded."""
    group: list[tuple[int, str]] = []
    for item in pending:
        group.append(item)
        if sum(sizes.get(seq, 0) for seq, _ in group) >= GROUP:
            yield group
            group = []
    if group:
        yield group
