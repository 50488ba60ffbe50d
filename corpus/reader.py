"""A court PDF becomes a Reading: bytes -> raw pages -> sheets -> Reading. What it means is asked in understand.py.

read_reading(path) -> Reading
  open_pdf   the file's pages, one at a time             (corpus/pdf.py)
  lay_out    words to lines, stamps read                 (corpus/clean.py)
  read       a page that is a picture of text, by OCR    (corpus/ocr.py)
  compose    sheets to text whose offsets are final      (corpus/clean.py)
A page that nobody could read is "unread" and named in the warnings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.clean import Source, compose, is_garbled, is_scan, lay_out
from corpus.errors import NoText, UnreadablePdf
from corpus.hyphens import is_english
from corpus.model import RawPage, RawWord, Reading, Sheet
from corpus.ocr import Ocr
from corpus.pdf import OpenPdf, open_pdf

FEWEST_WORDS = 5  # fewer on a picture of a page, and it may stand sideways
OCR_SCALE = 200 / 72  # pixels a point: 200 dots an inch

Progress = Callable[[int, int], None]
"""Called after each page with (pages done, pages in all)."""


def read_reading(path: Path, *, ocr: Ocr | None = None, progress: Progress | None = None) -> Reading:
    """The text of a PDF with all its places.

    Without `ocr`, scanned pages are "unread" and named in `warnings`. Raises UnreadablePdf, EncryptedPdf, or NoText
    where every page is a scan and there is no OCR.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadablePdf(
            f"{path.name}: cannot be read ({error.strerror}). Check the path and its rights."
        ) from error
    return read_bytes(data, path.name, ocr=ocr, progress=progress)


def read_bytes(data: bytes, name: str, *, ocr: Ocr | None = None, progress: Progress | None = None) -> Reading:
    """As `read_reading`, for a PDF already in memory; `name` is its file name."""
    with open_pdf(data, name) as pdf:
        sheets, warnings = [], list(pdf.warnings)
        for page in pdf.pages():
            sheet, warning = _read_sheet(pdf, page, ocr)
            sheets.append(sheet)
            if warning:
                warnings.append(warning)
            if page.redacted:
                warnings.append(f"{name}: page {page.number} {REDACTED}")
            if progress is not None:
                progress(page.number, pdf.page_count)
        if not any(sheet.lines for sheet in sheets) and any(sheet.use == "unread" for sheet in sheets):
            raise NoText(f"{name}: no page has text that can be read. {OCR_REMEDY}")
        source = Source(filing_id(data), name, pdf.outline(), pdf.metadata(), tuple(warnings))
    return compose(sheets, source)


REDACTED = "has text under a redaction, which is left out; the words that remain may not read on."
OCR_REMEDY = "Install the optional OCR (pip install 'pincite[ocr]') and ingest it again."


def filing_id(data: bytes) -> str:
    """The first 16 hex digits of the SHA-256 of a file's bytes."""
    return hashlib.sha256(data).hexdigest()[:16]


def _read_sheet(pdf: OpenPdf, page: RawPage, ocr: Ocr | None) -> tuple[Sheet, str]:
    """A page's lines, read by OCR where it is a scan; and what to warn of, "" for nothing."""
    if page.trouble:
        return _unread(lay_out(page)), f"{pdf.name}: page {page.number} could not be read ({page.trouble})."
    if is_garbled(page):
        page = replace(page, words=(), image_share=1.0)
    sheet = lay_out(page)
    if not is_scan(sheet, page):
        return sheet, ""
    if ocr is None:
        return _unread(sheet), f"{pdf.name}: page {page.number} is a scan and was not read. {OCR_REMEDY}"
    read = _read_picture(pdf.render(page.number, OCR_SCALE), page, sheet, ocr)
    if not read.lines:
        return _unread(read), f"{pdf.name}: page {page.number} is a picture in which OCR found no text."
    return read, ""


def _read_picture(pixels: npt.NDArray[np.uint8], page: RawPage, sheet: Sheet, ocr: Ocr) -> Sheet:
    """The lines that OCR reads off the page; off the page turned, where it stands sideways on the picture."""
    words = tuple(word for word in ocr.read(pixels, page.width, page.height) if not _is_typed(word, page))
    upright = replace(lay_out(replace(page, words=page.words + words)), scanned=True)
    if len(words) >= FEWEST_WORDS:
        return upright
    best, most = upright, max(_english_words(words), FEWEST_WORDS - 1)
    for quarters in (1, 3):
        turned = replace(page, width=page.height, height=page.width, turned=quarters, rules=(), covered=())
        words = ocr.read(np.ascontiguousarray(np.rot90(pixels, -quarters)), turned.width, turned.height)
        if _english_words(words) > most:
            best, most = lay_out(replace(turned, words=words)), _english_words(words)
    return replace(best, scanned=True, stamp=best.stamp or sheet.stamp)


def _english_words(words: Sequence[RawWord]) -> int:
    return sum(is_english(word.text.strip(".,;:()").lower()) for word in words)


def _is_typed(word: RawWord, page: RawPage) -> bool:
    """Whether a word read off the picture is the picture of a typed one (a stamp)."""
    middle, height = (word.x0 + word.x1) / 2, word.baseline - 0.3 * word.size
    return any(w.x0 <= middle <= w.x1 and -0.4 * w.size < w.baseline - height < 1.2 * w.size for w in page.words)


def _unread(sheet: Sheet) -> Sheet:
    return replace(sheet, use="unread")
