"""Printed page numbers: read off heads and feet, believed where they count on from page to page.

printed_labels(tops, feet, …) -> for each page the number it prints, or None
A number is never guessed from its neighbours: a page that prints none has none. Each separate writing of an opinion
counts anew from 1, a brief counts its tables in roman, an appendix as A1, A2.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.model import RawLine

Rows = Sequence[Sequence[RawLine]]

OUTER_ROWS = 3  # a page number stands this near the end of the page
APART = 1.9  # of the type size: a number this far below the text is no heading
NEARBY = 12  # pages: other numbers in the same place are looked for this far
SAME_SLOT = 3.0  # points of height
ENOUGH = 3  # votes, see `_votes`
LONE = re.compile(
    r"^(?:[-–—\[(~•|]\s*)*(?:page\s+)?"
    r"(?P<label>\d{1,4}|[ivxlc]{1,8}|(?:[A-Z]{1,4}|App\.|Add\.)[-. ]?\d{1,4})a?"
    r"(?:\s+(?:of|/)\s+\d{1,4})?\.?(?:\s*[-–—\])~•|])*$",
    re.IGNORECASE,
)
IN_LINE = re.compile(r"(?:^|(?<=\s))(?:\d{1,4}|[ivxlc]{1,8})(?=\s|$)")
ROMAN_STEPS = {"c": 100, "xc": 90, "l": 50, "xl": 40, "x": 10, "ix": 9, "v": 5, "iv": 4, "i": 1}
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Candidate(NamedTuple):
    """A number near an end of a page. `style` is "1", "i" or a prefix such as "A". `beside` is the rest of its line,
    "" where it stands alone. `apart`: it is the page's last row, well below the one above."""

    page: int
    line: RawLine
    label: str
    style: str
    value: int
    top: bool
    beside: str
    apart: bool


def printed_labels(
    tops: Sequence[Rows],
    feet: Sequence[Rows],
    top_repeats: Sequence[Sequence[bool]],
    foot_repeats: Sequence[Sequence[bool]],
) -> list[Candidate | None]:
    """The printed number of each page, None where none is believed. Rows run from the end of the page inwards."""
    pages = range(len(tops))
    candidates = [
        [*_candidates(i, tops[i], top_repeats[i], top=True), *_candidates(i, feet[i], foot_repeats[i], top=False)]
        for i in pages
    ]
    needed = {1: 1, 2: 2, 3: 2}.get(len(tops), ENOUGH)
    found: list[Candidate | None] = []
    for index in pages:
        ranked = [(_votes(c, candidates, tops[index]), c) for c in candidates[index]]
        enough = [(not c.beside, votes, c) for votes, c in ranked if votes >= needed]
        best = max(enough, key=lambda item: item[:2], default=None)  # a lone number before one in a line
        found.append(best[2] if best else None)
    return found


def page_value(label: str) -> tuple[str, int | None]:
    """(style, number) of a printed page number; the number None for what only looks like one."""
    if label.isdecimal():
        return "1", int(label)
    if re.fullmatch("[ivxlc]+", label):
        return "i", _roman(label)
    match = re.fullmatch(r"([A-Z]\w*)[-. ]*(\d+)", label)
    return (match[1], int(match[2])) if match else ("", None)


def _candidates(index: int, rows: Rows, repeats: Sequence[bool], *, top: bool) -> list[Candidate]:
    """Lone numbers of the outer rows, and numbers in a line that repeats from page to page."""
    found = []
    for at, (row, repeat) in enumerate(zip(rows, repeats, strict=True)):
        under = 0 if top else sum(repeats[:at])  # pleading paper prints the number over the paper's title
        if at - under >= OUTER_ROWS:
            break
        for line in row:
            for label, beside in _numbers(line.text, repeat=repeat, alone=len(row) == 1):
                style, value = page_value(label)
                if value is not None:
                    apart = not beside and not top and row is rows[0] and len(row) == 1
                    apart = apart and _gap(rows) > APART * line.size
                    found.append(Candidate(index, line, label, style, value, top, beside, apart))
    return found


def _numbers(text: str, *, repeat: bool, alone: bool) -> list[tuple[str, str]]:
    """(number, the rest of the line) for each number of a line that may be the page's."""
    match = LONE.match(text)
    if match is not None:
        enumerates = text.endswith(".") and not alone  # "19." before a paragraph
        return [] if enumerates else [(match["label"], "")]
    if not repeat:
        return []
    return [(m[0], f"{text[: m.start()]}{text[m.end() :]}".strip(" -–—|")) for m in IN_LINE.finditer(text)]


def _gap(rows: Rows) -> float:
    """The distance between the two outermost rows; endless where there is but one."""
    return abs(rows[0][0].baseline - rows[1][0].baseline) if len(rows) > 1 else 999.0


def _roman(text: str) -> int | None:
    """The value of a lower-case roman numeral, None for letters that are none."""
    total = 0
    for here, after in zip(text, [*text[1:], None], strict=True):
        value = ROMAN[here]
        total += -value if after and ROMAN[after] > value else value
    return total if _as_roman(total) == text else None


def _as_roman(number: int) -> str:
    out = ""
    for letters, value in ROMAN_STEPS.items():
        while number >= value:
            out, number = out + letters, number - value
    return out


def _votes(candidate: Candidate, candidates: Sequence[Sequence[Candidate]], tops: Rows) -> int:
    """How much speaks for a candidate: 1 for standing alone, 2 for each neighbour that counts on, 1 for one two pages
    off, 2 for standing where other pages have theirs, 1 for the page's own ordinal, 1 for a head beside it,
    2 for standing apart at the foot."""
    votes = (not candidate.beside) + (candidate.value == candidate.page + 1)
    for step, weight in ((-1, 2), (1, 2), (-2, 1), (2, 1)):
        at = candidate.page + step
        if 0 <= at < len(candidates):
            votes += weight * any(
                c.style == candidate.style and c.value == candidate.value + step for c in candidates[at]
            )
    near = candidates[max(candidate.page - NEARBY, 0) : candidate.page + NEARBY + 1]
    others = (page for page in near if page and page[0].page != candidate.page)
    same_slot = sum(any(_same_slot(candidate, other) for other in page) for page in others)
    beside = any(len(row) > 1 and any(line is candidate.line for line in row) for row in tops)
    return votes + 2 * (same_slot >= 2) + beside + 2 * candidate.apart


def _same_slot(one: Candidate, other: Candidate) -> bool:
    a, b = one.line, other.line
    return abs(a.baseline - b.baseline) <= SAME_SLOT and (
        abs(a.x0 - b.x0) < 4 or abs(a.x1 - b.x1) < 4 or abs(a.x0 + a.x1 - b.x0 - b.x1) < 8
    )
