"""The interface's own description, at /openapi.json: every response a route may give, and how the key is sent."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api import schemas
from api.problems import MEDIA_TYPE

SAYS = (
    "Question a court record and get answers in the record's own words, each quotation verified and pin-cited. "
    "Errors are application/problem+json with a stable type."
)
TAGS = ("questions", "filings", "pages", "passages", "conversations", "status", "other clients")
# status, and what it means, of the problems that any route may answer with
COMMON = {
    "400": "The request cannot be read",
    "401": "No valid API key",
    "403": "Not for this key, or from another site",
    "404": "No such thing",
    "405": "Not a method of this path",
    "413": "Too large",
    "415": "Not a media type that is taken here",
    "421": "Wrong host",
    "422": "The request does not fit its schema, or names what cannot be",
    "500": "An error of ours",
    "502": "The chat model's reply cannot be used",
    "503": "The library or a model cannot serve now",
}


def describe(app: FastAPI) -> None:
    """Make `app` describe itself."""

    def made() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _schema(app)
        return app.openapi_schema

    app.openapi = made  # type: ignore[method-assign]  # FastAPI's own way to change the description


def _schema(app: FastAPI) -> dict[str, Any]:
    tags = [{"name": tag} for tag in TAGS]
    schema = get_openapi(title=app.title, version="1", description=SAYS, routes=app.routes, tags=tags)
    parts = schema.setdefault("components", {})
    parts["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    known = parts.setdefault("schemas", {})
    known["Problem"] = schemas.ProblemOut.model_json_schema()
    for name in ("HTTPValidationError", "ValidationError"):
        known.pop(name, None)
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path in schema["paths"].values():
        for operation in path.values():
            operation["security"] = [{}, {"key": []}]
            for status, says in COMMON.items():
                operation["responses"][status] = {"description": says, "content": content}
    return schema
