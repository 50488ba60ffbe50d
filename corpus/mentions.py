"""Find who is named in a sentence, and put one character in each name's place.

mark(sentence, voices, writing) -> Marked

    "Petitioner argues that NSO's theory fails."  →  "\ue000 argues that \ue001's theory fails.", (petitioner, NSO)

So the grammar of reports (corpus/restates.py) is the same for every filing and compiled once; only the names differ.
"The Court" is somebody else in a dissent, "the court" in lower case is the court below in a brief on appeal, a judge
is named only if he or she sits in the case, and the speaker's own voice is nobody.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from corpus.holdings import CONTROLLING
from corpus.model import Speaker, WritingKind
from corpus.voices import Voices

FIRST, LAST = 0xE000, 0xF8FF  # private use: no letters; a filing's own (bullets in symbol type) are set aside
MARKS = "[\ue000-\uf8ff]"

# Words of any sentence, but for the article: "the majority says", "majority ownership".
_COMMON_NOUNS = (
    "majority", "plurality", "dissent", "concurrence", "panel", "state", "city", "county", "board", "union",
)  # fmt: skip


# Papers speak only with a capital: "the Motion says".
_PAPERS = ("motion", "motion to dismiss", "reply", "opposition", "answer", "counsel for", "petition", "response")


class Marked(NamedTuple):
    """A sentence with its names marked, and who they are in order."""

    text: str
    people: tuple[Speaker, ...]

    def at(self, character: str) -> Speaker:
        """Who a mark stands for."""
        return self.people[ord(character) - FIRST]


def mark(sentence: str, voices: Voices, writing: WritingKind | None) -> Marked:
    """`sentence` on one line with everybody it names marked; names of cases are not names of parties."""
    flat = re.sub(MARKS, "•", re.sub(r"\s+", " ", sentence).strip())
    people: list[Speaker] = []

    def marked(found: re.Match[str]) -> str:
        if found[0].lower() in _COMMON_NOUNS and not flat[: found.start()].lower().endswith("the "):
            return found[0]
        if found[0] in _PAPERS:  # "denied the motion", "may reply that"
            return found[0]
        speaker = _speaker(found[0], voices, writing)
        if speaker is None:
            return found[0]
        people.append(speaker)
        return chr(FIRST + len(people) - 1)

    separate = writing not in (None, *CONTROLLING, "syllabus")
    text = _pattern(voices.subjects, voices.own.role == "court", separate).sub(marked, flat)
    return Marked(text, tuple(people))


@lru_cache(maxsize=32)
def _pattern(subjects: str, by_court: bool, separate: bool) -> re.Pattern[str]:
    """Any name this filing knows."""
    judge = (
        r"(?:(?:CHIEF\s+)?JUSTICE|Justice|Chief\s+Justice|Judge|THE\s+CHIEF)\s+[A-Z][\w’'-]*[\w]"
        r"(?:(?:’s|'s)\s+(?:dissent|concurrence|opinion))?"
    )
    # In a dissent "the Court says" is today's majority, "the Court said" an earlier decision.
    past = (
        r"(?!,?\s+(?:\w+ly\s+)?(?:had|has|have|was|were|did|held|said|thought|found|made|struck|upheld|saw|gave"
        r"|wrote|\w+ed)\b)"
    )
    court = rf"|the\s+Court(?:’s\s+opinion)?{past}" if separate else ""
    below = "" if by_court else r"|the\s+court(?!\s+of)(?![\w-])|the\s+order(?=\s+(?:says|reasons|holds))"
    return re.compile(rf"(?<![\w’-])(?<!v\. )(?:(?i:{subjects}{court})(?![\w-]){below}|{judge})(?!\s+v\.)")


def _speaker(who: str, voices: Voices, writing: WritingKind | None) -> Speaker | None:
    """Who a matched name is, in this writing; None for the voice that is speaking."""
    name = re.sub(r"\s+", " ", who).lower().removesuffix("’s").removesuffix("'s").removesuffix("’")
    controlling = writing is None or writing in (*CONTROLLING, "syllabus")
    if re.match(r"(?:chief )?(?:justice|judge) |the chief", name):
        surname = re.sub(r"^(?:chief )?(?:justice|judge) | (?:dissent|concurrence|opinion)$|[’']s\b", "", name).title()
        return Speaker("court", f"{surname}, J.") if not voices.by_court or surname.upper() in voices.judges else None
    if name.startswith("the court") and voices.by_court:
        return Speaker("court", "Majority")
    if name in ("the court", "the order"):
        return Speaker("court", "District Court") if voices.appellate else None
    speaker = voices.named.get(name)
    if writing == "syllabus" and name == "panel":
        return Speaker("court", "Majority")
    if speaker and speaker.role == "court":
        own_kind = {
            "majority": "Majority",
            "plurality": "Plurality",
            "dissent": "Dissent",
            "concurrence": "Concurrence",
        }.get(writing or "")
        if speaker.name == own_kind or (
            speaker.name in ("Dissent", "Concurrence") and controlling and not voices.by_court and not voices.appellate
        ):
            return None
    return speaker
