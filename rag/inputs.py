"""What a passage's models and its lexical index learn of the place it stands in, apart from its own words.

    Samantar v. Yousuf — Scalia, concurring — II. The Act does not govern officials
    |  filing_title  |   |           context_of                                   |

The shipped models were trained on just this: the case name, the separate writing where it is not the court's opinion,
the headings that say something. The same function serves embedding and reranking, so that they cannot come apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Facts, Passage, Writing
from rag.model import FilingRef
from rag.models import passage_input

OF_THE_COURT = ("majority", "per_curiam", "syllabus")
MANNERS = {
    "concurrence": "concurring",
    "dissent": "dissenting",
    "concurrence_in_part": "concurring in part and dissenting in part",
}
_SAYS_SOMETHING = re.compile(r"[^\W\d_]{3,}")  # "II. The Act" does, "II" and "A." do not, nor does "III"
_NUMERAL = re.compile(r"[IVXLC]+\.?")


def model_input(template: str, facts: Facts | FilingRef, writings: Sequence[Writing], passage: Passage) -> str:
    """The passage as an embedder or a reranker with this template reads it."""
    return passage_input(template, filing_title(facts), context_of(passage, writings), passage.text)


def filing_title(facts: Facts | FilingRef) -> str:
    """The case name, and for anything but an opinion what the filing calls itself."""
    title = None if facts.kind == "opinion" and facts.case_name else facts.title
    parts = [part for part in (facts.case_name, title) if part]
    return ", ".join(dict.fromkeys(parts))


def context_of(passage: Passage, writings: Sequence[Writing]) -> tuple[str, ...]:
    """The separate writing ("Scalia, dissenting") and the headings that say something, from the top down."""
    writing = writings[passage.writing] if passage.writing is not None else None
    label = writing_label(writing) if writing else ""
    said = [h for h in passage.headings if _SAYS_SOMETHING.search(h) and not _NUMERAL.fullmatch(h)]
    return (label, *said) if label else tuple(said)


def writing_label(writing: Writing) -> str:
    """A separate writing as people speak of it; "" for the court's own opinion."""
    if writing.kind in OF_THE_COURT:
        return ""
    return ", ".join(part for part in (writing.author, MANNERS.get(writing.kind)) if part)
