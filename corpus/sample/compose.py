"""Set one filing: blocks become entries, entries lines, lines pages with printed labels; labels become places.

compose(source, docket, places) -> Composed
  write    expand every block in order; number ¶s and footnotes; follow headings, writings and speakers
  set      break and fill pages; make the tables of contents and authorities
  place    where each label landed, for the next pass
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from corpus.sample.forms import Form, form_named
from corpus.sample.marks import Desk, Place, Text, expand
from corpus.sample.paging import Item, Leaf, Sheet, fill_pages
from corpus.sample.setting import Entry, entry_lines, note_lines
from corpus.sample.source import Block, Docket, Source, Voice
from corpus.sample.tables import authorities_items, contents_items
from corpus.sample.typeset import Line, Style, column

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
WRITING_KINDS = {"summary": "syllabus"}  # the product's name for a court staff's summary


@dataclass
class Folio:
    """One page of the PDF: what is on it, the printed label, and its use (cover, toc, toa, text, slip)."""

    leaf: Leaf
    label: str | None
    use: str
    writing: str | None = None


@dataclass
class Composed:
    """One filing, set."""

    source: Source
    form: Form
    entries: list[Entry]
    folios: list[Folio]
    missing: set[str] = field(default_factory=set)


@dataclass
class _State:
    """What the walk through a filing's blocks carries along."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    writing: str | None = None
    voice: Voice | None = None
    exhibit: str | None = None
    number: int = 0
    notes: int = 0
    asking: tuple[Voice, Voice] | None = None


def compose(source: Source, docket: Docket, places: dict[str, Place]) -> Composed:
    """Set `source` with the places that the last pass found."""
    form = form_named(source.form)
    desk = Desk(docket, source, places)
    writer = _Writer(source, docket, desk, form)
    for block in source.blocks:
        desk.line = block.line
        writer.write(block)
    folios = _set_pages(writer)
    return Composed(source, form, writer.entries, folios, desk.missing)


class _Writer:
    """Walks a filing's blocks; collects entries, items and footnotes."""

    def __init__(self, source: Source, docket: Docket, desk: Desk, form: Form) -> None:
        self.source, self.docket, self.desk, self.form = source, docket, desk, form
        self.state = _State(voice=docket.cast[source.header["speaker"]])
        self.entries: list[Entry] = []
        self.front: list[Item] = []
        self.body: list[Item] = []
        self.numbers: dict[str, str] = {}
        self.note_entries: dict[str, list[int]] = {}
        self.front_blocks = _front_blocks(source)
        self.in_front = self.front_blocks > 0
        desk.note_number = self._number_note

    def write(self, block: Block) -> None:
        """Add one block."""
        if self.in_front and block.line >= self.source.blocks[self.front_blocks].line:
            self.in_front = False
            self.state.headings = []
        if block.kind == "directive":
            self._direct(block)
            return
        prefix, kind, voice, number = self._kind(block)
        if block.kind == "heading":
            self._enter_heading(block)
        text = expand(block.text, self.desk)
        if block.kind == "heading":
            level = block.level
            self.state.headings = [h for h in self.state.headings if h[0] < level] + [(level, text.words())]
        entry = self._entry(kind, text, prefix, voice, number, block.level)
        self._add(entry)
        for _, name in text.notes:
            self._write_note(name)

    def _enter_heading(self, block: Block) -> None:
        self.state.headings = [h for h in self.state.headings if h[0] < block.level]

    def _kind(self, block: Block) -> tuple[str, str, Voice | None, int | None]:
        """(printed prefix, key kind, speaker if it changes, ¶ number)."""
        if block.kind == "numbered":
            self.state.number += 1
            return f"{self.state.number}.", "numbered", None, self.state.number
        if block.kind == "turn":
            voice = self.docket.cast[self.source.labels[block.name]]
            self.state.voice = voice
            return f"{block.name}:", "turn", voice, None
        if block.kind == "question":
            if self.state.asking is None:
                raise self.desk.fail("Q. or A. outside an examination")
            self.state.voice = self.state.asking["QA".index(block.name)]
            return f"{block.name}.", "question", self.state.voice, None
        return "", block.kind, None, None

    def _entry(
        self, kind: str, text: Text, prefix: str, voice: Voice | None, number: int | None, level: int = 0
    ) -> Entry:
        state = self.state
        path = tuple(title for _, title in state.headings)
        return Entry(kind, text, prefix, path, state.writing, voice or state.voice, number, None, state.exhibit, level)

    def _add(self, entry: Entry, **item: bool) -> None:
        """Break an entry into lines and put it in line for a page."""
        owner = len(self.entries)
        self.entries.append(entry)
        style, lines = entry_lines(entry, self.form)
        made = Item(lines, style, owner, keep=entry.kind == "heading", **item)
        made.together = made.together or entry.kind == "right"
        (self.front if self.in_front else self.body).append(made)

    def _number_note(self, name: str) -> str:
        if name not in self.numbers and self.state.writing == "syllabus":
            self.numbers[name] = "*"
        elif name not in self.numbers:
            self.state.notes += 1
            self.numbers[name] = str(self.state.notes)
        return self.numbers[name]

    def _write_note(self, name: str) -> None:
        """Expand a footnote's paragraphs under the state of its mark."""
        self.note_entries[name] = []
        for index, block in enumerate(self.source.notes[name]):
            self.desk.line = block.line
            prefix = self.numbers[name] if index == 0 else ""
            entry = self._entry("footnote", expand(block.text, self.desk), prefix, None, None)
            entry.footnote, entry.name = self.numbers[name], name
            self.note_entries[name].append(len(self.entries))
            self.entries.append(entry)

    def notes_of(self, name: str) -> list[tuple[int, list[Line]]]:
        """A footnote's paragraphs as (owner, lines)."""
        owners = self.note_entries.get(name, [])
        return [(who, note_lines(self.entries[who], self.form)) for who in owners]

    def _direct(self, block: Block) -> None:
        """Follow a directive."""
        name, rest, state = block.name, block.text, self.state
        if name == "writing":
            kind, _, who = (part.strip() for part in rest.partition("="))
            state.writing = WRITING_KINDS.get(kind, kind)
            state.voice = self.docket.cast[who or kind]
            state.headings, state.notes = [], 0
        elif name == "speaker":
            state.voice = self.docket.cast[rest]
        elif name == "examination":
            self._examine(rest)
        elif name == "slip":
            state.exhibit = "Ex. " + rest.split()[-1]
            self._slip_sheet(rest)
        elif name == "page":
            self.body.append(Item([], self.form.styles["body"], start_page=True))
        elif name == "certificate":
            heading = rest or "CERTIFICATE"
            state.headings = [(1, heading)]
            self._add(self._entry("heading", expand(heading, self.desk), "", None, None, 1), start_page=True)
        elif name in ("opening", "pause", "counsel"):
            self._plain_line(name, rest)

    def _plain_line(self, name: str, rest: str) -> None:
        """A line that opens a writing, a transcript's parenthesis, or a block of the counsel list."""
        kind = {"opening": "opening", "pause": "pause", "counsel": "flush"}[name]
        self._add(self._entry(kind, expand(rest, self.desk), "", None, None))

    def _examine(self, rest: str) -> None:
        """`CROSS-EXAMINATION BY MS. ODUYA of elering, q oduya`"""
        found = re.match(r"(.*?) of (\w+), q (\w+)$", rest)
        if not found:
            raise self.desk.fail(f"@examination does not read: {rest!r}")
        self.state.asking = (self.docket.cast[found[3]], self.docket.cast[found[2]])
        self.state.headings = [h for h in self.state.headings if h[0] < 2] + [(2, found[1])]
        self._add(self._entry("heading", expand(found[1], self.desk), "", None, None, 2))

    def _slip_sheet(self, words: str) -> None:
        """A page with one line on it; the exhibit's page numbers start again after it."""
        style = Style(size=30, leading=40, align="center", bold=True, before=0)
        self.body.append(Item(column(words, style, self.form.width), style, alone=True))
        self.state.headings = []


def _front_blocks(source: Source) -> int:
    """How many blocks stand before the tables, on roman pages: those before @toc, or a brief's disclosure statement."""
    for index, block in enumerate(source.blocks):
        if block.kind == "directive" and block.name == "toc":
            return index
    heads = [i for i, block in enumerate(source.blocks) if block.kind == "heading" and block.level == 1]
    if source.form == "brief" and len(heads) > 1 and "DISCLOSURE" in source.blocks[heads[0]].text:
        return heads[1]
    return 0


def _set_pages(writer: _Writer) -> list[Folio]:
    """Cover, front matter with roman labels, tables, and the body with arabic ones."""
    source, form = writer.source, writer.form
    tables = source.header.get("toc") == "yes"
    apart = tables or source.form in ("brief", "transcript", "slip")
    room = form.height - caption_height(source, writer.docket, form)
    sheet = Sheet(form.height, form.note, writer.notes_of, form.grid, form.widows)
    body = fill_pages(writer.body, sheet if apart else replace_sheet(sheet, room))
    folios = _body_folios(body, writer)
    if not apart:
        return folios
    if source.form in ("transcript", "slip"):  # the title page is page 1
        for folio in folios:
            folio.label = str(int(folio.label or 0) + 1)
        return [Folio(Leaf(), "1", "cover"), *folios]
    front = fill_pages(writer.front, sheet) if writer.front else []
    front_folios = [Folio(leaf, None, "text") for leaf in front]
    for index, folio in enumerate(front_folios):
        folio.label = ROMAN[index]
    if tables:
        pages = [*front_folios, *folios]
        contents = fill_pages(contents_items(writer.entries, pages, form), sheet)
        authorities = fill_pages(authorities_items(writer.entries, folios, form, writer.docket), sheet)
        for use, leaves in (("toc", contents), ("toa", authorities)):
            front_folios += [Folio(leaf, ROMAN[len(front_folios) + n], use) for n, leaf in enumerate(leaves)]
    return [Folio(Leaf(), None, "cover"), *front_folios, *folios]


def replace_sheet(sheet: Sheet, first_height: float) -> Sheet:
    """The sheet with a caption over its first page."""
    return replace(sheet, first_height=first_height)


def _body_folios(leaves: list[Leaf], writer: _Writer) -> list[Folio]:
    """Pages with arabic labels; a slip sheet has none and starts the count again."""
    folios, count = [], 0
    for leaf in leaves:
        if leaf.alone:
            folios.append(Folio(leaf, None, "slip"))
            count = 0
            continue
        count += 1
        owners = [p.owner for p in leaf.placed if p.note is None and p.owner >= 0]
        writing = writer.entries[owners[-1]].writing if owners else None
        folios.append(Folio(leaf, str(count), "text", writing))
    return folios


def caption_height(source: Source, docket: Docket, form: Form) -> float:
    """Points that the caption takes on the first page, by form; whole rows on ruled paper."""
    if source.form == "pleading":
        counsel = source.header.get("counsel", "")
        return 24.0 * (18 if counsel else 14)
    return {"plain": 262.0, "scan": 262.0}.get(source.form, 0.0)


def places_of(composed: Composed) -> dict[str, Place]:
    """Where every label of the filing stands."""
    spots: dict[int, list[tuple[str | None, int | None, Line]]] = {}
    for folio in composed.folios:
        for placed in folio.leaf.placed:
            if placed.owner >= 0:
                number = line_number(placed.y, composed.form) if placed.note is None else None
                spots.setdefault(placed.owner, []).append((folio.label, number, placed.line))
    found: dict[str, Place] = {}
    for owner, entry in enumerate(composed.entries):
        for offset, name in entry.text.labels:
            found[f"{composed.source.key}.{name}"] = _place(composed, entry, offset, spots.get(owner, []))
    return found


def _place(composed: Composed, entry: Entry, offset: int, spots: list[tuple[str | None, int | None, Line]]) -> Place:
    """The sentence that a label closes (the whole block for a label at its start, or on a heading)."""
    text = entry.text
    start, end = 0, len(text.chars)
    if offset and entry.kind != "heading":
        held = [s for s in text.sentences if s.start < offset]
        if held:
            start, end = held[-1].start, held[-1].end
    on = [s for s in spots if s[2].start < end and s[2].end > start] or [("0", None, spots[0][2])] if spots else []
    first, last = (on[0], on[-1]) if on else (("0", None, None), ("0", None, None))
    return Place(
        composed.source.key, text.chars[start:end], bytes(text.styles[start:end]), (first[0] or "0", last[0] or "0"),
        (first[1], last[1]), entry.number, entry.footnote, entry.writing, entry.exhibit,
    )  # fmt: skip


def line_number(y: float, form: Form) -> int | None:
    """The printed line number beside a baseline `y` points below the text block's top; None on unnumbered paper."""
    if not form.rows:
        return None
    return max(1, min(form.rows, int((y + 5.3 + 2.0) // form.grid)))
