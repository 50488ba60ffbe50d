"""One writer at a time in a home: a file lock that says who holds it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import HomeLocked


class HomeLock:
    """The lock of one home. The system frees it when its process ends, however that ends."""

    def __init__(self, home: Path) -> None:
        self._home, self._holder = home, home / "lock.holder"
        self._lock = FileLock(home / "lock", thread_local=False)  # a server writes from several threads

    @property
    def held(self) -> bool:
        """Whether this process is the writer."""
        return bool(self._lock.is_locked)

    def acquire(self) -> None:
        """Become the writer. Raises HomeLocked, naming the process that is."""
        try:
            self._lock.acquire(blocking=False)
        except Timeout as error:
            who = self._holder.read_text("utf-8") if self._holder.is_file() else "another process"
            remedy = "wait for it to end, stop it, or use another --home"
            raise HomeLocked(f"{who} is writing to {self._home}; {remedy}") from error
        self._holder.write_text(f"process {os.getpid()}", encoding="utf-8")

    def release(self) -> None:
        """Let others write."""
        if self.held:
            self._holder.unlink(missing_ok=True)
            self._lock.release()

    @contextmanager
    def moment(self) -> Iterator[bool]:
        """Write for the length of the block, if this process is the writer or nobody is; says whether it may."""
        if self.held:
            yield True
            return
        try:
            self.acquire()
        except HomeLocked:
            yield False
            return
        try:
            yield True
        finally:
            self.release()
