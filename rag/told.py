"""Know a report by its own words, whoever it names: a last look before a sentence is shown as somebody's own.

recounts(words) -> bool     tells what a court or a party did: "The Court of Appeals reversed."  "It also held that …"
is_quoted(words) -> bool    nothing but somebody's words in quotation marks
is_own(words) -> bool       the writer's own answer, whoever is named in it: "I agree with the Court's rejection of …"
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
from corpus.reports import ANSWERED
from rag.question import ROLE_WORDS

_NOT_PARTIES = (
    r"(?:[Tt]he\s+)?(?:We|I|Our|Courts?|Congress|Justices|JUSTICES|Judges"
    r"|(?:Justice|JUSTICE|Judge)(?!\s+[A-Z])|This|That|These|Those|It|One|Nobody|Nothing"
    r"|Statute|Act|Rule|Section|Clause"
    # no name: what opens a clause under another, and people at large
    r"|While|Although|Though|If|Because|Since|When|Where|Whether|Unless|As|Even|Like|To|In|On|At|By|With|For|Here|Nor"
    r"|Some|Many|Most|Historians|Scholars|Commentators)\b"
)
_REPORTS = re.compile(
    r"^\W*(?:(?:[A-Z]\w+|[A-Z]\w+ing\b[^,;]{1,60}|(?:In|On|For|Before) [^,;]{1,40}),\s+(?:however,\s+)?"
    r"|(?:But|And|Yet|Nor|Here|Thus|So|Indeed)\s+)?"
    rf"(?P<who>(?!{_NOT_PARTIES})(?:[Tt]he\s+)?(?:[A-Z][\w.’'&-]*(?:\s+(?:of|and|the|[A-Z][\w.’'&-]*)){{0,4}}(?<!’s)"
    r"|[Hh]e|[Ss]he|[Tt]hey|state|government|petitioners?|respondents?|plaintiffs?|defendants?|appell\w+|amic\w+|parties"
    r"|declarant|witness|dissent|concurrence|majority|agency)(?:\s+and\s+the\s+[A-Z]\w+(?:\s+[A-Z]\w+)?)?"
    # a party to another case, and nobody by name
    r"|[Tt]he (?:petitioner|respondent|plaintiff|defendant)s? in [A-Z][\w.’]+|[Aa]n? (?:[a-z]+ ){0,2}(?:entity"
    r"|company|prisoner|inmate|plaintiff|defendant|petitioner|respondent|employer|employee|taxpayer|union|city|county|state|agency))"
    r"(?:—[^—]{3,80}—|,?\s+)"
    r"(?:also |further |next |now |then |nonetheless |nevertheless |instead )?"
    r"(?:(?!(?:in)?correctly|rightly|wrongly|properly|mistakenly|erroneously|plausibly)\w+ly )?"
    r"(?:argues?|argued|contends?|contended|asserts?|asserted|maintains?|maintained|urges?|urged"
    r"|(?:submits?|submitted|claims|claimed|concedes|conceded)(?=,|\s+that)"
    r"|presents? (?:an?|another) [\w -]{0,20}argument"
    r"|insists?|insisted|posits?|posited|protests?|protested|disagrees?|counters?|countered"
    r"|asks?\s+(?:us|this\s+Court)|(?:responds?|responded|replies|replied)(?=,|:|\s+(?:that|\())|swears?|swore|testifies|testified|avers|averred)\b"
)
# "‘…’, Maryland responds, is ‘not unconstitutional’": a report put into the middle of what is reported.
_ASIDE = re.compile(
    rf"[,”’]\s+(?P<who>(?!{_NOT_PARTIES})(?:[Tt]he\s+)?(?:[A-Z][\w.’'&-]*(?:\s+[A-Z][\w.’'&-]*){{0,3}}|petitioners?|respondents?"
    r"|plaintiffs?|defendants?|appell\w+|government|state))\s+"
    r"(?:argues|argue|argued|contends?|contended|responds?|responded|asserts?|asserted|maintains?|maintained|insists?"
    r"|insisted|urges|submits?|submitted|counters?|countered|protests?|avers?|averred|posits?),"
)
# "The Funds’ principal argument for the nonfinality of the decision is that …"  "According to the informant, …"
_NOUN = re.compile(
    rf"^\W*(?:(?:But|And|Yet)\s+)?(?P<who>(?!{_NOT_PARTIES})[Tt]he\s+(?:[A-Z][\w.&-]*(?:\s+[A-Z][\w.&-]*){{0,3}}|agency|state))"
    r"(?:’s?)\s+(?:\w+\s+){0,3}?(?:argument|contention|position|theory|submission)"
    r"(?:\s+(?:for|of|on|about|against|regarding)\s+[^,;:]{3,80}?)?\s+(?:is|was)\s+that\b"
    r"|^\W*According to (?:an?|the) (?P<who2>informant|witness|declarant|officers?|detective|agent|expert"
    r"|complaint|indictment|victim)\b(?=,)"
)
# Several of a kind, and somebody's friend: "The candidates and independent groups argued that …"
_MANY = re.compile(
    r"^\W*(?:(?:But|And|Yet)\s+)?(?P<who2>(?:[Tt]he|[Tt]hese|[Ss]ome) (?!(?:courts|cases|justices|judges)\b)"
    r"(?:[a-z]+ ){0,5}[a-z]+s"
    r"|(?:[Pp]etitioner|[Rr]espondent)s?’s? amic(?:us|i))"
    r" (?:also )?(?:argue|argued|contend|contended|insists?|insisted) that\b"
)
# An agency or a board by its letters, on what a text means: "The OWRB interprets that provision’s silence …"
_READS = re.compile(r"^\W*(?:(?:But|And|Yet)\s+)?(?P<who>[Tt]he [A-Z]{3,6}) (?:interprets|construes|understands)\b")
# A letter's own words, told by whoever read it: "There is a letter. It says that Marabat takes no position."
_LETTER = re.compile(
    r"^\W*(?P<who2>[^.]{1,60}\b(?:letter|e-?mail|note|message)\. It"
    r"|(?:[Tt]he|[Aa]|[Tt]hat|[Tt]his|[Hh]is|[Hh]er|[Ii]ts) (?:\w+ ){0,2}(?:letter|e-?mail|note|message))"
    r" (?:also )?(?:says|said|states|stated|reads|asserts|asserted)\b"
)
_BODY = (
    r"(?:(?:[Tt]he|[Aa]n?|[Tt]hat|[Tt]his)\s+)?(?:(?:state|federal|trial|lower|motion|district|appellate|divided|unanimous"
    r"|en|banc|U\.|S\.|[A-Z][\w.’]*)\s+){0,5}(?:[Cc]ourts?(?:\s+of\s+[Aa]ppeals?)?|Circuit|[Pp]anel|Board|BIA|ALJ|Commission|[Jj]ury"
    r"|[Jj]udge)(?:\s+(?:of|for|in)\s+[^,;]{1,80}?)?|(?:Chief\s+)?(?:Judge|Justice)\s+[A-Z]\w+|It|He|She|it"
)
_DID = (
    r"(?:affirmed|reversed|vacated|remanded|denied|granted|dismissed|rejected|accepted|agreed|disagreed|held|ruled|found"
    r"|concluded|determined|declined|refused|convicted|sentenced|entered|awarded|ordered|reasoned|explained|upheld"
    r"|overturned|invalidated|struck|excluded|admitted|dissented|issued|viewed|saw|adopted|applied|wrote|noted|observed"
    r"|stated|said|responded|recognized|acknowledged|indicated|suppressed|enjoined|certified|instructed|sustained|overruled"
    r"|decided|deferred)"
)
_RECOUNTS = re.compile(
    rf"^\W*(?:[^;]{{1,200}}?,”?\s+|After (?:an? |the )?(?:\w+ )?(?:trial|hearing)\s+)?"
    rf"(?:(?:But|And|Yet|Then|Later|On appeal|On remand)\s+)?(?:{_BODY})"
    r"(?:,[^,;]{1,80},)?\s+"
    rf"(?:(?:also|then|had|nevertheless|therefore|thus|\w+ly)\s+)*(?:{_DID}\b|did not (?:rule|reach|decide|address)\b)"
    rf"|^\W*(?:According to|In the view of) (?!this\b|It\b|it\b)(?:{_BODY})[’,]|^\W*In (?:{_BODY})’s view\b"
    r"|^\W*(?:[^;“”]{1,160}?,\s+)?(?!I\b|[Ww]e\b)[A-Z][\w.,’' -]{1,60}\s+(?:then\s+|also\s+|\w+ly\s+)?"
    r"(?:sued|appealed|filed|petitioned|moved (?:for|to)|was charged|was convicted|was indicted|pleaded guilty)\b"
)
# A judgment on what was done is the writer's own.
_JUDGES = re.compile(
    r"\b(?:correctly|properly|rightly|wrongly|erroneously|improperly|mistakenly|incorrectly|unreasonably|erred|mistaken"
    r"|wrong|(?:[Ww]e|I) (?:\w+ )?(?:agree|disagree|think|hold|conclude|find|reject|do not|cannot|believe))\b"
)
_OWN = re.compile(
    r"^\W*(?:[A-Z]\w+,?\s+)?(?:I|[Ww]e)\s+(?:also\s+|cannot\s+|do not\s+|therefore\s+|\w+ly\s+)?"
    r"(?:agree|disagree|join|reject|accept|concur|dissent|decline|hold|conclude|doubt)\b"
    r"|\bbut (?:their|its|his|her|that|this|the|these|those) (?:argument|contention|claim|position|reading|theor)"
    r"|, but (?:we|I)\b"
    r"|^\W*(?:[^,;]{1,40},\s+)?[^,;“]{2,60}\s+added\s+(?!that\b|[,“:])"
)
_TOGETHER = re.compile(r"(?:they|(?:the )?parties)$", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:he|she|they)$", re.IGNORECASE)


def told_by(words: str, speaker: Speaker) -> Speaker | None:
    """Whose view a sentence of `speaker` reports, as it names them; a role where the name is one; None for no report,
    or for the speaker's own view ("Petitioner argues …", in a petitioner's brief)."""
    found = (
        _REPORTS.match(words)
        or _ASIDE.search(words)
        or _NOUN.match(words)
        or _READS.match(words)
        or _MANY.match(words)
        or _LETTER.match(words)
    )
    if found is None or is_own(words) or ANSWERED.search(" ".join(words.split())):
        return None
    if found.groupdict().get("who2"):
        return Speaker("unknown", None)
    named = next(value for key, value in found.groupdict().items() if key.startswith("who") and value)
    if _TOGETHER.match(named) and "disagree" in found[0]:
        return None
    who = _named(named)
    own_role = who.role == speaker.role and who.role not in ("court", "unknown")
    return None if own_role or (who.name and who.name.removeprefix("The ") in (speaker.name or "")) else who


def recounts(words: str) -> bool:
    """Whether a sentence tells what a court or a party did, in the past, and does not judge it."""
    flat = " ".join(words.split())
    return _RECOUNTS.match(flat) is not None and not _JUDGES.search(flat)


def is_quoted(words: str) -> bool:
    """Whether nothing stands outside quotation marks, a mark not closed counting as closed at the end, and one that
    closes what an earlier sentence opened as opened at the start."""
    flat = " ".join(words.split())
    before, closing, behind = flat.partition("”")
    opened = flat.startswith("“") or (closing and "“" not in before)
    return bool(opened) and not re.search(r"\w", behind)


def is_own(words: str) -> bool:
    """Whether a sentence that was taken for a report is an answer of its writer's, or reports an act."""
    return _OWN.search(" ".join(words.split())) is not None


def _named(who: str) -> Speaker:
    """Whoever a report names, as it names them; a role where the name is one, nobody for "she"."""
    plain = re.sub(r"^[Tt]he\s+", "", " ".join(who.split()))
    if judge := re.fullmatch(r"(?:Justice|JUSTICE|Judge)\s+([A-Z][\w’-]+)", plain):
        return Speaker("court", f"{judge[1].title()}, J.")
    if plain.upper().removeprefix("THE ") == "CHIEF JUSTICE":
        return Speaker("court", "The Chief Justice")
    if re.match(r"[Aa]n? |.* in [A-Z]", plain):  # of another case
        return Speaker("unknown", None)
    if _PRONOUN.match(plain):
        return Speaker("unknown", None)
    titled = re.match(r"(?i:(petitioner|respondent|plaintiff|defendant|appellant|appellee)s?)\s+(?=[A-Z])", plain)
    if titled:
        return Speaker(titled[1].lower(), plain[titled.end() :])  # type: ignore[arg-type]  # the pattern names roles
    if role := next((role for words, role in ROLE_WORDS if re.fullmatch(words, plain, re.IGNORECASE)), ""):
        name = None if role == "witness" else plain[:1].upper() + plain[1:]
        return Speaker(role, name)  # type: ignore[arg-type]  # ROLE_WORDS names roles
    if plain.lower() in ("dissent", "concurrence", "majority"):
        return Speaker("court", plain.capitalize())
    article = "The " if plain != " ".join(who.split()) else ""
    return Speaker("unknown", article + plain[:1].upper() + plain[1:])
