"""Whether a text says what a question asks about."""

from __future__ import annotations

import pytest

from rag.said import asked, load_tables, parted, read_places, spoken

SERVERS = (
    "Velkane leased six servers in Fremont because latency to the relays was lowest. The motion to dismiss is denied."
)


def evidence(question: str, *texts: str) -> float:
    """All that the words and pairs say, in nats; above 0 the texts do not answer."""
    told = spoken(asked(question), [read_places(text) for text in texts])
    return sum(sum(part.values()) for part in (told.missing, told.held, told.apart, told.joined))


@pytest.mark.parametrize(
    ("telling", "idle"),
    [
        ("arbitration", "picked"),
        ("certiorari", "let"),
        ("insurance", "afraid"),
        ("Miranda", "really"),
        ("injunction", "worried"),
    ],
)
def test_a_missing_term_of_law_tells_more_than_a_missing_everyday_word(telling: str, idle: str) -> None:
    """A record about arbitration says so; one about why servers were picked need not say "picked"."""
    missing = spoken(asked(f"Was it {telling} and {idle}?"), [read_places(SERVERS)]).missing
    assert missing[telling] > 2 * missing[idle] > 0


def test_words_of_function_and_denials_are_not_looked_for() -> None:
    """No text is blamed for not saying "didn't"."""
    assert [word.text for word in asked("Why didn't the servers fail, and couldn't they?").words] == ["servers", "fail"]


def test_a_pair_stands_side_by_side_or_with_joints_between() -> None:
    """ "act of state" and "class certification" are pairs; words with a verb of function between them are none."""
    pairs = [pair.text for pair in asked("Does the act of state doctrine bar class certification?").pairs]
    assert pairs == ["act state", "state doctrine", "doctrine bar", "bar class", "class certification"]
    assert [pair.text for pair in asked("What servers did Velkane lease?").pairs] == ["Velkane lease"]


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("The act of state doctrine bars it.", False),
        ("The class was certified.", True),
        ("The state must act.", False),
        ("The act was passed by the legislature of another state.", True),
    ],
)
def test_a_pair_is_parted_where_its_words_stand_far_from_each_other(text: str, apart: bool) -> None:
    """Near means within four words, in either order."""
    assert parted(asked("Is it an act of state?").pairs[0], [read_places(text)]) is apart


def test_what_a_text_holds_speaks_for_an_answer_and_what_it_lacks_against() -> None:
    """The same question, a text that answers and one that does not."""
    question = "Why were the six servers leased in Fremont?"
    assert evidence(question, SERVERS) < 0 < evidence(question, "The bond is posted with the clerk of the court.")


def test_texts_are_read_as_one() -> None:
    """A word in any of them is said."""
    told = spoken(asked("Was the bond insured?"), [read_places("A bond."), read_places("Insurance was had.")])
    assert set(told.missing) == set()
    assert set(told.held) == {"bond", "insured"}


def test_a_question_without_a_word_that_carries_meaning_says_nothing() -> None:
    """No words, no evidence."""
    assert evidence("Why?", SERVERS) == 0.0


def test_the_tables_fit_the_traits() -> None:
    """A weight for each trait and one more for the bias."""
    about = asked("Was the class certified?")
    for kind, word in (("word", about.words[0]), ("pair", about.pairs[0])):
        assert [len(table) for table in load_tables()[kind]] == [len(word.traits) + 3] * 2
