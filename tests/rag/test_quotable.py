"""What a sentence is like as a quotation."""

import pytest

from rag.quotable import is_boilerplate, is_citation, leans_back, unfit

PLAIN = "A private company is not a foreign state, and the Act leaves no room for a further immunity."


@pytest.mark.parametrize(
    "text",
    [
        "I declare under penalty of perjury that the foregoing is true and correct.",  # an oath
        "Under penalty of perjury, I state that this is so.",
        "I hereby certify that I served the foregoing on all counsel of record.",  # a certificate of service
        "The undersigned certifies that this brief complies with Rule 32.",  # a certificate of compliance
        "This brief complies with the type-volume limitation of the rule.",
        "Notice was served on all counsel through the CM/ECF system.",
        "Respectfully submitted, Ada Lovelace",  # a signature block
        "Dated: March 3, 2024",
        "I, Tomas Elering, declare as follows:",  # a declaration's opening
        "I am over the age of eighteen and could competently testify to these facts.",
        "I. THE ACT APPLIES . . . . . . . . . . . . 14",  # a table of contents
        "HARGREAVE, Circuit Judge, concurring in part and concurring in the judgment:",
        "Unless otherwise indicated, all section references are to the Internal Revenue Code.",
        "See https://www.example.org/press-release for the order.",  # a web address
        "JUSTICE THOMAS, with whom JUSTICE SCALIA joins, dissenting.",  # a writing's opening line
    ],
)
def test_what_every_filing_has_is_boilerplate(text: str) -> None:
    """Oaths, certificates, signature blocks and tables answer nothing and are never worth quoting."""
    assert is_boilerplate(text)
    assert unfit(text) > unfit(PLAIN) + 5


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "The taxpayer signed the return under penalty of perjury.",  # a fact about an oath
        "The Court of Appeals certified the question to the state court.",
        "Service on the Secretary of State is service on the company.",
        "Justice Thomas would have reached the merits, dissenting from the dismissal of the writ in that case. He lost.",
        "“. . . [t]he Act . . . applies,” the court said.",  # ellipses are no leaders
    ],
)
def test_what_speaks_of_such_things_is_none(text: str) -> None:
    """A sentence about service, an oath or a dissent may be quoted."""
    assert not is_boilerplate(text)


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("See Dole Food Co. v. Patrickson, 538 U. S. 468, 477 (2003) (quoting the statute).", True),
        ("Id., at 12; see also Samantar, supra, at 9.", True),
        ("Ante, at 4.", True),
        ("See id. The majority never explains why.", False),
    ],
)
def test_a_citation_says_nothing_of_its_own(text: str, cites: bool) -> None:
    """A sentence of names, numbers and signals is a citation."""
    assert is_citation(text) is cites


def test_a_sentence_that_leans_back_is_known_by_its_first_word() -> None:
    """ "It does not." needs the sentence before it; a sentence with a subject of its own does not."""
    assert leans_back("It does not.")
    assert leans_back("But the statute says otherwise.")
    assert not leans_back(PLAIN)


def test_procedure_and_scraps_lose_a_little() -> None:
    """A closing formula and a question lose something, less than a citation."""
    assert 0 < unfit("For these reasons, the judgment of the court below is affirmed in full.") < unfit("Id., at 12.")
    assert 0 < unfit("Is a private company that serves a foreign state entitled to its immunity?") < 2
    assert unfit(PLAIN) == 0
