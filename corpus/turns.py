"""Cut a transcript into turns and know whose each is.

cut_turns(reading, paragraphs)     paragraphs cut wherever a printed line begins with a speaker's label
Hearing(reading, facts)            judge, counsel and their sides, witness and examiner, as the turns go by
label_at(text) -> Label            the label a turn begins with: THE COURT, MR. CORRIGAN-HALE, Q, A; else None
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from corpus.model import Facts, Paragraph, Reading, Speaker
from corpus.voices import judge_name

_LABEL = re.compile(
    r"\s*(?:(?P<name>THE\s+(?:COURT|CLERK|WITNESS|COURT\s+REPORTER|REPORTER|BAILIFF|DEFENDANT|PLAINTIFF|INTERPRETER"
    r"|JURY|MARSHAL)(?:\s+CLERK)?|(?:MR|MS|MRS|DR|JUDGE|JUSTICE"
    r"|CHIEF\s+JUSTICE)\.?\s+[A-Z][A-Z’'.-]+(?:\s[A-Z][A-Z’'-]+)?"
    r"|[A-Z]{3,}[A-Z’'-]*(?:\s[A-Z][A-Z’'-]+){0,2}(?=:))\s*:"
    r"|(?P<qa>[QA])[.:]?\s+(?=[A-Z“\"\[(]))\s*"
)
_EXAMINATION = re.compile(
    r"\s*(?:(?:DIRECT|CROSS|REDIRECT|RECROSS|FURTHER|VOIR\s+DIRE)[- ]*)+EXAMINATION|\s*BY\s+(?:MR|MS"
    r"|MRS)\.\s+[A-Z’'-]+:?\s*$|\s*\((?:Recess|Pause|Proceedings|Witness|Discussion|Off)",
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
        for start, after in itertools.pairwise(edges):
            text = reading.text[start:after]
            turn = label_at(text) is not None
            kind = "turn" if turn else "body" if paragraph.kind == "turn" else paragraph.kind
            cut.append(replace(paragraph, start=start, end=start + len(text.rstrip()), kind=kind))
    return cut


def _breaks(text: str, start: int) -> bool:
    line = text[start : start + 120]
    return label_at(line) is not None or bool(_EXAMINATION.match(line.split("\n")[0]))


class Hearing:
    """Who is who in a transcript: the judge, the counsel and their sides, the witness on the stand, the examiner."""

    def __init__(self, reading: Reading, facts: Facts) -> None:
        front = reading.text[: min(reading.body_end, 9000)]
        self._judge = Speaker("court", judge_name(facts.judge))
        self._sides = _appearances(front)
        self._witness: Speaker = Speaker("witness", None)
        self._examiner: Speaker = Speaker("counsel", None)
        self._last: Speaker = Speaker("unknown", None)
        self._names = dict.fromkeys(re.findall(r"\b[A-Z][a-z]+(?:-[A-Z][a-z]+)?\b", reading.text))

    def heading(self, text: str) -> None:
        """Take note of "CROSS-EXAMINATION BY MS. ODUYA" and "TOMAS ELERING, … SWORN"."""
        if found := re.search(r"\bBY\s+((?:MR|MS|MRS)\.\s+[A-Z][A-Z’'-]+)", text):
            self._examiner = Speaker("counsel", self._cased(found[1]))
        named = re.search(
            r"\(?\s*([A-Z][\w.’'-]+(?:\s+[A-Z][\w.’'-]*){1,3}),?\s+(?:\w+[’']s?\s+witness|(?:was\s+"
            r"|having\s+been\s+)?called\b|being\b|(?:the\s+)?witness|sworn|having)",
            text,
        )
        if named:
            self._witness = Speaker("witness", self._cased(named[1]))

    def speaker(self, label: str) -> tuple[Speaker, str | None]:
        """Who a label is, and the role of the party that a counsel speaks for."""
        if label in ("THE COURT", "JUDGE") or label.startswith(("JUDGE ", "JUSTICE ", "CHIEF JUSTICE ")):
            self._last = self._judge if label == "THE COURT" else Speaker("court", judge_name(self._cased(label)))
        elif label.startswith(("THE CLERK", "THE COURT CLERK")):
            self._last = Speaker("court", "The Clerk")
        elif label in ("A", "THE WITNESS"):
            self._last = self._witness
        elif label == "Q":
            self._last = self._examiner
        elif label.startswith("THE "):
            self._last = Speaker("unknown", label.title())
        else:
            self._last = Speaker("counsel", self._cased(label))
        surname = (self._last.name or "").split()[-1:] or [""]
        return self._last, self._sides.get(surname[0].upper()) if self._last.role == "counsel" else None

    def examined(self, text: str) -> Speaker | None:
        """The witness whom a turn asks: where it is a question; None for any other turn."""
        label = label_at(text)
        return self._witness if label and label.name == "Q" else None

    def going_on(self, kind: str, text: str) -> tuple[Speaker, str | None]:
        """Who speaks a paragraph without a label: the last speaker; nobody, if it tells what happened."""
        if _EXAMINATION.match(text) or text.lstrip().startswith("("):
            self.heading(text)
            return Speaker("unknown", None), None
        return self._last if kind != "front" else Speaker("unknown", None), None

    def _cased(self, name: str) -> str:
        """A label as a name, "MR. CORRIGAN-HALE" → "Mr. Corrigan-Hale", with the letters the transcript itself uses."""
        spelled = {known.upper(): known for known in self._names}
        return " ".join(spelled.get(word, word.title() if word.isupper() else word) for word in name.split())


def _appearances(front: str) -> dict[str, str]:
    """Surnames of counsel, in capitals, with the role of the party they appear for."""
    sides: dict[str, str] = {}
    parts = re.split(
        r"(?i)\bfor\s+(?:the\s+)?(plaintiff|defendant|petitioner|respondent|appellant|appellee|government"
        r"|united\s+states)s?\b",
        front,
    )
    for role, after in zip(parts[1::2], parts[2::2], strict=False):
        side = "government" if role.lower().startswith(("gov", "united")) else role.lower()
        for surname in re.findall(
            r"\b([A-Z][A-Z’'-]{2,})(?=\s*(?:,|\n|$|\s+(?:Esq|ESQ|Trial|Attorney|For)))", after[:700]
        ):
            sides.setdefault(surname, side)
    return sides
