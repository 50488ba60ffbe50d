"""Candidates for the reranker: for each training query the passages of its own opinion in retrieval order.

    python -m evals.train.candidates EMBEDDER_CHECKPOINT OUT.npz

`OUT.npz` holds, for query i, rows `own[i]` (indexes into the collection's passages, best first) with their fused scores
and `others[i]` (the best passages of other opinions).
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.train.data import Collection, train_set
from evals.train.lexical import Bm25
from evals.train.network import Encoder
from evals.train.passages import model_text

DEEP, ELSEWHERE = 40, 8
MINING_TOKENS = 160  # nearly the order that 256 give, at two thirds of the cost


@dataclass(frozen=True)
class Candidates:
    """`own` (queries, DEEP) int64, -1 where an opinion has fewer; `scores` alike float32.

    `others` (queries, ELSEWHERE) int64.
    """

    own: NDArray[np.int64]
    scores: NDArray[np.float32]
    others: NDArray[np.int64]


def mine(data: Collection, model: Encoder) -> Candidates:
    """Dense and BM25 scores, each standardised inside the opinion, added."""
    texts = [model_text(p.title, p.writing, p.text) for p in data.passages]
    bm25, rows = Bm25(texts), data.rows_of()
    passages = model.numbers(texts, MINING_TOKENS)
    queries = model.numbers([q.text for q in data.queries], 64)
    own = np.full((len(queries), DEEP), -1, np.int64)
    scores = np.full((len(queries), DEEP), -9, np.float32)
    others = np.zeros((len(queries), ELSEWHERE), np.int64)
    for i, query in enumerate(data.queries):
        mine_rows = np.array(rows[query.case])
        dense, lexical = passages @ queries[i], bm25.scores([query.text])[0]
        inside = _standard(dense[mine_rows]) + _standard(lexical[mine_rows])
        order = np.argsort(-inside)[:DEEP]
        own[i, : len(order)], scores[i, : len(order)] = mine_rows[order], inside[order]
        everywhere = dense / dense.std() + 0.5 * lexical / (lexical.std() + 1e-6)
        everywhere[mine_rows] = -np.inf
        others[i] = np.argsort(-everywhere)[:ELSEWHERE]
    return Candidates(own, scores, others)


def load(path: Path) -> Candidates:
    """What `main` saved."""
    stored = np.load(path)
    return Candidates(stored["own"], stored["scores"], stored["others"])


def _standard(values: NDArray[np.float32]) -> NDArray[np.float32]:
    out: NDArray[np.float32] = (values - values.mean()) / (values.std() + 1e-6)
    return out


def main() -> None:
    """Mine and save."""
    parser = argparse.ArgumentParser(description="Mine candidates with a trained embedder")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    found = mine(train_set(), Encoder(given.checkpoint))
    np.savez(given.out, own=found.own, scores=found.scores, others=found.others)


if __name__ == "__main__":
    main()
