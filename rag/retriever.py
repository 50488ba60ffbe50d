"""Pincite's retrieval as a LangChain retriever, for pipelines built with LangChain.

PinciteRetriever(library=…, models=…, settings=…).invoke("who bears the burden?") -> list[Document]
  page_content is the passage; metadata holds scalars only: `source` (the file), `page` (from 0, LangChain's way),
  `page_label`, `citation`, `speaker`, `writing`, `filing_id`, `start`, `end`; `id` is the passage id.
"""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, SkipValidation

from rag.library import Library
from rag.model import Filters, Hit
from rag.models import Models
from rag.retrieve import retrieve
from rag.settings import Settings


class PinciteRetriever(BaseRetriever):
    """Retrieves what `retrieve` retrieves, as LangChain documents, best first."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: SkipValidation[Library]
    models: SkipValidation[Models]
    settings: SkipValidation[Settings]
    k: int = 10
    filters: SkipValidation[Filters] = Filters()

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        found = retrieve(query, self.library, self.models, self.settings, k=self.k, filters=self.filters)
        return [_document(hit) for hit in found.hits]


def _document(hit: Hit) -> Document:
    """A hit as a LangChain document. This is the one place where pages count from 0: LangChain's convention."""
    metadata = {
        "source": hit.filing.file,
        "page": hit.page - 1,
        "page_label": hit.page_label or "",
        "citation": hit.citation,
        "speaker": hit.speaker.role,
        "writing": hit.writing or "",
        "filing_id": hit.filing.id,
        "start": hit.start,
        "end": hit.end,
    }
    return Document(page_content=hit.text, metadata=metadata, id=hit.passage_id)
