"""The library as tools of the Model Context Protocol: search, fetch, ask. Needs the extra `mcp`.

mount(app, desk)     at /mcp, streamable HTTP, behind the same gate as everything else
serve_stdio(desk)    on stdin and stdout, for `pincite mcp`

`search` and `fetch` return what research clients expect: {"results": [{id, title, url}]} and {id, title, text, url,
metadata}. An id is a passage's, or a whole filing's; a url opens the PDF at the page.
"""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from typing import Any
from urllib.parse import urljoin

from fastapi import FastAPI
from mcp.server import MCPServer
from mcp.server.transport_security import TransportSecuritySettings

from api.desk import Desk
from api.wire import as_json, listing_json
from corpus.errors import UnknownFiling
from rag.model import Hit

BASE = "http://127.0.0.1:8000/"  # where `pincite serve` answers unless told otherwise
SEARCH_K = 10
SAYS = (
    "A library of court filings. Search it for passages, fetch a passage or a filing by id, or ask a question and get "
    "an answer in the filings' own words. Quote only what is returned, with its citation, and say who speaks: an "
    "advocate's argument or a dissent is not the law."
)


def make_server(desk: Desk, base: str = BASE) -> MCPServer[Any]:
    """The tools, over `desk`; urls begin with `base`."""
    server: MCPServer[Any] = MCPServer("pincite", title="Pincite", instructions=SAYS, log_level="WARNING")

    @server.tool()
    async def search(query: str) -> dict[str, Any]:
        """Find passages in the filings. Each result has an id to fetch, a citation as its title, and a url."""
        return await asyncio.to_thread(_search, desk, query, base)

    @server.tool()
    async def fetch(id: str) -> dict[str, Any]:  # the name that clients send
        """Get the full text of a passage, or of a whole filing, by an id from search."""
        return await asyncio.to_thread(_fetch, desk, id, base)

    @server.tool()
    async def ask(question: str) -> dict[str, Any]:
        """Answer a question in the filings' own words: claims with verified, pin-cited quotations, or silence."""
        return await asyncio.to_thread(lambda: as_json(desk.ask(question)))

    return server


def mount(app: FastAPI, desk: Desk) -> AbstractAsyncContextManager[None]:
    """Serve the tools at /mcp; they work within the block returned."""
    server = make_server(desk)
    # host and origin are checked by the gate around the whole application
    unchecked = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    inner = server.streamable_http_app(
        streamable_http_path="/mcp", stateless_http=True, json_response=True, transport_security=unchecked
    )
    app.router.routes.extend(inner.routes)
    return server.session_manager.run()


def serve_stdio(desk: Desk) -> None:
    """Serve the tools on stdin and stdout until the client goes."""
    make_server(desk).run("stdio")


def _search(desk: Desk, query: str, base: str) -> dict[str, Any]:
    return {"results": [_result(hit, base) for hit in desk.search(query, SEARCH_K).hits]}


def _result(hit: Hit, base: str) -> dict[str, Any]:
    return {
        "id": hit.passage_id,
        "title": hit.citation,
        "url": _url(hit.filing.id, hit.page, base),
        "text": hit.text,
        "speaker": as_json(hit.speaker),
        "restates": as_json(hit.restates) if hit.restates else None,
        "writing": hit.writing,
    }


def _fetch(desk: Desk, wanted: str, base: str) -> dict[str, Any]:
    filing_id, colon, _ = wanted.partition(":")
    listing = desk.access.listing(filing_id)
    about = listing_json(listing)
    if not colon:
        text = desk.library.catalog.filing(filing_id).text
        title = listing.facts.title or listing.file
        return {"id": wanted, "title": title, "text": text, "url": _url(filing_id, 1, base), "metadata": about}
    found = desk.library.passages([wanted])
    if not found:
        raise UnknownFiling(f"no passage {wanted}")
    passage = found[0]
    about |= {"page": passage.page, "speaker": as_json(passage.speaker), "headings": list(passage.headings)}
    about["restates"] = as_json(passage.restates) if passage.restates else None
    title = f"{listing.facts.title or listing.file}, PDF page {passage.page}"
    return {
        "id": wanted,
        "title": title,
        "text": passage.text,
        "url": _url(filing_id, passage.page, base),
        "metadata": about,
    }


def _url(filing_id: str, page: int, base: str) -> str:
    return urljoin(base, f"/v1/filings/{filing_id}/pdf#page={page}")
