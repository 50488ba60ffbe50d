"""Filings read in worker processes, so that a hostile PDF takes down a worker and not the library.

    this process                       worker (spawned; its memory is limited)
    next path            ───────────▶  read(path, progress=beat)
    deadline moves on    ◀── beat ───    … a page done …
    (path, Filing)       ◀── result ──   or the CorpusError that read raised
                         ◀── closed ──   or it died: killed for time or memory, or crashed

Each worker reads one filing at a time. Results come as they are done, so one slow file holds nobody up.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import multiprocessing
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Protocol

from corpus.errors import CorpusError, ReadingLimit, UnreadablePdf
from corpus.model import Filing
from corpus.ocr import Ocr, load_ocr

Correction = Mapping[str, object]  # facts of a filing that a person set right
Beat = Callable[[int, int], None]  # called after each page with (pages done, pages in all)
Outcome = tuple[Path, Filing | CorpusError]

TICK_S = 0.25  # how often deadlines and memory are looked at
START_S = 60.0  # what a worker may take to start on a busy machine, on top of its first page
OPENING_PAGES = 3  # pages' worth of time for opening a file and for joining its pages into a filing
LEAVING_S = 2.0  # waited for the reading to end when nobody wants it any more
AHEAD = 8  # filings read but not yet asked for
MEGABYTE = 1 << 20
_STARTING = threading.Lock()

log = logging.getLogger(__name__)


class Read(Protocol):
    """How a worker reads: a function of a module, for the worker imports it by its name. Raises CorpusError."""

    __module__: str
    __qualname__: str

    def __call__(self, path: Path, *, correction: Correction, ocr: bool, progress: Beat) -> Filing:
        """The filing in the PDF at `path`, its scanned pages read if `ocr`; calls `progress` after each page."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one filing may take: seconds a page, memory of a worker, pages; and whether scans are read."""

    page_timeout_s: float = 60.0
    memory_mb: int = 2048
    ocr: bool = True
    pages: int = 5000


def read_filing(path: Path, *, correction: Correction, ocr: bool, progress: Beat) -> Filing:
    """The filing in a PDF, as a worker reads it; corrected facts decide how it is understood. Raises CorpusError."""
    from corpus.reader import read_reading  # loaded in the worker only
    from corpus.understand import understand

    return understand(read_reading(path, ocr=_ocr() if ocr else None, progress=progress), correction)


@cache
def _ocr() -> Ocr | None:
    """One OCR a worker, for its models take a second to load."""
    return load_ocr()


class _Worker:
    """One process and what it is reading. `deadline` is on the monotonic clock."""

    def __init__(self, read: Read, limits: Limits) -> None:
        self.limits, self.path, self.pages, self.deadline = limits, Path(), 0, 0.0
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        name = (read.__module__, read.__qualname__)
        self.process: SpawnProcess = context.Process(
            target=_work, args=(theirs, name, limits), daemon=True, name="pincite-reader"
        )
        with as_no_script():
            self.process.start()
        theirs.close()
        self.fresh = True

    def give(self, path: Path, correction: Correction) -> None:
        """Let it read `path`."""
        self.path, self.pages = path, 0
        allowed = self.limits.page_timeout_s * OPENING_PAGES + (START_S if self.fresh else 0)
        self.deadline, self.fresh = time.monotonic() + allowed, False
        # A worker that died while idle is noticed as one that died while reading.
        with contextlib.suppress(OSError):
            self.pipe.send((path, correction))

    def beat(self) -> None:
        """A page is done; the next may take its time."""
        self.pages += 1
        self.deadline = time.monotonic() + self.limits.page_timeout_s * OPENING_PAGES

    def trouble(self) -> CorpusError | None:
        """The limit it has passed, if any."""
        if time.monotonic() > self.deadline:
            return ReadingLimit(
                f"{self.path.name}: page {self.pages + 1} took more than {self.limits.page_timeout_s:g} s to read; "
                "raise PINCITE_PAGE_TIMEOUT_S, or print the PDF anew from its viewer"
            )
        if _resident_mb(self.process.pid or 0) > self.limits.memory_mb:
            return self.too_large()
        return None

    def too_large(self) -> ReadingLimit:
        """The error for a filing that wanted too much memory."""
        return ReadingLimit(
            f"{self.path.name}: reading page {self.pages + 1} took more than {self.limits.memory_mb} MB of memory; "
            "raise PINCITE_WORKER_MEMORY_MB, or split the PDF"
        )

    def death(self) -> CorpusError:
        """The error for a worker that ended without a result."""
        self.process.join(5)
        code = self.process.exitcode or 0
        cause = signal.Signals(-code).name if -code in set(signal.Signals) else f"exit code {code}"
        return UnreadablePdf(
            f"{self.path.name}: the reader crashed on page {self.pages + 1} ({cause}); "
            "the PDF is broken: print it anew from its viewer, and ingest that"
        )

    def stop(self) -> None:
        """End the process at once."""
        self.pipe.close()
        self.process.kill()
        self.process.join()


def read_filings(
    paths: Iterable[Path],
    read: Read,
    *,
    workers: int = 0,
    limits: Limits | None = None,
    on_page: Callable[[Path], None] | None = None,
    corrections: Mapping[Path, Correction] | None = None,
) -> Iterator[Outcome]:
    """Each path with its Filing or the CorpusError that says why there is none, in the order they are done.

    `workers` 0 means one a core. `on_page` is called after each page that a worker has read. `paths` are taken as
    workers come free, and what is done waits in a worker until it is asked for: a slow consumer slows the reading.
    """
    limits, waiting = limits or Limits(), iter(paths)
    idle: list[_Worker] = []
    busy: dict[Connection, _Worker] = {}
    most = workers or os.cpu_count() or 1
    try:
        while True:
            while len(busy) < most and (path := next(waiting, None)) is not None:
                worker = idle.pop() if idle else _Worker(read, limits)
                worker.give(path, (corrections or {}).get(path, {}))
                busy[worker.pipe] = worker
            if not busy:
                return
            for worker, outcome in _step(busy, on_page):
                del busy[worker.pipe]
                if worker.process.is_alive() and not isinstance(outcome, _Dead):
                    idle.append(worker)
                else:
                    worker.stop()
                yield worker.path, outcome.error if isinstance(outcome, _Dead) else outcome
    finally:
        for worker in (*idle, *busy.values()):
            worker.stop()


@contextlib.contextmanager
def read_ahead(outcomes: Iterator[Outcome], most: int = AHEAD) -> Iterator[Iterator[Outcome]]:
    """Take `outcomes` in a thread of its own, so that workers get their next filing while the caller is busy.

    At most `most` outcomes wait. Leaving the block early ends the reading.
    """
    coming: queue.Queue[Outcome | BaseException | None] = queue.Queue(most)
    left = threading.Event()

    def offer(item: Outcome | BaseException | None) -> None:
        while not left.is_set():
            try:
                coming.put(item, timeout=TICK_S)
            except queue.Full:
                continue
            return

    def take() -> None:
        try:
            for outcome in outcomes:
                offer(outcome)
                if left.is_set():
                    break
            offer(None)
        except BaseException as error:  # noqa: BLE001 - handed to the caller's thread, which raises it
            offer(error)
        finally:
            outcomes.close()  # type: ignore[attr-defined]  # a generator, whose end stops its workers

    def arrivals() -> Iterator[Outcome]:
        while (item := coming.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item

    thread = threading.Thread(target=take, name="pincite-reading", daemon=True)
    thread.start()
    try:
        yield arrivals()
    finally:
        left.set()
        thread.join(
            LEAVING_S
        )  # a filing in the middle of a slow page is left to the worker, which ends with this process


@dataclass(frozen=True, slots=True)
class _Dead:
    """The outcome of a worker that cannot go on."""

    error: CorpusError


def _step(
    busy: dict[Connection, _Worker], on_page: Callable[[Path], None] | None
) -> list[tuple[_Worker, Filing | CorpusError | _Dead]]:
    """Wait a tick for news; the workers that are done, with what became of their filings."""
    done: list[tuple[_Worker, Filing | CorpusError | _Dead]] = []
    ready = wait(list(busy), TICK_S)
    for pipe in ready:
        worker = busy[pipe]  # type: ignore[index]  # wait gives back what it was given
        try:
            news = worker.pipe.recv()
        except (EOFError, OSError):
            done.append((worker, _Dead(worker.death())))
            continue
        if news is None:
            worker.beat()
            if on_page:
                on_page(worker.path)
        else:
            done.append((worker, worker.too_large() if news == "memory" else news))
    for pipe, worker in busy.items():
        if pipe not in ready and (error := worker.trouble()):
            log.warning("killing reader of %s: %s", worker.path, error)
            done.append((worker, _Dead(error)))
    return done


def _work(pipe: Connection, name: tuple[str, str], limits: Limits) -> None:
    """A worker's life: read what comes, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt ends
    limit_memory(limits.memory_mb)
    read: Any = importlib.import_module(name[0])
    for part in name[1].split("."):
        read = getattr(read, part)
    while True:
        try:
            path, correction = pipe.recv()
        except (EOFError, OSError):
            return
        news = _read_one(read, path, correction, limits, pipe)
        try:
            pipe.send(news)
        except (BrokenPipeError, OSError):
            return


def _read_one(
    read: Read, path: Path, correction: Correction, limits: Limits, pipe: Connection
) -> Filing | CorpusError | str:
    """The filing, or why there is none; "memory" where there was too little."""

    def beat(_done: int, pages: int) -> None:
        if pages > limits.pages:
            remedy = "raise PINCITE_MAX_PAGES, or split the PDF"
            raise ReadingLimit(
                f"{path.name}: {pages} pages are more than the {limits.pages} a filing may have; {remedy}"
            )
        pipe.send(None)

    try:
        return read(path, correction=correction, ocr=limits.ocr, progress=beat)
    except CorpusError as error:
        return error
    except MemoryError:
        return "memory"
    except Exception as error:
        logging.basicConfig()
        log.exception("reading %s failed", path)
        return UnreadablePdf(
            f"{path.name}: the reader stumbled over it ({type(error).__name__}: {error}); "
            "print it anew from its viewer, and ingest that"
        )


def limit_memory(memory_mb: int) -> None:
    """Let allocations beyond the limit fail. Data alone is limited: mapped libraries take no memory of their own."""
    if sys.platform == "linux":
        import resource

        limit = memory_mb * MEGABYTE
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _resident_mb(pid: int) -> float:
    """The memory a process occupies, in MB; 0 where the system does not say."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


@contextlib.contextmanager
def as_no_script() -> Iterator[None]:
    """Keep a spawned worker from importing this process's main script, which it does not need and may have no guard.

    One thread at a time: a second would take the first one's change for what was there before.
    """
    main = sys.modules["__main__"]
    with _STARTING:
        kept = {name: getattr(main, name) for name in ("__file__", "__spec__") if hasattr(main, name)}
        try:
            for name in kept:
                setattr(main, name, None)
            yield
        finally:
            for name, value in kept.items():
                setattr(main, name, value)
