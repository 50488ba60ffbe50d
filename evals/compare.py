"""Which of two runs is better, question by question, and how sure that is.

compare(first, second) -> Comparison    differences are second minus first

Paired bootstrap: the questions that both runs scored are drawn anew with replacement DRAWS times, and the mean
difference taken each time; the interval holds the middle 95 % of them. `p` is twice the smaller share of draws on
either side of zero, at most 1. Source: Sakai, SIGIR 2006; Smucker, Allan and Carterette, CIKM 2007.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.errors import DatasetError
from evals.runs import Run

DRAWS = 10_000
SEED = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure in both runs, over the `n` questions that both scored; `low` and `high` bound the difference."""

    measure: str
    first: float
    second: float
    delta: float
    low: float
    high: float
    p: float
    n: int
    wins: tuple[str, ...]
    losses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every measure that both runs have."""

    first: str
    second: str
    differences: tuple[Difference, ...]


def compare(first: Run, second: Run, measures: Sequence[str] = ()) -> Comparison:
    """All differences, or those of the measures named. Raises DatasetError where no question is in both runs."""
    ours, theirs = ({row["qid"]: row["scores"] for row in run.rows} for run in (first, second))
    shared = [qid for qid in ours if qid in theirs]
    if not shared:
        raise DatasetError(f"{first.name} and {second.name} have no question in common; compare runs of one dataset")
    names = measures or sorted({name for qid in shared for name in ours[qid] if name in theirs[qid] and name != "rank"})
    found = (difference(name, {qid: (ours[qid], theirs[qid]) for qid in shared}) for name in names)
    return Comparison(first.name, second.name, tuple(one for one in found if one is not None))


def difference(
    measure: str, scores: Mapping[str, tuple[Mapping[str, float], Mapping[str, float]]]
) -> Difference | None:
    """The difference in one measure; None if no question has it in both."""
    pairs = {qid: (a[measure], b[measure]) for qid, (a, b) in scores.items() if measure in a and measure in b}
    if not pairs:
        return None
    values = np.array(list(pairs.values()), dtype=np.float64)
    deltas = values[:, 1] - values[:, 0]
    low, high, p = interval(deltas)
    return Difference(
        measure=measure,
        first=round(float(values[:, 0].mean()), 4),
        second=round(float(values[:, 1].mean()), 4),
        delta=round(float(deltas.mean()), 4),
        low=round(low, 4),
        high=round(high, 4),
        p=round(p, 4),
        n=len(pairs),
        wins=tuple(qid for qid, (a, b) in pairs.items() if b > a),
        losses=tuple(qid for qid, (a, b) in pairs.items() if b < a),
    )


def interval(deltas: np.ndarray) -> tuple[float, float, float]:
    """The 95 % interval of the mean of `deltas` (n,), and its two-sided p; the same every time."""
    drawn = np.random.default_rng(SEED).integers(0, len(deltas), size=(DRAWS, len(deltas)))
    means = deltas[drawn].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    beside = min(float((means <= 0).mean()), float((means >= 0).mean()))
    return float(low), float(high), min(1.0, 2 * beside)
