"""The MiniLM encoder in torch, with the two heads we train: a unit vector, or a score for a pair.

Training runs the forward pass in bfloat16 (twice as fast on CPUs with AVX512-BF16, measured 19 against 8.6 passages a
second on two cores) and keeps the weights in fp32. Dropout is off: with few steps it cost more than it gave.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from evals.train.export import untrained

CHUNK = 16  # texts a forward pass; sorted by length, so little is padding


class Encoder(nn.Module):
    """MiniLM with mean pooling; `head` (384 -> 1) is there for a reranker only."""

    def __init__(self, source: Path | None = None, *, reranker: bool = False, layers: int | None = None) -> None:
        super().__init__()
        source = source or untrained()
        config = BertConfig.from_pretrained(source)
        weights = {k.removeprefix("bert."): v for k, v in load_file(source / "model.safetensors").items()}
        stored = 1 + max(int(k.split(".")[2]) for k in weights if k.startswith("encoder.layer."))
        config.num_hidden_layers = layers or stored
        config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
        config._attn_implementation = "sdpa"  # noqa: SLF001  (the only name transformers gives it)
        self.config = config
        self.bert = BertModel(config, add_pooling_layer=False)
        own = {k: v for k, v in weights.items() if k in self.bert.state_dict()}
        self.bert.load_state_dict(own, strict=False)
        self.head = nn.Linear(384, 1) if reranker else None
        if self.head is not None:
            nn.init.normal_(self.head.weight, std=0.02)
            nn.init.zeros_(self.head.bias)
            if "head.weight" in weights:
                self.head.load_state_dict({"weight": weights["head.weight"], "bias": weights["head.bias"]})
        self.bert.embeddings.requires_grad_(False)
        self.tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
        self.source = source

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> Tensor:
        """Unit vectors (n, 384), or scores (n,) with a head."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.low_precision):
            states = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        weight = mask.unsqueeze(-1).float()
        mean = (states.float() * weight).sum(1) / weight.sum(1)
        if self.head is None:
            return nn.functional.normalize(mean, dim=-1)
        return self.head(mean).squeeze(-1)

    low_precision = True

    def encode(self, texts: list[str] | list[tuple[str, str]], tokens: int) -> Tensor:
        """A vector (or a score) for each text (or pair), in the order given; gradients flow."""
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(tokens)  # of a pair the longer text is cut, as when the product runs
        codes = self.tokenizer.encode_batch(texts)
        order = sorted(range(len(texts)), key=lambda i: len(codes[i].ids))
        parts = []
        for start in range(0, len(order), CHUNK):
            chunk = [codes[i] for i in order[start : start + CHUNK]]
            parts.append(self(*_pad(chunk)))
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        return torch.cat(parts)[back]

    @torch.no_grad()  # type: ignore[untyped-decorator,unused-ignore]  # torch ships no types we follow
    def numbers(self, texts: list[str] | list[tuple[str, str]], tokens: int, block: int = 512) -> NDArray[np.float32]:
        """`encode` without gradients, as float32 numpy."""
        parts = [self.encode(texts[i : i + block], tokens).numpy() for i in range(0, len(texts), block)]
        return np.concatenate(parts).astype(np.float32)

    def save(self, folder: Path) -> None:
        """Write model.safetensors, config.json and tokenizer.json."""
        folder.mkdir(parents=True, exist_ok=True)
        state = {k.removeprefix("bert."): v.detach().float().contiguous() for k, v in self.state_dict().items()}
        save_file(state, folder / "model.safetensors")
        (folder / "config.json").write_text(json.dumps(self.config.to_dict(), default=str), encoding="utf-8")
        self.tokenizer.no_padding()
        self.tokenizer.save(str(folder / "tokenizer.json"))


def _pad(codes: list[Any]) -> tuple[Tensor, Tensor, Tensor]:
    width = max(len(c.ids) for c in codes)
    ids, mask, types = (torch.zeros(len(codes), width, dtype=torch.long) for _ in range(3))
    for i, code in enumerate(codes):
        size = len(code.ids)
        ids[i, :size], types[i, :size] = torch.tensor(code.ids), torch.tensor(code.type_ids)
        mask[i, :size] = 1
    return ids, mask, types
