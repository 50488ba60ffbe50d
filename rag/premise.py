"""Notice a question that presumes what the record contradicts.

contradiction(question, ranked) -> Candidate | None     the sentence that says the opposite of what is presumed
  deed      "On what ground did the Ninth Circuit reverse …?"       "The Court of Appeals affirmed."   (rag/acts.py)
  holding   "Why did the Court hold that belief defeats liability?"  "Belief in invalidity is no defense."; or
                                                                  "We do not reach whether belief is a defense."
  outcome   "Why did the Court require Pleasant Grove to display it?"  Pleasant Grove won              (rag/outcome.py)
Only a question that asks for the reason of what a court did presumes anything here. A deed is contradicted where the
same court is told to have done the opposite to the same thing, and nowhere to have done what is presumed. A holding
is contradicted by decisions that hold most of its words and are of the other polarity, while no sentence of the court
that holds most of them is of its own.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.model import Filing, Sentence
from rag.acts import Act, acts, same_court
from rag.deeds import GENERIC, deeds, flat
from rag.model import Question
from rag.outcome import presumed_winner, winner
from rag.sentences import Candidate
from rag.told import recounts
from rag.voice import voice_of_words
from rag.words import content_words, holds_term, key_terms, stem

OBJECT_SHARE = 0.3  # of the words for what was done to, that a sentence telling the opposite must hold
CLEARLY = 0.3  # how much more of them than any sentence that bears the question out
ALIKE_SHARE = 0.5  # of a presumed holding's words, by rarity, that a decision must hold
LEAST_WORDS = 3  # of them

_ASKS_WHY = re.compile(
    r"^\W*(?:why\b|explain why|how come|for what reasons?|on (?:what|which) (?:basis|grounds?|theor(?:y|ies)|reason\w*)"
    r"|what (?:reasons?|basis|grounds?|justification|rationale|defects?|flaws?|errors?|led|made|persuaded|moved|caused"
    r"|prompted|convinced|drove)\b|how (?:did|does|do) .{3,60}? (?:justify|explain|defend)\b)",
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
_NOT = re.compile(
    r"\b(?:not|no|never|nor|neither|cannot|without|declin\w+|refus\w+|reject\w*|disagree\w*|bar(?:s|red)?|forbids?"
    r"|forbidden|preclude[sd]?|prohibit(?:s|ed)?|foreclose[sd]?|exclude[sd]?|inadmissible)\b|n['’]t\b",
    re.IGNORECASE,
)
# What stands before is a reason.
_DECIDED = re.compile(r"^.*?\b[Ww]e (?:\w+ ){0,2}(?:hold|conclude|find|agree|affirm)\b")
# What a court leaves alone it has not held.
_UNREACHED = re.compile(
    r"^(?:\w+, )?(?:we|the court|this court|I) (?:\w+ )?"
    r"(?:(?:do|does|need) not (?:reach|decide|address|resolve|consider)|express(?:es)? no (?:view|opinion))\b",
    re.IGNORECASE,
)
# What is not done at all: "the Compact does not pre-empt", "are not pre-empted", "cannot stand".
_PLAINLY_NOT = re.compile(
    r"(?:\b(?:do|does|did|is|are|was|were|has|have|could|may|need|must|will) (?:not|never)|\bcannot)"
    r" (?:\w+ly |be |the |an? )*([\w-]+)"
)
_QUOTED = re.compile(r"“[^”]*”")
_SUPPOSED = re.compile(r"\b(?:if|whether|assum\w+|suppos\w+|unless|except)\b|\?", re.IGNORECASE)
# "Because we hold that the Act does not govern it, we need not reach ..."
_AS_A_REASON = re.compile(r"^(?:Because|Since|As) (we (?:hold|conclude|find) that .*?), (?:we|the|this|it|there)\b")
_UNSURE = re.compile(r"\b(?:argu\w+|conten[dt]\w*|unless|except)\b|\?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The sentences against what is presumed, each with how much of it they hold; `borne` is how much of it the best
    sentence for it holds."""

    against: tuple[tuple[float, int], ...] = ()
    borne: float = 0.0


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
    held = (c for c in ranked if c.filing.id == filing.id and c.voice.kind == "holding" and c.index not in disposing)
    return next(held, None) or _candidate(filing, judgments[-1].index, ranked)


def _sides(question: str, filing: Filing) -> _Sides:
    """What `filing` says for and against what the question presumes."""
    if not all(holds_term(name, filing.text.lower()) for name in key_terms(question)):
        return _Sides()  # of another case
    asked = next(acts(question, filing.facts.court), None)
    if asked is None or _SAYS.search(question[: asked.start]):
        held = _HOLDS_THAT.search(question)
        return _unsaid(held[1], filing) if held else _Sides()
    if asked.name in {(w.author or "?").lower() for w in filing.writings}:
        return _Sides()  # a judge of a separate writing, no court
    return _undone(asked, question[asked.end :], filing)


def _undone(asked: Act, done_to: str, filing: Filing) -> _Sides:
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
            text = flat(filing, filing.sentences[one.index])
            numbered = all(number in text for number in _NUMBERED.findall(done_to))
            against += [(share, one.index)] if numbered and _is_sought(asked, one.act, done_to) else []
    return _Sides(tuple(against), borne)


def _is_sought(asked: Act, act: Act, done_to: str) -> bool:
    """False where a motion is presumed denied, and what was done is not what it sought: a dismissal undoes the denial
    of a motion to dismiss, and of no other."""
    return asked.deed != "deny" or act.deed == "grant" or stem(act.verb) in done_to


def _share(words: frozenset[str], held: frozenset[str]) -> float:
    """The share of the words that are held; none where a single one of several is, which may be chance."""
    common = len(words & held)
    return common / len(words) if common >= min(2, len(words)) > 0 else 0.0


def _unsaid(presumed: str, filing: Filing) -> _Sides:
    """The decisions that say a presumed holding, or the opposite."""
    words = frozenset(content_words(presumed))
    if len(words) < LEAST_WORDS:
        return _Sides()
    weights = _rarity(words, filing)
    against: list[tuple[float, int]] = []
    borne = 0.0
    for index, sentence in enumerate(filing.sentences):
        text = flat(filing, sentence)
        reason = _AS_A_REASON.search(text)
        text = reason[1] if reason else text
        share = sum(weights[word] for word in words & set(content_words(text))) / sum(weights.values())
        if share < ALIKE_SHARE or not _is_of_the_court(filing, sentence):
            continue
        unreached = _UNREACHED.search(text)
        if unreached or _is_plainly_denied(words, text, presumed):
            against.append((share, index))
        elif (sentence.holding or reason) and not _UNSURE.search(text):
            if _denies(_DECIDED.sub("", text)) != _denies(presumed):
                against.append((share, index))
            else:
                borne = 1.0
    return _Sides(tuple(against), borne)


def _is_of_the_court(filing: Filing, sentence: Sentence) -> bool:
    """Whether a sentence is the court's own, and of its opinion: a dissent's is not."""
    writing = filing.writing_at(sentence.start)
    own = sentence.speaker.role == "court" and sentence.restates is None
    return sentence.holding or (own and (writing is None or writing.kind in ("majority", "plurality")))


def _is_plainly_denied(words: frozenset[str], text: str, presumed: str) -> bool:
    """Whether a sentence says, of one of the `words` presumed, that it is not so."""
    if _denies(presumed) or _UNSURE.search(text) or recounts(text):
        return False
    own = _QUOTED.sub(" ", text)
    denied = [one for one in _PLAINLY_NOT.finditer(own) if not _SUPPOSED.search(own[: one.start()])]
    return any(words.intersection(content_words(one[1])) for one in denied)


def _rarity(words: frozenset[str], filing: Filing) -> Mapping[str, float]:
    """Each word's weight: rarer among the filing's sentences weighs more."""
    held = Counter(word for s in filing.sentences for word in words & set(content_words(filing.text[s.start : s.end])))
    return {word: math.log(1 + len(filing.sentences) / (1 + held[word])) for word in words}


def _denies(text: str) -> bool:
    """Whether a sentence denies: an odd number of its words do."""
    return len(_NOT.findall(text)) % 2 == 1


def _candidate(filing: Filing, index: int, ranked: Sequence[Candidate]) -> Candidate:
    """A sentence as a candidate, of the passage nearest to it among those found."""
    sentence = filing.sentences[index]
    pages = filing.pages_in(sentence.start, sentence.end)
    of_it = [c for c in ranked if c.filing.id == filing.id]
    page = pages[0] if pages else of_it[0].page
    near = min(of_it, key=lambda c: (abs(c.page - page), -c.score))
    return replace(near, index=index, page=page, voice=voice_of_words(filing, sentence.start, sentence.end))
