"""Which sentence should lead an answer: what speaks for each, weighed as learnt.

Evidence(question, hits).traits(spot, …) -> {trait: value}     what the search and the words say of one sentence
weigh(traits) -> float                                         their learnt sum; higher is better, within one call
  page, beside, standing   how much of the good passages stands on its page and beside it; its own passage's score
  passage, cover, terms    the share of the question's words that its passage holds, and it with its neighbours; names
  like, alike              its likeness to the question beside the other sentences', and as it is
  asked                    whether it is of the kind asked for: a ruling, a side, a date, a person
  apart                    a dissent that nobody asked for
  opening, facts           a court's first pages, and where it tells the facts, when the law is asked for
The weights are learnt on questions about cases that no model trained on: python -m evals.train.leads --home DIR
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from rag.cast import is_other_court
from rag.datum import holds_datum
from rag.model import Hit, Question
from rag.voice import Voice
from rag.words import content_words, cover, holds_term, key_terms, topic

TABLE = Path(__file__).resolve().parent / "weights" / "leads.json"
OPENING_PAGES = 2  # of a court's writing: the facts, which hold the question's words and seldom its answer
JUDGED = 10  # hits whose order tells whether they are one search's or several brought together
KIND = 1.2  # of the kind asked for: a decision where a ruling is asked for, an opposition where an answer is
ASKED_KINDS = {"declaration", "transcript", "amicus_brief", "reply", "opposition", "notice"}  # named, so wanted
NAMED = 2.5  # the words of a person whom the question names
DATUM, NO_DATUM = 0.9, -0.4  # a date, a number or a name, where one is asked for
RESTATED, APART, SYLLABUS = -0.5, -0.5, -1.5

_LAW = re.compile(
    r"^\W*(?:can|may|must|does|do|is|are|should|why|when (?:can|may|must|does|is|are)|how (?:does|do|is|are|should))\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\b(?:dissent\w*|majority|colleagues?|concurrence|I (?:respectfully )?disagree|I part)\b")
COURTS_OWN = ("opinion", "order", "judgment")


@dataclass(frozen=True, slots=True)
class Spot:
    """A sentence as it is weighed: its words and its neighbours' with them, its page, the first page of the writing it
    stands in, and its voice. `like` and `alike`: standardised and raw cosine with the question. `facts`: it stands
    where a court tells the facts."""

    text: str
    around: str
    page: int
    first_page: int
    voice: Voice
    like: float
    alike: float
    facts: bool = False


class Evidence:
    """What one search says: its passages' scores, and the question's words with their weight."""

    def __init__(self, question: Question, hits: Sequence[Hit]) -> None:
        scores = np.array([hit.score for hit in hits], np.float64)
        if any(np.diff(scores[:JUDGED]) > 0):  # brought together from several searches: their order says more
            scores = -np.log(np.arange(1, len(hits) + 1, dtype=np.float64))
        standard = (scores - scores.mean()) / (scores.std() or 1.0)
        self._shares = np.exp(standard) / np.exp(standard).sum()
        self._standing = {hit.passage_id: float(one) for hit, one in zip(hits, standard, strict=True)}
        self._question, self._hits = question, hits
        self.words = rarity(topic(question.text), hits)
        self._every_word = rarity(question.text, hits)
        self._terms = key_terms(question.text, {hit.filing.case_name or "" for hit in hits})
        self._held = {hit.passage_id: cover(self._every_word, hit.text) for hit in hits}

    def traits(self, hit: Hit, spot: Spot) -> dict[str, float]:
        """The traits of a sentence of `hit`, by name."""
        voice = spot.voice
        page, beside = self._near(hit, spot.page)
        opens = voice.kind_of_filing in COURTS_OWN and spot.page < spot.first_page + OPENING_PAGES
        return {
            "page": page,
            "beside": beside,
            "standing": self._standing[hit.passage_id],
            "passage": self._held[hit.passage_id],
            "cover": cover(self.words, spot.around),
            "terms": share_held(self._terms, spot.text),
            "like": spot.like,
            "alike": spot.alike,
            "asked": asked_for(self._question, voice, spot.text),
            "apart": float(voice.kind in ("dissent", "concurrence") and not asks_apart(self._question)),
            "opening": float(opens and asks_of_law(self._question)),
            "facts": float(spot.facts and asks_of_law(self._question)),
        }

    def _near(self, hit: Hit, page: int) -> tuple[float, float]:
        """How much of the good passages of the same writing stands on `page`, and beside it; of 1 in all."""
        on = beside = 0.0
        for other, share in zip(self._hits, self._shares, strict=True):
            if other.filing.id == hit.filing.id and other.writing == hit.writing:
                if other.page <= page <= other.end_page:
                    on += float(share)
                elif min(abs(other.page - page), abs(other.end_page - page)) <= 1:
                    beside += float(share)
        return on, beside


def weigh(traits: Mapping[str, float]) -> tuple[float, ...]:
    """Each trait's learnt weight times its value, in the table's order; their sum is the sentence's score."""
    return tuple(weight * traits[name] for name, weight in load_weights().items())


@lru_cache(maxsize=1)
def load_weights() -> Mapping[str, float]:
    """The learnt weight of each trait."""
    weights: dict[str, float] = json.loads(TABLE.read_text(encoding="utf-8"))["weights"]
    return weights


def asked_for(question: Question, voice: Voice, text: str) -> float:
    """What a sentence gains for being of the kind the question asks for."""
    gain = _gain_of_voice(question, voice)
    if question.form == "parting" and _PARTS.search(text):
        gain += KIND
    if voice.kind == "restated" and question.form != "authority":
        gain += RESTATED
    held = holds_datum(question, text)
    return gain if held is None else gain + (DATUM if held else NO_DATUM)


def asks_apart(question: Question) -> bool:
    """Whether a question asks for a separate writing."""
    return bool(set(question.voices) & {"dissent", "concurrence"})


def asks_of_law(question: Question) -> bool:
    """Whether a question asks what the law is or why, rather than what happened ("Can a court …", "Why did …")."""
    return question.form in ("ruling", "parting", "response") or bool(_LAW.search(question.text))


def rarity(text: str, hits: Sequence[Hit]) -> dict[str, float]:
    """The content words of a question with their weight: rarer among the passages found weighs more."""
    words = dict.fromkeys(content_words(text))
    held = Counter(word for hit in hits for word in set(content_words(hit.text)))
    return {word: math.log(1 + (len(hits) + 1) / (held[word] + 0.5)) for word in words}


def share_held(terms: Sequence[str], text: str) -> float:
    """The share of `terms` that stand in `text`; 0 where there are none."""
    small = " ".join(text.lower().split())
    return sum(holds_term(term, small) for term in terms) / len(terms) if terms else 0.0


def _gain_of_voice(question: Question, voice: Voice) -> float:
    """What it gains by who speaks, and in which filing."""
    gain = 0.0
    if question.form == "ruling" and voice.kind == "holding":
        gain += KIND
    if voice.kind_of_filing in set(question.kinds) & ASKED_KINDS:
        gain += KIND
    if voice.court and is_other_court(question, voice.court):
        gain -= KIND
    if question.form in ("argument", "response") and voice.kind_of_filing == "complaint":
        gain -= KIND
    if question.form == "response" and voice.kind_of_filing in ("opposition", "reply", "answer"):
        gain += KIND
    if voice.kind == "syllabus":
        gain += SYLLABUS
    if voice.kind in ("dissent", "concurrence") and not asks_apart(question):
        gain += APART
    return gain + (NAMED if _is_named(voice, question.text) else 0.0)


def _is_named(voice: Voice, text: str) -> bool:
    """Whether a judge, witness or lawyer whose words these are is named in the question."""
    if voice.kind not in ("dissent", "concurrence", "witness", "counsel", "bench"):
        return False
    name = (voice.speaker.name or "").split(",")[0].split(" ")[-1]
    return len(name) > 2 and re.search(rf"\b{re.escape(name)}\b", text) is not None
