"""Notice a question about a paper that the record does not hold.

is_unfiled(question, listings, filing_of) -> bool     whether it asks of a paper that its filer or anybody did not file

    "What does Ostrell argue in its appellate brief?"        where no brief is Ostrell's
    "What did Elering say on cross-examination?"             where no transcript has Elering as a witness
    "What did Elering say when he was cross-examined?"       the same
Only a docket can lack a paper: of a record of opinions alone nothing is said, for an opinion tells of papers too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.model import Filing
from rag.cast import roles_of
from rag.model import Listing, Question

PAPERS = ("complaint", "motion", "memorandum", "opposition", "reply", "brief", "amicus_brief")
LEAST_KINDS = 3  # of the parties' papers, from which on a record is a docket

EXAMINED = r"(?:cross|direct|redirect)(?:-| )examination"
_EXAMINED = re.compile(
    r"\b(?:was|were) (?:cross-?)?examined\b|\b(?:on|took|takes) the (?:witness )?stand\b", re.IGNORECASE
)
# Papers as people name them, and the kinds of filing that they may be.
_NAMED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"amicus brief", ("amicus_brief",)),
    (r"(?:appellate|appeal|opening|answering|merits) brief|brief on appeal", ("brief", "amicus_brief")),
    (r"reply(?: brief)?", ("reply", "brief")),
    (r"opposition(?: brief)?", ("opposition", "memorandum")),
    (r"complaint", ("complaint",)),
    (r"declaration|affidavit|sworn statement", ("declaration", "affidavit", "exhibit")),
    (EXAMINED, ("transcript",)),
    (r"deposition", ("transcript", "exhibit")),
)
_SUBJECT = re.compile(
    r"\b(?:did|does|do|has|had)\s+(?:the\s+|(?:Mr|Ms|Mrs|Dr|Prof|Officer|Agent)\.?\s+)?((?:[A-Z][\w.’'&-]*\s?)+)"
)


def is_unfiled(question: Question, listings: Sequence[Listing], filing_of: Callable[[str], Filing]) -> bool:
    """Whether the paper that `question` asks of is none of `listings`, which are a whole case's; `filing_of` gives
    the filing of a listing's id."""
    kinds = {one.facts.kind for one in listings}
    if len(kinds & set(PAPERS)) < LEAST_KINDS:
        return False
    for words, papers in _NAMED:
        of_it = rf"\b(?:in|on|by|under) (?:its|their|his|her)?\s?(?:\w+ )?(?:{words})\b"
        if re.search(of_it, question.text, re.IGNORECASE) or (words == EXAMINED and _EXAMINED.search(question.text)):
            own = [one for one in listings if one.facts.kind in papers and _is_by(question, one)]
            return not [one for one in own if words != EXAMINED or _testifies(question, filing_of(one.id))]
    return False


def _testifies(question: Question, transcript: Filing) -> bool:
    """Whether the witness whom the question names, or any where it names none, speaks in a transcript."""
    name = _subject(question)
    return any(s.speaker.role == "witness" and name in (s.speaker.name or "").lower() for s in transcript.sentences)


def _is_by(question: Question, listing: Listing) -> bool:
    """Whether a filing may be by whom the question asks of: the filer, or a side, or nobody that is named."""
    if listing.facts.kind == "transcript":
        return True
    said = f"{listing.facts.filer or ''} {listing.facts.title or ''} {listing.file}".lower()
    roles = {role for voice in question.voices for role in roles_of(question, voice)}
    return _subject(question) in said or listing.facts.side in roles


def _subject(question: Question) -> str:
    """The first word, in small letters, of the name that the question asks of; "" where it names nobody."""
    subject = _SUBJECT.search(question.text)
    return subject[1].split()[0].removesuffix("’s").removesuffix("'s").lower() if subject else ""
