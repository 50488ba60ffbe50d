"""Readings made by hand, for claims about structure and speakers that need no PDF."""

from __future__ import annotations

from corpus.model import Box, Footnote, Line, Page, PageUse, Paragraph, ParagraphKind, Reading


def para(
    text: str,
    kind: ParagraphKind = "body",
    *,
    page: int = 1,
    bold: bool = False,
    centered: bool = False,
    underlined: bool = False,
    italic: bool = False,
    indent: float = 0.15,
) -> tuple[str, int, Paragraph]:
    """One paragraph with its look, its place still open."""
    shape = Paragraph(
        0, 0, kind, bold=bold, centered=centered, underlined=underlined, italic=italic, indent=indent, size=12.0
    )
    return text, page, shape


def reading(
    *paragraphs: tuple[str, int, Paragraph],
    notes: tuple[tuple[str, str, int], ...] = (),
    heads: tuple[tuple[int, str], ...] = (),
    uses: dict[int, PageUse] | None = None,
    file: str = "paper.pdf",
    width: int = 80,
) -> Reading:
    """A Reading of these paragraphs, each broken into lines of about `width` characters; `notes` are
    (number, text, page). A paragraph given with newlines keeps them as its line ends."""
    text, shapes, lines = "", [], []
    for words, page, shape in paragraphs:
        start = len(text)
        for line in words.split("\n") if "\n" in words else _lines(words, width):
            lines.append(_line(len(text), len(text) + len(line), page, shape))
            text += line + " "
        text = text[:-1] + "\n"
        shapes.append(_placed(shape, start, len(text) - 1))
    body_end = len(text)
    footnotes = []
    for number, words, page in notes:
        start = len(text)
        lines.append(_line(start, start + len(words), page, Paragraph(0, 0)))
        text += words + "\n"
        footnotes.append(Footnote(number, start, start + len(words), page))
        shapes.append(Paragraph(start, start + len(words), "footnote"))
    last = max([page for _, page, _ in paragraphs] + [1])
    pages = tuple(_page(number, [x for x in lines if x.start < body_end], uses or {}) for number in range(1, last + 1))
    return Reading("0" * 16, file, text, body_end, pages, tuple(lines), tuple(shapes), tuple(footnotes), heads=heads)


def _lines(words: str, width: int) -> list[str]:
    lines, line = [], ""
    for word in words.split(" "):
        if line and len(line) + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def _line(start: int, end: int, page: int, shape: Paragraph) -> Line:
    x0 = 0.5 - 0.004 * (end - start) if shape.centered else shape.indent
    return Line(start, end, page, Box(page, x0, 0.1, min(x0 + 0.008 * (end - start), 0.95), 0.12))


def _placed(shape: Paragraph, start: int, end: int) -> Paragraph:
    return Paragraph(
        start,
        end,
        shape.kind,
        indent=shape.indent,
        size=shape.size,
        bold=shape.bold,
        centered=shape.centered,
        italic=shape.italic,
        underlined=shape.underlined,
    )


def _page(number: int, lines: list[Line], uses: dict[int, PageUse]) -> Page:
    mine = [line for line in lines if line.page == number]
    start, end = (mine[0].start, mine[-1].end + 1) if mine else (0, 0)
    return Page(number, start, end, 612.0, 792.0, str(number), use=uses.get(number, "text"))
