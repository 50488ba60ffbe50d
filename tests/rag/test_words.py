"""What words a question and a sentence have in common."""

import pytest

from rag.words import content_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the sovereign-immunity argument", ["sovereign", "immun", "argument"]),
        ("a private agent’s common-law claim", ["privat", "agent", "common", "law", "claim"]),
        ("Rule 19 of § 1603", ["rule", "19", "1603"]),
    ],
)
def test_a_compound_is_as_many_words_as_it_has(text: str, words: list[str]) -> None:
    """What is said of “sovereign immunity” answers a question on “sovereign-immunity”; endings are cut."""
    assert content_words(text) == words
