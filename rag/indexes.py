"""The three indexes of one generation, filled and asked together. Derived: thrown away and made anew at will.

home/index/g0003/exact      nearest passages by a product over all rows (rag/exact.py)
                 lexical    BM25 (rag/lexical.py)
                 chroma     nearest passages, approximately (rag/vectors.py); not here where a server keeps it
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.exact import ExactIndex, FloatArray
from rag.lexical import LexicalIndex
from rag.rows import IndexRow, passage_id
from rag.vectors import ChromaIndex


@dataclass(frozen=True)
class Entry:
    """A filing as the indexes take it: its seq, its id, its passages and their vectors."""

    seq: int
    filing_id: str
    rows: Sequence[IndexRow]
    vectors: FloatArray


class Indexes:
    """The indexes in one folder. Any process may search exact and lexical; Chroma is the writer's, or a server's."""

    def __init__(self, folder: Path, dimensions: int, *, chroma_url: str = "", home_id: str) -> None:
        """Open, or make what is not there. Raises LibraryError."""
        self.folder = folder
        self.exact = ExactIndex(folder / "exact", dimensions)
        self.lexical = LexicalIndex(folder / "lexical")
        self._chroma: ChromaIndex | None = None
        self._chroma_url, self._collection = chroma_url, collection_name(folder, home_id)
        self._opening = threading.Lock()

    @property
    def chroma(self) -> ChromaIndex:
        """Opened when first asked for, since that takes half a second."""
        with self._opening:
            if self._chroma is None:
                self._chroma = ChromaIndex(self.folder / "chroma", self._collection, self._chroma_url)
            return self._chroma

    def reload(self) -> None:
        """See what another process put in."""
        self.exact.reload()
        self.lexical.reload()

    def put(self, entries: Sequence[Entry]) -> None:
        """Take filings in; what a broken-off `put` left of them is replaced or completed."""
        there = self.exact.counts()
        self.exact.extend(
            (e.seq, [row.writing for row in e.rows], e.vectors) for e in entries if there.get(e.seq, 0) != len(e.rows)
        )
        self.lexical.update((e.seq, e.rows) for e in entries)
        self.chroma.add((e.seq, e.filing_id, e.vectors) for e in entries)

    def drop(self, filing_id: str, seqs: Iterable[int], passages: int) -> None:
        """Take a filing out. Its exact rows stay and are dead, until the indexes are made anew."""
        self.lexical.update([], gone=seqs)
        self.chroma.remove([passage_id(filing_id, ordinal) for ordinal in range(passages)])

    def drop_dead(self, alive: Collection[int]) -> None:
        """Take out what a removal that was broken off left in the lexical index and Chroma."""
        if dead := sorted(set(self.lexical.counts()) - set(alive)):
            self.lexical.update([], gone=dead)
        if self.chroma.count() > sum(self.exact.counts().get(seq, 0) for seq in alive):
            self.chroma.remove_seqs(sorted(set(self.chroma.counts()) - set(alive)))

    def close(self) -> None:
        """Let Chroma go."""
        if self._chroma is not None:
            self._chroma.close()
            self._chroma = None


def destroy_indexes(folder: Path, *, chroma_url: str, home_id: str) -> None:
    """Delete the indexes in a folder, which need not be whole, and what a Chroma server keeps of them."""
    if chroma_url:
        ChromaIndex(folder / "chroma", collection_name(folder, home_id), chroma_url).drop()
    shutil.rmtree(folder, ignore_errors=True)


def collection_name(folder: Path, home_id: str) -> str:
    """The name of a generation's collection, its home's own even on a server shared by many."""
    return f"pincite-{home_id}-{folder.name}"
