"""LlamaIndex with its defaults and no hosted model: SentenceSplitter, the same MiniLM, the in-memory vector store.

Pages are read by pypdf one document a page, as its own PDF reader does, so that each node knows its page.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.bench.afternoon import load_embeddings
from evals.peers.peer import Cited


class LlamaIndex:
    """Dense retrieval over sentence-aware nodes."""

    name = "LlamaIndex"
    settings = "pypdf a page, SentenceSplitter(1024 tokens, overlap 200), all-MiniLM-L6-v2, VectorStoreIndex"

    def __init__(self) -> None:
        from llama_index.embeddings.langchain import LangchainEmbedding

        self.embeddings = LangchainEmbedding(load_embeddings())
        self.index: Any = None

    def ingest(self, pdfs: Sequence[Path], folder: Path) -> int:
        from llama_index.core import Document, VectorStoreIndex
        from llama_index.core.node_parser import SentenceSplitter
        from pypdf import PdfReader

        documents = [
            Document(text=page.extract_text(), metadata={"file_name": path.name, "page": number})
            for path in pdfs
            for number, page in enumerate(PdfReader(path).pages, 1)
        ]
        self.index = VectorStoreIndex.from_documents(
            documents, embed_model=self.embeddings, transformations=[SentenceSplitter()]
        )
        self.index.storage_context.persist(str(folder))
        return len(documents)

    def search(self, query: str, k: int) -> list[Cited]:
        found = self.index.as_retriever(similarity_top_k=k).retrieve(query)
        return [_cited(one.node) for one in found]


def _cited(node: Any) -> Cited:
    page = int(node.metadata["page"])
    return Cited(node.metadata["file_name"], page, page, node.get_content())
