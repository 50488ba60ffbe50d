"""Answer what the front of a filing tells: when it was decided or filed, who wrote it and who joined, who sat, who
appeared for whom, its number.

front(question, listings, filing_of, one_case) -> [Pick]      the lines that tell it; none where the question asks
                                                              anything else, or no filing of the case shows it

    "When was Samantar v. Yousuf decided?"          "[June 1, 2010]"
    "Who wrote the opinion of the Court?"           "JUSTICE STEVENS delivered the opinion of the Court."
    "Which justices dissented?"                     how each separate writing begins; how every writing does, if none dissents
    "Who represents Velkane?"                       "Attorneys for Defendant-Appellant Velkane Systems Ltd." and who they are
Only the whole question counts: "When was the subpoena issued?" asks of no filing's front.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from corpus.filing import read_date
from corpus.model import Filing, Line, Speaker, Writing
from rag.cast import first_names, level_asked
from rag.choose import Pick
from rag.model import Listing, Question
from rag.voice import Voice, VoiceKind

FRONT = 3  # pages on which a filing says what it is
MOST = 5  # lines shown
COUNSEL_LINES = 6  # above "Attorneys for ...", on which their names stand

_RULINGS = ("opinion", "order", "judgment")
_PAPERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"complaint", ("complaint",)),
    (r"answer", ("answer",)),
    (r"opposition", ("opposition",)),
    (r"reply(?: brief)?", ("reply",)),
    (r"(?:opening |answering |appellate |merits )?brief", ("brief",)),
    (r"amicus brief", ("amicus_brief",)),
    (r"declaration|affidavit", ("declaration", "affidavit")),
    (r"motion(?: (?:to|for) [\w -]{3,30}?)?", ("motion",)),
    (r"case|suit|appeal|opinion|decision|ruling|order|judgment", _RULINGS),
)
_NAMED = r"(?P<what>[\w .,’'&-]{2,80}?)"
_DATED = (
    re.compile(rf"^\W*when (?:was|were) {_NAMED} (?P<verb>decided|issued|handed down|entered|filed|dated|signed|argued)\W*$", re.IGNORECASE),
    re.compile(
        rf"^\W*when did (?:the )?(?:[\w ]+ )?(?:court|judge|panel|justices|circuit) (?P<verb>decide|rule on|rule in|issue|enter)"
        rf" {_NAMED}\W*$",
        re.IGNORECASE,
    ),
    re.compile(rf"^\W*(?:what (?:is|was) the|on what|on which) date (?:of |was |did )?{_NAMED}(?: (?P<verb>decided|filed|issued|argued))?\W*$", re.IGNORECASE),
)  # fmt: skip
_BEGINS = re.compile(
    r"^\W*(?:who|which (?:justices?|judges?)) (?:wrote|authored|delivered|penned|joined|dissented|concurred|signed)\b"
    r"(?:(?: the| an?| in| with| on| from| for)*(?: \w+)? ?(?:opinion|majority|dissents?|concurrences?|decision|order|ruling"
    r"|appeal|judgment|case|Court)?)"
    rf"(?: (?:of|in|for) {_NAMED})?\W*$",
    re.IGNORECASE,
)
_SAT = re.compile(
    r"^\W*(?:(?:which|what) judges?|who) (?:(?:sat|was|were) on the (?:[\w ]+ )?panel|heard the (?:case|appeal)|made up the panel"
    r"|sat(?: on the [\w ]+)?)\b",
    re.IGNORECASE,
)
_JUDGE = re.compile(
    r"^\W*(?:who (?:is|was) the (?:district |trial |presiding |assigned )?judge|(?:which|what) (?:district |trial )?judge"
    r" (?:decided|heard|presided|issued|wrote|signed|entered|ruled|has|had))\b(?! (?:that|to|the|a) (?!case|motion|order))",
    re.IGNORECASE,
)
_COUNSEL = re.compile(
    r"^\W*(?:who (?:represent\w*|argued for|appeared for|is counsel for|was counsel for)|(?:who|which|what)"
    r" (?:is|are|was|were)? ?(?:the )?(?:lawyers?|attorneys?|counsel|law firms?) (?:for|of|represent\w*))"
    r" (?P<whom>[\w .,’'&-]{3,60}?)\W*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^\W*what(?: is|['’]s| was) the (?:docket|case) (?:number|no)\b", re.IGNORECASE)
_HEAD = re.compile(r"[^\n]{3,300}?(?:(?<=[a-z]{3})|(?<=[A-Z]{4}))[.:](?=[\s*†]|$)")
_APPEARS = re.compile(r"\b(?:attorneys?|counsel|lawyers?) for\b|^for (?:the )?[\w ]+:", re.IGNORECASE)
_DATE_WORD = re.compile(r"filed|decided|entered|dated|argued|\[", re.IGNORECASE)


def front(
    question: Question, listings: Sequence[Listing], filing_of: Callable[[str], Filing], *, one_case: bool
) -> list[Pick]:
    """The lines of the case's filings that tell what `question` asks; `listings` are the case's, the likeliest first,
    and `filing_of` gives the filing of a listing's id. Of many cases one must be named."""
    if not one_case and not _names(question.text, listings):
        return []
    return list(islice(_told(question, listings, filing_of), MOST))


def _told(question: Question, listings: Sequence[Listing], filing_of: Callable[[str], Filing]) -> Iterator[Pick]:
    """The lines, by what is asked."""
    text = question.text
    rulings = [filing_of(one.id) for one in _rulings(text, listings)]
    if dated := next((found for pattern in _DATED if (found := pattern.search(text))), None):
        kinds = _kinds(dated["what"], dated["verb"] or "", listings)
        asked = [one for one in listings if one.facts.kind in kinds]
        chosen = _rulings(text, asked) if kinds == _RULINGS else asked
        for one in chosen:
            yield from _dates(filing_of(one.id), argued=(dated["verb"] or "").lower().startswith("argue"))
    elif _BEGINS.search(text):
        for filing in rulings:
            yield from _heads(filing, text)
    elif _SAT.search(text):
        for filing in rulings:
            yield from _lines(filing, lambda line: line.lower().startswith("before"), more=2)
    elif _JUDGE.search(text):
        for filing in rulings:
            yield from _holding(filing, (filing.facts.judge or "").split()[-1:])
    elif counsel := _COUNSEL.search(text):
        for one in listings:
            yield from islice(_counsel(filing_of(one.id), _telling(counsel["whom"])), 1)
    elif _NUMBER.search(text):
        for filing in rulings:
            yield from _holding(filing, re.findall(r"\d{2,}", filing.facts.docket or ""))


def _holding(filing: Filing, parts: Sequence[str]) -> Iterator[Pick]:
    """The first line of the front that holds all `parts`; none where there are no parts."""
    holds = _lines(filing, lambda line: all(part.lower() in line.lower() for part in parts))
    yield from islice(holds, 1 if parts else 0)


def _telling(text: str) -> set[str]:
    """The words of four letters and more, in small letters."""
    return set(re.findall(r"\w{4,}", text.lower()))


def _names(question: str, listings: Sequence[Listing]) -> bool:
    """Whether the question names a party of the case."""
    parties = {name.lower() for one in listings for name in first_names(one.facts.case_name or "")}
    return bool(parties & set(re.findall(r"\w+", question.lower())))


def _kinds(what: str, verb: str, listings: Sequence[Listing]) -> tuple[str, ...]:
    """The kinds of filing that `what` names whole, or the case's rulings where it is the case's name or was decided."""
    bare = re.sub(r"^(?:the|this|their|its|his|her|[\w ]+?['’]s?)\s+", "", what.strip().lower())
    kinds = next((kinds for words, kinds in _PAPERS if re.fullmatch(words, bare)), ())
    if kinds == ("motion",) and verb.lower() in ("decided", "decide", "rule on", "rule in"):
        return _RULINGS
    named = _names(what, listings) and not re.search(r"\b(?:who|that|which|when)\b", bare)
    return kinds or (_RULINGS if named and verb and " v" in f" {bare} " or _is_case(bare, listings) else ())


def _is_case(what: str, listings: Sequence[Listing]) -> bool:
    """Whether `what` is nothing but a case's short name: "Samantar"."""
    names = {name.lower() for one in listings for name in first_names(one.facts.case_name or "")}
    return what in names


def _rulings(text: str, listings: Sequence[Listing]) -> list[Listing]:
    """The case's opinions and orders: of the court asked of where one is, those above first."""
    own = [one for one in listings if one.facts.kind in _RULINGS]
    above = [one for one in own if one.facts.kind == "opinion"]
    level = level_asked(text)
    if level == "below":
        return [one for one in own if one not in above] or own
    return above if level == "above" and above else [*above, *(one for one in own if one not in above)]


def _dates(filing: Filing, *, argued: bool) -> Iterator[Pick]:
    """The first line that holds the filing's date; or that tells when it was argued."""
    if argued:
        yield from list(_lines(filing, lambda line: "argued" in line.lower() and read_date(line) is not None))[:1]
        return
    there = list(_lines(filing, lambda line: filing.facts.date in _all_dates(line), last=True))
    there.sort(key=lambda pick: not _DATE_WORD.search(pick.text))
    yield from there[:1]


def _all_dates(line: str) -> list[str | None]:
    """Every date that a line tells."""
    return [read_date(line), *(read_date(part) for part in re.split(r"[—–;]|(?<=\d{4})", line))]


def _heads(filing: Filing, asked: str) -> Iterator[Pick]:
    """How the writings asked for begin; where the filing has none of them, how all do."""
    wanted = [w for w in filing.writings if _is_asked(w, asked)]
    for writing in wanted or [w for w in filing.writings if w.kind != "syllabus"]:
        head = _HEAD.match(filing.text, writing.start, writing.end)
        if head:
            yield _pick(filing, writing.start, head.end(), "front")


def _is_asked(writing: Writing, asked: str) -> bool:
    """Whether a question is about a writing of this kind."""
    low = asked.lower()
    if "dissent" in low:
        return writing.kind in ("dissent", "concurrence_in_part")
    if "concur" in low:
        return writing.kind in ("concurrence", "concurrence_in_part")
    return writing.kind in ("majority", "plurality", "per_curiam") and "joined" not in low


def _counsel(filing: Filing, whom: set[str]) -> Iterator[Pick]:
    """The blocks that end in "Attorneys for ...", of those asked about, from the paragraph or the page's top on."""
    lines = [line for line in filing.lines if line.page <= FRONT]
    begins = {paragraph.start for paragraph in filing.paragraphs}
    for at, line in enumerate(lines):
        if not _APPEARS.search(filing.text[line.start : line.end]):
            continue
        named = (
            n for n in (at, at + 1) if n < len(lines) and whom & _telling(filing.text[lines[n].start : lines[n].end])
        )
        last = next(named, None)
        above = [n for n in range(max(0, at - COUNSEL_LINES), at + 1) if lines[n].page == line.page]
        first = next((n for n in reversed(above) if lines[n].start in begins), above[0])
        if last is not None:
            yield _pick(filing, lines[first].start, lines[last].end, "front")


def _lines(filing: Filing, wanted: Callable[[str], bool], *, more: int = 0, last: bool = False) -> Iterator[Pick]:
    """The lines of the front, with `last` of the last page too, that are `wanted`; each with up to `more` after it,
    until its sentence ends."""
    final = filing.pages[-1].number if filing.pages else 0
    lines = [line for line in filing.lines if line.page <= FRONT or (last and line.page == final)]
    for at, line in enumerate(lines):
        if wanted(filing.text[line.start : line.end].strip()):
            ends = (other.end for other in lines[at : at + more + 1] if filing.text[: other.end].rstrip().endswith("."))
            end = next(ends, line.end)
            yield _pick(filing, line.start, end, "front" if line.page <= FRONT else "end")


def _pick(filing: Filing, start: int, end: int, kind: VoiceKind) -> Pick:
    """The lines `[start, end)`, as what the front or the end of a filing says."""
    whose = Speaker("court" if filing.facts.kind in _RULINGS else "unknown")
    voice = Voice(kind=kind, speaker=whose, kind_of_filing=filing.facts.kind)
    return Pick(filing, start, end, filing.pages_in(start, end)[0], voice)
