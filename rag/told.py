"""Know a report by its own words, whoever it names: a last look before a sentence is shown as somebody's own.

told_by(words, speaker) -> Speaker | None

    "Rhode Island argues that review means legal review."       Rhode Island
    "Invoking this doctrine, respondent contends that …"        Respondent, the respondent
    "She insists, however, that …"  "The declarant swears …"    somebody unnamed; a witness
    never: "We disagree …"  "The Court insists …"  "Congress urged …"  "Section 12 claims must be …"
Filings are read for reports when they come in, by the names of their own parties (corpus/restates.py); this catches
names that are no party's.
"""

from __future__ import annotations

import re

from corpus.model import Speaker
from rag.question import ROLE_WORDS

_NOT_PARTIES = (
    r"(?:[Tt]he\s+)?(?:We|I|Our|Courts?|Congress|Justices?|JUSTICES?|Judges?|This|That|These|Those|It|One|Nobody|Nothing"
    r"|Statute|Act|Rule|Section|Clause)\b"
)
_REPORTS = re.compile(
    r"^\W*(?:(?:[A-Z]\w+|[A-Z]\w+ing\b[^,;]{1,60}|In [^,;]{1,40}),\s+|(?:But|And|Yet|Nor|Here|Thus|So)\s+)?"
    rf"(?P<who>(?!{_NOT_PARTIES})(?:[Tt]he\s+)?(?:[A-Z][\w.’'&-]*(?:\s+(?:of|and|the|[A-Z][\w.’'&-]*)){{0,4}}"
    r"|[Hh]e|[Ss]he|[Tt]hey|state|government|petitioners?|respondents?|plaintiffs?|defendants?|appell\w+|amic\w+|parties"
    r"|declarant|witness|dissent|concurrence|majority)),?\s+"
    r"(?:also |further |next |now |then |nonetheless |nevertheless |instead )?(?:\w+ly )?"
    r"(?:argues?|argued|contends?|contended|asserts?|asserted|maintains?|maintained|urges?|urged"
    r"|submits?|submitted|insists?|insisted|posits?|posited|protests?|protested|disagrees?|counters?|countered"
    r"|swears?|swore|testifies|testified|avers|averred)\b"
)
_PRONOUN = re.compile(r"(?:he|she|they)$", re.IGNORECASE)


def told_by(words: str, speaker: Speaker) -> Speaker | None:
    """Whose view a sentence of `speaker` reports, as it names them; a role where the name is one; None for no report,
    or for the speaker's own view ("Petitioner argues …", in a petitioner's brief)."""
    found = _REPORTS.match(words)
    if found is None:
        return None
    who = _named(found["who"])
    own_role = who.role == speaker.role and who.role not in ("court", "unknown")
    return None if own_role or (who.name and who.name in (speaker.name or "")) else who


def _named(who: str) -> Speaker:
    """Whoever a report names, as it names them; a role where the name is one, nobody for "she"."""
    plain = re.sub(r"^[Tt]he\s+", "", " ".join(who.split()))
    if _PRONOUN.match(plain):
        return Speaker("unknown", None)
    if role := next((role for words, role in ROLE_WORDS if re.fullmatch(words, plain, re.IGNORECASE)), ""):
        name = None if role == "witness" else plain[:1].upper() + plain[1:]
        return Speaker(role, name)  # type: ignore[arg-type]  # ROLE_WORDS names roles
    if plain.lower() in ("dissent", "concurrence", "majority"):
        return Speaker("court", plain.capitalize())
    return Speaker("unknown", plain[:1].upper() + plain[1:])
