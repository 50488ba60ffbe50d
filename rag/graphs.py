"""The shipped models as they are run: ONNX graphs that share one file of word embeddings, and a word's own vector.

OnnxGraph(folder).run(texts, output) -> (n, …)   one output row a text, the same whatever stands beside it
word_vector(word) -> (dimensions,)               what the models start from for a word, at unit length
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable

FloatArray = NDArray[np.float32]

WEIGHTS = Path(__file__).resolve().parent / "weights"
WORDS = "words.npz"  # the embeddings of words beside the models that share them
THREADS = 2  # texts run side by side; reading runs beside embedding, so more would only crowd it out


class OnnxGraph:
    """A session with its tokenizer: texts in, one output row each, in the order given.

    Each text is run by itself, on THREADS threads at a time. Activations are quantised by the range of the whole batch,
    so in company a text's vector would depend on its neighbours (cosine to itself down to 0.97); alone it is the same
    every time, nothing is padding, and it takes a tenth less CPU than batches of like length.
    """

    def __init__(self, folder: Path) -> None:
        try:
            import onnxruntime
            from tokenizers import Tokenizer

            self.config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            weights = (folder / "model.onnx").read_bytes()
            names, self._words, words_digest = _words(folder.parent / WORDS)  # kept: the session does not copy them
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # tokenizers raises nothing narrower for a file it cannot read
            raise ModelUnavailable(
                f"the {folder.name} weights in {folder} cannot be loaded ({error}); "
                f"install Pincite again, or set PINCITE_{folder.name.upper()} to another model"
            ) from error
        self.name = f"{self.config['name']}@{hashlib.sha256(weights + words_digest).hexdigest()[:12]}"
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(int(self.config["max_tokens"]), strategy="longest_first")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_external_initializers(names, self._words)
        self._session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])

    def run(self, inputs: Sequence[str] | Sequence[tuple[str, str]], output: str) -> FloatArray:
        """(n, …) float32: the named output's row for each input."""
        encoded = self._tokenizer.encode_batch(list(inputs))
        if len(encoded) < THREADS:
            return np.stack([self._run(one, output) for one in encoded])
        with ThreadPoolExecutor(THREADS) as pool:
            return np.stack(list(pool.map(lambda one: self._run(one, output), encoded)))

    def _run(self, encoded: Any, output: str) -> FloatArray:
        names = {"input_ids": encoded.ids, "attention_mask": encoded.attention_mask, "token_type_ids": encoded.type_ids}
        feed = {name: np.array([values], np.int64) for name, values in names.items()}
        row: FloatArray = self._session.run([output], feed)[0][0]
        return row


@lru_cache(maxsize=4)
def _words(path: Path) -> tuple[list[str], list[Any], bytes]:
    """The embeddings of words, which the models share: names, values as onnxruntime holds them, and their digest."""
    import onnxruntime

    with np.load(path) as stored:
        values = {name: stored[name] for name in stored}
    digest = hashlib.sha256(b"".join(value.tobytes() for value in values.values())).digest()
    return list(values), [onnxruntime.OrtValue.ortvalue_from_numpy(value) for value in values.values()], digest


@lru_cache(maxsize=50_000)
def word_vector(word: str) -> FloatArray:
    """(dimensions,) float32, L2-normalised: the mean of the embeddings of a word's pieces, large letters as small.

    Raises ModelUnavailable where the shipped weights are missing.
    """
    words, scales, tokenizer = _word_table()
    pieces = tokenizer.encode(word, add_special_tokens=False).ids
    row = (words[pieces].astype(np.float32) * scales[pieces]).mean(axis=0)
    vector: FloatArray = row / np.linalg.norm(row)
    return vector


@lru_cache(maxsize=1)
def _word_table() -> tuple[NDArray[np.int8], FloatArray, Any]:
    """The embeddings of the pieces of words as whole numbers, the scale of each, and what cuts words to pieces."""
    from tokenizers import Tokenizer

    try:
        with np.load(WEIGHTS / WORDS) as stored:
            words, scales = stored["word.int8"], stored["word.scale"]
        return words, scales, Tokenizer.from_file(str(WEIGHTS / "embedder" / "tokenizer.json"))
    except Exception as error:  # as in OnnxGraph
        raise ModelUnavailable(f"the words of the shipped models cannot be loaded ({error})") from error
