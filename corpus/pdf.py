"""A PDF as raw pages: words with their places, drawn rules, images; nothing decided about what they mean.

    with open_pdf(data, name) as pdf:      -> page count, labels, outline, metadata, warnings
        for page in pdf.pages(): ...       -> RawPage, one at a time, each closed before the next
        pdf.render(3, scale=2.0)           -> the page as an RGB picture

Places come from pdfium: 26 pages of a slip opinion hold 51,000 characters, and one call a character for its box and
one for its text object take 30 ms together. What only pypdf knows (page labels, repair) is asked of pypdf.
No error of either library leaves this file: UnreadablePdf or EncryptedPdf is raised, and a page that cannot be
read is handed on with its `trouble`.
"""

from __future__ import annotations

import ctypes
import io
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pypdf
import pypdf.errors
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.errors import EncryptedPdf, UnreadablePdf
from corpus.glyphs import Glyphs, Style, words_of
from corpus.model import OutlineItem, RawPage, Rule

log = logging.getLogger(__name__)

HEAD_BYTES = 1024  # readers look for "%PDF-" in the first kilobyte
TAIL_BYTES = 2048  # and for "%%EOF" near the end
RULE_POINTS = 3.0  # a drawn bar thinner than this is a rule, not an area
BOLD_WEIGHT = 600  # CSS-like weights: semibold and up
ITALIC_FLAG, BOLD_FLAG = 1 << 6, 1 << 18  # font descriptor flags (PDF 32000-1, table 123)
FORM_DEPTH = 4  # form objects inside form objects, deep enough for every court's cover sheet
INVISIBLE = 3  # text render mode of an OCR layer


class OpenPdf:
    """An open PDF. Made by `open_pdf`; good until its block ends."""

    def __init__(self, document: Any, data: bytes, name: str, warnings: tuple[str, ...]) -> None:
        self._document = document
        self._data = data
        self._fonts: dict[int, tuple[bool, bool]] = {}
        self.name = name
        self.warnings = warnings
        self.page_count: int = len(document)

    def pages(self) -> Iterator[RawPage]:
        """Every page in order. A page that cannot be read comes with `trouble` and no words."""
        labels = self.labels()
        for index in range(self.page_count):
            yield self._page(index, labels[index] if labels else None)

    def labels(self) -> tuple[str, ...]:
        """The PDF's own page labels, one a page; empty where it has no label tree."""
        if b"/PageLabels" not in self._data and b"/ObjStm" not in self._data:
            return ()
        found = [self._document.get_page_label(index) or "" for index in range(self.page_count)]
        return tuple(found) if any(found) else ()

    def outline(self) -> tuple[OutlineItem, ...]:
        """The bookmarks, in order; empty where there are none or they are broken."""
        try:
            return tuple(_outline_item(mark) for mark in self._document.get_toc())
        except (pdfium.PdfiumError, ValueError):
            return ()

    def metadata(self) -> tuple[tuple[str, str], ...]:
        """The document information as (key, value), empty values left out."""
        found = self._document.get_metadata_dict(skip_empty=True)
        return tuple((str(key), str(value)) for key, value in found.items())

    def render(self, number: int, scale: float) -> npt.NDArray[np.uint8]:
        """Page `number` as displayed, (height, width, 3) RGB, `scale` pixels a point."""
        try:
            page = self._document[number - 1]
            try:
                return _picture(page, scale)
            finally:
                page.close()
        except (pdfium.PdfiumError, IndexError) as error:
            raise UnreadablePdf(f"{self.name}: page {number} cannot be drawn ({error}).") from error

    def _page(self, index: int, label: str | None) -> RawPage:
        try:
            page = self._document[index]
        except pdfium.PdfiumError as error:
            return RawPage(index + 1, 612.0, 792.0, label=label, trouble=str(error))
        try:
            return _read_page(page, index + 1, label, self._fonts)
        except (pdfium.PdfiumError, ctypes.ArgumentError, ValueError, OverflowError) as error:
            width, height = page.get_size()
            return RawPage(index + 1, width, height, label=label, trouble=str(error))
        finally:
            page.close()


@contextmanager
def open_pdf(data: bytes, name: str) -> Iterator[OpenPdf]:
    """Open the PDF in `data`; `name` is what messages call it.

    Raises UnreadablePdf (empty, not a PDF, truncated, broken beyond repair) or EncryptedPdf.
    """
    _check_bytes(data, name)
    document, warnings = _load(data, name)
    try:
        if len(document) == 0:
            raise UnreadablePdf(f"{name}: the PDF has no pages. Fetch the file again from the court.")
        yield OpenPdf(document, data, name, warnings)
    finally:
        document.close()


def page_image(data: bytes, name: str, number: int, scale: float) -> npt.NDArray[np.uint8]:
    """Page `number` of a PDF as displayed, (height, width, 3) RGB, `scale` pixels a point. Raises as `open_pdf`."""
    with open_pdf(data, name) as pdf:
        return pdf.render(number, scale)


def _check_bytes(data: bytes, name: str) -> None:
    if not data:
        raise UnreadablePdf(f"{name}: the file is empty. Fetch it again from the court.")
    if b"%PDF-" not in data[:HEAD_BYTES]:
        raise UnreadablePdf(f"{name}: not a PDF. Convert it to PDF, or leave it out.")


def _load(data: bytes, name: str) -> tuple[Any, tuple[str, ...]]:
    """The document, repaired if need be, and what to warn of."""
    try:
        return pdfium.PdfDocument(data), ()
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise EncryptedPdf(f"{name}: encrypted; it needs a password. Save a copy without one.") from error
        if b"%%EOF" not in data[-TAIL_BYTES:]:
            raise UnreadablePdf(f"{name}: truncated; the end of the file is missing. Fetch it again.") from error
        repaired = _repair(data, name)
        return repaired, (f"{name} was damaged and has been repaired for reading; compare it with the original.",)


def _repair(data: bytes, name: str) -> Any:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        writer = pypdf.PdfWriter()
        for page in reader.pages:
            writer.add_page(page)
        out = io.BytesIO()
        writer.write(out)
        return pdfium.PdfDocument(out.getvalue())
    except (pypdf.errors.PyPdfError, pdfium.PdfiumError, ValueError, KeyError, TypeError, RecursionError, OSError) as e:
        raise UnreadablePdf(f"{name}: broken beyond repair ({e}). Fetch it again from the court.") from e


def _outline_item(mark: Any) -> OutlineItem:
    target = mark.get_dest()
    index = target.get_index() if target is not None else None
    return OutlineItem(mark.get_title().strip(), mark.level + 1, None if index is None else index + 1)


def _picture(page: Any, scale: float) -> npt.NDArray[np.uint8]:
    bitmap = page.render(scale=scale, rev_byteorder=True)
    pixels: npt.NDArray[np.uint8] = bitmap.to_numpy()[:, :, :3].copy()
    bitmap.close()
    return pixels


class _Frame(NamedTuple):
    """How page space maps to the page as displayed: the box shown, and quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    def place(self, x: Any, y: Any) -> tuple[Any, Any]:
        """Points (or arrays) of page space as points from the top left of the displayed page."""
        match self.turns:
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case 3:
                return self.top - y, self.right - x
            case _:
                return x - self.left, self.top - y

    def area(self, left: float, bottom: float, right: float, top: float) -> Rule:
        """A rectangle of page space as displayed."""
        (x0, y0), (x1, y1) = self.place(left, bottom), self.place(right, top)
        return Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _read_page(page: Any, number: int, label: str | None, fonts: dict[int, tuple[bool, bool]]) -> RawPage:
    width, height = page.get_size()
    frame = _Frame(*page.get_bbox(), page.get_rotation() // 90)
    drawn = _drawn(page, frame)
    text = page.get_textpage()
    try:
        glyphs = _glyphs(text, frame, drawn.order, fonts)
    finally:
        text.close()
    images = _share(drawn.images, width, height)
    words, layered = words_of(glyphs, width, height, keep_invisible=images > 0.5)
    return RawPage(
        number, width, height, words, tuple(drawn.rules), images, label, layered, bool(drawn.images or drawn.inked)
    )


class _Drawn(NamedTuple):
    rules: list[Rule]
    images: list[Rule]
    fills: list[tuple[int, Rule]]
    order: dict[int, int]
    inked: int


def _drawn(page: Any, frame: _Frame) -> _Drawn:
    """Everything a page draws that is not text, and the paint order of what is."""
    call = _calls()
    found = _Drawn([], [], [], {}, 0)
    inked = 0
    handle, count, get = ctypes.cast(page.raw, ctypes.c_void_p).value, call.count_objects, call.get_object
    box = (ctypes.c_float * 4)()
    ends = [ctypes.addressof(box) + 4 * i for i in range(4)]
    for index in range(count(handle)):
        item = get(handle, index)
        kind = call.object_type(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            found.order[item] = index
            continue
        if not call.bounds(item, *ends):
            continue
        area = frame.area(*box)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            inked += 1
            if min(area.x1 - area.x0, area.y1 - area.y0) <= RULE_POINTS:
                found.rules.append(area)
            else:
                found.fills.append((index, area))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            found.images.append(area)
    return found._replace(inked=inked)


def _share(areas: list[Rule], width: float, height: float) -> float:
    """The part of the page that the areas cover, at most 1 (overlaps are counted twice)."""
    total = sum(
        max(min(a.x1, width) - max(a.x0, 0.0), 0.0) * max(min(a.y1, height) - max(a.y0, 0.0), 0.0) for a in areas
    )
    return min(total / (width * height), 1.0) if width and height else 0.0


def _glyphs(text: Any, frame: _Frame, order: dict[int, int], fonts: dict[int, tuple[bool, bool]]) -> Glyphs:
    """Every character of a page with its place and style, in the file's order."""
    call = _calls()
    handle = ctypes.cast(text.raw, ctypes.c_void_p).value
    count: int = text.count_chars()
    boxes = np.zeros((max(count, 1), 4), dtype=np.float32)
    base, loose, owner = boxes.ctypes.data, call.loose_box, call.text_object
    for index in range(count):
        loose(handle, index, base + 16 * index)
    owners = [owner(handle, index) or 0 for index in range(count)]
    styles: list[Style] = []
    known: dict[int, int] = {}
    style_at = []
    for index, item in enumerate(owners):
        at = known.get(item)
        if at is None:
            at = known[item] = len(styles)
            styles.append(_style(handle, index, item, frame, order, fonts) if item else NO_STYLE)
        style_at.append(at)
    x0 = frame.place(boxes[:count, 0], boxes[:count, 1])[0]
    x1 = frame.place(boxes[:count, 2], boxes[:count, 3])[0]
    return Glyphs(_characters(text, handle, count), np.minimum(x0, x1), np.maximum(x0, x1), style_at, styles)


NO_STYLE = Style(0.0, 0.0, False, False, False, True, -1)


def _characters(text: Any, handle: int | None, count: int) -> str:
    """One character for each that pdfium counts, so that indexes agree."""
    whole: str = text.get_text_range(0, count) if count else ""
    if len(whole) == count:
        return whole
    unicode = _calls().unicode
    codes = (unicode(handle, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd" for code in codes)


def _style(
    handle: int | None, index: int, item: int, frame: _Frame, order: dict[int, int], fonts: dict[int, tuple[bool, bool]]
) -> Style:
    """Size, baseline and weight of a text object, read at its first character."""
    call = _calls()
    matrix, origin = (ctypes.c_float * 6)(), (ctypes.c_double * 2)()
    call.matrix(handle, index, ctypes.addressof(matrix))
    call.origin(handle, index, ctypes.addressof(origin), ctypes.addressof(origin) + 8)
    size = call.font_size(handle, index) * float(np.hypot(matrix[2], matrix[3]))
    (ax, ay), (bx, by) = frame.place(0.0, 0.0), frame.place(matrix[0], matrix[1])
    level = bx - ax > 0 and abs(by - ay) < 0.2 * (bx - ax)
    font = call.font(item) or 0
    if font not in fonts:
        fonts[font] = _weight(font)
    bold, italic = fonts[font]
    _, baseline = frame.place(origin[0], origin[1])
    mode = call.render_mode(item)
    return Style(baseline, size, bold or mode == 2, italic, mode == INVISIBLE, level, order.get(item, 0))


def _weight(font: int) -> tuple[bool, bool]:
    """(bold, italic) of a font, by its name first: descriptors often say nothing."""
    if not font:
        return False, False
    call = _calls()
    buffer = ctypes.create_string_buffer(256)
    call.font_name(font, ctypes.addressof(buffer), 256)
    name = buffer.value.decode("latin-1").lower()
    flags = call.font_flags(font)
    bold = any(part in name for part in ("bold", "black", "heavy", "demi")) or bool(flags & BOLD_FLAG)
    italic = "italic" in name or "oblique" in name or bool(flags & ITALIC_FLAG)
    return bold, italic


class _Calls(NamedTuple):
    loose_box: Callable[..., int]
    text_object: Callable[..., int | None]
    unicode: Callable[..., int]
    matrix: Callable[..., int]
    origin: Callable[..., int]
    font_size: Callable[..., float]
    font: Callable[..., int | None]
    font_name: Callable[..., int]
    font_flags: Callable[..., int]
    render_mode: Callable[..., int]
    count_objects: Callable[..., int]
    get_object: Callable[..., int]
    object_type: Callable[..., int]
    bounds: Callable[..., int]


@cache
def _calls() -> _Calls:
    """The functions of pdfium bound with plain pointers: half the cost of its typed bindings."""
    pointer, number = ctypes.c_void_p, ctypes.c_int

    def bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
        address = ctypes.cast(getattr(raw, name), pointer).value
        function: Callable[..., Any] = ctypes.PYFUNCTYPE(result, *arguments)(address or 0)
        return function

    return _Calls(
        loose_box=bind("FPDFText_GetLooseCharBox", number, pointer, number, pointer),
        text_object=bind("FPDFText_GetTextObject", pointer, pointer, number),
        unicode=bind("FPDFText_GetUnicode", ctypes.c_uint, pointer, number),
        matrix=bind("FPDFText_GetMatrix", number, pointer, number, pointer),
        origin=bind("FPDFText_GetCharOrigin", number, pointer, number, pointer, pointer),
        font_size=bind("FPDFText_GetFontSize", ctypes.c_double, pointer, number),
        font=bind("FPDFTextObj_GetFont", pointer, pointer),
        font_name=bind("FPDFFont_GetBaseFontName", ctypes.c_size_t, pointer, pointer, ctypes.c_size_t),
        font_flags=bind("FPDFFont_GetFlags", number, pointer),
        render_mode=bind("FPDFTextObj_GetTextRenderMode", number, pointer),
        count_objects=bind("FPDFPage_CountObjects", number, pointer),
        get_object=bind("FPDFPage_GetObject", pointer, pointer, number),
        object_type=bind("FPDFPageObj_GetType", number, pointer),
        bounds=bind("FPDFPageObj_GetBounds", number, pointer, pointer, pointer, pointer, pointer),
    )
