"""The questions about briefs, orders and opinions of many courts, held against the PDFs they are about."""

from collections import Counter
from pathlib import Path

import pytest

from corpus.errors import DatasetError
from evals.datasets import Dataset, check_dataset, load_dataset
from evals.sheets import Sheets

SUPREME_COURT = "slip-opinion-"
SCANS = 4  # questions about pages without a text layer: their words cannot be checked, so they name none


@pytest.fixture(scope="module")
def papers(shared: Path) -> Dataset:
    """The dataset, its PDFs in the folder beside the checkout."""
    return load_dataset("papers", shared=shared)


@pytest.fixture(scope="module")
def sheets(papers: Dataset) -> Sheets:
    """The pages of those PDFs."""
    return papers.sheets()


def test_the_words_of_every_question_stand_on_its_pages(papers: Dataset, sheets: Sheets) -> None:
    """No row names a filing, a page or words that are not there."""
    check_dataset(papers, sheets)


def test_most_questions_are_about_papers_that_are_not_supreme_court_opinions(papers: Dataset) -> None:
    """At least seventy, and at most thirty about the four slip opinions."""
    about = Counter((judgment.file or "").startswith(SUPREME_COURT) for judgment in papers.judgments if judgment.file)
    assert about[False] >= 70
    assert about[True] <= 30


def test_silence_is_asked_for_in_three_ways(papers: Dataset) -> None:
    """Some have nothing to do with the papers, some nearly do, and some have a holding backwards."""
    kinds = Counter(judgment.kind for judgment in papers.judgments if not judgment.answerable)
    assert set(kinds) == {"off-corpus", "near-miss", "false-premise"}
    assert min(kinds.values()) >= 8


def test_only_questions_about_scans_name_no_words(papers: Dataset, sheets: Sheets) -> None:
    """Where a page can be read, what an answer would quote is named."""
    wordless = [judgment for judgment in papers.judgments if judgment.answerable and not judgment.words]
    assert len(wordless) == SCANS
    assert not any(sheets.legible(file, page) for judgment in wordless for file, page in judgment.places)


def test_no_question_is_asked_twice(papers: Dataset) -> None:
    """Each question stands once."""
    assert max(Counter(judgment.question.lower() for judgment in papers.judgments).values()) == 1


def test_without_the_pdfs_the_dataset_says_where_they_should_be(tmp_path: Path) -> None:
    """It names the folder it looked in and the option to give another."""
    with pytest.raises(DatasetError, match=r"layouts.*--pdfs"):
        load_dataset("papers", shared=tmp_path)
