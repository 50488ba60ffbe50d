"""Set one block: its style in the filing's form, and its lines, with what is printed before the first of them.

entry_lines(entry, form) -> (Style, [Line])    heading, body, ¶, quotation, transcript turn, signature
note_lines(entry, form) -> [Line]              a footnote's paragraph
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.sample.forms import Form
from corpus.sample.marks import Text
from corpus.sample.source import Voice
from corpus.sample.typeset import Line, Run, Style, break_lines, font, width


@dataclass
class Entry:
    """One block as the key will give it."""

    kind: str
    text: Text
    prefix: str = ""
    headings: tuple[str, ...] = ()
    writing: str | None = None
    voice: Voice | None = None
    number: int | None = None
    footnote: str | None = None
    exhibit: str | None = None
    level: int = 0
    name: str = ""  # the footnote's name, or the directive's


def entry_lines(entry: Entry, form: Form) -> tuple[Style, list[Line]]:
    """An entry's style and lines in its form."""
    if entry.kind == "heading":
        style = form.styles[f"heading{entry.level}"]
        return style, _hung(entry.text, style, form.width)
    style = form.styles.get({"opening": "flush", "pause": "turn"}.get(entry.kind, entry.kind), form.styles["body"])
    if entry.kind == "opening":
        style = replace(style, first=form.styles["body"].first, before=14)
    if entry.kind in ("flush", "right", "centered") and "|" in entry.text.chars:
        return style, _stacked(entry.text, style, form.width)
    if not entry.prefix:
        return style, break_lines(entry.text, style, form.width)
    return _prefixed(entry, style, form)


def _prefixed(entry: Entry, style: Style, form: Form) -> tuple[Style, list[Line]]:
    """A ¶ number, a speaker's label or Q./A. printed before the first line."""
    if entry.kind == "numbered":
        at, style = style.first - 36, replace(style, first=style.first)
    elif entry.kind == "question":
        at, style = 36.0, replace(style, first=72)
    else:
        at = 72.0
        style = replace(style, first=at + 7.2 * (len(entry.prefix) + 2))
    lines = break_lines(entry.text, style, form.width)
    return style, [_with_run(lines[0], entry.prefix, at, style), *lines[1:]]


def _with_run(line: Line, words: str, x: float, style: Style, rise: float = 0, scale: float = 1) -> Line:
    """The line with `words` printed before it at `x`."""
    face = font(style.family, 2 if style.bold else 0)
    wide = width(words, bytearray(len(words)), style) * scale
    run = Run(words, face, style.size * scale, x, wide, rise)
    return replace(line, runs=(run, *line.runs))


def _hung(text: Text, style: Style, measure: float) -> list[Line]:
    """A heading whose number stands in its own column."""
    number = re.match(r"(?:[IVXLC]+|[A-Z]|\d+|[a-z])\.(?= )", text.chars)
    if not style.hang or not number:
        return break_lines(text, replace(style, hang=0), measure)
    cut = number.end() + 1
    rest = Text(text.chars[cut:], text.styles[cut:], [(n - cut, name) for n, name in text.notes])
    lines = [replace(x, start=x.start + cut, end=x.end + cut) for x in break_lines(rest, style, measure)]
    first = _with_run(replace(lines[0], start=0), number[0], style.left, replace(style, underline=False))
    return [first, *lines[1:]]


def _stacked(text: Text, style: Style, measure: float) -> list[Line]:
    """Lines broken at each bar (signature blocks)."""
    lines: list[Line] = []
    start = 0
    for part in re.finditer(r"\s*([^|]*?)\s*(?:\||$)", text.chars):
        a, b = part.span(1)
        if a == b and part.end() == len(text.chars):
            break
        piece = Text(text.chars[a:b], text.styles[a:b])
        lines += [replace(x, start=x.start + a, end=x.end + a) for x in break_lines(piece, style, measure)]
        start = part.end()
    return lines or break_lines(Text(text.chars[start:], text.styles[start:]), style, measure)


def note_lines(entry: Entry, form: Form) -> list[Line]:
    """A footnote paragraph's lines, its number raised before the first."""
    style = replace(form.note, first=18)
    if entry.prefix:
        number = entry.prefix
        style = replace(style, first=18 + width(number, bytearray(len(number)), style) * 0.62 + 2.5)
    lines = break_lines(entry.text, style, form.width)
    if entry.prefix:
        lines[0] = _with_run(lines[0], entry.prefix, 18, style, style.size * 0.36, 0.62)
    return lines
