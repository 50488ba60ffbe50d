"""Passages of whoever a question asks about come before others that say the same.

prefer(question, ranked, refs, writings) -> ranked
  voice    the speaker or the writing is one whose statement is asked for ("how did Plaintiffs answer", "the dissent")
  kind     the filing is of a kind asked for ("in the opposition", "testimony")
  named    the speaker is named ("Mr. Elering", "Judge Brandt")
  case     the filing is of a case that the question names, where others were found too ("in Perdue", "Samantar")
  court    the filing is the decision of the court asked of ("the trial judge", "on appeal")
A syllabus, which is no part of the opinion it sums up, comes after the opinion's own words unless it is asked for.
In one case's record every filing repeats the others: what tells them apart is who speaks (evals/RESULTS.md, Ideas).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from corpus.model import Passage, Writing
from rag.cast import level_asked, speaks
from rag.model import FilingRef, Question

PREFERENCE = 2.0  # added for each, in standard deviations of the scores; evals/rows.jsonl: +1 gains half as much

_GENERAL = frozenset(["Court", "District", "United", "States", "Plaintiffs", "Defendants", "Amici", "Companies"])
_OF_MANY = _GENERAL | frozenset(
    [
        *("American", "Association", "Attorney", "Bank", "Board", "City", "Commission", "Company", "Corporation"),
        *("County", "Department", "Federal", "General", "Insurance", "International", "National", "School"),
        *("Secretary", "Service", "Services", "State", "Union", "University"),
    ]
)  # words of case names that name no case

_JUDGE = re.compile(r"\b(?:Justice|Judge)s? [A-Z]\w+(?:,? (?:and )?[A-Z]\w+)*")

Scored = tuple[Passage, float]


def prefer(
    question: Question,
    ranked: Sequence[Scored],
    refs: Mapping[str, FilingRef],
    writings: Mapping[str, Sequence[Writing]],
) -> list[Scored]:
    """The passages with what they gain by who speaks in them, best first; order is kept among equals."""
    named = named_cases(question.text, refs)
    gained = []
    for passage, score in ranked:
        filing = passage.id.rpartition(":")[0]
        apart = writings.get(filing, ())
        writing = apart[passage.writing].kind if passage.writing is not None and apart else None
        reasons = _reasons(question, passage, refs[filing], writing) + (filing in named)
        gained.append((passage, score + PREFERENCE * reasons))
    return sorted(gained, key=lambda item: -item[1])


def _reasons(question: Question, passage: Passage, ref: FilingRef, writing: str | None) -> int:
    """How many reasons of its own there are to prefer a passage, less one for a syllabus not asked for."""
    return (
        any(speaks(question, passage.speaker.role, writing, voice) for voice in question.voices)
        + (ref.kind in question.kinds)
        + is_named(question.text, passage.speaker.name)
        + is_of_court_asked(question.text, ref.kind)
        - (writing == "syllabus" and "syllabus" not in question.voices)
    )


def named_cases(text: str, refs: Mapping[str, FilingRef]) -> frozenset[str]:
    """The filings whose case has a name that stands in the question and that no other case found has ("Samantar")."""
    cases: dict[tuple[str, ...], set[str]] = {}
    for ref in refs.values():
        cases.setdefault(sides_key(ref.case_name or ""), set()).update(_words(ref.case_name or ""))
    held = Counter(word for words in cases.values() for word in words)
    asked = {word for word in _words(_JUDGE.sub("", text)) if held[word] == 1}
    return frozenset(key for key, ref in refs.items() if asked & _words(ref.case_name or ""))


def sides_key(name: str) -> tuple[str, ...]:
    """The first word of each side: "Tarnwick Messaging, Inc. v. Velkane Systems Ltd." is ("tarnwick", "velkane")."""
    return tuple(re.findall(r"\w+", side)[0].lower() if re.search(r"\w", side) else "" for side in name.split(" v. "))


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\b[A-Z][\w-]{3,}", name)) - _OF_MANY


def is_named(text: str, name: str | None) -> bool:
    """Whether a word of the speaker's name stands in the question ("Elering" of "Tomas Elering")."""
    words = set(re.findall(r"[A-Z][\w’'-]{3,}", name or "")) - _GENERAL
    return any(re.search(rf"\b{re.escape(word)}\b", text) for word in words)


def is_of_court_asked(text: str, kind: str) -> bool:
    """Whether a filing of this kind is the decision of the court asked of, where the question says which."""
    level = level_asked(text)
    return level is not None and kind == ("order" if level == "below" else "opinion")
