"""Know when the record does not answer.

weigh(question, found, hits) -> Verdict      the chance that the passages found answer, and whether to stay silent
  features   what the search brought: best scores and margins, the question's rare words and names among the passages
  learnt     a logistic regression over them (evals/train/abstain.py makes rag/weights/abstain.json)
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

from rag.model import Found, Hit, Question
from rag.sentences import content_words

TABLE = Path(__file__).resolve().parent / "weights" / "abstain.json"
SILENCE = "The filings searched ({searched}) do not address this question."
NEAREST = " Nearest passages: {citations}."
SHOWN = 3  # nearest passages named
READ = 5  # first passages whose words are looked at

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_PROPER = re.compile(r"(?<=[\w,;’'”\"] )[A-Z][A-Za-z’'-]{2,}|\b\d[\d,.:-]*\b|§+\s*\d\S*")


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


def weigh(question: Question, found: Found, hits: Sequence[Hit]) -> Verdict:
    """Whether to answer `question` from `hits`. Nothing found is nothing answered."""
    if not hits:
        return Verdict(True, 0.0, {})
    features = read_features(question, found, hits)
    table = load_table("rerank" in found.signals)
    total = table.bias + sum(
        weight * (features.get(name, 0.0) - table.means[name]) / table.scales[name]
        for name, weight in table.weights.items()
    )
    chance = 1 / (1 + math.exp(-max(-60.0, min(60.0, total))))
    return Verdict(chance < table.threshold, chance, features)


def read_features(question: Question, found: Found, hits: Sequence[Hit]) -> dict[str, float]:
    """What a search tells about whether it found an answer. Higher speaks for an answer, by and large.

    Cosines and scores are raw; shares are 0 to 1.
    """
    words = list(dict.fromkeys(content_words(question.text)))
    first = [set(content_words(hit.text)) for hit in hits[:READ]]
    pooled = set().union(*first) if first else set()
    names = _names(question.text)
    said = " ".join(hit.text for hit in hits[:READ]).lower()
    features = {
        "dense": found.signals.get("dense", 0.0),
        "covered_best": max((_share(words, held) for held in first), default=0.0),
        "covered_pooled": _share(words, pooled),
        "covered_first": _share(words, first[0]) if first else 0.0,
        "names_held": sum(name.lower() in said for name in names) / len(names) if names else 1.0,
        "names_missing": float(sum(name.lower() not in said for name in names)),
        "one_filing": sum(hit.filing.id == hits[0].filing.id for hit in hits[:READ]) / READ,
        "words": float(len(words)),
    }
    if "rerank" in found.signals:
        features["rerank"] = found.signals["rerank"]
        features["margin"] = found.signals.get("margin", 0.0)
    return features


@lru_cache(maxsize=2)
def load_table(reranked: bool) -> Table:
    """The learnt table for searches with or without a reranker."""
    data = json.loads(TABLE.read_text(encoding="utf-8"))
    return Table(**data["reranked" if reranked else "plain"])


def silence(hits: Sequence[Hit], searched: str) -> str:
    """What an abstention says: what was searched, and the nearest passages."""
    nearest = list(dict.fromkeys(hit.citation for hit in hits))[:SHOWN]
    return SILENCE.format(searched=searched) + (NEAREST.format(citations="; ".join(nearest)) if nearest else "")


def counted(filings: int, courts: int) -> str:
    """ "12, in two courts"; the courts are left out where none is known."""
    if not courts:
        return f"{filings}"
    number = _NUMBERS[courts] if courts < len(_NUMBERS) else str(courts)
    return f"{filings}, in {number} court{'s' if courts != 1 else ''}"


def _names(text: str) -> list[str]:
    """Names, numbers and sections in a question: the words that a passage answering it should hold."""
    return list(dict.fromkeys(re.sub(r"['’]s$", "", name) for name in _PROPER.findall(text)))


def _share(words: Sequence[str], held: set[str]) -> float:
    return sum(word in held for word in words) / len(words) if words else 0.0
