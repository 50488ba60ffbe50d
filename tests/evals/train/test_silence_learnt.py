"""Learning when to stay silent: the questions it learns from, and the fit."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evals.train.abstain import NEARMISS, Trial, fit
from evals.train.opinions import held_out_cases, read_rows, read_text

KINDS = {"ruling": False, "actor": False, "fact": False, "doctrine": False, "step": False, "true": True, "given": True}


@pytest.mark.usefixtures("shared")
def test_near_misses_are_about_cases_that_no_model_was_trained_on() -> None:
    """Every question names a held-out case, is asked once, and is answerable as its kind is."""
    rows = read_rows(NEARMISS)
    assert {row["case"] for row in rows} <= held_out_cases()
    assert all(KINDS[row["kind"]] is row["answerable"] for row in rows)
    assert len({row["question"] for row in rows}) == len(rows)


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


def test_a_training_opinion_is_read_as_a_filing(tmp_path: Path) -> None:
    """Writings come from the running heads, and what the court decides is known as such."""
    pages = [
        "2 ARIZONA v. JOHNSON\nOpinion of the Court\nThe officer patted Johnson down. The trial court denied the motion.\n",
        "Cite as: 555 U. S. ____ (2009) 3\nOpinion of the Court\nThe judgment of the Court of Appeals is reversed.\n",
        "Cite as: 555 U. S. ____ (2009) 1\nALITO, J., dissenting\nI would affirm the judgment below on another ground.\n",
    ]
    path = tmp_path / "07-1122.pdf"
    path.write_text(json.dumps({"case": "07-1122", "title": "ARIZONA v. JOHNSON", "pages": pages}), "utf-8")
    filing = read_text(path, correction=None, ocr=False, progress=lambda *_: None)
    assert [(w.kind, w.author) for w in filing.writings] == [("majority", None), ("dissent", "Alito")]
    decided = [filing.text[s.start : s.end] for s in filing.sentences if s.holding]
    assert decided == ["The judgment of the Court of Appeals is reversed."]
    assert all(filing.text[p.start : p.end] == p.text for p in filing.passages)
