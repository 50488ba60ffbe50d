"""Examine a home and the machine under it: what works, what does not, and what to do.

examine(settings) -> checks, each ok or with a remedy, in the order in which trouble in one explains trouble in the next
"""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable
from dataclasses import dataclass

from corpus.errors import PinciteError
from rag.library import open_library
from rag.model import Filters
from rag.models import load_chat, load_embedder, load_reranker
from rag.settings import Settings

FREE_BYTES = 1_000_000_000  # what an ingest of a few thousand pages may need


@dataclass(frozen=True, slots=True)
class Check:
    """One thing examined: how it stands in a sentence, and what to do where it is not well."""

    name: str
    ok: bool
    says: str
    remedy: str = ""


def examine(settings: Settings) -> tuple[Check, ...]:
    """Every check, in order. Raises nothing of ours: an error is a check that failed, with its message."""
    return (
        _tried("embedder", lambda: _loaded(load_embedder(settings))),
        _tried("reranker", lambda: _loaded(load_reranker(settings))),
        _tried("chat model", lambda: _loaded(load_chat(settings))),
        _ocr(settings),
        _disk(settings),
        _tried("library", lambda: _library(settings)),
    )


def _tried(name: str, attempt: Callable[[], str]) -> Check:
    try:
        return Check(name, ok=True, says=attempt())
    except PinciteError as error:
        return Check(name, ok=False, says=f"{type(error).__name__}", remedy=str(error))


def _loaded(model: object | None) -> str:
    return "off, by setting" if model is None else f"{getattr(model, 'name', model)} loads"


def _ocr(settings: Settings) -> Check:
    if not settings.ocr:
        return Check("OCR", ok=True, says="off, by setting: scanned pages are listed as unread")
    if importlib.util.find_spec("rapidocr") is None:
        remedy = "pip install 'pincite[ocr]', or set PINCITE_OCR=false to accept unread scans"
        return Check("OCR", ok=False, says="not installed: scanned pages cannot be read", remedy=remedy)
    return Check("OCR", ok=True, says="installed")


def _disk(settings: Settings) -> Check:
    folder = settings.home.absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    says = f"{free / 1e9:.1f} GB free where the home lies"
    return Check(
        "disk", ok=free >= FREE_BYTES, says=says, remedy="" if free >= FREE_BYTES else "make room, or move --home"
    )


def _library(settings: Settings) -> str:
    """Open the home as a reader would, which checks that the indexes agree with the catalog, and that the embedder
    is the one the passages were embedded with."""
    if not (settings.home / "catalog.sqlite").exists() and not settings.database_url:
        return f"no home at {settings.home} yet: `pincite ingest PATH` makes one"
    with open_library(settings, load_embedder(settings)) as library:
        scope = library.scope(Filters())
        return f"{len(scope.ids)} filings, {scope.passages} passages; catalog and indexes agree"
