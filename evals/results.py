"""evals/RESULTS.md, its tables made anew from saved rows: python -m evals.results [--keep RUN …]

    evals/runs.jsonl         where Pincite stands: the means of a run that --keep named, one a dataset
    evals/peers/rows.jsonl   a system on a dataset (python -m evals.peers)
    evals/rows.jsonl         an idea on a dataset, beside the same without it (python -m evals.ideas)
What stands between the marks of a table is replaced; the words around them are kept.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from evals.runs import load_run

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "RESULTS.md"
PEER_COLUMNS = (
    ("page hit@1", "page_hit@1"),
    ("@5", "page_hit@5"),
    ("@10", "page_hit@10"),
    ("document hit@1", "document_hit@1"),
    ("nDCG@10", "nDCG@10"),
    ("quotable", "quotable"),
    ("page right", "page_right"),
    ("pages/s", "pages_s"),
    ("pages/CPU s", "pages_cpu_s"),
    ("peak MB", "peak_mb"),
    ("query ms", "query_ms"),
)


STANDING = (
    "page_hit@1",
    "page_hit@5",
    "page_hit@10",
    "document_hit@1",
    "nDCG@10",
    "lead_on_gold",
    "answered",
    "silence_recall",
    "gold_words",
    "verbatim",
    "page_right",
    "speaker",
    "unmarked",
    "false_holding",
    "citation_recall",
    "citation_precision",
)


def write_results(path: Path = RESULTS) -> None:
    """Replace every marked table of the results page with one from the rows as they stand."""
    text = path.read_text(encoding="utf-8")
    peers = _rows(HERE / "peers" / "rows.jsonl")
    for dataset in dict.fromkeys(row["dataset"] for row in peers):
        text = put(text, f"peers {dataset}", peer_table([row for row in peers if row["dataset"] == dataset]))
    text = put(text, "standing", standing_table(_rows(HERE / "runs.jsonl")))
    text = put(text, "peers settings", settings_list(peers))
    text = put(text, "ideas", idea_table(_rows(HERE / "rows.jsonl")))
    path.write_text(text, encoding="utf-8")


def put(text: str, name: str, table: str) -> str:
    """`text` with `table` between the marks called `name`; unchanged where it has no such marks."""
    marks = (f"<!-- {name} -->", f"<!-- end {name} -->")
    pattern = re.escape(marks[0]) + r".*?" + re.escape(marks[1])
    return re.sub(pattern, lambda _: f"{marks[0]}\n{table}\n{marks[1]}", text, flags=re.DOTALL)


def keep_run(folder: Path, path: Path = HERE / "runs.jsonl") -> None:
    """Keep a run's means, in the place of an older run of the same dataset."""
    run = load_run(folder)
    means = {name: one["mean"] for name, one in run.metrics["measures"].items()}
    about = {name: run.settings.get(name) for name in ("dataset", "questions", "models")}
    row = {
        **about,
        "commit": run.settings["machine"]["commit"],
        "means": means,
        "latency_ms": run.metrics["latency_ms"],
    }
    rows = [*(one for one in _rows(path) if one["dataset"] != row["dataset"]), row]
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows), encoding="utf-8")


def standing_table(rows: Sequence[dict[str, Any]]) -> str:
    """One column a dataset, one row a measure that any of them has."""
    names = [name for name in STANDING if any(name in row["means"] for row in rows)]
    body = [["questions", *(str(row["questions"]) for row in rows)]]
    body += [[name, *(f"{row['means'][name]:.3f}" if name in row["means"] else "" for row in rows)] for name in names]
    for kind in dict.fromkeys(kind for row in rows for kind in row["latency_ms"]):
        waits = (row["latency_ms"].get(kind) for row in rows)
        body.append([f"{kind}, median ms", *(f"{one['median']:.0f}" if one else "" for one in waits)])
    body.append(["reranker", *(str((row["models"] or {}).get("reranker") or "none") for row in rows)])
    return markdown(["", *(row["dataset"] for row in rows)], body)


def peer_table(rows: Sequence[dict[str, Any]]) -> str:
    """One row a system."""
    head = ["system", *(title for title, _ in PEER_COLUMNS)]
    body = ([row["system"], *(_figure(row[name]) for _, name in PEER_COLUMNS)] for row in rows)
    return markdown(head, body)


def settings_list(rows: Sequence[dict[str, Any]]) -> str:
    """What each system is, once, and what the machine was."""
    seen = {row["system"]: row["settings"] for row in rows}
    lines = [f"- **{system}**: {settings}" for system, settings in seen.items()]
    if rows:
        machine = rows[-1]["machine"]
        lines.append(f"- machine: {machine['cores']} cores, {machine['platform']}, Python {machine['python']}")
    return "\n".join(lines)


def idea_table(rows: Sequence[dict[str, Any]]) -> str:
    """One row an idea and dataset: the measure without it, with it, the difference and its 95 % interval."""
    head = ["idea", "dataset", "measure", "without", "with", "difference", "95 %", "questions", "kept"]
    body = (
        [
            row["idea"],
            row["dataset"],
            row["measure"],
            f"{row['first']:.3f}",
            f"{row['second']:.3f}",
            f"{row['delta']:+.3f}",
            f"{row['low']:+.3f} … {row['high']:+.3f}",
            str(row["n"]),
            row["kept"],
        ]
        for row in rows
    )
    return markdown(head, body)


def markdown(head: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    """A Markdown table; an empty body gives the head alone."""
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _figure(value: float) -> str:
    return f"{value:.2f}" if value < 1.5 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []


def main() -> None:
    """Keep the runs named, then write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, action="append", default=[], help="a run to be shown; may be repeated")
    for folder in parser.parse_args().keep:
        keep_run(folder)
    write_results()


if __name__ == "__main__":
    main()
