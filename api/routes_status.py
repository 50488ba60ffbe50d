"""Health, readiness, metrics, the browser's session, and the page itself.

The page's files are read once, when the application is made: no path of a request reaches the file system.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from api import schemas
from api.desk import AtDesk
from api.guard import COOKIE, is_key, session_token
from api.problems import Problem
from rag.model import Filters

router = APIRouter()
WEB = Path(__file__).parent / "web"
TYPES: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


class Asset(NamedTuple):
    """A file of the page."""

    content: bytes
    media_type: str
    tag: str


def read_assets(folder: Path = WEB) -> dict[str, Asset]:
    """The page's files by name."""
    found = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in TYPES:
            content = path.read_bytes()
            found[path.name] = Asset(content, TYPES[path.suffix], f'"{hashlib.sha256(content).hexdigest()[:16]}"')
    return found


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz", response_model=schemas.HealthOut, tags=["status"])
async def health() -> JSONResponse:
    """Whether the server runs. Answered by the event loop itself."""
    return JSONResponse({"status": "ok"})


@router.head("/readyz", include_in_schema=False)
@router.get("/readyz", response_model=schemas.HealthOut, tags=["status"])
def ready(desk: AtDesk) -> JSONResponse:
    """Whether questions can be answered: the catalog opens, the indexes fit the model."""
    desk.library.check_embedder(desk.models.embedder)
    desk.library.scope()
    count = desk.library.catalog.count(desk.access.filters(Filters()))
    return JSONResponse({"status": "ready", "filings": count})


@router.get("/metrics", tags=["status"], response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def metrics(desk: AtDesk) -> Response:
    """Counts and times, as Prometheus reads them."""
    count = desk.library.catalog.count(desk.access.filters(Filters()))
    return Response(desk.metrics.text(filings=count), media_type="text/plain; version=0.0.4; charset=utf-8")


@router.get("/v1/session", response_model=schemas.SessionOut, tags=["status"])
def session(request: Request, desk: AtDesk) -> JSONResponse:
    """Whether an API key is needed here, and whether this browser has given it."""
    needed = bool(desk.settings.api_key)
    given = needed and is_key(request.cookies.get(COOKIE, ""), session_token(desk.settings.api_key))
    return JSONResponse({"needed": needed, "given": given})


@router.post("/v1/session", response_model=schemas.SessionOut, tags=["status"])
def open_session(body: schemas.SessionIn, request: Request, desk: AtDesk) -> JSONResponse:
    """Give the API key once; the browser keeps a cookie that no script can read."""
    key = desk.settings.api_key
    if not key:
        return JSONResponse({"needed": False, "given": False})
    if not is_key(body.key, key):
        raise Problem(401, "no-key", "No valid API key", "this is not the server's API key")
    response = JSONResponse({"needed": True, "given": True})
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, session_token(key), httponly=True, samesite="strict", secure=secure, max_age=2_592_000)
    return response


@router.head("/", include_in_schema=False)
@router.get("/", include_in_schema=False)
def index(request: Request) -> Response:
    """The page."""
    return _asset(request, "index.html")


@router.head("/docs", include_in_schema=False)
@router.get("/docs", include_in_schema=False)
def reference(request: Request) -> Response:
    """The reference of this interface, drawn from /openapi.json."""
    return _asset(request, "docs.html")


@router.get("/favicon.ico", include_in_schema=False)
def icon(request: Request) -> Response:
    """The page's sign."""
    return _asset(request, "icon.svg")


@router.head("/web/{name}", include_in_schema=False)
@router.get("/web/{name}", include_in_schema=False)
def asset(name: str, request: Request) -> Response:
    """A file of the page."""
    return _asset(request, name)


def _asset(request: Request, name: str) -> Response:
    assets: Mapping[str, Asset] = request.app.state.assets
    if name not in assets:
        raise Problem(404, "unknown-path", "No such path", f"the page has no file {name!r}")
    found = assets[name]
    headers = {"ETag": found.tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == found.tag:
        return Response(status_code=304, headers=headers)
    return Response(found.content, media_type=found.media_type, headers=headers)
