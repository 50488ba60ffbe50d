"""The grammar of reports: the clauses and phrases that hand a sentence to somebody else.

Patterns over a sentence whose names are marked (corpus/mentions.py); compiled once, the same for every filing.

    CLAUSE          "<Defendants> also contend that …", "On appeal, <Velkane> maintains …"
    THEN            "<The Motion> quotes those words, and says that …"
    HANDED          "According to <the dissent>, …", "In <NSO>'s view, …", "As <Plaintiffs> tell it, …"
    ASIDE_SAID      "The servers, <the Complaint> says, are …", "…," <Plaintiffs> reply.
    NOUN_IS         "<Petitioner>'s theory is that …"
    PRONOUN …       "They add that …", "…, he said, …", "In their view, …", "It is argued that …"
    ANSWERED, WRONG, ACTS, JUDGED, STEP, NOT_SO    what makes a sentence the speaker's own after all
"""

from __future__ import annotations

import re

from corpus.mentions import MARKS

# Verbs of saying, present and past; after a party, a paper, a court or a judge.
SAYS = (
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
    r"|[A-Z]\w+[’']s?|[\ue000-\uf8ff](?:[’']s?)?)\s*(?:[\w’'\ue000-\uf8ff-]+\s+){0,3}(?:motions?|petitions?"
    r"|applications?|requests?|relief|appeal|stay"
    r"|certiorari))|says?|said|thinks?|thought|sees?\s+(?:it|no|the|this|in|a)|reads?|tells?\s+(?:us|the|this"
    r"|[\ue000-\uf8ff])"
    r"|refers?\s+us|turns?\s+(?:from|to)|tells?\s+of|borrows?\s+from|has\s+it\s+that|told\s+(?:us"
    r"|(?:the\s+)?[\ue000-\uf8ff]"
    r"|the\s+(?:[Cc]ourt|district|jury))|swears?|swore|cites?|cited"
    r"|answers?(?=\s+(?:\w+\s+)?(?:that|by|with|in)\b|:|,)|answered(?=\s+(?:\w+\s+)?(?:that|by|with)\b|:|,)"
    r"|mention(?:s|ed)?(?=\s)|repeat(?:s|ed)?(?=\s+(?:that|its|his|her|their))|repl(?:y|ies|ied)(?=\s|:)"
    r"|reports?\s+that"
    r"|reported\s+that|points?\s+(?:to|out)|pointed\s+(?:to|out)|accepts?\s+that|accepted\s+that"
    r"|asks?\s+(?:that|us|this\s+[Cc]ourt|the\s+[Cc]ourt|whether)|asks?\s+why|makes?\s+(?:\w+\s+){0,3}points?\b"
    r"|puts?\s+(?:the|it|this)\s|moves?\s+(?:\w+\s+){1,6}?on\s+the\s+grounds?|asked\s+(?:that|us)|calls?\s+(?:it"
    r"|the|this|that"
    r"|them|for)|expresses?|admit(?:s|ted)?|warrants?\s+that|values?\s+(?:it|them|the)"
    r"|casts?|frames?|makes?\s+(?:much|the\s+(?:same|related|further|additional)\s+(?:argument|point))|made\s+much"
    r"|(?:takes?|took)\s+(?:the\s+(?:\w+\s+)?(?:position|view)|issue|(?:[\w’]+\s+){1,8}?to\s+(?:be|mean)\b)"
    r"|(?:draws?|drew)\s+(?:on|from|a|the|support)|counts?|offers?\s+(?:a|an|the|two|three|no|several|this"
    r"|(?:it|them)\s+as)|advances?"
    r"|finds?\s+(?:\w+\s+){1,2}in\b|puts?\s+at(?=\s+[$\d])"
    r"|press(?:es)?|raises?|(?:dis)?agrees?\s+(?:that|with)|disputes?|begins?\s+(?:with|by)|looks?\s+to"
    r"|appeals?\s+to|tries\s+to"
    r"|continues?\s*(?:,|:|that)|invites?\s+(?:the|this|us)|(?:seeks?|attempts?|appears?|seems?|purports?"
    r"|continues?)\s+to\s+(?:argue|suggest|distinguish|rely|contend|avoid|say|claim|assert|invoke|read)"
    r"|would\s+(?:have\s+(?:us|the|this|that|it)|look|read|limit|distinguish|fill|require\s+us|hold|reach|go|apply"
    r"|find|draw|ask|adopt|vacate|affirm|reverse|remand|confine)|is\s+of\s+the\s+(?:same\s+)?(?:view"
    r"|opinion)(?:\s+that|:)"
    r"|goes?\s+on\s+to\s+(?:say|argue"
    r"|add)"
)
# A court below decides, so its verbs of deciding report it; its errors, and what it merely did, do not.
RULES = (
    SAYS + r"|wrote|writes|hold|holds|held|found|finds|find|ruled?\s+(?:that|otherwise)|rules\s+that|determined?"
    r"|determines|decided?|decides"
    r"|reversed|affirmed|vacated|remanded"
    r"|(?:granted|denied|dismissed|rejected)(?=[^.]*\b(?:because|holding|concluding|reasoning|finding"
    r"|on\s+the\s+(?:ground|basis|theory)))|rejects?|rejected|agreed|disagreed|credits|credited|adopted|adopts?"
    r"|treated|treats?"
    r"|distinguished|distinguishes|followed|recognized|accepted|accepts?|dissented|concurred|summarized|confined"
    r"|disposed\s+of|went\s+on\s+to\s+(?:find|hold|say|conclude)|relied|overruled"
)
# What a party does in the world or in court without saying anything about the matter ("rested its case").
ACTS = re.compile(
    r"(?:claimed\s+responsibility|responded\s+(?:to\s+[^,;]{1,60}?\s+)?by\s+"
    r"(?!argu|assert|claim|conced|contend|den|explain|insist|making\s+clear|not|point|say|stat|suggest)\w+ing"
    r"|rested\s+(?:its|his|her|their)\s+case|charged\s+(?:him|her|them|petitioner"
    r"|respondent|defendant)|saw\b|read\s+(?:him|her|the\s+letter)|point(?:s|ed)?\s+to\s+(?:no|none)\b"
    r"|cite[sd]?\s+no\b|answer(?:s"
    r"|ed)?\s+(?:the\s+Court|questions)|answers?\s+with\s|invoke[sd]?\s+[^.,]{1,50}jurisdiction"
    r"|plead(?:s|ed)?\s+(?:only\s+)?\w+\s+(?:counts?|claims|causes)\b"
    r"|(?:alleg|plead|identif|offer|assert)(?:s|es?|ed|ied|ies)?\s+(?:no|nothing|none)\b)"
)
MODAL = r"(?:may|might|would|will|must|could|can|do|does|did|has|have|had)\s+"
ADVERB = (
    r"(?:also|further|then|now|next|thus|therefore|again|instead|rather|simply|merely|only|even|too|both|all|each"
    r"|first|second|third|still|nonetheless|nevertheless"
    r"|thereby|once|more|though|however|here|below|apparently|always|not\s+only|never\s*theless|often|in\s+turn"
    r"|[a-z]+ly)\s+"
)
SUBORDINATE = (
    r"(?!(?:Because|Since|Although|While|Though|If|Had|When|Whenever|Unless|As(?!\s+(?:to|for|an?)\b)"
    r"|Even\s+(?:if|though)|Whether|Whatever|Where|After|Before|Until)\b)"
)
LEAD = (
    SUBORDINATE
    + r"(?:(?:We|I|The\s+Court)\s+(?:anticipates?|expects?)\s+that\s+)?(?:(?:But|And|Yet|Still|Nor|So|Or|For|Here"
    r"|There|Next|Last|Lastly|Finally|First|Second|Third|Then|Instead"
    r"|Again|Also|Thus|Once|Today|Elsewhere|Below)\s+)?(?:(?![“\"])[^,;:.?!]{1,110},\s+){0,2}?"
    r"(?:(?:Of|On|To|In|For|From|By|At|Under|With|As\s+(?:to|for|an?)|Throughout|Against|About|Beyond"
    r"|Below)\s+(?:[\w’'.§()-]+\s+){1,5}?)?(?:(?:and|but|that)\s+)?"
)
ASIDE = (
    r"(?:\s+(?:filed|attached|submitted)\s+(?:\w+\s+){0,5}?\w+)?(?:\s*,\s+[^,]{1,90},"
    r"|\s+\([^)]{1,60}\))?(?:\s+(?:in|on|of|below|at)\s+(?:this\s+case|these\s+cases|appeal"
    r"|argument|the\s+(?:alternative|hearing)|opposition|reply|(?:his|her|its|their)\s+(?:brief|reply|opposition"
    r"|complaint|petition|view))\b,?)?"
)
NOUN = (
    r"(?:argument|contention|position|theory|claim|charge|view|assertion|submission|account|response|answer|reply"
    r"|point|suggestion|concern|objection|reasoning|complaint|thesis"
    r"|understanding|case|reading|interpretation|proposal|request|explanation|rationale|premise"
    r"|principal\s+argument|logic)"
)
WRONG = re.compile(
    r"\b(?:is|are|was|were)\s+(?:not|un\w+|wrong|incorrect|mistaken|misplaced|meritless|without|foreclosed|flawed"
    r"|beside|no\b|belied|contradicted|barred|moot|waived|forfeited|premature|irrelevant"
    r"|inapposite|insufficient|circular|too|fails?|at\s+odds|inconsistent|refuted|defeated|rejected|simply|also"
    r"|equally|therefore|thus)"
)
ANSWERED = re.compile(
    r"(?:[,;—]|\.{3})\s*(?:but|yet|and\s+yet|although)\s+(?:we|the\s+[Cc]ourt|this\s+[Cc]ourt|that\s+(?:is|was|does"
    r"|did|argument|claim|contention|theory|reading|position|will|cannot|rule|provision|case|decision|statute)"
    r"|this\s+(?:is|does|argument|case)|these|those|it\s+(?:is|does|cites|offers|points|ignores|fails)"
    r"|there\s+(?:is|was|are)|nothing|neither|no\b|in\s+fact|our|I\b|here|even|its\s+(?:decision|reasoning|analysis)|the\s+(?:statute|text|record|Act"
    r"|argument|problem|fact)"
    r"|(?:he|she|they)\s+(?:cite|cites|offer|offers|point|points|fail|fails|identif|provide|do\s+not|does\s+not"
    r"|cannot|ignore))"
    r"|;\s*(?:we|the\s+Court)\s+(?:disagree|reject|are\s+not|is\s+not)|[—,]\s*(?:wrongly|incorrectly|mistakenly"
    r"|erroneously)\b|\bbut\s+(?:wrongly|incorrectly)\b|\bis\s+mistaken\b"
)
OWN_VERB = re.compile(
    r"\b(?:we|We)\s+(?:\w+ly\s+)?(?:reject|agree|disagree|hold|conclude|decline|find|need|are\s+not|cannot|do\s+not"
    r"|note|think|turn)\b"
)
# Steps of a lawsuit, told as facts whatever they are cited to.
STEP = re.compile(
    r"^\W*(?:On\s+[^,“]{1,40},\s+(?:\d{4},\s+)?)?(?:[\w’]+\s+){1,7}?(?:filed|moved|granted|denied|dismissed|ordered"
    r"|invited"
    r"|appealed|stipulated|waived|served|entered"
    r"|set|scheduled|heard|noticed|signed|stayed|ruled\s+for|allowed|examined)\b"
)
NOT_SO = re.compile(
    r"^\W*(?:But|Not\s+so|That\s+is|Nothing|No\s|Neither)\b|\b(?:does|do|did|can)\s+not\b|\bcannot\b|\bnever\b"
    r"|\bmade\s+no\b|\bagrees\s+with\b|\bof\s+the\s+same\s+view\b|\bin\s+the\s+same\s+way\b"
)


def _somebody(group: str) -> str:
    """A pattern for a marked name with whatever articles and adjectives go before it."""
    return (
        r"(?:(?i:the|these|those|both|some|several|all|most|its|their|his|her|respective|each\s+of\s+the"
        r"|counsel\s+for(?:\s+the)?|individual|named|private|federal|moving"
        r"|(?:plaintiff|defendant|petitioner|respondent|debtor|counter\w*)s?[-–—/](?:\w+-)?appell(?:ant|ee)s?)\s+)*"
        rf"(?P<{group}>{MARKS})"
    )


WHO = _somebody("who")
VIEW = (
    r"(?i:view|telling|words?|estimation|opinion|judgment|account|reading|theory|reasoning|logic|understanding"
    r"|way\s+of\s+thinking|submission|perspective|statement|count|mind|version)"
)
OPENED = r"(?:^|[,;:—(]\s?|\b(?:But|And|Yet|Nor|that|because|since|time,)\s)\W{0,2}?"
CLAUSE = re.compile(
    rf"^\W{{0,3}}?{LEAD}{WHO}{ASIDE}\s+(?:{ADVERB}){{0,3}}(?P<aux>{MODAL})?(?:{ADVERB}){{0,3}}(?P<verb>{SAYS}"
    rf"|{RULES})(?![\w-])"
)
THEN = re.compile(
    rf"^\W{{0,3}}?{LEAD}{WHO}\s+[a-z][^.;:“”]{{1,70}}?,?\s+and\s+(?:then\s+)?"
    r"(?:argue[sd]?|contend(?:s|ed)?|says?|said|wrote|held|maintain(?:s|ed)?|insist(?:s|ed)?|urge[sd]?"
    r"|submit(?:s|ted)?|assert(?:s|ed)?|allege[sd]?|claim(?:s|ed)?)\s+that\b"
)
# "Because the line has moved, <Tarrant> argues that …": the main clause reports, whatever goes before it.
MAIN_CLAUSE = re.compile(
    r"^\W{0,3}(?:(?:And|But)\s+)?(?:Because|Since|Although|Though|While|If|When|As|Even\s+(?:if|though)|For|To|With)\b"
    rf".{{5,400}}?,\s+{WHO}\s+(?:{ADVERB})?(?:argue|contend|insist|maintain|assert|claim|urge|submit)(?:s|ed)?\s+that\b"
)
HANDED = re.compile(
    rf"{OPENED}(?i:according\s+to|as\s+argued\s+by)\s+{WHO}"
    rf"|{OPENED}(?i:in|on|by|to|from|upon)\s+(?:{MARKS}\s+and\s+)?{_somebody('who2')}(?:’s?|'s?)\s+(?:\w+\s+){{0,2}}?{VIEW}\b"
    rf"|(?:^|[,;]\s)\W{{0,2}}?(?i:as|to\s+hear)\s+{_somebody('who3')}\s+(?i:sees?|said|wrote|puts?|tells?"
    r"|reads?|pleads?|would\s+have|frames?|describes?|understands?|explains?|argues?)\b"
    rf"|^\W{{0,2}}?(?:But\s+|And\s+)?(?:For|To)\s+{_somebody('who4')}(?=,|\s+the\s)"
)
# "Under Turner’s theory, every case is covered" tells what the theory is; what it "would" do is the teller's reckoning.
UNDER = re.compile(
    rf"^\W{{0,3}}?(?:But\s+|And\s+|So\s+)?(?i:under)\s+{_somebody('who')}(?:’s?|'s?)\s+(?!own\b)(?:[\w-]+\s+){{0,2}}?(?:{VIEW}"
    r"|approach|interpretation|construction|argument|position|rule|test|standard)s?\b"
    r"(?!.*\b(?:would|could|might|should|cannot|must|will|fails?|even|if)\b)"
)
SAID = (
    r"(?:say|says|said|argue[sd]?|contends?|contended|insist(?:s|ed)?|maintain(?:s|ed)?|assert(?:s|ed)?|claim(?:s"
    r"|ed)?|urge[sd]?|submit(?:s|ted)?"
    r"|tells?\s+us|explain(?:s|ed)?|allege[sd]?|suggest(?:s|ed)?|believes?|declare[sd]?|add(?:s|ed)?|think|thinks"
    r"|point(?:s|ed)?\s+out|reason(?:s|ed)?"
    r"|concede[sd]?|respond(?:s|ed)?|wrote|writes|testified|held|concluded|concludes?|observe[sd]?|note[sd]?"
    r"|repl(?:y|ies|ied)|answer(?:s|ed)?|counter(?:s|ed)?"
    r"|rejoins?|continue[sd]?|complain(?:s|ed)?|object(?:s|ed)?|warn(?:s|ed)?|acknowledge[sd]?|state[sd]?|found"
    r"|pleads?|agreed|swore|advise[sd]?|asks?|allows)"
)
ASIDE_SAID = re.compile(
    rf"(?:[,—:]|[,.?!][”\"])\s+{WHO}\s+(?:{ADVERB})?{SAID}(?:[,;:.?!—]|\s+on\s+(?:redirect|cross)|\s*$)"
    rf"|(?:[,—:]|[”\"])\s+(?:so\s+)?(?:say|says|said|argues?|insists?|contends?|reasoned|wrote"
    rf"|explained)\s+{_somebody('who2')}"
)
NOUN_IS = re.compile(
    rf"^\W{{0,3}}?{LEAD}{WHO}(?:’s?|'s?)\s+(?:\w+\s+){{0,3}}?{NOUN}s?(?:\s+(?:for|of|on|about|against|regarding)\s+"
    rf"[^,;:.“”]{{3,80}}?(?=\s+(?:is|was)\s+that\b))?\s*(?:(?:is|was"
    rf"|are)\s+(?:simply\s+)?(?:that|as\s+follows|this|straightforward|simple)\b"
    r"|runs?|goes|proceeds?|begins?|boils?\s+down|amounts?\s+to|comes?\s+down|turns?\s+on|depends?|hinges?"
    r"|centers?|holds|appears?\s+to\s+be|seems?\s+to\s+be|(?:,\s+)?[“\"])"
)
NAMED_FIRST = re.compile(rf"^\W{{0,3}}?{LEAD}{WHO}\s+(?:and\s+(?:the\s+)?{MARKS}\s+)?[a-z][^.;]*\b(?:and|but)\s+they\s")
SAYS_AT = re.compile(rf"(?:{SAYS})(?![\w-])")
ASKS = re.compile(r",\s+(?:[A-Z]\w+|they|he|she|it)\s+asks?,")
JUDGED = re.compile(
    r"\b(?:properly|correctly|rightly|wrongly|erroneously|mistakenly|improperly|incorrectly|reasonably|unreasonably)\b"
)
PRONOUN_HELD = re.compile(
    rf"^\W{{0,3}}{LEAD}(?P<p>It|it|She|she|He|he)\s+(?P<aux>{MODAL})?(?:{ADVERB}){{0,3}}(?P<verb>{RULES})(?![\w-])"
)
PRONOUN = re.compile(
    rf"^\W{{0,3}}{LEAD}(?<!that )(?P<p>They|they|He|he|She|she|It"
    rf"|it)\s+(?P<aux>{MODAL})?(?:{ADVERB}){{0,3}}(?P<verb>{SAYS})(?![\w-])"
)
PRONOUN_ASIDE = re.compile(
    rf"(?:[,—]|[,.][”\"])\s+(?:as\s+)?(?P<p>they|he|she|it)\s+(?:{ADVERB})?{SAID}(?:[,;:.—]|\s+on\s+(?:redirect"
    rf"|cross)|$)|,\s+(?P<p2>he|she)\s+(?:{ADVERB})?(?:said|testified|answered|added)\b"
)
PRONOUN_VIEW = re.compile(
    rf"^\W{{0,3}}(?:But\s+|And\s+|Nor\s+|Yet\s+)?(?i:in|on|by)\s+(?P<p>their|his|her|its)\s+(?:own\s+)?(?:view"
    rf"|telling|words?|account|reading|estimation|theory|reasoning)\b"
    rf"|,\s+(?:in|on|by)\s+(?P<p2>their|his|her|its)\s+(?:own\s+)?(?:view|telling|words?|account|reading|theory"
    rf"|reasoning),"
    rf"|\b(?:because|since|that)\s+in\s+(?P<p4>their|his|her|its)\s+view\b"
    rf"|^\W{{0,3}}(?:As\s+to\s+[^,]+,\s+)?(?P<p3>Their|His|Her|Its|their|his|her"
    rf"|its)\s+(?:\w+\s+){{0,2}}?{NOUN}\s+(?:is\s+that|was(?:,|\s+that)|runs|goes)"
)
_COURT = r"(?:court|(?:panel\s+|divided\s+)?majority|(?P<{0}>(?:D\.\s?C\.|[A-Z]\w+)\s+)?Circuit)"
# In an appellate opinion "the court" of a report is another: "In that court’s view, …", "The court concluded that …".
COURT_SAID = re.compile(
    rf"^\W{{0,3}}{LEAD}(?:[Tt]he|[Tt]hat)\s+{_COURT.format('c0')}\s+(?:{ADVERB}){{0,3}}(?:held|found|ruled|said|wrote|thought|went\s+on"
    r"|(?:conclud|reason|determin|explain|not|observ|stat|reject|acknowledg|agre|disagre|recogniz|decid|emphasiz"
    r"|distinguish|interpret|constru|declin|assum|reverse|affirm|add|view|credit|adopt)e?d)\b"
    rf"|^\W{{0,3}}{LEAD}(?:[Ii]n|[Oo]n|[Bb]y)\s+(?:the|that)\s+{_COURT.format('c1')}’s\s+(?:\w+\s+)?{VIEW}\b"
    rf"|^\W{{0,3}}According\s+to\s+(?:the|that)\s+{_COURT.format('c2')},"
    rf"|[,—]\s+(?:the|that)\s+{_COURT.format('c3')}\s+(?:held|found|ruled|said|wrote|thought|concluded|reasoned|explained|noted|observed"
    r"|stated|continued|added|determined)[,:;.]"
)
OTHER_COURT = re.compile(
    r"(?<!for\sthe\s)\b[A-Z][\w.]+\s+Circuit\b|\bSupreme\s+Court\b|\bCourt\s+of\s+[A-Z]|\bv\.|\bIn\s+[A-Z][a-z]+,"
)
# What only says the sentence before again, or why it is so, goes on with its report.
SAME_AGAIN = re.compile(
    r"^\W{0,3}(?:And,?\s+that\s+being\s+so,|(?:That|This)\s+is\s+(?:so\s+)?because\b|In\s+other\s+words,|Put\s+(?:differently|another\s+way|simply),"
    r"|That\s+is\s+to\s+say,|That\s+is,|After\s+all,)(?!.*\b(?:[Ww]e|(?<!Article\s)I|our|however)\b)"
)
# A view of somebody's, even where nobody says whose: nobody speaks so of his own.
IN_A_VIEW = re.compile(
    r"^\W{0,3}(?:But\s+|And\s+|Yet\s+)?(?:[Ii]n\s+(?:its|their|his|her)\s+(?:own\s+)?view,"
    r"|[Tt]he\s+(?:supposed\s+)?(?:argument|theory|logic|reasoning)\s+(?:went|ran)\s+(?:like\s+this|as\s+follows))"
)
# Another writing's error, in the eyes of whoever cites it: "It is the plurality that wrongly links them, ante, at 2."
ERRS = re.compile(
    r"\b(?:[Cc]ourt|majority|plurality|dissent|concurrence)\s+(?:that\s+)?(?:\w+ly\s+)?"
    r"(?:wrongly|erroneously|mistakenly|incorrectly|improperly)\b"
)
# Somebody's argument, even where nobody says whose.
THEY_ARGUE = re.compile(
    rf"^\W{{0,3}}{LEAD}(?i:they|he|she)\s+(?:{ADVERB})?(?:(?:argue|contend|insist|assert|urge|submit)(?:s|ed|d)?\b"
    r"|maintain(?:s|ed)?(?!\s+(?:an?|the|their|his|her)\s)\b|(?:claim|suggest)(?:s|ed)?\s+that\b"
    r"|rel(?:y|ies|ied)\s+(?:up)?on\b.*\bto\s+(?:argue|assert|contend|suggest)\b)"
    r"|^\W{0,3}(?:(?:But|And|Instead|First|Second|Third),?\s+)?(?i:he|she|they)\s+(?:also\s+)?point(?:s|ed)?\s+(?:out\s+that|to)\b(?!\s+no)"
    rf"|^\W{{0,3}}{LEAD}[Ii]t\s+(?:{ADVERB})?(?:argue|contend|insist|maintain|assert|submit)(?:s|d|ed)\s+that\b"
    r"|[,—:]\s+(?:[Tt]he\s+\w+,\s+)?(?:he|she)\s+(?:argu|contend|insist|maintain|assert|claim|urg)e?(?:s|d|ed)\s*,"
    r"|[,—]\s+they\s+(?:say|argue|contend|insist|maintain|assert|claim|urge|submit|add|continue|explain|reason)\b[,;:]?"
)
IMPERSONAL = re.compile(
    rf"^\W{{0,3}}{LEAD}(?:(?:[Ii]t|[Mm]uch)\s+(?:is|was|has\s+been|may\s+be|will\s+be|might\s+be)\s+(?:also\s+"
    rf"|further\s+|then\s+)?(?:argued|urged|contended|said|asserted|suggested|objected|submitted|claimed|insisted"
    rf"|made\s+of)\b)"
    r"|^\W{0,3}(?:But\s+|And\s+)?The\s+(?:argument|theory|contention|suggestion|claim|objection)\s+(?:is\s+that"
    r"|runs\s+that|goes(?!\s+(?:too|wrong))|seems\s+to\s+be\s+that|concludes)"
    r"|,\s+it\s+is\s+(?:said|argued|urged|contended|suggested)\s*,|,\s+the\s+(?:argument|theory)\s+(?:runs|goes"
    r"|concludes|continues|is)\s*,"
)
ALLEGED = re.compile(
    r"\b(?:is|are|was|were)\s+(?:also\s+)?alleged\s+(?:to\s+have\b|on\b)"
    r"|^(?!\W*(?:None|No|What|Nothing|Nobody)\b)[^;]{1,140}\b(?:is|are)\s+said\s+to\s+have\b"
)
