"""The passages an answer is made of."""

from dataclasses import replace

from docket import MOTION, OPINION, hits

from rag.gather import one_case
from rag.model import Hit

LONG, SHORT = hits([MOTION])[0], hits([OPINION])[0]


def found(*scores: tuple[str, float]) -> list[Hit]:
    """Hits of two cases, "a" and "b", with these scores."""
    return [
        replace(
            LONG,
            rank=rank,
            score=score,
            passage_id=f"{case}:{rank}",
            filing=replace(LONG.filing, id=case, case_name=f"{case} v. State"),
        )
        for rank, (case, score) in enumerate(scores, 1)
    ]


def chosen(*scores: tuple[str, float]) -> set[str]:
    return {hit.filing.id for hit in one_case(found(*scores))}


def test_a_short_order_that_did_clearly_better_is_not_outvoted() -> None:
    """Two middling passages of a long opinion do not outweigh a one-page order far ahead of them."""
    assert chosen(("a", 5.0), ("b", 2.0), ("b", 1.9), ("b", 1.8)) == {"a"}


def test_many_passages_nearly_as_good_outvote_one() -> None:
    """Where the first passage is hardly better, the case with most of the good passages is meant."""
    assert chosen(("a", 3.0), ("b", 2.9), ("b", 2.8), ("b", 2.8)) == {"b"}


def test_a_passage_is_no_louder_than_those_placed_before_it() -> None:
    """Passages put first for a quoted phrase keep their say, whatever the scores of those behind them."""
    assert chosen(("a", 1.0), ("a", 0.9), ("b", 9.0)) == {"a"}


def test_nothing_found_is_no_case() -> None:
    """No hits give no hits."""
    assert one_case([]) == []
