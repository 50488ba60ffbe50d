"""Run the peers and write their rows: python -m evals.peers [--dataset gold] [--only NAME …]

Rows go to evals/peers/rows.jsonl, one a system and dataset, the newest replacing the older; the tables of
evals/RESULTS.md are then made anew from all rows (evals/results.py).
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.errors import PinciteError
from evals.peers.trial import peers, run_peer
from evals.results import write_results
from evals.runs import machine

ROWS = Path(__file__).with_name("rows.jsonl")


def main() -> None:
    """Run what is asked, keep each row as it comes, then write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dataset", action="append", help="gold, sample, holdings, …; may be repeated")
    parser.add_argument("--only", action="append", choices=sorted(peers()), help="only this system; may be repeated")
    given = parser.parse_args()
    try:
        for dataset in given.dataset or ["gold", "sample"]:
            for name in given.only or peers():
                row = {
                    "name": name,
                    "when": f"{datetime.now(UTC):%Y-%m-%d}",
                    **run_peer(name, dataset),
                    "machine": machine(),
                }
                keep(row, ROWS)
                sys.stdout.write(
                    json.dumps({k: v for k, v in row.items() if k not in ("per_question", "machine")}) + "\n"
                )
                sys.stdout.flush()
        write_results()
    except PinciteError as error:
        sys.exit(f"{type(error).__name__}: {error}")


def keep(row: dict[str, Any], path: Path) -> None:
    """Put a row in the place of the one for the same system and dataset."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    kept = [r for r in map(json.loads, lines) if (r["name"], r["dataset"]) != (row["name"], row["dataset"])]
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in [*kept, row]), encoding="utf-8")


if __name__ == "__main__":
    main()
