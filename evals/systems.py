"""What is measured: Pincite in this process over a home of its own, or a server that is running.

open_here(dataset, settings, home) -> InProcess    builds the home, or uses it again where nothing changed
open_server(url)                   -> Server       POST /v1/search and /v1/ask

Both answer in the contract's JSON, and say in milliseconds how long the caller waited.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Protocol

import httpx

from corpus.errors import DatasetError, LibraryError
from evals.datasets import ROOT, Dataset
from rag.ingest import find_pdfs
from rag.library import Library, open_library
from rag.model import BuildReport
from rag.models import Models, load_models
from rag.pipeline import ask, build
from rag.retrieve import retrieve
from rag.settings import Settings

CACHE = Path.home() / ".cache" / "pincite" / "evals"
SERVER_TIMEOUT_S = 300.0
SECRETS = ("api_key", "chat_api_key")
BUILT = "built.json"
Watch = Callable[[str], None]

log = logging.getLogger(__name__)


class System(Protocol):
    """Something that searches and answers."""

    def describe(self) -> dict[str, Any]:
        """Its settings, models and where it runs."""

    def search(self, query: str, k: int) -> tuple[list[dict[str, Any]], float]:
        """The first `k` hits and the milliseconds waited."""

    def begin(self) -> str:
        """What to send with the first question of a conversation; its answer gives the id for the next."""

    def ask(self, question: str, conversation_id: str | None) -> tuple[dict[str, Any], float]:
        """The answer and the milliseconds waited."""

    def spent(self) -> tuple[int, int] | None:
        """Tokens that a chat model has read and written so far; None where that cannot be known."""


class InProcess:
    """Pincite here, over an opened library."""

    def __init__(self, library: Library, models: Models, settings: Settings, built: Mapping[str, Any]) -> None:
        self.library, self.models, self._settings, self._built = library, models, settings, built

    def describe(self) -> dict[str, Any]:
        """Settings without secrets, model names, and what the home holds."""
        settings = {name: str(value) for name, value in asdict(self._settings).items() if name not in SECRETS}
        names = {kind: getattr(getattr(self.models, kind), "name", None) for kind in ("embedder", "reranker", "chat")}
        return {"system": "pincite", "settings": settings, "models": names, "library": dict(self._built)}

    def search(self, query: str, k: int) -> tuple[list[dict[str, Any]], float]:
        """The first `k` hits and the milliseconds waited."""
        began = time.perf_counter()
        found = retrieve(query, self.library, self.models, self._settings, k=k)
        waited = _ms(began)
        return [asdict(hit) for hit in found.hits], waited

    def begin(self) -> str:
        """The word at which ask() begins a conversation."""
        return "new"

    def ask(self, question: str, conversation_id: str | None) -> tuple[dict[str, Any], float]:
        """The answer and the milliseconds waited."""
        began = time.perf_counter()
        given = {"library": self.library, "models": self.models, "settings": self._settings}
        answer = ask(question, conversation_id=conversation_id, **given)  # type: ignore[arg-type]  # as named
        waited = _ms(began)
        return asdict(answer), waited

    def spent(self) -> tuple[int, int] | None:
        """Tokens of the chat model so far: none without one, and not known of one that does not count."""
        if self.models.chat is None:
            return 0, 0
        counted = getattr(self.models.chat, "spent", None)
        return (counted.tokens_in, counted.tokens_out) if counted else None


class Server:
    """A running server, asked over HTTP."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._begun: set[str] = set()

    def describe(self) -> dict[str, Any]:
        """Its address and what it says of its health."""
        return {"system": "pincite server", "url": str(self._client.base_url), "health": self._send("GET", "/healthz")}

    def files(self) -> set[str]:
        """The file names of all filings it holds."""
        names: set[str] = set()
        while True:
            page = self._send("GET", "/v1/filings", params={"limit": 500, "offset": len(names)})
            fresh = {filing["file"] for filing in page["filings"]} - names
            names |= fresh
            if not fresh or len(names) >= page["total"]:
                return names

    def search(self, query: str, k: int) -> tuple[list[dict[str, Any]], float]:
        """The first `k` hits and the milliseconds waited."""
        began = time.perf_counter()
        found = self._send("POST", "/v1/search", json={"query": query, "k": k})
        return list(found["hits"]), _ms(began)

    def begin(self) -> str:
        """The word at which a server begins a conversation; its id comes with the first answer."""
        return "new"

    def ask(self, question: str, conversation_id: str | None) -> tuple[dict[str, Any], float]:
        """The answer and the milliseconds waited."""
        began = time.perf_counter()
        answer = self._send("POST", "/v1/ask", json={"question": question, "conversation_id": conversation_id})
        waited = _ms(began)
        if conversation_id == self.begin():
            self._begun.add(answer["conversation_id"])
        return answer, waited

    def forget(self) -> None:
        """Leave no conversation behind."""
        while self._begun:
            self._send("DELETE", f"/v1/conversations/{self._begun.pop()}")

    def spent(self) -> tuple[int, int] | None:
        """Not known: a server does not say what its chat model costs."""
        return None

    def _send(self, method: str, path: str, **given: Any) -> dict[str, Any]:
        """The JSON answered. Raises LibraryError with the server's own words."""
        try:
            reply = self._client.request(method, path, **given)
        except httpx.HTTPError as error:
            raise LibraryError(f"no answer from {self._client.base_url}: {error}; is the server running?") from error
        if reply.is_error:
            raise LibraryError(f"{method} {path}: {reply.status_code} {reply.text[:300]}")
        answered: dict[str, Any] = reply.json() if reply.content else {}
        return answered


@contextmanager
def open_here(
    dataset: Dataset, settings: Settings, *, home: Path | None = None, watch: Watch = lambda _: None
) -> Iterator[InProcess]:
    """Pincite over a home with the dataset's PDFs; raises DatasetError where one of them cannot be read.

    Without a `home`, one in the user's cache is used, named by the PDFs' content, the embedder and the reading code, so
    that equal input is read once.
    """
    models = load_models(settings)
    name = fingerprint(dataset, models.embedder.name)
    settings = replace(settings, home=home or CACHE / f"{dataset.name}-{name}")
    built = _build(dataset, settings, models, name, watch)
    with open_library(settings, models.embedder) as library:
        yield InProcess(library, models, settings, built)


@contextmanager
def open_server(url: str, dataset: Dataset, *, api_key: str = "") -> Iterator[Server]:
    """A running server that holds the dataset's filings. Raises DatasetError for those it lacks, LibraryError."""
    headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
    with httpx.Client(base_url=url, timeout=SERVER_TIMEOUT_S, headers=headers) as client:
        server = Server(client)
        needed = {file for judgment in dataset.judgments for file in judgment.files}
        if missing := sorted(needed - server.files()):
            raise DatasetError(f"{url} lacks {', '.join(missing)}; ingest them there first")
        yield server
        server.forget()


def fingerprint(dataset: Dataset, embedder: str) -> str:
    """A name for what a home would hold: the PDFs' bytes, the embedder, and the code that reads and indexes."""
    code = [
        *sorted((ROOT / "corpus").glob("*.py")),
        *(ROOT / "rag" / f"{n}.py" for n in ("ingest", "inputs", "lexical", "rows")),
    ]
    digest = hashlib.sha256(embedder.encode())
    for path in [*code, *dataset.pdfs]:
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _build(dataset: Dataset, settings: Settings, models: Models, name: str, watch: Watch) -> dict[str, Any]:
    """What the home holds; it is built if it is not there yet, or holds something else."""
    note = settings.home / BUILT
    if note.is_file():
        kept: dict[str, Any] = json.loads(note.read_text(encoding="utf-8"))
        if kept["fingerprint"] == name:
            return kept
    watch(f"reading {len(dataset.pdfs)} filings into {settings.home}")
    with open_library(settings, models.embedder, write=True) as library:
        report = build(find_pdfs(dataset.pdfs), library, models, settings)
    needed = {file for judgment in dataset.judgments for file in judgment.files}
    if lost := [f for f in report.failed if Path(f.path).name in needed]:
        raise DatasetError("; ".join(f"{Path(f.path).name}: {f.error}: {f.message}" for f in lost))
    made = _as_built(report, name)
    note.write_text(json.dumps(made), encoding="utf-8")
    return made


def _as_built(report: BuildReport, name: str) -> dict[str, Any]:
    return {
        "fingerprint": name,
        "filings": report.ingested + report.unchanged,
        "failed": len(report.failed),
        "pages": report.pages,
        "passages": report.passages,
        "seconds": report.seconds,
    }


def _ms(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 2)
