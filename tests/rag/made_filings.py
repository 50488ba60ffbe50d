"""Filings made by hand, small enough to read: text laid out in pages and lines the way the readers lay it out."""

from collections.abc import Sequence
from typing import Any

from corpus.model import Box, Facts, Filing, Footnote, Line, Page, Paragraph, Sentence, Speaker, Stamp

WIDTH = 60  # characters of a made line


def made(
    pages: Sequence[str],
    *,
    notes: Sequence[tuple[str, str, int, str]] = (),
    facts: Facts | None = None,
    labels: Sequence[str | None] | None = None,
    numbered: bool = False,
    stamped: bool = False,
    **more: Any,
) -> Filing:
    """A filing of these pages, whose texts are joined as they are; then its notes, as (number, text, page, after).

    A note's mark stands after the words `after`. A page's lines break at white space near WIDTH; `numbered` counts
    them from 1 on each page. `stamped`: ECF pages run one ahead of the sheets.
    """
    text = "".join(pages)
    body_end = len(text)
    made_pages, lines, footnotes = [], [], []
    start = 0
    for number, page in enumerate(pages, 1):
        label = labels[number - 1] if labels else str(number)
        stamp = Stamp(text=f"Page {number + 1}", page=number + 1) if stamped else None
        made_pages.append(Page(number, start, start + len(page), 612, 792, label=label, stamp=stamp))
        lines += _lines(text, start, start + len(page), number, numbered=numbered)
        start += len(page)
    for mark, words, on_page, after in notes:
        at = len(text)
        text += words + "\n"
        footnotes.append(Footnote(mark, at, at + len(words), on_page, text.index(after) + len(after)))
        lines += _lines(text, at, at + len(words), on_page, numbered=False)
    paragraphs = more.pop("paragraphs", None)
    if paragraphs is None:
        paragraphs = _paragraphs(text, body_end)
    return Filing(
        id="made",
        file="made.pdf",
        facts=facts or Facts(kind="motion", title="DEFENDANTS' MOTION TO DISMISS", entry="45", court="cand"),
        text=text,
        body_end=body_end,
        pages=tuple(made_pages),
        lines=tuple(lines),
        paragraphs=tuple(paragraphs),
        footnotes=tuple(footnotes),
        **more,
    )


def said(filing: Filing, words: str, speaker: Speaker, restates: Speaker | None = None) -> Sentence:
    """The sentence made of these very words of the filing."""
    start = filing.text.index(words)
    return Sentence(start, start + len(words), speaker, restates)


def _lines(text: str, start: int, end: int, page: int, *, numbered: bool) -> list[Line]:
    lines: list[Line] = []
    while start < end:
        stop = min(start + WIDTH, end)
        if stop < end:
            stop = max(text.rfind(" ", start, stop), text.rfind("\n", start, stop)) + 1 or stop
        inner = text[start:stop].rstrip()
        if inner:
            at = len(lines) + 1
            box = Box(page, 0.1, at / 50, 0.9, (at + 1) / 50)
            lines.append(Line(start, start + len(inner), page, box, at if numbered else None))
        start = stop
    return lines


def _paragraphs(text: str, body_end: int) -> list[Paragraph]:
    found, start = [], 0
    for part in text[:body_end].splitlines(keepends=True):
        found.append(Paragraph(start, start + len(part.rstrip("\n"))))
        start += len(part)
    return found
