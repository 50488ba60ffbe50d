"""Questions: search, ask, conversations, suggestions, facets, export. Plain functions; FastAPI runs them in threads."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import JSONResponse, StreamingResponse

from api import export, schemas
from api.desk import AtDesk, Desk
from api.stream import EVENT, events, follow
from api.suggest import suggestions
from api.wire import as_json
from corpus.model import WRITING_KINDS
from rag.courts import abbreviation
from rag.model import Answer, Filters

router = APIRouter(prefix="/v1")
SUGGEST_FROM = 500  # filings looked at
ConversationId = Annotated[str, Path(max_length=64)]
EXPORTS: dict[str, tuple[str, str]] = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "passages.docx"),
    "md": ("text/markdown; charset=utf-8", "passages.md"),
    "csv": ("text/csv; charset=utf-8", "passages.csv"),
}


@router.post("/search", response_model=schemas.SearchOut, tags=["questions"])
def search(body: schemas.SearchIn, desk: AtDesk) -> Response:
    """Find the passages that answer, each with its page, lines, speaker and citation."""
    found = desk.search(body.query, body.k, _filters(body.filters))
    return JSONResponse({"query": body.query, **as_json(found)})


@router.post(
    "/ask",
    response_model=Answer,
    tags=["questions"],
    responses={200: {"content": {"text/event-stream": {"schema": EVENT}}}},
)
def ask(body: schemas.AskIn, desk: AtDesk) -> Response:
    """Answer a question in the filings' own words, every quotation checked and cited.

    With `stream` the answer comes as server-sent events: `step`, `claim`, then `answer` (the whole) or `problem`.
    """
    filters = desk.access.filters(_filters(body.filters))
    if body.conversation_id is not None:
        desk.access.check_conversation(body.conversation_id)
    asked: Callable[..., Answer] = partial(desk.ask, body.question, filters, body.conversation_id)
    if not body.stream:
        return JSONResponse(as_json(asked()))
    told = follow(lambda step: asked(progress=step), desk.threads)
    return StreamingResponse(events(told), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


@router.get("/conversations", response_model=schemas.ConversationsOut, tags=["conversations"])
def conversations(desk: AtDesk, limit: Annotated[int, Query(ge=1, le=500)] = 50) -> dict[str, Any]:
    """Earlier conversations, the latest first."""
    matter = desk.settings.key_matter or None
    return {"conversations": [as_json(one) for one in desk.library.conversations.recent(matter, limit=limit)]}


@router.post("/conversations", response_model=schemas.ConversationOut, status_code=201, tags=["conversations"])
def begin(body: schemas.ConversationIn, desk: AtDesk) -> dict[str, Any]:
    """Begin a conversation; give its id to /v1/ask, and a follow-up is understood."""
    matter = desk.access.own_matter(body.matter)
    made = desk.library.conversations.start(matter)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {"id": made, "matter": matter, "started": now, "question": None, "turns": 0}


@router.get("/conversations/{conversation_id}", response_model=schemas.TurnsOut, tags=["conversations"])
def conversation(conversation_id: ConversationId, desk: AtDesk) -> Response:
    """A conversation with its answers."""
    desk.access.check_conversation(conversation_id)
    kept = desk.library.conversations
    turns = [{**as_json(turn), "answer": json.loads(turn.answer)} for turn in kept.turns(conversation_id)]
    return JSONResponse({"id": conversation_id, "matter": kept.matter(conversation_id), "turns": turns})


@router.delete("/conversations/{conversation_id}", status_code=204, tags=["conversations"])
def forget(conversation_id: ConversationId, desk: AtDesk) -> Response:
    """Forget a conversation."""
    desk.access.check_conversation(conversation_id)
    desk.library.conversations.remove(conversation_id)
    return Response(status_code=204)


@router.get("/suggestions", response_model=schemas.SuggestionsOut, tags=["questions"])
def suggested(desk: AtDesk) -> dict[str, Any]:
    """Questions to begin with."""
    allowed = desk.access.filters(Filters())
    return {"questions": suggestions(desk.library.catalog.listings(allowed, limit=SUGGEST_FROM))}


@router.get("/facets", response_model=schemas.FacetsOut, tags=["questions"])
def facets(desk: AtDesk) -> dict[str, Any]:
    """The values that filters can take here."""
    found = _values(desk)
    names = {court: abbreviation(court) or court for court in found["court"]}
    return {**found, "writing": list(WRITING_KINDS), "court_names": names}


@router.post(
    "/export",
    tags=["passages"],
    response_class=Response,
    responses={200: {"content": {kind.partition(";")[0]: {} for kind, _ in EXPORTS.values()}}},
)
def export_passages(body: schemas.ExportIn, desk: AtDesk) -> Response:
    """Collected passages as DOCX, Markdown or CSV; the words are taken from the filings anew."""
    for one in body.passages:
        desk.access.listing(one.filing_id)
    places = [(one.filing_id, one.start, one.end, one.note) for one in body.passages]
    excerpts = export.collected(places, desk.library, desk.settings)
    kind, name = EXPORTS[body.format]
    made: bytes | str
    if body.format == "docx":
        made = export.docx(body.title, excerpts)
    else:
        made = export.markdown(body.title, excerpts) if body.format == "md" else export.csv_text(excerpts)
    return Response(made, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _filters(given: schemas.FiltersIn | None) -> Filters:
    return given.as_filters() if given else Filters()


def _values(desk: Desk) -> dict[str, list[str]]:
    """The values of each facet among the filings that the caller may see."""
    names = ("matter", "court", "kind", "side", "filer")
    catalog, matter = desk.library.catalog, desk.settings.key_matter
    if not matter:
        return {name: catalog.values(name) for name in names}
    mine = catalog.listings(Filters(matter=(matter,)), limit=None)
    facts = {name: {getattr(one.facts, name) for one in mine} - {None} for name in names[1:]}
    return {"matter": [matter], **{name: sorted(values) for name, values in facts.items()}}
