"""What answers are measured by: one filing, known sentences, and answers right and wrong in one way each."""

from pathlib import Path
from typing import Any

import pytest

from corpus.model import Speaker
from evals.answers import answer_scores, trial
from evals.datasets import SAMPLE, Dataset, Judgment, load_dataset
from evals.sheets import Sheets

ORDER = "gov.uscourts.cand.990417.61.0.pdf"
OPINION = "23-90882 Opinion.pdf"
BINDS = "WhatsApp binds this Court, and nothing in Halkbank is clearly irreconcilable with it."
ABSENT = "The real parties in interest are sovereigns who cannot be brought here,"  # the order, restating Defendants
COURT = {"role": "court", "name": "Thornbury, J."}
GOLD = Judgment("q", "Did it bind?", True, ORDER, (9,), (BINDS,), Speaker("court", "Thornbury, J."))
SILENT = Judgment("n", "Was there a bond?", False)


@pytest.fixture(scope="module")
def sample() -> Dataset:
    """The sample docket with its key."""
    return load_dataset("sample")


@pytest.fixture(scope="module")
def sheets(sample: Dataset) -> Sheets:
    """Its pages."""
    return sample.sheets()


def quote(text: str, page: int, **changes: Any) -> dict[str, Any]:
    """A quotation as the contract has it."""
    made = {"text": text, "verified": True, "file": ORDER, "page": page, "speaker": COURT, "restates": None}
    return {**made, "writing": None, **changes}


def answer(*quotes: dict[str, Any], stance: str = "holds", says: str | None = None) -> dict[str, Any]:
    """An answer of one claim a quotation."""
    claims = [{"text": says or f"The court held: “{q['text']}”", "quotes": [q]} for q in quotes]
    position = {"role": "court", "name": "Thornbury, J.", "stance": stance, "claims": list(range(len(claims)))}
    return {"abstained": not claims, "claims": claims, "positions": [position] if claims else []}


def test_a_right_answer_scores_full_marks(sample: Dataset, sheets: Sheets) -> None:
    """Words, page, speaker and citation are all right."""
    scores = answer_scores(GOLD, answer(quote(BINDS, 9)), sheets, sample.key)
    assert scores == {
        "answered": 1.0,
        "lead_on_gold": 1.0,
        "gold_words": 1.0,
        "gold_speaker": 1.0,
        "unverified": 0.0,
        "verbatim": 1.0,
        "page_right": 1.0,
        "speaker": 1.0,
        "false_holding": 0.0,
        "citation_recall": 1.0,
        "citation_precision": 1.0,
    }


@pytest.mark.parametrize(
    ("given", "measure", "value"),
    [
        (answer(quote(BINDS.replace("binds", "does not bind"), 9)), "verbatim", 0.0),  # altered
        (answer(quote(BINDS, 10)), "page_right", 0.0),  # the next page
        (answer(quote(BINDS, 10)), "citation_recall", 0.0),  # and so the claim is not supported where it points
        (answer(quote(BINDS, 10)), "lead_on_gold", 0.0),
        (answer(quote(BINDS, 9, verified=False)), "unverified", 1.0),
        (answer(quote(BINDS, 9, speaker={"role": "defendant", "name": "Defendants"})), "speaker", 0.0),
        (answer(quote(ABSENT, 16)), "unmarked", 1.0),  # a restated view, not marked
        (answer(quote(ABSENT, 16, restates={"role": "defendant", "name": "Defendants"})), "unmarked", 0.0),
        (answer(quote(ABSENT, 16)), "false_holding", 1.0),  # an argument, shown as a holding
        (answer(), "answered", 0.0),
        (answer(), "silence_precision", 0.0),  # silent where the record speaks
        (answer(quote(BINDS, 9), says="“A token forged to pass a gate is evidence”"), "citation_recall", 0.0),
    ],
)
def test_each_fault_is_seen(sample: Dataset, sheets: Sheets, given: dict[str, Any], measure: str, value: float) -> None:
    """One thing wrong with an answer shows in its measure."""
    assert answer_scores(GOLD, given, sheets, sample.key)[measure] == value


def test_a_dissent_shown_as_the_holding_is_an_error_even_without_a_key(sheets: Sheets) -> None:
    """The quotation's own label gives it away."""
    text = "The law of agency has never asked whether the agent breathes."
    given = answer(quote(text, 25, file=OPINION, writing="dissent"))
    assert answer_scores(GOLD, given, sheets, None)["false_holding"] == 1.0


def test_silence_is_right_where_the_record_is_silent(sheets: Sheets) -> None:
    """Abstaining from a question without an answer counts for recall and precision."""
    assert answer_scores(SILENT, answer(), sheets, None) == {"silence_recall": 1.0, "silence_precision": 1.0}
    assert answer_scores(SILENT, answer(quote(BINDS, 9)), sheets, None)["silence_recall"] == 0.0


def test_a_finding_says_what_is_wrong(sample: Dataset, sheets: Sheets) -> None:
    """The page cited and the page where the words stand are both named."""
    (finding,) = trial(GOLD, answer(quote(BINDS, 10)), sheets, sample.key)
    assert finding.why == "cited to page 10, stands on 9"


def test_a_second_citation_that_adds_nothing_is_imprecise(sample: Dataset, sheets: Sheets) -> None:
    """ALCE: a citation that supports nothing, where the others suffice, is not needed."""
    other = quote("No absent sovereign has claimed an interest in this action.", 17)
    claim = {"text": f"The court held: “{BINDS}”", "quotes": [quote(BINDS, 9), other]}
    given = {"abstained": False, "claims": [claim], "positions": []}
    assert answer_scores(GOLD, given, sheets, sample.key)["citation_precision"] == 0.5


def test_words_that_stand_twice_are_those_of_the_page_cited(sample: Dataset) -> None:
    """The dissent's own sentence is the dissent's, though the majority quotes it."""
    assert sample.key is not None
    words = "Halkbank cannot be squared with WhatsApp, and we should say so."
    (own,) = sample.key.said(OPINION, words, 22)
    (quoted,) = sample.key.said(OPINION, words, 13)
    assert (own.writing, own.restates) == ("dissent", None)
    assert (quoted.writing, quoted.restates.name if quoted.restates else None) == ("majority", "Dissent")


def test_the_folder_of_the_sample_is_where_it_is_said_to_be() -> None:
    """The dataset ships with the product."""
    assert (SAMPLE / "pdfs" / ORDER).is_file()
    assert Path(OPINION).suffix == ".pdf"
