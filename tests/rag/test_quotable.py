"""What a sentence is like as a quotation."""

import pytest

from rag.quotable import announces, is_boilerplate, is_citation, leans_back, unfit

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
        "The syllabus constitutes no part of the opinion of the Court but is for the convenience of the reader.",
        "Court staff have prepared it to help the reader.",
        "This opinion is subject to formal revision before publication in the preliminary print.",
        "Exhibit A: Licence Agreement between Velkane and the Ministry of the Interior",  # a list of exhibits
        "Ex. 12 – Declaration of Tomas Elering in Support of the Motion",
        "II. The Court Below Erred in Denying Immunity 14",  # a table of contents without leaders
        "Samantar v. Yousuf, 560 U.S. 305 (2010) passim",
        "908 Ciavarella Deposition, 03/01/2011 - Exhibit 12 - letter from BPV re. the filter system",  # exhibits, tabled
        "Counsel for Petitioner Mohamed Ali Samantar",  # under a signature
        "Ada Lovelace (SBN 123456) Attorneys for Plaintiffs",
        "Suite 400, San Francisco, Telephone: (415) 555-0100",
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
        "Exhibit A: the licence forbids any use against lawyers, says the witness who signed it.",  # says what it holds
        "That clause is no part of the contract, and court staff lost the paper.",
        "Counsel for petitioner conceded at oral argument that remorse was at issue.",
        "The Attorney General appointed a lawyer to serve as Special Counsel for the United States.",
        "The Act was amended in 1988 and again in 14",  # runs on over a page
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
        ("For cases stating the rule, see, e.g., Commonwealth v. Parker, 50 Mass. 263, 265 (1845).", True),
        ("For similar conclusions, see, for example, United States v. Orange, 447 F. 3d 792 (CA10 2006).", True),
        ("For a discussion of the point, see generally Part II, supra.", True),
        (
            "For purposes of federal law, the Act shortened the term imposed below, compare 42 U. S. C. §16915(a).",
            False,
        ),
        ("For example, he may rely on an exception from the law, see Tr. of Oral Arg. 107.", False),
        ("In many instances, as in Gant, see 556 U. S., at 8, defendants will not concede the point.", False),
        # a decision of few words is none, and neither is a short sentence
        ("See generally Brief for Respondent Quinn 6–8; Brief for Respondent SEIU–HII 6.", True),
        ("Cf. Dole v. Roe, 552 U. S. 148, 164 (2008) (declining to extend the right under §10(b) of the Act).", True),
        ("See id., at 871 (“The woman’s right is the most central principle of Roe v. Wade.", True),  # cut inside
        ("(Apparently the report’s error came to light and was corrected, see Thompson, 49 J. 1202 (2003).)", False),
        ("The motion is DENIED.", False),
        ("Count 2 is dismissed.", False),
        ("Affirmed.", False),
        ("The Fifth Circuit reversed.", False),
        ("He continued:", True),  # introduces what follows, and says nothing
    ],
)
def test_a_citation_says_nothing_of_its_own(text: str, cites: bool) -> None:
    """A sentence of names, numbers and signals is a citation."""
    assert is_citation(text) is cites


@pytest.mark.parametrize(
    ("text", "says_nothing"),
    [
        ("Appellant designates the following issue on appeal.", True),
        ("At the second hearing, the SCO summarized the scope of the questions:", True),
        ("The court ruled as follows.", True),
        ("The following day the committee met.", False),
        ("He was paid on the following terms, which nobody disputes, and left.", False),
    ],
)
def test_what_announces_needs_the_sentence_after_it(text: str, says_nothing: bool) -> None:
    """A sentence that ends in a colon or in "the following" says nothing alone."""
    assert announces(text) is says_nothing


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
