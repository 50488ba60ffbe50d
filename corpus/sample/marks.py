"""Turn a block's marked-up text into styled characters, sentences and labels; fill the cross-references in.

expand(text, desk) -> Text
  characters   curled quotes, dashes, italics; a footnote's mark stands among them as superscript
  macros       {cite}, {at}, {ecf}, {q}, {ql} ask the desk's earlier pass; {a}, {s}, {n}, {id} the authorities table
  sentences    with whom each restates and the label each carries

A `Desk` is one filing's writing desk for one pass: what the last pass learned of all filings, and what this pass asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from corpus.sample.source import Docket, Source, SourceError

ITALIC, BOLD, UNDERLINE, SUPERSCRIPT = 1, 2, 4, 8
NBSP = "\u00a0"
UNKNOWN_PIN = "00:00–00"
_NO_BREAK = re.compile(r"(§§?|¶¶?|\bNos?\.|\bat|\bEntry|\bMr\.|\bMs\.|\bCount|\bRule|\bPart) (?=[\dIVX(A-Z])")


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence as `[start, end)` of a Text's characters, with the cast key of whom it restates."""

    start: int
    end: int
    restates: str | None = None


@dataclass
class Text:
    """Styled characters. Superscript characters are footnote marks and no part of the words."""

    chars: str = ""
    styles: bytearray = field(default_factory=bytearray)
    notes: list[tuple[int, str]] = field(default_factory=list)  # offset of the mark, footnote's name
    labels: list[tuple[int, str]] = field(default_factory=list)
    restated: list[tuple[int, int, str]] = field(default_factory=list)
    joined: set[int] = field(default_factory=set)  # no sentence ends before this offset
    parted: set[int] = field(default_factory=set)  # one does
    uses: list[tuple[int, str]] = field(default_factory=list)  # offset, authority key
    sentences: list[Span] = field(default_factory=list)

    def words(self, start: int = 0, end: int | None = None) -> str:
        """The words of `[start, end)` with white space folded and footnote marks left out."""
        end = len(self.chars) if end is None else end
        kept = "".join(c for c, s in zip(self.chars[start:end], self.styles[start:end], strict=True) if not s & 8)
        return " ".join(kept.replace(NBSP, " ").split())

    def add(self, chars: str, style: int) -> None:
        """Append characters; a space after a space or at the start is dropped."""
        for char in chars:
            if char == " " and (not self.chars or self.chars[-1] == " "):
                continue
            self.chars += char
            self.styles.append(style)


@dataclass(frozen=True)
class Place:
    """Where a label landed in the last pass, and the words it stands on.

    `pages` are printed labels, `lines` printed line numbers (None without), of its first and last line.
    """

    key: str
    chars: str
    styles: bytes
    pages: tuple[str, str] = ("0", "0")
    lines: tuple[int | None, int | None] = (None, None)
    number: int | None = None
    footnote: str | None = None
    writing: str | None = None
    exhibit: str | None = None


@dataclass
class Desk:
    """One filing being written in one pass. `missing` collects labels that no filing carries."""

    docket: Docket
    source: Source
    places: dict[str, Place]
    missing: set[str] = field(default_factory=set)
    note_number: Callable[[str], str] = lambda name: "0"
    line: int = 0

    def fail(self, why: str) -> SourceError:
        """The error for the block at hand."""
        return SourceError(f"{self.source.key}.txt:{self.line}: {why}")


def expand(raw: str, desk: Desk) -> Text:
    """The text of one block. Raises SourceError for a mark that FORMAT.md does not know."""
    text = Text()
    style = 0
    opened: list[tuple[int, str]] = []
    i = 0
    while i < len(raw):
        two, char = raw[i : i + 2], raw[i]
        if two == "\\~":
            text.joined.add(len(text.chars) + 1)
            i += 2
        elif two == "\\|":
            text.parted.add(len(text.chars) + 1)
            i += 2
        elif char == "\\" and i + 1 < len(raw):
            text.add(raw[i + 1], style)
            i += 2
        elif found := re.match(r"_{3,}", raw[i:]):  # a line to sign on
            text.add(found[0], style)
            i += len(found[0])
        elif two in ("**", "__"):
            style ^= BOLD if two == "**" else UNDERLINE
            i += 2
        elif char == "*" and not (raw[i - 1 : i] in ("", " ") and raw[i + 1 : i + 2] in ("", " ")):
            style ^= ITALIC
            i += 1
        elif two == "<<" and (found := re.match(r"<<\s*([\w-]+)\s*\|\s*", raw[i:])):
            if found[1] not in desk.docket.cast:
                raise desk.fail(f"<<{found[1]}| is not in the cast")
            opened.append((len(text.chars), found[1]))
            i += len(found[0])
        elif two == ">>" and opened:
            start, who = opened.pop()
            text.restated.append((start, len(text.chars), who))
            i += 2
        elif two == "[^" and (found := re.match(r"\[\^([\w-]+)\]", raw[i:])):
            _mark(text, found[1], desk)
            i += len(found[0])
        elif char == "{":
            end = raw.find("}", i)
            if end < 0:
                raise desk.fail(f"no closing brace: {raw[i : i + 30]!r}")
            _macro(raw[i + 1 : end], text, style, desk)
            i = end + 1
        else:
            i += _plain(raw, i, text, style)
    if opened:
        raise desk.fail(f"<<{opened[-1][1]}| is never closed")
    if style:
        raise desk.fail("an italic, bold or underline mark is never closed")
    _trim(text)
    text.chars = _NO_BREAK.sub(lambda m: m[1] + NBSP, text.chars)
    text.sentences = _sentences(text, desk.docket.abbreviations)
    return text


def _plain(raw: str, i: int, text: Text, style: int) -> int:
    """Append the character at `i` as it is to be printed; how many characters of the source it took."""
    char = raw[i]
    before = text.chars[-1] if text.chars else " "
    opening = before in " \u00a0([—“‘" or (before == "\u2013")
    if raw.startswith("---", i):
        text.add("—", style)
        return 3
    if raw.startswith("--", i):
        text.add("–", style)
        return 2
    if char == '"':
        text.add("“" if opening else "”", style)
    elif char == "'":
        text.add("‘" if opening else "’", style)
    else:
        text.add(NBSP if char == "~" else char, style)
    return 1


def _mark(text: Text, name: str, desk: Desk) -> None:
    """A footnote's mark: its number as superscript."""
    if name not in desk.source.notes:
        raise desk.fail(f"footnote [^{name}] is never defined")
    while text.chars.endswith(" "):
        text.chars, text.styles = text.chars[:-1], text.styles[:-1]
    text.notes.append((len(text.chars), name))
    text.add(desk.note_number(name), SUPERSCRIPT)


def _macro(body: str, text: Text, style: int, desk: Desk) -> None:
    """Expand `{body}` into `text`."""
    if body.startswith("#"):
        text.labels.append((len(text.chars.rstrip()), body[1:].strip()))
        return
    name, _, rest = body.partition(" ")
    rest = rest.strip()
    if name in ("q", "ql"):
        _quote(rest, name == "ql", text, style, desk)
    elif name in ("a", "s", "n", "id"):
        _authority(name, rest, text, style, desk)
    elif name == "ecf":
        text.add(_entry(rest, desk), style)
    elif name in ("cite", "at"):
        labels = rest.split()
        first, last = _place(labels[0], desk), _place(labels[-1], desk)
        if first is None or last is None:
            text.add(UNKNOWN_PIN, style)
        else:
            text.add(_pin(first, last) if name == "at" else _cite(first, last, desk), style)
    else:
        raise desk.fail(f"unknown macro {{{body}}}")


def _place(label: str, desk: Desk) -> Place | None:
    """The label's place in the last pass; None (and noted as missing) where no filing carries it."""
    full = label if "." in label else f"{desk.source.key}.{label}"
    place = desk.places.get(full)
    if place is None:
        desk.missing.add(full)
    return place


def _quote(rest: str, lower: bool, text: Text, style: int, desk: Desk) -> None:
    """The exact words of a labelled sentence, or some of them, checked."""
    label, _, wanted = (part.strip() for part in rest.partition("|"))
    place = _place(label, desk)
    if place is None:
        text.add(f"[{label}]", style)
        return
    pairs = [(c, s) for c, s in zip(place.chars, place.styles, strict=True) if not s & SUPERSCRIPT]
    chars = "".join(c for c, _ in pairs)
    start, end = 0, len(chars.rstrip().rstrip("."))
    if wanted:
        shown = Text()
        i = 0
        while i < len(wanted):
            i += _plain(wanted, i, shown, 0)
        sought, whole = shown.chars.replace(NBSP, " ").replace("*", ""), chars.replace(NBSP, " ")
        start = whole.find(sought)
        end = start + len(sought)
        if start < 0:
            raise desk.fail(f"{label} does not say {wanted!r}, but {chars!r}")
    inside = text.chars.count("“") > text.chars.count("”")
    for at in range(start, end):
        char, its = pairs[at]
        if inside:
            char = {"“": "‘", "”": "’"}.get(char, char)
        if at == start and lower:
            char = f"[{char.lower()}]"
        text.add(char, (style ^ ITALIC if its & ITALIC else style))


def _authority(name: str, rest: str, text: Text, style: int, desk: Desk) -> None:
    """An authority in full, short, by name only, or as *Id.*"""
    key, _, pin = rest.replace(",", " ").partition(" ")
    pin = pin.strip().replace("--", "–")
    known = desk.docket.authorities.get(key)
    if known is None:
        raise desk.fail(f"no authority {key!r} in authorities.txt")
    text.uses.append((len(text.chars), key))
    slanted = style ^ ITALIC
    if name == "id":
        text.add("Id.", slanted)
        text.add(f" at{NBSP}{pin}" if pin else "", style)
    elif known.category != "case":
        form = known.name if name == "a" else known.short
        text.add(form.replace("--", "–") + (f", at {pin}" if pin else ""), style)
    elif name == "n":
        text.add(known.short, slanted)
    else:
        text.add(known.name if name == "a" else known.short, slanted)
        text.add(", " + _reporter(known.cite, known.paren, pin, full=name == "a"), style)


def _reporter(cite: str, paren: str, pin: str, *, full: bool) -> str:
    """`560 U.S. 305, 311–12 (2010)`; short with a pin `560 U.S. at 311–12`."""
    if full:
        return f"{cite}{', ' + pin if pin else ''} ({paren})"
    return f"{cite.rpartition(' ')[0]} at{NBSP}{pin}" if pin else cite


def _entry(key: str, desk: Desk) -> str:
    """`ECF No. 31`, or `Dkt. Entry 22` for a filing on appeal."""
    source = desk.docket.sources.get(key)
    if source is None:
        desk.missing.add(f"{key}.")
        return f"ECF No.{NBSP}00"
    return (f"Dkt. Entry{NBSP}" if source.appellate else f"ECF No.{NBSP}") + source.header["entry"]


def _cite(first: Place, last: Place, desk: Desk) -> str:
    """The record cite in the form that the target's kind wants."""
    target = desk.docket.sources[first.key]
    pin, short = _pin(first, last), target.header["short"].replace("'", "’")
    if first.writing and first.key == desk.source.key:
        name = {"majority": "Maj. Op.", "dissent": "Dissent", "concurrence_in_part": "Concurrence"}[first.writing]
        return f"{name} at{NBSP}{pin}"
    if first.exhibit:
        return f"{short} {first.exhibit} at{NBSP}{pin}"
    if first.number is not None or target.form == "transcript":
        return f"{short} {pin}"
    if target.appellate:
        return f"{short} at{NBSP}{pin}"
    return f"{_entry(first.key, desk)} at{NBSP}{pin}"


def _pin(first: Place, last: Place) -> str:
    """`¶ 42`, `14:3–9`, `14:27–15:2`, `12`, `12–13`, `12 n.3`."""
    if first.number is not None:
        same = first.number == last.number
        return f"¶{NBSP}{first.number}" if same else f"¶¶{NBSP}{first.number}–{last.number}"
    page, end_page = first.pages[0], last.pages[1]
    line, end_line = first.lines[0], last.lines[1]
    if first.footnote:
        return f"{page} n.{first.footnote}"
    if line is None or end_line is None:
        return page if page == end_page else f"{page}–{end_page}"
    if page != end_page:
        return f"{page}:{line}–{end_page}:{end_line}"
    return f"{page}:{line}" if line == end_line else f"{page}:{line}–{end_line}"


def _trim(text: Text) -> None:
    """Drop white space at the end."""
    kept = len(text.chars.rstrip(" "))
    text.chars, text.styles = text.chars[:kept], text.styles[:kept]


_END = re.compile(r"[.?!]")
_CLOSERS = '”’")]'
_OPENERS = "“‘[("


def _sentences(text: Text, abbreviations: frozenset[str]) -> list[Span]:
    """Sentences by the rule of FORMAT.md, with whom each restates."""
    chars, spans, start = text.chars, [], 0
    for found in _END.finditer(chars):
        end = found.end()
        while end < len(chars) and (chars[end] in _CLOSERS or text.styles[end] & SUPERSCRIPT):
            end += 1
        if end < len(chars) and not _ends(text, found.start(), end, abbreviations):
            continue
        if end > start:
            spans.append(_span(text, start, end))
        start = end + 1
    if start < len(chars):
        spans.append(_span(text, start, len(chars)))
    return spans


def _ends(text: Text, stop: int, end: int, abbreviations: frozenset[str]) -> bool:
    """Whether the mark at `stop`, with its closers up to `end`, ends a sentence."""
    chars = text.chars
    if chars[end] != " " or end + 1 >= len(chars):
        return False
    if end + 1 in text.parted or end in text.parted:
        return True
    if end + 1 in text.joined or end in text.joined:
        return False
    following = chars[end + 1]
    if not (following.isupper() or following in _OPENERS or text.styles[end + 1] & SUPERSCRIPT):
        return False
    if chars[stop] != ".":
        return True
    word = re.split(r"[ \u00a0(\[“‘—]", chars[: stop + 1])[-1].replace("’", "'")
    if end > stop + 1 and chars[stop + 1 : end].strip("0123456789"):
        return not chars[:stop].endswith(" .")  # a closing quotation mark: the sentence ends with it
    return word not in abbreviations and not re.fullmatch(r"(?:[A-Z]\.)+", word) and word != "."


def _span(text: Text, start: int, end: int) -> Span:
    """The sentence with whom it restates: the mark that covers more than half of it."""
    for first, last, who in text.restated:
        if (min(end, last) - max(start, first)) * 2 > end - start:
            return Span(start, end, who)
    return Span(start, end)
