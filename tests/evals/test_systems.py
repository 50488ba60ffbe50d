"""A running server as the harness asks it, and the home that is used again."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

from corpus.errors import LibraryError
from evals.datasets import SAMPLE, Dataset, Judgment
from evals.systems import InProcess, Server, fingerprint
from rag.models import LangChainChat, Models
from rag.settings import Settings

ORDER = "gov.uscourts.cand.990417.61.0.pdf"


def server(reply: Any) -> Server:
    """A server whose answers `reply(request)` gives."""
    return Server(httpx.Client(base_url="http://test", transport=httpx.MockTransport(reply)))


def test_a_search_is_the_contract_s() -> None:
    """POST /v1/search with query and k; the hits come back as they are."""
    asked: list[dict[str, Any]] = []

    def reply(request: httpx.Request) -> httpx.Response:
        asked.append({"path": request.url.path, **json.loads(request.content)})
        return httpx.Response(200, json={"query": "q", "hits": [{"rank": 1}], "timings_ms": {}})

    hits, waited = server(reply).search("q", 5)
    assert (hits, asked) == ([{"rank": 1}], [{"path": "/v1/search", "query": "q", "k": 5}])
    assert waited >= 0


def test_all_files_are_listed_page_by_page() -> None:
    """A server with more filings than one answer holds is asked again."""

    def reply(request: httpx.Request) -> httpx.Response:
        start = int(request.url.params["offset"])
        filings = [{"file": f"{n}.pdf"} for n in range(start, min(start + 2, 5))]
        return httpx.Response(200, json={"filings": filings, "total": 5})

    assert server(reply).files() == {f"{n}.pdf" for n in range(5)}


@pytest.mark.parametrize("status", [404, 422, 503])
def test_a_server_s_refusal_is_told_in_its_own_words(status: int) -> None:
    """The problem document's text is in the message."""
    with pytest.raises(LibraryError, match="the home is locked"):
        server(lambda _: httpx.Response(status, json={"detail": "the home is locked"})).ask("?", None)


def test_a_server_that_is_not_there_is_named() -> None:
    """No answer at all says which address gave none."""

    def reply(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(LibraryError, match="no answer from http://test"):
        server(reply).search("?", 5)


def test_a_server_is_left_without_the_conversations_of_a_run() -> None:
    """What was begun for a run is forgotten after it, and nothing else."""
    seen: list[str] = []

    def reply(request: httpx.Request) -> httpx.Response:
        seen.append(f"{request.method} {request.url.path}")
        if request.method == "DELETE":
            return httpx.Response(204)
        return httpx.Response(200, json={"conversation_id": json.loads(request.content)["conversation_id"] and "c7"})

    asked = server(reply)
    for conversation in (None, asked.begin(), "c7"):
        asked.ask("?", conversation)
    asked.forget()
    assert seen == ["POST /v1/ask"] * 3 + ["DELETE /v1/conversations/c7"]


def test_a_chat_model_s_tokens_are_counted_as_its_provider_counts_them() -> None:
    """Each reply adds what its usage says; one that says nothing adds nothing; without a chat model it is zero."""
    usage = {"input_tokens": 900, "output_tokens": 40, "total_tokens": 940}
    messages = [AIMessage("one", usage_metadata=usage), AIMessage("two"), AIMessage("three", usage_metadata=usage)]
    chat = LangChainChat("fake", GenericFakeChatModel(messages=iter(messages)))
    for _ in messages:
        chat.reply([("user", "?")])
    assert _in_process(chat).spent() == (1800, 80)
    assert _in_process(None).spent() == (0, 0)


def _in_process(chat: Any) -> InProcess:
    """Only its models are looked at."""
    return InProcess(None, Models(None, None, chat), Settings(), {})  # type: ignore[arg-type]


def test_a_home_is_named_by_what_it_would_hold(tmp_path: Path) -> None:
    """Another embedder or another PDF makes another home; other questions do not."""
    one = Dataset("d", (Judgment("a", "?", False),), (SAMPLE / "pdfs" / ORDER,))
    same = Dataset("d", (Judgment("b", "?", False),), one.pdfs)
    other = tmp_path / ORDER
    other.write_bytes(b"%PDF-")
    assert fingerprint(one, "m") == fingerprint(same, "m")
    assert len({fingerprint(one, "m"), fingerprint(one, "n"), fingerprint(Dataset("d", (), (other,)), "m")}) == 3
