"""The stamp an electronic filing system lays over every page, in blue at the top.

district  Case 4:23-cv-90417-AMT   Document 24-1   Filed 06/26/23   Page 3 of 8
appeal    Case: 23-90882, 01/26/2024, ID: 12853417, DktEntry: 12, Page 1 of 39
"""

from __future__ import annotations

from datetime import date

from reportlab.pdfgen.canvas import Canvas

from corpus.sample.forms import PAGE_HEIGHT, PAGE_WIDTH
from corpus.sample.source import Docket, Source

STAMP_Y = PAGE_HEIGHT - 16
APPEAL_FIRST_ID = 12_850_000  # appellate document ids grow with the date; any number of eight digits will do


def stamp_text(source: Source, docket: Docket, page: int, pages: int) -> str:
    """What the stamp says on that page."""
    filed = date.fromisoformat(source.header["filed"])
    number = docket.captions[source.header["docket"]]["stamp_number"]
    entry = source.header["entry"]
    if not source.appellate:
        return f"Case {number}   Document {entry}   Filed {filed:%m/%d/%y}   Page {page} of {pages}"
    document = APPEAL_FIRST_ID + filed.toordinal() % 10_000 * 7
    return f"Case: {number}, {filed:%m/%d/%Y}, ID: {document}, DktEntry: {entry}, Page {page} of {pages}"


def draw_stamp(canvas: Canvas, source: Source, docket: Docket, page: int, pages: int) -> None:
    """Lay the stamp over the page."""
    canvas.saveState()
    canvas.setFillColorRGB(0, 0, 0.8)
    canvas.setFont("Helvetica", 10 if not source.appellate else 9)
    canvas.drawCentredString(PAGE_WIDTH / 2, STAMP_Y, stamp_text(source, docket, page, pages))
    canvas.restoreState()
