"""Read a question: what is asked for, of whom, in which filings.

read_question(text) -> Question
  form        what shape the answer needs: a ruling, an argument, the response to one, where two writings part,
              what an authority is cited for, a date, a number, a person; "general" if none of these
  roles …     whose words are asked for, in which kinds of filing and writing
  voices      whose statement is asked for, in the order asked ("did the court accept Defendants' argument")
  phrases …   what must stand in the passage: words in quotation marks, authorities, docket entries
  length      "briefly" and "in detail" ask for less and more
Only the question's own words are read; whether the record holds such a thing is retrieval's to find out.
"""

from __future__ import annotations

import re

from rag.model import Form, Length, Question

# Sides, as people name them: "defendants", "the government's", "amici".
ROLE_WORDS: tuple[tuple[str, str], ...] = (
    (r"plaintiffs?", "plaintiff"),
    (r"defendants?", "defendant"),
    (r"appellants?", "appellant"),
    (r"appellees?", "appellee"),
    (r"petitioners?", "petitioner"),
    (r"respondents?", "respondent"),
    (r"amic(?:us|i)|friends? of the court", "amicus"),
    (r"united states|government|solicitor general|executive", "government"),
    (r"department of (?:state|justice)|state department", "government"),
    (r"witness(?:es)?|declarant|testif\w+|testimony|cross-examin\w+", "witness"),
)  # fmt: skip

WRITING_WORDS: tuple[tuple[str, str], ...] = (
    (r"dissent(?:s|ed|ing|ers?)?|dissenters|judge [A-Z]\w+'s dissent", "dissent"),
    (r"concurr(?:ence|ences|ed|ing|s)|separate opinion", "concurrence"),
    (r"plurality", "plurality"),
    (r"majority|opinion of the court", "majority"),
    (r"syllabus|court staff summary", "syllabus"),
)

KIND_WORDS: tuple[tuple[str, str], ...] = (
    (r"complaint", "complaint"),
    (r"motions? to|the motion", "motion"),
    (r"opposition", "opposition"),
    (r"repl(?:y|ies)(?: brief)?", "reply"),
    (r"amic(?:us|i)(?: brief)?", "amicus_brief"),
    (r"opening brief|answering brief|(?:appellants?|appellees?)['’]s? brief", "brief"),
    (r"declaration|declarant|declared|swears?|swore|sworn", "declaration"),
    (r"hearing|transcript|oral argument|testif\w+|testimony|cross-examin\w+|on cross|on redirect", "transcript"),
    (r"district court(?:'s)? (?:order|ruling)|the order", "order"),
    (r"statement of interest", "notice"),
)

# What the court did, in the verbs people use when they ask for a ruling.
_DECIDES = (
    r"h(?:o|e)ld|holding|rul(?:e|ed|ing|es)|decid\w+|decision|conclud\w+|conclusion|accept\w*|reject\w*"
    r"|agree\w*|adopt\w*|"
    r"grant\w*|den(?:y|ied|ies)|affirm\w*|revers\w*|vacat\w*|dismiss\w*|dispos\w+|find|found|outcome|resolv\w+"
    r"|refus\w+|b(?:uy|ought) (?:it|that|this)"
)
_DISPOSED = (
    "dismissed|granted|denied|rejected|affirmed|reversed|vacated|remanded|upheld|struck|stayed|sustained|overruled"
)
_PLEAS = (
    "claims?|counts?|motions?|suits?|cases?|actions?|appeals?|complaints?|petitions?|objections?|challenges?|defen[cs]es?"
    "|requests?|arguments?|theor(?:y|ies)|applications?"
)
_ENDED = (
    r"fail(?:s|ed)?|surviv\w+|succeed\w*|go(?:es)? (?:ahead|forward|on)|went (?:ahead|forward|on)|proceed(?:s|ed)?"
    r"|continue|thrown out|let out|time-barred|barred|moot|allowed|prevail\w*|carr(?:y|ied) the day"
)
_COURT = r"courts?|judges?|justices?|majority|panel|plurality|order|opinion|circuit"
_ARGUES = (
    r"argu\w+|contend\w*|content\w*|assert\w*|maintain\w*|urg\w+|claim(?:s|ed|ing)?|submit\w*|insist\w*"
    r"|position|theory|"
    r"basis|grounds?|rely|relies|reason\w*|say|said|explain\w*"
)
_RESPONDS = r"respond\w*|response|answer(?:ed|s)?|repl(?:y|ied|ies)|rebut\w*|counter\w*|oppos\w+"

_PART = r"part(?:s|ed)?|disagree\w*|differ\w*|diverge\w*|split"
_SIDES = r"majority|dissent\w*|concurr\w*"
_CITES = r"cite[sd]?|citing|rel(?:y|ies|ied) on|invok\w+|discuss\w*|distinguish\w*"

# "How much did it pay?" and "How much rent …?" ask for an amount, "How much weight …?" does not.
MUCH = (
    r"\bhow much(?= (?:did|does|do|was|were|is|are|has|have|had|will|would|in|of the|more|less|time|money|rent|revenue"
    r"|interest|fees?|tax|taxes|income|sales|compensation|damages|pay|profit|property)\b)"
    r"(?!.{0,40}\b(?:prove|show|weigh|matter|defer)\b)"
)
# "When was it filed?" asks for a date, "When is a claim obvious?" for a rule.
WHEN = r"^\W*when (?:exactly )?(?:was|were|did|had|will|has|have)\b|\b(?:what|which) (?:date|day|year|month)\b"

# The first form with a pattern that the question holds is its form: the narrow ones stand first.
FORM_PATTERNS: tuple[tuple[Form, tuple[str, ...]], ...] = (
    ("parting", (rf"\b(?:{_PART})\b.*\b(?:{_SIDES})\b", rf"\b(?:{_SIDES})\b.*\b(?:{_PART})\b")),
    (
        "authority",
        (
            rf"\b(?:{_CITES})\b.*\bfor what\b",
            rf"\bfor what (?:point|proposition|purpose|rule)\b.*\b(?:{_CITES})\b",
            rf"\bwhat\b.*\b(?:{_CITES})\b.*\bfor\b",
            rf"\bwhich (?:filings|briefs|parties)\b.*\b(?:{_CITES})\b",
            rf"^\s*who (?:{_CITES})\b",
        ),
    ),
    (
        "date",
        (WHEN, r"\bhow long\b"),
    ),
    ("number", (r"\bhow (?:many|often)\b", MUCH, r"\bwhat (?:number|amount|percentage|share|sum|portion)\b")),
    (
        "person",
        (
            r"^\s*who(?:m|se)?\b(?!.*\b(?:argu|contend|burden|bears|decid|prevail|won))",
            r"\bwhich (?:judge|justice|lawyer|attorney|counsel|witness)\b",
        ),
    ),
    ("response", (rf"\bhow (?:did|do|does)\b.*\b(?:{_RESPONDS})\b", rf"\b(?:{_RESPONDS}) to\b")),
    (
        "ruling",
        (
            rf"\b(?:{_COURT})\b.*\b(?:{_DECIDES})\b",
            rf"\b(?:{_DECIDES})\b.*\b(?:{_COURT})\b",
            r"\bwhat (?:was|is) the (?:holding|ruling|outcome|result|disposition)\b",
            r"^\W*who (?:won|prevailed|lost)\b",
            rf"\b(?:was|were|is|are)\b.*\b(?:{_DISPOSED}|thrown out|let out|tossed)\b",  # "Why was it dismissed?"
            rf"\bwhat (?:happened|became)\b.{{0,10}}\b(?:with|to|of)\b.{{0,60}}\b(?:{_PLEAS})\b",
            rf"\b(?:{_PLEAS})\b.{{0,60}}\b(?:{_ENDED})\b",  # "Why did the trespass claim fail?"
        ),
    ),
    ("argument", (rf"\b(?:{_ARGUES})\b",)),
)

# A question in two parts, the second about a ruling: "What is the basis of the defence, and did the court accept it?"
_FIRST_PART = re.compile(
    rf"^.+?(?=(?:,|;|\?)?\s+(?:and|but)\s+(?:did|does|do|was|were|is|how|why|what|on what|with what)\b.*"
    rf"\b(?:{_COURT}|{_DISPOSED}|accept\w*|reject\w*|agree\w*|work\w*|succeed\w*|persua\w+|believ\w+|bought|prevail\w*)\b)",
    re.IGNORECASE,
)
_STANDARD = re.compile(
    r"\b(?:what|which)\b.{0,30}\b(?:standards?|tests?|elements|burden|factors)\b.{0,60}\b(?:for|of|to|appl\w+|govern\w*)\b",
    re.IGNORECASE,
)  # "What is the standard for a motion to dismiss?"
_GROUND = (
    r"basis|grounds?|argu\w+|contention|contend\w*|theory|claim(?:s|ed)?|reasons?|defen[cs]e|position|excuse|explanation"
    r"|objection|justif\w+|say|said|explain\w*"
)
PARTY = "party"  # the voice of whichever side speaks

# What makes a side's mention a request for its words: "defendants argue", "plaintiffs' answer", "according to amici".
_STATES = (
    rf"(?:{_ARGUES}|{_RESPONDS}|say|says|think\w*|argument\w*|view\w*|defen[cs]e|brief\w*|seek\w*|want\w*"
    rf"|ask\w*|agree\w*|"
    r"disagree\w*|cite[sd]?|swears?|swore|testif\w*|testimony|declar\w*|admit\w*|conced\w*|stat(?:e|es|ed)\b(?! of)"
    r"|statement|den(?:y"
    r"|ies|ied)|reading|"
    r"characteri[sz]\w*|support\w*|criticis\w*|criticiz\w*|describ\w*|explain\w*|tell|told|write|wrote|call\w*)"
)
_TO_VERB = r"(?:['’]s?)?(?:\W+(?!and\b|or\b|but\b)[\w’'-]+){0,4}?\W+"
_BEFORE = (
    r"(?:according to|says?|said|by|from|only|position of|views? of|argument of|brief of"
    r"|testimony of)\s+(?:the\s+)?(?:\w+\s+)?"
)
_COURT_VOICE = (
    r"\b(?:(?:the|this|which|a|trial|district|appeals|appellate|circuit|supreme) courts?|court of appeals|the panel|"
    r"(?:justices?|judges?)(?!\s+(?-i:[A-Z]))|the order|the opinion|ninth circuit)\b"
)
_LENGTHS: tuple[tuple[str, Length], ...] = (
    (r"briefly|in short|shorter|in brief|in a sentence|tl;?dr|concisely", "short"),
    (
        r"in (?:full |more |greater )?detail|longer|at length|fully|everything|exhaustive\w*|all (?:the )?passages",
        "long",
    ),
)

_PHRASE = re.compile(r"[\"“]([^\"”]{2,200})[\"”]")
_ENTRY = re.compile(r"\b(?:ECF|Dkt\.?|Docket|Doc\.?)\s*(?:No\.?|Entry|#)?\s*(\d{1,4}(?:-\d{1,3})?)\b", re.IGNORECASE)
_SECTION = re.compile(r"(?:§+|\bsections?|\bRule)\s*(\d+[A-Za-z]?(?:\([0-9A-Za-z]+\))*)", re.IGNORECASE)
_NAME = r"[A-Z][\w.'’&-]*"
_CASE = re.compile(rf"\b((?:In re |Ex parte )?{_NAME}(?: (?:{_NAME}|of|the|de|and|for))* v\. {_NAME}(?: {_NAME})*)")


def read_question(text: str) -> Question:
    """What `text` asks for. Raises nothing; a question that fits no form is "general"."""
    form = _form(text)
    return Question(
        text=text,
        form=form,
        roles=_named(text, ROLE_WORDS),
        writings=_named(text, WRITING_WORDS),
        kinds=_named(text, KIND_WORDS),
        entries=tuple(dict.fromkeys(_ENTRY.findall(text))),
        phrases=tuple(" ".join(phrase.split()) for phrase in _PHRASE.findall(text)),
        authorities=tuple(dict.fromkeys(_CASE.findall(text) + _SECTION.findall(text))),
        voices=_asked_of(text, form),
        length=next(
            (length for words, length in _LENGTHS if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)), "usual"
        ),
    )


def _form(text: str) -> Form:
    """The first form one of whose patterns `text` holds; "general" if none."""
    for form, patterns in FORM_PATTERNS:
        if any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns):
            return form
    return "general"


def _named(text: str, table: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """The values of `table` whose words stand in `text`, in the order they first stand there."""
    found = [
        (match.start(), value)
        for words, value in table
        if (match := re.search(rf"\b(?:{words})\b", text, re.IGNORECASE))
    ]
    return tuple(dict.fromkeys(value for _, value in sorted(found)))


def _asked_of(text: str, form: Form) -> tuple[str, ...]:
    """As `_voices`; the court, where only a court can have done what is asked about or what the law is is asked of
    nobody; and whichever side spoke, where the first of two parts asks for an argument and the second what became of
    it."""
    voices, first = _voices(text), _FIRST_PART.match(text)
    if first is None:
        return ("court",) if not voices and (form == "ruling" or _STANDARD.search(text)) else voices
    voices = voices if "court" in voices else (*voices, "court")
    asks_ground = re.search(rf"\b(?:{_GROUND})\b", first[0], re.IGNORECASE)
    return (PARTY, *voices) if voices == ("court",) and asks_ground else voices


def _voices(text: str) -> tuple[str, ...]:
    """Whose statement `text` asks for: sides with a verb or noun of saying beside them, courts, kinds of writing."""
    if only := re.match(r"According to the ([\w ]+) only:", text):
        return _named(only[1], (*WRITING_WORDS, *ROLE_WORDS, (r"court|judge", "court")))[:1]
    found: list[tuple[int, str]] = []
    for words, role in ROLE_WORDS:
        own = r"testif\w+|testimony" if role == "witness" else ""
        if match := says_something(text, words) or (re.search(rf"\b(?:{own})\b", text, re.IGNORECASE) if own else None):
            found.append((match.start(), role))
    found += [
        (m.start(), "court")
        for m in [
            re.search(
                rf"{_COURT_VOICE}(?={_TO_VERB}(?:{_DECIDES}|{_STATES}))|\b(?:{_DECIDES})\b\W+(?:by )?{_COURT_VOICE}",
                text,
                re.IGNORECASE,
            )
        ]
        if m
    ]
    for words, writing in WRITING_WORDS:
        found += [(m.start(), writing) for m in [re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)] if m]
    return tuple(dict.fromkeys(voice for _, voice in sorted(found)))


def asks_fate(question: Question) -> bool:
    """Whether a question asks about somebody's argument and then what a court made of it."""
    return "court" in question.voices[1:]


def says_something(text: str, words: str) -> re.Match[str] | None:
    """Where `text` asks what the speaker named by the pattern `words` says; None where it is only mentioned."""
    said = rf"\b(?:{words})\b(?={_TO_VERB}(?:{_STATES}))|{_BEFORE}(?:{words})\b"
    return re.search(said, text, re.IGNORECASE)
