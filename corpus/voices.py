"""Who can be talked about in a filing, and by what names.

voices_of(reading, facts, caption) -> Voices    names and nouns → speakers, for this filing

"Petitioner", "the Government", "NSO", "the Motion", "the District Court", "the dissent" mean somebody only inside
one filing: the caption says who is petitioner, the body says whom it calls "NSO", and "the Court" is the voice of
an opinion but the object of a dissent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from corpus.caption import Caption, cased, front_rows, read_caption, roles_of, short_party
from corpus.courts import is_appellate
from corpus.model import Facts, Reading, Role, Speaker

# From when until when each was Chief Justice; before and after, the same name is an Associate's.
CHIEF_JUSTICES = {
    "Roberts": ("2005-09-29", "9999"),
    "Rehnquist": ("1986-09-26", "2005-09-03"),
    "Burger": ("1969-06-23", "1986-09-26"),
}

OPPOSITE: dict[Role, Role] = {
    "plaintiff": "defendant",
    "defendant": "plaintiff",
    "appellant": "appellee",
    "appellee": "appellant",
    "petitioner": "respondent",
    "respondent": "petitioner",
}
COURTS_BELOW = ("District Court", "Court of Appeals", "Trial Court", "State Court", "Tax Court", "Bankruptcy Court")
ANOTHER_COURT = "Another Court"  # whose view is reported as "the court’s", and which court is not said
_PARTY_ROLES: tuple[Role, ...] = ("plaintiff", "defendant", "petitioner", "respondent", "appellant", "appellee")
_CROSS = re.compile(r"[\s/,&-]*\bcross-\s?appell(?:ant|ee)s?", re.IGNORECASE)
_PLAIN = re.compile(r"(?<!cross-)(?<!cross- )\bappell(?:ant|ee)", re.IGNORECASE)
_DEFINED = re.compile(r"\((?:[a-z][^()“”]{0,60})?[“\"](?:[Tt]he\s+)?[A-Z][^()]{0,90}[”\"][,.]?\)")
_DEFINED_BARE = re.compile(r"\(the\s+((?!Court\b)[A-Z][\w.&’'-]+(?:\s+[A-Z][\w.&’'-]+){0,2})\)")  # "(the Chapel)"
# How the caption over the Court's own opinion designates who came to it; the one over the syllabus does not.
_CAME_AS = re.compile(r",\s*(PETITIONER|APPELLANT|PLAINTIFF)S?\b")
_OF_A_STATE = re.compile(r"\b(?:WARDEN|GOVERNOR|SUPERINTENDENT|ATTORNEY\s+GENERAL\s+OF)\b", re.IGNORECASE)
_DECLARANT = re.compile(r"\b[Dd]eclaration\s+of\s+((?:[A-Z][\w.’'-]*\s+){1,4}?[A-Z][\w’'-]+)(?=[\s,.;)]|$)")
_CITED_WITNESS = re.compile(r"\b([A-Z][a-z][\w’'-]+)\s+(?:Decl|Dep|Aff|Test)\.")
_TESTIFIES = re.compile(r"\b(Mr|Ms|Mrs|Dr)\.\s+([A-Z][\w’'-]*\w)\s+(?:[a-z]+\s+){0,2}?testified\b")
_OFTEN = 3  # uses of a name in the body that make it the filing's own name for a side
_ARGUES = "argues?|contends?|asserts?|maintains?|insists?|submits?|urges?|argued|contended|asserted|maintained"
_PUBLIC = (
    "State",
    "Commonwealth",
    "City",
    "County",
    "Board",
    "Commission",
    "Commissioner",
    "Department",
    "Agency",
    "Secretary",
    "Warden",
    "Union",
)


class Voices(NamedTuple):
    """`own` speaks unless marked otherwise; `named` maps a lower-case name or noun, without "the", to who it is.

    `subjects` matches any of those names; `friends` are the filer's own witnesses;
    `judges` the surnames, in capitals, of those who sit in the case; `appellate`: the filing lies in a court that
    reviews another's judgment; `by_court`: a court wrote it; `men` and `women` are called Mr. and Ms. in it;
    `supreme`: "the Court" is this court, and "the court" another.
    """

    own: Speaker
    named: Mapping[str, Speaker]
    subjects: str
    appellate: bool
    by_court: bool
    friends: frozenset[Speaker] = frozenset()
    judges: frozenset[str] = frozenset()
    men: frozenset[Speaker] = frozenset()
    women: frozenset[Speaker] = frozenset()
    supreme: bool = False


def voices_of(reading: Reading, facts: Facts, caption: Caption | None = None) -> Voices:
    """The people and papers that this filing can report on, from its caption, its definitions and its own kind."""
    caption = read_caption(front_rows(reading)) if caption is None else caption
    caption = _without_crossing(_in_the_supreme_court(caption, facts, reading.text), facts)
    by_court = facts.kind in ("opinion", "order", "judgment")
    appellate = is_appellate(facts.court) or facts.side in ("appellant", "appellee", "petitioner", "respondent")
    own = own_speaker(facts, caption, reading.text)
    named: dict[str, Speaker] = {}
    for role in _PARTY_ROLES:  # "Plaintiffs" on appeal are the appellees, if the caption says so
        here = next((roles[0] for _, roles in _roles_here(caption) if role in roles), role)
        one = Speaker(here, _party_name(role, caption, reading.text))
        named |= {role: one, role + "s": Speaker(here, _plural_name(role, caption, reading.text))}
    named |= _party_names(caption, reading.text)
    named |= _papers(own, facts, named)
    named |= _government(caption, named)
    named |= _witnesses(reading.text)
    named = _testifying(reading.text, named) | named
    named = _defined_terms(reading.text, named) | named
    named |= _judges(appellate=appellate, by_court=by_court)
    named.pop("", None)
    men, women = (_titled(reading.text, title, named) for title in ("Mr", "Mr?s"))
    return Voices(
        own,
        named,
        alternation(named),
        appellate,
        by_court,
        men=men - women,
        women=women - men,
        supreme=facts.court == "scotus",
    )


def own_speaker(facts: Facts, caption: Caption, text: str) -> Speaker:
    """Who speaks in the filing by default: its court, its witness, or its filer."""
    if facts.kind in ("opinion", "order", "judgment"):
        return Speaker("court", judge_name(facts.judge))
    if facts.kind in ("declaration", "affidavit"):
        return Speaker("witness", facts.filer)
    if facts.kind == "transcript" or facts.side is None:
        return Speaker("unknown", facts.filer)
    if facts.side in OPPOSITE:
        return Speaker(facts.side, _plural_name(facts.side, caption, text) or facts.filer)
    return Speaker(facts.side, facts.filer)


def judge_name(name: str | None) -> str | None:
    """A judge as opinions cite one: "Adaeze M. Thornbury" → "Thornbury, J."; None for None."""
    if not name:
        return None
    words = [word for word in name.split() if word.rstrip(".,") not in ("Jr", "Sr", "II", "III", "IV")]
    return f"{words[-1].rstrip(',')}, J."


def chief_justice(date: str | None) -> str | None:
    """The Chief Justice of the United States at an ISO date; None without one."""
    return next((name for name, (since, _) in CHIEF_JUSTICES.items() if date and date >= since), None)


def alternation(names: Mapping[str, Speaker]) -> str:
    """A pattern that matches any of the names, the longest first, white space free."""
    ordered = sorted(names, key=lambda n: (-len(n), n))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, name.split())) for name in ordered) + ")"


def _in_the_supreme_court(caption: Caption, facts: Facts, text: str) -> Caption:
    """The caption of a slip opinion, whose first page names the parties over the syllabus and not what they are."""
    if facts.court != "scotus" or not caption.below or caption.above_as or caption.below_as:
        return caption
    came = _CAME_AS.search(text)
    above = caption.above.removeprefix("Syllabus").strip()
    return caption._replace(above=above, above_as=came[1] if came else "PETITIONER")


def _without_crossing(caption: Caption, facts: Facts) -> Caption:
    """The caption of a cross-appeal with one appellant: the side whose paper it is; the other keeps its other roles.

    "Plaintiff-Appellant/Cross-Appellee" says nothing new after the slash; but where both sides appeal, "appellant"
    alone would name both, and a brief's speaker would be its opponent.
    """
    above, below = (
        _CROSS.sub("", printed) if _PLAIN.search(printed) else printed
        for printed in (caption.above_as, caption.below_as)
    )
    if "appellant" in above.lower() and "appellant" in below.lower():
        crosses = "cross" in (facts.title or "").lower()
        above, below = (
            printed if ("cross" in printed.lower()) == crosses else re.sub("(?i)appellants?", "", printed)
            for printed in (above, below)
        )
    return caption._replace(above_as=above, below_as=below)


def _sides(caption: Caption) -> list[tuple[str, tuple[Role, ...]]]:
    return [(p, roles_of(d)) for p, d in ((caption.above, caption.above_as), (caption.below, caption.below_as)) if p]


def _roles_here(caption: Caption) -> list[tuple[str, tuple[Role, ...]]]:
    """Both sides with their roles; a caption that designates only one ("PETITIONER v. …") fixes the other too."""
    sides = _sides(caption)
    if len(sides) == 2 and sum(bool(roles) for _, roles in sides) == 1:
        known = next(roles for _, roles in sides if roles)
        other = tuple(OPPOSITE[role] for role in known)
        sides = [(party, roles or other) for party, roles in sides]
    return sides


def _party_name(role: Role, caption: Caption, text: str) -> str | None:
    party = next((party for party, roles in _roles_here(caption) if role in roles), None)
    return short_party(party, text) or None if party else None


def _plural_name(role: Role, caption: Caption, text: str) -> str | None:
    """What a side is called: its one name, the short name its members share, else "Defendants"."""
    party = next((party for party, roles in _roles_here(caption) if role in roles), None)
    if party is None:
        return None
    members = _members(party)
    if len(members) == 1:
        first = re.split(r"[\s,]", cased(members[0], text))[0]
        known = first in _definitions(text) or (text.count(first) >= _OFTEN and first.lower() not in _COMMON)
        return first if known and _is_company(members[0]) else _party_name(role, caption, text)
    word = role.capitalize() + "s"
    shared = {re.split(r"[\s,]", cased(member, text))[0] for member in members}
    if len(shared) == 1 and not (role in ("plaintiff", "defendant") and text.count(word) >= _OFTEN):
        first = next(iter(shared))
        return first if first in _definitions(text) or text.count(first) >= _OFTEN else word
    return word


def _is_company(member: str) -> bool:
    """Whether a printed party has a company's ending; a person's first name is no short name."""
    return bool(
        re.search(r"\b(?:Inc|LLC|Ltd|Limited|Corp|Corporation|Co|Company|LLP|L\.P|S\.A)\b", member, re.IGNORECASE)
    )


def _members(party: str) -> list[str]:
    """The single parties of a printed list, places and descriptions left out."""
    bare = re.sub(
        r",\s+an?\s+[^,;]*?(?:corporation|company|partnership|individual|resident|citizen)\b",
        "",
        party,
        flags=re.IGNORECASE,
    )
    parts = re.split(r";\s*(?:and\s+)?|,\s+and\s+|\s+and\s+(?=[A-Z])", bare)
    return [p.strip(" ,") for p in parts if p.strip(" ,") and not re.match(r"(?i)does?\s+\d", p.strip())] or [party]


@lru_cache(maxsize=4)
def _definitions(text: str) -> frozenset[str]:
    """Every name that the body defines: (“NSO”), (together, “Tarnwick” or “Plaintiffs”)."""
    inside = (found[0] for found in _DEFINED.finditer(text[:80_000]))
    quoted = r"[“\"](?:[Tt]he\s+)?([A-Z][\w.&’' -]{1,40}?)[,.]?[”\"]"
    names = {name for part in inside for name in re.findall(quoted, part)}
    return frozenset((names | set(_DEFINED_BARE.findall(text[:80_000]))) - {"Court"})


def _party_names(caption: Caption, text: str) -> dict[str, Speaker]:
    """Each party by its short name, its full name and the names the body defines for it."""
    named: dict[str, Speaker] = {}
    for party, roles in _roles_here(caption):
        if not roles:
            continue
        for member in _members(party):
            short, full = short_party(member, text), cased(member.split(",")[0], text)
            speaker = Speaker(roles[0], short)
            first = re.split(r"[\s,]", full)[0]
            counted = (
                Counter(re.findall(rf"\b{re.escape(first)}\b(?!\s+(?:[A-Z]|v\.))", text))
                if len(first) > 2
                else Counter()
            )
            names = {short, full} | ({first} if counted[first] >= 3 and first.lower() not in _COMMON else set())
            names |= _short_forms(full, text)
            for name in sorted(names):
                if len(name) > 2 and name.lower() not in _COMMON:
                    named[name.lower()] = Speaker(roles[0], name) if name == first else speaker
            for noun in _PUBLIC:
                if re.search(rf"\b{noun}\b", member, re.IGNORECASE):
                    named[noun.lower()] = speaker
            if _OF_A_STATE.search(member) or _is_state(full, text):
                named["state"] = speaker
        for name in _definitions(text):
            if re.search(rf"\b{re.escape(name)}\b", party, re.IGNORECASE) and name.lower() not in named:
                named[name.lower()] = Speaker(roles[0], name)
    return named


def _short_forms(full: str, text: str) -> set[str]:
    """What else a body calls a party: the place it governs ("Argentina"), the initials set after its name ("(NFL)")."""
    place = re.match(r"(?:Republic|Kingdom|State|Commonwealth|City|County) of ([A-Z][\w’'-]+)$", full)
    initials = re.search(rf"{re.escape(full)}(?:, [\w.]+,?)?\s+\(([A-Z]{{3,8}})\)", text)
    return {found[1] for found in (place, initials) if found}


def _is_state(name: str, text: str) -> bool:
    """Whether a party is a State: one that has a Supreme Court, or is called the State or Commonwealth of that name."""
    known = re.escape(name)
    governs = rf"\b(?:Supreme Court|State|Commonwealth|Court of Appeals) of {known}\b|\b{known} Supreme Court"
    return bool(re.search(governs, text))


# First words of names that are words of any sentence.
_COMMON = frozenset(
    [
        "the",
        "in",
        "a",
        "an",
        "united",
        "state",
        "states",
        "american",
        "national",
        "city",
        "county",
        "first",
        "general",
        "people",
        "new",
        "board",
        "department",
        "republic",
        "commissioner",
        "commission",
        "federal",
        "international",
        "bank",
        "of",
        "and",
        "court",
        "district",
        "act",
        "company",
        "mr",
        "mr.",
        "ms",
        "ms.",
        "dr",
        "union",
        "fund",
        "estate",
        "matter",
        "ex",
        "does",
        "doe",
        "secretary",
        "attorney",
        "warden",
        "director",
        "superintendent",
        "plaintiff",
        "defendant",
        "petitioner",
        "respondent",
        "appellant",
        "appellee",
    ]
)


def _defined_terms(text: str, named: Mapping[str, Speaker]) -> dict[str, Speaker]:
    """Names that the body defines and then lets argue ("the SCO argues"): somebody, though no caption says who."""
    terms = {
        term
        for term in _definitions(text)
        if term.lower() not in named and term.lower() not in _COMMON and len(term) > 2
    }
    argues = rf"(?:{_ARGUES})\b"
    return {
        t.lower(): Speaker("unknown", t)
        for t in sorted(terms)
        if re.search(rf"\b{re.escape(t)}\s+(?:\w+\s+)?{argues}", text)
    }


def _papers(own: Speaker, facts: Facts, named: Mapping[str, Speaker]) -> dict[str, Speaker]:
    """Papers that speak for their filers: "the Motion argues", "the Complaint alleges", "the Opening Brief says"."""
    movant = own.role if facts.kind in ("motion", "reply", "memorandum") else OPPOSITE.get(own.role)
    title = (facts.title or "").lower()
    if facts.kind in ("opinion", "order"):
        found = re.search(r"(plaintiff|defendant|petitioner|respondent)s?['’]?s?\s+.{0,40}?motion", title)
        movant = found[1] if found else "defendant" if re.search(r"motions?\s+to\s+dismiss", title) else None  # type: ignore[assignment]
    papers: dict[str, Role | None] = {
        "motion": movant,
        "motion to dismiss": movant,
        "reply": movant,
        "reply brief": "appellant" if named["appellant"].name else movant,
        "opposition": OPPOSITE.get(movant) if movant else None,
        "opposition brief": OPPOSITE.get(movant) if movant else None,
        "complaint": "plaintiff",
        "amended complaint": "plaintiff",
        "opening brief": "appellant",
        "answering brief": "appellee",
        "response brief": "appellee",
    }
    found_papers = {}
    for paper, role in papers.items():
        if role is not None:
            speaker = named.get(role + "s")
            found_papers[paper] = speaker or Speaker(role)
    return found_papers


def _government(caption: Caption, named: Mapping[str, Speaker]) -> dict[str, Speaker]:
    """The Government: the party it is in the caption, else the government."""
    speaker = named.get("united states") or Speaker("government", "United States")
    for party, roles in _roles_here(caption):
        if roles and re.search(r"\bUNITED\s+STATES\b", party, re.IGNORECASE):
            speaker = Speaker(roles[0], "United States")
    names = ("government", "united states", "solicitor general", "department of justice", "statement of interest")
    return dict.fromkeys(names, speaker) | {
        "prosecution": speaker,
        "amici": Speaker("amicus", None),
        "amicus": Speaker("amicus", None),
    }


def _witnesses(text: str) -> dict[str, Speaker]:
    """Declarants and deponents the body cites, by surname and with Mr., Ms. or Dr."""
    full = {name.split()[-1]: re.sub(r"\s+", " ", name) for name in _DECLARANT.findall(text)}
    found: dict[str, Speaker] = {}
    for surname in {*full, *_CITED_WITNESS.findall(text)}:
        speaker = Speaker("witness", full.get(surname, surname))
        for prefix in ("mr. ", "ms. ", "mrs. ", "dr. "):
            found[prefix + surname.lower()] = speaker
        if surname.lower() not in _COMMON:
            found[surname.lower()] = speaker
    found["counsel"] = Speaker("counsel", None)
    everybody = {*full, *_CITED_WITNESS.findall(text)}
    if len(everybody) == 1:
        speaker = found[next(iter(everybody)).lower()] if next(iter(everybody)).lower() in found else Speaker("witness")
        found |= {"declarant": speaker, "declaration": speaker, "witness": speaker}
    return found


def _testifying(text: str, named: Mapping[str, Speaker]) -> dict[str, Speaker]:
    """Who testifies in the body under a title ("Mr. Hill testified …"): a party if it is one, else a witness."""
    found: dict[str, Speaker] = {}
    for title, surname in set(_TESTIFIES.findall(text)):
        found[f"{title.lower()}. {surname.lower()}"] = named.get(surname.lower()) or Speaker("witness", surname)
    return found


def _titled(text: str, title: str, named: Mapping[str, Speaker]) -> frozenset[Speaker]:
    """The witnesses whom the body calls by a title, a pattern without its period."""
    surnames = {surname.lower() for surname in re.findall(rf"\b{title}\.\s+([A-Z][\w’'-]*\w)", text)}
    people = (named.get(f"{short} {surname}") for surname in surnames for short in ("mr.", "ms.", "mrs."))
    return frozenset(who for who in people if who and who.role == "witness")


def _judges(*, appellate: bool, by_court: bool) -> dict[str, Speaker]:
    """Other courts and other writings. Which of them can be reported depends on the writing: see corpus.restates."""
    district, appeals = Speaker("court", "District Court"), Speaker("court", "Court of Appeals")
    trial, state = Speaker("court", "Trial Court"), Speaker("court", "State Court")
    named = {
        "magistrate judge": Speaker("court", "Magistrate Judge"),
        "bankruptcy court": Speaker("court", "Bankruptcy Court"),
        "dissent": Speaker("court", "Dissent"),
        "dissents": Speaker("court", "Dissent"),
        "dissenters": Speaker("court", "Dissent"),
        "dissenting opinion": Speaker("court", "Dissent"),
        "principal dissent": Speaker("court", "Dissent"),
        "majority": Speaker("court", "Majority"),
        "majority opinion": Speaker("court", "Majority"),
        "panel majority": Speaker("court", "Majority"),
        "plurality": Speaker("court", "Plurality"),
        "concurrence": Speaker("court", "Concurrence"),
        "concurring opinion": Speaker("court", "Concurrence"),
    }
    if appellate:
        named |= {
            "district court": district,
            "lower court": district,
            "lower courts": district,
            "court below": district,
        }
        named |= {"trial court": trial, "trial judge": trial, "district judge": district, "motion court": trial}
        named |= {
            "court of appeals": appeals,
            "panel": appeals,
            "state court": state,
            "state courts": state,
            "superior court": trial,
        }
        named |= {"circuit court": trial, "tax court": Speaker("court", "Tax Court"), "court of appeal": appeals}
    if not by_court or appellate:
        named |= {"district court": district}
    return named
