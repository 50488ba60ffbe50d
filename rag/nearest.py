"""The words of a filing nearest to a quotation that is not in it, and how the two differ.

nearest(quote, record) -> Nearest | None     both folded
  anchor   runs of three words of the quotation, else its rarest words, looked up in the record → places to try
  align    word against word at the few best places (difflib)
  differ   what was left out, put in or changed; then case and punctuation between words that agree
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from rag.folding import Folded
from rag.model import Change

_WORD = re.compile(r"[^\W_]+(?:['.,][^\W_]+)*|[…§¶$%]")
_RUN = 3  # words of an anchor
_MOST_RUNS = 80  # anchors looked up; a longer quotation is sampled evenly
_MOST_HITS = 40  # places kept for one anchor: a run that common places nothing
_BUCKET = 120  # characters by which two anchors may disagree about where the quotation begins
_TRIED = 4  # places aligned
_SLACK = 120  # characters looked at on either side of the expected place, besides a half of the quotation's length
_ELLIPSIS_SLACK = 2000  # more of them where the quotation leaves something out
_RARE = 8  # rare words looked up where no run is found
_STRAY_GAP = 6  # words: a lone match that far from the rest is chance
_FEWEST = 3  # words that can be called near to anything


class Word(NamedTuple):
    """A word as compared (small letters) and where it stands in the folded text."""

    key: str
    start: int
    end: int


@dataclass(frozen=True)
class Nearest:
    """`[start, end)` in the folded record; `segments` are its parts that agree; `similarity` is the share of the
    quotation's words that do, less for words left out, below 1."""

    start: int
    end: int
    segments: tuple[tuple[int, int], ...]
    changes: tuple[Change, ...]
    similarity: float


def nearest(quote: str, record: Folded) -> Nearest | None:
    """The best aligned place of the record; None where nothing of the quotation anchors in it."""
    said = words_in(quote)
    if sum(word.key != "…" for word in said) < _FEWEST:
        return None
    slack = _SLACK + len(quote) // 2 + (_ELLIPSIS_SLACK if "…" in quote else 0)
    best: Nearest | None = None
    for place in _places(quote, said, record.lower):
        first, last = max(place - slack, 0), min(place + len(quote) + slack, len(record.text))
        found = _aligned(quote, said, record.text, first, last)
        if found and (best is None or found.similarity > best.similarity):
            best = found
    return best


def words_in(text: str, first: int = 0, last: int | None = None) -> list[Word]:
    """The words of `text[first:last]`, ellipses and signs among them, with their places in `text`."""
    return [
        Word(m[0].lower(), m.start(), m.end()) for m in _WORD.finditer(text, first, len(text) if last is None else last)
    ]


def _places(quote: str, said: Sequence[Word], record: str) -> list[int]:
    """Where the quotation may begin in the record, the place most anchors agree on first."""
    small = quote.lower() if len(quote.lower()) == len(quote) else quote
    runs = [(said[i].start, said[i + _RUN - 1].end) for i in range(len(said) - _RUN + 1)]
    step = max(1, -(-len(runs) // _MOST_RUNS))
    votes: Counter[int] = Counter()
    for start, end in runs[::step]:
        for hit in _hits(small[start:end], record):
            votes[(hit - start) // _BUCKET] += 1
    if not votes:
        rare = sorted(
            ((record.count(w.key), w) for w in said if len(w.key) > 4), key=lambda pair: (pair[0], pair[1].start)
        )
        for count, word in [pair for pair in rare if pair[0]][:_RARE]:
            for hit in _hits(word.key, record):
                votes[(hit - word.start) // _BUCKET] += 1 / count  # type: ignore[assignment]  # a rare word weighs more
    both = Counter({bucket: votes[bucket] + votes.get(bucket + 1, 0) for bucket in votes})
    ranked = sorted(both, key=lambda bucket: (-both[bucket], bucket))
    return [max(bucket * _BUCKET, 0) for bucket in ranked[:_TRIED]]


def _hits(needle: str, record: str) -> list[int]:
    """The places of `needle`, none where it is too common to place anything."""
    found: list[int] = []
    at = record.find(needle)
    while at >= 0 and len(found) <= _MOST_HITS:
        found.append(at)
        at = record.find(needle, at + 1)
    return found if len(found) <= _MOST_HITS else []


def _aligned(quote: str, said: Sequence[Word], record: str, first: int, last: int) -> Nearest | None:
    """The quotation set word against word beside `record[first:last]`; None where no two words agree."""
    there = words_in(record, first, last)
    matcher = SequenceMatcher(None, [w.key for w in there], [w.key for w in said], autojunk=False)
    blocks = _without_strays([block for block in matcher.get_matching_blocks() if block.size])
    if not blocks:
        return None
    begin = max(blocks[0].a - _reach(record, there, blocks[0].a, blocks[0].b, -1), 0)
    tail = len(said) - blocks[-1].b - blocks[-1].size
    finish = blocks[-1].a + blocks[-1].size
    finish += _reach(record, there, finish, tail, 1)
    agreed = sum(block.size for block in blocks)
    whole = max(sum(w.key != "…" for w in said), 1)
    left_out = 0 if "…" in quote else max(finish - begin - whole, 0)
    changes = list(_changes(quote, said, record, there[begin:finish], blocks, begin))
    changes += _closing(quote, said[-1], record, there[finish - 1])
    return Nearest(
        start=there[begin].start,
        end=there[finish - 1].end,
        segments=tuple((there[b.a].start, there[b.a + b.size - 1].end) for b in blocks),
        changes=tuple(changes),
        similarity=min(agreed / (whole + left_out / 2), 0.99),
    )


class _Block(NamedTuple):
    a: int
    b: int
    size: int


def _without_strays(blocks: Sequence[tuple[int, int, int]]) -> list[_Block]:
    """The blocks without those at either end that are a word or two, far from the rest: they match by chance."""
    kept = [_Block(*block) for block in blocks]
    while len(kept) > 1 and kept[0].size <= 2 and _gap(kept[0], kept[1]) > _STRAY_GAP:
        kept.pop(0)
    while len(kept) > 1 and kept[-1].size <= 2 and _gap(kept[-2], kept[-1]) > _STRAY_GAP:
        kept.pop()
    return kept


def _gap(left: _Block, right: _Block) -> int:
    """How many more words the record has between two blocks than the quotation."""
    return (right.a - left.a - left.size) - (right.b - left.b - left.size)


def _reach(record: str, there: Sequence[Word], at: int, most: int, step: int) -> int:
    """How many words beyond `at` the record's side may be stretched over the quotation's unmatched end: as many as
    that has, but not over the end of a sentence."""
    taken = 0
    while taken < most:
        inner, outer = (at - taken - 1, at - taken) if step < 0 else (at + taken - 1, at + taken)
        if (
            inner < 0
            or outer >= len(there)
            or re.search(r"[.?!]['\])]* ", record[there[inner].end : there[outer].start + 1])
        ):
            break
        taken += 1
    return taken


def _changes(
    quote: str, said: Sequence[Word], record: str, there: Sequence[Word], blocks: Sequence[_Block], begin: int
) -> Iterator[Change]:
    """Every difference, in reading order. Words left out where the quotation has an ellipsis are no difference."""
    at_said = at_there = 0
    for block in [*blocks, _Block(begin + len(there), len(said), 0)]:
        a, b = block.a - begin, block.b
        left, right = said[at_said:b], there[at_there:a]
        if left or right:
            yield from _difference(_slice(quote, left), _slice(record, right), left, right)
        for offset in range(block.size):
            ours, theirs = said[b + offset], there[a + offset]
            if quote[ours.start : ours.end] != record[theirs.start : theirs.end]:
                yield Change("case", quote[ours.start : ours.end], record[theirs.start : theirs.end])
            if offset + 1 < block.size:
                yield from _between(quote, ours, said[b + offset + 1], record, theirs, there[a + offset + 1])
        at_said, at_there = b + block.size, a + block.size


def _difference(quoted: str, in_record: str, left: Sequence[Word], right: Sequence[Word]) -> Iterator[Change]:
    if any(word.key == "…" for word in left):
        left = [word for word in left if word.key != "…"]
        if not left:
            return
        quoted = quoted.strip("… ")
    if not right:
        yield Change("inserted", quoted, "")
    elif not left:
        yield Change("omitted", "", in_record)
    elif "".join(w.key for w in left) == "".join(w.key for w in right):
        yield Change("spacing", quoted, in_record)
    else:
        yield Change("changed", quoted, in_record)


def _between(quote: str, ours: Word, our_next: Word, record: str, theirs: Word, their_next: Word) -> Iterator[Change]:
    """The marks between two words that agree on both sides."""
    here, there = quote[ours.end : our_next.start], record[theirs.end : their_next.start]
    if here.strip() != there.strip():
        yield Change("punctuation", quote[ours.start : our_next.end], record[theirs.start : their_next.end])
    elif bool(here) != bool(there):
        yield Change("spacing", quote[ours.start : our_next.end], record[theirs.start : their_next.end])


def _closing(quote: str, ours: Word, record: str, theirs: Word) -> list[Change]:
    """The marks after the last word, where both sides end with the same word and the quotation goes on."""
    tail = quote[ours.end :].strip()
    if ours.key != theirs.key or not tail or record.startswith(tail, theirs.end):
        return []
    return [Change("punctuation", quote[ours.start :].strip(), record[theirs.start : theirs.end + len(tail)])]


def _slice(text: str, words: Sequence[Word]) -> str:
    return text[words[0].start : words[-1].end] if words else ""
