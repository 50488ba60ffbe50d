"""Who won in the Supreme Court, and who a question presumes won.

winner(deeds) -> Side | None              the petitioner where the judgment below falls, the respondent where it stands
presumed_winner(question, case) -> Side | None
    "Why did the Court require Pleasant Grove to …?"      a burden: who bears it is presumed to have lost
    "Why did the Court allow Michigan to sue?"            a favour: who has it is presumed to have won
    "Why did the Court hold that Hemi had waived …?"      what is good or bad for the party, or for what it sought
A party is named by a word that only its side of the case name has ("Pleasant Grove City v. Summum"). Where nobody is
named, or the judgment falls in part only, nobody is taken to have won.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import dropwhile, takewhile
from typing import Literal

Side = Literal["petitioner", "respondent"]

_OTHER: dict[Side, Side] = {"petitioner": "respondent", "respondent": "petitioner"}
_COURT = r"\bthe\s+(?:(?:U\.\s?S\.\s+)?supreme\s+court|court|justices|majority)\s+"
_DID = rf"{_COURT}(?:to\s+|g[ai]ve\s+for\s+)?"
_BURDEN = re.compile(
    rf"{_DID}(?:requir(?:e|ing)|order(?:ing)?|compel(?:ling)?|forc(?:e|ing)|forbid(?:ding)?|bar(?:ring)?|punish(?:ing)?"
    r"|prohibit(?:ing)?|convict(?:ing)?|prevent(?:ing)?|den(?:y|ying)\s+(?:\w+\s+){1,3}?to|(?:rul|hold|find)(?:e|ing)?"
    r"\s+against)\s+(?P<whom>.*)",
    re.IGNORECASE,
)
_FAVOUR = re.compile(
    rf"{_DID}(?:allow(?:ing)?|permit(?:ting)?|let(?:ting)?|excus(?:e|ing)|exempt(?:ing)?|spar(?:e|ing)|sid(?:e|ing)\s+with"
    r"|grant(?:ing)?\s+(?:\w+\s+){1,3}?to|(?:rul|hold|find)(?:e|ing)?\s+(?:for|in\s+favou?r\s+of))\s+(?P<whom>.*)",
    re.IGNORECASE,
)
_FAVOURED = re.compile(r"\bin\s+(?P<whom>[A-Z][\w-]+)['’]s?\s+favou?r\b")
_HELD = re.compile(
    rf"{_DID}(?:hold|find|rule|conclude|decide)(?:ing)?\s+(?:that\s+)?(?P<whom>.*)",
    re.IGNORECASE,
)
_IS = r"(?:is|are|was|were)\s+"
_GOOD = re.compile(
    rf"\b(?:{_IS}(?:\w+ly\s+)?(?:immune|entitled|eligible|exempt|protected|timely)|(?:may|can|could)\s+(?:sue|recover|proceed"
    r"|go\s+forward|bring|maintain|keep|challenge|seek|invoke)|(?:has|had|have)\s+(?:shown|proved|established|standing"
    r"|a\s+right)|owns?|prevail\w*)\b"
)
_BAD = re.compile(
    rf"\b(?:violat(?:e|es|ed)|infring(?:e|es|ed)|breach(?:es|ed)?|waived?|forfeited|lack(?:s|ed)?|erred?|abused?"
    rf"|discriminated?|{_IS}(?:\w+ly\s+)?(?:liable|barred|moot|second\s+or\s+successive|pre-?empted|forfeited|guilty"
    r"|untimely)|may\s+be\s+(?:sued|held|prosecuted|convicted)|must\s+(?:pay|disclose|comply|return))\b"
)
_NOT = re.compile(r"\s+not\b|(?<=can)not\b|n['’]t\b|\s+never\b")
# A winner too may be held to a standard, or have had review granted.
_NO_OUTCOME = re.compile(
    r"\bto\s+(?:show|prove|establish|demonstrate|plead|allege|exhaust|meet|satisfy|appeal)\b"
    r"|\b(?:grant|den)\w*\s+(?:certiorari|review|rehearing|leave)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"(?:is|are|was|were|has|have|had|may|can|could|must|did|does|do|would|should|lack|waive|violat|infring|breach|own|owed"
    r"|prevail|forfeit|err|abus|discriminat)",
)
_OWNED = re.compile(r"['’]s?$")
# Of these what is good is good for the party; its arrest or its sentence may be unlawful to its good.
_SOUGHT = re.compile(
    r"(?:[\w-]+ ){0,3}?"
    r"(?:challenge|claim|suit|action|application|appeal|petition|argument|motion|complaint|objection|defense)s?\b"
)
_TITLES = frozenset(["the", "mr", "ms", "mrs", "dr", "officer", "warden", "petitioner", "respondent"])
_GENERAL = frozenset(
    re.findall(
        r"\w+",
        "the and inc corp corporation company llc ltd united states state city county town board department commission"
        " association national american international secretary warden director commissioner attorney general public"
        " education university school district bank group community",
    )
)


def winner(judgments: Iterable[str]) -> Side | None:
    """Who won where the Court's judgments are these ("affirm", "reverse"); None where they differ or there are none."""
    known = set(judgments)
    if known == {"reverse"}:
        return "petitioner"
    return "respondent" if known == {"affirm"} else None


def presumed_winner(question: str, case: str) -> Side | None:
    """The side of `case` ("Michigan v. Bay Mills Indian Community") that won, if the question asks of what was."""
    if _NO_OUTCOME.search(question):
        return None
    for pattern, wins in ((_BURDEN, False), (_FAVOUR, True), (_FAVOURED, True)):
        if (done := pattern.search(question)) and (side := _named(done["whom"], case)):
            return side if wins else _OTHER[side]
    held = _HELD.search(question)
    side = _named(held["whom"], case, acts=True) if held else None
    if held is None or side is None:
        return None
    said = _NOT.sub("", held["whom"])
    good, bad = bool(_GOOD.search(said)), bool(_BAD.search(said))
    if good == bad:
        return None
    denied = len(_NOT.findall(held["whom"])) % 2 == 1
    return side if good != denied else _OTHER[side]


def _named(text: str, case: str, *, acts: bool = False) -> Side | None:
    """The side whose name `text` opens with; with `acts`, where a verb follows, or what is the party's."""
    sides = [set(map(_bare, part.split())) - _GENERAL for part in re.split(r"\s+v\.\s+", case)]
    words = list(dropwhile(lambda word: _bare(word) in _TITLES, text.split()))
    if len(sides) != 2 or not words or (_bare(words[0]) in sides[0]) == (_bare(words[0]) in sides[1]):
        return None
    own = sides[0] if _bare(words[0]) in sides[0] else sides[1]
    name = list(takewhile(lambda word: _bare(word) in own | _GENERAL, words))
    follows = " ".join(words[len(name) :])
    if acts and not (_SOUGHT if any(_OWNED.search(word) for word in name) else _VERB).match(follows):
        return None
    return "petitioner" if own is sides[0] else "respondent"


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$|\W+$", "", word.strip('.,;:?!“”"()')).lower()
