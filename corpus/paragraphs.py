"""Lines become paragraphs, by indents, gaps and the look of the type.

group(sheets, size) -> blocks in reading order; a paragraph that runs over a page is one block
  a new block begins   at a first-line indent, a wide gap, a change of type, a centered line,
                       a left edge that moves, an enumerator, or after a line that ended short of the measure
  kind                 heading, block_quote, front (before the body of a first page), body

      |<- left            right ->|
      |    A first line is indented     depth > 0, the next line's depth 0
      | and the rest stands flush.
      |      A block quote stands in    depth > 0 on every line, and often short of the right edge
      |      from both sides.
      |         I. A HEADING            centered, or bold, or underlined, and short
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.columns import UNFOLDED
from corpus.lines import merge, rows_of
from corpus.model import ParagraphKind, RawLine, Rule, Sheet

INDENT = 0.55  # of the type size: a left edge that moves by more begins a paragraph
WIDE_GAP = 1.35  # of the usual leading
NEXT_COLUMN = 999.0  # points: the gap before a column that begins higher up
TABLE_GAP = 3.2  # of the type size: justified type leaves no gap as wide
SIGNATURE_DEPTH = 0.4  # of the measure: what stands further in is a signature block, not a quotation
NOTICE_SIZE = 0.75  # of the body's type size: what is set smaller is no prose of the filing's own
ON_AXIS = 3.0  # points from the middle of the page
FULL = 0.08  # of the measure: a line that ends nearer to the right edge than this is full
STACKED = 1.5  # of the type size: centered lines further apart are headings of their own
RIGHT_EDGE = 0.97  # of the lines end left of where the measure is taken to end
FEWEST_FOR_EDGES = 8  # lines that may show a page to be set further left or right than the others
LEFT_SHARE = 0.4  # of the lines at the commonest start
FEWEST_AT_EDGE = 2  # lines that share a left edge show an indent
OTHER_SIZE = 0.6  # points: more is other type
SHORT = 0.25  # of the measure: a line that ends earlier than this from the right is short
MOST_HEADING_LINES = 6
DASHES = "-–\u00ad\ufffe\u2010"
ENDED = re.compile(r"[.:;!?—][\"”’')\]]*$")
SENTENCE_ENDED = re.compile(r"[.:!?][\"”’')\]]*$")
ENUMERATOR = re.compile(r"^(?:\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)](?=\s|$)|[•·▪◦■]|[–-]\s)")
MARGIN_NUMBER = re.compile(r"^¶\s?(\d{1,4})$")
TURN = re.compile(r"^(?:THE [A-Z]+|M[RS]S?\. [A-Z][A-Z’'\-]+(?: [A-Z’'\-]+)?|[A-Z][A-Z’'.\- ]{2,30}):(?=\s|$)")
AND = re.compile(r"[;,]\s+(?:and|or)$")
LONE_NUMBER = re.compile(r"^(?:[IVXLC]{1,6}|[A-Z]|[a-z]|\d{1,2})\.?$")  # a heading that is nothing but its number
BULLET = re.compile(r"^[•·▪◦■]")
COURT = re.compile(
    r"^(?:IN\s+THE\s+)?(?:SUPREME\s+COURT|UNITED\s+STATES\s+(?:DISTRICT\s+COURT|COURT\s+OF))\b(?!\s+JUDGE)"
)
OPENING = re.compile(
    r"^(?:(?:CHIEF\s+)?JUSTICE\s+[A-Z]|PER\s+CURIAM|[A-Z][A-Za-z’' -]+,\s+(?:Circuit|Chief|District)\s+J)"
)
RULE_ONLY = re.compile(r"^[\s_—–\-=*.]+$")


@dataclass(frozen=True, slots=True)
class Measure:
    """Where a page's body text stands: left and right edges in points, type size, and the usual distance between
    baselines on this page and in the whole filing."""

    left: float
    right: float
    size: float
    leading: float
    usual_leading: float

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
class Block:
    """The lines of one paragraph and its kind."""

    placed: tuple[Placed, ...]
    kind: ParagraphKind = "body"
    centered: bool = False
    number: int | None = None

    @property
    def lines(self) -> tuple[tuple[int, RawLine], ...]:
        """The block's lines, as (page, line)."""
        return tuple((item.page, item.line) for item in self.placed)


def body_size(sheets: Sequence[Sheet]) -> float:
    """The type size that most of the filing's text is set in; 0 with no text."""
    weight: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            weight[round(line.size * 2) / 2] += len(line.text)
    return weight.most_common(1)[0][0] if weight else 0.0


def group(sheets: Sequence[Sheet], size: float) -> list[Block]:
    """The body's paragraphs, in reading order."""
    blocks: list[list[Placed]] = []
    usual = _usual(sheets, size)
    placed = [item for sheet in sheets for item in _place(sheet, size, usual)]
    for index, item in enumerate(placed):
        after = placed[index + 1] if index + 1 < len(placed) and placed[index + 1].page == item.page else None
        if blocks and not _begins(blocks[-1], item, after):
            blocks[-1].append(item)
        else:
            blocks.append([item])
    return _front(_quotes_on([_classified(block) for block in blocks]))


@dataclass(frozen=True, slots=True)
class Usual:
    """The whole filing's left and right edges and its leading."""

    left: float = 0.0
    right: float = 612.0
    leading: float = 14.0


def _usual(sheets: Sequence[Sheet], size: float) -> Usual:
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
    return Usual(left, right, float(leading))


def _left_edge(starts: Counter[int]) -> float:
    """The leftmost place where many lines start: first lines and quotations, be they many, stand further in."""
    most = max(starts.values())
    return float(min(x for x, count in starts.items() if count >= LEFT_SHARE * most))


def _place(sheet: Sheet, size: float, usual: Usual) -> list[Placed]:
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
        wide = b.x0 - a.x1 > TABLE_GAP * a.size and not ENUMERATOR.match(f"{a.text} ")
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
    return Measure(left, right, size, leading, usual.leading)


def _is_centered(line: RawLine, depth: float, slack: float, middle: float) -> bool:
    """Whether the line stands in the middle of the measure, or of the page (`middle`: how far from it)."""
    near = max(0.08 * (depth + slack), 0.4 * line.size)
    inset = depth > 1.3 * line.size and slack > 1.3 * line.size
    return inset and (abs(depth - slack) < near or abs(middle) < ON_AXIS)


def _is_first(line: RawLine, below: RawLine | None, measure: Measure) -> bool:
    """Whether the next line, at the left edge and in lower case, goes on with this one: an indented first line."""
    if below is None or ENDED.search(line.text):
        return False
    return below.text[:1].islower() and abs(below.x0 - measure.left) < INDENT * below.size


def _shares_edge(line: RawLine, lines: Sequence[RawLine]) -> bool:
    """Whether other lines of the page start at the same place and end elsewhere: an indent, not a centered line."""
    return sum(abs(line.x0 - other.x0) < 0.7 and abs(line.x1 - other.x1) > 3 for other in lines) >= FEWEST_AT_EDGE


def _begins(block: list[Placed], item: Placed, after: Placed | None) -> bool:
    """Whether a line begins a new paragraph."""
    last = block[-1]
    if abs(item.line.size - last.line.size) > OTHER_SIZE and not _runs_on(last, item):
        return True
    if item.number is not None:
        return True
    if RULE_ONLY.match(item.line.text) or RULE_ONLY.match(last.line.text) or BULLET.match(item.line.text):
        return True
    if item.page != last.page:
        return _begins_on_new_page(block, item)
    if block[-1].line.row >= UNFOLDED > item.line.row:
        return True
    if item.gapped or last.gapped or item.gap > WIDE_GAP * max(_leading(block, item), 1.05 * item.line.size):
        return True
    if _runs_on(last, item) and not _other_look(last, item):
        return False
    wide = item.line.width > 0.5 * item.measure.width or last.line.width > 0.5 * item.measure.width
    if wide and _same_edge(last, item) and last.slack < 2 * item.line.size + min(x.slack for x in block):
        centered = False  # a block set in from both sides: its full lines only look centered
    else:
        centered = last.centered or item.centered
    if centered and (LONE_NUMBER.match(last.line.text) or LONE_NUMBER.match(item.line.text)):
        return True
    if centered:
        return not (last.centered and item.centered) or _other_look(last, item) or item.gap > STACKED * item.line.size
    if _other_look(last, item) and not any(_other_look(x, last) for x in block):
        return _ended(last) or last.slack > FULL * last.measure.width or item.depth > INDENT * item.line.size
    return _indent_begins(block, item, after) or _ended_short(block, item)


def _other_look(one: Placed, other: Placed) -> bool:
    return one.line.bold != other.line.bold or one.line.underlined != other.line.underlined


def _same_edge(one: Placed, other: Placed) -> bool:
    return abs(one.left - other.left) < 1.5


def _runs_on(last: Placed, item: Placed) -> bool:
    """A full line that ends mid-sentence, and a line at the left edge that goes on in lower case."""
    full = last.slack < SHORT * last.measure.width and not last.centered
    goes_on = item.line.text.lstrip("(“‘")[:1].islower() or last.line.text[-1:] in DASHES
    return full and goes_on and not ENDED.search(last.line.text.rstrip(DASHES))


def _leading(block: Sequence[Placed], item: Placed | None = None) -> float:
    """The distance between the block's last two lines on one page; where it has but one, the page's usual, or, under
    a full line that is indented or breaks off, the filing's (a page may be half single-spaced caption)."""
    last = block[-1]
    if len(block) > 1 and last.gap and last.page == block[-2].page:
        return last.gap
    if item is not None and last.slack < SHORT * last.measure.width:
        indented = last.depth > item.depth + INDENT * item.line.size
        if indented or not ENDED.search(last.line.text):
            return max(last.measure.leading, last.measure.usual_leading)
    return last.measure.leading


def _indent_begins(block: list[Placed], item: Placed, after: Placed | None) -> bool:
    """Whether the left edge says that a paragraph begins."""
    last, slack = block[-1], INDENT * item.line.size
    step = item.left - last.left
    if TURN.match(item.line.text) and item.depth > slack:
        return True
    listed = ENUMERATOR.match(item.line.text) and (abs(item.left - block[0].left) < slack or step > slack)
    if listed and (_ended(last) or last.slack > SHORT * last.measure.width):
        return True
    if len(block) == 1 and abs(item.left - _hang(last.line)) < slack:
        return False
    if len(block) > sum(x.page == item.page for x in block) or len(block) > 1:
        return abs(step) > slack
    if step < -slack:  # the line before was an indented first line, or a short paragraph
        return _fits(last, item) and _ended(last) and not TURN.match(last.line.text)
    if step > slack:
        return not (ENUMERATOR.match(last.line.text) or last.depth < -slack) or _returns(item, after)
    return item.depth > slack and _ended(last) and (_returns(item, after) or TURN.match(last.line.text) is not None)


def _fits(last: Placed, item: Placed) -> bool:
    """Whether the line's first word would have fitted on the line before."""
    return last.slack > _first_word(item.line) + item.line.size


def _ended(item: Placed) -> bool:
    return bool(ENDED.search(item.line.text) or AND.search(item.line.text))


def _hang(line: RawLine) -> float:
    """Where the words after a line's enumerator start; the line's own start where it has none."""
    match = ENUMERATOR.match(line.text)
    words = re.compile(r"\s*").match(line.text, match.end()) if match else None
    return float(line.edges[words.end()]) if words and words.end() < len(line.text) else -1.0


def _returns(item: Placed, after: Placed | None) -> bool:
    """Whether the next line of the same paragraph stands further left: then this one is a first line."""
    return (
        after is not None
        and after.left < item.left - INDENT * item.line.size
        and after.gap < WIDE_GAP * max(item.gap, item.measure.leading)
        and not _other_look(item, after)
    )


def _begins_on_new_page(block: list[Placed], item: Placed) -> bool:
    """Whether a page's first line begins a paragraph: indented, or after one that had ended."""
    last, slack = block[-1], INDENT * item.line.size
    ended = bool(SENTENCE_ENDED.search(last.line.text))
    if _runs_on(last, item) and not _other_look(last, item):
        return False
    if item.centered:
        return True
    if last.centered and len(block) < 3:
        return True
    inside = len(block) > 1 and last.depth > slack  # the block's lines stand in from the edge
    if inside:
        return abs(last.depth - item.depth) > slack or (ended and last.slack > SHORT * last.measure.width)
    if item.depth > slack and not (item.line.text[:1].islower() and not ended):
        return True
    if block[0].depth > slack and block[0].page == last.page and not _other_look(last, item):
        return False  # where first lines are indented, one that stands at the edge goes on
    return ended and last.slack > 2.5 * last.line.size and not item.line.text[:1].islower()


def _ended_short(block: list[Placed], item: Placed) -> bool:
    """The next word would have fitted on the line before, and that one ended a sentence."""
    last = block[-1]
    space = min(x.slack for x in block) if len(block) > 1 else 0.0
    room = last.slack - max(space, 0.0)
    return room > _first_word(item.line) + 2.0 * item.line.size and bool(ENDED.search(last.line.text))


def _first_word(line: RawLine) -> float:
    end = line.text.find(" ")
    return float(line.edges[end if end > 0 else len(line.text)] - line.x0)


def _classified(placed: list[Placed]) -> Block:
    centered = all(x.centered for x in placed) and not (len(placed) > 1 and _same_edge(placed[0], placed[1]))
    block = Block(tuple(placed), centered=centered, number=placed[0].number)
    if _is_heading(block):
        return replace(block, kind="heading")
    if _is_quote(placed):
        return replace(block, kind="block_quote")
    return block


def _is_quote(placed: Sequence[Placed]) -> bool:
    """Set in from the left on every line, and from the right, or closer, or the way body text never stands."""
    rest = placed[1:]
    if not rest or placed[0].left < min(x.left for x in rest) - INDENT * placed[0].line.size:  # a hanging list
        return False
    near, far = min(x.depth for x in placed), max(x.depth for x in rest)
    return near > 1.2 * placed[0].line.size and far < SIGNATURE_DEPTH * placed[0].measure.width


def _is_heading(block: Block) -> bool:
    """Set apart by its looks, and short."""
    lines = [item.line for item in block.placed]
    text = " ".join(line.text for line in lines)
    if block.centered and LONE_NUMBER.match(text):
        return True
    if len(lines) > MOST_HEADING_LINES or not any(char.isalpha() for char in text):
        return False
    if block.centered:
        return True
    loud = all(line.bold or line.underlined for line in lines) or (text.upper() == text and len(text) > 3)
    return loud and len(text) < 400


def _quotes_on(blocks: list[Block]) -> list[Block]:
    """A single line that stands in as the quotation before it is one more paragraph of it."""
    found = list(blocks)
    for index, block in enumerate(blocks[1:], start=1):
        before, first = found[index - 1], block.placed[0]
        if before.kind != "block_quote" or block.kind != "body" or len(block.placed) > 1:
            continue
        depths = [x.depth for x in before.placed]
        same = min(depths) - 2 < first.depth < max(depths) + 2
        if same and first.page == before.placed[-1].page and first.gap < WIDE_GAP * _leading(before.placed):
            found[index] = replace(block, kind="block_quote")
    return found


def _front(blocks: list[Block]) -> list[Block]:
    """The blocks of the first page up to its first full paragraph are front matter, and so where a separate writing
    begins on a page of its own under the court's name."""
    if not blocks:
        return blocks
    first_page = blocks[0].placed[0].page
    found = list(blocks)
    front_page: int | None = first_page
    for index, block in enumerate(blocks):
        first = block.placed[0]
        if first.page != first_page and COURT.match(first.line.text) and len(block.placed) < 3:
            front_page = first.page
        if first.page != front_page or _is_prose(block) or OPENING.match(first.line.text):
            front_page = None
        if first.line.row >= UNFOLDED or front_page is not None or _is_notice(block):
            found[index] = replace(block, kind="front")
    return found


def _is_notice(block: Block) -> bool:
    """The Reporter's note in small type over a slip opinion."""
    first = block.placed[0]
    return first.line.size <= NOTICE_SIZE * first.measure.size and first.line.text.startswith(("NOTICE:", "NOTE:"))


def _is_prose(block: Block) -> bool:
    """A paragraph with two full lines, or one and an end, that is no heading."""
    if block.kind == "heading" or block.centered:
        return False
    own = [x for x in block.placed if x.line.size > NOTICE_SIZE * x.measure.size]
    full = sum(x.slack < SHORT * x.measure.width and x.depth < 0.2 * x.measure.width for x in own)
    text = " ".join(x.line.text for x in block.placed)
    letters = [char for char in text if char.isalpha()]
    if sum(char.islower() for char in letters) < 0.6 * len(letters):
        return False
    return full >= 2 or (full == 1 and len(own) > 1 and ENDED.search(text) is not None)
