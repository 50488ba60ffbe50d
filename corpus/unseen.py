"""Which characters a page really shows: text under a black box, under other text or in the paper's colour is not read.

suspects(glyphs, covers)           characters that something lies over, or that are set in the colour of what is behind
seen(glyphs, at, with_, without, scale)   of those, the ones whose removal changes the picture
is_redacted(glyphs, hidden, boxes)        whether a dark box hides words

A page is drawn twice, with the suspect text and without it. Where both pictures agree, nobody could have read it.
That holds for solid boxes, hatched ones, boxes set as annotations, images laid over, and white on white.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.glyphs import Glyphs
from corpus.model import Rule

CHANGED = 40  # of 255: a pixel that differs by more has changed
FEWEST_PIXELS = 2  # changed pixels that show a character
FEWEST_REDACTED = 2  # letters or figures under a box: one alone may be touched by a frame
INNER = 0.15  # of its width: left off each side of a character, where its neighbours reach in
PAPER = 255  # lightness of a page without anything on it
NEAR_COLOUR = 40  # of 255: lightness closer than this may not be told apart
WHOLE_PAGE = 0.6  # of the page: an image this large over text is a scan over its own text layer


class Cover(NamedTuple):
    """An area that is painted, with its place in paint order; `light` as in Style, None for an image."""

    order: int
    area: Rule
    light: int | None = None


def suspects(glyphs: Glyphs, covers: Sequence[Cover]) -> npt.NDArray[np.bool_]:
    """True for each character that may be hidden."""
    order, light = glyphs.column("order"), glyphs.column("light")
    x = (glyphs.x0 + glyphs.x1) / 2
    y = glyphs.column("baseline") - 0.3 * glyphs.column("size")
    found = light > PAPER - NEAR_COLOUR
    for cover in covers:
        a = cover.area
        over = (x > a.x0) & (x < a.x1) & (y > a.y0) & (y < a.y1)
        if cover.light is None:
            found |= over & (order < cover.order)
        else:
            found |= over & ((order < cover.order) | (np.abs(light - cover.light) < NEAR_COLOUR))
    hidden: npt.NDArray[np.bool_] = found & (order >= 0)
    return hidden


def seen(
    glyphs: Glyphs,
    at: npt.NDArray[np.bool_],
    with_: npt.NDArray[np.uint8],
    without: npt.NDArray[np.uint8],
    scale: float,
) -> npt.NDArray[np.bool_]:
    """True for each character that is no suspect, or whose place differs between the two pictures.

    `scale` is the pictures' pixels a point.
    """
    changed = (np.abs(with_.astype(np.int16) - without.astype(np.int16)) > CHANGED).any(axis=2)
    counts = np.zeros((changed.shape[0] + 1, changed.shape[1] + 1), dtype=np.int64)
    counts[1:, 1:] = changed.cumsum(axis=0).cumsum(axis=1)
    height, width = changed.shape
    inset = INNER * (glyphs.x1 - glyphs.x0)
    size, baseline = glyphs.column("size"), glyphs.column("baseline")
    left = _pixel((glyphs.x0 + inset) * scale, width, np.floor)
    right = _pixel((glyphs.x1 - inset) * scale, width, np.ceil)
    top = _pixel((baseline - 0.8 * size) * scale, height, np.floor)
    bottom = _pixel((baseline + 0.22 * size) * scale, height, np.ceil)
    inside = counts[bottom, right] - counts[top, right] - counts[bottom, left] + counts[top, left]
    shown: npt.NDArray[np.bool_] = ~at | (inside >= FEWEST_PIXELS)
    return shown


def is_redacted(glyphs: Glyphs, hidden: npt.NDArray[np.bool_], boxes: Sequence[Rule]) -> bool:
    """Whether words among the `hidden` characters lie in one of `boxes`, the dark areas of the page.

    Words of an OCR layer, which are painted nowhere, do not count.
    """
    word = hidden & ~np.asarray(glyphs.column("invisible"), dtype=bool)
    word &= np.fromiter((char.isalnum() for char in glyphs.text), dtype=bool, count=len(glyphs.text))
    x = (glyphs.x0 + glyphs.x1) / 2
    y = glyphs.column("baseline") - 0.3 * glyphs.column("size")
    inside = np.zeros(len(glyphs.text), dtype=bool)
    for box in boxes:
        inside |= (x > box.x0) & (x < box.x1) & (y > box.y0) & (y < box.y1)
    return int((word & inside).sum()) >= FEWEST_REDACTED


def _pixel(points: npt.NDArray[np.floating], limit: int, rounding: np.ufunc) -> npt.NDArray[np.intp]:
    pixels: npt.NDArray[np.intp] = np.clip(rounding(points), 0, limit).astype(np.intp)
    return pixels
