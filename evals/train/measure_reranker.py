"""Measure embedder and reranker together, as the product runs them, and learn how to mix their scores.

    python -m evals.train.measure_reranker score EMBEDDER RERANKER|none OUT.npz    every score, dev and gold
    python -m evals.train.measure_reranker mix OUT.npz                             figures for mixes of the scores

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

FUSED_SHARE = 0.4  # of the lexical score, when candidates are gathered
CANDIDATES = 30
Array = NDArray[np.float32]


class Scorer(Protocol):
    """Texts or pairs to vectors or scores."""

    def numbers(self, texts: list[str] | list[tuple[str, str]], tokens: int) -> Array:
        """A row (or a number) a text, in the order given."""


class OnnxScorer:
    """An exported folder."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        import onnxruntime as ort
        from tokenizers import Tokenizer

        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = ort.InferenceSession(folder / "model.onnx", options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))

    def numbers(self, texts: list[str] | list[tuple[str, str]], tokens: int, batch: int = 10) -> Array:
        """A row (or a number) a text, in the order given."""
        self._tokenizer.enable_truncation(
            tokens, strategy="only_second" if isinstance(texts[0], tuple) else "longest_first"
        )
        codes = self._tokenizer.encode_batch(texts)
        order = sorted(range(len(texts)), key=lambda i: sum(codes[i].attention_mask))
        out: list[Array] = []
        for start in range(0, len(order), batch):
            some = [codes[i] for i in order[start : start + batch]]
            width = max(sum(c.attention_mask) for c in some)
            ids, mask, types = (
                np.array([getattr(c, field)[:width] for c in some], np.int64)
                for field in ("ids", "attention_mask", "type_ids")
            )
            fed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}
            out.append(self._session.run(None, fed)[0])
        back = np.empty(len(order), np.int64)
        back[order] = np.arange(len(order))
        return np.concatenate(out)[back]


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


def score(
    embedder: Scorer, reranker: Scorer | None, data: Collection, kinds: tuple[str, ...]
) -> dict[str, NDArray[Any]]:
    """For each query of `kinds`, its candidates with all their scores: arrays (queries, CANDIDATES).

    `rows` (passage index), `dense`, `lexical` (both standardised a query), `pair` (the reranker's), and `beside`: the
    mean standardised fused score of the passages before and after it in its opinion.
    """
    asked = [i for i, q in enumerate(data.queries) if q.kind in kinds]
    texts = [model_text(p.title, p.writing, p.text) for p in data.passages]
    queries = [data.queries[i].text for i in asked]
    dense = standardised(embedder.numbers(queries, 64) @ embedder.numbers(texts, 256).T)
    lexical = standardised(Bm25(texts).scores(queries))
    fused = (1 - FUSED_SHARE) * dense + FUSED_SHARE * lexical
    rows = np.argsort(-fused, axis=1)[:, :CANDIDATES]
    beside = _neighbours(fused, data)
    pick = np.arange(len(asked))[:, None]
    out = {"asked": np.array(asked), "rows": rows, "dense": dense[pick, rows], "lexical": lexical[pick, rows]}
    out |= {"beside": beside[pick, rows]}
    if reranker is not None:
        pairs = [(queries[r], texts[i]) for r in range(len(asked)) for i in rows[r]]
        parts = [reranker.numbers(pairs[i : i + 600], 224) for i in range(0, len(pairs), 600)]
        out["pair"] = np.concatenate(parts).reshape(rows.shape)
    return out


def _neighbours(fused: Array, data: Collection) -> Array:
    same = np.array([a.case == b.case for a, b in zip(data.passages, data.passages[1:], strict=False)])
    low = fused.min(axis=1, keepdims=True)
    before = np.concatenate([low, np.where(same, fused[:, :-1], low)], axis=1)
    after = np.concatenate([np.where(same, fused[:, 1:], low), low], axis=1)
    out: Array = (before + after) / 2
    return out


def table(stored: dict[str, NDArray[Any]], data: Collection, mix: dict[str, float], depth: int) -> dict[str, object]:
    """Figures for natural questions and holdings when the first `depth` candidates are ordered by the weighted sum."""
    total = np.zeros(stored["rows"][:, :depth].shape)
    for name, weight in mix.items():
        total += weight * stored[name][:, :depth]
    out: dict[str, object] = {}
    for label, kinds in {"questions": ("holding", "passage"), "holdings": ("reporter_first",)}.items():
        ranked: list[list[int]] = []
        queries: list[Query] = []
        for r, q in enumerate(stored["asked"]):
            if data.queries[int(q)].kind in kinds:
                head = stored["rows"][r, :depth][np.argsort(-total[r])]
                ranked.append(page_list(np.concatenate([head, stored["rows"][r, depth:]]), data.passages, 10))
                queries.append(data.queries[int(q)])
        if queries:
            out[label] = figures(ranked, queries, data.passages)
    return out


def main() -> None:
    """Score or mix."""
    parser = argparse.ArgumentParser(description="Measure embedder and reranker together")
    parser.add_argument("step", choices=["score", "mix"])
    parser.add_argument("paths", nargs="+", type=Path)
    given = parser.parse_args()
    sets = {"dev": dev_set(), "gold": gold_set()}
    if given.step == "score":
        embedder: Scorer
        reranker: Scorer | None
        embedder, reranker = scorer(given.paths[0], reranker=False), None
        if str(given.paths[1]) != "none":
            reranker = scorer(given.paths[1], reranker=True)
        kept: dict[str, NDArray[Any]] = {}
        for name, data in sets.items():
            kinds = ("holding", "passage") if name == "dev" else ("holding", "passage", "reporter_first")
            began = time.time()
            kept |= {f"{name}.{k}": v for k, v in score(embedder, reranker, data, kinds).items()}
            report({"set": name, "seconds": round(time.time() - began)})
            np.savez(given.paths[2], **kept)  # type: ignore[arg-type]  # its stub takes arrays by position only
        return
    stored = np.load(given.paths[0])
    for name, data in sets.items():
        own = {k.split(".")[1]: stored[k] for k in stored.files if k.startswith(f"{name}.")}
        for mix in [m for m in MIXES if "pair" in own or "pair" not in m]:
            for depth in (20, 30):
                report({"set": name, "depth": depth, "mix": mix, **table(own, data, mix, depth)})


MIXES: list[dict[str, float]] = [
    {"dense": 0.6, "lexical": 0.4},
    {"dense": 0.6, "lexical": 0.4, "beside": 0.3},
    {"pair": 1.0},
    {"pair": 1.0, "dense": 0.3, "lexical": 0.2},
    {"pair": 1.0, "dense": 0.6, "lexical": 0.4},
    {"pair": 1.0, "dense": 0.6, "lexical": 0.4, "beside": 0.4},
]


if __name__ == "__main__":
    main()
