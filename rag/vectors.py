"""The passages' vectors in Chroma: embedded in the home, or a Chroma server by URL. Derived from the catalog.

Chroma finds neighbours approximately (HNSW, cosine) and fast among all passages. Its metadata filters are slow, so it
is asked for all and `rag/exact.py` answers where a filter is narrow. Its embedded client is safe for threads, not for
processes: only the process that holds the home's lock opens it (a server may be read from anywhere).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from corpus.errors import LibraryError
from rag.rows import passage_id

FloatArray = NDArray[np.float32]
Hits = list[tuple[int, str, float]]  # (seq, passage id, cosine), best first


class ChromaIndex:
    """One collection of one index generation."""

    def __init__(self, folder: Path, name: str, url: str = "") -> None:
        """Open or make the collection `name` in `folder`, or on the server at `url`. Raises LibraryError."""
        import chromadb  # takes half a second, and readers never need it
        from chromadb.config import Settings

        self._where, self._name = url or str(folder), name
        self._remedy = "check that the server runs" if url else "run `pincite reindex`"
        # AttributeError: on a damaged database the client stumbles over its own half-made parts (chromadb 1.5).
        self._errors = (chromadb.errors.ChromaError, ValueError, OSError, RuntimeError, AttributeError)
        with self._translated("be opened"):
            quiet = Settings(anonymized_telemetry=False)
            if url:
                place = urlsplit(url)
                port = place.port or (443 if place.scheme == "https" else 8000)
                host, ssl = place.hostname or "localhost", place.scheme == "https"
                self._client: Any = chromadb.HttpClient(host=host, port=port, ssl=ssl, settings=quiet)
            else:
                self._client = chromadb.PersistentClient(str(folder), settings=quiet)
            self._collection = self._client.get_or_create_collection(
                name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
            self._batch = int(self._client.get_max_batch_size())

    def add(self, batch: Iterable[tuple[int, str, FloatArray]]) -> None:
        """Put in the passages of several filings, each as (seq, filing id, vectors by ordinal)."""
        ids: list[str] = []
        seqs: list[dict[str, int]] = []
        rows: list[FloatArray] = []
        for seq, filing_id, vectors in batch:
            ids += [passage_id(filing_id, i) for i in range(len(vectors))]
            seqs += [{"seq": seq}] * len(vectors)
            rows += list(vectors)
        with self._translated("be written"):
            for start in range(0, len(ids), self._batch):
                part = slice(start, start + self._batch)
                self._collection.upsert(ids=ids[part], embeddings=np.asarray(rows[part]), metadatas=seqs[part])

    def remove(self, ids: Sequence[str]) -> None:
        """Take passages out; unknown ids are passed over."""
        with self._translated("be written"):
            for start in range(0, len(ids), self._batch):
                self._collection.delete(ids=list(ids[start : start + self._batch]))

    def remove_seqs(self, seqs: Sequence[int]) -> None:
        """Take out whatever these seqs have."""
        with self._translated("be written"):
            self._collection.delete(where={"seq": {"$in": list(seqs)}})

    def search(self, query: FloatArray, k: int) -> Hits:
        """The k nearest passages, dead ones included; the caller knows which seqs are alive."""
        k = min(k, self.count())
        if k < 1:
            return []
        with self._translated("be searched"):
            found = self._collection.query(query_embeddings=[query], n_results=k, include=["metadatas", "distances"])
        return [
            (int(seq["seq"]), str(found_id), 1.0 - float(distance))
            for found_id, seq, distance in zip(
                found["ids"][0], found["metadatas"][0], found["distances"][0], strict=True
            )
        ]

    def count(self) -> int:
        """How many passages the collection holds."""
        with self._translated("be read"):
            return int(self._collection.count())

    def counts(self) -> dict[int, int]:
        """How many passages each seq has."""
        found: Counter[int] = Counter()
        with self._translated("be read"):
            for start in range(0, self.count(), self._batch):
                some = self._collection.get(limit=self._batch, offset=start, include=["metadatas"])
                found.update(int(metadata["seq"]) for metadata in some["metadatas"])
        return dict(found)

    def drop(self) -> None:
        """Delete the collection."""
        with self._translated("be emptied"):
            self._client.delete_collection(self._name)

    def close(self) -> None:
        """Let the folder or the server go."""
        self._client.close()

    @contextmanager
    def _translated(self, what: str) -> Iterator[None]:
        """Chroma's errors as ours."""
        try:
            yield
        except self._errors as error:
            raise LibraryError(f"Chroma at {self._where} cannot {what} ({error}); {self._remedy}") from error
