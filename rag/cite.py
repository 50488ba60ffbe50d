"""Write a citation that a court accepts and a reader can check (Bluebook B17, BT1, Rule 10, and the courts' practice).

cite(facts, place, same_case=…, page_style=…) -> str

    same case     Defs.' Mot. to Dismiss, ECF No. 45, at 12:3–9 · Compl. ¶ 42, ECF No. 1 · Hr'g Tr. 14:3–15:2
    on appeal     Br. of Amici Curiae Microsoft Corp. et al. at 5, ECF No. 37
    another case  Order at 14, Name v. Name, No. 4:19-cv-07123 (N.D. Cal. July 16, 2020), ECF No. 111
    opinion       Samantar v. Yousuf, 560 U.S. 305 (2010), slip op. at 9 · Name v. Name, No. 20-16408, slip op. at 12
                  (9th Cir. Nov. 8, 2021) (Forrest, J., dissenting)

"at" stands before pages, never before ¶ or a transcript's page:line. `id.` is never used: a quotation is read alone.
The page is the one `page_style` prefers; a page that is not the printed one says so ("at ECF p. 17", "PageID.123",
"at PDF p. 7"). What is not known is left out, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from corpus.courts import is_appellate
from corpus.errors import CitationError
from corpus.model import Facts
from corpus.voices import CHIEF_JUSTICES
from rag.courts import SUPREME_COURT, abbreviation, entry_name, is_federal
from rag.model import Pin, Place
from rag.names import case_name, is_government
from rag.titles import short_title

PAGE_STYLES = ("printed", "ecf", "page_id")

_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_PARAGRAPH_KINDS = ("complaint", "answer", "declaration", "affidavit", "petition")
_PARAGRAPH_TITLES = re.compile(r"statement of .*facts|stipulat|counterclaim|responses? (?:and|to)", re.IGNORECASE)
_PIN_FIRST_KINDS = ("brief", "amicus_brief")  # practice on appeal: "Br. at 5, ECF No. 37"
_DISTRICT_DOCKET = re.compile(r"^(\d+:\d\d-)([a-z]{2,5})-(\d+)\b(?![,;]).*$", re.IGNORECASE)
_JUDGES = re.compile(r"(?<=\d)(?:[\s-]+[A-Z]{2,4}\b)*(?:\s*\([A-Za-z]{2,5}\))?$")  # "-PHX-DGC", " AB (PLAx)", " (BAH)"
_CAPTION_NUMBER = re.compile(
    r"^(?:(?:civil|criminal|case|docket|action|index|misc)\.?\s*)*(?:nos?\.?|number|#)?\s*:?\s*", re.IGNORECASE
)


def cite(
    facts: Facts,
    place: Place | None,
    *,
    same_case: bool,
    page_style: str = "printed",
    short: bool = False,
    file: str = "",
) -> str:
    """The citation of the filing that `facts` describe, at `place` (None: of the whole filing).

    `same_case`: read beside other filings of its case. `short`: as a filing is cited after its first full citation.
    `file` names the filing where nothing else does. Raises CitationError when no fact, file or place names anything,
    or `page_style` is none of PAGE_STYLES.
    """
    if page_style not in PAGE_STYLES:
        raise CitationError(f"page style {page_style!r} is none of {', '.join(PAGE_STYLES)}")
    pin = pin_cite(facts, place, page_style)
    if _is_slip_opinion(facts):
        return _short_opinion(facts, place, pin) if short else _opinion(facts, place, pin)
    if not short_title(facts) and not facts.entry:
        return _spaced(_unnamed(facts, pin, same_case=same_case, file=file), _writing(facts, place))
    form = _short_record if short else _same_case if same_case else _other_case
    return _spaced(form(facts, pin), _writing(facts, place))


def pin_cite(facts: Facts, place: Place | None, page_style: str = "printed") -> str:
    """The place alone, with the word that leads it in: "at 12:3–9", "¶ 42", "14:3–15:2" (transcript), "" for none."""
    if place is None:
        return ""
    if place.paragraphs and not place.footnotes and _by_paragraph(facts):
        return _paragraphs(*place.paragraphs)
    if facts.kind == "transcript" and all((p.line and p.label) for p in (place.first, place.last)):
        return _span(place.first, place.last, "printed", at="")  # a transcript's lines count on its own pages
    return _span(place.first, place.last, page_style, at="at ", notes=place.footnotes)


def entry_number(facts: Facts) -> str:
    """The docket entry as its court calls it: "ECF No. 24-2", "NYSCEF Doc. No. 30"; "" where there is none."""
    if not facts.entry or facts.court == SUPREME_COURT:
        return ""
    attachment = (
        f"-{facts.attachment}" if facts.attachment and facts.attachment != "0" and "-" not in facts.entry else ""
    )
    return f"{entry_name(facts.court)} {facts.entry}{attachment}"


def bluebook_date(text: str) -> str:
    """An ISO date as a citation gives it: "July 16, 2020"; a year or year and month likewise; "" for anything else."""
    parts = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?", text)
    if not parts:
        return ""
    year, month, day = parts.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    name = f"{_MONTHS[int(month) - 1]} " if month else ""
    return f"{name}{int(day)}, {year}" if day else f"{name}{year}"


def _same_case(facts: Facts, pin: str) -> str:
    """Title, ECF No. 45, at 12 · Title at 12, ECF No. 45 (briefs, appeals) · Compl. ¶ 42, ECF No. 1 · Tr. 14:3."""
    title, entry = short_title(facts), entry_number(facts)
    last = pin.startswith("PageID.") or (pin.startswith("at ") and entry and not _pin_first(facts))
    return _comma(title, entry, pin) if last or not title else _comma(_spaced(title, pin), entry)


def _other_case(facts: Facts, pin: str) -> str:
    """Title at 14, Name v. Name, No. 4:19-cv-07123 (N.D. Cal. July 16, 2020), ECF No. 111."""
    title, entry = short_title(facts), entry_number(facts)
    case = _spaced(_comma(_name(facts), _number(facts)), _when(facts, "long"))
    if not title or pin.startswith("PageID."):
        return _comma(title, case, entry, pin)
    return _comma(_spaced(title, pin), case, entry)


def _opinion(facts: Facts, place: Place | None, pin: str) -> str:
    """An opinion under its own case name, whichever case it is read beside: published where known, else by number."""
    slip = _spaced("slip op.", pin) if not pin.startswith("PageID.") else f"slip op., {pin}"
    if facts.reporter:
        cited = _comma(_name(facts), _closed_up(facts.reporter))
        return _spaced(_comma(_spaced(cited, _when(facts, "year")), slip), _writing(facts, place))
    named = _comma(_name(facts), _number(facts))
    if not named and not _when(facts, "long"):
        return _spaced(slip[0].upper() + slip[1:], _writing(facts, place))
    head = _comma(named, slip)
    entry = "" if is_appellate(facts.court) else entry_number(facts)
    return _spaced(_comma(_spaced(head[0].upper() + head[1:], _when(facts, "long")), entry), _writing(facts, place))


def _short_opinion(facts: Facts, place: Place | None, pin: str) -> str:
    """Samantar, slip op. at 9 (Alito, J., concurring): the first party that is not a government."""
    sides = _name(facts).split(" v. ")
    party = next((side for side in sides if side and not is_government(side)), sides[0])
    slip = _spaced("slip op.", pin) if not pin.startswith("PageID.") else f"slip op., {pin}"
    cited = _comma(party, slip)
    return _spaced(cited[0].upper() + cited[1:], _writing(facts, place))


def _short_record(facts: Facts, pin: str) -> str:
    """ECF No. 45 at 12:3–9 · Compl. ¶ 42 · Hr'g Tr. 14:3–15:2 · Order at 14 (no docket number)."""
    title, entry = short_title(facts), entry_number(facts)
    if pin.startswith("¶") or facts.kind == "transcript" or not entry:
        return _spaced(title or entry, pin)
    return _comma(entry, pin) if pin.startswith("PageID.") else _spaced(entry, pin)


def _unnamed(facts: Facts, pin: str, *, same_case: bool, file: str) -> str:
    """A filing that says nothing of itself: its case if known, else its file's name; with the page."""
    case = _comma(_name(facts), _number(facts))
    if case and not same_case:
        return _comma(_spaced(case, _when(facts, "long")), file, pin)
    if not (file or case):
        raise CitationError("nothing names this filing: no title, kind, docket entry, case or file name")
    return _comma(file, pin) if file else _comma(_spaced(case, _when(facts, "long")), pin)


def _is_slip_opinion(facts: Facts) -> bool:
    """An opinion of a court that hears appeals, of an unknown court, or one without a title of its own."""
    return facts.kind == "opinion" and (
        facts.court is None or is_appellate(facts.court) or bool(facts.reporter) or not facts.entry
    )


def _pin_first(facts: Facts) -> bool:
    return facts.kind in _PIN_FIRST_KINDS or is_appellate(facts.court)


def _name(facts: Facts) -> str:
    return case_name(facts.case_name or "", state_court=facts.court is not None and not is_federal(facts.court))


def _number(facts: Facts) -> str:
    """No. 4:19-cv-07123: a docket number without the initials of its judges."""
    text = re.sub(r"[–—‑]", "-", re.sub(r"\s+", " ", facts.docket or "")).strip(" .")
    text = _CAPTION_NUMBER.sub("", text)
    if not text:
        return ""
    if district := _DISTRICT_DOCKET.match(text):
        text = f"{district[1]}{district[2].lower()}-{district[3]}"
    text = _JUDGES.sub("", text)
    several = "Nos." if re.search(r"[,;]|\band\b|&", text) else "No."
    index = "Index " if (facts.court or "").startswith("nysup") else ""
    return f"{index}{several} {text}"


def _when(facts: Facts, form: str) -> str:
    """(N.D. Cal. July 16, 2020), or by the year: (9th Cir. 2021), and (2010) where the reporter names the court."""
    day = bluebook_date(facts.date or "")
    court = abbreviation(facts.court) or ""
    if form == "year":
        day = (facts.date or "")[:4] if day else ""
        reporter = _closed_up(facts.reporter or "")
        court = "" if court in reporter or re.search(r"S\. ?Ct\.|L\. ?Ed\.", reporter) else court
    inside = _spaced(court, day)
    return f"({inside})" if inside else ""


def _writing(facts: Facts, place: Place | None) -> str:
    """(Sotomayor, J., dissenting) · (plurality opinion) · (per curiam) · (syllabus, not part of the opinion) · ""."""
    if place is None or place.writing is None or place.writing == "majority":
        return ""
    whole = {
        "plurality": "plurality opinion",
        "per_curiam": "per curiam",
        "syllabus": "syllabus, not part of the opinion",
    }
    if place.writing in whole:
        return f"({whole[place.writing]})"
    manner = place.manner or {"dissent": "dissenting", "concurrence": "concurring"}.get(
        place.writing, "concurring in part"
    )
    if place.author is None:
        return {"dissenting": "(dissenting opinion)", "concurring": "(concurring opinion)"}.get(
            manner, f"(opinion {manner})"
        )
    return f"({_comma(place.author, _judge_title(facts, place.author), manner)})"


def _judge_title(facts: Facts, author: str) -> str:
    """The office: "C.J." for the Chief Justice of the time, "" where the date leaves it open, else "J."."""
    if "&" in author:
        return "JJ."
    if facts.court != SUPREME_COURT or author not in CHIEF_JUSTICES:
        return "J."
    since, until = CHIEF_JUSTICES[author]
    if not facts.date:
        return "C.J." if until == "9999" else ""  # the other Justice Roberts left the bench in 1945
    return "C.J." if since <= facts.date < until else "J."


def _by_paragraph(facts: Facts) -> bool:
    return facts.kind in _PARAGRAPH_KINDS or bool(_PARAGRAPH_TITLES.search(facts.title or ""))


def _paragraphs(first: int, last: int) -> str:
    return f"¶ {first}" if first == last else f"¶¶ {_range(str(first), str(last))}"


def _span(first: Pin, last: Pin, page_style: str, *, at: str, notes: Sequence[str] = ()) -> str:
    """Pages with lines or notes: "at 12", "at 12–13", "at 12:3–9", "at 12:3–13:9", "at 12 n.3", "at 12 nn.3–4"."""
    start, end, lead, leads = _page_numbers(first, last, page_style)
    if lead == "PageID.":
        pages = f"{lead}{start}" if start == end else f"{lead}{start}–{end}"
        return _spaced(pages, _notes(notes) if notes else "")
    mark = leads if start != end else lead
    if notes:
        return f"{at}{mark}{_range(start, end)} {_notes(notes)}"
    if first.line is None or last.line is None:
        return f"{at}{mark}{_range(start, end)}"
    if start == end:
        lines = f"{first.line}" if first.line == last.line else f"{first.line}–{last.line}"
        return f"{at}{mark}{start}:{lines}"
    return f"{at}{mark}{start}:{first.line}–{end}:{last.line}"


def _page_numbers(first: Pin, last: Pin, page_style: str) -> tuple[str, str, str, str]:
    """(first page, last page, what leads in one, what leads in several) in the first numbering that both ends have."""
    known: dict[str, tuple[str | int | None, str | int | None, str, str]] = {
        "printed": (first.label, last.label, "", ""),
        "ecf": (first.ecf_page, last.ecf_page, "ECF p. ", "ECF pp. "),
        "page_id": (first.page_id, last.page_id, "PageID.", "PageID."),
    }
    order = {"printed": ("printed", "ecf"), "ecf": ("ecf", "printed"), "page_id": ("page_id", "ecf", "printed")}
    for style in order[page_style]:
        start, end, lead, leads = known[style]
        if start and end:
            return str(start), str(end), lead, leads
    return str(first.page), str(last.page), "PDF p. ", "PDF pp. "


def _notes(notes: Sequence[str]) -> str:
    """n.3 · nn.3–4 · nn.3 & 7 · n.* (Rule 3.2(b))."""
    if len(notes) == 1:
        return f"n.{notes[0]}"
    numbers = [int(note) for note in notes if note.isdigit()]
    if len(numbers) == len(notes) and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"nn.{_range(notes[0], notes[-1])}"
    return f"nn.{', '.join(notes[:-1])} & {notes[-1]}"


def _range(first: str, last: str) -> str:
    """12–13, 112–13, 199–201, iv–v: of numbers from 100 on, repeated digits go but the last two (Rule 3.2(a))."""
    if first == last:
        return first
    if first.isdigit() and last.isdigit() and len(first) == len(last) > 2 and first[:-2] == last[:-2]:
        last = last[-2:]
    return f"{first}–{last}"


def _closed_up(reporter: str) -> str:
    """The Court prints "560 U. S. 305"; a citation closes up (Rule 6.1(a))."""
    return re.sub(r"\b([A-Z]\.) (?=[A-Z]\.)", r"\1", reporter.strip())


def _comma(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _spaced(*parts: str) -> str:
    return " ".join(part for part in parts if part)
