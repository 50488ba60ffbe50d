"""A caption's two columns, read one after the other.

unfold(sheet) -> the sheet with the lines of a two-column caption in reading order

        MARY BEAVERS,            )          the parties on the left,
                   Plaintiff,    )  No. 17-2543        number and title on the right;
             v.                  )  COMPLAINT          between them a drawn rule, a column of ")" "|" "]" ":" "§",
        MIDLAND FUNDING LLC,     )                     or nothing but white
                   Defendant.    )
Tables stay in rows: only what names parties is unfolded, on a filing's first pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from corpus.lines import cut, rows_of
from corpus.model import RawLine, Rule, Sheet

LAST_CAPTION_PAGE = 3
COLUMN_MARK = re.compile(r"^[)|\]:§*}]+\s*")
PARTY = re.compile(
    r"\b(?:v\.|vs\.|versus|against|plaintiffs?|defendants?|appell\w+|petitioners?|respondents?|in re:?|in the matter of"
    r"|debtors?|employee|employer)(?!\w)",
    re.IGNORECASE,
)
FEWEST_ROWS = 3
RIGHT_EDGE_SLACK = 5.0  # points: right-column lines start within this of each other
FEWEST_COLUMN_ROWS = 12
COLUMN_WIDTH = (0.3, 0.56)  # of the text's width: a line of a two-column page
FOLLOWING = 5_000  # row numbers of prose columns start here
UNFOLDED = 10_000  # row numbers of unfolded lines start here, so that no two lines share one


def unfold(sheet: Sheet) -> Sheet:
    """The sheet with its caption's columns one after the other; as it was where it has none."""
    if not sheet.lines:
        return sheet
    rows = rows_of(sheet.lines)
    for gutter, first, last in _prose(rows):
        return replace(sheet, lines=_unfolded(rows, gutter, first, last, FOLLOWING))
    if sheet.number > LAST_CAPTION_PAGE:
        return sheet
    ruled = _drawn(sheet, rows)
    if len(ruled) == 1:  # of a table there are more
        return replace(sheet, lines=_unfolded(rows, *ruled[0]))
    for gutter, first, last in (*ruled, *_marked(rows), *_white(rows)):
        if PARTY.search(" ".join(line.text for row in rows[first:last] for line in row)):
            return replace(sheet, lines=_unfolded(rows, gutter, first, last))
    return sheet


def _drawn(sheet: Sheet, rows: Sequence[Sequence[RawLine]]) -> list[tuple[float, int, int]]:
    """Captions parted by an upright rule, as (gutter, first row, row after the last)."""
    found = []
    uprights = [r for r in sheet.rules if r.x1 - r.x0 < 3 and r.y1 - r.y0 > 30]
    for rule in uprights:
        if not 0.28 * sheet.width < rule.x0 < 0.78 * sheet.width or rule.y1 - rule.y0 > 0.85 * sheet.height:
            continue
        inside = [i for i, row in enumerate(rows) if rule.y0 - 4 < row[0].baseline < rule.y1 + 6]
        if inside and not _crossed([line for i in inside for line in rows[i]], rule):
            found.append((rule.x0, inside[0], inside[-1] + 1))
    return [one for one in found if not any(_holds(other, one) for other in found if other is not one)]


def _holds(outer: tuple[float, int, int], inner: tuple[float, int, int]) -> bool:
    """Whether one rule is a longer piece of the same upright."""
    longer = outer[2] - outer[1] > inner[2] - inner[1]
    return abs(outer[0] - inner[0]) < 3 and longer


def _crossed(lines: Sequence[RawLine], rule: Rule) -> bool:
    return any(line.x0 < rule.x0 - 4 and line.x1 > rule.x1 + 4 for line in lines)


def _marked(rows: Sequence[Sequence[RawLine]]) -> list[tuple[float, int, int]]:
    """Captions parted by a column of marks."""
    places: Counter[int] = Counter()
    at: dict[int, list[int]] = {}
    for index, row in enumerate(rows):
        for line in row:
            if COLUMN_MARK.match(line.text) and line.x0 > 150:
                key = round(line.x0 / RIGHT_EDGE_SLACK)
                places[key] += 1
                at.setdefault(key, []).append(index)
    return [
        (key * RIGHT_EDGE_SLACK - RIGHT_EDGE_SLACK, min(at[key]), max(at[key]) + 1)
        for key, count in places.most_common(2)
        if count >= FEWEST_ROWS
    ]


def _white(rows: Sequence[Sequence[RawLine]]) -> list[tuple[float, int, int]]:
    """Captions parted by white alone: right-hand lines that start at one place."""
    starts = Counter(
        round(row[-1].x0 / RIGHT_EDGE_SLACK) for row in rows[:60] if len(row) == 2 and row[-1].x0 - row[0].x1 > 20
    )
    found = []
    for key, count in starts.most_common(1):
        if count < FEWEST_ROWS:
            continue
        near = key * RIGHT_EDGE_SLACK
        inside = [i for i, row in enumerate(rows) if len(row) == 2 and abs(row[-1].x0 - near) <= RIGHT_EDGE_SLACK]
        gutter = near - RIGHT_EDGE_SLACK
        first, last = inside[0], inside[-1] + 1
        if all(line.x1 < gutter + 2 or line.x0 > gutter - 2 for row in rows[first:last] for line in row):
            found.append((gutter, first, last))
    return found


def _prose(rows: Sequence[Sequence[RawLine]]) -> list[tuple[float, int, int]]:
    """A page of text set in two columns, as reporters and statutes are: most rows have a long line on either side."""
    pairs = [i for i, row in enumerate(rows) if len(row) == 2 and _both_long(row, rows)]
    if len(pairs) < max(FEWEST_COLUMN_ROWS, 0.5 * len(rows)):
        return []
    gutter = median(rows[i][1].x0 for i in pairs) - RIGHT_EDGE_SLACK
    first, last = pairs[0], pairs[-1] + 1
    crossing = sum(line.x0 < gutter - 20 and line.x1 > gutter + 20 for row in rows[first:last] for line in row)
    return [(gutter, first, last)] if crossing <= 2 else []


def _both_long(row: Sequence[RawLine], rows: Sequence[Sequence[RawLine]]) -> bool:
    width = max(line.x1 for r in rows for line in r) - min(line.x0 for r in rows for line in r)
    return all(COLUMN_WIDTH[0] * width < line.width < COLUMN_WIDTH[1] * width for line in row)


def _unfolded(
    rows: Sequence[Sequence[RawLine]], gutter: float, first: int, last: int, number: int = UNFOLDED
) -> tuple[RawLine, ...]:
    region = [line for row in rows[first:last] for line in row]
    left = [line for line in region if line.x0 < gutter and not _only_mark(line)]
    right = [_unmarked(line) for line in region if line.x0 >= gutter and not _only_mark(line)]
    ordered = [replace(line, row=number + i) for i, line in enumerate(_same_rows(left) + _same_rows(right))]
    before = [line for row in rows[:first] for line in row]
    after = [line for row in rows[last:] for line in row]
    return (*before, *ordered, *after)


def _same_rows(lines: Sequence[RawLine]) -> list[RawLine]:
    return sorted(lines, key=lambda line: (round(line.baseline), line.x0))


def _only_mark(line: RawLine) -> bool:
    return COLUMN_MARK.fullmatch(line.text) is not None


def _unmarked(line: RawLine) -> RawLine:
    match = COLUMN_MARK.match(line.text)
    return cut(line, match.end()) if match else line
