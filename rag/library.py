"""An opened home: the catalog, the indexes derived from it, and the lock that lets one process write.

open_library(settings)              read: never waits, never blocks
open_library(settings, write=True)  ingest, remove, reindex, serve: HomeLocked where another process writes

    home/catalog.sqlite     the truth
         pdfs/ID.pdf        the files as they came
         index/g000N/       the indexes in use
         lock               held while writing

A filing is committed to the catalog, then put in the indexes, then shown. What a kill leaves between these steps the
next one to open the home finishes. Every search drops what the catalog does not show, so no index can bring back a
removed filing. Indexes made anew grow beside those in use and take their place in one commit.
"""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from corpus.errors import BadFilter, IndexMismatch, LibraryError
from corpus.model import WRITING_KINDS, Filing, Passage
from corpus.passages import SETTINGS as SPLITTER
from rag.catalog import Catalog, Snapshot
from rag.conversations import Conversations
from rag.corrections import Corrections
from rag.exact import FloatArray
from rag.indexes import Entry, Indexes, destroy_indexes
from rag.inputs import filing_title
from rag.lexical import BOOSTS, Boosts
from rag.lock import HomeLock
from rag.model import FilingRef, Filters, Listing
from rag.models import Embedder
from rag.rows import index_row, passage_id
from rag.settings import Settings

Given = ParamSpec("Given")
Made = TypeVar("Made")
Scored = list[tuple[str, float]]  # (passage id, score), best first

APPROXIMATE_FROM = 200_000  # passages; below, the exact product takes under 10 ms and misses nothing
APPROXIMATE_SHARE = 0.5  # of all rows that a filter must allow for Chroma to be asked
EXTRA_HITS = 20  # asked of Chroma beyond k, for rows that died
DEAD_SHARE = 0.3  # of exact rows; more, and the indexes are made anew
FIRST = "g0001"  # the folder of the first indexes
GROUP = 4000  # passages put into the indexes at a time, about 10 MB

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Scope:
    """The passages a query may reach: filings by seq, with their ids, and kinds of writing (empty: all)."""

    ids: Mapping[int, str]
    writings: tuple[str, ...]
    passages: int
    whole: bool  # every filing is allowed


def _in_turn(change: Callable[Concatenate[Library, Given], Made]) -> Callable[Concatenate[Library, Given], Made]:
    """A method that changes the indexes: threads take turns at it."""

    @wraps(change)
    def waiting(library: Library, *given: Given.args, **named: Given.kwargs) -> Made:
        with library.turn:
            return change(library, *given, **named)

    return waiting  # type: ignore[return-value]  # wraps keeps the signature, which its type does not say


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
            library.lock.acquire()
            library.sweep()
        if agreeing and embedder is not None:
            library.check_embedder(embedder)
        if agreeing:
            library.repair()
        stack.pop_all()
    return library


class Library:
    """The opened home. Safe from several threads. Use as a context manager, or `close` it."""

    def __init__(self, settings: Settings, *, approximate_from: int = APPROXIMATE_FROM) -> None:
        """Open without checking; `open_library` checks. Chroma is asked from `approximate_from` passages on."""
        self.settings, self.home = settings, settings.home
        self.home.mkdir(parents=True, exist_ok=True)
        self.catalog = Catalog(settings.database_url or f"sqlite:///{self.home / 'catalog.sqlite'}")
        self.conversations = Conversations(self.catalog.engine)
        self.lock = HomeLock(self.home)
        self._guard = threading.Lock()
        self.turn = threading.RLock()  # one thread changes the indexes at a time
        self._approximate_from = approximate_from
        self._seen = -1
        self._indexes: Indexes | None = None

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database, the indexes and the lock."""
        if self._indexes is not None:
            self._indexes.close()
            self._indexes = None
        self.catalog.close()
        self.lock.release()

    # Writing

    @property
    def writing(self) -> bool:
        """Whether this process holds the home's lock."""
        return self.lock.held

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

    @_in_turn
    def index_pending(self) -> None:
        """Put every committed filing that is not shown yet into the indexes, and show it, some at a time."""
        _, indexes = self._current()
        for entries in self._stored(sorted(self.catalog.pending().items())):
            indexes.put(entries)
            self.catalog.mark_ready(entry.seq for entry in entries)

    @_in_turn
    def remove(self, filing_id: str) -> None:
        """Take a filing out of the catalog, the indexes and the folder of PDFs. Raises UnknownFiling."""
        passages = self.catalog.listing(filing_id).passages
        snapshot, indexes = self._current()
        self.catalog.remove(filing_id)
        self.pdf(filing_id).unlink(missing_ok=True)
        indexes.drop(filing_id, [seq for seq, known in snapshot.ids.items() if known == filing_id], passages)
        self._rebuild_if_mostly_dead()

    @_in_turn
    def correct(self, filing_id: str, changes: Mapping[str, object]) -> Listing:
        """Lay a person's corrections over a filing; where its title changes, the lexical index follows.

        Raises BadCorrection, UnknownFiling. The vectors follow at the next reindex.
        """
        before = self.catalog.listing(filing_id).facts
        after = self.catalog.correct(filing_id, changes)
        if filing_title(before) != filing_title(after.facts):
            old = [seq for seq, known in self.catalog.snapshot().ids.items() if known == filing_id]
            self.catalog.mark_stored([filing_id])
            self.index_pending()
            self._current()[1].lexical.update([], gone=old)
        return after

    @_in_turn
    def replace_passages(
        self, resplit: Iterable[tuple[Filing, Sequence[bytes]]], embedder: Embedder, splitter: str = SPLITTER
    ) -> None:
        """Put new passages in place of the old, in catalog and indexes, all at once. Their vectors are kept already.

        `resplit` is gone through twice, so it must be a sequence or start anew each time.
        """
        built = {"embedder": embedder.name, "splitter": splitter, "dimensions": str(embedder.dimensions)}
        with self._anew(embedder.dimensions) as (fresh, name):
            seqs = {}
            for filing, keys in resplit:
                seqs[filing.id] = self.catalog.next_seq()
                facts = self.catalog.listing(filing.id).facts
                rows = [index_row(passage, filing.writings, facts) for passage in filing.passages]
                fresh.put([Entry(seqs[filing.id], filing.id, rows, self.catalog.vectors(keys))])
            self.catalog.replace_passages(((f, keys, seqs[f.id]) for f, keys in resplit), **built, index=name)
        self.catalog.drop_unused_vectors()

    @_in_turn
    def rebuild(self) -> None:
        """Make all indexes anew from the catalog; searches use the old ones until the new are whole."""
        with self._anew(self._dimensions()) as (fresh, name):
            for entries in self._stored(sorted(self.catalog.seq_ids().items())):
                fresh.put(entries)
            self.catalog.mark_ready(self.catalog.pending(), index=name)

    def sweep(self) -> None:
        """Delete what nothing refers to: indexes out of use, PDFs of filings that never came in. For the writer."""
        known = {f"{filing_id}.pdf" for filing_id in self.catalog.ids()}
        for path in sorted((self.home / "pdfs").glob("*")):
            if path.name not in known:
                path.unlink(missing_ok=True)
        for folder in sorted((self.home / "index").glob("g*")):
            if folder.name != self._index_name():
                shutil.rmtree(folder, ignore_errors=True)

    def pdf(self, filing_id: str) -> Path:
        """Where the filing's PDF is kept."""
        return self.home / "pdfs" / f"{filing_id}.pdf"

    # Searching

    def scope(self, filters: Filters | None = None) -> Scope:
        """What `filters` allow, as of now; the indexes see at least as much. Raises BadFilter."""
        filters = filters or Filters()
        if unknown := [kind for kind in filters.writing if kind not in WRITING_KINDS]:
            raise BadFilter(f"no kind of writing {unknown[0]!r}; known: {', '.join(WRITING_KINDS)}")
        snapshot, _ = self._current()
        ids = snapshot.ids
        if filters not in (Filters(), Filters(writing=filters.writing)):
            ids = {seq: ids[seq] for seq in self.catalog.seqs(filters) if seq in ids}
        passages = sum(snapshot.counts[seq] for seq in ids)
        return Scope(ids, filters.writing, passages, len(ids) == len(snapshot.ids))

    def nearest(self, vector: FloatArray, k: int, scope: Scope) -> Scored:
        """The k passages in `scope` whose vectors lie nearest, by cosine.

        Chroma answers among many passages where it may be asked; else the exact product.
        """
        _, indexes = self._current()
        total = len(indexes.exact.rows)
        many = scope.passages >= max(self._approximate_from, APPROXIMATE_SHARE * total) and not scope.writings
        if many and (self.writing or self.settings.chroma_url):
            wanted = int(k * total / max(scope.passages, 1)) + EXTRA_HITS
            hits = [(i, score) for seq, i, score in indexes.chroma.search(vector, wanted) if seq in scope.ids]
            if len(hits) >= min(k, scope.passages):
                return sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:k]
        found = indexes.exact.search(vector, k, scope.ids, scope.writings)
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
        _, indexes = self._current()
        seqs = None if scope.whole else scope.ids
        found = indexes.lexical.search(
            query, k, phrases=phrases, insist=insist, seqs=seqs, writings=scope.writings, boosts=boosts
        )
        return [(passage_id(scope.ids[seq], ordinal), score) for seq, ordinal, score in found if seq in scope.ids]

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """The passages with these ids, in the order asked; those gone since are left out."""
        return self.catalog.passages(ids)

    def refs(self, filing_ids: Iterable[str]) -> dict[str, FilingRef]:
        """As much of each filing as travels with a hit."""
        return self.catalog.refs(filing_ids)

    # Agreement of catalog, indexes and models

    def check_embedder(self, embedder: Embedder) -> None:
        """Raise IndexMismatch where the home's passages were embedded by another model."""
        built = self.catalog.snapshot().home.get("embedder")
        if built is not None and built != embedder.name and not self.catalog.is_empty():
            raise IndexMismatch(
                f"this home's passages were embedded by {built}, the settings name {embedder.name}; "
                "run `pincite reindex`, or set PINCITE_EMBEDDER back"
            )

    def adopt(self, embedder: Embedder, splitter: str = SPLITTER) -> None:
        """Note what a home without filings is going to be built with; IndexMismatch where it was built otherwise."""
        self.check_embedder(embedder)
        built = {"embedder": embedder.name, "splitter": splitter, "dimensions": str(embedder.dimensions)}
        if self.catalog.is_empty():
            if any(self.catalog.meta(key) != value for key, value in built.items()):
                with self._anew(embedder.dimensions) as (_, name):
                    self.catalog.set_meta(**built, index=name)
        elif self.catalog.meta("splitter") != splitter:
            raise IndexMismatch(
                "this home's passages were split by another version; run `pincite reindex`, then ingest"
            )

    def repair(self) -> None:
        """Finish what a kill broke off, and bring the indexes to what the catalog says. Raises IndexMismatch."""
        if self.writing and not self.disagreement():
            self._current()[1].drop_dead(self.catalog.seq_ids())
        if not self.catalog.pending() and not self.disagreement():
            return
        with self.lock.moment() as may_write:
            wrong = self.disagreement()
            if wrong and not may_write:
                raise IndexMismatch(f"{wrong}; another process is writing: try again, or run `pincite reindex`")
            if wrong:
                log.warning("making the indexes of %s anew: %s", self.home, wrong)
                self.rebuild()
            elif may_write:
                self.index_pending()

    def disagreement(self) -> str:
        """How an index differs from what the catalog shows, empty where none does; dead rows are no difference.

        Chroma is looked at by the writer only.
        """
        try:
            snapshot, indexes = self._current()
            there = {"exact": indexes.exact.counts(), "lexical": indexes.lexical.counts()}
            if self.writing and snapshot.counts and indexes.chroma.count() != sum(snapshot.counts.values()):
                there["Chroma"] = indexes.chroma.counts()
        except LibraryError as error:
            if self.settings.chroma_url:
                raise  # a server that does not answer is no damage that could be repaired here
            return str(error)
        for name, counts in there.items():
            wrong = [seq for seq, count in snapshot.counts.items() if counts.get(seq, 0) != count]
            if wrong:
                return f"the {name} index lacks passages of {len(wrong)} filings"
        return ""

    @property
    def indexes(self) -> Indexes:
        """The indexes in use."""
        return self._current()[1]

    def _current(self) -> tuple[Snapshot, Indexes]:
        """What the catalog shows now, and indexes that have all of it: the catalog is read first, and what it shows
        the indexes have had since before."""
        with self._guard:
            snapshot = self.catalog.snapshot()
            name = snapshot.home.get("index", FIRST)
            if self._indexes is None or self._indexes.folder.name != name:
                if self._indexes is not None:
                    self._indexes.close()
                self._indexes = self._open_indexes(name, self._dimensions())
            elif self._seen != snapshot.generation:
                self._indexes.reload()
            self._seen = snapshot.generation
            return snapshot, self._indexes

    @contextmanager
    def _anew(self, dimensions: int) -> Iterator[tuple[Indexes, str]]:
        """Fresh indexes to fill; within the block the catalog is told their name, after it the old ones go."""
        old = self._index_name()
        name = f"g{int(old[1:]) + 1:04d}"
        shutil.rmtree(self.home / "index" / name, ignore_errors=True)
        with closing(self._open_indexes(name, dimensions)) as fresh:
            yield fresh, name
        destroy_indexes(self.home / "index" / old, chroma_url=self.settings.chroma_url, home_id=self._home_id())

    def _stored(self, pending: Sequence[tuple[int, str]]) -> Iterator[list[Entry]]:
        """These filings from the catalog, in runs of about GROUP passages so that memory stays bounded."""
        run: list[Entry] = []
        for seq, filing_id in pending:
            run.append(Entry(seq, filing_id, *self.catalog.index_rows(filing_id)))
            if sum(len(entry.rows) for entry in run) >= GROUP:
                yield run
                run = []
        if run:
            yield run

    def _rebuild_if_mostly_dead(self) -> None:
        snapshot, indexes = self._current()
        total = len(indexes.exact.rows)
        if total and 1 - sum(snapshot.counts.values()) / total > DEAD_SHARE:
            self.rebuild()

    def _open_indexes(self, name: str, dimensions: int) -> Indexes:
        url, home_id = self.settings.chroma_url, self._home_id()
        return Indexes(self.home / "index" / name, dimensions, chroma_url=url, home_id=home_id)

    def _home_id(self) -> str:
        return self.catalog.meta("home_id") or ""

    def _index_name(self) -> str:
        return self.catalog.meta("index") or FIRST

    def _dimensions(self) -> int:
        return int(self.catalog.meta("dimensions") or 384)

    def _keep_pdf(self, filing_id: str, pdf: Path) -> None:
        """Copy the PDF into the home, whole or not at all."""
        kept = self.pdf(filing_id)
        kept.parent.mkdir(exist_ok=True)
        part = kept.with_suffix(".part")
        shutil.copyfile(pdf, part)
        part.replace(kept)
