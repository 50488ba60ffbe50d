"""Prompts load, and their variables are exactly those their callers give."""

import pytest

from corpus.errors import PromptError
from prompts.load import load_prompt, names, variables

VARIABLES = {
    "answer": {"question", "opening", "passages", "closing"},
    "entailment": {"opening", "pages", "closing", "claim"},
    "repair": {"opening", "problems", "closing"},
    "standalone": {"turns", "question"},
}


def test_every_prompt_is_listed_here() -> None:
    """A prompt added without its caller's variables fails this test."""
    assert set(names()) == set(VARIABLES)


@pytest.mark.parametrize("name", sorted(VARIABLES))
def test_a_prompt_loads_with_its_variables(name: str) -> None:
    """Every variable is used, and no placeholder is left."""
    assert variables(name) == VARIABLES[name]
    messages = load_prompt(name, **{variable: f"<{variable}>" for variable in VARIABLES[name]})
    assert all("{{" not in text for _, text in messages)
    assert messages[-1][0] == "user"


def test_a_missing_or_an_extra_variable_is_an_error() -> None:
    """A prompt is never sent with a hole in it, nor with something dropped."""
    with pytest.raises(PromptError, match="needs question"):
        load_prompt("standalone", turns="x")
    with pytest.raises(PromptError, match="no variable more"):
        load_prompt("standalone", turns="x", question="x", more="y")
    with pytest.raises(PromptError, match="no prompt"):
        load_prompt("../answer")


def test_a_value_is_text_and_never_a_variable() -> None:
    """Braces in a question or a filing stay as they are."""
    assert "{{question}}" in load_prompt("standalone", turns="{{question}}", question="")[-1][1]
