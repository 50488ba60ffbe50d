"""Nouns as the JSON of the contract. Field names are the nouns' own; a listing gathers what its parts say.

as_json(noun) -> dict            Hit, Quote, Answer, reports: field by field
listing_json(listing) -> dict
page_json(filing, number) -> dict
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from corpus.model import Box, Filing, Page
from rag.model import Listing


def as_json(noun: Any) -> dict[str, Any]:  # any frozen noun
    """A frozen noun and all in it as plain dicts, lists and scalars."""
    return asdict(noun)


def listing_json(listing: Listing) -> dict[str, Any]:
    """The contract's Filing: facts, counts, writings, warnings."""
    return {
        "id": listing.id,
        "file": listing.file,
        "matter": listing.matter,
        **asdict(listing.facts),
        "pages": listing.pages,
        "passages": listing.passages,
        "writings": [
            {
                "kind": writing.kind,
                "author": writing.author,
                "first_page": writing.first_page,
                "last_page": writing.last_page,
            }
            for writing in listing.writings
        ],
        "warnings": list(listing.warnings),
        "corrected": list(listing.corrected),
        "added": listing.added,
    }


def page_json(filing: Filing, number: int) -> dict[str, Any]:
    """The contract's page: its body text, its lines with boxes (offsets in the filing's text), its footnotes.

    `number` counts from 1 and must be a page of the filing.
    """
    page = filing.pages[number - 1]
    return {
        "page": page.number,
        "page_label": page.label,
        "ecf_page": page.ecf_page,
        "page_id": page.page_id,
        "text": filing.text[page.start : page.end],
        "start": page.start,
        "end": page.end,
        "lines": [
            {"number": line.number, "start": line.start, "end": line.end, "box": box_json(line.box)}
            for line in _lines_of(filing, page)
        ],
        "footnotes": [
            {"number": note.number, "text": filing.text[note.start : note.end], "start": note.start, "end": note.end}
            for note in filing.footnotes
            if number in filing.pages_in(note.start, note.end)
        ],
        "scanned": page.scanned,
        "use": page.use,
        "width": page.width,
        "height": page.height,
    }


def box_json(box: Box) -> dict[str, float]:
    """A box as the contract writes it."""
    return asdict(box)


def _lines_of(filing: Filing, page: Page) -> list[Any]:
    spans = ((page.start, page.end), *page.footnotes)
    return [line for start, end in spans for line in filing.lines_in(start, end) if line.page == page.number]
