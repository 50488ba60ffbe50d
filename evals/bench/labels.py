"""Printed page numbers checked against the picture of the page, not against the parser.

    python -m evals.bench.labels FOLDER [--every N]

Each page is drawn, the strip that holds its running head is cut out and read by OCR (the `ocr` extra), and the lone
number found there is compared with the label that the reader gave. Made for slip opinions, whose number stands at
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

from corpus.ocr import RapidOcr
from corpus.pdf import open_pdf
from corpus.reader import read_reading

SCALE = 2.5  # pixels a point
HEAD = (0.135, 0.172)  # of the page height: where slip opinions print their head
NUMBER = re.compile(r"^\d{1,3}$")


class Check(NamedTuple):
    """One page: the label read from the text layer, and the numbers that the picture shows in the head."""

    file: str
    page: int
    label: str | None
    seen: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether the picture shows the label at the outer end of the head."""
        return self.label is not None and self.label in (self.seen[:1] + self.seen[-1:])


def check_labels(path: Path, ocr: RapidOcr, *, every: int = 1) -> Iterator[Check]:
    """A check for every `every`th page of one filing."""
    labels = {page.number: page.label for page in read_reading(path).pages}
    with open_pdf(path.read_bytes(), path.name) as pdf:
        for number in range(1, pdf.page_count + 1, every):
            yield Check(path.name, number, labels[number], _numbers(pdf.render(number, SCALE), ocr))


def _numbers(pixels: npt.NDArray[np.uint8], ocr: RapidOcr) -> tuple[str, ...]:
    """The words of the head's strip that are numbers or stand at its ends, from left to right."""
    height, width = pixels.shape[:2]
    strip = pixels[int(HEAD[0] * height) : int(HEAD[1] * height)]
    words = ocr.read(np.ascontiguousarray(strip), float(width), float(strip.shape[0]))
    ordered = sorted(words, key=lambda word: word.x0)
    return tuple(word.text for word in ordered if NUMBER.match(word.text))


def main(arguments: list[str] | None = None) -> int:
    """Check a folder; 1 where picture and reader disagree."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1, help="check every Nth page")
    options = parser.parse_args(arguments)
    ocr, good, total = RapidOcr(), 0, 0
    for path in sorted(options.folder.glob("*.pdf")):
        for check in check_labels(path, ocr, every=options.every):
            total += 1
            good += check.agrees
            if not check.agrees:
                sys.stdout.write(f"{check.file} page {check.page}: read {check.label}, seen {check.seen}\n")
                sys.stdout.flush()
    sys.stdout.write(f"{good} of {total} labels agree with the picture\n")
    return 0 if good == total else 1


if __name__ == "__main__":
    raise SystemExit(main())
