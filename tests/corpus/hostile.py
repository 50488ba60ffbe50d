"""A reader for worker processes that does to them what a hostile PDF might."""

import os
import time
from pathlib import Path

from corpus.errors import UnreadablePdf
from corpus.model import Facts, Filing
from corpus.workers import Beat, Correction


def read_lines(path: Path, *, correction: Correction, ocr: bool, progress: Beat) -> Filing:
    """A text file as a filing, a page a line; some first words make it misbehave."""
    text = path.read_text("utf-8")
    pages = text.splitlines()
    for number, page in enumerate(pages, 1):
        _misbehave(page.partition(" ")[0], path)
        progress(number, len(pages))
    return Filing(path.name, path.name, Facts(title=str(correction)), text, len(text), (), (), ())


def _misbehave(word: str, path: Path) -> None:
    if word == "HANG":
        time.sleep(600)
    elif word == "CRASH":
        os.abort()
    elif word == "VANISH":
        os._exit(3)
    elif word == "BLOAT":
        bytearray(8 << 30)
    elif word == "STUMBLE":
        raise KeyError("xref")
    elif word == "REFUSE":
        raise UnreadablePdf(f"{path.name}: not a PDF")
    elif word == "SLOW":
        time.sleep(0.05)
