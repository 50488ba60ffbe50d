"""Memory and CPU of a process and its children, read from Linux's /proc."""

from __future__ import annotations

import os
import resource
import threading
from pathlib import Path

TICK_S = 0.1
MEGABYTE = 1 << 20


def peak_of_tree(pid: int, stop: threading.Event, peak: list[float]) -> None:
    """Raise `peak[0]` to the most resident memory, in MB, that `pid` and all below it held together, until `stop`."""
    while not stop.wait(TICK_S):
        peak[0] = max(peak[0], sum(_resident_mb(one) for one in tree(pid)))


def tree(pid: int) -> list[int]:
    """`pid` and every process below it."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text("ascii").split()]
            except OSError:  # the task ended between the two looks
                continue
    return found


def cpu_seconds() -> float:
    """CPU seconds of this process and of its children that have ended."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _resident_mb(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE
