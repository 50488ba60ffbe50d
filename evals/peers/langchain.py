"""LangChain as its tutorials have it: the afternoon pipeline, and the same with BM25 beside it.

PyPDFLoader -> RecursiveCharacterTextSplitter(1000, overlap 200) -> all-MiniLM-L6-v2 -> Chroma, all else at its default;
the ensemble adds BM25Retriever and EnsembleRetriever with the weights of their page, a half each.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.bench.afternoon import load_embeddings
from evals.peers.peer import Cited

CHUNK, OVERLAP = 1000, 200


class Afternoon:
    """Dense retrieval over Chroma."""

    name = "LangChain afternoon"
    settings = f"PyPDFLoader, RecursiveCharacterTextSplitter({CHUNK}, {OVERLAP}), all-MiniLM-L6-v2, Chroma"

    def __init__(self) -> None:
        self.embeddings = load_embeddings()
        self.store: Any = None
        self.chunks: list[Any] = []

    def ingest(self, pdfs: Sequence[Path], folder: Path) -> int:
        from langchain_chroma import Chroma
        from langchain_community.document_loaders import PyPDFLoader
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        documents = [document for path in pdfs for document in PyPDFLoader(str(path)).load()]
        self.chunks = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP).split_documents(documents)
        self.store = Chroma.from_documents(self.chunks, self.embeddings, persist_directory=str(folder))
        return len(documents)

    def search(self, query: str, k: int) -> list[Cited]:
        return [_cited(document) for document in self.store.similarity_search(query, k=k)]


class Ensemble(Afternoon):
    """BM25 and dense, fused by reciprocal ranks. With `dense` the passages and vectors of that pipeline are used."""

    name = "LangChain ensemble"
    settings = f"{Afternoon.settings}; BM25Retriever; EnsembleRetriever(weights 0.5, 0.5)"

    def __init__(self, dense: Afternoon | None = None) -> None:
        if dense is None:
            super().__init__()
        else:
            self.embeddings, self.store, self.chunks = dense.embeddings, dense.store, dense.chunks
        self.lexical: Any = None

    def ingest(self, pdfs: Sequence[Path], folder: Path) -> int:
        pages = 0 if self.store else super().ingest(pdfs, folder)
        self.index_words()
        return pages

    def index_words(self) -> None:
        from langchain_community.retrievers import BM25Retriever

        self.lexical = BM25Retriever.from_documents(self.chunks)

    def search(self, query: str, k: int) -> list[Cited]:
        from langchain_classic.retrievers import EnsembleRetriever

        self.lexical.k = k
        dense = self.store.as_retriever(search_kwargs={"k": k})
        both = EnsembleRetriever(retrievers=[self.lexical, dense], weights=[0.5, 0.5])
        return [_cited(document) for document in both.invoke(query)[:k]]


def _cited(document: Any) -> Cited:
    page = int(document.metadata["page"]) + 1
    return Cited(Path(document.metadata["source"]).name, page, page, document.page_content)
