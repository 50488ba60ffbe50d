"""Name a court by its courts-db id.

court_in(lines) -> id       the first court that a caption's lines name, else None
court_of_recap(file) -> id  the court in a RECAP file name ("gov.uscourts.cand.990417.24.0.pdf"), else None
is_court(text) -> bool      whether `text` is an id of courts-db
is_appellate(id) -> bool    whether the court reviews other courts' judgments

courts-db's own `find_court` tries thousands of patterns and takes any that fits; here a name must be the court's,
word for word in any order, once the words that every court may or may not print ("United States", "for the",
"State of") are gone. A court named as the one appealed from is not the court of the filing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from courts_db import courts as COURTS  # noqa: N812  # a table, spelled as one

_DROPPED = {"united", "states", "the", "for", "of", "in", "and", "state", "at", "to", "commonwealth"}
_ABBREVIATED = (
    (re.compile(r"\b(n|s|e|w|m|c)\.\s?d\.(?=\s|$)", re.IGNORECASE), r"\1 district"),
    (re.compile(r"\bd\.\s?c\.(?=\s|$)", re.IGNORECASE), "district of columbia"),
    (re.compile(r"\bd\.(?=\s)", re.IGNORECASE), "district"),
    (re.compile(r"\bu\.\s?s\.(?=\s|$)", re.IGNORECASE), "united states"),
)
_COMPASS = {"n": "northern", "s": "southern", "e": "eastern", "w": "western", "m": "middle", "c": "central"}
# Under review, not sitting: "Appeal from the …", "On Writ of Certiorari to the …", "USDC No. …".
_BELOW = re.compile(
    r"appeal(?:s|ed)?\s+from|certiorari|petition for|on review|from the|to the\s*$|below", re.IGNORECASE
)
# Courts whose caption is never what courts-db calls them.
_ALSO = {
    "Court of Appeals for the District of Columbia Circuit": "cadc",
    "District Court for the Northern Mariana Islands": "nmid",
    "United States Court of Appeals for Veterans Claims": "cavc",
    "Court of International Trade": "cit",
}
_REVIEWS = re.compile(r"Courts? of Appeal|Appeals|Appellate|Supreme (?:Judicial )?Court|Court of (?:\w+ )*Review")
_REVIEW_TOO = ("pasuperct", "pacommwct")  # Pennsylvania's courts of appeals, which elsewhere would be trial courts
_SUPREME_AT_TRIAL = "nysup"  # how the ids of New York's trial courts begin, which it calls supreme
_LONGEST = 4  # lines over which a caption spreads a court's name
_RECAP = re.compile(r"gov\.uscourts\.([a-z0-9]+)\.", re.IGNORECASE)


def court_in(lines: Sequence[str]) -> str | None:
    """The courts-db id of the first court that `lines` name as their own; the longest name at that place wins.

    "UNITED STATES DISTRICT COURT / NORTHERN DISTRICT OF CALIFORNIA / SAN FRANCISCO DIVISION" → "cand".
    """
    names = _names()
    for first in range(len(lines)):
        if _BELOW.search(lines[first]) or (first and _BELOW.search(lines[first - 1][-25:])):
            continue
        for length in range(min(_LONGEST, len(lines) - first), 0, -1):
            found = names.get(_key(" ".join(lines[first : first + length])))
            if found:
                return found
    return None


def court_of_recap(file: str) -> str | None:
    """The court in a RECAP file name; None for any other name or an id that courts-db does not have."""
    found = _RECAP.match(file)
    return found[1].lower() if found and is_court(found[1].lower()) else None


def is_court(text: str) -> bool:
    """Whether `text` is a courts-db id."""
    return text in _ids()


def is_appellate(court: str | None) -> bool:
    """Whether a court of this id reviews other courts' judgments; False for None and for what courts-db has not."""
    if court is None or court.startswith(_SUPREME_AT_TRIAL):
        return False
    name = _printed().get(court, "")
    return court in _REVIEW_TOO or (bool(_REVIEWS.search(name)) and "Trial" not in name)


@cache
def _printed() -> dict[str, str]:
    return {str(court["id"]): str(court["name"]) for court in COURTS}


@cache
def _ids() -> frozenset[str]:
    return frozenset(str(court["id"]) for court in COURTS)


@cache
def _names() -> dict[tuple[str, ...], str]:
    """Each court's name as a key → its id. Where two courts share a name, the one that still sits has it."""
    table: dict[tuple[str, ...], str] = {}
    for court in sorted(COURTS, key=lambda c: bool(c["dates"] and c["dates"][-1].get("end"))):
        if not str(court["id"]).startswith("circt"):  # the circuit courts abolished in 1911
            table.setdefault(_key(str(court["name"])), str(court["id"]))
    table |= {_key(name): id for name, id in _ALSO.items()}
    table.pop((), None)
    return table


def _key(name: str) -> tuple[str, ...]:
    """The words that tell courts apart, sorted, so that "Missouri Supreme Court" is "Supreme Court of Missouri"."""
    for pattern, whole in _ABBREVIATED:
        name = pattern.sub(whole, name)
    words = (
        _COMPASS.get(word, word) for word in re.findall(r"[a-z0-9]+", name.lower().replace("’", "").replace("'", ""))
    )
    kept = ["appeals" if word == "appeal" else word for word in words if word not in _DROPPED]
    return tuple(sorted(kept)) if len(kept) > 1 or "united" in name.lower() else ()
