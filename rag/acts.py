"""What courts did, as sentences tell it: who affirmed, who denied which motion.

acts(text, home, last) -> [Act]      every deed of a court in a sentence, with the court
    "The District Court denied the motion to dismiss, and the Fourth Circuit reversed."
        trial denied                     appeals (fourth) reversed
    "The judgment of the Court of Appeals is affirmed."    "We reverse."
        this affirmed                                      this reversed
`home` is the court whose writing the sentence stands in, by its courts-db id: "the Court of Appeals" is another court
in an opinion of the Supreme Court, and in its own it is itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.courts import is_appellate

Level = Literal["this", "supreme", "high", "appeals", "trial", "agency", "court"]
Court = tuple[Level, str]  # and the name that tells it from others of its level

# Families of deeds; the forms of a verb are those that reports use.
_VERBS: tuple[tuple[str, str], ...] = (
    ("affirm", r"affirm(?:s|ed|ing|ance)?|confirm(?:s|ed|ing)?"),
    ("uphold", r"up(?:hold|holds|held|holding)|sustain(?:s|ed|ing)?"),
    ("strike", r"str(?:ike|ikes|uck|iking)(?: \w+){0,4}? down|invalidat(?:e|es|ed|ing)"),
    (
        "reverse",
        (
            r"revers(?:e|es|ed|ing)|vacat(?:e|es|ed|ing)|overturn(?:s|ed|ing)?|set(?:s|ting)? aside"
            r"|reinstat(?:e|es|ed|ing)|reviv(?:e|es|ed|ing)"
        ),
    ),
    (
        "grant",
        (
            r"grant(?:s|ed|ing)?|allow(?:s|ed|ing)?|let|permit(?:s|ted|ting)?|awarded|awarding"
            r"|(?<![’'s] )(?<!the )(?<!an )award|approv(?:e|es|ed|ing)|admit(?:s|ted|ting)?"
        ),
    ),
    ("deny", r"den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing)"),
    ("bar", r"exclud(?:e|es|ed|ing)|suppress(?:es|ed|ing)?|quash(?:es|ed|ing)?|enjoin(?:s|ed|ing)?"),
    ("dismiss", r"dismiss(?:es|ed|ing)?|throw(?:s|ing)? out|threw out|toss(?:ed)? out"),
    ("accept", r"accept(?:s|ed|ing)?|adopt(?:s|ed|ing)?|agree(?:s|d|ing)?|adher(?:e|es|ed|ing)|embrac(?:e|es|ed|ing)"),
    (
        "reject",
        (
            r"reject(?:s|ed|ing)?|declin(?:e|es|ed|ing)|disagree(?:s|d|ing)?|disapprov(?:e|es|ed|ing)"
            r"|overrul(?:e|es|ed|ing)"
        ),
    ),
)
_VERB = re.compile("|".join(rf"(?P<{family}>\b(?:{forms})\b)" for family, forms in _VERBS), re.IGNORECASE)
_UNDONE = {"grant": "deny", "accept": "reject", "reject": "accept", "reverse": "affirm", "deny": "grant"}
_NOT_DONE = re.compile(r"\b(?:not|never|declin\w+ to|refus\w+ to|n['’]t)(?:\s+\w+){0,2}\s*$", re.IGNORECASE)
_PASSIVE = re.compile(
    r"\b(?P<be>is|are|be|was|were|been)(?:\s+(?:hereby|therefore|accordingly|also|\w+ly))*\s*$", re.IGNORECASE
)
_PAST = re.compile(r"(?:ed|held|struck|threw out)\b")
_AFTER = re.compile(
    r"\b(?:with|of|by|to|from|against|before|in|for|than|at|on|between|among)\s+(?:(?:the|a|an|this|that)\s+)?$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:\s+for the [\w .]{3,30} Circuit)?,? (?:which|that|and (?:it|that court|the court))\b")
NAME_GAP = 9  # characters between a court and what names it, " for the "
_BY = re.compile(r"^[^.;]{0,40}?\bby\s+(?=the\b|[A-Z]|an?\b)", re.IGNORECASE)

_ORDINAL = (
    r"First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Eleventh|D\. ?C\.|District of Columbia|Federal"
)
_NO_STATE = r"(?!United|The|This|That|Our|And|U\.)"
_COURTS = (
    rf"(?P<circuit>\b(?P<ordinal>{_ORDINAL}) Circuit(?! Judge))",
    (
        rf"(?P<high>\b(?P<state>{_NO_STATE}[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?:['’]s)? (?:Supreme|[Hh]igh(?:est)?) [Cc]ourt"
        r"|\bSupreme Court of (?P<of>(?!the United)[A-Z]\w+(?: [A-Z]\w+)?)|\bstate (?:supreme|high(?:est)?) court)"
    ),
    r"(?P<supreme>\b(?:(?:United States|U\. ?S\.) )?Supreme Court\b)",
    (
        rf"(?P<appeals>\b(?:(?P<whose>{_NO_STATE}[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?:['’]s)? )?Court of (?:\w+ )?Appeals?\b"
        r"(?: of (?P<there>[A-Z][a-z]+(?: [A-Z][a-z]+)?))?"
        r"|\b(?:[Aa]ppeals|[Aa]ppellate) [Cc]ourt\b|\bcourt of appeals?\b|\b[Aa]ppellate [Dd]ivision\b"
        r"|\b(?:[Tt]he|[Aa]|divided) panel\b)"
    ),
    (
        r"(?P<trial>\b(?:[Dd]istrict|[Tt]rial|[Bb]ankruptcy|[Ss]uperior|[Cc]ircuit|[Ll]ower) (?:[Cc]ourt|[Jj]udge)s?\b"
        r"|\bMagistrate Judge\b|\bCourt of Federal Claims\b|\bCFC\b|\b(?:Chief )?Judge (?P<judge>[A-Z]\w+))"
    ),
    (
        r"(?P<agency>\b(?:[A-Z]\w+ )?Board\b|\bBIA\b|\bTax Court\b"
        r"|\b(?:compensation|immigration|administrative law) judge\b)"
    ),
    r"(?P<this>\b(?:[Tt]his|[Tt]he) Court\b(?! of\b)|\b[Ww]e\b|\b(?:[Tt]he )?(?:[Jj]ustices|[Mm]ajority)\b)",
    r"(?P<court>\b(?:[Tt]he|[Tt]hat) (?:court|judge)\b(?! of\b))",
)
_COURT = re.compile("|".join(_COURTS))


@dataclass(frozen=True, slots=True)
class Act:
    """A court's deed. `court` is its level; "this" is the one that writes, "court" one that is not named.

    `name` tells courts of a level apart ("ninth", "kentucky"), "" if it is not said. `verb` is the word, `start` and
    `end` its offsets. `past`: told as done before.
    """

    court: Level
    name: str
    deed: str
    verb: str
    past: bool
    start: int
    end: int


def acts(text: str, home: str | None, last: Court | None = None) -> Iterator[Act]:
    """The deeds in a sentence or a question; `last` is the court that the sentence before named, for "the court"."""
    courts = list(_mentions(text, home, last))
    for verb in _VERB.finditer(text):
        deed = str(verb.lastgroup)
        before, after = text[: verb.start()], text[verb.end() :]
        if _NOT_DONE.search(before):
            deed = _UNDONE.get(deed, "")
        passive = _PASSIVE.search(before)
        who = (
            _doer(after, home, last) if passive else next((c for at, c in reversed(courts) if at <= verb.start()), None)
        )
        now = bool(passive and passive["be"].lower() in ("is", "are"))
        if now and who is None:
            who = ("this", "")
        if deed and who:
            yield Act(*who, deed, verb[0].lower(), bool(_PAST.search(verb[0])) and not now, verb.start(), verb.end())


def last_court(text: str, home: str | None, last: Court | None) -> Court | None:
    """The court that a sentence names last; the one before where it names none."""
    named = [court for _, court in _mentions(text, home, last) if court[0] != "this"]
    return named[-1] if named else last


def same_court(one: Act, other: Act) -> bool:
    """Whether two deeds may be one court's."""
    return one.court == other.court and (not one.name or not other.name or one.name == other.name)


def _doer(after: str, home: str | None, last: Court | None) -> Court | None:
    """The court that did it, after a passive: "was affirmed by the Court of Appeals"."""
    by = _BY.match(after)
    return next((court for _, court in _mentions(after[by.end() :], home, last)), None) if by else None


def _mentions(text: str, home: str | None, last: Court | None) -> Iterator[tuple[int, Court]]:
    """The courts that a text names as doers, in order, with their offsets.

    A court after a preposition does nothing ("agreed with the Court of Appeals and affirmed"), unless the words go on
    from it (", which reversed"); "of the Ninth Circuit" after a court is that court's name.
    """
    end = -100
    for found in _COURT.finditer(text):
        court = _level(found, home)
        if court[0] == "court":
            court = last or ("this", "")
        follows = court[0] == (last or ("", ""))[0] and found.start() - end <= NAME_GAP
        owns = text.startswith(("’s", "'s"), found.end())  # "the district court's denial": it does nothing here
        if follows or not (owns or _AFTER.search(text[: found.start()])) or _GOES_ON.match(text[found.end() :]):
            yield found.start(), court
        end = found.end()
        if court[0] != "this":
            last = court


def _level(found: re.Match[str], home: str | None) -> Court:
    """The level and name of a court as the court at `home` would mean it."""
    supreme, appellate = home == "scotus", is_appellate(home)
    if found["circuit"]:
        return ("this", "") if appellate and not supreme else ("appeals", found["ordinal"].lower().replace(" ", ""))
    if found["high"]:
        return "high", (found["state"] or found["of"] or "").lower()
    if found["supreme"]:
        return ("this", "") if supreme else ("supreme", "")
    if found["appeals"]:
        name = (found["whose"] or found["there"] or "").lower()
        return ("this", "") if appellate and not supreme else ("appeals", name)
    if found["trial"]:
        return ("trial", (found["judge"] or "").lower()) if supreme or appellate else ("this", "")
    if found["agency"]:
        return "agency", found[0].lower().removeprefix("the ")
    return ("this", "") if found["this"] else ("court", "")
