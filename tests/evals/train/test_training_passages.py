"""Training passages are cut as the product cuts them."""

from __future__ import annotations

import pytest

from evals.train.passages import MOST_WORDS, cut, model_text, title_from_heads

OPINION = [
    (
        "Cite as: 600 U. S. ____ (2020) 1 \nOpinion of the Court \nThe petitioner asks whether the statute reaches "
        "fees. We hold that it does not. The clause speaks of costs, and a cost is not a fee. \nI \nIn 1990 Congress "
        "wrote the clause anew. It said noth\ufffe\ning of fees, and the commit\u00ad\ntee spoke of costs alone, page "
        "after page, without a word on what a lawyer may charge for the work that he has done in the case"
    ),
    (
        "2 DOE v. ROE \nOpinion of the Court \nand in no other. That ends the matter before us today. The judgment is "
        "affirmed, and each party is to bear its own expenses in this Court and in the courts below it. "
    ),
    (
        "Cite as: 600 U. S. ____ (2020) 1 \nKAGAN, J., dissenting \nI would read the clause as it was read for a "
        "century before this day, and award the fees that it plainly allows to a party who has won. "
    ),
]


@pytest.mark.parametrize("stray", ["Cite as", "Opinion of the Court", "DOE v. ROE", "\ufffe", "\u00ad", "noth ing"])
def test_no_running_head_or_broken_word_is_left(stray: str) -> None:
    """Running heads go and split words are joined."""
    assert not any(stray in passage.text for passage in cut("1", "DOE v. ROE", OPINION))


def test_a_sentence_that_runs_over_a_page_is_whole() -> None:
    """A passage that crosses a page end names both pages."""
    over = next(p for p in cut("1", "DOE v. ROE", OPINION) if "done in the case and in no other." in p.text)
    assert over.pages == (1, 2)


def test_a_dissent_is_never_in_a_passage_with_the_opinion_of_the_court() -> None:
    """Each separate writing begins a passage, labelled with its author."""
    last = cut("1", "DOE v. ROE", OPINION)[-1]
    assert last.writing == "Kagan, dissenting"
    assert last.text.startswith("I would read")


def test_a_section_label_ends_a_passage() -> None:
    """What stands before "I" and what stands after it are two passages."""
    first = cut("1", "DOE v. ROE", OPINION)[0]
    assert first.text.endswith("a cost is not a fee.")


def test_the_models_read_the_title_and_the_writing_first() -> None:
    """Title, then writing where it is not the court's, then the passage."""
    assert model_text("Doe v. Roe", "", "Text.") == "Doe v. Roe\nText."
    assert model_text("Doe v. Roe", "Kagan, dissenting", "Text.") == "Doe v. Roe — Kagan, dissenting\nText."


def test_the_title_is_read_from_the_heads_of_even_pages() -> None:
    """An opinion without a stated title is named by its running head."""
    assert title_from_heads(OPINION) == "DOE v. ROE"


def test_passages_stay_within_their_size() -> None:
    """No passage of ordinary sentences is over the limit."""
    text = "The court below erred in its reading of the rule. " * 100
    assert all(len(p.text.split()) <= MOST_WORDS for p in cut("1", "DOE v. ROE", [text]))
