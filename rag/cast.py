"""Who the parties of a record are: names and roles that stand for one side.

set_cast(question, refs) -> Question    voices for parties asked of by name, and the roles that speak for each side

    Tarnwick v. Velkane; Velkane appeals    plaintiff: plaintiff, appellee      defendant: defendant, appellant
    "What does Velkane argue?"              the voice "defendant"
Which side appealed is read from who filed the appellant's brief; where no filing tells, the defendant is taken to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from rag.model import FilingRef, Question
from rag.question import says_something

_BELOW = re.compile(r"\b(?:district|trial|lower) (?:court|judge)\b", re.IGNORECASE)
_ABOVE = re.compile(
    r"\b(?:courts? of appeals|appeals court|\w+ circuit|on appeal|appellate|panel|majority)\b", re.IGNORECASE
)
_SIDES = ("plaintiff", "defendant")
_UPPER = {"appellant": "appellee", "appellee": "appellant", "petitioner": "respondent", "respondent": "petitioner"}
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


def set_cast(question: Question, refs: Iterable[FilingRef]) -> Question:
    """The question with its voices and sides read against the filings `refs` of one case."""
    known = list(refs)
    left, right = _parties(known)
    sides = _kin(known, left, right)
    named = [(name, side) for side, names in (("plaintiff", left), ("defendant", right)) for name in names]
    asked = [(question.text.find(name), side) for name, side in named if says_something(question.text, re.escape(name))]
    voices = [side for _, side in sorted(asked)]
    return replace(question, voices=tuple(dict.fromkeys((*question.voices, *voices))), sides=sides)


def roles_of(question: Question, voice: str) -> tuple[str, ...]:
    """The roles that speak for a voice in this record, itself first."""
    return next((roles for side, roles in question.sides if side == voice), (voice,))


def is_other_court(question: Question, court: str) -> bool:
    """Whether a question asks of the court above or below the one that speaks."""
    below, above = bool(_BELOW.search(question.text)), bool(_ABOVE.search(question.text))
    return below != above and (court == "The district court") != below and court != "The court"


def _parties(refs: list[FilingRef]) -> tuple[list[str], list[str]]:
    """The first words of the parties' names left and right of the "v." in the case's names."""
    left: list[str] = []
    right: list[str] = []
    for ref in refs:
        for names, party in zip(
            (left, right), re.split(r"\s+v\.?s?\.?\s+", ref.case_name or "", maxsplit=1), strict=False
        ):
            names += _first_name(party)
    return list(dict.fromkeys(left)), list(dict.fromkeys(right))


def _first_name(party: str) -> list[str]:
    """The word by which a party is called: "Tarnwick" of "Tarnwick Messaging, Inc."; none for "United States"."""
    words = [w for w in re.findall(r"[A-Z][\w’'-]+", party) if w.lower() not in _NO_NAME]
    return [words[0].title() if words[0].isupper() else words[0]] if words else []


def _kin(refs: list[FilingRef], left: list[str], right: list[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """For each side the roles that speak for it, below and above."""
    roles: dict[str, list[str]] = {side: [side] for side in _SIDES}
    for upper in ("appellant", "petitioner"):
        filers = [name for ref in refs if ref.side == upper for name in _first_name(ref.filer or "")]
        there = {ref.side for ref in refs}
        if not there & {upper, _UPPER[upper]} and upper != "petitioner":
            continue
        mine = "plaintiff" if set(filers) & set(left) and not set(filers) & set(right) else "defendant"
        if upper == "petitioner" and not filers:
            mine = "plaintiff"  # the petitioner's name stands first in the Supreme Court
        roles[mine].append(upper)
        roles["plaintiff" if mine == "defendant" else "defendant"].append(_UPPER[upper])
    made = [(side, tuple(own)) for side, own in roles.items()]
    return tuple(made) + tuple((role, tuple(own)) for own in roles.values() for role in own[1:])
