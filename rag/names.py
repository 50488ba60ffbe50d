"""Case names and the names of filers as a citation writes them (Bluebook Rules 10.2.1–10.2.2, table T6).

case_name("SAMANTAR v. YOUSUF ET AL.")  -> "Samantar v. Yousuf"
party("NSO GROUP TECHNOLOGIES LIMITED") -> "NSO Grp. Techs. Ltd."
surname("ROSALIND T. ACHTERBERG, PH.D.") -> "Achterberg"
first_of(["Microsoft Corporation", …])   -> "Microsoft Corp. et al."
recased("NOTICE OF APPEAL")              -> "Notice of Appeal"; text that has small letters is left as it is
A given name is dropped only where a middle initial shows that the party is a person: a firm may be called anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_T6 = {  # one line an initial; plurals only where T6 has them apart
    "academy": "Acad.", "administration": "Admin.", "administrator": "Adm'r", "america": "Am.", "american": "Am.",
    "and": "&",
    "associate": "Assoc.", "associates": "Assocs.", "association": "Ass'n", "atlantic": "Atl.", "authority": "Auth.",
    "automobile": "Auto.", "automotive": "Auto.",
    "board": "Bd.", "broadcasting": "Broad.", "brotherhood": "Bhd.", "brothers": "Bros.", "building": "Bldg.",
    "business": "Bus.", "businesses": "Buss.",
    "casualty": "Cas.", "center": "Ctr.", "central": "Cent.", "chemical": "Chem.", "college": "Coll.",
    "commission": "Comm'n", "commissioner": "Comm'r", "committee": "Comm.", "communications": "Commc'ns",
    "community": "Cmty.", "companies": "Cos.", "company": "Co.", "compensation": "Comp.", "congress": "Cong.",
    "consolidated": "Consol.",
    "construction": "Constr.", "continental": "Cont'l", "cooperative": "Coop.", "corporation": "Corp.",
    "county": "Cnty.",
    "defense": "Def.", "department": "Dep't", "development": "Dev.", "director": "Dir.", "distributing": "Distrib.",
    "district": "Dist.", "division": "Div.",
    "east": "E.", "eastern": "E.", "economic": "Econ.", "education": "Educ.", "educational": "Educ.",
    "electric": "Elec.", "electronic": "Elec.", "electronics": "Elecs.", "employee": "Emp.", "employees": "Emps.",
    "energy": "Energy", "engineering": "Eng'g", "enterprise": "Enter.", "enterprises": "Enters.",
    "entertainment": "Ent.", "environmental": "Env't", "equipment": "Equip.", "exchange": "Exch.",
    "federal": "Fed.", "federation": "Fed'n", "fidelity": "Fid.", "finance": "Fin.", "financial": "Fin.",
    "foundation": "Found.",
    "general": "Gen.", "government": "Gov't", "group": "Grp.", "guaranty": "Guar.",
    "hospital": "Hosp.", "housing": "Hous.",
    "import": "Imp.", "incorporated": "Inc.", "independent": "Indep.", "industrial": "Indus.", "industries": "Indus.",
    "industry": "Indus.", "information": "Info.", "institute": "Inst.", "institution": "Inst.", "insurance": "Ins.",
    "international": "Int'l", "investment": "Inv.", "investments": "Invs.",
    "justice": "Just.",
    "laboratories": "Labs.", "laboratory": "Lab'y", "liability": "Liab.", "limited": "Ltd.", "litigation": "Litig.",
    "machine": "Mach.", "management": "Mgmt.", "manufacturer": "Mfr.", "manufacturing": "Mfg.", "market": "Mkt.",
    "marketing": "Mktg.", "mechanical": "Mech.", "medical": "Med.", "memorial": "Mem'l", "metropolitan": "Metro.",
    "mortgage": "Mortg.", "municipal": "Mun.", "mutual": "Mut.",
    "national": "Nat'l", "north": "N.", "northern": "N.",
    "organization": "Org.",
    "pacific": "Pac.", "partnership": "P'ship", "pharmaceutical": "Pharm.", "pharmaceuticals": "Pharms.",
    "product": "Prod.", "production": "Prod.", "products": "Prods.", "professional": "Pro.", "property": "Prop.",
    "properties": "Props.", "protection": "Prot.", "public": "Pub.", "publishing": "Publ'g",
    "railroad": "R.R.", "railway": "Ry.", "regional": "Reg'l", "rehabilitation": "Rehab.", "resources": "Res.",
    "restaurant": "Rest.",
    "savings": "Sav.", "school": "Sch.", "schools": "Schs.", "science": "Sci.", "secretary": "Sec'y",
    "securities": "Sec.", "security": "Sec.", "service": "Serv.", "services": "Servs.", "society": "Soc'y",
    "solution": "Sol.", "solutions": "Sols.", "south": "S.", "southern": "S.", "steamship": "S.S.",
    "subcommittee": "Subcomm.", "surety": "Sur.", "system": "Sys.", "systems": "Sys.",
    "technology": "Tech.", "technologies": "Techs.", "telecommunications": "Telecomms.", "telephone": "Tel.",
    "transportation": "Transp.", "trustee": "Tr.",
    "united": "United", "university": "Univ.", "utility": "Util.",
    "west": "W.", "western": "W.",
}  # fmt: skip
_SUFFIX = (
    r"(?:Inc|Incorporated|Ltd|Limited|LLC|L\.L\.C|LLP|L\.L\.P|LP|L\.P|PLLC|PLC|P\.C|PC|Corp|Corporation|Co|Company|"
    r"N\.A|S\.A|S\.A\.U|B\.V|N\.V|A\.G|AG|GmbH|Jr|Sr|II|III|IV)"
)
_SUFFIX_AT_END = re.compile(rf",?\s+{_SUFFIX}\.?$", re.IGNORECASE)
_SUFFIX_ONLY = re.compile(rf"{_SUFFIX}\.?", re.IGNORECASE)
_REDUNDANT = re.compile(r"(\b(?:Co\.|Corp\.|Ass'n|Bros\.|R\.R\.|Ry\.)),? (?:Inc\.|Ltd\.|N\.A\.)$")
_VERSUS = re.compile(r"\s+(?:v\.|vs\.|vs|versus|v|- ?against ?-)\s+", re.IGNORECASE)
_ET_AL = re.compile(r"[,;]?\s+et\.? al\b\.?,?", re.IGNORECASE)
_ALIAS = re.compile(r"[,;]?\s+(?:d/?b/?a|a/?k/?a|f/?k/?a|doing business as|on behalf of|ex rel\.)\s.*$", re.IGNORECASE)
_DOES = re.compile(r"(?:[,;]\s+|[,;]?\s+and\s+)(?:John |Jane )?Does?,? [\dI].*$", re.IGNORECASE)
_DESIGNATION = re.compile(
    r",?\s*\b(?:Plaintiffs?|Defendants?|Petitioners?|Respondents?|Appellants?|Appellees?|Debtors?|Movants?|"
    r"(?:Third-Party|Counter|Cross)[- ]\w+)(?:\s*[-–—/,]\s*(?:Appellants?|Appellees?|Petitioners?|Respondents?|"
    r"Cross-\w+|Counter\w+))*\s*[.,;]*$",
    re.IGNORECASE,
)
_SOVEREIGN = re.compile(
    r"^(?:The )?(?P<whole>State|Commonwealth|People|Territory) of (?:the State of )?(?P<name>[A-Z][\w ]+)$",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"^(?:[A-Z][\w'’-]+ )+(?:[A-Z]\. )+(?P<last>(?:(?:van|von|de|del|della|la|le|der|den|di|da) )*[A-Z][\w'’-]+)$"
)
_CAPITALS = (
    "NSO SEC EPA FDA FBI CIA IRS FCC EEOC OSHA AARP ACLU NAACP IBM AT&T UPS USA UAE LLC LLP LP PLLC PLC PC SA NA BV NV "
    "AG FSIA RICO ERISA TRO ESI CFAA DTSA IVC MDL FEMA DHS ICE INS USPS HIV ABC CBS NBC ESPN AIG BMW GE HP II III IV "
    "VI VII VIII IX XI XII XIII USDC NYC DC UK EU UN FTC NLRB"
)
_SMALL = "a an and as at but by for from in into of on or over per re than the to under upon via with without v"
_PARTICLES = "van von de del della la le der den di da dos du st st. bin al el"
_T10 = {
    "Alabama": "Ala.", "Alaska": "Alaska", "Arizona": "Ariz.", "Arkansas": "Ark.", "California": "Cal.",
    "Colorado": "Colo.", "Connecticut": "Conn.", "Delaware": "Del.", "District of Columbia": "D.C.", "Florida": "Fla.",
    "Georgia": "Ga.", "Hawaii": "Haw.", "Idaho": "Idaho", "Illinois": "Ill.", "Indiana": "Ind.", "Iowa": "Iowa",
    "Kansas": "Kan.", "Kentucky": "Ky.", "Louisiana": "La.", "Maine": "Me.", "Maryland": "Md.",
    "Massachusetts": "Mass.", "Michigan": "Mich.", "Minnesota": "Minn.", "Mississippi": "Miss.", "Missouri": "Mo.",
    "Montana": "Mont.", "Nebraska": "Neb.", "Nevada": "Nev.", "New Hampshire": "N.H.", "New Jersey": "N.J.",
    "New Mexico": "N.M.", "New York": "N.Y.", "North Carolina": "N.C.", "North Dakota": "N.D.", "Ohio": "Ohio",
    "Oklahoma": "Okla.", "Oregon": "Or.", "Pennsylvania": "Pa.", "Puerto Rico": "P.R.", "Rhode Island": "R.I.",
    "South Carolina": "S.C.", "South Dakota": "S.D.", "Tennessee": "Tenn.", "Texas": "Tex.", "Utah": "Utah",
    "United States": "U.S.", "Vermont": "Vt.", "West Virginia": "W. Va.", "Virginia": "Va.", "Washington": "Wash.",
    "Wisconsin": "Wis.", "Wyoming": "Wyo.",
}  # fmt: skip
_PLACE = re.compile(rf"\b({'|'.join(_T10)})\b(?!'s)")
_GOVERNMENT = re.compile(rf"^(?:State|Commonwealth|People|Comm'r|{'|'.join(_T10)})$")
_TITLES = "dr mr ms mrs hon prof jr sr ii iii iv phd md esq"
_ACRONYM_WORDS, _SMALL_WORDS = frozenset(_CAPITALS.split()), frozenset(_SMALL.split())


def case_name(text: str, *, state_court: bool = False) -> str:
    """The name of a case as a citation gives it: first party on each side, abbreviated; "" for no text.

    "IN RE: BARD IVC FILTERS PRODUCTS LIABILITY LITIGATION" → "In re Bard IVC Filters Prods. Liab. Litig.". A state is
    "State" before its own courts and "California" before all others.
    """
    text = _straight(text)
    matter = re.match(r"^(In re|Ex parte|In the matter of|Matter of)\b:?\s*", text, re.IGNORECASE)
    if matter:
        head = {"ex": "Ex parte"}.get(matter[1][:2].lower(), "In re")
        about = text[matter.end() :]
        if re.search(
            r"\blitig(?:ation|\.)$", about, re.IGNORECASE
        ):  # named for its subject: nothing in it is a second party
            return f"{head} {abbreviated(recased(about))}"
        return f"{head} {party(about, state_court=state_court)}".rstrip()
    sides = [party(side, state_court=state_court) for side in _VERSUS.split(text, maxsplit=1)]
    return " v. ".join(side for side in sides if side)


def party(text: str, *, state_court: bool = False) -> str:
    """One party as a citation names it: the first one named, without office, alias and "et al."."""
    name = _straight(text)
    for noise in (_ET_AL, _ALIAS, _DOES, _DESIGNATION):
        name = noise.sub("", name).strip(" ,;")
    name = re.sub(r"^the\s+(?!\w+$)", "", recased(_first_named(name)), flags=re.IGNORECASE)
    if re.fullmatch(r"United States(?: of America)?", name, re.IGNORECASE):
        return "United States"
    if re.fullmatch(r"Commissioner(?: of Internal Revenue)?", name, re.IGNORECASE):
        return "Comm'r"
    if sovereign := _SOVEREIGN.match(name):
        return sovereign["whole"] if state_court else sovereign["name"]
    if person := _PERSON.match(name):
        return person["last"]
    return _REDUNDANT.sub(r"\1", abbreviated(name))


def is_government(name: str) -> bool:
    """Whether a party so named says nothing of which case it is: the United States, a state, an agency's head."""
    return bool(_GOVERNMENT.match(name))


def abbreviated(name: str) -> str:
    """A name with the words of tables T6 and T10 abbreviated; one word, or a state alone, stays whole."""
    if " " not in name or is_government(name):
        return name
    if len(name.split()) > 2:  # two words may be a person: "Virginia Doe"
        name = _PLACE.sub(lambda place: _T10[place[1]], name)
    words = name.split()
    return " ".join(
        _T6.get(word.rstrip(",").lower(), word.rstrip(",")) + ("," if word.endswith(",") else "") for word in words
    )


def first_of(names: Sequence[str]) -> str:
    """The first of several filers and "et al.", or the only one; "" for none."""
    named = [party(name) for name in names if name.strip()]
    return f"{named[0]} et al." if len(named) > 1 else "".join(named)


def split_names(text: str) -> list[str]:
    """The names in a list of firms and people: "Cisco Systems, Inc., GitHub, Inc., and Google LLC" → three names."""
    parts: list[str] = []
    for part in re.split(r"\s*[,;]\s*(?:and\s+)?|\s+and\s+", text):
        if parts and _SUFFIX_ONLY.fullmatch(part):
            parts[-1] += f", {part}"
        elif part and not re.fullmatch(r"et al\.?", part, re.IGNORECASE):
            parts.append(part)
    return parts


def surname(text: str) -> str:
    """The last name of a person as signed or titled, "" for no text: "J. van der Berg, Ph.D." → "van der Berg"."""
    name = recased(_straight(text)).split(",")[0]
    words = [word for word in name.split() if word.lower().replace(".", "") not in _TITLES.split()]
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in _PARTICLES.split():
        first -= 1
    return " ".join(words[first:]) if words else ""


def recased(text: str) -> str:
    """Text set in capitals as title case; text with small letters of its own is returned as it is."""
    if sum(c.islower() for c in text) > sum(c.isupper() for c in text) or not any(c.isalpha() for c in text):
        return text
    words = text.split()
    return " ".join(_recased_word(word, first=i == 0) for i, word in enumerate(words))


def _recased_word(word: str, *, first: bool) -> str:
    """One word of a text set in capitals; small words stay small but for the first, known acronyms stay capital."""
    core = word.strip("[]()\"',.;:").removesuffix("'S")
    if core.islower() or any(c.islower() for c in core):
        return word
    no_vowel = len(core) > 1 and core.isupper() and not re.search("[AEIOUY]", core)
    if core in _ACRONYM_WORDS or no_vowel or re.fullmatch(r"(?:[A-Z]\.){2,}[A-Z]?", f"{core}."):
        return re.sub(r"'S\b", "'s", word)
    if core.lower() in _SMALL_WORDS and not first:
        return word.lower()
    word = re.sub(r"[^\W\d_]+(?:'(?:S|T|LL|RE|VE)\b)?", lambda m: m[0][:1].upper() + m[0][1:].lower(), word)
    word = re.sub(r"\.(Com|Org|Net|Io|Gov)\b", lambda m: m[0].lower(), word)
    return re.sub(r"\b(Mc|[OD]')([a-z])", lambda m: m[1] + m[2].upper(), word)


def _first_named(text: str) -> str:
    """What stands before the first comma that does not lead in a suffix, or before the second of two people."""
    head, *rest = re.split(r"\s*[,;]\s+", text)
    for part in rest:
        if not _SUFFIX_ONLY.fullmatch(part):
            break
        head += f", {part}"
    both = re.match(r"^(.+?) and (.+)$", head, re.IGNORECASE)
    if both and (
        _SUFFIX_AT_END.search(both[1]) or (both[1].split()[-1] == both[2].split()[-1] and len(both[1].split()) > 1)
    ):
        head = both[1]
    return head.split()[-1] if both and head == both[1] and not _SUFFIX_AT_END.search(head) else head


def _straight(text: str) -> str:
    """One line, straight apostrophes, hyphens for the non-breaking kind."""
    text = re.sub(r"\b([A-Z]\.) (?=[A-Z]\.)", r"\1", text)  # Rule 6.1(a): "C. R." closes up
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("‘", "'").replace("\u2011", "-")).strip()
