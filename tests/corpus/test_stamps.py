"""Electronic filing stamps: what each form says, and that nothing else is taken for one."""

from array import array

import pytest

from corpus.model import RawLine
from corpus.stamps import read_stamp, take_clerk_stamp, take_stamps

# (as printed, docket, entry, attachment, filed, page, pages, PageID)
FORMS = [
    # district courts
    ("Case 2:06-cv-00376-SRW   Document 1-2   Filed 04/25/2006   Page 1 of 1",
     "2:06-cv-00376-SRW", "1", "2", "2006-04-25", 1, 1, None),
    ("Case 8:16-cv-01261-DOC-KES   Document 40   Filed 08/05/16   Page 2 of 4   Page ID #:366",
     "8:16-cv-01261-DOC-KES", "40", None, "2016-08-05", 2, 4, "366"),
    ("Case 1:21-cv-01061-KLM   Document 1   Filed 04/16/21   USDC Colorado   Page 7 of 16",
     "1:21-cv-01061-KLM", "1", None, "2021-04-16", 7, 16, None),
    ("Case: 1:12-cv-00123 Document #: 12 Filed: 01/02/13 Page 1 of 3 PageID #:123",
     "1:12-cv-00123", "12", None, "2013-01-02", 1, 3, "123"),
    ("Case 1:15-cv-00050-RJJ ECF No. 12 filed 03/04/15 PageID.77 Page 1 of 9",
     "1:15-cv-00050-RJJ", "12", None, "2015-03-04", 1, 9, "77"),
    ("Case 1:15-cv-00050-RJJ ECF No. 12-1, PageID.77 Filed 03/04/15 Page 1 of 9",
     "1:15-cv-00050-RJJ", "12", "1", "2015-03-04", 1, 9, "77"),
    ("3:15-cv-01234-ABC     Date Filed 01/02/15    Entry Number 12     Page 1 of 9",
     "3:15-cv-01234-ABC", "12", None, "2015-01-02", 1, 9, None),
    ("Case 4:23-cv-90417-AMT   Document 24-1   Filed 06/26/23   Page 3 of 12",
     "4:23-cv-90417-AMT", "24", "1", "2023-06-26", 3, 12, None),
    # courts of appeals
    ("Case: 20-16408, 12/21/2020, ID: 11935084, DktEntry: 37, Page 1 of 39",
     "20-16408", "37", None, "2020-12-21", 1, 39, None),
    ("Case: 25-1689, 07/15/2025, DktEntry: 28.1, Page 2 of 2",
     "25-1689", "28", "1", "2025-07-15", 2, 2, None),
    ("Case: 20-1507     Document: 00117684624     Page: 3      Date Filed: 12/22/2020      Entry ID: 6390389",
     "20-1507", "00117684624", None, "2020-12-22", 3, None, None),
    ("Case: 17-2400      Document: 3            Filed: 07/13/2017      Pages: 1",
     "17-2400", "3", None, "2017-07-13", None, 1, None),
    ("Appeal: 15-1504      Doc: 6            Filed: 05/12/2015      Pg: 1 of 4",
     "15-1504", "6", None, "2015-05-12", 1, 4, None),
    ("Appellate Case: 17-2543     Page: 1      Date Filed: 07/26/2017 Entry ID: 4561396",
     "17-2543", None, None, "2017-07-26", 1, None, None),
    ("Appellate Case: 21-800     Document: 010110462922     Date Filed: 01/11/2021     Page: 1",
     "21-800", "010110462922", None, "2021-01-11", 1, None, None),
    ("USCA Case #16-1062      Document #1600692            Filed: 03/01/2016      Page 1 of 3",
     "16-1062", "1600692", None, "2016-03-01", 1, 3, None),
    ("USCA11 Case: 21-12355     Date Filed: 07/15/2021     Page: 1 of 2",
     "21-12355", None, None, "2021-07-15", 1, 2, None),
    ("USCA4 Appeal: 22-1234      Doc: 30            Filed: 05/02/2022      Pg: 9 of 77",
     "22-1234", "30", None, "2022-05-02", 9, 77, None),
    ("Case: 19-1081    Document: 50     Page: 12     Filed: 04/18/2019",
     "19-1081", "50", None, "2019-04-18", 12, None, None),
    # bankruptcy and New York
    ("Case 19-30088    Doc# 4871    Filed: 11/22/19    Entered: 11/22/19 17:41:56    Page 1 of 16",
     "19-30088", "4871", None, "2019-11-22", 1, 16, None),
    ("NYSCEF DOC. NO. 30                                    RECEIVED NYSCEF: 01/02/2020",
     None, "30", None, "2020-01-02", None, None, None),
    ("FILED: NEW YORK COUNTY CLERK 01/02/2020 03:04 PM      INDEX NO. 650001/2020",
     "650001/2020", None, None, "2020-01-02", None, None, None),
    ("PageID #: 123", None, None, None, None, None, None, "123"),
]  # fmt: skip

NOT_STAMPS = [
    "Case No. 4:19-cv-07123-PJH",  # a caption
    "No. 20-16408",
    "Document 12 was filed on March 3, 2015, and so was Document 13.",  # prose
    "See Case No. 16-745, Document 12, filed January 2, 2017, at page 3 of the appendix.",
    "Filed 11 February 2022",  # a court's own date line
    "Page 4 of 4",
]


@pytest.mark.parametrize(("text", "docket", "entry", "attachment", "filed", "page", "pages", "page_id"), FORMS)
def test_every_form_of_stamp_is_read(
    text: str,
    docket: str | None,
    entry: str | None,
    attachment: str | None,
    filed: str | None,
    page: int | None,
    pages: int | None,
    page_id: str | None,
) -> None:
    """Docket number, entry, attachment, date, page and PageID come out of each court's stamp."""
    stamp = read_stamp(text)
    assert stamp is not None
    assert (stamp.docket, stamp.entry, stamp.attachment, stamp.filed) == (docket, entry, attachment, filed)
    assert (stamp.page, stamp.pages, stamp.page_id) == (page, pages, page_id)


@pytest.mark.parametrize("text", NOT_STAMPS)
def test_captions_and_prose_are_no_stamps(text: str) -> None:
    """What only speaks of cases, documents and pages stays in the text."""
    assert read_stamp(text) is None


def line(text: str, baseline: float, x0: float = 100.0, row: int = 0) -> RawLine:
    """A line of 5-point-wide characters."""
    return RawLine(text, array("f", [x0 + 5 * i for i in range(len(text) + 1)]), baseline, 10.0, row)


def test_a_stamp_on_two_lines_is_one_stamp() -> None:
    """Bankruptcy courts print "Main Document Page 1 of 16" under the rest."""
    rows = [
        [line("Case 2:21-bk-10052-BB Doc 45 Filed 02/01/21 Entered 02/01/21 12:00:00 Desc", 20)],
        [line("Main Document Page 2 of 16", 32, row=1)],
        [line("The debtor moves for relief.", 120, row=2)],
    ]
    rest, stamp = take_stamps(rows, 792)
    assert [row[0].text for row in rest] == ["The debtor moves for relief."]
    assert stamp is not None
    assert (stamp.docket, stamp.entry, stamp.page, stamp.pages) == ("2:21-bk-10052-BB", "45", 2, 16)


def test_of_two_stamps_on_one_page_the_later_filing_counts() -> None:
    """A filed exhibit carries the stamp of its own first filing and that of this one."""
    rows = [
        [line("Case 4:08-cv-02214-SBA Document 26 Filed 01/29/2009 Page 1 of 2", 20)],
        [line("Case 4:08-cv-02214-SBA Document 27 Filed 02/03/2009 Page 1 of 2", 20, row=1)],
    ]
    rest, stamp = take_stamps(rows, 792)
    assert rest == []
    assert stamp is not None
    assert (stamp.entry, stamp.filed) == ("27", "2009-02-03")


def test_a_stamp_in_the_middle_of_the_page_is_text() -> None:
    """Stamps stand at the top or the foot; an exhibit may picture one in its middle."""
    rows = [[line("Case 2:06-cv-00376-SRW Document 1 Filed 04/25/2006 Page 1 of 1", 400)]]
    rest, stamp = take_stamps(rows, 792)
    assert rest == rows
    assert stamp is None


def test_the_clerks_filed_stamp_is_taken_and_the_caption_beside_it_stays() -> None:
    """The lines centered on the axis of FILED go; the title at the left, on the same rows, is text."""
    rows = [
        [line("UNITED STATES COURT OF APPEALS", 60, 120, 0), line("FILED", 60, 437, 0)],
        [line("January 11, 2021", 74, 410, 1)],
        [line("No. 21-800", 88, 120, 2), line("Clerk of Court", 88, 415, 2)],
    ]
    rest, words = take_clerk_stamp(rows)
    assert [line.text for row in rest for line in row] == ["UNITED STATES COURT OF APPEALS", "No. 21-800"]
    assert words == "FILED January 11, 2021 Clerk of Court"


def test_the_word_filed_without_a_date_is_text() -> None:
    """A heading FILED UNDER SEAL, or a table's column FILED, is not the clerk's."""
    rows = [[line("FILED", 60)], [line("By the defendants", 74, 80, 1)]]
    assert take_clerk_stamp(rows) == (rows, "")
