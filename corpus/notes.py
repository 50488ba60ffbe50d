"""Footnotes parted from the body they interrupt.

split_notes(sheets, body_size) -> sheets whose `notes` hold the lines under the footnote rule
gather(sheets) -> notes, each whole over its pages

         …the doctrine survived the statute.³
         ————————            the rule: drawn, or typed as dashes
         ² See id., at 47a.   a note begins with its number, raised or plain
         ³ But see Mortimer   one that runs on goes on under the next page's rule
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from corpus.lines import cut, merge, rows_of
from corpus.model import RawLine, Rule, Sheet

TYPED_RULE = re.compile(r"^[—–_\-―─]{3,}(?:\s*[—–_\-―─]+)*$")
DASHES = re.compile(r"^[—–―─]{3,}$")  # slip opinions type their footnote rule so; nothing else is
NUMBERED = re.compile(r"^(?P<mark>\d{1,3}(?![\da-z/])|\*{1,3}|†|‡)[.)]?\s*(?=\S)")
CONTINUED = re.compile(r"^\(?(?:\.{3}|…)?\s?continued\s?(?:\.{3}|…)?\)?$", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?:][\"”’')\]]*$")
INDENT = 0.9  # of the type size: a first line's, within a note
SMALLER = 0.95  # of the body's size: type under the rule is at least this much smaller
TIGHTER = 0.75  # of the body's leading: notes in type of the body's size are set closer than this
LONGEST_RULE = 0.62  # of the text width; a longer one parts a caption or a table
LONG_NUMBER = 3  # figures: a number as long that is not raised is a row's, no note's
HIGHEST = 0.12  # of the page height; a rule above is a head's


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote with its lines, as (page, line), over as many pages as it runs."""

    number: str
    page: int
    lines: tuple[tuple[int, RawLine], ...]

    def paragraphs(self) -> list[tuple[tuple[int, RawLine], ...]]:
        """The note's lines by paragraph: after the first, one begins at an indent."""
        found: list[list[tuple[int, RawLine]]] = []
        for page, line in self.lines:
            left = min(other.x0 for at, other in self.lines if at == page)
            indented = line.x0 > left + INDENT * line.size
            if not found or (indented and SENTENCE_END.search(found[-1][-1][1].text)):
                found.append([])
            found[-1].append((page, line))
        return [tuple(lines) for lines in found]


def split_notes(sheet: Sheet, body_size: float, *, open_note: bool) -> Sheet:
    """The sheet with the lines under its footnote rule moved to `notes`.

    `open_note`: the page before ended inside a note, so that the first line here need not be numbered.
    """
    rows = rows_of(sheet.lines)
    for at in range(1, len(rows) + 1):
        typed = at < len(rows) and TYPED_RULE.match(merge(rows[at - 1]).text) is not None
        below = rows[at:]
        if not below:
            break
        above = rows[at - 1][0].baseline if not typed else None
        ruled = typed or _ruled(sheet, above or 0.0, below[0][0])
        if not ruled and not _unruled(rows[at - 1], below, body_size):
            continue
        sure = ruled and (not typed or DASHES.match(merge(rows[at - 1]).text) is not None)
        sure = sure and (typed or open_note or _begin_notes(below))
        if (sure and _are_small(below, body_size)) or _are_notes(rows[:at], below, body_size, open_note=open_note):
            kept = rows[: at - 1] if typed else rows[:at]
            return replace(sheet, lines=_flat(kept), notes=tuple(merge(row) for row in below))
    if rows and _rule_over(sheet, rows[0][0]) and _are_notes([], rows, body_size, open_note=open_note):
        return replace(sheet, lines=(), notes=tuple(merge(row) for row in rows))
    return sheet


def gather(sheets: Sequence[Sheet]) -> list[Note]:
    """The notes in order, a continuation joined to the note it continues; one without a beginning has number ""."""
    notes: list[Note] = []
    raised = any(line.marks and line.marks[0][0] == 0 for sheet in sheets for line in sheet.notes)
    for sheet in sheets:
        for line in sheet.notes:
            if CONTINUED.match(line.text):  # the Tax Court's "(continued...)" and, on the next page, "(...continued)"
                continue
            start = _start(line, notes[-1].number if notes else None, raised=raised)
            if start is not None or not notes:
                number, body = start or ("", line)
                notes.append(Note(number, sheet.number, ((sheet.number, body),)))
            else:
                last = notes[-1]
                notes[-1] = replace(last, lines=(*last.lines, (sheet.number, line)))
    return notes


def is_open(sheet: Sheet) -> bool:
    """Whether the page's last note may run on: its last line does not end a sentence, or fills the measure."""
    if not sheet.notes:
        return False
    last = sheet.notes[-1]
    widest = max(line.width for line in sheet.notes)
    return last.width > 0.9 * widest or not re.search(r"[.!?]['”’)\]]*$", last.text)


def _flat(rows: Sequence[Sequence[RawLine]]) -> tuple[RawLine, ...]:
    return tuple(line for row in rows for line in row)


def _start(line: RawLine, last: str | None, *, raised: bool) -> tuple[str, RawLine] | None:
    """(number, rest of the line) where a note begins. `raised`: this filing raises its notes' numbers."""
    if line.marks and line.marks[0][0] == 0:
        return line.marks[0][1], replace(line, marks=line.marks[1:])
    match = NUMBERED.match(line.text)
    if match is None:
        return None
    mark = match["mark"]
    if mark.isdecimal() and raised:
        return None
    if mark.isdecimal() and int(mark) != (int(last) + 1 if last and last.isdecimal() else 1):
        return None
    return mark, cut(line, match.end())


def _ruled(sheet: Sheet, above: float, first: RawLine) -> bool:
    """Whether a short drawn rule parts the baseline `above` from the line below."""
    return any(_is_note_rule(r, sheet) and above - 2 <= r.y0 <= first.baseline - 0.4 * first.size for r in sheet.rules)


def _rule_over(sheet: Sheet, first: RawLine) -> bool:
    return any(_is_note_rule(r, sheet) and 0 < first.baseline - r.y0 < 4 * first.size for r in sheet.rules)


def _is_note_rule(rule: Rule, sheet: Sheet) -> bool:
    left = min((line.x0 for line in sheet.lines), default=0.0)
    right = max((line.x1 for line in sheet.lines), default=sheet.width)
    width = rule.x1 - rule.x0
    return (
        rule.y1 - rule.y0 < 2
        and 30 < width < LONGEST_RULE * (right - left)
        and abs(rule.x0 - left) < 45
        and rule.y0 > HIGHEST * sheet.height
    )


def _unruled(last: Sequence[RawLine], below: Sequence[Sequence[RawLine]], body_size: float) -> bool:
    """No rule is drawn, but small type that begins with a raised number follows body type."""
    first = below[0][0]
    return bool(
        first.marks
        and first.marks[0][0] == 0
        and last[0].size >= SMALLER * body_size
        and all(row[0].size < SMALLER * body_size for row in below)
    )


def _are_notes(
    above: Sequence[Sequence[RawLine]], below: Sequence[Sequence[RawLine]], body_size: float, *, open_note: bool
) -> bool:
    """Whether what stands under a rule is notes: small or tight type, or a line that begins with a raised number."""
    first = merge(below[0])
    if first.marks and first.marks[0][0] == 0:
        return True
    if not _are_small(below, body_size) and _leading(below) > TIGHTER * _leading(above):
        return False
    return open_note or _is_numbered(first)


def _begin_notes(rows: Sequence[Sequence[RawLine]]) -> bool:
    """Whether a note begins here: a number at the top, or a raised one on the way; else a box or a table does."""
    lines = [merge(row) for row in rows]
    return _is_numbered(lines[0]) or any(line.marks and line.marks[0][0] == 0 for line in lines)


def _is_numbered(line: RawLine) -> bool:
    """Whether a line begins with a note's number, not raised."""
    match = NUMBERED.match(line.text)
    return match is not None and len(match["mark"]) < LONG_NUMBER


def _are_small(rows: Sequence[Sequence[RawLine]], body_size: float) -> bool:
    return sum(row[0].size <= SMALLER * body_size for row in rows) >= 0.8 * len(rows)


def _leading(rows: Sequence[Sequence[RawLine]]) -> float:
    """The usual distance between rows; 0 for less than two."""
    return median([b[0].baseline - a[0].baseline for a, b in pairwise(rows)] or [0.0])
