"""What a hostile PDF may do to the worker that opens it. Workers import these functions by name."""

import os
import time
from pathlib import Path


def hang(path: Path) -> None:
    """Never end."""
    time.sleep(600)


def crash(path: Path) -> None:
    """End the process as a broken library would."""
    os.abort()


def fill(path: Path) -> int:
    """Want more memory than there is."""
    return len(bytearray(8 << 30))


def work(path: Path) -> int:
    """Which process this is."""
    return os.getpid()
