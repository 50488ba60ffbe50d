"""Page and document figures of a ranking, and the plain rankings (dense, BM25, both) they are taken from.

A list is made of passages, best first, of which only the best on each first page is kept, so that one page does not
fill it. Page hit@k: one of the first k has a page that is among the gold pages of the right file. `strict` counts a
passage's first page only. Standard errors are the binomial ones.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.train.data import Collection, Query, dev_set, gold_set
from evals.train.lexical import Bm25
from evals.train.network import Encoder
from evals.train.passages import TrainingPassage, model_text
from evals.train.rows import report

DEPTH = 100
Scores = NDArray[np.float32]


def page_list(order: NDArray[np.int64], passages: list[TrainingPassage], k: int) -> list[int]:
    """The first `k` passages of `order` after keeping the best of each first page."""
    seen: set[tuple[str, int]] = set()
    kept: list[int] = []
    for i in order:
        place = (passages[i].case, passages[i].pages[0])
        if place not in seen:
            seen.add(place)
            kept.append(int(i))
            if len(kept) == k:
                break
    return kept


def figures(ranked: list[list[int]], queries: list[Query], passages: list[TrainingPassage]) -> dict[str, float]:
    """hit@1, @5, @10, strict hit@1, document hit@1, MRR and the standard error of hit@1."""
    ranks, strict, documents = [], [], []
    for found, query in zip(ranked, queries, strict=True):
        hits = [passages[i].case == query.case and bool(query.pages & set(passages[i].pages)) for i in found]
        ranks.append(hits.index(True) + 1 if any(hits) else 10**6)
        strict.append(passages[found[0]].case == query.case and passages[found[0]].pages[0] in query.pages)
        documents.append(passages[found[0]].case == query.case)
    at = np.array(ranks)
    out = {f"hit@{k}": round(float((at <= k).mean()), 4) for k in (1, 5, 10)}
    out |= {"strict@1": round(float(np.mean(strict)), 4), "doc@1": round(float(np.mean(documents)), 4)}
    out |= {"mrr": round(float((1 / at).mean()), 4), "se@1": round(float(np.std(at <= 1) / len(at) ** 0.5), 4)}
    return out | {"n": len(at)}


def by_kind(ranking: Scores, data: Collection) -> dict[str, dict[str, float]]:
    """`figures` for natural questions and for first sentences of holdings; rows of `ranking` follow `data.queries`."""
    out = {}
    for name, kinds in {"questions": ("holding", "passage"), "holdings": ("reporter_first",)}.items():
        rows = [r for r, q in enumerate(data.queries) if q.kind in kinds]
        ranked = [page_list(np.argsort(-ranking[r]), data.passages, 10) for r in rows]
        out[name] = figures(ranked, [data.queries[r] for r in rows], data.passages)
    return out


def dense_scores(model: Encoder, data: Collection) -> Scores:
    """Cosine of each query with each passage."""
    passages = model.numbers([model_text(p.title, p.writing, p.text) for p in data.passages], 256)
    queries = model.numbers([q.text for q in data.queries], 64)
    cosine: Scores = queries @ passages.T
    return cosine


def lexical_scores(data: Collection) -> Scores:
    """BM25 of each query with each passage, title and writing included."""
    return Bm25([model_text(p.title, p.writing, p.text) for p in data.passages]).scores([q.text for q in data.queries])


def fuse(dense: Scores, lexical: Scores, share: float = 0.5) -> Scores:
    """Both standardised a query at a time by their best hundred, then mixed: `share` of the lexical one."""
    return (1 - share) * standardised(dense) + share * standardised(lexical)


def standardised(scores: Scores) -> Scores:
    """Each row less the mean of its best hundred, over their spread."""
    top = -np.sort(-scores, axis=1)[:, :DEPTH]
    out: Scores = (scores - top.mean(1, keepdims=True)) / (top.std(1, keepdims=True) + 1e-6)
    return out


def reciprocal(dense: Scores, lexical: Scores, smoothing: int = 60) -> Scores:
    """Reciprocal rank fusion."""
    total = np.zeros(dense.shape, np.float32)
    for scores in (dense, lexical):
        total += 1 / (smoothing + np.argsort(np.argsort(-scores, axis=1), axis=1) + 1)
    return total


def measure_dense(model: Encoder, data: Collection) -> dict[str, object]:
    """Dense alone and fused with BM25."""
    dense, lexical = dense_scores(model, data), lexical_scores(data)
    return {"dense": by_kind(dense, data), "fused": by_kind(fuse(dense, lexical), data)}


def main() -> None:
    """Figures of BM25, dense and both, on the development cases and on gold."""
    parser = argparse.ArgumentParser(description="Measure an embedder checkpoint (none: the untrained one)")
    parser.add_argument("checkpoint", nargs="?", type=Path)
    given = parser.parse_args()
    model = Encoder(given.checkpoint)
    for name, data in {"dev": dev_set(), "gold": gold_set()}.items():
        lexical, dense = lexical_scores(data), dense_scores(model, data)
        table = {"bm25": lexical, "dense": dense, "rrf": reciprocal(dense, lexical)}
        table |= {f"mix{s}": fuse(dense, lexical, s) for s in (0.3, 0.5, 0.7)}
        for label, scores in table.items():
            report({"set": name, "ranking": label, **by_kind(scores, data)})


if __name__ == "__main__":
    main()
