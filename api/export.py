"""Collected passages as a file a lawyer can use: DOCX, Markdown or CSV. python-docx is used here only.

collected(places, library, settings) -> excerpts   each with its words, citation and speaker from the catalog
docx(title, excerpts) -> bytes
markdown(title, excerpts) -> str
csv_text(excerpts) -> str

The words are the filing's slice at the offsets given, never the caller's copy of them. White space is folded, since
lines of a page are no lines of a brief. Fifty words or more are set as a block without quotation marks (Bluebook 5.1).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.shared import Inches, Pt, RGBColor

from api.problems import Problem
from corpus.model import Filing
from rag.cite import cite
from rag.library import Library
from rag.places import place_of, voice_of
from rag.retrieve import is_one_case
from rag.settings import Settings

BLOCK_WORDS = 50
COLUMNS = ("number", "quotation", "citation", "speaker", "restates", "file", "pdf_page", "printed_page", "case", "note")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would compute a cell that begins so


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage to be filed: words as the filing has them, and all that a reader needs to find them."""

    text: str
    citation: str
    speaker: str
    restates: str
    file: str
    page: int
    page_label: str | None
    case: str
    note: str = ""


def collected(places: Iterable[tuple[str, int, int, str]], library: Library, settings: Settings) -> list[Excerpt]:
    """Excerpts for (filing id, start, end, note), in order. Raises UnknownFiling; Problem 422 outside the text."""
    same_case = is_one_case(library.catalog.values("case_name"))
    made = []
    for filing_id, start, end, note in places:
        filing = library.catalog.filing(filing_id)
        if not start < end <= len(filing.text) or not filing.text[start:end].strip():
            raise Problem(422, "no-such-place", "No such place", f"{filing.file} has no text at [{start}, {end})")
        made.append(_excerpt(filing, start, end, note, settings, same_case=same_case))
    return made


def _excerpt(filing: Filing, start: int, end: int, note: str, settings: Settings, *, same_case: bool) -> Excerpt:
    place = place_of(filing, start, end)
    speaker, restates = voice_of(filing, start, end)
    writing = filing.writing_at(start)
    who = " · ".join(part for part in (speaker.role, speaker.name, writing and writing.kind.replace("_", " ")) if part)
    return Excerpt(
        text=" ".join(filing.text[start:end].split()),
        citation=cite(filing.facts, place, same_case=same_case, page_style=settings.page_style, file=filing.file),
        speaker=who,
        restates=(restates.name or restates.role) if restates else "",
        file=filing.file,
        page=place.first.page,
        page_label=place.first.label,
        case=filing.facts.case_name or "",
        note=note,
    )


def quoted(text: str) -> str:
    """Words as a quotation inside a sentence: double marks around, single marks within; a long one stays bare."""
    if len(text.split()) >= BLOCK_WORDS:
        return text
    inner = re.sub(r'"([^"]*)"', r"‘\1’", text).replace("“", "‘").replace("”", "’")
    return f"“{inner}”"


def docx(title: str, excerpts: Sequence[Excerpt]) -> bytes:
    """A Word document: each passage as a quotation, its citation after it, and who speaks."""
    document = Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(12)
    document.core_properties.title = _plain(title)
    document.core_properties.author = ""
    document.add_heading(_plain(title), level=1)
    for excerpt in excerpts:
        _docx_excerpt(document, excerpt)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _docx_excerpt(document: Any, excerpt: Excerpt) -> None:
    words = document.add_paragraph(_plain(quoted(excerpt.text)))
    words.paragraph_format.left_indent = words.paragraph_format.right_indent = Inches(0.5)
    words.paragraph_format.keep_with_next = True
    words.paragraph_format.space_after = Pt(4)
    source = document.add_paragraph(_plain(excerpt.citation))
    source.paragraph_format.keep_with_next = True
    source.paragraph_format.space_after = Pt(0)
    for line in (_byline(excerpt), excerpt.note):
        if line:
            about = document.add_paragraph()
            run = about.add_run(_plain(line))
            run.font.size = Pt(9.5)
            run.font.color.rgb = RGBColor(0x55, 0x55, 0x55)
            about.paragraph_format.space_after = Pt(2)
    document.paragraphs[-1].paragraph_format.space_after = Pt(16)


def markdown(title: str, excerpts: Sequence[Excerpt]) -> str:
    """Markdown: a block quotation and a line with its citation for each passage."""
    parts = [f"# {_escaped(title)}"]
    for excerpt in excerpts:
        parts.append("> " + _escaped(quoted(excerpt.text)))
        parts.append(f"{_escaped(excerpt.citation)}  \n*{_escaped(_byline(excerpt))}*")
        if excerpt.note:
            parts.append(_escaped(excerpt.note))
    return "\n\n".join(parts) + "\n"


def csv_text(excerpts: Sequence[Excerpt]) -> str:
    """CSV with a byte order mark, for spreadsheets; a cell that would be computed begins with an apostrophe."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for number, e in enumerate(excerpts, 1):
        cells = (e.text, e.citation, e.speaker, e.restates, e.file, e.page, e.page_label or "", e.case, e.note)
        rows.writerow([number, *(_inert(str(cell)) for cell in cells)])
    return "\ufeff" + out.getvalue()


def _byline(excerpt: Excerpt) -> str:
    restates = f", restating {excerpt.restates}" if excerpt.restates else ""
    return f"{excerpt.speaker}{restates} · {excerpt.file}, PDF page {excerpt.page}"


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", " ".join(text.split()))


def _plain(text: str) -> str:
    """`text` without the characters that XML cannot hold."""
    held = text.encode("utf-8", "ignore").decode("utf-8")  # lone surrogates are left out
    return "".join(c for c in held if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
