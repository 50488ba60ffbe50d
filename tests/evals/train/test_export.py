"""What is exported is what was trained, and what ships is what the loader expects."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

ort = pytest.importorskip("onnxruntime")
pytest.importorskip("onnx")

from evals.train.export import build_graph, export, load_checkpoint, part_words, quantise, untrained  # noqa: E402
from rag.graphs import WEIGHTS, WORDS  # noqa: E402

TEXTS = [
    "Samantar v. Yousuf\nThe Act does not govern the claim of immunity of an individual official.",
    "Does a foreign state's immunity reach a company that acts on its orders?",
]
MOST_BYTES = 12_000_000  # of a model without its words, and of the words


def run(model: bytes | str, folder: Path) -> Any:
    """The output of an exported graph for `TEXTS`; a graph that has no words gets those beside its folder."""
    from tokenizers import Tokenizer

    codes = Tokenizer.from_file(str(folder / "tokenizer.json")).encode_batch(TEXTS)
    fed = {
        name: np.array([getattr(code, field) for code in codes], np.int64)
        for name, field in (("input_ids", "ids"), ("attention_mask", "attention_mask"), ("token_type_ids", "type_ids"))
    }
    options = ort.SessionOptions()
    held: list[Any] = []  # as long as the session runs, for it does not copy them
    if isinstance(model, str):
        with np.load(folder.parent / WORDS) as words:
            held = [ort.OrtValue.ortvalue_from_numpy(words[name]) for name in words]
            options.add_external_initializers(list(words), held)
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"]).run(None, fed)[0]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The untrained model, exported."""
    folder = tmp_path_factory.mktemp("weights") / "embedder"
    export(untrained(), folder, kind="embedder", name="minilm", template="{text}", tokens=256)
    return folder


def test_int8_vectors_point_where_the_exact_ones_do(exported: Path) -> None:
    """Cosine of at least 0.98 to the same network in single precision, and unit length."""
    exact = build_graph(load_checkpoint(untrained()), kind="embedder", int8_words=False).SerializeToString()
    small, large = run(str(exported / "model.onnx"), exported), run(exact, exported)
    assert np.allclose(np.linalg.norm(small, axis=1), 1, atol=1e-4)
    assert ((small * large).sum(axis=1) > 0.98).all()


def test_a_reranker_gives_one_score_a_pair(exported: Path) -> None:
    """The head is inside the graph: n pairs, n numbers."""
    weights = load_checkpoint(untrained())
    weights["head.weight"], weights["head.bias"] = np.ones((1, 384), np.float32), np.zeros(1, np.float32)
    scores = run(build_graph(weights, kind="reranker", int8_words=False).SerializeToString(), exported)
    assert scores.shape == (len(TEXTS),)


@pytest.mark.parametrize("kind", ["embedder", "reranker"])
def test_shipped_weights_are_small_and_say_what_they_are(kind: str) -> None:
    """Each folder has a model of at most 12 MB, a tokenizer, a card and a config that names its recipe."""
    folder = WEIGHTS / kind
    config = json.loads((folder / "config.json").read_text("utf-8"))
    assert (folder / "model.onnx").stat().st_size <= MOST_BYTES
    assert (folder / "tokenizer.json").exists()
    assert (folder / "README.md").exists()
    assert {"name", "recipe", "max_tokens", "text_template", "precision"} <= config.keys()
    assert run(str(folder / "model.onnx"), folder).shape[0] == len(TEXTS)
    assert (WEIGHTS / WORDS).stat().st_size <= MOST_BYTES


def test_models_of_other_words_share_no_file(exported: Path) -> None:
    """A checkpoint whose embeddings of words were trained is refused beside models that read the old ones."""
    weights = load_checkpoint(untrained())
    weights["embeddings.word_embeddings.weight"] = weights["embeddings.word_embeddings.weight"] + 0.1
    other = exported.parent / "other"
    other.mkdir()
    quantise(build_graph(weights, kind="embedder", int8_words=True), other / "model.onnx")
    with pytest.raises(ValueError, match="the words of other models"):
        part_words(other / "model.onnx")
