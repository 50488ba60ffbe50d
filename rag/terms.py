"""Terms of art and everyday words, and whether a record speaks of one by any of its names.

named(question) -> (Named, ...)      the terms a question names: "Was a class certified?" asks of class certification
is_said(term, texts) -> bool         whether one of its names stands in the texts: "Rule 23", "certified the class"
A name is its words in order, as far apart as in the list at most: "act of state" is no act, and no state.
The terms, one a line with all their names: rag/terms.txt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rag.words import places, stem, words_of

TERMS = Path(__file__).with_suffix(".txt")
EVERYDAY = "# Everyday words for the same thing"  # the heading that what is no term of art stands under
BETWEEN = 4  # words that "..." stands for at most

Positions = Mapping[str, Sequence[int]]
Name = tuple[tuple[str, int], ...]  # each word's stem, and how many words after the one before at most


@dataclass(frozen=True, slots=True)
class Term:
    """A term: the first of its names as the list has it, and all of them as they are looked for."""

    text: str
    names: tuple[Name, ...]
    everyday: bool = False  # no term of art: a record about a suit need not say "suit"


@dataclass(frozen=True, slots=True)
class Named:
    """A term as a question names it, and the stems of the words that it does it with."""

    term: Term
    stems: frozenset[str]


@lru_cache(maxsize=64)
def named(question: str) -> tuple[Named, ...]:
    """The terms that `question` names, in the list's order."""
    there = places(question)
    found = [(term, [name for name in term.names if _stands(name, there)]) for term in read_terms()]
    return tuple(Named(term, frozenset(word for name in names for word, _ in name)) for term, names in found if names)


def is_said(term: Term, texts: Sequence[Positions]) -> bool:
    """Whether a name of `term` stands in one of `texts`, given as the places of their stems."""
    return any(_stands(name, text) for text in texts for name in term.names)


@lru_cache(maxsize=1)
def read_terms() -> tuple[Term, ...]:
    """All terms of the list."""
    terms, everyday = [], False
    for line in TERMS.read_text(encoding="utf-8").splitlines():
        everyday = everyday or line == EVERYDAY
        if line and not line.startswith("#"):
            names = [name.strip() for name in line.split("|")]
            terms.append(Term(names[0], tuple(map(_read_name, names)), everyday))
    return tuple(terms)


def _read_name(text: str) -> Name:
    """A name as it is looked for: "certify ... class" is "certifi", and "class" five words after it at most."""
    name: list[tuple[str, int]] = []
    gap = 0
    for part in text.split():
        gap += BETWEEN if part == "..." else 0
        for word in words_of(part.lower()):
            name.append((stem(word), gap + 1))
            gap = 0
    return tuple(name)


def _stands(name: Name, text: Positions) -> bool:
    """Whether the words of a name stand in a text, each within its gap after the one before."""
    ends = text.get(name[0][0], ())
    for word, gap in name[1:]:
        ends = [at for at in text.get(word, ()) if any(0 < at - end <= gap for end in ends)]
    return bool(ends)
