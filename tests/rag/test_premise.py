"""False premises: said to be false where the record says so, and never where it does not."""

import pytest
from docket import Said, filing, hits
from made import WordEmbedder

from corpus.model import Facts, Speaker
from rag.models import Models
from rag.premise import contradiction
from rag.question import read_question
from rag.sentences import candidates

COURT = Speaker("court", "Kagan, J.")
OPINION = filing(
    "opinion",
    Facts(kind="opinion", court="scotus", case_name="Harlow v. Venn"),
    [
        Said("Harlow moved to suppress the letters he had written.", COURT, writing="majority"),
        Said("The District Court denied his motion to suppress the letters.", COURT, writing="majority"),
        Said(
            "The complaint pleads breach of the lease (Count One); trespass to the barn, Cal. Civ. Code (Count Four).",
            COURT,
            writing="majority",
        ),
        Said("The District Court dismissed Count Four of the complaint.", COURT, writing="majority"),
        Said("The District Court denied the motion to dismiss Count One of the complaint.", COURT, writing="majority"),
        Said("On a later motion the District Court granted Harlow leave to amend.", COURT, writing="majority"),
        Said("The Court of Appeals for the Ninth Circuit affirmed.", COURT, writing="majority"),
        Said("In Ames v. Dole the Court of Appeals reversed.", COURT, writing="majority"),
        Said(
            "We hold that an honest belief in the law's invalidity does not defeat liability.",
            COURT,
            holding=True,
            writing="majority",
        ),
        Said(
            "We do not reach the argument that the statute of limitations bars the second suit.",
            COURT,
            writing="majority",
        ),
        Said("The Lease Act does not pre-empt a state's rent law, for it says nothing of rent.", COURT, writing="majority"),
        Said(
            "Because we hold that the tenancy is not a license, we need not decide who owned the barn.",
            COURT,
            writing="majority",
        ),
        Said(
            "We hold that the tenant is not an owner of the orchard and has no title to it.",
            COURT,
            holding=True,
            writing="majority",
        ),
        Said("The District Court granted the motion to strike as to Ames.", COURT, writing="majority"),
        Said("Dole had filed the same motion.", COURT, writing="majority"),
        Said("If the harvest were not shared, the neighbor would owe a fee.", COURT, writing="majority"),
        Said("The judgment of the Court of Appeals is reversed.", COURT, holding=True, writing="majority"),
    ],
)  # fmt: skip


def wrong(question: str) -> str | None:
    asked = read_question(question)
    ranked = candidates(asked, hits([OPINION]), {OPINION.id: OPINION}, Models(WordEmbedder()))
    found = contradiction(asked, ranked)
    return found.text if found else None


FALSE = [
    ("On what ground did the Ninth Circuit reverse?", "affirmed"),
    ("What led the Supreme Court to affirm the Ninth Circuit?", "is reversed"),
    ("Why did the District Court grant Harlow's motion to suppress the letters?", "denied his motion"),
    ("Why did the District Court suppress the letters?", "denied his motion"),  # a motion to do it
    ("Why did the District Court dismiss Count One of the complaint?", "denied the motion to dismiss Count One"),
    ("What reasons did the Court of Appeals give for reversing?", "affirmed"),
    ("Why did the District Court dismiss the claim for breach of the lease?", "denied the motion to dismiss Count One"),
    ("Why did the Court hold that the Lease Act preempts a state's rent law?", "does not pre-empt"),
    ("Why did the Court hold that the tenancy of the barn is a license?", "is not a license"),
    ("Why did the Court hold that an honest belief in the law's invalidity defeats liability?", "does not defeat"),
    ("Why did the Court hold that the statute of limitations bars the second suit?", "We do not reach"),
    ("Why did the Court require Harlow to pay damages?", "honest belief"),  # Harlow won: shown is what was held
    ("Why did the Court hold that Venn may recover for the letters?", "honest belief"),
]


@pytest.mark.parametrize(("question", "words"), FALSE)
def test_a_premise_that_the_record_contradicts_is_met_with_its_words(question: str, words: str) -> None:
    """Where a court did the opposite of what is presumed, the sentence that says so is found."""
    assert words in (wrong(question) or "")


TRUE = [
    "On what ground did the Ninth Circuit affirm?",
    "Why did the Supreme Court reverse the Ninth Circuit?",
    "Why did the District Court deny the motion to suppress the letters?",
    "Why did the District Court grant Harlow leave to amend?",
    "Why did the Court hold that an honest belief in the law's invalidity does not defeat liability?",
    "Why did the District Court dismiss Count Four of the complaint?",  # Count One is another
    "Did the Ninth Circuit reverse?",  # presumes nothing
    "Why did the Court hold that the tenant is not an owner of the orchard?",  # "not" and "no": both deny
    "Why did the Court decline to decide who owned the barn?",  # what it left open is what is asked about
    "Why did the District Court deny the motion to strike as to Dole?",  # granted to another
    "Why did the District Court dismiss the claim for trespass to the barn?",  # it did
    "Why did the Court hold that the harvest was shared with the neighbor for a fee?",  # supposed, not said
    "What did the Ninth Circuit say about reversing?",
    "Why did the District Court deny the motion for a new trial?",  # another motion, of which nothing is said
    "On what ground did the Fifth Circuit reverse?",  # another court
    "Why did the Court require Venn to pay the costs?",  # Venn lost
    "Why did the Court require the tenant to pay the costs?",  # no party
]


@pytest.mark.parametrize("question", TRUE)
def test_nothing_else_is_called_a_false_premise(question: str) -> None:
    """A premise that is true, or that the record does not speak of, and a question without one, are let be."""
    assert wrong(question) is None
