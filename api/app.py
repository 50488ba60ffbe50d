"""The application: one factory, nothing at import.

create_app(settings, library, models) -> FastAPI
  routes           questions, filings, status and page; OpenAI's form (api/compat.py), MCP (api/mcp.py)
  Gate             who may come in (api/guard.py)
  Watched          counts and times (api/metrics.py)
  problems         every error as application/problem+json (api/problems.py)
settle(app)      for the process that serves it
The library is opened by the caller, for writing where uploads are to be taken, and closed by the caller.
"""

from __future__ import annotations

import asyncio
import gc
import importlib.util
import sys
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from api import compat, problems, routes, routes_filings, routes_status
from api.desk import Ask, Desk, Search
from api.drawers import Drawers
from api.guard import Gate
from api.images import PageImages
from api.jobs import Jobs, Watch
from api.metrics import Watched, watch_loop
from api.openapi import describe
from rag import pipeline
from rag.library import Library
from rag.model import BuildReport
from rag.models import Models
from rag.retrieve import retrieve
from rag.settings import Settings

TURN_S = 0.001  # a thread's turn at the interpreter while others wait


def create_app(
    settings: Settings,
    library: Library,
    models: Models,
    *,
    ask: Ask = pipeline.ask,
    search: Search = retrieve,
    build: Callable[..., BuildReport] = pipeline.build,
) -> FastAPI:
    """The web page and the HTTP interface over an opened library; `ask`, `search` and `build` do the work."""
    desk = make_desk(settings, library, models, ask=ask, search=search, build=build)
    app = FastAPI(title="Pincite", docs_url=None, redoc_url=None, lifespan=_lifespan(desk))
    app.state.desk = desk
    app.state.assets = routes_status.read_assets()
    for part in (routes, routes_filings, compat, routes_status):
        app.include_router(part.router)
    problems.install(app)
    describe(app)
    app.add_middleware(Gate, settings=settings)
    app.add_middleware(Watched, metrics=desk.metrics)
    return app


def make_desk(
    settings: Settings,
    library: Library,
    models: Models,
    *,
    ask: Ask = pipeline.ask,
    search: Search = retrieve,
    build: Callable[..., BuildReport] = pipeline.build,
) -> Desk:
    """What the routes work with."""
    writing = threading.Lock()

    def build_job(paths: Sequence[Path], *, matter: str | None, progress: Watch) -> BuildReport:
        return build(paths, library, models, settings, matter=matter, progress=progress)

    jobs = Jobs(library, build_job, writing, matter=settings.key_matter)
    images = PageImages(Drawers(settings.worker_memory_mb))
    desk = Desk(settings, library, models, ask, search, jobs, writing, images)
    jobs.on_end = lambda job: desk.metrics.count("pincite_jobs_total", outcome=job.state)
    return desk


def settle(app: FastAPI) -> None:
    """Make this process prompt, once all is loaded: for a process that serves, not for a library of one's own.

    A worker for page images is started. The event loop waits its turn behind every thread that computes, each time it
    wakes: a turn of 1 ms in place of Python's 5 shortens that. What was loaded is left out of every later collection of
    garbage, which stops all threads.
    """
    app.state.desk.images.start()
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(TURN_S)


def _lifespan(desk: Desk) -> Any:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            if importlib.util.find_spec("mcp") is not None:
                from api.mcp import mount

                await stack.enter_async_context(mount(app, desk))
            if desk.library.writing:
                desk.jobs.start()
            await asyncio.to_thread(app.openapi)  # takes 0.2 s, which no request should find the event loop busy with
            beat = asyncio.create_task(watch_loop(desk.metrics))
            try:
                yield
            finally:
                beat.cancel()
                await asyncio.to_thread(desk.jobs.stop)
                desk.threads.shutdown(wait=False, cancel_futures=True)
                desk.images.close()

    return lifespan
