"""Split a filing into the passages that are indexed, retrieved and cited.

split_passages(filing) -> passages, in order
  stretch   paragraphs that may share a passage: one heading, one writing, one speaker, one footnote, no map between
  bind      a sentence with the citations after it, words that lead in a quotation or a list with what they lead to
  cut       whole sentences, TARGET words or so, ending with a paragraph where it can

Every character of body text, turn, block quotation and footnote that holds a sentence is in exactly one passage.
Headings travel as `headings`, tables of contents and of authorities are never passages, and the front matter (cover,
caption, counsel) is passages of its own, so that "who represented …" finds an answer. The captions that a slip
opinion repeats over each separate writing are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from corpus.model import Filing, Paragraph, Passage, Sentence, Speaker
from corpus.records import is_citation

SPLITTER = "5"  # changes when the same filing would be split otherwise
TARGET, LEAST, MOST = 160, 70, 210  # words of a passage: aimed at, fewest where its stretch has more, most
LONGEST = 340  # words that an embedder reads whole: a longer sentence is cut at a clause, and no more is bound
SETTINGS = f"splitter={SPLITTER};target={TARGET};least={LEAST};most={MOST};longest={LONGEST}"

_MAPS = ("toc", "toa", "blank", "unread")
_COUNSEL = re.compile(
    r"\bfor\s+(?:the\s+)?(?:petition|respond|appell|plaintiff|defendant|state\b|amic)|\(argued\)|\bcounsel\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r";\s+")
_CLAUSE = re.compile(r"[;:—]\s+|,\s+(?=(?:and|but|or|which|who|that|because|although|while|whereas)\s)")
_UNFINISHED = re.compile(r"(?:[,;:—–-]|;\s+(?:and|or)|\b[a-z]+)[”’\"')\]]?$")


class Piece(NamedTuple):
    """Sentences that no passage parts, or a part of an over-long one, with what decides which passage it may join.
    `paragraph` and `last` are the paragraphs it begins and ends in."""

    start: int
    end: int
    words: int
    paragraph: int
    last: int
    key: tuple[object, ...]


def split_passages(filing: Filing) -> tuple[Passage, ...]:
    """The passages of a filing whose sentences, sections and writings are known."""
    stretches = [list(group) for _, group in groupby(_pieces(filing), key=lambda p: p.key)]
    spans = [span for stretch in stretches for span in _cut(_bind(filing, stretch))]
    return tuple(_passage(filing, ordinal, start, end) for ordinal, (start, end) in enumerate(spans))


def _pieces(filing: Filing) -> Iterator[Piece]:
    """Every sentence that may be retrieved, keyed by what a passage must not cross.

    The turns of one hearing share passages, whoever speaks: question and answer belong together.
    """
    maps = {page.number for page in filing.pages if page.use in _MAPS}
    starts = [sentence.start for sentence in filing.sentences]
    sections = _SectionAt(filing)
    stretch = 0
    for at, paragraph in enumerate(filing.paragraphs):
        mapped = paragraph.start < filing.body_end and _page(filing, paragraph.start) in maps
        if paragraph.kind == "heading" or mapped or _repeats_caption(filing, paragraph):
            stretch += 1
            continue
        inside = _sentences(filing, paragraph, starts)
        if not inside:
            continue
        note = filing.footnote_at(paragraph.start)
        key = (
            -1 if note else stretch,
            note.start if note else None,
            paragraph.kind == "front",
            None if note else _writing_index(filing, paragraph.start),
            "hearing" if filing.facts.kind == "transcript" else inside[0].speaker,
            sections(paragraph.start),
        )
        yield from _of(filing, paragraph, inside, at, key)


def _repeats_caption(filing: Filing, paragraph: Paragraph) -> bool:
    """Front matter that an opinion repeats over a later writing, and that names no counsel."""
    if paragraph.kind != "front" or not filing.writings or paragraph.start < filing.writings[0].start:
        return False
    return not _COUNSEL.search(filing.text[paragraph.start : paragraph.end])


class _SectionAt:
    """Offset → index of the innermost section over it, −1 for none."""

    def __init__(self, filing: Filing) -> None:
        self._filing = filing
        self._starts = [section.start for section in filing.sections]

    def __call__(self, offset: int) -> int:
        at = bisect_right(self._starts, offset) - 1
        while at >= 0 and not self._filing.sections[at].start <= offset < self._filing.sections[at].end:
            parent = self._filing.sections[at].parent
            at = parent if parent is not None else -1
        return at


def _of(
    filing: Filing, paragraph: Paragraph, sentences: Sequence[Sentence], at: int, key: tuple[object, ...]
) -> Iterator[Piece]:
    """The pieces of a paragraph: its sentences, stretched to touch, so that labels and numbers stay with them."""
    edges = [paragraph.start, *(sentence.start for sentence in sentences[1:])]
    ends = [*edges[1:], paragraph.end]
    for start, end in zip(edges, ends, strict=True):
        text = filing.text[start:end].rstrip()
        for first, last in _clauses(text):
            yield Piece(start + first, start + last, len(text[first:last].split()), at, at, key)


def _clauses(text: str) -> list[tuple[int, int]]:
    """The whole sentence; one of more than LONGEST words cut into parts of about TARGET: between the items of a list
    or, where they are too long, after clauses."""
    parts = [(0, len(text))]
    for joint in (_ITEM, _CLAUSE):
        if all(len(text[a:b].split()) <= LONGEST for a, b in parts):
            break
        parts = _parted(text, joint)
    return parts


def _parted(text: str, joint: re.Pattern[str]) -> list[tuple[int, int]]:
    """Parts of TARGET words and more, cut at `joint` outside brackets."""
    parts, start = [], 0
    for found in joint.finditer(text):
        part, rest = text[start : found.end()], text[found.end() :]
        if part.count("(") > part.count(")") or len(part.split()) < TARGET or len(rest.split()) < LEAST:
            continue
        parts.append((start, start + len(part.rstrip())))
        start = found.end()
    return [*parts, (start, len(text))]


def _bind(filing: Filing, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of one stretch, those that would not be understood apart made one, up to LONGEST words."""
    bound: list[Piece] = []
    for piece in pieces:
        last = bound[-1] if bound else None
        if last is not None and last.words + piece.words <= LONGEST and _holds(filing, last, piece):
            bound[-1] = last._replace(end=piece.end, words=last.words + piece.words, last=piece.last)
        else:
            bound.append(piece)
    return bound


def _holds(filing: Filing, last: Piece, piece: Piece) -> bool:
    """Whether the second only cites for the first, or the first does not end where its paragraph does."""
    words = filing.text[piece.start : piece.end]
    if filing.paragraphs[piece.paragraph].kind == "front":
        return False
    return is_citation(words) or words[:1].islower() or bool(_UNFINISHED.search(filing.text[last.start : last.end]))


def _cut(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Spans of about TARGET words from one stretch, as even as can be, at paragraph ends where they fall near."""
    left = sum(piece.words for piece in pieces)
    first, words = 0, 0
    for at, piece in enumerate(pieces):
        words += piece.words
        left -= piece.words
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        if following is None or _ends_here(words, left, piece, following):
            yield pieces[first].start, piece.end
            first, words = at + 1, 0


def _ends_here(words: int, left: int, piece: Piece, following: Piece) -> bool:
    """Whether a passage of `words` ends after `piece`, with `left` words still to come in its stretch."""
    if left < LEAST:
        return words + left > MOST + LEAST and words >= TARGET
    paragraph_ends = piece.last != following.paragraph
    if paragraph_ends and words >= TARGET - 40:
        return True
    return words >= TARGET or (words >= LEAST and words + following.words > MOST)


def _passage(filing: Filing, ordinal: int, start: int, end: int) -> Passage:
    sentences = filing.sentences_in(start, end)
    pages = filing.pages_in(start, end) or (1,)
    note = filing.footnote_at(start)
    writing = filing.writing_at(start)
    numbered = next((p.number for p in _paragraphs_in(filing, start, end) if p.number is not None), None)
    return Passage(
        id=f"{filing.id}:{ordinal}",
        ordinal=ordinal,
        start=start,
        end=end,
        text=filing.text[start:end],
        page=pages[0],
        end_page=pages[-1],
        headings=filing.headings_at(start),
        speaker=_main_speaker(sentences),
        restates=_main_report(sentences),
        writing=filing.writings.index(writing) if writing else None,
        footnote=note.number if note else None,
        paragraph=numbered,
    )


def _main_speaker(sentences: Sequence[Sentence]) -> Speaker:
    """Who speaks most of it; ties go to the first."""
    weight: dict[Speaker, int] = {}
    for sentence in sentences:
        weight[sentence.speaker] = weight.get(sentence.speaker, 0) + sentence.end - sentence.start
    return max(weight, key=lambda speaker: weight[speaker]) if weight else Speaker("unknown")


def _main_report(sentences: Sequence[Sentence]) -> Speaker | None:
    """Whom more than half of it restates."""
    weight: dict[Speaker, int] = {}
    for sentence in sentences:
        if sentence.restates:
            weight[sentence.restates] = weight.get(sentence.restates, 0) + sentence.end - sentence.start
    whole = sum(sentence.end - sentence.start for sentence in sentences)
    return next((speaker for speaker, size in weight.items() if 2 * size > whole), None)


def _sentences(filing: Filing, paragraph: Paragraph, starts: Sequence[int]) -> list[Sentence]:
    first = bisect_right(starts, paragraph.start - 1)
    found = []
    for sentence in filing.sentences[first:]:
        if sentence.start >= paragraph.end:
            break
        found.append(sentence)
    return found


def _paragraphs_in(filing: Filing, start: int, end: int) -> Iterator[Paragraph]:
    return (p for p in filing.paragraphs if p.start < end and p.end > start)


def _writing_index(filing: Filing, offset: int) -> int:
    return next((i for i, w in enumerate(filing.writings) if w.start <= offset < w.end), -1)


def _page(filing: Filing, offset: int) -> int:
    line = filing.lines_in(offset, offset + 1)
    return line[0].page if line else 1
