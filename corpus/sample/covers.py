"""First pages: the caption on pleading and plain paper, the cover of a brief, the first page of a slip opinion."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reportlab.pdfgen.canvas import Canvas

from corpus.sample.compose import Composed
from corpus.sample.forms import PAGE_HEIGHT, PAGE_WIDTH
from corpus.sample.ink import draw_runs
from corpus.sample.source import Docket
from corpus.sample.typeset import Line, Style, column

SLIP_HEAD_Y = 690.0
_PLAIN = Style(size=12, leading=12, align="left")
_CENTER = replace(_PLAIN, align="center")


def draw_cover(canvas: Canvas, composed: Composed, docket: Docket, notice: str) -> None:
    """The page before a filing's tables: a brief's cover, or a caption page on pleading paper."""
    if composed.source.form == "brief":
        _brief_cover(canvas, composed, docket, notice)
    elif composed.source.form == "slip":
        _slip_cover(canvas, composed, docket)
        canvas.setFont("Times-Italic", 9)
        canvas.drawCentredString(PAGE_WIDTH / 2, 60, notice)
    elif composed.source.form == "transcript":
        _transcript_cover(canvas, composed, docket, notice)
    else:
        draw_first_page(canvas, composed, docket, notice)


def draw_first_page(canvas: Canvas, composed: Composed, docket: Docket, notice: str) -> None:
    """What stands above the text on page 1."""
    form = composed.source.form
    if form == "pleading":
        _pleading_caption(canvas, composed, docket)
    elif form in ("plain", "scan"):
        _plain_caption(canvas, composed, docket)
    canvas.setFont("Times-Italic", 9)
    canvas.drawCentredString(composed.form.left + composed.form.width / 2, 16, notice)


def _lines(canvas: Canvas, lines: list[Line], x: float, y: float, leading: float) -> float:
    """Draw lines downwards from baseline `y`; the next baseline."""
    for line in lines:
        draw_runs(canvas, line, x, y)
        y -= leading
    return y


def _pleading_caption(canvas: Canvas, composed: Composed, docket: Docket) -> None:
    """Counsel from line 1, the court from line 8, the caption box to line 18 (without counsel: four lines higher)."""
    form, header = composed.form, composed.source.header
    caption = docket.captions["district"]
    counsel = header.get("counsel", "")

    def row(n: int) -> float:
        return form.top - n * form.grid + 5.3

    if counsel:
        _lines(canvas, column(counsel, _PLAIN, form.width), form.left, row(1), 12)
    top = 7 if counsel else 3
    court = column(caption["court"], replace(_CENTER, bold=True), form.width)
    _lines(canvas, court, form.left, row(top), 18)
    _caption_box(canvas, composed, docket, row(top + 3), row(top + 10) - 8)


def _caption_box(canvas: Canvas, composed: Composed, docket: Docket, y: float, foot: float) -> None:
    """Parties at the left of a rule, number and title at the right."""
    form, header = composed.form, composed.source.header
    caption = docket.captions["district"]
    half = form.width / 2
    left = _parties(caption, half - 14)
    for words, indent, gap in left:
        y_next = y if words is None else _lines(canvas, words, form.left + indent, y, 12)
        y = y_next - gap
    canvas.setLineWidth(0.8)
    canvas.line(form.left, foot, form.left + half, foot)
    top = form.top - (7 if header.get("counsel") else 3) * form.grid - 2.4 * form.grid
    canvas.line(form.left + half, foot, form.left + half, top)
    x, wide = form.left + half + 12, half - 14
    y = top - 13
    y = _lines(canvas, column(f"Case No. {caption['number']}", _PLAIN, wide), x, y, 12) - 10
    y = _lines(canvas, column(header["title"], replace(_PLAIN, bold=True), wide), x, y, 12.6) - 8
    if header.get("block"):
        _lines(canvas, column(header["block"], _PLAIN, wide), x, y, 12)


def _parties(caption: dict[str, str], wide: float) -> list[tuple[list[Line] | None, float, float]]:
    """(lines, indent, gap below) for the left half of a caption."""
    rows: list[tuple[list[Line] | None, float, float]] = []
    for words, indent, gap in (
        (caption["above"], 0.0, 8.0), (caption["above_role"], 100.0, 8.0), ("v.", 36.0, 8.0),
        (caption["below"], 0.0, 8.0), (caption["below_role"], 100.0, 0.0),
    ):  # fmt: skip
        rows.append((column(words, _PLAIN, wide - indent), indent, gap))
    return rows


def _plain_caption(canvas: Canvas, composed: Composed, docket: Docket) -> None:
    """Court, then parties and number on either side of a column of parentheses."""
    form, header = composed.form, composed.source.header
    caption = docket.captions["district"]
    y = _lines(canvas, column(caption["court"], replace(_CENTER, bold=True), form.width), form.left, form.top - 12, 16)
    y -= 14
    top, half = y, form.width / 2
    for words, indent, gap in _parties(caption, half - 16):
        y = _lines(canvas, words or [], form.left + indent, y, 13) - gap
    canvas.setFont("Times-Roman", 12)
    at = top
    while at > y - 6:
        canvas.drawString(form.left + half - 4, at, ")")
        at -= 13
    x, wide = form.left + half + 18, half - 24
    right = _lines(canvas, column(f"Case No. {caption['number']}", _PLAIN, wide), x, top - 26, 13) - 12
    bold = replace(_PLAIN, bold=True)
    right = _lines(canvas, column(header["title"], bold, wide), x, right, 13.5) - 10
    if header.get("block") and form.name != "scan":
        _lines(canvas, column(header["block"], _PLAIN, wide), x, right, 13)


def _brief_cover(canvas: Canvas, composed: Composed, docket: Docket, notice: str) -> None:
    """Number, court, parties, the court below, title, counsel."""
    form, header = composed.form, composed.source.header
    caption = docket.captions["appeal"]
    big = replace(_CENTER, size=14, bold=True)
    center = replace(_CENTER, size=13)
    y = PAGE_HEIGHT - 84
    y = _lines(canvas, column(f"No. {caption['number']}", big, form.width), form.left, y, 16) - 12
    y = _rule(canvas, composed, y)
    y = _lines(canvas, column("IN THE " + caption["court"], big, form.width), form.left, y, 18) - 8
    y = _rule(canvas, composed, y)
    for part, role in (("above", "above_role"), ("below", "below_role"), ("also", "also_role")):
        y = _lines(canvas, column(caption[part], center, form.width), form.left, y, 15)
        italic = replace(center, italic=True)
        y = _lines(canvas, column(caption[role], italic, form.width), form.left, y - 2, 15) - 5
        if part == "above":
            y = _lines(canvas, column("v.", center, form.width), form.left, y, 15) - 5
        elif part == "below":
            y = _lines(canvas, column("and", center, form.width), form.left, y, 15) - 5
    y = _rule(canvas, composed, y - 4)
    below = [
        "On Appeal from the United States District Court",
        "for the Northern District of California",
        f"No. {docket.captions['district']['number']}",
        "Hon. Adaeze M. Thornbury, United States District Judge",
    ]
    y = _lines(canvas, column("|".join(below), center, form.width), form.left, y, 15) - 10
    y = _rule(canvas, composed, y)
    y = _lines(canvas, column(header["title"], replace(big, size=15), form.width), form.left, y - 4, 19) - 6
    y = _rule(canvas, composed, y)
    counsel = column(header.get("counsel", ""), replace(_PLAIN, size=12), 300)
    bottom = 66 + 14 * len(counsel)
    _lines(canvas, counsel, form.left + 216, min(y - 10, bottom), 14)
    canvas.setFont("Times-Italic", 9)
    canvas.drawCentredString(PAGE_WIDTH / 2, 34, notice)


def _transcript_cover(canvas: Canvas, composed: Composed, docket: Docket, notice: str) -> None:
    """Court, judge, parties, date and appearances, in the ruled column, one to a row."""
    form, header = composed.form, composed.source.header
    caption = docket.captions["district"]
    plain = Style(size=12, leading=25, family="Courier", align="left")
    center = replace(plain, align="center")
    heard = header.get("block", "")
    rows = column("UNITED STATES DISTRICT COURT|NORTHERN DISTRICT OF CALIFORNIA", center, form.width)
    rows += column("TARNWICK MESSAGING, INC., et al.,|~~~~~~~~~~Plaintiffs,", plain, form.width)
    rows += column(f"~~VS.{'~' * 25}NO. {caption['number'].removesuffix('-AMT')}", plain, form.width)
    rows += column("VELKANE SYSTEMS LTD., et al.,|~~~~~~~~~~Defendants.", plain, form.width)
    rows += column("TRANSCRIPT OF PROCEEDINGS", replace(center, bold=True), form.width)
    rows += column(heard, center, form.width) if heard else []
    y = _lines(canvas, rows, form.left, form.top - form.grid + 5.3, form.grid)
    _lines(canvas, column(header.get("counsel", ""), replace(plain, leading=12.5), form.width), form.left, y, 12.5)
    canvas.setFont("Times-Italic", 9)
    canvas.drawCentredString(form.left + form.width / 2, 20, notice)


def _rule(canvas: Canvas, composed: Composed, y: float) -> float:
    middle = PAGE_WIDTH / 2
    canvas.setLineWidth(0.8)
    canvas.line(middle - 110, y, middle + 110, y)
    return y - 22


def _slip_cover(canvas: Canvas, composed: Composed, docket: Docket) -> None:
    """For publication; the court; parties at the left, numbers at the right; who heard and who wrote."""
    form, header = composed.form, composed.source.header
    caption = docket.captions["appeal"]
    bold = replace(_CENTER, bold=True, size=13)
    left, width, half = form.left - 24, form.width + 48, (form.width + 48) / 2
    y = _lines(canvas, column("FOR PUBLICATION", bold, width), left, PAGE_HEIGHT - 92, 16) - 12
    y = _lines(canvas, column(caption["court"], replace(bold, size=15), width), left, y, 18) - 12
    top = y
    for part, role in (("above", "above_role"), ("below", "below_role"), ("also", "also_role")):
        y = _lines(canvas, column(caption[part], _PLAIN, half - 20), left, y, 13.5)
        y = _lines(canvas, column(caption[role], replace(_PLAIN, italic=True), half - 60), left + 40, y, 13.5) - 4
        if part != "also":
            between = {"above": "v.", "below": "and"}[part]
            y = _lines(canvas, column(between, _PLAIN, 60), left + 60, y - 2, 13.5) - 4
    canvas.setLineWidth(0.8)
    canvas.line(left + half, top + 12, left + half, y + 6)
    canvas.line(left, y + 6, left + half, y + 6)
    right = _lines(canvas, column(f"No. {caption['number']}", _CENTER, half), left + half, top - 24, 14) - 10
    right = _lines(canvas, column("D.C. No.|4:23-cv-90417-AMT", _CENTER, half), left + half, right, 14) - 22
    _lines(canvas, column("OPINION", replace(_CENTER, size=14), half), left + half, right, 14)
    y -= 16
    filed = date.fromisoformat(header["filed"])
    y = _lines(canvas, column(caption["from"], _CENTER, width), left, y, 14) - 12
    y = _lines(canvas, column(caption["heard"], _CENTER, width), left, y, 14) - 12
    y = _lines(canvas, column(f"Filed {filed:%B} {filed.day}, {filed.year}", _CENTER, width), left, y, 14) - 12
    for words in header.get("block", "").split("||"):
        if words.strip():
            y = _lines(canvas, column(words, _CENTER, width), left, y, 14) - 10
