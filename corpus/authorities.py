"""List what a filing cites, and where.

table_of_authorities(filing) -> authorities, cases first, then statutes, others and the record, each by name
  find      eyecite's full, short, supra, id. and statute citations; our record cites        (corpus/records.py)
  resolve   short forms to their full citation; an Id. after a record cite to that paper, not to a case
  gather    offsets to pages and passages

eyecite reads about 50 pages a second, so this runs when somebody asks and not at ingest.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from eyecite import get_citations, resolve_citations
from eyecite.models import CitationBase, FullCaseCitation, FullLawCitation, IdCitation, UnknownCitation

from corpus.model import Authority, Filing
from corpus.records import RecordCite, record_cites

Kind = Literal["case", "statute", "other", "record"]
_WITHIN = ("ante", "Ante", "post", "Post", "Dissent", "Concurrence", "Maj. Op.")  # writings of the same opinion
ORDER: tuple[Kind, ...] = ("case", "statute", "other", "record")

_NAME = re.compile(
    r"(\b(?:In\s+re|Ex\s+parte|Matter\s+of|Estate\s+of)\s[^,;()“”]{2,70}"
    r"|\b(?:[a-z]{1,3}(?=[A-Z])|[A-Z])[^;:()“”?!]{1,90}?\sv\.\s[A-Z][^;:()“”?!]{1,90}?),\s*$"
)
_SIGNAL = re.compile(
    r"^.*\b(?:[Ss]ee(?:\s+also|\s+generally)?(?:,\s+e\.\s?g\.)?|[Cc]f\.|[Aa]ccord|[Cc]ompare|with|[Ii]n|[Uu]nder"
    r"|citing|quoting|from|on|that|[Ff]ollowing|[Bb]y)"
    r"[,.]?\s+(?=[A-Za-z]*[A-Z])"
)
_SECTION = re.compile(r"§{1,2}\s?(\d[\w.-]*(?:\s?\([\w]{1,4}\))*)")


class Cited(NamedTuple):
    """One citation, resolved: which authority it names and where it stands."""

    kind: Kind
    citation: str
    name: str | None
    start: int
    end: int


def table_of_authorities(filing: Filing) -> tuple[Authority, ...]:
    """Every authority and record paper the filing cites, with all places; none on maps, which repeat the body."""
    text = filing.text
    for page in filing.pages:
        if page.use in ("toc", "toa"):
            text = text[: page.start] + " " * (page.end - page.start) + text[page.end :]
    cited = find_cited(text)
    places: dict[tuple[Kind, str], list[Cited]] = defaultdict(list)
    for one in cited:
        places[one.kind, one.citation].append(one)
    starts = [passage.start for passage in filing.passages]
    found = [_authority(filing, starts, kind, citation, ones) for (kind, citation), ones in places.items()]
    return tuple(sorted(found, key=lambda a: (ORDER.index(a.kind), (a.name or a.citation).lower())))


def find_cited(text: str) -> list[Cited]:
    """Every citation in `text` resolved to its authority, in order; what cannot be resolved is left out."""
    flat = re.sub(r"[\n\t]", " ", text)
    records = record_cites(flat)
    citations: Sequence[CitationBase] = get_citations(flat)
    taken, of_records = _ids_after_records(citations, records)
    resolved = resolve_citations([c for c in citations if id(c) not in taken])
    cited = [*of_records, *(Cited("record", r.paper, None, r.start, r.end) for r in records if r.kind != "writing")]
    sections: dict[str, str] = {}
    for resource, members in resolved.items():
        kind, citation, name = _described(resource.citation, flat)
        if kind == "statute" and (section := _SECTION.search(citation)):
            sections.setdefault(_base(section[1]), citation[: section.start()])
        cited += [Cited(kind, citation, name, *member.span()) for member in members]
    cited += _bare_sections(flat, sections, cited)
    return sorted(_without_overlaps(cited), key=lambda c: (c.start, c.end))


def _ids_after_records(
    citations: Sequence[CitationBase], records: Sequence[RecordCite]
) -> tuple[set[int], list[Cited]]:
    """The id. citations whose antecedent is a record cite, and what they cite."""
    taken: set[int] = set()
    found: list[Cited] = []
    marks = [(r.start, "record", r.paper) for r in records]
    marks += [
        (c.span()[0], "id" if isinstance(c, IdCitation) else "eyecite", "")
        for c in citations
        if not isinstance(c, UnknownCitation)
    ]
    by_start = {c.span()[0]: c for c in citations if isinstance(c, IdCitation)}
    paper: str | None = None
    for start, kind, name in sorted(marks):
        if kind == "record":
            paper = name
        elif kind == "eyecite":
            paper = None
        elif paper is not None:
            taken.add(id(by_start[start]))
            found += [Cited("record", paper, None, *by_start[start].span())] if paper not in _WITHIN else []
    return taken, found


def _described(citation: CitationBase, text: str) -> tuple[Kind, str, str | None]:
    """An authority's kind, full citation and, for a case, its name."""
    if isinstance(citation, FullCaseCitation):
        return "case", citation.corrected_citation(), _case_name(citation, text)
    if isinstance(citation, FullLawCitation):
        start, end = citation.span()
        section = _SECTION.search(text, start, min(len(text), end + 30))
        whole = citation.corrected_citation().replace("§§", "§").replace("U. S. C.", "U.S.C.")
        if section:
            whole = re.sub(r"§\s?.*$", "§ " + re.sub(r"\s", "", section[1]).rstrip(".-"), whole)
        return "statute", whole, None
    return "other", citation.corrected_citation(), None


def _case_name(citation: FullCaseCitation, text: str) -> str | None:
    """The name printed before a citation, signals cut off: "See Schooner Exchange v. McFaddon, 7 Cranch 116"."""
    before = text[max(0, citation.span()[0] - 190) : citation.span()[0]]
    if found := _NAME.search(before):
        left, _, right = found[1].partition(" v. ")
        return f"{_SIGNAL.sub('', left)} v. {right}" if right else found[1]
    sides = citation.metadata.plaintiff, citation.metadata.defendant
    return " v. ".join(sides) if all(sides) else None


def _bare_sections(text: str, sections: dict[str, str], cited: Iterable[Cited]) -> list[Cited]:
    """A section cited alone ("§ 1605(a)(2)"), where the filing has cited that section of a code in full."""
    known = [(c.start, c.end) for c in cited if c.kind == "statute"]
    found = []
    for match in _SECTION.finditer(text):
        code = sections.get(_base(match[1]))
        if code and not any(start <= match.start() < end for start, end in known):
            citation = code + "§ " + re.sub(r"\s", "", match[1]).rstrip(".-")
            found.append(Cited("statute", citation, None, match.start(), match.end()))
    return found


def _base(section: str) -> str:
    """A section's number without its subsections: "1605(a)(2)" → "1605"."""
    return section.partition("(")[0].rstrip(".-").strip()


def _without_overlaps(cited: Iterable[Cited]) -> list[Cited]:
    """Of citations that overlap, the one that begins first; of those, the longest."""
    kept: list[Cited] = []
    for one in sorted(cited, key=lambda c: (c.start, -c.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _authority(filing: Filing, starts: Sequence[int], kind: Kind, citation: str, ones: Sequence[Cited]) -> Authority:
    places = tuple((one.start, one.end) for one in ones)
    pages = sorted({page for start, end in places for page in filing.pages_in(start, end)[:1]})
    passages = []
    for start, _ in places:
        at = bisect_right(starts, start) - 1
        if at >= 0 and filing.passages[at].end > start and filing.passages[at].id not in passages:
            passages.append(filing.passages[at].id)
    name = next((one.name for one in ones if one.name), None)
    return Authority(kind, citation, name, places, tuple(pages), tuple(passages))
