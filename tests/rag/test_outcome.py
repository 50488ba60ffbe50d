"""Who won, and who a question presumes won."""

from __future__ import annotations

import pytest

from rag.outcome import presumed_winner, winner

SUMMUM = "Pleasant Grove City v. Summum"
BAY = "Michigan v. Bay Mills Indian Community et al."
HEMI = "Hemi Group, LLC, et al. v. City of New York"


@pytest.mark.parametrize(
    ("judgments", "won"),
    [
        (["reverse"], "petitioner"),
        (["affirm", "affirm"], "respondent"),
        (["affirm", "reverse"], None),
        ([], None),
    ],
)
def test_the_petitioner_wins_where_the_judgment_falls(judgments: list[str], won: str | None) -> None:
    """A judgment that falls in part, or is not told, is nobody's."""
    assert winner(judgments) == won


@pytest.mark.parametrize(
    ("question", "case", "won"),
    [
        ("Why did the Court require Pleasant Grove to display the monument?", SUMMUM, "respondent"),
        ("What reasons did the Court give for requiring Pleasant Grove to display it?", SUMMUM, "respondent"),
        ("On what ground did the Supreme Court rule against Summum?", SUMMUM, "petitioner"),
        ("Why did the justices rule for Summum?", SUMMUM, "respondent"),
        ("Why did the Court deny qualified immunity to Reichle?", "Reichle et al. v. Howards", "respondent"),
        ("Why did the Court allow Michigan to sue the tribe?", BAY, "petitioner"),
        ("Why did the Court hold that Michigan's suit could proceed despite immunity?", BAY, "petitioner"),
        ("Why did the Court hold that Michigan's suit could not proceed?", BAY, "respondent"),
        ("Why did the Court hold that Michigan cannot sue?", BAY, "respondent"),
        ("Why did the Court hold that New York City had shown proximate cause?", HEMI, "respondent"),
        ("Why did the Court hold that Hemi had not waived the point?", HEMI, "petitioner"),
        ("Why did the Court find that Hemi was not entitled to dismissal?", HEMI, "respondent"),
        ("Why did the Court apply the rule of lenity in Dean's favor?", "Dean v. United States", "petitioner"),
    ],
)
def test_a_burden_a_favour_or_what_is_held_of_a_party_presumes_who_won(question: str, case: str, won: str) -> None:
    """Denials turn it round."""
    assert presumed_winner(question, case) == won


@pytest.mark.parametrize(
    ("question", "case"),
    [
        ("Why did the District Court allow Michigan to sue?", BAY),  # another court
        ("Why did the Montana Supreme Court rule for PPL?", "PPL Montana, LLC v. Montana"),
        ("Why did the Court hold that the patdown of Johnson violated the Fourth Amendment?", "Arizona v. Johnson"),
        ("Why did the Court hold that Johnson's arrest violated the Fourth Amendment?", "Arizona v. Johnson"),
        ("Why did the Court hold that Arizona taxpayers have standing?", "Arizona Christian School v. Winn"),
        ("Why did the Court hold that the statute is valid?", SUMMUM),
        ("Why did the Court order the United States to pay?", "Dean v. United States"),  # a name of many
        ("What did the Court say about Summum's monument?", SUMMUM),
        ("Why did the Court require a new trial?", "In re Summum"),
        ("Why did the Court grant certiorari to Summum?", SUMMUM),
        ("Why did the Court require Summum to show a substantial burden?", SUMMUM),  # a standard
    ],
)
def test_what_names_no_party_first_presumes_nothing(question: str, case: str) -> None:
    """Another court's deed, a thing that only touches a party, an arrest that may be unlawful to the party's good."""
    assert presumed_winner(question, case) is None
