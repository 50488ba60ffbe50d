"""Learning when to stay silent: the questions it learns from, and the fit."""

from dataclasses import replace

import pytest

from evals.train.abstain import NEARMISS, Trial, fit
from evals.train.data import SHARED, read_rows, train_set
from evals.train.opinions import held_out_cases, held_out_questions

KINDS = {"ruling": False, "actor": False, "fact": False, "doctrine": False, "step": False, "true": True, "given": True}


@pytest.mark.usefixtures("shared")
def test_near_misses_are_asked_once_and_are_answerable_as_their_kind_is() -> None:
    """Every question is about a training opinion."""
    rows = read_rows(NEARMISS)
    assert {row["case"] for row in rows} <= {row["case"] for row in read_rows(SHARED / "train" / "opinions.jsonl.gz")}
    assert all(KINDS[row["kind"]] is row["answerable"] for row in rows)
    assert len({row["question"] for row in rows}) == len(rows)


@pytest.mark.usefixtures("shared")
def test_no_model_trained_on_the_natural_questions() -> None:
    """What silence and the sentence weights learn from is asked of the development cases of the trainers."""
    trained = {query.text for query in train_set().queries}
    asked = held_out_questions()
    assert len(asked) == 216
    assert trained.isdisjoint(row["question"] for row in asked)
    assert {row["case"] for row in asked} <= held_out_cases()


def trial(number: int, *, answerable: bool, cosine: float, words: float) -> Trial:
    features = {"dense": cosine, "covered_first": words}
    return Trial(features, answerable, not answerable, f"case {number % 10}", f"question {number}", "natural", False)


def test_a_feature_that_speaks_against_its_meaning_is_left_out() -> None:
    """Covered words that are fewer where the record answers tell how long questions are, and are not used."""
    good = [trial(n, answerable=True, cosine=0.5 + n % 7 / 50, words=0.3 + n % 5 / 50) for n in range(60)]
    bad = [trial(n, answerable=False, cosine=0.4 + n % 7 / 50, words=0.6 + n % 5 / 50) for n in range(30)]
    out = [replace(one, near=False, kind="left out") for one in bad]
    table, report = fit([*good, *bad, *out], 0.95)
    assert set(table["weights"]) == {"dense"}
    assert table["weights"]["dense"] > 0
    assert report["kinds"]["natural"]["of"] == 90
