"""What a filing tells of itself: dates, writers, judges, counsel, numbers, and how a case came out."""

from __future__ import annotations

import pytest
from docket import Said, filing

from corpus.model import Facts, Speaker
from rag.front import front, named_case
from rag.library import Library
from rag.model import Filters, Listing
from rag.models import Models
from rag.pipeline import ask
from rag.question import read_question
from rag.settings import Settings

COURT = Speaker("court", "Kagan, J.")
OPINION = filing(
    "opinion",
    Facts(kind="opinion", court="scotus", case_name="Harlow v. Venn", docket="19-1234", date="2020-03-04", judge="Kagan"),
    [
        Said("No. 19–1234", Speaker("court")),
        Said("[March 4, 2020]", Speaker("court")),
        Said("JUSTICE KAGAN delivered the opinion of the Court.", COURT, writing="majority"),
        Said("We granted review on May 6, 2019.", COURT, writing="majority"),
        Said("The judgment of the Court of Appeals is reversed.", COURT, holding=True, writing="majority"),
        Said("JUSTICE BREYER, with whom JUSTICE J. ALITO joins, dissenting.", COURT, writing="dissent"),
        Said("I would affirm the judgment.", COURT, writing="dissent"),
    ],
)  # fmt: skip
OTHER = filing(
    "other",
    Facts(kind="opinion", court="scotus", case_name="Ames v. Dole", docket="18-77", date="2019-01-02"),
    [
        Said("[January 2, 2019]", Speaker("court")),
        Said("JUSTICE THOMAS delivered the opinion of the Court.", COURT, writing="majority"),
        Said("Harlow was decided by another court.", COURT, writing="majority"),
    ],
)  # fmt: skip


def told(question: str) -> list[str] | None:
    """The lines that a made record of one case tells; None where it is asked something else."""
    listings = [Listing(one.id, one.file, None, one.facts, len(one.pages), 0) for one in (OPINION,)]
    filings = {one.id: one for one in (OPINION, OTHER)}
    found = front(read_question(question), listings, filings.__getitem__)
    return None if found is None else [pick.text for pick in found]


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("When was the case decided?", ["[March 4, 2020]"]),
        ("When was Harlow v. Venn decided?", ["[March 4, 2020]"]),
        ("When did the Court decide Harlow?", ["[March 4, 2020]"]),
        ("What is the docket number?", ["No. 19–1234"]),
        ("Who wrote the opinion of the Court?", ["JUSTICE KAGAN delivered the opinion of the Court."]),
        ("Which justices dissented?", ["JUSTICE BREYER, with whom JUSTICE J. ALITO joins, dissenting."]),
        (
            "Which justices concurred?",  # nobody did: how all begin
            [
                "JUSTICE KAGAN delivered the opinion of the Court.",
                "JUSTICE BREYER, with whom JUSTICE J. ALITO joins, dissenting.",
            ],
        ),
        ("Who won?", ["The judgment of the Court of Appeals is reversed."]),
        ("What was the outcome in Harlow v. Venn?", ["The judgment of the Court of Appeals is reversed."]),
    ],
)
def test_a_filing_tells_of_itself(question: str, lines: list[str]) -> None:
    """The line that tells it is quoted whole."""
    assert told(question) == lines


@pytest.mark.parametrize(
    "question",
    [
        "When was review granted?",
        "When was the subpoena issued?",
        "When was the case in which the court granted review decided?",
        "When was Ames v. Dole decided?",  # another case
        "When was the case filed?",  # no complaint is here
        "Who was the trial judge?",  # an opinion of the Supreme Court is no ruling of the court below
        "When did the district court rule on the motion?",
        "When was the motion decided?",
        "When was the appeal filed?",
        "Who wrote the letter?",
        "Who dissented in Halbeck?",  # no name of this case
        "Who dissented, and why?",  # the reasons are asked for too
        "Who dissented from the board's report?",
        "What was the outcome of the search?",
        "Who won the bid for the contract?",
        "What did the Court decide?",
        "Which judge granted the writ that the Court of Appeals vacated?",
    ],
)
def test_other_questions_are_left_to_the_search(question: str) -> None:
    """What only resembles such a question is answered from the passages."""
    assert told(question) is None


@pytest.mark.parametrize(
    "question", ["Who represented Harlow?", "Who is counsel for Venn?", "Which judges heard the case?"]
)
def test_what_only_a_front_could_tell_is_met_with_silence_where_none_does(question: str) -> None:
    """An opinion that names no counsel and no panel does not tell them in its prose."""
    assert told(question) == []


@pytest.mark.parametrize(
    ("question", "case"),
    [
        ("When was Harlow v. Venn decided?", "Harlow v. Venn"),
        ("Who dissented in Davis v. United States?", "Davis v. United States"),
        ("Who dissented in Davis v. Washington?", None),  # in no filing
        ("Who dissented in Davis?", None),  # which of two?
        ("When was the Pleasant Grove case decided?", "Pleasant Grove City v. Summum"),
        ("When was the case decided?", None),
        ("Who represented the United States?", None),
    ],
)
def test_of_many_cases_one_must_be_named(question: str, case: str | None) -> None:
    """Both sides of a "v." count; a party's first word where only one case has it."""
    names = ["Harlow v. Venn", "Davis v. United States", "Davis v. Ayala", "Pleasant Grove City v. Summum"]
    assert named_case(question, names) == case


@pytest.mark.parametrize(
    ("question", "said", "where"),
    [
        ("When was the complaint filed?", "Dated: April 28, 2023", "The end of the complaint says"),
        ("When was the lawsuit filed?", "Dated: April 28, 2023", "The end of the complaint says"),
        ("When was the motion to dismiss decided?", "Dated: November 9, 2023", "The end of the order says"),
        ("When was the appeal argued?", "Argued and Submitted June 12, 2024", "The front of the opinion says"),
        ("Which judges sat on the panel?", "Susannah R. Brandt, Circuit Judges.", "The front of the opinion says"),
        ("Who dissented on appeal?", "BRANDT, Circuit Judge, dissenting in part:", "The heading of the dissent says"),
        ("Who is the district judge?", "Adaeze M. Thornbury", "The end of the order says"),
        ("Who represents Velkane?", "GRAYMOOR LATHE LLP", "The front of the motion says"),
        ("What was the outcome?", "In all other respects it is DENIED.", "The district court ruled"),
    ],
)
def test_a_docket_tells_of_itself(
    question: str, said: str, where: str, sample_library: Library, sample_models: Models, sample_settings: Settings
) -> None:
    """The whole path: the words are the filing's own, verified and cited, and the answer says where they stand."""
    answer = ask(question, library=sample_library, models=sample_models, settings=sample_settings)
    quotes = [quote for claim in answer.claims for quote in claim.quotes]
    assert said in " ".join(" ".join(quote.text.split()) for quote in quotes)
    assert where in answer.answer
    for quote in quotes:
        assert quote.verified
        assert sample_library.catalog.filing(quote.filing_id).text[quote.start : quote.end] == quote.text


def test_filters_hold_for_what_filings_tell_of_themselves(
    sample_library: Library, sample_models: Models, sample_settings: Settings
) -> None:
    """Asked of orders alone, no motion tells who appears; asked of motions alone, no order its date."""
    answer = ask(
        "Who represents Velkane?",
        library=sample_library,
        models=sample_models,
        settings=sample_settings,
        filters=Filters(kind=("order",)),
    )
    assert not any("GRAYMOOR" in quote.text for claim in answer.claims for quote in claim.quotes)
    answer = ask(
        "When was the order entered?",
        library=sample_library,
        models=sample_models,
        settings=sample_settings,
        filters=Filters(kind=("motion",)),
    )
    assert "November 9, 2023" not in answer.answer
