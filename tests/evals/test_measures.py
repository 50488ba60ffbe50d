"""What hits are measured by, on rankings small enough to count by hand."""

import pytest

from evals.datasets import Judgment
from evals.measures import Spot, hit_scores, places, quantile, summary, touched
from evals.trec import page_name, read_page_name, trec_measures

GOLD = Judgment("q", "Who ruled?", True, "order.pdf", (5,), also=(("opinion.pdf", (9,)),))


def ranks(*spots: tuple[str, int, int]) -> list[Spot]:
    """Spots as (file, page, last page)."""
    return [Spot(*one) for one in spots]


def test_a_page_does_not_fill_the_list() -> None:
    """Of passages that begin on one page only the best keeps its place."""
    spots = ranks(("a", 1, 1), ("a", 1, 2), ("a", 2, 2), ("b", 1, 1))
    assert places(spots) == ranks(("a", 1, 1), ("a", 2, 2), ("b", 1, 1))


@pytest.mark.parametrize(
    ("spots", "right", "strict", "rank"),
    [
        (ranks(("order.pdf", 5, 5)), 1.0, 1.0, 1),
        (ranks(("order.pdf", 4, 5)), 1.0, 0.0, 1),  # runs on to the gold page
        ([Spot("order.pdf", 4, 5, 5)], 1.0, 1.0, 1),  # and opens there
        (ranks(("order.pdf", 3, 3), ("order.pdf", 3, 4), ("order.pdf", 5, 5)), 0.0, 0.0, 2),  # one page, one place
        (ranks(("opinion.pdf", 9, 9)), 1.0, 1.0, 1),  # answers as well
        (ranks(("opinion.pdf", 5, 5)), 0.0, 0.0, None),  # the right number in the wrong filing
        ([], 0.0, 0.0, None),
    ],
)
def test_page_hits_are_counted_over_places(spots: list[Spot], right: float, strict: float, rank: int | None) -> None:
    """A passage counts for every page it touches; the strict count takes the page it opens on, else its first."""
    scores = hit_scores(GOLD, spots)
    assert (scores["page_hit@1"], scores["opened_page@1"], scores.get("rank")) == (right, strict, rank)


def test_the_run_lists_each_page_once() -> None:
    """Pages stand in the order in which hits touch them."""
    assert touched(ranks(("a", 4, 5), ("a", 5, 6))) == [("a", 4), ("a", 5), ("a", 6)]


def test_a_page_name_is_read_back() -> None:
    """A file name with spaces and a hash survives TREC's white space."""
    page = ("45 - Statement #2.pdf", 12)
    assert read_page_name(page_name(page)) == page
    assert " " not in page_name(page)


def test_trec_measures_are_those_of_ir_measures() -> None:
    """Found second of one gold page: reciprocal rank a half, nDCG 1/log2(3), recall whole; not found: nought."""
    pytest.importorskip("ir_measures")
    scores = trec_measures({"q": [("a", 1)], "r": [("a", 2)]}, {"q": [("a", 3), ("a", 1)], "r": []})
    assert scores["q"] == pytest.approx({"RR@10": 0.5, "nDCG@10": 0.6309, "R@10": 1.0}, abs=1e-4)
    assert set(scores["r"].values()) == {0.0}


def test_a_mean_counts_only_the_rows_that_have_the_measure() -> None:
    """A measure that one row lacks is taken over the others."""
    assert summary([{"a": 1.0}, {"a": 0.0, "b": 1.0}])["b"] == {"mean": 1.0, "se": 0.0, "n": 1}
    assert summary([{"a": 1.0}, {"a": 0.0}])["a"] == {"mean": 0.5, "se": pytest.approx(0.3536, abs=1e-4), "n": 2}


@pytest.mark.parametrize(("share", "value"), [(0.5, 2.0), (0.95, 4.0), (0.0, 1.0)])
def test_quantiles_are_values_that_occurred(share: float, value: float) -> None:
    """The nearest rank: a wait that somebody had."""
    assert quantile([4.0, 1.0, 3.0, 2.0], share) == value
