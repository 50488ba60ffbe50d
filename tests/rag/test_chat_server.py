"""A chat model behind an OpenAI-compatible server: whatever the server does, the reader gets an answer of the record."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from docket import DOCKET, hits
from made import WordEmbedder

from evals.chat.hostile import Hostile
from evals.chat.server import Answering, Reply, Request, completion, serve
from rag.answer import Drafted, draft_answer
from rag.models import Models, load_chat
from rag.question import read_question
from rag.sentences import candidates
from rag.settings import Settings

pytest.importorskip("langchain_openai", reason="needs pip install 'pincite[openai]'")

FILINGS = {one.id: one for one in DOCKET}
QUESTION = "Did the court accept the claim that a private agent is immune?"
TRUE_WORDS = "The Court rejects the claim that a private agent shares the common-law immunity of a sovereign."
CHOSEN = json.dumps(
    {
        "answerable": True,
        "claims": [{"speaker": "court", "holding": True, "quotes": [{"passage": 5, "text": TRUE_WORDS}]}],
    }
)


def asked(base_url: str, *, timeout_s: float = 20.0) -> Drafted:
    settings = Settings(chat_model="local", chat_base_url=base_url, chat_timeout_s=timeout_s)
    models = Models(WordEmbedder(), None, load_chat(settings))
    question, found = read_question(QUESTION), hits(DOCKET)
    ranked = candidates(question, found, FILINGS, models)
    return draft_answer(question, found, ranked, FILINGS, models, settings, same_case=True)


@pytest.fixture
def at() -> Iterator[Callable[[Answering], str]]:
    """Start a server that ends with the test; its base URL comes back."""
    with ExitStack() as opened:
        yield lambda answer: opened.enter_context(serve(answer))


def test_the_whole_path_over_the_wire(at: Callable[[Answering], str]) -> None:
    """A server by base URL is asked with the schema and temperature 0, and its choice is shown in the record's words."""
    seen: list[Request] = []

    def answer(request: Request) -> Reply:
        seen.append(request)
        return completion(CHOSEN)

    said = asked(at(answer))
    assert (said.model, said.warnings) == ("local", ())
    assert said.draft.text.startswith("**The district court’s ruling: rejected.** The district court held: “")
    assert [message["role"] for message in seen[0]["messages"]] == ["system", "user"]
    assert seen[0]["temperature"] == 0
    assert seen[0]["response_format"]["json_schema"]["schema"]["required"] == ["answerable", "claims"]
    assert len(seen) == 1


def test_a_model_that_refuses_a_temperature_is_sent_none(at: Callable[[Answering], str]) -> None:
    """Reasoning models answer an error to any temperature; LangChain's table says which they are."""
    seen: list[Request] = []

    def answer(request: Request) -> Reply:
        seen.append(request)
        return completion(CHOSEN)

    url = at(answer)
    for name in ("o3", "local"):
        chat = load_chat(Settings(chat_model=name, chat_base_url=url))
        assert chat is not None
        chat.reply([("user", "Who spoke?")])
    assert ["temperature" in request for request in seen] == [False, True]


def no_schema(request: Request) -> Reply:
    """A server that refuses structured output."""
    if "response_format" in request:
        return Reply('{"error": {"message": "unknown field response_format"}}', status=400)
    return completion(f"Here is the answer.\n```json\n{CHOSEN}\n```")


def unheeding(_: Request) -> Reply:
    """A server that passes over what it does not know."""
    return completion(f"<think>Let me see.</think>\n```json\n{CHOSEN}\n```")


@pytest.mark.parametrize("answer", [no_schema, unheeding])
def test_a_server_without_structured_output_is_read_all_the_same(
    at: Callable[[Answering], str], answer: Answering
) -> None:
    """Structured output refused or ignored: the object is read from the text."""
    said = asked(at(answer))
    assert (said.model, len(said.draft.claims)) == ("local", 1)


def drips(_: Request) -> Reply:
    time.sleep(3)
    return completion(CHOSEN)


NO_COMPLETION = "no chat model's server"
FAILING = (
    ("500", lambda _: Reply('{"error": {"message": "out of memory"}}', status=500), "out of memory"),
    ("502, a page", lambda _: Reply("<html>" + "x" * 5000, status=502, content_type="text/html"), "502|<html>"),
    ("429", lambda _: Reply('{"error": {"message": "slow down"}}', status=429, headers={"retry-after": "0"}), "slow down"),
    ("401", lambda _: Reply('{"error": {"message": "bad key"}}', status=401), "bad key"),
    ("400 to everything", lambda _: Reply('{"error": {"message": "window exceeded"}}', status=400), "window exceeded"),
    ("404", lambda _: Reply('{"error": {"message": "no such model"}}', status=404), "no such model"),
    ("HTML", lambda _: Reply("<html>Welcome to nginx!</html>", content_type="text/html"), NO_COMPLETION),
    ("text that says it is JSON", lambda _: Reply("Welcome!"), NO_COMPLETION),
    ("half an object", lambda _: Reply('{"choices": [{"mess'), NO_COMPLETION),
    ("another object", lambda _: Reply('{"hello": "world"}'), NO_COMPLETION),
    ("a list", lambda _: Reply("[]"), NO_COMPLETION),
    ("null", lambda _: Reply("null"), NO_COMPLETION),
    ("no choices", lambda _: Reply('{"id": "x", "object": "chat.completion", "choices": []}'), NO_COMPLETION),
    ("an error with status 200", lambda _: Reply('{"error": {"message": "loading"}}'), "loading|" + NO_COMPLETION),
    ("nothing", lambda _: Reply(""), NO_COMPLETION),
)  # fmt: skip


@pytest.mark.parametrize(("answer", "why"), [row[1:] for row in FAILING], ids=[row[0] for row in FAILING])
def test_a_server_that_fails_leaves_the_composed_answer_and_says_why(
    at: Callable[[Answering], str], answer: Answering, why: str
) -> None:
    """An error, or something that is no completion: the answer is composed, and a short warning says what came."""
    said = asked(at(answer))
    assert said.model == "composed"
    assert said.draft.claims
    (warning,) = said.warnings
    assert warning.startswith("chat model 'local' did not answer: ")
    assert warning.endswith("The answer was composed without it.")
    assert any(part in warning for part in why.split("|")), warning
    assert len(warning) < 300


def test_a_server_that_is_down_leaves_the_composed_answer_and_says_so() -> None:
    """Nobody listens there: the answer is composed, and a warning says that no connection was made."""
    with serve(lambda _: completion(CHOSEN)) as url:
        pass
    said = asked(url)
    assert said.model == "composed"
    assert said.draft.claims
    assert said.warnings == (
        "chat model 'local' did not answer: Connection error. The answer was composed without it.",
    )


def test_a_server_that_is_slow_is_given_up(at: Callable[[Answering], str]) -> None:
    """After the setting's seconds the answer is composed, and a warning says how long was waited."""
    said = asked(at(drips), timeout_s=0.3)
    assert said.model == "composed"
    assert said.draft.claims
    assert "nothing came within 0.3 s" in said.warnings[0] or "timed out" in said.warnings[0]


EMPTY = (
    ("no words", lambda _: completion("")),
    ("null", lambda _: completion(None)),
    ("a refusal", lambda _: completion(None, refusal="I cannot give legal advice.")),
    ("cut off", lambda _: completion(CHOSEN[:80], finish="length")),
    ("filtered", lambda _: completion("", finish="content_filter")),
    ("prose", lambda _: completion("The court held for Velkane in all things.")),
    ("a list", lambda _: completion("[1, 2, 3]")),
    ("null as text", lambda _: completion("null")),
    ("another object", lambda _: completion('{"holding": "for Velkane"}')),
)


@pytest.mark.parametrize("answer", [row[1] for row in EMPTY], ids=[row[0] for row in EMPTY])
def test_a_reply_without_an_answer_leaves_the_composed_one(at: Callable[[Answering], str], answer: Answering) -> None:
    """Empty, refused, cut off, prose or another shape: the answer is composed, and a warning says so."""
    said = asked(at(answer))
    assert said.model == "composed"
    assert said.draft.claims
    assert any("composed without it" in warning for warning in said.warnings)
    assert "Velkane in all things" not in said.draft.text + " ".join(said.warnings)


def test_a_lying_server_is_never_believed(at: Callable[[Answering], str]) -> None:
    """Fifty replies of falsified claims over the wire: what is shown is the filings' own, slice by slice."""
    url = at(Hostile(7))
    shown = 0
    for _ in range(50):
        for quote in [quote for one in asked(url).draft.claims for quote in one.quotes]:
            shown += 1
            assert FILINGS[quote.filing_id].text[quote.start : quote.end] == quote.text
    assert shown
