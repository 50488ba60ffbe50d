"""Break styled text into printed lines, and remember which characters stand on each.

break_lines(text, style, measure) -> [Line]   greedy, justified; hyphens at line ends where the form hyphenates
column(words, style, measure) -> [Line]       the same for plain words (covers, captions)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth

from corpus.sample.marks import BOLD, ITALIC, NBSP, SUPERSCRIPT, Text

FAMILIES = {
    "Times": ("Times-Roman", "Times-Italic", "Times-Bold", "Times-BoldItalic"),
    "Courier": ("Courier", "Courier-Oblique", "Courier-Bold", "Courier-BoldOblique"),
    "Helvetica": ("Helvetica", "Helvetica-Oblique", "Helvetica-Bold", "Helvetica-BoldOblique"),
}
SUPERSCRIPT_SCALE = 0.62


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


def font(family: str, style: int) -> str:
    """The base-14 font for style bits."""
    return FAMILIES[family][(1 if style & ITALIC else 0) + (2 if style & BOLD else 0)]


def width(chars: str, styles: bytes | bytearray, style: Style) -> float:
    """Width in points of styled characters."""
    return float(sum(stringWidth(t, f, s) for t, f, s, _ in _runs(chars, styles, style)))


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


def _hyphenation(chars: str, styles: bytearray, style: Style, gap: int, a: int, b: int, room: float) -> int | None:
    """The last offset in the word `[a, b)` where a hyphen may fall and still fit in `room`; None if nowhere."""
    word = re.match(r"[“‘(\[]*([A-Za-z]{6,})", chars[a:b])
    if not word or not word[1][1:].islower() or any(styles[i] & SUPERSCRIPT for i in range(a, a + word.end())):
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
    chars = text.chars[start:end].rstrip(" ").replace(NBSP, " ")
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
