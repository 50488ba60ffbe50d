"""What is measured of one question's hits, each measure with its definition.

    hit_scores(judgment, hits) -> {measure: number}
    summary(rows)              -> {measure: mean}, and how many rows each is taken over

Hits. Every system, ours or another, is measured so: its hits best first, of each first page only the best (a page must
not fill the list); what is left are its places.
  page_hit@k      one of the first k places is a passage that touches a gold page of the right filing; a passage
                  touches every page from its first to its last
  opened_page@k   as page_hit@k, but only the page that a hit names to open counts
  document_hit@1  the first place is in a filing that answers
  rank            of the first place that is right; absent where none of DEPTH hits is
  nDCG@10, RR@10, R@10   of the pages that the hits touch, in order, each once (evals/trec.py)
evals/train/measure.py counts page_hit@k in the same way. What an answer is measured by stands in evals/answers.py.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.datasets import Judgment

DEPTH = 20  # hits asked for: with at most two of a page before others get their turn, ten pages at least
CUTS = (1, 3, 5, 10)
Scores = dict[str, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a hit stands: its filing, its first and last page, and the page to open (None: the first)."""

    file: str
    page: int
    end_page: int
    opens: int | None = None


def spot(hit: Mapping[str, Any]) -> Spot:
    """The spot of a hit in the contract's JSON."""
    first = hit.get("first_page") or hit["page"]
    return Spot(hit["filing"]["file"], first, hit.get("end_page") or hit["page"], hit["page"])


def places(spots: Iterable[Spot]) -> list[Spot]:
    """The spots, best first, without those that begin on a page that is there already."""
    kept: dict[tuple[str, int], Spot] = {}
    for one in spots:
        kept.setdefault((one.file, one.page), one)
    return list(kept.values())


def touched(spots: Iterable[Spot]) -> list[tuple[str, int]]:
    """The pages that the spots touch, in order, each once."""
    return list(dict.fromkeys((one.file, page) for one in spots for page in range(one.page, one.end_page + 1)))


def hit_scores(judgment: Judgment, spots: Sequence[Spot]) -> Scores:
    """The measures of a ranking for a question that can be answered; those of evals/trec.py are added apart."""
    gold, found = set(judgment.places), places(spots)
    right = [any((one.file, page) in gold for page in range(one.page, one.end_page + 1)) for one in found]
    strict = [(one.file, one.opens or one.page) in gold for one in found]
    scores = {f"page_hit@{k}": float(any(right[:k])) for k in CUTS}
    scores |= {f"opened_page@{k}": float(any(strict[:k])) for k in CUTS}
    scores["document_hit@1"] = float(bool(found) and found[0].file in judgment.files)
    if any(right):
        scores["rank"] = right.index(True) + 1
    return scores


def summary(rows: Iterable[Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """The mean of each measure over the rows that have it, its standard error, and how many they are."""
    columns: dict[str, list[float]] = {}
    for row in rows:
        for name, value in row.items():
            columns.setdefault(name, []).append(value)
    return {name: _mean(values) for name, values in sorted(columns.items())}


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of them lie, by the nearest rank; 0 of none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


def _mean(values: Sequence[float]) -> dict[str, float]:
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((v - mean) ** 2 for v in values) / len(values))
    return {"mean": round(mean, 4), "se": round(spread / math.sqrt(len(values)), 4), "n": len(values)}
