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
import math
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
from corpus.frame import Frame
from corpus.glyphs import Glyphs, Style, words_of
from corpus.model import OutlineItem, RawPage, RawWord, Rule
from corpus.unseen import WHOLE_PAGE, Cover, is_redacted, seen, suspects

log = logging.getLogger(__name__)

HEAD_BYTES = 1024  # readers look for "%PDF-" in the first kilobyte
TAIL_BYTES = 2048  # and for "%%EOF" near the end
RULE_POINTS = 3.0  # a drawn bar thinner than this is a rule, not an area
ITALIC_FLAG, BOLD_FLAG = 1 << 6, 1 << 18  # font descriptor flags (PDF 32000-1, table 123)
PICTURE_SCALE = 2.0  # pixels a point, to see what is shown: a full stop is still four pixels
MOST_PIXELS = 4000  # along the longer side of a picture: plans and posters are drawn smaller
MOST_DRAWN = 2000  # rules, and areas, that are looked at on a page: a map has a hundred thousand
FEWEST_TURNED = 100  # characters that show a page to be set sideways
MOST_TURNED = 0.6  # of its characters
FORM_DEPTH = 4  # form objects inside form objects, deep enough for every court's cover sheet
INVISIBLE = (3, 7)  # text render modes that paint nothing: an OCR layer
FILL_AND_STROKE = 2  # text render mode of made-up bold
SIGN_FONT, MINUS = "wp-matha", "\u2212"  # WordPerfect's mathematical signs: its "!" is drawn as a minus
DARK = 100  # of 255: an area darker than this is a redaction, or as good as one
TRANSPARENT = 25  # of 255: less opaque than this is not seen
PASSIVE_ANNOTATIONS = (
    raw.FPDF_ANNOT_LINK,
    raw.FPDF_ANNOT_POPUP,
    raw.FPDF_ANNOT_TEXT,
)  # these paint nothing on the page


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
        except (pdfium.PdfiumError, ValueError) as error:
            log.warning("%s: its bookmarks are broken and are left out (%s)", self.name, error)
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
                return _picture(page, min(scale, MOST_PIXELS / max(*page.get_size(), 1.0)))
            finally:
                page.close()
        except (pdfium.PdfiumError, IndexError) as error:
            raise UnreadablePdf(f"{self.name}: page {number} cannot be drawn ({error}).") from error

    def _page(self, index: int, label: str | None) -> RawPage:
        try:
            page = _flat_page(self._document, index)
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
    ends = b"%%EOF" in data.rstrip(b"\0\r\n\t ")[-TAIL_BYTES:]  # some courts pad their files with zeros
    cut = (f"{name}: the end of the file is missing; pages may be lost. Fetch it again.",)
    try:
        return pdfium.PdfDocument(data), () if ends else cut
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise EncryptedPdf(f"{name}: encrypted; it needs a password. Save a copy without one.") from error
        if not ends:
            raise UnreadablePdf(f"{name}: truncated; the end of the file is missing. Fetch it again.") from error
        repaired = _repair(data, name)
        return repaired, (f"{name} was damaged and has been repaired for reading; compare it with the original.",)


def _repair(data: bytes, name: str) -> Any:
    _quiet()
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


@cache
def _quiet() -> None:
    """Keep what pypdf notes about a damaged file off the terminal: the repair is told of once, in our words."""
    logging.getLogger("pypdf").addHandler(logging.NullHandler())


def _outline_item(mark: Any) -> OutlineItem:
    target = mark.get_dest()
    index = target.get_index() if target is not None else None
    return OutlineItem(mark.get_title().strip(), mark.level + 1, None if index is None else index + 1)


def _picture(page: Any, scale: float) -> npt.NDArray[np.uint8]:
    bitmap = page.render(scale=scale, rev_byteorder=True)
    pixels: npt.NDArray[np.uint8] = bitmap.to_numpy()[:, :, :3].copy()
    bitmap.close()
    return pixels


def _flat_page(document: Any, index: int) -> Any:
    """The page with its annotations and form fields made part of it: what they show is read, what they hide is not."""
    page = document[index]
    if any(kind not in PASSIVE_ANNOTATIONS for kind in _annotations(page)):
        raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
        page.close()
        page = document[index]
    return page


def _annotations(page: Any) -> Iterator[int]:
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        yield raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)


def _read_page(page: Any, number: int, label: str | None, fonts: dict[int, tuple[bool, bool]]) -> RawPage:
    left, bottom, right, top = page.get_bbox()
    shown = Frame(left, bottom, right, top, page.get_rotation() // 90)
    text = page.get_textpage()
    try:
        read = _read_text(page, text, shown, fonts)
        turned = _turned(read.glyphs)
        if turned:
            read = _read_text(page, text, shown.turned(turned), fonts, turned)
    finally:
        text.close()
    width, height = shown.turned(turned).size
    images = _share([cover.area for cover in read.drawn.covers if cover.light is None], width, height)
    dark, rules = _dark(read.drawn), tuple(read.drawn.rules)
    return RawPage(
        number, width, height, read.words, rules, images, label, read.layered, dark, "", turned, read.redacted
    )


class _Read(NamedTuple):
    """What a page holds, seen in one frame."""

    glyphs: Glyphs
    drawn: _Drawn
    words: tuple[RawWord, ...]
    layered: bool
    redacted: bool


def _read_text(page: Any, text: Any, frame: Frame, fonts: dict[int, tuple[bool, bool]], turned: int = 0) -> _Read:
    width, height = frame.size
    drawn = _drawn(page, frame)
    glyphs, owners = _glyphs(text, frame, drawn.order, fonts)
    shown, layered = _shown(page, glyphs, owners, drawn, width * height, turned)
    redacted = not shown.all() and is_redacted(glyphs, ~shown, _dark(drawn))
    return _Read(glyphs, drawn, words_of(glyphs, width, height, shown), layered, redacted)


def _turned(glyphs: Glyphs) -> int:
    """Quarter turns clockwise that set most of the page's text upright; 0 for a page that reads as it stands."""
    if len(glyphs.text) < FEWEST_TURNED:
        return 0
    turns = glyphs.column("turn")[glyphs.column("order") >= 0]
    counts = [int((turns == quarter).sum()) for quarter in range(4)]
    best = max(range(4), key=lambda quarter: counts[quarter])
    return best if counts[best] >= FEWEST_TURNED and counts[best] > MOST_TURNED * len(turns) else 0


def _shown(
    page: Any, glyphs: Glyphs, owners: list[int], drawn: _Drawn, page_area: float, turned: int
) -> tuple[npt.NDArray[np.bool_], bool]:
    """Which characters the page shows, and whether they are the text layer of a scan (then all are kept)."""
    if not glyphs.text:
        return np.zeros(0, dtype=bool), False
    large = [c for c in drawn.covers if c.light is None and _area(c.area) > WHOLE_PAGE * page_area]
    invisible = np.asarray(glyphs.column("invisible"), dtype=bool)
    if large and (invisible | suspects(glyphs, large)).mean() > 0.5:
        return np.ones(len(glyphs.text), dtype=bool), True
    hidden = suspects(glyphs, drawn.covers) & ~invisible
    if not hidden.any():
        return ~invisible, False
    scale = min(PICTURE_SCALE, MOST_PIXELS / max(page.get_size()))
    with_ = np.rot90(_picture(page, scale), -turned)
    items = {owners[index] for index in np.flatnonzero(hidden)} - {0}
    activate = _calls().activate
    for item in items:
        activate(item, 0)
    without = np.rot90(_picture(page, scale), -turned)
    for item in items:
        activate(item, 1)
    return seen(glyphs, hidden, with_, without, scale) & ~invisible, False


class _Drawn(NamedTuple):
    """What a page paints besides text, and the paint order of its text objects."""

    rules: list[Rule]
    covers: list[Cover]
    order: dict[int, int]


def _dark(drawn: _Drawn) -> tuple[Rule, ...]:
    return tuple(cover.area for cover in drawn.covers if cover.light is not None and cover.light < DARK)


IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Matrix = tuple[float, ...]


def _drawn(page: Any, frame: Frame) -> _Drawn:
    """Everything a page draws that is not text, and the paint order of what is."""
    call = _calls()
    found = _Drawn([], [], {})
    handle = ctypes.cast(page.raw, ctypes.c_void_p).value
    items = (call.get_object(handle, index) for index in range(call.count_objects(handle)))
    for order, (item, matrix) in enumerate(_painted(items, IDENTITY, FORM_DEPTH)):
        kind = call.object_type(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            found.order[item] = order
            continue
        area = _bounds(item, matrix, frame)
        if area is None:
            continue
        if kind == raw.FPDF_PAGEOBJ_PATH and min(area.x1 - area.x0, area.y1 - area.y0) <= RULE_POINTS:
            found.rules.append(area)
        elif kind != raw.FPDF_PAGEOBJ_PATH or _is_filled(item):
            light = _light(call.fill_colour, item) if kind == raw.FPDF_PAGEOBJ_PATH else None
            found.covers.append(Cover(order, area, light))
    if len(found.rules) > MOST_DRAWN:  # a drawing, not text with rules
        found.rules.clear()
    if len(found.covers) > MOST_DRAWN:
        found.covers.sort(key=lambda cover: _area(cover.area), reverse=True)
        del found.covers[MOST_DRAWN:]
    return found


def _painted(items: Iterator[int], matrix: Matrix, depth: int) -> Iterator[tuple[int, Matrix]]:
    """Objects in paint order with the matrix they stand under; form objects opened."""
    call = _calls()
    for item in items:
        if call.object_type(item) != raw.FPDF_PAGEOBJ_FORM or depth == 0:
            yield item, matrix
            continue
        own = (ctypes.c_float * 6)()
        call.object_matrix(item, ctypes.addressof(own))
        inner = (call.form_object(item, index) for index in range(call.form_count(item)))
        yield from _painted(inner, _concat(tuple(own), matrix), depth - 1)


def _concat(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that applies `first`, then `second`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _bounds(item: int, matrix: Matrix, frame: Frame) -> Rule | None:
    """Where an object stands on the displayed page; None for one without a place."""
    box = (ctypes.c_float * 4)()
    at = ctypes.addressof(box)
    if not _calls().bounds(item, at, at + 4, at + 8, at + 12):
        return None
    if matrix is IDENTITY:
        return frame.area(*box)
    left, bottom, right, top = box
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return frame.area(min(xs), min(ys), max(xs), max(ys))


def _is_filled(item: int) -> bool:
    mode, stroke = ctypes.c_int(0), ctypes.c_int(0)
    _calls().draw_mode(item, ctypes.addressof(mode), ctypes.addressof(stroke))
    return bool(mode.value != raw.FPDF_FILLMODE_NONE)


def _area(rule: Rule) -> float:
    return (rule.x1 - rule.x0) * (rule.y1 - rule.y0)


def _share(areas: list[Rule], width: float, height: float) -> float:
    """The part of the page that the areas cover, at most 1 (overlaps are counted twice)."""
    total = sum(
        max(min(a.x1, width) - max(a.x0, 0.0), 0.0) * max(min(a.y1, height) - max(a.y0, 0.0), 0.0) for a in areas
    )
    return min(total / (width * height), 1.0) if width and height else 0.0


def _glyphs(
    text: Any, frame: Frame, order: dict[int, int], fonts: dict[int, tuple[bool, bool]]
) -> tuple[Glyphs, list[int]]:
    """Every character of a page with its place and style, in the file's order; and the text object it is of."""
    call = _calls()
    handle = ctypes.cast(text.raw, ctypes.c_void_p).value
    count: int = text.count_chars()
    boxes = np.zeros((max(count, 1), 4), dtype=np.float32)
    base, loose, owner = boxes.ctypes.data, call.loose_box, call.text_object
    for index in range(count):
        loose(handle, index, base + 16 * index)
    owners = [owner(handle, index) or 0 for index in range(count)]
    items, firsts, style_at = np.unique(np.array(owners, dtype=np.uint64), return_index=True, return_inverse=True)
    styles = [
        _style(handle, index, item, frame, order, fonts) if item else NO_STYLE
        for item, index in zip(items.tolist(), firsts.tolist(), strict=True)
    ]
    x0 = frame.place(boxes[:count, 0], boxes[:count, 1])[0]
    x1 = frame.place(boxes[:count, 2], boxes[:count, 3])[0]
    shown = _signed(_characters(text, handle, count), owners)
    glyphs = Glyphs(shown, np.minimum(x0, x1), np.maximum(x0, x1), style_at, styles)
    return glyphs, owners


NO_STYLE = Style(0.0, 0.0, False, False, False, 0, 0, -1)


def _characters(text: Any, handle: int | None, count: int) -> str:
    """One character for each that pdfium counts, so that indexes agree."""
    whole: str = text.get_text_range(0, count) if count else ""
    if len(whole) == count:
        return whole
    unicode = _calls().unicode
    codes = (unicode(handle, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd" for code in codes)


def _signed(characters: str, owners: list[int]) -> str:
    """The characters, with a minus for the "!" of a sign font that draws a minus in its place."""
    if "!" not in characters:
        return characters
    font = _calls().font
    minus = {owner: SIGN_FONT in _font_name(font(owner) or 0) for owner in set(owners) - {0}}
    return "".join(
        MINUS if char == "!" and minus.get(owner) else char for char, owner in zip(characters, owners, strict=True)
    )


def _style(
    handle: int | None, index: int, item: int, frame: Frame, order: dict[int, int], fonts: dict[int, tuple[bool, bool]]
) -> Style:
    """Size, baseline and weight of a text object, read at its first character."""
    call = _calls()
    matrix, origin = (ctypes.c_float * 6)(), (ctypes.c_double * 2)()
    call.matrix(handle, index, ctypes.addressof(matrix))
    call.origin(handle, index, ctypes.addressof(origin), ctypes.addressof(origin) + 8)
    size = call.font_size(handle, index) * math.hypot(matrix[2], matrix[3])
    turn = frame.turn_of(matrix[0], matrix[1])
    font = call.font(item) or 0
    if font not in fonts:
        fonts[font] = _weight(font)
    bold, italic = fonts[font]
    _, baseline = frame.place(origin[0], origin[1])
    mode = call.render_mode(item)
    bold = bold or mode == FILL_AND_STROKE
    light = _light(_calls().text_colour, handle, index)
    return Style(baseline, size, bold, italic, mode in INVISIBLE, light, turn, order.get(item, 0))


def _light(colour: Callable[..., int], *of: int | None) -> int:
    """How light a fill colour is, 0 to 255; 255 for one next to transparent."""
    parts = (ctypes.c_uint * 4)()
    at = ctypes.addressof(parts)
    if not colour(*of, at, at + 4, at + 8, at + 12):
        return 0
    return 255 if parts[3] < TRANSPARENT else (299 * parts[0] + 587 * parts[1] + 114 * parts[2]) // 1000


def _weight(font: int) -> tuple[bool, bool]:
    """(bold, italic) of a font, by its name first: descriptors often say nothing."""
    if not font:
        return False, False
    name, flags = _font_name(font), _calls().font_flags(font)
    bold = any(part in name for part in ("bold", "black", "heavy", "demi")) or bool(flags & BOLD_FLAG)
    italic = "italic" in name or "oblique" in name or bool(flags & ITALIC_FLAG)
    return bold, italic


def _font_name(font: int) -> str:
    """The font's name in lower case; "" for none."""
    if not font:
        return ""
    buffer = ctypes.create_string_buffer(256)
    _calls().font_name(font, ctypes.addressof(buffer), 256)
    return buffer.value.decode("latin-1").lower()


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
    object_matrix: Callable[..., int]
    form_count: Callable[..., int]
    form_object: Callable[..., int]
    draw_mode: Callable[..., int]
    activate: Callable[..., int]
    text_colour: Callable[..., int]
    fill_colour: Callable[..., int]


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
        object_matrix=bind("FPDFPageObj_GetMatrix", number, pointer, pointer),
        form_count=bind("FPDFFormObj_CountObjects", number, pointer),
        form_object=bind("FPDFFormObj_GetObject", pointer, pointer, ctypes.c_ulong),
        draw_mode=bind("FPDFPath_GetDrawMode", number, pointer, pointer, pointer),
        activate=bind("FPDFPageObj_SetIsActive", number, pointer, number),
        text_colour=bind("FPDFText_GetFillColor", number, pointer, number, pointer, pointer, pointer, pointer),
        fill_colour=bind("FPDFPageObj_GetFillColor", number, pointer, pointer, pointer, pointer, pointer),
    )
