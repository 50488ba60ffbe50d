"""Filings over HTTP: list, correct, delete, pages, images, PDFs, uploads and their jobs."""

import io
import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from api.app import create_app
from api.jobs import safe_name
from rag.library import Library
from rag.model import BuildReport, Job, Progress
from rag.models import Models
from rag.settings import Settings

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample" / "pdfs"
DECLARATION = SAMPLE / "gov.uscourts.cand.990417.31.1.pdf"


def test_filings_are_listed_with_a_total(client: TestClient) -> None:
    """A list has as many as asked for, and says how many there are."""
    listed = client.get("/v1/filings", params={"limit": 2}).json()
    assert len(listed["filings"]) == 2
    assert listed["total"] == 3
    of_matter = client.get("/v1/filings", params={"matter": "Elsewhere"}).json()
    assert [one["matter"] for one in of_matter["filings"]] == ["Elsewhere"]


def test_a_page_says_where_each_line_stands(client: TestClient, ids: dict[str, str], library: Library) -> None:
    """A page's text is the filing's slice, and its lines are slices with boxes inside the page."""
    page = client.get(f"/v1/filings/{ids['reply']}/pages/4").json()
    text = library.catalog.filing(ids["reply"]).text
    assert page["text"] == text[page["start"] : page["end"]]
    assert page["lines"]
    for line in page["lines"]:
        assert 0 <= line["box"]["x0"] < line["box"]["x1"] <= 1
        assert 0 <= line["box"]["y0"] < line["box"]["y1"] <= 1


def test_a_page_image_has_the_size_asked_for_and_is_cached(client: TestClient, ids: dict[str, str]) -> None:
    """A letter page at two pixels a point is 1224 by 1584; a browser that has it is told so."""
    path = f"/v1/filings/{ids['reply']}/pages/4/image"
    response = client.get(path, params={"scale": 2})
    assert Image.open(io.BytesIO(response.content)).size == (1224, 1584)
    assert "immutable" in response.headers["cache-control"]
    again = client.get(path, params={"scale": 2}, headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304
    assert not again.content


def test_a_pdf_is_served_whole_and_in_ranges(client: TestClient, ids: dict[str, str]) -> None:
    """The PDF is the file that was ingested, byte for byte; a range of it is a 206."""
    path, filed = f"/v1/filings/{ids['declaration']}/pdf", DECLARATION.read_bytes()
    whole = client.get(path)
    assert whole.content == filed
    assert whole.headers["content-disposition"].startswith("inline")
    part = client.get(path, headers={"Range": "bytes=100-199"})
    assert part.status_code == 206
    assert part.content == filed[100:200]


@pytest.mark.parametrize("path", ["/v1/filings/{id}/pdf", "/v1/filings/{id}/pages/4/image", "/healthz", "/"])
def test_head_says_what_get_would_bring(client: TestClient, ids: dict[str, str], path: str) -> None:
    """A client that only asks how long something is gets the same headers."""
    asked = path.format(id=ids["reply"])
    head, whole = client.head(asked), client.get(asked)
    assert head.status_code == 200
    for name in ("content-length", "content-type", "etag", "accept-ranges"):
        assert head.headers.get(name) == whole.headers.get(name)


def test_what_a_filing_cites_has_pages(client: TestClient, ids: dict[str, str]) -> None:
    """Authorities name a case and the pages that cite it."""
    found = client.get(f"/v1/filings/{ids['reply']}/authorities").json()["authorities"]
    assert any(one["kind"] == "case" and one["pages"] for one in found)


MISSING = [
    ("/v1/filings/0123456789abcdef", "unknown-filing"),
    ("/v1/filings/not-an-id", "unknown-filing"),
    ("/v1/filings/..%2f..%2fetc%2fpasswd/pdf", "not-found"),
    ("/v1/filings/%2e%2e/pdf", "unknown-filing"),
    ("/v1/filings/0123456789abcdef/pages/1/image", "unknown-filing"),
    ("/v1/jobs/nothing", "unknown-job"),
    ("/web/..%2fapp.py", "not-found"),
    ("/web/app.py", "unknown-path"),
    ("/nowhere", "not-found"),
]


@pytest.mark.parametrize(("path", "name"), MISSING)
def test_what_is_not_there_is_a_problem(client: TestClient, path: str, name: str) -> None:
    """What does not exist is a 404 with its own type, and no path of a request reaches a file."""
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["type"] == f"urn:pincite:{name}"


def test_a_page_beyond_the_end_is_not_there(client: TestClient, ids: dict[str, str]) -> None:
    """A page number over the filing's last is a 404 that says how many there are."""
    response = client.get(f"/v1/filings/{ids['reply']}/pages/999")
    assert response.json()["type"] == "urn:pincite:unknown-page"
    assert client.get(f"/v1/filings/{ids['reply']}/pages/1/image?scale=50").status_code == 422


def test_a_correction_is_kept_and_shown(client: TestClient, ids: dict[str, str]) -> None:
    """A corrected fact is there from now on; an impossible one is refused and changes nothing."""
    path = f"/v1/filings/{ids['declaration']}"
    before = client.get(path).json()
    changed = client.patch(path, json={"judge": "Thornbury"}).json()
    assert changed["judge"] == "Thornbury"
    assert "judge" in changed["corrected"]
    assert client.patch(path, json={"date": "the ides of March"}).json()["type"] == "urn:pincite:bad-correction"
    assert client.patch(path, json={"verdict": "guilty"}).status_code == 422
    assert client.patch(path, json={"judge": before["judge"]}).json()["judge"] == before["judge"]


def finished(client: TestClient, job_id: str, seconds: float = 120) -> dict[str, object]:
    """The job once it has ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        job: dict[str, object] = client.get(f"/v1/jobs/{job_id}").json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.05)
    raise AssertionError(f"job {job_id} did not end")


def test_an_upload_becomes_a_filing_that_can_be_found_and_removed(fresh: Callable[..., TestClient]) -> None:
    """A PDF is taken, read in the background, found by a search, not read twice, and gone once removed."""
    client = fresh()
    upload = {"files": ("gov.uscourts.cand.990417.31.1.pdf", DECLARATION.read_bytes(), "application/pdf")}
    accepted = client.post("/v1/filings", files=upload, data={"matter": "Mine"})
    assert accepted.status_code == 202
    job = finished(client, accepted.json()["job_id"])
    assert job["state"] == "done"
    assert job["result"]["ingested"] == 1  # type: ignore[index]
    assert job["result"]["pages"] == 5  # type: ignore[index]
    listed = client.get("/v1/filings").json()["filings"][0]
    assert (listed["matter"], listed["kind"]) == ("Mine", "declaration")
    assert client.post("/v1/search", json={"query": "engineer hours"}).json()["hits"]
    again = finished(client, client.post("/v1/filings", files=upload).json()["job_id"])
    assert again["result"]["unchanged"] == 1  # type: ignore[index]
    assert client.delete(f"/v1/filings/{listed['id']}").status_code == 204
    assert client.get("/v1/filings").json()["total"] == 0
    assert client.post("/v1/search", json={"query": "engineer hours"}).json()["hits"] == []


def test_what_is_no_pdf_is_named_with_its_reason(fresh: Callable[..., TestClient]) -> None:
    """A file that cannot be read fails by name and says what to do; the message shows no path of the server."""
    client = fresh()
    accepted = client.post("/v1/filings", files={"a": ("notes.txt", b"just words", "text/plain")})
    failed = finished(client, accepted.json()["job_id"])["result"]["failed"]  # type: ignore[index]
    assert [one["path"] for one in failed] == ["notes.txt.pdf"]
    assert failed[0]["error"] == "UnreadablePdf"
    assert "uploads" not in json.dumps(failed)


def test_uploads_have_limits(fresh: Callable[..., TestClient]) -> None:
    """Too many pages, too many bytes and no file at all are refused at once, each with its own words."""
    client = fresh(max_pages=2, max_upload_mb=1)
    pages = client.post("/v1/filings", files={"files": ("five.pdf", DECLARATION.read_bytes())})
    assert (pages.status_code, pages.json()["type"]) == (413, "urn:pincite:too-many-pages")
    large = client.post("/v1/filings", files={"files": ("large.pdf", b"%PDF-" + b"0" * 1_200_000)})
    assert (large.status_code, large.json()["type"]) == (413, "urn:pincite:too-large")

    def endless() -> object:
        for _ in range(40):
            yield b"0" * 50_000

    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    chunked = client.post("/v1/filings", content=endless(), headers=kind)  # type: ignore[arg-type]
    assert (chunked.status_code, chunked.json()["type"]) == (413, "urn:pincite:too-large")
    assert client.post("/v1/filings", data={"matter": "x"}, files={}).status_code in (415, 422)
    assert client.post("/v1/filings", json={}).json()["type"] == "urn:pincite:not-multipart"


def test_a_job_left_by_a_stopped_server_is_gone_on_with(fresh: Callable[..., TestClient], tmp_path: Path) -> None:
    """A server that starts takes up what one before it left unfinished."""
    seen: list[list[str]] = []

    def build(paths: list[Path], *_: object, **__: object) -> BuildReport:
        seen.append([path.name for path in paths])
        return BuildReport(1, 0, (), 5, 9, 0.1)

    home = tmp_path / "own"
    folder = home / "uploads" / "left" / "001"
    folder.mkdir(parents=True)
    (folder / "brief.pdf").write_bytes(b"%PDF-")
    (home / "uploads" / "orphan").mkdir()
    with Library(Settings(home=home)) as library:
        about = {"files": [{"file": "brief.pdf", "filing_id": "0" * 16}], "matter": None}
        library.conversations.set_job(Job("left", "ingest", "running", json.dumps(about)))
    client = fresh(build)
    assert finished(client, "left", 20)["state"] == "done"
    assert seen == [["brief.pdf"]]
    assert not list((home / "uploads").iterdir())


def test_a_server_that_stops_leaves_its_job_for_the_next(settings: Settings, library: Library, models: Models) -> None:
    """Stopping does not wait for a long upload: the job ends early, and the next start goes on with it."""
    begun = threading.Event()

    def slow(paths: list[Path], *_: object, progress: Callable[[Progress], None], **__: object) -> BuildReport:
        begun.set()
        for pages in range(10_000):
            progress(Progress("read", 0, 1, pages=pages))
            time.sleep(0.01)
        raise AssertionError("was not stopped")

    def quick(paths: list[Path], *_: object, **__: object) -> BuildReport:
        return BuildReport(len(paths), 0, (), 5, 9, 0.1)

    with TestClient(create_app(settings, library, models, build=slow), base_url="http://127.0.0.1") as first:
        job_id = first.post("/v1/filings", files={"f": ("a.pdf", DECLARATION.read_bytes())}).json()["job_id"]
        assert begun.wait(20)
        time.sleep(0.1)
        assert first.get(f"/v1/jobs/{job_id}").json()["progress"]["pages"] > 0
    with TestClient(create_app(settings, library, models, build=quick), base_url="http://127.0.0.1") as second:
        assert finished(second, job_id, 20)["result"]["ingested"] == 1  # type: ignore[index]


def test_a_failed_job_does_not_stop_the_next(fresh: Callable[..., TestClient]) -> None:
    """A job that fails says why without the machine's words, and the next one still runs."""
    calls = threading.Event()

    def build(paths: list[Path], *_: object, **__: object) -> BuildReport:
        if not calls.is_set():
            calls.set()
            raise OSError("disk at a secret place")
        return BuildReport(1, 0, (), 5, 9, 0.1)

    client = fresh(build)
    upload = {"files": ("a.pdf", DECLARATION.read_bytes())}
    failed = finished(client, client.post("/v1/filings", files=upload).json()["job_id"], 20)
    assert failed["state"] == "failed"
    assert "secret" not in json.dumps(failed)
    assert finished(client, client.post("/v1/filings", files=upload).json()["job_id"], 20)["state"] == "done"


NAMES = [
    ("brief.pdf", "brief.pdf"),
    ("../../etc/passwd", "passwd.pdf"),  # folders are cut off
    ("C:\\papers\\Reply.PDF", "Reply.pdf"),  # of Windows too
    (".hidden.pdf", "hidden.pdf"),
    ("a\x00b\n.pdf", "ab.pdf"),  # control characters
    ("", "filing.pdf"),
    ("..", "filing.pdf"),
    ("x.pdf.json", "x.pdf.json.pdf"),  # cannot pose as a sidecar
    ("45 - Statement of Interest.pdf", "45 - Statement of Interest.pdf"),
    ("é" * 300 + ".pdf", "é" * 90 + ".pdf"),  # no longer than file systems take
]


@pytest.mark.parametrize(("given", "kept"), NAMES)
def test_an_upload_keeps_a_harmless_name(given: str, kept: str) -> None:
    """The name of an upload becomes one component of a path, and no more."""
    assert safe_name(given) == kept
