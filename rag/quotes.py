"""Show the record's own words, or say that they are not the record's.

locate_quote(text, filing, within=…) -> Located       exact, altered (and how), or absent           (rag/locate.py)
place_of(filing, start, end)         -> Place         what a pin cite needs                          (rag/places.py)
place_quote(filing, start, end)      -> Quote         verified words with page, lines, speaker and citation
check_quotes(drafts, filings)        -> CheckedQuote… each draft kept: verified, or unverified and why
describe(located)                    -> str           what the search found, in a sentence

A verified quote's text is the filing's own slice [start, end), never the draft's: its marks as printed, with what an
ellipsis left out and without the draft's brackets; `note` says so. Where much was left out, each part is a quote of
its own. Nothing is mended: a quotation altered by one word is unverified, and its note gives the closest true words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from corpus.model import Filing, Speaker
from rag.cite import cite
from rag.locate import locate_quote as locate_quote
from rag.model import CheckedQuote, Located, Quote, QuoteDraft
from rag.places import place_of as place_of
from rag.places import voice_of

SHOWN_GAP = 240  # characters left out that are shown again with the rest: about forty words


def place_quote(
    filing: Filing,
    start: int,
    end: int,
    *,
    same_case: bool = True,
    page_style: str = "printed",
    note: str | None = None,
) -> Quote:
    """The verified quote of `filing.text[start:end]`, white space at its ends left out."""
    slice_ = filing.text[start:end]
    start, end = start + len(slice_) - len(slice_.lstrip()), end - len(slice_) + len(slice_.rstrip())
    place = place_of(filing, start, end)
    speaker, restates = voice_of(filing, start, end)
    lines = (place.first.line, place.last.line) if place.first.line and place.last.line else None
    return Quote(
        text=filing.text[start:end],
        verified=True,
        citation=cite(filing.facts, place, same_case=same_case, page_style=page_style, file=filing.file),
        filing_id=filing.id,
        file=filing.file,
        page=place.first.page,
        page_label=place.first.label,
        ecf_page=place.first.ecf_page,
        lines=lines,
        start=start,
        end=end,
        speaker=speaker,
        restates=restates,
        writing=place.writing,
        boxes=filing.boxes_in(start, end),
        note=note,
    )


def check_quotes(
    drafts: Iterable[QuoteDraft],
    filings: Mapping[str, Filing],
    *,
    same_case: bool = True,
    page_style: str = "printed",
) -> tuple[CheckedQuote, ...]:
    """Every draft with its quotes, in order; none is dropped. A filing that is not among `filings` (by id) has no
    words to check against: the draft stays unverified."""
    return tuple(_checked(draft, filings.get(draft.filing_id), same_case, page_style) for draft in drafts)


def _checked(draft: QuoteDraft, filing: Filing | None, same_case: bool, page_style: str) -> CheckedQuote:
    if filing is None:
        return CheckedQuote(draft, Located("absent"), (_unverified(draft, None, "", "No such filing is at hand."),))
    located = locate_quote(draft.text, filing, within=draft.within)
    if located.verdict != "exact":
        citation = cite(filing.facts, None, same_case=same_case, page_style=page_style, file=filing.file)
        return CheckedQuote(draft, located, (_unverified(draft, filing, citation, describe(located)),))
    note = (
        f"Shown in the record's own words; the quotation had {_listed(located.disclosed)}."
        if located.disclosed
        else None
    )
    spans = [(located.start, located.end)]
    if any(right[0] - left[1] > SHOWN_GAP for left, right in zip(located.segments, located.segments[1:], strict=False)):
        spans = list(located.segments)
    quotes = tuple(
        place_quote(filing, start, end, same_case=same_case, page_style=page_style, note=note) for start, end in spans
    )
    return CheckedQuote(draft, located, quotes)


def describe(located: Located) -> str:
    """One sentence for a reader on what the search found."""
    if located.verdict == "exact":
        return "The filing says this, word for word."
    nearest_words = f" The closest words are: “{located.text}”" if located.text else ""
    if located.verdict == "absent":
        return f"The filing does not say this.{nearest_words}"
    said = {"omitted": "leaves out “{r}”", "inserted": "adds “{q}”", "spacing": "joins or parts words in “{q}”"}
    ways = [said.get(c.kind, "has “{q}” for “{r}”").format(q=c.quoted, r=c.record) for c in located.changes[:4]]
    more = " and more" if len(located.changes) > 4 else ""
    return f"The quotation {_listed(ways)}{more}.{nearest_words}"


def _unverified(draft: QuoteDraft, filing: Filing | None, citation: str, note: str) -> Quote:
    return Quote(
        text=draft.text,
        verified=False,
        citation=citation,
        filing_id=draft.filing_id,
        file=filing.file if filing else "",
        page=None,
        page_label=None,
        ecf_page=None,
        lines=None,
        start=0,
        end=0,
        speaker=Speaker("unknown"),
        restates=None,
        writing=None,
        note=note,
    )


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else "differs"
