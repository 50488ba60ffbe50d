"""From raw pages to text: hyphens, labels, heads, notes, paragraphs and places, on pages set by hand."""

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest

from corpus.clean import Source, compose, lay_out
from corpus.hyphens import join, vocabulary
from corpus.labels import page_value
from corpus.model import RawLine, RawPage, RawWord, Reading, Rule
from corpus.paragraphs import group

CHAR = 6.0  # points a character


def words(text: str, x: float, baseline: float, *, size: float = 12.0, bold: bool = False) -> list[RawWord]:
    """The words of a line that starts at `x`."""
    found = []
    for word in text.split():
        edges = [x + CHAR * i for i in range(len(word) + 1)]
        found.append(RawWord(word, x, edges[-1], baseline, size, bold, False, edges))
        x = edges[-1] + CHAR
    return found


def page(
    number: int, *lines: tuple[float, float, str], rules: Sequence[Rule] = (), label: str | None = None
) -> RawPage:
    """A page of lines, each (x, baseline, text); a text that begins with "*" is bold, "~" is small type."""
    found: list[RawWord] = []
    for x, baseline, text in lines:
        size = 9.0 if text.startswith("~") else 12.0
        found += words(text.lstrip("*~"), x, baseline, size=size, bold=text.startswith("*"))
    ordered = tuple(word._replace(order=index) for index, word in enumerate(found))
    return RawPage(number, 612, 792, ordered, tuple(rules), label=label)


def read(*pages: RawPage) -> Reading:
    """The reading of pages set by hand."""
    return compose([lay_out(raw) for raw in pages], Source("id", "file.pdf"))


def paragraphs(reading: Reading) -> list[str]:
    """The text of each paragraph."""
    return [reading.text[p.start : p.end] for p in reading.paragraphs]


FULL = "the measure of a full line of this text is seventy characters and so"  # reaches the right edge

JOINS = [
    # (end of a line, start of the next, joined), in a filing that uses "common-law" and "nonmovant"
    ("the argu\ufffe", "ment fails", "the argument fails"),  # pdfium's mark for a hyphen at a line end
    ("inter\u00ad", "national law", "international law"),  # soft hyphen
    ("peti-", "tioners urge", "petitioners urge"),  # a real one
    ("a common\ufffe", "law rule", "a common-law rule"),  # a true compound, used elsewhere
    ("the non\ufffe", "movant must", "the nonmovant must"),  # no word of English, but of the filing
    ("a self\ufffe", "serving claim", "a self-serving claim"),  # both halves are words, the whole is none
    ("App. 46a\ufffe", "47a", "App. 46a-47a"),  # a range
    ("agree on little else", "— urge us", "agree on little else — urge us"),  # appellate-opinion-ecf-stamp-ca1, page 7
    ("agree on little else —", "urge us", "agree on little else — urge us"),
    ("on little else", "—urge us", "on little else—urge us"),
    ("at 312\u2013", "315", "at 312–315"),  # likewise, with an en dash
    ("Sama\ufffe", "Smith", "Sama-Smith"),  # a capital never continues a split word
    ("of end-of\ufffe", "life care", "of end-of-life care"),  # the last hyphen of a longer compound
    ("the rule—", "which binds us", "the rule—which binds us"),  # a dash is set tight
    ("we said", "—twice—", "we said—twice—"),
    ("and/", "or both", "and/or both"),
    ("see https://a.org/b/", "https://c.org", "see https://a.org/b/ https://c.org"),  # two addresses, not one
    ("a sentence.", "Another one", "a sentence. Another one"),
    ("pre- and post-", "trial motions", "pre- and post-trial motions"),
    ("Kore\ufffe", "matsu v. United States", "Korematsu v. United States"),  # slip-opinion-213-pages, page 203
    ("“sat\ufffe", "isf[ied] the prima facie", "“satisf[ied] the prima facie"),  # opinions/08-1402, page 2
    ("[s]ixty\ufffe", "one years", "[s]ixty-one years"),
    ("see https://a-", "b.org", "see https://a-b.org"),  # an address keeps its own
]


@pytest.mark.parametrize(("left", "right", "expected"), JOINS)
def test_how_lines_meet(left: str, right: str, expected: str) -> None:
    """Split words come out whole, true compounds keep their hyphen."""
    known: Counter[str] = vocabulary(["the common-law doctrine", "each nonmovant"])
    drop, between = join(left, right, known)
    assert (left[: len(left) - drop] + between + right).replace("\ufffe", "-") == expected


def test_halves_of_a_split_word_are_no_words() -> None:
    """What a line end splits is not learnt as two words, so the split name comes out whole."""
    known = vocabulary(["See also Kazmier v. Wid\ufffe", "mann, 225 F. 3d 519"])
    assert (known["kazmier"], known["wid"], known["mann"]) == (1, 0, 0)
    assert join("Kazmier v. Wid\ufffe", "mann, 225", known) == (1, "")


VALUES = [
    ("9", ("1", 9)),
    ("iv", ("i", 4)),
    ("xxxix", ("i", 39)),
    ("A5", ("A", 5)),
    ("SA-12", ("SA", 12)),
    ("iiii", ("i", None)),  # no numeral
    ("vx", ("i", None)),
    ("Cover", ("", None)),
]


@pytest.mark.parametrize(("label", "expected"), VALUES)
def test_page_numbers_are_read(label: str, expected: tuple[str, int | None]) -> None:
    """Arabic, roman and prefixed numbers; what only looks like one has no value."""
    assert page_value(label) == expected


def body(*texts: str, top: float = 100.0) -> list[tuple[float, float, str]]:
    """Lines of a paragraph, the first indented."""
    return [(108.0 if at == 0 else 72.0, top + 24.0 * at, text) for at, text in enumerate(texts)]


def prose(page_number: int, top: float = 100.0) -> list[tuple[float, float, str]]:
    """A paragraph of three lines that no other page has."""
    return body(f"{'abcdefghijkl'[page_number] * 8} {FULL[9:]}", FULL, "ends.", top=top)


def test_a_paragraph_that_runs_over_a_page_is_one() -> None:
    """Foot and head between its halves are gone, and the split word is whole."""
    reading = read(
        page(1, (200, 40, "SMITH v. JONES"), *body(FULL, FULL, "the argu\ufffe"), (306, 750, "1")),
        page(2, (200, 40, "SMITH v. JONES"), (72, 100, "ment fails."), *body(FULL, "ends.", top=124), (306, 750, "2")),
        page(3, (200, 40, "SMITH v. JONES"), *body(FULL, "ends."), (306, 750, "3")),
    )
    assert [p.label for p in reading.pages] == ["1", "2", "3"]
    assert paragraphs(reading)[0] == f"{FULL} {FULL} the argument fails."
    assert len(reading.paragraphs) == 3
    assert reading.heads[0] == (1, "SMITH v. JONES")


def test_each_character_knows_its_place() -> None:
    """A line's edges and box are fractions of the page; a dropped hyphen has none."""
    reading = read(page(1, (72, 100, "the argu\ufffe"), (72, 124, "ment fails here")))
    first = reading.lines[0]
    assert reading.text[first.start : first.end] == "the argu"
    assert first.box.x0 == pytest.approx(72 / 612, abs=1e-4)
    assert first.box.x1 == pytest.approx((72 + 8 * CHAR) / 612, abs=1e-4)
    assert first.box.y0 < 100 / 792 < first.box.y1
    assert len(first.edges) == 2 * (len("the argu") + 1)


def test_roman_pages_come_before_arabic_ones() -> None:
    """A brief's tables are numbered apart from its text; a page that prints no number has none."""
    feet = ["", "i", "ii", "iii", "1", "2", "3"]
    reading = read(*(page(n, *prose(n), (306, 750, foot)) for n, foot in enumerate(feet, start=1)))
    assert [p.label for p in reading.pages] == [None, "i", "ii", "iii", "1", "2", "3"]


def test_separate_writings_count_anew() -> None:
    """The number at the outer end of the head is believed although it falls back to 1."""
    numbers = ["1", "2", "3", "1", "1", "2"]
    reading = read(
        *(
            page(n, (200, 60, "Cite as: 560 U. S. ____ (2010)"), (450, 60, number), *prose(n))
            for n, number in enumerate(numbers, start=1)
        )
    )
    assert [p.label for p in reading.pages] == numbers


FOOTS = [
    "ORDER - {}",
    "{} SMITH v. JONES",
    "Case No. 16-745 {} Reply Brief",
    "Page | {}",
    "- {} -",
    "[{}]",
    "Page {} of 9",
]


@pytest.mark.parametrize("foot", FOOTS)
def test_a_number_within_a_running_foot(foot: str) -> None:
    """Beside a title, between two, or dressed up."""
    reading = read(*(page(n, *prose(n), (200, 750, foot.format(n + 1))) for n in range(1, 8)))
    assert [p.label for p in reading.pages] == ["2", "3", "4", "5", "6", "7", "8"]
    assert all("JONES" not in text and "Reply" not in text for text in paragraphs(reading))


def test_a_number_in_the_text_is_no_page_number() -> None:
    """A section's number, centered, is a heading; it does not count on from page to page."""
    reading = read(*(page(n, *prose(n), (294, 180, "2"), (108, 204, "Next.")) for n in range(1, 6)))
    assert {p.label for p in reading.pages} == {None}
    assert reading.text.count("\n2\n") == 5


def test_the_pdfs_own_labels_serve_where_no_number_is_printed() -> None:
    """But not where they contradict print, and not where they are no numbers."""
    plain = [page(n, *prose(n), label=own) for n, own in enumerate(["Cover", "i", "1", "2"], start=1)]
    assert [p.label for p in read(*plain).pages] == [None, "i", "1", "2"]
    printed = [page(n, *prose(n), (306, 750, str(n + 4)), label=str(n)) for n in range(1, 5)]
    assert [p.label for p in read(*printed).pages] == ["5", "6", "7", "8"]


RULE = Rule(72, 640, 216, 640.5)


def raised(text: str, x: float, baseline: float) -> RawWord:
    """A small numeral above the line."""
    return RawWord(text, x, x + 4 * len(text), baseline - 4, 7, False, False, [x + 4 * i for i in range(len(text) + 1)])


def noted(number: int, mark: str, note: list[str], *, rest: str = "") -> RawPage:
    """A page whose body ends in a mark and whose foot holds the note's lines (the first numbered, unless `rest`)."""
    base = page(number, *body(FULL, "ends."), *((72.0, 655.0 + 12 * i, f"~{line}") for i, line in enumerate(note)))
    extra = [raised(mark, 102.5, 124)] if mark else []
    extra += [] if rest else [raised(mark, 66, 655)]
    ordered = tuple(w._replace(order=i) for i, w in enumerate([*base.words, *extra]))
    return RawPage(number, 612, 792, ordered, (RULE,))


def test_a_footnote_stands_apart_and_its_mark_is_remembered() -> None:
    """The raised number leaves the text, so that no word has a digit glued to it; the note knows where it stood."""
    reading = read(noted(1, "3", ["See the record at twelve.", "It says so."]))
    note = reading.footnotes[0]
    assert reading.text[: reading.body_end] == f"{FULL} ends.\n"
    assert (note.number, note.page) == ("3", 1)
    assert reading.text[note.start : note.end] == "See the record at twelve. It says so."
    assert note.mark is not None
    assert reading.text[: note.mark].endswith("ends.")


def test_a_footnote_that_runs_over_a_page_is_one() -> None:
    """What stands under the next page's rule without a number goes on with the note before."""
    over = noted(2, "", ["and goes on here."], rest="yes")
    reading = read(noted(1, "3", ["The note begins on this page and then it runs over,"]), over)
    assert [(n.number, n.page) for n in reading.footnotes] == [("3", 1)]
    assert reading.text[reading.footnotes[0].start :].endswith("runs over, and goes on here.\n")
    assert reading.pages[1].footnotes != ()


BOXED = ["Appeal from the District Court", "01/05/2016 401 CMO 7 re Stipulations", "02/02/2016 519 CMO 8 re Discovery"]


@pytest.mark.parametrize("first", [0, 1])  # a cover under its caption's box; pleading-paper-order-azd.1085839.3, page 4
def test_a_rule_of_a_box_or_table_is_no_footnote_rule(first: int) -> None:
    """Small type under a rule at the left is notes only where a note begins or runs on: no figure of a date is lost."""
    small = [(72.0, 655.0 + 12 * at, f"~{line}") for at, line in enumerate(BOXED[first:])]
    reading = read(page(1, *prose(1)), page(2, *prose(2), *small, rules=[RULE]))
    assert reading.footnotes == ()
    assert all(line in reading.text for line in BOXED[first:])


def test_single_spaced_quotations_are_block_quotes() -> None:
    """Set in from both sides, between double-spaced paragraphs."""
    quote = "the words of the statute stand here in two lines of"
    reading = read(
        page(1, *body(FULL, "says:"), (108, 172, quote), (108, 184, "their own."), *body(FULL, FULL, "ends.", top=208))
    )
    assert [p.kind for p in reading.paragraphs][1:] == ["block_quote", "body"]
    assert paragraphs(reading)[1] == f"{quote} their own."


def test_headings_are_told_by_their_looks() -> None:
    """Centered, or bold and short; a hanging heading is one paragraph."""
    reading = read(
        page(
            1,
            *body(FULL, FULL, "ends."),
            (270, 196, "*ARGUMENT"),
            (72, 220, "*I."),
            (108, 220, "*The Act Does Not Govern An Entity That Is"),
            (108, 232, "*Not A Foreign State"),
            *body(FULL, FULL, "ends.", top=256),
        )
    )
    found = [(p.kind, text) for p, text in zip(reading.paragraphs, paragraphs(reading), strict=True)]
    assert found[1:3] == [
        ("heading", "ARGUMENT"),
        ("heading", "I. The Act Does Not Govern An Entity That Is Not A Foreign State"),
    ]
    assert reading.paragraphs[1].centered
    assert reading.paragraphs[2].bold


def test_a_two_column_caption_reads_column_by_column() -> None:
    """The parties first, then number and title; the column of brackets is gone."""
    rows = ["MARY BEAVERS,", "Plaintiff,", "v.", "MIDLAND FUNDING LLC,", "Defendant."]
    right = ["", "No. 17-2543", "", "COMPLAINT", ""]
    caption = [(72.0, 200.0 + 20 * at, text) for at, text in enumerate(rows)]
    marks = [(300.0, 200.0 + 20 * at, ")") for at in range(5)]
    beside = [(330.0, 200.0 + 20 * at, text) for at, text in enumerate(right) if text]
    reading = read(page(1, *caption, *marks, *beside, *body(FULL, FULL, "ends.", top=340)))
    front = " ".join(text for p, text in zip(reading.paragraphs, paragraphs(reading), strict=True) if p.kind == "front")
    assert front == "MARY BEAVERS, Plaintiff, v. MIDLAND FUNDING LLC, Defendant. No. 17-2543 COMPLAINT"


def test_a_table_of_contents_is_a_map() -> None:
    """Titles that run to page numbers are no evidence; the page after them is text again."""
    entries = [(72.0, 124.0 + 24 * i, f"Part {i} of the argument ........................ {i}") for i in range(1, 9)]
    reading = read(
        page(1, *prose(1)),
        page(2, (250, 100, "TABLE OF CONTENTS"), *entries),
        page(3, *entries),
        page(4, *prose(4)),
    )
    assert [p.use for p in reading.pages] == ["text", "toc", "toc", "text"]


def test_pleading_numbers_belong_to_lines() -> None:
    """Number n to the line beside it; a single-spaced line midway between two numbers to the upper one."""
    numbers = [(54.0, 72.0 + 24 * n, str(n)) for n in range(1, 29)]
    lines = [(72.0, 96.0, FULL), (72.0, 108.0, FULL), (72.0, 120.0, FULL), (72.0, 744.0, "ends.")]
    reading = read(page(1, *numbers, *lines))
    assert [line.number for line in reading.lines] == [1, 1, 2, 28]
    assert reading.text.split() == [*FULL.split(), *FULL.split(), *FULL.split(), "ends."]


def test_numbered_lists_are_no_pleading_paper() -> None:
    """Eight requests, one to a paragraph, with body text left of none of them but uneven distances."""
    places = [100, 150, 160, 240, 330, 350, 500, 520]
    numbers = [(72.0, float(y), str(n)) for n, y in enumerate(places, start=1)]
    asked = [(100.0, float(y), FULL) for y in places]
    reading = read(page(1, *numbers, *asked))
    assert {line.number for line in reading.lines} == {None}


def test_a_page_filed_twice_keeps_its_text() -> None:
    """Lines that repeat on the next page are no heads where they are set as text is."""
    lines = body(FULL, FULL, FULL, FULL, FULL, FULL, "ends.")
    reading = read(page(1, *lines), page(2, *lines))
    assert reading.heads == ()
    assert reading.text.count("ends.") == 2


def test_an_empty_page_is_blank() -> None:
    """It has no text, and its part of the text is empty."""
    reading = read(page(1, *prose(1)), page(2), page(3, *prose(3)))
    assert [p.use for p in reading.pages] == ["text", "blank", "text"]
    assert reading.pages[1].start == reading.pages[1].end


def test_a_filing_of_blank_pages_is_empty() -> None:
    """No text, no lines, no error here: whether that is a fault is the reader's to say."""
    reading = read(page(1), page(2))
    assert (reading.text, reading.lines, reading.paragraphs) == ("", (), ())


def test_no_lines_no_blocks() -> None:
    """Grouping nothing gives nothing."""
    assert group([], 12.0) == []


def test_lines_keep_what_was_printed() -> None:
    """Text and edges of a line agree in length, whatever is cut from it."""
    line = RawLine("abc", array("f", [0, 1, 2, 3]), 10, 12)
    assert (line.x0, line.x1, line.width) == (0, 3, 3)


def test_a_redaction_stands_in_its_line() -> None:
    """A dark bar between words is a word of its own; one far from any word is a drawing, and says nothing."""
    raw = page(1, (72, 100, "the Witness is"), (220, 100, "of Acme, and so on"), (72, 124, "goes on here."))
    between, apart = Rule(162, 88, 216, 104), Rule(300, 112, 360, 128)
    reading = read(replace(raw, covered=(between, apart)))
    assert reading.text.splitlines()[0] == "the Witness is █ of Acme, and so on goes on here."
    line = reading.lines[0]
    at = reading.text.index("█")
    left, right = (int.from_bytes(line.edges[2 * i : 2 * i + 2], "little") / 65535 for i in (at, at + 1))
    assert (left, right) == (pytest.approx(162 / 612, abs=1e-3), pytest.approx(216 / 612, abs=1e-3))


def test_a_scans_foot_is_a_foot_though_it_lies_lower() -> None:
    """On a scan a foot of two lines is known by its words, a little higher on one page than on the next."""
    numbers = [(40.0, 100.0 + 24 * n, str(n + 1)) for n in range(24)]
    foot = ("JOINT STIPULATION AND", "ORDER EXTENDING TIME TO ANSWER THE COMPLAINT AND ALL MOTIONS")
    pages = [
        replace(
            page(n, *numbers, *body(*[FULL] * 24), (250, 730 + off, foot[0]), (150, 743 + off, foot[1])), layered=True
        )
        for n, off in ((1, 0.0), (2, 13.0))
    ]
    reading = read(*pages)
    assert "STIPULATION" not in reading.text
    assert [text for number, text in reading.heads if number == 1] == list(foot)


def test_the_head_of_a_table_is_no_heading() -> None:
    """A bold line close under a row of columns is a row, as is one with columns of its own."""
    reading = read(
        page(
            1,
            *body(FULL, FULL, "as follows."),
            *[
                (x, 180.0 + 14 * n, text)
                for n, text in enumerate(("*Docket", "*19031", "*27735"))
                for x in (72.0, 330.0)
            ],
            (230, 222, "*Penalty Deficiency"),
        )
    )
    assert "heading" not in {p.kind for p in reading.paragraphs}


def test_a_long_number_under_a_rule_begins_no_note() -> None:
    """ "908 Deposition …" under the rule of a table is its row; a note's number is raised, or short."""
    row = page(1, *body(FULL, FULL, "as follows."), (72, 655, "~908 Deposition of the engineer"), rules=(RULE,))
    note = page(1, *body(FULL, FULL, "as follows."), (72, 655, "~1 Deposition of the engineer"), rules=(RULE,))
    assert [n.number for n in read(row).footnotes] == []
    assert [n.number for n in read(note).footnotes] == ["1"]
