"""The nouns of a court filing. All frozen; nothing here reads a file or decides anything but look-ups.

The text of a filing and its offsets

    filing.text  =  body of page 1, 2, 3 …   then   footnotes 1, 2, 3 …
                    |<---- [0, body_end) ---->|<---- [body_end, len) ---->|

Body text runs on from page to page, so a sentence broken by a page end, a footnote or a running head is
one slice. Footnotes follow the body, each whole even where it ran over a page. Inside a paragraph lines
are joined by one space (nothing, where a word was split at the line end); paragraphs end with a newline.
Stamps, running heads, printed page numbers, pleading line numbers and margin text are not in it.
Offsets are the truth: page, line, heading, writing, speaker and boxes are looked up from them.
Ends are exclusive; pages count from 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

Kind = Literal[
    "complaint",
    "answer",
    "motion",
    "memorandum",
    "opposition",
    "reply",
    "petition",
    "brief",
    "amicus_brief",
    "opinion",
    "order",
    "judgment",
    "transcript",
    "declaration",
    "affidavit",
    "exhibit",
    "notice",
    "letter",
    "other",
]
Role = Literal[
    "court",
    "plaintiff",
    "defendant",
    "appellant",
    "appellee",
    "petitioner",
    "respondent",
    "amicus",
    "government",
    "witness",
    "counsel",
    "unknown",
]
WritingKind = Literal[
    "syllabus", "majority", "plurality", "per_curiam", "concurrence", "dissent", "concurrence_in_part"
]
PageUse = Literal["text", "cover", "toc", "toa", "blank", "unread"]
ParagraphKind = Literal["body", "heading", "block_quote", "footnote", "turn", "front"]

KINDS: tuple[str, ...] = get_args(Kind)
ROLES: tuple[str, ...] = get_args(Role)
WRITING_KINDS: tuple[str, ...] = get_args(WritingKind)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in fractions of its width and height from the top left corner as displayed."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, as a slice of the filing's text.

    `number` is the line number printed beside it (pleading paper, transcript), else None. `edges` places each
    character: little-endian uint16, one more than the slice has characters, in 1/65535 of the page width;
    character i spans edges[i] to edges[i + 1]. Where a line's last character in the text is the joining space
    or newline, that character belongs to no line.
    """

    start: int
    end: int
    page: int
    box: Box
    number: int | None = None
    edges: bytes = b""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a court's electronic filing stamp says. Fields the stamp does not give are None.

    `filed` is an ISO date; `page` and `pages` are the stamp's "Page 12 of 45"; `page_id` is PageID.
    """

    text: str
    docket: str | None = None
    entry: str | None = None
    attachment: str | None = None
    filed: str | None = None
    page: int | None = None
    pages: int | None = None
    page_id: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet. `[start, end)` is its part of the body text (empty for a page without body).

    `label` is the printed page ("9", "iv"), else the PDF's own label where it has a label tree, else None.
    `width` and `height` are points, as displayed (rotation applied). `scanned`: its text came from OCR, whether
    ours or a layer in the file. `use` is "unread" for an image page that nobody could read, "toc"/"toa" for maps.
    """

    number: int
    start: int
    end: int
    width: float
    height: float
    label: str | None = None
    stamp: Stamp | None = None
    use: PageUse = "text"
    scanned: bool = False
    footnotes: tuple[tuple[int, int], ...] = ()

    @property
    def ecf_page(self) -> int | None:
        """The page number its ECF stamp gives."""
        return self.stamp.page if self.stamp else None

    @property
    def page_id(self) -> str | None:
        """The PageID its ECF stamp gives."""
        return self.stamp.page_id if self.stamp else None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of text. `number` is the ¶ number of a numbered pleading paragraph; `indent` and `size` are what the
    page shows: left edge as a fraction of page width, and type size in points (0 when unknown)."""

    start: int
    end: int
    kind: ParagraphKind = "body"
    number: int | None = None
    indent: float = 0.0
    size: float = 0.0
    bold: bool = False
    centered: bool = False
    italic: bool = False
    underlined: bool = False


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: its text is `filing.text[start:end]` (the number itself left out).

    `mark` is the offset in the body (or in another footnote) just after which its number stood; None if not
    found. `page` is the page where the note begins.
    """

    number: str
    start: int
    end: int
    page: int
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """An entry of the PDF's own outline (bookmarks); level 1 is the top, `page` None where it points nowhere."""

    title: str
    level: int
    page: int | None


@dataclass(frozen=True)
class Reading:
    """What the page readers and the cleaner hand on: text whose offsets are final, before anyone asks what it means.

    `heads` are the running heads that were stripped, as (page, text): they name writings ("KENNEDY, J., dissenting").
    `metadata` is the PDF's document information (Title, Author, …), as strings.
    """

    id: str
    file: str
    text: str
    body_end: int
    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    paragraphs: tuple[Paragraph, ...]
    footnotes: tuple[Footnote, ...] = ()
    heads: tuple[tuple[int, str], ...] = ()
    outline: tuple[OutlineItem, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()


class RawWord(NamedTuple):
    """Characters between two spaces, as a page draws them; points from the top left of the page as displayed.

    `edges` are the left ends of its characters and, last, its right end: one more than `text` has characters.
    `baseline` runs downwards. `size` is the type size in points as displayed. `order` is its place in the file.
    `glued`: no space stood before it in the file. A tuple, since a page has hundreds and a record is made of each.
    """

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool
    italic: bool
    edges: Sequence[float]
    order: int = 0
    glued: bool = False


class Rule(NamedTuple):
    """A drawn line or thin bar, in points from the top left of the page as displayed."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class RawPage:
    """What a page shows, before anyone asks what is body and what is margin.

    `words` stand in the file's own order. `image_share` is the part of the page that images cover, 0 to 1.
    `width` and `height` are as displayed, or, where the text is set sideways, as turned by `turned` quarters clockwise.
    `label` is the PDF's own page label, None without a label tree. `layered`: the words are an OCR layer, not drawn
    type. `covered` are the dark areas drawn on it (redactions); `redacted`: one of them hides words that the file
    still holds. `trouble` says why the page could not be read, "" if it could.
    """

    number: int
    width: float
    height: float
    words: tuple[RawWord, ...] = ()
    rules: tuple[Rule, ...] = ()
    image_share: float = 0.0
    label: str | None = None
    layered: bool = False
    covered: tuple[Rule, ...] = ()
    trouble: str = ""
    turned: int = 0
    redacted: bool = False


@dataclass(frozen=True, slots=True)
class RawLine:
    """Words that stand on one line, left to right, without the wide gaps between columns.

    `edges` as in RawWord, for `text` (one space between words). `row` is shared by the lines of one height on the
    page. `number` is the number printed beside the line. `marks` are raised numerals taken out of the text, as
    (position in the text before which each stood, numeral). `underlined` and the like hold for most of the line;
    `run_in`: most of it is bold or underlined, and it ends in plain type ("Id. at 5. We").
    """

    text: str
    edges: Sequence[float]
    baseline: float
    size: float
    row: int = 0
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    number: int | None = None
    marks: tuple[tuple[int, str], ...] = ()
    run_in: bool = False

    @property
    def x0(self) -> float:
        """Left end in points."""
        return self.edges[0]

    @property
    def x1(self) -> float:
        """Right end in points."""
        return self.edges[-1]

    @property
    def width(self) -> float:
        """Length in points."""
        return self.edges[-1] - self.edges[0]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page on its way to text: its lines from the top down, fewer after each stage.

    `notes` are the lines below the footnote rule; `heads` the running heads and feet taken off. The rest as in
    RawPage and Page.
    """

    number: int
    width: float
    height: float
    lines: tuple[RawLine, ...] = ()
    notes: tuple[RawLine, ...] = ()
    heads: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    label: str | None = None
    stamp: Stamp | None = None
    use: PageUse = "text"
    scanned: bool = False
    covered: tuple[Rule, ...] = ()
    turned: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A point heading and all that stands under it. `[start, end)` covers both; the heading's own words are
    `[start, heading_end)`. `label` is its enumerator as printed ("II", "A", "1"), or "" if it has none.
    `parent` indexes `filing.sections`, None at the top. Level 1 is the top."""

    level: int
    label: str
    title: str
    start: int
    heading_end: int
    end: int
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Writing:
    """One separate opinion inside an opinion. `author` is a surname in title case ("Stevens"); `joined_by` likewise.
    Its footnotes belong to it by their page."""

    kind: WritingKind
    author: str | None
    start: int
    end: int
    first_page: int
    last_page: int
    joined_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who asserts something: a role, and a name where the filing gives one."""

    role: Role
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its speaker. `restates` is whose view it reports, None when the speaker's own.

    `holding` is true only where a court, in its own voice and in a controlling writing, decides something in this
    very sentence.
    """

    start: int
    end: int
    speaker: Speaker
    restates: Speaker | None = None
    holding: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """The slice we index, retrieve and cite: whole sentences under one heading, in one writing.

    `text == filing.text[start:end]`. `id` is filing id + ":" + ordinal. `headings` runs from the top heading down.
    `restates` is set where more than half of the passage restates that speaker. `writing` indexes
    `filing.writings`. `footnote` is the note's number. `paragraph` is the first ¶ number it holds.
    """

    id: str
    ordinal: int
    start: int
    end: int
    text: str
    page: int
    end_page: int
    headings: tuple[str, ...]
    speaker: Speaker
    restates: Speaker | None = None
    writing: int | None = None
    footnote: str | None = None
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a filing says of itself, or a person corrected. What could not be read is None.

    `court` is a courts-db id; `date` an ISO date; `entry` and `attachment` the docket entry's numbers as strings;
    `side` and `supports` are roles (`supports` may also be "neither"); `filer` the filer's name as it signs.
    `reporter` is where an opinion is published ("560 U.S. 305"), volume and first page both known.
    """

    title: str | None = None
    case_name: str | None = None
    court: str | None = None
    docket: str | None = None
    entry: str | None = None
    attachment: str | None = None
    kind: Kind = "other"
    side: Role | None = None
    filer: str | None = None
    supports: str | None = None
    judge: str | None = None
    date: str | None = None
    reporter: str | None = None


@dataclass(frozen=True)
class Filing:
    """One filed PDF and its text. `id` is the first 16 hex digits of the SHA-256 of the file's bytes.

    `lines`, `paragraphs`, `sentences` are sorted by start. `warnings` are sentences for people.
    """

    id: str
    file: str
    facts: Facts
    text: str
    body_end: int
    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    paragraphs: tuple[Paragraph, ...]
    footnotes: tuple[Footnote, ...] = ()
    sections: tuple[Section, ...] = ()
    writings: tuple[Writing, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    passages: tuple[Passage, ...] = ()
    warnings: tuple[str, ...] = ()
    _line_starts: tuple[int, ...] = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_line_starts", tuple(line.start for line in self.lines))

    def lines_in(self, start: int, end: int) -> tuple[Line, ...]:
        """The lines that hold any character of `[start, end)`, in order; empty for an empty span."""
        first = max(bisect_right(self._line_starts, start) - 1, 0)
        found = []
        for line in self.lines[first:]:
            if line.start >= end:
                break
            if line.end > start:
                found.append(line)
        return tuple(found)

    def pages_in(self, start: int, end: int) -> tuple[int, ...]:
        """The page numbers that hold any character of `[start, end)`, ascending, each once."""
        return tuple(sorted({line.page for line in self.lines_in(start, end)}))

    def boxes_in(self, start: int, end: int) -> tuple[Box, ...]:
        """One box a line for `[start, end)`, cut to the very characters where the line knows their places."""
        return tuple(_cut(line, start, end) for line in self.lines_in(start, end))

    def footnote_at(self, offset: int) -> Footnote | None:
        """The footnote whose text holds `offset`; None in the body."""
        if offset < self.body_end:
            return None
        return next((note for note in self.footnotes if note.start <= offset < note.end), None)

    def writing_at(self, offset: int) -> Writing | None:
        """The separate writing that holds `offset`; a footnote belongs to the writing that its mark stands in,
        or, its mark not found, to the one on its page."""
        note = self.footnote_at(offset)
        if note is not None and note.mark is not None and note.mark < self.body_end:
            offset = note.mark
        elif note is not None:
            on_page = [w for w in self.writings if w.first_page <= note.page <= w.last_page]
            return on_page[-1] if on_page else None
        return next((w for w in self.writings if w.start <= offset < w.end), None)

    def headings_at(self, offset: int) -> tuple[str, ...]:
        """The heading path over `offset`, top first, each as "I. Title"; for a footnote, over its mark."""
        note = self.footnote_at(offset)
        if note is not None and note.mark is not None:
            offset = note.mark
        over = [s for s in self.sections if s.start <= offset < s.end]
        over.sort(key=lambda s: (s.level, s.start))
        return tuple(heading(s) for s in over)

    def sentences_in(self, start: int, end: int) -> tuple[Sentence, ...]:
        """The sentences that overlap `[start, end)`, in order."""
        first = max(bisect_right(self.sentences, start, key=lambda s: s.start) - 1, 0)
        found = []
        for sentence in self.sentences[first:]:
            if sentence.start >= end:
                break
            if sentence.end > start:
                found.append(sentence)
        return tuple(found)


def heading(section: Section) -> str:
    """The heading as one line: "II. The Act does not govern", or its one part where it has only one."""
    return f"{section.label}. {section.title}" if section.label and section.title else section.label or section.title


def _cut(line: Line, start: int, end: int) -> Box:
    """The part of a line's box over `[start, end)`; the whole box if the line does not place its characters."""
    if not line.edges:
        return line.box
    first, last = max(start, line.start) - line.start, min(end, line.end) - line.start
    x0, x1 = (int.from_bytes(line.edges[2 * i : 2 * i + 2], "little") / 65535 for i in (first, last))
    return Box(line.page, x0, line.box.y0, x1, line.box.y1)


@dataclass(frozen=True, slots=True)
class Authority:
    """Something a filing cites: `kind` is case, statute, other, or record (another paper of the case).

    `citation` is its full form ("560 U.S. 305", "28 U.S.C. § 1604", "ECF 45"), `name` a case's name. `places` are the
    offsets of its citations, short and id. forms too; `pages` their PDF pages; `passages` ids of passages that cite it.
    """

    kind: Literal["case", "statute", "other", "record"]
    citation: str
    name: str | None
    places: tuple[tuple[int, int], ...]
    pages: tuple[int, ...] = ()
    passages: tuple[str, ...] = ()
