"""Build the sample docket's PDFs and key from its text sources: `python -m corpus.sample.build`.

build_docket(folder) -> Built
  read     sources and tables
  compose  every filing, again and again until no page number in a cross-reference moves
  draw     one PDF a filing, and the key to every paragraph

With --draft, references to filings not yet written are left open instead of stopping the build.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.sample.compose import Composed, compose, places_of
from corpus.sample.draw import draw_filing
from corpus.sample.key import filing_row, key_rows
from corpus.sample.marks import Place
from corpus.sample.scan import draw_scan
from corpus.sample.source import Docket, SourceError, read_docket

FOLDER = Path(__file__).parent
PASSES = 12  # cross-references settle in four or five


@dataclass(frozen=True)
class Built:
    """PDF bytes by file name, the key's rows, the filings' rows, and labels that nobody defines."""

    pdfs: dict[str, bytes]
    key: list[dict[str, Any]]
    filings: list[dict[str, Any]]
    missing: tuple[str, ...]


def build_docket(folder: Path = FOLDER, *, draft: bool = False) -> Built:
    """The whole docket. Raises SourceError for a fault in a source, or an undefined label unless `draft`."""
    docket = read_docket(folder)
    composed = settle(docket)
    missing = tuple(sorted({label for filing in composed for label in filing.missing}))
    if missing and not draft:
        raise SourceError(f"labels that no filing carries: {', '.join(missing)}")
    pdfs = {}
    for filing in composed:
        draw = draw_scan if filing.source.form == "scan" else draw_filing
        pdfs[filing.source.header["file"]] = draw(filing, docket)
    key = [row for filing in composed for row in key_rows(filing, docket)]
    return Built(pdfs, key, [filing_row(f, docket) for f in composed], missing)


def settle(docket: Docket) -> list[Composed]:
    """Compose all filings until every label stays where it was. Raises SourceError if they never do."""
    places: dict[str, Place] = {}
    for _ in range(PASSES):
        composed = [compose(source, docket, places) for source in docket.sources.values()]
        found = {name: place for filing in composed for name, place in places_of(filing).items()}
        if found == places:
            return composed
        places = found
    raise SourceError(f"cross-references do not settle in {PASSES} passes")


def write_docket(built: Built, folder: Path) -> None:
    """`pdfs/*.pdf`, `key.jsonl` and `filings.jsonl` under `folder`; PDFs of filings no longer there are removed."""
    pdfs = folder / "pdfs"
    pdfs.mkdir(parents=True, exist_ok=True)
    for stale in sorted(set(pdfs.glob("*.pdf")) - {pdfs / name for name in built.pdfs}):
        stale.unlink()
    for name, data in built.pdfs.items():
        (pdfs / name).write_bytes(data)
    for name, rows in (("key.jsonl", built.key), ("filings.jsonl", built.filings)):
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        (folder / name).write_text("\n".join(lines) + "\n", "utf-8")


def main() -> int:
    """Build into the package's own folder; 1 and one line on a fault in the sources."""
    parser = argparse.ArgumentParser(description="Build the sample docket's PDFs and key.")
    parser.add_argument("--draft", action="store_true", help="leave references to unwritten filings open")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder for pdfs/ and the key")
    chosen = parser.parse_args()
    try:
        built = build_docket(draft=chosen.draft)
    except SourceError as fault:
        sys.stderr.write(f"sample docket: {fault}\n")
        return 1
    write_docket(built, chosen.out)
    for row in built.filings:
        sys.stderr.write(f"{len(row['pages']):4d}  {row['file']}\n")
    pages = sum(len(row["pages"]) for row in built.filings)
    sys.stderr.write(f"{pages:4d}  pages in {len(built.filings)} filings; {len(built.key)} rows in the key\n")
    if built.missing:
        sys.stderr.write(f"open references: {', '.join(built.missing)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
