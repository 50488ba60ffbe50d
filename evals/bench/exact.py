"""The exact product alone, at sizes for which no library is made: milliseconds and CPU by share of rows allowed.

    python -m evals.bench.exact --rows 200000 1000000

Vectors are random, 384 wide, FILING to a filing; time does not depend on what they say. The query's own embedding and
everything after the product are left out: evals/bench/search.py times the whole.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from rag.exact import ExactIndex, FloatArray

DIMENSIONS = 384
FILING = 50  # passages, about as many as an opinion has
BATCH = 1000  # filings put in at a time
SEARCHES = 15
K = 60
SHARES = (1, 2, 4, 20)  # one in so many filings is allowed


def main() -> None:
    """Make each index, time it, print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[200_000, 1_000_000])
    parser.add_argument("--folder", type=Path, help="where there is room: 1.5 GB a million rows (default: temporary)")
    given = parser.parse_args()
    sys.stdout.write("| rows | allowed | median ms | CPU ms | peak MB |\n|---|---|---|---|---|\n")
    for rows in given.rows:
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            for line in timed(made(Path(folder), rows)):
                sys.stdout.write(line + "\n")


def made(folder: Path, rows: int) -> ExactIndex:
    """An index of about so many rows."""
    index, chance = ExactIndex(folder, DIMENSIONS), np.random.default_rng(0)
    for first in range(0, rows // FILING, BATCH):
        seqs = range(first, min(first + BATCH, rows // FILING))
        index.extend(
            (seq, [None] * FILING, _unit(chance.standard_normal((FILING, DIMENSIONS), np.float32))) for seq in seqs
        )
    return index


def timed(index: ExactIndex) -> Iterator[str]:
    """A row for each share of filings allowed; medians after one search that warms the pages."""
    query = _unit(np.random.default_rng(1).standard_normal((1, DIMENSIONS), np.float32))[0]
    filings = len(index.rows) // FILING
    for share in SHARES:
        allowed = set(range(0, filings, share))
        times, cpu = [], []
        for _ in range(SEARCHES + 1):
            began, used = time.perf_counter(), time.process_time()
            index.search(query, K, allowed)
            times.append((time.perf_counter() - began) * 1000)
            cpu.append((time.process_time() - used) * 1000)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        figures = f"{statistics.median(times[1:]):.0f} | {statistics.median(cpu[1:]):.0f} | {peak}"
        yield f"| {len(index.rows):,} | {'all' if share == 1 else f'1/{share}'} | {figures} |"


def _unit(rows: FloatArray) -> FloatArray:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


if __name__ == "__main__":
    main()
