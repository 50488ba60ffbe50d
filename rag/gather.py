"""Bring together the passages an answer is made of: one case, and every voice that was asked for.

gather(question, found, search) -> hits, ranked from 1
  one case    the case that the first hits speak for; all cases where the question asks across them
  voices      each side or court that the question asks of is searched for by itself; they come first, in turn
  authority   "which filings rely on Butters": the passages of each filing that name it
`search(query, filters, k)` is retrieval without a reranker; its hits come after those found first.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.cast import roles_of, speaks
from rag.leads import ASKED_KINDS
from rag.model import FilingRef, Filters, Hit, Question
from rag.question import asks_fate
from rag.words import topic

Search = Callable[[str, Filters, int], Sequence[Hit]]

ENOUGH = 3  # passages of each voice asked for that come first
MORE = 5  # passages searched for a voice
VOTERS = 5  # first hits that say which case is meant
_WRITINGS = {  # searched for a voice; a passage already found may be of others too (rag.cast.speaks)
    "majority": ("majority", "per_curiam"),
    "plurality": ("plurality",),
    "dissent": ("dissent", "concurrence_in_part"),
    "concurrence": ("concurrence", "concurrence_in_part"),
    "syllabus": ("syllabus",),
}
_KINDS = {
    "court": (("order", "judgment"), ("opinion",)),
    "witness": (("declaration", "affidavit", "transcript"),),
    "amicus": (("amicus_brief",),),
}
_ACROSS = re.compile(
    r"\b(?:which|what|any|other|all|these|different) (?:cases|opinions|decisions|courts|filings)\b|\bacross\b",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r",?\s+\b(?:inc|ltd|llc|llp|l\.l\.c|corp|corporation|company|co|lp|plc|et al)\b\.?", re.IGNORECASE)


def gather(question: Question, hits: Sequence[Hit], search: Search, filters: Filters) -> tuple[Hit, ...]:
    """The hits to answer from, each passage once, ranked anew from 1 in the order given and then found."""
    if question.form == "authority" and (names := authorities(question)):
        return _renumbered(_naming(names, hits, search, filters))
    kept = list(hits) if _ACROSS.search(question.text) else one_case(hits)
    if not _is_of_many_voices(kept):
        return _renumbered(kept)
    about = topic(question.text)
    queues = []
    for voice in question.voices:
        found = [list(search(about, wanted, MORE)) for wanted in _within(question, filters, voice, kept)]
        for brought in found if asks_fate(question) else [[hit for hits in found for hit in hits]]:  # each court's
            here = [hit for hit in brought if _is_of(hit, kept)]
            queues.append(_fused(_in_voice(question, here, voice), _in_voice(question, kept, voice))[:ENOUGH])
    if asked := [kind for kind in question.kinds if kind in ASKED_KINDS] if not filters.kind else []:
        named = search(about, replace(filters, kind=tuple(asked)), MORE)
        queues.append([hit for hit in named if _is_of(hit, kept)][:ENOUGH])
    return _renumbered([*_in_turn(queues), *kept])


def one_case(hits: Sequence[Hit]) -> list[Hit]:
    """The hits of the case that the first few speak for: each e times louder for each unit of score, none louder than
    one placed before it. So two passages of a long opinion do not outvote a one-page order that did clearly better."""
    votes: dict[str, float] = {}
    least = math.inf
    for hit in hits[:VOTERS]:
        least = min(least, hit.score)
        key = case_key(hit.filing)
        votes[key] = votes.get(key, 0.0) + math.exp(least - hits[0].score)
    if not votes:
        return []
    chosen = max(votes, key=lambda key: (votes[key], key))
    return [hit for hit in hits if case_key(hit.filing) == chosen]


def case_key(ref: FilingRef) -> str:
    """What filings of one case share: the case name without corporate endings, else the docket, else the filing."""
    if ref.case_name:
        return " ".join(_SUFFIX.sub("", ref.case_name).lower().replace(",", "").replace(".", "").split())
    return ref.docket or ref.id


def authorities(question: Question) -> tuple[str, ...]:
    """The names of the authorities asked about: full case names, sections, else capitalised words in the question."""
    if question.authorities or question.phrases:
        return question.authorities + question.phrases
    inner = re.findall(r"(?<=\s)[A-Z][A-Za-z’'-]{3,}(?:\s+v\.\s+[A-Z]\w+)?", question.text)
    return tuple(
        dict.fromkeys(name for name in inner if name.lower() not in ("court", "which", "plaintiffs", "defendants"))
    )


def _is_of_many_voices(hits: Sequence[Hit]) -> bool:
    """Whether the passages come from several filings or writings, so that a voice can be missing."""
    return len({hit.filing.id for hit in hits}) > 1 or any(hit.writing for hit in hits)


def _in_voice(question: Question, hits: Sequence[Hit], voice: str) -> list[Hit]:
    return [hit for hit in hits if speaks(question, hit.speaker.role, hit.writing, voice)]


def _is_of(hit: Hit, kept: Sequence[Hit]) -> bool:
    """Whether a passage is of the case of those kept."""
    return case_key(hit.filing) == case_key(kept[0].filing)


def _fused(one: Sequence[Hit], other: Sequence[Hit]) -> list[Hit]:
    """Two rankings as one, each passage once, by reciprocal ranks; ties go to the smaller id."""
    scores: Counter[str] = Counter()
    for hits in (one, other):
        for rank, key in enumerate(dict.fromkeys(hit.passage_id for hit in hits), 1):
            scores[key] += 1 / (2 + rank)  # type: ignore[assignment]  # a Counter adds floats as well
    known = {hit.passage_id: hit for hit in (*other, *one)}
    return [known[key] for key in sorted(scores, key=lambda key: (-scores[key], key))]


def _in_turn(queues: Sequence[Sequence[Hit]]) -> list[Hit]:
    """The first of each queue, then the second of each, and so on."""
    longest = max((len(queue) for queue in queues), default=0)
    return [queue[turn] for turn in range(longest) for queue in queues if turn < len(queue)]


def _naming(names: Sequence[str], hits: Sequence[Hit], search: Search, filters: Filters) -> list[Hit]:
    """The passages that hold one of the names, those found first before those searched for."""
    more = [hit for name in names for hit in search(f'"{name}"', filters, 60)]
    key = [name.split(" v. ")[0].lower() for name in names]
    return [hit for hit in [*hits, *more] if any(name in " ".join(hit.text.split()).lower() for name in key)]


def _within(question: Question, filters: Filters, voice: str, kept: Sequence[Hit]) -> list[Filters]:
    """The user's filters narrowed to a voice in the case at hand, one for each kind of filing it may speak in; none
    where the user's own filters are of the same sort."""
    matters = tuple(dict.fromkeys(hit.filing.matter for hit in kept if hit.filing.matter))
    narrow = replace(filters, matter=filters.matter or matters)
    if voice in _WRITINGS:
        return [] if filters.writing else [replace(narrow, writing=_WRITINGS[voice])]
    if voice in _KINDS:
        return [] if filters.kind else [replace(narrow, kind=kinds) for kinds in _KINDS[voice]]
    return [] if filters.side else [replace(narrow, side=roles_of(question, voice))]


def _renumbered(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    once = {hit.passage_id: hit for hit in reversed(hits)}
    order = dict.fromkeys(hit.passage_id for hit in hits)
    return tuple(replace(once[key], rank=rank) for rank, key in enumerate(order, 1))
