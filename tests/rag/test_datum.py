"""The datum that a question asks for, as it would be written."""

import pytest

from rag.datum import datum

ASKED = [
    # question, words that have such a datum, words that have none
    ("How many rifles did Henderson surrender?", "He handed over 19 hunting rifles.", "He handed over his rifles."),
    ("What price did the landowners pay?", "They paid $1.2 million for it.", "They paid the price that was asked."),
    ("How long was Fields questioned?", "for between five and seven hours", "until late at night"),
    ("When did the stop take place?", "On April 19, 2002, the car was stopped.", "The car was stopped at night."),
    ("What was the name of the teller?", "The robber turned to Harriet.", "The robber turned to the teller."),
]


@pytest.mark.parametrize(("question", "with_it", "without"), ASKED)
def test_a_datum_is_known_by_how_it_is_written(question: str, with_it: str, without: str) -> None:
    """A count stands before what is counted, an amount has a sign, a date a month or a year, a name a capital."""
    written = datum(question)
    assert written is not None
    assert written.search(with_it)
    assert not written.search(without)


def test_a_question_about_the_law_asks_for_no_datum() -> None:
    """Reasons, holdings and arguments are no data."""
    assert datum("Why did the court reject the defence of immunity?") is None
