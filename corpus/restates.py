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
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from corpus.holdings import CONTROLLING
from corpus.model import Role, Speaker, WritingKind
from corpus.records import RecordCite, is_bare_cite, owner_of, record_cites
from corpus.voices import OPPOSITE, Voices


class Before(NamedTuple):
    """What the sentence before leaves behind: whom it reported, the party or court it named last, the person it
    named last ("he"), and whether a quotation it began is still open."""

    reported: Speaker | None = None
    named: Speaker | None = None
    person: Speaker | None = None
    quoting: bool = False


# Verbs of saying, present and past; after a party, a paper, a court or a judge.
_SAYS = (
    r"(?:argue|contend|assert|maintain|urge|claim|submit|posit|insist|allege|aver|suggest|respond|counter|retort"
    r"|protest|complain"
    r"|concede|acknowledge|believe|declare|explain|reason|observe|remark|note|emphasize|propose|predict|theorize"
    r"|hypothesize"
    r"|characterize|describe|depict|portray|analogize|equate|invoke|interpret|construe|accuse|fault|criticize"
    r"|anticipate|caution|warn|recount|recite|plead|rejoin|echo|reiterate|object|stress|add|view|recognize"
    r"|conclude|regard|doubt|announce|testif|restate|illustrate|adapt|infer|leave\s+open|spare|compare|advise|imply"
    r"|allow(?=s?\s+that)|repl(?=y|ies|ied)|rel(?=y|ies|ied))"
    r"(?:s|d|ed|y|ies|ied|es)?|state[sd]?\s+(?:that|its|his|her|their|the|in|at|under|flatly|only|further|:|[“\"])"
    r"|den(?:y|ies|ied)(?!\s+(?:the|that\s+motion|his|her|its|their|a|an|both"
    r"|[A-Z]\w+[’']s?)\s*(?:[\w’'-]+\s+){0,3}(?:motions?|petitions?|applications?|requests?|relief|appeal|stay"
    r"|certiorari))|says?|said|thinks?|thought|sees?\s+(?:it|no|the|this|in|a)|reads?|tells?\s+(?:us|the|this)"
    r"|told\s+(?:us|the\s+(?:[Cc]ourt|district|jury))|swears?|swore|cites?|cited"
    r"|answers?(?=\s+(?:\w+\s+)?(?:that|by|with|in)\b|:|,)|answered(?=\s+(?:\w+\s+)?(?:that|by|with)\b|:|,)"
    r"|mentions?(?=\s)|repeat(?:s|ed)?(?=\s+(?:that|its|his|her|their))|repl(?:y|ies|ied)(?=\s|:)|reports?\s+that"
    r"|reported\s+that|points?\s+(?:to|out)|pointed\s+(?:to|out)|accepts?\s+that|accepted\s+that"
    r"|asks?\s+(?:that|us|this\s+[Cc]ourt|the\s+[Cc]ourt|whether)|asks?\s+why|makes?\s+(?:\w+\s+){0,3}points?\b"
    r"|puts?\s+(?:the|it|this)\s|moves?\s+(?:\w+\s+){1,6}?on\s+the\s+grounds?|asked\s+(?:that|us)|calls?\s+(?:it"
    r"|the|this|that"
    r"|them|for)|expresses?|admit(?:s|ted)?|warrants?\s+that|values?\s+(?:it|them|the)"
    r"|casts?|frames?|makes?\s+(?:much|the\s+(?:same|related|further|additional)\s+(?:argument|point))|made\s+much"
    r"|takes?\s+(?:the\s+(?:position|view)|issue)|took\s+the\s+(?:position|view)"
    r"|draws?\s+(?:on|from|a|the|support)|counts?|offers?\s+(?:a|an|the|two|three|no|several|this)|advances?"
    r"|press(?:es)?|raises?|(?:dis)?agrees?\s+(?:that|with)|disputes?|begins?\s+(?:with|by)|looks?\s+to"
    r"|appeals?\s+to|tries\s+to"
    r"|continues?\s*(?:,|:|that)|invites?\s+(?:the|this|us)|(?:seeks?|attempts?|appears?|seems?|purports?"
    r"|continues?)\s+to\s+(?:argue|suggest|distinguish|rely|contend|avoid|say|claim|assert|invoke|read)"
    r"|would\s+(?:have\s+(?:us|the|this|that|it)|look|read|limit|distinguish|fill|require\s+us|hold|reach|go|apply"
    r"|find|draw|ask|adopt|confine)|is\s+of\s+the\s+(?:view|opinion)\s+that|goes?\s+on\s+to\s+(?:say|argue"
    r"|add)"
)
# A court below decides, so its verbs of deciding report it; its errors, and what it merely did, do not.
_RULES = (
    _SAYS + r"|wrote|writes|hold|holds|held|found|finds|find|ruled?\s+(?:that|otherwise)|rules\s+that|determined?"
    r"|determines|decided?|decides"
    r"|reversed|affirmed|vacated|remanded"
    r"|(?:granted|denied|dismissed|rejected)(?=[^.]*\b(?:because|holding|concluding|reasoning|finding"
    r"|on\s+the\s+(?:ground|basis|theory)))|rejects?|rejected|agreed|disagreed|credits|credited|adopted|adopts?"
    r"|treated|treats?"
    r"|distinguished|distinguishes|followed|recognized|accepted|accepts?|dissented|concurred|summarized|confined"
    r"|disposed\s+of|went\s+on\s+to\s+(?:find|hold|say|conclude)|relied|overruled"
)
# What a party does in the world or in court without saying anything about the matter ("rested its case").
_ACTS = re.compile(
    r"(?:claimed\s+responsibility|rested\s+(?:its|his|her|their)\s+case|charged\s+(?:him|her|them|petitioner"
    r"|respondent|defendant)|saw\b|read\s+(?:him|her|the\s+letter)|point(?:s|ed)?\s+to\s+(?:no|none)\b"
    r"|cite[sd]?\s+no\b|answer(?:s"
    r"|ed)?\s+(?:the\s+Court|questions)|with\s+the\s+[Dd]eclaration)"
)
_MODAL = r"(?:may|might|would|will|must|could|can|do|does|did|has|have|had)\s+"
_ADVERB = (
    r"(?:also|further|then|now|next|thus|therefore|again|instead|rather|simply|merely|only|even|too|both|all|each"
    r"|first|second|third|still|nonetheless|nevertheless"
    r"|thereby|once|more|though|however|here|below|apparently|always|not\s+only|never\s*theless|often|in\s+turn"
    r"|[a-z]+ly)\s+"
)
_SUBORDINATE = (
    r"(?!(?:Because|Since|Although|While|Though|If|When|Whenever|Unless|As(?!\s+(?:to|for)\b)|Even\s+(?:if|though)"
    r"|Whether|Whatever|Where|After|Before|Until)\b)"
)
_LEAD = (
    _SUBORDINATE
    + r"(?:(?:But|And|Yet|Still|Nor|So|Or|For|Here|There|Next|Last|Lastly|Finally|First|Second|Third|Then|Instead"
    r"|Again|Also|Thus|Once|Today|Elsewhere|Below)\s+)?(?:(?![“\"])[^,;:.?!]{1,110},\s+){0,2}?"
    r"(?:(?:Of|On|To|In|From|By|At|Under|With|As\s+(?:to|for)|Throughout|Against|About|Beyond"
    r"|Below)\s+(?:[\w’'.§()-]+\s+){1,5}?)?(?:(?:and|but|that)\s+)?"
)
_ASIDE = (
    r"(?:\s+(?:filed|attached|submitted)\s+(?:\w+\s+){0,5}?\w+)?(?:\s*,\s+[^,]{1,90},"
    r"|\s+\([^)]{1,60}\))?(?:\s+(?:in|on|of|below|at)\s+(?:this\s+case|these\s+cases|appeal"
    r"|argument|the\s+(?:alternative|hearing)|opposition|reply|(?:his|her|its|their)\s+(?:brief|reply|opposition"
    r"|complaint|petition|view))\b,?)?"
)
_NOUN = (
    r"(?:argument|contention|position|theory|claim|charge|view|assertion|submission|account|response|answer|reply"
    r"|point|suggestion|concern|objection|reasoning|complaint|thesis"
    r"|understanding|case|reading|interpretation|proposal|request|explanation|rationale|premise"
    r"|principal\s+argument|logic)"
)
_WRONG = re.compile(
    r"\b(?:is|are|was|were)\s+(?:not|un\w+|wrong|incorrect|mistaken|misplaced|meritless|without|foreclosed|flawed"
    r"|beside|no\b|belied|contradicted|barred|moot|waived|forfeited|premature|irrelevant"
    r"|inapposite|insufficient|circular|too|fails?|at\s+odds|inconsistent|refuted|defeated|rejected|simply|also"
    r"|equally|therefore|thus)"
)
_ANSWERED = re.compile(
    r"(?:[,;—]|\.{3})\s*(?:but|yet|and\s+yet|although)\s+(?:we|the\s+[Cc]ourt|this\s+[Cc]ourt|that\s+(?:is|was|does"
    r"|did|argument|claim|contention|theory|reading|position|will|cannot|rule|provision|case|decision|statute)"
    r"|this\s+(?:is|does|argument|case)|these|those|it\s+(?:is|does|cites|offers|points|ignores|fails)"
    r"|there\s+(?:is|was|are)|nothing|neither|no\b|in\s+fact|our|I\b|here|even|the\s+(?:statute|text|record|Act"
    r"|argument|problem|fact)"
    r"|(?:he|she|they)\s+(?:cite|cites|offer|offers|point|points|fail|fails|identif|provide|do\s+not|does\s+not"
    r"|cannot|ignore))"
    r"|;\s*(?:we|the\s+Court)\s+(?:disagree|reject|are\s+not|is\s+not)|[—,]\s*(?:wrongly|incorrectly|mistakenly"
    r"|erroneously)\b|\bbut\s+(?:wrongly|incorrectly)\b|\bis\s+mistaken\b"
)
_OWN_VERB = re.compile(
    r"\b(?:we|We)\s+(?:\w+ly\s+)?(?:reject|agree|disagree|hold|conclude|decline|find|need|are\s+not|cannot|do\s+not"
    r"|note|think|turn)\b"
)
SUBJECT = 80  # characters: where the subject of a sentence stands
_BODIES = ("court", "government", "amicus")  # "it", even where no report came before
_COMMON_NOUNS = (
    "majority",
    "plurality",
    "dissent",
    "concurrence",
    "panel",
    "state",
    "city",
    "county",
    "board",
    "union",
)
_PERSONS = ("witness", "counsel")
# Steps of a lawsuit, told as facts whatever they are cited to.
_STEP = re.compile(
    r"^\W*(?:On\s+[^,“]{1,40},\s+(?:\d{4},\s+)?)?(?:[\w’]+\s+){1,7}?(?:filed|moved|granted|denied|dismissed|ordered"
    r"|invited"
    r"|appealed|stipulated|waived|served|entered"
    r"|set|scheduled|heard|noticed|signed|stayed|ruled\s+for|allowed|examined)\b"
)
_NOT_SO = re.compile(
    r"^\W*(?:But|Not\s+so|That\s+is|Nothing|No\s|Neither)\b|\b(?:does|do|did|can)\s+not\b|\bcannot\b|\bnever\b"
    r"|\bagrees\s+with\b|\bof\s+the\s+same\s+view\b|\bin\s+the\s+same\s+way\b"
)


def reported(
    sentence: str,
    voices: Voices,
    writing: WritingKind | None = None,
    before: Before = Before(),  # noqa: B008  # frozen
    *,
    following: str = "",
    owners: Mapping[str, Speaker] = MappingProxyType({}),
) -> Speaker | None:
    """Whose view `sentence` reports; None where its speaker asserts it.

    `before` carries over from the sentence before it: who "they" are, and whether a quotation is still open.
    `following` is the next sentence: a record cite there says whose words these are; `owners` says whose papers
    "ECF 31" and the like are. A cite standing alone belongs to the sentence before.
    """
    flat = re.sub(r"\s+", " ", sentence).strip()
    if is_bare_cite(flat) or (before.reported and before.quoting):
        return before.reported
    if flat.endswith("?") and not flat.startswith("“") and not _ASKS.search(flat):
        return None
    speaker = _by_clause(flat, voices, writing) or _by_pronoun(flat, before, voices, writing)
    speaker = speaker or _by_cite(flat, following, voices, before, owners, writing)
    if speaker is None or (speaker.role == voices.own.role != "court") or _ANSWERED.search(flat):
        return None
    return speaker


def clause_report(sentence: str, voices: Voices, writing: WritingKind | None) -> Speaker | None:
    """Whose view the sentence's own words say it reports, cites and context aside."""
    return _by_clause(re.sub(r"\s+", " ", sentence).strip(), voices, writing)


def mentions(sentence: str, voices: Voices, writing: WritingKind | None) -> list[Speaker]:
    """Everybody a sentence names, in order."""
    flat = re.sub(r"\s+", " ", sentence)
    named = []
    for found in _patterns(voices, writing).mention.finditer(flat):
        common = found["who"].lower() in _COMMON_NOUNS and not flat[: found.start("who")].lower().endswith("the ")
        if not common and (speaker := _speaker(found["who"], voices, writing)):
            named.append(speaker)
    return named


def after(sentence: str, told: Speaker | None, voices: Voices, writing: WritingKind | None, before: Before) -> Before:
    """What a sentence that reports `told` leaves to the next one."""
    if is_bare_cite(sentence):
        return before._replace(reported=told)
    named = mentions(sentence, voices, writing)
    persons = [who for who in named if _is_person(who)]
    subject = next((who for who in mentions(sentence[:SUBJECT], voices, writing) if who.role not in _PERSONS), None)
    if subject is None and re.match(r"\W*(?:It|They|He|She|In\s+(?:its|their))\b", sentence):
        subject = before.named
    person = told if told and _is_person(told) else persons[-1] if persons else before.person
    opened = sentence.count("“") > sentence.count("”")
    quoting = told is not None and (opened or (before.quoting and "”" not in sentence))
    return Before(told, subject, person, quoting)


_ASKS = re.compile(r",\s+(?:[A-Z]\w+|they|he|she|it)\s+asks?,")
_JUDGED = re.compile(
    r"\b(?:properly|correctly|rightly|wrongly|erroneously|mistakenly|improperly|incorrectly|reasonably|unreasonably)\b"
)
_UNABLE = ("can", "could", "must")
_QUOTED_WORDS = 4  # words of a quotation that carry a sentence; fewer are a term, or a scare quote
_SAID = (
    r"(?:say|says|said|argue[sd]?|contends?|contended|insist(?:s|ed)?|maintain(?:s|ed)?|assert(?:s|ed)?|claim(?:s"
    r"|ed)?|urge[sd]?|submit(?:s|ted)?"
    r"|tells?\s+us|explain(?:s|ed)?|allege[sd]?|suggest(?:s|ed)?|believes?|declare[sd]?|add(?:s|ed)?|think|thinks"
    r"|point(?:s|ed)?\s+out|reason(?:s|ed)?"
    r"|concede[sd]?|respond(?:s|ed)?|wrote|writes|testified|held|concluded|concludes?|observe[sd]?|note[sd]?"
    r"|repl(?:y|ies|ied)|answer(?:s|ed)?|counter(?:s|ed)?"
    r"|rejoins?|continue[sd]?|complain(?:s|ed)?|object(?:s|ed)?|warn(?:s|ed)?|acknowledge[sd]?|state[sd]?|found"
    r"|pleads?|agreed|swore|advise[sd]?|asks?|allows)"
)
_PRONOUN_HELD = re.compile(
    rf"^\W{{0,3}}{_LEAD}(?P<p>It|it|She|she|He|he)\s+(?P<aux>{_MODAL})?(?:{_ADVERB}){{0,3}}(?P<verb>{_RULES})(?![\w-])"
)
_PRONOUN = re.compile(
    rf"^\W{{0,3}}{_LEAD}(?P<p>They|they|He|he|She|she|It"
    rf"|it)\s+(?P<aux>{_MODAL})?(?:{_ADVERB}){{0,3}}(?P<verb>{_SAYS})(?![\w-])"
)
_PRONOUN_ASIDE = re.compile(
    rf"(?:[,—]|[,.][”\"])\s+(?:as\s+)?(?P<p>they|he|she|it)\s+(?:{_ADVERB})?{_SAID}(?:[,;:.—]|\s+on\s+(?:redirect"
    rf"|cross)|$)|,\s+(?P<p2>he|she)\s+(?:{_ADVERB})?(?:said|testified|answered|added)\b"
)
_PRONOUN_VIEW = re.compile(
    rf"^\W{{0,3}}(?:But\s+|And\s+|Nor\s+|Yet\s+)?(?i:in|on|by)\s+(?P<p>their|his|her|its)\s+(?:own\s+)?(?:view"
    rf"|telling|words?|account|reading|estimation|theory|reasoning)\b"
    rf"|,\s+(?:in|on|by)\s+(?P<p2>their|his|her|its)\s+(?:own\s+)?(?:view|telling|words?|account|reading|theory"
    rf"|reasoning),"
    rf"|\b(?:because|since|that)\s+in\s+(?P<p4>their|his|her|its)\s+view\b"
    rf"|^\W{{0,3}}(?:As\s+to\s+[^,]+,\s+)?(?P<p3>Their|His|Her|Its|their|his|her"
    rf"|its)\s+(?:\w+\s+){{0,2}}?{_NOUN}\s+(?:is\s+that|was(?:,|\s+that)|runs|goes)"
)
_IMPERSONAL = re.compile(
    rf"^\W{{0,3}}{_LEAD}(?:(?:[Ii]t|[Mm]uch)\s+(?:is|was|has\s+been|may\s+be|will\s+be|might\s+be)\s+(?:also\s+"
    rf"|further\s+|then\s+)?(?:argued|urged|contended|said|asserted|suggested|objected|submitted|claimed|insisted"
    rf"|made\s+of)\b)"
    r"|^\W{0,3}(?:But\s+|And\s+)?The\s+(?:argument|theory|contention|suggestion|claim|objection)\s+(?:is\s+that"
    r"|runs\s+that|goes(?!\s+(?:too|wrong))|seems\s+to\s+be\s+that|concludes)"
    r"|,\s+it\s+is\s+(?:said|argued|urged|contended|suggested)\s*,|,\s+the\s+(?:argument|theory)\s+(?:runs|goes"
    r"|concludes|continues|is)\s*,"
)
_ALLEGED = re.compile(r"\b(?:is|are|was|were)\s+(?:also\s+)?alleged\s+(?:to\s+have\b|on\b)")


class _Patterns(NamedTuple):
    clause: re.Pattern[str]
    then: re.Pattern[str]
    handed: re.Pattern[str]
    aside: re.Pattern[str]
    noun: re.Pattern[str]
    mention: re.Pattern[str]


def _patterns(voices: Voices, writing: WritingKind | None) -> _Patterns:
    return _compiled(voices.subjects, voices.own.role == "court", writing not in (None, *CONTROLLING, "syllabus"))


@lru_cache(maxsize=32)
def _compiled(subjects: str, by_court: bool, separate: bool) -> _Patterns:
    """The patterns for one filing's names. In a separate writing "the Court" is somebody else; in a brief on appeal,
    "the court" in lower case is the court below."""
    judge = (
        r"(?:(?:CHIEF\s+)?JUSTICE|Justice|Chief\s+Justice|Judge|THE\s+CHIEF)\s+[A-Z][\w’'-]+"
        r"(?:(?:’s|'s)\s+(?:dissent|concurrence|opinion))?"
    )
    court = r"|the\s+Court(?:’s\s+opinion)?" if separate else ""
    below = "" if by_court else r"|the\s+court(?!\s+of)|the\s+order(?=\s+(?:says|reasons|holds))"

    def somebody(group: str) -> str:
        determiner = (
            r"(?:(?i:the|these|those|both|some|several|all|most|its|their|his|her|respective|each\s+of\s+the"
            r"|counsel\s+for(?:\s+the)?|individual|named|private|federal|moving)\s+)*"
        )
        return rf"{determiner}(?P<{group}>(?i:{subjects}{court})(?![\w-]){below}|{judge})"

    who = somebody("who")
    view = (
        r"(?i:view|telling|words?|estimation|opinion|judgment|account|reading|theory|reasoning|logic|understanding"
        r"|way\s+of\s+thinking|submission|perspective|statement|count|mind|version)"
    )
    opened = r"(?:^|[,;:—(]\s?|\b(?:But|And|Yet|Nor|that|because|since|time,)\s)\W{0,2}"
    return _Patterns(
        clause=re.compile(
            rf"^\W{{0,3}}{_LEAD}{who}{_ASIDE}\s+(?:{_ADVERB}){{0,3}}(?P<aux>{_MODAL})?(?:{_ADVERB}){{0,3}}(?P<verb>{_SAYS}"
            rf"|{_RULES})(?![\w-])"
        ),
        then=re.compile(
            rf"^\W{{0,3}}{_LEAD}{who}\s+[a-z][^.;:“”]{{1,70}}?,?\s+and\s+(?:then\s+)?"
            r"(?:argues?|contends?|says?|maintains?|insists?|urges?|submits?)\s+that\b"
        ),
        handed=re.compile(
            rf"{opened}(?i:according\s+to|as\s+argued\s+by)\s+{who}"
            rf"|{opened}(?i:in|on|by|to|from|upon)\s+{somebody('who2')}(?:’s?|'s?)\s+(?:\w+\s+){{0,2}}?{view}\b"
            rf"|(?:^|[,;]\s)\W{{0,2}}(?i:as|to\s+hear)\s+{somebody('who3')}\s+(?i:sees?|said|wrote|puts?|tells?"
            rf"|reads?|pleads?|would\s+have|frames?|describes?|understands?|explains?)\b"
            rf"|^\W{{0,2}}(?:But\s+|And\s+)?(?:For|To)\s+{somebody('who4')}(?=,|\s+the\s)"
        ),
        aside=re.compile(
            rf"(?:[,—:]|[,.?!][”\"])\s+{who}\s+(?:{_ADVERB})?{_SAID}(?:[,;:.?!—]|\s+on\s+(?:redirect|cross)|\s*$)"
            rf"|(?:[,—:]|[”\"])\s+(?:so\s+)?(?:say|says|said|argues?|insists?|contends?|reasoned|wrote"
            rf"|explained)\s+{somebody('who2')}"
        ),
        noun=re.compile(
            rf"^\W{{0,3}}{_LEAD}{who}(?:’s?|'s?)\s+(?:\w+\s+){{0,3}}?{_NOUN}s?\s*(?:(?:is|was"
            rf"|are)\s+(?:simply\s+)?(?:that|as\s+follows|this|straightforward|simple)\b"
            r"|runs?|goes|proceeds?|begins?|boils?\s+down|amounts?\s+to|comes?\s+down|turns?\s+on|depends?|hinges?"
            r"|centers?|holds|appears?\s+to\s+be|seems?\s+to\s+be|(?:,\s+)?[“\"])"
        ),
        mention=re.compile(rf"(?<![\w’-])(?<!v\.\s){who}(?!\s+v\.)"),
    )


def _by_clause(flat: str, voices: Voices, writing: WritingKind | None) -> Speaker | None:
    """A main clause with somebody else as subject and a verb of saying, or a phrase that hands the clause over."""
    patterns = _patterns(voices, writing)
    if found := patterns.handed.search(flat):
        return _speaker(_who(found), voices, writing)
    if found := patterns.clause.match(flat):
        speaker = _speaker(found["who"], voices, writing)
        if speaker and _is_report(found, flat, speaker):
            return speaker
    if found := patterns.then.match(flat):
        return _speaker(found["who"], voices, writing)
    if (found := patterns.noun.match(flat)) and not _WRONG.search(flat[found.end("who") : found.end() + 25]):
        return _speaker(found["who"], voices, writing)
    if found := patterns.aside.search(flat):
        return _speaker(_who(found), voices, writing)
    return None


def _who(found: re.Match[str]) -> str:
    """The name in whichever alternative of a pattern matched."""
    return next(value for key, value in found.groupdict().items() if key.startswith("who") and value)


def _is_report(found: re.Match[str], flat: str, speaker: Speaker) -> bool:
    """Whether a matched clause reports: not an act, not what cannot be, and with a verb its kind of subject uses."""
    tail = flat[found.start("verb") : found.start("verb") + 60]
    if _JUDGED.search(flat[found.end("who") : found.start("verb")]):
        return False
    if _ACTS.match(tail) or (found["aux"] or "").strip() in _UNABLE:
        return False
    return speaker.role == "court" or bool(re.match(rf"(?:{_SAYS})(?![\w-])", tail))


def _is_person(who: Speaker) -> bool:
    """Whether "he" or "she" can be meant: a witness, a counsel, a single judge."""
    return (who.role in _PERSONS and bool(who.name)) or (who.name or "").endswith(", J.")


def _by_pronoun(flat: str, before: Before, voices: Voices, writing: WritingKind | None) -> Speaker | None:
    """A report by pronoun: "They add that …"; "he" is the person named last; "The argument is that …"."""
    found = _PRONOUN.match(flat) or _PRONOUN_ASIDE.search(flat) or _PRONOUN_VIEW.search(flat)
    if found:
        word = next(value for key, value in found.groupdict().items() if key.startswith("p") and value).lower()
        if found.re is _PRONOUN and (
            (found["aux"] or "").strip() in _UNABLE or _ACTS.match(flat[found.start("verb") :])
        ):
            return None
        if word in ("he", "she", "his", "her"):
            return before.person or (before.reported if before.reported and before.reported.role != "court" else None)
        if before.reported and before.reported.role not in _PERSONS:
            return before.reported
        plural = word in ("they", "their") or found.re is _PRONOUN_ASIDE
        return before.named if before.named and (plural or before.named.role in _BODIES) else None
    held = _PRONOUN_HELD.match(flat)
    if held and (held["aux"] or "").strip() in ("must", "can", "could", "may", "might", "would", "will"):
        held = None
    court = before.reported or before.named
    if held and court and court.role == "court":
        return court
    if _IMPERSONAL.search(flat):
        other = OPPOSITE.get(voices.own.role)
        if other is None and writing not in (None, *CONTROLLING, "syllabus"):
            return before.reported or Speaker("court", "Majority")
        return before.reported or (_side(other, voices) if other else Speaker("unknown"))
    if _ALLEGED.search(flat) and voices.own.role != "plaintiff":
        return _side("plaintiff", voices)
    return None


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
    if cite is None or _STEP.search(flat) or _OWN_VERB.search(re.sub("“[^”]*”?", "", flat)):
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
    if cite.kind == "witness":
        if owner in voices.friends:
            return None
        exhibit = re.search(r"\bEx\.\s", following if not flat.count(cite.paper) else flat)
        return owner if quote >= _QUOTED_WORDS and not exhibit else None
    if quote >= _QUOTED_WORDS:
        return owner
    if cite.kind in ("complaint", "order") or not cite.pinned or _NOT_SO.search(flat):
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


def _speaker(who: str, voices: Voices, writing: WritingKind | None) -> Speaker | None:
    """Who a matched name is, in this writing; None for the voice that is speaking."""
    flat = re.sub(r"\s+", " ", who)
    name = flat.lower().removesuffix("’s").removesuffix("'s").removesuffix("’")
    controlling = writing is None or writing in (*CONTROLLING, "syllabus")
    if re.match(r"(?:chief )?(?:justice|judge) |the chief", name):
        surname = re.sub(r"^(?:chief )?(?:justice|judge) | (?:dissent|concurrence|opinion)$|[’']s\b", "", name).title()
        return Speaker("court", f"{surname}, J.") if not voices.by_court or surname.upper() in voices.judges else None
    if name.startswith("the court") and voices.by_court:
        return Speaker("court", "Majority")
    if name in ("the court", "the order"):
        return Speaker("court", "District Court") if voices.appellate else None
    speaker = voices.named.get(name)
    if writing == "syllabus" and name == "panel":
        return Speaker("court", "Majority")
    if speaker and speaker.role == "court":
        own_kind = {
            "majority": "Majority",
            "plurality": "Plurality",
            "dissent": "Dissent",
            "concurrence": "Concurrence",
        }.get(writing or "")
        if speaker.name == own_kind or (
            speaker.name in ("Dissent", "Concurrence") and controlling and not voices.by_court and not voices.appellate
        ):
            return None
    return speaker
