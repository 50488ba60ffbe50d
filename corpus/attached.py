"""Which parts of a paper are somebody else's words: exhibits bound in with it, and what the parties stipulate.

foreign_spans(reading, facts, structure, pages) -> spans of the body that neither the filer nor the court speaks
  exhibits      after a slip sheet that says "EXHIBIT A" and no more
  attachments   of a court's order, the pages after the one that the judge signs
  stipulation   "IT IS HEREBY STIPULATED …", up to "PURSUANT TO STIPULATION, IT IS SO ORDERED"
"""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.filing import signature
from corpus.model import Facts, Paragraph, Reading
from corpus.structure import Structure

SLIP_SHEET = re.compile(r"\W*(?:EXHIBIT|Exhibit|ATTACHMENT|Attachment|APPENDIX)\s+[\w-]{1,4}\W*")
STIPULATED = re.compile(
    r"\bIT\s+IS\s+(?:\w+\s+){0,2}STIPULATED\b|\b(?:hereby|jointly)\s+(?:\w+\s+){0,2}stipulate\b", re.IGNORECASE
)
ORDERED = re.compile(r"\bIT\s+IS\s+(?:\w+\s+){0,2}ORDERED\b|\bPURSUANT\s+TO\s+(?:THE\s+)?STIPULATION\b", re.IGNORECASE)

SIGNED = re.compile(r"\bORDERED\b|\bDATED\b|\bENTERED\b|\bday\s+of\b|/s/", re.IGNORECASE)
BEFORE, AFTER = 400, 120  # characters around a judge's name: the paper is dated there, or it is but a caption

Span = tuple[int, int]
Pages = Callable[[int], int]
"""Offset → page number."""


def foreign_spans(reading: Reading, facts: Facts, structure: Structure, pages: Pages) -> tuple[Span, ...]:
    """Spans of the body whose speaker is not the paper's own; empty for most papers."""
    body = [p for p in structure.paragraphs if p.start < reading.body_end]
    if facts.kind in ("order", "judgment"):
        return (*_stipulation(reading, facts, body), *_after_signature(reading, pages))
    if facts.kind in ("exhibit", "opinion", "transcript"):
        return ()
    return _exhibits(reading, body, pages)


def _exhibits(reading: Reading, body: list[Paragraph], pages: Pages) -> tuple[Span, ...]:
    by_page: dict[int, list[Paragraph]] = {}
    for paragraph in body:
        by_page.setdefault(pages(paragraph.start), []).append(paragraph)
    for number in sorted(by_page):
        if SLIP_SHEET.fullmatch(" ".join(reading.text[p.start : p.end] for p in by_page[number])):
            return ((by_page[number][-1].end, reading.body_end),)
    return ()


def _after_signature(reading: Reading, pages: Pages) -> tuple[Span, ...]:
    signed = signature(reading)
    if signed is None or not SIGNED.search(reading.text[max(signed[1] - BEFORE, 0) : signed[1] + AFTER]):
        return ()
    end = reading.pages[pages(signed[1]) - 1].end
    return ((end, reading.body_end),) if end < reading.body_end else ()


def _stipulation(reading: Reading, facts: Facts, body: list[Paragraph]) -> tuple[Span, ...]:
    """From where the parties stipulate to the paragraph in which the court orders."""
    if "stipulation" not in (facts.title or "").lower():
        return ()
    first = next((p for p in body if STIPULATED.search(reading.text[p.start : p.end])), None)
    if first is None or ORDERED.search(reading.text[first.start : first.end]):
        return ()
    ordered = (p for p in body if p.start > first.start and ORDERED.search(reading.text[p.start : p.end]))
    last = next(ordered, None)
    return ((first.start, last.start),) if last else ()
