"""Printed page numbers checked against the picture of the page, not against the parser.

    python -m evals.bench.labels FOLDER [--every N]

Each page is drawn, both ends of its running head are cut out and read by OCR (the `ocr` extra), and the number found
there is compared with the label that the reader gave. Made for slip opinions, whose number stands at
the outer end of the head. Disagreements are listed, to be looked at by eye: OCR errs too.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidocr import RapidOCR

from corpus.pdf import open_pdf
from corpus.reader import read_reading

SCALE = 3.0  # pixels a point
HEAD = (0.1385, 0.1605)  # of the page height: where slip opinions print the first line of their head
LEFT_END, RIGHT_END = (0.24, 0.30), (0.70, 0.76)  # of the page width: where the number stands on even and odd pages
WORD_GAP = 2.0  # points: wider than between figures, narrower than between words
NUMBER = re.compile(r"\d{1,3}")


class Check(NamedTuple):
    """One page: the label read from the text layer, and the numbers that the picture shows at the head's ends."""

    file: str
    page: int
    label: str | None
    seen: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether the picture shows the label, and no other number."""
        return self.seen == (self.label,)


def check_labels(path: Path, engine: RapidOCR, *, every: int = 1) -> Iterator[Check]:
    """A check for every `every`th page of one filing."""
    labels = {page.number: page.label for page in read_reading(path).pages}
    with open_pdf(path.read_bytes(), path.name) as pdf:
        for number in range(1, pdf.page_count + 1, every):
            yield Check(path.name, number, labels[number], _numbers(pdf.render(number, SCALE), engine))


def _numbers(pixels: npt.NDArray[np.uint8], engine: RapidOCR) -> tuple[str, ...]:
    """The numbers at the left and the right end of the head, those that are there."""
    height, width = pixels.shape[:2]
    strip = pixels[int(HEAD[0] * height) : int(HEAD[1] * height)]
    found: list[str] = []
    for start, end, first in ((*LEFT_END, True), (*RIGHT_END, False)):
        number = _outermost(strip[:, int(start * width) : int(end * width)], first=first)
        if number is not None:
            found += engine(number, use_det=False, use_cls=False, use_rec=True).txts or ()
    return tuple(text.strip() for text in found if NUMBER.fullmatch(text.strip()))


def _outermost(ink: npt.NDArray[np.uint8], *, first: bool) -> npt.NDArray[np.uint8] | None:
    """The outermost word of a piece of the head, white around it; None for an empty piece or a word cut in two."""
    columns = np.flatnonzero((ink < 128).any(axis=(0, 2)))
    if not len(columns):
        return None
    words = np.split(columns, np.flatnonzero(np.diff(columns) > WORD_GAP * SCALE) + 1)
    word = words[0] if first else words[-1]
    left, right = int(word[0]), int(word[-1]) + 1
    if (first and right >= ink.shape[1] - 1) or (not first and left <= 1):
        return None
    return np.pad(ink[:, left:right], ((6, 6), (24, 24), (0, 0)), constant_values=255)


def main(arguments: list[str] | None = None) -> int:
    """Check a folder; 1 where picture and reader disagree."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1, help="check every Nth page")
    options = parser.parse_args(arguments)
    engine, good, total = RapidOCR(params={"Global.log_level": "critical"}), 0, 0
    for path in sorted(options.folder.glob("*.pdf")):
        for check in check_labels(path, engine, every=options.every):
            total += 1
            good += check.agrees
            if not check.agrees:
                sys.stdout.write(f"{check.file} page {check.page}: read {check.label}, seen {check.seen}\n")
                sys.stdout.flush()
    sys.stdout.write(f"{good} of {total} labels agree with the picture\n")
    return 0 if good == total else 1


if __name__ == "__main__":
    raise SystemExit(main())
