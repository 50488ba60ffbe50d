"""Who is asked about decides between passages that say the same."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.model import Passage, Speaker, Writing
from rag.cast import is_other_court, speaks
from rag.library import Library
from rag.model import FilingRef
from rag.models import Models
from rag.prefer import is_of_court_asked, named_cases, prefer
from rag.question import read_question
from rag.retrieve import retrieve
from rag.settings import Settings


@pytest.mark.parametrize(
    ("role", "writing", "voice", "says"),
    [
        ("court", "dissent", "dissent", True),
        ("court", "concurrence_in_part", "dissent", True),  # dissents in the other part
        ("court", "concurrence_in_part", "concurrence", True),
        ("court", "majority", "dissent", False),
        ("court", "dissent", "concurrence", False),
        ("court", "plurality", "majority", True),  # whoever asks of a majority takes what stands in its place
        ("court", "per_curiam", "plurality", True),
        ("court", "syllabus", "majority", False),
        ("court", None, "majority", False),  # an order has no writings
        ("court", "syllabus", "syllabus", True),
        ("court", "majority", "syllabus", False),
        ("court", None, "court", True),  # a trial court's order
        ("court", "dissent", "court", False),  # a dissent is not what the court says
        ("court", "syllabus", "court", False),
        ("court", "per_curiam", "court", True),
        ("witness", None, "court", False),
        ("plaintiff", None, "plaintiff", True),
        ("defendant", None, "plaintiff", False),
    ],
)
def test_a_voice_is_told_by_role_and_writing(role: str, writing: str | None, voice: str, says: bool) -> None:
    """A court's voice is its orders and majorities, a side's whatever its counsel and clients say."""
    assert speaks(read_question("What was said?"), role, writing, voice) is says


@pytest.mark.parametrize(
    ("question", "of_order", "of_opinion", "not_district", "not_appeals"),
    [
        ("Why did the trial judge deny the stay?", True, False, False, True),
        ("What did the Ninth Circuit say of it on appeal?", False, True, True, False),
        ("What did the panel say of the district court's reasons?", False, False, False, False),  # both
        ("What did the court decide?", False, False, False, False),  # neither
    ],
)
def test_the_court_asked_of_is_below_or_above(
    question: str, of_order: bool, of_opinion: bool, not_district: bool, not_appeals: bool
) -> None:
    """An order is the court's below and an opinion the court's above, where a question asks of one of the two."""
    assert (is_of_court_asked(question, "order"), is_of_court_asked(question, "opinion")) == (of_order, of_opinion)
    asked = read_question(question)
    assert is_other_court(asked, "The district court") is not_district
    assert is_other_court(asked, "The court of appeals") is not_appeals
    assert not is_other_court(asked, "The court")  # no level is known


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What fee did the Court allow in Perdue?", {"perdue"}),
        ("What did Perdue v. Kenny A. decide about enhancements?", {"perdue"}),
        ("May Florida seize the boat?", set()),  # two cases have it
        ("What does Justice Graham want revisited?", set()),
        ("What is the United States' position?", set()),
        ("When may a fee be enhanced?", set()),
    ],
)
def test_a_case_is_named_by_a_word_that_only_its_name_has(question: str, named: set[str]) -> None:
    """A party of one case found names that case; a State or an agency of many does not."""
    names = {"perdue": "Perdue v. Kenny A.", "graham": "Graham v. Florida", "lozman": "Lozman v. Florida"}
    refs = {
        key: FilingRef(key, "Opinion", f"{key}.pdf", "opinion", "scotus", None, None, None, None, None, case_name=name)
        for key, name in names.items()
    }
    assert named_cases(question, refs) == named


@pytest.mark.parametrize(
    ("question", "first"),
    [("What did the Court decide about immunity?", "f:1"), ("How does the syllabus put the holding?", "f:0")],
)
def test_a_syllabus_comes_after_the_opinion_unless_it_is_asked_for(question: str, first: str) -> None:
    """The Reporter's summary matches best of all, and is no part of the opinion."""
    ref = FilingRef("f", "Opinion", "o.pdf", "opinion", "scotus", "08-1555", None, None, None, "2010-06-01")
    writings = (Writing("syllabus", None, 0, 50, 1, 1), Writing("majority", "Stevens", 50, 100, 2, 2))
    passages = [
        Passage(f"f:{at}", at, 50 * at, 50 * at + 50, "The Act does not govern.", at + 1, at + 1, (), Speaker("court"))
        for at in (0, 1)
    ]
    ranked = [(replace(passage, writing=at), 2.0 - at) for at, passage in enumerate(passages)]
    assert prefer(read_question(question), ranked, {"f": ref}, {"f": writings})[0][0].id == first


@pytest.mark.parametrize(
    ("question", "file"),
    [
        ("How did Plaintiffs answer the argument that Halkbank undid WhatsApp?", "gov.uscourts.cand.990417.31.0.pdf"),
        ("What does the dissent say of the remand in Halkbank?", "23-90882 Opinion.pdf"),
        ("Why does the trial judge think that Halkbank does not help Velkane?", "gov.uscourts.cand.990417.61.0.pdf"),
        ("What do Defendants say in the motion about the agency of corporations?", "gov.uscourts.cand.990417.24.0.pdf"),
    ],
)
def test_the_first_hit_is_in_the_voice_asked_for(
    sample_library: Library, sample_models: Models, sample_settings: Settings, question: str, file: str
) -> None:
    """Others restate the point; the filing of whoever is asked about comes first."""
    hits = retrieve(question, sample_library, sample_models, sample_settings, k=3).hits
    assert Path(hits[0].filing.file).name == file
