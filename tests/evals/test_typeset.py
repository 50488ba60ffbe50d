"""Training opinions set as the pages they were."""

import json
from pathlib import Path

import pytest

from evals.train.passages import pdf_pages
from evals.train.typeset import read_text, set_page

FIRST = """Cite as: 556 U. S. ____ (2009) 1
Opinion of the Court
SUPREME COURT OF THE UNITED STATES
No. 07–10441
JOHN DOE, PETITIONER v. UNITED STATES
[April 6, 2009]
 JUSTICE SOUTER delivered the opinion of the Court.
 The question is whether a confession given late may be used, and on this
the courts of appeals have differed for as long as the rule has been in the books.
We hold that it may not, since the statute leaves the older rule as it found it."""


def test_heads_are_small_and_centred_and_full_lines_reach_both_margins() -> None:
    """A page set from text looks as the product expects a slip opinion's page to look."""
    page = set_page(1, FIRST)
    words = {word.text: word for word in page.words}
    assert words["Opinion"].size < words["confession"].size
    last = [word for word in page.words if word.text in ("differed", "books.")]
    assert max(word.x1 for word in last) == pytest.approx(456.0, abs=1.0)


def test_a_set_opinion_is_read_as_its_pdf_is(shared: Path, tmp_path: Path) -> None:
    """Writings, holdings and the number of passages come out of the text as they come out of the PDF."""
    from corpus.reader import read_reading
    from corpus.understand import understand

    path = shared / "court-pdfs" / "opinions" / "07-1125.pdf"
    row = {"case": "07-1125", "title": "FITZGERALD v. BARNSTABLE SCHOOL COMM.", "pages": pdf_pages(path)}
    made = tmp_path / "07-1125.pdf"
    made.write_text(json.dumps(row), encoding="utf-8")
    real, fake = understand(read_reading(path)), read_text(made, correction={}, ocr=False, progress=lambda *_: None)
    assert [(w.kind, w.author, w.first_page) for w in fake.writings] == [
        (w.kind, w.author, w.first_page) for w in real.writings
    ]
    assert sum(s.holding for s in fake.sentences) == sum(s.holding for s in real.sentences)
    assert abs(len(fake.passages) - len(real.passages)) <= 2
    assert fake.facts.case_name == "Fitzgerald v. Barnstable School Comm."
