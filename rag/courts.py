"""How a citation names a court, by its courts-db id (Bluebook T1 and T10; Rule 6.1(a) closes up single capitals).

abbreviation(court) -> "N.D. Cal.", "2d Cir.", "U.S.", "Bankr. D. Del.", "Cal. Ct. App."; None where not known
entry_name(court)   -> what the court calls a docket entry's number: "ECF No.", "NYSCEF Doc. No."
"""

from __future__ import annotations

import re

SUPREME_COURT = "scotus"

# Stem of the ids of a district's courts: (the state in a citation, the letters of its districts; none: one district).
_DISTRICTS = {
    "al": ("Ala.", "mns"),
    "ak": ("Alaska", ""),
    "az": ("Ariz.", ""),
    "ar": ("Ark.", "ew"),
    "ca": ("Cal.", "cens"),
    "co": ("Colo.", ""),
    "ct": ("Conn.", ""),
    "de": ("Del.", ""),
    "dc": ("D.C.", ""),
    "fl": ("Fla.", "mns"),
    "ga": ("Ga.", "mns"),
    "gu": ("Guam", ""),
    "hi": ("Haw.", ""),
    "id": ("Idaho", ""),
    "il": ("Ill.", "cns"),
    "in": ("Ind.", "ns"),
    "ia": ("Iowa", "ns"),
    "ks": ("Kan.", ""),
    "ky": ("Ky.", "ew"),
    "la": ("La.", "emw"),
    "me": ("Me.", ""),
    "md": ("Md.", ""),
    "ma": ("Mass.", ""),
    "mi": ("Mich.", "ew"),
    "mn": ("Minn.", ""),
    "ms": ("Miss.", "ns"),
    "mo": ("Mo.", "ew"),
    "mt": ("Mont.", ""),
    "ne": ("Neb.", ""),
    "nv": ("Nev.", ""),
    "nh": ("N.H.", ""),
    "nj": ("N.J.", ""),
    "nm": ("N.M.", ""),
    "ny": ("N.Y.", "ensw"),
    "nc": ("N.C.", "emw"),
    "nd": ("N.D.", ""),
    "nmi": ("N. Mar. I.", ""),
    "oh": ("Ohio", "ns"),
    "ok": ("Okla.", "enw"),
    "or": ("Or.", ""),
    "pa": ("Pa.", "emw"),
    "pr": ("P.R.", ""),
    "ri": ("R.I.", ""),
    "sc": ("S.C.", ""),
    "sd": ("S.D.", ""),
    "tn": ("Tenn.", "emw"),
    "tx": ("Tex.", "ensw"),
    "ut": ("Utah", ""),
    "vt": ("Vt.", ""),
    "va": ("Va.", "ew"),
    "vi": ("V.I.", ""),
    "wa": ("Wash.", "ew"),
    "wv": ("W. Va.", "ns"),
    "wi": ("Wis.", "ew"),
    "wy": ("Wyo.", ""),
}
_BANKRUPTCY_STEMS = {"ar": "az", "nebraska": "ne", "tennessee": "tn"}  # ids that do not follow the district's stem
_CIRCUITS = {
    "ca1": "1st Cir.",
    "ca2": "2d Cir.",
    "ca3": "3d Cir.",
    "ca4": "4th Cir.",
    "ca5": "5th Cir.",
    "ca6": "6th Cir.",
    "ca7": "7th Cir.",
    "ca8": "8th Cir.",
    "ca9": "9th Cir.",
    "ca10": "10th Cir.",
    "ca11": "11th Cir.",
    "cadc": "D.C. Cir.",
    "cafc": "Fed. Cir.",
}
_FEDERAL_APPEALS = {
    "scotus": "U.S.",
    **_CIRCUITS,
    "cavc": "Vet. App.",
    "armfor": "C.A.A.F.",
    "fiscr": "FISA Ct. Rev.",
} | {f"bap{n}": f"B.A.P. {_CIRCUITS[f'ca{n}']}" for n in (1, 2, 6, 8, 9, 10)}
_FEDERAL_SPECIAL = {
    "tax": "T.C.",
    "uscfc": "Fed. Cl.",
    "cit": "Ct. Int'l Trade",
    "jpml": "J.P.M.L.",
    "fisc": "FISA Ct.",
    "cc": "Ct. Cl.",
    "bia": "B.I.A.",
    "ptab": "P.T.A.B.",
    "ttab": "T.T.A.B.",
    "afcca": "A.F. Ct. Crim. App.",
    "acca": "A. Ct. Crim. App.",
    "nmcca": "N-M. Ct. Crim. App.",
    "uscgcoca": "C.G. Ct. Crim. App.",
}
# Stem of a state's ids: the state in a citation. The stem alone is its highest court.
_STATES = {
    "ala": "Ala.",
    "alaska": "Alaska",
    "ariz": "Ariz.",
    "ark": "Ark.",
    "cal": "Cal.",
    "colo": "Colo.",
    "conn": "Conn.",
    "del": "Del.",
    "dc": "D.C.",
    "fla": "Fla.",
    "ga": "Ga.",
    "haw": "Haw.",
    "idaho": "Idaho",
    "ill": "Ill.",
    "ind": "Ind.",
    "iowa": "Iowa",
    "kan": "Kan.",
    "ky": "Ky.",
    "la": "La.",
    "me": "Me.",
    "md": "Md.",
    "mass": "Mass.",
    "mich": "Mich.",
    "minn": "Minn.",
    "miss": "Miss.",
    "mo": "Mo.",
    "mont": "Mont.",
    "neb": "Neb.",
    "nev": "Nev.",
    "nh": "N.H.",
    "nj": "N.J.",
    "nm": "N.M.",
    "ny": "N.Y.",
    "nc": "N.C.",
    "nd": "N.D.",
    "ohio": "Ohio",
    "okla": "Okla.",
    "or": "Or.",
    "pa": "Pa.",
    "ri": "R.I.",
    "sc": "S.C.",
    "sd": "S.D.",
    "tenn": "Tenn.",
    "tex": "Tex.",
    "utah": "Utah",
    "vt": "Vt.",
    "va": "Va.",
    "wash": "Wash.",
    "wva": "W. Va.",
    "wis": "Wis.",
    "wyo": "Wyo.",
}
# What follows a state's stem, and the court in a citation. Longest first; "…" may follow.
_STATE_COURTS = (
    ("superctappdiv", "Super. Ct. App. Div."),
    ("ctspecapp", "Ct. Spec. App."),
    ("distctapp", "Dist. Ct. App."),
    ("crimapp", "Crim. App."),
    ("civapp", "Civ. App."),
    ("commwct", "Commw. Ct."),
    ("appterm", "App. Term"),
    ("appdiv", "App. Div."),
    ("appct", "App. Ct."),
    ("ctapp", "Ct. App."),
    ("app", "App."),
    ("superct", "Super. Ct."),
    ("supct", "Sup. Ct."),
    ("distct", "Dist. Ct."),
    ("circt", "Cir. Ct."),
    ("ch", "Ch."),
)
_IRREGULAR = {"nevapp": "Nev. Ct. App.", "hawapp": "Haw. Ct. App."}  # ids that do not say what the citation says
_LETTERS = {"n": "N.D.", "s": "S.D.", "e": "E.D.", "w": "W.D.", "m": "M.D.", "c": "C.D."}
_SINGLE_CAPITAL = re.compile(r"[A-Z]\.")


def abbreviation(court: str | None) -> str | None:
    """The court as a citation names it, None for no court or one this table does not have."""
    if court is None:
        return None
    federal = _FEDERAL_APPEALS.get(court) or _FEDERAL_SPECIAL.get(court) or _district(court)
    return federal or _state(court)


def entry_name(court: str | None) -> str:
    """What a docket entry's number is called there; an unknown court is taken for a federal one, as most are.

    ECF is the federal courts' system. New York's trial courts have their own; the Tax Court's "docket number" is the
    case's number, so that its entries are documents.
    """
    if court == "tax":
        return "Doc. No."
    if court is None or is_federal(court) or _state(court) is None:
        return "ECF No."
    return "NYSCEF Doc. No." if court.startswith("nysup") else "Dkt. No."


def is_federal(court: str) -> bool:
    """Whether the court is one of the United States'; False for one this table does not have."""
    return court in _FEDERAL_APPEALS or court in _FEDERAL_SPECIAL or _district(court) is not None


def _district(court: str) -> str | None:
    """A district court ("cand") or the bankruptcy court of a district ("canb")."""
    if len(court) < 3 or court[-1] not in "db" or court in _STATES:  # "neb" is Nebraska's highest court
        return None
    stem, bankruptcy = court[:-1], court[-1] == "b"
    if bankruptcy:
        stem = _BANKRUPTCY_STEMS.get(stem, stem)
    name = _one_district(stem) or _one_of_several(stem)
    return f"Bankr. {name}" if name and bankruptcy else name


def _one_district(stem: str) -> str | None:
    """A state that is one district; the Tennessee bankruptcy court that once served the whole state is such too."""
    state, letters = _DISTRICTS.get(stem, ("", ""))
    return _joined("D.", state) if state and (not letters or stem == "tn") else None


def _one_of_several(stem: str) -> str | None:
    state, letters = _DISTRICTS.get(stem[:-1], ("", ""))
    return _joined(_LETTERS[stem[-1]], state) if state and stem[-1] in letters else None


def _joined(district: str, state: str) -> str:
    """District and state: single capitals close up ("S.D.N.Y."), longer abbreviations do not ("N.D. Cal.")."""
    return district + ("" if _SINGLE_CAPITAL.match(state) else " ") + state


def _state(court: str) -> str | None:
    """A state's court in a citation; None for one that is not here."""
    if court in _IRREGULAR:
        return _IRREGULAR[court]
    if court in _STATES:
        return _STATES[court]
    for stem in sorted(_STATES, key=len, reverse=True):
        rest = court.removeprefix(stem)
        if rest != court:
            for ending, name in _STATE_COURTS:
                if rest.startswith(ending):
                    return f"{_STATES[stem]} {name}"
    return None
