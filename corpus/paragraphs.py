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

from corpus.lines import merge, rows_of
from corpus.model import ParagraphKind, RawLine, Sheet

INDENT = 0.55  # of the type size: a left edge that moves by more begins a paragraph
WIDE_GAP = 1.35  # of the usual leading
OTHER_SIZE = 0.6  # points: more is other type
SHORT = 0.25  # of the measure: a line that ends earlier than this from the right is short
MOST_HEADING_LINES = 6
ENDED = re.compile(r"[.:;!?—][\"”’')\]]*$")
SENTENCE_ENDED = re.compile(r"[.:!?][\"”’')\]]*$")
ENUMERATOR = re.compile(r"^(?:\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)](?=\s|$)|[•·▪◦■]|[–-]\s)")
BULLET = re.compile(r"^[•·▪◦■]")
RULE_ONLY = re.compile(r"^[\s_—–\-=*.]+$")


@dataclass(frozen=True, slots=True)
class Measure:
    """Where a page's body text stands: left and right edges in points, type size and usual leading."""

    left: float
    right: float
    size: float
    leading: float

    @property
    def width(self) -> float:
        """Of a full line, in points."""
        return max(self.right - self.left, 1.0)


@dataclass(frozen=True, slots=True)
class Placed:
    """A line and where it stands on its page. `depth` and `slack` are its distances from the measure's left and right
    edges, in points; `gap` is the distance from the baseline above, 0 for a page's first line."""

    page: int
    line: RawLine
    measure: Measure
    depth: float
    slack: float
    gap: float
    centered: bool


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
    return _front([_classified(block) for block in blocks])


def _usual(sheets: Sequence[Sheet], size: float) -> tuple[float, float]:
    """(left, right) edges of the body's lines."""
    lines = [line for sheet in sheets for line in sheet.lines if abs(line.size - size) < OTHER_SIZE]
    if not lines:
        return 0.0, 612.0
    lefts = Counter(round(line.x0) for line in lines)
    rights = sorted(line.x1 for line in lines)
    return float(lefts.most_common(1)[0][0]), rights[int(0.9 * (len(rights) - 1))]


def _place(sheet: Sheet, size: float, usual: tuple[float, float]) -> list[Placed]:
    lines = [line for line in (merge(row) for row in rows_of(sheet.lines)) if line.text]
    measure = _measure(lines, size, usual)
    found: list[Placed] = []
    above: float | None = None
    for line in lines:
        depth, slack = line.x0 - measure.left, measure.right - line.x1
        gap = 0.0 if above is None else max(line.baseline - above, 0.1)
        found.append(Placed(sheet.number, line, measure, depth, slack, gap, _is_centered(line, depth, slack)))
        above = line.baseline
    return found


def _measure(lines: Sequence[RawLine], size: float, usual: tuple[float, float]) -> Measure:
    own = [line for line in lines if abs(line.size - size) < OTHER_SIZE] or list(lines)
    left, right = usual
    if own and not any(abs(line.x0 - left) < 3 for line in own):
        left = float(Counter(round(line.x0) for line in own).most_common(1)[0][0])
    if own:
        right = max(right, sorted(line.x1 for line in own)[int(0.9 * (len(own) - 1))])
    steps = Counter(round(2 * (b.baseline - a.baseline)) / 2 for a, b in pairwise(own) if b.baseline - a.baseline > 2)
    best = max(steps.values(), default=0)
    leading = max(
        (step for step, count in steps.items() if count >= 0.7 * best and step < 3 * size), default=1.2 * size
    )
    return Measure(left, right, size, leading)


def _is_centered(line: RawLine, depth: float, slack: float) -> bool:
    near = max(0.08 * (depth + slack), 0.4 * line.size)
    return depth > 1.3 * line.size and slack > 1.3 * line.size and abs(depth - slack) < near


def _begins(block: list[Placed], item: Placed, after: Placed | None) -> bool:
    """Whether a line begins a new paragraph."""
    last = block[-1]
    if abs(item.line.size - last.line.size) > OTHER_SIZE and not _runs_on(last, item):
        return True
    if RULE_ONLY.match(item.line.text) or RULE_ONLY.match(last.line.text) or BULLET.match(item.line.text):
        return True
    if item.page != last.page:
        return _begins_on_new_page(block, item)
    if item.gap > WIDE_GAP * max(_leading(block), 1.05 * item.line.size):
        return True
    if _same_edge(last, item) and last.slack < 2 * item.line.size + min(x.slack for x in block):
        centered = False  # a block set in from both sides: its full lines only look centered
    else:
        centered = last.centered or item.centered
    if centered:
        return not (last.centered and item.centered) or last.line.bold != item.line.bold
    if item.line.bold != last.line.bold and all(x.line.bold == last.line.bold for x in block):
        return not _runs_on(last, item)
    return _indent_begins(block, item, after) or _ended_short(block, item)


def _same_edge(one: Placed, other: Placed) -> bool:
    return abs(one.line.x0 - other.line.x0) < 1.5


def _runs_on(last: Placed, item: Placed) -> bool:
    """A full line that ends mid-sentence, and a line at the left edge that goes on in lower case."""
    full = last.slack < SHORT * last.measure.width
    return full and not ENDED.search(last.line.text) and item.line.text[:1].islower() and not last.centered


def _leading(block: Sequence[Placed]) -> float:
    """The distance between the block's last two lines on one page; where it has but one, the page's usual."""
    if len(block) > 1 and block[-1].gap and block[-1].page == block[-2].page:
        return block[-1].gap
    return block[-1].measure.leading


def _indent_begins(block: list[Placed], item: Placed, after: Placed | None) -> bool:
    """Whether the left edge says that a paragraph begins."""
    last, slack = block[-1], INDENT * item.line.size
    step = item.line.x0 - last.line.x0
    if ENUMERATOR.match(item.line.text) and (len(block) == 1 or step > slack or ENUMERATOR.match(block[0].line.text)):
        if abs(item.line.x0 - block[0].line.x0) < slack or step > slack:
            return bool(ENDED.search(last.line.text)) or last.slack > SHORT * last.measure.width
    here = [x for x in block if x.page == item.page]
    if len(here) > 1 or len(block) > len(here):
        return abs(step) > slack
    if step < -slack:  # the line before was an indented first line, or a short paragraph
        return bool(last.slack > SHORT * last.measure.width and ENDED.search(last.line.text))
    if step > slack:
        hangs = ENUMERATOR.match(last.line.text) is not None or last.depth < -slack
        returns = after is not None and after.line.x0 < item.line.x0 - slack
        return returns or not hangs
    first_again = after is not None and after.line.x0 < item.line.x0 - slack and item.depth > slack
    return first_again and bool(ENDED.search(last.line.text))


def _begins_on_new_page(block: list[Placed], item: Placed) -> bool:
    """Whether a page's first line begins a paragraph: indented, or after one that had ended."""
    last, slack = block[-1], INDENT * item.line.size
    ended = bool(SENTENCE_ENDED.search(last.line.text))
    if item.centered and not _runs_on(last, item):
        return True
    if last.centered and len(block) < 3:
        return True
    inside = len(block) > 1 and last.depth > slack  # the block's lines stand in from the edge
    if inside:
        return abs(last.depth - item.depth) > slack or (ended and last.slack > SHORT * last.measure.width)
    if item.depth > slack and not (item.line.text[:1].islower() and not ended):
        return True
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
    first = placed[0]
    centered = all(x.centered for x in placed) and not (len(placed) > 1 and _same_edge(placed[0], placed[1]))
    block = Block(tuple(placed), centered=centered)
    if _is_heading(block):
        return replace(block, kind="heading")
    inset = all(x.depth > 1.2 * x.line.size for x in placed)
    narrow = min(x.slack for x in placed) > 0.8 * first.line.size
    tight = len(placed) > 1 and _leading(placed) < 0.75 * first.measure.leading
    if inset and len(placed) > 1 and (narrow or tight):
        return replace(block, kind="block_quote")
    return block


def _is_heading(block: Block) -> bool:
    """Set apart by its looks, and short."""
    lines = [item.line for item in block.placed]
    text = " ".join(line.text for line in lines)
    if len(lines) > MOST_HEADING_LINES or not any(char.isalpha() for char in text):
        return False
    if block.centered:
        return True
    loud = all(line.bold or line.underlined for line in lines) or (text.upper() == text and len(text) > 3)
    return loud and len(text) < 400


def _front(blocks: list[Block]) -> list[Block]:
    """The blocks of the first page up to its first full paragraph are front matter."""
    if not blocks:
        return blocks
    first_page = blocks[0].placed[0].page
    found = list(blocks)
    body = next((i for i, b in enumerate(blocks) if _is_prose(b)), len(blocks))
    for index in range(body):
        if blocks[index].placed[0].page != first_page:
            break
        found[index] = replace(blocks[index], kind="front")
    return found


def _is_prose(block: Block) -> bool:
    """A paragraph of body type with two full lines that is no heading."""
    if block.kind == "heading" or block.centered:
        return False
    own = [x for x in block.placed if abs(x.line.size - x.measure.size) < OTHER_SIZE]
    full = sum(x.slack < SHORT * x.measure.width and x.depth < 0.2 * x.measure.width for x in own)
    return full >= 2 and any(char.islower() for char in block.placed[0].line.text)
