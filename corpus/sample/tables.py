"""Tables of contents and authorities, made from what a filing's own pages hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from reportlab.pdfbase.pdfmetrics import stringWidth

from corpus.sample.forms import Form
from corpus.sample.marks import ITALIC, Text
from corpus.sample.paging import Item
from corpus.sample.setting import Entry
from corpus.sample.source import Authority, Docket
from corpus.sample.typeset import Line, Run, Style, break_lines, font, typed

if TYPE_CHECKING:
    from corpus.sample.compose import Folio

PASSIM = 6  # pages from which a table says passim
CATEGORIES = (("case", "Cases"), ("statute", "Statutes"), ("rule", "Rules"), ("other", "Other Authorities"))


def contents_items(entries: list[Entry], folios: list[Folio], form: Form) -> list[Item]:
    """The table of contents: every heading with its printed page."""
    page = {p.owner: f.label for f in reversed(folios) for p in reversed(f.leaf.placed)}
    items = _title("TABLE OF CONTENTS", form)
    for owner, entry in enumerate(entries):
        if entry.kind == "heading" and owner in page:
            text = Text(entry.text.chars, bytearray(s & ITALIC for s in entry.text.styles))
            items.append(_leader_item(text, page[owner] or "", form, indent=18.0 * (entry.level - 1), hang=24))
    return items


def authorities_items(entries: list[Entry], folios: list[Folio], form: Form, docket: Docket) -> list[Item]:
    """The table of authorities: grouped, sorted, with the printed pages that cite each."""
    used: dict[str, list[int]] = {}
    order = {id(f): n for n, f in enumerate(folios)}
    for folio in folios:
        for placed in folio.leaf.placed:
            if placed.owner < 0:
                continue
            for offset, key in entries[placed.owner].text.uses:
                if placed.line.start <= offset < placed.line.end:
                    used.setdefault(key, []).append(order[id(folio)])
    items = _title("TABLE OF AUTHORITIES", form)
    for category, title in CATEGORIES:
        rows = [docket.authorities[k] for k in used if docket.authorities[k].category == category]
        if rows:
            items.append(_head(title, form))
        for row in sorted(rows, key=_alphabetical):
            pages = [folios[n].label or "" for n in sorted(set(used[row.key]))]
            shown = "passim" if len(pages) >= PASSIM else ", ".join(pages)
            items.append(_leader_item(_full(row), shown, form, indent=0, hang=24))
    return items


def _alphabetical(row: Authority) -> tuple[str, str]:
    """By name; numbers by size, so that Rule 4 stands before Rule 12."""
    name = row.name.removeprefix("The ").lower()
    return re.sub(r"\d+", lambda digits: digits[0].zfill(6), name), row.key


def _full(row: Authority) -> Text:
    """An authority as its table prints it."""
    if row.category != "case":
        return typed(row.name.replace("--", "–").replace("'", "’"))
    text = typed(row.name.replace("'", "’"), ITALIC)
    text.add(f", {row.cite} ({row.paren})", 0)
    return text


def _base(form: Form) -> Style:
    body = form.styles["body"]
    leading = 12 if form.grid else round(body.size * 1.15, 1)
    return Style(size=body.size, leading=leading, align="left", after=0 if form.grid else 7, offset=0.9)


def _title(words: str, form: Form) -> list[Item]:
    style = replace(_base(form), bold=True, align="center")
    right = replace(_base(form), bold=True)
    x = form.width - stringWidth("Page", font("Times", 2), right.size)
    run = Run("Page", font("Times", 2), right.size, x, form.width - x)
    return [
        Item(break_lines(typed(words), style, form.width), style, start_page=True),
        Item([Line((run,), 0, 4, right)], right),
    ]


def _head(words: str, form: Form) -> Item:
    style = replace(_base(form), bold=True, before=0 if form.grid else 4)
    return Item(break_lines(typed(words), style, form.width), style, keep=True)


def _leader_item(text: Text, pages: str, form: Form, *, indent: float, hang: float) -> Item:
    """Hanging lines, dots, and the pages at the right edge."""
    style = replace(_base(form), left=indent + hang, first=-hang, right=64)
    lines = break_lines(text, style, form.width)
    lines[-1] = replace(lines[-1], runs=(*lines[-1].runs, *_leader(lines[-1].runs, pages, form.width, style)))
    return Item(lines, style, together=True)


def _leader(runs: Iterable[Run], pages: str, measure: float, style: Style) -> list[Run]:
    face = font("Times", 0)
    end = max((r.x + r.width for r in runs), default=0.0) + 3
    wide = stringWidth(pages, font("Times", ITALIC) if pages == "passim" else face, style.size)
    dot = stringWidth(".", face, style.size)
    count = max(3, int((measure - wide - 4 - end) / dot))
    dots = Run("." * count, face, style.size, measure - wide - 4 - count * dot, count * dot)
    page_face = font("Times", ITALIC) if pages == "passim" else face
    return [dots, Run(pages, page_face, style.size, measure - wide, wide)]
