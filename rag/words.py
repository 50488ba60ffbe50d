"""The words of a question that carry its meaning, and how much of them a text holds.

content_words(text)    stems in order, without words that every text has
cover(weights, text)   the share of weighted words that a text holds
key_terms(text, case)  the names and numbers in a question that a passage answering it should hold, parties aside
places(text)           where its stems stand
topic(text)            what a question is about: "Rule 19", of "Did the court accept Defendants' Rule 19 argument?"
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rag.lexical import stemmed
from rag.question import ROLE_WORDS, WRITING_WORDS

_WORD = re.compile(r"[A-Za-z0-9§$][\w’']*")  # "sovereign-immunity" is two words
_PREFIX = re.compile(
    r"(?<![\w-])((?:pre|re|non|co|anti|over|under|sub|counter|mis|un))-(?=[a-z])", re.IGNORECASE
)  # "pre-empt" is one
_PROPER = re.compile(
    r"(?:\bRule \d+\S*\w|§+ ?\d[\w().-]*|(?<=[\w,;’'”\"(] )[A-Z][A-Za-z’'-]{2,}|\b\d[\d,.:-]*\d\b|\b\d+\b)"
)
_NO_TERM = re.compile(
    r"(?:Courts?|Judges?|Justices?|District|Circuit|Appeals|Supreme|Plaintiffs?|Defendants?|Appell\w+"
    r"|Petition\w+|Respond\w+|Amic\w+|"
    r"United|States|Mr|Ms|Mrs|Dr|Amendment|Act|Government|Congress|Order|Opinion|Complaint|Motion|Declaration|ECF)",
    re.IGNORECASE,
)
_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "for",
        "by",
        "with",
        "at",
        "from",
        "as",
        "is",
        "was",
        "were",
        "are",
        "be",
        "been",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "and",
        "or",
        "not",
        "no",
        "but",
        "if",
        "than",
        "then",
        "there",
        "their",
        "his",
        "her",
        "he",
        "she",
        "they",
        "them",
        "we",
        "our",
        "us",
        "i",
        "you",
        "who",
        "whom",
        "whose",
        "which",
        "what",
        "when",
        "where",
        "why",
        "how",
        "do",
        "does",
        "did",
        "has",
        "have",
        "had",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "will",
        "would",
        "about",
        "into",
        "over",
        "under",
        "between",
        "after",
        "before",
        "because",
        "while",
        "so",
        "such",
        "any",
        "some",
        "all",
        "both",
        "more",
        "most",
        "other",
        "own",
        "same",
        "very",
        "s",
        "t",
        "say",
        "says",
        "said",
        "court",
        "courts",
        "case",
        "question",
        "record",
        "filing",
        "filings",
    ]
)
_SIDE_WORDS = "|".join(f"(?:{words})" for words, _ in (*ROLE_WORDS, *WRITING_WORDS))
_ASKING = re.compile(
    r"\b(?:what|which|who|whom|whose|when|where|why|how|did|does|do|is|are|was|were|has|have|had|can|could|may"
    r"|must|should|would|will|say|says|said|"
    r"argu\w+|contend\w*|claim(?:s|ed)?|accept\w*|reject\w*|hold|held|holds|ruled|ruling|rules|respond\w*"
    r"|answer\w*|repl\w+|basis|ground\w*|reason\w*|agree\w*|position|view|argument|testif\w*|"
    r"decid\w+|conclud\w+|persua\w+|grant(?:ed|s)?|den(?:ied|ies)|became|become|happened|tell|me|explain|describe|court"
    r"|judge|panel|district|circuit|on|about|according)\b",
    re.IGNORECASE,
)


def content_words(text: str) -> list[str]:
    """The words that carry meaning, stemmed by their ending, small letters, in order."""
    return [stem(word) for word in words_of(text.lower()) if carries(word)]


def words_of(text: str) -> list[str]:
    """The words of a text, numbers and section signs among them, in order; what a hyphen joins is two."""
    return _WORD.findall(_PREFIX.sub(r"\1", text))


def places(text: str) -> dict[str, list[int]]:
    """Where the words stand: of each stem its places, counted in words."""
    found: dict[str, list[int]] = {}
    for at, word in enumerate(words_of(text.lower())):
        found.setdefault(stem(word), []).append(at)
    return found


def carries(word: str) -> bool:
    """Whether a word, in small letters, carries meaning: neither a word that every text has nor "didn't"."""
    return word not in _STOP and len(word) > 1 and not word.endswith(("n't", "n’t"))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its ending, as the index stems it: "immunities" and "immunity" are one, "sued" and "suing"."""
    return stemmed(word.lower().replace("’", "'").removesuffix("'s").rstrip("'"))


def cover(weights: Mapping[str, float], text: str) -> float:
    """The share of the question's words, by weight, that `text` holds; 0 to 1."""
    held = set(content_words(text))
    total = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in held) / total if total else 0.0


def key_terms(text: str, cases: Iterable[str] = ()) -> list[str]:
    """The names, numbers and sections within a sentence of `text` ("Butters", "Rule 19", "§ 1603"), small letters,
    without sides and without words of the case names."""
    parties = {word.lower() for case in cases for word in re.findall(r"\w+", case)}
    found = [re.sub(r"['’]s?$", "", name) for name in _PROPER.findall(text)]
    kept = [name.lower() for name in found if not _NO_TERM.fullmatch(name)]
    return list(dict.fromkeys(name for name in kept if not set(re.findall(r"\w+", name)) <= parties))


def holds_term(term: str, text: str) -> bool:
    """Whether `text` (small letters) holds the name or number whole."""
    return re.search(rf"(?<![\w]){re.escape(term)}(?![\w])", text) is not None


def topic(text: str) -> str:
    """What a question is about: its words without those that ask, and without sides; itself where nothing is left.

    "Did the court accept Defendants' Rule 19 argument, and what did plaintiffs say?" is about "Rule 19".
    """
    main = re.split(r",?\s+(?:and|but|or)\s+(?=(?:did|does|do|was|is|how|why|what|when|where|who)\b)", text)[0]
    without = _ASKING.sub(" ", re.sub(rf"\b(?:{_SIDE_WORDS})(?:['’]s?)?(?![\w’'])", " ", main, flags=re.IGNORECASE))
    words = [w for w in re.findall(r"[\w§().’'&-]+", without) if content_words(w)]
    return " ".join(words).strip(" .'’") or text.rstrip("?")
