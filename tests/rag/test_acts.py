"""What courts did, read from sentences."""

import pytest

from rag.acts import acts, last_court

TOLD = [
    # sentence, court whose writing it stands in, (level, name, deed) …
    ("The District Court denied the motion, and the Fourth Circuit reversed.", "scotus",
     [("trial", "", "deny"), ("appeals", "fourth", "reverse")]),  # two courts in one sentence
    ("The Court of Appeals for the Ninth Circuit affirmed.", "scotus", [("appeals", "ninth", "affirm")]),
    ("The judgment of the Court of Appeals is reversed.", "scotus", [("this", "", "reverse")]),  # passive: who writes
    ("The verdict was vacated by the Court of Appeals.", "scotus", [("appeals", "", "reverse")]),  # passive with a doer
    ("He appealed to the Court of Appeals, which affirmed.", "scotus", [("appeals", "", "affirm")]),
    ("This Court agreed with the Court of Appeals and affirmed.", "scotus",
     [("this", "", "accept"), ("this", "", "affirm")]),  # whom one agrees with does nothing
    ("The trial court refused to grant a new trial.", "scotus", [("trial", "", "deny"), ("trial", "", "deny")]),
    ("The Kentucky Supreme Court rejected the claim.", "scotus", [("high", "kentucky", "reject")]),
    ("We therefore AFFIRM.", "ca9", [("this", "", "affirm")]),
    ("The Ninth Circuit affirmed.", "ca9", [("this", "", "affirm")]),  # its own opinion speaks of itself
    ("The motion is DENIED.", "cand", [("this", "", "deny")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "home", "expected"), TOLD)
def test_a_deed_belongs_to_the_court_that_did_it(text: str, home: str, expected: list[tuple[str, str, str]]) -> None:
    """Each verb of disposition is read with its court, whoever else the sentence names."""
    assert [(act.court, act.name, act.deed) for act in acts(text, home)] == expected


def test_the_court_is_the_one_named_before() -> None:
    """ "The court" in a sentence without another court is the court of the sentence before."""
    last = last_court("Fields filed a petition in Federal District Court.", "scotus", None)
    assert [(act.court, act.deed) for act in acts("There the court granted relief.", "scotus", last)] == [
        ("trial", "grant")
    ]
