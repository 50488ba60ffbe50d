"""Read a front that joins several appeals: whose caption stands beside the number this copy was filed under.

own_caption(rows, numbers, docket) -> Caption    of several captions the one with that number; empty if none can be told

    No. 12-2207                       A v. B, Appellee.  │ Docket No. 25-1686     The number heads its parties, or
    A, Appellant, v. B, Appellee      ───────────────────                         stands beside them.
    No. 12-2208                       C v. D, Appellee.  │ Docket No. 25-1687
    C, Appellant, v. D, Appellee          No number heads the first caption: they stand below their parties.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.caption import Caption, Row, caption_rows, columns, has_designation, has_versus, read_caption

Key = tuple[int, ...]
"""A docket number as its figures: "1:19-cv-00725-JPO" and "19 Cr. 725" are both (19, 725)."""


def own_caption(rows: Sequence[Row], numbers: Sequence[str | None], docket: str | None) -> Caption:
    """The caption of the case `docket`; of a front with one caption, that one.

    `numbers` holds for each row the docket number printed on it. Where several numbered captions stand on the front
    and not just one of them has the number, the caption is empty: another case's name would be wrong.
    """
    kept = len(caption_rows(rows))
    blocks = _blocks(rows[:kept], numbers[:kept])
    printed = [{key for _, number in block for key in _keys(number)} for block in blocks]
    captions = [read_caption([row for row, _ in block]) for block in blocks]
    if sum(bool(caption.above) for caption in captions) > 1 and not printed[0]:
        printed = [*printed[1:], set()]
    told = [(caption, keys) for caption, keys in zip(captions, printed, strict=True) if caption.above]
    if len({frozenset(keys) for _, keys in told if keys}) < 2:
        return read_caption(rows)
    wanted = set(_keys(docket))
    own = [caption for caption, keys in told if keys & wanted]
    return own[0] if len(own) == 1 and told[0][1] else Caption()


Numbered = tuple[Row, str | None]


def _blocks(rows: Sequence[Row], numbers: Sequence[str | None]) -> list[list[Numbered]]:
    """The rows, cut before each further caption: at a number over it, or past the lower party's designation."""
    blocks: list[list[Numbered]] = [[]]
    versus = closed = False
    for row, number in zip(rows, numbers, strict=True):
        left, right = (" ".join(column) for column in columns([row]))
        beside = not left or (number is not None and bool(re.search(r"\d", right)))
        if versus and not beside and (closed or number is not None):
            blocks.append([])
            versus = closed = False
        blocks[-1].append((row, number))
        closed = closed or (versus and has_designation(left))
        versus = versus or has_versus(left)
    return blocks


def _keys(numbers: str | None) -> list[Key]:
    """The figures of each number in a list of them, the division's ("1:") left off."""
    found = (re.findall(r"\d+", re.sub(r"^\s*\d{1,2}:", "", number)) for number in (numbers or "").split(","))
    return [tuple(map(int, figures)) for figures in found if figures]
