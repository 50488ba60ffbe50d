"""Whether a text says what a question asks about, in the words that an answer would need.

A record that answers a question about arbitration says "arbitration"; one that tells where a server stood need not say
"picked". How telling a missing word is was learnt from questions beside the opinions that answer them and others.

asked(question) -> Asked           the words it is about, and the pairs that stand side by side in it
spoken(about, texts) -> Spoken     what missing and present words and pairs say: that the texts do not answer, in nats
  words    log of (chance to miss or hold the word where the text does not answer / where it does)
  pairs    the same of two words that the text holds: whether they stand within NEAR words of each other
The chances are four logistic regressions over the words' embeddings and the text's length (evals/train/said.py).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.graphs import word_vector
from rag.terms import Named, is_said, named
from rag.words import carries, places, stem, topic, words_of

TABLE = Path(__file__).resolve().parent / "weights" / "said.npz"
NEAR = 4  # words apart at most, in either order: "class certification", "certify the class"
JOINTS = frozenset(["of", "the", "a", "an", "to", "in", "for", "and", "or", "on", "by", "with", "at", "from", "as"])
SHORT = 80  # words of a short text
MOST_JOINTS = 2  # between the two words of a pair: "act of state", "statute of limitations"
LETTERS = 6  # of a word with its blank, by and large: a text's length in words

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question as it is looked for (`stem`) and as it is weighed (`traits`, without the text's length)."""

    text: str
    stem: str
    traits: Floats


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks about: `words`, each stem once, `pairs` of neighbours, and the `terms` that it names."""

    words: tuple[Word, ...]
    pairs: tuple[Word, ...]  # the stem is both stems with a blank between them
    terms: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """Evidence that a text does not answer, in nats, by word and by pair; below 0 where it speaks for an answer.

    `missing` and `held`: words; `apart` and `joined`: pairs of which the text holds both words. `unsaid`: the terms
    of art that the text says by none of their names.
    """

    missing: dict[str, float]
    held: dict[str, float]
    apart: dict[str, float]
    joined: dict[str, float]
    unsaid: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """A text's length in words, by and large, and where each stem stands in it, counted in words."""

    length: float
    at: Mapping[str, Sequence[int]]


@lru_cache(maxsize=64)
def asked(question: str) -> Asked:
    """The words and pairs that `question` is about."""
    words: dict[str, Word] = {}
    for at, text in enumerate(words_of(topic(question))):
        if carries(text.lower()):
            words.setdefault(stem(text), Word(text, stem(text), _word_traits(text, first=at == 0)))
    pairs = [_pair(*two) for two in _neighbours(words_of(question)) if stem(two[0]) != stem(two[1])]
    return Asked(tuple(words.values()), tuple(pairs), named(question))


def spoken(about: Asked, texts: Sequence[Places]) -> Spoken:
    """What `texts`, read as one, say of the words of a question and of its pairs."""
    length = sum(text.length for text in texts) + 1
    lacking, unsaid = lacks(about, texts)
    there = [pair for pair in about.pairs if all(any(s in text.at for text in texts) for s in pair.stem.split(" "))]
    missing, held = _weighed("word", lacking, about.words, length)
    apart, joined = _weighed("pair", [pair for pair in there if parted(pair, texts)], there, length)
    return Spoken(missing, held, apart, joined, unsaid)


def lacks(about: Asked, texts: Sequence[Places]) -> tuple[list[Word], tuple[str, ...]]:
    """The words of a question that `texts` lack, and the terms of art that they say by no name; a word of a term
    that they say by another name they do not lack."""
    places = [text.at for text in texts]
    terms = [(one, is_said(one.term, places)) for one in about.terms]
    otherwise = {stem for one, is_there in terms if is_there for stem in one.stems}
    words = [w for w in about.words if w.stem not in otherwise and not any(w.stem in at for at in places)]
    return words, tuple(one.term.text for one, is_there in terms if not is_there and not one.term.everyday)


def lacking(about: Asked, texts: Sequence[str]) -> list[float]:
    """What the words that each of some short texts lacks say: that it does not answer, in nats."""
    if not about.words:
        return [0.0] * len(texts)
    traits = np.array([at_length(word.traits, SHORT) for word in about.words])
    answering, other = (chances(traits, table) for table in load_tables()["word"])
    nats = dict(zip((word.stem for word in about.words), np.log(other / answering), strict=True))
    return [sum(float(nats[word.stem]) for word in lacks(about, [read_places(text)])[0]) for text in texts]


def read_places(text: str) -> Places:
    """Where the words of a text stand."""
    return Places(len(text) / LETTERS, places(text))


def at_length(traits: Floats, length: float) -> Floats:
    """The traits of a word or pair looked for in a text of `length` words."""
    return np.append(traits, [math.log(length), math.log(length) ** 2 / 10])


def _word_traits(text: str, *, first: bool) -> Floats:
    """(387,): the word's vector, whether it is a name or a number, its length; what begins a question is no name."""
    shape = [float(text[0].isupper() and not first), float(text[0].isdigit()), len(text) / 10]
    return np.append(word_vector(text), shape)


def _pair(one: str, other: str) -> Word:
    """(772,): both vectors, their cosine, and which of the two are names."""
    a, b, names = word_vector(one), word_vector(other), (one[0].isupper(), other[0].isupper())
    traits = np.concatenate([a, b, [float(a @ b), *map(float, names), float(all(names))]])
    return Word(f"{one} {other}", f"{stem(one)} {stem(other)}", traits)


def _neighbours(words: Sequence[str]) -> list[tuple[str, str]]:
    """The words that carry meaning and stand side by side, or with joints only between them."""
    telling = [at for at, word in enumerate(words) if carries(word.lower())]
    return [
        (words[i], words[j])
        for i, j in pairwise(telling)
        if j - i <= MOST_JOINTS + 1 and all(word.lower() in JOINTS for word in words[i + 1 : j])
    ]


def parted(pair: Word, texts: Sequence[Places]) -> bool:
    """Whether the two words of a pair stand near each other in none of `texts`."""
    one, other = pair.stem.split(" ")
    places = [(text.at.get(one, ()), text.at.get(other, ())) for text in texts]
    return not any(abs(a - b) <= NEAR for ones, others in places for a in ones for b in others)


def _weighed(
    kind: str, lacking: Sequence[Word], words: Sequence[Word], length: float
) -> tuple[dict[str, float], dict[str, float]]:
    """The evidence of the words `lacking`, and of the other `words`."""
    if not words:
        return {}, {}
    traits = np.array([at_length(word.traits, length) for word in words])
    answering, other = (chances(traits, table) for table in load_tables()[kind])
    gone = {word.stem for word in lacking}
    without: dict[str, float] = {}
    having: dict[str, float] = {}
    for word, here, there in zip(words, answering, other, strict=True):
        if word.stem in gone:
            without[word.text] = math.log(there / here)
        else:
            having[word.text] = math.log((1 - there) / (1 - here))
    return without, having


def chances(traits: Floats, table: Floats) -> Floats:
    """(n,) chances that words of these (n, t) traits are missing; `table` is (t + 1,), its last value the bias."""
    return np.asarray(1 / (1 + np.exp(-(traits @ table[:-1] + table[-1]))))


@lru_cache(maxsize=1)
def load_tables() -> dict[str, tuple[Floats, Floats]]:
    """For words and for pairs: the chance of one to be missing from a text that answers, and from one that does not."""
    with np.load(TABLE) as stored:
        return {kind: (stored[f"{kind}.answering"], stored[f"{kind}.other"]) for kind in ("word", "pair")}
