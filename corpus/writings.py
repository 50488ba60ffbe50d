"""Find the separate writings of an opinion: syllabus, majority, concurrences, dissents, each with its author.

find_writings(reading, facts) -> (writings, openings)
  openings  the offsets of the paragraphs that open a writing ("JUSTICE KAGAN, dissenting.")

    slip opinion     JUSTICE STEVENS delivered the opinion of the Court. · PER CURIAM. · JUSTICE ALITO, with whom
                     JUSTICE THOMAS joins, concurring in part and dissenting in part. · running head "Syllabus"
    circuit, state   SELYA, Circuit Judge. · BADE, J., dissenting: · Per Curiam:* · HUDSON, Justice. · GUSTAFSON, Judge:
    summary          SUMMARY* … COUNSEL: what the court's staff wrote counts as a syllabus

An opinion that opens none of these ways is one majority by whoever signs it. Orders have no writings unless they
are opened in one of these ways.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from corpus.courts import is_appellate
from corpus.headings import is_known
from corpus.model import Facts, Paragraph, Reading, Writing, WritingKind
from corpus.voices import chief_justice

_PART = (
    r"(?:\s+(?:in|principal|part|the|and|judgments?|result|concurring|dissenting|from|denial|of|with|respect|to|Parts?|only"
    r"|specially|dubitante|opinion|rehearing|en|banc|certiorari|as|[IVX]+(?:[-–][A-Z](?:[-–]\d)?)?),?)*"
)
_JOINS = (
    r"(?P<joins>(?:,|\s+)\s*(?:with\s+whom|and\s+with\s+whom|joined\s+by"
    r"|in\s+which)\s.{3,700}?\bjoins?\b[^.:]{0,260}?,|,\s+joined\s+by\s[^.:]{3,200}?,)?"
)
_SUPREME = re.compile(
    r"(?:THE\s+CHIEF\s+JUSTICE"
    r"|(?:CHIEF\s+)?JUSTICE\s+(?P<name>[A-Z][A-Za-z’'-]+)(?P<more>(?:,?\s+(?:and\s+)?JUSTICE\s+[A-Z][A-Za-z’'-]+)*)"
    r"|Chief\s+Justice\s+(?P<chief>[A-Z][\w’'-]+)|Justice\s+(?P<low>[A-Z][\w’'-]+))"
    + _JOINS
    + rf"(?P<does>\s+delivered\s+the\s+(?:opinion|judgment)|\s+announced\s+the\s+judgment"
    rf"|,?\s+(?:specially\s+)?(?:concurring|dissenting){_PART}(?=[.:]|\s*$)|\s+filed\s+an?\s+\w+\s+opinion)",
    re.DOTALL,
)
_CIRCUIT = re.compile(
    r"(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ.’'-]*(?:\s[A-ZÀ-Þ][A-ZÀ-Þ.’'-]+){0,3}"
    r"|[A-Z][a-z’'-]+(?:\s[A-Z][a-z’'-]+)?)(?:,\s+(?:JR|SR|Jr|Sr|III|II)\.?)?,\s+"
    r"(?:(?:Chief|Senior|Presiding|Vice|Associate|Acting|Retired)\s+)*(?:(?:Circuit|District|Appellate"
    r"|United\s+States\s+\w+|Bankruptcy)\s+)?"
    r"(?:Judges?|Justices?|C\.\s?J\.|P\.\s?J\.|J\.|CIRCUIT\s+JUDGE|CHIEF\s+JUDGE)"
    + _JOINS
    + rf"(?P<does>,?\s*(?:specially\s+)?(?:concurring|dissenting){_PART}\s*[.:]|,?\s*delivered\s+the\s+opinion"
    rf"|\s*[.:])",
    re.DOTALL,
)
_PER_CURIAM = re.compile(r"P(?:ER|er)\s+C(?:URIAM|uriam)\s*[.:*]*(?:\s|$)")
_SUMMARY = re.compile(r"(?:(?:OPINION|COURT)\s+)?(?:SUMMARY|SYNOPSIS|SYLLABUS|HEADNOTES?)\s*[*†\d]*$")
_COUNSEL = re.compile(r"(?:COUNSEL|OPINION|ORDER)\s*$")
_CAPTION = re.compile(r"Nos?\.\s|ON\s+(?:WRIT|PETITION|APPEAL)|SUPREME\s+COURT\s+OF|United\s+States\s+Court")
_COUNSEL_LIST = re.compile(
    r",\s+for\s+(?:the\s+)?(?:petitioner|respondent|appell|plaintiff|defendant|state)|^[A-Z ]{8,}$", re.IGNORECASE
)
_NOTE = re.compile(r"NOTE:|NOTICE:")
_SENTENCES = 150  # characters: a paragraph this long is text, not a line of a caption
_FURNITURE = re.compile(r"(?:concurring|dissenting)\s+opinions?\s+follows?", re.IGNORECASE)


class Opening(NamedTuple):
    """Where a writing opens; `start` is the offset of the paragraph, `page` its page."""

    start: int
    page: int
    kind: WritingKind
    author: str | None
    joined_by: tuple[str, ...] = ()


def find_writings(reading: Reading, facts: Facts) -> tuple[tuple[Writing, ...], tuple[int, ...]]:
    """The writings in order, and the offsets of the paragraphs that open them; both empty where there are none."""
    if facts.kind not in ("opinion", "order"):
        return (), ()
    pages = _PageAt(reading)
    openings = _openings(reading, facts, pages)
    syllabus = _syllabus(reading, openings, pages)
    if not openings and facts.kind == "opinion" and is_appellate(facts.court):
        openings = _unopened(reading, facts, pages)
    writings = _spans(reading, openings, pages)
    if syllabus:
        writings.insert(0, syllabus)
    return tuple(writings), tuple(opening.start for opening in openings)


def kind_of_phrase(phrase: str) -> WritingKind:
    """The kind: "concurring in part and dissenting in part" → concurrence_in_part; "dissenting" → dissent; …"""
    flat = phrase.lower()
    if "dissent" in flat:
        return "concurrence_in_part" if "concur" in flat else "dissent"
    if "concur" in flat:
        return "concurrence"
    return "plurality" if "announced the judgment" in flat else "majority"


def cased_surname(name: str) -> str:
    """A surname in title case: "O’CONNOR" → "O’Connor", "MCCONNELL" → "McConnell"."""
    titled = re.sub(r"[A-Za-zÀ-ÿ]+", lambda m: m[0][0].upper() + m[0][1:].lower(), name.strip(" ,."))
    return re.sub(r"\bMc([a-z])", lambda m: "Mc" + m[1].upper(), titled)


class _PageAt:
    """Offset → page number."""

    def __init__(self, reading: Reading) -> None:
        body = [line for line in reading.lines if line.start < reading.body_end]
        self._starts = [line.start for line in body]
        self._pages = [line.page for line in body]

    def __call__(self, offset: int) -> int:
        return self._pages[max(bisect_right(self._starts, offset) - 1, 0)] if self._pages else 1


def _openings(reading: Reading, facts: Facts, pages: _PageAt) -> list[Opening]:
    found: list[Opening] = []
    for paragraph in reading.paragraphs:
        if paragraph.start >= reading.body_end or paragraph.kind in ("block_quote", "footnote", "turn"):
            continue
        opening = _opening(reading, facts, paragraph, pages(paragraph.start))
        if opening and not (found and opening[2:4] == found[-1][2:4] and opening.page == found[-1].page):
            if opening.kind in ("majority", "plurality", "per_curiam") and any(
                o.kind in ("majority", "plurality", "per_curiam") for o in found
            ):
                continue
            found.append(opening)
    return found


def _opening(reading: Reading, facts: Facts, paragraph: Paragraph, page: int) -> Opening | None:
    text = re.sub(r"\s+", " ", reading.text[paragraph.start : min(paragraph.end, paragraph.start + 900)]).lstrip()
    if facts.court == "scotus" or re.match(r"(?:CHIEF\s+)?JUSTICE\s|Justice\s[A-Z]", text):
        match = _SUPREME.match(text)
        if match:
            name = match["name"] or match["chief"] or match["low"] or chief_justice(facts.date)
            return Opening(
                paragraph.start,
                page,
                kind_of_phrase(match["does"]),
                name and cased_surname(name),
                _joiners((match["more"] or "") + (match["joins"] or ""), facts),
            )
    if _PER_CURIAM.match(text):
        return Opening(paragraph.start, page, "per_curiam", None)
    match = _CIRCUIT.match(text)
    if not match or facts.court == "scotus" or _FURNITURE.search(text[:80]):
        return None
    cased_name = match["name"] != match["name"].upper()
    if cased_name and not re.search(r"[Jj]udge|Justice|JUDGE", match[0]):
        return None
    if cased_name and match["does"].strip(" ,") in (".", ":") and not (paragraph.bold or match["does"].strip() == ":"):
        return None
    return Opening(
        paragraph.start,
        page,
        kind_of_phrase(match["does"]),
        cased_surname(match["name"].split(" ")[-1]),
        _joiners(match["joins"], facts),
    )


def _joiners(joins: str | None, facts: Facts) -> tuple[str, ...]:
    """Those who join, by surname, in order; whoever joins only a part is still named once."""
    names: list[str] = []
    for found in re.finditer(
        r"(THE CHIEF JUSTICE|The Chief Justice)|(?:JUSTICE|Justice)\s+([A-Z][\w’'-]+)"
        r"|(?<=whom )([A-Z][A-Za-z’'-]+)(?=,| and| join)|([A-Z]{3,}[A-Z’'-]*)(?=,\s+(?:Circuit|Chief|J))",
        joins or "",
    ):
        name = chief_justice(facts.date) if found[1] else cased_surname(next(g for g in found.groups()[1:] if g))
        if name and name not in names:
            names.append(name)
    return tuple(names)


def _syllabus(reading: Reading, openings: Sequence[Opening], pages: _PageAt) -> Writing | None:
    """What the reporter of decisions, or the court's staff, wrote before the first opinion."""
    until = openings[0].start if openings else 0
    marked = {page for page, head in reading.heads if re.fullmatch(r"\W*Syllabus\W*", head)}
    if openings:
        marked = {page for page in marked if page < openings[0].page}
    before = [p for p in reading.paragraphs if p.end <= until]
    if marked:
        span = [p for p in before if pages(p.start) in marked]
    else:
        at = next((i for i, p in enumerate(before) if _SUMMARY.match(_flat(reading, p))), None)
        if at is None:
            return _headnote(reading, before, pages)
        span = before[at + 1 :]
        end = next((i for i, p in enumerate(span) if _COUNSEL.match(_flat(reading, p))), len(span))
        span = span[:end]
    first = next(
        (i for i, p in enumerate(span) if len(_flat(reading, p)) > _SENTENCES and not _NOTE.match(_flat(reading, p))),
        None,
    )
    return None if first is None else _writing("syllabus", None, span[first].start, span[-1].end, pages)


def _headnote(reading: Reading, before: Sequence[Paragraph], pages: _PageAt) -> Writing | None:
    """An unmarked headnote: paragraphs before the opinion, one of which says what was "Held"."""
    held = [i for i, p in enumerate(before) if re.match(r"(?:\[\*\d+\]\s*)?Held\b", _flat(reading, p))]
    if not held:
        return None
    long = [i for i, p in enumerate(before) if len(_flat(reading, p)) > _SENTENCES and i <= held[-1]]
    first, last = min([*long, held[0]]), held[-1]
    while last + 1 < len(before) and not _COUNSEL_LIST.search(_flat(reading, before[last + 1])):
        last += 1
    return _writing("syllabus", None, before[first].start, before[last].end, pages)


def _unopened(reading: Reading, facts: Facts, pages: _PageAt) -> list[Opening]:
    """The one majority of an opinion that opens without naming its author, by whoever signs it."""
    body = [p for p in reading.paragraphs if p.start < reading.body_end]
    at = next((i for i, p in enumerate(body) if p.kind != "front"), None)
    if at is None:
        return []
    while at > 0 and is_known(_flat(reading, body[at - 1])):
        at -= 1
    first = body[at]
    author = facts.judge.removesuffix(" Jr.").split()[-1] if facts.judge else None
    return [Opening(first.start, pages(first.start), "majority", author)]


def _spans(reading: Reading, openings: Sequence[Opening], pages: _PageAt) -> list[Writing]:
    """Each writing from its opening to the caption of the next; a caption on the opening's own page is of neither."""
    writings = []
    for at, opening in enumerate(openings):
        end = reading.body_end
        if at + 1 < len(openings):
            following = openings[at + 1]
            caption = _caption_start(reading, following, pages)
            end = caption if caption > opening.start else following.start
        text = reading.text[opening.start : end].rstrip()
        last = opening.start + len(text)
        writings.append(
            Writing(
                opening.kind,
                opening.author,
                opening.start,
                last,
                opening.page,
                pages(max(last - 1, opening.start)),
                opening.joined_by,
            )
        )
    return writings


def _caption_start(reading: Reading, opening: Opening, pages: _PageAt) -> int:
    """Where the caption over a later writing begins: at the top of its page, if the court's name stands there."""
    above = [p for p in reading.paragraphs if p.end <= opening.start and pages(p.start) == opening.page]
    lines = [_flat(reading, p) for p in above]
    captioned = any(_CAPTION.match(line) for line in lines) and all(len(line) < _SENTENCES for line in lines)
    return above[0].start if captioned else opening.start


def _writing(kind: WritingKind, author: str | None, start: int, end: int, pages: _PageAt) -> Writing:
    return Writing(kind, author, start, end, pages(start), pages(max(end - 1, start)))


def _flat(reading: Reading, paragraph: Paragraph) -> str:
    return re.sub(r"\s+", " ", reading.text[paragraph.start : paragraph.end]).strip()
