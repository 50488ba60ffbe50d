"""Find the lines in which a filing tells of itself, on its front, at its end, or at the head of a writing.

date_line(filing, argued=…)        the line with its date, or with the day of the argument
writing_heads(filing, asked)       "JUSTICE STEVENS, with whom JUSTICE GINSBURG joins, dissenting."
judgment(filing)                   the sentences in which a court disposes of the case
counsel_block(filing, whom)        the names above "Attorneys for …"
line_holding(filing, parts)        the first line that holds all of some words
lines_of(filing, wanted)           all lines that are wanted
Each gives picks: slices of the filing's text, to be quoted and cited as any.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from corpus.filing import read_date
from corpus.model import Filing, Line, Speaker, Writing
from rag.choose import Pick
from rag.deeds import deeds
from rag.voice import Voice, VoiceKind, voice_of_words

RULINGS = ("opinion", "order", "judgment")  # kinds of filing
FRONT = 3  # pages on which a filing says what it is
MOST_LINE = 60  # characters of a line that tells a date and little else
MOST_WORDS = 110  # of a judgment
COUNSEL_LINES = 8  # above "Attorneys for …", on which their names stand

_DISPOSES = ("affirm", "reverse", "dismiss", "grant", "deny")
# "JUSTICE STEVENS, with whom JUSTICE GINSBURG joins, dissenting." — no initial ends it.
_HEAD = re.compile(r"[^\n]{3,300}?(?:(?<=[a-z]{3})|(?<=[A-Z]{4}))[.:](?=[\s*†]|$)")
_APPEARS = re.compile(r"\b(?:attorneys?|counsel|lawyers?) for\b", re.IGNORECASE)
_MARKED = re.compile(r"filed|decided|entered|dated|\[", re.IGNORECASE)
TELLING = re.compile(r"\w{4,}")  # words that tell one name from another


def date_line(filing: Filing, *, argued: bool) -> Iterator[Pick]:
    """The line that tells when a filing was filed or decided; or that tells when the case was argued."""
    if argued:
        found = lines_of(filing, lambda line: "argued" in line.lower() and read_date(line) is not None)
    else:
        there = list(lines_of(filing, lambda line: filing.facts.date in _dates(line)))
        there.sort(key=lambda pick: (len(pick.text) > MOST_LINE, not _MARKED.search(pick.text)))
        found = (pick if len(pick.text) <= MOST_LINE else _sentence(pick) for pick in there)
    yield from islice(found, 1)


def _sentence(pick: Pick) -> Pick:
    """The whole sentences that a line is of."""
    over = pick.filing.sentences_in(pick.start, pick.end)
    return replace(pick, start=over[0].start, end=over[-1].end) if over else pick


def _dates(line: str) -> set[str]:
    """Every date that a line tells, as ISO."""
    return {date for part in re.split(r"[—–;]", line) if (date := read_date(part))}


def writing_heads(filing: Filing, asked: str) -> Iterator[Pick]:
    """How the writings asked for begin; where the filing has none of them, how all do."""
    own = [writing for writing in filing.writings if writing.kind != "syllabus"]
    for writing in [one for one in own if _is_asked(one, asked)] or own:
        if head := _HEAD.match(filing.text, writing.start, writing.end):
            yield _pick(filing, writing.start, head.end(), "heading")


def judgment(filing: Filing) -> Iterator[Pick]:
    """Where a court disposes of the case: the last sentences that do, as many as stand together within MOST_WORDS."""
    own = [one for one in deeds(filing) if one.act.court == "this" and one.act.deed in _DISPOSES]
    disposing = sorted({one.index for one in own if filing.sentences[one.index].holding})
    if not disposing:
        return
    first = last = disposing[-1]
    end = filing.sentences[last].end
    for index in reversed(disposing[:-1]):
        near = first - index <= 2 and len(filing.text[filing.sentences[index].start : end].split()) <= MOST_WORDS
        first = index if near else first
        if not near:
            break
    before = first > 0 and "other respects" in filing.text[filing.sentences[first].start : filing.sentences[first].end]
    start = filing.sentences[first - 1 if before else first].start
    yield Pick(filing, start, end, filing.pages_in(start, end)[0], voice_of_words(filing, start, end))


def _is_asked(writing: Writing, asked: str) -> bool:
    """Whether a question, in small letters, is about a writing of this kind."""
    if "dissent" in asked:
        return writing.kind in ("dissent", "concurrence_in_part")
    if "concur" in asked:
        return writing.kind in ("concurrence", "concurrence_in_part")
    return writing.kind in ("majority", "plurality", "per_curiam") and "joined" not in asked


def counsel_block(filing: Filing, whom: set[str]) -> Pick | None:
    """The block that ends in "Attorneys for …", of those asked about, from the name that opens it."""
    lines = [line for line in filing.lines if line.page <= FRONT]
    begins = {paragraph.start for paragraph in filing.paragraphs}
    for at, line in enumerate(lines):
        if not _APPEARS.search(_text(filing, line)):
            continue
        last = next((n for n in (at, at + 1) if n < len(lines) and _names(_text(filing, lines[n]), whom)), None)
        above = [n for n in range(max(0, at - COUNSEL_LINES), at + 1) if lines[n].page == line.page]
        opens = (n for n in reversed(above) if lines[n].start in begins and _text(filing, lines[n])[:1].isalpha())
        if last is not None:
            over = (p.end for p in filing.paragraphs if p.start <= lines[last].start < p.end)
            end = min(next(over, lines[last].end), lines[min(last + 2, len(lines) - 1)].end)
            return _pick(filing, lines[next(opens, above[0])].start, end, "front")
    return None


def _names(text: str, whom: set[str]) -> bool:
    """Whether a text has one of the words, which are in small letters."""
    return bool(whom & set(TELLING.findall(text.lower())))


def line_holding(filing: Filing, parts: Sequence[str]) -> Iterator[Pick]:
    """The first line that holds all `parts`; none where there are none."""
    holds = lines_of(filing, lambda line: all(part.lower() in line.lower() for part in parts))
    yield from islice(holds, 1 if parts else 0)


def lines_of(filing: Filing, wanted: Callable[[str], bool], *, sentence: bool = False) -> Iterator[Pick]:
    """The lines of the front and the last page that are `wanted`, each to the end of its `sentence` if that is asked
    for and near."""
    final = filing.pages[-1].number if filing.pages else 0
    lines = [line for line in filing.lines if line.page <= FRONT or line.page == final]
    for at, line in enumerate(lines):
        if wanted(_text(filing, line)):
            ends = (other.end for other in lines[at : at + 3] if _text(filing, other).endswith("."))
            end = next(ends, line.end) if sentence else line.end
            yield _pick(filing, line.start, end, "front" if line.page <= FRONT else "end")


def _text(filing: Filing, line: Line) -> str:
    return filing.text[line.start : line.end].strip()


def _pick(filing: Filing, start: int, end: int, kind: VoiceKind) -> Pick:
    """The words `[start, end)`, as what the front, the end or a writing's heading says."""
    whose = Speaker("court" if filing.facts.kind in RULINGS else "unknown")
    writing = filing.writing_at(start) if kind == "heading" else None
    voice = Voice(kind, whose, writing=writing.kind if writing else None, kind_of_filing=filing.facts.kind)
    return Pick(filing, start, end, filing.pages_in(start, end)[0], voice)
