"""The sample docket read back against its key: what its builder set is what the reader finds."""

import pytest

from evals.bench import key as bench

EXACT = 0.995  # of the key's paragraphs: read with the same characters but for white space
FILINGS = [row for row in bench.docket() if not row["scanned"]]  # those set as type, not as pictures


def test_the_keys_paragraphs_are_read_word_for_word() -> None:
    """Over all filings, nearly every paragraph, heading, note and turn comes back whole and alone."""
    found = bench.paragraphs()
    assert found.total > 500
    assert found.share >= EXACT, found.wrong


@pytest.mark.parametrize("printed", [False, True], ids=["pages", "lines"])
def test_pages_and_lines_are_exact(printed: bool) -> None:
    """Page and line number of each paragraph's first and last line are those that the builder set."""
    found = bench.places(printed=printed)
    assert found.total > 500
    assert not found.wrong


@pytest.mark.parametrize("filing", FILINGS, ids=lambda filing: filing["filing"])
def test_labels_stamps_and_uses_are_exact(filing: bench.Row) -> None:
    """Every page prints its label, carries its stamp and has its use; a first page that prints no number has none."""
    for page, row in zip(bench.reading(filing["file"]).pages, filing["pages"], strict=True):
        assert page.label == row["label"] or (page.number == 1 and page.label is None), row
        assert (page.stamp is None) == (row["stamp"] is None)
        assert page.use == {"slip": "text"}.get(row["use"], row["use"]), row
