"""The referee of quotations: what pdfium reads, without the product's reader."""

import json
from pathlib import Path

import pytest

from evals.datasets import SAMPLE
from evals.sheets import Sheets, words

MOTION = "gov.uscourts.cand.990417.24.0.pdf"
OPINION = "23-90882 Opinion.pdf"
SCAN = "gov.uscourts.cand.990417.24.1.pdf"
HEARING = "2023-09-14 Hearing Transcript.pdf"


@pytest.fixture(scope="module")
def sheets() -> Sheets:
    """The sample docket's pages, one of the scan's with a text of its own."""
    return Sheets(sorted((SAMPLE / "pdfs").glob("*.pdf")), {(SCAN, 2): "Velkane employees do not operate Halyard."})


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("the law\ufffe\r\nfulness of", ["the", "lawfulness", "of"]),  # pdfium's mark for a hyphen at a line's end
        ("sub\u00adject", ["subject"]),  # soft hyphen
        ("Brisbane/\r\nManning", ["Brisbane/Manning"]),  # a line that ends in a slash
        ("well-\nknown", ["wellknown"]),  # hyphens are not compared
        ("‘No,’ he said—twice", ["No,", "he", "said", "—", "twice"]),  # marks of quotation go, dashes stand apart
    ],
)
def test_words_are_read_whole(raw: str, read: list[str]) -> None:
    """A word broken at a line's end is one word."""
    assert words(raw) == read


@pytest.mark.parametrize(
    ("file", "text", "pages"),
    [
        (MOTION, "Every act the Complaint describes was performed at the direction of a government customer.", (8,)),
        (OPINION, "The dissent reads a remand as a holding.", (13,)),
        (HEARING, "I asked for the number. Sixty-one devices, under Level 3.", (6,)),  # between margin numbers
        (OPINION, "where Congress did not speak, nor as surviving where it did.", (12,)),  # broken over two sheets
        (SCAN, "Velkane employees do not operate Halyard.", (2,)),  # a picture, by its stand-in
        (MOTION, "Velkane built a tool … and supplied it to states.", (8,)),  # an ellipsis
    ],
)  # fmt: skip
def test_words_are_found_on_the_page_where_they_begin(
    sheets: Sheets, file: str, text: str, pages: tuple[int, ...]
) -> None:
    """What the filing says is found, and nowhere else."""
    assert sheets.places(file, text) == pages


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (MOTION, "Every act the Complaint describes was at the direction of a government customer."),  # words left out
        (MOTION, "Every act the Complaint alleges was performed at the direction of a government customer."),  # changed
        (OPINION, "reached 1,164 devices"),  # another number
        (OPINION, "The dissent reads a holding as a remand."),  # turned about
        (HEARING, "Sixty devices, under Level 3."),
        (MOTION, ""),
        ("absent.pdf", "Every act"),
    ],
)
def test_altered_words_are_not_found(sheets: Sheets, file: str, text: str) -> None:
    """A word left out, changed or put elsewhere is noticed."""
    assert sheets.places(file, text) == ()


def test_a_page_without_text_is_said_to_be_illegible(sheets: Sheets) -> None:
    """A scan's pages cannot be checked unless a text stands in for them."""
    assert sheets.legible(SCAN, 2)
    assert not sheets.legible(SCAN, 3)


def test_every_sentence_of_the_docket_is_found_on_its_page(sheets: Sheets) -> None:
    """The referee agrees with the key on the motion, page for page."""
    key = (json.loads(line) for line in Path(SAMPLE / "key.jsonl").read_text("utf-8").splitlines())
    missed = [
        sentence["text"]
        for row in key
        if row["file"] == MOTION and row["kind"] in ("body", "footnote")
        for sentence in row["sentences"]
        if len(sentence["text"].split()) > 5
        and " v. " not in sentence["text"]  # a citation stands in many places
        and not any(row["page"] <= page <= row["end_page"] for page in sheets.places(MOTION, sentence["text"]))
    ]
    assert missed == []
