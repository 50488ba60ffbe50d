"""Nothing is open that need not be: address, key, origin, matter, headers."""

import time
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from api.guard import check_address
from corpus.errors import SettingsError
from rag.settings import Settings

ADDRESSES = [
    ("127.0.0.1", True),
    ("localhost", True),
    ("::1", True),
    ("127.8.8.8", True),
    ("0.0.0.0", False),
    ("::", False),
    ("192.168.1.5", False),
    ("pincite.example", False),
]


@pytest.mark.parametrize(("host", "loopback"), ADDRESSES)
def test_only_loopback_is_served_without_a_key(host: str, loopback: bool) -> None:
    """Any other address needs an API key, or the server does not start."""
    check_address(host, Settings(api_key="secret"))
    if loopback:
        check_address(host, Settings())
    else:
        with pytest.raises(SettingsError, match="PINCITE_API_KEY"):
            check_address(host, Settings())


CLOSED = [
    "/v1/filings",
    "/v1/facets",
    "/metrics",
    "/openapi.json",
    "/v1/conversations",
    "/v1/models",
    "/readyz",
    "/mcp",
]


@pytest.mark.parametrize("path", CLOSED)
def test_every_route_with_data_needs_the_key(client_with: Callable[..., TestClient], path: str) -> None:
    """Without the key, or with a wrong one, a route says nothing; the page's own files hold no data and are open."""
    client = client_with(api_key="right")
    assert client.get(path).status_code == 401
    assert client.get(path, headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert client.get(path, headers={"Authorization": "Basic right"}).status_code == 401
    assert client.get(path, headers={"Authorization": "Bearer right"}).status_code != 401
    assert client.get("/").status_code == 200


def test_a_browser_gives_the_key_once(client_with: Callable[..., TestClient]) -> None:
    """The cookie that a browser gets opens the routes, is out of reach of scripts, and is not the key."""
    client = client_with(api_key="right")
    assert client.post("/v1/session", json={"key": "wrong"}).status_code == 401
    response = client.post("/v1/session", json={"key": "right"})
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "right" not in cookie
    assert client.get("/v1/facets").status_code == 200
    assert client.get("/v1/session").json() == {"needed": True, "given": True}


def test_another_name_for_this_machine_is_refused_without_a_key(client: TestClient) -> None:
    """A web page elsewhere that gives its own name our address gets nothing."""
    response = client.get("/v1/filings", headers={"Host": "evil.example:8000"})
    assert (response.status_code, response.json()["type"]) == (421, "urn:pincite:wrong-host")
    assert client.get("/healthz", headers={"Host": "[::1]:8000"}).status_code == 200


def test_another_site_may_not_write(client: TestClient, ids: dict[str, str]) -> None:
    """A request that changes something, from a page of another site, is refused."""
    elsewhere = {"Origin": "http://evil.example"}
    assert client.delete(f"/v1/filings/{ids['reply']}", headers=elsewhere).status_code == 403
    assert client.post("/v1/filings", files={"f": b"x"}, headers=elsewhere).status_code == 403
    own = {"Origin": "http://127.0.0.1:8000"}
    assert client.post("/v1/search", json={"query": "immunity"}, headers=own).status_code == 200


def test_the_page_runs_nothing_but_its_own_files(client: TestClient) -> None:
    """The page's policy allows scripts, styles, images and requests of this server only, and nothing inline."""
    response = client.get("/")
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<style" not in response.text
    assert " style=" not in response.text
    assert "onclick" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.fixture
def limited(client_with: Callable[..., TestClient]) -> TestClient:
    """A client whose key is for the matter "Tarnwick"."""
    return client_with("k", api_key="k", key_matter="Tarnwick")


def test_a_key_for_one_matter_lists_that_matter(limited: TestClient) -> None:
    """Lists, facets and searches hold only the key's matter."""
    assert {one["matter"] for one in limited.get("/v1/filings").json()["filings"]} == {"Tarnwick"}
    assert limited.get("/v1/facets").json()["matter"] == ["Tarnwick"]
    assert "declaration" not in limited.get("/v1/facets").json()["kind"]
    hits = limited.post("/v1/search", json={"query": "engineer hours declaration", "k": 50}).json()["hits"]
    assert {hit["filing"]["matter"] for hit in hits} == {"Tarnwick"}
    assert limited.get("/readyz").json()["filings"] == 2


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("GET", "/pdf"),
        ("GET", "/pages/1"),
        ("GET", "/pages/1/image"),
        ("GET", "/authorities"),
        ("PATCH", ""),
        ("DELETE", ""),
    ],
)
def test_another_matters_filing_is_not_there(limited: TestClient, ids: dict[str, str], method: str, path: str) -> None:
    """A filing of another matter is answered exactly as one that does not exist."""
    body = {"json": {"judge": "X"}} if method == "PATCH" else {}
    other = limited.request(method, f"/v1/filings/{ids['declaration']}{path}", **body)
    unknown = limited.request(method, f"/v1/filings/{'0' * 16}{path}", **body)
    assert other.status_code == unknown.status_code == 404
    assert other.json()["type"] == unknown.json()["type"] == "urn:pincite:unknown-filing"
    assert other.json()["detail"].replace(ids["declaration"], "") == unknown.json()["detail"].replace("0" * 16, "")


def test_another_matter_cannot_be_named(limited: TestClient, client: TestClient, ids: dict[str, str]) -> None:
    """Neither a filter, an export, an upload, a correction nor a conversation reaches outside the key's matter."""
    asked = {"query": "hours", "filters": {"matter": "Elsewhere"}}
    assert limited.post("/v1/search", json=asked).status_code == 403
    by_id = {"query": "hours", "filters": {"filing_ids": ids["declaration"]}}
    assert limited.post("/v1/search", json=by_id).status_code == 404
    place = {"filing_id": ids["declaration"], "start": 0, "end": 50}
    assert limited.post("/v1/export", json={"format": "md", "passages": [place]}).status_code == 404
    assert limited.patch(f"/v1/filings/{ids['reply']}", json={"matter": "Elsewhere"}).status_code == 403
    begun = client.post("/v1/conversations", json={"matter": "Elsewhere"}).json()["id"]
    assert limited.get(f"/v1/conversations/{begun}").status_code == 404
    assert limited.post("/v1/ask", json={"question": "Why?", "conversation_id": begun}).status_code == 404
    uploaded = limited.post("/v1/filings", files={"f": ("x.pdf", b"%PDF-")}, data={"matter": "Elsewhere"})
    assert uploaded.status_code == 403
    assert limited.post("/v1/filings", files={"f": ("x.pdf", b"%PDF-")}).status_code == 202


def test_an_upload_cannot_take_a_filing_from_another_matter(
    client_with: Callable[..., TestClient], client: TestClient, ids: dict[str, str]
) -> None:
    """A PDF that another matter has already stays there, and the uploader is told to ask."""
    filed = client.get(f"/v1/filings/{ids['declaration']}/pdf").content
    with client_with("k", api_key="k", key_matter="Tarnwick") as limited:
        job_id = limited.post("/v1/filings", files={"f": ("mine.pdf", filed)}).json()["job_id"]
        deadline = time.monotonic() + 60
        while (job := limited.get(f"/v1/jobs/{job_id}").json())["state"] not in ("done", "failed"):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert [one["error"] for one in job["result"]["failed"]] == ["OtherMatter"]
        assert limited.get("/v1/filings").json()["total"] == 2
    assert client.get(f"/v1/filings/{ids['declaration']}").json()["matter"] == "Elsewhere"
