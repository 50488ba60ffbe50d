"""Find what a filing's headings, writings, numbered paragraphs and transcript turns are.

find_structure(reading, facts) -> Structure
  settle    paragraphs that a page break or a mistaken look tore apart are joined; kinds are settled
  writings  separate opinions                                                         (corpus/writings.py)
  number    ¶ numbers of pleadings and declarations, in sequence
  nest      headings to a tree, by enumerator and look, confirmed by a table of contents (corpus/headings.py)

Paragraphs stay slices of the reading's text: here they are cut, joined and renamed, never rewritten.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.headings import is_heading, is_known, join_split_headings, nest, split_enumerators, toc_titles
from corpus.model import Facts, Paragraph, ParagraphKind, Reading, Section, Writing
from corpus.turns import cut_turns
from corpus.writings import find_writings

MAPS = ("toc", "toa", "blank", "unread")
NUMBERED_KINDS = ("complaint", "answer", "declaration", "affidavit", "exhibit", "other", "notice", "petition")

_NUMBERED = re.compile(r"(?:¶\s*)?(\d{1,3})\.\s+(?=\S)")
_FRONT_LINE = 180  # characters: a longer paragraph is text
_ENDS = re.compile(r"[.?!:;][”’\"')\]]*\s*(?:\[?\d{0,3}\]?)\s*$")
_PART_OF_SLIP = re.compile(r"(?:SUMMARY|COUNSEL|OPINION)\W*\d?")


@dataclass(frozen=True)
class Structure:
    """A reading's paragraphs as settled, its heading tree and its writings."""

    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...] = ()
    writings: tuple[Writing, ...] = ()


def find_structure(reading: Reading, facts: Facts) -> Structure:
    """The structure of a filing whose facts are known."""
    page_of = pages_by_offset(reading)
    maps = {page.number for page in reading.pages if page.use in MAPS}
    titles = toc_titles(reading, maps, page_of)
    writings, openings = find_writings(reading, facts)
    paragraphs = _settle(reading, facts, writings, set(openings), titles, maps, page_of)
    if facts.kind == "transcript":
        paragraphs = cut_turns(reading, paragraphs)
    if facts.kind in NUMBERED_KINDS:
        paragraphs = _number(reading, paragraphs)
    starts = [line.start for line in reading.lines]
    headings = [h for p in paragraphs if p.kind == "heading" for h in split_enumerators(reading, p, starts)]
    sections = nest(headings, sorted({*(w.end for w in writings), reading.body_end}), titles)
    return Structure(tuple(paragraphs), sections, writings)


class pages_by_offset:  # noqa: N801  # used as a function
    """offset → page number, from the lines."""

    def __init__(self, reading: Reading) -> None:
        self._starts = [line.start for line in reading.lines]
        self._pages = [line.page for line in reading.lines]

    def __call__(self, offset: int) -> int:
        """The page on which `offset` stands; 1 for a filing without lines."""
        return self._pages[max(bisect_right(self._starts, offset) - 1, 0)] if self._pages else 1


def _settle(
    reading: Reading,
    facts: Facts,
    writings: Sequence[Writing],
    openings: set[int],
    titles: dict[str, int],
    maps: set[int],
    page_of: pages_by_offset,
) -> list[Paragraph]:
    """Every paragraph with its final kind; headings torn in two and sentences torn in two joined."""
    settled = []
    body_begins = _body_begins(reading, writings, openings, maps, page_of)
    for paragraph in reading.paragraphs:
        kind = paragraph.kind
        if paragraph.start < reading.body_end and kind in ("heading", "body", "front", "block_quote"):
            kind = _kind(reading, paragraph, body_begins, openings, titles, maps, page_of)
            if kind in ("body", "heading") and writings and _between(paragraph, writings):
                kind = "heading" if _PART_OF_SLIP.fullmatch(_flat(reading, paragraph)) else "front"
            if kind == "heading" and any(w.kind == "syllabus" and w.start <= paragraph.start < w.end for w in writings):
                kind = "body"
        settled.append(replace(paragraph, kind=kind))
    return _join_torn(reading, join_split_headings(reading, settled, page_of))


def _flat(reading: Reading, paragraph: Paragraph) -> str:
    return re.sub(r"\s+", " ", reading.text[paragraph.start : paragraph.end]).strip()


def _between(paragraph: Paragraph, writings: Sequence[Writing]) -> bool:
    """Whether a paragraph lies outside all writings: counsel lists, the captions over separate writings."""
    return not any(w.start <= paragraph.start < w.end for w in writings)


def _kind(
    reading: Reading,
    paragraph: Paragraph,
    body_begins: int,
    openings: set[int],
    titles: dict[str, int],
    maps: set[int],
    page_of: pages_by_offset,
) -> ParagraphKind:
    known = is_known(_flat(reading, paragraph)) and is_heading(reading, paragraph, titles)
    if paragraph.start in openings and not known:
        return "body"
    if page_of(paragraph.start) in maps:
        return "front" if paragraph.kind == "front" else "body"
    if paragraph.start < body_begins:
        return "heading" if _PART_OF_SLIP.fullmatch(_flat(reading, paragraph)) and len(openings) else "front"
    if is_heading(reading, paragraph, titles):
        return "heading"
    return "block_quote" if paragraph.kind == "block_quote" else "body"


def _body_begins(
    reading: Reading, writings: Sequence[Writing], openings: set[int], maps: set[int], page_of: pages_by_offset
) -> int:
    """Where caption, cover and counsel end: at the first writing, else at the first paragraph of text or, on a page
    after the first, the first heading."""
    if writings:
        return writings[0].start
    for paragraph in reading.paragraphs:
        if paragraph.start >= reading.body_end:
            break
        page = page_of(paragraph.start)
        if page in maps or reading.pages[page - 1].use == "cover":
            continue
        text = reading.text[paragraph.start : paragraph.end]
        if paragraph.kind in ("body", "block_quote", "turn") and (len(text) > _FRONT_LINE or paragraph.kind != "body"):
            return _heading_above(reading, paragraph)
        if paragraph.kind == "body" and _ENDS.search(text) and len(text.split()) > 8:
            return _heading_above(reading, paragraph)
    return reading.pages[0].end if len(reading.pages) > 1 and reading.pages[0].use == "cover" else 0


def _heading_above(reading: Reading, paragraph: Paragraph) -> int:
    """The start of the headings that stand right over a paragraph, else its own start."""
    start = paragraph.start
    for before in reversed([p for p in reading.paragraphs if p.end <= paragraph.start]):
        known = is_known(_flat(reading, before))
        if before.kind != "heading" and not known:
            break
        start = before.start
    return start


def _join_torn(reading: Reading, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """A paragraph whose last words run on in the next, in lower case, is one with it."""
    joined: list[Paragraph] = []
    for paragraph in paragraphs:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.kind == paragraph.kind == "body"
            and paragraph.start < reading.body_end
            and not _ENDS.search(reading.text[last.start : last.end])
            and re.match(r"[a-z(,;]", reading.text[paragraph.start : paragraph.start + 1])
            and len(reading.text[last.start : last.end]) > 30
        ):
            joined[-1] = replace(last, end=paragraph.end)
        else:
            joined.append(paragraph)
    return joined


def _number(reading: Reading, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The ¶ numbers of numbered paragraphs: each one more than the last; a lone "1." is a list, not a pleading."""
    numbered = list(paragraphs)
    expected = 1
    found: list[int] = []
    for at, paragraph in enumerate(paragraphs):
        if paragraph.kind not in ("body", "heading") or paragraph.start >= reading.body_end:
            continue
        match = _NUMBERED.match(reading.text, paragraph.start)
        if match and (int(match[1]) == expected or (not found and int(match[1]) > 1)):
            numbered[at] = replace(paragraph, number=int(match[1]), kind="body")
            expected = int(match[1]) + 1
            found.append(at)
    return numbered if len(found) >= 3 else list(paragraphs)
