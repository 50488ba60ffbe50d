"""Tell a filing's own assertions from those it reports.

reported(sentence, voices, writing, before) -> Speaker    whose view the sentence reports, else None
after(sentence, told, …) -> Before                        what it leaves to the next sentence

    own      "We reject petitioner's argument that …"  "Petitioner was convicted."  "Petitioner's reading would erase …"
    theirs   "Petitioner argues …"  "In NSO's view, …"  "The servers, they say, are …"  "The District Court held …"

A report is known by its main clause: somebody else as subject and a verb of saying, or a phrase ("According to …")
that hands the clause over. A verb of erring ("fails", "overlooks", "misreads") makes it the speaker's own judgment
of somebody else. A sentence that reports and then answers ("…, but we disagree") stays unmarked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from corpus.holdings import CONTROLLING
from corpus.mentions import FIRST, LAST, Marked, mark
from corpus.model import Role, Speaker, WritingKind
from corpus.records import RecordCite, is_bare_cite, owner_of, record_cites
from corpus.reports import (
    ACTS,
    ALLEGED,
    ANSWERED,
    ASIDE_SAID,
    ASKS,
    CLAUSE,
    COURT_SAID,
    ERRS,
    HANDED,
    IMPERSONAL,
    IN_A_VIEW,
    JUDGED,
    MAIN_CLAUSE,
    NAMED_FIRST,
    NOT_SO,
    NOUN_IS,
    OTHER_COURT,
    OWN_VERB,
    PRONOUN,
    PRONOUN_ASIDE,
    PRONOUN_HELD,
    PRONOUN_VIEW,
    SAME_AGAIN,
    SAYS_AT,
    STEP,
    THEN,
    THEY_ARGUE,
    UNDER,
    WRONG,
)
from corpus.voices import ANOTHER_COURT, COURTS_BELOW, OPPOSITE, Voices

SUBJECT = 80  # characters: where the subject of a sentence stands
_BODIES = ("court", "government", "amicus")  # "it", even where no report came before
_PERSONS = ("witness", "counsel")
_UNABLE = ("can", "could", "must")
_WHOLE = re.compile("“[^”]*”")  # a sentence that is nothing but a quotation
_QUOTED_WORDS = 4  # words of a quotation that carry a sentence; fewer are a term, or a scare quote


class Before(NamedTuple):
    """What the sentence before leaves behind: whom it reported, the party or court it named last, the person it
    named last ("he"), whether a quotation it began is still open, and the court below it named last ("the court")."""

    reported: Speaker | None = None
    named: Speaker | None = None
    person: Speaker | None = None
    quoting: bool = False
    court: Speaker | None = None


def reported(
    sentence: str,
    voices: Voices,
    writing: WritingKind | None = None,
    before: Before = Before(),  # noqa: B008  # frozen
    *,
    following: str = "",
    owners: Mapping[str, Speaker] = MappingProxyType({}),
    marked: Marked | None = None,
) -> Speaker | None:
    """Whose view `sentence` reports; None where its speaker asserts it.

    `before` carries over from the sentence before it: who "they" are, and whether a quotation is still open.
    `following` is the next sentence: a record cite there says whose words these are; `owners` says whose papers
    "ECF 31" and the like are. A cite standing alone belongs to the sentence before. `marked` saves marking it again.
    """
    flat = re.sub(r"\s+", " ", sentence).strip()
    if is_bare_cite(flat) or (before.reported and before.quoting):
        return before.reported
    if flat.endswith("?") and ":" not in flat and not flat.startswith("“") and not ASKS.search(flat):
        return None
    marked = marked or mark(flat, voices, writing)
    speaker = _by_clause(marked) or _by_pronoun(flat, _named_within(marked, before), voices, writing)
    speaker = speaker or _by_cite(flat, following, voices, before, owners, writing)
    if speaker is None or (speaker.role == voices.own.role != "court") or ANSWERED.search(flat):
        return None
    return speaker


def clause_report(marked: Marked) -> Speaker | None:
    """Whose view the sentence's own words say it reports, cites and context aside."""
    return _by_clause(marked)


def after(
    sentence: str,
    told: Speaker | None,
    voices: Voices,
    writing: WritingKind | None,
    before: Before,
    marked: Marked | None = None,
) -> Before:
    """What a sentence that reports `told` leaves to the next one."""
    if is_bare_cite(sentence):
        return before._replace(reported=told)
    marked = marked or mark(sentence, voices, writing)
    persons = [who for who in marked.people if _is_person(who)]
    opening = [marked.at(char) for char in marked.text[:SUBJECT] if FIRST <= ord(char) <= LAST]
    subject = next((who for who in opening if who.role not in _PERSONS), None)
    if re.match(r"\W*(?:It|They)\s+(?:do(?:es)?|did|ha[sd]|have)\b", sentence):
        subject = before.named or subject
    elif subject is None and re.match(r"\W*(?:It|They|He|She|In\s+(?:its|their))\b", sentence):
        subject = before.named
    person = told if told and _is_person(told) else persons[-1] if persons else before.person
    opened = sentence.count("“") > sentence.count("”")
    quoting = told is not None and (opened or (before.quoting and "”" not in sentence))
    courts = [who for who in marked.people if who.role == "court" and who.name in COURTS_BELOW]
    court = None if OTHER_COURT.search(marked.text) else courts[-1] if courts else before.court
    return Before(told, subject, person, quoting, court)


def _by_clause(marked: Marked) -> Speaker | None:
    """A main clause with somebody else as subject and a verb of saying, or a phrase that hands the clause over."""
    if not marked.people:
        return None
    if found := HANDED.search(marked.text) or UNDER.match(marked.text):
        return _who(found, marked)
    if (found := CLAUSE.match(marked.text)) and _is_report(found, marked):
        return _who(found, marked)
    if found := THEN.match(marked.text) or MAIN_CLAUSE.match(marked.text):
        return _who(found, marked)
    if (found := NOUN_IS.match(marked.text)) and not WRONG.search(marked.text[found.end("who") : found.end() + 25]):
        return _who(found, marked)
    found = ASIDE_SAID.search(marked.text)
    return _who(found, marked) if found else None


def _who(found: re.Match[str], marked: Marked) -> Speaker:
    """Who stands in whichever alternative of a pattern matched."""
    return marked.at(next(value for key, value in found.groupdict().items() if key.startswith("who") and value))


def _is_report(found: re.Match[str], marked: Marked) -> bool:
    """Whether a matched clause reports: not an act, not what cannot be, and with a verb its kind of subject uses."""
    tail = marked.text[found.start("verb") : found.start("verb") + 90]
    if JUDGED.search(marked.text[found.end("who") : found.start("verb")]):
        return False
    if ACTS.match(tail) or (found["aux"] or "").strip() in _UNABLE:
        return False
    return _who(found, marked).role == "court" or bool(SAYS_AT.match(tail))


def _is_person(who: Speaker) -> bool:
    """Whether "he" or "she" can be meant: a witness, a counsel, a single judge."""
    return (who.role in _PERSONS and bool(who.name)) or (who.name or "").endswith(", J.")


def _named_within(marked: Marked, before: Before) -> Before:
    """Who "they" are where the sentence itself has named somebody first: "Respondents ask …, and they contend that"."""
    found = NAMED_FIRST.match(marked.text)
    if found is None or (who := _who(found, marked)).role in ("court", *_PERSONS):
        return before
    return before._replace(reported=who, named=who)


def _by_pronoun(flat: str, before: Before, voices: Voices, writing: WritingKind | None) -> Speaker | None:
    """A report by pronoun: "They add that …"; "he" is the person named last; "The argument is that …"."""
    found = PRONOUN.match(flat) or PRONOUN_ASIDE.search(flat) or PRONOUN_VIEW.search(flat)
    if found:
        word = next(value for key, value in found.groupdict().items() if key.startswith("p") and value).lower()
        if found.re is PRONOUN and ((found["aux"] or "").strip() in _UNABLE or ACTS.match(flat[found.start("verb") :])):
            return None
        if word in ("he", "she", "his", "her"):
            if before.person in (voices.women if word in ("he", "his") else voices.men):
                return None
            if who := before.person or (
                before.reported if before.reported and before.reported.role != "court" else None
            ):
                return who
            return Speaker("unknown") if _is_somebodys(flat) else None
        if before.reported and before.reported.role not in _PERSONS:
            return before.reported
        plural = word in ("they", "their") or found.re is PRONOUN_ASIDE
        if before.named and (plural or _is_body(before.named)):
            return before.named
        return Speaker("unknown") if _is_somebodys(flat) else None
    held = PRONOUN_HELD.match(flat)
    if held and (held["aux"] or "").strip() in ("must", "can", "could", "may", "might", "would", "will"):
        held = None
    court = before.reported or before.named
    if held and court and court.role == "court":
        return court
    again = SAME_AGAIN.match(flat)
    if before.reported and again and (before.reported.role != "court" or "being" in again[0]):
        return before.reported
    if voices.by_court and (found := COURT_SAID.search(flat)) and not JUDGED.search(found[0]):
        if circuit := next((name for name in found.groupdict().values() if name), None):
            return Speaker("court", f"{circuit.strip()} Circuit") if voices.supreme else None
        if OTHER_COURT.search(flat[: found.end()]) or before.court is None:
            return Speaker("court", ANOTHER_COURT) if voices.supreme else None
        return before.court
    if IN_A_VIEW.match(flat):
        return Speaker("unknown")
    if IMPERSONAL.search(flat):
        other = OPPOSITE.get(voices.own.role)
        if other is None and writing not in (None, *CONTROLLING, "syllabus"):
            return before.reported or Speaker("court", "Majority")
        return before.reported or (_side(other, voices) if other else Speaker("unknown"))
    if ALLEGED.search(flat) and voices.own.role != "plaintiff":
        return _side("plaintiff", voices)
    return None


def _is_somebodys(flat: str) -> bool:
    """Whether a sentence with a pronoun is somebody's view or argument, whoever that is."""
    return bool(THEY_ARGUE.search(flat) or IN_A_VIEW.match(flat))


def _is_body(who: Speaker) -> bool:
    """Whether "it" can be meant, even where no report came before."""
    return who.role in _BODIES or who.name == "United States"


def _side(role: Role, voices: Voices) -> Speaker:
    return voices.named.get(role + "s") or Speaker(role)


def _by_cite(
    flat: str,
    following: str,
    voices: Voices,
    before: Before,
    owners: Mapping[str, Speaker],
    writing: WritingKind | None,
) -> Speaker | None:
    """A sentence that quotes, or at least rests on, somebody else's paper: "“No one was harmed.” Mot. at 3."."""
    cite = _own_cite(flat, following)
    if cite is None or STEP.search(flat) or OWN_VERB.search(re.sub("“[^”]*”?", "", flat)):
        return None
    quote = max((len(q.split()) for q in re.findall(r"“([^”]*)”?", flat)), default=0)
    if cite.kind == "transcript":
        if quote < _QUOTED_WORDS:
            he = re.match(r"(?:[^,“]{1,60},\s+)?(?:he|she)\s", flat, re.IGNORECASE)
            return before.person if he and before.person and before.person.role == "witness" else None
        if re.search(r"\bcounsel\b", flat):
            return Speaker("counsel")
        return before.person or before.reported or Speaker("witness")
    owner = owners.get(cite.paper) or owner_of(cite, voices.named, appellate=voices.appellate)
    owner = owner or _writing_cited(cite, writing)
    if owner is None or owner.role == voices.own.role != "court":
        return None
    if cite.kind == "writing" and ERRS.search(flat):
        return None
    if cite.kind == "witness":
        if owner in voices.friends and not _WHOLE.fullmatch(flat):
            return None
        exhibit = re.search(r"\bEx\.\s", following if not flat.count(cite.paper) else flat)
        return owner if quote >= _QUOTED_WORDS and not exhibit else None
    if quote >= _QUOTED_WORDS:
        return owner
    if cite.kind in ("complaint", "order") or not cite.pinned or NOT_SO.search(flat):
        return None
    if cite.paper.startswith(
        ("Brief", "Reply Brief", "Supplemental")
    ):  # the Supreme Court's "See Brief for …" only supports
        return None
    return owner


def _writing_cited(cite: RecordCite, writing: WritingKind | None) -> Speaker | None:
    """Another writing of the same opinion: "Maj. Op. at 13", "Dissent at 22"; in a dissent "ante" is the majority."""
    name = cite.paper.lower()
    if cite.kind != "writing":
        return None
    if name.startswith(("dissent", "concurrence")):
        return Speaker("court", name.split()[0].capitalize()) if name.split()[0] not in (writing or "") else None
    if name.startswith("maj") or (name == "ante" and writing not in (None, *CONTROLLING, "syllabus")):
        return Speaker("court", "Majority") if writing not in CONTROLLING else None
    return None


def _own_cite(flat: str, following: str) -> RecordCite | None:
    """The record cite that a sentence rests on: the last one it ends in, else the first of a bare cite after it."""
    inside = record_cites(flat)
    if inside and len(flat) - inside[-1].end < 25:
        return inside[-1]
    next_flat = re.sub(r"\s+", " ", following).strip()
    if next_flat and is_bare_cite(next_flat) and not inside:
        return next(iter(record_cites(next_flat)), None)
    return None
