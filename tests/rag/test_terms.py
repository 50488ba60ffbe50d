"""Terms of art, by any of their names."""

import pytest

from rag.said import asked, lacks, read_places
from rag.terms import Term, is_said, named, read_terms
from rag.words import places

SAID = [
    ("Was a class certified?", "The motion under Rule 23 is denied.", "class certification"),
    ("Was a class certified?", "Certifying a nationwide class would be error.", "class certification"),
    ("Does the statute of limitations bar the claim?", "The claim is time-barred.", "statute of limitations"),
    ("Was the plaintiff granted a TRO?", "A temporary restraining order issued.", "temporary restraining order"),
    ("Is the state law preempted?", "The Act does not pre-empt the state law.", "federal preemption"),
    ("Which doctor testified?", "The surgeon swore otherwise.", "doctor"),
    ("Do the plaintiffs have standing?", "No injury in fact is alleged.", "Article III standing"),
    ("Is the section 1983 claim barred?", "He sues under 42 U.S.C. § 1983.", "section 1983"),
    ("Was the traffic stop prolonged?", "The trooper pulled over the van.", "traffic stop"),
    (
        "Did the bankruptcy wipe out the debt by a discharge order?",
        "The debt is nondischargeable.",
        "discharge of debt",
    ),
    ("Was he ordered removed?", "An immigration judge entered the order of removal.", "removal proceedings"),
    ("Was the judge's recusal required?", "She moved to disqualify the trial judge.", "recusal"),
]
UNSAID = [
    ("Does the act of state doctrine apply?", "A relation between the act and any other state is pleaded.", "act of state"),
    ("Does the statute of limitations bar the claim?", "The statute has two limitations.", "statute of limitations"),
    ("Was a class certified?", "The class was small, and the clerk then certified it.", "class certification"),
    ("Do the plaintiffs have standing?", "They stand by the standing rule of 1983.", "Article III standing"),
    ("Is the section 1983 claim barred?", "The opinion of 1983 bars it.", "section 1983"),
    ("Was he put on probation?", "The letter is probative, and probate was closed.", "supervised release"),
    ("Was he ordered removed?", "The defendants removed the action.", "removal proceedings"),
    ("Is there a naturalization proceeding?", "The nature of the natural person is disputed.", "naturalized citizen"),
    ("Did the parties engage in commandeering of state officers?", "The officer in command gave no order.", "Tenth Amendment"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "text", "term"), [(*row[:2], row[2]) for row in SAID + UNSAID])
def test_a_term_is_said_by_any_of_its_names_and_by_nothing_else(question: str, text: str, term: str) -> None:
    """Its names stand in their order and near enough, with any ending; the same words apart are no name."""
    found = {one.term.text: is_said(one.term, [places(text)]) for one in named(question)}
    assert found[term] is ((question, text, term) in SAID)


def test_a_word_said_under_another_name_is_not_missing() -> None:
    """A record that says "telephone" does not lack the "phones" asked about, and lacks the warrant."""
    words, unsaid = lacks(
        asked("Were the phones searched without a warrant?"), [read_places("The telephone was searched.")]
    )
    assert [word.text for word in words] == ["without", "warrant"]
    assert unsaid == ("search warrant",)


@pytest.mark.parametrize("term", read_terms(), ids=lambda term: term.text)
def test_no_name_stands_twice_for_a_term(term: Term) -> None:
    """Names that differ in their endings only are one."""
    assert len(set(term.names)) == len(term.names)
