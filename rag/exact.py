"""Exact nearest passages by one matrix product over rows on disk: for narrow filters, and beside a writer.

    home/index/…/exact/vectors.f32   float32 rows, L2-normalised, appended, never changed
                       rows.bin      one ROW for each: which filing (seq), which passage, which kind of writing
                       count         how many rows are whole; replaced in one step after the rows are on disk

Any number of processes may read while one appends: readers map the files and see as many rows as `count` said. A row
whose seq the catalog no longer knows is dead; it is skipped, and `compact` drops it.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import LibraryError
from corpus.model import WRITING_KINDS

ROW = np.dtype([("seq", "<i8"), ("ordinal", "<i4"), ("writing", "<i4")])
NO_WRITING = -1
WHOLE_SHARE = 0.2  # above this share of rows, a product over all beats gathering the allowed ones
SLAB_ROWS = 65536  # rows copied at a time, 100 MB at 384 dimensions

FloatArray = NDArray[np.float32]
Rows = NDArray[np.void]
Found = list[tuple[int, int, float]]  # (seq, ordinal, cosine), best first


class ExactIndex:
    """The vectors of one index generation, on disk."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        self.folder, self.dimensions = folder, dimensions
        folder.mkdir(parents=True, exist_ok=True)
        self._count = -1
        self.reload()

    def reload(self) -> None:
        """See the rows that were appended since; cheap where none were."""
        path = self.folder / "count"
        count = int(path.read_bytes() or b"0") if path.is_file() else 0
        if count == self._count:
            return
        if count == 0:
            self._seen = np.empty(0, ROW), np.empty((0, self.dimensions), np.float32)
        else:
            try:
                rows = np.memmap(self.folder / "rows.bin", ROW, "r", shape=(count,))
                vectors = np.memmap(self.folder / "vectors.f32", np.float32, "r", shape=(count, self.dimensions))
            except (OSError, ValueError) as error:
                raise LibraryError(f"the exact index lacks rows ({error}); run `pincite reindex`") from error
            self._seen = np.array(rows), np.asarray(vectors)
        self._count = count

    @property
    def rows(self) -> Rows:
        """What each row is."""
        return self._seen[0]

    def append(self, seq: int, writings: Sequence[str | None], vectors: FloatArray) -> None:
        """Add a filing's passages, ordinals 0, 1, 2 …; they are on disk when this returns. For the writer only."""
        self.extend([(seq, writings, vectors)])

    def extend(self, batch: Iterable[tuple[int, Sequence[str | None], FloatArray]]) -> None:
        """Add several filings' passages at once, each as `append`."""
        batch = [(seq, writings, vectors) for seq, writings, vectors in batch if len(writings)]
        if not batch:
            return
        rows = np.concatenate([_rows(seq, writings) for seq, writings, _ in batch])
        vectors = np.concatenate([vectors for _, _, vectors in batch]).astype(np.float32, copy=False)
        self._write("rows.bin", rows.tobytes(), ROW.itemsize)
        self._write("vectors.f32", vectors.tobytes(), 4 * self.dimensions)
        _replace(self.folder / "count", str(self._count + len(rows)))
        self.reload()

    def search(self, query: FloatArray, k: int, seqs: Collection[int], writings: Collection[str] = ()) -> Found:
        """The k nearest among the passages of filings `seqs` and, if given, of kinds of writing `writings`."""
        rows, vectors = self._seen  # both at once: another thread may append
        chosen = self._allowed(rows, seqs, writings)
        if chosen.size == 0 or k < 1:
            return []
        many = chosen.size > WHOLE_SHARE * len(rows)
        # vecdot rather than @: one thread reads 100,000 rows in 4 ms, where BLAS wakes a second that then spins.
        scores = np.vecdot(vectors, query)[chosen] if many else np.vecdot(vectors[chosen], query)
        best = np.argpartition(scores, -k)[-k:] if k < len(scores) else np.arange(len(scores))
        picked = rows[chosen[best]]
        order = np.lexsort((picked["ordinal"], picked["seq"], -scores[best]))
        return [(int(picked["seq"][i]), int(picked["ordinal"][i]), min(1.0, float(scores[best[i]]))) for i in order]

    def counts(self) -> dict[int, int]:
        """How many rows each seq has."""
        seqs, counts = np.unique(self.rows["seq"], return_counts=True)
        return dict(zip(seqs.tolist(), counts.tolist(), strict=True))

    def compact(self, seqs: Collection[int], folder: Path) -> None:
        """Write the rows of `seqs` alone to a new folder."""
        alive = np.flatnonzero(np.isin(self.rows["seq"], np.fromiter(seqs, np.int64, len(seqs))))
        folder.mkdir(parents=True)
        self.rows[alive].tofile(folder / "rows.bin")
        with (folder / "vectors.f32").open("wb") as out:
            for start in range(0, len(alive), SLAB_ROWS):
                out.write(self._seen[1][alive[start : start + SLAB_ROWS]].tobytes())
        _replace(folder / "count", str(len(alive)))

    def _allowed(self, rows: Rows, seqs: Collection[int], writings: Collection[str]) -> NDArray[np.intp]:
        """The row numbers that may be shown."""
        if len(rows) == 0 or not seqs:
            return np.empty(0, np.intp)
        allowed = np.zeros(int(max(max(seqs), rows["seq"].max())) + 1, np.bool_)
        allowed[np.fromiter(seqs, np.int64, len(seqs))] = True
        mask = allowed[rows["seq"]]
        if writings:
            mask &= np.isin(rows["writing"], [WRITING_KINDS.index(kind) for kind in writings])
        return np.flatnonzero(mask)

    def _write(self, name: str, data: bytes, size: int) -> None:
        """Append `data` after the whole rows, over whatever a broken-off append left there."""
        path = self.folder / name
        with path.open("r+b" if path.exists() else "w+b") as out:
            out.truncate(self._count * size)
            out.seek(self._count * size)
            out.write(data)
            out.flush()
            os.fsync(out.fileno())


def _rows(seq: int, writings: Sequence[str | None]) -> Rows:
    rows = np.empty(len(writings), ROW)
    rows["seq"], rows["ordinal"] = seq, np.arange(len(writings))
    rows["writing"] = [NO_WRITING if kind is None else WRITING_KINDS.index(kind) for kind in writings]
    return rows


def _replace(path: Path, text: str) -> None:
    """Write a small file so that a reader sees the old or the new one, never a part."""
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="ascii") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)
