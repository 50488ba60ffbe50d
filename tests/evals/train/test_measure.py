"""Page figures count what a reader would count."""

from __future__ import annotations

import numpy as np
import pytest

from evals.train.data import Query, mend
from evals.train.measure import figures, page_list
from evals.train.passages import TrainingPassage

PASSAGES = [TrainingPassage("a", i, "", "", f"text {i}", pages) for i, pages in enumerate([(1,), (1, 2), (2,), (3,)])]


def test_one_page_does_not_fill_the_list() -> None:
    """Of passages that begin on one page only the best is kept."""
    assert page_list(np.array([1, 0, 2, 3]), PASSAGES, 10) == [1, 2, 3]


@pytest.mark.parametrize(
    ("found", "hit", "strict"),
    [
        ([1], 1.0, 0.0),  # begins on page 1, ends on the gold page
        ([2], 1.0, 1.0),  # begins on the gold page
        ([3], 0.0, 0.0),  # elsewhere
    ],
)
def test_any_page_of_a_passage_counts_and_strict_counts_its_first(found: list[int], hit: float, strict: float) -> None:
    """hit@1 takes any page of the first passage, strict@1 its first page alone."""
    got = figures([found], [Query("q", "a", "?", frozenset({2}), "holding")], PASSAGES)
    assert (got["hit@1"], got["strict@1"]) == (hit, strict)


def test_a_page_of_another_file_is_no_hit() -> None:
    """The same page number in the wrong opinion does not count."""
    got = figures([[2]], [Query("q", "b", "?", frozenset({2}), "holding")], PASSAGES)
    assert got["hit@10"] == got["doc@1"] == 0.0


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("falls out side the scope", "falls outside the scope"),  # neither half need be a word
        ("put out the light", "put out the light"),  # both halves are words
        ("a knife and fork", "a knife and fork"),  # the union is no word of the opinion
    ],
)
def test_broken_words_are_mended_by_the_opinions_own_words(broken: str, whole: str) -> None:
    """Two halves are joined only where the union, and not both halves, is a word of the opinion."""
    from collections import Counter

    words = Counter(["outside", "the", "out", "put", "light", "falls", "scope", "putout"])
    assert mend(broken, words) == whole
