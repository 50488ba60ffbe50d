"""Gold measured on the product's own reading of the PDFs: its passages, and what its models read over them.

python -m evals.train.product retrieve EMBEDDER FIRST.npz
python -m evals.train.product rerank RERANKER FIRST.npz BOTH.npz
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from corpus.reader import read_reading
from corpus.understand import understand
from evals.train.data import SHARED, Collection, gold_set
from evals.train.measure_reranker import KINDS, MIXES, candidates, rerank, retrieve, scorer, table
from evals.train.passages import TrainingPassage
from evals.train.rows import report
from rag.inputs import context_of, filing_title


def product_set(shared: Path = SHARED) -> Collection:
    """The gold queries over the passages that ingest would store."""
    passages: list[TrainingPassage] = []
    for path in sorted((shared / "court-pdfs" / "opinions").glob("*.pdf")):
        filing = understand(read_reading(path))
        for passage in filing.passages:
            pages = filing.pages_in(passage.start, passage.end) or (passage.page,)
            over = " — ".join(context_of(passage, filing.writings))
            title = filing_title(filing.facts)
            passages.append(TrainingPassage(path.name, passage.ordinal, title, over, passage.text, pages))
    return Collection(passages, gold_set(shared).queries)


def main() -> None:
    """Retrieve, then rerank."""
    parser = argparse.ArgumentParser(description="Measure on the product's own passages")
    parser.add_argument("step", choices=["retrieve", "rerank"])
    parser.add_argument("paths", nargs="+", type=Path)
    given = parser.parse_args()
    data = product_set()
    began = time.time()
    if given.step == "retrieve":
        first = retrieve(scorer(given.paths[0], reranker=False), data, KINDS["gold"])
        np.savez(given.paths[1], **first)  # type: ignore[arg-type]  # its stub takes arrays by position only
        found = candidates(first, data)
    else:
        found = candidates(dict(np.load(given.paths[1])), data)
        found["pair"] = rerank(scorer(given.paths[0], reranker=True), found, data)
        np.savez(given.paths[2], **found)  # type: ignore[arg-type]
    report({"passages": len(data.passages), "seconds": round(time.time() - began)})
    for mix in [m for m in MIXES if "pair" in found or "pair" not in m]:
        report({"set": "gold, product's passages", "mix": mix, **table(found, data, mix)})


if __name__ == "__main__":
    main()
