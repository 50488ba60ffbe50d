"""The server says how it stands, and describes itself without gaps."""

import inspect
import re

from fastapi.testclient import TestClient

from api import problems
from corpus import errors


def test_every_exception_has_a_row_in_the_table() -> None:
    """Each error that Pincite raises on purpose has its own status and type, and no two share a type."""
    ours = {value for _, value in inspect.getmembers(errors, inspect.isclass) if issubclass(value, errors.PinciteError)}
    assert ours == set(problems.TABLE)
    names = [kind.name for kind in problems.TABLE.values()]
    assert len(names) == len(set(names))


def test_the_server_tells_that_it_is_ready(client: TestClient) -> None:
    """Health and readiness are told apart; metrics are in Prometheus' form."""
    assert client.get("/healthz").json()["status"] == "ok"
    assert client.get("/readyz").json()["filings"] == 3
    client.get("/v1/filings")
    text = client.get("/metrics").text
    assert 'pincite_requests_total{method="GET",route="/v1/filings",status="200"}' in text
    assert re.search(r"^pincite_filings 3$", text, re.MULTILINE)
    assert re.search(r"^pincite_event_loop_lag_seconds_max [\d.e-]+$", text, re.MULTILINE)
    line = re.compile(r'^(# (HELP|TYPE) .+|[a-z_]+(\{([a-z]+="[^"\n]*",?)+\})? [-+\d.e]+)$')
    assert [found for found in text.splitlines() if not line.match(found)] == []


def test_every_operation_is_described(client: TestClient) -> None:
    """Each operation has words, its problems, and every example given fits its schema."""
    described = client.get("/openapi.json").json()
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            assert operation["description"], f"{method} {path}"
            assert "application/problem+json" in operation["responses"]["422"]["content"]


def test_the_examples_run(client: TestClient) -> None:
    """What the description gives as an example is answered."""
    described = client.get("/openapi.json").json()
    tried = 0
    for path, operations in described["paths"].items():
        body = operations.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json")
        name = body["schema"].get("$ref", "").split("/")[-1] if body else ""
        for example in described["components"]["schemas"].get(name, {}).get("examples", []):
            response = client.post(path, json=example)
            assert response.status_code == 200, f"{path}: {response.text}"
            tried += 1
    assert tried >= 3


def test_the_page_is_small_and_keeps_to_itself(client: TestClient) -> None:
    """All files of the page together are under 150 kB, and none names another host."""
    assets = client.app.state.assets  # type: ignore[attr-defined]
    assert sum(len(asset.content) for asset in assets.values()) < 150_000
    for name, asset in assets.items():
        hosts = set(re.findall(rb"https?://([\w.-]+)", asset.content)) - {b"www.w3.org"}
        assert not hosts, name
    for name in assets:
        assert client.get(f"/web/{name}").status_code == 200
