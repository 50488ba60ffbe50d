"""Running heads, running feet and printed page numbers: off the text, and kept.

peel(sheets) -> sheets without them, each with its heads and its label
  repeat   a line that stands at the same height on a page nearby, but for its numbers
  zone     a line at a height where most pages have such a line ("KENNEDY, J., dissenting" on a last page)
  label    the row of the printed page number                                    (corpus/labels.py)
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from corpus.kinds import COURT
from corpus.labels import Candidate, page_value, printed_labels
from corpus.lines import cut, rows_of
from corpus.model import RawLine, Sheet

HEAD_PART, FOOT_PART = 0.26, 0.74  # of the page height: heads stand above, feet below
DEEPEST = 5  # rows looked at from each end
SAME_HEIGHT = 3.0  # points
SCAN_SHIFT = 0.02  # of the page height: how much higher or lower a page may lie on the glass
LONG_FILING = 6  # pages: from here on a head must repeat twice
SHIFT = 0.3  # of its height: how far a page's outermost row may stand elsewhere on a page of another size
NEARBY = 8  # pages: a head repeats at least this often
MOST_OUTSIDE = 1  # lines further out than a head or foot are margin too, but not many
MOST_UNRULED = 4  # rows above or below the numbered lines of pleading paper that are its head or foot
OTHER_SIZE = 0.6  # points: more is other type
CLOSE = 1.2  # of the usual leading
ZONE_SHARE = 0.5  # of the pages
STAR_PAGE = re.compile(r"^\[\*\d{1,4}\](?:\s+|$)")  # the Tax Court's page mark, before or in the first line
NUMERAL = re.compile(r"\W*(?:\d+|[ivxlc]+)\W*")


def peel(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets with heads and feet taken off, and each with its printed label or None."""
    tops = [_end_rows(sheet, top=True) for sheet in sheets]
    feet = [_end_rows(sheet, top=False) for sheet in sheets]
    aslant = [SCAN_SHIFT * sheet.height if sheet.scanned else 0.0 for sheet in sheets]
    repeats = [_repeats(tops, aslant), _repeats(feet, aslant)]
    labels = printed_labels(tops, feet, repeats[0], repeats[1])
    taken: list[set[int]] = [set() for _ in sheets]
    for rows, flags in zip((tops, feet), repeats, strict=True):
        zones = _zones(rows, flags, len(sheets))
        for index, sheet in enumerate(sheets):
            taken[index] |= _peeled(sheet, rows[index], flags[index], zones, labels[index])
    own = _own_labels(sheets, labels)
    return [_without(sheet, taken[i], labels[i], own[i]) for i, sheet in enumerate(sheets)]


def _own_labels(sheets: Sequence[Sheet], labels: Sequence[Candidate | None]) -> list[str | None]:
    """The PDF's own page labels, for pages that print none: kept where they are numbers and contradict no print."""
    own = [sheet.label for sheet in sheets]
    printed = [label.label if label else None for label in labels]
    if any(print_ and mine and print_ != mine for print_, mine in zip(printed, own, strict=True)):
        return [None] * len(sheets)
    return [mine if mine and page_value(mine)[1] is not None else None for mine in own]


def _end_rows(sheet: Sheet, *, top: bool) -> list[list[RawLine]]:
    """The outermost rows, outermost first."""
    rows = rows_of(sheet.lines)
    if top:
        return [row for row in rows[:DEEPEST] if row[0].baseline < HEAD_PART * sheet.height]
    return [row for row in reversed(rows[-DEEPEST:]) if row[0].baseline > FOOT_PART * sheet.height]


def _key(row: Sequence[RawLine]) -> str:
    """A row with its numbers blotted out."""
    text = " ".join(line.text for line in row).casefold()
    words = [re.sub(r"\d+", "#", word) for word in text.split() if not NUMERAL.fullmatch(word)]
    return " ".join(words).strip("_-–— ")


def _repeats(rows: Sequence[Sequence[Sequence[RawLine]]], shifts: Sequence[float]) -> list[list[bool]]:
    """For each page and row: whether it repeats on a page nearby. `shifts` is how far a page's rows may be off."""
    needed = 2 if len(rows) >= LONG_FILING else 1
    keys = [[_key(row) for row in page] for page in rows]
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for index, page in enumerate(rows):
        for row, key in zip(page, keys[index], strict=True):
            places[key].append((index, row[0].baseline))
    return [
        [
            bool(key) and _stands(places[key], index, row, shifts[index], outermost=at == 0) >= needed
            for at, (row, key) in enumerate(zip(page, keys[index], strict=True))
        ]
        for index, page in enumerate(rows)
    ]


def _stands(
    places: Sequence[tuple[int, float]], index: int, row: Sequence[RawLine], shift: float, *, outermost: bool
) -> int:
    """On how many pages nearby a row stands at the same height, give or take `shift`, and more for the outermost
    (pages of one filing differ in size); 0 for a row of body (it has a line number)."""
    if row[0].number is not None:
        return 0
    level = max(shift, SAME_HEIGHT if not outermost else 3 * SAME_HEIGHT + row[0].baseline * SHIFT)
    first = bisect_left(places, (index - NEARBY, 0.0))
    last = bisect_left(places, (index + NEARBY + 1, 0.0))
    return len({at for at, height in places[first:last] if at != index and abs(height - row[0].baseline) <= level})


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
    outside: set[int] = set()
    numbered = any(line.number is not None for line in sheet.lines)
    ruled = sheet.number > 1 and numbered
    for at, (row, repeat) in enumerate(zip(rows, repeats, strict=True)):
        is_label = label is not None and any(line is label.line for line in row)
        short = _is_short(row, sheet) and row[0].number is None
        in_zone = short and any(abs(row[0].baseline - height) <= SAME_HEIGHT for height in zones)
        beside = repeat and numbered and row[0].number is None
        if COURT.match(row[0].text) or (not is_label and not beside and _is_body(rows, at, sheet)):
            break
        unruled = ruled and row[0].number is None and not any(at == 0 for at, _ in row[0].marks)
        if repeat or is_label or in_zone or (unruled and len(found) < MOST_UNRULED):
            found |= {row[0].row} | outside
        elif short and len(outside) < MOST_OUTSIDE:
            outside.add(row[0].row)
        else:
            break
    return found


def _is_body(rows: Sequence[Sequence[RawLine]], at: int, sheet: Sheet) -> bool:
    """A full line of the page's own type, as close to the next one inwards as lines of text are: a page filed twice
    repeats in every line, and is no head."""
    row = rows[at]
    inner = rows[at + 1] if at + 1 < len(rows) else None
    usual = median(line.size for line in sheet.lines)
    if inner is None or _is_short(row, sheet) or abs(row[0].size - usual) > OTHER_SIZE:
        return False
    steps = [abs(b[0].baseline - a[0].baseline) for a, b in pairwise(rows_of(sheet.lines))]
    return abs(row[0].baseline - inner[0].baseline) <= CLOSE * median(steps)


def _is_short(row: Sequence[RawLine], sheet: Sheet) -> bool:
    """Shorter than the page's body lines, as a head is."""
    widest = max(line.width for line in sheet.lines)
    return sum(line.width for line in row) < 0.8 * widest


def _without(sheet: Sheet, taken: set[int], label: Candidate | None, own: str | None) -> Sheet:
    heads = tuple(
        " ".join(label.beside if label and line is label.line else line.text for line in row).strip()
        for row in rows_of(sheet.lines)
        if row[0].row in taken
    )
    lines = tuple(line for line in sheet.lines if line.row not in taken)
    if lines and (star := STAR_PAGE.match(lines[0].text)):
        first = cut(lines[0], star.end())
        first = replace(first, edges=array("f", [lines[0].x0, *first.edges[1:]]))  # it starts where the mark did
        heads, lines = (*heads, star[0].strip()), (first, *lines[1:])
    printed = label.label if label else own
    return replace(sheet, lines=lines, heads=(*sheet.heads, *(head for head in heads if head)), label=printed)
