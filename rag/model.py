"""The nouns of a question and its answer. All frozen; field names are the contract's JSON names.

Ranks and pages count from 1; scores: higher is better, comparable only within one call; timings in milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from corpus.model import Box, Facts, Speaker, Writing, WritingKind

Stance = Literal[
    "argues",
    "responds",
    "supports",
    "holds",
    "rejects",
    "accepts",
    "dissents",
    "concurs",
    "concurs in part",
    "concurs in the judgment",
    "concurs in part and in the judgment",
    "concurs in part and dissents in part",
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
    attachment: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with score and rank for one query. `start` and `end` are its offsets in the filing's text.

    `page`, its label and `lines` say where to open it: of a passage over two pages, the page that has more of the
    query's words. `first_page` and `end_page` are its first and last; the citation and the boxes are the whole's.
    """

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
    first_page: int | None = None


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


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as listed: when it was begun (ISO, UTC), its first question, and how many were asked."""

    id: str
    matter: str | None
    started: str
    question: str
    turns: int


Length = Literal["short", "usual", "long"]
Form = Literal["ruling", "argument", "response", "parting", "authority", "date", "number", "person", "general"]


@dataclass(frozen=True, slots=True)
class Question:
    """What a question asks for, read from its words alone.

    `phrases` stood in quotation marks. `authorities` are case names and sections it names ("Butters", "1605(a)(2)").
    `roles` are the sides whose words are asked for; `writings` the kinds of writing ("dissent"); `kinds` the kinds
    of filing; `entries` docket entries ("45"). `voices` are those whose statement is asked for, rather than merely
    named: roles, "court", "majority", "dissent", "concurrence", "plurality". All in the order asked. `length` is how
    much is wanted. `sides` are, for a side, the roles that speak for it in the record at hand (rag/cast.py).
    """

    text: str
    form: Form
    roles: tuple[str, ...] = ()
    writings: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    length: Length = "usual"
    sides: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Pin:
    """One end of a place: its sheet, the page numbers that stand for it, and the line number printed beside it.

    `label` is the printed page, `ecf_page` and `page_id` the stamp's, `line` pleading paper's or a transcript's.
    """

    page: int
    label: str | None = None
    ecf_page: int | None = None
    page_id: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand in a filing: all that a pin cite needs, looked up from their offsets.

    `paragraphs` are the first and last ¶ numbers; `footnotes` the notes that hold the words, in order. `manner` is
    how a separate writing calls itself ("concurring in part and dissenting in part"), None if it does not say.
    """

    first: Pin
    last: Pin
    paragraphs: tuple[int, int] | None = None
    footnotes: tuple[str, ...] = ()
    writing: WritingKind | None = None
    author: str | None = None
    manner: str | None = None


Verdict = Literal["exact", "altered", "absent"]
ChangeKind = Literal["omitted", "inserted", "changed", "case", "punctuation", "spacing"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between a quotation and the record: words left out of it ("omitted": `quoted` is empty), words
    put into it ("inserted": `record` is empty), or words that differ."""

    kind: ChangeKind
    quoted: str
    record: str


@dataclass(frozen=True, slots=True)
class Located:
    """What became of the search for a quotation in one filing.

    exact    the filing says it at `[start, end)`; `text` is the filing's own slice. `segments` are the parts of the
             slice that the quotation copies: one, or more where an ellipsis left something out between them.
             `disclosed` names what the quotation itself showed to be its own doing ("omission", "brackets", …).
    altered  the closest words stand there, but differ as `changes` says
    absent   nothing near enough; a nearest candidate may still be given (empty `text`: none)
    `places` counts where the filing says it exactly. `similarity` is 0 to 1, 1 when exact.
    """

    verdict: Verdict
    start: int = 0
    end: int = 0
    text: str = ""
    segments: tuple[tuple[int, int], ...] = ()
    disclosed: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    places: int = 0
    similarity: float = 0.0


@dataclass(frozen=True, slots=True)
class QuoteDraft:
    """Words that somebody says a filing contains. `within` is the passage they should stand in, as offsets."""

    text: str
    filing_id: str
    within: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class CheckedQuote:
    """A draft, what the search for it found, and the quotes to show: one, or, where an ellipsis leaves much out, one
    a segment. All verified, or a single unverified one."""

    draft: QuoteDraft
    located: Located
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A filing as the catalog lists it: its facts with a person's corrections laid over them. `corrected` names the
    corrected fields; `pages` and `passages` count; `added` is an ISO time in UTC."""

    id: str
    file: str
    matter: str | None
    facts: Facts
    pages: int
    passages: int
    writings: tuple[Writing, ...] = ()
    warnings: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    added: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was not ingested. `error` is the exception's name, `message` says why and what to do."""

    path: str
    error: str
    message: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What one ingest did. `notes` are sentences for people (a new version of a known file name, a moved matter)."""

    ingested: int
    unchanged: int
    failed: tuple[Failure, ...]
    pages: int
    passages: int
    seconds: float
    notes: tuple[str, ...] = ()
    filing_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long step has come. `pages` are pages read, `passages` passages embedded and stored; `filings` are
    done of `of`. `seconds_left` is None until it can be told."""

    stage: Literal["read", "store", "embed", "index", "done"]
    filings: int
    of: int
    pages: int = 0
    passages: int = 0
    seconds: float = 0.0
    seconds_left: float | None = None
    file: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A step that runs in the background of a server. `progress` and `result` are JSON objects as text."""

    id: str
    kind: str
    state: Literal["queued", "running", "done", "failed"]
    progress: str = "{}"
    result: str = "{}"


@dataclass(frozen=True, slots=True)
class Found:
    """What one search brought: hits best first, how long each stage took, and what the abstainer weighs.

    `signals` are numbers about the whole search ("dense": best cosine, "rerank": best reranker score); a stage that
    was off leaves its signal out.
    """

    hits: tuple[Hit, ...]
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    signals: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """How far an answer has come, for those who watch: "searching", "found" (`count` passages), "reading" (`count`
    filings), "claim" (one claim as it is composed), "answered". `says` is a line for people. `piece` is what a claim
    adds to the answer's Markdown: the pieces of all claims, joined, are the answer."""

    stage: Literal["searching", "found", "reading", "claim", "answered"]
    says: str
    count: int = 0
    claim: Claim | None = None
    piece: str = ""
