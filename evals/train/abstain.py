"""Learn when to stay silent: python -m evals.train.abstain --home DIR [--out rag/weights/abstain.json]

    library      the held-out training opinions, those of the near misses and FILLERS others, ingested once into DIR as
                 the product ingests
    answerable   questions about a held-out case, asked of SCOPE filings with that case among them, and of it
                 alone: natural ones, and ours that ask for data and for the reasons of what was done
    unanswerable ours about the same cases, whose opinions do not answer them (evals/train/nearmiss.jsonl); and the
                 natural ones asked of the nearest filings with their case left out, and of the nearest of these alone
    papers       the same of the briefs, orders and opinions of evals/datasets/papers, all together and each alone:
                 another hand asks there, in words farther from the record's
    fit          logistic regression over rag.abstain.read_features, a table for many cases and one for a single case's
                 record; the thresholds keep ANSWERED of the answerable
Questions whose premise the record contradicts ("ruling") hold the same words as true ones: they are no part of the fit,
and what rag.premise makes of them is reported. Folds are by case.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from evals.datasets import load_dataset
from evals.systems import open_here
from evals.train.data import read_rows
from evals.train.logistic import Floats, auc, logistic
from evals.train.opinions import Row, held_out_cases, held_out_questions, ingest
from rag.abstain import TABLE, read_features
from rag.graphs import FloatArray
from rag.library import Library, open_library
from rag.model import Filters
from rag.models import Embedder, Models, load_embedder, load_reranker
from rag.pipeline import look
from rag.premise import contradiction
from rag.settings import Settings

NEARMISS = Path(__file__).with_name("nearmiss.jsonl")
FILLERS = 62  # other training opinions, so that questions have neighbours
SCOPE = 50  # filings a question is asked of
ANSWERED = {"many": 0.94, "one": 0.945}  # of the answerable; of the natural ones 0.97
NEAR_SHARE = 0.5  # of the weight of the unanswerable that near misses have
PRESUMED = "ruling"  # questions whose premise is false
AGAINST = (
    "missing",
    "worst",
    "apart",
    "words",
    "joined",
    "terms_missing",
    "unsaid",
    "unwritten",
    "beside",
)  # these speak for silence
FOLDS = 5
DRAWS = 5  # of the folds; the threshold is taken from the mean of their chances
SEED = 7
RIDGE = 1.0
STEPS = 30  # of Newton's method


@dataclass(frozen=True)
class Trial:
    """One question asked of one scope: its features, whether the record answers, and the case (folds are by case).

    `near`: a question of ours about the case, else one whose case is not there. `false`: a false premise was told.
    """

    features: dict[str, float]
    answerable: bool
    near: bool
    case: str
    question: str
    kind: str
    false: bool


def main() -> None:
    """Build the library where it is not there, read the features, fit both tables, write them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=TABLE)
    given = parser.parse_args()
    settings = Settings(home=given.home)
    models = Models(Remembering(load_embedder(settings)), load_reranker(settings))
    with open_library(settings, models.embedder, write=True) as library:
        cases = held_out_cases() | {row["case"] for row in read_rows(NEARMISS)}
        ingest(library, models, settings, given.home / "texts", cases, fillers=FILLERS)
        trials = list(ask_all(library, models, settings))
    trials += paper_trials(replace(settings, home=given.home / "papers"))
    (given.home / "trials.jsonl").write_text("".join(json.dumps(asdict(one)) + "\n" for one in trials), "utf-8")
    tables: dict[str, Any] = {}
    for name, one_case in (("many", False), ("one", True)):
        own = [one for one in trials if one.kind.endswith(" alone") == one_case and one.features]
        tables[name], report = fit(own, ANSWERED[name])
        print(name, json.dumps(report, indent=1))  # noqa: T201
    given.out.write_text(json.dumps(tables, indent=1) + "\n", "utf-8")


class Remembering:
    """An embedder that reads no passage twice: questions about one case meet the same sentences."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, FloatArray] = {}
        self.name, self.dimensions = embedder.name, embedder.dimensions
        self.max_tokens, self.text_template = embedder.max_tokens, embedder.text_template

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        """As the embedder it stands for."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= dict(zip(new, self._embedder.embed_passages(new), strict=True))
        return np.stack([self._known[text] for text in texts]) if texts else self._embedder.embed_passages([])

    def embed_query(self, text: str) -> FloatArray:
        """As the embedder it stands for."""
        return self._embedder.embed_query(text)


def ask_all(library: Library, models: Models, settings: Settings) -> Iterator[Trial]:
    """Every question, of its own case alone and among its neighbours; the natural ones also without their case."""
    filings = {listing.file.removesuffix(".pdf"): listing.id for listing in library.catalog.listings(limit=None)}
    natural = [{**row, "kind": "natural", "answerable": True} for row in held_out_questions()]
    for row in [*natural, *read_rows(NEARMISS)]:
        own = filings[row["case"]]
        near = [key for key in nearest_filings(row["question"], library, models) if key != own][: SCOPE - 1]
        scopes = {row["kind"]: [own, *near], f"{row['kind']} alone": [own]}
        if row["kind"] == "natural":
            scopes |= {"left out": near, "left out alone": near[:1]}
        for kind, scope in scopes.items():
            yield _trial(row, kind, scope, library, models, settings)


def paper_trials(settings: Settings) -> Iterator[Trial]:
    """The questions about papers, asked of all, and of the one that answers, else the one found first, alone."""
    dataset = load_dataset("papers")
    with open_here(dataset, settings, home=settings.home) as system:
        filings = {listing.file: listing.id for listing in system.library.catalog.listings(limit=None)}
        everything = sorted(filings.values())
        for judgment in dataset.judgments:
            near = nearest_filings(judgment.question, system.library, system.models)[0]
            own = filings[judgment.file] if judgment.file else near
            kind = "papers" if judgment.answerable else f"papers, {judgment.kind}"
            kind = f"{PRESUMED}, papers" if judgment.kind == "false-premise" else kind
            row = {"question": judgment.question, "case": own, "answerable": judgment.answerable, "kind": kind}
            for name, scope in ((kind, everything), (f"{kind} alone", [own])):
                yield _trial(row, name, scope, system.library, system.models, settings)


def nearest_filings(question: str, library: Library, models: Models) -> list[str]:
    """All filings, those with the passage most like the question first."""
    found = library.nearest(models.embedder.embed_query(question), 4000, library.scope())
    return list(dict.fromkeys(key.rpartition(":")[0] for key, _ in found))


def _trial(row: Row, kind: str, scope: Sequence[str], library: Library, models: Models, settings: Settings) -> Trial:
    """One question asked of the filings in `scope`, as the product looks for an answer."""
    seen = look(row["question"], library, models, settings, Filters(filing_ids=tuple(scope)))
    out = kind.startswith("left out")
    features = read_features(seen.question, seen.found, seen.ranked) if seen.ranked else {}
    return Trial(
        features=features,
        answerable=row["answerable"] and not out,
        near=not row["answerable"],
        case=row["case"],
        question=row["question"],
        kind=kind,
        false=contradiction(seen.question, seen.ranked) is not None,
    )


def fit(trials: Sequence[Trial], answered: float) -> tuple[dict[str, Any], dict[str, Any]]:
    """The table learnt from all trials, and how it does on cases it has not seen (FOLDS folds by case, DRAWS times).

    Its threshold is the one from which the share `answered` of the answerable is answered. A feature that comes out
    against its meaning, as where it only tells short questions from long, is left out, one at a time.
    """
    names = sorted({name for one in trials for name in one.features})
    while True:
        table, chances = _fitted(trials, names, answered)
        wrong = [name for name, weight in table["weights"].items() if (weight < 0) != (name in AGAINST)]
        if not wrong:
            return table, _report(trials, chances, chances < table["threshold"])
        names.remove(max(wrong, key=lambda name: abs(table["weights"][name])))


def _fitted(trials: Sequence[Trial], names: Sequence[str], answered: float) -> tuple[dict[str, Any], Floats]:
    """The table over these features, and the chances of unseen trials."""
    known = {name: [one.features[name] for one in trials if name in one.features] for name in names}
    values = np.array([[one.features.get(name, np.mean(known[name])) for name in names] for one in trials])
    truth = np.array([one.answerable for one in trials], float)
    shares = _shares(trials)
    chances = _unseen(trials, values, truth, shares)
    threshold = float(np.quantile(chances[truth == 1], 1 - answered))
    weights, bias, means, scales = _solve(values[shares > 0], truth[shares > 0], shares[shares > 0])
    table = {
        "bias": round(float(bias), 5),
        "threshold": round(threshold, 5),
        "weights": {n: round(float(w), 5) for n, w in zip(names, weights, strict=True)},
        "means": {n: round(float(m), 5) for n, m in zip(names, means, strict=True)},
        "scales": {n: round(float(s), 5) for n, s in zip(names, scales, strict=True)},
    }
    return table, chances


def _shares(trials: Sequence[Trial]) -> Floats:
    """Each trial's weight: answerable and not weigh alike, near misses NEAR_SHARE of the latter, false premises 0."""
    groups = [
        None if one.kind.startswith(PRESUMED) else "answerable" if one.answerable else "near" if one.near else "out"
        for one in trials
    ]
    whole = {"answerable": 0.5, "near": 0.5 * NEAR_SHARE, "out": 0.5 * (1 - NEAR_SHARE)}
    fitted = sum(group is not None for group in groups)
    return np.array([whole[group] * fitted / groups.count(group) if group else 0.0 for group in groups])


def _unseen(trials: Sequence[Trial], values: Floats, truth: Floats, shares: Floats) -> Floats:
    """The chance of each trial by tables that its case was no part of, the mean of DRAWS draws of the folds."""
    cases = sorted({one.case for one in trials})
    chances = np.zeros(len(trials))
    for draw in range(DRAWS):
        dealt = dict(zip(cases, np.random.default_rng(SEED + draw).permutation(len(cases)) % FOLDS, strict=True))
        fold = np.array([dealt[one.case] for one in trials])
        for k in range(FOLDS):
            seen = (fold != k) & (shares > 0)
            chances[fold == k] += _predict(values[fold == k], *_solve(values[seen], truth[seen], shares[seen])) / DRAWS
    return chances


def _report(trials: Sequence[Trial], chances: Floats, silent: npt.NDArray[np.bool_]) -> dict[str, Any]:
    """By kind: how many, the share that stays silent, and the share silent or told a false premise."""
    kinds: dict[str, Any] = {}
    for kind in sorted({one.kind for one in trials}):
        own = np.array([one.kind == kind for one in trials])
        false = np.array([one.false for one in trials])
        kinds[kind] = {
            "of": int(own.sum()),
            "silent": round(float(silent[own].mean()), 3),
            "silent or false": round(float((silent | false)[own].mean()), 3),
        }
    truth = np.array([one.answerable for one in trials])
    fitted = np.array([not one.kind.startswith(PRESUMED) for one in trials])
    false_alarms = [one.question for one in trials if one.answerable and one.false]
    area = auc(chances[fitted], truth[fitted])
    return {"kinds": kinds, "auc": round(area, 4), "premises wrongly called false": false_alarms}


def _solve(values: Floats, truth: Floats, shares: Floats) -> tuple[Floats, float, Floats, Floats]:
    return logistic(values, truth, shares, ridge=RIDGE, steps=STEPS)


def _predict(values: Floats, weights: Floats, bias: float, means: Floats, scales: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-(((values - means) / scales) @ weights + bias))))


if __name__ == "__main__":
    main()
