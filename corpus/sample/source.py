"""Read the text sources of the sample docket: headers, blocks, and the tables all filings share.

read_docket(folder) -> Docket
  tables   cast, authorities, captions, abbreviations
  sources  one Source a filing: its header and its blocks, inline marks untouched

The format is described in FORMAT.md. Anything it does not know stops the build with file and line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

BlockKind = Literal["heading", "body", "numbered", "quote", "centered", "flush", "right", "turn", "question",
                    "directive"]  # fmt: skip
FORMS = ("pleading", "brief", "slip", "transcript", "scan", "plain")
DIRECTIVES = ("writing", "opening", "speaker", "slip", "counsel", "examination", "pause", "certificate", "page", "toc")
HEADER_FIELDS = {"form", "docket", "entry", "filed", "file", "kind", "title", "short", "speaker", "footer", "margin",
                 "counsel", "block", "toc", "cast", "notice"}  # fmt: skip
REQUIRED = ("form", "docket", "entry", "filed", "file", "kind", "title", "short", "speaker")


class SourceError(ValueError):
    """A source does not follow FORMAT.md; the message names file, line and fault."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A member of the cast: a speaker role of the product, and the name as the key gives it."""

    key: str
    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Authority:
    """A real authority. For statutes, rules and others `name` is the full form, `short` the short form."""

    key: str
    category: str
    name: str
    short: str
    cite: str = ""
    paren: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a source. `level` is a heading's; `name` a directive's, a turn's label or a footnote's name."""

    kind: BlockKind
    text: str
    line: int
    level: int = 0
    name: str = ""


@dataclass(frozen=True)
class Source:
    """One filing as written: header, blocks in order, and its footnotes' paragraphs by name."""

    key: str
    header: dict[str, str]
    blocks: tuple[Block, ...]
    notes: dict[str, tuple[Block, ...]]
    labels: dict[str, str] = field(default_factory=dict)  # transcript label -> cast key

    @property
    def form(self) -> str:
        """How it is laid out: pleading, brief, slip, transcript, scan or plain."""
        return self.header["form"]

    @property
    def appellate(self) -> bool:
        """Whether it is filed in the court of appeals."""
        return self.header["docket"] == "appeal"


@dataclass(frozen=True)
class Docket:
    """Everything the builder knows: sources by key in docket order, and the shared tables."""

    sources: dict[str, Source]
    cast: dict[str, Voice]
    authorities: dict[str, Authority]
    captions: dict[str, dict[str, str]]
    abbreviations: frozenset[str]


def read_docket(folder: Path) -> Docket:
    """Every `sources/*.txt` under `folder` with the tables beside them; sorted by court, entry and attachment."""
    paths = sorted(p for p in (folder / "sources").glob("*.txt") if p.stem != "example")
    sources = sorted((read_source(p) for p in paths), key=_docket_order)
    return Docket(
        sources={s.key: s for s in sources},
        cast={row[0]: Voice(*row) for row in _rows(folder / "cast.txt")},
        authorities={row[0]: _authority(row) for row in _rows(folder / "authorities.txt")},
        captions=_captions(folder / "cases.txt"),
        abbreviations=frozenset(folder.joinpath("abbreviations.txt").read_text("utf-8").split()),
    )


def read_source(path: Path) -> Source:
    """Parse one source file. Raises SourceError naming the line that breaks the format."""
    lines = path.read_text("utf-8").splitlines()
    header, first = _read_header(path, lines)
    blocks: list[Block] = []
    notes: dict[str, list[Block]] = {}
    labels = _labels(header.get("cast", ""))
    for start, text in _paragraphs(lines, first):
        block = _block(path, start, text, labels)
        if block is None:
            name, more, note = _footnote(path, start, text)
            if more != (name in notes):
                raise SourceError(f"{path.name}:{start}: footnote [^{name}] is defined twice or continued before it is")
            notes.setdefault(name, []).append(note)
        else:
            blocks.append(block)
    return Source(path.stem, header, tuple(blocks), {k: tuple(v) for k, v in notes.items()}, labels)


def _read_header(path: Path, lines: list[str]) -> tuple[dict[str, str], int]:
    """The header's fields and the index of the first line after the dashes."""
    header: dict[str, str] = {}
    for index, line in enumerate(lines):
        if line.strip() == "---":
            break
        if not line.strip() or line.startswith("%"):
            continue
        name, colon, value = line.partition(":")
        if not colon or name.strip() not in HEADER_FIELDS:
            raise SourceError(f"{path.name}:{index + 1}: not a header field: {line[:40]!r}")
        header[name.strip()] = value.strip()
    else:
        raise SourceError(f"{path.name}: no line of dashes after the header")
    missing = [name for name in REQUIRED if not header.get(name)]
    if missing or header["form"] not in FORMS:
        raise SourceError(f"{path.name}: missing or unknown header fields: {missing or header['form']}")
    return header, index + 1


def _paragraphs(lines: list[str], first: int) -> list[tuple[int, str]]:
    """(line number, text) of each block; `%` lines are comments; a directive or heading line stands alone."""
    found: list[tuple[int, str]] = []
    held: list[str] = []
    start = first
    for index in range(first, len(lines) + 1):
        line = lines[index].strip() if index < len(lines) else ""
        if line.startswith("%"):
            continue
        alone = re.match(r"#{1,4} |@[a-z]", line) is not None
        opens = re.match(r"!{1,2} |\[\^[\w-]+\]\+?: ", line) is not None
        if (not line or alone or opens) and held:
            found.append((start + 1, " ".join(held)))
            held = []
        if alone and line.startswith("@"):
            found.append((index + 1, line))
        elif line:
            if not held:
                start = index
            held.append(line[2:] if held and held[0].startswith("> ") and line.startswith("> ") else line)
    return found


def _block(path: Path, line: int, text: str, labels: dict[str, str]) -> Block | None:
    """The block that `text` is; None for a footnote's."""
    if text.startswith("[^") and re.match(r"\[\^[\w-]+\]\+?:", text):
        return None
    if found := re.match(r"(#{1,4}) (.*)", text):
        return Block("heading", found[2], line, level=len(found[1]))
    if found := re.match(r"@([a-z]+)\b\s*(.*)", text):
        if found[1] not in DIRECTIVES:
            raise SourceError(f"{path.name}:{line}: unknown directive @{found[1]}")
        return Block("directive", found[2], line, name=found[1])
    marks: list[tuple[str, BlockKind]] = [("¶ ", "numbered"), ("> ", "quote"), ("= ", "centered"), ("!! ", "right"),
                                          ("! ", "flush")]  # fmt: skip
    for mark, kind in marks:
        if text.startswith(mark):
            return Block(kind, text[len(mark) :], line)
    if labels and (found := re.match(r"([QA])\.\s+(.*)", text)):
        return Block("question", found[2], line, name=found[1])
    for label in labels:
        if text.startswith(label + ":"):
            return Block("turn", text[len(label) + 1 :].strip(), line, name=label)
    if labels and re.match(r"[A-Z][A-Z .'-]{3,30}: ", text):
        raise SourceError(f"{path.name}:{line}: speaker not in the header's cast: {text[:30]!r}")
    return Block("body", text, line)


def _footnote(path: Path, line: int, text: str) -> tuple[str, bool, Block]:
    """(name, whether it continues the note, its block)."""
    found = re.match(r"\[\^([\w-]+)\](\+?):\s*(.*)", text)
    if not found:
        raise SourceError(f"{path.name}:{line}: not a footnote: {text[:30]!r}")
    return found[1], bool(found[2]), Block("body", found[3], line, name=found[1])


def _labels(text: str) -> dict[str, str]:
    """`THE COURT = thornbury | …` as a map, longest label first so that no label hides another."""
    pairs = [part.split("=") for part in text.split("|") if "=" in part]
    return {a.strip(): b.strip() for a, b in sorted(pairs, key=lambda p: -len(p[0]))}


def _rows(path: Path) -> list[list[str]]:
    """The table's rows: fields between bars, stripped; `#` lines and empty lines left out."""
    lines = [x for x in path.read_text("utf-8").splitlines() if x.strip() and not x.startswith("#")]
    return [[part.strip() for part in line.split("|")] for line in lines]


def _authority(row: list[str]) -> Authority:
    """One row of authorities.txt (cases have two columns more than the others)."""
    if row[1] == "case":
        return Authority(row[0], row[1], row[2], row[3], row[4], row[5])
    return Authority(row[0], row[1], row[2], row[3])


def _captions(path: Path) -> dict[str, dict[str, str]]:
    """`[district]` and `[appeal]` of cases.txt, field by field."""
    captions: dict[str, dict[str, str]] = {}
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("["):
            current = captions.setdefault(line.strip("[] "), {})
        elif line.strip() and not line.startswith("#"):
            name, _, value = line.partition(":")
            current[name.strip()] = value.strip()
    return captions


def _docket_order(source: Source) -> tuple[bool, list[int]]:
    """District before appeal, then by entry and attachment."""
    return source.appellate, [int(n) for n in source.header["entry"].split("-")]
