"""Nouns to the catalog's rows and parts, and back. Pure: knows the columns' names, not the database.

filing_row, part_rows, passage_row        a Filing as it is stored
make_filing, make_passage, make_listing, make_ref   what is stored, with corrections laid over it
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from corpus.model import Facts, Filing, Footnote, Line, Page, Paragraph, Passage, Section, Sentence, Speaker, Writing
from rag.corrections import Corrections, corrected, corrected_speaker
from rag.inputs import context_of, filing_title
from rag.model import FilingRef, Listing
from rag.packing import pack_lines, pack_rows, pack_text, unpack_lines, unpack_rows, unpack_text
from rag.tables import COLUMNS

OUTLINE: dict[str, type] = {"pages": Page, "footnotes": Footnote, "sections": Section, "writings": Writing}
FACTS = frozenset(f.name for f in fields(Facts))
REF = FACTS & {f.name for f in fields(FilingRef)}
DETAIL: dict[str, type] = {"paragraphs": Paragraph, "sentences": Sentence}


@dataclass(frozen=True, slots=True)
class IndexRow:
    """What an index keeps of one passage: the passage, its kind of writing, its filing's title, and what stands over
    it (separate writing, headings)."""

    passage: Passage
    writing: str | None
    title: str
    context: tuple[str, ...]


def passage_id(filing_id: str, ordinal: int) -> str:
    """The id of a filing's passage."""
    return f"{filing_id}:{ordinal}"


def index_row(passage: Passage, writings: Sequence[Writing], facts: Facts) -> IndexRow:
    """A passage as the indexes need it."""
    kind = None if passage.writing is None else writings[passage.writing].kind
    return IndexRow(passage, kind, filing_title(facts), context_of(passage, writings))


def split_passage_id(wanted: str) -> tuple[str, int]:
    """The filing id and ordinal in a passage id; an ordinal of -1 where it is not one."""
    filing_id, _, ordinal = wanted.rpartition(":")
    return filing_id, int(ordinal) if ordinal.isdecimal() else -1


def filing_row(filing: Filing, seq: int, matter: str | None, corrections: Corrections) -> dict[str, Any]:
    """The filing's row, not yet shown."""
    row = {
        "id": filing.id,
        "seq": seq,
        "status": "stored",
        "file": filing.file,
        "facts_read": _dump(asdict(filing.facts)),
        "body_end": filing.body_end,
        "pages": len(filing.pages),
        "passages": len(filing.passages),
        "writings": pack_rows(filing.writings),
        "warnings": _dump(filing.warnings),
        "added": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    return row | corrected_columns(filing.facts, corrections, matter)


def corrected_columns(read: Facts, corrections: Corrections, matter: str | None) -> dict[str, Any]:
    """The columns that corrections change."""
    now = corrected(read, corrections)
    return {
        "corrections": _dump(dict(corrections)),
        "facts": _dump(asdict(now)),
        "matter": corrections.get("matter", matter),
        **{name: getattr(now, name) for name in COLUMNS},
    }


def part_rows(filing: Filing) -> Iterator[dict[str, Any]]:
    """The filing's text and structure, packed; the lines page by page, so that a hit unpacks its own page only."""
    yield {"filing_id": filing.id, "name": "text", "number": 0, "data": pack_text(filing.text)}
    for name in OUTLINE | DETAIL:
        yield {"filing_id": filing.id, "name": name, "number": 0, "data": pack_rows(getattr(filing, name))}
    by_page = sorted(filing.lines, key=lambda line: line.page)
    for page, lines in groupby(by_page, key=lambda line: line.page):
        yield {"filing_id": filing.id, "name": "lines", "number": page, "data": pack_lines(list(lines))}


def passage_row(filing: Filing, passage: Passage, key: bytes) -> dict[str, Any]:
    """A passage's row; `key` names its vector."""
    plain = ("ordinal", "start", "end", "page", "end_page", "writing", "paragraph", "footnote", "text")
    return {
        "filing_id": filing.id,
        "vector": key,
        "writing_kind": filing.writings[passage.writing].kind if passage.writing is not None else None,
        "role": passage.speaker.role,
        "name": passage.speaker.name,
        "restates_role": passage.restates.role if passage.restates else None,
        "restates_name": passage.restates.name if passage.restates else None,
        "headings": _dump(passage.headings),
        **{name: getattr(passage, name) for name in plain},
    }


def make_passage(row: Any) -> Passage:
    """The passage that a row holds, as read."""
    return Passage(
        id=passage_id(row.filing_id, row.ordinal),
        ordinal=row.ordinal,
        start=row.start,
        end=row.end,
        text=row.text,
        page=row.page,
        end_page=row.end_page,
        headings=tuple(json.loads(row.headings)),
        speaker=Speaker(row.role, row.name),
        restates=Speaker(row.restates_role, row.restates_name) if row.restates_role else None,
        writing=row.writing,
        footnote=row.footnote,
        paragraph=row.paragraph,
    )


def make_filing(
    row: Any, parts: Mapping[tuple[str, int], bytes], passages: Sequence[Passage], *, as_read: bool = False
) -> Filing:
    """The filing in a row and its parts, corrections laid over it unless `as_read`. Parts not fetched stay empty."""
    rows: dict[str, tuple[Any, ...]] = {
        name: unpack_rows(cls, parts[name, 0]) if (name, 0) in parts else () for name, cls in (OUTLINE | DETAIL).items()
    }
    read = _facts(row.facts_read)
    now = read if as_read else _facts(row.facts)
    if (read.side, read.filer) != (now.side, now.filer):
        rows["sentences"] = tuple(overlaid(s, read, now) for s in rows["sentences"])
        passages = [overlaid(p, read, now) for p in passages]
    return Filing(
        id=row.id,
        file=row.file,
        facts=now,
        text=unpack_text(parts["text", 0]),
        body_end=row.body_end,
        lines=make_lines((number, data) for (name, number), data in parts.items() if name == "lines"),
        passages=tuple(passages),
        warnings=tuple(json.loads(row.warnings)),
        **rows,
    )


def make_lines(pages: Iterable[tuple[int, bytes]]) -> tuple[Line, ...]:
    """The lines of packed pages, by start."""
    return tuple(sorted((line for page in pages for line in unpack_lines(*page)), key=lambda line: line.start))


def overlaid(part: Any, read: Facts, now: Facts) -> Any:
    """A sentence or passage whose speaker is the filer, spoken by the filer as corrected."""
    return replace(part, speaker=corrected_speaker(part.speaker, read, now))


def changed_filer(row: Any) -> tuple[Facts, Facts] | None:
    """The facts as read and in force where a correction changes who speaks, else None."""
    if row.facts_read == row.facts:
        return None
    read, now = _facts(row.facts_read), _facts(row.facts)
    return (read, now) if (read.side, read.filer) != (now.side, now.filer) else None


def make_listing(row: Any) -> Listing:
    """A filing as it is listed."""
    return Listing(
        id=row.id,
        file=row.file,
        matter=row.matter,
        facts=_facts(row.facts),
        pages=row.pages,
        passages=row.passages,
        writings=unpack_rows(Writing, row.writings),
        warnings=tuple(json.loads(row.warnings)),
        corrected=tuple(sorted(json.loads(row.corrections))),
        added=row.added,
    )


def make_ref(row: Any) -> FilingRef:
    """As much of a filing as travels with a hit."""
    facts = _facts(row.facts)
    return FilingRef(**{n: getattr(facts, n) for n in REF}, id=row.id, file=row.file, matter=row.matter)


def _facts(data: str) -> Facts:
    """Facts from their JSON; a field this version does not know is passed over."""
    return Facts(**{name: value for name, value in json.loads(data).items() if name in FACTS})


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
