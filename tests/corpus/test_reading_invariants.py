"""What holds for every page of the 53 opinions, whatever they say."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from corpus.hyphens import is_english
from corpus.model import Reading
from corpus.reader import read_reading

STAMP_OR_HEAD = re.compile(
    r"^(?:Cite as: \d+ U\. ?S\.|Opinion of (?:the Court|[A-Z]+, J\.)$|[A-Z]+, (?:C\. )?J\., (?:concurring|dissenting)"
    r"|Case \d+:\d\d-cv-\d+\S* Document)",
    re.MULTILINE,
)
BROKEN = re.compile(r"\b([a-z]{2,})- ([a-z]{2,})\b")
STRANGE = re.compile("[\u0000-\u0009\u000b-\u001f\u00ad\u200b\ufb00-\ufb06\ufffd\ufffe]")
SUSPENDED = re.compile(r"\w+- (?:and|or|to|nor|but|versus)\b")  # "pre- and post-trial"


def opinions() -> list[Path]:
    """The opinions at hand; none without the shared folder (the tests are then skipped)."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "court-pdfs" / "opinions"
    return sorted(folder.glob("*.pdf"))


each_opinion = pytest.mark.parametrize("path", opinions() or [None], ids=lambda path: path.stem if path else "none")


@cache
def read(path: Path | None) -> Reading:
    """One opinion, read once."""
    if path is None:
        pytest.skip("no ../shared beside this checkout: real court PDFs are not at hand")
    return read_reading(path)


@each_opinion
def test_lines_are_slices_that_cover_the_text(path: Path | None) -> None:
    """Each character but the joining spaces and newlines stands on exactly one line, in order."""
    reading = read(path)
    at = 0
    for line in reading.lines:
        assert line.start >= at
        assert reading.text[at : line.start] in ("", " ", "\n")
        assert line.end > line.start
        at = line.end
    assert reading.text[at:] == "\n"


@each_opinion
def test_edges_run_to_the_right_within_the_page(path: Path | None) -> None:
    """One more edge than characters, never running back; boxes lie in the page and are not empty."""
    for line in read(path).lines:
        edges = np.frombuffer(line.edges, dtype="<u2")
        assert len(edges) == line.end - line.start + 1
        assert (np.diff(edges.astype(int)) >= 0).all()
        box = line.box
        assert box.page == line.page
        assert 0 <= box.x0 < box.x1 <= 1
        assert 0 <= box.y0 < box.y1 <= 1


@each_opinion
def test_paragraphs_are_the_text(path: Path | None) -> None:
    """Paragraphs follow each other with a newline between, from the first character to the last; notes come last."""
    reading = read(path)
    at = 0
    for paragraph in reading.paragraphs:
        assert paragraph.start == at
        assert reading.text[paragraph.end] == "\n"
        assert "\n" not in reading.text[paragraph.start : paragraph.end]
        assert (paragraph.kind == "footnote") == (paragraph.start >= reading.body_end)
        at = paragraph.end + 1
    assert at == len(reading.text)


@each_opinion
def test_pages_tile_the_body(path: Path | None) -> None:
    """Each page's part begins where the last one's ends; no page is lost, and every page has text."""
    reading = read(path)
    at = 0
    for number, page in enumerate(reading.pages, start=1):
        assert page.number == number
        assert page.start == at
        assert page.end > page.start or page.footnotes
        assert page.use == "text"
        at = page.end
    assert at == reading.body_end


@each_opinion
def test_every_page_has_a_number_that_counts_on(path: Path | None) -> None:
    """A printed number is one more than the last page's, or 1 where a separate writing begins."""
    labels = [page.label for page in read(path).pages]
    assert all(label is not None and label.isdecimal() for label in labels)
    numbers = [int(label or 0) for label in labels]
    assert numbers[0] == 1
    assert all(b in (a + 1, 1) for a, b in pairwise(numbers))


@each_opinion
def test_no_stamp_or_running_head_is_text(path: Path | None) -> None:
    """Heads are kept apart, two a page or more."""
    reading = read(path)
    assert STAMP_OR_HEAD.search(reading.text) is None
    assert {page for page, _ in reading.heads} == {page.number for page in reading.pages}


@each_opinion
def test_no_word_is_broken(path: Path | None) -> None:
    """No hyphen of a line end is left between two halves of an English word, and no odd character at all."""
    reading = read(path)
    assert STRANGE.search(reading.text) is None
    broken = [
        match[0]
        for match in BROKEN.finditer(reading.text)
        if is_english(match[1] + match[2]) and not SUSPENDED.match(match[0])
    ]
    assert broken == []


@each_opinion
def test_footnotes_count_on(path: Path | None) -> None:
    """Numbers run 1, 2, 3 … and begin again with a separate writing; every mark stands before its note."""
    reading = read(path)
    last = 0
    for note in reading.footnotes:
        if note.number.isdecimal():
            assert int(note.number) in (last + 1, 1), f"note {note.number} after {last} on page {note.page}"
            last = int(note.number)
        assert reading.body_end <= note.start < note.end
        assert note.mark is None or note.mark < note.start


@pytest.mark.parametrize("path", opinions()[:5] or [None], ids=lambda path: path.stem if path else "none")
def test_reading_is_repeatable(path: Path | None) -> None:
    """The same bytes give the same reading: offsets are the truth for as long as the file is."""
    reading = read(path)
    assert path is not None
    assert read_reading(path) == reading
