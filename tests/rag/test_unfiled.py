"""Papers that a docket does not hold."""

from dataclasses import replace

import pytest
from docket import Said, filing

from corpus.model import Facts, Filing, Speaker
from rag.cast import set_cast
from rag.model import Listing
from rag.question import read_question
from rag.unfiled import is_unfiled

CASE = "Tarnwick Messaging v. Velkane Systems"
PAPERS = [
    Facts(kind="complaint", side="plaintiff", filer="Tarnwick Messaging", case_name=CASE, court="cand"),
    Facts(kind="motion", side="defendant", filer="Velkane Systems", case_name=CASE, court="cand"),
    Facts(kind="opposition", side="plaintiff", filer="Tarnwick Messaging", case_name=CASE, court="cand"),
    Facts(kind="brief", side="appellant", filer="Velkane Systems", case_name=CASE, court="ca9"),
    Facts(kind="transcript", case_name=CASE, court="cand"),
    Facts(kind="order", side="court", case_name=CASE, court="cand"),
]
LISTINGS = [Listing(str(n), f"{n}.pdf", None, facts, 1, 1) for n, facts in enumerate(PAPERS)]
ASKED = [
    ("What does Velkane argue in its opening brief?", False),
    ("What does Ostrell argue in its appellate brief?", True),  # the brief is another's
    ("What did the retired judges say in their amicus brief?", True),  # no amicus brief
    ("What did Tarnwick allege in the complaint?", False),
    ("What did Elering say on cross-examination?", True),  # a hearing without an examination
    ("What did Mr. Elering say when he was cross-examined?", True),
    ("What did Ms. Achterberg admit on the stand?", True),
    ("How did the court answer the motion?", False),
    ("What does Velkane say about immunity?", False),  # of no paper
]


def hearing(*speakers: Speaker) -> Filing:
    return filing(
        "hearing", Facts(kind="transcript"), [Said("I gave the list to the Ministry.", who) for who in speakers]
    )


def asked(question: str, transcript: Filing, listings: list[Listing]) -> bool:
    return is_unfiled(set_cast(read_question(question), listings), listings, lambda _: transcript)


@pytest.mark.parametrize(("question", "missing"), ASKED)
def test_a_paper_that_a_docket_lacks_is_missed(question: str, missing: bool) -> None:
    """Asked of a paper that was not filed, or not by whom it is asked of, the docket has no answer."""
    assert asked(question, hearing(Speaker("court"), Speaker("counsel", "Mr. Hale")), LISTINGS) is missing


def test_a_witness_who_was_examined_may_be_asked_of() -> None:
    """A transcript in which the witness speaks may hold what was said; another witness's does not."""
    assert not asked(
        "What did Elering say on cross-examination?", hearing(Speaker("witness", "Tomas Elering")), LISTINGS
    )
    assert not asked(
        "What did Mr. Elering say when he was examined?", hearing(Speaker("witness", "Tomas Elering")), LISTINGS
    )
    assert asked(
        "What did Achterberg say on cross-examination?", hearing(Speaker("witness", "Tomas Elering")), LISTINGS
    )


def test_an_opinion_alone_may_tell_of_any_paper() -> None:
    """Where the record is no docket, nothing is said to be missing: opinions tell of papers too."""
    opinion = [replace(LISTINGS[-1], facts=Facts(kind="opinion", court="scotus", case_name=CASE))]
    assert not asked("What does Velkane argue in its reply brief?", hearing(), opinion)
