"""Find the words of a quotation in a filing: exact, altered and how, or absent.

locate_quote(text, filing, within=…) -> Located
  readings  the quotation as it stands, then without what is its own (outer marks, emphasis, "(citation omitted)")
  exact     its very words; or, with ellipses and brackets, what these stand for
  near      word for word beside the closest place

Exact means letter for letter, with the same marks between the words; only what typesetting does (see `folding`) is
looked past. A quotation may show its own doing and stay exact: an ellipsis, brackets, "(citation omitted)", a
footnote's number, emphasis, its own closing comma; `disclosed` names it. A cut word ("immune" of "nonimmune",
"exempt" of "non-exempt", "1" of "1,102") is not exact.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from corpus.model import Filing
from rag.folding import Folded, fold, fold_filing
from rag.model import Change, Located
from rag.nearest import Nearest, nearest

NEAR = 0.6  # share of words that agree from which a quotation counts as altered, not absent
CANDIDATE = 0.3  # … and from which a place is worth naming at all
GAP = 2000  # characters that one ellipsis may leave out; about a page
SHORT_GAP = 300  # … beside a part of fewer than _WORDS_OF_A_PART words, which stand on every page
_WORDS_OF_A_PART = 3
_MOST_PARTS = 5000  # places looked at for one part
_MOST_BRACKETS = 6  # … in one part: each may stand for several words
_MOST_PLACES = 500  # places counted for words that stand everywhere
_FEWEST_LETTERS = 8  # letters that a quotation with ellipses or brackets must have of its own

_OWN_NOTE = re.compile(
    r"[(\[](?:[^()\[\]]*\b(?:omitted|added|in original|cleaned up|supplied|altered|removed)\b[^()\[\]]*)[)\]]",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\[[^\[\]]{0,60}\]")
_BRACKETS_IN_A_ROW = re.compile(r"\[[^\[\]]{0,60}\](?: \[[^\[\]]{0,60}\])+")
_NOTHING = re.compile(r"\[(?:sic|emphasis|footnote|citations?|(?:fn?|n)\.? ?\d+)\b[^\]]*\] ?", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,2})(?=\S)|(?<=\S)(\*{1,3}|_{1,2})(?![\w*_])")
_NOTE_MARK = re.compile(r"(?<=[^\W\d]|[.,;:?!)\]'\"’”])(\d{1,3}|[⁰¹²³⁴-⁹]{1,3}|\[\d{1,3}\])(?=[\s'\"’”]|$)")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_CITATION = re.compile(
    r"\d|§|\bv\.|\b(?:id|see|cf|supra|ibid|quoting|citing|e\.g|ecf|dkt|compl|decl|br)\b", re.IGNORECASE
)
_LINE_HYPHEN = re.compile(r"(?<=\w)[-\u00ad‐]\s*\n\s*(?=\w)")
_STRAY_DOTS = re.compile(r"^(?:\.\s+)+|(?:\s+\.)+$")  # an ellipsis cut in two
_CLOSING = re.compile(r"(?<=\w)(['’”\")\]]?)[.,;:]$")
_HYPHENS = "-‐‑\u00ad"


def locate_quote(text: str, filing: Filing, *, within: tuple[int, int] | None = None) -> Located:
    """Look for `text` in the filing; the same words in several places: one inside `within`, else the first.

    Places on tables of contents and in a syllabus come after all others. An empty text is absent.
    """
    record = fold_filing(filing.text)
    return (
        _exact(text, record, filing, within)
        or _without_note_marks(text, record, filing, within)
        or _near(text, record, filing)
    )


def _readings(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The quotation folded as it stands, then step by step without what is its own, with the names of what went."""
    seen: set[str] = set()
    gone: list[str] = []
    steps = (
        ("", lambda t: t),
        ("line-end hyphens", lambda t: _LINE_HYPHEN.sub("", t)),
        ("its own note", lambda t: _OWN_NOTE.sub("", t)),
        ("emphasis", lambda t: _EMPHASIS.sub("", t)),
        ("", _unquoted),
        ("", lambda t: _STRAY_DOTS.sub("", t)),
        ("closing punctuation", lambda t: _CLOSING.sub(r"\1", _unquoted(t))),
    )
    for name, step in steps:
        new = step(text).strip()
        if new != text.strip() and name:
            gone.append(name)
        text = new
        folded = fold(text).text.strip("… ")
        if folded and folded not in seen:
            seen.add(folded)
            yield folded, tuple(gone)


def _unquoted(text: str) -> str:
    """Without quotation marks around the whole."""
    text = text.strip()
    pairs = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"))
    for left, right in pairs:
        if len(text) > 2 and text.startswith(left) and text.endswith(right):
            return text[1:-1].strip()
    return text


Spans = tuple[tuple[int, int], ...]  # segments in the folded record, in order


def _exact(text: str, record: Folded, filing: Filing, within: tuple[int, int] | None) -> Located | None:
    """The best place of the quotation's words; None for none."""
    for quote, disclosed in _readings(text):
        if found := _plain(quote, record, filing.text, within):
            return _located(found, record, filing, within, disclosed)
        if ("…" in quote or "[" in quote) and (found := _marked(quote, record, filing.text)):
            shown = ["an omission"] * ("…" in quote) + ["brackets"] * ("[" in quote)
            return _located(found, record, filing, within, (*disclosed, *shown))
    return None


def _plain(quote: str, record: Folded, text: str, within: tuple[int, int] | None) -> list[Spans]:
    """All places of the quotation's very words; the first one in `within`, however many come before it."""
    whole = (span for span in _finds(quote, record.text) if _is_whole(record, text, *span))
    found = list(islice(whole, _MOST_PLACES))
    if within and len(found) == _MOST_PLACES:
        first, last = record.index(within[0]), record.index(within[1])
        inside = (span for span in _finds(quote, record.text, first, last) if _is_whole(record, text, *span))
        found += [span for span in islice(inside, 1) if span not in found]
    return [(span,) for span in found]


def _finds(words: str, record: str, first: int = 0, last: int | None = None) -> Iterator[tuple[int, int]]:
    """Every place of `words` in `record[first:last]`, cut words included."""
    at = record.find(words, first, last)
    while at >= 0:
        yield at, at + len(words)
        at = record.find(words, at + 1, last)


def _marked(quote: str, record: Folded, text: str) -> list[Spans]:
    """All places of a quotation with ellipses or brackets, its parts in order and as close together as they stand."""
    quote = _BRACKETS_IN_A_ROW.sub("[--]", quote)
    own = _BRACKET.sub("", quote)
    if sum(c.isalnum() for c in own) < _FEWEST_LETTERS or len(_BRACKET.findall(quote)) > len(own.split()):
        return []
    parts = [part for part in (part.strip() for part in quote.split("…")) if _BRACKET.sub("", part).strip()]
    chains: list[Spans] = []  # from the last part backwards: what follows each place of a part, nearest first
    for at in range(len(parts) - 1, -1, -1):
        places = [span for span in _part_places(parts[at], record.text) if _is_whole(record, text, *span)]
        if at == len(parts) - 1:
            chains = [(place,) for place in places]
        else:
            short = min(len(parts[at].split()), len(parts[at + 1].split())) < _WORDS_OF_A_PART
            chains = _joined(places, chains, SHORT_GAP if short else GAP)
        if not chains:
            return []
    return chains[:_MOST_PLACES]


def _part_places(part: str, record: str) -> list[tuple[int, int]]:
    """Where one part stands, by what its brackets stand for; none where it is mostly brackets."""
    if "[" not in part:
        return list(islice(_finds(part, record), _MOST_PARTS))
    if len(_BRACKET.findall(part)) > _MOST_BRACKETS:
        return []
    return [match.span() for match in islice(re.finditer(_segment(part), record), _MOST_PARTS)]


def _joined(places: Sequence[tuple[int, int]], chains: Sequence[Spans], gap: int) -> list[Spans]:
    """Each place with the nearest chain that begins after it within `gap`; of places with the same chain, the last."""
    starts = [chain[0][0] for chain in chains]
    joined: dict[int, Spans] = {}
    for place in places:
        following = bisect_left(starts, place[1])
        if following < len(starts) and starts[following] - place[1] <= gap:
            joined[following] = (place, *chains[following])
    return list(joined.values())


def _segment(text: str) -> str:
    """One segment as a pattern.

    [t]he: either case · defendant[s]: any ending · claim[]: any ending · [defendants] alone: up to six words, or none
    · [sic]: nothing. A bracket at either end of the segment stands for words outside it and is dropped.
    """
    text = _NOTHING.sub("", text).strip()
    text = re.sub(r"^\[[^\]]{2,}\] | \[[^\]]{2,}\]$", "", text)
    made, done = "", 0
    for bracket in _BRACKET.finditer(text):
        inner, literal = bracket[0][1:-1], re.escape(bracket[0])
        before = text[done : bracket.start()]
        glued_left = bracket.start() > 0 and text[bracket.start() - 1].isalnum()
        glued_right = text[bracket.end() : bracket.end() + 1].isalnum()
        if not (glued_left or glued_right) and before.endswith(" "):
            made += re.escape(before[:-1]) + rf"(?: {literal}|(?: \S+){{0,6}}?)"
        elif len(inner) == 1 and inner.isalpha() and glued_right:
            made += re.escape(before) + rf"(?:{literal}|[{inner.lower()}{inner.upper()}])"
        else:
            made += re.escape(before) + rf"(?:{literal}|[\w']*)"
        done = bracket.end()
    made += re.escape(text[done:])
    return (r"(?<!\w)" if text[:1].isalnum() else "") + made + (r"(?!\w)" if text[-1:].isalnum() else "")


def _is_whole(record: Folded, text: str, first: int, last: int) -> bool:
    """Whether `[first, last)` of the folded record cuts no word, compound or number at either end."""
    start, end = record.start(first), record.end(last)
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    if text[start : start + 1].isalnum():
        if before[-1:].isalnum() or (before[-1:] in _HYPHENS and before[:1].isalnum() and len(before) == 2):
            return False
        if text[start].isdigit() and len(before) == 2 and before[-1] in ".,$" and before[0].isdigit():
            return False
    if text[end - 1 : end].isalnum():
        follows = len(after) == 2 and after[1].isalnum()
        if after[:1].isalnum() or (follows and (after[0] in _HYPHENS or after[0] in "'’")):
            return False
        if follows and text[end - 1].isdigit() and after[0] in ".,:" and after[1].isdigit():
            return False
    return True


def _standing(filing: Filing, offset: int) -> int:
    """0 for the body of a filing, 1 for a syllabus, 2 for a cover or a table: words are quoted where they are said."""
    page = next((page for page in filing.pages if page.start <= offset < page.end), None)
    if page is not None and page.use in ("toc", "toa", "cover"):
        return 2
    writing = filing.writing_at(offset)
    return 1 if writing is not None and writing.kind == "syllabus" else 0


def _located(
    found: Sequence[Spans],
    record: Folded,
    filing: Filing,
    within: tuple[int, int] | None,
    disclosed: Sequence[str],
) -> Located:
    """The best of the places found, in offsets of the filing."""

    def worth(spans: Spans) -> tuple[int, int, int]:
        start, end = record.start(spans[0][0]), record.end(spans[-1][1])
        inside = within is not None and within[0] <= start and end <= within[1]
        beside = within is not None and start < within[1] and within[0] < end
        return 0 if inside else 1 if beside else 2, _standing(filing, start), start

    best = min(found, key=worth) if len(found) > 1 else found[0]
    segments = tuple(_trimmed(filing.text, record.start(first), record.end(last)) for first, last in best)
    start, end = segments[0][0], segments[-1][1]
    return Located("exact", start, end, filing.text[start:end], segments, tuple(disclosed), (), len(found), 1.0)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space that a dash at its ends was folded with."""
    while start < end - 1 and text[start].isspace():
        start += 1
    while start < end - 1 and text[end - 1].isspace():
        end -= 1
    return start, end


def _without_note_marks(text: str, record: Folded, filing: Filing, within: tuple[int, int] | None) -> Located | None:
    """A quotation copied with the numbers of footnotes, each of which is called at that place; None for any other."""
    marks = [mark[0].strip("[]").translate(_SUPERSCRIPT) for mark in _NOTE_MARK.finditer(text)]
    found = _exact(_NOTE_MARK.sub("", text), record, filing, within) if marks else None
    if found is None:
        return None
    called = {n.number for n in filing.footnotes if n.mark is not None and found.start < n.mark <= found.end + 2}
    return replace(found, disclosed=(*found.disclosed, "footnote marks")) if called.issuperset(marks) else None


def _near(text: str, record: Folded, filing: Filing) -> Located:
    """Altered, with the differences; exact after all where the quotation said that it left these out; or absent."""
    *_, (quote, disclosed) = [("", ()), *_readings(text)]
    quote = _BRACKET.sub(lambda bracket: "" if _NOTHING.match(bracket[0]) else bracket[0][1:-1], quote)
    found = nearest(quote, record)
    if found is None or found.similarity < CANDIDATE:
        return Located("absent")
    start, end = record.start(found.start), record.end(found.end)
    placed = Located("absent", start, end, filing.text[start:end], similarity=found.similarity)
    if found.similarity < NEAR:
        return placed
    if owned := _owned(found, text):
        segments = tuple((record.start(first), record.end(last)) for first, last in found.segments)
        owns = (*(way for way in disclosed if way != "closing punctuation"), owned)
        return replace(placed, verdict="exact", segments=segments, disclosed=owns, places=1, similarity=1.0)
    marks = Change("punctuation", quote, record.text[found.start : found.end])  # all words agree: the rest does not
    return replace(placed, verdict="altered", changes=found.changes or (marks,))


def _owned(found: Nearest, text: str) -> str | None:
    """What the quotation says it left out, where that accounts for every difference: "(citation omitted)" for
    citations and footnotes, "(internal quotation marks omitted)" for marks, "(cleaned up)" for these and for case."""
    said = " ".join(note[0].lower() for note in _OWN_NOTE.finditer(text))
    cleaned = "cleaned up" in said
    for change in found.changes:
        marks = re.sub(r"['\[\]]", "", change.quoted) == re.sub(r"['\[\]]", "", change.record)
        if change.kind == "omitted" and ("citation" in said or cleaned) and _CITATION.search(change.record):
            continue
        if change.kind == "punctuation" and ("quotation marks" in said or cleaned) and marks:
            continue
        if change.kind == "case" and cleaned:
            continue
        return None
    return "an omitted citation" if "citation" in said else "its own note" if said else None
