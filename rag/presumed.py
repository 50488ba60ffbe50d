"""Hold what a question presumes that a court held against what the court says.

weigh_holding(presumed, question, filing) -> Sides      the sentences that say it is not so, and whether any says it is

Only the court's own sentences count that hold ALIKE_SHARE of the presumed words, by rarity. What tells is whether the
clause that holds most of them denies as the question does:
    "We hold that belief in invalidity is no defense."     against "belief in invalidity is a defense"
    "The Compact does not pre-empt the water statutes."    against "the statutes are pre-empted", holding or not
    "We do not reach whether the statute bars the suit."   against "the statute bars the suit"
    "… is not an agency … and has no immunity."            for "is not an agency": both deny
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.model import Filing, Sentence
from rag.deeds import flat
from rag.told import recounts
from rag.words import content_words

ALIKE_SHARE = 0.5  # of a presumed holding's words, by rarity, that a sentence must hold
NEARLY_ALL = 0.95  # of them, from which on a clause that decides nothing says it too
LEAST_WORDS = 3  # of them

_NOT = re.compile(
    r"\b(?:not|no|never|nor|neither|cannot|without|lack(?:s|ed)?|declin\w+|refus\w+|reject\w*|disagree\w*|bar(?:s|red)?"
    r"|forbids?|forbidden|preclude[sd]?|prohibit(?:s|ed)?|foreclose[sd]?|exclude[sd]?|inadmissible)\b|n['’]t\b",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(
    r"\bwithout (?:prejudice|leave|more)\b|\bno (?:\w+ )?(?:reason|error)\b|\bneither party\b"
    r"|\bnot (?:only|merely|just)\b",
    re.IGNORECASE,
)
# What stands before is a reason.
_DECIDED = re.compile(r"^.*?\b[Ww]e (?:\w+ ){0,2}(?:hold|conclude|find|agree|affirm)\b")
# "Because we hold that the Act does not govern it, we need not reach …"
_AS_A_REASON = re.compile(r"^(?:Because|Since|As) (we (?:hold|conclude|find) that .*?), (?:we|the|this|it|there)\b")
_CLAUSES = re.compile(
    r";|: |, (?:and|but|so|since|because|which|when|for|nor|unless|even|although)\b|\b(?:because|when|since|that) "
)
# What a court leaves alone it has not held, unless it is asked why it did.
_UNREACHED = re.compile(
    r"^(?:\w+, )?(?:we|the court|this court|I) (?:\w+ )?"
    r"(?:(?:do|does|need) not (?:reach|decide|address|resolve|consider)|express(?:es)? no (?:view|opinion))\b",
    re.IGNORECASE,
)
_ASKS_UNREACHED = re.compile(
    r"\b(?:not|declin\w+ to|refus\w+ to|avoid\w*) (?:reach|decid|address|resolv|consider)", re.IGNORECASE
)
_UNSURE = re.compile(r"\b(?:argu\w+|conten[dt]\w*|unless|except)\b|\?", re.IGNORECASE)
# What is not so at all: "the Compact does not pre-empt", "are not pre-empted", "cannot stand".
_PLAINLY_NOT = re.compile(
    r"(?:\b(?:do|does|is|are|can|could|may|need|must|will) (?:not|never)|\bcannot)"
    r" (?:\w+ly |be |the |an? )*([\w-]+)"
)
_SUPPOSED = re.compile(r"\b(?:if|whether|assum\w+|suppos\w+|unless|except)\b|\?", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]*”")


@dataclass(frozen=True, slots=True)
class Sides:
    """The sentences against what is presumed, each with how much of it they hold; `borne` is how much of it the best
    sentence for it holds."""

    against: tuple[tuple[float, int], ...] = ()
    borne: float = 0.0


@dataclass(frozen=True, slots=True)
class _Presumed:
    """A presumed holding: its words by their rarity, whether it denies, whether a word of it does, whether the court
    is asked why it left it open."""

    weights: Mapping[str, float]
    denies: bool
    negated: bool
    unreached: bool

    def share(self, text: str) -> float:
        """How much of it a text holds, by rarity."""
        return sum(self.weights[word] for word in self.words(text)) / sum(self.weights.values())

    def words(self, text: str) -> set[str]:
        """Its words that a text holds."""
        return set(self.weights) & set(content_words(text))

    @property
    def rarest(self) -> str:
        """The word that tells it best."""
        return max(self.weights, key=lambda word: (self.weights[word], word))


def weigh_holding(held: str, question: str, filing: Filing) -> Sides:
    """What `filing` says for and against the holding presumed, `held`, in the words of `question`."""
    words = frozenset(content_words(held))
    if len(words) < LEAST_WORDS:
        return Sides()
    negated, unreached = (pattern.search(question) is not None for pattern in (_NOT, _ASKS_UNREACHED))
    presumed = _Presumed(_rarity(words, filing), _denies(held), negated, unreached)
    against: list[tuple[float, int]] = []
    borne = 0.0
    for index, sentence in enumerate(filing.sentences):
        if (share := presumed.share(flat(filing, sentence))) >= ALIKE_SHARE and _is_of_the_court(filing, sentence):
            bears = _bears_out(presumed, flat(filing, sentence), decides=sentence.holding)
            against += [(share, index)] if bears is False else []
            borne = 1.0 if bears else borne
    return Sides(tuple(against), borne)


def _bears_out(presumed: _Presumed, text: str, *, decides: bool) -> bool | None:
    """Whether a sentence of the court says what is presumed, or that it is not so; None where it says neither."""
    if _UNREACHED.search(text):
        return None if presumed.unreached else False
    reason = _AS_A_REASON.search(text)
    said, decides = (reason[1], True) if reason else (text, decides)
    if _UNSURE.search(said) or (recounts(said) and not decides):
        return None
    clause = max(_CLAUSES.split(_DECIDED.sub("", said)), key=presumed.share)
    plainly = not presumed.denies and _is_plainly_denied(presumed, said)
    if not decides and presumed.share(clause) < NEARLY_ALL:
        return False if plainly else None
    denies = _denies(clause)
    if denies == presumed.denies or (presumed.negated and _NOT.search(clause)):
        return True
    if presumed.denies:
        return False if decides and presumed.rarest in presumed.words(said) else None
    return False if decides or plainly else None


def _is_of_the_court(filing: Filing, sentence: Sentence) -> bool:
    """Whether a sentence is the court's own, and of its opinion: a dissent's is not."""
    writing = filing.writing_at(sentence.start)
    own = sentence.speaker.role == "court" and sentence.restates is None
    return sentence.holding or (own and (writing is None or writing.kind in ("majority", "plurality")))


def _is_plainly_denied(presumed: _Presumed, text: str) -> bool:
    """Whether a sentence says, of one of the words presumed, that it is not so."""
    own = _QUOTED.sub(" ", text)
    denied = [one for one in _PLAINLY_NOT.finditer(own) if not _SUPPOSED.search(own[: one.start()])]
    return any(presumed.words(one[1]) for one in denied)


def _rarity(words: frozenset[str], filing: Filing) -> Mapping[str, float]:
    """Each word's weight: rarer among the filing's sentences weighs more."""
    held = Counter(word for s in filing.sentences for word in words & set(content_words(filing.text[s.start : s.end])))
    return {word: math.log(1 + len(filing.sentences) / (1 + held[word])) for word in words}


def _denies(text: str) -> bool:
    """Whether a clause denies: an odd number of its words do."""
    return len(_NOT.findall(_NO_DENIAL.sub(" ", text))) % 2 == 1
