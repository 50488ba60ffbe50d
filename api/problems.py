"""Errors as `application/problem+json` (RFC 9457): one table from exception to status and type.

    {"type": "urn:pincite:unknown-filing", "title": "No such filing", "status": 404, "detail": "…"}

`type` is stable and made for programs; `detail` says what happened and what to do, for people. A request that does not
fit its schema also carries `errors`, one object for each place that is wrong.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from corpus import errors

MEDIA_TYPE = "application/problem+json"
URN = "urn:pincite:"
log = logging.getLogger(__name__)


class Kind(NamedTuple):
    """One type of problem: its HTTP status, the end of its URN, and a title for people."""

    status: int
    name: str
    title: str


TABLE: Mapping[type[errors.PinciteError], Kind] = {
    errors.UnreadablePdf: Kind(422, "unreadable-pdf", "The PDF cannot be read"),
    errors.EncryptedPdf: Kind(422, "encrypted-pdf", "The PDF needs a password"),
    errors.NoText: Kind(422, "no-text", "The PDF has no text"),
    errors.ReadingLimit: Kind(422, "reading-limit", "Reading took too long or too much memory"),
    errors.BadCorrection: Kind(422, "bad-correction", "The correction names an unknown field or value"),
    errors.CorpusError: Kind(422, "unreadable-filing", "The filing cannot be read"),
    errors.HomeLocked: Kind(503, "home-locked", "Another process is writing to the library"),
    errors.IndexMismatch: Kind(503, "index-mismatch", "The indexes were built with other settings"),
    errors.UnknownFiling: Kind(404, "unknown-filing", "No such filing"),
    errors.UnknownConversation: Kind(404, "unknown-conversation", "No such conversation"),
    errors.UnknownJob: Kind(404, "unknown-job", "No such job"),
    errors.BadFilter: Kind(422, "bad-filter", "A filter names an unknown field or value"),
    errors.LibraryError: Kind(503, "library-unavailable", "The library cannot serve"),
    errors.ModelUnavailable: Kind(503, "model-unavailable", "A model is out of reach"),
    errors.MalformedReply: Kind(502, "malformed-reply", "The chat model's reply cannot be used"),
    errors.ModelError: Kind(503, "model-error", "A model cannot serve"),
    errors.CitationError: Kind(422, "citation-error", "The filing's facts do not suffice for a citation"),
    errors.PromptError: Kind(500, "prompt-error", "A prompt is missing or does not fit"),
    errors.SettingsError: Kind(500, "settings-error", "A setting is wrong"),
    errors.DatasetError: Kind(422, "dataset-error", "The evaluation set does not fit the filings"),
    errors.PinciteError: Kind(500, "error", "Something went wrong"),
}
INVALID = Kind(422, "invalid-request", "The request does not fit its schema")
INTERNAL = Kind(500, "internal-error", "An error of ours")


class Problem(HTTPException):
    """A request that is refused, with the type and the words of the problem document."""

    def __init__(self, status: int, name: str, title: str, detail: str, headers: Mapping[str, str] | None = None):
        super().__init__(status, detail, dict(headers or {}))
        self.kind = Kind(status, name, title)


def kind_of(error: BaseException) -> Kind:
    """The row of the table for `error`: its own, else that of its nearest parent; INTERNAL for none of ours."""
    return next((TABLE[parent] for parent in type(error).__mro__ if parent in TABLE), INTERNAL)


def problem_of(error: BaseException) -> dict[str, Any]:
    """The problem document for any error; one that is not ours says nothing of the machine."""
    if isinstance(error, Problem):
        return document(error.kind, str(error.detail))
    kind = kind_of(error)
    return document(kind, "The error is in the server's log." if kind is INTERNAL else str(error))


def document(kind: Kind, detail: str, wrong: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """A problem document."""
    made: dict[str, Any] = {"type": URN + kind.name, "title": kind.title, "status": kind.status, "detail": detail}
    return {**made, "errors": list(wrong)} if wrong else made


def respond(made: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> JSONResponse:
    """A problem document as a response."""
    return JSONResponse(dict(made), int(made["status"]), dict(headers or {}), media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Answer every error of `app` with a problem document."""
    app.add_exception_handler(errors.PinciteError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def _ours(_: Request, error: Exception) -> JSONResponse:
    kind = kind_of(error)
    if kind.status >= 500:
        log.error("%s: %s", type(error).__name__, error)
    return respond(problem_of(error), {"Retry-After": "5"} if kind.status == 503 else None)


def _invalid(_: Request, error: Exception) -> JSONResponse:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    wrong = [{"at": ".".join(str(part) for part in one["loc"]), "message": str(one["msg"])} for one in found]
    said = "; ".join(f"{one['at']}: {one['message']}" for one in wrong[:5])
    return respond(document(INVALID, said or "The body is not JSON that can be read.", wrong))


def _http(_: Request, error: Exception) -> JSONResponse:
    if isinstance(error, Problem):
        return respond(problem_of(error), error.headers)
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = str(error.detail) if isinstance(error, HTTPException) else ""
    phrase = HTTPStatus(status).phrase
    headers = error.headers if isinstance(error, HTTPException) else None
    return respond(document(Kind(status, phrase.lower().replace(" ", "-"), phrase), detail), headers)


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return respond(problem_of(error))
