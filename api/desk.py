"""All that a route needs, in one object that the factory makes; routes get it as an argument."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated, Protocol

from fastapi import Depends, Request

from api.access import Access
from api.images import PageImages
from api.jobs import Jobs
from api.metrics import Metrics
from api.problems import Problem
from rag.library import Library
from rag.model import Answer, Filters, Found
from rag.models import Models
from rag.pipeline import Steps
from rag.settings import Settings

WRITE_WAIT_S = 10.0  # seconds a correction waits for an upload to end
STREAMS = 32  # answers streamed at once
# Questions worked on at once: more only take the interpreter from each other and the event loop (evals/bench/load.py)
AT_ONCE = max(2, os.cpu_count() or 2)


class Ask(Protocol):
    """Answers a question (rag.pipeline.ask)."""

    def __call__(
        self,
        question: str,
        *,
        library: Library,
        models: Models,
        settings: Settings,
        filters: Filters | None = None,
        conversation_id: str | None = None,
        progress: Steps | None = None,
    ) -> Answer:
        """The answer, telling `progress` of each step."""
        ...


class Search(Protocol):
    """Finds passages (rag.retrieve.retrieve)."""

    def __call__(
        self,
        query: str,
        library: Library,
        models: Models,
        settings: Settings,
        *,
        k: int = 10,
        filters: Filters | None = None,
    ) -> Found:
        """The `k` best passages."""
        ...


@dataclass(frozen=True)
class Desk:
    """The opened library and what works on it."""

    settings: Settings
    library: Library
    models: Models
    answer: Ask
    find: Search
    jobs: Jobs
    writing: threading.Lock
    images: PageImages
    metrics: Metrics = field(default_factory=Metrics)
    threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(STREAMS, "pincite-ask"))
    turns: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(AT_ONCE))

    @property
    def access(self) -> Access:
        """The library as the key may see it."""
        return Access(self.library, self.settings.key_matter)

    def ask(
        self,
        question: str,
        filters: Filters | None = None,
        conversation_id: str | None = None,
        progress: Steps | None = None,
    ) -> Answer:
        """Answer within what the caller may see. Raises as the pipeline, and for a conversation of others."""
        if conversation_id is not None:
            self.access.check_conversation(conversation_id)
        with self.turns:
            answer = self.answer(
                question,
                library=self.library,
                models=self.models,
                settings=self.settings,
                filters=self.access.filters(filters or Filters()),
                conversation_id=conversation_id,
                progress=progress,
            )
        self.metrics.count("pincite_answers_total", outcome="abstained" if answer.abstained else "answered")
        return answer

    def search(self, query: str, k: int, filters: Filters | None = None) -> Found:
        """Passages within what the caller may see, best first."""
        allowed = self.access.filters(filters or Filters())
        with self.turns:
            return self.find(query, self.library, self.models, self.settings, k=k, filters=allowed)

    @contextmanager
    def turn_to_write(self) -> Iterator[None]:
        """Be the only one to write, for the length of the block. Raises Problem 503 while an upload is being read."""
        if not self.writing.acquire(timeout=WRITE_WAIT_S):
            said = "an upload is being read into the library; try again when it is done"
            raise Problem(503, "busy", "The library is being written to", said, {"Retry-After": "10"})
        try:
            yield
        finally:
            self.writing.release()


async def _desk(request: Request) -> Desk:  # on the event loop: a plain function would cost each request a thread
    found: Desk = request.app.state.desk
    return found


AtDesk = Annotated[Desk, Depends(_desk)]
