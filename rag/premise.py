"""Notice a question that presumes what the record contradicts.

contradiction(question, ranked) -> Candidate | None     the sentence that says the opposite of what is presumed

    "Why did the court grant the motion as to Velkane?"         "The motion is denied as to Velkane."
    "Why did the Court hold that belief defeats liability?"     "Belief in invalidity will not negate liability."
Only questions that say a court did something, and ask why, presume anything here. The sentence must be a court's own,
hold most of the question's words, and be of the other polarity, while no such sentence is of the question's. Where
only a negation tells the two apart, only what the court decides counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.model import Question
from rag.sentences import Candidate
from rag.words import content_words, topic

LEAST_SHARE = 0.5  # of the presumed words that the sentence and its heading must hold
ALIKE_SHARE = 0.6  # … where only a negation tells the two apart
LEAST_WORDS = 2  # of them
READ = 40  # best candidates looked at

_PRESUMES = re.compile(
    r"^\W*(?:why|on what (?:basis|grounds?)|how come|for what reasons?|what (?:led|made|persuaded)"
    r"|what reasons?)\b.{0,40}?"
    r"\b(?:courts?|judges?|justices?|circuit|panel|majority)\b.{0,20}?\b(?:hold|held|find|found|rul(?:e|ed)"
    r"|conclud\w+|decid\w+|"
    r"grant\w*|den(?:y|ied)|affirm\w*|revers\w*|vacat\w*|dismiss\w*|accept\w*|reject\w*|adopt\w*|require\w*"
    r"|order\w*|agree\w*)\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|no|never|nor|neither|cannot|without|none|nothing|declin\w+|refus\w+|reject\w*|den(?:y|ied|ies)"
    r"|DENIED|fail\w*|"
    r"lack\w*|insufficient|unpersuaded|foreclos\w+|bar(?:s|red)|disagree\w*|moot|improper\w*|unconstitutional"
    r"|invalid)\b|n['’]t\b"
)
# What a court does to a thing, and what it does instead.
_OPPOSITES = (
    (r"\bgrant\w*", r"\b(?:denied|DENIED|denies|deny)\b"),
    (r"\bden(?:y|ied)\b", r"\b(?:granted|GRANTED|grants|grant)\b"),
    (
        r"\brevers\w*|\bvacat\w*",
        r"\b(?:affirmed|AFFIRMED|affirms?|Affirmed)\b|\bappeal is dismissed\b|\bdismiss (?:that|this) part\b",
    ),
    (r"\baffirm\w*", r"\b(?:reversed|REVERSED|reverses?|vacated|VACATED)\b"),
    (r"\baccept\w*|\badopt\w*|\bagree\w*", r"\b(?:rejects?|rejected|disagrees?|unpersuaded|declines?)\b"),
    (r"\breject\w*", r"\b(?:accepts?|agrees? with|adopts?)\b"),
    (r"\bdismiss\w*", r"\bmotions? to dismiss\b[^.]*\b(?:denied|DENIED)\b"),
)
_DONE = re.compile(r"\b(?:hold|held|find|found|ruled?|conclud\w+|decid\w+|require\w*|order\w*)\b", re.IGNORECASE)


def contradiction(question: Question, ranked: Sequence[Candidate]) -> Candidate | None:
    """The likeliest sentence of a court that says the opposite of what the question presumes; None where the question
    presumes nothing, or the record bears it out, or does not say."""
    asked = _PRESUMES.search(question.text)
    if not asked:
        return None
    verb = asked[0].split()[-1]
    presumed_text = question.text[asked.end() :]
    about = list(dict.fromkeys(content_words(topic(presumed_text))))
    close = [c for c in ranked[:READ] if c.voice.kind in ("holding", "reasoning") and _share(about, c) >= LEAST_SHARE]
    if len(about) < LEAST_WORDS or not close:
        return None
    for done, undone in _OPPOSITES:
        if re.search(done, verb, re.IGNORECASE):
            return _first_only(close, undone, done)
    close = [c for c in close if _share(about, c) >= ALIKE_SHARE]
    if not _DONE.search(verb) or not close:
        return None
    presumed = bool(_NOT.search(presumed_text))
    decided = [c for c in close if c.voice.kind == "holding"]
    if not decided or any(bool(_NOT.search(c.text)) == presumed for c in decided):
        return None
    return decided[0]


def _first_only(close: Sequence[Candidate], undone: str, done: str) -> Candidate | None:
    """The first sentence that says `undone`, where none says `done` of a holding's kind."""
    borne = [
        c
        for c in close
        if c.voice.kind == "holding" and re.search(done, c.text, re.IGNORECASE) and not re.search(undone, c.text)
    ]
    against = [c for c in close if c.voice.kind == "holding" and re.search(undone, c.text)]
    return against[0] if against and not borne else None


def _share(words: Sequence[str], candidate: Candidate) -> float:
    held = set(content_words(f"{' '.join(candidate.hit.section[-1:])} {candidate.text}"))
    return sum(word in held for word in words) / len(words) if words else 0.0
