"""Break styled text into printed lines and lines into pages, and remember which characters stand where.

break_lines(text, style) -> [Line]          greedy, justified; hyphens at line ends where the form hyphenates
fill_pages(items, sheet) -> [Sheet page]    footnotes at the foot, running over where they must

A page is measured from the top of its text block downwards, in points.

    +--------------------------+  0
    | body lines, top down     |
    | ------ (rule)            |
    | footnotes, bottom up     |
    +--------------------------+  height
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from reportlab.pdfbase.pdfmetrics import stringWidth

from corpus.sample.marks import BOLD, ITALIC, NBSP, SUPERSCRIPT, Text

FAMILIES = {
    "Times": ("Times-Roman", "Times-Italic", "Times-Bold", "Times-BoldItalic"),
    "Courier": ("Courier", "Courier-Oblique", "Courier-Bold", "Courier-BoldOblique"),
    "Helvetica": ("Helvetica", "Helvetica-Oblique", "Helvetica-Bold", "Helvetica-BoldOblique"),
}
SUPERSCRIPT_SCALE = 0.62
NOTE_GAP = 9.0  # points between the body and the footnote rule's first line
MIN_NOTE_LINES = 2  # lines of a footnote that must stand on its mark's page


@dataclass(frozen=True)
class Style:
    """How a block is set. Lengths in points; `left` and `right` are indents from the text block's edges."""

    size: float = 12
    leading: float = 24
    family: str = "Times"
    align: str = "justify"  # justify, left, center
    first: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    bold: bool = False
    underline: bool = False
    italic: bool = False
    hyphenate: bool = False
    hang: float = 0  # the heading's number stands in this column, the rest beside it
    offset: float = 0  # moves single-spaced lines up against the line numbers


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one font on a line; `space` is added to each space (justification)."""

    text: str
    font: str
    size: float
    x: float
    width: float
    rise: float = 0
    underline: bool = False
    space: float = 0


@dataclass(frozen=True)
class Line:
    """A printed line: runs from the left edge of the text block, and the characters `[start, end)` it shows."""

    runs: tuple[Run, ...]
    start: int
    end: int
    style: Style
    notes: tuple[str, ...] = ()


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


def font(family: str, style: int) -> str:
    """The base-14 font for style bits."""
    return FAMILIES[family][(1 if style & ITALIC else 0) + (2 if style & BOLD else 0)]


def width(chars: str, styles: bytes | bytearray, style: Style) -> float:
    """Width in points of styled characters."""
    return sum(stringWidth(t, f, s) for t, f, s, _ in _runs(chars, styles, style))


def break_lines(text: Text, style: Style, measure: float) -> list[Line]:
    """The lines of a block in a column `measure` points wide; never empty."""
    notes = dict(text.notes)
    left, room = style.left + style.hang, measure - style.left - style.right - style.hang
    spans = list(_greedy(text, style, room))
    if style.align == "center" and len(spans) > 1:
        spans = list(_balanced(text, style, room, len(spans)))
    lines = []
    for index, (start, end, hyphen) in enumerate(spans):
        first = style.first if index == 0 else 0
        last = index == len(spans) - 1
        runs = _set(text, start, end, hyphen, style, left + first, room - first, last=last)
        lines.append(Line(runs, start, end, style, tuple(notes[n] for n in sorted(notes) if start <= n < end)))
    return lines


def _balanced(text: Text, style: Style, room: float, count: int) -> Iterator[tuple[int, int, bool]]:
    """Centred headings look right when their lines are about equal: the narrowest room that keeps `count` lines."""
    narrow = room
    while narrow > 60 and len(list(_greedy(text, style, narrow - 6))) == count:
        narrow -= 6
    return _greedy(text, style, narrow)


def _greedy(text: Text, style: Style, room: float) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether a soft hyphen ends it) of each line."""
    chars, styles = text.chars, text.styles
    start, avail = 0, room - style.first
    atoms = _atoms(chars)
    index = 0
    held_end = 0
    used = 0.0
    while index < len(atoms):
        a, b = atoms[index]
        gap = held_end if held_end > start else a
        piece = width(chars[gap:b], styles[gap:b], style)
        if used + piece <= avail + 0.01 or held_end <= start:
            used += piece
            held_end = b
            index += 1
            continue
        cut = _hyphenation(chars, styles, style, gap, a, b, avail - used) if style.hyphenate else None
        yield (start, cut or held_end, cut is not None)
        start = cut or _skip(chars, held_end)
        if cut:
            atoms[index] = (cut, b)
        held_end, used, avail = start, 0.0, room
    yield (start, len(chars), False)


def _skip(chars: str, at: int) -> int:
    """The first character of the next line: past the space that the line end swallows."""
    return at + 1 if at < len(chars) and chars[at] == " " else at


def _atoms(chars: str) -> list[tuple[int, int]]:
    """Pieces that may not be broken: words, cut after hyphens and long dashes within them."""
    found = []
    for word in re.finditer(r"[^ ]+", chars):
        start = word.start()
        for cut in re.finditer(r"(?<=[a-z]{2}-)(?=[a-z]{3})|(?<=—)(?=\w)|(?<=\w\w/)(?=\w\w)", word[0]):
            found.append((start, word.start() + cut.start()))
            start = word.start() + cut.start()
        found.append((start, word.end()))
    return found


_ONSETS = {"bl", "br", "ch", "cl", "cr", "dr", "fl", "fr", "gh", "gl", "gr", "ph", "pl", "pr", "qu", "sc", "sh", "sk",
           "sl", "sm", "sn", "sp", "st", "sw", "th", "tr", "tw", "wh", "wr", "ck", "ng", "ll", "ss", "ff"}  # fmt: skip
_SUFFIX = re.compile(r".{3,}?(?=(?:tion|sion|ment|ness|less|able|ible|ful|ship)s?$)")


def _hyphenation(
    chars: str, styles: bytearray, style: Style, gap: int, a: int, b: int, room: float
) -> int | None:
    """The last offset in the word `[a, b)` where a hyphen may fall and still fit in `room`; None if nowhere."""
    word = re.match(r"[“‘(\[]*([A-Za-z]{6,})", chars[a:b])
    if not word or word[1].isupper() or any(styles[i] & SUPERSCRIPT for i in range(a, a + word.end())):
        return None
    base = a + word.start(1)
    best = None
    for cut in _syllables(word[1]):
        if width(chars[gap : base + cut] + "-", styles[gap : base + cut + 1], style) <= room:
            best = base + cut
    return best


def _syllables(word: str) -> list[int]:
    """Offsets where printers would break an English word: between two consonants, and before common endings."""
    low = word.lower()
    cuts = {m.end() for m in [_SUFFIX.match(low)] if m}
    for found in re.finditer(r"(?<=[aeiouy])([bcdfghjklmnpqrstvwxz])([bcdfghjklmnpqrstvwxz])(?=[aeiouy])", low):
        if found[1] + found[2] not in _ONSETS:
            cuts.add(found.start() + 1)
    return sorted(c for c in cuts if 2 < c <= len(word) - 3)


def _set(
    text: Text, start: int, end: int, hyphen: bool, style: Style, x: float, room: float, *, last: bool
) -> tuple[Run, ...]:
    """The runs of one line, spaced to fill `room` unless it is the last."""
    chars = text.chars[start:end].rstrip(" ")
    styles = text.styles[start : start + len(chars)]
    if hyphen:
        chars, styles = chars + "\u00ad", styles + styles[-1:]
    natural = width(chars, styles, style)
    spaces = chars.count(" ")
    extra = 0.0
    if style.align == "justify" and not last and spaces and natural > room * 0.7:
        extra = (room - natural) / spaces
    if style.align == "center":
        x += (room - natural) / 2
    runs = []
    for part, face, size, bits in _runs(chars, styles, style):
        wide = stringWidth(part, face, size) + extra * part.count(" ")
        rise = style.size * 0.36 if bits & SUPERSCRIPT else 0.0
        line_under = bool(bits & 4) or style.underline
        runs.append(Run(part, face, size, x, wide, rise, line_under, extra))
        x += wide
    return tuple(runs)


def _runs(chars: str, styles: bytes | bytearray, style: Style) -> Iterator[tuple[str, str, float, int]]:
    """(text, font, size, style bits) for each stretch of one style."""
    own = (BOLD if style.bold else 0) | (ITALIC if style.italic else 0)
    start = 0
    for i in range(1, len(chars) + 1):
        if i == len(chars) or styles[i] != styles[start]:
            bits = styles[start] ^ own
            size = style.size * (SUPERSCRIPT_SCALE if bits & SUPERSCRIPT else 1)
            yield chars[start:i], font(style.family, bits), size, bits
            start = i


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
            held = 2 if self.sheet.widows and count > 3 and index == count - 2 else 1
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
            first = 2 if self.sheet.widows and len(item.lines) > 1 else 1
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


def typed(chars: str, style: int = 0) -> Text:
    """Plain words as a Text, for covers and captions that no source spells out."""
    return Text(chars=chars, styles=bytearray([style] * len(chars)))


def column(text: str, style: Style, measure: float) -> list[Line]:
    """Lines of plain words; `|` breaks a line, `*` turns italic on and off."""
    lines: list[Line] = []
    for part in text.split("|"):
        made = Text()
        for index, piece in enumerate(part.strip().replace("'", "’").replace("~", NBSP).split("*")):
            made.add(piece, ITALIC * (index % 2))
        lines += break_lines(made, style, measure)
    return lines
