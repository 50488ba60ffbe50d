"""A Reading becomes a Filing: facts, structure, sentences with their speakers, passages.

understand(reading, correction) -> Filing     a function of its arguments; `correction` is what a person set right
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from corpus.filing import apply_correction, identify
from corpus.model import Facts, Filing, Reading, Writing
from corpus.passages import split_passages
from corpus.speakers import find_sentences
from corpus.structure import find_structure

CONTROLLING = ("majority", "plurality")


def understand(reading: Reading, correction: Mapping[str, object] | None = None) -> Filing:
    """The filing that a reading is. Corrected facts count from the start: they decide kinds, writings and speakers.

    Raises BadCorrection for a correction that names an unknown field or value.
    """
    facts = apply_correction(identify(reading), correction or {})
    structure = find_structure(reading, facts)
    facts = _with_author(facts, structure.writings)
    filing = Filing(
        id=reading.id,
        file=reading.file,
        facts=facts,
        text=reading.text,
        body_end=reading.body_end,
        pages=reading.pages,
        lines=reading.lines,
        paragraphs=structure.paragraphs,
        footnotes=reading.footnotes,
        sections=structure.sections,
        writings=structure.writings,
        sentences=find_sentences(reading, facts, structure),
        warnings=reading.warnings,
    )
    return replace(filing, passages=split_passages(filing))


def _with_author(facts: Facts, writings: tuple[Writing, ...]) -> Facts:
    """The judge of an opinion that no judge signs is the author of its controlling writing."""
    author = next((w.author for w in writings if w.kind in CONTROLLING and w.author), None)
    return replace(facts, judge=author) if facts.judge is None and author else facts
