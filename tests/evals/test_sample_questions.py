"""The eighty questions of the sample docket, each held against the key the docket was built with."""

import json
from collections import Counter
from typing import Any

import pytest

from evals.datasets import SAMPLE, Judgment, load_dataset

JUDGMENTS = load_dataset("sample").judgments
ANSWERABLE = [judgment for judgment in JUDGMENTS if judgment.answerable]


@pytest.fixture(scope="module")
def key() -> list[dict[str, Any]]:
    """The paragraphs of the docket."""
    return [json.loads(line) for line in (SAMPLE / "key.jsonl").read_text("utf-8").splitlines()]


def paragraphs_with(text: str, judgment: Judgment, key: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The key's paragraphs of the judgment's filing that hold `text` on one of its pages."""
    return [
        row
        for row in key
        if row["file"] == judgment.file
        and text in row["text"]
        and any(row["page"] <= page <= row["end_page"] for page in judgment.pages)
    ]


def test_there_are_eighty_and_a_quarter_have_no_answer() -> None:
    """Sixty questions the record answers, twenty it does not; half of those are near misses or false premises."""
    assert len(JUDGMENTS) == 80
    kinds = Counter(judgment.kind for judgment in JUDGMENTS if not judgment.answerable)
    assert sum(kinds.values()) == 20
    assert kinds["near-miss"] + kinds["false-premise"] == 10


def test_every_filing_of_weight_is_asked_about() -> None:
    """Each of the thirteen filings answers at least one question."""
    assert len({judgment.file for judgment in ANSWERABLE}) == 13


@pytest.mark.parametrize("judgment", ANSWERABLE, ids=lambda j: j.qid)
def test_the_answering_words_stand_in_the_filing_on_the_pages_named(
    judgment: Judgment, key: list[dict[str, Any]]
) -> None:
    """The gold words are the filing's own, word for word, on a gold page."""
    assert judgment.words
    for text in judgment.words:
        assert paragraphs_with(text, judgment, key), text


@pytest.mark.parametrize("judgment", ANSWERABLE, ids=lambda j: j.qid)
def test_the_gold_speaker_is_who_says_the_words(judgment: Judgment, key: list[dict[str, Any]]) -> None:
    """The speaker named is the key's, and the words are his own and no report of another's."""
    assert judgment.speaker is not None
    for text in judgment.words:
        row = paragraphs_with(text, judgment, key)[0]
        if text == judgment.words[0]:
            assert (judgment.speaker.role, judgment.speaker.name) == (row["speaker"]["role"], row["speaker"]["name"])
        assert all(not said["restates"] for said in row["sentences"] if text in said["text"])


@pytest.mark.parametrize("judgment", [j for j in ANSWERABLE if j.also], ids=lambda j: j.qid)
def test_further_places_are_pages_of_filings_of_the_docket(judgment: Judgment, key: list[dict[str, Any]]) -> None:
    """Every further place is a page that the key knows."""
    known = {(row["file"], page) for row in key for page in range(row["page"], row["end_page"] + 1)}
    assert set(judgment.places) <= known


def test_a_follow_up_comes_after_the_question_it_follows() -> None:
    """Each conversation begins with a question that stands by itself, and its turns come in order."""
    begun: set[str] = set()
    for judgment in JUDGMENTS:
        if judgment.kind == "follow-up":
            assert judgment.conversation in begun
        elif judgment.conversation:
            begun.add(judgment.conversation)
    assert len(begun) == 3
