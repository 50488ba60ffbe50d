"""Who the parties of a record are: names and roles that stand for one side, and which words are in a voice asked for.

set_cast(question, listings) -> Question         voices for people and parties asked of by name, and the roles that
                                                 speak for each side
speaks(question, role, writing, voice) -> bool   whether a passage by this role, in this writing, is in a voice
is_other_court(question, court) -> bool          whether the court above or below is asked of, not this one

    Tarnwick v. Velkane; Velkane appeals    plaintiff: plaintiff, appellee      defendant: defendant, appellant
    "What does Velkane argue?"              the voice "defendant"
    "What did Judge Brandt write?"          the voice "dissent", where Brandt dissents
    "What did Elering concede?"             the voice "witness", where a declaration is Elering's
Which side appealed is read from who filed the appellant's brief; where no filing tells, the defendant is taken to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from rag.model import Listing, Question
from rag.question import PARTY, says_something

Level = Literal["below", "above"]

_BELOW = re.compile(r"\b(?:district|trial|lower) (?:court|judge)\b", re.IGNORECASE)
_ABOVE = re.compile(
    r"\b(?:courts? of appeals|appeals court|\w+ circuit|on appeal|appellate|panel|majority)\b", re.IGNORECASE
)
_CONTROLLING = ("majority", "plurality", "per_curiam")
_WRITINGS = {  # in which a voice speaks; an opinion in part the one and in part the other is in both
    "majority": _CONTROLLING,
    "plurality": _CONTROLLING,
    "dissent": ("dissent", "concurrence_in_part"),
    "concurrence": ("concurrence", "concurrence_in_part"),
    "syllabus": ("syllabus",),
}
_SIDES = ("plaintiff", "defendant")
PARTIES = ("plaintiff", "defendant", "appellant", "appellee", "petitioner", "respondent", "government")
_UPPER = {"appellant": "appellee", "appellee": "appellant", "petitioner": "respondent", "respondent": "petitioner"}
_VOICES = {"concurrence_in_part": "concurrence", "per_curiam": "majority"}
_NO_NAME = frozenset(
    [
        "the",
        "in",
        "re",
        "ex",
        "parte",
        "united",
        "states",
        "state",
        "people",
        "of",
        "commonwealth",
        "department",
        "et",
        "al",
        "inc",
        "llc",
        "ltd",
        "corp",
    ]
)


def set_cast(question: Question, listings: Sequence[Listing]) -> Question:
    """The question with its voices and sides read against the filings of one case."""
    left, right = _parties(listings)
    named = [(name, side) for side, names in (("plaintiff", left), ("defendant", right)) for name in names]
    named += _witnesses(listings)
    asked = [(m.start(), side) for name, side in named if (m := says_something(question.text, re.escape(name)))]
    for name, voice in _judges(listings):
        asked += [(m.start(), voice) for m in [re.search(rf"\b{re.escape(name)}\b", question.text)] if m]
    voices = [voice for _, voice in sorted(asked)]
    sides = _kin(listings, left, right)
    return replace(question, voices=_put(question.voices, voices), sides=sides)


def _put(voices: Sequence[str], named: Sequence[str]) -> tuple[str, ...]:
    """The voices with those asked for by name: in place of "party" where it is asked for, else last."""
    if PARTY not in voices or not named:
        return tuple(dict.fromkeys((*voices, *named)))
    at = list(voices).index(PARTY)
    return tuple(dict.fromkeys((*voices[:at], *named, *voices[at + 1 :])))


def roles_of(question: Question, voice: str) -> tuple[str, ...]:
    """The roles that speak for a voice in this record, itself first."""
    if voice == PARTY:
        return PARTIES
    return next((roles for side, roles in question.sides if side == voice), (voice,))


def speaks(question: Question, role: str, writing: str | None, voice: str) -> bool:
    """Whether words of this role, in this writing, are in a voice that a question asks for.

    So a passage is told, by who wrote it. What a sentence does there, argue or report, `rag.choose.is_voice` tells.
    """
    if voice in _WRITINGS:
        return writing in _WRITINGS[voice]
    if voice == "court":
        return role == "court" and (writing is None or writing in _CONTROLLING)
    return role in roles_of(question, voice)


def level_asked(text: str) -> Level | None:
    """The court asked of: that below ("the trial judge") or above ("on appeal"); None for neither or both."""
    below, above = bool(_BELOW.search(text)), bool(_ABOVE.search(text))
    return None if below == above else "below" if below else "above"


def is_other_court(question: Question, court: str) -> bool:
    """Whether a question asks of the court above or below the one that speaks."""
    level = level_asked(question.text)
    return level is not None and (court == "The district court") != (level == "below") and court != "The court"


def _judges(listings: Sequence[Listing]) -> list[tuple[str, str]]:
    """The authors of writings with the voice each has; a trial judge has the court's."""
    found = [(w.author, _VOICES.get(w.kind, w.kind)) for one in listings for w in one.writings if w.author]
    found += [
        ((one.facts.judge or "").split()[-1], "court") for one in listings if one.facts.judge and not one.writings
    ]
    return list(dict.fromkeys(found))


def _witnesses(listings: Sequence[Listing]) -> list[tuple[str, str]]:
    """The surnames of those who signed declarations."""
    sworn = [one.facts.filer for one in listings if one.facts.kind in ("declaration", "affidavit") and one.facts.filer]
    return [(name.split()[-1], "witness") for name in dict.fromkeys(sworn)]


def first_names(case_name: str) -> list[str]:
    """The words by which the parties in a case's name are called."""
    return [name for party in re.split(r"\s+v\.?s?\.?\s+", case_name, maxsplit=1) for name in _first_name(party)]


def _parties(listings: Sequence[Listing]) -> tuple[list[str], list[str]]:
    """The first words of the parties' names left and right of the "v." in the case's names."""
    left: list[str] = []
    right: list[str] = []
    for case_name in dict.fromkeys(one.facts.case_name or "" for one in listings):
        parties = re.split(r"\s+v\.?s?\.?\s+", case_name, maxsplit=1)
        for names, party in zip((left, right), parties, strict=False):
            names += _first_name(party)
    return list(dict.fromkeys(left)), list(dict.fromkeys(right))


def _first_name(party: str) -> list[str]:
    """The word by which a party is called: "Tarnwick" of "Tarnwick Messaging, Inc."; none for "United States"."""
    words = [w for w in re.findall(r"[A-Z][\w’'-]+", party) if w.lower() not in _NO_NAME]
    return [words[0].title() if words[0].isupper() else words[0]] if words else []


def _kin(listings: Sequence[Listing], left: list[str], right: list[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """For each side the roles that speak for it, below and above."""
    roles: dict[str, list[str]] = {side: [side] for side in _SIDES}
    for upper in ("appellant", "petitioner"):
        filers = [n for one in listings if one.facts.side == upper for n in _first_name(one.facts.filer or "")]
        there = {one.facts.side for one in listings}
        if not there & {upper, _UPPER[upper]} and upper != "petitioner":
            continue
        mine = "plaintiff" if set(filers) & set(left) and not set(filers) & set(right) else "defendant"
        if upper == "petitioner" and not filers:
            mine = "plaintiff"  # the petitioner's name stands first in the Supreme Court
        roles[mine].append(upper)
        roles["plaintiff" if mine == "defendant" else "defendant"].append(_UPPER[upper])
    made = [(side, tuple(own)) for side, own in roles.items()]
    return tuple(made) + tuple((role, tuple(own)) for own in roles.values() for role in own[1:])
