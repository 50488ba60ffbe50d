"""Learning when to stay silent: the questions it learns from, and the fit."""

from dataclasses import replace

import pytest

from evals.train.abstain import NEARMISS, Trial, fit
from evals.train.data import SHARED, draw_cases, read_rows
from evals.train.opinions import held_out_cases

KINDS = {"ruling": False, "actor": False, "fact": False, "doctrine": False, "step": False, "true": True, "given": True}


@pytest.mark.usefixtures("shared")
def test_near_misses_are_about_held_out_cases() -> None:
    """Every question names a held-out case, is asked once, and is answerable as its kind is."""
    rows = read_rows(NEARMISS)
    assert {row["case"] for row in rows} <= held_out_cases()
    assert all(KINDS[row["kind"]] is row["answerable"] for row in rows)
    assert len({row["question"] for row in rows}) == len(rows)


@pytest.mark.usefixtures("shared")
def test_of_the_held_out_cases_the_models_were_trained_on_thirteen() -> None:
    """One case stands twice among the opinions: with it given twice, 13 of 45 draws are others than with it once."""
    cases = [row["case"] for row in read_rows(SHARED / "train" / "opinions.jsonl.gz")]
    assert held_out_cases() == draw_cases(cases)
    assert len(held_out_cases() - draw_cases(set(cases))) == 13


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
