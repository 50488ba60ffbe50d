"""The newcomer's path, walked in a real browser: ask, read, check a citation, follow up, upload, collect, export.

Needs Debian's chromium and chromium-driver, and selenium; skipped, and said so, where they are absent.
"""

import base64
import io
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from serving import serving

from rag.models import Models
from rag.settings import Settings

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
from selenium.webdriver.chrome.service import Service  # noqa: E402  # after the check that it is there
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not CHROMIUM or not DRIVER, reason="no chromium with its driver on this machine")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --window-size=1380,900"
)
SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample" / "pdfs"
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
SHARED_PDF = Path(__file__).resolve().parents[3] / "shared" / "court-pdfs" / "layouts" / "order-ecf-stamp-ca7.pdf"
WAIT_S = 90


class Browser:
    """A window at the page, with the few things a person does."""

    def __init__(self, driver: Any, address: str, downloads: Path) -> None:
        self.driver, self.address, self.downloads = driver, address, downloads

    def go(self, view: str) -> None:
        """Open a view of the page."""
        self.driver.get(f"{self.address}/#/{view}")

    def all(self, css: str) -> list[Any]:
        """Every element that matches."""
        found: list[Any] = self.driver.find_elements(By.CSS_SELECTOR, css)
        return found

    def wait(self, css: str) -> Any:
        """The first element that matches, once it is there."""
        return WebDriverWait(self.driver, WAIT_S).until(lambda _: self.all(css))[0]

    def click(self, css: str) -> None:
        """Click the first element that matches, in view."""
        element = self.wait(css)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script returns."""
        return self.driver.execute_script(script, *arguments)


@pytest.fixture(scope="module")
def browser(
    settings: Settings, models: Models, library: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    options = webdriver.ChromeOptions()
    for flag in FLAGS.split():
        options.add_argument(flag)
    downloads = tmp_path_factory.mktemp("downloads")
    options.binary_location = CHROMIUM
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options.add_argument(f"--user-data-dir={profile}")
        driver = webdriver.Chrome(options=options, service=Service(DRIVER))
        behavior = {"behavior": "allow", "downloadPath": str(downloads)}
        driver.execute_cdp_cmd("Browser.setDownloadBehavior", behavior)
        home = tmp_path_factory.mktemp("seen") / "home"
        try:
            with serving(settings, models, home) as address:
                yield Browser(driver, address, downloads)
        finally:
            driver.quit()


def test_a_suggested_question_gets_a_cited_answer(browser: Browser) -> None:
    """Opening the page and clicking a suggestion is all it takes; every chip is a verified quotation."""
    browser.go("ask")
    browser.click(".suggestion")
    browser.wait(".answer[aria-busy=false] .cite")
    assert browser.all(".position .voice")
    assert len(browser.all(".claim .checked")) == len(browser.all(".claim .cite"))
    assert "Answered with" in browser.wait("#said").get_attribute("textContent") or browser.all(".answer")


def test_a_citation_opens_its_page_with_exactly_the_words_highlighted(browser: Browser) -> None:
    """The highlight covers the characters of the quotation on the page image, as the PDF itself places them."""
    conversation = browser.driver.current_url.split("#/ask/")[1]
    turns = json.loads(browser.run(FETCH, f"/v1/conversations/{conversation}"))["turns"]
    quote = turns[0]["answer"]["claims"][0]["quotes"][0]
    browser.click(".claim .cite")
    browser.wait("#viewer .sheet .mark")
    WebDriverWait(browser.driver, WAIT_S).until(
        lambda _: browser.run("return document.querySelector('.sheet img').complete")
    )
    shown = browser.run(BOXES)
    assert len(shown) == len([box for box in quote["boxes"] if box["page"] == quote["page"]])
    drawn = browser.run("const i = document.querySelector('.sheet img'); return [i.naturalWidth, i.naturalHeight]")
    assert drawn[0] >= 1000
    pdf = pypdfium2.PdfDocument(io.BytesIO(fetched(browser, f"/v1/filings/{quote['filing_id']}/pdf")))
    page = pdf[quote["page"] - 1]
    assert letters("".join(words_in(page, box) for box in shown)) == letters(quote["text"])
    assert browser.driver.switch_to.active_element.tag_name == "h2"
    browser.driver.switch_to.active_element.send_keys(Keys.ARROW_RIGHT)
    assert f"PDF page {quote['page'] + 1} " in browser.wait(".where").text
    browser.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert "cite" in browser.driver.switch_to.active_element.get_attribute("class")


FETCH = "const r = new XMLHttpRequest(); r.open('GET', arguments[0], false); r.send(); return r.responseText"
BYTES = """
const done = arguments[1];
fetch(arguments[0]).then(r => r.blob()).then(b => { const f = new FileReader();
f.onload = () => done(f.result.split(',')[1]); f.readAsDataURL(b); })
"""
BOXES = """
const sheet = document.querySelector('.sheet img').getBoundingClientRect();
return [...document.querySelectorAll('.sheet .mark')].map((m) => { const b = m.getBoundingClientRect();
return [(b.left - sheet.left) / sheet.width, (b.top - sheet.top) / sheet.height,
(b.right - sheet.left) / sheet.width, (b.bottom - sheet.top) / sheet.height]; })
"""


def fetched(browser: Browser, path: str) -> bytes:
    """What the server gives the page for `path`."""
    import base64

    return base64.b64decode(browser.driver.execute_async_script(BYTES, path))


def letters(text: str) -> str:
    """The letters and figures alone: spaces and hyphens at line ends are the page's, not the quotation's."""
    return "".join(character for character in text if character.isalnum())


def words_in(page: Any, box: list[float]) -> str:
    """The characters whose middle stands in the box, by the PDF's own character boxes."""
    width, height = page.get_size()
    text = page.get_textpage()
    kept = []
    for index in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(index)
        x, y = (left + right) / 2 / width, 1 - (bottom + top) / 2 / height
        if box[0] <= x <= box[2] and box[1] - 0.002 <= y <= box[3] + 0.002:
            kept.append(text.get_text_range(index, 1))
    return "".join(kept)


def test_an_answer_is_printed_whole_and_without_controls(browser: Browser) -> None:
    """On paper stand every claim and every citation, who speaks, and no button, box or closed list."""
    conversation = browser.driver.current_url.split("#/ask/")[1]
    answer = json.loads(browser.run(FETCH, f"/v1/conversations/{conversation}"))["turns"][0]["answer"]
    printed = pypdfium2.PdfDocument(base64.b64decode(browser.driver.print_page()))
    paper = letters("".join(page.get_textpage().get_text_range() for page in printed))
    for claim in answer["claims"]:
        assert letters(claim["text"]) in paper
        assert all(letters(quote["citation"]) in paper for quote in claim["quotes"])
    voices = [element.get_attribute("textContent") for element in browser.all(".position .voice")]
    assert voices
    assert all(letters(voice) in paper for voice in voices)
    for control in ("Copy answer", "Collect", "Passages read", "Ask a follow-up", "Search Filings", "New conversation"):
        assert letters(control) not in paper


def test_a_follow_up_is_asked_in_the_same_conversation(browser: Browser) -> None:
    """The second answer stands under the first, and both are there when the page is opened again."""
    box = browser.wait("#question")
    box.send_keys("And what does the dissent say?", Keys.ENTER)
    WebDriverWait(browser.driver, WAIT_S).until(lambda _: len(browser.all(".answer[aria-busy=false]")) == 2)
    browser.driver.refresh()
    WebDriverWait(browser.driver, WAIT_S).until(lambda _: len(browser.all(".turn .answer")) == 2)


def test_an_uploaded_pdf_is_read_and_asked_about(browser: Browser) -> None:
    """Progress is shown; once read, the filing is listed and answers come from it alone."""
    filed = SHARED_PDF if SHARED_PDF.is_file() else SAMPLE / "gov.uscourts.cand.990417.1.0.pdf"
    browser.go("filings")
    browser.wait("table.filings")
    before = len(browser.all("table.filings tbody tr"))
    browser.wait("#files").send_keys(str(filed))
    browser.wait(".job .done")
    WebDriverWait(browser.driver, WAIT_S).until(lambda _: len(browser.all("table.filings tbody tr")) == before + 1)
    browser.click(".job .done a[href*='ask']")
    browser.wait(".narrow summary")
    WebDriverWait(browser.driver, WAIT_S).until(lambda _: filed.name in browser.wait(".narrow summary").text)
    browser.wait("#question").send_keys("What does the court order?", Keys.ENTER)
    browser.wait(".answer[aria-busy=false]")
    conversation = browser.driver.current_url.split("#/ask/")[1]
    turns = json.loads(browser.run(FETCH, f"/v1/conversations/{conversation}"))["turns"]
    assert {hit["filing"]["file"] for hit in turns[0]["answer"]["sources"]} == {filed.name}


def test_three_passages_are_collected_and_exported_to_word(browser: Browser) -> None:
    """The DOCX that the browser saves holds the three passages with their citations."""
    browser.go("search?q=derivative%20immunity")
    browser.wait(".hits .passage")
    for button in browser.all(".hits [aria-pressed=false]")[:3]:
        browser.run("arguments[0].click()", button)
    browser.go("collection")
    browser.wait(".collection .passage")
    cited = [element.text for element in browser.all(".collection .cite")]
    assert len(cited) == 3
    browser.click("#export-docx")
    saved = browser.downloads / "passages.docx"
    WebDriverWait(browser.driver, WAIT_S).until(lambda _: saved.is_file())
    said = "\n".join(paragraph.text for paragraph in Document(str(saved)).paragraphs)
    assert all(citation in said for citation in cited)


def test_a_correction_is_made_on_the_page(browser: Browser) -> None:
    """A fact read off a filing is corrected where it is shown."""
    browser.go("filings")
    browser.click("table.filings a")
    field = browser.wait("#fact-judge")
    field.clear()
    field.send_keys("Oyelaran")
    browser.click(".facts .primary")
    browser.wait(".fact.corrected #fact-judge")


AXED = ["ask", "answer", "search?q=immunity", "filings", "filing", "collection"]


@pytest.mark.parametrize("view", AXED)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_view_shuts_anyone_out(browser: Browser, view: str, scheme: str) -> None:
    """axe-core finds no serious or critical violation, by day and by night."""
    if not AXE.is_file():
        pytest.skip("no node_modules/axe-core beside the checkout: npm install --no-save axe-core")
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.driver.get("about:blank")
    open_view(browser, view)
    browser.run(AXE.read_text("utf-8"))
    found = browser.driver.execute_async_script("axe.run().then(arguments[0])")
    grave = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
    assert not grave, [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in grave]


def open_view(browser: Browser, view: str) -> None:
    """Go to a view and wait until it stands; an answer is seen with a page open beside it."""
    browser.go({"answer": "ask", "filing": "filings"}.get(view, view))
    if view == "answer":
        browser.click(".suggestion")
        browser.click(".answer[aria-busy=false] .cite")
        browser.click("#viewer .pagetext summary")
        browser.wait("#viewer .pagetext .record")
    elif view == "filing":
        browser.click("table.filings a")
    stands = {"ask": ".suggestion", "answer": ".mark", "filings": "table.filings", "filing": ".facts"}
    browser.wait({**stands, "collection": ".collection"}.get(view, ".hits .passage"))


@pytest.mark.parametrize("view", AXED)
def test_no_view_is_wider_than_a_phone(browser: Browser, view: str) -> None:
    """At 390 pixels nothing has to be scrolled sideways."""
    metrics = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        browser.driver.get("about:blank")
        open_view(browser, view)
        assert browser.run("return document.documentElement.scrollWidth") <= 390
    finally:
        browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_console_stays_silent(browser: Browser) -> None:
    """Nothing on the way here was refused by the page's own policy, and no script failed."""
    assert [line["message"] for line in browser.driver.get_log("browser") if line["level"] == "SEVERE"] == []
