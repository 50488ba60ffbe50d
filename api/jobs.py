"""Uploads read in the background, one at a time. A job is kept in the catalog, so a restart goes on where it was.

    submit(files)   the PDFs are put under home/uploads/JOB/N/, the job is kept as queued
    the worker      builds them into the library, keeps progress, clears the folder, keeps the result
    start           jobs that a stopped server left queued or running are taken up again; nothing is read twice

A PDF's name is the only thing of a request that becomes part of a path: its last component, cleaned, inside a folder
of its own, so it can neither leave that folder nor meet another upload's file.
"""

from __future__ import annotations

import hashlib
import json
import logging
import queue
import re
import shutil
import threading
import time
import unicodedata
import uuid
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from api.wire import as_json
from corpus.errors import PinciteError
from rag.library import Library
from rag.model import BuildReport, Job, Progress

KEEP_S = 0.5  # seconds between two progress reports kept in the catalog
NAME_BYTES = 180  # of a file name, well below what file systems take
Watch = Callable[[Progress], None]
log = logging.getLogger(__name__)


class BuildJob(Protocol):
    """Brings PDFs into the library; `pipeline.build` with all but these bound."""

    def __call__(self, paths: Sequence[Path], *, matter: str | None, progress: Watch) -> BuildReport:
        """Build, telling `progress` of each step."""
        ...


class Stopped(Exception):  # noqa: N818  # no error: the server is going down, and the job will go on later
    """Raised inside a build to end it early."""


class Jobs:
    """The queue, its one worker, and what became of each job."""

    def __init__(self, library: Library, build: BuildJob, writing: threading.Lock, *, matter: str = "") -> None:
        """Build with `build` while holding `writing`. With `matter`, filings of other matters are left alone."""
        self._library, self._build, self._writing, self._only = library, build, writing, matter
        self._folder = library.home / "uploads"
        self._waiting: queue.Queue[str | None] = queue.Queue()
        self._live: dict[str, Job] = {}
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self.on_end: Callable[[Job], None] = lambda _: None

    def start(self) -> None:
        """Begin to work; unfinished jobs first. Folders that no such job owns are cleared."""
        unfinished = self._library.conversations.unfinished_jobs()
        for folder in sorted(self._folder.glob("*")):
            if folder.name not in {job.id for job in unfinished}:
                shutil.rmtree(folder, ignore_errors=True)
        for job in unfinished:
            self._waiting.put(job.id)
        self._thread = threading.Thread(target=self._work, name="pincite-jobs", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 20.0) -> None:
        """End the running job early, to be gone on with by the next start."""
        self._stopping.set()
        self._waiting.put(None)
        if self._thread is not None:
            self._thread.join(timeout_s)

    def submit(
        self,
        files: Sequence[tuple[str, BinaryIO]],
        matter: str | None,
        check: Callable[[Path], None] = lambda path: None,
    ) -> Job:
        """Take PDFs, as (name, content), in hand; returns the queued job. Whatever `check` raises refuses them all."""
        job_id = uuid.uuid4().hex
        try:
            taken = [self._take(job_id, number, *file, check) for number, file in enumerate(files, 1)]
        except BaseException:
            shutil.rmtree(self._folder / job_id, ignore_errors=True)
            raise
        progress = {"stage": "queued", "filings": 0, "of": len(taken), "files": taken, "matter": matter}
        job = Job(job_id, "ingest", "queued", json.dumps(progress))
        self._keep(job)
        self._waiting.put(job_id)
        return job

    def _take(
        self, job_id: str, number: int, name: str, content: BinaryIO, check: Callable[[Path], None]
    ) -> dict[str, str]:
        """Put one PDF in a folder of its own."""
        folder = self._folder / job_id / f"{number:03d}"
        folder.mkdir(parents=True)
        path = folder / safe_name(name)
        with path.open("wb") as out:
            shutil.copyfileobj(content, out)
        check(path)
        with path.open("rb") as kept:
            digest = hashlib.file_digest(kept, "sha256").hexdigest()
        return {"file": path.name, "filing_id": digest[:16]}

    def job(self, job_id: str) -> Job:
        """A job as it stands now. Raises UnknownJob."""
        return self._live.get(job_id) or self._library.conversations.job(job_id)

    def _work(self) -> None:
        while (job_id := self._waiting.get()) is not None and not self._stopping.is_set():
            try:
                self._run(job_id)
            except Stopped:
                return
            except Exception as error:  # the worker must outlive whatever one job meets
                log.exception("job %s failed", job_id)
                ours = isinstance(error, PinciteError)
                said = str(error) if ours else "The error is in the server's log."
                self._end(self.job(job_id), "failed", {"error": type(error).__name__, "message": said})

    def _run(self, job_id: str) -> None:
        job = replace(self.job(job_id), state="running")
        self._keep(job)
        about = json.loads(job.progress)
        folder = self._folder / job_id
        paths, refused = self._mine(sorted(folder.glob("*/*")), about)
        follow = _Follow(job, about, self._keep, self._show, self._stopping)
        with self._writing:
            report = self._build(paths, matter=about.get("matter"), progress=follow)
        result = as_json(report)
        result["failed"] = [{**failure, "path": Path(failure["path"]).name} for failure in result["failed"]] + refused
        result["files"] = about.get("files", [])
        shutil.rmtree(folder, ignore_errors=True)
        self._end(follow.job, "done", result)

    def _mine(self, paths: list[Path], about: dict[str, Any]) -> tuple[list[Path], list[dict[str, str]]]:
        """The paths to build; a filing that another matter has stays there, if the key is for one matter."""
        if not self._only:
            return paths, []
        ids = [one["filing_id"] for one in about.get("files", [])]
        refs = self._library.refs(ids)
        good, refused = [], []
        for path in paths:
            filing_id = ids[int(path.parent.name) - 1]
            if filing_id in refs and refs[filing_id].matter != self._only:
                said = f"{path.name} cannot be added with this key; ask whoever keeps the library."
                refused.append({"path": path.name, "error": "OtherMatter", "message": said})
            else:
                good.append(path)
        return good, refused

    def _end(self, job: Job, state: Any, result: dict[str, Any]) -> None:
        ended = replace(job, state=state, result=json.dumps(result))
        self._keep(ended)
        self._live.pop(job.id, None)
        self.on_end(ended)

    def _keep(self, job: Job) -> None:
        self._show(job)
        self._library.conversations.set_job(job)

    def _show(self, job: Job) -> None:
        self._live[job.id] = job


class _Follow:
    """Told of each step of a build; shows every one, keeps some, ends the build when the server stops."""

    def __init__(
        self,
        job: Job,
        about: dict[str, Any],
        keep: Callable[[Job], None],
        show: Callable[[Job], None],
        stopping: threading.Event,
    ) -> None:
        self.job = job
        self._about, self._keep, self._show, self._stopping = about, keep, show, stopping
        self._kept = 0.0

    def __call__(self, progress: Progress) -> None:
        """Take note of how far the build is. Raises Stopped."""
        if self._stopping.is_set():
            raise Stopped
        self.job = replace(self.job, progress=json.dumps({**self._about, **asdict(progress)}))
        now = time.monotonic()
        due = now - self._kept > KEEP_S
        (self._keep if due else self._show)(self.job)
        self._kept = now if due else self._kept


def safe_name(name: str) -> str:
    """A file name that is one harmless component: no folders, no control characters, no leading dot, ends in .pdf."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip().lstrip(".").strip()
    stem = kept[:-4] if kept.lower().endswith(".pdf") else kept
    short = stem.encode("utf-8", "ignore")[:NAME_BYTES].decode("utf-8", "ignore").strip()
    return f"{short or 'filing'}.pdf"
