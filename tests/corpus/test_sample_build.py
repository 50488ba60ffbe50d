"""The sample docket is what its sources say: same bytes, true cross-references, and a key that tells the truth."""

import io
import re
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2
import pytest
from pypdf import PdfReader

from corpus.sample import build
from corpus.sample.build import Built, build_docket
from corpus.sample.draw import NOTICE
from corpus.sample.marks import Desk, Place, expand
from corpus.sample.source import SourceError, read_docket

DOCKET = read_docket(build.FOLDER)


@pytest.fixture(scope="module")
def built() -> Built:
    """The docket built from its sources; fails where a reference is open."""
    return build_docket()


@pytest.fixture(scope="module")
def page_words(built: Built) -> dict[tuple[str, int], str]:
    """(file, page) -> the page's words as a PDF reader gives them; scans are left out."""
    scanned = {row["file"] for row in built.filings if row["scanned"]}
    return {
        (name, number): squeezed(text)
        for name, data in built.pdfs.items()
        if name not in scanned
        for number, text in enumerate(texts(data), start=1)
    }


def texts(data: bytes) -> Iterator[str]:
    """The text layer of each page."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        yield page.get_textpage().get_text_range()
    document.close()


def squeezed(text: str) -> str:
    """Letters only: what no line end, line number, hyphen or footnote mark can change."""
    return re.sub(r"[\W\d_]", "", text)


def desk(key: str = "complaint") -> Desk:
    """A writing desk with no pass behind it."""
    return Desk(DOCKET, DOCKET.sources[key], {})


def test_building_twice_gives_the_same_bytes(built: Built) -> None:
    """The same sources give the same PDFs and the same key."""
    again = build_docket()
    assert again.pdfs == built.pdfs
    assert again.key == built.key


def test_the_pdfs_in_the_repository_are_the_ones_the_sources_give(built: Built) -> None:
    """Nobody changed a source and forgot to build, or a PDF by hand."""
    on_disk = {path.name: path.read_bytes() for path in (build.FOLDER / "pdfs").glob("*.pdf")}
    assert sorted(on_disk) == sorted(built.pdfs)
    assert [name for name in on_disk if on_disk[name] != built.pdfs[name]] == []


def test_every_cross_reference_resolves(built: Built) -> None:
    """No filing cites a sentence that no filing carries."""
    assert built.missing == ()
    assert not [row["id"] for row in built.key if "00:00" in row["text"]]


def test_the_docket_is_as_long_as_a_real_one(built: Built) -> None:
    """Twelve filings at least, 140 pages at least."""
    assert len(built.pdfs) >= 12
    assert sum(len(row["pages"]) for row in built.filings) >= 140


def test_every_pdf_says_that_it_is_fictitious(built: Built) -> None:
    """The notice stands in the metadata, and on the first page of every filing with a text layer."""
    for row in built.filings:
        data = built.pdfs[row["file"]]
        information = PdfReader(io.BytesIO(data)).metadata
        assert information is not None
        assert NOTICE in (information.subject or ""), row["file"]
        if not row["scanned"]:
            assert squeezed(NOTICE) in squeezed(next(texts(data))), row["file"]


def test_a_scan_has_no_text_but_its_stamp(built: Built) -> None:
    """The scanned declaration is images: only the stamp can be read without OCR."""
    for row in (r for r in built.filings if r["scanned"]):
        for page, text in zip(row["pages"], texts(built.pdfs[row["file"]]), strict=True):
            assert squeezed(text) == squeezed(page["stamp"])


def test_every_page_carries_its_stamp(built: Built, page_words: dict[tuple[str, int], str]) -> None:
    """A stamp's "Page 9 of 32" says which sheet of the PDF it is."""
    for row in built.filings:
        for page in row["pages"]:
            if not row["scanned"]:
                assert squeezed(page["stamp"]) in page_words[row["file"], page["page"]]
                assert page["stamp"].endswith(f"{page['page']} of {len(row['pages'])}")


def test_stamped_and_printed_pages_differ(built: Built) -> None:
    """At least half the filings print page numbers that are not the PDF's."""
    shifted = [r for r in built.filings if any(p["label"] not in (str(p["page"]), None) for p in r["pages"])]
    assert len(shifted) * 2 >= len(built.filings)


def test_the_key_names_the_page_where_the_words_stand(built: Built, page_words: dict[tuple[str, int], str]) -> None:
    """Each paragraph's first words are on its first page, its last word on its last."""
    wrong = []
    for row in built.key:
        first, last = (row["file"], row["page"]), (row["file"], row["end_page"])
        words = row["text"].split()
        if first in page_words and (
            squeezed(" ".join(words[:4])) not in page_words[first] or squeezed(words[-1]) not in page_words[last]
        ):
            wrong.append(row["id"])
    assert wrong == []


def test_the_key_gives_printed_pages_and_lines_that_are_there(built: Built) -> None:
    """Labels are the pages' own; lines are within 28 on pleading paper and 25 in a transcript, and none elsewhere."""
    rows = {row["filing"]: row for row in built.filings}
    most = {"pleading": 28, "transcript": 25}
    for row in built.key:
        filing = rows[row["filing"]]
        assert row["label"] == filing["pages"][row["page"] - 1]["label"], row["id"]
        if row["kind"] == "footnote" or filing["form"] not in most:
            assert row["line"] is None
            assert row["end_line"] is None
        else:
            assert 1 <= row["line"] <= most[filing["form"]]
            assert 1 <= row["end_line"] <= most[filing["form"]]


def test_sentences_cover_their_paragraph(built: Built) -> None:
    """A paragraph's sentences, joined, are the paragraph."""
    for row in built.key:
        assert " ".join(s["text"] for s in row["sentences"]) == row["text"], row["id"]


def test_numbered_paragraphs_count_on(built: Built) -> None:
    """¶ 1, 2, 3 … with none left out."""
    for filing in {row["filing"] for row in built.key if row["number"]}:
        numbers = [row["number"] for row in built.key if row["filing"] == filing and row["number"]]
        assert all(b == a + 1 for a, b in pairwise(numbers)), filing


def test_some_footnotes_run_over_a_page(built: Built) -> None:
    """The record holds what readers find hard."""
    assert [row["id"] for row in built.key if row["kind"] == "footnote" and row["end_page"] > row["page"]]


def test_a_quotation_that_is_not_verbatim_stops_the_build() -> None:
    """{q label | words} is refused where the labelled sentence does not hold those words."""
    sentence = "Defendants forged that token."
    place = Place("complaint", sentence, bytes(len(sentence)))
    table = Desk(DOCKET, DOCKET.sources["opp"], {"complaint.forged": place})
    assert expand("{q complaint.forged}", table).words() == "Defendants forged that token"
    assert expand("{q complaint.forged | forged that token}", table).words() == "forged that token"
    assert expand("{ql complaint.forged}", table).words() == "[d]efendants forged that token"
    with pytest.raises(SourceError, match="does not say"):
        expand("{q complaint.forged | forged the token}", table)


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ('He said "no."', "He said “no.”"),  # curled quotation marks
        ("Opp'n and 'quoted'", "Opp’n and ‘quoted’"),  # an apostrophe is not an opening quote
        ("pages 12--13 --- so", "pages 12–13 — so"),  # dashes
        ("{a samantar 319}", "Samantar v. Yousuf, 560 U.S. 305, 319 (2010)"),  # a full cite with a pin
        ("{s samantar 319}", "Samantar, 560 U.S. at 319"),  # a short one
        ("{s samantar}", "Samantar, 560 U.S. 305"),  # short, no pin
        ("{id samantar 319}", "Id. at 319"),
        ("{a 1603b}", "28 U.S.C. § 1603(b)"),
        ("{s 1603b}", "§ 1603(b)"),
        ("= * * *", "= * * *"),  # asterisks that stand alone
    ],
)
def test_marks_print_as_the_format_says(source: str, printed: str) -> None:
    """The inline marks of FORMAT.md."""
    assert expand(source, desk()).words() == printed


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("See Velkane Systems Ltd. The rest.", 1),  # an abbreviation does not end a sentence
        (r"See Velkane Systems Ltd.\| The rest.", 2),  # unless it is said to
        ("It failed. The rest.", 2),
        ("It is so. {a samantar}. The rest.", 3),  # a citation is a sentence of its own
        ('He said "no." The rest.', 2),  # a closing quotation mark ends it
        (r"It failed.\~ The rest.", 1),
        ("Fed. R. Civ. P. 12 applies. Id. at 4.", 2),
    ],
)
def test_sentences_end_where_the_format_says(text: str, count: int) -> None:
    """The plain rule, its abbreviations and its two overrides."""
    assert len(expand(text, desk()).sentences) == count


@pytest.mark.parametrize("text", ["{zz x}", "*open", "<<pls| open", "<<nobody| x.>>", "a[^none]", "{a nothing}"])
def test_a_mark_nobody_knows_stops_the_build(text: str) -> None:
    """Unknown macros, unclosed marks, strangers to the cast, undefined notes and authorities are faults."""
    with pytest.raises(SourceError):
        expand(text, desk())
