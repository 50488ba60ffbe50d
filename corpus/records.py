"""Read record cites: "ECF No. 45 at 12:3–9", "Compl. ¶ 42", "Hr'g Tr. 14:3–15:2", "Brief for Petitioner 12".

record_cites(text) -> cites in order       each with the paper it names and whether it gives a page or paragraph
is_bare_cite(text) -> bool                 a sentence that is a record cite and nothing else
is_citation(text) -> bool                  a sentence that only cites, be it the record, a case or a statute
owner_of(paper, named) -> Speaker          whose words a paper holds, where its name tells
learn_owners(pairs) -> {paper: Speaker}    whose words numbered papers hold, from what is said of them

    ECF No. 45 · ECF Nos. 1, 2 · Dkt. 45 · Dkt. No. 45 · Doc. 45 · D.E. 45 · DktEntry 37 · Dkt. Entry 22
    Compl. ¶ 4 · Am. Compl. ¶¶ 4–5 · FAC ¶ 9 · Answer ¶ 3 · Smith Decl. ¶ 12 · Smith Dep. 14:3 · Decl. of J. Smith ¶ 2
    Hr'g Tr. 14:3 · Trial Tr. 5 · Tr. of Oral Arg. 23 · Mot. at 9 · Defs.' Mot. at 9 · Opp'n at 4 · Reply at 2
    Opening Br. at 12 · Br. for Resp't 9 · Brief for Petitioner 12 · Brief for United States as Amicus Curiae 4
    Order at 14 · Slip op. at 3 · App. 34 · J. A. 12 · App. to Pet. for Cert. 44a · R. at 5 · ER 12
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from corpus.model import Role, Speaker

_PIN = (
    r"(?P<pin>(?:,?\s+(?:at\s+)?(?:¶{1,2}\s*|pp?\.\s*)?\d+[a-z]?(?::\d+)?(?:[-–—]\d+(?::\d+)?)?(?:\s+n\.\s?\d+)?"
    r"(?:,\s+\d+(?:[-–—]\d+)?(?!\s+[A-Z]))*)?)"
)
_PARTY = (
    r"(?:(?:Pl(?:ain)?(?:tiff)?s?|Def(?:endant)?s?|Gov(?:ernmen)?['’]?t|Pet(?:itioner)?s?|Resp(?:ondent)?s?"
    r"|Appellants?|Appellees?|Appellant|Amic[iu]s?)\b[.]?(?:['’]s?)?\s+)"
)
_GRAMMAR = re.compile(
    r"(?<![\w.])(?:"
    r"(?P<entry>(?:ECF|Dkt\.?(?:\s?Entry)?|DktEntry|Doc(?:s|kt)?\.|D\.\s?E\."
    r"|Docket\s+Entry)(?:\s+Nos?\.?)?:?\s+(?P<number>\d{1,4}(?:-\d{1,3})?))"
    r"|(?P<witness>(?:(?:[A-Z]\.\s)*[A-Z][\w’'-]+\s+)(?:Supp\.\s+)?(?:Decl|Dep|Aff|Affirm)\."
    r"|Decl\.\s+of\s+[A-Z][\w.’' -]{2,40}?(?=\s+¶|\s+at|,))"
    r"|(?P<transcript>(?:Hr['’]g|Trial|Oral\s+Arg\.?|Mot\.\s+Hr['’]g)?\s?Tr\.(?:\s+of\s+(?:Oral\s+Arg|Hr['’]g"
    r"|Proceedings)\.?)?)(?=\s+(?:at\s+)?\d)"
    r"|(?P<long>(?:Reply\s+)?(?:Supplemental\s+)?Brief\s+(?:for|of|in\s+Opposition)\b[^.;()]{0,90}?)(?=\s+\d"
    r"|,\s+(?:at|p))"
    rf"|(?P<paper>{_PARTY}?(?:(?:First|Second|Third|1st|2d)\s+)?(?:Am\.\s+)?(?:Compl\.|FAC|SAC|TAC)(?=\s*,?\s*¶"
    rf"|\s+at\b|[.;,)]|\s*$)"
    rf"|{_PARTY}?(?:Opening|Answering|Principal|Reply|Response|Supp\.|Red|Blue|Gray)?\s?(?:Br\.|Mem\.|Mot\."
    rf"|Opp['’]n|Reply|Resp\.|Answer|Pet\.)(?:\s+(?:to\s+Dismiss|for\s+Summ\.\s+J\.|in\s+(?:Supp|Opp['’]n)\.?"
    rf"|Br\.))?(?=,?\s+(?:at\s+)?(?:¶|\d)|\s*,\s+ECF)"
    r"|Order(?=\s+at\s+\d)|(?:Maj\.\s+)?Op\.(?=\s+at\s+\d)|(?:Dissent|Concurrence)(?=\s+at\s+\d)|[Ss]lip\s+op\."
    r"|App\.\s+to\s+Pet\.\s+for\s+Cert\.|J\.\s?A\.|App\.(?=\s+\d)|(?:\d-)?S?ER[- ](?=\d)|R\.(?=\s+at\s+\d)|[Aa]nte"
    r"|[Pp]ost)"
    rf"){_PIN}"
)
_BARE = re.compile(
    r"^\W*(?:(?:See|But\s+see|See\s+also|Cf|Accord|E\.g)\b[.,]?\s+(?:e\.g\.,\s+|generally\s+)?)?", re.IGNORECASE
)
_REST = re.compile(
    r"^(?:[\s.;,()\d:–—¶-]|\bn\.|\bat\b|\bid\.|\bId\.|\bsee\b|\bsee\s+also\b|\balso\b|\bEx\.\s+[A-Z\d]+|\band\b"
    r"|\bnn\.|\bpp?\.|\(same\)|\(quoting\)|[§]|\bA\b)*$"
)
_SIGNAL = re.compile(
    r"^[\W_]*(?:(?:But\s+|And\s+)?[Ss]ee|(?:But\s+)?[Cc]f|Accord|Compare|Contra|E\.\s?g|Id|Ibid)\b(?:\.|,|\s|$)"
)
_CITED = re.compile(
    r"\b\d+\s+[A-Z][\w.’'& ]*?,?\s(?:at\s+)?[_*\d]|[§¶]|\b(?:supra|infra|ante|post|[Ss]lip\s+op)\b|\bat\s+\*?\d"
    r"|\bPp?\.\s*\d|\b(?:App|Pet|Tr|Brief|Br|Rev|Stat|Art|Amdt|Dictionary|Cong|Fed|No)\b.*\d"
)
_CITING_WORDS = re.compile(
    r"a|aff|al|also|amici|amicus|an|and|ante|app|art|as|at|banc|but|by|cert|cf|ch|citing|cl|curiae|d|de|"
    r"denied|du|e|ed|eds|en|et|ex|f|for|from|g|granted|hereinafter|id|in|infra|j|la|n|nn|no|nom|nos|note|of|"
    r"on|op|opinion|or|p|part|passim|per|post|pp|pt|quoting|re|rel|rev|s|sec|see|seq|slip|sub|supra|the|tit|"
    r"to|turn|v|van|vol|von|with"
)
_OWNERS: tuple[tuple[str, Role], ...] = (
    (r"amic", "amicus"),
    (r"^(?:gov|brief for (?:the )?(?:united states|government))", "government"),
    (r"^(?:pl|plaintiff)", "plaintiff"),
    (r"^(?:def|defendant)", "defendant"),
    (r"^(?:pet(?:\.|itioner)|(?:reply )?brief (?:for|of) (?:the )?petitioner)", "petitioner"),
    (r"^(?:resp(?:\.|ondent)|brief (?:for|of) (?:the )?respondent|brief in opposition)", "respondent"),
    (r"^(?:appellant|opening|principal|blue|brief (?:for|of) (?:the )?(?:\w+-)?appellant)", "appellant"),
    (r"^(?:appellee|answering|red|brief (?:for|of) (?:the )?(?:\w+-)?appellee)", "appellee"),
    (r"compl\.|^[fst]ac$", "plaintiff"),
)


class RecordCite(NamedTuple):
    """A record cite in a text: `paper` its name in a fixed form ("ECF 45", "Compl.", "Elering Decl."), `kind` one of
    entry, witness, transcript, brief, complaint, order, writing, other; `pinned`: it gives a page or paragraph."""

    start: int
    end: int
    paper: str
    kind: str
    pinned: bool


def record_cites(text: str) -> list[RecordCite]:
    """Every record cite in `text`, in order."""
    return [_cite(found) for found in _GRAMMAR.finditer(text)]


def is_bare_cite(text: str) -> bool:
    """Whether a sentence is one or more record cites and nothing else; an "Id. at 5." too."""
    opened = _BARE.match(text)
    rest = text[opened.end() if opened else 0 :]
    if re.match(r"(?:Id|Ibid)\b", rest, re.IGNORECASE):
        return bool(_REST.match(_GRAMMAR.sub(" ", rest.replace("Ibid", "Id"))))
    first = _GRAMMAR.match(rest)
    return bool(first) and bool(_REST.match(_GRAMMAR.sub(" ", rest)))


def is_citation(text: str) -> bool:
    """Whether a sentence only cites: it opens with a signal ("See", "Cf.", "Id."), or beside names, numbers and what
    stands in brackets it has no words but those of citations.

    "See Doe v. Roe, 5 U. S. 1, 3 (1990) (so holding)." · "505 U. S., at 856." · "28 U. S. C. §1291." · "Ante, at 9."
    """
    if _SIGNAL.match(text):
        return True
    bare, before = text, ""
    while bare != before:
        bare, before = re.sub(r"\([^()]*\)|\[[^][]*\]", " ", bare), bare
    bare = bare.partition("(")[0]
    if not _CITED.search(bare) or not re.search(r"[.”’)\]]\s*$", text):
        return False
    return all(_CITING_WORDS.fullmatch(word) for word in re.findall(r"(?<![\w’'.-])[a-z]+", bare))


def owner_of(cite: RecordCite, named: Mapping[str, Speaker], *, appellate: bool) -> Speaker | None:
    """Whose words a cited paper holds, as far as its own name says; `named` are the filing's people."""
    name = cite.paper.lower().replace("’", "'")
    if cite.kind == "witness":
        words = re.sub(r"^decl\. of ", "", name).split()
        surname = words[-1] if name.startswith("decl") else words[-2] if words[-2] != "supp." else words[-3]
        return named.get(surname)
    if cite.kind == "order":
        return Speaker("court", "District Court") if appellate else None
    for pattern, role in _OWNERS:
        if re.search(pattern, name):
            return _party(role, named)
    bare = {"mot.": "motion", "opp'n": "opposition", "reply": "reply", "reply br.": "reply brief", "answer": "answer"}
    return named.get(bare.get(name, name))


def learn_owners(pairs: Iterable[tuple[str, Speaker, int]]) -> dict[str, Speaker]:
    """Numbered papers ("ECF 31") by the speaker most often met beside them, as (paper, speaker, weight); a doubt
    teaches nothing."""
    votes: dict[str, Counter[Speaker]] = defaultdict(Counter)
    for paper, speaker, weight in pairs:
        votes[paper][speaker] += weight
    owners = {}
    for paper, count in votes.items():
        roles: Counter[Role] = Counter()
        for speaker, weight in count.items():
            roles[speaker.role] += weight
        role, weight = roles.most_common(1)[0]
        if weight > 0.6 * roles.total():
            owners[paper] = max((s for s in count if s.role == role), key=lambda s: count[s])
    return owners


def _party(role: Role, named: Mapping[str, Speaker]) -> Speaker:
    plural = named.get(role + "s") or named.get(role)
    return (
        plural if plural and plural.name else Speaker(plural.role if plural else role, plural.name if plural else None)
    )


def _cite(found: re.Match[str]) -> RecordCite:
    pinned = bool(found["pin"]) and bool(re.search(r"at|¶|:|\d", found["pin"]))
    flat = re.sub(r"\s+", " ", next(found[g] for g in ("entry", "witness", "transcript", "long", "paper") if found[g]))
    if found["entry"]:
        return RecordCite(found.start(), found.end(), f"ECF {found['number']}", "entry", pinned)
    kind = (
        "witness"
        if found["witness"]
        else "transcript"
        if found["transcript"]
        else "brief"
        if found["long"]
        else _kind(flat)
    )
    return RecordCite(found.start(), found.end(), flat.strip(), kind, pinned)


def _kind(name: str) -> str:
    if re.search(r"Compl\.|FAC|SAC|TAC", name):
        return "complaint"
    if name in ("Order", "Op."):
        return "order"
    if re.match(r"Maj\.|Dissent|Concurrence|[Aa]nte|[Pp]ost", name):
        return "writing"
    return (
        "brief"
        if re.search(r"Br\.|Mem\.|Mot\.|Opp|Reply|Resp\.|Answer|Pet\.", name) and "Cert" not in name
        else "other"
    )
