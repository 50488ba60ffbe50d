"""Pages that are no evidence: covers, tables of contents and of authorities.

mark_uses(sheets) -> the sheets, each with its use
    toc, toa   lines run to a page number at the right edge, under a title or from the page before
    cover      a first page without prose, where tables or prose come later; a transcript's title page
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.lines import merge, rows_of
from corpus.model import PageUse, RawLine, Sheet

LEADER = re.compile(r"(?:\.\s?){4,}|(?:…\s?){2,}|_{4,}")
PAGE_NUMBER = (
    r"(?:\d{1,4}|[ivxlc]{1,7}|[A-Z]{1,3}-?\d{1,3})(?:\s?n\.\s?\d+)?(?:\s?[–-]\s?\d{1,4})?,?\s*"  # "A-12", "14 n.3"
)
ENTRY_END = re.compile(rf"(?:\.{{2,}}|…|\s)\s*(?:{PAGE_NUMBER})+\.?$|\bpassim\.?$")
CONTENTS = re.compile(r"^(?:TABLE\s+OF\s+CONTENTS|CONTENTS|INDEX)\b", re.IGNORECASE)
AUTHORITIES = re.compile(
    r"^(?:TABLE\s+OF\s+(?:CITED\s+)?AUTHORITIES|TABLE\s+OF\s+CASES|AUTHORITIES\s+CITED)\b", re.IGNORECASE
)
FEWEST_ENTRIES = 3
ENTRY_SHARE = 0.3  # of a map's lines end in a page number; an entry takes two or three lines
PROSE_LINES = 1  # pairs of full lines that make a page more than a cover
MOST_BEFORE_TABLES = 5  # pages: a cover, and a disclosure statement of three
TRANSCRIPT = re.compile(r"\bTRANSCRIPT\s+OF\b|\bREPORTER[’']?S\s+TRANSCRIPT\b", re.IGNORECASE)


def mark_uses(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets, each with its use; a use already known (an unread page) stays."""
    found: list[Sheet] = []
    before: PageUse = "text"
    for sheet in sheets:
        use = sheet.use
        if use == "text" and sheet.lines:
            use = _map_use(sheet, before)
        found.append(replace(sheet, use=use))
        before = use
    if _is_cover(found):
        found[0] = replace(found[0], use="cover")
    return found


def _map_use(sheet: Sheet, before: PageUse) -> PageUse:
    """A map's use ("toc", "toa") for a page of entries under a title, or going on from the page before; else "text"."""
    rows = [merge(row).text for row in rows_of(sheet.lines)]
    titles: list[PageUse] = []
    for text in rows:
        if CONTENTS.match(text):
            titles.append("toc")
        elif AUTHORITIES.match(text):
            titles.append("toa")
    entries = sum(_is_entry(row) for row in rows_of(sheet.lines))
    dense = entries >= ENTRY_SHARE * len(rows)
    if titles and (entries >= FEWEST_ENTRIES or dense):
        return titles[0]
    if before in ("toc", "toa") and (dense or (entries and not _prose(sheet))):
        return before
    return "text"


def _is_entry(row: Sequence[RawLine]) -> bool:
    """A line that runs to a page number: leader dots before it, or a wide gap."""
    text = merge(row).text
    if not ENTRY_END.search(text):
        return False
    return LEADER.search(text) is not None or (len(row) > 1 and row[-1].text[:1].isdigit())


def _prose(sheet: Sheet) -> bool:
    """Whether the page holds a paragraph: full lines of running text, one under the other."""
    lines = [merge(row) for row in rows_of(sheet.lines)]
    if not lines:
        return False
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    full = [line.width > 0.8 * width and _runs(line.text) for line in lines]
    return sum(a and b for a, b in pairwise(full)) >= PROSE_LINES


def _runs(text: str) -> bool:
    """Mostly lower case, without leader dots."""
    letters = [char for char in text if char.isalpha()]
    lower = sum(char.islower() for char in letters)
    return len(letters) > 20 and lower > 0.75 * len(letters) and not LEADER.search(text)


def _is_cover(sheets: Sequence[Sheet]) -> bool:
    """The first page has no prose, and tables follow it, or prose does, or it is a transcript's title page."""
    if len(sheets) < 2 or sheets[0].use != "text" or not sheets[0].lines or _prose(sheets[0]):
        return False
    if any(sheet.use in ("toc", "toa") for sheet in sheets[1:MOST_BEFORE_TABLES]):
        return True
    title = " ".join(line.text for line in sheets[0].lines)
    return TRANSCRIPT.search(title) is not None or any(_prose(sheet) for sheet in sheets[1:])
