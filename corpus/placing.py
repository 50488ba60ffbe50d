"""Where each line stands on its page: measured against the left and right edges that the body's lines keep.

measure_filing(sheets, size) -> Usual           the whole filing's edges and leading
place(sheet, size, usual)    -> Placed lines    depth, slack and gap of each line, and whether it is centered

      |<- left            right ->|
      |    A first line is indented     depth > 0, the next line's depth 0
      | and the rest stands flush.
      |      A block quote stands in    depth > 0 on every line, and often short of the right edge
      |      from both sides.
      |         I. A HEADING            centered: the same white on both sides
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.lines import merge, rows_of
from corpus.model import RawLine, Rule, Sheet

INDENT = 0.55  # of the type size: a left edge that moves by more begins a paragraph
SHORT = 0.25  # of the measure: a line that ends earlier than this from the right is short
WIDE_GAP = 1.35  # of the usual leading
NEXT_COLUMN = 999.0  # points: the gap before a column that begins higher up
WIDE = 0.8  # of the measure: two lines on end that are wider are text
TABLE_GAP = 3.2  # of the type size: justified type leaves no gap as wide
ON_AXIS = 3.0  # points from the middle of the page
RIGHT_EDGE = 0.97  # of the lines end left of where the measure is taken to end
FEWEST_FOR_EDGES = 8  # lines that may show a page to be set further left or right than the others
SAME_START = 1.5  # points
LEFT_SHARE = 0.4  # of the lines at the commonest start
FEWEST_AT_EDGE = 2  # lines that share a left edge show an indent
OTHER_SIZE = 0.6  # points: more is other type
ENDED = re.compile(r"[.:;!?—][\"”’')\]]*(?:\s█)?$")
ENUMERATOR = re.compile(r"^(?:\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)](?=\s|$)|[•·▪◦■]|[–-]\s|[\ue000-\uf8ff]\s)")
LABEL = re.compile(r"^(?:part|point|count|claim|issue|exhibit|schedule|appendix)\s+\w{1,5}[.:]?$", re.IGNORECASE)
MARGIN_NUMBER = re.compile(r"^¶\s?(\d{1,4})$")


@dataclass(frozen=True, slots=True)
class Measure:
    """Where a page's body text stands: left and right edges in points, type size, the usual distance between baselines
    on this page and in the whole filing, and where the filing's first lines start."""

    left: float
    right: float
    size: float
    leading: float
    usual_leading: float
    first: float

    @property
    def width(self) -> float:
        """Of a full line, in points."""
        return max(self.right - self.left, 1.0)


@dataclass(frozen=True, slots=True)
class Placed:
    """A line and where it stands on its page. `left` is where it starts and `depth` and `slack` are its distances from
    the measure's left and right edges, in points, a redaction at either end counted in; `gap` is the distance from the
    baseline above, 0 for a page's first line."""

    page: int
    line: RawLine
    measure: Measure
    left: float
    depth: float
    slack: float
    gap: float
    centered: bool
    gapped: bool = False  # the line has a wide gap inside: a row of a table, caption or signature block
    number: int | None = None  # of the paragraph, printed in the margin beside the line


@dataclass(frozen=True, slots=True)
class Usual:
    """The whole filing's left and right edges, its leading, and where its paragraphs' first lines start."""

    left: float = 0.0
    right: float = 612.0
    leading: float = 14.0
    first: float = 0.0


def body_size(sheets: Sequence[Sheet]) -> float:
    """The type size that most of the filing's text is set in; 0 with no text."""
    weight: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            weight[round(line.size * 2) / 2] += len(line.text)
    return weight.most_common(1)[0][0] if weight else 0.0


def measure_filing(sheets: Sequence[Sheet], size: float) -> Usual:
    """The edges and the leading that most of the filing's body keeps; a letter page's where there is no text."""
    pages = [[line for line in sheet.lines if abs(line.size - size) < OTHER_SIZE] for sheet in sheets]
    lines = [line for page in pages for line in page]
    if not lines:
        return Usual()
    lefts = Counter(round(line.x0) for line in lines)
    rights = sorted(line.x1 for line in lines)
    left, right = _left_edge(lefts), rights[int(RIGHT_EDGE * (len(rights) - 1))]
    full = [[line for line in page if line.width > 0.7 * (right - left)] for page in pages]
    steps = Counter(round(b.baseline - a.baseline) for page in full for a, b in pairwise(page))
    leading = max((step for step in steps if step > 4), key=lambda step: steps[step], default=14)
    inside = Counter(round(line.x0) for page in full for line in page if line.x0 > left + INDENT * size)
    first = max(inside, key=lambda x: inside[x], default=left)
    return Usual(left, right, float(leading), float(first))


def _left_edge(starts: Counter[int]) -> float:
    """The leftmost place where many lines start: first lines and quotations, be they many, stand further in."""
    most = max(starts.values())
    return float(min(x for x, count in starts.items() if count >= LEFT_SHARE * most))


def place(sheet: Sheet, size: float, usual: Usual) -> list[Placed]:
    """The sheet's rows as lines, each with its place on the page."""
    rows = [row for row in rows_of(sheet.lines) if any(line.text for line in row)]
    numbers = [_margin_number(row, usual) for row in rows]
    rows = [row[1:] if number is not None else row for row, number in zip(rows, numbers, strict=True)]
    lines = [merge(row) for row in rows]
    measure = _measure(lines, size, usual)
    found: list[Placed] = []
    above: float | None = None
    for at, (row, line, number) in enumerate(zip(rows, lines, numbers, strict=True)):
        left, right = _ends(line, sheet.covered)
        depth, slack = left - measure.left, measure.right - right
        gap = 0.0 if above is None else _gap(above, line, measure, sheet.covered)
        below = lines[at + 1] if at + 1 < len(lines) else None
        middle = sheet.width / 2 - (line.x0 + line.x1) / 2
        centered = _is_centered(line, depth, slack, middle) and not _is_first(line, below, measure)
        centered = centered and not _shares_edge(line, lines)
        gapped = _is_gapped(row, sheet.covered)
        found.append(Placed(sheet.number, line, measure, left, depth, slack, gap, centered, gapped, number))
        above = line.baseline
    return found


def _margin_number(row: Sequence[RawLine], usual: Usual) -> int | None:
    """The paragraph number that stands in the margin left of the body, as "¶ 12"."""
    match = MARGIN_NUMBER.match(row[0].text) if len(row) > 1 and row[0].x1 < usual.left else None
    return int(match[1]) if match else None


def _ends(line: RawLine, covered: Sequence[Rule]) -> tuple[float, float]:
    """Where the line starts and ends, redactions that adjoin it counted in."""
    left, right, reach = line.x0, line.x1, 0.7 * line.size
    for area in sorted(_beside(line, covered), key=lambda area: -area.x1):
        if area.x1 > left - reach and area.x0 < left:
            left = area.x0
    for area in sorted(_beside(line, covered), key=lambda area: area.x0):
        if area.x0 < right + reach and area.x1 > right:
            right = area.x1
    return left, right


def _beside(line: RawLine, covered: Sequence[Rule]) -> list[Rule]:
    middle = line.baseline - 0.3 * line.size
    return [area for area in covered if area.y0 < middle < area.y1]


def _gap(above: float, line: RawLine, measure: Measure, covered: Sequence[Rule]) -> float:
    """The distance between two baselines; lines blacked out between them are not counted."""
    gap = line.baseline - above
    if gap < 0:
        return NEXT_COLUMN
    between = (above + line.baseline - 0.6 * line.size) / 2
    out = any(area.y0 < between < area.y1 and area.x1 - area.x0 > 0.3 * measure.width for area in covered)
    return min(gap, measure.leading) if out else gap


def _is_gapped(row: Sequence[RawLine], covered: Sequence[Rule]) -> bool:
    for a, b in pairwise(row):
        wide = b.x0 - a.x1 > TABLE_GAP * a.size and not (ENUMERATOR.match(f"{a.text} ") or LABEL.match(a.text))
        if wide and not any(area.x0 < b.x0 and area.x1 > a.x1 for area in _beside(a, covered)):
            return True
    return False


def _measure(lines: Sequence[RawLine], size: float, usual: Usual) -> Measure:
    own = [line for line in lines if abs(line.size - size) < OTHER_SIZE] or list(lines)
    left, right = usual.left, usual.right
    if len(own) >= FEWEST_FOR_EDGES and not any(abs(line.x0 - left) < 3 for line in own):
        left = _left_edge(Counter(round(line.x0) for line in own))
        right = max(line.x1 for line in own)
    steps = Counter(round(2 * (b.baseline - a.baseline)) / 2 for a, b in pairwise(own) if b.baseline - a.baseline > 2)
    best = max(steps.values(), default=0)
    leading = max(
        (step for step, count in steps.items() if count >= 0.7 * best and step < 3 * size), default=1.2 * size
    )
    return Measure(left, right, size, leading, usual.leading, usual.first)


def _is_centered(line: RawLine, depth: float, slack: float, middle: float) -> bool:
    """Whether the line stands in the middle of the measure, or of the page (`middle`: how far from it)."""
    near = max(0.08 * (depth + slack), 0.4 * line.size)
    inset = depth > 1.3 * line.size and slack > 1.3 * line.size
    return inset and (abs(depth - slack) < near or abs(middle) < ON_AXIS)


def _is_first(line: RawLine, below: RawLine | None, measure: Measure) -> bool:
    """Whether the next line, at the left edge, goes on with this one, in lower case, or as wide and this one
    where the filing's first lines start: an indented first line."""
    if below is None or ENDED.search(line.text) or abs(below.x0 - measure.left) > INDENT * below.size:
        return False
    usual = abs(line.x0 - measure.first) < SAME_START and min(line.width, below.width) > WIDE * measure.width
    return below.text[:1].islower() or (usual and not (line.bold or line.underlined or line.text.isupper()))


def _shares_edge(line: RawLine, lines: Sequence[RawLine]) -> bool:
    """Whether other lines of the page start at the same place and end elsewhere: an indent, not a centered line."""
    return sum(abs(line.x0 - other.x0) < 0.7 and abs(line.x1 - other.x1) > 3 for other in lines) >= FEWEST_AT_EDGE


def same_edge(one: Placed, other: Placed) -> bool:
    """Whether two lines start at one place."""
    return abs(one.left - other.left) < SAME_START


def leading_of(block: Sequence[Placed]) -> float:
    """The distance between a paragraph's last two lines on one page; where it has but one, the page's usual."""
    last = block[-1]
    if len(block) > 1 and last.gap and last.page == block[-2].page:
        return last.gap
    return last.measure.leading
