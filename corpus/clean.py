"""Raw pages become a Reading: text whose offsets are final.

lay_out(page)            a raw page's lines, its stamp read and taken off         -> Sheet
compose(sheets, …)       the whole filing                                          -> Reading
  peel         running heads, feet and printed numbers off           (corpus/margins.py)
  split_notes  footnotes parted from the body                        (corpus/notes.py)
  unfold       a caption's two columns, one after the other          (corpus/columns.py)
  mark_uses    covers, tables of contents and of authorities known   (corpus/maps.py)
  group        lines to paragraphs                                   (corpus/paragraphs.py)
  write        paragraphs to text, line ends joined                  (corpus/hyphens.py)
Nothing here reads a file.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from corpus.columns import unfold
from corpus.frame import turned_back
from corpus.hyphens import join, vocabulary
from corpus.kinds import Block
from corpus.lines import rows_of, set_lines
from corpus.maps import mark_uses
from corpus.margins import peel
from corpus.model import (
    Box,
    Footnote,
    Line,
    OutlineItem,
    Page,
    Paragraph,
    ParagraphKind,
    RawLine,
    RawPage,
    Reading,
    Sheet,
)
from corpus.notes import Note, gather, is_open, split_notes
from corpus.paragraphs import group
from corpus.placing import body_size
from corpus.stamps import take_clerk_stamp, take_stamps

SCANNED_BELOW = 200  # characters once the stamps are gone: CourtListener's own rule for a page that needs OCR
SCANNED_SHARE = 0.2  # of the page: a page of little text with less image than this is a short page, not a scan
GARBLE = re.compile("[\u0000-\u0001\u0003-\u001f\ue000-\uf8ff\ufffd]")  # \u0002 is a line-end hyphen
MOST_GARBLE = 0.3  # of the characters; bullets in a private alphabet are a few
FEWEST_GARBLED = 20  # characters
ASCENT, DESCENT = 0.78, 0.24  # of the type size: how far a line's box reaches from its baseline


@dataclass(frozen=True, slots=True)
class Source:
    """What the reader knows of a file besides its pages; fields as in Reading."""

    id: str
    file: str
    outline: tuple[OutlineItem, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()


def lay_out(page: RawPage) -> Sheet:
    """A page's lines with its stamp read and taken off."""
    lines = set_lines(page)
    rows, stamp = take_stamps(rows_of(lines), page.height)
    rows, clerk = take_clerk_stamp(rows) if page.number == 1 else (rows, "")
    kept = tuple(line for row in rows for line in row)
    return Sheet(
        page.number,
        page.width,
        page.height,
        kept,
        heads=(clerk,) if clerk else (),
        rules=page.rules,
        label=page.label,
        stamp=stamp,
        scanned=page.layered,
        covered=page.covered,
        turned=page.turned,
    )


def is_scan(sheet: Sheet, page: RawPage) -> bool:
    """Whether the page is a picture of text: next to no text, and an image on it."""
    return sum(len(line.text) for line in sheet.lines) < SCANNED_BELOW and page.image_share > SCANNED_SHARE


def is_garbled(page: RawPage) -> bool:
    """Whether the page's letters have no meaning: a font that does not say which letters its shapes are."""
    text = "".join(word.text for word in page.words)
    return len(text) >= FEWEST_GARBLED and len(GARBLE.findall(text)) > MOST_GARBLE * len(text)


def compose(sheets: Sequence[Sheet], source: Source) -> Reading:
    """The reading of a whole filing from its pages in order."""
    sheets = peel(sheets)
    size = body_size(sheets)
    sheets = mark_uses([unfold(sheet) for sheet in _part_notes(sheets, size)])
    blocks, notes = group(sheets, size), gather(sheets)
    words = vocabulary(line.text for sheet in sheets for line in (*sheet.lines, *sheet.notes))
    places = {sheet.number: (sheet.width, sheet.height, sheet.turned) for sheet in sheets}
    writer = _Writer(words, places)
    for block in blocks:
        writer.add(block.lines, block.kind, block)
    body_end = writer.length
    spans = [(note, *_write_note(writer, note)) for note in notes]
    text, pages = "".join(writer.parts), _pages(sheets, writer.lines, body_end)
    footnotes = []
    for note, start, end in spans:
        mark = _mark(note, writer.marks, start)
        footnotes.append(
            Footnote(note.number, start, end, note.page, _symbol(note, text, pages) if mark is None else mark)
        )
    return Reading(
        id=source.id,
        file=source.file,
        text=text,
        body_end=body_end,
        pages=pages,
        lines=tuple(writer.lines),
        paragraphs=tuple(writer.paragraphs),
        footnotes=tuple(footnotes),
        heads=tuple((sheet.number, _plain(head)) for sheet in sheets for head in sheet.heads),
        outline=source.outline,
        metadata=source.metadata,
        warnings=source.warnings,
    )


def _write_note(writer: _Writer, note: Note) -> tuple[int, int]:
    """Write a note's paragraphs; the span from the first to the last. A note is cited by its number, not by lines."""
    spans = []
    for lines in note.paragraphs():
        plain = [(page, replace(line, number=None)) for page, line in lines]
        spans.append(writer.add(plain, "footnote", None))
    return spans[0][0], spans[-1][1]


def _part_notes(sheets: Sequence[Sheet], size: float) -> list[Sheet]:
    found: list[Sheet] = []
    open_note = False
    for sheet in sheets:
        parted = split_notes(sheet, size, open_note=open_note)
        open_note = is_open(parted)
        found.append(parted)
    return found


def _pages(sheets: Sequence[Sheet], lines: Sequence[Line], body_end: int) -> tuple[Page, ...]:
    """Pages with their parts of the text: each runs to where the next one with body begins."""
    starts: dict[int, int] = {}
    notes: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for line in lines:
        if line.start < body_end:
            starts.setdefault(line.page, line.start)
        elif notes[line.page] and line.start - notes[line.page][-1][1] <= 1:
            notes[line.page][-1] = (notes[line.page][-1][0], line.end)
        else:
            notes[line.page].append((line.start, line.end))
    ends: dict[int, int] = {}
    after = body_end
    for sheet in reversed(sheets):
        ends[sheet.number] = after
        after = starts.get(sheet.number, after)
    return tuple(
        Page(
            number=sheet.number,
            start=starts.get(sheet.number, ends[sheet.number]),
            end=ends[sheet.number],
            width=sheet.height if sheet.turned % 2 else sheet.width,
            height=sheet.width if sheet.turned % 2 else sheet.height,
            label=sheet.label,
            stamp=sheet.stamp,
            use=sheet.use if sheet.use != "text" or sheet.lines or sheet.notes else "blank",
            scanned=sheet.scanned,
            footnotes=tuple(notes[sheet.number]),
        )
        for sheet in sheets
    )


def _mark(note: Note, marks: Sequence[tuple[int, int, str]], start: int) -> int | None:
    """The offset where the note's number stood: on its page, or else the page before; the nearest before the note."""
    for page in (note.page, note.page - 1):
        found = [offset for at, offset, number in marks if at == page and number == note.number and offset < start]
        if found:
            return found[0]
    return None


def _symbol(note: Note, text: str, pages: Sequence[Page]) -> int | None:
    """Where a note's asterisk or dagger stands on its page, set like the text around it and so still in the text."""
    if not note.number or note.number.isalnum():
        return None
    page = pages[note.page - 1]
    at = text.find(note.number, page.start, page.end)
    return None if at < 0 else at


@dataclass
class _Writer:
    """Grows the text, and with it lines, paragraphs and note marks."""

    words: Counter[str]
    places: dict[int, tuple[float, float, int]]  # width, height, quarter turns of each page
    parts: list[str] = field(default_factory=list)
    length: int = 0
    lines: list[Line] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    marks: list[tuple[int, int, str]] = field(default_factory=list)  # page, offset, numeral

    def add(self, lines: Sequence[tuple[int, RawLine]], kind: ParagraphKind, block: Block | None) -> tuple[int, int]:
        """Write one paragraph; its span, the newline left out."""
        start = self.length
        for index, (page, line) in enumerate(lines):
            after = lines[index + 1][1].text if index + 1 < len(lines) else ""
            drop, between = join(line.text, after, self.words) if after else (0, "")
            self._line(page, line, len(line.text) - drop)
            self._put(between)
        end = self.length
        self._put("\n")
        indent = _share(lines[0][1].x0, self.places[lines[0][0]][0])
        self.paragraphs.append(_paragraph(start, end, kind, [line for _, line in lines], block, indent))
        return start, end

    def _line(self, page: int, line: RawLine, length: int) -> None:
        width, height, turned = self.places[page]
        start = self.length
        edges = _edges(line.edges[: length + 1], width)
        box = Box(
            page,
            edges[0] / 65535,
            _share(line.baseline - ASCENT * line.size, height),
            edges[-1] / 65535,
            _share(line.baseline + DESCENT * line.size, height),
        )
        self._put(_plain(line.text[:length]))
        places = b"" if turned else edges.astype("<u2").tobytes()
        self.lines.append(Line(start, self.length, page, turned_back(box, turned), line.number, places))
        self.marks += [(page, start + min(at, length), numeral) for at, numeral in line.marks]

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def _plain(text: str) -> str:
    """The hyphens a reader sees, as "-"."""
    return text.replace("\ufffe", "-").replace("\u00ad", "-").replace("\x02", "-")


def _edges(places: array[float] | Sequence[float], width: float) -> np.ndarray[tuple[int], np.dtype[np.uint16]]:
    """Places in points as 1/65535 of the page width, never running back."""
    shares = np.maximum.accumulate(np.asarray(places, dtype=np.float32)) * (65535 / width) + 0.5
    return np.clip(shares, 0, 65535).astype(np.uint16)


def _share(value: float, whole: float) -> float:
    return min(max(value / whole, 0.0), 1.0)


def _paragraph(
    start: int, end: int, kind: ParagraphKind, lines: Sequence[RawLine], block: Block | None, indent: float
) -> Paragraph:
    letters = sum(len(line.text) for line in lines) or 1

    plain = any(line.run_in for line in lines) or (block is not None and block.row)  # its type makes it no heading

    def mostly(flag: str) -> bool:
        return sum(len(line.text) for line in lines if getattr(line, flag)) > 0.5 * letters

    return Paragraph(
        start,
        end,
        kind,
        block.number if block else None,
        indent=indent,
        size=round(max((line.size for line in lines), default=0.0), 1),
        bold=mostly("bold") and not plain,
        centered=block.centered if block else False,
        italic=mostly("italic"),
        underlined=mostly("underlined") and not plain,
    )
