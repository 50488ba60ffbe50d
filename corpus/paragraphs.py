"""Lines become paragraphs, by indents, gaps and the look of the type.

group(sheets) -> blocks in reading order; a paragraph that runs over a page is one block
  a new block begins   at a first-line indent, a wide gap, a change of type, a centered line,
                       a left edge that moves, or after a line that ended short of the measure
  kind                 heading, block_quote, front (before the body of a first page), body
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from corpus.lines import merge, rows_of
from corpus.model import ParagraphKind, RawLine, Sheet

INDENT = 0.55  # of the type size: a left edge that moves by more begins a paragraph
WIDE_GAP = 1.35  # of the usual leading
SIZE_STEP = 0.06  # of the type size: more is other type
ENDED = re.compile(r"[.:;!?—][\"”’')\]]*$")
ENUMERATOR = re.compile(r"^(?:\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]|[•·▪◦–-]|[IVX]{1,6}\.)(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one paragraph, as (page, line), and its kind."""

    lines: tuple[tuple[int, RawLine], ...]
    kind: ParagraphKind = "body"
    centered: bool = False
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class Measure:
    """Where a page's body text stands: left and right edges in points, type size and usual leading."""

    left: float
    right: float
    size: float
    leading: float


def body_size(sheets: Sequence[Sheet]) -> float:
    """The type size that most of the filing's text is set in; 0 with no text."""
    weight: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            weight[round(line.size * 2) / 2] += len(line.text)
    return weight.most_common(1)[0][0] if weight else 0.0


def group(sheets: Sequence[Sheet], size: float) -> list[Block]:
    """The body's paragraphs, in reading order."""
    blocks: list[Block] = []
    wide = _usual(sheets, size)
    for sheet in sheets:
        measure = _measure(sheet, size, wide)
        lines = [merge(row) for row in rows_of(sheet.lines)]
        lines = [line for line in lines if line.text]
        for index, line in enumerate(lines):
            before = lines[index - 1] if index else None
            after = lines[index + 1] if index + 1 < len(lines) else None
            if blocks and not _begins(blocks[-1], before, line, after, measure, sheet.number):
                last = blocks[-1]
                blocks[-1] = replace(last, lines=(*last.lines, (sheet.number, line)))
            else:
                blocks.append(
                    Block(
                        ((sheet.number, line),),
                        centered=_is_centered(line, measure),
                        indent=max(line.x0 / sheet.width, 0.0),
                    )
                )
    return blocks


def _usual(sheets: Sequence[Sheet], size: float) -> tuple[float, float] | None:
    """(left, right) edges of the body, None where too few lines tell."""
    lines = [line for sheet in sheets for line in sheet.lines if abs(line.size - size) < 0.6]
    if not lines:
        return None
    lefts = Counter(round(line.x0) for line in lines)
    rights = sorted(line.x1 for line in lines)
    return float(lefts.most_common(1)[0][0]), rights[int(0.9 * (len(rights) - 1))]


def _measure(sheet: Sheet, size: float, usual: tuple[float, float] | None) -> Measure:
    own = [line for line in sheet.lines if abs(line.size - size) < 0.6] or list(sheet.lines)
    left, right = usual or (0.0, sheet.width)
    if own:
        lefts = Counter(round(line.x0) for line in own)
        if not any(abs(line.x0 - left) < 3 for line in own):
            left = float(lefts.most_common(1)[0][0])
        right = max(right, sorted(line.x1 for line in own)[int(0.9 * (len(own) - 1))])
    steps = [b.baseline - a.baseline for a, b in zip(own, own[1:], strict=False) if b.baseline - a.baseline > 2]
    return Measure(left, right, size, median(steps) if steps else 1.2 * size)


def _begins(
    block: Block, before: RawLine | None, line: RawLine, after: RawLine | None, measure: Measure, page: int
) -> bool:
    """Whether `line` begins a new paragraph."""
    last_page, last = block.lines[-1]
    if _is_centered(line, measure) != block.centered:
        return True
    if abs(line.size - last.size) > SIZE_STEP * max(line.size, last.size) + 0.2:
        return True
    if block.centered:
        return line.bold != last.bold or page != last_page or line.baseline - last.baseline > 1.6 * line.size
    if before is not None and line.baseline - last.baseline > WIDE_GAP * max(_leading(block), line.size):
        return True
    slack = INDENT * line.size
    if page != last_page:
        return _begins_on_new_page(block, last, line, measure)
    first = block.lines[0][1]
    left = block.lines[1][1].x0 if len(block.lines) > 1 else first.x0
    if (
        len(block.lines) == 1
        or block.lines[0][0] != page
        and block.lines[-1][0] == page
        and _lines_on(block, page) == 1
    ):
        return _second_line_begins(last, line, after, measure, slack)
    left = last.x0 if _lines_on(block, page) < 2 else left
    if page != block.lines[0][0]:
        left = min(item.x0 for at, item in block.lines if at == page)
    if line.x0 > left + slack:
        return True
    if line.x0 < left - slack:
        return True
    return _ended_short(last, line, measure, block)


def _lines_on(block: Block, page: int) -> int:
    return sum(at == page for at, _ in block.lines)


def _leading(block: Block) -> float:
    """The distance between the block's last two lines on one page, or twice its size where it has but one."""
    pairs = [
        b.baseline - a.baseline
        for (page_a, a), (page_b, b) in zip(block.lines, block.lines[1:], strict=False)
        if page_a == page_b
    ]
    return pairs[-1] if pairs else 2.1 * block.lines[-1][1].size


def _second_line_begins(first: RawLine, line: RawLine, after: RawLine | None, measure: Measure, slack: float) -> bool:
    """Whether the line after a block's first line begins another block."""
    if line.x0 < first.x0 - slack:  # the first was indented: it must fill the measure
        return first.x1 < measure.right - 0.25 * (measure.right - measure.left) and bool(ENDED.search(first.text))
    if line.x0 > first.x0 + slack:  # a hanging indent, or a new first line
        hangs = ENUMERATOR.match(first.text) is not None or first.x0 < measure.left - slack
        return not (hangs and first.x1 > measure.right - 0.3 * (measure.right - measure.left))
    return first.x0 > measure.left + slack and first.x1 < measure.right - 0.3 * (measure.right - measure.left)


def _begins_on_new_page(block: Block, last: RawLine, line: RawLine, measure: Measure) -> bool:
    """Whether a page's first line begins a paragraph: indented, or after one that had ended."""
    lefts = [item.x0 for _, item in block.lines]
    indented = line.x0 > measure.left + INDENT * line.size
    body = (
        len(lefts) > 1
        and abs(lefts[-1] - line.x0) < INDENT * line.size
        and lefts[-1] > measure.left + INDENT * line.size
    )
    if indented and not body:
        return True
    if not indented and len(lefts) > 1 and lefts[-1] > measure.left + 1.5 * line.size:
        return True
    return last.x1 < measure.right - 2.5 * line.size and bool(ENDED.search(last.text)) and not line.text[0].islower()


def _ended_short(last: RawLine, line: RawLine, measure: Measure, block: Block) -> bool:
    """The next word would have fitted on the line before, and that one ended a sentence."""
    right = max(item.x1 for _, item in block.lines)
    space = right - last.x1
    return space > _first_word(line) + 2.0 * line.size and bool(ENDED.search(last.text))


def _first_word(line: RawLine) -> float:
    end = line.text.find(" ")
    return line.edges[end if end > 0 else len(line.text)] - line.x0


def _is_centered(line: RawLine, measure: Measure) -> bool:
    left, right = line.x0 - measure.left, measure.right - line.x1
    return left > 1.5 * line.size and right > 1.5 * line.size and abs(left - right) < max(0.08 * (left + right), 6.0)
