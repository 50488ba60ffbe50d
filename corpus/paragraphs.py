"""Lines become paragraphs, by indents, gaps and the look of the type.

group(sheets, size) -> blocks in reading order; a paragraph that runs over a page is one block
  place      each line measured against the page's edges              (corpus/placing.py)
  begin      a new paragraph begins at a first-line indent, a wide gap, a change of type, a centered line, a left edge
             that moves, an enumerator, or after a line that ended short of the measure
  classify   heading, block quote, front matter or body               (corpus/kinds.py)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.columns import UNFOLDED
from corpus.kinds import LONE_NUMBER, Block, classify
from corpus.model import RawLine, Sheet
from corpus.placing import (
    ENDED,
    ENUMERATOR,
    INDENT,
    OTHER_SIZE,
    SHORT,
    WIDE,
    WIDE_GAP,
    Placed,
    leading_of,
    measure_filing,
    place,
    same_edge,
)

FULL = 0.08  # of the measure: a line that ends nearer to the right edge than this is full
STACKED = 1.5  # of the type size: centered lines further apart are headings of their own
DASHES = "-–\u00ad\ufffe\u2010"
SENTENCE_ENDED = re.compile(r"[.:!?][\"”’')\]]*(?:\s█)?$")
TURN = re.compile(r"^(?:THE [A-Z]+|M[RS]S?\. [A-Z][A-Z’'\-]+(?: [A-Z’'\-]+)?|[A-Z][A-Z’'.\- ]{2,30}):(?=\s|$)")
AND = re.compile(r"[;,]\s+(?:and|or)$")
BULLET = re.compile(r"^[•·▪◦■\ue000-\uf8ff]")  # symbol fonts draw theirs in private use
# "The judgment of the Court of Appeals is" · "Affirmed.", set in a line of its own
DECIDED = re.compile(r"\b(?:is|are|be|is (?:hereby|therefore|accordingly))$")
DISPOSITION = re.compile(r"(?:affirmed|reversed|vacated|remanded|dismissed|denied|granted)\b.{0,60}$", re.IGNORECASE)
RULE_ONLY = re.compile(r"^[\s_—–\-=*.]+$")


def group(sheets: Sequence[Sheet], size: float) -> list[Block]:
    """The body's paragraphs, in reading order."""
    blocks: list[list[Placed]] = []
    usual = measure_filing(sheets, size)
    placed = [item for sheet in sheets for item in place(sheet, size, usual)]
    for index, item in enumerate(placed):
        after = placed[index + 1] if index + 1 < len(placed) and placed[index + 1].page == item.page else None
        if blocks and not _begins(blocks[-1], item, after):
            blocks[-1].append(item)
        else:
            blocks.append([item])
    return classify(blocks)


def _begins(block: list[Placed], item: Placed, after: Placed | None) -> bool:
    """Whether a line begins a new paragraph."""
    last = block[-1]
    if abs(item.line.size - last.line.size) > OTHER_SIZE and not _runs_on(last, item):
        return True
    if item.number is not None:
        return True
    if RULE_ONLY.match(item.line.text) or RULE_ONLY.match(last.line.text) or BULLET.match(item.line.text):
        return True
    if DECIDED.search(last.line.text) and DISPOSITION.match(item.line.text):
        return False
    if item.page != last.page:
        return _begins_on_new_page(block, item)
    if block[-1].line.row >= UNFOLDED > item.line.row:
        return True
    if item.gapped or (last.gapped and not (_runs_on(last, item) and item.line.width > WIDE * item.measure.width)):
        return True
    if item.gap > WIDE_GAP * max(_leading(block, item), 1.05 * item.line.size):
        return True
    if _runs_on(last, item) and not _other_look(last, item):
        return False
    wide = item.line.width > 0.5 * item.measure.width or last.line.width > 0.5 * item.measure.width
    if wide and same_edge(last, item) and last.slack < 2 * item.line.size + min(x.slack for x in block):
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
    """Whether the type changes from the end of one line to the next."""
    plain = one.line.run_in
    if (one.line.bold and not plain) != other.line.bold:
        return True
    return (one.line.underlined and not plain) != other.line.underlined and not _underlines_words(one, other)


def _underlines_words(one: Placed, other: Placed) -> bool:
    """Whether a line is underlined as words of a text are (case names, emphasis), not as a heading under it: at the
    same left edge, after a line that had no room for its first word, and that had not ended or itself ends plain."""
    inside = other.line.run_in or not ENDED.search(one.line.text)
    return inside and same_edge(one, other) and not _fits(one, other)


def _runs_on(last: Placed, item: Placed) -> bool:
    """A full line that ends mid-sentence, and a line at the left edge that goes on in lower case."""
    full = last.slack < SHORT * last.measure.width and not last.centered
    goes_on = item.line.text.lstrip("(“‘")[:1].islower() or last.line.text[-1:] in DASHES
    return full and goes_on and not ENDED.search(last.line.text.rstrip(DASHES))


def _leading(block: Sequence[Placed], item: Placed) -> float:
    """As `leading_of`; but under a single full line that is indented or breaks off, the filing's usual leading if that
    is more (a page may be half single-spaced caption). A bold line at the side is no such first line."""
    last = block[-1]
    if (len(block) == 1 or last.page != block[-2].page) and last.slack < SHORT * last.measure.width:
        indented = last.depth > item.depth + INDENT * item.line.size
        heads = last.line.bold and not last.centered
        if not heads and (indented or not ENDED.search(last.line.text)):
            return max(last.measure.leading, last.measure.usual_leading)
    return leading_of(block)


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
    parted = _ended(last) or (last.line.italic and not item.line.italic and last.slack > FULL * last.measure.width)
    return item.depth > slack and parted and (_returns(item, after) or TURN.match(last.line.text) is not None)


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
    full = last.slack < FULL * last.measure.width and not last.centered
    if full and not ended and abs(item.depth) < slack and not _other_look(last, item):
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
    if len(block) == 1 and TURN.match(last.line.text) and item.depth < INDENT * item.line.size:
        return False  # what a speaker goes on to say stands at the left edge
    space = min(x.slack for x in block) if len(block) > 1 else 0.0
    room = last.slack - max(space, 0.0)
    return room > _first_word(item.line) + 2.0 * item.line.size and bool(ENDED.search(last.line.text))


def _first_word(line: RawLine) -> float:
    end = line.text.find(" ")
    return float(line.edges[end if end > 0 else len(line.text)] - line.x0)
