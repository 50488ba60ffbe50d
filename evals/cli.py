"""The commands under `pincite eval`: run, compare, report, import, export. Figures on stdout, progress on stderr."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from corpus.errors import PinciteError
from evals.datasets import check_dataset, load_dataset
from evals.runs import Run, new_folder
from rag.settings import read_settings

PIPED = 120  # characters of a line that goes to a file or another program: no table is cut there

app = typer.Typer(
    name="eval", help="Measure retrieval and answers on questions with known pages.", no_args_is_help=True
)
out = Console(width=None if sys.stdout.isatty() else PIPED)
err = Console(stderr=True)
HEADLINES = ("page_hit@1", "page_hit@5", "page_hit@10", "document_hit@1", "nDCG@10", "RR@10")

Runs = Annotated[Path, typer.Option("--runs", help="Where runs are kept.")]
Tag = Annotated[str, typer.Option("--tag", help="What the run's folder is called, before its time.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")]
Pdfs = Annotated[Path | None, typer.Option("--pdfs", help="The folder of the dataset's PDFs.", file_okay=False)]


def main() -> None:
    """`python -m evals.cli`: runs a command, and turns our errors into one line and exit code 1."""
    try:
        app()
    except PinciteError as error:
        err.print(f"{type(error).__name__}: {error}", style="red", markup=False, highlight=False)
        sys.exit(1)


@app.command("run")
def run_dataset(
    dataset: Annotated[str, typer.Argument(help="sample, gold, holdings, papers, a folder or .jsonl of questions.")],
    server: Annotated[str | None, typer.Option("--server", help="Ask this server (its URL), not this process.")] = None,
    tag: Tag = "",
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Only the first questions.")] = None,
    search_only: Annotated[bool, typer.Option("--search-only", help="Search, and leave answers out.")] = False,
    home: Annotated[Path | None, typer.Option("--home", help="The library's home (default: a cache).")] = None,
    judge: Annotated[
        bool, typer.Option("--judge", help="Have the chat model judge whether the cited pages bear out each claim.")
    ] = False,
    pdfs: Pdfs = None,
    runs: Runs = Path("runs"),
    as_json_: AsJson = False,
) -> None:
    """Put a dataset's questions to Pincite, here or on a server; score and keep the run."""
    from evals.judge import load_judge
    from evals.runs import run
    from evals.systems import open_here, open_server

    chosen = load_dataset(dataset, pdfs=pdfs)
    chosen = replace(chosen, judgments=chosen.judgments[:limit])
    sheets = chosen.sheets()
    check_dataset(chosen, sheets)
    settings = read_settings(os.environ)
    judging = load_judge(settings) if judge else None
    folder = new_folder(runs, tag or Path(dataset).stem)
    if server:
        opened: Any = open_server(server, chosen, api_key=settings.api_key)
    else:
        opened = open_here(chosen, settings, home=home, watch=lambda text: err.print(text, highlight=False))
    with opened as system:
        made = run(chosen, sheets, system, folder, search_only=search_only, judge=judging, told=_told)
    _say_run(made, as_json=as_json_)


@app.command("compare")
def compare_runs(
    first: Annotated[Path, typer.Argument(help="The run to measure against.", exists=True, file_okay=False)],
    second: Annotated[Path, typer.Argument(help="The run in question.", exists=True, file_okay=False)],
    measure: Annotated[list[str] | None, typer.Option("--measure", help="Only this measure; may be repeated.")] = None,
    as_json_: AsJson = False,
) -> None:
    """Say where two runs of one dataset differ, how sure that is, and which questions were won and lost."""
    from evals.compare import compare
    from evals.runs import load_run

    found = compare(load_run(first), load_run(second), measure or ())
    if as_json_:
        _print_json(asdict(found))
        return
    title = f"{found.first} → {found.second}"
    table = Table("measure", "first", "second", "difference", "95 %", "p", "won", "lost", "of", title=title)
    for one in found.differences:
        bounds = f"{one.low:+.3f} … {one.high:+.3f}"
        counts = (str(len(one.wins)), str(len(one.losses)), str(one.n))
        figures = (f"{one.first:.3f}", f"{one.second:.3f}", f"{one.delta:+.3f}", bounds, f"{one.p:.3f}")
        table.add_row(one.measure, *figures, *counts)
    out.print(table)
    for one in found.differences:
        if one.measure in HEADLINES[:1] or measure:
            out.print(f"{one.measure} won:  {', '.join(one.wins) or 'none'}", highlight=False, markup=False)
            out.print(f"{one.measure} lost: {', '.join(one.losses) or 'none'}", highlight=False, markup=False)


@app.command("report")
def report_run(
    run: Annotated[Path, typer.Argument(help="A run's folder.", exists=True, file_okay=False)],
    to: Annotated[
        Path | None, typer.Option("--out", help="The file to write (default: report.html in the run).")
    ] = None,
) -> None:
    """Write one HTML file of a run: figures, plots, and each question with what was found and why it was scored so."""
    from evals.report import report
    from evals.runs import load_run

    path = to or run / "report.html"
    path.write_text(report(load_run(run)), encoding="utf-8")
    out.print(str(path), highlight=False, soft_wrap=True)


@app.command("export")
def export_dataset(
    dataset: Annotated[str, typer.Argument(help="sample, gold, holdings, papers, a folder or .jsonl of questions.")],
    folder: Annotated[Path, typer.Argument(help="The folder to write.", file_okay=False)],
    pdfs: Pdfs = None,
) -> None:
    """Write a dataset as BEIR has them: corpus.jsonl (a document a page), queries.jsonl, qrels/test.tsv."""
    from evals.formats import export_beir

    chosen = load_dataset(dataset, pdfs=pdfs)
    sheets = chosen.sheets()
    check_dataset(chosen, sheets)
    pages = export_beir(chosen, sheets, folder)
    out.print(f"{len(chosen.judgments)} queries over {pages} pages in {folder}", highlight=False, soft_wrap=True)


@app.command("import")
def import_dataset(
    source: Annotated[Path, typer.Argument(help="A BEIR folder, or a LegalBench-RAG benchmark (.json).", exists=True)],
    folder: Annotated[Path, typer.Argument(help="The dataset's folder to write.", file_okay=False)],
    corpus: Annotated[
        Path | None, typer.Option("--corpus", help="LegalBench-RAG: the folder of its texts (default: its own).")
    ] = None,
    split: Annotated[str, typer.Option("--split", help="BEIR: which qrels.")] = "test",
) -> None:
    """Make a dataset of a BEIR folder or a LegalBench-RAG benchmark: its texts become PDFs, its spans pages."""
    from evals.formats import corpus_of, import_beir, import_legalbench

    if source.is_dir():
        asked = import_beir(source, folder, split=split)
    else:
        asked = import_legalbench(source, corpus or corpus_of(source), folder)
    out.print(f"{asked} questions in {folder}; run them: pincite eval run {folder}", highlight=False, soft_wrap=True)


def _told(done: int, of: int) -> None:
    """A line that follows the questions."""
    if err.is_terminal:
        err.print(f"{done} of {of} questions", end="\r" if done < of else "\n", highlight=False)


def _say_run(run: Run, *, as_json: bool) -> None:
    if as_json:
        _print_json({"run": str(run.folder), "settings": run.settings, **run.metrics})
        return
    table = Table(
        "measure", "mean", "± se", "of", title=f"{run.settings['dataset']}: {run.settings['questions']} questions"
    )
    measures = run.metrics["measures"]
    for name in [*HEADLINES, *(n for n in measures if n not in HEADLINES)]:
        if name in measures:
            row = measures[name]
            table.add_row(name, f"{row['mean']:.3f}", f"{row['se']:.3f}", str(row["n"]))
    out.print(table)
    for kind, ms in run.metrics["latency_ms"].items():
        out.print(f"{kind}: median {ms['median']:.0f} ms, 95th percentile {ms['p95']:.0f} ms", highlight=False)
    out.print(f"kept in {run.folder}", highlight=False)


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")


if __name__ == "__main__":
    main()
