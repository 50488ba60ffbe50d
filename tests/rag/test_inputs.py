"""What the models read over a passage says whose words it is, and nothing that says nothing."""

import pytest

from corpus.model import Facts, Passage, Speaker, Writing
from rag.inputs import context_of, filing_title, writing_label

LABELLED = {
    Writing("majority", "Stevens", 0, 5, 1, 2): "",
    Writing("concurrence", "Scalia", 5, 9, 2, 3): "Scalia, concurring",
    Writing("dissent", "Alito", 9, 12, 3, 3): "Alito, dissenting",
    Writing("concurrence_in_part", "Breyer", 12, 15, 3, 3): "Breyer, concurring in part and dissenting in part",
    Writing("plurality", "Kennedy", 15, 19, 3, 3): "Kennedy",
    Writing("per_curiam", None, 19, 20, 3, 3): "",
    Writing("dissent", None, 20, 21, 3, 3): "dissenting",
}
WRITINGS = tuple(LABELLED)


@pytest.mark.parametrize(("writing", "label"), LABELLED.items())
def test_a_separate_writing_is_named(writing: Writing, label: str) -> None:
    """Concurrences and dissents are named after their authors; the opinion of the court needs no name."""
    assert writing_label(writing) == label


@pytest.mark.parametrize(
    ("writing", "headings", "context"),
    [
        (0, ("II", "A"), ()),
        (0, ("III.", "B. The Act governs"), ("B. The Act governs",)),
        (2, ("I",), ("Alito, dissenting",)),
        (None, ("ARGUMENT", "I. There is no immunity"), ("ARGUMENT", "I. There is no immunity")),
    ],
)
def test_headings_that_are_only_labels_are_left_out(
    writing: int | None, headings: tuple[str, ...], context: tuple[str, ...]
) -> None:
    """A bare II or A tells a model nothing; a heading in words does."""
    passage = Passage("f:0", 0, 0, 1, "x", 1, 1, headings, Speaker("court"), None, writing)
    assert context_of(passage, WRITINGS) == context


@pytest.mark.parametrize(
    ("facts", "title"),
    [
        (Facts(title="Opinion", case_name="Doe v. Roe", kind="opinion"), "Doe v. Roe"),
        (Facts(title="Motion to Dismiss", case_name="Doe v. Roe", kind="motion"), "Doe v. Roe, Motion to Dismiss"),
        (Facts(title="Opinion", kind="opinion"), "Opinion"),
        (Facts(case_name="Doe v. Roe", title="Doe v. Roe", kind="other"), "Doe v. Roe"),
        (Facts(), ""),
    ],
)
def test_a_filing_goes_by_case_and_title(facts: Facts, title: str) -> None:
    """An opinion goes by its case; another filing by its case and what it calls itself."""
    assert filing_title(facts) == title
