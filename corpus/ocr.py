"""Reading pages that are pictures of text.

load_ocr() -> Ocr | None            the optional rapidocr, with the models that come in its wheel; None without it
RapidOcr.read(pixels, …) -> words   boxes and text of a page picture, in points, straightened
Words are as good as the picture: the page is marked `scanned`, so that a reader is told.
"""

from __future__ import annotations

import logging
import math
import unicodedata
from collections.abc import Sequence
from importlib.util import find_spec
from statistics import median
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from corpus.hyphens import is_english
from corpus.model import RawWord

log = logging.getLogger(__name__)

TYPE_SHARE = 0.8  # of a text box's height is the type size
BELOW_BASELINE = 0.22  # of a text box's height lies below the baseline
USUAL_HEIGHT = 0.3  # a box this much taller or lower than the usual one is still of the usual type
UPRIGHT = 1.8  # a box this many times taller than wide, and than others, is text set upwards in the margin
LEAST_SCORE = 0.5  # of 1: below it a word is a smudge
ROW = 3  # words that make a line of text
FEWEST_LETTERED = 10  # words: a slip sheet has fewer
LEAST_IN_ROWS = 0.4  # of a page's words stand in lines of text
WIDE_LINE = 150.0  # points: lines at least this long tell the page's slant


class Ocr(Protocol):
    """Anything that reads words off a picture."""

    def read(self, pixels: npt.NDArray[np.uint8], width: float, height: float) -> tuple[RawWord, ...]:
        """The words on a page picture (height, width, 3) RGB, placed in points on a page `width` by `height`."""
        ...


class Mark(NamedTuple):
    """A word found on a picture: its text and its box in points, from the top left."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


def load_ocr() -> Ocr | None:
    """The OCR that is installed; None where the optional extra is not."""
    return RapidOcr() if find_spec("rapidocr") else None


class RapidOcr:
    """rapidocr with its bundled models: about five seconds a page on one core. Loads its models at the first page."""

    def __init__(self) -> None:
        self._engine: Any = None

    def read(self, pixels: npt.NDArray[np.uint8], width: float, height: float) -> tuple[RawWord, ...]:
        """See `Ocr.read`. A picture without text gives no words."""
        if self._engine is None:
            self._engine = _engine()
        found = self._engine(np.ascontiguousarray(pixels[:, :, ::-1]), use_cls=False, return_word_box=True)
        if not found.word_results:
            return ()
        across, down = width / pixels.shape[1], height / pixels.shape[0]
        lines = [_marks(line, across, down) for line in found.word_results]
        return place([line for line in lines if line])


def _engine() -> Any:
    from rapidocr import RapidOCR  # loads onnxruntime and OpenCV: only when a page needs it

    return RapidOCR(params={"Global.log_level": "critical"})


def _marks(line: Sequence[Any], across: float, down: float) -> list[Mark]:
    found = []
    for text, score, box in line:
        if score >= LEAST_SCORE and text.strip():
            xs, ys = [x * across for x, _ in box], [y * down for _, y in box]
            found.append(Mark(text.strip(), min(xs), min(ys), max(xs), max(ys)))
    return found


def place(lines: Sequence[Sequence[Mark]]) -> tuple[RawWord, ...]:
    """Words of the lines found on a page, on straight baselines and in even type sizes."""
    if not lines or _is_drawing(lines):
        return ()
    usual = median(_height(line) for line in lines)
    level = [line for line in lines if not _is_upright(line, usual)]
    slant = _slant(level)
    words: list[RawWord] = []
    for line in level:
        height = _height(line)
        if abs(height - usual) < USUAL_HEIGHT * usual:
            height = usual
        bottom = median(mark.y1 - slant * mark.x0 for mark in line)
        baseline = bottom - BELOW_BASELINE * height
        words += [_word(mark, baseline, TYPE_SHARE * height, len(words) + at) for at, mark in enumerate(line)]
    return tuple(words)


def _is_drawing(lines: Sequence[Sequence[Mark]]) -> bool:
    """Whether the words are the lettering of a map or a drawing: many, and hardly two in a row."""
    count = sum(len(line) for line in lines)
    in_rows = sum(len(line) for line in lines if len(line) >= ROW)
    return count > FEWEST_LETTERED and in_rows < LEAST_IN_ROWS * count


def _is_upright(line: Sequence[Mark], usual: float) -> bool:
    width = max(mark.x1 for mark in line) - min(mark.x0 for mark in line)
    height = max(mark.y1 for mark in line) - min(mark.y0 for mark in line)
    return height > UPRIGHT * max(width, usual)


def _height(line: Sequence[Mark]) -> float:
    return median(mark.y1 - mark.y0 for mark in line)


def _slant(lines: Sequence[Sequence[Mark]]) -> float:
    """How far a line sinks for each point to the right, by the long lines of the page."""
    rises = [
        (line[-1].y1 - line[0].y1) / (line[-1].x0 - line[0].x0)
        for line in lines
        if len(line) > 2 and line[-1].x0 - line[0].x0 > WIDE_LINE
    ]
    slant = median(rises) if rises else 0.0
    return slant if abs(slant) < math.tan(math.radians(5)) else 0.0


def _word(mark: Mark, baseline: float, size: float, order: int) -> RawWord:
    text = _plain(mark.text)
    step = (mark.x1 - mark.x0) / len(text)
    edges = [mark.x0 + step * index for index in range(len(text))] + [mark.x1]
    return RawWord(text, mark.x0, mark.x1, baseline, size, bold=False, italic=False, edges=edges, order=order)


def _plain(text: str) -> str:
    """The word without marks over its letters where that is a word of English: specks read as accents."""
    if text.isascii():
        return text
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    letters = bare.strip(".,;:()[]“”\"'’")
    return bare if letters != text and letters.isalpha() and is_english(letters.lower()) else text
