"""Running heads, running feet and printed page numbers: off the text, and kept.

peel(sheets) -> sheets without them, each with its heads and its label
  repeat   a line that stands at the same height on a page nearby, but for its numbers
  zone     a line at a height where most pages have such a line ("KENNEDY, J., dissenting" on a last page)
  label    a lone number in head or foot, believed where its neighbours count on with it
A printed number is never guessed from its neighbours: a page that shows none has none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from corpus.lines import merge, rows_of
from corpus.model import RawLine, Sheet

HEAD_PART, FOOT_PART = 0.26, 0.74  # of the page height: heads stand above, feet below
DEEPEST = 5  # rows looked at from each end
SAME_HEIGHT = 3.0  # points
NEARBY = 8  # pages: a head repeats at least this often
ZONE_SHARE = 0.5  # of the pages
ENOUGH = 3  # votes for a label, see `_votes`
LONE = re.compile(
    r"^(?:[-–—\[(~•|]\s*)*(?:page\s+)?"
    r"(?P<label>\d{1,4}|[ivxlc]{1,8}|(?:[A-Z]{1,4}|App\.|SA|Add\.)[-. ]?\d{1,4})a?"
    r"(?:\s+(?:of|/)\s+\d{1,4})?\.?(?:\s*[-–—\])~•|])*$",
    re.IGNORECASE,
)
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Candidate(NamedTuple):
    """A lone number near an end of a page. `style` is "1", "i" or a prefix such as "A"."""

    page: int
    line: RawLine
    label: str
    style: str
    value: int
    top: bool


def peel(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets with heads and feet taken off, and each with its printed label or None."""
    tops = [_end_rows(sheet, top=True) for sheet in sheets]
    feet = [_end_rows(sheet, top=False) for sheet in sheets]
    labels = _labels(sheets, tops, feet)
    taken: list[set[int]] = [set() for _ in sheets]
    for rows in (tops, feet):
        repeats = _repeats(rows)
        zones = _zones(rows, repeats, len(sheets))
        for index, sheet in enumerate(sheets):
            taken[index] |= _peeled(sheet, rows[index], repeats[index], zones, labels[index])
    return [_without(sheet, taken[i], labels[i]) for i, sheet in enumerate(sheets)]


def _end_rows(sheet: Sheet, *, top: bool) -> list[list[RawLine]]:
    """The outermost rows, outermost first."""
    rows = rows_of(sheet.lines)
    if top:
        return [row for row in rows[:DEEPEST] if row[0].baseline < HEAD_PART * sheet.height]
    return [row for row in reversed(rows[-DEEPEST:]) if row[0].baseline > FOOT_PART * sheet.height]


def _key(row: Sequence[RawLine]) -> str:
    """A row with its numbers blotted out."""
    text = " ".join(line.text for line in row).casefold()
    words = [
        "#" if re.fullmatch(r"\W*(?:\d+|[ivxlc]+)\W*", word) else re.sub(r"\d+", "#", word) for word in text.split()
    ]
    return " ".join(word for word in words if word != "#")


def _repeats(rows: Sequence[Sequence[Sequence[RawLine]]]) -> list[list[bool]]:
    """For each page and row: whether it repeats on a page nearby."""
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for index, page in enumerate(rows):
        for row in page:
            places[_key(row)].append((index, row[0].baseline))
    return [
        [
            bool(_key(row).strip("_-–— "))
            and any(
                0 < abs(other - index) <= NEARBY and abs(height - row[0].baseline) <= SAME_HEIGHT
                for other, height in places[_key(row)]
            )
            for row in page
        ]
        for index, page in enumerate(rows)
    ]


def _zones(rows: Sequence[Sequence[Sequence[RawLine]]], repeats: Sequence[Sequence[bool]], pages: int) -> list[float]:
    """Heights at which most pages have a repeating line."""
    counts: dict[int, int] = defaultdict(int)
    for page, flags in zip(rows, repeats, strict=True):
        for height in {round(row[0].baseline / SAME_HEIGHT) for row, flag in zip(page, flags, strict=True) if flag}:
            counts[height] += 1
    near = {height: sum(counts.get(height + step, 0) for step in (-1, 0, 1)) for height in counts}
    return [height * SAME_HEIGHT for height, count in near.items() if count >= max(ZONE_SHARE * pages, 3)]


def _peeled(
    sheet: Sheet,
    rows: Sequence[Sequence[RawLine]],
    repeats: Sequence[bool],
    zones: Sequence[float],
    label: Candidate | None,
) -> set[int]:
    """The row numbers to take off, from the end inwards, up to the first row that is body."""
    found: set[int] = set()
    for row, repeat in zip(rows, repeats, strict=True):
        is_label = label is not None and any(line is label.line for line in row)
        in_zone = any(abs(row[0].baseline - height) <= SAME_HEIGHT for height in zones) and _is_short(row, sheet)
        if not (repeat or is_label or in_zone):
            break
        found.add(row[0].row)
    return found


def _is_short(row: Sequence[RawLine], sheet: Sheet) -> bool:
    """Shorter than the page's body lines, as a head is."""
    widest = max(line.width for line in sheet.lines)
    return sum(line.width for line in row) < 0.8 * widest


def _without(sheet: Sheet, taken: set[int], label: Candidate | None) -> Sheet:
    heads = tuple(
        " ".join(line.text for line in row if label is None or line is not label.line)
        for row in rows_of(sheet.lines)
        if row[0].row in taken
    )
    lines = tuple(line for line in sheet.lines if line.row not in taken)
    printed = label.label if label else sheet.label
    return replace(sheet, lines=lines, heads=(*sheet.heads, *(head for head in heads if head)), label=printed)


def _labels(
    sheets: Sequence[Sheet],
    tops: Sequence[Sequence[Sequence[RawLine]]],
    feet: Sequence[Sequence[Sequence[RawLine]]],
) -> list[Candidate | None]:
    """The printed number of each page, None where none is believed."""
    candidates = [
        [*_candidates(index, tops[index], top=True), *_candidates(index, feet[index], top=False)]
        for index in range(len(sheets))
    ]
    needed = {1: 1, 2: 2, 3: 2}.get(len(sheets), ENOUGH)
    found: list[Candidate | None] = []
    for index in range(len(sheets)):
        ranked = sorted(((_votes(c, candidates, tops[index]), c.top) for c in candidates[index]), reverse=True)
        best = max(candidates[index], key=lambda c: _votes(c, candidates, tops[index]), default=None)
        found.append(best if ranked and ranked[0][0] >= needed else None)
    return found


def _candidates(index: int, rows: Sequence[Sequence[RawLine]], *, top: bool) -> list[Candidate]:
    found = []
    for row in rows[:3]:
        for line in row:
            match = LONE.match(line.text)
            if match is None:
                continue
            label = match["label"]
            style, value = _value(label)
            if value is not None:
                found.append(Candidate(index, line, label, style, value, top))
    return found


def _value(label: str) -> tuple[str, int | None]:
    """(style, number) of a printed page number; the number None for what only looks like one."""
    if label.isdecimal():
        return "1", int(label)
    if re.fullmatch("[ivxlc]+", label):
        return "i", _roman(label)
    match = re.fullmatch(r"([A-Z]\w*)[-. ]*(\d+)", label)
    return (match[1], int(match[2])) if match else ("", None)


def _roman(text: str) -> int | None:
    """The value of a lower-case roman numeral, None for letters that are none."""
    total = 0
    for here, after in zip(text, [*text[1:], None], strict=True):
        value = ROMAN[here]
        total += -value if after and ROMAN[after] > value else value
    return total if _as_roman(total) == text else None


def _as_roman(number: int) -> str:
    out = ""
    for value, letters in (
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        while number >= value:
            out, number = out + letters, number - value
    return out


def _votes(candidate: Candidate, candidates: Sequence[Sequence[Candidate]], tops: Sequence[Sequence[RawLine]]) -> int:
    """How much speaks for a candidate: 1 for being there, 2 for each neighbour that counts on, 1 for one further off,
    2 for standing where other pages have theirs, 1 for the page's own ordinal, 1 for a head beside it."""
    votes = 1 + (candidate.value == candidate.page + 1)
    for step, weight in ((-1, 2), (1, 2), (-2, 1), (2, 1)):
        at = candidate.page + step
        if 0 <= at < len(candidates):
            votes += weight * any(
                c.style == candidate.style and c.value == candidate.value + step for c in candidates[at]
            )
    same_slot = sum(
        any(_same_slot(candidate, other) for other in page)
        for page in candidates
        if page and page[0].page != candidate.page
    )
    beside = any(len(row) > 1 and any(line is candidate.line for line in row) for row in tops)
    return votes + 2 * (same_slot >= 2) + beside


def _same_slot(one: Candidate, other: Candidate) -> bool:
    a, b = one.line, other.line
    return abs(a.baseline - b.baseline) <= SAME_HEIGHT and (
        abs(a.x0 - b.x0) < 4 or abs(a.x1 - b.x1) < 4 or abs(a.x0 + a.x1 - b.x0 - b.x1) < 8
    )
