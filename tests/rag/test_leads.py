"""Which sentence leads: what speaks for it, and how much that weighs."""

from dataclasses import replace

import pytest
from docket import DOCKET, MOTION, ORDER, hits
from made import WordEmbedder

from corpus.model import Facts, Section, Speaker
from rag.choose import choose
from rag.leads import Evidence, Spot, asks_of_law, load_weights, weigh
from rag.model import Question
from rag.models import Models
from rag.question import read_question
from rag.sentences import candidates, is_among_facts
from rag.voice import Voice

FILINGS = {one.id: one for one in DOCKET}
HITS = hits(DOCKET)
REASONING = Voice("reasoning", Speaker("court"), kind_of_filing="opinion", court="The Court")
DISSENT = Voice("dissent", Speaker("court"), kind_of_filing="opinion", court="The Court")


def spot(text: str = "An agent is immune.", *, page: int = 9, voice: Voice = REASONING) -> Spot:
    return Spot(text, text, page, 1, voice, 0.0, 0.5)


def traits(question: str, one: Spot) -> dict[str, float]:
    return Evidence(read_question(question), HITS).traits(HITS[0], one)


def test_every_weight_has_its_trait_and_every_trait_its_weight() -> None:
    """What was learnt is what is weighed, name by name."""
    assert set(load_weights()) == set(traits("Can an agent be immune?", spot()))


def test_the_score_is_the_learnt_sum() -> None:
    """A sentence's parts are each trait's weight times its value."""
    values = traits("Can an agent be immune?", spot())
    assert sum(weigh(values)) == pytest.approx(sum(load_weights()[name] * value for name, value in values.items()))


def test_what_holds_the_question_and_stands_among_good_passages_weighs_more() -> None:
    """The learnt signs are as a reader would expect: likeness, the question's words and the good pages speak for a
    sentence; a dissent nobody asked for and a ruling's opening facts speak against it."""
    weights = load_weights()
    assert min(weights[name] for name in ("page", "passage", "cover", "like", "alike", "asked")) > 0
    assert max(weights[name] for name in ("apart", "opening", "facts")) < 0


def test_the_facts_a_ruling_opens_with_count_against_it_only_where_the_law_is_asked_for() -> None:
    """The first pages of an opinion answer what happened, seldom what the law is."""
    first = spot(page=2)
    assert traits("Can an agent be immune?", first)["opening"] == 1.0
    assert traits("Can an agent be immune?", spot(page=9))["opening"] == 0.0
    assert traits("Who sent the packet?", first)["opening"] == 0.0


def test_where_a_court_tells_the_facts_counts_against_it_only_where_the_law_is_asked_for() -> None:
    """The first numbered part of an opinion tells what happened and who argued what."""
    told = replace(spot(page=9), facts=True)
    assert traits("Can an agent be immune?", told)["facts"] == 1.0
    assert traits("Can an agent be immune?", spot(page=9))["facts"] == 0.0
    assert traits("Who sent the packet?", told)["facts"] == 0.0


@pytest.mark.parametrize(
    ("title", "label", "kind", "facts"),
    [
        ("", "I", "opinion", True),
        ("", "II", "opinion", False),
        ("Factual Background", "II", "order", True),
        ("The Act governs", "I", "opinion", True),  # the first of several numbered parts
        ("", "I", "brief", False),
    ],
)
def test_the_facts_are_told_in_the_first_part_or_under_their_name(
    title: str, label: str, kind: str, facts: bool
) -> None:
    """Of a court's writing; a brief's first part argues."""
    sections = (Section(1, label, title, 0, 0, 50), Section(1, "III", "Merits", 50, 50, 100))
    made = replace(DOCKET[0], facts=Facts(kind=kind), sections=sections, writings=())  # type: ignore[arg-type]
    assert is_among_facts(made, 10) is facts
    assert not is_among_facts(made, 60)


def test_a_dissent_counts_against_a_sentence_unless_it_is_asked_for() -> None:
    """A dissent is quoted first only where somebody asks for it."""
    assert traits("Can an agent be immune?", spot(voice=DISSENT))["apart"] == 1.0
    assert traits("What did the dissent say of agents?", spot(voice=DISSENT))["apart"] == 0.0


@pytest.mark.parametrize(
    ("question", "text", "names"),
    [
        ("Who sued the company?", "The suit was brought by Ada Lovelace in March.", True),
        ("Who presided?", "Judge Thornbury heard the motion.", True),
        ("Who sued Ada Lovelace?", "The suit against Ada Lovelace came late.", False),  # the question's own name
        ("Who sued the company?", "The company was sued in March.", False),
    ],
)
def test_who_is_answered_by_a_sentence_with_a_name(question: str, text: str, names: bool) -> None:
    """A question that asks who gets a sentence that names somebody it does not name itself."""
    asked = read_question(question)
    assert asked.form == "person"
    assert (traits(question, spot(text))["asked"] > 0) is names


@pytest.mark.parametrize(
    ("text", "law"),
    [
        ("Can a school board be sued?", True),
        ("Why did the claim fail?", True),
        ("What did the court hold?", True),
        ("What did the doctor sign?", False),
        ("When was the patch deployed?", False),
    ],
)
def test_questions_of_law_are_told_from_questions_of_fact(text: str, law: bool) -> None:
    """Whether something may be, and why it was decided so, is law; what happened is fact."""
    assert asks_of_law(read_question(text)) is law


def picked(question: Question) -> list[str]:
    return [pick.voice.kind for pick in choose(question, candidates(question, HITS, FILINGS, Models(WordEmbedder())))]


def test_a_two_part_question_gets_the_argument_and_the_ruling() -> None:
    """Asked for the basis of a claim and whether it was accepted, the answer has a side's words and the court's."""
    asked = read_question("What is the basis of the claim that a private agent is immune, and was it accepted?")
    assert asked.voices == ("party", "court")
    kinds = picked(asked)
    assert "argument" in kinds[:2] or "restated" in kinds[:2]
    assert "holding" in kinds


def test_candidates_say_what_was_weighed() -> None:
    """Each candidate carries its traits, and its score is the sum of its parts."""
    asked = read_question("Did the court accept that a private agent is immune?")
    ranked = candidates(asked, HITS, FILINGS, Models(WordEmbedder()))
    assert {one.filing.id for one in ranked} >= {MOTION.id, ORDER.id}
    assert all(one.score == pytest.approx(sum(one.parts)) for one in ranked)
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    assert set(ranked[0].traits) == set(load_weights())
