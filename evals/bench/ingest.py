"""Pages a second and peak memory of ingest, beside the afternoon pipeline, in one run.

    python -m evals.bench.ingest ../shared/court-pdfs/opinions
    python -m evals.bench.ingest DIR --rounds 3 --json

Each pipeline runs in a process of its own, by turns, its model loaded before the clock starts. Seconds run from the
first byte read to the last index on disk. CPU seconds count all its processes: on a busy machine they are the steadier
figure. Peak memory is the sum of resident memory over the process and its children, so pages that they share count
more than once.

`--cosine MODEL` compares the shipped int8 embedder with the fp32 model that it was made from ("minilm", or a
sentence-transformers path), on passages of the same files.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import statistics
import sys
import tempfile
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from evals.bench.memory import cpu_seconds, peak_of_tree
from rag.settings import Settings

PIPELINES = ("ours", "afternoon")
READ_WHOLE = 150  # words; texts no longer are read whole by any model, so that only precision is compared


def main() -> None:
    """Run the benchmark and print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only", choices=PIPELINES)
    parser.add_argument("--cosine", metavar="MODEL", help="compare the embedder with its fp32 original")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    paths = sorted(given.folder.rglob("*.pdf"))
    names = [given.only] if given.only else list(PIPELINES)
    runs = [run(name, paths) for _ in range(given.rounds) for name in names]
    report = summarise(runs)
    if given.cosine:
        report["cosine_int8_fp32"] = cosine(paths, given.cosine)
    sys.stdout.write((json.dumps(report, indent=1) if given.json else table(report)) + "\n")


def run(name: str, paths: list[Path]) -> dict[str, Any]:
    """One pipeline once, in a process of its own: pages, passages, seconds, cpu_s, peak_mb."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_measure, args=(name, paths, theirs))
    process.start()
    theirs.close()
    stop = threading.Event()
    peak: list[float] = [0.0]
    watcher = threading.Thread(target=peak_of_tree, args=(process.pid, stop, peak))
    watcher.start()
    try:
        found: dict[str, Any] = ours.recv()
    finally:
        stop.set()
        watcher.join()
        process.join()
    return {"pipeline": name, **found, "peak_mb": round(peak[0])}


def _measure(name: str, paths: list[Path], pipe: Connection) -> None:
    """In the child: load, then time."""
    with tempfile.TemporaryDirectory() as folder:
        go = _ours if name == "ours" else _afternoon
        pipe.send(go(paths, Path(folder)))


def _ours(paths: list[Path], home: Path) -> dict[str, Any]:
    from rag.library import open_library
    from rag.models import load_models
    from rag.pipeline import build

    settings = Settings(home=home, reranker="none")
    models = load_models(settings)
    models.embedder.embed_query("warm")
    with open_library(settings, models.embedder, write=True) as library:
        began, cpu = time.perf_counter(), cpu_seconds()
        report = build(paths, library, models, settings)
        seconds, used = time.perf_counter() - began, cpu_seconds() - cpu
    if report.failed:
        raise SystemExit(f"{len(report.failed)} files were not ingested: {report.failed[0].message}")
    return {"pages": report.pages, "passages": report.passages, "seconds": seconds, "cpu_s": used}


def _afternoon(paths: list[Path], home: Path) -> dict[str, Any]:
    from evals.bench import afternoon

    embeddings = afternoon.load_embeddings()
    began, cpu = time.perf_counter(), cpu_seconds()
    pages, chunks = afternoon.ingest(paths, home, embeddings)
    seconds, used = time.perf_counter() - began, cpu_seconds() - cpu
    return {"pages": pages, "passages": chunks, "seconds": seconds, "cpu_s": used}


def summarise(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Medians by pipeline, and how many times as fast ours is."""
    rows = {}
    for name in dict.fromkeys(one["pipeline"] for one in runs):
        mine = [one for one in runs if one["pipeline"] == name]
        middle = {key: statistics.median(one[key] for one in mine) for key in ("seconds", "cpu_s")}
        pages, passages = mine[0]["pages"], mine[0]["passages"]
        rows[name] = {
            "pages": pages,
            "passages": passages,
            "seconds": round(middle["seconds"], 1),
            "cpu_s": round(middle["cpu_s"], 1),
            "pages_per_s": round(pages / middle["seconds"], 1),
            "peak_mb": max(one["peak_mb"] for one in mine),
        }
    report: dict[str, Any] = {"pipelines": rows}
    if len(rows) == len(PIPELINES):
        ours, theirs = rows["ours"], rows["afternoon"]
        report["times_as_fast"] = round(theirs["seconds"] / ours["seconds"], 2)
        report["times_less_cpu"] = round(theirs["cpu_s"] / ours["cpu_s"], 2)
    return report


def cosine(paths: list[Path], model: str, most: int = 400) -> dict[str, float]:
    """Cosines of the shipped embedder's vectors with those of `model`, on passages of these files."""
    from corpus.workers import read_filing
    from rag.ingest import vector_keys
    from rag.models import load_embedder

    shipped, original = load_embedder(Settings()), load_embedder(Settings(embedder=model))
    texts: list[str] = []
    for path in paths:
        filing = read_filing(path, correction={}, ocr=False, progress=lambda *_: None)
        texts += [t for t in vector_keys(filing, filing.facts, shipped)[1] if len(t.split()) <= READ_WHOLE]
        if len(texts) >= most:
            break
    pairs = shipped.embed_passages(texts[:most]) * original.embed_passages(texts[:most])
    cosines = pairs.sum(axis=1)
    return {
        "mean": round(float(np.mean(cosines)), 4),
        "lowest": round(float(np.min(cosines)), 4),
        "texts": len(cosines),
    }


def table(report: dict[str, Any]) -> str:
    """The report as text."""
    lines = [f"{'':10}{'pages':>8}{'passages':>10}{'seconds':>9}{'CPU s':>8}{'pages/s':>9}{'peak MB':>9}"]
    for name, row in report["pipelines"].items():
        figures = f"{row['pages']:8}{row['passages']:10}{row['seconds']:9}{row['cpu_s']:8}"
        lines.append(f"{name:10}{figures}{row['pages_per_s']:9}{row['peak_mb']:9}")
    if "times_as_fast" in report:
        lines.append(f"{report['times_as_fast']} times as fast, {report['times_less_cpu']} times less CPU")
    if "cosine_int8_fp32" in report:
        lines.append(f"cosine to fp32: {report['cosine_int8_fp32']}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
