"""Plain text set on pages, for datasets that come as text: the pages are known because they are made here.

set_pages(text) -> [Sheet]        wrapped lines, LINES to a page, with the offsets each page covers
draw(sheets, path)                one PDF, the same bytes for the same text
pages_of(sheets, start, end)      the pages that a slice of the text stands on
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

COLUMNS = 88  # characters to a line
LINES = 46
LEADING, MARGIN, SIZE = 14, 72, 10.5  # points
ENCODING = "cp1252"  # what the standard fonts can show: curly quotes, dashes, § and ¶ among it

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's lines and the slice of the text that they are, end exclusive."""

    lines: tuple[str, ...]
    start: int
    end: int


def set_pages(text: str) -> list[Sheet]:
    """The text on pages; at least one, and every character of it on exactly one."""
    lines = list(_wrapped(text))
    sheets = []
    for first in range(0, len(lines), LINES):
        part = lines[first : first + LINES]
        sheets.append(Sheet(tuple(text[a:b].strip() for a, b in part), part[0][0], part[-1][1]))
    return sheets or [Sheet((), 0, len(text))]


def pages_of(sheets: Sequence[Sheet], start: int, end: int) -> tuple[int, ...]:
    """The pages, from 1, that `[start, end)` stands on."""
    return tuple(n for n, sheet in enumerate(sheets, 1) if sheet.start < end and start < sheet.end)


def showable(text: str) -> bool:
    """Whether every character of it can be drawn."""
    return text == text.encode(ENCODING, "replace").decode(ENCODING)


def draw(sheets: Sequence[Sheet], path: Path) -> None:
    """Write the pages as a PDF; a tab becomes a space, and a character that cannot be drawn a question mark."""
    from reportlab.lib.pagesizes import LETTER
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=LETTER, invariant=1)
    for sheet in sheets:
        canvas.setFont("Times-Roman", SIZE)
        for row, line in enumerate(sheet.lines):
            shown = " ".join(line.split()).encode(ENCODING, "replace").decode(ENCODING)
            canvas.drawString(MARGIN, LETTER[1] - MARGIN - row * LEADING, shown)
        canvas.showPage()
    canvas.save()
    if lost := sum(not showable(character) for sheet in sheets for line in sheet.lines for character in line):
        log.warning("%s: %d characters are not in the standard fonts and became question marks", path.name, lost)


def _wrapped(text: str) -> list[tuple[int, int]]:
    """Slices of at most COLUMNS characters, cut after white space where there is any; a line's break ends a slice."""
    slices: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        newline = text.find("\n", start, start + COLUMNS)
        if newline >= 0:
            end = newline + 1
        elif len(text) - start <= COLUMNS:
            end = len(text)
        else:
            space = max(text.rfind(" ", start, start + COLUMNS), text.rfind("\t", start, start + COLUMNS))
            end = space + 1 if space > start else start + COLUMNS
        slices.append((start, end))
        start = end
    return slices
