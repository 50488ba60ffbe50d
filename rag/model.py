"""The nouns of a question and its answer. All frozen; field names are the contract's JSON names.

Ranks and pages count from 1; scores: higher is better, comparable only within one call; timings in milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from corpus.model import Box, Speaker

Stance = Literal[
    "argues",
    "responds",
    "supports",
    "holds",
    "rejects",
    "accepts",
    "dissents",
    "concurs",
    "states",
    "testifies",
]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which filings and passages a query may reach. Each field is a tuple of allowed values; empty allows all.

    Dates are ISO, inclusive. `filing_ids` are ids; the edges turn names and unique prefixes into ids.
    """

    matter: tuple[str, ...] = ()
    court: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    side: tuple[str, ...] = ()
    filer: tuple[str, ...] = ()
    writing: tuple[str, ...] = ()
    filed_after: str | None = None
    filed_before: str | None = None
    filing_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FilingRef:
    """As much of a filing as travels with a hit."""

    id: str
    title: str | None
    file: str
    kind: str
    court: str | None
    docket: str | None
    entry: str | None
    side: str | None
    filer: str | None
    date: str | None
    case_name: str | None = None
    matter: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with score and rank for one query. `start` and `end` are its offsets in the filing's text."""

    rank: int
    score: float
    passage_id: str
    text: str
    citation: str
    filing: FilingRef
    page: int
    page_label: str | None
    ecf_page: int | None
    lines: tuple[int, int] | None
    end_page: int
    section: tuple[str, ...]
    writing: str | None
    speaker: Speaker
    restates: Speaker | None
    footnote: str | None
    boxes: tuple[Box, ...]
    start: int = 0
    end: int = 0
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words copied from a filing, and where they stand. `[start, end)` is the place in the filing's text when
    `verified`; an unverified quote has start = end = 0, no page of its own, and says so in `note`."""

    text: str
    verified: bool
    citation: str
    filing_id: str
    file: str
    page: int | None
    page_label: str | None
    ecf_page: int | None
    lines: tuple[int, int] | None
    start: int
    end: int
    speaker: Speaker
    restates: Speaker | None
    writing: str | None
    boxes: tuple[Box, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer with the quotes that carry it."""

    text: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """What one speaker maintains: the claims (indexes into `Answer.claims`) that say it."""

    role: str
    name: str | None
    stance: Stance
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question. `answer` is Markdown whose sentences end in [n], n counting all quotes of all
    claims in order from 1. An abstention has no claims and offers the nearest passages as `sources`."""

    question: str
    standalone_question: str
    conversation_id: str | None
    abstained: bool
    answer: str
    claims: tuple[Claim, ...]
    positions: tuple[Position, ...]
    sources: tuple[Hit, ...]
    model: str
    warnings: tuple[str, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange of a conversation, as kept in the catalog. `answer` is the Answer as its JSON says it."""

    question: str
    standalone_question: str
    answer: str
    filing_ids: tuple[str, ...] = ()


Form = Literal["ruling", "argument", "response", "parting", "authority", "date", "number", "person", "general"]


@dataclass(frozen=True, slots=True)
class Question:
    """What a question asks for, read from its words alone.

    `phrases` stood in quotation marks. `authorities` are case names and sections it names ("Butters", "1605(a)(2)").
    `roles` are the sides whose words are asked for; `writings` the kinds of writing ("dissent"); `kinds` the kinds
    of filing; `entries` docket entries ("45"). All in the order asked.
    """

    text: str
    form: Form
    roles: tuple[str, ...] = ()
    writings: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
