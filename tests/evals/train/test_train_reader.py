"""What the reader learns from."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np

from evals.train.candidates import Candidates
from evals.train.data import Collection, Query
from evals.train.passages import TrainingPassage
from evals.train.train_reader import BEARS_OUT, CONTRADICTS, as_question, evidence, is_claim, snli_pairs

GOLD = "We hold that the officer may search the car without a warrant. The mobility of a car makes the difference here."
OTHER = "The officer had stopped the car on the bridge at night. He asked the driver to open the trunk of the car."


def made() -> Collection:
    """Two passages of one opinion, and a question about the first."""
    passages = [TrainingPassage("1", i, "A v. B", "", text, (i + 1,)) for i, text in enumerate((GOLD, OTHER))]
    asked = "Why may the officer search the car without a warrant?"
    return Collection(passages, [Query("q", "1", asked, frozenset({1}), "holding")])


def test_evidence_stands_on_the_gold_pages_or_is_near_and_not() -> None:
    """The likest sentence of the gold page comes first; sentences of other pages are kept apart."""
    found = Candidates(np.array([[0, 1, -1]]), np.zeros((1, 3), np.float32), np.zeros((1, 1), np.int64))
    (known,) = evidence(made(), found)
    assert known.inside[0][0].startswith("We hold that the officer may search")
    assert "mobility" in known.inside[0][1]
    assert {alone for alone, _ in known.inside}.isdisjoint(alone for alone, _ in known.outside)
    assert all("bridge" in around for _, around in known.outside)


def test_claims_are_holdings_and_questions_why() -> None:
    """A yes-or-no question presumes nothing, and a citation claims nothing."""
    query = lambda text, kind: Query("q", "1", text, frozenset({1}), kind)  # noqa: E731
    assert is_claim(query("Why may the officer search?", "holding"))
    assert not is_claim(query("May the officer search the car?", "holding"))
    assert is_claim(query("The officer may search the car without a warrant at any time.", "reporter"))
    assert not is_claim(query("See Carroll v. United States, 267 U. S. 132, 153, and the cases there.", "reporter"))


def test_a_holding_becomes_a_question_that_presumes_it() -> None:
    """Its opening word goes, its first letter is lowered where it is no name."""
    asked = {as_question("However, the statute is valid.", random.Random(seed)) for seed in range(30)}
    assert "Why did the Court hold that the statute is valid?" in asked
    assert as_question("Amtrak is a governmental entity.", random.Random(1)).endswith(
        "Amtrak is a governmental entity?"
    )


def test_pairs_without_a_label_are_left_out(tmp_path: Path) -> None:
    """What the annotators did not agree on teaches nothing."""
    rows = [("entailment", "A"), ("-", "B"), ("contradiction", "C")]
    lines = [json.dumps({"sentence1": "s", "sentence2": two, "gold_label": label}) for label, two in rows]
    path = tmp_path / "snli.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert snli_pairs(path) == [(("s", "A"), BEARS_OUT), (("s", "C"), CONTRADICTS)]
