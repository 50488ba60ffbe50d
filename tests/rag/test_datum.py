"""The datum that a question asks for, as it would be written."""

import pytest

from rag.datum import datum, holds_datum, new_name
from rag.question import read_question

ASKED = [
    # question, words that have such a datum, words that have none
    ("How many rifles did Henderson surrender?", "He handed over 19 hunting rifles.", "He handed over his rifles."),
    ("What price did the landowners pay?", "They paid $1.2 million for it.", "They paid the price that was asked."),
    ("How long was Fields questioned?", "for between five and seven hours", "until late at night"),
    ("How long was the order put on hold?", "The stay is extended until March 8.", "It was stayed until he died."),
    ("How often did they nudge the reel rightly?", "They did so 86% of the time.", "They often did."),
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


@pytest.mark.parametrize(
    "question",
    [
        "Why did the court reject the defence of immunity?",
        "How much weight does the agency's reading get?",
        "How much must a prosecutor prove?",
        "How much does a prosecutor have to prove?",
        "How much jurisdictional discovery was allowed?",
        "When are two decisions irreconcilable?",
        "When may a litigant appeal at once?",
    ],
)
def test_a_question_about_the_law_asks_for_no_datum(question: str) -> None:
    """Reasons, holdings and arguments are no data, nor are how much proof is needed and when a rule applies."""
    assert datum(question) is None


WRITTEN = [
    # question, text, whether it has a datum of the kind asked for
    ("When was the suit filed?", "It came on Sept. 3 of that year.", True),  # month and day
    ("When was the suit filed?", "It came in 1998.", True),  # year
    ("When was the suit filed?", "It came two weeks after the stop.", True),  # span
    ("When was the suit filed?", "It came too late under § 45.", False),
    ("How long was he held?", "He was held for twenty-one days.", True),  # two words, one number
    ("How long was he held?", "He was held for 48 hours.", True),
    ("How long was he held?", "He was held too long.", False),
    ("How many officers came?", "Thirteen of them came.", True),
    ("How many officers came?", "Dozens came.", True),
    ("How much of the lake is drained?", "About half is.", True),
    ("What share of it was paid?", "It paid 8% at first.", True),
    ("What percentage was paid?", "A small part was paid.", False),
    ("Who sued the company?", "The suit was brought by Ada Lovelace in March.", True),
    ("Who sued the company?", "The suit was brought by Lovelace.", True),  # a bare surname
    ("Who sued the company?", "Mr. Ng did.", True),  # a title
    ("Who sued the company?", "JUSTICE ALITO thought it was nobody.", True),  # as slip opinions set it
    ("Who sued the company?", "A. Lovelace sued.", True),  # an initial
    ("Who sued Ada Lovelace?", "The suit against Ada Lovelace came late.", False),  # the question's own name
    ("Who sued the company?", "The company was sued in March.", False),  # a month
    ("Who sued the company?", "It lost in the Court of Appeals for the Ninth Circuit.", False),  # institutions
    ("Who sued the company?", "It was sued, see App. 12.", False),  # an abbreviation
]


@pytest.mark.parametrize(("question", "text", "held"), WRITTEN)
def test_what_a_question_asks_for_is_known_where_it_is_written(question: str, text: str, held: bool) -> None:
    """Dates, spans, numbers, amounts and names, as filings write them."""
    assert holds_datum(read_question(question), text) is held


def test_a_question_of_another_form_is_answered_by_no_datum() -> None:
    """Whether a text has a number says nothing where no number is asked for."""
    assert holds_datum(read_question("Why did the claim fail?"), "It failed in 1998.") is None


def test_the_name_asked_for_is_one_that_the_question_lacks() -> None:
    """A question that names its hospital is not answered by that name."""
    named = new_name("Which hospital treated Bartlett?")
    assert datum("Which hospital treated Bartlett?") is named
    assert not named.search("They treated Bartlett for burns.")
    assert named.search("They treated Bartlett at Lahey.")
