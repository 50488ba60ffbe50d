"""Measure embedder and reranker together, as the product runs them, and learn how to mix their scores.

    python -m evals.train.measure_reranker retrieve EMBEDDER FIRST.npz           scores of every passage, dev and gold
    python -m evals.train.measure_reranker rerank RERANKER FIRST.npz BOTH.npz    and of the candidates, read as pairs
    python -m evals.train.measure_reranker mix FIRST_OR_BOTH.npz                 figures for mixes of the scores

EMBEDDER and RERANKER are folders with model.onnx (int8, run by onnxruntime) or model.safetensors (torch, fp32).
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from evals.train.data import Collection, Query, dev_set, gold_set
from evals.train.lexical import Bm25
from evals.train.measure import figures, page_list, standardised
from evals.train.passages import model_text
from evals.train.rows import report
from rag.graphs import OnnxGraph

LEXICAL_SHARE = 0.4  # when candidates are gathered
BESIDE = 0.3  # weight of the neighbours
CANDIDATES = 12  # the gold page is among them for 98 questions of 100
Array = NDArray[np.float32]


class Scorer(Protocol):
    """Texts or pairs to vectors or scores."""

    def numbers(self, texts: list[str] | list[tuple[str, str]], tokens: int) -> Array:
        """A row (or a number) a text, in the order given."""


class OnnxScorer:
    """An exported folder, run as the product runs it: one text at a time, two side by side, at the product's length."""

    def __init__(self, folder: Path) -> None:
        self._graph = OnnxGraph(folder)
        self._output = "embedding" if self._graph.config["kind"] == "embedder" else "score"

    def numbers(self, texts: list[str] | list[tuple[str, str]], tokens: int) -> Array:
        """A row (or a number) a text, in the order given."""
        return self._graph.run(texts, self._output)


def scorer(folder: Path, *, reranker: bool) -> Scorer:
    """What runs the model in `folder`."""
    if (folder / "model.onnx").exists():
        return OnnxScorer(folder)
    import torch

    from evals.train.network import Encoder

    torch.set_num_threads(2)
    model = Encoder(folder, reranker=reranker)
    model.low_precision = False
    return model


def retrieve(embedder: Scorer, data: Collection, kinds: tuple[str, ...]) -> dict[str, NDArray[Any]]:
    """Every score of every passage for the queries of `kinds`: `dense` and `lexical`, (queries, passages) float32.

    Both are standardised a query at a time; `asked` indexes the collection's queries.
    """
    asked = [i for i, q in enumerate(data.queries) if q.kind in kinds]
    texts = [model_text(p.title, p.writing, p.text) for p in data.passages]
    queries = [data.queries[i].text for i in asked]
    dense = standardised(embedder.numbers(queries, 64) @ embedder.numbers(texts, 256).T)
    return {"asked": np.array(asked), "dense": dense, "lexical": standardised(Bm25(texts).scores(queries))}


def candidates(first: dict[str, NDArray[Any]], data: Collection) -> dict[str, NDArray[Any]]:
    """The first `CANDIDATES` of each query by dense, lexical and neighbours' scores, as `rows`, with each score.

    `beside` is the mean of what the passages before and after have in their own fused score: the answer to a question
    is seldom alone on its page.
    """
    fused: Array = ((1 - LEXICAL_SHARE) * first["dense"] + LEXICAL_SHARE * first["lexical"]).astype(np.float32)
    beside = _neighbours(fused, data)
    order = np.argsort(-(fused + BESIDE * beside), axis=1)
    rows, rest = order[:, :CANDIDATES], order[:, CANDIDATES : 3 * CANDIDATES]
    pick = np.arange(len(rows))[:, None]
    scores = {"dense": first["dense"], "lexical": first["lexical"], "beside": beside}
    return {"asked": first["asked"], "rows": rows, "rest": rest} | {
        name: value[pick, rows] for name, value in scores.items()
    }


def rerank(reranker: Scorer, found: dict[str, NDArray[Any]], data: Collection) -> NDArray[Any]:
    """The reranker's score of each candidate, (queries, CANDIDATES)."""
    texts = [model_text(p.title, p.writing, p.text) for p in data.passages]
    pairs = [
        (data.queries[int(q)].text, texts[i])
        for q, rows in zip(found["asked"], found["rows"], strict=True)
        for i in rows
    ]
    parts = [reranker.numbers(pairs[i : i + 600], 256) for i in range(0, len(pairs), 600)]
    return np.concatenate(parts).reshape(found["rows"].shape)


def _neighbours(fused: Array, data: Collection) -> Array:
    same = np.array([a.case == b.case for a, b in zip(data.passages, data.passages[1:], strict=False)])
    low = fused.min(axis=1, keepdims=True)
    before = np.concatenate([low, np.where(same, fused[:, :-1], low)], axis=1)
    after = np.concatenate([np.where(same, fused[:, 1:], low), low], axis=1)
    out: Array = (before + after) / 2
    return out


def table(stored: dict[str, NDArray[Any]], data: Collection, mix: dict[str, float]) -> dict[str, object]:
    """Figures for natural questions and holdings when the candidates are ordered by the weighted sum; the rest follow.

    The reranker's score is standardised over a query's candidates first.
    """
    total = np.zeros(stored["rows"].shape)
    for name, weight in mix.items():
        total += weight * (standardised(stored[name]) if name == "pair" else stored[name])
    out: dict[str, object] = {}
    for label, kinds in {"questions": ("holding", "passage"), "holdings": ("reporter_first",)}.items():
        ranked: list[list[int]] = []
        queries: list[Query] = []
        for r, q in enumerate(stored["asked"]):
            if data.queries[int(q)].kind in kinds:
                order = np.concatenate([stored["rows"][r][np.argsort(-total[r])], stored["rest"][r]])
                ranked.append(page_list(order, data.passages, 10))
                queries.append(data.queries[int(q)])
        if queries:
            out[label] = figures(ranked, queries, data.passages)
    return out


def main() -> None:
    """Retrieve, rerank or mix."""
    parser = argparse.ArgumentParser(description="Measure embedder and reranker together")
    parser.add_argument("step", choices=["retrieve", "rerank", "mix"])
    parser.add_argument("paths", nargs="+", type=Path)
    given = parser.parse_args()
    sets = {"dev": dev_set(), "gold": gold_set()}
    if given.step == "retrieve":
        embedder = scorer(given.paths[0], reranker=False)
        kept: dict[str, NDArray[Any]] = {}
        for name, data in sets.items():
            began = time.time()
            kept |= {f"{name}.{k}": v for k, v in retrieve(embedder, data, KINDS[name]).items()}
            report({"set": name, "seconds": round(time.time() - began)})
        np.savez(given.paths[1], **kept)  # type: ignore[arg-type]  # its stub takes arrays by position only
        return
    stored = dict(np.load(given.paths[0] if given.step == "mix" else given.paths[1]))
    found = {name: candidates(_of(name, stored), data) for name, data in sets.items()}
    if given.step == "rerank":
        reranker = scorer(given.paths[0], reranker=True)
        for name, data in sets.items():
            began = time.time()
            stored[f"{name}.pair"] = rerank(reranker, found[name], data)
            report({"set": name, "seconds": round(time.time() - began), "pairs": int(found[name]["rows"].size)})
        np.savez(given.paths[2], **stored)
    for name, data in sets.items():
        own = found[name] | ({"pair": stored[f"{name}.pair"]} if f"{name}.pair" in stored else {})
        for mix in [m for m in MIXES if "pair" in own or "pair" not in m]:
            report({"set": name, "mix": mix, **table(own, data, mix)})


def _of(name: str, stored: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    return {key.split(".")[1]: value for key, value in stored.items() if key.startswith(f"{name}.")}


KINDS = {"dev": ("holding", "passage"), "gold": ("holding", "passage", "reporter_first")}
MIXES: list[dict[str, float]] = [
    {"dense": 0.6, "lexical": 0.4},
    {"dense": 0.6, "lexical": 0.4, "beside": 0.3},
    {"pair": 1.0},
    {"pair": 0.3, "dense": 0.6, "lexical": 0.4, "beside": 0.3},
    {"pair": 0.6, "dense": 0.6, "lexical": 0.4, "beside": 0.3},
    {"pair": 1.0, "dense": 0.6, "lexical": 0.4, "beside": 0.3},
    {"pair": 2.0, "dense": 0.6, "lexical": 0.4, "beside": 0.3},
]


if __name__ == "__main__":
    main()
