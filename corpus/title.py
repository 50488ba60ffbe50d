"""Read a filing's title: what kind of paper it is, who files it, and for whom.

title_in(reading, rows) -> str    the title as printed, on one line
kind_of(title, reading, rows)     one of model.KINDS
side_of(…), filer_in(…), supports_of(…)

The head of a title decides, not the words after it: "PLAINTIFFS' OPPOSITION TO DEFENDANTS' MOTION TO DISMISS" is an
opposition by plaintiffs, "NOTICE OF MOTION AND MOTION TO DISMISS; MEMORANDUM …" a motion.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.caption import Caption, Row, caption_rows, cased, columns, roles_of
from corpus.courts import court_in, is_appellate
from corpus.model import Kind, Reading, Role

_WORDS: tuple[tuple[Kind, str], ...] = (
    ("amicus_brief", r"\bbrief\b.*\bamic(?:us|i)\b|\bamic(?:us|i)\s+(?:curiae\s+)?brief\b"),
    ("transcript", r"\btranscript\b"),
    ("reply", r"\breply\b"),
    ("opposition", r"\bopposition\b|\bresponse\s+(?:in\s+opposition\s+)?to\b.*\bmotion\b|\bin\s+opposition\b"),
    ("declaration", r"\bdeclaration\s+of\b|^declaration$|\baffirmation\s+of\b"),
    ("affidavit", r"\baffidavit\b"),
    ("opinion", r"\bopinion\b|\bmemorandum\s+(?:decision|disposition)\b|^memorandum\*?$|\bdecision\b"),
    ("judgment", r"\bjudgment\b|\bdecree\b|\bmandate\b"),
    ("order", r"\border\b|\bfindings\s+of\s+fact\b|\breport\s+and\s+recommendation\b|\bminutes?\b|\bruling\b"),
    ("motion", r"\bmotion\b|\bapplication\b"),
    ("complaint", r"\bcomplaint\b|\bindictment\b|\binformation\b"),
    ("answer", r"\banswer\b"),
    ("petition", r"\bpetition\b"),
    ("memorandum", r"\bmemorandum\b|\bpoints\s+and\s+authorities\b"),
    ("brief", r"\bbrief\b"),
    ("exhibit", r"^exhibit\b|^appendix\b|^attachment\b"),
    (
        "notice",
        (
            r"\bnotice\b|\bdesignation\b|\bstatement\s+of\s+(?:the\s+)?issues\b|\bappearance\s+of\s+counsel\b"
            r"|\bdisclosure\b"
        ),
    ),
    ("letter", r"^letter\b"),
    ("other", r"\bstatement\s+of\s+interest\b|\bsuggestion\s+of\s+(?:immunity|interest)\b|\bstipulation\b|\bsummons\b"),
)
_KINDS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _WORDS)
_ANY = re.compile("|".join(pattern.replace("^", "").replace("$", "") for _, pattern in _WORDS), re.IGNORECASE)
_TITLE_WORDS = re.compile(
    r"\b(?:OF|TO|AND|FOR|IN|THE|OR|RE|MOTION|DISMISS|JUDGMENT|ORDER|INJUNCTION|COMPLAINT|TRIAL|RELIEF|SUPPORT|DISCOVERY"
    r"|PRELIMINARY|TEMPORARY|SUMMARY|AFFIRMANCE|REVERSAL|AUTHORITIES|HEARING|DEMAND|OPINION|APPEAL|CERTIORARI|CURIAE)\b"
)
_HEAD_ENDS = re.compile(
    r"\b(?:in\s+(?:support|opposition)|granting|denying|re:?|regarding|to|for|on\s+(?:motion|defendant|plaintiff)"
    r"|with\s+respect|pursuant|adopting|setting)\b|;|:",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"^\W*(?:date\b|time\b|judge\b|hon\b|dept|courtroom|ctrm|hearing\s+date|place\b|location|before\b|trial\s+date"
    r"|complaint\s+filed"
    r"|action\s+filed|attorneys?\b|counsel\b|case\b|docket\b|nos?\b|civil\b|index\b|\[?(?:jury|demand)\b|argued"
    r"|decided|filed\b|page\b"
    r"|(?:plaintiff|defendant|appellant|appellee|petitioner|respondent)s?\W*$|on\s+(?:writ|appeal|petition)"
    r"|appeal\b|petition\s+for\s+review\s+of"
    r"|united\s+states\s+(?:district|court|bankruptcy|tax)|supreme|cite\s+as|opinion\s+of|syllabus|certiorari"
    r"|telephone|fax|email|u\.s\.|department"
    r"|notice:|note:|\(|this\b|certificates?\s+of\b|(?:i+\.\s+)?(?:introduction|background|table\s+of)|\W*$)",
    re.IGNORECASE,
)
_ROLE_WORD = (
    r"(cross-appellant|cross-appellee|plaintiff|defendant|petitioner|respondent|appellant|appellee|government"
    r"|united\s+states)"
)
_ROLE = re.compile(rf"\b{_ROLE_WORD}s?\b", re.IGNORECASE)
_COUNSEL_FOR = re.compile(
    rf"\b(?:attorneys?|counsel|solicitors?)\s+(?:of\s+record\s+)?for\s+(?:the\s+)?(?:(amic(?:us|i))"
    rf"|(?:[\w.,'’& -]{{0,60}}?\b){_ROLE_WORD})",
    re.IGNORECASE,
)
_DISPOSES = re.compile(r"\b[Ww]e\s+(?:\w+ly\s+)?(?:affirm|reverse|vacate|dismiss|remand)\b")
_OPENS = re.compile(
    rf"(?:^|\n)\s*(?:COMES?\s+NOW\s+)?(?:the\s+)?(?!united\s+states\s+(?:\w+\s+)?court\b){_ROLE_WORD}s?[\s-][A-Z]",
    re.IGNORECASE,
)
_OATH = re.compile(r"\bI,\s+([^,;\n]{3,60}),\s+(?:\w+\s+){0,3}?(?:declare|state|certify|affirm|swear|depose)\b")
_SUPPORT = re.compile(
    rf"\b(?:in\s+support\s+of|supporting|on\s+behalf\s+of)\s+(?:the\s+)?(?:[\w.,'’& -]{{0,60}}?\b)?(?:{_ROLE_WORD}"
    rf"|(neither\s+(?:party|side)))",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"delivered the opinion|announced the judgment|^per curiam|^[A-Z][A-Z'’. -]+,\s+(?:(?:Chief|Senior"
    r"|Presiding)\s+)*(?:Circuit\s+)?Judges?\b[:.,]|^[A-Z][A-Z'’ -]+,\s+(?:C\.\s?)?J\.?[:,]",
    re.IGNORECASE | re.MULTILINE,
)


def title_in(reading: Reading, rows: Sequence[Row]) -> str | None:
    """The filing's title as its first pages print it, lines joined; None where they print none."""
    near = caption_rows(rows)
    left, right = columns(near)
    for lines in (right, left, [row.text for row in rows[len(near) :]]):
        if title := _title(lines):
            return title
    heads = {head.strip().lower() for _, head in reading.heads}
    return next((name for name in ("Opinion of the Court", "Per Curiam") if name.lower() in heads), None)


def kind_of(title: str | None, reading: Reading, rows: Sequence[Row]) -> Kind:
    """The kind its title names, else the kind its opening shows, else "other"."""
    front = "\n".join(row.text for row in rows)
    by_title = _kind_in(title) if title else None
    if (
        by_title in (None, "judgment", "notice")
        and _OPENING.search(front)
        and re.search(r"court", front, re.IGNORECASE)
    ):
        return "opinion"
    if by_title:
        return by_title
    if len(re.findall(r"^(?:THE COURT|Q\.|A\.|M[RS]S?\. [A-Z]+):?", reading.text[:40_000], re.MULTILINE)) > 8:
        return "transcript"
    if re.search(r"^(?:Dear|To the Honorable)\b.{0,60}[:,]\s*$", front, re.MULTILINE):
        return "letter"
    if re.search(
        r"\bIT IS (?:HEREBY |THEREFORE |FURTHER |SO )?ORDERED\b|^SO ORDERED", reading.text[-6000:] + front, re.MULTILINE
    ):
        return "order"
    if is_appellate(court_in([row.text for row in rows])) and _DISPOSES.search(reading.text):
        return "opinion"
    return "exhibit" if re.match(r"\W*EXHIBIT\s+\w{1,3}\b", front) else "other"


def side_of(title: str | None, reading: Reading, rows: Sequence[Row], caption: Caption) -> Role | None:
    """The filer's role: from the title, else from whom counsel signs for, else from the paper's own nature."""
    head = title or ""
    kind = _kind_in(head)
    if kind in ("transcript", "exhibit"):
        return None
    if kind == "amicus_brief":
        return "amicus"
    against = re.search(
        r"\b(?:opposition|response|objections?|answer|reply)\s+to\b|\bin\s+opposition\b", head, re.IGNORECASE
    )
    found = _ROLE.search(head[: against.start()] if against else head)
    if found:
        return _role(found[1], caption)
    front, tail = "\n".join(row.text for row in rows), reading.text[max(0, reading.body_end - 3000) : reading.body_end]
    for text in (front, tail):
        if counsel := _COUNSEL_FOR.search(re.sub(r"\s+", " ", text)):
            return "amicus" if counsel[1] else _role(counsel[2], caption)
    natural: dict[str | None, Role] = {"complaint": "plaintiff", "answer": "defendant", "petition": "petitioner"}
    if kind in natural:
        return natural[kind]
    opens = _OPENS.search(reading.text[:6000])
    return _role(opens[1], caption) if opens and kind else None


def filer_in(
    title: str | None, reading: Reading, rows: Sequence[Row], caption: Caption, side: Role | None
) -> str | None:
    """The filer's name: the amici, the declarant, or the party whose side it is, as the caption names it."""
    head = re.sub(r"\s+", " ", title or "")
    if found := re.search(
        r"\b(?:declaration|affidavit|affirmation)\s+of\s+(.+?)(?=\s+in\s|\s+re\b|\s+regarding|,|;|$)",
        head,
        re.IGNORECASE,
    ):
        oath = _OATH.search(reading.text[:8000])
        if oath and re.sub(r"\s", "", oath[1]).upper() == re.sub(r"\s", "", found[1]).upper():
            return cased(oath[1], reading.text)
        return cased(found[1], reading.text)
    if side == "amicus":
        named = re.search(
            r"\bamic(?:us|i)\s+curiae\s+(?!brief|in\b|supporting)(.+?)(?=\s+(?:in\s+support|supporting|urging)|$)"
            r"|\b(?:of|for)\s+(.+?)\s+as\s+amic(?:us|i)",
            head,
            re.IGNORECASE,
        )
        if named is None:
            return None
        amici = cased(re.sub(r"^the\s+", "", (named[1] or named[2]).strip(" ,"), flags=re.IGNORECASE), reading.text)
        return (
            amici
            if re.search(r"\b(?:Inc|Corp|Ltd|LLC|United States|Association|State|et al)\b", amici)
            else f"Amici {amici}"
        )
    if side == "government" or re.search(r"\bof\s+the\s+united\s+states\b", head, re.IGNORECASE):
        return "United States"
    parties = [(caption.above, caption.above_as), (caption.below, caption.below_as)]
    if re.search(r"\bcross-app", head, re.IGNORECASE):
        parties.sort(key=lambda party: "cross" not in party[1].lower())
    for party, designation in parties:
        if side and party and side in roles_of(designation):
            return _names(party, reading.text)
    return None


def supports_of(title: str | None, reading: Reading, caption: Caption) -> str | None:
    """Whom amici support: a role or "neither"; None where neither the title nor the cover says."""
    for text in (title or "", reading.text[:4000]):
        flat = re.sub(r"\s+", " ", text)
        if found := _SUPPORT.search(flat):
            return "neither" if found[2] else _role(found[1], caption)
        if turned := re.search(
            r"\b(?:urging|and|for|supporting|support\s+of)\s+(affirmance|reversal)\b", flat, re.IGNORECASE
        ):
            below, above = ("respondent", "petitioner") if _petitioned(caption) else ("appellee", "appellant")
            return below if turned[1].lower() == "affirmance" else above
    return None


def _petitioned(caption: Caption) -> bool:
    return "petitioner" in (caption.above_as + caption.below_as).lower()


def _kind_in(title: str) -> Kind | None:
    """The kind that the head of a title names; its last kind word is the noun, "memorandum" only if alone."""
    flat = re.sub(r"\s+", " ", re.sub(r"\bO R D E R\b", "ORDER", title)).strip(" .*")
    if re.match(r"(?:.{0,40}\b)?notice\s+of\s+(?:hearing\s+on\s+)?motion\b", flat, re.IGNORECASE):
        return "motion"
    if re.search(r"\bmotion\s+for\s+leave\b", flat, re.IGNORECASE):
        return "motion"
    if re.search(r"\bamic(?:us|i)\b", flat, re.IGNORECASE) and re.search(r"\bbrief\b", flat, re.IGNORECASE):
        return "amicus_brief"
    if re.search(r"\bin\s+opposition\b|\bopposition\s+(?:to|brief)\b", flat, re.IGNORECASE) and not re.match(
        r"(?:declaration|affidavit|order)", flat, re.IGNORECASE
    ):
        return "opposition"
    if re.match(r"(?:[\w’'-]+\s+){0,3}(?:response|objections?)\s+to\b.*\bmotion\b", flat, re.IGNORECASE):
        return "opposition"
    cut = _HEAD_ENDS.search(flat)
    head = flat[: cut.start()] if cut and _ANY.search(flat[: cut.start()]) else flat
    if re.match(r"(?:\w+\s+)?notice\s+of\b", head, re.IGNORECASE):
        return "notice"
    if re.search(r"\border\s*$", head, re.IGNORECASE) and not re.search(r"\bopinion\b|\bmotion\b", head, re.IGNORECASE):
        return "order"
    return next((kind for kind, pattern in _KINDS if pattern.search(head)), None)


def _title(lines: Sequence[str]) -> str | None:
    """The first run of lines that reads as a title: capitals (or a short line) around a kind word."""
    for at, line in enumerate(lines):
        if not _ANY.search(re.sub(r"\bO R D E R\b", "ORDER", line)) or not _titular(line):
            continue
        first, last = at, at + 1
        while first > 0 and at - first < 5 and _shouted(line) and _leads(lines[first - 1]):
            first -= 1
        while last < len(lines) and last - at < 8 and _shouted(line) and _follows(lines[last - 1], lines[last]):
            last += 1
        title = re.sub(r"\s+", " ", " ".join(lines[first:last])).strip(" _-—*")
        return re.sub(r"\bO R D E R\b", "ORDER", title)
    return None


def _leads(line: str) -> bool:
    """Whether a line in capitals over a title's first kind word is part of the title."""
    if not _shouted(line) or _NO_TITLE.match(line) or _ends(line):
        return False
    return not re.match(r"\W*(?:for\s+the|in\s+re|in\s+the|\w+\s+circuit|circuit)\b", line, re.IGNORECASE)


def _follows(last: str, line: str) -> bool:
    """Whether a line in capitals goes on with the title; the name of counsel under it does not."""
    if not _shouted(line) or not _titular(line):
        return False
    unfinished = re.search(
        r"(?:\b(?:OF|TO|AND|FOR|IN|THE|OR|A|AN|ON|BY|WITH|AS|FROM|UNDER|RE|AT)|[,;:-]|\b[a-z]{2,4})$", last.strip()
    )
    name = re.fullmatch(r"[A-Z][A-Z.'’-]*(?:\s+[A-Z][A-Z.'’-]*){1,3}(?:,?\s+(?:JR|SR|III?)\.?)?", line.strip())
    return bool(unfinished) or not name or bool(_TITLE_WORDS.search(line))


def _shouted(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return len(letters) > 1 and sum(c.isupper() for c in letters) > 0.75 * len(letters)


def _titular(line: str) -> bool:
    """Whether a line can be a title's: capitals, or a few words in title case that begin no sentence."""
    if _NO_TITLE.match(line):
        return False
    if _shouted(line):
        return True
    words = [w for w in re.findall(r"[A-Za-z]+", line) if len(w) > 3]
    return (
        0 < len(words) <= 7
        and not re.match(r"\W*(?:[IVX]+|[A-Z]|\d+)[.)]\s", line)
        and _edge(line)
        and all(w[0].isupper() for w in words)
        and not line.rstrip().endswith((".", ",", ":"))
        and not re.search(r"\d", line)
    )


def _edge(line: str) -> bool:
    """Whether a kind word begins or ends the line, as it does in a title and seldom in a heading."""
    words = line.split()
    return bool(_ANY.search(" ".join(words[:2])) or _ANY.search(" ".join(words[-2:])))


def _ends(line: str) -> bool:
    return bool(
        re.search(
            r"(?:plaintiff|defendant|appellant|appellee|petitioner|respondent)s?[.,]*$|\d{2}-\d+|court\W*$|\bLLP\b"
            r"|\bcalifornia\W*$",
            line,
            re.IGNORECASE,
        )
    )


def _role(word: str, caption: Caption) -> Role:
    """The role a word names; the United States is whatever the caption makes it, else the government."""
    flat = re.sub(r"\s+", " ", word.lower()).removeprefix("cross-")
    if flat not in ("government", "united states"):
        appellate = [r for d in (caption.above_as, caption.below_as) for r in roles_of(d) if flat in roles_of(d)]
        return appellate[0] if appellate and appellate[0] in ("appellant", "appellee") else flat  # type: ignore[return-value]
    for party, designation in ((caption.above, caption.above_as), (caption.below, caption.below_as)):
        if "united states" in party.lower() and roles_of(designation):
            return roles_of(designation)[0]
    return "government"


def _names(party: str, text: str) -> str:
    """The names in a party's printed list: one, two joined by "and", or the first "et al."."""
    bare = re.sub(
        r",\s+(?:an?|the)\s+[^,;]*?(?:corporation|company|partnership|individual|resident|citizen|association)\b[^,;]*",
        "",
        party,
        flags=re.IGNORECASE,
    )
    bare = re.sub(r",?\s+(?:in\s+(?:his|her|its|their)\s+.*|individually.*|et\s+al\.?)$", "", bare, flags=re.IGNORECASE)
    protected = re.sub(r",\s+(inc|llc|ltd|l\.?p|llp|corp|co|n\.?a|s\.?a|jr|sr)\b", r"\0 \1", bare, flags=re.IGNORECASE)
    parts = [
        re.sub(r"\0", ",", p).strip(" ,;")
        for p in re.split(r";\s*(?:and\s+)?|,\s+and\s+|,\s+|\s+and\s+", protected, flags=re.IGNORECASE)
    ]
    names = [cased(p, text) for p in parts if p and not re.match(r"does?\s+\d", p, re.IGNORECASE)]
    if len(names) > 2 or (len(names) == 1 and re.search(r"\bet\s+al\b", party, re.IGNORECASE)):
        return f"{names[0]} et al."
    return " and ".join(names)
