"""Learn which sentence leads: python -m evals.train.leads --home DIR [--out rag/weights/leads.json]

    library    the held-out training opinions (evals/train/opinions.py), ingested once into DIR as the product ingests
    questions  all about them: searched, gathered and scored by the product; a sentence is right that stands on a gold
               page of its case
    fit        a conditional logit: of all sentences scored for a question, the chance that a right one comes first;
               what rag/quotable.py takes off is given, the rest is learnt
    report     FOLDS folds by case: how often the best sentence is right, and one of the best two of different pages;
               and `shown`, the same of the first two quotations of the answers that the weights in use compose
Cases are those that the embedder did not train on, so its cosines are as good here as on a reader's filings. After a
new embedder: delete DIR and run it again, then evals.train.abstain, which reads what these weights order.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evals.train.opinions import held_out_cases, held_out_questions, ingest
from rag.choose import choose
from rag.compose import arrange
from rag.leads import TABLE, load_weights
from rag.library import Library, open_library
from rag.model import Filters
from rag.models import Models, load_embedder, load_reranker
from rag.pipeline import look
from rag.sentences import Candidate
from rag.settings import Settings

FOLDS = 5
RIDGE = 10.0  # on standardised traits; 3 and 30 do as well
ROUNDS = 100  # steps of a bound on the likelihood; it settles in thirty
Json = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """The sentences scored for one question: (n, traits) values, (n,) what is given, whether each is right, and its
    page; `shown`: whether one of the first two quotations in use is right."""

    case: str
    question: str
    values: np.ndarray
    given: np.ndarray
    right: np.ndarray
    pages: tuple[tuple[str, int], ...]
    shown: bool


def main() -> None:
    """Build the library where it is not there, ask the questions, fit, report, write."""
    parser = argparse.ArgumentParser(description="Learn which sentence leads")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=TABLE)
    parser.add_argument("--report", action="store_true", help="write nothing")
    given = parser.parse_args()
    settings = Settings(home=given.home)
    models = Models(load_embedder(settings), load_reranker(settings))
    with open_library(settings, models.embedder, write=True) as library:
        ingest(library, models, settings, given.home / "texts", held_out_cases())
        rows = list(ask_all(library, models, settings))
    report = cross_validated(rows)
    print(json.dumps(report, indent=1))  # noqa: T201
    if not given.report:
        weights = dict(zip(load_weights(), (round(float(w), 4) for w in fit(rows)), strict=True))
        table = {"embedder": models.embedder.name, "weights": weights, "report": report}
        given.out.write_text(json.dumps(table, indent=1) + "\n", "utf-8")


def ask_all(library: Library, models: Models, settings: Settings) -> Iterator[Row]:
    """Every question about a case of the library."""
    listings = {listing.file.removesuffix(".pdf"): listing for listing in library.catalog.listings(limit=None)}
    for row in held_out_questions():
        seen = look(row["question"], library, models, settings, Filters())
        gold = {(listings[row["case"]].id, page) for page in row["pages"]}
        picks = [pick for group in arrange(seen.question, choose(seen.question, seen.ranked)) for pick in group.picks]
        shown = any((pick.filing.id, pick.page) in gold for pick in picks[:2])
        yield _row(row["case"], seen.question.text, seen.ranked, gold, shown=shown)


def fit(rows: Sequence[Row]) -> np.ndarray:
    """The weights of the traits, in the table's order: a ridge-penalised conditional logit."""
    some = [row for row in rows if row.right.any()]
    every = np.concatenate([row.values for row in some])
    scales = np.where(every.std(axis=0) > 0, every.std(axis=0), 1.0)
    solved = np.zeros(every.shape[1])
    for _ in range(ROUNDS):
        slope, bend = -RIDGE * solved, RIDGE * np.eye(len(solved))
        for row in some:
            values = row.values / scales
            chance = _chances(values @ solved + row.given)
            good = chance * row.right / (chance * row.right).sum()
            slope += (good - chance) @ values
            bend += _spread(values, chance)
        solved += np.linalg.solve(bend, slope)
    return np.asarray(solved / scales)


def cross_validated(rows: Sequence[Row]) -> Json:
    """How the weights do on cases they were not learnt on, and how those in use do."""
    cases = sorted({row.case for row in rows})
    first, either, shown = [], [], []
    for k in range(FOLDS):
        apart = {case for i, case in enumerate(cases) if i % FOLDS == k}
        weights = fit([row for row in rows if row.case not in apart])
        for row in [row for row in rows if row.case in apart]:
            one, two = _best_two(row, row.values @ weights + row.given)
            first.append(bool(row.right[one]))
            either.append(bool(row.right[one] or row.right[two]))
            shown.append(row.shown)
    read = [bool(row.right.any()) for row in rows]
    figures = {"first": first, "either": either, "shown": shown, "read": read}
    return {"questions": len(rows), **{name: round(sum(flags) / len(flags), 4) for name, flags in figures.items()}}


def _row(case: str, question: str, ranked: Sequence[Candidate], gold: set[tuple[str, int]], *, shown: bool) -> Row:
    names = list(load_weights())
    places = tuple((c.filing.id, c.page) for c in ranked)
    values = np.array([[c.traits[name] for name in names] for c in ranked])
    given = np.array([c.parts[-1] for c in ranked])
    return Row(case, question, values, given, np.array([place in gold for place in places], float), places, shown)


def _best_two(row: Row, scores: np.ndarray) -> tuple[int, int]:
    """The best sentence, and the best that begins on another page (itself where there is none)."""
    order = np.argsort(-scores, kind="stable")
    return int(order[0]), next((int(i) for i in order if row.pages[i] != row.pages[order[0]]), int(order[0]))


def _chances(scores: np.ndarray) -> np.ndarray:
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum())


def _spread(values: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """The covariance of the traits under the chances: a bound on the likelihood's curvature, so that steps are safe."""
    mean = chance @ values
    return np.asarray((values * chance[:, None]).T @ values - np.outer(mean, mean))


if __name__ == "__main__":
    main()
