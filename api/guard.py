"""Who may come in, and with how much. A gate before every route; nothing else here knows of HTTP routes.

check_address(host, settings)     refuse to listen beyond this machine without an API key
Gate                              host, origin, key and size of each request; safe headers on each response

Without a key only this machine's own names are answered, so that no web page elsewhere can reach the library by giving
its own name our address. With a key every request but the page's own files must bring it, as a bearer token or as the
cookie that POST /v1/session gives a browser. A request that changes something must come from our own page or no page.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import Problem, document, respond
from corpus.errors import SettingsError
from rag.settings import Settings

COOKIE = "pincite_session"
JSON_BYTES = 2_000_000  # of any request that is no upload
ENVELOPE_BYTES = 100_000  # multipart boundaries and fields around the files
LOCAL_NAMES = frozenset(["localhost", "127.0.0.1", "::1"])
OPEN_PATHS = frozenset(["/", "/healthz", "/v1/session", "/docs", "/favicon.ico"])
UPLOAD_PATH = "/v1/filings"
CHANGING = frozenset(["POST", "PUT", "PATCH", "DELETE"])
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SAFE_HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def check_address(host: str, settings: Settings) -> None:
    """Raise SettingsError where `host` can be reached from other machines and no API key is set."""
    if not settings.api_key and not _is_loopback(host):
        raise SettingsError(
            f"serving {host} opens the library to other machines; set PINCITE_API_KEY, or serve 127.0.0.1"
        )


def _is_loopback(host: str) -> bool:
    if host in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def session_token(api_key: str) -> str:
    """What the browser's cookie holds instead of the key itself."""
    return hmac.new(api_key.encode(), b"pincite session", hashlib.sha256).hexdigest()


def is_key(given: str, api_key: str) -> bool:
    """Whether `given` is the key, compared in constant time."""
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), api_key.encode())


class Gate:
    """The ASGI layer around the whole application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self._token = session_token(settings.api_key) if settings.api_key else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with the problem."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        guarded = _with_safe_headers(scope, send)
        limit = self._limit(scope)
        problem = self._refusal(scope, headers) or _too_long(headers, limit)
        if problem is not None:
            await respond(document(problem.kind, str(problem.detail)), problem.headers)(scope, receive, guarded)
            return
        await self.app(scope, _counted(receive, limit), guarded)

    def _limit(self, scope: Scope) -> int:
        if scope["path"] == UPLOAD_PATH and scope["method"] == "POST":
            return self.settings.max_upload_mb * 1_000_000 + ENVELOPE_BYTES
        return JSON_BYTES

    def _refusal(self, scope: Scope, headers: Headers) -> Problem | None:
        host = headers.get("host", "")
        if not self.settings.api_key and _name(host) not in LOCAL_NAMES:
            return Problem(421, "wrong-host", "Wrong host", f"{host!r} is not this machine; use http://127.0.0.1")
        origin = headers.get("origin")
        if origin is not None and scope["method"] in CHANGING and urlsplit(origin).netloc != host:
            return Problem(
                403, "foreign-origin", "Foreign origin", f"{origin!r} is another site; it may not write here"
            )
        if self._token and not self._is_open(scope) and not self._has_key(headers):
            return Problem(
                401,
                "no-key",
                "No valid API key",
                "send the API key as Authorization: Bearer KEY",
                {"WWW-Authenticate": "Bearer"},
            )
        return None

    def _is_open(self, scope: Scope) -> bool:
        return scope["path"] in OPEN_PATHS or scope["path"].startswith("/web/")

    def _has_key(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return is_key(given.strip(), self.settings.api_key)
        return is_key(_cookie(headers), self._token)


def _name(host: str) -> str:
    """The name in a Host header, its port and brackets taken off."""
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0].lower()


def _cookie(headers: Headers) -> str:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _too_long(headers: Headers, limit: int) -> Problem | None:
    length = headers.get("content-length", "")
    return too_large(limit) if length.isdigit() and int(length) > limit else None


def too_large(limit: int) -> Problem:
    """The problem of a body of more than `limit` bytes."""
    return Problem(413, "too-large", "Too large", f"a request may be {limit / 1e6:.0f} MB here; send less at a time")


def _counted(receive: Receive, limit: int) -> Receive:
    """`receive`, which raises once the body runs over `limit`."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise too_large(limit)
        return message

    return counted


def _with_safe_headers(scope: Scope, send: Send) -> Send:
    """`send`, which adds what every response says about how a browser may use it."""

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            for name, value in SAFE_HEADERS.items():
                headers.setdefault(name, value)
            if not headers.get("content-type", "").startswith("application/pdf"):
                headers.setdefault("Content-Security-Policy", PAGE_POLICY)
            if scope["path"].startswith("/v1/"):
                headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return guarded
