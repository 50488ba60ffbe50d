"""Learn when to stay silent: python -m evals.train.abstain --home DIR [--out rag/weights/abstain.json]

    library      the training opinions as filings (text only), ingested once into DIR as the product ingests
    answerable   a question on a held-out case, asked of SCOPE filings with that case among them, and of that case alone
    unanswerable the same question, asked of the SCOPE filings nearest to it with its case left out, and of the nearest
                 of these alone; and with its names exchanged for another case's (a near miss)
    fit          logistic regression over rag.abstain.read_features, a table for many cases and one for a single case's
                 record; the thresholds keep ANSWERED of the answerable
Scopes are the nearest filings, so that what is left is the law of neighbouring cases, not noise. Cases are those that
the embedder and the reranker did not train on.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from corpus.model import Box, Facts, Filing, Line, Page, Paragraph, Passage, Sentence, Speaker
from corpus.workers import Beat, Correction
from evals.train.data import DEV_CASES, SHARED, SPLIT_SEED
from evals.train.passages import cut, sentences
from rag.abstain import TABLE, read_features
from rag.library import Library, open_library
from rag.model import Filters
from rag.models import Models, load_embedder
from rag.pipeline import ASK_K, build
from rag.question import read_question
from rag.retrieve import retrieve
from rag.sentences import candidates
from rag.settings import Settings

SCOPE = 50  # filings a question is asked of
FILLERS = 75  # training cases beside the held-out ones, so that scopes have neighbours
ANSWERED = {"many": 0.97, "one": 0.955}  # of the answerable, from which the thresholds follow; the bar is 0.95
MANY = ("own", "left out", "near miss")
ONE = ("alone", "nearest alone", "near miss alone")
FOLDS = 5
SEED = 7
COURT = Speaker("court", None)


@dataclass(frozen=True)
class Row:
    """One search: its features, whether the record answers, and the case (folds are by case)."""

    features: dict[str, float]
    answerable: bool
    case: str
    question: str
    kind: str


def main() -> None:
    """Build the library where it is not there, read the features, fit both tables, write them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=TABLE)
    parser.add_argument("--limit", type=int, default=0)
    given = parser.parse_args()
    settings = Settings(home=given.home, reranker="none")
    models = Models(load_embedder(settings))
    with open_library(settings, models.embedder, write=True) as library:
        ingest(library, models, settings, given.home / "texts")
        rows = list(searches(library, models, settings, given.limit))
    (given.home / "rows.jsonl").write_text("".join(json.dumps(row.__dict__) + "\n" for row in rows), "utf-8")
    tables: dict[str, Any] = {}
    for name, kinds in (("many", MANY), ("one", ONE)):
        tables[name], report = fit([row for row in rows if row.kind in kinds], ANSWERED[name])
        print(name, json.dumps(report, indent=1))  # noqa: T201
    given.out.write_text(json.dumps(tables, indent=1) + "\n", "utf-8")


def ingest(library: Library, models: Models, settings: Settings, folder: Path) -> None:
    """The held-out opinions and FILLERS others, each written as a text file that poses as a PDF."""
    folder.mkdir(parents=True, exist_ok=True)
    opinions = _lines(SHARED / "train" / "opinions.jsonl.gz")
    held_out = held_out_cases([row["case"] for row in opinions])
    others = [row for row in opinions if row["case"] not in held_out]
    chosen = [row for row in opinions if row["case"] in held_out] + random.Random(SEED).sample(others, FILLERS)
    for row in chosen:
        path = folder / f"{row['case']}.pdf"
        if not path.is_file():
            path.write_text(json.dumps(row), encoding="utf-8")
    if library.catalog.count() >= len(chosen):
        return
    from evals.train.abstain import read_text as importable  # run as a script, this module has no name workers know

    build([folder], library, models, settings, read=importable)


def held_out_cases(cases: Sequence[str]) -> frozenset[str]:
    """The cases that embedder and reranker did not train on (as evals.train.data splits them)."""
    return frozenset(random.Random(SPLIT_SEED).sample(sorted(cases), DEV_CASES))


def read_text(path: Path, *, correction: Correction, ocr: bool, progress: Beat) -> Filing:
    """A training opinion as a Filing: passages as the trainers cut them, a line a sentence, pages of its passages."""
    row = json.loads(path.read_text("utf-8"))
    text, passages, spans, lines = "", [], [], []
    key = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    for ordinal, made in enumerate(cut(row["case"], row["title"], row["pages"])):
        start, text = len(text), text + made.text + "\n"
        page = made.pages[0]
        passages.append(
            Passage(f"{key}:{ordinal}", ordinal, start, len(text) - 1, made.text, page, made.pages[-1], (), COURT)
        )
        for first, last in sentences(made.text):
            spans.append(Sentence(start + first, start + last, COURT))
            lines.append(Line(start + first, start + last, page, Box(page, 0.1, 0.1, 0.9, 0.2)))
    starts = {p.page: p.start for p in reversed(passages)}
    bounds = [starts.get(n, 0) for n in range(1, len(row["pages"]) + 1)]
    pages = tuple(Page(n, start, start, 612, 792, str(n)) for n, start in enumerate(bounds, 1))
    return Filing(
        id=key,
        file=path.name,
        facts=Facts(title=row["title"], case_name=row["title"].title(), court="scotus", kind="opinion"),
        text=text,
        body_end=len(text),
        pages=pages,
        lines=tuple(lines),
        paragraphs=tuple(Paragraph(p.start, p.end) for p in passages),
        sentences=tuple(spans),
        passages=tuple(passages),
    )


def searches(library: Library, models: Models, settings: Settings, limit: int = 0) -> Iterator[Row]:
    """Each held-out question three times: with its case in scope, without, and with another case's names."""
    filings = {listing.file.removesuffix(".pdf"): listing.id for listing in library.catalog.listings(limit=None)}
    questions = _lines(SHARED / "train" / "questions.jsonl")
    held_out = held_out_cases([row["case"] for row in _lines(SHARED / "train" / "opinions.jsonl.gz")])
    asked = [row for row in questions if row["case"] in held_out and row["case"] in filings]
    names = {row["case"]: _names(row["question"]) for row in asked}
    dice = random.Random(SEED)
    for row in asked[: limit or None]:
        own = filings[row["case"]]
        near = [i for i in nearest_filings(row["question"], library, models) if i != own][: SCOPE - 1]
        for kind, scope in (
            ("own", [own, *near]),
            ("alone", [own]),
            ("left out", near),
            ("nearest alone", near[:1]),
        ):
            yield _row(row, row["question"], scope, kind, library, models, settings)
        other = dice.choice([case for case in names if names[case] and case != row["case"]])
        if names[row["case"]] and (swapped := exchange(row["question"], names[other])) != row["question"]:
            yield _row(row, swapped, near, "near miss", library, models, settings)
            yield _row(row, swapped, [own], "near miss alone", library, models, settings)


def nearest_filings(question: str, library: Library, models: Models) -> list[str]:
    """All filings, those with the passage most like the question first."""
    found = library.nearest(models.embedder.embed_query(question), 4000, library.scope())
    return list(dict.fromkeys(key.rpartition(":")[0] for key, _ in found))


def exchange(question: str, names: Sequence[str]) -> str:
    """The question with its first name exchanged for another case's."""
    own = _names(question)
    return question.replace(own[0], names[0]) if own else question


def fit(rows: Sequence[Row], answered: float) -> tuple[dict[str, Any], dict[str, Any]]:
    """The table learnt from all rows, and how it does on cases it has not seen (FOLDS folds by case).

    Its threshold is the one from which the share `answered` of the answerable is answered.
    """
    names = sorted({name for row in rows for name in row.features})
    known = {name: [row.features[name] for row in rows if name in row.features] for name in names}
    values = np.array([[row.features.get(name, np.mean(known[name])) for name in names] for row in rows])
    truth = np.array([row.answerable for row in rows], float)
    cases = sorted({row.case for row in rows})
    fold = np.array([cases.index(row.case) % FOLDS for row in rows])
    chances = np.zeros(len(rows))
    for k in range(FOLDS):
        chances[fold == k] = _predict(values[fold == k], *_logistic(values[fold != k], truth[fold != k]))
    threshold = float(np.quantile(chances[truth == 1], 1 - answered))
    weights, bias, means, scales = _logistic(values, truth)
    table = {
        "bias": round(float(bias), 5),
        "threshold": round(threshold, 5),
        "weights": {n: round(float(w), 5) for n, w in zip(names, weights, strict=True)},
        "means": {n: round(float(m), 5) for n, m in zip(names, means, strict=True)},
        "scales": {n: round(float(s), 5) for n, s in zip(names, scales, strict=True)},
    }
    silent = chances < threshold
    kinds = {kind: round(float(silent[[r.kind == kind for r in rows]].mean()), 3) for kind in {r.kind for r in rows}}
    return table, {"rows": len(rows), "silent": kinds, "auc": round(_auc(chances, truth), 4), "threshold": threshold}


def _logistic(values: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, float, np.ndarray, np.ndarray]:
    """Weights, bias, means and scales of a ridge logistic regression, classes weighed alike (Newton's method)."""
    means, scales = values.mean(axis=0), values.std(axis=0)
    scales[scales == 0] = 1.0
    design = np.hstack([(values - means) / scales, np.ones((len(values), 1))])
    share = np.where(truth == 1, 0.5 / truth.sum(), 0.5 / (1 - truth).sum()) * len(truth)
    ridge = np.diag([1.0] * values.shape[1] + [0.0])
    solved = np.zeros(design.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-design @ solved))
        slope = design.T @ (share * (truth - chance)) - ridge @ solved
        bend = (design * (share * chance * (1 - chance))[:, None]).T @ design + ridge
        solved += np.linalg.solve(bend, slope)
    return solved[:-1], float(solved[-1]), means, scales


def _predict(values: np.ndarray, weights: np.ndarray, bias: float, means: np.ndarray, scales: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-(((values - means) / scales) @ weights + bias))))


def _auc(scores: np.ndarray, truth: np.ndarray) -> float:
    """The chance that an answerable question scores above an unanswerable one."""
    good, bad = scores[truth == 1], scores[truth == 0]
    return float((good[:, None] > bad[None, :]).mean())


def _row(
    row: dict[str, Any],
    question: str,
    scope: Sequence[str],
    kind: str,
    library: Library,
    models: Models,
    settings: Settings,
) -> Row:
    """One search and its features."""
    asked = read_question(question)
    found = retrieve(question, library, models, settings, k=ASK_K, filters=Filters(filing_ids=tuple(scope)))
    filings = {key: library.catalog.filing(key) for key in {hit.filing.id for hit in found.hits}}
    ranked = candidates(asked, found.hits, filings, models)
    features = read_features(asked, found, ranked, one_case=len(scope) == 1)
    return Row(features, kind in ("own", "alone"), row["case"], question, kind)


def _names(text: str) -> list[str]:
    """Capitalised words within a question."""
    return re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}", text)


def _lines(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main()
