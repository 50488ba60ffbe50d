"""Know a point heading from a paragraph, and nest headings to a tree.

is_heading(reading, paragraph, titles)    by its look: alone, bold, underlined, centred, capitals; or by the contents
nest(headings, bounds, titles)            by rank: unnumbered part, I, A, 1, a, i, (1), then unnumbered minor heading

    ARGUMENT                                                     rank 1
        I.  The Act Does Not Reach Private Companies             rank 2
            A.  Velkane Is No Organ of Ilvania                   rank 3
                1.  Licensing is regulation                      rank 4

"I", "C", "V" and "X" are numerals or letters: what goes on from the heading before it, or begins anew, is meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from corpus.model import Paragraph, Reading, Section

LONGEST = 420  # characters: a point heading may run over six lines, and no more
RANKS = {"roman": 2, "letter": 3, "number": 4, "small": 5, "small_roman": 6, "bracketed": 7}
MAJOR, MINOR = 1, 8
TABLE_ROWS = 4

_STAR = r"(?:\[\*\d+\]\s*)?"
_ENUMERATOR = re.compile(
    rf"{_STAR}(?:(?:PART|Part|POINT|Point|COUNT|Count)\s+)?(?P<label>[IVXLC]{{1,6}}|[A-Z]|\d{{1,2}}|[a-z]"
    rf"|[ivx]{{1,5}})(?P<stop>[.)])(?:\s+|$)|{_STAR}\((?P<inner>[A-Za-z]|\d{{1,2}}|[ivx]{{1,5}})\)(?:\s+|$)"
)
_BARE = re.compile(r"(?:[IVX]{1,6}|[A-Z]|\d{1,2}|[a-z])[.]?")
_COUNT = re.compile(
    r"(?:COUNT|CLAIM|Count|Claim)\s+(?:[IVX]+|\d+|[A-Za-z]+)[.:]?|(?:\w+\s+)?(?:CAUSE\s+OF\s+ACTION"
    r"|Cause\s+of\s+Action|CLAIM(?:\s+FOR\s+RELIEF)?|Claim\s+for\s+Relief)"
)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_NEVER = re.compile(
    r"^\W*(?:it\s+is\s+(?:hereby\s+|therefore\s+|further\s+)?(?:so\s+)?ordered|so\s+ordered|affirmed|reversed"
    r"|vacated|dismissed|modified|dated|filed|entered|respectfully|/s/|by:"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+\d|honorable"
    r"|hon\.|circuit\s+judges?|decisions?\s+will\s+be|nos?\.\s|page\b"
    r"|.{0,60}(?:concurring|dissenting)\s+opinions?\s+follows?|thus,\s+it\s+is|[_*•\-–—\s.]+$)|\b(?:LLP|L\.L\.P"
    r"|Esq)\b|\.{6,}",
    re.IGNORECASE,
)
_RUNS_ON = re.compile(
    r"(?:\b(?:of|the|and|to|for|a|an|in|on|by|with|that|or|is|are|was|were|as|at|from|its|their|his|her|under"
    r"|because|not|be|v\.)|,)$",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"(?:introduction|(?:factual\s+|procedural\s+|statutory\s+)?background|arguments?|conclusion|discussion"
    r"|analysis|standards?\s+of\s+review|legal\s+standards?|summary\s+of\s+(?:the\s+)?argument"
    r"|statement\s+of\s+.{3,40}|jurisdiction(?:al\s+statement)?(?:\s+and\s+venue)?|parties|facts"
    r"|facts\s+and\s+procedur.*|prayer\s+for\s+relief|nature\s+of\s+.{3,20}|questions?\s+presented"
    r"|issues?\s+presented.*|interest\s+of\s+.{3,40}"
    r"|certificate\s+of\s+.{3,30}|findings\s+of\s+fact.*|conclusions?\s+of\s+law|opinion|memorandum|appendix.*"
    r"|exhibit\s+\w+|schedule\s+\w+|count\s+\w+.*|relief\s+requested|procedural\s+history|corporate\s+disclosure.*"
    r"|disclosure\s+statement|summary|counsel)\W*",
    re.IGNORECASE,
)


class Heading(NamedTuple):
    """A heading before it has a place: `[start, end)` its words, `label` its enumerator, `look` how it is set."""

    start: int
    end: int
    label: str
    title: str
    look: tuple[bool, bool, bool, bool, bool]  # centred, bold, italic, underlined, capitals


PageOf = Callable[[int], int]


def is_heading(reading: Reading, paragraph: Paragraph, titles: dict[str, int]) -> bool:
    """Whether a paragraph is a point heading rather than text."""
    text = _flat(reading, paragraph)
    if not text or len(text) > LONGEST or _NEVER.search(text):
        return False
    if plain(text) in titles:
        return True
    words = text.split()
    if _BARE.fullmatch(text) or all(_BARE.fullmatch(word) for word in words):
        return paragraph.centered or paragraph.kind == "heading" or 0.4 < paragraph.indent < 0.6
    capitals = _capitals(text)
    numbered = _ENUMERATOR.match(text)
    if numbered:
        body = text[numbered.end() :]
        if not re.search(r"[A-Za-z]", body):
            return False
        marked = paragraph.bold or paragraph.underlined or (paragraph.italic and paragraph.kind == "heading")
        centred = paragraph.centered and paragraph.kind == "heading" and _title_cased(body)
        return bool(marked or centred or _capitals(body)) and not _cut_off(text)
    if _KNOWN.fullmatch(text) and (
        paragraph.centered or paragraph.bold or paragraph.underlined or capitals or paragraph.kind == "heading"
    ):
        return True
    if len(text) > 200 or _RUNS_ON.search(text) or text.endswith((":", ";")):
        return False
    if capitals:
        return paragraph.centered or paragraph.bold or paragraph.underlined
    if paragraph.centered and paragraph.kind == "heading" and _is_title(text):
        return True
    if text[0].islower():  # the second half of a heading that was torn in two, to be joined
        return paragraph.kind == "heading" and (paragraph.bold or paragraph.underlined)
    return (
        paragraph.bold or paragraph.underlined or (paragraph.italic and paragraph.centered and not text.endswith("."))
    )


def is_known(text: str) -> bool:
    """Whether a line is one of the headings that filings share: INTRODUCTION, Standard of Review, CONCLUSION."""
    return bool(_KNOWN.fullmatch(text))


def toc_titles(reading: Reading, maps: set[int], page_of: PageOf) -> dict[str, int]:
    """The titles that a table of contents lists, plain, each with its place in the table; empty without one."""
    pages = {page.number for page in reading.pages if page.use == "toc"} & maps
    if not pages:
        return {}
    text = ""
    for paragraph in reading.paragraphs:
        if paragraph.start < reading.body_end and page_of(paragraph.start) in pages:
            text += reading.text[paragraph.start : paragraph.end] + "\n"
    entries = re.split(r"[.…\s]{3,}\s*(?:\d{1,4}|[ivxl]{1,6}|A-?\d+)\s+|\n", re.sub(r"[ \t]+", " ", text) + "\n")
    titles: dict[str, int] = {}
    for entry in entries:
        for title in (entry, re.sub(r"^.*?(?=\b(?:[IVX]+|[A-Z]|\d{1,2})\.\s)", "", entry)):
            key = plain(re.sub(r"[.…\s]{3,}\s*\w{0,5}\s*$", "", title))
            if len(key) > 5:
                titles.setdefault(key, len(titles))
    return titles


def plain(text: str) -> str:
    """A heading's letters only, lower case, without its enumerator, to compare body with table."""
    numbered = _ENUMERATOR.match(text.strip())
    return re.sub(r"[^a-z]", "", text.strip()[numbered.end() if numbered else 0 :].lower())


def join_split_headings(reading: Reading, paragraphs: Sequence[Paragraph], page_of: PageOf) -> list[Paragraph]:
    """A heading that two paragraphs were made of is one again: same look, same page, and it runs on."""
    joined: list[Paragraph] = []
    for paragraph in paragraphs:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.kind == paragraph.kind == "heading"
            and _goes_on(reading, last, paragraph, page_of)
        ):
            joined[-1] = replace(last, end=paragraph.end)
        else:
            joined.append(paragraph)
    return _without_tables(reading, _without_subtitles(reading, joined))


def _without_subtitles(reading: Reading, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The lines under "COUNT ONE" (statute, "(Against All Defendants)") are its text and no headings of their own."""
    kept: list[Paragraph] = []
    under = False
    for paragraph in paragraphs:
        if paragraph.kind == "heading":
            text = _flat(reading, paragraph)
            count = bool(_COUNT.fullmatch(text))
            if under and not count and not is_known(text) and not _ENUMERATOR.match(text):
                kept.append(replace(paragraph, kind="body"))
                continue
            under = count
        else:
            under = under and len(_flat(reading, paragraph)) < 60 and paragraph.centered
        kept.append(paragraph)
    return kept


def _without_tables(reading: Reading, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Rows of a table are no headings: four or more bare lines on end; nor is half a heading left alone."""
    kept = list(paragraphs)
    run: list[int] = []
    for at, paragraph in enumerate([*paragraphs, None]):
        if paragraph is not None and paragraph.kind == "heading":
            run.append(at)
            continue
        bare = [i for i in run if not _is_sure(_flat(reading, paragraphs[i]))]
        for i in bare if len(bare) >= TABLE_ROWS else [i for i in bare if _flat(reading, paragraphs[i])[:1].islower()]:
            kept[i] = replace(paragraphs[i], kind="body")
        run = []
    return kept


def _is_sure(text: str) -> bool:
    return bool(_ENUMERATOR.match(text) or _BARE.fullmatch(text) or _KNOWN.fullmatch(text))


def split_enumerators(reading: Reading, paragraph: Paragraph, line_starts: Sequence[int]) -> list[Heading]:
    """A heading paragraph as headings: one, or several where bare enumerators share it ("II A", "II. Analysis A").

    `line_starts` are the offsets of printed lines: an enumerator alone on its line is a heading of its own.
    """
    first = bisect_left(line_starts, paragraph.start)
    starts = [paragraph.start, *[s for s in line_starts[first : first + 12] if paragraph.start < s < paragraph.end]]
    pieces: list[tuple[int, int]] = []
    for start, end in zip(starts, [*starts[1:], paragraph.end], strict=True):
        words = [(start + m.start(), start + m.end()) for m in re.finditer(r"\S+", reading.text[start:end])]
        if words and all(_BARE.fullmatch(reading.text[a:b]) for a, b in words):
            pieces += words
        elif pieces and words and not _BARE.fullmatch(reading.text[slice(*pieces[-1])]):
            pieces[-1] = (pieces[-1][0], words[-1][1])
        elif words:
            pieces.append((words[0][0], words[-1][1]))
    return [_heading(reading, paragraph, start, end) for start, end in pieces]


def _heading(reading: Reading, paragraph: Paragraph, start: int, end: int) -> Heading:
    flat = reading.text[start:end]
    look = (paragraph.centered, paragraph.bold, paragraph.italic, paragraph.underlined, _capitals(flat))
    if _BARE.fullmatch(flat):
        return Heading(start, end, flat, "", look)
    numbered = _ENUMERATOR.match(flat)
    label = (numbered["label"] or f"({numbered['inner']})") if numbered else ""
    title = re.sub(r"\s+", " ", flat[numbered.end() :] if numbered else flat).strip()
    return Heading(start, end, label, title, look)


def nest(headings: Sequence[Heading], bounds: Sequence[int], titles: dict[str, int]) -> tuple[Section, ...]:
    """The tree: each section ends where the next of its rank or above begins, or at the next of `bounds`.

    `bounds` are the ends of writings and of the body: no section crosses one, and numbering begins anew there.
    """
    sections: list[Section] = []
    open_: list[tuple[int, int, str, int]] = []  # (index, rank, scheme, value) of the sections still open
    limit = -1
    closed: dict[int, int] = {}
    for heading in headings:
        until = next((bound for bound in bounds if bound > heading.start), bounds[-1])
        if until != limit:
            _close(open_, 0, min(heading.start, limit if limit >= 0 else heading.start), closed)
            open_, limit = [], until
        scheme, value, rank = _place(heading, open_, bool(titles))
        _close(open_, rank, heading.start, closed)
        parent = open_[-1][0] if open_ else None
        level = sections[parent].level + 1 if parent is not None else 1
        sections.append(Section(level, heading.label, heading.title, heading.start, heading.end, until, parent))
        open_.append((len(sections) - 1, rank, scheme, value))
    return tuple(
        replace(section, end=min(closed.get(i, section.end), section.end)) for i, section in enumerate(sections)
    )


def _close(open_: list[tuple[int, int, str, int]], rank: int, at: int, closed: dict[int, int]) -> None:
    """Close the open sections of `rank` or lower down, at offset `at`."""
    while open_ and open_[-1][1] >= rank:
        closed[open_.pop()[0]] = at


def _place(heading: Heading, open_: Sequence[tuple[int, int, str, int]], has_toc: bool) -> tuple[str, int, int]:
    """A heading's (scheme, value, rank)."""
    if not heading.label:
        centred, bold, _, _, capitals = heading.look
        major = (
            capitals
            or (centred and (bold or bool(_KNOWN.fullmatch(heading.title))))
            or bool(_KNOWN.fullmatch(heading.title))
        )
        numbered_open = any(scheme for _, _, scheme, _ in open_)
        if major and not (numbered_open and not centred and not _KNOWN.fullmatch(heading.title)):
            return "", 0, MAJOR
        return "", 0, MINOR
    readings = _readings(heading.label)
    for _, rank, scheme, value in reversed(open_):
        for option, number in readings:
            if option == scheme and number == value + 1:
                return scheme, number, rank
    for option, number in readings:
        if number == 1:
            return option, number, RANKS[option]
    option, number = readings[0]
    return option, number, RANKS[option]


def _readings(label: str) -> list[tuple[str, int]]:
    """What an enumerator can be: "C" a letter (3) or a numeral (100); the likelier first."""
    bare = label.strip("().")
    if label.startswith("("):
        return [("bracketed", int(bare) if bare.isdigit() else ord(bare[0].lower()) - 96)]
    if bare.isdigit():
        return [("number", int(bare))]
    options: list[tuple[str, int]] = []
    if re.fullmatch(r"[IVXLC]+", bare) and (value := _roman(bare)):
        options.append(("roman", value))
    if re.fullmatch(r"[ivx]+", bare) and (value := _roman(bare.upper())):
        options.append(("small_roman", value))
    if len(bare) == 1:
        letter = ("letter" if bare.isupper() else "small", ord(bare.lower()) - 96)
        options.insert(0 if bare.upper() in "CDLM" else len(options), letter)
    return options or [("letter", 1)]


def _roman(numeral: str) -> int:
    """A numeral's value; 0 for letters that are none ("IC")."""
    values = [_ROMAN[char] for char in numeral]
    total = sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
    return total if total > 0 and not re.search(r"IIII|VV|XXXX|LL|I[LC]|VX", numeral) else 0


def _goes_on(reading: Reading, last: Paragraph, paragraph: Paragraph, page_of: PageOf) -> bool:
    first, second = _flat(reading, last), _flat(reading, paragraph)
    if _ENUMERATOR.match(second) or _BARE.fullmatch(first) or _BARE.fullmatch(second) or _KNOWN.fullmatch(second):
        return False
    if page_of(last.start) != page_of(paragraph.start) or reading.text[last.end : paragraph.start].strip():
        return False
    alike = (last.bold, last.underlined) == (paragraph.bold, paragraph.underlined)
    runs_on = bool(_RUNS_ON.search(first)) or second[:1].islower()
    numbered = bool(_ENUMERATOR.match(first)) and not re.search(r"[.?!]$", first)
    return alike and len(first) + len(second) < LONGEST and (runs_on or (numbered and not _KNOWN.fullmatch(second)))


def _cut_off(text: str) -> bool:
    """Whether a numbered line is a paragraph's beginning rather than a heading."""
    return len(text) > 200 and text.count(". ") > 3


def _title_cased(text: str) -> bool:
    """Whether the longer words of a line are capitalised, as a title's are and a sentence's are not."""
    words = [word for word in re.findall(r"[A-Za-z’']+", text) if len(word) > 3]
    return len(text) < 160 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)


def _is_title(text: str) -> bool:
    """Whether a centred line in plain type reads as a title: two words or more, no figures, no stop."""
    return bool(re.fullmatch(r"[A-Z][A-Za-z’'&-]+(?:\s+[A-Za-z’'&-]+)+", text)) and _title_cased(text)


def _capitals(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 2 and sum(char.isupper() for char in letters) > 0.85 * len(letters)


def _flat(reading: Reading, paragraph: Paragraph) -> str:
    return re.sub(r"\s+", " ", reading.text[paragraph.start : paragraph.end]).strip()
