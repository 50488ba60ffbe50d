"""The datum that a question asks for, and what one looks like where it is written.

datum(question) -> Pattern | None       how it would be written; None where no datum is asked for
holds_datum(question, text) -> bool?    whether a text has a datum of the kind the question's form asks for

    "How many rifles did Henderson surrender?"       a number, then "rifle…"
    "What price did the landowners pay?"             "$1.2 million", "8 percent"
    "How long was Fields questioned?"                "five hours"
    "When did the stop take place?"                  "April 19, 2002"
    "What is the name of the teller?"                a name that the question does not hold
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.model import Question
from rag.question import MUCH, WHEN
from rag.words import stem

STEM = 6  # letters of a counted thing that tell it

_NUMBER = (
    r"\b(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half)\b"
)
_AMOUNT = r"\$\s?\d|\d\s?%|\b(?:dollars?|cents?|percent|millions?|billions?)\b"
_LENGTH = (
    rf"(?:{_NUMBER}|\b(?:one|several|few)\b)[\s-]+(?:\w+ )?"
    r"(?:year|month|week|day|hour|minute|decade|mile|feet|foot|acre|page|time)s?\b"
)
AMOUNT = re.compile(_AMOUNT, re.IGNORECASE)
QUANTITY = re.compile(f"{_NUMBER}|{_AMOUNT}", re.IGNORECASE)
SPAN = re.compile(_LENGTH, re.IGNORECASE)
DATE = re.compile(
    r"\b(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|Mar(?:ch|\.)|Apr(?:il|\.)|May|June|July|Aug(?:ust|\.)|Sept?(?:ember|\.)"
    r"|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))\s+\d|\b(?:1[789]|20)\d\d\b"
)

_TITLE = (
    r"(?:Mr|Ms|Mrs|Dr|Judge|Justice|JUSTICE|Officer|Agent|Professor|President|Secretary|Sheriff|Detective|Senator"
    r"|Governor|Attorney|Sergeant|Warden|Deputy|Captain|Lieutenant)s?\.?\s+"
)
_WITHIN = r"(?<![.?!]\s)(?<!^)(?<!“)\b"  # a sentence, where a capital tells a name
_NO_NAME = (  # words with a capital that name an institution, a text, a side, a day: nobody
    r"Acts?|Amendments?|American|Appeals?|Appell\w+|Articles?|Attorneys?|Chief|Circuits?|Clauses?|Code|Commission"
    r"|Congress|Constitution\w*|Count(?:y|ies)|Courts?|Defendants?|Departments?|District|Federal|General|Government|House"
    r"|Judges?|Justices?|JUSTICES?|Parts?|Petitioners?|Plaintiffs?|President|Respondents?|Rules?|Secretary|Sections?"
    r"|Senate|States?|Statutes?|Supreme|The|Title|Treaty|United"
    r"|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Eleventh|Fourteenth"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|January|February|March|April|May|June|July|August|September|October|November|December"
)
_WHOLE = r"\b(?!\.\s+\S)"  # no abbreviation: "App.", "F. Supp."

_COUNTED = re.compile(r"\bhow many (\w+)", re.IGNORECASE)
_ASKED = (
    (
        re.compile(
            MUCH + r"|\bhow (?:large|high|big)\b|\b(?:what|which) (?:\w+ ){0,2}(?:amount|sum|price|fee|fine|cost|rate"
            r"|salary|value|share|percentage)\b",
            re.IGNORECASE,
        ),
        AMOUNT,
    ),
    (re.compile(r"\bhow (?:far|old|fast)\b", re.IGNORECASE), SPAN),
    (re.compile(r"\bhow often\b", re.IGNORECASE), re.compile(f"{_LENGTH}|{_AMOUNT}", re.IGNORECASE)),
    (re.compile(r"\bhow long\b", re.IGNORECASE), re.compile(rf"(?i:{_LENGTH}|\bpending\b)|\buntil\s+[A-Z]")),
    (re.compile(WHEN, re.IGNORECASE), DATE),
)
_ASKS_NAME = re.compile(
    r"\bname of\b|^\W*whom?\b|\b(?:what|which) (?:judge|lawyer|attorney|witness|agent|officer|manager"
    r"|employee|company|insurer|hospital|school|hotel|town|city|county|bank)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)
def datum(question: str) -> re.Pattern[str] | None:
    """How the datum would be written that `question` asks for; None where it asks for none."""
    if counted := _COUNTED.search(question):
        thing = re.escape(stem(counted[1])[:STEM].removesuffix("i"))
        return re.compile(rf"{_NUMBER}(?:[\s-]+[\w’'-]+){{0,3}}[\s-]+{thing}", re.IGNORECASE)
    written = next((written for asked, written in _ASKED if asked.search(question)), None)
    return new_name(question) if written is None and _ASKS_NAME.search(question) else written


def holds_datum(question: Question, text: str) -> bool | None:
    """Whether `text` has a date or span, a number, or a new name, as the form of the question asks; None for other
    forms."""
    match question.form:
        case "date":
            return DATE.search(text) is not None or SPAN.search(text) is not None
        case "number":
            return QUANTITY.search(text) is not None
        case "person":
            return new_name(question.text).search(text) is not None
        case _:
            return None


@lru_cache(maxsize=64)
def new_name(question: str) -> re.Pattern[str]:
    """A name that `question` does not hold: with a title ("JUSTICE ALITO", "Mr. Fields"), after an initial, or any word
    with a capital within a sentence that names no institution, text, side or day."""
    known = "|".join([_NO_NAME, *map(re.escape, re.findall(r"\b[A-Z]\w+", question))])
    other = rf"(?!(?:{known})\b)"
    titled = rf"\b(?:{_TITLE}|[A-Z]\.\s+)"
    return re.compile(rf"{titled}{other}[A-Z][a-zA-Z’'-]+{_WHOLE}|{_WITHIN}{other}[A-Z][a-z][a-zA-Z]+{_WHOLE}")
