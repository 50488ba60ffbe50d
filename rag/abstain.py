"""Know when the record does not answer.

weigh(question, found) -> Verdict            the chance that the passages found answer, and whether to stay silent
  features   what the search brought: best scores; which of the question's words and pairs of words the filings and the
             best passage lack, and how telling that is (rag/said.py); terms of art, names, the datum or judge asked for
  learnt     a logistic regression over them, for one case's record and for many cases (evals/train/abstain.py)
silence(question, hits, searched) -> str     the one thing an abstention says
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.model import Filing
from rag.datum import datum
from rag.gather import case_key
from rag.model import Found, Hit, Question
from rag.said import Places, asked, lacking, read_places, spoken
from rag.sentences import Candidate
from rag.words import holds_term, key_terms

TABLE = Path(__file__).resolve().parent / "weights" / "abstain.json"
SILENCE = "The filings searched ({searched}) do not address this question."
NEAREST = " Nearest passages: {citations}."
SHOWN = 3  # nearest passages named
MOST_SHORT = 0.4  # of the question's words; beyond that a short question would be decided by its form alone
MOST_BESIDE = 3.0  # nats; beyond that it does not matter how far the datum stands from what is asked
MOST_UNSAID = 2  # terms: some of the list overlap
READ = 5  # first passages whose words are looked at

_JUSTICE = re.compile(
    r"\bJustice ([A-Z]\w+)(?=(?:['’]s)?\b.{0,25}"
    r"\b(?:dissent|concur|opinion|sa(?:y|id)|argu|writ|wrote|think|thought|add))"
)
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`chance` that the record answers, 0 to 1; `features` as they were weighed."""

    abstain: bool
    chance: float
    features: Mapping[str, float]


@dataclass(frozen=True)
class Table:
    """A logistic regression: the chance is the sigmoid of `bias` plus weight times (value - mean) / scale."""

    bias: float
    threshold: float
    weights: Mapping[str, float]
    means: Mapping[str, float]
    scales: Mapping[str, float]


def weigh(question: Question, found: Found, ranked: Sequence[Candidate], *, one_case: bool) -> Verdict:
    """Whether to answer `question` from what was found; `ranked` are the sentences that would answer, `one_case` says
    that all that was searched is one case's record.

    Nothing found is nothing answered.
    """
    if not ranked:
        return Verdict(True, 0.0, {})
    features = read_features(question, found, ranked)
    table = load_table(one_case)
    total = table.bias + sum(
        weight * (features[name] - table.means[name]) / table.scales[name] for name, weight in table.weights.items()
    )
    chance = 1 / (1 + math.exp(-max(-60.0, min(60.0, total))))
    return Verdict(chance < table.threshold, chance, features)


def read_features(question: Question, found: Found, ranked: Sequence[Candidate]) -> dict[str, float]:
    """What a search tells about whether it found an answer.

    Cosines are raw, shares are 0 to 1, evidence is in nats, as rag.said has it.
    """
    hits = found.hits[:READ]
    terms = key_terms(question.text, {hit.filing.case_name or "" for hit in hits})
    said = " ".join(" ".join((*hit.section, hit.text)) for hit in found.hits).lower()
    cases = _by_case(ranked)
    about = asked(question.text)
    records = [spoken(about, [_places_of(filing.text) for filing in filings]) for filings in cases.values()]
    record = min(records, key=lambda one: sum(one.missing.values()))  # the case that lacks least
    first = [spoken(about, [read_places(" ".join((hit.text, *hit.section[-1:])))]) for hit in hits]
    likes = sorted((c.likeness for c in ranked), reverse=True)
    return {
        "missing": sum(record.missing.values()),
        "worst": max(record.missing.values(), default=0.0),
        "apart": sum(record.apart.values()),
        "unsaid": float(min(len(record.unsaid), MOST_UNSAID)),
        "words": min(sum(one.missing.values()) + sum(one.held.values()) for one in first),  # of the best passage
        "joined": min(sum(one.joined.values()) for one in first),
        "dense": found.signals["dense"],
        "terms_held": sum(holds_term(term, said) for term in terms) / len(terms) if terms else 1.0,
        "terms_missing": float(sum(not holds_term(term, said) for term in terms)),
        "sentences": sum(likes[:READ]) / READ if likes else 0.0,
        "datum": _datum_cover(question.text, ranked),
        "beside": _beside(question.text, ranked),
        "unwritten": float(_is_unwritten(question.text, cases[case_key(ranked[0].hit.filing)])),
    }


@lru_cache(maxsize=2)
def load_table(one_case: bool) -> Table:
    """The learnt table for one case's record, or for many cases."""
    data = json.loads(TABLE.read_text(encoding="utf-8"))
    return Table(**data["one" if one_case else "many"])


def silence(hits: Sequence[Hit], searched: str) -> str:
    """What an abstention says: what was searched, and the nearest passages."""
    nearest = list(dict.fromkeys(hit.citation for hit in hits))[:SHOWN]
    return SILENCE.format(searched=searched) + (NEAREST.format(citations="; ".join(nearest)) if nearest else "")


def counted(filings: int, courts: int) -> str:
    """As in "12, in two courts"; the courts are left out where none is known."""
    if not courts:
        return f"{filings}"
    number = _NUMBERS[courts] if courts < len(_NUMBERS) else str(courts)
    return f"{filings}, in {number} court{'s' if courts != 1 else ''}"


def _by_case(ranked: Sequence[Candidate]) -> dict[str, list[Filing]]:
    """The filings that sentences stand in, by case."""
    cases: dict[str, dict[str, Filing]] = {}
    for candidate in ranked:
        cases.setdefault(case_key(candidate.hit.filing), {})[candidate.filing.id] = candidate.filing
    return {case: list(filings.values()) for case, filings in cases.items()}


@lru_cache(maxsize=32)
def _places_of(text: str) -> Places:
    """Where the words of a filing's text stand."""
    return read_places(text)


def _beside(question: str, ranked: Sequence[Candidate]) -> float:
    """How much more the words say against an answer that the surroundings of the likeliest datum lack than those that
    any sentence's do, in nats, to MOST_BESIDE: a sum of money stands in the record, and not beside what it is asked
    of. 0 where no datum is asked for."""
    written = datum(question)
    if written is None:
        return 0.0
    lacks = lacking(asked(question), [_with_neighbours(one) for one in ranked])
    holding = [nats for one, nats in zip(ranked, lacks, strict=True) if written.search(one.text)]
    return min(min(holding, default=math.inf) - min(lacks), MOST_BESIDE)


def _with_neighbours(one: Candidate) -> str:
    """A sentence with its heading and the sentences before and after it."""
    sentences, at = one.filing.sentences, one.index
    start, end = sentences[max(at - 1, 0)].start, sentences[min(at + 1, len(sentences) - 1)].end
    return " ".join((*one.filing.headings_at(one.sentence.start)[-1:], one.filing.text[start:end]))


def _datum_cover(question: str, ranked: Sequence[Candidate]) -> float:
    """How much less of the question's words the best sentence with the datum asked for holds than the best of all
    does: 0 where they are one, or where no datum is asked for; else negative, to -MOST_SHORT."""
    written = datum(question)
    if written is None or not ranked:
        return 0.0
    short = max(c.cover for c in ranked) - max((c.cover for c in ranked if written.search(c.text)), default=0.0)
    return -min(short, MOST_SHORT)


def _is_unwritten(question: str, filings: Sequence[Filing]) -> bool:
    """Whether the question asks what a justice says who has no writing in the record."""
    named = _JUSTICE.findall(question)
    authors = {writing.author for filing in filings for writing in filing.writings}
    return bool(named) and not set(named) <= authors
