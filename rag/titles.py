"""A filing's title as a citation names it (Bluebook BT1): "Defs.' Mot. to Dismiss", "Doe Decl.", "Compl.".

short_title(facts) -> str   from the title printed on the filing; without one, from its kind; "" for neither

One function per kind of filing. Articles go. Prepositions go where the title is all abbreviations on both sides of
them ("Mem. P. & A. Supp. Defs.' Mot. to Dismiss", "Mot. Summ. J.") and stay elsewhere ("Notice of Appeal", "Br. of
Amici Curiae", "Reply in Supp. of Mot. to Dismiss"). What a title says of a party is kept as the party's role; names,
statutes invoked and second documents are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.courts import is_appellate
from corpus.model import Facts
from rag.courts import SUPREME_COURT
from rag.names import first_of, recased, split_names, surname

# BT1 and the words that courts abbreviate with it. Longest phrases first, then words.
_PHRASES = (
    (r"points and authorities", "P. & A."),
    (r"findings of fact and conclusions of law", "Findings of Fact & Conclusions of Law"),
    (r"report and recommendations?", "R. & R."),
    (r"writ of certiorari", "Cert."),
    (r"summary judgment", "Summ. J."),
    (r"preliminary injunction", "Prelim. Inj."),
    (r"temporary restraining order", "TRO"),
    (r"judgment as a matter of law", "J. as a Matter of Law"),
    (r"motion in limine", "Mot. in Lim."),
    (r"motions in limine", "Mots. in Lim."),
    (r"attorneys?'? fees", "Att'ys' Fees"),
    (r"united states(?: of america)?", "United States"),
)
_WORDS = {
    "affidavit": "Aff.", "affidavits": "Affs.", "amended": "Am.", "and": "&", "answers": "Answers",
    "appellant": "Appellant", "appendix": "App.", "application": "Appl.", "argument": "Arg.",
    "attachment": "Attach.", "attorney": "Att'y", "attorneys": "Att'ys", "authorities": "Auths.", "authority": "Auth.",
    "brief": "Br.", "briefs": "Brs.", "certification": "Certification", "certiorari": "Cert.",
    "compel": "Compel", "complaint": "Compl.", "conference": "Conf.", "consolidated": "Consol.",
    "counterclaim": "Countercl.", "counterclaims": "Countercls.", "cross-claim": "Cross-cl.", "crossclaim": "Crosscl.",
    "declaration": "Decl.", "declarations": "Decls.", "defendant": "Def.", "defendants": "Defs.",
    "demurrer": "Dem.", "deposition": "Dep.", "discovery": "Disc.", "document": "Doc.", "documents": "Docs.",
    "exhibit": "Ex.", "exhibits": "Exs.", "government": "Gov't", "hearing": "Hr'g", "injunction": "Inj.",
    "interrogatories": "Interrogs.", "interrogatory": "Interrog.", "judgment": "J.", "jurisdiction": "Jurisdiction",
    "law": "Law", "letter": "Letter", "management": "Mgmt.", "memorandum": "Mem.", "motion": "Mot.", "motions": "Mots.",
    "number": "No.", "objection": "Obj.", "objections": "Objs.", "opinion": "Op.", "opposition": "Opp'n",
    "petition": "Pet.", "petitioner": "Pet'r", "petitioners": "Pet'rs", "plaintiff": "Pl.", "plaintiffs": "Pls.",
    "preliminary": "Prelim.", "proposed": "Proposed", "reconsideration": "Recons.", "record": "R.",
    "rehearing": "Reh'g", "request": "Req.", "requests": "Reqs.", "respondent": "Resp't", "respondents": "Resp'ts",
    "response": "Resp.", "statement": "Statement", "stipulation": "Stip.", "stipulated": "Stip.",
    "supplemental": "Suppl.", "supplementary": "Suppl.", "support": "Supp.", "temporary": "Temp.",
    "testimony": "Test.", "transcript": "Tr.", "verified": "Verified",
}  # fmt: skip
_BY_KIND = {
    "complaint": "Compl.", "answer": "Answer", "motion": "Mot.", "memorandum": "Mem.", "opposition": "Opp'n",
    "reply": "Reply", "petition": "Pet.", "brief": "Br.", "amicus_brief": "Br. of Amicus Curiae", "opinion": "Op.",
    "order": "Order", "judgment": "J.", "transcript": "Tr.", "declaration": "Decl.", "affidavit": "Aff.",
    "exhibit": "Ex.", "notice": "Notice", "letter": "Letter", "other": "",
}  # fmt: skip
_PARTIES = (
    "Plaintiff|Defendant|Petitioner|Respondent|Appellant|Appellee|Cross-Appellant|Cross-Appellee|Intervenor|Movant"
)
_APPELLATE_ROLE = re.compile(rf"\b(?:{_PARTIES})s?\s*[-–—/]\s*((?:Cross-)?(?:Appell(?:ant|ee))s?)\b", re.IGNORECASE)
_SECOND_ROLE = re.compile(
    rf"\b((?:{_PARTIES})s?)\s*[-–—/]\s*(?:Counter|Cross|Third)[-\w]*(?:\s+(?:{_PARTIES})s?)?", re.IGNORECASE
)
# "Defendants NSO Group Technologies Limited and Q Cyber's Motion" → "Defendants' Motion"
_DOCUMENTS = (
    r"Notice|Motion|Memorandum|Opposition|Reply|Response|Brief|Opening|Answering|Answer|Supplemental|Petition|Letter|"
    r"Statement|Objections?|Request|Application|Exhibit|Declaration|Complaint|First|Second|Amended|Joint|Unopposed|"
    r"Emergency|Renewed|Cross-Motion|Points|Corrected|Reply|Principal|Ex Parte|Administrative|Counterclaims?|Sur-?reply"
)
_NAMED_OWNER = re.compile(
    rf"\b({_PARTIES})(s?)\s+(?!to\b|for\b|in\b)[^;]*?(?:'s|s')\s+(?=(?:{_DOCUMENTS})\b)", re.IGNORECASE
)
_OF_PARTY = re.compile(
    rf"^((?:{_DOCUMENTS})(?: of Law)?)\s+(?:of|by)\s+(?:the\s+)?({_PARTIES})(s?)\b(?!')[^;]*?(?=\s+(?:to|for|in)\b|$)",
    re.IGNORECASE,
)
_SECOND_DOCUMENT = re.compile(
    r"\s*(?:;|,?\s+(?:and|with)\s+(?:incorporated\s+|supporting\s+)?(?:memorandum|brief|points|declaration|proposed|"
    r"demand|jury demand|certificate|request for oral|exhibits?|(?:separate |additional )?(?:affirmative )?defenses)\b|"
    r",?\s+or,?\s+(?:in the alternative|alternatively)\b|,?\s+(?:pursuant to|under)\s+|,?\s+re:|\s+regarding\s).*$",
    re.IGNORECASE,
)
_AS_AMICI = re.compile(r"\b(?:of|for)\s+(?:the\s+)?(?!amic)(?P<names>.+?)\s+as\s+amic", re.IGNORECASE)
_AMICI = re.compile(
    r"\bamic(?:us|i) curiae,?\s+(?!in support|supporting|brief|in opposition)(?:of\s+)?(?:the\s+)?(?P<names>.+?)"
    r"(?:\s+(?:in support|supporting|in opposition|urging)\b|$)",
    re.IGNORECASE,
)
_PARTY_BRIEF = re.compile(
    r"^(?P<which>(?:(?:opening|answering|reply|principal|response|responsive|supplemental|replacement|corrected|first|"
    rf"second|third)\s+)*)brief\s+(?:of|for|on behalf of)\s+(?:the\s+)?(?P<role>(?:{_PARTIES})s?)\b",
    re.IGNORECASE,
)
_THEREOF = re.compile(r"\s+(?:in support thereof|thereof|thereon)\b.*$", re.IGNORECASE)
_NOTES = re.compile(
    r"\s*[\[(](?:[^\])]*\b(?:redacted|corrected|sealed|public|unsealed|version|filed)\b[^\])]*)[\])]", re.IGNORECASE
)
_ARTICLES = ("the", "a", "an")
# After abbreviations only: "Mem. in Supp. of" → "Mem. Supp."; "Mot. for Summ. J." → "Mot. Summ. J.".
_NEEDLESS = (
    (re.compile(r"(?<=[.']) in Supp\. of (?=[A-Z])"), " Supp. "),
    (re.compile(r"(?<=\bMot\.) for (?=(?:Summ|Prelim|Recons|Inj|J|TRO|Att'ys'|R)\b)"), " "),
    (re.compile(r"(?<=\bMem\.) of (?=P\. & A\.)"), " "),
)
_SMALL = ("to", "of", "for", "in", "on", "as", "by", "with", "from", "at", "or", "under", "against", "re")
_LONGEST = 12  # words of a title; a docket names a motion in fewer


def short_title(facts: Facts) -> str:
    """The name of the filing in a citation; "" when neither its title nor its kind says anything."""
    title = _plain(facts.title or "")
    if not title:
        return _untitled(facts)
    return _FORMS.get(facts.kind, _generic)(title, facts) or _untitled(facts)


def _untitled(facts: Facts) -> str:
    """What the kind alone says, with the party where the filer's name is itself a party's role ("Defendants")."""
    sworn = facts.kind in ("declaration", "affidavit")
    if sworn and facts.filer and not re.search(_PARTIES, facts.filer, re.IGNORECASE):
        return f"{surname(facts.filer)} {_BY_KIND[facts.kind]}".lstrip()
    if facts.kind == "amicus_brief":
        return _amicus("", facts)
    name = _BY_KIND[facts.kind]
    return f"{_owner(facts.filer)}{name}" if name and facts.kind in ("motion", "opposition", "reply", "brief") else name


def _complaint(title: str, facts: Facts) -> str:
    """Compl. · First Am. Compl. · Consol. Class Action Compl. · Third-Party Compl. Its counts and demands go."""
    head = re.match(r"^(.*?)\bcomplaint\b", title, re.IGNORECASE)
    if not head:
        return _generic(title, facts)
    known = (
        r"(?:first|second|third|fourth|fifth|sixth|amended|corrected|verified|consolidated|class|action|supplemental|"
    )
    known += r"third-party|substituted?|cross|adversary|original|derivative|bill|\[?proposed\]?)"
    kept = re.findall(rf"(?<![\w']){known}(?![\w'])", head[1], re.IGNORECASE)
    return _shortened(" ".join([*kept, "Complaint"]))


def _order(title: str, facts: Facts) -> str:
    """Order · [Proposed] Order · Mem. Op. & Order · Order to Show Cause · Final J. What it grants or denies goes."""
    ruling = r"(?:orders?|judgment|opinion|decision|memorandum|recommendations?|decree|conclusions of law)"
    head = re.match(
        rf"^(?:[^\s]+\s+){{0,5}}?{ruling}\b(?:\s+{ruling}\b)*(?:\s*(?:,|and|&)\s*(?:[\w-]+\s+){{0,2}}?{ruling}\b)*",
        title,
        re.IGNORECASE,
    )
    if not head:
        return _generic(title, facts)
    after = re.match(
        r"^\s+(to show cause|of (?:dismissal|remand|transfer|contempt|court|detention)|on remand)\b",
        title[head.end() :],
        re.IGNORECASE,
    )
    return _shortened(head[0] + (f" {after[1]}" if after else ""))


def _transcript(title: str, facts: Facts) -> str:
    """Hr'g Tr. · Trial Tr. vol. 3 · Doe Dep. · Oral Arg. Tr. · Sentencing Tr."""
    if witness := re.search(r"\bdeposition(?: transcript)? of:?\s+(.+)", title, re.IGNORECASE):
        return f"{surname(_SECOND_DOCUMENT.sub('', witness[1]))} Dep."
    volume = re.search(r"\bvol(?:ume|\.)?\s+(\w+)", title, re.IGNORECASE)
    proceedings = {
        "trial": "Trial", "oral argument": "Oral Arg.", "sentencing": "Sentencing", "status conference": "Status Conf.",
        "deposition": "Dep.", "grand jury": "Grand Jury", "arraignment": "Arraignment", "hearing": "Hr'g",
        "proceedings": "Hr'g", "hr'g": "Hr'g",
    }  # fmt: skip
    said = next((short for long, short in proceedings.items() if long in title.lower()), "")
    return " ".join(part for part in (said, "Tr.", f"vol. {volume[1]}" if volume else "") if part)


def _declaration(title: str, facts: Facts) -> str:
    """Doe Decl. · Second Doe Decl. · Suppl. Doe Decl. · Doe Reply Decl. · Doe Aff.: the declarant's last name.

    Where the title begins with the filer's name, however OCR spaced it ("TOM AS ELERING"), the filer's spelling holds.
    """
    found = re.match(
        r"^(?P<which>.*?)\b(?P<kind>declaration|affidavit|affirmation|certification|decl\.)\s+(?:of|by)\s+(?P<name>.+)$",
        title,
        re.IGNORECASE,
    )
    if not found:
        return _generic(title, facts)
    name = re.split(
        r"\s+(?:in|re|regarding|pursuant|concerning|on|under|as|and|for|attaching|with|dated)\b|[;:]",
        found["name"],
        flags=re.IGNORECASE,
    )[0]
    if facts.filer and _letters(found["name"]).startswith(_letters(facts.filer)):
        name = facts.filer
    kind = _WORDS.get(found["kind"].lower(), recased(found["kind"]).capitalize())
    which = re.findall(
        r"\b(?:reply|second|third|fourth|supplemental|amended|corrected|rebuttal)\b", found["which"], re.IGNORECASE
    )
    before = [_shortened(word) for word in which if word.lower() not in ("reply", "rebuttal")]
    after = [word.capitalize() for word in which if word.lower() in ("reply", "rebuttal")]
    return " ".join(part for part in (*before, surname(name), *after, kind) if part)


def _letters(name: str) -> str:
    return re.sub(r"[\W\d_]", "", name).lower()


def _exhibit(title: str, facts: Facts) -> str:
    """Ex. A · Ex. 12 · Exs. 3–4: what the exhibit shows goes."""
    found = re.search(
        r"\b(exhibits?|exs?\.|attachment|appendix)\s+(?:no\.\s*)?([A-Z]{1,3}\b|[\w.]*\d[\w.-]*)", title, re.IGNORECASE
    )
    if not found:
        return _generic(title, facts)
    word = found[1].lower().rstrip(".")
    name = {"exhibits": "Exs.", "exs": "Exs.", "attachment": "Attach.", "appendix": "App."}.get(word, "Ex.")
    return f"{name} {found[2].rstrip('.').upper() if len(found[2]) < 4 else found[2].rstrip('.')}"


def _amicus(title: str, facts: Facts) -> str:
    """Br. of Amici Curiae Microsoft Corp. et al. · Br. of Amicus Curiae Doe: the filer, else whom the title names."""
    named = _AS_AMICI.search(title) or _AMICI.search(title)
    text = _plain(facts.filer or "") or (named["names"] if named else "")
    text = re.sub(r"^(?:amic(?:us|i)(?: curiae)?|the)\s+", "", text, flags=re.IGNORECASE)
    several = bool(re.search(r"\bamici\b|\bet al\b", f"{title} {facts.filer or ''}", re.IGNORECASE))
    names = split_names(text) if several or not title else [text]
    who = first_of(names) or ""
    if "et al" in text and who and not who.endswith("et al."):
        who += " et al."
    who = "the United States" if who == "United States" else who
    return " ".join(
        part for part in ("Br. of", "Amici Curiae" if several or len(names) > 1 else "Amicus Curiae", who) if part
    )


def _brief(title: str, facts: Facts) -> str:
    """Appellants' Opening Br. · Appellee's Answering Br. · Br. for Pet'r (Supreme Court): a party's brief on appeal."""
    title = _APPELLATE_ROLE.sub(r"\1", title)
    found = _PARTY_BRIEF.match(title)
    if found and facts.court == SUPREME_COURT:
        return _shortened(f"{found['which']}Brief for {found['role']}")
    if found and is_appellate(facts.court):
        return _shortened(f"{_possessive(found['role'])} {found['which']}Brief")
    return _generic(title, facts)


def _generic(title: str, facts: Facts) -> str:
    """Any other title: owner, document and what it asks or answers."""
    title = re.sub(
        r"\bnotice\s+of\s+(?:cross-)?motion\s+and\s+((?:cross-)?motion)\b", r"\1", title, flags=re.IGNORECASE
    )
    title = re.sub(r"\bnotice\s+and\s+motion\b", "Motion", title, flags=re.IGNORECASE)
    title = _SECOND_ROLE.sub(r"\1", _APPELLATE_ROLE.sub(r"\1", title))
    title = _NAMED_OWNER.sub(lambda m: f"{_possessive(m[1] + m[2])} ", title)
    title = _OF_PARTY.sub(lambda m: f"{_possessive(m[2] + m[3])} {m[1]}", title)
    return _shortened(_THEREOF.sub("", _SECOND_DOCUMENT.sub("", title)) or title)


_FORMS: dict[str, Callable[[str, Facts], str]] = {
    "complaint": _complaint,
    "order": _order,
    "opinion": _order,
    "judgment": _order,
    "transcript": _transcript,
    "declaration": _declaration,
    "affidavit": _declaration,
    "exhibit": _exhibit,
    "amicus_brief": _amicus,
    "brief": _brief,
}


def _owner(filer: str | None) -> str:
    """The filer as owner: "Defs.' " for "Defendants", "" for one whose number is not plain from its name."""
    role = re.match(rf"^(?:the\s+)?((?:{_PARTIES})s?)\b", filer or "", re.IGNORECASE)
    return f"{_shortened(_possessive(role[1]))} " if role else ""


def _possessive(role: str) -> str:
    role = role.strip()
    role = role.capitalize() if "-" not in role else "-".join(part.capitalize() for part in role.split("-"))
    return f"{role}'" if role.endswith("s") else f"{role}'s"


def _shortened(title: str) -> str:
    """A title's words by BT1, articles and needless prepositions gone."""
    text = title.strip(" ,.:;-–—")
    for phrase, short in _PHRASES:
        text = re.sub(rf"\b{phrase}\b", lambda m, s=short: s.replace(" ", "\x00"), text, flags=re.IGNORECASE)  # type: ignore[misc]
    words = [_word(word, first=i == 0) for i, word in enumerate(text.split())]
    kept = [
        w for i, w in enumerate(words) if w.lower() not in _ARTICLES or words[i + 1 : i + 2] == ["United\x00States"]
    ]
    kept = kept[:_LONGEST]
    while kept and kept[-1].lower() in (*_SMALL, "&", *_ARTICLES):
        kept.pop()
    short = " ".join(kept).replace("\x00", " ").rstrip(",;:")
    for preposition, without in _NEEDLESS:
        short = preposition.sub(without, short)
    return short


def _word(word: str, *, first: bool) -> str:
    """One word: abbreviated with its possessive and brackets kept, small words small, others as they stand."""
    parts = re.match(r"^([\[(\"]*)(.*?)('s|')?([\])\",.:]*)$", word)
    if parts is None or "\x00" in word:
        return word
    before, core, owner, after = parts[1], parts[2], parts[3] or "", parts[4]
    short = _WORDS.get(core.lower())
    if short is None:
        small = core.lower() in (*_SMALL, *_ARTICLES) and not first
        return f"{before}{core.lower() if small else core[:1].upper() + core[1:]}{owner}{after}"
    return f"{before}{short}{owner}{after.replace('.', '') if short.endswith('.') else after}"


def _plain(title: str) -> str:
    """One line, straight marks, title case, without notes in brackets about versions of the file."""
    text = re.sub(r"\s+", " ", title.translate(str.maketrans("’‘“”", "''\"\"")))
    return recased(_NOTES.sub("", text).strip(" .*"))
