"""Read a caption: who is against whom, and what the case is called for short.

read_caption(rows) -> Caption    the parties above and below the "v.", or the "In re" name, with their designations
case_name(caption) -> str        "Samantar v. Yousuf", "In re Bard IVC Filters Products Liability Litigation"
cased(name, text) -> str         a name printed in capitals, in the letters that `text` uses for it

    ┌ left ────────────────┐ ┌ right ───────────────┐     Two columns, ruled or set off with ) ] or §, or one
    │ CONSUMERINFO.COM, IN │ │ Case No. 8:16-cv-126 │     column in the middle. The right one holds the number
    │       Plaintiff,     │ │ ORDER GRANTING …     │     and the title; the left the parties.
    │   v.                 │ │                      │
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corpus.model import Line, Reading, Role


class Row(NamedTuple):
    """One printed line of the front of a filing; x0 and x1 are fractions of the page width."""

    text: str
    x0: float
    x1: float
    page: int = 1


class Caption(NamedTuple):
    """`above` and `below` are the parties as printed, designations cut off; `above_as` and `below_as` those
    designations. `matter` is the "In re …" name where there is one. What is not there is ""."""

    above: str = ""
    above_as: str = ""
    below: str = ""
    below_as: str = ""
    matter: str = ""


_ACRONYM_USES = 3  # in capitals amid lower case, so often and never otherwise: an acronym
COLUMN_GAP = 0.03  # of the page width: wider than any space between words, even in justified lines
_FENCE = re.compile(r"(?:(?<=\s)|^)[)\]|§}:](?:\s*[)\]|§}])*(?=\s|$)")
_COURT_LINE = re.compile(r"[^a-z]*(?:COURT|Court)[^a-z]*$|(?:In the )?(?:United States|Supreme) [\w ]*Court [\w ]*$")
_BODY_WORDS = 9  # in one line of lower-case text over most of the measure: the caption has ended
_TITLE_WORD = re.compile(
    r"\W*(?:(?:memorandum|order|opinion|motion|complaint|brief|petition\s+for|notice\s+of|declaration|judgment"
    r"|decision|answer\s+to)\b|O R D E R)",
    re.IGNORECASE,
)
_CORPORATE = re.compile(r"\W*(?:inc|llc|l\.l\.c|ltd|limited|l\.?p|llp|corp|co|n\.a|s\.a)\b", re.IGNORECASE)
_NAMED_WHOLE = re.compile(
    r"\b(?:litigation|proceedings?|investigation|subpoena|application|matter|warrant|cases?|securities|estate)\b",
    re.IGNORECASE,
)
_VERSUS = re.compile(
    r"(?:^|\s)(?:[vV]\.|[vV][sS]\.?|versus|VERSUS|-\s?against\s?-|–\s?against\s?–|-\s?v\.?\s?-)(?:\s|$)"
)
_MATTER = re.compile(r"^\W*(?:in\s+re:?|in\s+the\s+matter\s+of:?|matter\s+of|ex\s+parte)\b[\s:]*", re.IGNORECASE)
_DESIGNATION = re.compile(
    r"\b(?:counter|cross|third[- ]party)?[-\s]*(?:plaintiff|defendant|appellant|appellee|petitioner|respondent|debtor"
    r"|claimant|intervenor|movant|relator|employee|employer|carrier|complainant|real[- ]part(?:y|ies) in interest)"
    r"(?:\(?s\)?)?(?:\s*[-–—/,]\s*(?:counter|cross|third[- ]party)?[-\s]*(?:plaintiff|defendant|appell(?:ant|ee)"
    r"|petitioner|respondent|movant)(?:\(?s\)?)?)*(?=\W|$)",
    re.IGNORECASE,
)
# What stands around the parties and is none of them.
_AROUND = re.compile(
    r"^\W*(?:(?:case|docket|civil|misc|action|cause|crim|index|mdl|c\.?a|d\.?c|agency|lc|usdc)\b.{0,25}\bno|nos?\.\s"
    r"|case\b.{0,4}\d|on\s+(?:petition|writ|appeal|application|discretionary)|(?:on\s+)?appeals?\s+from"
    r"|certiorari\s+to|before\b"
    r"|(?:united\s+states|supreme|superior|circuit|district)\b.{0,30}\bcourt|.{0,40}\b(?:district|division|circuit"
    r"|county)\s+of\b.{0,30}$"
    r"|for\s+the\b|in\s+the\b.{0,60}\bcourt|\[|_{3,}|-{4,}|—{3,}|filed\b|decided\b|argued\b|t\.\s?c\.|at\s+[A-Z]+$"
    r"|.*\b(?:division|circuit|court|department|district)(?:\s+(?:one|two|three|four|five|six|[ivx]+|\d))?\s*$"
    r"|in\s+(?:case|appeal)\s+no|by\s+the\s+court|in\s+the\b|page\b|\d+$|plaintiff\b.{0,40}\balleg"
    r"|\d{4}-[A-Z]+-\d+)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:,?\s+(?:et\s+(?:al|ux|vir)\b\.?|by\s+(?:and\s+through|his|her|its|their)\b|in\s+(?:his|her|its|their)\b"
    r"|individually\b|on\s+behalf\s+of\b|a/k/a\b|d/b/a\b|dba\b|f/k/a\b|ex\s+rel\b)"
    r"|,\s+(?:an?|the|as|acting|in|by|for)\s|;|\sand\s|,\s+and\s).*$",
    re.IGNORECASE | re.DOTALL,
)
_ORGANISATION = re.compile(
    r"\b(?:inc|llc|l\.l\.c|llp|l\.p|lp|ltd|limited|corp|corporation|co|company|companies|cos|n\.?a|s\.?a|gmbh|plc"
    r"|a\.?g|n\.?v|b\.?v"
    r"|p\.?c|bank|trust|fund|partners|group|holdings?|systems?|technolog(?:y|ies)|software|services?|program|center"
    r"|centre|association|assn|society"
    r"|foundation|institute|union|league|alliance|council|committee|commission|commissioner|board|bureau|agency"
    r"|authority|administration"
    r"|department|dept|ministry|office|district|county|city|town|village|state|states|commonwealth|republic|kingdom"
    r"|nation|tribe|government|university|college|schools?|hospital|clinic|church|chapel|ministries|museum"
    r"|insurance|mutual|industries|enterprises|international|national|american|america|federal|estate|litigation"
    r"|products|stores?"
    r"|railroad|railway|airlines?|airways|motors?|energy|oil|gas|power|electric|media|news|press|times|records"
    r"|entertainment|networks?"
    r"|real|property|vessel|of|for|the|&|and|messaging|infrastructure|online|labs?|studios?|pharmaceuticals?"
    r"|laboratories|health|medical"
    r"|solutions|logistics|capital|management|financial|securities|investments?|properties|realty|homes|farms?"
    r"|foods?|restaurants?|hotels?|resorts?)\b"
    r"|\.com|\.org|\d",
    re.IGNORECASE,
)
_INC = r",\s*(?:inc|llc|l\.l\.c|llp|l\.p|lp|ltd|n\.a|s\.a|co|corp|p\.c)"
_INCORPORATED = re.compile(rf"{_INC}\b", re.IGNORECASE)
_PAST_INCORPORATED = re.compile(rf"({_INC}\.?)(?:,.*|\s.*)?$", re.IGNORECASE)
_SUFFIX = re.compile(r",?\s+(?:jr|sr|ii|iii|iv|esq|m\.?d|ph\.?d|warden|superintendent)\.?$", re.IGNORECASE)
_PARTICLES = {
    "de",
    "la",
    "van",
    "von",
    "der",
    "den",
    "del",
    "di",
    "da",
    "du",
    "st.",
    "st",
    "ben",
    "bin",
    "al",
    "el",
    "le",
    "mac",
}
_SMALL = {
    "a",
    "an",
    "and",
    "as",
    "at",
    "by",
    "for",
    "from",
    "in",
    "of",
    "on",
    "or",
    "the",
    "to",
    "v.",
    "with",
    "ex",
    "rel.",
    "et",
    "al.",
}
_CAPS = {
    "LLC",
    "LLP",
    "LP",
    "USA",
    "US",
    "II",
    "III",
    "IV",
    "NA",
    "N.A.",
    "S.A.",
    "AG",
    "PLC",
    "DBA",
    "FBI",
    "IRS",
    "EPA",
    "CIA",
}
_PLACES = re.compile(
    r"^(?:the\s+)?(?:state|commonwealth|people)\s+of\s+(?:the\s+state\s+of\s+)?(?=[A-Z])", re.IGNORECASE
)


def front_rows(reading: Reading, pages: int = 2, limit: int = 120) -> list[Row]:
    """The printed lines of the first `pages` pages that have text, from the top, at most `limit`."""
    rows: list[Row] = []
    last: int | None = None
    for line in reading.lines:
        if line.start >= reading.body_end or len(rows) >= limit:
            break
        last = last if last is not None else line.page + pages
        if line.page >= last:
            break
        rows.extend(_pieces(line, reading.text[line.start : line.end]))
    return rows


def _pieces(line: Line, text: str) -> list[Row]:
    """The line, cut where a gap between words is a gap between columns."""
    pieces, start, x0 = [], 0, line.box.x0
    if len(line.edges) == 2 * (len(text) + 1):
        edges = [int.from_bytes(line.edges[i : i + 2], "little") / 65535 for i in range(0, len(line.edges), 2)]
        for at, char in enumerate(text):
            if char == " " and edges[at + 1] - edges[at] > COLUMN_GAP:
                pieces.append(Row(text[start:at].strip(), x0, edges[at], line.page))
                start, x0 = at + 1, edges[at + 1]
    pieces.append(Row(text[start:].strip(), x0, line.box.x1, line.page))
    return [piece for piece in pieces if piece.text]


def caption_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows before the body: up to the first two lines of running text after the court's name."""
    court = next((at for at, row in enumerate(rows) if _COURT_LINE.match(row.text)), 0)
    for at in range(court + 3, len(rows) - 1):
        if _running(rows[at].text) and _running(rows[at + 1].text):
            return list(rows[:at])
    return list(rows)


def _running(line: str) -> bool:
    words = line.split()
    return (
        len(words) >= _BODY_WORDS and sum(w[0].islower() for w in words) >= 0.5 * len(words) and not _AROUND.match(line)
    )


def columns(rows: Sequence[Row]) -> tuple[list[str], list[str]]:
    """The caption's left and right column as lines; a line in the middle of the page counts as left."""
    left, right = [], []
    for row in rows:
        parts = [part.strip() for part in _FENCE.split(row.text, maxsplit=1)]
        if _DESIGNATION.fullmatch(row.text.strip(" .,;()")):
            left.append(parts[0] or row.text)
            continue
        if len(parts) == 2 and (parts[0] or row.x0 < 0.4):
            left.append(parts[0])
            right.append(parts[1])
        elif row.x0 > 0.47 and not (row.x0 < 0.53 and row.x1 < 0.56) and not _middle(row):
            right.append(parts[-1])
        else:
            left.append(" ".join(part for part in parts if part))
    return [text for text in left if text], [text for text in right if text]


def read_caption(rows: Sequence[Row]) -> Caption:
    """The parties of the first caption in `rows`; all "" where there is none."""
    lines, _ = columns(caption_rows(rows))
    matter = _matter(lines)
    for at, line in enumerate(lines):
        found = _VERSUS.search(line)
        if not found or (found.start() > 0 and not _inline(line, found.start())):
            continue
        above = _gather(reversed(lines[:at]), line[: found.start()], upward=True)
        below = _gather(lines[at + 1 :], line[found.end() :], upward=False)
        if not above or not below:
            continue
        above, above_as = _designated(above)
        below, below_as = _designated(below)
        earlier = matter if matter and lines.index(matter[0]) < at else None
        return Caption(above, above_as, below, below_as, _join(earlier[1]) if earlier else "")
    return Caption(matter=_join(matter[1])) if matter else Caption()


def case_name(caption: Caption, text: str = "") -> str | None:
    """The case's short name, first party against first party, people by surname; None without parties."""
    if caption.matter:
        name = short_party(caption.matter, text)
        if len(name) > 120:
            return None
        prefix = "Ex parte" if caption.matter.lower().startswith("ex parte") else "In re"
        return f"{prefix} {name}" if name else None
    above, below = short_party(caption.above, text), short_party(caption.below, text)
    if not above or not below or max(len(above), len(below)) > 100 or "http" in above + below:
        return None
    return f"{above} v. {below}"


def short_party(printed: str, text: str = "") -> str:
    """The first party of a list, as a short cite names it: a surname, or an organisation's name.

    "MOHAMED ALI SAMANTAR, PETITIONER" → "Samantar"; "GIFT SURPLUS, LLC, and SANDHILL …" → "Gift Surplus, LLC".
    """
    name = re.sub(r",?\s+N[oO]s?\.\s.*$", "", _MATTER.sub("", printed))
    name = _stripped(name)
    if _NAMED_WHOLE.search(name) and _MATTER.match(printed):
        return cased(re.sub(r"\s+", " ", name), text)
    name = re.sub(r"\s+", " ", re.sub(r"[\d*†‡]+(?=\s*,|\s*$)|\b\d{2}-\d{3,5}\b", "", name)).strip()
    whole = name
    name = _TAIL.sub("", name).strip(" ,;:")
    if re.search(
        r"\b(?:association|bank|department|dept|board|college|society|trust|university|republic|secretary)$",
        name,
        re.IGNORECASE,
    ):
        joined = re.match(r"[^,;]+?\sand\s[^,;]+", whole)
        name = joined[0] if joined and _ORGANISATION.search(joined[0]) and "," not in name else name
    name = _PLACES.sub("", name) if len(name.split()) > 2 else name
    name = re.sub(r"^united\s+states\s+of\s+america$", "UNITED STATES", name, flags=re.IGNORECASE)
    first = name.split(",")[0].strip()
    named = _PAST_INCORPORATED.sub(r"\1", name) if _INCORPORATED.search(name) else first
    if first and not _ORGANISATION.search(named) and len(first.split()) <= 5:
        named = _surname(_SUFFIX.sub("", first))
    return cased(named, text)


def cased(name: str, text: str = "") -> str:
    """`name`, if printed in capitals, in the letters `text` uses for it, else in title case; else as it is."""
    letters = [c for c in name if c.isalpha()]
    if not letters or sum(c.isupper() for c in letters) < 0.8 * len(letters):
        return name
    if text and len(name) > 3:
        pattern = re.compile(r"\b" + r"\s+".join(map(re.escape, name.split())), re.IGNORECASE)
        for found in pattern.finditer(text[:60_000]):
            if sum(c.isupper() for c in found[0]) < 0.8 * len(letters) and found[0][0].isupper():
                return re.sub(r"\s+", " ", found[0])
    return " ".join(_as_in(word, text) or _title_word(word, first=not i) for i, word in enumerate(name.split()))


def roles_of(designation: str) -> tuple[Role, ...]:
    """The roles a designation gives, the appellate one first: "Plaintiffs-Appellees" → (appellee, plaintiff)."""
    order: tuple[Role, ...] = ("appellant", "appellee", "petitioner", "respondent", "plaintiff", "defendant")
    return tuple(role for role in order if role in designation.lower())


def has_versus(line: str) -> bool:
    """Whether a line of a caption holds the "v." between its parties."""
    found = _VERSUS.search(line)
    return found is not None and (found.start() == 0 or _inline(line, found.start()))


def has_designation(line: str) -> bool:
    """Whether a line says what a party is: "Defendant - Appellant."."""
    return bool(_DESIGNATION.search(line))


def _middle(row: Row) -> bool:
    return abs((row.x0 + row.x1) / 2 - 0.5) < 0.06


def _inline(line: str, at: int) -> bool:
    """Whether a "v." inside a line parts a caption's parties and is not in running text or a cited case."""
    before = line[:at]
    return bool(_DESIGNATION.search(before)) or before.upper() == before or not re.search(r"\d", line)


def _gather(lines: Iterable[str], start: str, *, upward: bool) -> str:
    """The party text next to the "v.": on from `start`, line by line, until something that is no party."""
    taken = [start.strip()] if start.strip() else []
    if not upward and start and re.search(r"[Rr]espondents?\.?$|RESPONDENTS?\.?$|[Dd]efendants?[.,]?$", start):
        return start.strip()
    for line in lines:
        if _AROUND.match(line) or len(taken) > 90 or (upward and _VERSUS.search(line)):
            break
        if (
            upward
            and taken
            and re.search(r"[.:]$", line)
            and not re.search(r"(?:Inc|Ltd|Co|Corp|Jr|al|Bros)\.$", line, re.IGNORECASE)
        ):
            break
        taken.append(line)
        if not upward and _DESIGNATION.search(line):
            break
        if (
            not upward
            and re.search(r"[.]$", line)
            and not re.search(r"(?:Inc|Ltd|Co|Corp|Jr|al|U\.S|rel)\.$", line, re.IGNORECASE)
        ):
            break
    return " ".join(reversed(taken) if upward else taken).strip()


def _designated(party: str) -> tuple[str, str]:
    """A party's text cut at its first designation, and that designation."""
    found = _DESIGNATION.search(party)
    if not found:
        return _stripped(party), ""
    before, after = _stripped(party[: found.start()]), _stripped(party[found.end() :])
    return (before or after), found[0].strip(" ,-–—")


def _stripped(name: str) -> str:
    """A name without stray marks at its ends; the full stop of "Inc." is its own."""
    bare = name.strip(" ,;:*_")
    return (
        bare
        if re.search(r"\b(?:Inc|Ltd|Co|Corp|Cos|Bros|Jr|Sr|al|[A-Z])\.$", bare, re.IGNORECASE)
        else bare.strip(" ,.;:*_")
    )


def _matter(lines: Sequence[str]) -> tuple[str, list[str]] | None:
    """The first line that opens an "In re" name, and all lines of that name."""
    for at, line in enumerate(lines):
        if not _MATTER.match(line) or (len(line) > 90 and line.upper() != line):
            continue
        taken = [line]
        for following in lines[at + 1 : at + 6]:
            if _TITLE_WORD.match(following):
                break
            done = taken[-1].endswith((",", ".", ";")) and not _CORPORATE.match(following)
            done = done or bool(_DESIGNATION.search(taken[-1]))
            done = done or bool(re.search(r"(?:litigation|investigation|proceedings?)\W*$", taken[-1], re.IGNORECASE))
            if (
                _AROUND.match(following)
                or _VERSUS.search(following)
                or (done and len(taken[-1]) > 8 and not taken[-1].endswith(("Inc.", "INC.")))
            ):
                break
            if following.isupper() != line.upper().isupper() and re.match(
                r"(?:memorandum|order|opinion)", following, re.IGNORECASE
            ):
                break
            taken.append(following)
        return line, taken
    return None


def _join(lines: Sequence[str]) -> str:
    return re.sub(r"\s*\bNos?\.\s.*$", "", " ".join(lines)).strip(" ,")


def _surname(person: str) -> str:
    """The surname of a person's name, with its particles: "VANESSA ST. PIERRE" → "ST. PIERRE"."""
    words = person.split()
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in _PARTICLES:
        at -= 1
    if len(words) > 1 and re.fullmatch(r"[A-Z]\.", words[-1]):  # "KENNY A.", a child named by initial
        return person
    return " ".join(words[at:])


def _as_in(word: str, text: str) -> str | None:
    """A word in capitals as running text writes it: "MACLEAN" → "MacLean", "EEOC" → "EEOC"; None if it does not."""
    bare = word.strip(",.;:()")
    if len(bare) < 3 or not bare.isalpha() or bare.lower() in _SMALL:
        return None
    inside = re.compile(rf"\b(?!v\b)[A-Z]?[a-z]+[,;.’]?\s((?i:{re.escape(bare)}))\b")
    forms = Counter(found[1] for found in inside.finditer(text[:60_000]) if not found[1].islower())
    mixed = [form for form, _ in forms.most_common() if not form.isupper()]
    if mixed:
        return word.replace(bare, mixed[0])
    return word if forms[bare] >= _ACRONYM_USES else None


def _title_word(word: str, *, first: bool) -> str:
    """A word printed in capitals as a title prints it; what has no vowel or a known short form stays."""
    bare = word.strip(",.;:()")
    if word.lower() in _SMALL and not first:
        return word.lower()
    if bare in _CAPS or word in _CAPS or re.fullmatch(r"(?:[A-Z]\.)+[A-Z]?\.?", bare + "."):
        return word
    if (
        len(bare) > 1
        and bare.isalpha()
        and not re.search(r"[AEIOUY]", bare)
        and not (word.endswith(".") and len(bare) < 4)
        and bare not in {"MR", "MRS", "DR", "ST", "JR", "SR", "LTD", "BD", "BROS"}
    ):
        return word
    cased_word = re.sub(r"[A-Za-zÀ-ÿ]+(?:['’][Ss]\b)?", lambda m: m[0][0].upper() + m[0][1:].lower(), word)
    cased_word = re.sub(r"\bMc([a-z])", lambda m: "Mc" + m[1].upper(), cased_word)
    cased_word = re.sub(r"(?<=\w)\.(Com|Org|Net)\b", lambda m: m[0].lower(), cased_word)
    return re.sub(r"\b([OD])['’]([a-z]{3,})", lambda m: f"{m[1]}’{m[2].capitalize()}", cased_word)
