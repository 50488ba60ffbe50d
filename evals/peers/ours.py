"""Pincite in a peer's dress: a home built from nothing, and its search."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from evals.peers.peer import Cited
from rag.library import open_library
from rag.models import load_models
from rag.pipeline import build
from rag.retrieve import retrieve
from rag.settings import read_settings


class Pincite:
    """Pincite as its settings and the environment have it."""

    name = "Pincite"

    def __init__(self) -> None:
        self._settings = read_settings(os.environ)
        self._models = load_models(self._settings)
        self._models.embedder.embed_query("warm")
        reranker = self._models.reranker.name if self._models.reranker else "none"
        self.settings = f"embedder {self._models.embedder.name}, reranker {reranker}"

    def ingest(self, pdfs: Sequence[Path], folder: Path) -> int:
        self._settings = replace(self._settings, home=folder)
        with open_library(self._settings, self._models.embedder, write=True) as library:
            report = build(list(pdfs), library, self._models, self._settings)
        self._library = open_library(self._settings, self._models.embedder)
        return report.pages

    def search(self, query: str, k: int) -> list[Cited]:
        hits = retrieve(query, self._library, self._models, self._settings, k=k).hits
        return [Cited(hit.filing.file, hit.first_page or hit.page, hit.end_page, hit.text) for hit in hits]


class PinciteUntrained(Pincite):
    """Pincite with the same untrained embedder as the peers, no reranker: reading and fusion alone."""

    name = "Pincite, peers' model"

    def __init__(self) -> None:
        os.environ |= {"PINCITE_EMBEDDER": "minilm", "PINCITE_RERANKER": "none"}
        super().__init__()
