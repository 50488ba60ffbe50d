"""Ideas are recipes that differ in one thing, and their product recipe is what the product does."""

from dataclasses import replace
from pathlib import Path

import pytest

from evals.ideas import IDEAS, PRODUCT, Kitchen, Recipe, keep
from rag.library import Library
from rag.models import Models
from rag.prefer import is_named
from rag.retrieve import retrieve
from rag.settings import Settings

QUESTIONS = ("Did the district court accept the immunity of a contractor?", "What does the dissent say about agents?")


def test_every_idea_is_measured_against_something() -> None:
    """No idea is the same with it as without, and no two have one name."""
    assert all(idea.without != idea.recipe for idea in IDEAS)
    assert len({idea.name for idea in IDEAS}) == len(IDEAS) >= 15


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_product_s_recipe_finds_what_the_product_finds(
    question: str, sample_library: Library, sample_models: Models, sample_settings: Settings
) -> None:
    """The first places are those of retrieve() with the reranker off."""
    spots = Kitchen(sample_library, sample_models).search(question, PRODUCT)
    bare = replace(sample_models, reranker=None)
    hits = retrieve(question, sample_library, bare, sample_settings, k=10).hits
    assert [(spot.file, spot.page) for spot in spots[:10]] == [(hit.filing.file, hit.first_page) for hit in hits]


@pytest.mark.parametrize(
    ("text", "name", "named"),
    [
        ("What did Mr. Elering concede?", "Tomas Elering", True),
        ("What did the Court say?", "District Court", False),
        ("What did Brandt, J., write?", "Brandt, J.", True),
        ("Who signed?", None, False),
    ],
)
def test_a_speaker_is_named_by_a_word_of_his_name(text: str, name: str | None, named: bool) -> None:
    """Titles and parties' general names name nobody."""
    assert is_named(text, name) is named


def test_rows_are_kept_by_idea_dataset_and_measure(tmp_path: Path) -> None:
    """A newer row takes the older one's place."""
    rows = [{"idea": "a", "dataset": "d", "measure": "m", "delta": delta} for delta in (1, 2)]
    for row in rows:
        keep([row], tmp_path / "rows.jsonl")
    assert (tmp_path / "rows.jsonl").read_text("utf-8").count("\n") == 1
    assert Recipe() == PRODUCT
