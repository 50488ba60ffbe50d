"""Training opinions, set as the pages they were, make a library of the product's."""

import json
from pathlib import Path

import pytest

from corpus.reader import read_reading
from corpus.understand import understand
from evals.train.opinions import read_text, set_page
from evals.train.passages import pdf_pages, title_from_heads

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


READ = [
    # file, what it has
    "07-1125.pdf",  # one writing
    "08-103.pdf",  # a concurrence in part
    "08-970.pdf",  # three concurrences, one of them in part
    "08-1555.pdf",  # twenty notes, some begun within a line of the text layer
]


@pytest.mark.parametrize("name", READ)
def test_a_set_opinion_is_read_as_its_pdf_is(name: str, shared: Path, tmp_path: Path) -> None:
    """Writings with their pages, notes and holdings come out of the text as they come out of the PDF."""
    path = shared / "court-pdfs" / "opinions" / name
    pages = pdf_pages(path)
    made = tmp_path / name
    made.write_text(json.dumps({"case": name, "title": title_from_heads(pages), "pages": pages}), encoding="utf-8")
    real, fake = understand(read_reading(path)), read_text(made, correction={}, ocr=False, progress=lambda *_: None)
    assert [(w.kind, w.author, w.first_page, w.last_page) for w in fake.writings] == [
        (w.kind, w.author, w.first_page, w.last_page) for w in real.writings
    ]
    assert abs(len(fake.footnotes) - len(real.footnotes)) <= 1
    assert sum(s.holding for s in fake.sentences) == sum(s.holding for s in real.sentences)
    assert len(fake.passages) == pytest.approx(len(real.passages), abs=2)
    assert all(fake.text[p.start : p.end] == p.text for p in fake.passages)


def test_a_word_broken_at_a_line_end_is_whole_again(tmp_path: Path) -> None:
    """The mark that stands where a line ended ends the line here too, whether or not a line feed follows."""
    broken = FIRST.replace("differed for", "dif\ufffefered for")
    path = tmp_path / "doe.pdf"
    path.write_text(json.dumps({"case": "doe", "title": "DOE v. UNITED STATES", "pages": [broken]}), "utf-8")
    filing = read_text(path, correction={}, ocr=False, progress=lambda *_: None)
    assert "have differed for as long" in " ".join(filing.text.split())
    assert filing.facts.case_name == "Doe v. United States"


def test_a_dissent_speaks_for_its_author_alone(tmp_path: Path) -> None:
    """A dissent opens under a caption of its own, on its own page; only the court decides."""
    pages = [
        FIRST,
        "2 DOE v. UNITED STATES\nOpinion of the Court\n The judgment of the Court of Appeals is reversed.\n",
        FIRST.replace("Opinion of the Court", "ALITO, J., dissenting")[: FIRST.index(" JUSTICE SOUTER")]
        + "\n JUSTICE ALITO, dissenting.\n I would affirm the judgment below on another ground.\n",
    ]
    path = tmp_path / "doe.pdf"
    path.write_text(json.dumps({"case": "doe", "title": "DOE v. UNITED STATES", "pages": pages}), "utf-8")
    filing = read_text(path, correction={}, ocr=False, progress=lambda *_: None)
    assert [(w.kind, w.author, w.first_page, w.last_page) for w in filing.writings] == [
        ("majority", "Souter", 1, 2),
        ("dissent", "Alito", 3, 3),
    ]
    decided = [filing.text[s.start : s.end] for s in filing.sentences if s.holding]
    assert "The judgment of the Court of Appeals is reversed." in decided
    assert not any("affirm" in text for text in decided)
    assert {p.speaker.name for p in filing.passages if p.page == 3} == {"Alito, J."}
