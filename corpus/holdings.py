"""Know a holding: a sentence in which a court, in its own voice and in a controlling writing, decides something.

holds(sentence, voices, writing) -> bool

    "We hold …"  "We reject …"  "We agree with the Court of Appeals that …"  "The judgment … is reversed."
    "The motion is DENIED."  "IT IS SO ORDERED."  "Their contention is rejected."
    in a trial court's order: "The Court finds …"
    never: a syllabus, a concurrence, a dissent, a quotation, "We granted certiorari", "If we were to hold …"
"""

from __future__ import annotations

import re

from corpus.model import WritingKind
from corpus.voices import Voices

CONTROLLING = ("majority", "plurality", "per_curiam")

_HOLDS = re.compile(
    r"\b(?:we|We)\s+(?:(?:therefore|thus|now|accordingly|also|further|likewise|instead|today|only|must|hereby"
    r"|nonetheless|nevertheless|consequently|then|again|simply|do|both|all)\s+|\w+ly\s+)*"
    r"(?:hold(?!\s+(?:in|out|up)\b)|conclude|reject|agree|disagree|affirm|reverse|vacate|remand|dismiss|decline"
    r"|deny|grant|overrule|reaffirm|are\s+(?:not\s+)?persuaded|are\s+unpersuaded|find(?!\s+(?:it|ourselves))"
    r"|determine|answer|disapprove|AFFIRM|REVERSE|VACATE|REMAND|DENY|GRANT|DISMISS)\b"
    r"|\b(?:is|are)\s+(?:hereby\s+|therefore\s+|accordingly\s+|also\s+)*(?:GRANTED|DENIED|DISMISSED|AFFIRMED"
    r"|REVERSED|VACATED|REMANDED|ORDERED|STAYED|OVERRULED|SUSTAINED|ADOPTED|STRICKEN|ENJOINED)\b"
    r"|\b[Cc]ounts?\s+\w+(?:,?\s+(?:and\s+)?[A-Z]\w+){0,3}\s+(?:is|are)\s+(?:hereby\s+|therefore\s+)*(?:dismissed|sustained)\b"
    r"|\b(?:IT\s+IS\s+)?(?:(?:HEREBY|THEREFORE|FURTHER|SO|hereby|so)\s+)*(?:ORDERED|ADJUDGED)\b|(?:(?<=COURT\s)|(?<![A-Z]\s))\bORDERS\b"
    r"|^\W*\d{1,2}\.\s[^“;:]{0,240}?\b(?:is|are)\s+(?:hereby\s+)?(?:granted|denied|dismissed|enjoined|restrained)\b"
    r"|\b[Ii]t\s+is\s+so\s+ordered\b|^\W*(?:So\s+[Oo]rdered|SO\s+ORDERED)"
    r"|^\W*(?:AFFIRMED|REVERSED|VACATED|DISMISSED|DENIED|GRANTED|Affirmed|Reversed|Vacated|Dismissed"
    r"|Petition\s+denied)\b[^a-z]{0,4}(?:and\b[^.]{0,80})?\.?\s*$"
    r"|\b(?:[Oo]ur|[Tt]he|[Tt]his)\s+holding\s+(?:today\s+)?is\s+that\b|\bthe\s+answer\s+is\s+(?:yes|no)\b|\b(?:is"
    r"|are)\s+(?:granted|denied)\s+(?:as\s+to|in\s+(?:part|full|its\s+entirety)|with(?:out)?\s+(?:prejudice|leave))"
)
# What is decided stands as the subject: "Their contention is rejected."  "Roe is overruled."  "The decision must be
# reversed."  A single capital's point ends nothing: "the U. S. Court of Appeals".
_DONE = r"(?:is|are|must\s+be)\s+(?:hereby\s+|therefore\s+|accordingly\s+|also\s+|now\s+|thus\s+)*"
_WHOSE = r"\b(?:[Tt]h(?:e|is|at|ese|ose)|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[A-Z][\w’'-]+)\s+"
_IS_DECIDED = re.compile(
    rf"{_WHOSE}(?:[\w’'-]+\s+){{0,4}}?(?:judgments?|orders?|decisions?|decree|appeals?|petitions?|motions?|applications?|cases?"
    r"|cause|matter|actions?|convictions?|sentences?|awards?|rulings?|determinations?|injunctions?|requested\s+relief)\b"
    rf"(?:[^.]|(?<=\b[A-Z])\.){{0,160}}?\b{_DONE}(?i:affirmed|reversed|vacated|remanded|dismissed|denied|granted|set\s+aside"
    r"|overruled|sustained|stayed|quashed|discharged)\b(?!\s+(?:by|only)\b)"
    rf"|{_WHOSE}(?:[\w’'-]+\s+){{0,3}}?(?:arguments?|contentions?|objections?|challenges?|assertions?|suggestions?|claims?"
    rf"|requests?|assignments?\s+of\s+error)\b.{{0,240}}?\b{_DONE}(?:rejected|overruled|denied|dismissed|sustained|granted)"
    r"(?:,?\s+(?:as|for|because|on|with|without|in|at)\b[^.]*)?\.?\W*$"
    rf"|\b[A-Z][\w’.-]+,?\s+{_DONE}overruled\b"
)
_ON_CONDITION = re.compile(
    r"\b(?:if|when|whenever|where|unless|until|whether|once|before|after|although|though|while|assuming)\b[^,;]{0,200}?"
    r"\b(?:is|are|must\s+be)\s+(?:\w+\s+)?(?:affirmed|reversed|vacated|remanded|dismissed|denied|granted"
    r"|set\s+aside|overruled|sustained|stayed|quashed|rejected)\b"
    r"|^\W*Whether\b|\b(?:held|holds|ruled|concluded|contends?|argues?|argued|contended|said|says)\b.*\b(?:is|are|be)\b"
    rf"|\b(?:that|which|who)\s+(?:later\s+|then\s+|once\s+)?{_DONE}|^\W*(?:If|When|Where|Unless)\b.*\bmust\s+be\b|\bmust\s+be\b.*\b(?:if|when|where|unless)\b",
    re.IGNORECASE,
)
_COURT_HOLDS = re.compile(
    r"\b(?:[Tt]he|[Tt]his)\s+(?:C|c)ourt\s+(?:(?:therefore|thus|now|accordingly|also|further|likewise|hereby"
    r"|nonetheless|nevertheless|then|again|instead|does|must|will)\s+|\w+ly\s+)*"
    r"(?:holds?|concludes?|rejects?|agrees?|disagrees?|finds?|determines?|declines?|grants?|denies|deny"
    r"|dismiss(?:es)?|GRANTS?|DENIES|DENY|DISMISSES|ORDERS?|orders|overrules?|adopts?|is\s+(?:not\s+)?persuaded"
    r"|is\s+unpersuaded|credits|exercises|stays|STAYS|REMANDS|remands|FINDS|CONCLUDES|vacates|affirms)\b"
)
_NO_HOLDING = re.compile(
    r"\?\s*[”\"]?$|\b(?:question|issue|matter)s?\s+(?:that\s+)?we\s+(?:answer|decide|determine)\b(?!.*\b(?:yes|no)\b)"
    r"|\bwe\s+need\s+not\b|\b[Ii]f\s+(?:we|the\s+Court)\s+(?:were\s+to\s+)?(?:hold|conclude|agree|find"
    r"|grant|den)|\bwe\s+granted\b|\b(?:asks?|urges?|invites?|wants?|would\s+have)\s+(?:us|the\s+Court"
    r"|this\s+Court)\s+to\b"
    r"|\bbefore\s+(?:we|the\s+Court)\s+(?:conclude|hold|find|grant)|\b(?:when|whenever|unless|until"
    r"|whether)\s+(?:we|the\s+Court)\s+(?:should\s+)?(?:hold|conclude|find|grants?|den)|\bthe\s+Court\s+(?:held"
    r"|found)\s+in\b|\bdo\s+not\s+(?:hold|decide)\b",
)


def holds(sentence: str, voices: Voices, writing: WritingKind | None) -> bool:
    """Whether a court decides something here, in its own voice and in a controlling writing.

    Not in a syllabus, a concurrence or a dissent; not where the sentence quotes another court's holding.
    """
    if not voices.by_court or (writing is not None and writing not in CONTROLLING):
        return False
    bare = re.sub(r"[“][^”]*(?:[”]|$)", "“”", re.sub(r"\s+", " ", sentence).strip())
    if _NO_HOLDING.search(bare):
        return False
    if _HOLDS.search(bare) or (_IS_DECIDED.search(bare) and not _ON_CONDITION.search(bare)):
        return True
    return (
        writing in (None, "majority", "per_curiam", "plurality")
        and bool(_COURT_HOLDS.search(bare))
        and not voices.appellate
    )
