"""Characters with their places become words.

words_of(glyphs, width, height, shown) -> words in the file's order
  drop    what is not shown, turned on its side or off the page
  cut     at spaces, at a new baseline, at a jump to the left or far to the right
A raised numeral has a baseline of its own, so a note's mark is always a word by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.model import RawWord

LIGATURES = dict(
    zip("\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)
)
BASELINE_SLACK = 0.08  # of the type size; a note's mark is raised by a fifth or more
JUMP = 0.8  # of the type size; words stand a quarter apart, columns more than one
BACK = 0.6  # of the type size; kerning goes back less


class Style(NamedTuple):
    """What the characters of one text object share.

    `invisible`: drawn in no colour at all (an OCR layer). `light` is how light their colour is, 0 to 255, and 255 where
    next to transparent. `turn`: quarter turns clockwise that would set them upright, 0 for text from left to right, -1
    for slanted text. `order` is the object's place in paint order, -1 for what pdfium adds (spaces, line ends).
    """

    baseline: float
    size: float
    bold: bool
    italic: bool
    invisible: bool
    light: int
    turn: int
    order: int


class Glyphs(NamedTuple):
    """The characters of a page: `text[i]` spans `x0[i]` to `x1[i]` in `styles[style_at[i]]`."""

    text: str
    x0: npt.NDArray[np.float32]
    x1: npt.NDArray[np.float32]
    style_at: npt.NDArray[np.intp]
    styles: Sequence[Style]

    def column(self, field: str) -> npt.NDArray[Any]:
        """One field of the style of each character."""
        values = np.array([getattr(style, field) for style in self.styles])
        column: npt.NDArray[Any] = values[self.style_at]
        return column


def words_of(glyphs: Glyphs, width: float, height: float, shown: npt.NDArray[np.bool_]) -> tuple[RawWord, ...]:
    """The words of a page, of the characters that are `shown`, in the file's order."""
    if not glyphs.text:
        return ()
    shown = shown & (glyphs.column("turn") == 0)
    baseline = glyphs.column("baseline")
    size = np.maximum(glyphs.column("size"), 0.1)
    codes = np.frombuffer(glyphs.text.encode("utf-32-le", "replace"), dtype=np.uint32)
    inside = (glyphs.x1 > 0) & (glyphs.x0 < width) & (baseline > 0) & (baseline < height + 5)
    solid = ~_blank(codes) & shown & inside
    cut = _cuts(glyphs, solid, baseline, size)
    starts = np.flatnonzero(cut & solid)
    return tuple(_words(glyphs, starts, solid, size))


def _blank(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Spaces of every kind, controls but the two that stand for a line-end hyphen, and the zero-width marks."""
    control = (codes < 0x20) & (codes != 2)
    blank: npt.NDArray[np.bool_] = control | np.isin(codes, (0x20, 0xA0, 0x2028, 0x2029, 0x200B, 0xFEFF, 0x3000))
    return blank | ((codes >= 0x2000) & (codes <= 0x200A))


def _cuts(
    glyphs: Glyphs, solid: npt.NDArray[np.bool_], baseline: npt.NDArray[np.float64], size: npt.NDArray[np.float64]
) -> npt.NDArray[np.bool_]:
    """True where a word begins, or would if the character were solid."""
    cut = np.ones(len(glyphs.text), dtype=bool)
    both = np.maximum(size[1:], size[:-1])
    step = glyphs.x0[1:] - glyphs.x1[:-1]
    cut[1:] = (
        ~solid[:-1]
        | (np.abs(baseline[1:] - baseline[:-1]) > BASELINE_SLACK * both)
        | (step > JUMP * both)
        | (step < -BACK * both)
    )
    return cut


def _words(
    glyphs: Glyphs, starts: npt.NDArray[np.intp], solid: npt.NDArray[np.bool_], size: npt.NDArray[np.float64]
) -> list[RawWord]:
    if not len(starts):
        return []
    sizes = np.maximum.reduceat(np.where(solid, size, 0.0), starts)
    blanks = np.flatnonzero(~solid)
    limits = np.append(starts[1:], len(glyphs.text))
    after = np.searchsorted(blanks, starts)
    ends = np.minimum(limits, np.append(blanks, len(glyphs.text))[after])
    left, right = glyphs.x0.tolist(), glyphs.x1.tolist()
    found: list[RawWord] = []
    glued = [False, *solid[starts[1:] - 1].tolist()]
    styles, at = glyphs.styles, glyphs.style_at.tolist()
    for start, end, height, close in zip(starts.tolist(), ends.tolist(), sizes.tolist(), glued, strict=True):
        style = styles[at[start]]
        text, edges = glyphs.text[start:end], [*left[start:end], right[end - 1]]
        if not text.isascii():
            text, edges = _expand(text, edges)
        found.append(
            RawWord(
                text, edges[0], edges[-1], style.baseline, height, style.bold, style.italic, edges, len(found), close
            )
        )
    return found


def _expand(text: str, edges: list[float]) -> tuple[str, list[float]]:
    """Ligatures as their letters, each with its share of the width."""
    if not any(char in LIGATURES for char in text):
        return text, edges
    out, places = [], []
    for index, char in enumerate(text):
        letters = LIGATURES.get(char, char)
        step = (edges[index + 1] - edges[index]) / len(letters)
        out.append(letters)
        places += [edges[index] + step * k for k in range(len(letters))]
    return "".join(out), [*places, edges[-1]]
