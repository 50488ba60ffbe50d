"""What requests must look like, and what responses that are no nouns look like. With schemas_chat.py the only home
of pydantic.

Hit, Answer and the like are described from the nouns themselves (rag/model.py), so the two cannot drift apart.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from corpus.model import Kind, Role, WritingKind
from rag.model import Filters, Hit

MOST_QUESTION = 4000  # characters
MOST_COLLECTED = 500


def _is_date(text: str) -> str:
    dt.date.fromisoformat(text)
    return text


Text = Annotated[str, Field(min_length=1, max_length=300)]
IsoDate = Annotated[
    str,
    Field(pattern=r"^\d{4}-\d{2}-\d{2}$", examples=["2024-09-10"], json_schema_extra={"format": "date"}),
    AfterValidator(_is_date),
]
FilingId = Annotated[str, Field(pattern="^[0-9a-f]{16}$", examples=["a3e5a2ef52f4d996"])]
Spoken = Annotated[str, Field(min_length=1, max_length=MOST_QUESTION, pattern=r"\S")]


class Request(BaseModel):
    """A body that may hold nothing but the fields named."""

    model_config = ConfigDict(extra="forbid")


class FiltersIn(Request):
    """Which filings a query may reach. Each field is a value or a list of allowed values; absent allows all."""

    matter: Text | list[Text] | None = None
    court: Text | list[Text] | None = Field(None, description="courts-db id", examples=["ca9"])
    kind: Kind | list[Kind] | None = None
    side: Role | list[Role] | None = None
    filer: Text | list[Text] | None = Field(None, description="any part of the filer's name")
    writing: WritingKind | list[WritingKind] | None = None
    filed_after: IsoDate | None = Field(None, description="on this date or later")
    filed_before: IsoDate | None = Field(None, description="on this date or earlier")
    filing_ids: Text | list[Text] | None = Field(None, description="ids, their beginnings, or file names")

    def as_filters(self) -> Filters:
        """The noun; names of filings not yet turned into ids."""
        return Filters(
            matter=_listed(self.matter),
            court=_listed(self.court),
            kind=_listed(self.kind),
            side=_listed(self.side),
            filer=_listed(self.filer),
            writing=_listed(self.writing),
            filed_after=self.filed_after,
            filed_before=self.filed_before,
            filing_ids=_listed(self.filing_ids),
        )


def _listed(value: str | list[Any] | None) -> tuple[str, ...]:
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)


class SearchIn(Request):
    """A search."""

    query: Spoken
    k: int = Field(10, ge=1, le=200)
    filters: FiltersIn | None = None
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"query": "derivative immunity of a contractor", "k": 5}]},
    )


class AskIn(Request):
    """A question; with `stream` the answer comes as server-sent events."""

    question: Spoken
    conversation_id: Text | None = Field(None, description="the conversation this follows; `new` begins one")
    filters: FiltersIn | None = None
    stream: bool = False
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"question": "On what basis did the defendants claim immunity, and did the court accept it?"},
                {"question": "What does the dissent say?", "filters": {"kind": ["opinion"]}, "stream": True},
            ]
        },
    )


class CorrectionsIn(Request):
    """Facts to correct; null empties one. Fields left out stay as they are."""

    title: str | None = Field(None, max_length=1000)
    case_name: str | None = Field(None, max_length=1000)
    court: str | None = Field(None, max_length=100)
    docket: str | None = Field(None, max_length=100)
    entry: str | None = Field(None, max_length=40)
    attachment: str | None = Field(None, max_length=40)
    kind: Kind | None = None
    side: Role | None = None
    filer: str | None = Field(None, max_length=500)
    supports: str | None = Field(None, max_length=40)
    judge: str | None = Field(None, max_length=200)
    date: str | None = Field(None, max_length=40)
    reporter: str | None = Field(None, max_length=100)
    matter: str | None = Field(None, max_length=300)
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"side": "appellant"}]})


class CollectedIn(Request):
    """A collected passage: a place in a filing. Its words are taken from the filing, never from the request."""

    filing_id: FilingId
    start: int = Field(ge=0, le=100_000_000)
    end: int = Field(ge=1, le=100_000_000)
    note: str = Field("", max_length=4000)


class ExportIn(Request):
    """Passages to export, in order."""

    format: Annotated[str, Field(pattern="^(docx|md|csv)$", examples=["docx"])]
    title: str = Field("Passages", max_length=300)
    passages: list[CollectedIn] = Field(min_length=1, max_length=MOST_COLLECTED)


class SessionIn(Request):
    """The API key, to be given once by a browser."""

    key: str = Field(max_length=1000)


class ConversationIn(Request):
    """A conversation to begin."""

    matter: Text | None = None


class SearchOut(BaseModel):
    """The hits of a search, best first."""

    query: str
    hits: list[Hit]
    timings_ms: dict[str, float]


class WritingOut(BaseModel):
    """One separate writing of an opinion."""

    kind: str
    author: str | None
    first_page: int
    last_page: int


class FilingOut(BaseModel):
    """What was read off a filing, corrections laid over it."""

    id: str
    file: str
    matter: str | None
    title: str | None
    case_name: str | None
    court: str | None
    docket: str | None
    entry: str | None
    attachment: str | None
    kind: str
    side: str | None
    filer: str | None
    supports: str | None
    judge: str | None
    date: str | None
    reporter: str | None = None
    pages: int
    passages: int
    writings: list[WritingOut]
    warnings: list[str]
    corrected: list[str] = Field(description="fields that a person corrected")
    added: str


class FilingsOut(BaseModel):
    """A page of the list of filings."""

    filings: list[FilingOut]
    total: int


class BoxOut(BaseModel):
    """A rectangle in fractions of page width and height, from the top left."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


class LineOut(BaseModel):
    """A printed line: `[start, end)` in the filing's text."""

    number: int | None
    start: int
    end: int
    box: BoxOut


class NoteOut(BaseModel):
    """A footnote that stands on the page, whole."""

    number: str
    text: str
    start: int
    end: int


class PageOut(BaseModel):
    """A page's text and where it stands."""

    page: int
    page_label: str | None
    ecf_page: int | None
    page_id: str | None
    text: str
    start: int
    end: int
    lines: list[LineOut]
    footnotes: list[NoteOut]
    scanned: bool
    use: str
    width: float
    height: float


class JobOut(BaseModel):
    """A background job. `progress` follows it, `result` is what it did, or why it failed."""

    id: str
    kind: str
    state: str
    progress: dict[str, Any]
    result: dict[str, Any] | None


class AcceptedOut(BaseModel):
    """A job that was begun."""

    job_id: str


class ConversationOut(BaseModel):
    """A conversation as listed: its first question, and how many were asked."""

    id: str
    matter: str | None
    started: str
    question: str | None
    turns: int


class ConversationsOut(BaseModel):
    """Conversations, the latest first."""

    conversations: list[ConversationOut]


class TurnOut(BaseModel):
    """One exchange; `answer` is the Answer as it was given."""

    question: str
    standalone_question: str
    answer: dict[str, Any]
    filing_ids: list[str]


class TurnsOut(BaseModel):
    """A conversation with its exchanges, oldest first."""

    id: str
    matter: str | None
    turns: list[TurnOut]


class FacetsOut(BaseModel):
    """The values filters can take in this library."""

    matter: list[str]
    court: list[str]
    kind: list[str]
    side: list[str]
    filer: list[str]
    writing: list[str]
    court_names: dict[str, str] = Field(description="courts as citations name them, by id")


class SuggestionsOut(BaseModel):
    """Questions that the open library can answer."""

    questions: list[str]


class AuthorityOut(BaseModel):
    """Something a filing cites, with the pages that do."""

    kind: str
    citation: str
    name: str | None
    places: list[tuple[int, int]]
    pages: list[int]
    passages: list[str]


class AuthoritiesOut(BaseModel):
    """What a filing cites: cases, statutes, others, the record."""

    authorities: list[AuthorityOut]


class SessionOut(BaseModel):
    """Whether this server needs a key, and whether the caller has given it."""

    needed: bool
    given: bool


class HealthOut(BaseModel):
    """How the server stands."""

    status: str
    filings: int | None = None


class ProblemOut(BaseModel):
    """An error, as RFC 9457 writes it."""

    type: str = Field(examples=["urn:pincite:unknown-filing"])
    title: str
    status: int
    detail: str
    errors: list[dict[str, Any]] | None = None
