"""Clients made for others work: OpenAI's Python client, and a client of the Model Context Protocol."""

import asyncio
import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from serving import serving

from rag.model import Answer, Step
from rag.models import Models
from rag.pipeline import ask
from rag.settings import Settings

QUESTION = "What does the dissent say about Halkbank?"
KEY = "a key of the tests"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def address(
    settings: Settings, models: Models, library: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A running server that wants a key."""
    with serving(settings, models, tmp_path_factory.mktemp("served") / "home", api_key=KEY) as url:
        yield url


@pytest.fixture
def openai_client(address: str) -> Any:
    openai = pytest.importorskip("openai", reason="the openai client is not installed")
    with openai.OpenAI(base_url=f"{address}/v1", api_key=KEY, max_retries=0) as client:
        yield client


def test_openais_client_gets_a_cited_answer(openai_client: Any) -> None:
    """A chat completion has the answer, citations whose marks stand where they say, and the whole Answer beside it."""
    assert [model.id for model in openai_client.models.list()] == ["pincite"]
    reply = openai_client.chat.completions.create(model="pincite", messages=[{"role": "user", "content": QUESTION}])
    message = reply.choices[0].message
    assert message.annotations
    for number, annotation in enumerate(message.annotations, 1):
        cited = annotation.url_citation
        assert message.content[cited.start_index : cited.end_index] == f"[{number}]"
        assert "/pdf#page=" in cited.url
        assert cited.title in message.content
    assert message.pincite["claims"]


def test_openais_client_gets_the_same_streamed(openai_client: Any) -> None:
    """The pieces of a stream make the same text, and the last brings the citations."""
    asked: list[Any] = [{"role": "user", "content": QUESTION}]
    whole = openai_client.chat.completions.create(model="pincite", messages=asked).choices[0].message
    pieces = list(openai_client.chat.completions.create(model="pincite", messages=asked, stream=True))
    assert "".join(piece.choices[0].delta.content or "" for piece in pieces) == whole.content
    assert pieces[-1].choices[0].finish_reason == "stop"
    last = pieces[-1].choices[0].delta.annotations
    assert [one["url_citation"]["title"] for one in last] == [one.url_citation.title for one in whole.annotations]


def test_openais_client_reads_each_claim_as_it_is_composed(
    settings: Settings, models: Models, library: object, tmp_path: Path
) -> None:
    """The role is there before anything is found, and a claim is read while the answer is still being made."""
    openai = pytest.importorskip("openai", reason="the openai client is not installed")
    may_find, may_end = threading.Event(), threading.Event()

    def halting(question: str, *, progress: Any = None, **given: Any) -> Answer:
        assert may_find.wait(60)

        def watched(step: Step) -> None:
            progress(step)
            assert step.stage != "claim" or may_end.wait(60)

        return ask(question, progress=watched, **given)

    with (
        serving(settings, models, tmp_path / "home", ask=halting) as address,
        openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as client,
    ):
        asked: list[Any] = [{"role": "user", "content": QUESTION}]
        options = {"include_usage": True}
        reply = client.chat.completions.create(model="pincite", messages=asked, stream=True, stream_options=options)
        assert next(reply).choices[0].delta.role == "assistant"
        may_find.set()
        first = next(reply).choices[0].delta.content
        assert first.endswith("[1]")
        may_end.set()
        *rest, last, counted = list(reply)
        assert last.choices[0].finish_reason == "stop"
        assert last.choices[0].delta.pincite["answer"].startswith(first + rest[0].choices[0].delta.content)
        assert counted.usage.total_tokens > counted.usage.prompt_tokens > 0


def test_earlier_messages_are_what_a_follow_up_refers_to(openai_client: Any) -> None:
    """A conversation sent whole is answered, and leaves no conversation behind."""
    asked: list[Any] = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": QUESTION},
        {"role": "assistant", "content": "…"},
        {"role": "user", "content": [{"type": "text", "text": "And what does the majority answer?"}]},
    ]
    reply = openai_client.chat.completions.create(model="pincite", messages=asked)
    assert reply.choices[0].message.content
    kept = openai_client.get("/conversations", cast_to=object)
    assert kept["conversations"] == []


def test_openais_client_sees_a_problem_as_an_error(openai_client: Any, address: str) -> None:
    """A wrong key and an empty question are errors of the client's own kinds."""
    import openai

    with pytest.raises(openai.AuthenticationError):
        openai_client.with_options(api_key="wrong").models.list()
    with pytest.raises(openai.UnprocessableEntityError):
        openai_client.chat.completions.create(model="pincite", messages=[{"role": "system", "content": "x"}])


def content_of(result: Any) -> dict[str, Any]:
    """The JSON that a tool's text content holds."""
    assert not result.is_error, result
    said: dict[str, Any] = json.loads(result.content[0].text)
    return said


async def use_tools(client: Any) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Search, fetch the first passage and its filing, ask."""
    tools = {tool.name for tool in (await client.list_tools()).tools}
    assert tools == {"search", "fetch", "ask"}
    found = content_of(await client.call_tool("search", {"query": "derivative immunity"}))
    first = found["results"][0]["id"]
    passage = content_of(await client.call_tool("fetch", {"id": first}))
    filing = content_of(await client.call_tool("fetch", {"id": first.partition(":")[0]}))
    answer = content_of(await client.call_tool("ask", {"question": QUESTION}))
    return found, passage, filing, answer


def check_tools(found: dict[str, Any], passage: dict[str, Any], filing: dict[str, Any], answer: dict[str, Any]) -> None:
    """What research clients rely on is there."""
    assert all(one["id"] and one["title"] and "#page=" in one["url"] for one in found["results"])
    assert set(passage) == {"id", "title", "text", "url", "metadata"}
    assert passage["text"] in filing["text"]
    assert answer["claims"][0]["quotes"][0]["verified"]


def test_an_mcp_client_over_http_searches_fetches_and_asks(address: str) -> None:
    """The tools work over streamable HTTP, behind the same key."""
    mcp = pytest.importorskip("mcp", reason="the mcp package is not installed")
    from httpx2 import AsyncClient
    from mcp.client.streamable_http import streamable_http_client

    async def run() -> None:
        headers = {"Authorization": f"Bearer {KEY}"}
        async with (
            AsyncClient(headers=headers, timeout=60) as http,
            mcp.Client(streamable_http_client(f"{address}/mcp", http_client=http)) as client,
        ):
            check_tools(*await use_tools(client))

    asyncio.run(run())


def test_an_mcp_client_in_this_process_does_the_same(client: TestClient) -> None:
    """The tools themselves, without a transport between."""
    mcp = pytest.importorskip("mcp", reason="the mcp package is not installed")
    from api.mcp import make_server

    async def run() -> None:
        async with mcp.Client(make_server(client.app.state.desk)) as tools:  # type: ignore[attr-defined]
            check_tools(*await use_tools(tools))

    asyncio.run(run())


def test_an_mcp_client_over_stdio_does_the_same(settings: Settings, library: object) -> None:
    """The tools work for a client that starts the server itself; a library being served can be read beside."""
    mcp = pytest.importorskip("mcp", reason="the mcp package is not installed")
    command = mcp.StdioServerParameters(command=sys.executable, args=["-c", STDIO, str(settings.home)], cwd=str(ROOT))

    async def run() -> None:
        async with mcp.Client(command) as tools:
            check_tools(*await use_tools(tools))

    asyncio.run(run())


STDIO = """
import sys
from pathlib import Path
from api.app import make_desk
from api.mcp import serve_stdio
from rag.library import open_library
from rag.models import load_models
from rag.settings import Settings
settings = Settings(home=Path(sys.argv[1]), reranker="none")
with open_library(settings) as library:
    serve_stdio(make_desk(settings, library, load_models(settings)))
"""
