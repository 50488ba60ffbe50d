"""Where words stand in a filing and who says them, looked up from their offsets.

place_of(filing, start, end) -> Place      pages, lines, ¶ numbers, footnotes, writing: all a pin cite needs
voice_of(filing, start, end) -> (Speaker, whom it restates or None)
manner_of(filing, writing) -> "concurring in the judgment"
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from corpus.model import Filing, Line, Page, Paragraph, Speaker, Writing
from rag.model import Pin, Place

_MANNER = re.compile(
    r"\b(?:concurring|dissenting)\b(?:\s+(?:in|and|as|to|with|respect|from|the|principal|parts?|judgments?|result|denial|"
    r"grant|of|rehearing|en|banc|certiorari|stay|application|petition|order|concurring|dissenting|only|[IVX]+(?:[-–][A-Z\d]+)?"
    r"(?:,(?=\s+[IVX]))?)\b)*"
)
_JOINT = re.compile(
    r"(?:CHIEF\s+)?JUSTICE\s+[A-Z’']+(?:,\s+(?:and\s+)?JUSTICE\s+[A-Z’']+|\s+and\s+JUSTICE\s+[A-Z’']+)+,\s"
)
_OPENING = 600  # characters in which a writing says what it is
_MOST = 0.5  # share of a span's characters that must restate somebody for the whole to be called a restatement
_CONTINUES = ("body", "block_quote")


def place_of(filing: Filing, start: int, end: int, *, paragraph: int | None = None) -> Place:
    """The place of `[start, end)`, white space at its ends aside.

    `paragraph` is the ¶ number to use where the filing was loaded without its paragraphs. A ¶ number is given only
    where it names one paragraph: in the prayer, where numbering starts again, there is none.
    """
    start, end = _trimmed(filing.text, start, end)
    lines = filing.lines_in(start, end)
    writing = filing.writing_at(start)
    return Place(
        first=_pin(filing, lines[:1], start),
        last=_pin(filing, lines[-1:], max(end - 1, start)),
        paragraphs=_paragraphs(filing, start, end) if filing.paragraphs else _pair(paragraph),
        footnotes=tuple(note.number for note in filing.footnotes if note.start < end and start < note.end),
        writing=writing.kind if writing else None,
        author=_authors(filing, writing) if writing else None,
        manner=manner_of(filing, writing) if writing else None,
    )


def voice_of(filing: Filing, start: int, end: int) -> tuple[Speaker, Speaker | None]:
    """Who says most of `[start, end)`, and whose view most of it reports; the filer where no sentence is known."""
    said: Counter[Speaker] = Counter()
    reported: Counter[Speaker] = Counter()
    for sentence in filing.sentences_in(start, end):
        share = min(sentence.end, end) - max(sentence.start, start)
        said[sentence.speaker] += share
        if sentence.restates:
            reported[sentence.restates] += share
    if not said:
        return _filer(filing), None
    whom, share = reported.most_common(1)[0] if reported else (None, 0)
    speaker = _signed(filing, said.most_common(1)[0][0], start)
    return speaker, whom if share >= _MOST * sum(said.values()) else None


def _signed(filing: Filing, speaker: Speaker, offset: int) -> Speaker:
    """The author, or all who signed the writing together: "Breyer, Sotomayor & Kagan, JJ."."""
    writing = filing.writing_at(offset)
    if writing is None or writing.author is None or speaker.name != f"{writing.author}, J.":
        return speaker
    authors = _authors(filing, writing) or ""
    return Speaker(speaker.role, f"{authors}, JJ.") if "&" in authors else speaker


def _filer(filing: Filing) -> Speaker:
    if filing.facts.kind in ("opinion", "order", "judgment"):
        return Speaker("court", filing.facts.judge)
    return Speaker(filing.facts.side or "unknown", filing.facts.filer)


def _pin(filing: Filing, lines: Sequence[Line], offset: int) -> Pin:
    page = _page(filing, lines[0].page if lines else None, offset)
    if page is None:
        return Pin(page=1)
    return Pin(page.number, page.label, page.ecf_page, page.page_id, lines[0].number if lines else None)


def _page(filing: Filing, number: int | None, offset: int) -> Page | None:
    """The page of that number, else the page whose body or footnotes hold the offset."""
    if number is None:
        note = filing.footnote_at(offset)
        number = note.page if note else None
    for page in filing.pages:
        if page.number == number or (number is None and page.start <= offset < page.end):
            return page
    return None


def _paragraphs(filing: Filing, start: int, end: int) -> tuple[int, int] | None:
    """The ¶ numbers at the span's two ends, None unless both are known and in order."""
    if filing.footnote_at(start):
        return None
    first, last = _number_at(filing.paragraphs, start), _number_at(filing.paragraphs, max(end - 1, start))
    return (first, last) if first is not None and last is not None and first <= last else None


def _number_at(paragraphs: Sequence[Paragraph], offset: int) -> int | None:
    """The ¶ number that holds the offset: its paragraph's own, or that of the numbered one it goes on from.

    What goes on stands before the next number, so that a signature after the last ¶ is not counted to it. A number
    that came before in the filing starts another list and names nothing.
    """
    at = bisect_right(paragraphs, offset, key=lambda p: p.start) - 1
    numbered = at
    while numbered >= 0 and paragraphs[numbered].number is None:
        if paragraphs[numbered].kind not in _CONTINUES:
            return None
        numbered -= 1
    if numbered < 0 or (numbered != at and paragraphs[at].kind == "body" and not _numbered_next(paragraphs, at + 1)):
        return None
    number = paragraphs[numbered].number
    return None if any(p.number == number for p in paragraphs[:numbered]) else number


def _numbered_next(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Whether a numbered paragraph comes before any heading."""
    for paragraph in paragraphs[at:]:
        if paragraph.number is not None:
            return True
        if paragraph.kind not in _CONTINUES:
            return False
    return False


def _pair(number: int | None) -> tuple[int, int] | None:
    return None if number is None else (number, number)


def _authors(filing: Filing, writing: Writing) -> str | None:
    """The author, or all of those who signed together: "Breyer, Sotomayor & Kagan". Who merely joins is not named."""
    opening = _JOINT.match(filing.text[writing.start : min(writing.end, writing.start + _OPENING)].lstrip())
    names = [name.title() for name in re.findall(r"JUSTICE\s+([A-Z’']+)", opening[0])] if opening else []
    if writing.author is None or writing.author not in names:
        return writing.author
    return f"{', '.join(names[:-1])} & {names[-1]}"


def manner_of(filing: Filing, writing: Writing) -> str | None:
    """How the writing calls itself where it opens: "concurring in part and dissenting in part"."""
    if writing.kind not in ("concurrence", "dissent", "concurrence_in_part"):
        return None
    opening = filing.text[writing.start : min(writing.end, writing.start + _OPENING)]
    said = _MANNER.search(opening)
    return re.sub(r"(?:\s+(?:in|and|as|to|with|from|the|of))+$", "", " ".join(said[0].split())) if said else None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends; a span of nothing else stays."""
    inner = text[start:end]
    if not inner.strip():
        return start, end
    return start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())
