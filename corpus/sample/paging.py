"""Lay lines on pages: headings keep company, footnotes stand at the foot and run over where they must.

fill_pages(items, sheet) -> [Leaf]

A page is measured from the top of its text block downwards, in points.

    +--------------------------+  0
    | body lines, top down     |
    | ------ (rule)            |
    | footnotes, bottom up     |
    +--------------------------+  height
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from corpus.sample.typeset import Line, Style

NOTE_GAP = 9.0  # points between the body and the footnote rule's first line
MIN_NOTE_LINES = 2  # lines of a footnote that must stand on its mark's page


@dataclass
class Item:
    """A block on its way to the page: its lines and what keeps it company. `owner` is the builder's own number."""

    lines: list[Line]
    style: Style
    owner: int = -1
    keep: bool = False  # never last on a page
    start_page: bool = False
    alone: bool = False  # a page to itself (slip sheet)
    together: bool = False  # all on one page


@dataclass(frozen=True)
class Placed:
    """A line on its page: baseline in points below the text block's top; `owner` as in its item or its note."""

    line: Line
    y: float
    owner: int
    note: str | None = None


@dataclass
class Leaf:
    """One filled page. `rule` is where the footnote rule stands (None without notes)."""

    placed: list[Placed] = field(default_factory=list)
    rule: float | None = None
    alone: bool = False


@dataclass
class Sheet:
    """The text block to fill. `grid` > 0: double-spaced lines sit on rows of that height (pleading paper)."""

    height: float
    note_style: Style
    notes: Callable[[str], list[tuple[int, list[Line]]]]  # a footnote's name -> its paragraphs (owner, lines)
    grid: float = 0
    widows: bool = True
    first_height: float | None = None  # what the first page leaves after a caption


def fill_pages(items: list[Item], sheet: Sheet) -> list[Leaf]:
    """Lay the items on pages in order. A heading never ends a page; notes that do not fit run on."""
    filler = _Filler(sheet)
    for index, item in enumerate(items):
        if item.start_page or item.alone:
            filler.turn(force=False)
        filler.put(item, items[index + 1 :])
        if item.alone:
            filler.leaf.alone = True
            filler.turn(force=True)
    filler.finish()
    return filler.leaves


class _Filler:
    """The page being filled, what it holds, and the footnote lines waiting for the next one."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.leaves: list[Leaf] = []
        self.waiting: list[Placed] = []
        self._open()

    def _open(self) -> None:
        first = self.sheet.first_height if not self.leaves else None
        self.height = self.sheet.height
        self.used = self.sheet.height - first if first is not None else 0.0
        self.start = self.used
        self.leaf = Leaf()
        self.notes: list[Placed] = []
        self.leaves.append(self.leaf)
        if self.waiting:
            room = int((self.height * 0.7 - NOTE_GAP) / self.sheet.note_style.leading)
            self.notes, self.waiting = self.waiting[:room], self.waiting[room:]

    def turn(self, *, force: bool) -> None:
        """Go to a new page, unless this one is still empty and `force` is not given."""
        if not self.leaf.placed and not self.notes and not force:
            return
        self._close()
        self._open()

    def finish(self) -> None:
        """Close the last page; pages more for footnotes still waiting."""
        while True:
            self._close()
            if not self.waiting:
                break
            self._open()
        while self.leaves and not self.leaves[-1].placed and len(self.leaves) > 1:
            self.leaves.pop()

    def _close(self) -> None:
        """Set the footnotes at the foot."""
        if not self.notes:
            return
        leading = self.sheet.note_style.leading
        top = self.height - len(self.notes) * leading
        self.leaf.rule = top - NOTE_GAP * 0.35
        for i, placed in enumerate(self.notes):
            self.leaf.placed.append(replace(placed, y=top + (i + 1) * leading - leading * 0.22))
        self.notes = []

    def _foot(self, more: int = 0) -> float:
        """Points taken at the foot by the notes held plus `more` lines."""
        count = len(self.notes) + more
        return count * self.sheet.note_style.leading + NOTE_GAP if count else 0.0

    def put(self, item: Item, following: list[Item]) -> None:
        """Place an item's lines, turning pages as needed."""
        style = item.style
        if self.used > self.start:
            self.used += style.before
        need = self._need(item, following)
        if self.used > self.start and self._rounded(self.used, style) + need + self._foot() > self.height + 0.1:
            self.turn(force=True)
        self.used = self._rounded(self.used, style)
        count = len(item.lines)
        for index, line in enumerate(item.lines):
            held = 2 if self.sheet.widows and count > 2 and index == count - 2 else 1
            room = self.used + style.leading * held + self._foot(self._least(line))
            if room > self.height + 0.1 and self.used > self.start:
                self.turn(force=True)
                self.used = self._rounded(self.used, style)
            self._set_line(line, style, item.owner)
        self.used += style.after

    def _need(self, item: Item, following: list[Item]) -> float:
        """Height that must be free before an item starts: all of it, or its first lines, with what it keeps."""
        style = item.style
        if item.together:
            return len(item.lines) * style.leading
        if not item.keep:
            count = len(item.lines)
            first = min(count, 2 if count > 3 else 3) if self.sheet.widows else 1
            least = sum(self._least(line) for line in item.lines[:first])
            return first * style.leading + (least * self.sheet.note_style.leading + NOTE_GAP if least else 0)
        own = len(item.lines) * style.leading + style.after
        if not following:
            return own
        return own + following[0].style.before + self._need(following[0], following[1:]) + self.sheet.grid / 2

    def _least(self, line: Line) -> int:
        """Footnote lines that must stand on this line's page."""
        total = 0
        for name in line.notes:
            total += min(MIN_NOTE_LINES, sum(len(lines) for _, lines in self.sheet.notes(name)))
        return total

    def _rounded(self, used: float, style: Style) -> float:
        """On ruled paper a block starts on a row; single-spaced lines start so that the first stands on one."""
        grid = self.sheet.grid
        if not grid:
            return used
        row = -(-(used - 0.6) // grid) * grid
        return row if style.leading >= grid else row + grid - style.leading

    def _set_line(self, line: Line, style: Style, owner: int) -> None:
        self.used += style.leading
        drop = 5.3 + style.offset if self.sheet.grid else style.size * 0.25
        self.leaf.placed.append(Placed(line, self.used - drop, owner))
        for name in line.notes:
            lines = [Placed(x, 0, who, name) for who, block in self.sheet.notes(name) for x in block]
            free = self.height - self.used - self._foot()
            room = int((free - (0 if self.notes else NOTE_GAP) + 0.1) / self.sheet.note_style.leading)
            fit = len(lines) if not self.waiting and len(lines) <= room else max(0, min(room, len(lines)))
            if self.waiting:
                fit = 0
            self.notes += lines[:fit]
            self.waiting += lines[fit:]
