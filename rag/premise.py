"""Notice a question that presumes what the record contradicts.

contradiction(question, ranked) -> Candidate | None     the sentence that says the opposite of what is presumed
  deed      "On what ground did the Ninth Circuit reverse …?"       "The Court of Appeals affirmed."   (rag/acts.py)
  holding   "Why did the Court hold that belief defeats liability?"  "Belief in invalidity is no defense."
                                                                                                   (rag/presumed.py)
  outcome   "Why did the Court require Pleasant Grove to display it?"  Pleasant Grove won              (rag/outcome.py)
Only a question that asks for the reason of what a court did presumes anything here. A deed is contradicted where the
same court is told to have done the opposite to the same thing, and nowhere to have done what is presumed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.model import Filing
from rag.acts import Act, acts, same_court
from rag.deeds import GENERIC, Told, deeds, flat
from rag.model import Question
from rag.outcome import presumed_winner, winner
from rag.presumed import Sides, weigh_holding
from rag.quotable import is_boilerplate
from rag.sentences import Candidate
from rag.voice import voice_of_words
from rag.words import content_words, holds_term, key_terms, stem

OBJECT_SHARE = 0.3  # of the words for what was done to, that a sentence telling the opposite must hold
CLEARLY = 0.3  # how much more of them than any sentence that bears the question out

_ASKS_WHY = re.compile(
    r"^\W*(?:why\b|explain why|how come|for what reasons?|on (?:what|which) (?:basis|grounds?|theor(?:y|ies)|reason\w*)"
    r"|what (?:\w+ )?(?:reasons?|basis|grounds?|justification|rationale|defects?|flaws?|errors?|led|made|persuaded"
    r"|moved|caused|prompted|convinced|drove)\b|how (?:did|does|do) .{3,60}? (?:justify|explain|defend)\b)",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:hold|held|find|found|rul(?:e|ed|ing)|conclud\w+|decid\w+|determin\w+|say|said|believ\w+|think|thought)\b",
    re.IGNORECASE,
)
_HOLDS_THAT = re.compile(
    r"\b(?:court|justices|circuit|judge|majority|panel)\b.{0,20}?\b(?:hold|find|rule|conclude|decide)\b(?: that)?(.*)",
    re.IGNORECASE,
)
# What a court did instead, where a question presumes the first.
_INSTEAD = {
    "affirm": ("reverse",),
    "reverse": ("affirm", "uphold"),
    "uphold": ("strike", "reverse"),
    "strike": ("uphold",),
    "grant": ("deny", "reject"),
    "deny": ("grant", "dismiss"),
    "bar": ("grant",),
    "dismiss": (),
    "accept": ("reject",),
    "reject": ("accept",),
}
_OF_A_JUDGMENT = ("affirm", "reverse")  # done to one thing alone: what it is called does not matter
# "Count Four" is not Count One, and Rule 12(b)(7) is not Rule 12(b)(1).
_NUMBERED = re.compile(
    r"\b(?:\d[\w()-]*|[IVX]+|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|First|Second|Third|Fourth|Fifth|Sixth)(?!\w)"
)
# Whom it was done to: "as to Velkane".
_OF_WHOM = re.compile(r"\b(?:as to|against) ((?:[A-Z][\w’'-]+ ?)+)")
_HEAD_ENDS = re.compile(r"\b(?:as|to|for|of|under|on|in|against|that|about|by|with)\b")
# "Counts Two and Three are not separately challenged."
_COUNTS = r"Counts? (?P<{}>[A-Z]\w*(?:,? (?:and )?[A-Z]\w*)*)"
_UNCHALLENGED = re.compile(
    rf"\b{_COUNTS.format('those')}\b.*?\bnot (?:\w+ly )?(?:challenged|attacked|at issue)\b"
    rf"|\bnot (?:\w+ly )?(?:challenge|attack|move to dismiss|seek dismissal of) {_COUNTS.format('these')}"
)


def contradiction(question: Question, ranked: Sequence[Candidate]) -> Candidate | None:
    """The sentence that says the opposite of what the question presumes; None where the question presumes nothing, or
    the record bears it out, or does not say."""
    if not _ASKS_WHY.search(question.text) or set(question.voices) & {"dissent", "concurrence"}:
        return None
    filings = {c.filing.id: c.filing for c in ranked}
    sides = [_sides(question.text, filing) for filing in filings.values()]
    borne = max((side.borne for side in sides), default=0.0)
    against = [(-share, order, index) for order, side in enumerate(sides) for share, index in side.against]
    if not against or -min(against)[0] < borne + CLEARLY:
        return _lost(question.text, ranked)
    _, order, index = min(against)
    return _candidate(list(filings.values())[order], index, ranked)


def _lost(question: str, ranked: Sequence[Candidate]) -> Candidate | None:
    """What the Supreme Court held, likeliest first, where the party presumed to have won there lost."""
    if not ranked or ranked[0].filing.facts.court != "scotus":
        return None
    filing = ranked[0].filing
    presumed = presumed_winner(question, filing.facts.case_name or "")
    judgments = [one for one in deeds(filing) if one.act.court == "this" and one.act.deed in _OF_A_JUDGMENT]
    won = winner(one.act.deed for one in judgments)
    if presumed is None or won is None or presumed == won:
        return None
    disposing = {one.index for one in judgments}
    own = (c for c in ranked if c.filing.id == filing.id and c.voice.kind == "holding" and c.index not in disposing)
    held = (c for c in own if not is_boilerplate(" ".join(c.text.split())))
    return next(held, None) or _candidate(filing, judgments[-1].index, ranked)


def _sides(question: str, filing: Filing) -> Sides:
    """What `filing` says for and against what the question presumes."""
    if not all(holds_term(name, filing.text.lower()) for name in key_terms(question)):
        return Sides()  # of another case
    asked = next(acts(question, filing.facts.court), None)
    if asked is None or _SAYS.search(question[: asked.start]):
        held = _HOLDS_THAT.search(question)
        return weigh_holding(held[1], question, filing) if held else Sides()
    if asked.name in {(w.author or "?").lower() for w in filing.writings}:
        return Sides()  # a judge of a separate writing, no court
    return _undone(asked, question[asked.end :], filing)


def _undone(asked: Act, done_to: str, filing: Filing) -> Sides:
    """The sentences in which the court asked about did it, or the opposite: did something else to the same thing, or
    ruled on a motion to do it."""
    whole, moved = asked.deed in _OF_A_JUDGMENT, stem(asked.verb)
    what = frozenset(content_words(done_to)) - GENERIC
    against: list[tuple[float, int]] = []
    borne = 0.0
    for one in (one for one in deeds(filing) if same_court(asked, one.act)):
        deed = one.act.deed
        on_motion = deed in ("grant", "deny") and asked.deed != deed and moved in one.words
        share = len((what | {moved}) & one.words) / len(what | {moved}) if on_motion else _share(what, one.words)
        if deed == asked.deed or (asked.deed, deed) == ("affirm", "uphold") or (on_motion and deed == "grant"):
            borne = max(borne, 2.0 if whole else 1.0 if not what else share)
        elif whole and deed in _INSTEAD[asked.deed]:
            against.append((1.0 + share, one.index))
        elif (on_motion or deed in _INSTEAD[asked.deed]) and share >= OBJECT_SHARE and asked.deed not in one.deeds:
            same = _is_of_the_same(done_to, one, flat(filing, filing.sentences[one.index]))
            against += [(share, one.index)] if same and _is_sought(asked, one.act, done_to) else []
    if asked.deed == "dismiss":
        against += [(1.0, index) for index in _unchallenged(filing, done_to)]
    return Sides(tuple(against), borne)


def _unchallenged(filing: Filing, done_to: str) -> Iterator[int]:
    """The sentences that say that a count, named by its number, is not challenged."""
    numbers = set(_NUMBERED.findall(done_to))
    for index, sentence in enumerate(filing.sentences):
        found = _UNCHALLENGED.search(flat(filing, sentence)) if sentence.speaker.role == "court" else None
        if found and numbers & set(_NUMBERED.findall(found["those"] or found["these"])):
            yield index


def _is_of_the_same(done_to: str, one: Told, text: str) -> bool:
    """Whether a sentence that tells a deed has the numbers, the party and the thing that it is asked to be done to."""
    thing = content_words(_HEAD_ENDS.split(done_to)[0])[-1:]
    of_it = not thing or thing[0] in GENERIC or thing[0] in one.words
    named = [*_NUMBERED.findall(done_to), *(whom.split()[0] for whom in _OF_WHOM.findall(done_to))]
    return of_it and all(name in text for name in named)


def _is_sought(asked: Act, act: Act, done_to: str) -> bool:
    """False where a motion is presumed denied, and what was done is not what it sought: a dismissal undoes the denial
    of a motion to dismiss, and of no other."""
    return asked.deed != "deny" or act.deed == "grant" or stem(act.verb) in done_to


def _share(words: frozenset[str], held: frozenset[str]) -> float:
    """The share of the words that are held; none where a single one of several is, which may be chance."""
    common = len(words & held)
    return common / len(words) if common >= min(2, len(words)) > 0 else 0.0


def _candidate(filing: Filing, index: int, ranked: Sequence[Candidate]) -> Candidate:
    """A sentence as a candidate, of the passage nearest to it among those found."""
    sentence = filing.sentences[index]
    pages = filing.pages_in(sentence.start, sentence.end)
    of_it = [c for c in ranked if c.filing.id == filing.id]
    page = pages[0] if pages else of_it[0].page
    near = min(of_it, key=lambda c: (abs(c.page - page), -c.score))
    return replace(near, index=index, page=page, voice=voice_of_words(filing, sentence.start, sentence.end))
