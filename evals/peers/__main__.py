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
            done: set[str] = set()
            for name in given.only or peers():
                if name not in done:
                    done |= {_keep(row) for row in run_peer(name, dataset)}
        write_results()
    except PinciteError as error:
        sys.exit(f"{type(error).__name__}: {error}")


def _keep(row: dict[str, Any]) -> str:
    """Keep a row, show it, and return the name of its system."""
    keep({**row, "when": f"{datetime.now(UTC):%Y-%m-%d}", "machine": machine()}, ROWS)
    sys.stdout.write(json.dumps({key: value for key, value in row.items() if key != "per_question"}) + "\n")
    sys.stdout.flush()
    return str(row["name"])


def keep(row: dict[str, Any], path: Path) -> None:
    """Put a row in the place of the one for the same system and dataset."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    kept = [r for r in map(json.loads, lines) if (r["name"], r["dataset"]) != (row["name"], row["dataset"])]
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in [*kept, row]), encoding="utf-8")


if __name__ == "__main__":
    main()
