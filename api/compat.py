"""OpenAI's chat form over `ask`, for any client that speaks it: POST /v1/chat/completions, GET /v1/models.

The last user message is the question; earlier ones are what a follow-up refers to. The reply is the answer's Markdown
with its citations below. Streamed, the role comes at once, each claim as it is composed, the citations last.
`message.annotations` cite each quotation, the page in the URL's fragment; `message.pincite` holds the whole Answer.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from api.desk import AtDesk, Desk
from api.problems import Problem, problem_of
from api.schemas_chat import ChatIn, ChatOut, ModelsOut
from api.stream import EVENT, Told, follow
from api.wire import as_json
from rag.model import Answer, Filters, Quote, Step, Turn

router = APIRouter(prefix="/v1", tags=["other clients"])
MODEL = "pincite"


@router.get("/models", response_model=ModelsOut)
def models() -> dict[str, Any]:
    """The one model there is: the record."""
    return {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": "pincite"}]}


@router.post(
    "/chat/completions",
    response_model=ChatOut,
    responses={200: {"content": {"text/event-stream": {"schema": EVENT}}}},
)
def chat(body: ChatIn, request: Request, desk: AtDesk) -> Response:
    """Answer the last user message, as an OpenAI chat completion; with `stream`, piece by piece."""
    asked = [message.words().strip() for message in body.messages if message.role == "user"]
    if not asked or not asked[-1] or len(asked[-1]) > 4000:
        said = "the last user message must hold a question of at most 4000 characters"
        raise Problem(422, "no-question", "No question", said)
    filters = desk.access.filters(body.filters.as_filters() if body.filters else Filters())
    if body.conversation_id is not None:
        desk.access.check_conversation(body.conversation_id)
    base = str(request.base_url)
    if body.stream:
        told = follow(lambda step: _ask(desk, asked, filters, body.conversation_id, step), desk.threads)
        counted = asked[-1] if body.stream_options and body.stream_options.include_usage else None
        chunks = _chunks(told, base, counted)
        return StreamingResponse(chunks, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
    answer = _ask(desk, asked, filters, body.conversation_id)
    message = {"role": "assistant", **completion(answer, base)}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return JSONResponse({**_head("chat.completion"), "choices": [choice], "usage": _usage(asked[-1], answer)})


def completion(answer: Answer, base: str) -> dict[str, Any]:
    """The message that an answer makes: text, citations of its parts, and the Answer itself."""
    text, annotations = annotated(answer, base)
    return {"content": text, "annotations": annotations, "refusal": None, "pincite": as_json(answer)}


def annotated(answer: Answer, base: str) -> tuple[str, list[dict[str, Any]]]:
    """The answer's Markdown with its list of citations, and where in it each `[n]` stands."""
    quotes = [quote for claim in answer.claims for quote in claim.quotes]
    text, found = answer.answer, []
    for number, quote in enumerate(quotes, 1):
        mark = f"[{number}]"
        at = text.find(mark)
        if at >= 0 and quote.verified:
            url = {
                "start_index": at,
                "end_index": at + len(mark),
                "url": page_url(quote, base),
                "title": quote.citation,
            }
            found.append({"type": "url_citation", "url_citation": url})
    listed = [f"[{n}] {q.citation}{'' if q.verified else ' (not verified)'}" for n, q in enumerate(quotes, 1)]
    return "\n\n".join([text, "  \n".join(listed)] if listed else [text]), found


def page_url(quote: Quote, base: str) -> str:
    """Where the quotation's page can be opened."""
    return urljoin(base, f"/v1/filings/{quote.filing_id}/pdf#page={quote.page or 1}")


def _ask(desk: Desk, asked: list[str], filters: Filters, conversation_id: str | None, progress: Any = None) -> Answer:
    """Answer the last of the questions; earlier ones make a conversation for its length, if none is named."""
    if conversation_id is not None or len(asked) == 1:
        return desk.ask(asked[-1], filters, conversation_id, progress)
    kept = desk.library.conversations
    passing = kept.start(desk.settings.key_matter or None)
    try:
        for question in asked[:-1]:
            kept.add_turn(passing, Turn(question, question, "{}"))
        return desk.ask(asked[-1], filters, passing, progress)
    finally:
        kept.remove(passing)


def _chunks(told: Iterator[Told], base: str, counted: str | None) -> Iterator[str]:
    """The chunks of a streamed reply: the role, each claim, then the citations; the usage where `counted` is asked."""
    head = _head("chat.completion.chunk")
    sent = ""
    yield _chunk(head, {"role": "assistant", "content": ""})
    for item in told:
        if isinstance(item, BaseException):
            problem = problem_of(item)
            yield _event({"error": {**problem, "message": problem["detail"]}})
        elif not isinstance(item, Step):
            made = completion(item, base)
            yield _chunk(head, {"content": made.pop("content").removeprefix(sent)})
            yield _chunk(head, made, "stop")
            if counted is not None:
                yield _event({**head, "choices": [], "usage": _usage(counted, item)})
        elif item.piece:
            sent += item.piece
            yield _chunk(head, {"content": item.piece})
        else:
            yield ": still at work\n\n"
    yield "data: [DONE]\n\n"


def _chunk(head: dict[str, Any], delta: dict[str, Any], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
    return _event({**head, "choices": [choice]})


def _event(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"


def _head(kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": kind, "created": int(time.time()), "model": MODEL}


def _usage(question: str, answer: Answer) -> dict[str, int]:
    """Words for tokens: nothing here is billed, but clients want numbers."""
    asked, said = len(question.split()), len(answer.answer.split())
    return {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}
