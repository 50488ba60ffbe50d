"""Answer what a filing tells of itself: when it was decided or filed, who wrote it, who joined, who sat, who appeared
for whom, its number, and how a case came out.

front(question, listings, filing_of) -> [Pick] | None       the lines that tell it; none where only such a line could,
                                                            and no filing shows it; None where the question asks
                                                            anything else, or names another case
named_case(text, names) -> str | None                       the case that a question names, of those in a library

    "When was Samantar v. Yousuf decided?"      "[June 1, 2010]"
    "Who wrote the opinion of the Court?"       "JUSTICE STEVENS delivered the opinion of the Court."
    "Which justices dissented?"                 how each dissent begins; where nobody dissents, how every writing does
    "Who represents Velkane?"                   the names above "Attorneys for Defendant-Appellant Velkane Systems Ltd."
    "Who won?"                                  "The judgment of the Court of Appeals is affirmed."
Only a whole question counts: "When was the subpoena issued?" asks of no filing's front, nor does a question in two
parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from corpus.courts import is_appellate
from corpus.model import Filing
from rag.captions import RULINGS, TELLING, counsel_block, date_line, judgment, line_holding, lines_of, writing_heads
from rag.cast import first_names, level_asked
from rag.choose import Pick
from rag.model import Listing, Question

FilingOf = Callable[[str], Filing]

MOST = 5  # lines shown

_PAPERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"complaint", ("complaint",)),
    (r"answer", ("answer",)),
    (r"opposition", ("opposition",)),
    (r"reply(?: brief)?", ("reply",)),
    (r"(?:(?:opening|answering|appellate|merits) )?brief", ("brief",)),
    (r"amicus brief", ("amicus_brief",)),
    (r"(?:[\w-]+ )?(?:declaration|affidavit)", ("declaration", "affidavit")),
    (r"motion(?: (?:to|for) [\w -]{3,30}?)?", ("motion",)),
    (r"order", ("order",)),
    (r"opinion", ("opinion",)),
    (r"decision|ruling|judgment", RULINGS),
)
_WHAT = r"(?P<what>[\w .,’'&-]{2,80}?)"
_COURT = r"(?:the )?(?:[\w ]+ )?(?:court|judge|panel|justices|circuit)(?: [A-Z]\w+)?"
_DONE = r"(?P<verb>decided|issued|handed down|entered|filed|dated|signed|argued)"
_DATED = (
    re.compile(rf"^\W*when (?:was|were) {_WHAT} {_DONE}\W*$", re.IGNORECASE),
    re.compile(rf"^\W*when did {_COURT} (?P<verb>decide|rule on|rule in|issue|enter) {_WHAT}\W*$", re.IGNORECASE),
    re.compile(rf"^\W*(?:what was the|on what) date (?:of |was )?{_WHAT}(?: {_DONE})?\W*$", re.IGNORECASE),
)
_RULED_ON = ("decided", "decide", "rule on", "rule in")
_BEGINS = re.compile(
    r"^\W*(?:who|which (?:justices?|judges?)) (?:wrote|authored|delivered|penned|joined|dissented|concurred)\b"
    r"(?: (?:the|an?|in|with|on|from|for|majority|plurality|partial|first|separate|(?:[\w.]+ ){0,2}[\w.]+['’]s))*"
    r"(?: (?:opinion|majority|dissents?|concurrences?|decision|order|ruling|appeal|judgment|case))?"
    rf"(?: (?:of|in|for) {_WHAT})?\W*$",
    re.IGNORECASE,
)
_SAT = re.compile(
    r"^\W*(?:(?:which|what) judges?|who) (?:(?:sat|was|were) on the (?:[\w ]+ )?panel|heard the (?:case|appeal)"
    r"|made up the (?:[\w ]+ )?panel)\W*$",
    re.IGNORECASE,
)
_JUDGE = re.compile(
    r"^\W*(?:who (?:is|was) the (?:district |trial |presiding |assigned )?judge"
    r"|(?:which|what) (?:district |trial )?judge"
    r" (?:decided|heard|presided over|issued|wrote|signed|entered|ruled on)"
    r" (?:the |this )?(?:case|motion(?: to \w+)?|order|opinion|decision|ruling))\W*$",
    re.IGNORECASE,
)
_COUNSEL = re.compile(
    r"^\W*(?:who (?:represent\w*|argued for|appeared for|(?:is|was) counsel for)|(?:who|which|what)"
    r" (?:(?:is|are|was|were) )?(?:the )?(?:lawyers?|attorneys?|counsel|law firms?) (?:for|represent\w*))"
    r" (?P<whom>[\w .,’'&-]{3,60}?)\W*$",
    re.IGNORECASE,
)
_CAME_OUT = re.compile(
    r"^\W*(?:who (?:won|prevailed|lost)|what (?:is|was) the (?:outcome|disposition|result)"
    r"|how did(?= .* (?:come out|end)\W*$))(?P<rest>.*)",
    re.IGNORECASE,
)
_OF_A_CASE = frozenset(
    [
        "in",
        "of",
        "on",
        "the",
        "this",
        "that",
        "case",
        "appeal",
        "suit",
        "lawsuit",
        "come",
        "out",
        "end",
        "v",
        "vs",
        "court",
    ]
)
_NUMBER = re.compile(r"^\W*what(?: is|['’]s| was) the (?:docket|case) (?:number|no)\b", re.IGNORECASE)
_TWO_PARTS = re.compile(r"\b(?:and|but)\s+(?:why|what|how|did|was|were|on what|which|who|when|where)\b", re.IGNORECASE)
_VERSUS = re.compile(r"([A-Z][\w’'&-]*)(?:[’']s)? v\.? (?:the )?([A-Z][\w’'&-]*)")
_NAME = re.compile(r"(?<=\s)[A-Z][\w’'-]+")
_OF_COURTS = frozenset(  # words with a capital that name no case
    re.findall(
        r"\w+",
        "court courts justice justices judge judges circuit district supreme appeals chief united states us federal"
        " first second third fourth fifth sixth seventh eighth ninth tenth eleventh",
    )
)
_OF_ANY = frozenset(["brief", "declaration", "affidavit", "appellate", "merits", "amicus"])  # tell none from another


def front(question: Question, listings: Sequence[Listing], filing_of: FilingOf) -> list[Pick] | None:
    """The lines of one case's filings that tell what `question` asks; `listings` are the case's, and `filing_of` gives
    the filing of a listing's id."""
    if not listings or _TWO_PARTS.search(question.text) or not _is_of(question.text, listings):
        return None
    told = list(islice(_told(question.text, listings, filing_of), MOST))
    only = any(pattern.search(question.text) for pattern in (_COUNSEL, _SAT, _NUMBER))  # the record's prose tells none
    return told if told or only else None


def named_case(text: str, names: Iterable[str]) -> str | None:
    """The one of these case names that a question names: both sides of a "v.", else a party by the word it is called
    by; None where it names none, or more than one."""
    versus = _VERSUS.search(text)
    words = set(re.findall(r"\w+", text)) - {"United", "States"}
    found = [
        name
        for name in names
        if (_has_sides(versus, name) if versus else bool(words & set(first_names(name)) - {"United", "States"}))
    ]
    return found[0] if len(found) == 1 else None


def _has_sides(versus: re.Match[str], name: str) -> bool:
    """Whether the words beside a "v." stand each on its side of a case's name."""
    sides = [{word.lower() for word in re.findall(r"[\w’'&-]+", side)} for side in re.split(r"\s+v\.?s?\.?\s+", name)]
    return len(sides) == 2 and all(word.lower() in side for word, side in zip(versus.groups(), sides, strict=True))


def _is_of(text: str, listings: Sequence[Listing]) -> bool:
    """Whether all names in a question are of this case: of its parties, its judges, those who filed, or of courts."""
    if versus := _VERSUS.search(text):
        return any(_has_sides(versus, one.facts.case_name or "") for one in listings)
    known = [
        *(f"{one.facts.case_name or ''} {one.facts.filer or ''} {one.facts.judge or ''}" for one in listings),
        *(writing.author or "" for one in listings for writing in one.writings),
    ]
    own = _OF_COURTS.union(re.findall(r"[\w-]+", " ".join(known).lower()))
    return all(re.sub(r"[’']s?$", "", name).lower() in own for name in _NAME.findall(text))


def _told(text: str, listings: Sequence[Listing], filing_of: FilingOf) -> Iterator[Pick]:
    """The lines, by what is asked."""
    dated = next((found for pattern in _DATED if (found := pattern.search(text))), None)
    if dated:
        verb = (dated["verb"] or "").lower()
        for one in _filed(text, dated["what"], verb, listings):
            yield from date_line(filing_of(one.id), argued=verb == "argued")
    elif counsel := _COUNSEL.search(text):
        blocks = [counsel_block(filing_of(one.id), set(TELLING.findall(counsel["whom"].lower()))) for one in listings]
        yield from {pick.text.lower(): pick for pick in blocks if pick}.values()
    elif tells := _of_a_ruling(text, listings):
        for one in _rulings(text, listings):
            yield from tells(filing_of(one.id))


def _of_a_ruling(text: str, listings: Sequence[Listing]) -> Callable[[Filing], Iterator[Pick]] | None:
    """How a ruling is read for what is asked; None where no such thing is."""
    if _BEGINS.search(text):
        return lambda filing: writing_heads(filing, text.lower())
    if _SAT.search(text):
        return lambda filing: lines_of(filing, lambda line: line.lower().startswith("before"), sentence=True)
    if _JUDGE.search(text):
        return lambda filing: line_holding(filing, (filing.facts.judge or "").split()[-1:])
    if _asks_outcome(text, listings):
        return judgment
    if _NUMBER.search(text):
        return lambda filing: line_holding(filing, re.findall(r"\d{2,}", filing.facts.docket or ""))
    return None


def _called(listings: Sequence[Listing]) -> set[str]:
    """The words by which the parties are called, in small letters."""
    return {name.lower() for one in listings for name in first_names(one.facts.case_name or "")}


def _filed(text: str, what: str, verb: str, listings: Sequence[Listing]) -> list[Listing]:
    """The filings that `what` names whole: of a motion decided the rulings of the court below; of a case the rulings,
    and where it was filed the complaint."""
    bare = re.sub(r"^(?:the|this|their|its|his|her|[\w ]+?['’]s?)\s+", "", what.strip().lower())
    if _is_case(bare, listings):
        begun = [one for one in listings if one.facts.kind == "complaint" and bare != "appeal"]
        return begun if verb == "filed" else _rulings(text, listings)
    kinds = next((kinds for words, kinds in _PAPERS if re.fullmatch(words, bare)), ())
    if kinds == ("motion",) and verb in _RULED_ON:
        return _rulings("the district court", listings)  # a motion is decided where it was made
    asked = [one for one in listings if one.facts.kind in kinds]
    return _rulings(text, asked) if kinds == RULINGS else [one for one in asked if _is_called(one, bare)]


def _is_called(listing: Listing, what: str) -> bool:
    """Whether the kind, the title or the filer of a filing has all the words by which it is told from others."""
    known = f"{listing.facts.kind} {listing.facts.title or ''} {listing.facts.filer or ''}".lower()
    return all(word in known for word in what.split() if word not in _OF_ANY)


def _is_case(what: str, listings: Sequence[Listing]) -> bool:
    """Whether these words, in small letters, name nothing but the case."""
    parties = _called(listings)
    named = re.sub(r" case$", "", what) in parties or (" v" in what and bool(parties & set(what.split())))
    return named or re.fullmatch(r"case|(?:law)?suit|appeal|action", what) is not None


def _rulings(text: str, listings: Sequence[Listing]) -> list[Listing]:
    """The case's opinions and orders, opinions first; of the courts above or below alone where those are asked of: an
    appeal's opinion is no ruling of the trial judge."""
    own = sorted((one for one in listings if one.facts.kind in RULINGS), key=lambda one: one.facts.kind != "opinion")
    level = level_asked(text)
    return [one for one in own if level is None or (level == "above") == is_appellate(one.facts.court)]


def _asks_outcome(text: str, listings: Sequence[Listing]) -> bool:
    """Whether a question asks how a case came out, and names nothing but it."""
    found = _CAME_OUT.search(text)
    known = _OF_A_CASE.union(*(re.findall(r"\w+", (one.facts.case_name or "").lower()) for one in listings))
    return found is not None and set(re.findall(r"\w+", found["rest"].lower())) <= known
