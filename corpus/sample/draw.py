"""Draw a composed filing as a PDF: lines, covers and captions, margins, running heads, footers, stamps.

draw_filing(composed, docket) -> bytes     the same bytes for the same input (reportlab's invariant mode)
"""

from __future__ import annotations

import io

from reportlab import rl_config
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.sample.compose import Composed, Folio
from corpus.sample.covers import SLIP_HEAD_Y, draw_cover, draw_first_page
from corpus.sample.forms import PAGE_HEIGHT, PAGE_WIDTH, Form
from corpus.sample.ink import draw_runs
from corpus.sample.paging import Leaf, Placed
from corpus.sample.source import Docket
from corpus.sample.stamps import draw_stamp

NOTICE = "Moot court record. The parties and facts are fictitious."


def draw_filing(composed: Composed, docket: Docket, *, stamps: bool = True) -> bytes:
    """The filing's PDF."""
    out = io.BytesIO()
    canvas = open_canvas(out, composed, docket)
    for index, folio in enumerate(composed.folios):
        _draw_page(canvas, composed, docket, index, folio)
        if stamps:
            draw_stamp(canvas, composed.source, docket, index + 1, len(composed.folios))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def open_canvas(out: io.BytesIO, composed: Composed, docket: Docket) -> Canvas:
    """A canvas with the filing's document information, and for a brief its page-label tree."""
    rl_config.useA85 = 0  # plain binary streams: a quarter smaller
    canvas = Canvas(out, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, pageCompression=1)
    caption = docket.captions[composed.source.header["docket"]]
    canvas.setTitle(composed.source.header["title"].replace("'", "’"))
    canvas.setSubject(f"{NOTICE} No. {caption['number']}")
    canvas.setAuthor("Sample docket of Pincite")
    canvas.setCreator("Pincite sample docket builder")
    canvas.setKeywords("moot court, fictitious, CC0")
    if composed.source.form == "brief":
        arabic = next(i for i, f in enumerate(composed.folios) if f.label == "1")
        canvas.addPageLabel(0, None, None, "Cover")
        if arabic > 1:
            canvas.addPageLabel(1, "ROMAN_LOWER", 1)
        canvas.addPageLabel(arabic, "ARABIC", 1)
    return canvas


def _draw_page(canvas: Canvas, composed: Composed, docket: Docket, index: int, folio: Folio) -> None:
    form = composed.form
    if form.rows and folio.use != "slip":
        _draw_ruled(canvas, composed)
    if folio.use == "cover":
        draw_cover(canvas, composed, docket, NOTICE)
    elif index == 0:
        draw_first_page(canvas, composed, docket, NOTICE)
    _draw_leaf(canvas, folio.leaf, form, centered=folio.use == "slip")
    if folio.use == "slip" or (folio.use == "cover" and form.name not in ("transcript", "slip")):
        return
    if form.name == "slip":
        _draw_slip_head(canvas, composed, docket, folio)
    else:
        _draw_foot(canvas, composed, folio)
    if composed.source.form == "brief":
        _draw_bookmarks(canvas, composed, folio, index)


def _draw_leaf(canvas: Canvas, leaf: Leaf, form: Form, *, centered: bool = False) -> None:
    """Body and footnotes; a slip sheet's words stand in the middle of the page."""
    drop = form.height * 0.4 if centered else 0
    for placed in leaf.placed:
        _draw_line(canvas, placed, form, drop)
    if leaf.rule is not None:
        y = form.top - leaf.rule
        canvas.setLineWidth(0.6)
        canvas.line(form.left, y, form.left + 144, y)


def _draw_line(canvas: Canvas, placed: Placed, form: Form, drop: float) -> None:
    y = form.top - placed.y - drop
    draw_runs(canvas, placed.line, form.left, y)


def _draw_ruled(canvas: Canvas, composed: Composed) -> None:
    """Line numbers, rules and, on pleading paper, what stands in the margin."""
    form, header = composed.form, composed.source.header
    face, size = ("Courier", 12) if form.name == "transcript" else ("Times-Roman", 12)
    canvas.setFont(face, size)
    for row in range(1, form.rows + 1):
        canvas.drawRightString(form.left - 16, form.top - row * form.grid + 5.3, str(row))
    canvas.setLineWidth(0.7)
    if form.name == "transcript":
        canvas.line(form.left - 10, 46, form.left - 10, 744)
        return
    for x in (form.left - 11, form.left - 8.5, form.left + form.width + 7):
        canvas.line(x, 0, x, PAGE_HEIGHT)
    _draw_margin(canvas, header.get("margin", ""))


def _draw_margin(canvas: Canvas, words: str) -> None:
    """The firm's or the court's name up the left margin."""
    lines = [part.strip() for part in words.replace(" / ", "|").replace("~", "|").split("|") if part.strip()]
    if not lines:
        return
    canvas.saveState()
    canvas.translate(46, PAGE_HEIGHT / 2)
    canvas.rotate(90)
    size = 9 if len(lines) == 1 else 12
    canvas.setFont("Helvetica" if len(lines) == 1 else "Times-Roman", size)
    for index, line in enumerate(lines):
        canvas.drawCentredString(0, -index * (size + 2), line)
    canvas.restoreState()


def _draw_foot(canvas: Canvas, composed: Composed, folio: Folio) -> None:
    """Page number and footer title."""
    form, header = composed.form, composed.source.header
    middle = form.left + form.width / 2
    if form.name == "transcript":
        canvas.setFont("Courier", 12)
        canvas.drawRightString(form.left + form.width, 750, folio.label or "")
        canvas.setFont("Courier", 9)
        canvas.drawCentredString(middle, 34, "Winifred L. Aske, CSR No. 90071")
        return
    if form.name == "pleading":
        _draw_pleading_foot(canvas, composed, folio, middle)
        return
    canvas.setFont("Times-Roman", form.styles["body"].size)
    canvas.drawCentredString(middle, 44, folio.label or "")
    if header.get("footer") and form.name == "scan":
        canvas.setFont("Times-Roman", 9)
        canvas.drawCentredString(middle, 30, header["footer"].replace("'", "’"))


def _draw_pleading_foot(canvas: Canvas, composed: Composed, folio: Folio, middle: float) -> None:
    header = composed.source.header
    canvas.setFont("Times-Roman", 11)
    if not header.get("footer"):
        canvas.drawCentredString(middle, 34, folio.label or "")
        return
    left, right = composed.form.left, composed.form.left + composed.form.width
    canvas.setLineWidth(0.5)
    canvas.line(left, 50, right, 50)
    canvas.drawCentredString(middle, 38, folio.label or "")
    canvas.setFont("Times-Roman", 8.5)
    words = header["footer"].replace("'", "’")
    canvas.drawString(left, 27, words)
    number = "CASE NO. 4:23-CV-90417-AMT"
    if stringWidth(words + number, "Times-Roman", 8.5) < right - left - 12:
        canvas.drawRightString(right, 27, number)


def _draw_slip_head(canvas: Canvas, composed: Composed, docket: Docket, folio: Folio) -> None:
    """`2   TARNWICK MESSAGING V. VELKANE SYSTEMS` on even pages, the mirror on odd ones; none on the first."""
    number = int(folio.label or "1")
    if number == 1:
        return
    form, y = composed.form, SLIP_HEAD_Y
    words = docket.captions["appeal"]["running"]
    canvas.setFont("Times-Roman", 11)
    canvas.drawCentredString(form.left + form.width / 2, y, words)
    canvas.setFont("Times-Roman", 12)
    if number % 2:
        canvas.drawRightString(form.left + form.width, y, str(number))
    else:
        canvas.drawString(form.left, y, str(number))


def _draw_bookmarks(canvas: Canvas, composed: Composed, folio: Folio, index: int) -> None:
    """An outline entry for each heading that starts on this page."""
    seen: set[int] = set()
    for placed in folio.leaf.placed:
        entry = composed.entries[placed.owner] if placed.owner >= 0 else None
        if entry is None or entry.kind != "heading" or placed.owner in seen or placed.line.start > 12:
            continue
        seen.add(placed.owner)
        key = f"h{placed.owner}"
        canvas.bookmarkPage(key)
        canvas.addOutlineEntry(entry.text.words(), key, level=_outline_level(composed, placed.owner), closed=True)


def _outline_level(composed: Composed, owner: int) -> int:
    """The heading's depth, never more than one below the heading before it (the outline allows no gaps)."""
    depth = -1
    for entry in composed.entries[: owner + 1]:
        if entry.kind == "heading":
            depth = min(entry.level - 1, depth + 1)
    return depth
