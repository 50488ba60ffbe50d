"""How a peer is judged: with one that cites what it is told to."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from evals.datasets import SAMPLE, Dataset, Judgment
from evals.peers.peer import Cited
from evals.peers.trial import cited_rightly, judge
from evals.sheets import Sheets

pytest.importorskip("ir_measures")

ORDER = "gov.uscourts.cand.990417.61.0.pdf"
SCAN = "gov.uscourts.cand.990417.24.1.pdf"
BINDS = "WhatsApp binds this Court, and nothing in Halkbank is clearly irreconcilable with it."


class Fixed:
    """A peer that finds the same passage for every question."""

    name, settings = "fixed", "none"

    def __init__(self, *cited: Cited) -> None:
        self.cited = list(cited)

    def ingest(self, pdfs: Sequence[Path], folder: Path) -> int:
        return len(pdfs)

    def search(self, query: str, k: int) -> list[Cited]:
        return self.cited[:k]


@pytest.fixture(scope="module")
def sheets() -> Sheets:
    """The order and the scan."""
    return Sheets([SAMPLE / "pdfs" / ORDER, SAMPLE / "pdfs" / SCAN])


@pytest.mark.parametrize(
    ("cited", "quotable", "page_right"),
    [
        (Cited(ORDER, 9, 9, BINDS), 1.0, 1.0),
        (Cited(ORDER, 8, 9, BINDS), 1.0, 1.0),  # a range that holds the page
        (Cited(ORDER, 10, 10, BINDS), 0.0, 0.0),  # a page too far
        (Cited(ORDER, 9, 9, BINDS.replace("binds", "bi nds")), 0.0, 0.0),  # a broken word: nothing can be copied
        (Cited(SCAN, 2, 2, "whatever"), 0.0, 0.0),  # a picture is not judged
    ],
)
def test_the_best_hit_is_quotable_where_its_words_stand_on_its_page(
    sheets: Sheets, cited: Cited, quotable: float, page_right: float
) -> None:
    """Words on the cited page count, words elsewhere or broken do not."""
    assert cited_rightly([cited], sheets) == {"quotable": quotable, "page_right": page_right}


def test_follow_ups_and_unanswerable_questions_are_not_asked_of_peers(sheets: Sheets) -> None:
    """Only what can be answered by itself is."""
    rows = (
        Judgment("a", "?", True, ORDER, (9,)),
        Judgment("b", "And?", True, ORDER, (9,), kind="follow-up"),
        Judgment("n", "?", False),
    )
    judged = judge(Fixed(Cited(ORDER, 9, 9, BINDS)), Dataset("d", rows, ()), sheets)
    assert (judged["questions"], judged["page_hit@1"], judged["nDCG@10"]) == (1, 1.0, 1.0)
