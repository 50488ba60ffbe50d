"""What a paragraph is, by its looks: heading, block quote, front matter or body.

classify(paragraphs) -> blocks, each with its kind
  heading       centered, or bold, underlined or in capitals, and short
  block_quote   set in from the left on every line
  front         before the first prose of a first page, and of a page where a separate writing begins
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.columns import UNFOLDED
from corpus.model import ParagraphKind, RawLine
from corpus.placing import ENDED, ENUMERATOR, INDENT, SHORT, WIDE_GAP, Placed, leading_of, same_edge

SIGNATURE_DEPTH = 0.4  # of the measure: what stands further in is a signature block, not a quotation
NOTICE_SIZE = 0.75  # of the body's type size: what is set smaller is no prose of the filing's own
MOST_HEADING_LINES = 6
LONE_NUMBER = re.compile(r"^(?:[IVXLC]{1,6}|[A-Z]|[a-z]|\d{1,2})\.?$")  # a heading that is nothing but its number
COURT = re.compile(
    r"^(?:IN\s+THE\s+)?(?:SUPREME\s+COURT|UNITED\s+STATES\s+(?:DISTRICT\s+COURT|COURT\s+OF))\b(?!\s+JUDGE)"
)
OPENING = re.compile(
    r"^(?:(?:CHIEF\s+)?JUSTICE\s+[A-Z]|PER\s+CURIAM|[A-Z][A-Za-z’' -]+,\s+(?:Circuit|Chief|District)\s+J)"
)


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one paragraph and its kind; `row`: a row of a table, or a
    signature beside its date."""

    placed: tuple[Placed, ...]
    kind: ParagraphKind = "body"
    centered: bool = False
    number: int | None = None
    row: bool = False

    @property
    def lines(self) -> tuple[tuple[int, RawLine], ...]:
        """The block's lines, as (page, line)."""
        return tuple((item.page, item.line) for item in self.placed)


def classify(paragraphs: Sequence[Sequence[Placed]]) -> list[Block]:
    """The paragraphs' lines as blocks, each with its kind."""
    return _front(_quotes_on(_without_table_heads([_classified(placed) for placed in paragraphs])))


def _classified(placed: Sequence[Placed]) -> Block:
    centered = all(x.centered for x in placed) and not (len(placed) > 1 and same_edge(placed[0], placed[1]))
    row = any(item.gapped for item in placed)
    block = Block(tuple(placed), centered=centered, number=placed[0].number, row=row)
    if _is_heading(block):
        return replace(block, kind="heading")
    if _is_quote(placed):
        return replace(block, kind="block_quote")
    return block


def _without_table_heads(blocks: list[Block]) -> list[Block]:
    """A line close under a row of a table is one of its rows, however it is set."""
    found = list(blocks)
    for at, block in enumerate(blocks[1:], start=1):
        above, first = found[at - 1], block.placed[0]
        close = first.page == above.placed[-1].page and first.gap < WIDE_GAP * first.line.size
        if block.kind == "heading" and above.row and close:
            found[at] = replace(block, kind="body", centered=False, row=True)
    return found


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
    if len(lines) > MOST_HEADING_LINES or not any(char.isalpha() for char in text) or any(x.run_in for x in lines):
        return False
    if block.row:
        return False
    if block.centered:
        return True
    loud = all(line.bold or line.underlined for line in lines) or (text.upper() == text and len(text) > 3)
    listed = all(line.italic for line in lines) and ENUMERATOR.match(text) and not ENDED.search(text)
    return bool(loud or listed) and len(text) < 400


def _quotes_on(blocks: list[Block]) -> list[Block]:
    """A single line that stands in as the quotation before it is one more paragraph of it."""
    found = list(blocks)
    for index, block in enumerate(blocks[1:], start=1):
        before, first = found[index - 1], block.placed[0]
        if before.kind != "block_quote" or block.kind != "body" or len(block.placed) > 1:
            continue
        depths = [x.depth for x in before.placed]
        same = min(depths) - 2 < first.depth < max(depths) + 2
        if same and first.page == before.placed[-1].page and first.gap < WIDE_GAP * leading_of(before.placed):
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
