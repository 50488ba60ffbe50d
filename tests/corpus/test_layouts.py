"""Real court PDFs, one per trouble: what the reader must find, written down from the rendered pages by eye."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from corpus.errors import NoText
from corpus.model import Page, Reading
from corpus.reader import read_reading


@dataclass(frozen=True)
class Seen:
    """What the pages of one file show.

    `labels` are the pages' numbers, "-" for a page without: as printed, or, where all that is printed agrees with it,
    by the PDF's own label tree. `stamp` is the first page's (docket, entry, attachment, filed, page, pages, PageID).
    `uses` are pages other than text. `notes` are footnote numbers by page. `lines` are (page, line number, words on
    that line). `whole` are words that stand in one paragraph; `gone` are words that must not be in the text.
    `redacted` are the pages on which a box hides words that the file still holds.
    """

    labels: str
    stamp: tuple[object, ...] | None = None
    uses: dict[int, str] = field(default_factory=dict)
    scanned: tuple[int, ...] = ()
    notes: dict[int, str] = field(default_factory=dict)
    lines: tuple[tuple[int, int, str], ...] = ()
    whole: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    redacted: tuple[int, ...] = ()
    heads: tuple[tuple[int, str], ...] = ()


def count(start: int, end: int) -> str:
    """The numbers from start to end, as words: 3 to 5 is "3 4 5"."""
    return " ".join(str(number) for number in range(start, end + 1))


LAYOUTS = {
    "appellate-brief-toc-toa-cafc.19-1081.50": Seen(
        labels=f"- i ii iii iv v {count(1, 34)} 35 36 37 38 A1 A2 A3 A4 A5",
        stamp=("19-1081", "50", None, "2019-04-18", 1, None, None),
        uses={1: "cover", 2: "toc", 3: "toc", 4: "toa", 5: "toa", 44: "toc"},
        notes={11: "1 2 3 4", 12: "5", 14: "6 7", 16: "8", 27: "9", 28: "10", 36: "11", 39: "12"},
        whole=(
            "the remedy for its violation entails a return of money unlawfully exacted.’”",
            "an electronic bankruptcy notification system, a web-based juror services system",
            "(3) Cancellation costs of multiyear contract.--Any cancellation costs incurred",  # a run-in caption
        ),
        gone=("Case: 19-1081",),
    ),
    "appellate-opinion-ecf-stamp-ca1": Seen(
        labels=count(1, 17),
        stamp=("20-1507", "00117684624", None, "2020-12-22", 1, None, None),
        notes={6: "1", 10: "2"},
        whole=(
            "responded to the growing threat of contagion by issuing a series of executive orders",
            'authorized "Essential Businesses and Operations" to exceed',  # under a bullet of a symbol font
            'certain "narrow exceptions." Mass. Air Pollution',  # the case is underlined, a line long
            "712 F.3d 6, 12 (1st Cir. 2013); Fideicomiso De La Tierra",
        ),
        gone=("6390389", "- 3 -"),
    ),
    "appellate-opinion-ecf-stamp-ca5": Seen(
        labels=f"- {count(2, 10)}",
        stamp=("21-50498", "00516242060", None, "2022-03-16", 1, None, None),
        notes={1: "*", 3: "1", 7: "2", 9: "3"},
        whole=(
            "the City of El Paso (the “City”) solicited offers from outside vendors",
            "St. Pierre’s bi-weekly paycheck",
            "Dearborn National Life Insurance Company (“Dearborn”) (collectively, “Appellees”)",  # over the page
        ),
        gone=("FILED", "Lyle W. Cayce"),
        heads=((1, "FILED March 16, 2022"), (2, "No. 21-50498")),
    ),
    "hidden-text-under-text": Seen(
        labels="-",
        stamp=("3:19-cv-00227-HRH", "1", None, "2019-08-20", 1, 5, None),
        whole=("SCOOPER TROOPER, LLC", "(“Scooper” or “Defendant”) hereby alleges as follows:"),
        gone=("TROOPPER",),
    ),
    "judgment-ecf-stamp-ca1": Seen(
        labels="- -",
        stamp=("12-2209", "00116475093", None, "2013-01-03", 1, None, None),
        whole=("The time for filing the appellant briefs is extended until March 8, 2013.",),
    ),
    "memorandum-opinion-redacted-dcd-17-mc-2336": Seen(
        labels=count(1, 37),
        uses={19: "blank"},  # every line of it is blacked out
        notes={
            1: "1",
            3: "2",
            5: "3",
            11: "4",
            13: "5 6",
            14: "7",
            20: "8",
            23: "9",
            25: "10",
            27: "11",
            28: "12 13",
            31: "14",
        },
        whole=(
            "who was associated with the campaign of one presidential candidate—now the President—and Target 2",
            "refused to testify unless directed by a court order",
            "“the Witness” is █, an attorney at █. SCO’s Motion",  # words are blacked out
            "GR Company 2, █ when, in fact, both Target 1",
            "did not include meetings or outreach within the U.S.” 2017 FARA Subm’n at 2.",  # bold, half of it underlined
            "portions of the 2017 FARA Submission, two of which",  # a first line that happens to stand in the middle
        ),
    ),
    "notice-ecf-stamp-ca8": Seen(
        labels="- 2 -",
        stamp=("17-2543", None, None, "2017-07-26", 1, None, None),
        uses={3: "unread"},
        notes={1: "1"},
        whole=("Collection Practices Act’s one-year statute of limitations began to run on the date",),
        gone=("4561396",),
    ),
    "order-ecf-stamp-ca10": Seen(
        labels="1",
        stamp=("21-800", "010110462922", None, "2021-01-11", 1, None, None),
        whole=("attorney Richard P. Liebowitz has been suspended on an interim basis from the practice of law",),
        gone=("FILED", "Christopher M. Wolpert"),
    ),
    "order-ecf-stamp-ca2": Seen(
        labels="1 2",
        stamp=("25-1689", "28", "1", "2025-07-15", 1, 2, None),
        whole=("Appellees shall file opposition to the motion by July 17, 2025",),
    ),
    "order-ecf-stamp-ca7": Seen(
        labels="-",
        stamp=("17-2400", "3", None, "2017-07-13", None, 1, None),
        whole=(
            "Appeal from the United States District Court for the Northern District of Indiana, South Bend Division.",
            "ORDERS the parties to this appeal to file a Statement",
        ),
    ),
    "order-ocr-layer-tennessee": Seen(
        labels="- 2 3 4 5 6 - - - - -",  # the layer does not know page 1's number
        uses={7: "unread", 8: "unread", 9: "unread", 10: "unread", 11: "unread"},
        scanned=(1, 2, 3, 4, 5, 6),
        notes={1: "1", 2: "2"},
        whole=("while driving a forklift, collided with another moving forklift and suffered injuries.",),
        gone=("Oct 02, 2019",),
        heads=((1, "FILED Oct 02, 2019"),),
    ),
    "order-with-ocr-layer-nysd-12cv6758": Seen(
        labels="- - - - - -",
        uses={1: "unread", 2: "unread"},
        whole=("SEARCH ENGINE REMOVAL ALLEN VS. CHANEL",),
    ),
    "pleading-paper-order-azd.1085839.3": Seen(
        labels="- 1 24 1 25",
        lines=(
            (1, 1, "WO"),
            (1, 6, "IN THE UNITED STATES DISTRICT COURT"),
            (1, 15, "This multidistrict litigation proceeding"),
            (1, 28, "States Judicial Panel for Multidistrict Litigation"),
        ),
        whole=("inferior vena cava (“IVC”) filters. The MDL Plaintiffs have received implants",),
        gone=("Prods. Liab. Litig., No. MDL",),
        heads=((2, "In re Bard IVC Filters Products Liability Litigation, No. MDL 15-02641-PHX-DGC"),),
    ),
    "pleading-paper-order-cacd.652774.40": Seen(
        labels="1 2 3 4",
        stamp=("8:16-cv-01261-DOC-KES", "40", None, "2016-08-05", 1, 4, "365"),
        uses={1: "cover"},
        lines=(
            (1, 10, "UNITED STATES DISTRICT COURT"),
            (1, 11, "CENTRAL DISTRICT OF CALIFORNIA"),
            (2, 6, "At the July 25, 2016, hearing"),  # exactly beside its number
            (2, 15, "argument of counsel, the Court finds good cause"),  # likewise
            (2, 24, "record at the hearing on the matter."),  # likewise
        ),
        whole=(
            "CONSUMERINFO.COM, INC. dba EXPERIAN CONSUMER SERVICES,",
            "INC. dba EXPERIAN CONSUMER SERVICES’ APPLICATION FOR A PRELIMINARY INJUNCTION",
            "are enjoined from the unauthorized use, duplication, or distribution of Experian’s JavaScript code",
        ),
        gone=("8:16-cv-1261-DOC (KESx)",),
    ),
    "pleading-paper-tro-cacd-2-17-cv-00786-7": Seen(
        labels="1 2 3 4 5",
        stamp=("2:17-cv-00786-AB-PLA", "7", None, "2017-01-31", 1, 5, "57"),
        uses={1: "cover"},
        lines=(
            (1, 8, "UNITED STATES DISTRICT COURT"),
            (2, 24, "Before the Court is Plaintiffs’ Motion"),
            (3, 1, "DISCUSSION"),
            (3, 2, "A temporary restraining order"),
            (3, 28, "satisfied the “alternative” test"),
            (4, 5, "IT IS HEREBY ORDERED THAT:"),
            (5, 3, "IT IS SO ORDERED."),
        ),
        whole=(
            "ORDER GRANTING EMERGENCY MOTION FOR TEMPORARY RESTRAINING ORDER AND/OR PRELIMINARY INJUNCTION",
            "to show cause why the preliminary injunctive relief sought in the Ex Parte Application",  # over the page
        ),
    ),
    "redaction-box-over-live-text": Seen(
        labels="7",
        redacted=(1,),
        stamp=("1:21-cv-01061-KLM", "1", None, "2021-04-16", 7, 16, None),
        whole=("She answered █. (Ex. 1 at p. 61 of 68; Ex. 2 at p. 45 of 52).",),
        gone=("“No”", "“Yes”", "relevant medical history"),
    ),
    "redaction-hatched-over-live-text": Seen(
        labels="2",
        redacted=(1,),
        stamp=("1:19-cr-00725-JPO", "191", None, "2021-05-25", 2, 4, None),
        whole=("the iCloud account of Victoria Toensing █; █ █ the e-mail account of Victoria Toensing",),
        gone=("late 2019", "Ukraine", "Lutsenko", "Parnas"),
    ),
    "slip-opinion-213-pages-19-1392": Seen(
        labels=" ".join(count(1, last) for last in (8, 108, 7, 12, 12, 66)),
        notes={10: "1 2 3", 18: "16 17", 71: "60 61 62 63 64 65"},
        heads=((1, "OCTOBER TERM, 2021"), (2, "Syllabus"), (213, "DOBBS v. JACKSON WOMEN’S HEALTH ORGANIZATION")),
    ),
    "slip-opinion-many-writings-23-939": Seen(
        labels=" ".join(count(1, last) for last in (8, 43, 9, 7, 30, 22)),
        notes={11: "1", 54: "1", 62: "1", 73: "1", 102: "1"},
        heads=((8, "Syllabus"), (9, "Opinion of the Court")),
        whole=(
            "Trump and his co-conspirators “exploited the disruption by redoubling efforts",  # co- / conspirators
            "At least with respect to the President’s exercise",  # the syllabus, over the page
        ),
    ),
    "slip-opinion-with-syllabus-samantar-08-1555": Seen(
        labels=" ".join(count(1, last) for last in (3, 20, 1, 1, 4)),
        heads=((1, "Syllabus"), (4, "Opinion of the Court")),
        whole=("it lacked subject-matter jurisdiction", "command and control over members of the Somali"),
    ),
    "slip-opinion-with-syllabus-tarrant": Seen(
        labels=f"{count(1, 4)} {count(1, 24)} - -",
        uses={29: "unread", 30: "unread"},  # two maps
        notes={7: "1", 8: "2", 9: "3 4", 11: "5 6", 13: "7", 14: "8", 18: "9 10", 19: "11", 21: "12", 27: "13"},
        whole=("Oklahoma, Arkansas, and Louisiana.",),
    ),
    "state-appellate-opinion-missouri": Seen(
        labels=count(1, 5),
        whole=(
            "No. ED108783 Appeal from the Circuit Court of St. Charles County, Missouri",
            "an order nunc pro tunc the clerical error in the written judgment’s description",
        ),
    ),
    "state-supreme-court-opinion-nc": Seen(
        labels=" ".join("-" * 23),
        notes={4: "1", 9: "2", 22: "3"},
        heads=((2, "GIFT SURPLUS, LLC V. STATE EX REL. COOPER"), (2, "2022-NCSC-1"), (2, "Opinion of the Court")),
        whole=("sued Governor Roy Cooper and several state law enforcement officials",),
        gone=("¶ 1",),
    ),
    "tax-court-memo-footnotes": Seen(
        labels=f"- {count(2, 32)}",
        notes={
            1: "1",
            3: "2",
            4: "3",
            8: "4",
            9: "5",
            12: "6",
            13: "7",
            16: "8",
            20: "9",
            23: "10",
            24: "11",
            25: "12",
            30: "13",
            31: "14 15",
        },
        whole=(
            "would fall to a negative amount: −$1,000. In that instance",  # the file says "!"
            "P-H reported net profits attributable to M LLC.",  # the page mark [*2] stood within
            "Held, further, P-H’s personal guarantee of Loan 2 increased his basis",  # a wide gap in the first line
        ),
        gone=("[*2]", "(continued...)", "(...continued)"),
    ),
}


@cache
def read(shared: Path, name: str) -> Reading:
    """One layout file, read once."""
    return read_reading(shared / "court-pdfs" / "layouts" / f"{name}.pdf")


def each(field_name: str) -> pytest.MarkDecorator:
    """The files for which something was written down."""
    return pytest.mark.parametrize("name", [name for name, seen in LAYOUTS.items() if getattr(seen, field_name)])


@each("labels")
def test_printed_pages(shared: Path, name: str) -> None:
    """Every page has the number it prints, or the PDF's own where it prints none, or none."""
    labels = [page.label or "-" for page in read(shared, name).pages]
    assert labels == LAYOUTS[name].labels.split()


@pytest.mark.parametrize("name", LAYOUTS)
def test_stamps(shared: Path, name: str) -> None:
    """The first page's stamp says what it says; a file without stamps has none; no stamp is in the text."""
    reading = read(shared, name)
    stamp = reading.pages[0].stamp
    seen = stamp and (
        stamp.docket, stamp.entry, stamp.attachment, stamp.filed, stamp.page, stamp.pages, stamp.page_id
    )  # fmt: skip
    assert seen == LAYOUTS[name].stamp
    if stamp is not None:
        assert all(page.stamp is not None for page in reading.pages)
        assert stamp.text not in reading.text


@pytest.mark.parametrize("name", LAYOUTS)
def test_uses_and_scans(shared: Path, name: str) -> None:
    """Covers, tables, blank and unread pages are known, and which pages' words come from OCR."""
    pages = read(shared, name).pages
    assert {page.number: page.use for page in pages if page.use != "text"} == LAYOUTS[name].uses
    assert tuple(page.number for page in pages if page.scanned) == LAYOUTS[name].scanned


@pytest.mark.parametrize("name", LAYOUTS)
def test_unread_pages_are_named(shared: Path, name: str) -> None:
    """A page that was not read is never passed over in silence."""
    reading = read(shared, name)
    unread = [page.number for page in reading.pages if page.use == "unread"]
    warnings = [warning for warning in reading.warnings if "redaction" not in warning]
    assert len(warnings) == len(unread)
    for number, warning in zip(unread, warnings, strict=True):
        assert f"page {number} " in warning


@pytest.mark.parametrize("name", LAYOUTS)
def test_pages_with_live_text_under_a_redaction_are_named(shared: Path, name: str) -> None:
    """Where a box hides words, the filing warns that those left may not read on; nowhere else."""
    warnings = [warning for warning in read(shared, name).warnings if "redaction" in warning]
    assert len(warnings) == len(LAYOUTS[name].redacted)
    for number, warning in zip(LAYOUTS[name].redacted, warnings, strict=True):
        assert f"page {number} has text under a redaction" in warning


@each("notes")
def test_footnotes(shared: Path, name: str) -> None:
    """Footnotes stand apart from the body, with their numbers and pages, and their marks are found in it."""
    reading = read(shared, name)
    for page, numbers in LAYOUTS[name].notes.items():
        found = [note for note in reading.footnotes if note.page == page]
        assert [note.number for note in found] == numbers.split()
        assert all(note.start >= reading.body_end for note in found)
        assert all(note.mark is not None and note.mark < reading.body_end for note in found)


@each("lines")
def test_line_numbers(shared: Path, name: str) -> None:
    """The numbers down the margin belong to the lines beside them, and are not in the text."""
    reading = read(shared, name)
    for page, number, words in LAYOUTS[name].lines:
        holding = [line for line in reading.lines if line.page == page and words in reading.text[line.start : line.end]]
        assert [line.number for line in holding] == [number], words


@each("whole")
def test_words_that_belong_together(shared: Path, name: str) -> None:
    """Sentences broken by line ends, columns, notes and pages come out whole, in one paragraph."""
    reading = read(shared, name)
    paragraphs = [reading.text[p.start : p.end] for p in reading.paragraphs]
    for words in LAYOUTS[name].whole:
        assert any(words in paragraph for paragraph in paragraphs), words


@each("gone")
def test_what_is_not_text(shared: Path, name: str) -> None:
    """Stamps, running heads, margin numbers and what a redaction covers are nowhere in the text."""
    reading = read(shared, name)
    for words in LAYOUTS[name].gone:
        assert words not in reading.text, words


@each("heads")
def test_running_heads(shared: Path, name: str) -> None:
    """What was taken off the top of a page is kept, for it names writings and dates."""
    heads = read(shared, name).heads
    for page, words in LAYOUTS[name].heads:
        assert any(words in head for number, head in heads if number == page), words


@pytest.mark.parametrize("name", ["scanned-filing-ca4", "scanned-opinion-one-page"])
def test_a_filing_of_scans_needs_ocr(shared: Path, name: str) -> None:
    """Where no page can be read, the error says what to install."""
    with pytest.raises(NoText, match=r"pincite\[ocr\]"):
        read(shared, name)


def test_a_scan_under_two_stamps(shared: Path) -> None:
    """Two stamps printed over each other are both read; the later one, by date, is the page's."""
    reading = read_reading(shared / "court-pdfs" / "layouts" / "scanned-order-cand.203070.27.pdf", ocr=Nothing())
    stamps = [page.stamp for page in reading.pages]
    assert [(s.docket, s.entry, s.filed, s.page, s.pages) for s in stamps if s] == [
        ("4:08-cv-02214-SBA", "27", "2009-02-03", 1, 2),
        ("4:08-cv-02214-SBA", "27", "2009-02-03", 2, 2),
    ]
    assert all(page.scanned for page in reading.pages)
    assert "Document" not in reading.text


class Nothing:
    """OCR that finds no words."""

    def read(self, pixels: object, width: float, height: float) -> tuple[()]:
        return ()


def test_pages_know_their_size(shared: Path) -> None:
    """Points, as displayed."""
    page: Page = read(shared, "order-ecf-stamp-ca10").pages[0]
    assert (page.width, page.height) == (612.0, 792.0)
