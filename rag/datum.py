"""The datum that a question asks for, as it would be written.

datum(question) -> Pattern | None     an amount, a count of the things named, a span, a date, a name; None for no datum

    "How many rifles did Henderson surrender?"       a number, then "rifle…"
    "What price did the landowners pay?"             "$1.2 million", "8 percent"
    "How long was Fields questioned?"                "five hours"
    "When did the stop take place?"                  "April 19, 2002"
    "What is the name of the teller?"                a capitalised name
"""

from __future__ import annotations

import re

from rag.words import stem

STEM = 6  # letters of a counted thing that tell it

_NUMBER = (
    r"\b(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty"
    r"|hundred|thousand|dozen)\b"
)
_MONEY = re.compile(r"\$\s?\d|\b(?:dollars?|cents?|percent|million|billion)\b", re.IGNORECASE)
_SPAN = re.compile(
    rf"(?:{_NUMBER}|\b(?:one|several|few)\b)[\s-]+(?:\w+ )?"
    r"(?:year|month|week|day|hour|minute|decade|mile|feet|foot|acre|page|time)s?\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|Mar(?:ch|\.)|Apr(?:il|\.)|May|June|July|Aug(?:ust|\.)|Sept?(?:ember|\.)"
    r"|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))\s+\d|\b(?:1[789]|20)\d\d\b"
)
_NAME = re.compile(r"(?<![.?!]\s)(?<!^)(?<!“)\b[A-Z][a-z]+")

_COUNTED = re.compile(r"\bhow many (\w+)", re.IGNORECASE)
_ASKED = (
    (
        re.compile(
            r"\bhow (?:much|large|high|big)\b|\b(?:what|which) (?:\w+ ){0,2}(?:amount|sum|price|fee|fine|cost|rate"
            r"|salary|value|share|percentage)\b",
            re.IGNORECASE,
        ),
        _MONEY,
    ),
    (re.compile(r"\bhow (?:long|far|old|fast|often)\b", re.IGNORECASE), _SPAN),
    (re.compile(r"^\W*when\b|\b(?:what|which) (?:date|year|day|month)\b", re.IGNORECASE), _DATE),
    (
        re.compile(
            r"\bname of\b|^\W*who(?:m|se)?\b|\b(?:what|which) (?:judge|lawyer|attorney|witness|agent|officer|manager"
            r"|employee|company|insurer|hospital|school|hotel|town|city|county|bank)\b",
            re.IGNORECASE,
        ),
        _NAME,
    ),
)


def datum(question: str) -> re.Pattern[str] | None:
    """How the datum would be written that `question` asks for; None where it asks for none."""
    if counted := _COUNTED.search(question):
        thing = re.escape(stem(counted[1])[:STEM])
        return re.compile(rf"{_NUMBER}(?:[\s-]+[\w’'-]+){{0,3}}[\s-]+{thing}", re.IGNORECASE)
    return next((written for asked, written in _ASKED if asked.search(question)), None)
