"""Cut a transcript into turns and know whose each is.

cut_turns(reading, paragraphs)     paragraphs cut wherever a printed line begins with a speaker's label
label_at(text) -> Label            the label a turn begins with: THE COURT, MR. CORRIGAN-HALE, Q, A; else None
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from corpus.model import Paragraph, Reading

_LABEL = re.compile(
    r"\s*(?:(?P<name>THE\s+(?:COURT|CLERK|WITNESS|COURT\s+REPORTER|REPORTER|BAILIFF|DEFENDANT|PLAINTIFF|INTERPRETER|JURY|MARSHAL)(?:\s+CLERK)?|(?:MR|MS|MRS|DR|JUDGE|JUSTICE|CHIEF\s+JUSTICE)\.?\s+[A-Z][A-Z’'.-]+(?:\s[A-Z][A-Z’'-]+)?|[A-Z]{3,}[A-Z’'-]*(?:\s[A-Z][A-Z’'-]+){0,2}(?=:))\s*:"
    r"|(?P<qa>[QA])[.:]?\s+(?=[A-Z“\"\[(]))\s*"
)
_EXAMINATION = re.compile(
    r"\s*(?:(?:DIRECT|CROSS|REDIRECT|RECROSS|FURTHER|VOIR\s+DIRE)[- ]*)+EXAMINATION|\s*BY\s+(?:MR|MS|MRS)\.\s+[A-Z’'-]+:?\s*$|\s*\((?:Recess|Pause|Proceedings|Witness|Discussion|Off)",
    re.IGNORECASE,
)


class Label(NamedTuple):
    """`name` as printed ("THE COURT", "MS. ODUYA", "Q", "A"); `end` is where the words spoken begin."""

    name: str
    end: int


def label_at(text: str) -> Label | None:
    """The label at the very start of `text`, else None."""
    found = _LABEL.match(text)
    return Label(re.sub(r"\s+", " ", found["name"] or found["qa"]), found.end()) if found else None


def cut_turns(reading: Reading, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, cut at each line that begins a turn; those become of kind `turn`."""
    starts = [line.start for line in reading.lines if line.start < reading.body_end]
    cut: list[Paragraph] = []
    for paragraph in paragraphs:
        if paragraph.kind not in ("body", "turn", "block_quote", "heading"):
            cut.append(paragraph)
            continue
        inside = [s for s in starts if paragraph.start < s < paragraph.end and _breaks(reading.text, s)]
        edges = [paragraph.start, *inside, paragraph.end]
        for start, after in zip(edges, edges[1:], strict=False):
            text = reading.text[start:after]
            turn = label_at(text) is not None
            kind = "turn" if turn else "body" if paragraph.kind == "turn" else paragraph.kind
            cut.append(replace(paragraph, start=start, end=start + len(text.rstrip()), kind=kind))
    return cut


def _breaks(text: str, start: int) -> bool:
    line = text[start : start + 120]
    return label_at(line) is not None or bool(_EXAMINATION.match(line.split("\n")[0]))
