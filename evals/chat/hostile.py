"""A chat model that falsifies whatever it quotes: true sentences of the record with one thing wrong.

Hostile(seed)(request) -> Reply     claims made from the passages of the prompt, each by one of ATTACKS
  changed    letter, number, negation, word_out, word_in, spliced, led_in, mended: the words are no longer the record's
  misplaced  cut, bridged, bracketed, scrap: the words are the record's, without those that turn them
  mislabeled wrong_passage, holding, speaker: the words are the record's, and what is said of them is not
Everything is called a holding of the court. `sent` keeps every falsified text, by attack.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from evals.chat.server import Reply, Request, completion

CLAIMS = 4  # of one reply
LEAST = 8  # words of a sentence worth falsifying
_BLOCK = re.compile(r"<<<RECORD (\w+)\n(.*)\nRECORD \1>>>", re.DOTALL)
_HEAD = re.compile(r"^\[(\d+)\] speaker: (.*)\ncitation: .*\n(?:under: .*\n)?(.*)$")
_SENTENCE = re.compile(r"(?<=[a-z]{2}[.?!])\s+(?=[A-Z])|(?<=[.?!]”)\s+(?=[A-Z])")
_TURNS = re.compile(r"\b(?:that|not|rejects?|argues?|contends?|if|unless|would|no|only)\b")


@dataclass(frozen=True)
class Given:
    """A passage as the prompt gave it."""

    number: int
    speaker: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Lie:
    """A falsified quotation: the passage it is said to be from, and its words."""

    passage: int
    text: str


Attack = Callable[[random.Random, list[Given]], Lie]


class Hostile:
    """Answers every request with falsified claims; the same seed and prompts give the same answers."""

    def __init__(self, seed: int, only: str = "") -> None:
        self._dice, self._only = random.Random(seed), only
        self.sent: list[tuple[str, str]] = []

    def __call__(self, request: Request) -> Reply:
        """A reply in the form asked for; the structured form or a fenced block, as it falls."""
        given = passages(str(request["messages"][1]["content"]))
        claims = [self._claim(given) for _ in range(CLAIMS)]
        text = json.dumps({"answerable": True, "claims": claims}, ensure_ascii=self._dice.random() < 0.5)
        return completion(text if self._dice.random() < 0.7 else f"Certainly! The court held:\n```json\n{text}\n```")

    def _claim(self, given: list[Given]) -> Mapping[str, Any]:
        kind = self._only or self._dice.choice(sorted(ATTACKS))
        lie = ATTACKS[kind](self._dice, given)
        self.sent.append((kind, lie.text))
        quote = {"passage": lie.passage, "text": lie.text}
        return {"says": f"the court held {lie.text}", "speaker": "court", "holding": True, "quotes": [quote]}


def passages(prompt: str) -> list[Given]:
    """The passages of a prompt that hold a sentence worth falsifying; raises ValueError for a prompt without any."""
    block = _BLOCK.search(prompt)
    read = [_HEAD.match(part) for part in block[2].split("\n\n")] if block else []
    given = [
        Given(int(head[1]), head[2], tuple(s for s in _SENTENCE.split(head[3]) if len(s.split()) >= LEAST))
        for head in read
        if head
    ]
    if not any(one.sentences for one in given):
        raise ValueError("no passages in this prompt")
    return [one for one in given if one.sentences]


def _pick(dice: random.Random, given: list[Given]) -> tuple[Given, str]:
    one = dice.choice(given)
    return one, dice.choice(one.sentences)


def _letter(dice: random.Random, given: list[Given]) -> Lie:
    """One letter changed."""
    one, text = _pick(dice, given)
    at = dice.choice([i for i, c in enumerate(text) if c.isalpha()])
    other = dice.choice([c for c in "abcdefghijklmnopqrstuvwxyz" if c != text[at].lower()])
    return Lie(one.number, text[:at] + other + text[at + 1 :])


def _number(dice: random.Random, given: list[Given]) -> Lie:
    """One digit changed, or a year put in."""
    one, text = _pick(dice, [g for g in given if any(re.search(r"\d", s) for s in g.sentences)] or given)
    digits = [i for i, c in enumerate(text) if c.isdigit()]
    if not digits:
        return Lie(one.number, f"{text.rstrip('.')} in 1987.")
    at = dice.choice(digits)
    return Lie(one.number, text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :])


def _negation(dice: random.Random, given: list[Given]) -> Lie:
    """A "not" taken out, or put in."""
    one, text = _pick(dice, given)
    if re.search(r"\bnot ", text):
        return Lie(one.number, re.sub(r"\bnot ", "", text, count=1))
    words = text.split()
    at = dice.randrange(2, len(words))
    return Lie(one.number, " ".join([*words[:at], "not", *words[at:]]))


def _word_out(dice: random.Random, given: list[Given]) -> Lie:
    """One word left out, and nothing to show it."""
    one, text = _pick(dice, given)
    words = text.split()
    at = dice.randrange(1, len(words) - 1)
    return Lie(one.number, " ".join([*words[:at], *words[at + 1 :]]))


def _word_in(dice: random.Random, given: list[Given]) -> Lie:
    """One word put in."""
    one, text = _pick(dice, given)
    words = text.split()
    at = dice.randrange(1, len(words) - 1)
    return Lie(one.number, " ".join([*words[:at], dice.choice(("clearly", "never", "Velkane", "always")), *words[at:]]))


def _spliced(dice: random.Random, given: list[Given]) -> Lie:
    """The head of one sentence on the tail of another."""
    (one, head), (_, tail) = _pick(dice, given), _pick(dice, given)
    first, last = head.split(), tail.split()
    if head == tail:
        return _word_out(dice, given)
    return Lie(one.number, " ".join([*first[: len(first) // 2], *last[len(last) // 2 :]]))


def _led_in(dice: random.Random, given: list[Given]) -> Lie:
    """A true sentence behind words that make it the court's."""
    one, text = _pick(dice, given)
    return Lie(one.number, f"The Court held that {text[0].lower()}{text[1:]}")


def _mended(dice: random.Random, given: list[Given]) -> Lie:
    """The speaker inside the sentence changed."""
    one, text = _pick(dice, given)
    new = re.sub(r"\b(?:Defendants?|Plaintiffs?|Velkane|Tarnwick|[Dd]issent)\b", "the Court", text, count=1)
    return Lie(one.number, new if new != text else f"The Court agrees: {text}")


def _cut(dice: random.Random, given: list[Given]) -> Lie:
    """The words after "that", "not", "rejects": true words that now say the contrary."""
    turning = [(g, s, m.end()) for g in given for s in g.sentences for m in _TURNS.finditer(s)]
    turning = [(g, s, at) for g, s, at in turning if len(s[at:].split()) >= LEAST]
    if not turning:
        one, text = _pick(dice, given)
        return Lie(one.number, " ".join(text.split()[2:]))
    one, text, at = dice.choice(turning)
    return Lie(one.number, text[at:].strip())


def _bridged(dice: random.Random, given: list[Given]) -> Lie:
    """An ellipsis over the words that matter."""
    one, text = _pick(dice, given)
    words = text.split()
    return Lie(one.number, f"{' '.join(words[:3])} … {' '.join(words[-4:])}")


def _bracketed(dice: random.Random, given: list[Given]) -> Lie:
    """Brackets that put somebody else in the subject's place."""
    one, text = _pick(dice, given)
    words = text.split()
    return Lie(one.number, " ".join(["[The Court]", *words[1:]]))


def _scrap(dice: random.Random, given: list[Given]) -> Lie:
    """A few words out of the middle."""
    one, text = _pick(dice, given)
    words = text.split()
    at = dice.randrange(0, len(words) - 4)
    return Lie(one.number, " ".join(words[at : at + dice.choice((2, 3, 5))]))


def _wrong_passage(dice: random.Random, given: list[Given]) -> Lie:
    """A true sentence, said to be from another passage, or from none."""
    one, text = _pick(dice, given)
    return Lie(dice.choice([0, -1, 99, *(g.number for g in given if g != one)]), text)


def _as_it_is(dice: random.Random, given: list[Given]) -> Lie:
    """A true sentence; only what is said of it is false."""
    one, text = _pick(dice, given)
    return Lie(one.number, text)


CHANGED = ("letter", "number", "negation", "word_out", "word_in", "spliced", "led_in", "mended")
ATTACKS: Mapping[str, Attack] = {
    "letter": _letter,
    "number": _number,
    "negation": _negation,
    "word_out": _word_out,
    "word_in": _word_in,
    "spliced": _spliced,
    "led_in": _led_in,
    "mended": _mended,
    "cut": _cut,
    "bridged": _bridged,
    "bracketed": _bracketed,
    "scrap": _scrap,
    "wrong_passage": _wrong_passage,
    "holding": _as_it_is,
}
