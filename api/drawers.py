"""Worker processes that open PDFs for the server, so that a hostile one takes down a worker and nothing else.

    this process                     worker (spawned when first needed; its memory is limited)
    run(draw_page, path, 3, 2.0) ──▶   opens the PDF, draws the page
    PNG bytes                    ◀──   or the CorpusError that this raised
                                 ◀──   or it died, or gave no answer in time: then it is ended, and the next
                                       request starts another

A worker does one thing at a time and is used again. Who finds none free waits for one.
"""

from __future__ import annotations

import contextlib
import io
import logging
import multiprocessing
import queue
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt
from PIL import Image

from corpus.errors import CorpusError, ReadingLimit, UnreadablePdf
from corpus.pdf import open_pdf, page_image
from corpus.workers import START_S, as_no_script, limit_memory

DRAWERS = 2  # workers: a reader and the page after the one being read
DRAW_S = 20.0  # for one page or count; a page takes a quarter of a second on a busy machine
COLOUR = 12  # of 255: by so much the channels of a coloured pixel differ
COLOURED = 0.0005  # share of such pixels from which on a page is kept in colour

Given = ParamSpec("Given")
Made = TypeVar("Made")
Task = Callable[Concatenate[Path, Given], Made]  # a function of a module: the worker imports it by its name

log = logging.getLogger(__name__)


def draw_page(path: Path, number: int, scale: float) -> bytes:
    """Page `number` as PNG, `scale` pixels a point. Raises UnreadablePdf, EncryptedPdf."""
    return encode(page_image(path.read_bytes(), path.name, number, scale))


def count_pages(path: Path) -> int:
    """How many pages a PDF has. Raises UnreadablePdf, EncryptedPdf."""
    with open_pdf(path.read_bytes(), path.name) as pdf:
        return pdf.page_count


def encode(pixels: npt.NDArray[np.uint8]) -> bytes:
    """(height, width, 3) RGB as PNG, gray where hardly a pixel has colour, which halves it."""
    spread = pixels.max(axis=2) - pixels.min(axis=2)
    image = Image.fromarray(pixels)
    if float((spread > COLOUR).mean()) < COLOURED:
        image = image.convert("L")
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=4)
    return out.getvalue()


class Drawers:
    """The workers. Safe from several threads."""

    def __init__(self, memory_mb: int, *, within_s: float = DRAW_S, most: int = DRAWERS) -> None:
        """At most `most` workers of `memory_mb` each; a task may take `within_s`. None is started yet."""
        self._memory_mb, self._within_s = memory_mb, within_s
        self._free: queue.LifoQueue[_Drawer | None] = queue.LifoQueue()
        for _ in range(most):
            self._free.put(None)

    def start(self) -> None:
        """Have a worker ready, so that the first page need not wait for one."""
        drawer = self._free.get()
        self._free.put(drawer or _Drawer(self._memory_mb))

    def run(self, task: Task[Given, Made], path: Path, *given: Given.args, **named: Given.kwargs) -> Made:
        """What `task` makes of the PDF at `path`. Raises what it raised, ReadingLimit, UnreadablePdf."""
        drawer = self._free.get()
        try:
            if drawer is None:
                drawer = _Drawer(self._memory_mb)
            made: Made | CorpusError = drawer.do((task, (path, *given), named), path.name, self._within_s)
        finally:
            self._free.put(drawer if drawer is not None and drawer.alive else None)
        if isinstance(made, CorpusError):
            raise made
        return made

    def close(self) -> None:
        """End the workers that are free; the others end with this process. Another run starts new ones."""
        free: list[_Drawer | None] = []
        with contextlib.suppress(queue.Empty):
            while True:
                free.append(self._free.get_nowait())
        for drawer in free:
            if drawer is not None:
                drawer.stop()
            self._free.put(None)


class _Drawer:
    """One process."""

    def __init__(self, memory_mb: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, memory_mb), daemon=True, name="pincite-drawer")
        with as_no_script():
            self._process.start()
        theirs.close()
        self._memory_mb, self._fresh, self.alive = memory_mb, True, True

    def do(self, order: tuple[Any, ...], file: str, within_s: float) -> Any:  # whatever the task makes
        """What comes of the order, or the CorpusError that says why nothing does."""
        allowed, self._fresh = within_s + (START_S if self._fresh else 0.0), False
        try:
            self._pipe.send(order)
            if not self._pipe.poll(allowed):
                self.stop()
                log.warning("ended a worker that took more than %g s over %s", within_s, file)
                return ReadingLimit(f"{file}: took more than {within_s:g} s to draw; print the PDF anew")
            made = self._pipe.recv()
        except (EOFError, OSError):
            self.stop()
            log.warning("a worker crashed over %s (exit code %s)", file, self._process.exitcode)
            return UnreadablePdf(f"{file}: what draws its pages crashed over it; print the PDF anew from its viewer")
        if isinstance(made, MemoryError):
            self.stop()
            return ReadingLimit(f"{file}: took more than {self._memory_mb} MB to draw; raise PINCITE_WORKER_MEMORY_MB")
        return made

    def stop(self) -> None:
        """End the process at once."""
        self.alive = False
        self._pipe.close()
        self._process.kill()
        self._process.join()


def _work(pipe: Connection, memory_mb: int) -> None:
    """A worker's life: do what comes, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides what an interrupt ends
    limit_memory(memory_mb)
    while True:
        try:
            task, given, named = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            made = task(*given, **named)
        except (CorpusError, MemoryError) as error:
            made = error
        try:
            pipe.send(made)
        except OSError:
            return
