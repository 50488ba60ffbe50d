"""Search, ask, conversations and export keep to the contract, over a library read for real."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import fields

import pytest
from docx import Document
from fastapi.testclient import TestClient

from rag.library import Library
from rag.model import Answer, Hit

QUESTION = "What does the dissent say about Halkbank?"


def test_a_search_returns_hits_of_the_contract(client: TestClient) -> None:
    """A hit has every field of the noun, its text is its filing's slice, and ranks count from one."""
    found = client.post("/v1/search", json={"query": "derivative immunity of a contractor", "k": 4}).json()
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3, 4]
    assert set(found["hits"][0]) == {field.name for field in fields(Hit)}
    assert found["query"] == "derivative immunity of a contractor"
    assert found["timings_ms"]["search"] > 0


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ({"kind": "opinion"}, {"opinion"}),  # a value
        ({"kind": ["reply", "opinion"]}, {"reply", "opinion"}),  # a list of values
        ({"matter": "Elsewhere"}, {"declaration"}),
        ({"filed_after": "2024-01-01"}, {"opinion"}),
        ({"filing_ids": "23-90882 Opinion.pdf"}, {"opinion"}),  # by file name
    ],
)
def test_filters_take_a_value_or_a_list(client: TestClient, filters: dict[str, object], kept: set[str]) -> None:
    """Only filings that the filters allow are found."""
    found = client.post("/v1/search", json={"query": "Velkane immunity", "k": 30, "filters": filters}).json()
    assert {hit["filing"]["kind"] for hit in found["hits"]} <= kept
    assert found["hits"]


def test_an_answer_is_quoted_word_for_word(client: TestClient, library: Library) -> None:
    """Every verified quotation is its filing's own text at the offsets given, white space folded."""
    answer = client.post("/v1/ask", json={"question": QUESTION}).json()
    assert set(answer) >= {field.name for field in fields(Answer)}
    quotes = [quote for claim in answer["claims"] for quote in claim["quotes"]]
    assert quotes
    for quote in quotes:
        filing = library.catalog.filing(quote["filing_id"])
        assert quote["verified"]
        assert " ".join(filing.text[quote["start"] : quote["end"]].split()) == " ".join(quote["text"].split())


def events_of(text: str) -> list[tuple[str, dict[str, object]]]:
    """The named events of a stream with their data."""
    found = []
    for block in text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return found


def test_a_streamed_answer_is_the_answer(client: TestClient) -> None:
    """The stream tells steps and claims and ends with the whole answer, the same as without streaming."""
    plain = client.post("/v1/ask", json={"question": QUESTION}).json()
    response = client.post("/v1/ask", json={"question": QUESTION, "stream": True})
    assert response.headers["content-type"].startswith("text/event-stream")
    told = events_of(response.text)
    assert told[0][0] == "step"
    assert told[-1][0] == "answer"
    assert {**told[-1][1], "timings_ms": {}} == {**plain, "timings_ms": {}}
    assert [data["claim"] for name, data in told if name == "claim"] == plain["claims"]


def test_a_conversation_begins_with_its_first_question(
    client: TestClient, client_with: Callable[..., TestClient]
) -> None:
    """A question that asks for a new conversation is answered with its id, in the matter the key is for."""
    asked = {"question": QUESTION, "conversation_id": "new"}
    begun = client.post("/v1/ask", json=asked).json()["conversation_id"]
    assert len(client.get(f"/v1/conversations/{begun}").json()["turns"]) == 1
    client.delete(f"/v1/conversations/{begun}")
    limited = client_with("k", api_key="k", key_matter="Tarnwick")
    mine = limited.post("/v1/ask", json=asked).json()["conversation_id"]
    assert limited.get(f"/v1/conversations/{mine}").json()["matter"] == "Tarnwick"
    assert limited.delete(f"/v1/conversations/{mine}").status_code == 204


def test_a_conversation_is_kept(client: TestClient) -> None:
    """An exchange asked in a conversation is there when the conversation is opened again, and gone once forgotten."""
    begun = client.post("/v1/conversations", json={}).json()["id"]
    client.post("/v1/ask", json={"question": QUESTION, "conversation_id": begun})
    kept = client.get(f"/v1/conversations/{begun}").json()
    assert [turn["question"] for turn in kept["turns"]] == [QUESTION]
    assert kept["turns"][0]["answer"]["claims"]
    assert begun in [one["id"] for one in client.get("/v1/conversations").json()["conversations"]]
    assert client.delete(f"/v1/conversations/{begun}").status_code == 204
    assert client.get(f"/v1/conversations/{begun}").json()["type"] == "urn:pincite:unknown-conversation"


def test_facets_and_suggestions_fit_the_library(client: TestClient) -> None:
    """Facets are values that filings have; a sample docket brings its own questions."""
    facets = client.get("/v1/facets").json()
    assert facets["matter"] == ["Elsewhere", "Tarnwick"]
    assert facets["court_names"]["ca9"] == "9th Cir."
    assert len(client.get("/v1/suggestions").json()["questions"]) >= 3


def passages(client: TestClient) -> list[dict[str, object]]:
    hits = client.post("/v1/search", json={"query": "derivative immunity", "k": 3}).json()["hits"]
    return [
        {"filing_id": hit["filing"]["id"], "start": hit["start"], "end": hit["end"], "note": "mine"} for hit in hits
    ]


def exported(client: TestClient, form: str) -> bytes:
    body = {"format": form, "title": "For the brief", "passages": passages(client)}
    response = client.post("/v1/export", json=body)
    assert response.status_code == 200, response.text
    return response.content


def test_a_word_export_holds_the_words_and_their_citations(client: TestClient) -> None:
    """A DOCX opens, and has each passage with its citation."""
    hits = client.post("/v1/search", json={"query": "derivative immunity", "k": 3}).json()["hits"]
    said = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(exported(client, "docx"))).paragraphs)
    assert "For the brief" in said
    for hit in hits:
        assert hit["citation"] in said
        assert " ".join(hit["text"].split())[5:60].replace("“", "‘").replace("”", "’") in said.replace(
            "“", "‘"
        ).replace("”", "’")


def test_a_csv_export_reads_back(client: TestClient) -> None:
    """A row a passage, after one of headings; no cell can be computed by a spreadsheet."""
    rows = list(csv.DictReader(io.StringIO(exported(client, "csv").decode("utf-8-sig"))))
    assert [row["number"] for row in rows] == ["1", "2", "3"]
    assert all(row["citation"] and row["quotation"] and row["note"] == "mine" for row in rows)
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_a_markdown_export_quotes_and_cites(client: TestClient) -> None:
    """Each passage is a block quotation with its citation under it."""
    assert exported(client, "md").decode().count("\n> ") == 3


def test_an_export_takes_no_words_from_the_request(client: TestClient, ids: dict[str, str]) -> None:
    """A place outside the text is refused, so nothing is exported that the filing does not say."""
    body = {"format": "md", "passages": [{"filing_id": ids["reply"], "start": 0, "end": 99_999_999}]}
    assert client.post("/v1/export", json=body).json()["type"] == "urn:pincite:no-such-place"


INVALID = [
    ("/v1/ask", {}),  # no question
    ("/v1/ask", {"question": "   "}),  # nothing asked
    ("/v1/ask", {"question": "Why?", "filters": {"kind": "novel"}}),  # no kind of filing
    ("/v1/ask", {"question": "Why?", "filters": {"colour": "red"}}),  # no filter
    ("/v1/search", {"query": "immunity", "k": 0}),
    ("/v1/search", {"query": "immunity", "filters": {"filed_after": "2024-13-40"}}),  # no date
    ("/v1/export", {"format": "pdf", "passages": []}),
]


@pytest.mark.parametrize(("path", "body"), INVALID)
def test_what_does_not_fit_is_a_problem(client: TestClient, path: str, body: dict[str, object]) -> None:
    """A request outside its schema is answered by a problem document that says where it is wrong."""
    response = client.post(path, json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == "urn:pincite:invalid-request"
    assert response.json()["errors"]


def test_an_unknown_conversation_is_refused_before_the_stream(client: TestClient) -> None:
    """A stream does not begin for a conversation that is not there."""
    body = {"question": QUESTION, "conversation_id": "nowhere", "stream": True}
    assert client.post("/v1/ask", json=body).status_code == 404


def test_an_error_while_answering_ends_the_stream_with_a_problem(
    settings: object, library: Library, models: object, client_with: Callable[..., TestClient]
) -> None:
    """An unexpected error becomes a problem event that tells nothing of the machine."""
    from api.app import create_app

    def broken(question: str, **_: object) -> Answer:
        raise ZeroDivisionError("secret path")

    app = create_app(settings, library, models, ask=broken)  # type: ignore[arg-type]
    response = TestClient(app, base_url="http://localhost").post("/v1/ask", json={"question": "Why?", "stream": True})
    name, data = events_of(response.text)[-1]
    assert name == "problem"
    assert data["status"] == 500
    assert "secret" not in response.text
