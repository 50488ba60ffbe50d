"""Statements and questions turned round."""

from __future__ import annotations

import random

import pytest

from evals.train.flips import flip


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("Punitive damages are not available.", "Punitive damages are available."),
        ("A seaman cannot recover them.", "A seaman can recover them."),
        ("The search does not violate the Fourth Amendment.", "The search violates the Fourth Amendment."),
        ("The officer did not exceed his authority.", "The officer exceeded his authority."),
        ("Why didn't the guards have to be paid?", "Why did the guards have to be paid?"),
        ("Why couldn't the statute be saved?", "Why could the statute be saved?"),
        (
            "Why did the Court hold that the agents are not immune?",
            "Why did the Court hold that the agents are immune?",
        ),
    ],
)
def test_a_denial_becomes_a_claim(text: str, turned: str) -> None:
    """The first negation goes, and the verb takes the form it then has."""
    assert flip(text, random.Random(1)) == turned


@pytest.mark.parametrize(
    ("text", "among"),
    [
        ("The statute violates the Clause.", {"The statute does not violate the Clause."}),
        ("Amtrak is a governmental entity.", {"Amtrak is not a governmental entity."}),
        ("The Court of Appeals erred.", {"The Court of Appeals did not err."}),
        ("The claim is valid.", {"The claim is not valid.", "The claim is invalid."}),
        (
            "Why did the Court hold that the rule is unconstitutional?",
            {
                "Why did the Court hold that the rule is not unconstitutional?",
                "Why did the Court hold that the rule is constitutional?",
            },
        ),
    ],
)
def test_a_claim_is_denied_or_a_word_turned(text: str, among: set[str]) -> None:
    """Over many draws all of the known flips come, and nothing else."""
    assert {flip(text, random.Random(seed)) for seed in range(40)} == among


@pytest.mark.parametrize("text", ["See Taylor v. United States, 495 U. S. 575.", "Ibid.", ""])
def test_what_says_nothing_is_not_turned(text: str) -> None:
    """A citation has no verb to negate."""
    assert flip(text, random.Random(1)) is None
