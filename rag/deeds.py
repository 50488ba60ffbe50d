"""What courts did, as a filing tells it, each deed with the words it is about.

deeds(filing) -> (Told, ...)      of the court that writes, only what it decides here; of others, what they did
    "The motion to dismiss Count One is denied."      this court denied: motion, dismiss, and what Count One is for
    "The District Court dismissed the complaint."     the trial court dismissed: complaint
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from corpus.model import Facts, Filing, Sentence
from rag.acts import Act, Court, acts, last_court, same_court
from rag.words import content_words

FEW_WORDS = 4  # of its own: fewer words speak of what is named before them

GENERIC = frozenset(
    content_words(
        "motion claim petition request case suit action appeal judgment order decision ruling argument district supreme"
        " circuit judge appeals lower trial"
    )
)
# What a count is for: "violation of the Wiretap Act (Count One)".
_COUNT = r"(?P<count>(?:Count|Claim) (?:[IVX]+|\d+|[A-Z][a-z]+))"
_CALLED = re.compile(rf"(?P<before>(?:[^;:()]|\([^()]*\)){{5,150}}?) ?\({_COUNT}\)")


@dataclass(frozen=True, slots=True)
class Told:
    """A deed as the `index`-th sentence tells it; `words` are those after the verb, the sentence where they are few,
    and the one before where it is short too; `deeds` are all that it tells of this court."""

    act: Act
    index: int
    words: frozenset[str]
    deeds: frozenset[str]


def deeds(filing: Filing) -> tuple[Told, ...]:
    """What courts did, as the filing tells it; of the court that writes it, only what it decides here."""
    return _told(_Keyed((filing.id, filing.facts, len(filing.sentences)), filing))


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A filing to remember by its key: a hash of the whole would take longer than to read it."""

    key: tuple[str, Facts, int]
    filing: Filing = field(compare=False)


@lru_cache(maxsize=64)
def _told(keyed: _Keyed) -> tuple[Told, ...]:
    return tuple(_tell(keyed.filing))


def _tell(filing: Filing) -> Iterator[Told]:
    last: Court | None = None
    before: frozenset[str] = frozenset()
    counts = _counts(filing)
    for index, sentence in enumerate(filing.sentences):
        text = flat(filing, sentence)
        named = frozenset(word for count, name in counts.items() if f"{count} " in f"{text} " for word in name)
        words = frozenset(content_words(text))
        reported = sentence.restates is not None and sentence.restates.role != "court"
        if sentence.holding or not (reported or " v. " in text):  # what cites a case tells of that case
            own = [a for a in acts(text, filing.facts.court, last) if _is_done(a, sentence)]
            for act in own:
                clause = frozenset(content_words(text[act.end :])) - GENERIC
                about = clause if len(clause) >= FEW_WORDS else words
                about = about if len(about - GENERIC) >= FEW_WORDS else about | before
                yield Told(act, index, about | named, frozenset(a.deed for a in own if same_court(act, a)))
        last, before = last_court(text, filing.facts.court, last), words


def _counts(filing: Filing) -> dict[str, frozenset[str]]:
    """What each count is for, where the filing says so beside its number."""
    counts: dict[str, frozenset[str]] = {}
    for called in _CALLED.finditer(" ".join(filing.text.split())):
        counts.setdefault(called["count"], frozenset(content_words(called["before"])) - GENERIC)
    return counts


def _is_done(act: Act, sentence: Sentence) -> bool:
    """Whether a sentence tells a deed as done: another court's in the past, the writing court's in deciding."""
    return sentence.holding and not act.past if act.court == "this" else act.past


def flat(filing: Filing, sentence: Sentence) -> str:
    """A sentence's words in one line."""
    return " ".join(filing.text[sentence.start : sentence.end].split())
