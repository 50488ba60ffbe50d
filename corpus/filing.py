"""Say what a filing is: court, docket, case, kind, who filed it and for whom, judge, date, title.

identify(reading) -> Facts                     each fact read off the stamp, the caption, the title or the signature
apply_correction(facts, mapping) -> Facts      what a person corrected, checked

A stamp is believed before the caption (it says under which number and when the court filed this very paper), the
caption before a RECAP file name. What is not printed stays None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import pairwise

from corpus.caption import Caption, Row, case_name, cased, columns, front_rows
from corpus.courts import court_in, court_of_recap, is_court
from corpus.errors import BadCorrection
from corpus.joined import own_caption
from corpus.model import KINDS, ROLES, Facts, Kind, Reading
from corpus.title import filer_in, kind_of, side_of, supports_of, title_in

BY_THE_COURT = {"opinion", "order", "judgment"}

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTH = "(?:" + "|".join(f"{m}|{m[:3]}\\.?|{m.upper()}" for m in _MONTHS) + "|Sept\\.?)"
_DATE = re.compile(
    rf"(?P<m>{_MONTH})\s+(?P<d>\d{{1,2}}),?\s+(?P<y>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:day\s+of\s+)?(?P<m2>{_MONTH}),?\s+(?P<y2>\d{{4}})"
    r"|(?P<m3>\d{1,2})/(?P<d3>\d{1,2})/(?P<y3>\d{4}|\d{2})(?!\d)|(?P<y4>\d{4})-(?P<m4>\d{2})-(?P<d4>\d{2})"
)
_IN_WORDS = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)\s+day\s+of\s+({_MONTH}),\s+two\s+thousand\s+([a-z]+(?:-[a-z]+)?)", re.IGNORECASE
)
_NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_DECIDED = re.compile(
    r"\b(?:Opinion\s+)?(?:Decided|DECIDED|Filed|FILED|Entered|ENTERED|Issued|Rendered"
    r"|DATE\s+FILED)\b:?\s*(?:on\s+)?(?:this\s+)?"
)
_SIGNED = re.compile(
    r"\b(?:Dated?|DATED?|Signed|SIGNED|ENTERED|Entered|Executed|EXECUTED)\b:?\s*(?:(?:and\s+\w+\s+)?(?:this|on"
    r"|at\s+[\w .,]{3,40}?)\s+)?(?:the\s+)?"
)
_NUMBER = (
    r"(?:\d{2}\s+(?:Civ|Cr|Cv|Misc)\.\s*\d{2,6}(?:\s?\([A-Z]{2,4}\))?|\d{1,3},\s+Orig\."
    r"|(?:(?:MDL|CV|CR|SACV|EDCV|C)\s+)?(?=[\w:–‑—-]{5})(?:\d{1,2}:)?[A-Z]{0,4}\d[\dA-Za-z]*(?:[-–‑—][\dA-Za-z]+)*"
    r"(?:\s+[A-Z]{2,4}\b(?!\s*[a-z]))?(?:\s+\([A-Za-z]{2,5}\))?)"
)
_NUMBERS_AND = rf"({_NUMBER}(?:(?:,\s+(?:and\s+)?|\s+and\s+|\s*&\s*){_NUMBER})*)"
_DOCKET = re.compile(
    rf"(?<![A-Za-z])(?:N[oO][sS]?\.?|(?:Case|CASE|Action|ACTION)):?\s*(?:\(s\)\.?:?\s*)?{_NUMBERS_AND}"
)
_CIVIL = re.compile(r"^\W*(\d{2}\s+(?:Civ|Cr|Cv|Misc)\.\s*\d{2,6}\s?(?:\([A-Z]{2,4}\))?)")
_OTHER_NUMBER = re.compile(
    r"\b(?:USDC|D\.\s?C\.|LC|Lower|State\s+File|in\s+case\s+no|SBN|Bar\s+No|Doc(?:ument)?\.?\s+No|ECF\s+No|Tel"
    r"|Suite|Room)\b",
    re.IGNORECASE,
)
_SLIP = re.compile(r"^Cite as|Opinion of|Syllabus|\bJ\., |Per Curiam", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"^Cite as|Opinion of|Syllabus|\bJ\.,|\bJ\.$|Per Curiam|OCTOBER TERM|concurring|dissenting|^\d|^Nos?\.|Appendix"
    r"|Decree|^\W*$",
    re.IGNORECASE,
)
_RECAP = re.compile(r"gov\.uscourts\.[a-z0-9]+\.[^.]*\.(\d*)\.(\d+)(?:_\d+)?(?:\.pdf)?$", re.IGNORECASE)
_JUDGE_TITLE = (
    r"(?:(?:Senior|Chief|Presiding|Hon(?:orable|\.))\s+)*(?:United\s+States\s+|U\.\s?S\.\s+)?(?:(?:Senior|Chief)\s+)*"
    r"(?:(?:District|Circuit|Magistrate|Bankruptcy|Tax|Superior)\s+)?(?:Court\s+)?(?:Judge|Justice)"
)
_NAME = r"[A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|de|la|van|von|St\.)){1,4}"
_HON = r"(?:(?:The\s+)?Hon(?:orable|\.)\s+)"
_PRESIDING = (
    re.compile(rf"^\W*(?:Judge|Before)?:?\s*{_HON}({_NAME})(?:,\s+(?:{_JUDGE_TITLE}))?\W*$", re.IGNORECASE),
    re.compile(rf"^\W*(?:Chief\s+|Magistrate\s+)?(?:Judge|Hon\.):?\s+({_NAME})\W*$"),
    re.compile(rf"^\W*BEFORE:?\s+{_HON}?({_NAME}),", re.IGNORECASE),
    re.compile(rf"^\W*({_NAME}),\s+{_JUDGE_TITLE}:", re.IGNORECASE),
)
_TITLE_LINE = re.compile(rf"^\W*(?:The\s+)?{_JUDGE_TITLE}\W*$", re.IGNORECASE)
_NAME_LINE = re.compile(rf"^\W*(?:/s/\s*)?{_HON}?({_NAME}),?\W*$", re.IGNORECASE)
_SIGNED_LINE = re.compile(rf"^\W*(?:/s/\s*)?{_HON}?({_NAME}),\s+(?:{_JUDGE_TITLE}|J\.)\W*$", re.IGNORECASE)
_SINGLE = re.compile(rf"\b(?:Before|BEFORE):?\s+(?:{_HON})?({_NAME}),\s+{_JUDGE_TITLE}\b(?!.{{0,80}}Judge)")
_BELOW = re.compile(
    r"appeals?\s+from|D\.?C\.?\s+No|Presiding|\[Hon\.|in case no\.|certiorari|Judge of the", re.IGNORECASE
)
_APPELLATE = re.compile(r"(?:court|courts)\s+of\s+appeals?|supreme\s+court\s+of|appellate", re.IGNORECASE)


def identify(reading: Reading) -> Facts:
    """What the filing says of itself. A fact it does not print, or not so that it can be read, is None."""
    rows = front_rows(reading)
    left, right = columns(rows)
    docket = _docket(reading, left + right, rows)
    caption = own_caption(rows, [_number_in(row.text) for row in rows], docket)
    title = title_in(reading, rows) or title_in(reading, front_rows(reading, pages=4))
    kind = kind_of(title, reading, rows)
    by_court = kind in BY_THE_COURT
    side = "court" if by_court else side_of(title, reading, rows, caption)
    entry, attachment = _entry(reading)
    return Facts(
        title=title,
        case_name=_case_name(reading, caption),
        court=_court(reading, [row.text for row in rows], left),
        docket=docket,
        entry=entry,
        attachment=attachment,
        kind=kind,
        side=side,
        filer=None if by_court else filer_in(title, reading, rows, caption, side),
        supports=supports_of(title, reading, caption) if kind == "amicus_brief" else None,
        judge=_judge(reading, rows, by_court=by_court),
        date=_date(reading, rows, kind),
        reporter=_reporter(reading),
    )


def apply_correction(facts: Facts, mapping: Mapping[str, object]) -> Facts:
    """`facts` with the fields in `mapping` replaced; a None empties a field (`kind` becomes "other").

    Raises BadCorrection for a name that is no field of Facts or a value that the field cannot have.
    """
    known = {f.name for f in fields(Facts)}
    if unknown := sorted(set(mapping) - known):
        raise BadCorrection(f"unknown field {', '.join(unknown)}; a filing has {', '.join(sorted(known))}")
    return replace(facts, **{name: _checked(name, value) for name, value in mapping.items()})  # type: ignore[arg-type]


def read_date(text: str) -> str | None:
    """The first date in `text` as ISO: "June 1, 2010", "11 February 2022", "02/03/09", "2010-06-01"; else None."""
    found = _DATE.search(text)
    if not found:
        return None
    parts = {key: value for key, value in found.groupdict().items() if value}
    year, month, day = (next(v for k, v in parts.items() if k[0] == key) for key in "ymd")
    return _iso(int(year), month, int(day))


def _checked(name: str, value: object) -> str | None:
    """A corrected value, if the field can have it."""
    if value is None or value == "":
        return "other" if name == "kind" else None
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        raise BadCorrection(f"{name} must be text, not {type(value).__name__}")
    text = str(value).strip()
    allowed: dict[str, Sequence[str]] = {"kind": KINDS, "side": ROLES, "supports": (*ROLES, "neither")}
    if name in allowed and text not in allowed[name]:
        raise BadCorrection(f"{name} is {text!r}; it must be one of {', '.join(allowed[name])}")
    if name == "court" and not is_court(text):
        raise BadCorrection(f"court is {text!r}; it must be a courts-db id, such as scotus, ca9 or cand")
    if name == "date" and (not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) or read_date(text) != text):
        raise BadCorrection(f"date is {text!r}; it must be a date such as 2010-06-01")
    return text


def _iso(year: int, month: str, day: int) -> str | None:
    number = int(month) if month.isdigit() else 1 + [m[:3].lower() for m in _MONTHS].index(month[:3].lower())
    try:
        return date(year + (2000 if year < 70 else 1900 if year < 100 else 0), number, day).isoformat()
    except ValueError:
        return None


def _court(reading: Reading, lines: Sequence[str], left: Sequence[str]) -> str | None:
    stamp = next((page.stamp.text for page in reading.pages if page.stamp), "")
    circuit = re.match(r"USCA\s?(\d{1,2}|DC|FC)?\s+(?:Case|Appeal)", stamp)
    stamped = None
    if circuit:
        stamped = {"DC": "cadc", None: "cadc", "FC": "cafc"}.get(circuit[1], f"ca{circuit[1]}")
    return court_in(lines) or court_in(left) or court_of_recap(reading.file) or stamped


def _docket(reading: Reading, lines: Sequence[str], rows: Sequence[Row]) -> str | None:
    """The number on the stamp, else the first one printed that is this court's; several joined by commas."""
    stamped = next((page.stamp.docket for page in reading.pages if page.stamp and page.stamp.docket), None)
    if stamped:
        return stamped
    texts = [row.text for row in rows]
    for line, following in [*pairwise([*lines, ""]), *pairwise([*texts, ""])]:
        if number := _number_in(line, following):
            return number
    return None


def _number_in(line: str, following: str = "") -> str | None:
    """The docket numbers on a printed line, joined by commas; None for a line without, or with another court's."""
    if _OTHER_NUMBER.search(line):
        return None
    found = _DOCKET.search(f"{line} {following}" if line.endswith(",") else line) or _CIVIL.match(line)
    if not found or not re.search(r"\d{2}", found[1]):
        return None
    number = re.sub(r"[–‑—]", "-", found[1])
    return re.sub(r"\s+", " ", re.sub(r",?\s+and\s+|\s*&\s*", ", ", number)).strip()


def _entry(reading: Reading) -> tuple[str | None, str | None]:
    """Docket entry and attachment from the first stamp, else from a RECAP file name (attachment 0 is none)."""
    stamp = next((page.stamp for page in reading.pages if page.stamp and page.stamp.entry), None)
    found = _RECAP.search(reading.file)
    entry = stamp.entry if stamp else (found[1] or None) if found else None
    attachment = stamp.attachment if stamp else None
    if attachment is None and found and found[2] != "0":
        attachment = found[2]
    return entry, attachment


def _case_name(reading: Reading, caption: Caption) -> str | None:
    """The running head of a slip opinion names the case as it is cited; else the caption's parties do."""
    by_page: dict[int, list[str]] = {}
    for page, head in reading.heads:
        name = re.sub(r"^\s*\d+\s+|\s+\d+\s*$|,\s+No\.\s.*$", "", head).strip()
        if not _NOT_A_NAME.search(name):
            by_page.setdefault(page, []).append(name)
    for names in by_page.values():
        name = re.sub(r"\s+", " ", " ".join(names)).replace(" V. ", " v. ")
        if name.count(" v. ") == 1 and name.replace(" v. ", "").upper() == name.replace(" v. ", "") and len(name) < 140:
            return cased(name, reading.text)
        if re.match(r"(?:IN\s+RE|In\s+re)\s+[A-Z]", name) and len(name) < 100:
            return "In re " + cased(name[6:].strip(), reading.text)
    return case_name(caption, reading.text)


def _reporter(reading: Reading) -> str | None:
    """Where the running head says an opinion is reported: "Cite as: 560 U. S. 305"; None for "560 U. S. ____"."""
    for _, head in reading.heads:
        if found := re.match(r"Cite\s+as:?\s+(\d+)\s+U\.\s?S\.\s+(\d+)\b", head):
            return f"{found[1]} U.S. {found[2]}"
    return None


def _judge(reading: Reading, rows: Sequence[Row], *, by_court: bool) -> str | None:
    """The judge a trial court's caption names as presiding, or who signed a court's own paper.

    On appeal the judge named in a caption sat below, so only a signature counts there, or one judge's "Before".
    """
    if not any(_APPELLATE.search(row.text) for row in rows[:10]):
        left, right = columns(rows[:60])
        for pattern in _PRESIDING:
            for line in (*right, *left):
                if (found := pattern.match(line)) and not _BELOW.search(line):
                    return cased(_plain_name(found[1]))
    elif by_court and (found := _SINGLE.search(" ".join(row.text for row in rows[:40]))):
        return cased(_plain_name(found[1]))
    slip = any(_SLIP.search(head) for _, head in reading.heads)  # its author is named where the writing opens
    signed = signature(reading) if by_court and not slip else None
    return signed[0] if signed else None


def signature(reading: Reading) -> tuple[str, int] | None:
    """The last judge who signs, and the offset of that line: a name over "United States District Judge", or "James M.
    Dowd, Judge"; None where none does."""
    printed = [line for line in reading.lines if line.start < reading.body_end]
    lines = [reading.text[line.start : line.end].strip() for line in printed]
    for at in range(len(lines) - 1, max(0, len(lines) - 400), -1):
        if _BELOW.search(lines[at]):
            continue
        if found := _SIGNED_LINE.match(lines[at]):
            return cased(_plain_name(found[1])), printed[at].start
        if _TITLE_LINE.match(lines[at]) and (found := _NAME_LINE.match(lines[at - 1])):
            return cased(_plain_name(found[1])), printed[at].start
    return None


def _plain_name(name: str) -> str:
    return re.sub(r"^(?:HON(?:ORABLE|\.)|Hon(?:orable|\.))\s+", "", name).strip(" ,_")


def _date(reading: Reading, rows: Sequence[Row], kind: Kind) -> str | None:
    """When it was filed: the stamp, the clerk's too, else "Decided …", "Filed …", a slip opinion's "[June 1, 2010]",
    else the signature's date (for a court's own paper and for a declaration)."""
    stamped = next((page.stamp.filed for page in reading.pages if page.stamp and page.stamp.filed), None)
    if stamped:
        return stamped
    received = "\n".join(head for page, head in reading.heads if page == 1)  # the clerk's own stamp
    front = "\n".join(row.text for row in rows)
    for text in (received, front):
        for found in _DECIDED.finditer(text):
            if dated := _DATE.match(text, found.end()) or _DATE.match(text.replace("\n", " "), found.end()):
                return read_date(dated[0])
    if bracketed := re.search(r"\[(" + _DATE.pattern + r")\]", front):
        return read_date(bracketed[1])
    if worded := _IN_WORDS.search(front.replace("\n", " ")):
        return _worded(worded[1], worded[2], worded[3])
    for row in rows:
        if _DATE.fullmatch(row.text.strip(" .")) and kind in BY_THE_COURT | {"letter", "notice"}:
            return read_date(row.text)
    tail = reading.text[max(0, reading.body_end - 3000) : reading.body_end]
    dates = [m for found in _SIGNED.finditer(tail) if (m := _DATE.match(tail, found.end()))]
    return read_date(dates[0][0]) if dates else None


def _worded(day: str, month: str, year: str) -> str | None:
    """A year written out, "two thousand twenty-five", as far as courts of appeals write it."""
    tens = {"twenty": 20, "thirty": 30}
    first, _, unit = year.lower().partition("-")
    number = tens.get(first, _NUMBERS.index(first) + 1 if first in _NUMBERS else None)
    if number is None or (unit and unit not in _NUMBERS):
        return None
    return _iso(2000 + number + (_NUMBERS.index(unit) + 1 if unit else 0), month, int(day))
