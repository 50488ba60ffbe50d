"""Haystack's hybrid retrieval: its document store in memory, BM25 and the same MiniLM, joined by reciprocal ranks.

PyPDFToDocument puts a form feed between pages and DocumentSplitter counts them: the page a document cites is its count.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.bench.afternoon import load_embeddings
from evals.peers.peer import Cited

WORDS, OVERLAP = 200, 0  # DocumentSplitter's own defaults


class Haystack:
    """Hybrid retrieval in memory."""

    name = "Haystack hybrid"
    settings = f"PyPDFToDocument, DocumentSplitter({WORDS} words), all-MiniLM-L6-v2, InMemory BM25 + dense, RRF join"

    def __init__(self) -> None:
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        self.embeddings = load_embeddings()
        self.store = InMemoryDocumentStore(embedding_similarity_function="cosine")

    def ingest(self, pdfs: Sequence[Path], folder: Path) -> int:
        from haystack.components.converters import PyPDFToDocument
        from haystack.components.preprocessors import DocumentSplitter

        read = PyPDFToDocument().run(sources=list(pdfs))["documents"]
        splitter = DocumentSplitter(split_by="word", split_length=WORDS, split_overlap=OVERLAP)
        splitter.warm_up()
        chunks = splitter.run(documents=read)["documents"]
        vectors = self.embeddings.embed_documents([chunk.content for chunk in chunks])
        self.store.write_documents([_with_vector(chunk, vector) for chunk, vector in zip(chunks, vectors, strict=True)])
        self.store.save_to_disk(str(folder / "store.json"))
        return sum(document.content.count("\f") + 1 for document in read)

    def search(self, query: str, k: int) -> list[Cited]:
        from haystack.components.joiners import DocumentJoiner

        lexical = self.store.bm25_retrieval(query=query, top_k=k)
        dense = self.store.embedding_retrieval(query_embedding=self.embeddings.embed_query(query), top_k=k)
        joined = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=k).run(documents=[lexical, dense])
        return [_cited(document) for document in joined["documents"]]


def _with_vector(chunk: Any, vector: list[float]) -> Any:
    from dataclasses import replace

    return replace(chunk, embedding=vector)


def _cited(document: Any) -> Cited:
    page = int(document.meta["page_number"])
    return Cited(Path(document.meta["file_path"]).name, page, page + document.content.count("\f"), document.content)
