"""Tell a filing's own assertions from those it reports, and a court's holdings from all else.

reported(sentence, voices, writing, before) -> Speaker    whose view the sentence reports, else None
holds(sentence, voices, writing) -> bool                  the court decides something in this very sentence

    own      "We reject petitioner's argument that …"  "Petitioner was convicted."  "Petitioner's reading would erase …"
    theirs   "Petitioner argues …"  "In NSO's view, …"  "The servers, they say, are …"  "The District Court held …"

A report is known by its main clause: somebody else as subject and a verb of saying, or a phrase ("According to …")
that hands the clause over. A verb of erring ("fails", "overlooks", "misreads") makes it the speaker's own judgment
of somebody else. A sentence that reports and then answers ("…, but we disagree") stays unmarked.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from corpus.model import Speaker, WritingKind
from corpus.voices import OPPOSITE, Voices


class Before(NamedTuple):
    """What the sentence before leaves behind: whom it reported, whom it named last, and whether its quotation is open."""

    reported: Speaker | None = None
    named: Speaker | None = None
    quoting: bool = False


CONTROLLING = ("majority", "plurality", "per_curiam")

# Verbs of saying, present and past; after a party, a paper, a court or a judge.
_SAYS = (
    r"(?:argue|contend|assert|maintain|urge|claim|submit|posit|insist|allege|aver|suggest|respond|counter|retort|protest|complain"
    r"|concede|acknowledge|believe|state|declare|explain|reason|observe|remark|note|emphasize|propose|predict|theorize|hypothesize"
    r"|characterize|describe|depict|portray|analogize|equate|invoke|interpret|construe|accuse|charge|fault|criticize|attack|challenge"
    r"|question|answer|anticipate|caution|warn|recount|recite|plead|rejoin|echo|reiterate|repeat|object|point|stress|express|add|view"
    r"|conclude|regard|doubt|announce|rest|rel(?=y|ies|ied)|testif|den(?=y|ies|ied)|repl(?=y|ies|ied))"
    r"(?:s|d|ed|y|ies|ied|es)?|say|says|said|think|thinks|thought|sa[wy]|sees|read|reads|tell|tells|told\s+us|swears?|swore|cites?|cited|admit(?:s|ted)?"
    r"|casts?|frames?|makes?\s+(?:much|the\s+(?:same|related|further|additional)\s+(?:argument|point))|takes?\s+(?:the\s+(?:position|view)|issue)|took\s+the\s+(?:position|view)"
    r"|draws?|counts?|offers?|advances?|presses|raises?|disagrees?|agrees?|disputes?|wants?|begins?\s+(?:with|by)|looks?\s+to|appeals?\s+to|tries\s+to"
    r"|(?:seeks?|attempts?|appears?|seems?|purports?|continues?)\s+to\s+(?:argue|suggest|distinguish|rely|contend|avoid|say|claim|assert|invoke|read|claim)"
    r"|would\s+(?:have\s+(?:us|the\s+Court|this\s+Court)|read|limit|distinguish|fill|require\s+us|hold|reach|go|apply|find|draw|ask|adopt)"
)
# A court below decides, so its verbs of deciding report it; its errors are the speaker's own charge.
_RULES = (
    _SAYS
    + r"|hold|holds|held|found|finds|find|ruled?|rules|determined?|determines|decided?|decides|reversed|affirmed|vacated|remanded|granted|denied"
    r"|dismissed|rejected|rejects?|agreed|disagreed|credited|declined|applied|applies|entered|awarded|certified|deferred|adopted|adopts?|overruled|sustained|refused"
    r"|instructed|ordered|treated|treats?|distinguished|distinguishes|followed|recognized|recognizes|accepted|accepts?|dissented|concurred|summarized|allowed|permitted|excluded|admitted"
)
# What a party does in the world or in court without saying anything about the matter ("rested its case").
_ACTS = re.compile(
    r"(?:claimed\s+responsibility|rested\s+(?:its|his|her|their)\s+case|charged\s+(?:him|her|them|petitioner|respondent|defendant)|saw\b|read\s+(?:him|her|the\s+letter))"
)
_MODAL = r"(?:may|might|would|will|must|could|can|do|does|did|has|have|had)\s+"
_ADVERB = (
    r"(?:also|further|then|now|next|thus|therefore|again|instead|rather|simply|merely|only|even|too|both|all|each|first|second|third|still|nonetheless|nevertheless"
    r"|thereby|once|more|though|however|here|below|apparently|always|not\s+only|never\s*theless|often|in\s+turn|[a-z]+ly)\s+"
)
_LEAD = r"(?:(?:But|And|Yet|Still|Nor|So|Or|For|As|Because|Since|Although|While|Though|Here|There|Next|Last|That\s+is\s+why|Thus|Once|On\s+appeal)\s+)?(?:(?![“\"])[^,;:.?!]{1,110},\s+){0,2}?(?:(?:and|but|that)\s+)?"
_ASIDE = r"(?:’s?|'s?)?(?:\s*,\s+[^,]{1,90},|\s+\([^)]{1,60}\))?(?:\s+(?:in|on|of|below|at)\s+(?:this\s+case|these\s+cases|appeal|argument|the\s+(?:alternative|hearing)|opposition|reply|(?:his|her|its|their)\s+(?:brief|reply|opposition|complaint|petition|view))\b,?)?"
_NOUN = (
    r"(?:argument|contention|position|theory|claim|charge|view|assertion|submission|account|response|answer|reply|point|suggestion|concern|objection|reasoning|complaint|thesis"
    r"|understanding|case|reading|interpretation|proposal|request|explanation|rationale|premise|principal\s+argument|logic)"
)
_WRONG = re.compile(
    r"\b(?:is|are|was|were)\s+(?:not|un\w+|wrong|incorrect|mistaken|misplaced|meritless|without|foreclosed|flawed|beside|no\b|belied|contradicted|barred|moot|waived|forfeited|premature|irrelevant"
    r"|inapposite|insufficient|circular|too|fails?|at\s+odds|inconsistent|refuted|defeated|rejected|simply|also|equally|therefore|thus)"
)
_ANSWERED = re.compile(
    r"(?:[,;—]|\.{3})\s*(?:but|yet|and\s+yet|although)\s+(?:we|the\s+[Cc]ourt|this\s+[Cc]ourt|that\s+(?:is|was|does|did|argument|claim|contention|theory|reading|position|will|cannot|rule|provision|case|decision|statute)"
    r"|this\s+(?:is|does|argument|case)|these|those|it\s+(?:is|does|cites|offers|points|ignores|fails)|there\s+(?:is|was|are)|nothing|neither|no\b|in\s+fact|our|I\b|here|even|the\s+(?:statute|text|record|Act|argument|problem|fact)"
    r"|(?:he|she|they)\s+(?:cite|cites|offer|offers|point|points|fail|fails|identif|provide|do\s+not|does\s+not|cannot|ignore))"
    r"|;\s*(?:we|the\s+Court)\s+(?:disagree|reject|are\s+not|is\s+not)|[—,]\s*(?:wrongly|incorrectly|mistakenly|erroneously)\b|\bbut\s+(?:wrongly|incorrectly)\b|\bis\s+mistaken\b"
)
_OWN_VERB = re.compile(
    r"\b(?:we|We)\s+(?:\w+ly\s+)?(?:reject|agree|disagree|hold|conclude|decline|find|need|are\s+not|cannot|do\s+not|note|think|turn)\b"
)
_CITATION = re.compile(
    r"^\W*(?:(?:See|Cf|But\s+see|See\s+also|Accord|E\.g|See,\s+e\.g)\.?,?\s+)?(?:also\s+)?(?:Id\.|Ibid|Br(?:ief)?\b|Mot\.|Opp|Reply|Resp|Pet\.|Compl\.|ECF|Dkt|Doc\.|App\.|Tr\.|Hr’g|Hr'g|J\.\s?A\.|R\.\s|Ex\.|[A-Z]\w+\s+(?:Decl|Dep|Aff)\."
    r"|(?:Opening|Answering|Reply|Amic\w+|Defs?\.’?|Pls?\.’?|Def\.|Pl\.|Appellant|Appellee|Gov’t|Supp\.|Order\s+at)\b)"
)
_RECORD = re.compile(
    r"\b(?P<paper>Mot|Opp['’]n|Reply|Compl|Opening\s+Br|Answering\s+Br|(?P<who>[A-Z][\w’'-]+)\s+Decl|Order)\b\.?"
)
_QUOTED = re.compile(r"[“\"].+[”\"]", re.DOTALL)
_SENTENCE_QUOTE = re.compile(r"^\W{0,2}[“\"]")

_HOLDS = re.compile(
    r"\b(?:we|We)\s+(?:(?:therefore|thus|now|accordingly|also|further|likewise|instead|today|only|must|hereby|nonetheless|nevertheless|consequently|then|again|simply|do|both|all)\s+|\w+ly\s+)*"
    r"(?:hold(?!\s+(?:in|out|up)\b)|conclude|reject|agree|disagree|affirm|reverse|vacate|remand|dismiss|decline|deny|grant|overrule|reaffirm|are\s+(?:not\s+)?persuaded|are\s+unpersuaded|find(?!\s+(?:it|ourselves))|determine|answer|disapprove|AFFIRM|REVERSE|VACATE|REMAND|DENY|GRANT|DISMISS)\b"
    r"|\b(?:is|are)\s+(?:hereby\s+|therefore\s+|accordingly\s+|also\s+)*(?:GRANTED|DENIED|DISMISSED|AFFIRMED|REVERSED|VACATED|REMANDED|ORDERED|STAYED|OVERRULED|SUSTAINED|ADOPTED|STRICKEN|ENJOINED)\b"
    r"|\b(?:[Tt]he|[Tt]his)\s+(?:judgments?|orders?|decisions?|decree|appeal|petition|motion|motions|case|cause|matter|application|action)\b[^.]{0,140}?\b(?:is|are)\s+(?:hereby\s+|therefore\s+|accordingly\s+|also\s+|now\s+)*(?:affirmed|reversed|vacated|remanded|dismissed|denied|granted|set\s+aside|discharged|overruled)\b"
    r"|\b(?:IT\s+IS\s+)?(?:(?:HEREBY|THEREFORE|FURTHER|SO|hereby|so)\s+)*(?:ORDERED|ORDERS|ADJUDGED)\b|\b[Ii]t\s+is\s+so\s+ordered\b|^\W*(?:So\s+[Oo]rdered|SO\s+ORDERED)"
    r"|^\W*(?:AFFIRMED|REVERSED|VACATED|DISMISSED|DENIED|GRANTED|Affirmed|Reversed|Vacated|Dismissed|Petition\s+denied)\b[^a-z]{0,4}(?:and\b[^.]{0,80})?\.?\s*$"
    r"|\b(?:[Oo]ur|[Tt]he|[Tt]his)\s+holding\s+(?:is|today)\b|\bthe\s+answer\s+is\s+(?:yes|no)\b|\b(?:is|are)\s+(?:granted|denied)\s+(?:as\s+to|in\s+(?:part|full|its\s+entirety)|with(?:out)?\s+(?:prejudice|leave))"
)
_COURT_HOLDS = re.compile(
    r"\b(?:[Tt]he|[Tt]his)\s+(?:C|c)ourt\s+(?:(?:therefore|thus|now|accordingly|also|further|likewise|hereby|nonetheless|nevertheless|then|again|instead|does|must|will)\s+|\w+ly\s+)*"
    r"(?:holds?|concludes?|rejects?|agrees?|disagrees?|finds?|determines?|declines?|grants?|denies|deny|dismiss(?:es)?|GRANTS?|DENIES|DENY|DISMISSES|ORDERS?|orders|overrules?|adopts?|is\s+(?:not\s+)?persuaded|is\s+unpersuaded|credits|exercises|stays|STAYS|REMANDS|remands|FINDS|CONCLUDES|vacates|affirms)\b"
)
_NO_HOLDING = re.compile(
    r"\?\s*[”\"]?$|\bwe\s+need\s+not\b|\b[Ii]f\s+(?:we|the\s+Court)\s+(?:were\s+to\s+)?(?:hold|conclude|agree|find|grant|den)|\bwe\s+granted\b|\b(?:asks?|urges?|invites?|wants?|would\s+have)\s+(?:us|the\s+Court|this\s+Court)\s+to\b"
    r"|\bbefore\s+(?:we|the\s+Court)\s+(?:conclude|hold|find|grant)|\b(?:when|whenever|unless|until|whether)\s+(?:we|the\s+Court)\s+(?:should\s+)?(?:hold|conclude|find|grants?|den)|\bthe\s+Court\s+(?:held|found)\s+in\b|\bdo\s+not\s+(?:hold|decide)\b",
)


def reported(
    sentence: str, voices: Voices, writing: WritingKind | None = None, before: Before = Before()
) -> Speaker | None:
    """Whose view `sentence` reports; None where its speaker asserts it.

    `before` carries over from the sentence before it in the same paragraph: who "they" are, and whether a
    quotation is still open. A citation standing alone belongs to the sentence before.
    """
    flat = re.sub(r"\s+", " ", sentence).strip()
    if before.reported and (before.quoting or _bare_citation(flat)):
        return before.reported
    if flat.endswith("?") and not _SENTENCE_QUOTE.match(flat):
        return None
    speaker = _by_clause(flat, voices, writing) or _by_pronoun(flat, before, voices) or _by_quotation(flat, voices)
    if speaker is None or speaker.role == voices.own.role != "court" or _ANSWERED.search(flat):
        return None
    return speaker


def last_named(sentence: str, voices: Voices, writing: WritingKind | None) -> Speaker | None:
    """The last person or paper that a sentence names, for a pronoun in the next one."""
    found = None
    for found in _patterns(voices, writing).mention.finditer(re.sub(r"\s+", " ", sentence)):
        pass
    return _speaker(found["who"], voices, writing) if found else None


def leaves_quotation_open(sentence: str) -> bool:
    """Whether a sentence opens a quotation that it does not close."""
    return sentence.count("“") > sentence.count("”")


def holds(sentence: str, voices: Voices, writing: WritingKind | None) -> bool:
    """Whether a court decides something here, in its own voice and in a controlling writing.

    Not in a syllabus, a concurrence or a dissent; not where the sentence quotes another court's holding.
    """
    if not voices.by_court or (writing is not None and writing not in CONTROLLING):
        return False
    bare = re.sub(r"[“][^”]*(?:[”]|$)", "“”", re.sub(r"\s+", " ", sentence).strip())
    if _NO_HOLDING.search(bare):
        return False
    if _HOLDS.search(bare):
        return True
    return (
        writing in (None, "majority", "per_curiam", "plurality")
        and bool(_COURT_HOLDS.search(bare))
        and not voices.appellate
    )


class _Patterns(NamedTuple):
    clause: re.Pattern[str]
    handed: re.Pattern[str]
    aside: re.Pattern[str]
    noun: re.Pattern[str]
    mention: re.Pattern[str]


def _patterns(voices: Voices, writing: WritingKind | None) -> _Patterns:
    return _compiled(voices.subjects, voices.own.role == "court", writing not in (None, *CONTROLLING, "syllabus"))


@lru_cache(maxsize=32)
def _compiled(subjects: str, by_court: bool, separate: bool) -> _Patterns:
    """The patterns for one filing's names. In a separate writing "the Court" is somebody else."""
    judge = r"(?:(?:CHIEF\s+)?JUSTICE|Justice|Chief\s+Justice|Judge|THE\s+CHIEF)\s+[A-Z][\w’'-]+(?:’s|'s)?(?:\s+(?:dissent|concurrence|opinion))?"
    court = r"|the\s+Court|the\s+Court’s\s+opinion" if separate else ""
    person = rf"(?P<who>(?i:{subjects}{court})(?![\w-])|{judge})"
    determined = rf"(?:(?i:the|these|those|both|some|several|all|most|its|their|his|her|respective|each\s+of\s+the|counsel\s+for(?:\s+the)?|individual|state|named|private|federal|moving|{'' if by_court else 'this,'}amicus)\s+)*{person}"
    verb = rf"(?P<aux>{_MODAL})?(?:{_ADVERB}){{0,3}}(?P<verb>{_SAYS}|{_RULES})\b"
    return _Patterns(
        clause=re.compile(rf"^\W{{0,3}}{_LEAD}{determined}{_ASIDE}\s+(?:{_ADVERB}){{0,3}}{verb}"),
        handed=re.compile(
            rf"(?:^|[,;:—]\s|\b(?:But|And|that|because)\s)\W{{0,2}}(?i:according\s+to|as\s+argued\s+by)\s+{determined}"
            rf"|(?:^|[,;:—(]\s?|\b(?:But|And|Yet|that|because)\s)\W{{0,2}}(?i:in|on|by|to|from|as|upon)\s+(?:{determined})(?:’s?|'s?)\s+(?:\w+\s+){{0,2}}?(?i:view|telling|words?|estimation|opinion|judgment|account|reading|theory|reasoning|logic|understanding|way\s+of\s+thinking|submission|perspective)\b".replace(
                "(?P<who>", "(?P<who2>", 2
            ).replace("(?P<who2>", "(?P<who>", 1)
            + rf"|(?:^|[,;]\s)\W{{0,2}}(?i:as|to\s+hear)\s+{determined}\s+(?i:sees?|puts?|tells?|reads?|would\s+have|frames?|describes?|understands?|explains?|concedes?|acknowledges?|notes?|argues?)\b".replace(
                "(?P<who>", "(?P<who3>"
            )
        ),
        aside=re.compile(
            rf"(?:[,—]|[,.?!][”\"])\s+{determined}\s+(?:{_ADVERB})?(?P<verb>say|says|said|argue[sd]?|contends?|contended|insist(?:s|ed)?|maintain(?:s|ed)?|assert(?:s|ed)?|claim(?:s|ed)?|urge[sd]?|submit(?:s|ted)?|tells?\s+us|explain(?:s|ed)?|allege[sd]?|suggest(?:s|ed)?"
            rf"|believes?|declare[sd]?|add(?:s|ed)?|think|thinks|point(?:s|ed)?\s+out|reason(?:s|ed)?|concede[sd]?|respond(?:s|ed)?|wrote|writes|testified|held|concluded|observe[sd]?|note[sd]?)(?:[,;:.?!—]|\s*$)"
            + rf"|(?:[,—:]|[”\"])\s+(?:so\s+)?(?:say|says|said|argues?|insists?|contends?|reasoned|wrote|explained)\s+{determined}".replace(
                "(?P<who>", "(?P<who2>"
            )
        ),
        noun=re.compile(
            rf"^\W{{0,3}}{_LEAD}{determined}(?:’s?|'s?)\s+(?:\w+\s+){{0,3}}?{_NOUN}s?\s*(?:is\s+(?:that|simply\s+that|as\s+follows|this|straightforward|simple)|are\s+(?:that|as\s+follows)|was\s+that|runs?|goes|proceeds?|begins?|boils?\s+down|amounts?\s+to|comes?\s+down|rests?|turns?\s+on|depends?|hinges?|centers?|focus(?:es)?|holds|appears?\s+to\s+be|seems?\s+to\s+be|(?:,\s+)?[“\"])"
        ),
        mention=re.compile(rf"(?<![\w’-]){person}"),
    )


def _by_clause(flat: str, voices: Voices, writing: WritingKind | None) -> Speaker | None:
    """A main clause with somebody else as subject and a verb of saying, or a phrase that hands the clause over."""
    patterns = _patterns(voices, writing)
    if found := patterns.handed.search(flat):
        who = next(value for key, value in found.groupdict().items() if key.startswith("who") and value)
        return None if found.start() > 0 and _WRONG.search(flat[: found.start()]) else _speaker(who, voices, writing)
    if found := patterns.clause.match(flat):
        speaker = _speaker(found["who"], voices, writing)
        if speaker and _is_report(found, flat, speaker):
            return speaker
    if (found := patterns.noun.match(flat)) and not _WRONG.search(flat[found.end("who") : found.end() + 25]):
        return _speaker(found["who"], voices, writing)
    if found := patterns.aside.search(flat):
        who = found["who"] or found["who2"]
        return _speaker(who, voices, writing)
    return None


def _is_report(found: re.Match[str], flat: str, speaker: Speaker) -> bool:
    """Whether a matched clause reports: not negated, not an act, and with a verb that its kind of subject says with."""
    tail = flat[found.start("verb") : found.start("verb") + 60]
    if _ACTS.match(tail) or re.match(r"(?:cannot|not|never)\b", tail):
        return False
    verb = found["verb"]
    if speaker.role != "court" and not re.fullmatch(_SAYS, verb):
        return False
    if (found["aux"] or "").strip() in ("can", "could", "must"):
        return False
    return not (
        verb in ("rest", "rests", "rested", "charged", "appeals", "counts", "count", "offer", "offers")
        and not re.search(r"\b(?:that|on|upon|with|to|\d)", tail)
    )


def _by_pronoun(flat: str, before: Before, voices: Voices) -> Speaker | None:
    """ "They add that …" after a report, or after a sentence that names who "he" is; "The argument is that …"."""
    pronoun = re.match(
        rf"^\W{{0,3}}{_LEAD}(?P<p>They|they|He|he|She|she|It|it)\s+(?P<aux>{_MODAL})?(?:{_ADVERB}){{0,3}}(?P<verb>{_SAYS})\b",
        flat,
    )
    if (
        pronoun
        and (pronoun["aux"] or "").strip() not in ("can", "could", "must")
        and not _ACTS.match(flat[pronoun.start("verb") :])
    ):
        if pronoun["p"].lower() == "it" and not before.reported:
            return None
        return before.reported or before.named
    aside = re.search(
        r"[,—]\s+(?:they|he|she|it)\s+(?:says?|argues?|contends?|insists?|maintains?|urges?|claims?|adds?|asserts?|explains?|submits?|suggests?)\b(?:[,;:.—]|$)",
        flat,
    )
    phrase = re.match(
        rf"^\W{{0,3}}(?:But\s+)?(?:In|On|By)\s+(?:their|his|her|its)\s+(?:view|telling|words?|account|reading|estimation|theory)\b|^\W{{0,3}}(?:As\s+to\s+[^,]+,\s+)?(?:Their|His|Her|Its)\s+(?:\w+\s+){{0,2}}?{_NOUN}\s+(?:is\s+that|runs|goes|rests)",
        flat,
    )
    if (aside or phrase) and (before.reported or before.named):
        return before.reported or before.named
    impersonal = re.match(
        rf"^\W{{0,3}}{_LEAD}(?:(?:[Ii]t|[Mm]uch)\s+(?:is|was|has\s+been|may\s+be|will\s+be|might\s+be)\s+(?:also\s+|further\s+|then\s+)?(?:argued|urged|contended|said|asserted|suggested|objected|submitted|claimed|insisted)\b"
        rf"|[Tt]he\s+(?:argument|theory|contention|suggestion|claim|objection)\s+(?:is|was|runs|goes|seems\s+to\s+be)\b(?!\s+(?:not|un|wrong|without|mis|fore|also|there)))",
        flat,
    )
    if impersonal:
        other = OPPOSITE.get(voices.own.role)
        return before.reported or (voices.named.get(other + "s", Speaker(other)) if other else Speaker("unknown"))
    return None


def _by_quotation(flat: str, voices: Voices) -> Speaker | None:
    """A sentence that is a quotation and a cite to somebody else's paper: "“No one was harmed.” Mot. at 3."."""
    if not _SENTENCE_QUOTE.match(flat) or not (quoted := _QUOTED.search(flat)) or len(quoted[0]) < 0.5 * len(flat):
        return None
    cited = _RECORD.search(flat, quoted.end())
    if not cited:
        return None
    if cited["who"]:
        return voices.named.get(cited["who"].lower())
    paper = cited["paper"].lower().replace("’", "'")
    key = {
        "mot": "motion",
        "opp'n": "opposition",
        "compl": "complaint",
        "opening br": "opening brief",
        "answering br": "answering brief",
    }.get(paper, paper)
    if key == "order" and voices.appellate:
        return Speaker("court", "District Court")
    return voices.named.get(key)


def _bare_citation(flat: str) -> bool:
    return (
        bool(_CITATION.match(flat))
        and len(flat) < 160
        and not re.search(r"\b(?:argues?|says?|is|are|was|were|has|have)\b(?![^(]*\))", flat)
    )


def _speaker(who: str, voices: Voices, writing: WritingKind | None) -> Speaker | None:
    """Who a matched name is, in this writing; None for the voice that is speaking."""
    flat = re.sub(r"\s+", " ", who)
    name = flat.lower().removesuffix("’s").removesuffix("'s").removesuffix("’")
    controlling = writing is None or writing in (*CONTROLLING, "syllabus")
    if re.match(r"(?:chief )?(?:justice|judge) |the chief", name):
        surname = re.sub(r"^(?:chief )?(?:justice|judge) | (?:dissent|concurrence|opinion)$|[’']s\b", "", name).title()
        return Speaker("court", f"{surname}, J.")
    if name.startswith("the court"):
        return Speaker("court", "Majority")
    speaker = voices.named.get(name)
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
