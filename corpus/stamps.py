r"""What the courts' electronic filing stamps say.

Written forms caught, each as it stands on real filings:
    Case 2:06-cv-00376-SRW Document 1-2 Filed 04/25/2006 Page 1 of 1
    Case 8:16-cv-01261-DOC-KES Document 40 Filed 08/05/16 Page 1 of 4 Page ID #:365
    Case 1:21-cv-01061-KLM Document 1 Filed 04/16/21 USDC Colorado Page 7 of 16
    Case 1:15-cv-00050-RJJ ECF No. 12, PageID.77 Filed 03/04/15 Page 1 of 9     (W.D. Mich.)
    Case: 1:12-cv-00001 Document #: 12 Filed: 01/02/13 Page 1 of 3 PageID #:123
    Case: 20-16408, 12/21/2020, ID: 11935084, DktEntry: 37, Page 1 of 39
    Case: 20-1507 Document: 00117684624 Page: 1 Date Filed: 12/22/2020 Entry ID: 6390389
    Case: 17-2400 Document: 3 Filed: 07/13/2017 Pages: 1
    Appeal: 15-1504 Doc: 6 Filed: 05/12/2015 Pg: 1 of 4
    Appellate Case: 14-3253 Page: 1 Date Filed: 07/26/2017 Entry ID: 4561396
    USCA Case #16-1062 Document #1600692 Filed: 03/01/2016 Page 1 of 3
    USCA11 Case: 21-12355 Date Filed: 07/15/2021 Page: 1 of 2
    Case 19-10814 Doc 25 Filed 04/15/19 Entered 04/15/19 10:11:12 Desc Main Document Page 1 of 16   (on two lines)
    FILED: NEW YORK COUNTY CLERK 01/02/2020 03:04 PM INDEX NO. 650001/2020
    NYSCEF DOC. NO. 30 RECEIVED NYSCEF: 01/02/2020
    3:15-cv-01234-ABC Date Filed 01/02/15 Entry Number 12 Page 1 of 9     (D.S.C.)
    PageID #: 123 · PageID.123
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.model import RawLine, Stamp

EDGE = 0.13  # of the page height: stamps stand this near the top or the bottom
DATE = r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4}|\d{2})"
CASE_START = re.compile(
    r"^(?:USCA\s?\d{0,2}\s+)?(?:Appellate\s+)?(?:Case|Appeal)\s*(?::|No\.?:?|#)?\s*#?\s*"
    r"(?P<docket>(?:\d+:)?\d{2,4}-[\w\-():]+?|\d{2}-\d+)(?=[,\s]|$)",
    re.IGNORECASE,
)
SOUTH_CAROLINA = re.compile(r"^(?P<docket>\d:\d{2}-[a-z]{2}-\d{3,6}[\w-]*)\s+Date Filed\b", re.IGNORECASE)
NYSCEF = re.compile(r"(?:NYSCEF\s+DOC\.?\s+NO\.?|INDEX\s+NO\.?|RECEIVED\s+NYSCEF|^FILED:\s.*\bCLERK\b)", re.IGNORECASE)
TAIL = re.compile(
    r"^(?:Main\s+)?Document\s+Page\s+\d+\s+of\s+\d+$|^(?:Desc\b.*)$|^Page\s*ID\s*[#.:]*\s*\d+$|^Exhibit\b.{0,20}\bPage\s+\d+\s+of\s+\d+$",
    re.IGNORECASE,
)
ENTRY = re.compile(
    r"\b(?:Document|Doc|ECF|Dkt|DktEntry|Dkt\.?\s?Entry|Entry\s+Number|NYSCEF\s+DOC\.?\s+NO)\.?\s*(?:#|No\.?)?\s*:?\s*#?\s*"
    r"(?P<entry>\d+)(?:[-.](?P<attachment>\d+))?(?![\d/])",
    re.IGNORECASE,
)
FILED = re.compile(r"\b(?:Date\s+)?Filed:?\s*(?:[A-Z ]+CLERK\s+)?" + DATE, re.IGNORECASE)
RECEIVED = re.compile(r"RECEIVED\s+NYSCEF:?\s*" + DATE, re.IGNORECASE)
COMMA_DATE = re.compile(r",\s*" + DATE + r"\s*,")
PAGE = re.compile(r"\b(?:Page|Pg)\.?\s*:?\s*(?P<page>\d+)(?:\s+of\s+(?P<pages>\d+))?(?!\s*ID)", re.IGNORECASE)
PAGES = re.compile(r"\bPages:\s*(?P<pages>\d+)", re.IGNORECASE)
PAGE_ID = re.compile(r"\bPage\s*ID\s*[#.:]*\s*(?P<id>\d+)", re.IGNORECASE)
INDEX_NO = re.compile(r"INDEX\s+NO\.?\s*(?P<docket>[\w/-]+)", re.IGNORECASE)
CLERK_WORD = re.compile(r"^(?:F\s?I\s?L\s?E\s?D|FILED\s*(?:&|AND)\s*ENTERED|E-?FILED|LODGED|RECEIVED)$")
CLERK_DATE = re.compile(
    r"\b(?:\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|[A-Z][a-z]{2,8}\.?\s+\d{1,2},?\s+\d{4}|\d{4})\b", re.IGNORECASE
)
CLERK_GAP = 2.6  # of the type size, from line to line of a clerk's stamp
CLERK_WIDTH = 220.0  # points, at most
WORDS_OF_A_STAMP = re.compile(r"\b(?:Document|Doc|ECF|Filed|Page|Pages|Pg|DktEntry|ID)\b", re.IGNORECASE)


def take_stamps(rows: Sequence[Sequence[RawLine]], height: float) -> tuple[list[list[RawLine]], Stamp | None]:
    """The rows that are no stamp, and what the stamps among them say.

    Of two stamps printed over each other the one filed later counts (the one drawn later, on one day).
    """
    rest: list[list[RawLine]] = []
    stamps: list[Stamp] = []
    for row in rows:
        text = " ".join(line.text for line in row)
        near = row[0].baseline < EDGE * height or row[0].baseline > (1 - EDGE) * height
        found = read_stamp(text) if near else None
        if found is not None:
            stamps.append(found)
        elif near and stamps and TAIL.match(text):
            stamps[-1] = _merge(stamps[-1], read_fields(f"{stamps[-1].text} {text}"))
        else:
            rest.append(list(row))
    return rest, _latest(stamps)


def take_clerk_stamp(rows: Sequence[Sequence[RawLine]]) -> tuple[list[list[RawLine]], str]:
    """The rows without the clerk's FILED stamp on a first page, and the stamp's words ("" where there is none).

    United States Court of Appeals      lines centered on one axis, close above and below
            Fifth Circuit               the word FILED; the caption beside it stays
               FILED
           March 16, 2022
          Lyle W. Cayce
               Clerk
    """
    lines = [line for row in rows for line in row]
    word = next((line for line in lines if CLERK_WORD.match(line.text)), None)
    if word is None:
        return [list(row) for row in rows], ""
    taken = [word]
    for group in (reversed(_before(lines, word)), _after(lines, word)):
        edge = word
        for line in group:
            if abs(line.baseline - edge.baseline) > CLERK_GAP * max(line.size, edge.size):
                break
            if _axis(line, word) and line.width < CLERK_WIDTH:
                taken.append(line)
                edge = line
    if len(taken) < 2 or not any(CLERK_DATE.search(line.text) for line in taken):
        return [list(row) for row in rows], ""
    gone = {id(line) for line in taken}
    kept = [[line for line in row if id(line) not in gone] for row in rows]
    words = " ".join(line.text for line in sorted(taken, key=lambda line: line.baseline))
    return [row for row in kept if row], words


def _before(lines: Sequence[RawLine], word: RawLine) -> list[RawLine]:
    return [line for line in lines if line.baseline < word.baseline - 1]


def _after(lines: Sequence[RawLine], word: RawLine) -> list[RawLine]:
    return [line for line in lines if line.baseline > word.baseline + 1]


def _axis(line: RawLine, word: RawLine) -> bool:
    """Whether two lines are centered on one axis, or start at one edge."""
    return abs(line.x0 + line.x1 - word.x0 - word.x1) < 16 or abs(line.x0 - word.x0) < 3


def read_stamp(text: str) -> Stamp | None:
    """What one line of a stamp says; None for a line that is no stamp."""
    text = re.sub(r"\s+", " ", text).strip()
    if len(text) > 220:
        return None
    if NYSCEF.search(text) or re.fullmatch(r"Page\s?ID\s*[#.:]+\s*\d+", text, re.IGNORECASE):
        return read_fields(text)
    start = CASE_START.match(text) or SOUTH_CAROLINA.match(text)
    if start is None or len(WORDS_OF_A_STAMP.findall(text[start.end() :] if start.re is CASE_START else text)) < 2:
        return None
    return read_fields(text)


def read_fields(text: str) -> Stamp:
    """Every field a stamp's text gives."""
    start = CASE_START.match(text) or SOUTH_CAROLINA.match(text) or INDEX_NO.search(text)
    body = text[start.end() :] if start and start.re is CASE_START else text
    entry, page, number = ENTRY.search(body), PAGE.search(body), PAGE_ID.search(body)
    page = page or None
    whole = PAGES.search(body)
    return Stamp(
        text=text,
        docket=start["docket"].rstrip(",") if start else None,
        entry=entry["entry"] if entry else None,
        attachment=entry["attachment"] if entry else None,
        filed=_date(FILED.search(body) or RECEIVED.search(body) or COMMA_DATE.search(body)),
        page=int(page["page"]) if page else None,
        pages=int(page["pages"]) if page and page["pages"] else int(whole["pages"]) if whole else None,
        page_id=number["id"] if number else None,
    )


def _date(match: re.Match[str] | None) -> str | None:
    """The ISO date; a year of two digits is of this century but for 70–99."""
    if match is None:
        return None
    year = int(match["y"])
    if year < 100:
        year += 1900 if year >= 70 else 2000
    month, day = int(match["m"]), int(match["d"])
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _merge(first: Stamp, second: Stamp) -> Stamp:
    """One stamp from two lines: a field of the first, or else the second's."""
    values = {name: getattr(first, name) or getattr(second, name) for name in Stamp.__slots__}
    return Stamp(**{**values, "text": second.text if first.text in second.text else f"{first.text} {second.text}"})


def _latest(stamps: Iterable[Stamp]) -> Stamp | None:
    """The stamps of one docket as one; of different dockets or entries the one filed last."""
    chosen: Stamp | None = None
    for stamp in stamps:
        if chosen is None:
            chosen = stamp
        elif stamp.docket is None or chosen.docket is None:
            chosen = _merge(chosen, stamp)
        elif (stamp.filed or "") >= (chosen.filed or ""):
            chosen = stamp
    return chosen
