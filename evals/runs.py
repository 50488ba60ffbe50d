"""A run: every question of a dataset put to one system, scored, and kept in a folder.

run(dataset, sheets, system, folder, …) -> Run      ask, score, save
load_run(folder)                        -> Run

    RUN/settings.json    the system, the machine, the commit, the dataset
        hits.trec        the pages found (TREC run)        qrels.trec  the gold pages
        questions.jsonl  each question with its hits, its scores and the milliseconds waited
        answers.jsonl    each answer as the contract's JSON (none with search_only)
        metrics.json     every measure's mean, standard error and count; latency
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from corpus.errors import DatasetError
from evals.answers import answer_scores, trial
from evals.datasets import ROOT, Dataset, Judgment
from evals.judge import Judge, judged_scores
from evals.measures import DEPTH, Spot, hit_scores, quantile, spot, summary, touched
from evals.sheets import Sheets
from evals.systems import System
from evals.trec import trec_measures, write_qrels, write_run

PACKAGES = ("chromadb", "numpy", "onnxruntime", "pypdfium2", "tantivy", "tokenizers", "torch", "ir-measures")
HIT_FIELDS = ("rank", "score", "page", "page_label", "first_page", "end_page", "citation", "text", "writing")
Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Run:
    """A run as kept: one row a question, the means, and the settings."""

    folder: Path
    settings: dict[str, Any]
    rows: tuple[dict[str, Any], ...]
    metrics: dict[str, Any]

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    def answers(self) -> dict[str, dict[str, Any]]:
        """The answers by question; none of a run that only searched."""
        return {row.pop("qid"): row for row in _read_lines(self.folder / "answers.jsonl")}


def run(
    dataset: Dataset,
    sheets: Sheets,
    system: System,
    folder: Path,
    *,
    search_only: bool = False,
    judge: Judge | None = None,
    told: Told = lambda done, of: None,
) -> Run:
    """Put every question to the system, score what comes, and save it under `folder`. A `judge` of entailment, if one
    is given, is asked about every claim."""
    rows: list[dict[str, Any]] = []
    answers: list[dict[str, Any]] = []
    conversations: dict[str, str | None] = {}
    for done, judgment in enumerate(dataset.judgments, 1):
        row, answer = _put(judgment, system, conversations, search_only=search_only)
        if answer is not None:
            row["scores"] |= answer_scores(judgment, answer, sheets, dataset.key)
            row["trial"] = [asdict(finding) for finding in trial(judgment, answer, sheets, dataset.key)]
            row["scores"] |= judged_scores(answer, sheets, judge) if judge else {}
            answers.append({"qid": judgment.qid, **answer})
        rows.append(row)
        told(done, len(dataset.judgments))
    about = {**system.describe(), "judge": judge.name if judge else None}
    return _save(folder, dataset, about, rows, answers)


def load_run(folder: Path) -> Run:
    """A run that was kept. Raises DatasetError where the folder holds none."""
    if not (folder / "metrics.json").is_file():
        raise DatasetError(f"{folder} holds no run; give a folder made by `pincite eval run`")
    read = [json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in ("settings", "metrics")]
    return Run(folder, read[0], tuple(_read_lines(folder / "questions.jsonl")), read[1])


def new_folder(runs: Path, tag: str) -> Path:
    """A folder for a run that begins now."""
    return runs / f"{tag}-{datetime.now(UTC):%Y%m%dT%H%M%S}"


def machine() -> dict[str, Any]:
    """What the run ran on: cores, system, Python, packages, commit (and whether files differed from it)."""
    return {
        "cores": os.cpu_count(),
        "load_1m": round(os.getloadavg()[0], 2),
        "platform": platform.platform(),
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in PACKAGES},
        "commit": _git("rev-parse", "--short=12", "HEAD"),
        "changed_files": len(_git("status", "--porcelain", "--untracked-files=no").splitlines()),
    }


def _put(
    judgment: Judgment, system: System, conversations: dict[str, str | None], *, search_only: bool
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """One question's row and answer. A follow-up is searched for as its answer understood it."""
    query, answer, ms, cost = judgment.question, None, {}, {}
    if not search_only:
        before = system.spent()
        answer, ms["ask"] = system.ask(judgment.question, _conversation(judgment, system, conversations))
        cost = _cost(before, system.spent())
        if judgment.conversation:
            conversations[judgment.conversation] = answer["conversation_id"]
        query = answer["standalone_question"] or query
    hits, ms["search"] = system.search(query, DEPTH)
    spots = [spot(hit) for hit in hits]
    row = {
        **asdict(judgment),
        "query": query,
        "ms": ms,
        "scores": (hit_scores(judgment, spots) if judgment.answerable else {}) | cost,
        "hits": [_kept(hit) for hit in hits],
    }
    return row, answer


def _cost(before: tuple[int, int] | None, after: tuple[int, int] | None) -> dict[str, float]:
    """`tokens_in` and `tokens_out` of one answer: what its chat model read and wrote; absent where nobody counts."""
    if before is None or after is None:
        return {}
    return {"tokens_in": after[0] - before[0], "tokens_out": after[1] - before[1]}


def _kept(hit: dict[str, Any]) -> dict[str, Any]:
    """As much of a hit as a report shows."""
    filing = hit["filing"]
    return {"file": filing["file"], "filing_kind": filing.get("kind"), **{name: hit.get(name) for name in HIT_FIELDS}}


def _conversation(judgment: Judgment, system: System, conversations: dict[str, str | None]) -> str | None:
    """The conversation this question belongs to; begun with its first question."""
    if judgment.conversation is None:
        return None
    if judgment.conversation not in conversations:
        conversations[judgment.conversation] = system.begin()
    return conversations[judgment.conversation]


def _save(
    folder: Path, dataset: Dataset, about: dict[str, Any], rows: list[dict[str, Any]], answers: list[dict[str, Any]]
) -> Run:
    gold = {judgment.qid: judgment.places for judgment in dataset.judgments}
    ranked = {row["qid"]: touched(_spots(row)) for row in rows}
    for qid, scores in trec_measures(gold, ranked).items():
        next(row for row in rows if row["qid"] == qid)["scores"].update(scores)
    folder.mkdir(parents=True)
    write_run(folder / "hits.trec", ranked, tag=folder.name)
    write_qrels(folder / "qrels.trec", gold)
    settings = {
        "dataset": dataset.name,
        "questions": len(rows),
        "hits": DEPTH,
        **about,
        "machine": machine(),
    }
    metrics = {"measures": summary(row["scores"] for row in rows), "latency_ms": _latency(rows)}
    _write_json(folder / "settings.json", settings)
    _write_json(folder / "metrics.json", metrics)
    _write_lines(folder / "questions.jsonl", rows)
    _write_lines(folder / "answers.jsonl", answers)
    return Run(folder, settings, tuple(rows), metrics)


def _spots(row: dict[str, Any]) -> list[Spot]:
    return [spot({**hit, "filing": {"file": hit["file"]}}) for hit in row["hits"]]


def _latency(rows: Sequence[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Median and 95th percentile of the waits in ms; the first question, which warms the models, is left out."""
    kinds = dict.fromkeys(kind for row in rows for kind in row["ms"])
    waits = {kind: [row["ms"][kind] for row in rows[1:] or rows if kind in row["ms"]] for kind in kinds}
    return {kind: {"median": quantile(ms, 0.5), "p95": quantile(ms, 0.95)} for kind, ms in waits.items()}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _git(*words: str) -> str:
    """What git says of the checkout; "" where there is none."""
    try:
        said = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return said.stdout.strip() if said.returncode == 0 else ""


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8")


def _read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows), encoding="utf-8")
