"""Learn which words an answer would say: python -m evals.train.said [--out rag/weights/said.npz]

    answering   every training question beside its gold pages, these with more around them, and its whole opinion
    other       beside as many stretches of another opinion, drawn at random
    fit         logistic regressions of whether a word is missing, and whether a pair of words of which the text holds
                both stands apart, over rag.said's traits: what a word is like, and how long the text
    report      how well what is missing is told, on a fold of cases that the others taught (area under the curve); how
                many of the terms of rag/terms.txt that the questions name are said by none of their names in the whole
                opinion that answers, and in another
The development cases, and those that evals/train/nearmiss.jsonl asks about, are left out.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from evals.train.abstain import NEARMISS
from evals.train.data import SHARED, read_rows
from evals.train.logistic import Floats, auc, logistic
from evals.train.opinions import held_out_cases
from rag.said import TABLE, Asked, Places, Word, asked, at_length, chances, lacks, parted, read_places

AROUND = (0, 1, 4)  # pages added before and after those that answer
STRETCHES = (2, 4, 10)  # pages of an opinion that does not
RIDGE = {"word": 1000.0, "pair": 3000.0}  # on standardised traits; 300 to 3000 do as well
STEPS = 8  # of Newton's method
FOLDS = 5
SEED = 3


@dataclass
class Sample:
    """Words or pairs as they were looked for in texts: their traits, whether each was missing, and the case."""

    traits: list[Floats]
    missing: list[bool]
    cases: list[str]


def main() -> None:
    """Read the questions beside the opinions, fit, report, write."""
    parser = argparse.ArgumentParser(description="Learn which words an answer would say")
    parser.add_argument("--out", type=Path, default=TABLE)
    given = parser.parse_args()
    samples, terms = read_samples()
    tables = {
        name: fit(np.array(one.traits), np.array(one.missing, float), RIDGE[name[:4]]) for name, one in samples.items()
    }
    report = {name: _report(one, RIDGE[name[:4]]) for name, one in samples.items()}
    print(json.dumps(report | {"terms": terms}, indent=1))  # noqa: T201
    small: dict[str, Any] = {name: table.astype(np.float32) for name, table in tables.items()}
    np.savez(given.out, **small)


def read_samples() -> tuple[dict[str, Sample], Counter[str]]:
    """Every word and pair of every training question, in texts that answer it and in others; and how many terms the
    questions name, and are unsaid in the opinion that answers and in another."""
    out = held_out_cases() | {row["case"] for row in read_rows(NEARMISS)}
    rows = [row for row in read_rows(SHARED / "train" / "questions.jsonl") if row["case"] not in out]
    pages: dict[str, list[str]] = {}
    for opinion in read_rows(SHARED / "train" / "opinions.jsonl.gz"):
        if opinion["case"] not in out:
            pages.setdefault(opinion["case"], []).extend(opinion["pages"])
    rng, cases = random.Random(SEED), sorted(pages)
    samples = {f"{kind}.{what}": Sample([], [], []) for kind in ("word", "pair") for what in ("answering", "other")}

    @lru_cache(4096)
    def stretch(case: str, start: int, end: int) -> Places:
        return read_places("\n".join(pages[case][start:end]))

    terms: Counter[str] = Counter()
    for row in rows:
        about, other = asked(row["question"]), rng.choice(cases)
        spans = _around(row["pages"], len(pages[row["case"]]))
        _look(about, [stretch(row["case"], *span) for span in spans], "answering", row["case"], samples)
        spans = _elsewhere(len(pages[other]), rng)
        _look(about, [stretch(other, *span) for span in spans], "other", row["case"], samples)
        terms["named"] += len(about.terms)
        for what, case in (("unsaid where it is answered", row["case"]), ("unsaid elsewhere", other)):
            terms[what] += len(lacks(about, [stretch(case, 0, len(pages[case]))])[1])
    return samples, terms


def _around(gold: Sequence[int], count: int) -> Iterator[tuple[int, int]]:
    """The pages that answer, with more around them, and all."""
    for more in AROUND:
        yield max(0, min(gold) - 1 - more), min(count, max(gold) + more)
    yield 0, count


def _elsewhere(count: int, rng: random.Random) -> Iterator[tuple[int, int]]:
    """Stretches of pages, and all."""
    for length in STRETCHES:
        start = rng.randrange(max(1, count - length))
        yield start, min(count, start + length)
    yield 0, count


def _look(about: Asked, texts: Sequence[Places], what: str, case: str, samples: dict[str, Sample]) -> None:
    """Look for a question's words and pairs in each of `texts`."""
    for text in texts:
        there = [pair for pair in about.pairs if all(part in text.at for part in pair.stem.split(" "))]
        gone = {word.stem for word in lacks(about, [text])[0]}
        _add(samples[f"word.{what}"], about.words, [word.stem in gone for word in about.words], text, case)
        _add(samples[f"pair.{what}"], there, [parted(pair, [text]) for pair in there], text, case)


def _add(sample: Sample, words: Sequence[Word], missing: Sequence[bool], text: Places, case: str) -> None:
    sample.traits += [at_length(word.traits, text.length + 1).astype(np.float32) for word in words]
    sample.missing += missing
    sample.cases += [case] * len(words)


def fit(traits: Floats, missing: Floats, ridge: float) -> Floats:
    """(t + 1,) weights of the traits, the bias last, of a logistic regression with a ridge on standardised traits."""
    weights, bias, means, scales = logistic(traits, missing, np.ones(len(traits)), ridge=ridge, steps=STEPS)
    return np.append(weights / scales, bias - (weights / scales) @ means)


def _report(sample: Sample, ridge: float) -> dict[str, float]:
    """How many words were looked for, the share missing, and how well those are told on cases not learnt from."""
    traits, missing = np.array(sample.traits), np.array(sample.missing)
    cases = sorted(set(sample.cases))
    dealt = dict(zip(cases, np.random.default_rng(SEED).permutation(len(cases)) % FOLDS, strict=True))
    folds = np.array([dealt[case] for case in sample.cases])
    told = np.zeros(len(missing))
    for fold in range(FOLDS):
        seen = folds != fold
        told[~seen] = chances(traits[~seen], fit(traits[seen], missing[seen].astype(float), ridge))
    return {"looked for": len(missing), "missing": round(float(missing.mean()), 3), "auc": round(auc(told, missing), 3)}


if __name__ == "__main__":
    main()
