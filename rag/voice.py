"""Say who speaks in a quotation and what it does there, in words that promise no more than the record shows.

voice_of_words(filing, start, end) -> Voice
lead_in(voice)                     -> "The court held:" · "Defendants argue:" · "As the court summarised …:"
lead_in(voice, after=1, later=True)   "It went on:" · "They add:" · "The court reported further:"
title_of(voice)                    -> "Defendants' argument"

"held" and "ruled" stand before a controlling writing's own decision (`Sentence.holding`) and nothing else. A dissent, a
concurrence, a syllabus, an argument and a restated view each have words of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from corpus.courts import is_appellate
from corpus.model import Filing, Sentence, Speaker, Writing
from corpus.voices import ANOTHER_COURT, COURTS_BELOW
from rag.model import Stance
from rag.places import manner_of, voice_of
from rag.told import is_own, is_quoted, recounts, told_by

VoiceKind = Literal[
    "holding",
    "reasoning",
    "restated",
    "dissent",
    "concurrence",
    "syllabus",
    "bench",
    "argument",
    "amicus",
    "government",
    "witness",
    "counsel",
    "document",
    "front",
    "end",
    "heading",
]

_PLURAL = re.compile(
    r"(?:defendants|plaintiffs|appellants|appellees|petitioners|respondents|amici\b.*|.* and .*|.* et al\.?"
    r"|.*companies)$",
    re.IGNORECASE,
)
_WOULD = re.compile(
    r"\b(?:I|[Ww]e)\s+(?:\w+\s+)?would\s+(?:\w+\s+)?(?:hold|reverse|affirm|vacate|remand|reach|grant|deny|dismiss)"
)
_ORDERS = re.compile(
    r"\b(?:GRANTED|DENIED|AFFIRMED|REVERSED|VACATED|REMANDED|DISMISSED|ORDERED|(?:is|are) (?i:granted|denied|affirmed|"
    r"reversed|vacated|dismissed|stayed|remanded))\b"
)
# What a court does in so many words; "we hold that the agency may deny" rejects nothing.
_DOES = (
    r"\b(?:we|(?:the|this) court)\s+(?:(?:therefore|thus|also|must|do|does|accordingly|hereby|now|again)\s+|\w+ly\s+)*"
)
_REJECTS = re.compile(
    rf"{_DOES}(?:rejects?|declines?|disagrees?|den(?:y|ies)|(?:are|is) (?:not persuaded|unpersuaded)|overrules?)\b"
    r"|\b(?:is|are) (?:hereby |therefore |also )*(?:denied|rejected|dismissed|overruled)\b",
    re.IGNORECASE,
)
_ACCEPTS = re.compile(
    rf"{_DOES}(?:accepts?|agrees?|adopts?|grants?|sustains?)\b"
    r"|\b(?:is|are) (?:hereby |therefore |also )*(?:granted|sustained)\b",
    re.IGNORECASE,
)
FACTS = re.compile(  # headings under which a court tells the facts
    r"background|\bfacts?\b|procedural|history|parties|allegations|\brecord\b|proceedings", re.IGNORECASE
)
_WRITERS = ("Majority", "Dissent", "Concurrence", "Plurality", "Syllabus")  # writings as restated speakers
_COURTS = ("Court", "Supreme Court", *COURTS_BELOW)
_APPEALS = re.compile(r"ca\d+$|cadc$|cafc$|\w+app$|\w*ctapp")  # ids of courts that are called courts of appeals
_PROSECUTION = re.compile(r"^\W*(?:[^,;]{1,60},\s+)?[Tt]he (?:prosecut(?:ion|or)|State)\b")
_FEDERAL = re.compile(r"\b(?:United States|Government|Solicitor General|AUSA)\b")
_ITS_WORDS = ("reasoning", "dissent", "concurrence", "argument")  # kinds of what a writer says for itself
# What a separate writing calls itself, what it is called as a speaker, and what it does.
_MANNERS: tuple[tuple[str, str, Stance], ...] = (
    (
        "concurring in part and dissenting in part",
        "The opinion concurring in part and dissenting in part",
        "concurs in part and dissents in part",
    ),
    (
        "concurring in part and concurring in the judgment",
        "The concurrence in part and in the judgment",
        "concurs in part and in the judgment",
    ),
    ("concurring in the judgment", "The concurrence in the judgment", "concurs in the judgment"),
    ("concurring in the result", "The concurrence in the result", "concurs in the judgment"),
    ("concurring in part", "The concurrence in part", "concurs in part"),
    ("dissenting in part", "The partial dissent", "dissents"),
    ("dissenting", "The dissent", "dissents"),
    ("concurring", "The concurrence", "concurs"),
)
_APART = {
    "dissent": "dissenting",
    "concurrence": "concurring",
    "concurrence_in_part": "concurring in part and dissenting in part",
}
OUTSIDE = ("front", "end", "heading")  # what a filing or a writing says of itself
_CALLED = {  # kinds of filing and of writing, where they are called otherwise
    "other": "document",
    "amicus_brief": "brief of amici",
    "majority": "majority opinion",
    "plurality": "plurality opinion",
    "per_curiam": "opinion",
    "concurrence_in_part": "partial dissent",
}
_JUDGE = re.compile(r", (?:C\. ?)?J\.$|, JJ\.$|^The Chief Justice$")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a quotation, whose view it reports, and what it does. `court` names the court ("The district court"),
    "" outside its own writings; `kind_of_filing` and `heading` are the filing's kind and the heading over it."""

    kind: VoiceKind
    speaker: Speaker
    restates: Speaker | None = None
    writing: str | None = None
    court: str = ""
    kind_of_filing: str = "other"
    heading: str = ""
    orders: bool = False
    would: bool = False
    rejects: bool = False
    accepts: bool = False
    recounts: bool = False  # what a court or a party did
    quotes: bool = False  # nothing but words in quotation marks
    manner: str = ""  # how a separate writing calls itself: "concurring in the judgment"

    @property
    def group(self) -> tuple[str, str, str]:
        """Quotations of one group stand together under one title."""
        whose = self.restates if self.kind == "restated" and self.restates else self.speaker
        if self.kind in ("holding", "reasoning"):
            return "ruling", "court", self.court
        teller = f" {self.court} {self.writing} {self.speaker.name}" if self.kind == "restated" else ""
        return self.kind, whose.role, (whose.name or "") + teller

    @property
    def called(self) -> tuple[str, Stance]:
        """What a separate writing is called, and what it does."""
        manner = self.manner or _APART[self.kind if self.kind in _APART else self.writing or "concurrence"]
        return next((named, stance) for known, named, stance in _MANNERS if known == manner)

    @property
    def stance(self) -> Stance:
        """What the words do, for Position.stance. A plurality states: what it concludes binds nobody."""
        if self.kind == "holding" and self.writing != "plurality":
            return "holds" if self.rejects == self.accepts else "rejects" if self.rejects else "accepts"
        if self.kind == "restated" and self.restates is not None and self.restates.role in ("court", "witness"):
            return "states" if self.restates.role == "court" else "testifies"
        if self.kind in ("argument", "restated") and self.kind_of_filing in ("opposition", "reply", "answer"):
            return "responds" if self.kind == "argument" else "argues"
        if self.kind in ("dissent", "concurrence"):
            return self.called[1]
        table: dict[str, Stance] = {
            "argument": "argues",
            "restated": "argues",
            "amicus": "supports",
            "witness": "testifies",
            "counsel": "argues",
        }
        return table.get(self.kind, "states")


def voice_of_words(filing: Filing, start: int, end: int) -> Voice:
    """The voice of `filing.text[start:end]`. Words of several sentences hold only where every sentence that is not
    a citation or a lead-in is the court's own, and at least one decides."""
    sentences = filing.sentences_in(start, end)
    speaker, restates = voice_of(filing, start, end)
    words = filing.text[start:end]
    if restates is not None:
        restates = _corrected(restates, speaker, words)
    writing = filing.writing_at(start)
    kind = _kind(filing, sentences, speaker, restates, writing.kind if writing else None)
    if kind in ("reasoning", "argument", "dissent", "concurrence", "amicus") and (teller := told_by(words, speaker)):
        kind, restates = "restated", teller
    return Voice(
        kind=kind,
        speaker=speaker,
        restates=restates,
        writing=writing.kind if writing else None,
        court=_court(filing) if speaker.role == "court" else "",
        kind_of_filing=filing.facts.kind,
        heading=" ".join(filing.headings_at(start)[-1:]),
        orders=kind == "holding" and bool(_ORDERS.search(words)),
        would=bool(_WOULD.search(words)),
        rejects=kind == "holding" and bool(_REJECTS.search(words)),
        accepts=kind == "holding" and bool(_ACCEPTS.search(words)),
        recounts=kind in _ITS_WORDS and recounts(words),
        quotes=kind in _ITS_WORDS and is_quoted(words),
        manner=_own_manner(filing, writing),
    )


def _own_manner(filing: Filing, writing: Writing | None) -> str:
    """How a separate writing calls itself, in one of the ways known; else what its kind says."""
    if writing is None or writing.kind not in _APART:
        return ""
    said = manner_of(filing, writing) or ""
    manner = next((manner for manner, _, _ in _MANNERS if said.startswith(manner)), "")
    dissents = writing.kind != "concurrence"
    return manner if manner and ("dissenting" in manner) == dissents else _APART[writing.kind]


def _corrected(restates: Speaker, speaker: Speaker, words: str) -> Speaker | None:
    """Whose view a court's sentence reports, on a second look: nobody's where it answers; a prosecution is no party
    by name, for it may be a State's."""
    if speaker.role == "court" and is_own(words):
        return None
    unnamed = restates.name == "United States" and _PROSECUTION.match(words) and not _FEDERAL.search(words)
    return Speaker("government", None) if unnamed else restates


def lead_in(voice: Voice, *, after: int = 0, later: bool = True) -> str:
    """The words before the quotation, colon included. `after`: how many of this speaker's stand before it in its group;
    `later`: it stands further on in the filing than the one before it."""
    return f"{_opening(voice, after=after, later=later)}:"


def _opening(voice: Voice, *, after: int, later: bool) -> str:
    """As in "The court held" · "They add" · "As the court summarised Defendants' position"."""
    who = subject(voice)
    many = is_plural(who) and voice.kind not in _APART
    past = voice.kind in _PAST or (voice.kind == "restated" and voice.speaker.role == "court")
    if voice.kind == "restated":
        return f"{who} {_again(REPORTED, after, past=past, many=many)}" if after else _as_told(voice)
    if not after or voice.kind in OUTSIDE:
        return f"{who} {_verb(voice, many=many)}"
    if voice.recounts or voice.quotes:
        return f"{who} {_verb(voice, many=many)}{' also' if after and voice.recounts else ''}"
    pronoun = "They" if many else "It" if voice.kind in ("holding", "reasoning") else who
    if voice.kind == "holding":
        return f"{pronoun} also {'ruled' if voice.orders else 'held'}"
    if later:
        return f"{pronoun} {_again(FURTHER, after, past=past, many=many)}"
    earlier = pronoun.lower() if pronoun in ("They", "It") else _lower(pronoun)
    return f"Earlier, {earlier} {_again(SAID, 1, past=past, many=many)}"


# (past, present of one, present of several): what leads in the second, third … quotation of a speaker, in turn.
FURTHER = (
    ("added", "adds", "add"),
    ("went on", "goes on", "go on"),
    ("said further", "says further", "say further"),
)
SAID = (("said", "says", "say"),)
REPORTED = (("reported further", "reports further", "report further"), ("reported also", "reports also", "report also"))
_PAST = ("holding", "reasoning", "bench", "dissent", "concurrence", "syllabus")


def _again(forms: tuple[tuple[str, str, str], ...], after: int, *, past: bool, many: bool) -> str:
    return forms[(after - 1) % len(forms)][0 if past else 2 if many else 1]


def subject(voice: Voice) -> str:
    """The speaker as the subject of a sentence: "The majority", "The dissent (Brandt, J.)", "Defendants", "Amici …"."""
    name = voice.speaker.name or ""
    if voice.kind in _APART or (voice.kind == "restated" and voice.writing in _APART):
        return f"{voice.called[0]} ({name})" if _JUDGE.search(name) else voice.called[0]
    if voice.kind == "syllabus":
        return "The syllabus, which is no part of the opinion,"
    if voice.kind in OUTSIDE:
        what = voice.writing or voice.kind_of_filing
        return f"The {voice.kind} of the {_CALLED.get(what, what.replace('_', ' '))}"
    if voice.kind == "bench":
        return "The judge" if name and name != "The Clerk" else name or "The court"
    if voice.speaker.role == "court":
        return "The front of the opinion" if voice.kind == "document" else voice.court or "The court"
    if voice.kind == "amicus":
        return f"Amici ({name})" if name and not name.lower().startswith("amic") else name or "Amici"
    if voice.kind == "document":
        return f"The {name}" if name[:1].isupper() and " of " in name else name or "The document"
    if not name:
        return f"The {voice.speaker.role}"
    return f"The {name}" if name == "United States" else name


def title_of(voice: Voice, *, answers: bool = False) -> str:
    """The title of the group; `answers`: this side speaks after the other."""
    who = subject(voice)
    if voice.kind in ("holding", "reasoning"):
        told = "account" if voice.recounts else "reasoning"
        return f"{possessive(who)} {'ruling' if voice.kind == 'holding' else told}"
    if voice.kind == "restated":  # the lead-in says by whom
        whose = voice.restates or Speaker("unknown")
        return "A reported view" if _is_nobody(whose) else f"{possessive(_reported(whose))} {_told_thing(whose)}"
    if voice.kind in ("dissent", "concurrence", "witness", "document", *OUTSIDE):
        return who
    fixed = {"syllabus": "Syllabus", "bench": "From the bench", "counsel": f"{who}, at the hearing"}
    thing = {"complaint": "allegations"}.get(voice.kind_of_filing, "answer" if answers else "argument")
    return fixed.get(voice.kind) or f"{possessive(who)} {'position' if voice.kind == 'government' else thing}"


def is_plural(name: str) -> bool:
    """Whether a name takes a plural verb."""
    return bool(_PLURAL.match(name)) or name.startswith("Amici")


def possessive(name: str) -> str:
    """A name's possessive: "Defendants'", "Velkane's", "a witness's"."""
    return f"{name}’" if name.endswith("s") and not name.endswith("ss") else f"{name}’s"


def _kind(
    filing: Filing, sentences: tuple[Sentence, ...], speaker: Speaker, restates: Speaker | None, writing: str | None
) -> VoiceKind:
    if writing == "syllabus" or speaker == Speaker("court", "Syllabus"):
        return "syllabus"
    if restates is not None or any(s.restates for s in sentences):
        return "restated" if restates is not None else _unreported(filing, speaker, writing, sentences)
    return _unreported(filing, speaker, writing, sentences)


def _unreported(filing: Filing, speaker: Speaker, writing: str | None, sentences: tuple[Sentence, ...]) -> VoiceKind:
    if speaker.role == "court":
        if filing.facts.kind == "transcript":
            return "bench"
        if speaker.name is None and writing is None and filing.writings:
            return "document"  # before the first writing: the caption, the panel, counsel
        if writing == "dissent":
            return "dissent"
        if writing in ("concurrence", "concurrence_in_part"):
            return "concurrence"
        decides = any(s.holding for s in sentences) and not any(s.restates for s in sentences)
        return "holding" if decides else "reasoning"
    named: dict[str, VoiceKind] = {
        "amicus": "amicus",
        "government": "government",
        "witness": "witness",
        "counsel": "counsel",
        "unknown": "document",
    }
    return named.get(speaker.role, "argument")


def _court(filing: Filing) -> str:
    kinds = {writing.kind for writing in filing.writings}
    if kinds & {"dissent", "concurrence", "concurrence_in_part"} and "majority" in kinds:
        return "The majority"
    if "plurality" in kinds and "majority" not in kinds:
        return "The plurality"
    court = filing.facts.court
    if court == "scotus":
        return "The Court"
    if is_appellate(court):  # a State's highest court is no court of appeals
        return "The court of appeals" if court and _APPEALS.match(court) else "The court"
    return "The district court" if court and len(court) >= 3 and court.endswith("d") else "The court"


def _verb(voice: Voice, *, many: bool) -> str:
    s = "" if many else "s"
    if voice.quotes or voice.recounts:
        word = "quote" if voice.quotes else "recount"
        return f"{word}{s}" if voice.kind == "argument" else "quoted" if voice.quotes else "recounted"
    if voice.kind == "holding":
        return "concluded" if voice.writing == "plurality" else "ruled" if voice.orders else "held"
    if voice.kind == "dissent":
        return "argued" if voice.would else "reasoned"
    if voice.kind in ("reasoning", "concurrence"):
        return "wrote" if FACTS.search(voice.heading) else "reasoned"
    if voice.kind == "syllabus" or voice.kind in OUTSIDE:
        return "says"
    if voice.kind == "bench":
        return "said from the bench"
    if voice.kind == "witness":
        return "testified" if voice.kind_of_filing == "transcript" else f"declare{s}"
    if voice.kind == "counsel":
        return "told the court"
    if voice.kind == "document":
        return f"provide{s}" if voice.kind_of_filing in ("exhibit", "declaration") else f"say{s}"
    if voice.kind == "government":
        return f"state{s}"
    if voice.kind_of_filing == "complaint":
        return f"allege{s}"
    if voice.kind_of_filing in ("opposition", "reply"):
        return f"respond{s}"
    return f"argue{s}"


def _as_told(voice: Voice) -> str:
    """As in "As the court summarised Defendants' position" · "As Plaintiffs describe the district court's decision"."""
    who, whose = _lower(subject(voice)), voice.restates or Speaker("unknown")
    if _is_nobody(whose):
        plural = "report" if is_plural(subject(voice)) else "reports"
        return f"{subject(voice)} {'reported' if voice.speaker.role == 'court' else plural}"
    verb = "summarised" if voice.speaker.role == "court" else "describe" if is_plural(subject(voice)) else "describes"
    return f"As {who} {verb} {possessive(_lower(_reported(whose)))} {_told_thing(whose)}"


def _told_thing(whose: Speaker) -> str:
    """What is reported of somebody."""
    if whose.role == "court":
        return "view" if whose.name in _WRITERS or _JUDGE.search(whose.name or "") else "decision"
    return "account" if whose.role == "witness" else "position"


def _is_nobody(speaker: Speaker) -> bool:
    """Whether a report does not say whose view it tells, nor which side's."""
    return speaker.role == "unknown" and not speaker.name


def _reported(speaker: Speaker) -> str:
    """Somebody whose view is reported, by name where there is one."""
    if not speaker.name:
        nameless = {"amicus": "Amici", "counsel": "Counsel", "witness": "A witness"}
        return nameless.get(speaker.role, f"The {speaker.role}")
    if speaker == Speaker("court", ANOTHER_COURT):
        return "Another court"
    if speaker.role == "court" and speaker.name in (*_WRITERS, *_COURTS):
        return f"The {speaker.name.lower()}"
    titled = speaker.name.startswith(("United States", "State of ")) or speaker.name.endswith(" Circuit")
    return f"The {speaker.name}" if titled else speaker.name


def _lower(name: str) -> str:
    """As in "the court", within a sentence."""
    return name[0].lower() + name[1:] if name.startswith(("The ", "Counsel", "A witness", "Another court")) else name
