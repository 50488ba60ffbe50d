"""What each of the layout samples says of itself, written down from its pages as a reader sees them."""

from functools import cache
from pathlib import Path

import pytest

from corpus.model import Facts, Filing
from corpus.reader import read_reading
from corpus.understand import understand

# file → the facts that its pages print; a fact left out is not printed, and must be None (kind: "other")
PRINTED: dict[str, dict[str, str]] = {
    "appellate-brief-toc-toa-cafc.19-1081.50.pdf": {
        "title": "BRIEF FOR CROSS-APPELLANT",
        "case_name": "National Veterans Legal Services Program v. United States",
        "court": "cafc",
        "docket": "19-1081",
        "entry": "50",
        "kind": "brief",
        "side": "appellant",
        "filer": "United States",
        "date": "2019-04-18",
    },
    "appellate-opinion-ecf-stamp-ca1.pdf": {
        "case_name": "Calvary Chapel of Bangor v. Mills",
        "court": "ca1",
        "docket": "20-1507",
        "entry": "00117684624",
        "kind": "opinion",
        "side": "court",
        "judge": "Selya",
        "date": "2020-12-22",
    },
    "appellate-opinion-ecf-stamp-ca5.pdf": {
        "case_name": "St. Pierre v. Standard Insurance Company",
        "court": "ca5",
        "docket": "21-50498",
        "entry": "00516242060",
        "kind": "opinion",
        "side": "court",
        "date": "2022-03-16",
    },
    "hidden-text-under-text.pdf": {
        "title": "COMPLAINT",
        "case_name": "Thomas v. Scooper Trooper, LLC",
        "court": "akd",
        "docket": "3:19-cv-00227-HRH",
        "entry": "1",
        "kind": "complaint",
        "side": "plaintiff",
        "filer": "Colin Thomas",
        "date": "2019-08-20",
    },
    "judgment-ecf-stamp-ca1.pdf": {  # headed "ORDER OF COURT", whatever the file is called
        "title": "ORDER OF COURT",
        "case_name": "Western Reserve Life Assurance Co. of Ohio v. DK LLC",
        "court": "ca1",
        "docket": "12-2209",
        "entry": "00116475093",
        "kind": "order",
        "side": "court",
        "date": "2013-01-03",
    },
    "memorandum-opinion-redacted-dcd-17-mc-2336.pdf": {
        "title": "MEMORANDUM OPINION",
        "case_name": "In re Grand Jury Investigation",
        "court": "dcd",
        "docket": "17-2336 (BAH)",
        "kind": "opinion",
        "side": "court",
        "judge": "Beryl A. Howell",
        "date": "2017-10-02",
    },
    "notice-ecf-stamp-ca8.pdf": {
        "title": "Designation & Statement of Issues",
        "case_name": "Beavers v. Midland Funding LLC",
        "court": "ca8",
        "docket": "17-2543",
        "kind": "notice",
        "side": "appellant",
        "filer": "Mary Beavers",
        "date": "2017-07-26",
    },
    "order-ecf-stamp-ca10.pdf": {
        "title": "ORDER",
        "case_name": "In re Liebowitz",
        "court": "ca10",
        "docket": "21-800",
        "entry": "010110462922",
        "kind": "order",
        "side": "court",
        "date": "2021-01-11",
    },
    "order-ecf-stamp-ca2.pdf": {  # three captions; the stamp says in which case this copy was filed
        "title": "ORDER",
        "case_name": "Eton Park Capital Management, L.P. v. Argentine Republic",
        "court": "ca2",
        "docket": "25-1689",
        "entry": "28",
        "attachment": "1",
        "kind": "order",
        "side": "court",
        "judge": "Steven J. Menashi",
        "date": "2025-07-15",
    },
    "order-ecf-stamp-ca7.pdf": {  # the caption names the district judge, who sat below
        "title": "ORDER",
        "case_name": "In re Fedex Ground Package System, Inc. Employment Practices Litigation",
        "court": "ca7",
        "docket": "17-2400",
        "entry": "3",
        "kind": "order",
        "side": "court",
        "date": "2017-07-13",
    },
    "order-ocr-layer-tennessee.pdf": {  # courts-db has no Court of Workers' Compensation Claims
        "title": "EXPEDITED HEARING ORDER DENYING REQUESTED RELIEF",
        "case_name": "Calderon-Fuentes v. CEVA Logistics U.S. Holdings",
        "docket": "2018-06-1735",
        "kind": "order",
        "side": "court",
        "judge": "Kenneth M. Switzer",
        "date": "2019-10-02",
    },
    "pleading-paper-order-azd.1085839.3.pdf": {  # five pages of a longer order, the signature not among them
        "title": "SUGGESTION OF REMAND AND TRANSFER ORDER",
        "case_name": "In re Bard IVC Filters Products Liability Litigation",
        "court": "azd",
        "docket": "MDL 15-02641-PHX-DGC",
        "kind": "order",
        "side": "court",
    },
    "pleading-paper-order-cacd.652774.40.pdf": {
        "title": "ORDER GRANTING CONSUMERINFO.COM, INC. dba EXPERIAN CONSUMER SERVICES’ APPLICATION FOR A PRELIMINARY"
        " INJUNCTION",
        "case_name": "ConsumerInfo.com, Inc. v. Leon",
        "court": "cacd",
        "docket": "8:16-cv-01261-DOC-KES",
        "entry": "40",
        "kind": "order",
        "side": "court",
        "judge": "David O. Carter",
        "date": "2016-08-05",
    },
    "pleading-paper-tro-cacd-2-17-cv-00786-7.pdf": {
        "title": "ORDER GRANTING EMERGENCY MOTION FOR TEMPORARY RESTRAINING ORDER AND/OR PRELIMINARY INJUNCTION",
        "case_name": "Mohammed v. United States",
        "court": "cacd",
        "docket": "2:17-cv-00786-AB-PLA",
        "entry": "7",
        "kind": "order",
        "side": "court",
        "judge": "André Birotte Jr.",
        "date": "2017-01-31",
    },
    "redaction-box-over-live-text.pdf": {  # page 7 of a longer paper: only the stamp tells
        "docket": "1:21-cv-01061-KLM",
        "entry": "1",
        "kind": "other",
        "date": "2021-04-16",
    },
    "redaction-hatched-over-live-text.pdf": {
        "docket": "1:19-cr-00725-JPO",
        "entry": "191",
        "kind": "other",
        "date": "2021-05-25",
    },
    "slip-opinion-213-pages-19-1392.pdf": {
        "title": "Opinion of the Court",
        "case_name": "Dobbs v. Jackson Women’s Health Organization",
        "court": "scotus",
        "docket": "19-1392",
        "kind": "opinion",
        "side": "court",
        "judge": "Alito",
        "date": "2022-06-24",
    },
    "slip-opinion-many-writings-23-939.pdf": {
        "title": "Opinion of the Court",
        "case_name": "Trump v. United States",
        "court": "scotus",
        "docket": "23-939",
        "kind": "opinion",
        "side": "court",
        "judge": "Roberts",
        "date": "2024-07-01",
    },
    "slip-opinion-with-syllabus-samantar-08-1555.pdf": {
        "title": "Opinion of the Court",
        "case_name": "Samantar v. Yousuf",
        "court": "scotus",
        "docket": "08-1555",
        "kind": "opinion",
        "side": "court",
        "judge": "Stevens",
        "date": "2010-06-01",
    },
    "slip-opinion-with-syllabus-tarrant.pdf": {
        "title": "Opinion of the Court",
        "case_name": "Tarrant Regional Water Dist. v. Herrmann",
        "court": "scotus",
        "docket": "11-889",
        "kind": "opinion",
        "side": "court",
        "judge": "Sotomayor",
        "date": "2013-06-13",
    },
    "state-appellate-opinion-missouri.pdf": {
        "case_name": "Jagels v. Missouri",
        "court": "moctapped",
        "docket": "ED108783",
        "kind": "opinion",
        "side": "court",
        "judge": "James M. Dowd",
        "date": "2021-01-19",
    },
    "state-supreme-court-opinion-nc.pdf": {
        "title": "Opinion of the Court",
        "case_name": "Gift Surplus, LLC v. State ex rel. Cooper",
        "court": "nc",
        "docket": "363A14-4",
        "kind": "opinion",
        "side": "court",
        "judge": "Hudson",
        "date": "2022-02-11",
    },
    "tax-court-memo-footnotes.pdf": {
        "title": "MEMORANDUM FINDINGS OF FACT AND OPINION",
        "case_name": "Bordelon v. Commissioner of Internal Revenue",
        "court": "tax",
        "docket": "19031-13, 27735-13, 11905-14",
        "kind": "opinion",
        "side": "court",
        "judge": "Gustafson",
        "date": "2020-02-20",
    },
}

# file → writings as (kind, author, first page, last page), and how many join each
WRITINGS: dict[str, list[tuple[str, str | None, int, int, tuple[str, ...]]]] = {
    "appellate-opinion-ecf-stamp-ca1.pdf": [("majority", "Selya", 3, 16, ()), ("concurrence", "Barron", 17, 17, ())],
    "appellate-opinion-ecf-stamp-ca5.pdf": [("per_curiam", None, 1, 10, ())],
    "slip-opinion-213-pages-19-1392.pdf": [
        ("syllabus", None, 1, 8, ()),
        ("majority", "Alito", 9, 116, ()),
        ("concurrence", "Thomas", 117, 123, ()),
        ("concurrence", "Kavanaugh", 124, 135, ()),
        ("concurrence", "Roberts", 136, 147, ()),
        ("dissent", "Breyer", 148, 213, ("Sotomayor", "Kagan")),
    ],
    "slip-opinion-many-writings-23-939.pdf": [
        ("syllabus", None, 1, 8, ()),
        ("majority", "Roberts", 9, 51, ()),
        ("concurrence", "Thomas", 52, 60, ()),
        ("concurrence", "Barrett", 61, 67, ()),
        ("dissent", "Sotomayor", 68, 97, ("Kagan", "Jackson")),
        ("dissent", "Jackson", 98, 119, ()),
    ],
    "slip-opinion-with-syllabus-samantar-08-1555.pdf": [
        ("syllabus", None, 1, 3, ()),
        ("majority", "Stevens", 4, 23, ()),
        ("concurrence", "Alito", 24, 24, ()),
        ("concurrence", "Thomas", 25, 25, ()),
        ("concurrence", "Scalia", 26, 29, ()),
    ],
    "slip-opinion-with-syllabus-tarrant.pdf": [
        ("syllabus", None, 1, 4, ()),
        ("majority", "Sotomayor", 5, 28, ()),
    ],
    "state-appellate-opinion-missouri.pdf": [("majority", "Dowd", 1, 5, ())],
    "state-supreme-court-opinion-nc.pdf": [("majority", "Hudson", 2, 23, ())],
    "tax-court-memo-footnotes.pdf": [("syllabus", None, 1, 3, ()), ("majority", "Gustafson", 3, 32, ())],
    "memorandum-opinion-redacted-dcd-17-mc-2336.pdf": [],
    "pleading-paper-order-cacd.652774.40.pdf": [],
    "appellate-brief-toc-toa-cafc.19-1081.50.pdf": [],
}


@cache
def layout(path: Path) -> Filing:
    return understand(read_reading(path))


@pytest.mark.parametrize("file", sorted(PRINTED))
def test_a_filing_says_what_its_pages_print(file: str, shared: Path) -> None:
    """Every fact that a page prints is read, and none that it does not print is made up."""
    assert layout(shared / "court-pdfs" / "layouts" / file).facts == Facts(**PRINTED[file])  # type: ignore[arg-type]


@pytest.mark.parametrize("file", sorted(WRITINGS))
def test_writings_have_their_pages(file: str, shared: Path) -> None:
    """Syllabus, majority and separate writings stand on the pages that show them."""
    writings = layout(shared / "court-pdfs" / "layouts" / file).writings
    assert [(w.kind, w.author, w.first_page, w.last_page, w.joined_by) for w in writings] == WRITINGS[file]
