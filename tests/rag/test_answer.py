"""Answers of the filings' own words; with a chat model: test_written.py."""

import re

import numpy as np
import pytest
from docket import DOCKET, MOTION, OPINION, ORDER, Said, filing, hits
from made import WordEmbedder

from corpus.model import Facts, Speaker
from rag.answer import Drafted, draft_answer
from rag.cast import set_cast
from rag.choose import Pick, excerpt
from rag.compose import Group, citations, disposition, folded
from rag.model import Answer, Listing, Question
from rag.models import Models
from rag.pipeline import ask, prompt
from rag.question import read_question
from rag.sentences import candidates
from rag.settings import Settings
from rag.voice import lead_in, voice_of_words

FILINGS = {one.id: one for one in DOCKET}
HITS = hits(DOCKET)
LISTINGS = [
    Listing(one.id, one.file, None, one.facts, len(one.pages), len(one.passages), one.writings) for one in DOCKET
]
IMMUNITY = "On what basis did the defendants claim the immunity of a private agent, and did the court accept it?"
TRUE_WORDS = "The Court rejects the claim that a private agent shares the common-law immunity of a sovereign."


def drafted(question: str) -> Drafted:
    asked: Question = set_cast(read_question(question), LISTINGS)
    models = Models(WordEmbedder())
    ranked = candidates(asked, HITS, FILINGS, models)
    return draft_answer(asked, HITS, ranked, FILINGS, models, Settings(), same_case=True)


# Composed


def test_every_word_inside_quotation_marks_is_the_filings() -> None:
    """With no chat model, what stands in quotation marks stands in a filing, letter for letter."""
    draft = drafted(IMMUNITY).draft
    record = [folded(one.text) for one in DOCKET]
    quoted = re.findall(r"“([^”]*)”", draft.text)
    assert quoted
    assert all(any(words in text for text in record) for words in quoted)


def test_every_quote_is_verified_and_numbered_in_order() -> None:
    """The numbers in the answer count the quotes of its claims from 1, and every quote is a slice of its filing."""
    draft = drafted(IMMUNITY).draft
    quotes = [quote for one in draft.claims for quote in one.quotes]
    assert re.findall(r"\[(\d+)\]", draft.text) == [str(n) for n in range(1, len(quotes) + 1)]
    assert all(
        quote.verified and FILINGS[quote.filing_id].text[quote.start : quote.end] == quote.text for quote in quotes
    )
    assert len(citations(draft.claims).splitlines()) == len(quotes)


def test_the_answer_follows_the_order_of_the_question() -> None:
    """Asked for the basis of the claim and then the ruling, the party leads and the court follows."""
    draft = drafted(IMMUNITY).draft
    roles = [position.role for position in draft.positions]
    assert roles[0] == "defendant"
    assert "court" in roles[1:]
    other_way = drafted("Did the court accept Defendants' argument that an agent is immune?").draft
    assert other_way.positions[0].role == "court"


HELD = re.compile(r"\b(?:held|ruled)\b")


@pytest.mark.parametrize(
    ("one", "words", "may_hold"),
    [
        (ORDER, "The Court rejects", True),  # a decision of the court
        (ORDER, "To be licensed", False),  # reasoning
        (ORDER, "Defendants contend", False),  # restated by the court
        (MOTION, "Under the common law", False),  # an argument
        (OPINION, "We hold", True),  # a controlling writing
        (OPINION, "I would hold", False),  # a dissent
    ],
)
def test_only_a_decision_is_introduced_as_held(one, words: str, may_hold: bool) -> None:  # type: ignore[no-untyped-def]
    """The words "held" and "ruled" stand before a controlling writing's own decision and before nothing else."""
    start = one.text.index(words)
    end = one.text.index("\n", start)
    said = lead_in(voice_of_words(one, start, end))
    assert bool(HELD.search(said)) == may_hold


def test_a_restated_view_is_introduced_as_restated() -> None:
    """What the court reports of a party is the party's position as the court summarised it."""
    start = ORDER.text.index("Defendants contend")
    voice = voice_of_words(ORDER, start, ORDER.text.index("\n", start))
    assert lead_in(voice) == "As the district court summarised Defendants’ position:"


REPORTS = (
    ("Rhode Island argues that review means legal review.", "Rhode Island’s position"),
    ("Invoking this doctrine, respondent contends that the offers were void.", "respondent’s position"),
    ("She insists, however, that the search was unlawful.", "one side’s position"),  # nobody knows whose
    ("The dissent maintains that the statute is clear.", "the dissent’s view"),
    ("The declarant swears that nobody was told.", "a witness’s account"),
)


@pytest.mark.parametrize(("words", "whose"), REPORTS)
def test_a_view_reported_under_any_name_is_introduced_as_reported(words: str, whose: str) -> None:
    """What a court says that a party, a pronoun or another writing argues is not the court's reasoning."""
    one = filing("r", Facts(kind="opinion", court="scotus"), [Said(words, Speaker("court"), writing="majority")])
    voice = voice_of_words(one, 0, len(words))
    assert voice.kind == "restated"
    assert lead_in(voice).lower() == f"as the court summarised {whose}:".lower()


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("Petitioner argues that the offers were void.", Speaker("petitioner", "Symczyk")),
        ("Velkane contends that it is immune.", Speaker("appellant", "Velkane")),
        ("Amici urge the Court to affirm.", Speaker("amicus", "Technology Companies")),
    ],
)
def test_a_brief_that_names_its_filer_reports_nobody(words: str, speaker: Speaker) -> None:
    """A party that speaks of itself by name argues; it does not report."""
    one = filing("b", Facts(kind="brief"), [Said(words, speaker)])
    assert voice_of_words(one, 0, len(words)).kind in ("argument", "amicus")


@pytest.mark.parametrize(
    "words",
    [
        "We disagree with the premise that the offers were void.",
        "Congress urged the States to act.",
        "The Court insists on a clear statement.",
        "Section 12 claims must be brought within a year.",
    ],
)
def test_a_courts_own_words_are_no_report(words: str) -> None:
    """The court itself, Congress and a statute report nobody."""
    one = filing("r", Facts(kind="opinion", court="scotus"), [Said(words, Speaker("court"), writing="majority")])
    assert voice_of_words(one, 0, len(words)).kind == "reasoning"


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("We reject the claim.", "rejects"),
        ("The motion is denied.", "rejects"),
        ("We agree with petitioner.", "accepts"),
        ("The motion is granted as to Velkane and is denied as to Ostrell.", "holds"),  # both
        ("We hold that failure to register does not deny a court jurisdiction.", "holds"),  # what is held, not done
    ],
)
def test_a_decision_rejects_or_accepts_only_by_its_own_verb(words: str, stance: str) -> None:
    """A court's stance is what it does in so many words; otherwise it holds."""
    said = [Said(words, Speaker("court"), holding=True, writing="majority")]
    assert voice_of_words(filing("d", Facts(kind="opinion", court="scotus"), said), 0, len(words)).stance == stance


def test_lead_ins_of_one_speaker_are_not_all_alike() -> None:
    """The second, third and fourth quotations of a speaker are led in differently, and say which stands earlier."""
    voice = voice_of_words(ORDER, ORDER.text.index("To be licensed"), ORDER.text.index("To be licensed") + 20)
    said = [lead_in(voice, after=n) for n in range(4)]
    assert len(set(said)) == 4
    assert lead_in(voice, after=1, later=False).startswith("Earlier, it said")


def test_a_syllabus_is_never_the_court() -> None:
    """Words of a syllabus are introduced as no part of the opinion."""
    one = filing(
        "s",
        Facts(kind="opinion", court="scotus"),
        [
            Said("Held: the statute does not apply.", Speaker("court"), writing="syllabus"),
            Said("We agree.", Speaker("court"), holding=True, writing="majority"),
        ],
    )  # fmt: skip
    assert lead_in(voice_of_words(one, 0, 20)) == "The syllabus, which is no part of the opinion, says:"


def test_a_plurality_concludes_and_holds_nothing() -> None:
    """What four Justices decide is led in as concluded, and its position is no holding."""
    said = Said("We hold that no server was impaired.", Speaker("court"), holding=True, writing="plurality")
    voice = voice_of_words(filing("p", Facts(kind="opinion", court="scotus"), [said]), 0, 20)
    assert lead_in(voice) == "The plurality concluded:"
    assert voice.stance == "states"


def test_a_long_sentence_is_cut_at_a_clause_and_closes_what_it_opens() -> None:
    """A quotation over sixty words ends with a clause, never inside a quotation or a parenthesis."""
    long = (
        "The rule, "
        + "as the parties have framed it, " * 6
        + "is this: “an agent is immune, and "
        + "so is its agent, and " * 8
        + "no other.”"
    )
    one = filing("long", Facts(kind="brief"), [Said(long, Speaker("appellant", "Velkane"))])
    start, end = excerpt(one, 0)
    words = one.text[start:end]
    assert long.startswith(words)
    assert words.count("“") == words.count("”")
    assert len(words.split()) <= 60


@pytest.mark.parametrize(
    ("rulings", "word"),
    [
        (["The motion is denied."], "denied"),
        (["The motion is denied as to Velkane.", "The motion is granted as to Ostrell."], ""),  # neither alone is so
        (["The Court finds jurisdiction reasonable, and denies the motion."], "denied"),
        (["Defendants’ motion is GRANTED IN PART and DENIED IN PART."], "granted in part"),
        (["We affirm the denial of immunity."], "affirmed"),
        (["Halkbank is not clearly irreconcilable with it."], ""),
    ],
)
def test_a_disposition_is_told_only_where_the_rulings_quoted_agree(rulings: list[str], word: str) -> None:
    """One word stands for a court's rulings if it is the only one they have."""
    order = filing("order", ORDER.facts, [Said(line, Speaker("court"), holding=True) for line in rulings])
    picks = [Pick(order, s.start, s.end, 1, voice_of_words(order, s.start, s.end)) for s in order.sentences]
    assert disposition(Group(tuple(picks))) == word


def test_what_became_of_an_argument_is_told_by_each_court(sample_library, sample_models, sample_settings) -> None:  # type: ignore[no-untyped-def]
    """Asked what was argued and what the court made of it, the answer has every court's ruling on the matter."""
    answer = ask(
        "What did defendants argue about Rule 19, and did the court agree?",
        library=sample_library,
        models=sample_models,
        settings=sample_settings,
    )
    said = folded(answer.answer)
    assert "The motion under Rule 12(b)(7) is denied." in said
    assert "we dismiss that part of the appeal" in said
    assert {quote.writing for claim in answer.claims for quote in claim.quotes} >= {None, "majority"}


def test_a_false_premise_is_said_to_be_false() -> None:
    """Asked why the court accepted what it rejected, the answer says so in the court's words."""
    said = drafted("Why did the court accept the claim that a private agent shares common-law immunity?")
    assert not said.draft.claims
    assert "presumes what the record does not show" in said.against
    assert "rejects the claim" in said.against


# The whole path, on the sample docket


def test_ask_answers_from_the_record(sample_library, sample_models, sample_settings) -> None:  # type: ignore[no-untyped-def]
    """Every quotation of a real answer is the filing's own slice; progress is told; the conversation is kept."""
    steps: list[str] = []
    answer: Answer = ask(
        "On what basis did the defendants claim immunity, and did the court accept it?",
        library=sample_library,
        models=sample_models,
        settings=sample_settings,
        conversation_id="new",
        progress=lambda step: steps.append(step.stage),
    )
    assert not answer.abstained
    for quote in [quote for one in answer.claims for quote in one.quotes]:
        assert sample_library.catalog.filing(quote.filing_id).text[quote.start : quote.end] == quote.text
    assert steps[:3] == ["searching", "found", "reading"]
    assert steps[-1] == "answered"
    assert {"defendant", "court"} <= {position.role for position in answer.positions}
    follow = ask(
        "and what did the dissent say to that?",
        library=sample_library,
        models=sample_models,
        settings=sample_settings,
        conversation_id=answer.conversation_id,
    )
    assert follow.standalone_question != follow.question
    assert any(position.stance == "dissents" for position in follow.positions)
    turns = sample_library.conversations.turns(str(answer.conversation_id))
    assert [turn.question for turn in turns] == [answer.question, follow.question]


def test_ask_is_silent_where_the_record_is(sample_library, sample_models, sample_settings) -> None:  # type: ignore[no-untyped-def]
    """A question about nothing in the record gets what was searched and the nearest passages, and nothing else."""
    answer = ask(
        "What notice must a tenant give before withholding rent over a broken furnace?",
        library=sample_library,
        models=sample_models,
        settings=sample_settings,
    )
    assert answer.abstained
    assert answer.claims == ()
    assert answer.answer.startswith("The filings searched (5, in two courts) do not address this question.")
    assert answer.sources


def test_the_exact_prompt_can_be_shown(sample_library, sample_models, sample_settings) -> None:  # type: ignore[no-untyped-def]
    """What a chat model would be sent is shown whole, passages with speaker and citation."""
    messages = prompt(
        "What did the court hold about Rule 19?", library=sample_library, models=sample_models, settings=sample_settings
    )
    assert [role for role, _ in messages] == ["system", "user"]
    assert "speaker: court" in messages[1][1]
    assert "citation: " in messages[1][1]
    assert np.all([f"[{n}]" in messages[1][1] for n in range(1, 6)])
