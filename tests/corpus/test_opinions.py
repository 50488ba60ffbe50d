"""Facts and writings of the 53 slip opinions, written down from their pages.

A row: docket | case as its running head names it | decided | majority's author | separate writings as
"kind Author page", with the PDF page on which each begins.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from corpus.model import Filing, Reading
from corpus.reader import read_reading
from corpus.understand import understand

SHORT = {"c": "concurrence", "d": "dissent", "cd": "concurrence_in_part"}
TRUTH = """
07-1125 | Fitzgerald v. Barnstable School Comm. | 2009-01-21 | Alito |
07-1315 | Knowles v. Mirzayance | 2009-03-24 | Thomas |
07-1356 | Kansas v. Ventris | 2009-04-29 | Scalia | d Stevens 8
07-615 | Ministry of Defense and Support for Armed Forces of Islamic Republic of Iran v. Elahi | 2009-04-21 | Breyer | cd Kennedy 22
07-665 | Pleasant Grove City v. Summum | 2009-02-25 | Alito | c Stevens 19, c Scalia 21, c Breyer 23, c Souter 25
08-103 | Reed Elsevier, Inc. v. Muchnick | 2010-03-02 | Thomas | c Ginsburg 17
08-108 | Flores-Figueroa v. United States | 2009-05-04 | Breyer | c Scalia 12, c Alito 14
08-1402 | Berghuis v. Smith | 2010-03-30 | Ginsburg | c Thomas 17
08-1555 | Samantar v. Yousuf | 2010-06-01 | Stevens | c Alito 21, c Thomas 22, c Scalia 23
08-661 | American Needle, Inc. v. National Football League | 2010-05-24 | Stevens |
08-970 | Perdue v. Kenny A. | 2010-04-21 | Alito | c Kennedy 16, c Thomas 17, cd Breyer 19
09-11328 | Davis v. United States | 2011-06-16 | Alito | c Sotomayor 21, d Breyer 24
09-1227 | Bond v. United States | 2011-06-16 | Kennedy | c Ginsburg 15
09-1298 | General Dynamics Corp. v. United States | 2011-05-23 | Scalia |
09-291 | Thompson v. North American Stainless, LP | 2011-01-24 | Scalia | c Ginsburg 9
09-350 | Los Angeles County v. Humphries | 2010-11-30 | Breyer |
09-868 | Wall v. Kholi | 2011-03-07 | Alito | c Scalia 16
10-10 | Turner v. Rogers | 2011-06-20 | Breyer | d Thomas 17
10-1016 | Coleman v. Court of Appeals of Md. | 2012-03-20 | plurality Kennedy | c Thomas 13, c Scalia 14, d Ginsburg 16
10-238 | Arizona Free Enterprise Club’s Freedom Club PAC v. Bennett | 2011-06-27 | Roberts | d Kagan 31
10-444 | Missouri v. Frye | 2012-03-21 | Kennedy | d Scalia 16
10-5258 | McNeill v. United States | 2011-06-06 | Thomas |
10-7387 | Setser v. United States | 2012-03-28 | Scalia | d Breyer 18
10-8145 | Smith v. Cain | 2012-01-10 | Roberts | d Thomas 5
10-8505 | Williams v. Illinois | 2012-06-18 | plurality Alito | c Breyer 34, c Thomas 52, d Kagan 68
10-879 | Kurns v. Railroad Friction Products Corp. | 2012-02-29 | Thomas | c Kagan 12, cd Sotomayor 15
10-8974 | Perry v. New Hampshire | 2012-01-11 | Ginsburg | c Thomas 20, d Sotomayor 22
10-9646 | Miller v. Alabama | 2012-06-25 | Kagan | c Breyer 28, d Roberts 33, d Thomas 43, d Alito 52
11-1059 | Genesis Healthcare Corp. v. Symczyk | 2013-04-16 | Thomas | d Kagan 13
11-139 | United States v. Home Concrete & Supply, LLC | 2012-04-25 | Breyer | c Scalia 15, d Kennedy 21
11-161 | Armour v. Indianapolis | 2012-06-04 | Breyer | d Roberts 15
11-345 | Fisher v. University of Texas at Austin | 2013-06-24 | Kennedy | c Scalia 14, c Thomas 15, d Ginsburg 35
11-681 | Harris v. Quinn | 2014-06-30 | Alito | d Kagan 40
11-770 | Bailey v. United States | 2013-02-19 | Kennedy | c Scalia 16, d Breyer 21
11-817 | Florida v. Harris | 2013-02-19 | Kagan |
12-1281 | NLRB v. Noel Canning | 2014-06-26 | Breyer | c Scalia 55
12-315 | Air Wisconsin Airlines Corp. v. Hoeper | 2014-01-27 | Sotomayor | cd Scalia 19
12-418 | United States v. Kebodeaux | 2013-06-24 | Breyer | c Roberts 13, c Alito 18, d Scalia 21, d Thomas 22
12-52 | Dan’s City Used Cars, Inc. v. Pelkey | 2013-05-13 | Ginsburg |
12-794 | White v. Woodall | 2014-04-23 | Scalia | d Breyer 13
12-842 | Republic of Argentina v. NML Capital, Ltd. | 2014-06-16 | Scalia | d Ginsburg 13
12-992 | Ray Haluch Gravel Co. v. Central Pension Fund of Operating Engineers and Participating Employers | 2014-01-15 | Kennedy |
13-1019 | Mach Mining, LLC v. EEOC | 2015-04-29 | Kagan |
13-1034 | Mellouli v. Lynch | 2015-06-01 | Ginsburg | d Thomas 15
13-1211 | Hana Financial, Inc. v. Hana Bank | 2015-01-21 | Sotomayor |
13-1428 | Davis v. Ayala | 2015-06-18 | Alito | c Kennedy 30, c Thomas 35, d Sotomayor 36
13-316 | Loughrin v. United States | 2014-06-23 | Kagan | c Scalia 16, c Alito 20
13-894 | Department of Homeland Security v. MacLean | 2015-01-21 | Roberts | d Sotomayor 17
13-896 | Commil USA, LLC v. Cisco Systems, Inc. | 2015-05-26 | Kennedy | d Scalia 15
13-9026 | Whitfield v. United States | 2015-01-13 | Scalia |
14-378 | McFadden v. United States | 2015-06-18 | Thomas | c Roberts 12
14-400 | Harris v. Viegelahn | 2015-05-18 | Ginsburg |
14-6368 | Kingsley v. Hendrickson | 2015-06-22 | Breyer | d Scalia 15, d Alito 20
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in TRUTH.strip().splitlines()]
CONSOLIDATED = {"09-1298": "09-1298, 09-1302", "10-238": "10-238, 10-239", "10-9646": "10-9646, 10-9647"}


@cache
def reading(path: Path) -> Reading:
    return read_reading(path)


@cache
def opinion(path: Path) -> Filing:
    return understand(reading(path))


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_an_opinion_is_known_by_court_docket_name_and_date(row: list[str], shared: Path) -> None:
    """Court, number, case, kind, date and author are what the page says."""
    docket, name, date, author, _ = row
    facts = opinion(shared / "court-pdfs" / "opinions" / f"{docket}.pdf").facts
    assert (facts.court, facts.kind, facts.side) == ("scotus", "opinion", "court")
    assert facts.docket == CONSOLIDATED.get(docket, docket)
    assert facts.case_name == name
    assert facts.date == date
    assert facts.judge == author.split()[-1]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_every_separate_writing_is_found(row: list[str], shared: Path) -> None:
    """Each writing has its kind, its author and the page it begins on; none is missed and none invented."""
    docket, _, _, author, separate = row
    kind = "plurality" if author.startswith("plurality") else "majority"
    expected = [(kind, author.split()[-1], 1)]
    for item in filter(None, re.split(r",\s*", separate)):
        short, name, page = item.split()
        expected.append((SHORT[short], name, int(page)))
    writings = opinion(shared / "court-pdfs" / "opinions" / f"{docket}.pdf").writings
    assert [(w.kind, w.author, w.first_page) for w in writings] == expected


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_writings_agree_with_the_running_heads(row: list[str], shared: Path) -> None:
    """On every page that a writing fills alone, the head names its author, or "Opinion of the Court"."""
    path = shared / "court-pdfs" / "opinions" / f"{row[0]}.pdf"
    filing = opinion(path)
    wrong = []
    for page, head in reading(path).heads:
        named = re.match(r"(?:Opinion of )?([A-ZÀ-Þ’'-]+), (?:C\. )?J\.", head)
        alone = [w for w in filing.writings if w.first_page <= page <= w.last_page]
        if named and len(alone) == 1 and (alone[0].author or "").upper() != named[1]:
            wrong.append((page, head, alone[0].author))
    assert not wrong


@pytest.mark.parametrize("docket", ["10-8974", "13-894"])
def test_a_disposition_in_a_line_of_its_own_ends_its_sentence(shared: Path, docket: str) -> None:
    """ "The judgment of … is", and under it "Affirmed." in italics: one sentence, and the court's decision."""
    filing = understand(read_reading(shared / "court-pdfs" / "opinions" / f"{docket}.pdf"))
    decided = [" ".join(filing.text[s.start : s.end].split()) for s in filing.sentences if s.holding]
    assert any(words.endswith(("Court is Affirmed.", "Circuit is Affirmed.")) for words in decided)
