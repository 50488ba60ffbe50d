"""Answers of the filings' own words; with a chat model: test_written.py."""

import re

import numpy as np
import pytest
from docket import DOCKET, MOTION, OPINION, ORDER, Said, filing, hits
from made import WordEmbedder

from corpus.model import Facts, Speaker, WritingKind
from rag.answer import Drafted, draft_answer
from rag.cast import set_cast
from rag.choose import Pick, excerpt
from rag.compose import Group, citations, compose, disposition, folded, verdict
from rag.model import Answer, Listing, Question
from rag.models import Models
from rag.pipeline import ask, prompt
from rag.question import read_question
from rag.quotes import place_quote
from rag.sentences import candidates
from rag.settings import Settings
from rag.voice import lead_in, title_of, voice_of_words

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
    ("“A State’s refusal,” Maryland responds, “is not unconstitutional.”", "Maryland’s position"),
    ("“Despite appearances,” Loughrin avers, “it has no meaning.”", "Loughrin’s position"),
    ("The majority responds that we have to apply the law.", "the majority’s view"),
    ("The State of Mississippi asks us to uphold the law.", "the State of Mississippi’s position"),
    ("Petitioner Ignacio Flores argues that he did not know.", "Ignacio Flores’ position"),
    ("The dissent maintains that the statute is clear.", "the dissent’s view"),
    ("The declarant swears that nobody was told.", "a witness’s account"),
    ("Indeed the Funds argue that it is.", "the Funds’ position"),
    ("Before this Court, however, Mirzayance contends that it applies.", "Mirzayance’s position"),
    ("The State conceded that there was a violation but nonetheless argued for admission.", "the State’s position"),
    ("The Funds’ principal argument for the nonfinality of the decision is that fees are open.", "the Funds’ position"),
    ("The OWRB interprets that silence to mean that nothing crosses the border.", "the OWRB’s position"),
    ("In keeping with that, the agency contends that the claims fall outside the field.", "the agency’s position"),
    ("JUSTICE BARRETT disagrees, arguing that it would hamstring the prosecution.", "Barrett, J.’s view"),
    ("But THE CHIEF JUSTICE—who cast the deciding vote—argued that it did not.", "the Chief Justice’s view"),
)


@pytest.mark.parametrize(("words", "whose"), REPORTS)
def test_a_view_reported_under_any_name_is_introduced_as_reported(words: str, whose: str) -> None:
    """What a court says that a party, a pronoun or another writing argues is not the court's reasoning."""
    one = filing("r", Facts(kind="opinion", court="scotus"), [Said(words, Speaker("court"), writing="majority")])
    voice = voice_of_words(one, 0, len(words))
    assert voice.kind == "restated"
    assert lead_in(voice).lower() == f"as the court summarised {whose}:".lower()


@pytest.mark.parametrize(
    "words",
    [
        "She insists, however, that the search was unlawful.",
        "There, a state entity argued that its rules were not pre-empted.",  # of another case
        "The candidates and independent expenditure groups argued that it burdened their speech.",
        "Respondent’s amicus insists that informants are unreliable.",
        "The plaintiffs in Abood argued that Hanson should not count.",
        "According to the informant, Ventris said that he had shot the man.",
    ],
)
def test_a_report_of_nobody_knows_whom_is_called_a_report(words: str) -> None:
    """Where a sentence does not say whose view it tells, no side is made of it."""
    one = filing("r", Facts(kind="opinion", court="scotus"), [Said(words, Speaker("court"), writing="majority")])
    voice = voice_of_words(one, 0, len(words))
    assert (lead_in(voice), title_of(voice)) == ("The Court reported:", "A reported view")


RECOUNTED = (
    "The Court of Appeals reversed.",
    "It therefore declined to apply the exclusionary rule and affirmed the conviction.",  # another court's deed
    "Beginning with what is “axiomatic,” the Court of Appeals reasoned that “belief may negate intent.”",
    "The court saw “no principled distinction” between the two.",
    "The Court rejected the argument, however, concluding that a rival has no right.",  # of an earlier case
    "In Judge Newman’s view a belief in invalidity is no defense.",
    "According to the Sixth Circuit, Smith had shown systematic exclusion.",
    "The District Court did not rule on the motion until July.",
    "Coleman then sued the state court.",
    "After a trial the jury found Bailey guilty.",
    "The BIA affirmed, reasoning that the conviction relates to the drug trade.",
    "On appeal a panel of the United States Court of Appeals for the Fifth Circuit initially upheld the conviction.",
)


@pytest.mark.parametrize("words", RECOUNTED)
def test_what_another_court_did_is_recounted_and_is_nobodys_reasoning(words: str) -> None:
    """A court that tells what was decided before does not reason so itself."""
    one = filing("r", Facts(kind="opinion", court="scotus"), [Said(words, Speaker("court"), writing="majority")])
    voice = voice_of_words(one, 0, len(words))
    assert (lead_in(voice), lead_in(voice, after=1)) == ("The Court recounted:", "The Court recounted also:")
    assert title_of(voice) == "The Court’s account"


@pytest.mark.parametrize(
    "words",
    [
        "The Court of Appeals correctly held that the Act does not apply.",
        "The District Court found otherwise, but we disagree.",
        "The text controls.",
        "Contrary to the view of the court below, the Act does not reach him.",
    ],
)
def test_a_judgment_on_what_was_done_is_reasoning(words: str) -> None:
    """A court that judges another's ruling speaks for itself."""
    one = filing("r", Facts(kind="opinion", court="scotus"), [Said(words, Speaker("court"), writing="majority")])
    assert lead_in(voice_of_words(one, 0, len(words))) == "The Court reasoned:"


def test_words_of_another_are_quoted_by_whoever_quotes_them() -> None:
    """A sentence that is nothing but a quotation is not its writer's own reasoning, nor a party's own argument."""
    words = "“The dissenting opinion to the contrary, this case is a far cry from cases of gender.”"
    one = filing("r", Facts(kind="opinion", court="scotus"), [Said(words, Speaker("court"), writing="dissent")])
    brief = filing("b", Facts(kind="brief"), [Said(words, Speaker("appellant", "Velkane"))])
    assert lead_in(voice_of_words(one, 0, len(words))) == "The dissent quoted:"
    assert lead_in(voice_of_words(brief, 0, len(words))) == "Velkane quotes:"


@pytest.mark.parametrize(
    ("words", "verb"),
    [
        ("I’ll be as clear as I can. ‘Prohibited by law’ here means statute.”", "quoted"),  # opened a sentence ago
        ("The Court called it a “shield against untruths.”", "reasoned"),
        ("It is a “shield,” and no “sword” as the rule’s name” would suggest.", "reasoned"),
    ],
)
def test_what_only_closes_a_quotation_is_quoted(words: str, verb: str) -> None:
    """The second sentence of somebody's words in quotation marks is not the court's own either."""
    one = filing("r", Facts(kind="opinion", court="scotus"), [Said(words, Speaker("court"), writing="majority")])
    assert lead_in(voice_of_words(one, 0, len(words))) == f"The Court {verb}:"


@pytest.mark.parametrize(
    ("words", "told_of", "kind"),
    [
        ("I agree with the Court’s rejection of the argument advanced by Commil.", Speaker("amicus"), "dissent"),
        (
            "Respondents argue that it brings peace, but their argument misses the point.",
            Speaker("respondent"),
            "dissent",
        ),
        ("Second, Gift Surplus added a “double nudge” feature.", Speaker("plaintiff", "Gift Surplus"), "dissent"),
        ("Commil argues that belief is no defense.", Speaker("petitioner", "Commil"), "restated"),
    ],
)
def test_a_writers_own_answer_is_no_report(words: str, told_of: Speaker, kind: str) -> None:
    """What a writer answers is the writer's, whoever is named in it; so is an act it tells."""
    said = Said(words, Speaker("court"), restates=told_of, writing="dissent")
    assert voice_of_words(filing("r", Facts(kind="opinion", court="scotus"), [said]), 0, len(words)).kind == kind


def test_a_prosecution_is_not_the_united_states() -> None:
    """A State's prosecution is named by no party's name."""
    words = "The prosecution responded that he could cross-examine the expert."
    said = Said(words, Speaker("court"), restates=Speaker("government", "United States"), writing="majority")
    voice = voice_of_words(filing("r", Facts(kind="opinion", court="scotus"), [said]), 0, len(words))
    assert lead_in(voice) == "As the Court summarised the government’s position:"


@pytest.mark.parametrize(
    ("court", "name"),
    [
        ("nc", "The court"),
        ("ncctapp", "The court of appeals"),
        ("ca9", "The court of appeals"),
        ("moctapped", "The court of appeals"),
        ("scotus", "The Court"),
        ("cand", "The district court"),
    ],
)
def test_a_states_highest_court_is_no_court_of_appeals(court: str, name: str) -> None:
    """A court of appeals is called so, and no other."""
    words = "The text controls."
    one = filing("r", Facts(kind="opinion", court=court), [Said(words, Speaker("court"))])
    assert lead_in(voice_of_words(one, 0, len(words))) == f"{name} reasoned:"


@pytest.mark.parametrize(
    ("opening", "kind", "name", "stance"),
    [
        ("JUSTICE BREYER, concurring.", "concurrence", "The concurrence", "concurs"),
        ("JUSTICE BREYER, concurring in the judgment.", "concurrence", "The concurrence in the judgment",
         "concurs in the judgment"),
        ("Breyer, Circuit Judge, concurring in part and concurring in the judgment:", "concurrence",
         "The concurrence in part and in the judgment", "concurs in part and in the judgment"),
        ("JUSTICE BREYER, concurring in part and dissenting in part.", "concurrence_in_part",
         "The opinion concurring in part and dissenting in part", "concurs in part and dissents in part"),
        ("JUSTICE BREYER, dissenting.", "dissent", "The dissent", "dissents"),
        ("Breyer, Circuit Judge, dissenting in part:", "dissent", "The partial dissent", "dissents"),
        # what it does not say is its kind's
        ("I write separately.", "concurrence_in_part", "The opinion concurring in part and dissenting in part",
         "concurs in part and dissents in part"),
        ("I do not see how one concurring can say so.", "dissent", "The dissent", "dissents"),
    ],
)  # fmt: skip
def test_a_separate_writing_is_called_and_does_what_it_says_it_does(
    opening: str, kind: WritingKind, name: str, stance: str
) -> None:
    """A writing that concurs only in the judgment, or in part, is introduced so, and its position is that."""
    said = [Said(line, Speaker("court", "Breyer, J."), writing=kind) for line in (opening, "The award was no abuse.")]
    one = filing("r", Facts(kind="opinion", court="scotus"), said)
    voice = voice_of_words(one, one.sentences[1].start, one.sentences[1].end)
    assert (title_of(voice), voice.stance) == (f"{name} (Breyer, J.)", stance)
    assert lead_in(voice) == f"{name} (Breyer, J.) reasoned:"


@pytest.mark.parametrize(
    ("court", "called"),
    [
        ("Another Court", "another court"),
        ("Sixth Circuit", "the Sixth Circuit"),
        ("Court of Appeals", "the court of appeals"),
    ],
)
def test_a_reported_view_is_titled_by_whose_it_is_and_led_in_by_who_reports_it(court: str, called: str) -> None:
    """The title does not say again what the sentence under it says; another court is called so."""
    words = "In that court’s view, the search was lawful."
    said = Said(words, Speaker("court"), Speaker("court", court), writing="majority")
    voice = voice_of_words(filing("r", Facts(kind="opinion", court="scotus"), [said]), 0, len(words))
    assert lead_in(voice) == f"As the Court summarised {called}’s decision:".replace("s’s", "s’")
    assert title_of(voice) == f"{called[0].upper()}{called[1:]}’s decision".replace("s’s", "s’")


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("In Kingsley v. Hendrickson, what did the respondents argue for, and did the Court accept it?", ""),
        ("What did the officers argue about intent in Kingsley and did the Court accept it?", ""),
        ("Did the Court agree with Kingsley?", "accepted"),
        ("Did the Court accept what Kingsley argued in the Seventh Circuit?", "accepted"),
    ],
)
def test_agreeing_with_somebody_else_accepts_nothing_that_was_asked_about(asked: str, title: str) -> None:
    """A ruling for a side that the question names only in the name of the case is no word on the side asked about."""
    words = "We agree with Kingsley that the instructions were erroneous."
    said = Said(words, Speaker("court"), holding=True, writing="majority")
    one = filing("r", Facts(kind="opinion", court="scotus"), [said])
    group = Group((Pick(one, 0, len(words), 1, voice_of_words(one, 0, len(words))),))
    assert verdict(read_question(asked), group) == title


@pytest.mark.parametrize(
    ("asked", "titled"),
    [
        ("Was the motion to quash granted?", "The district court’s ruling."),
        ("Was the motion to compel granted?", "The district court’s ruling: granted."),
    ],
)
def test_the_ruling_on_one_motion_titles_no_answer_about_another(asked: str, titled: str) -> None:
    """Asked about a motion to quash, a grant of the motion to compel is quoted, and not told as the outcome."""
    words = "The motion to compel is granted on other grounds."
    one = filing("r", ORDER.facts, [Said(words, Speaker("court"), holding=True)])
    pick = Pick(one, 0, len(words), 1, voice_of_words(one, 0, len(words)))
    draft = compose(read_question(asked), [pick], lambda p: place_quote(p.filing, p.start, p.end, same_case=True))
    assert f"**{titled}**" in draft.text


def test_rulings_that_accept_and_reject_hold() -> None:
    """One stance does not stand for rulings that differ."""
    lines = ("The first motion is denied.", "The second motion is granted.")
    one = filing("r", ORDER.facts, [Said(line, Speaker("court"), holding=True) for line in lines])
    picks = [Pick(one, s.start, s.end, 1, voice_of_words(one, s.start, s.end)) for s in one.sentences]
    assert [Group((pick,)).stance for pick in picks] == ["rejects", "accepts"]
    assert Group(tuple(picks)).stance == "holds"


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("Petitioner argues that the offers were void.", Speaker("petitioner", "Symczyk")),
        ("Velkane contends that it is immune.", Speaker("appellant", "Velkane")),
        ("Amici urge the Court to affirm.", Speaker("amicus", "Technology Companies")),
        ("The Funds argue that the decision was final.", Speaker("petitioner", "Funds")),
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
        "While the Ninth Circuit argued that it was prejudice, the record shows none.",  # told on the way to an answer
        "Respondents submitted a request for their fees.",  # an act
        "The State correctly asserts that the candidates do not claim so.",  # its reader agrees
        "Argentina’s only asserted ground for objection was the Act.",
        "Congress urged the States to act.",
        "Whatever the claim, success on the merits would require reversal.",
        "The claim that the expert’s basis is not used for its truth is fiction.",
        "The majority claims that the rule was made elsewhere, but that is true only in the narrowest sense.",
        "Justices argue about such things.",
        "The interests at stake argue strongly for a right to counsel.",
        "The Act understands it so.",
        "The Court insists on a clear statement.",
        "Section 12 claims must be brought within a year.",
        "The Governor responded to the threat by issuing orders.",
        "They disagree, however, about whether he can be prosecuted.",
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


def test_the_front_of_an_opinion_is_nobodys_reasoning() -> None:
    """Counsel and panel, named before the first writing, are no part of what the majority wrote."""
    said = [
        Said("Ada Lovelace argued for appellants.", Speaker("court")),
        Said("We agree.", Speaker("court", "Breyer, J."), writing="majority"),
    ]
    voice = voice_of_words(filing("f", Facts(kind="opinion", court="ca9"), said), 0, 20)
    assert lead_in(voice) == "The front of the opinion says:"


def test_the_staffs_note_on_a_summary_is_never_the_court() -> None:
    """Outside the writings too, what the staff say of their summary is introduced as the syllabus's."""
    said = Said("This summary is not part of the opinion.", Speaker("court", "Syllabus"))
    voice = voice_of_words(filing("s", Facts(kind="opinion", court="ca9"), [said]), 0, 20)
    assert (voice.kind, voice.stance) == ("syllabus", "states")


def test_a_plurality_concludes_and_holds_nothing() -> None:
    """What four Justices decide is led in as concluded, and its position is no holding."""
    said = Said("We hold that no server was impaired.", Speaker("court"), holding=True, writing="plurality")
    voice = voice_of_words(filing("p", Facts(kind="opinion", court="scotus"), [said]), 0, 20)
    assert lead_in(voice) == "The plurality concluded:"
    assert voice.stance == "states"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('all "non-essential" acts', "all ‘non-essential’ acts"),  # typed with straight marks
        ('"I had" pain ("none")', "‘I had’ pain (‘none’)"),
        ("the “rule”\nis clear", "the ‘rule’ is clear"),
    ],
)
def test_marks_within_a_quotation_are_single_and_face_their_words(text: str, shown: str) -> None:
    """Inside quotation marks a quotation opens and closes with single marks, however the filing typed them."""
    assert folded(text) == shown


def test_a_list_is_not_cut_before_its_last_member() -> None:
    """What stands between two commas and "and" may be one of several; there no clause ends."""
    long = (
        "He points out that the cells are larger, and that they are so " + "far " * 40 + "for Ernesto, Marcos Zamora, "
    )
    long += "and Jose Rositas, who rest."
    one = filing("long", Facts(kind="brief"), [Said(long, Speaker("appellant", "Velkane"))])
    start, end = excerpt(one, 0)
    assert not one.text[start:end].endswith("Zamora")


def test_no_range_of_pages_is_cut() -> None:
    """The dash of "482–483" ends no clause; one between words does."""
    court = Speaker("court", "Kagan, J.")
    cited = (
        "We have read the two terms as one in every case since that day, see Murray v. Carrier, 477 U. S. 478, 482–483 "
    )
    one = filing(
        "cited", Facts(kind="opinion", court="scotus"), [Said(cited + "and so " + "many " * 60 + "more.", court)]
    )
    start, end = excerpt(one, 0)
    assert not one.text[start:end].endswith("482")
    dashed = (
        "We have read the two terms as one in every case that came to us since that day—and so "
        + "many " * 60
        + "more."
    )
    one = filing("dashed", Facts(kind="opinion", court="scotus"), [Said(dashed, court)])
    start, end = excerpt(one, 0)
    assert one.text[start:end].endswith("since that day")


def test_no_sentence_is_cut_where_an_aside_ends() -> None:
    """After "a precondition that—like those of the other acts" the verb is still to come."""
    said = (
        "We leave open whether it is a condition that—like the rules of the other acts we have read—must "
        + "ever " * 60
    )
    one = filing("aside", Facts(kind="opinion"), [Said(said + "be met.", Speaker("court", "Kagan, J."))])
    start, end = excerpt(one, 0)
    assert not one.text[start:end].endswith("have read")


def test_what_announces_is_quoted_with_what_it_announces() -> None:
    """A sentence that ends in a colon says nothing alone; a bullet before a sentence is no part of it."""
    velkane = Speaker("appellant", "Velkane")
    said = [
        Said("Velkane designates the following issue on appeal.", velkane),
        Said("• Whether the Act applies.", velkane),
    ]
    one = filing("list", Facts(kind="brief"), said)
    start, end = excerpt(one, 0)
    assert one.text[start:end].endswith("Whether the Act applies.")
    start, end = excerpt(one, 1)
    assert one.text[start:end].startswith("Whether")


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
        (["It is GRANTED as to all claims against Ostrell."], ""),  # what became of a part
        (["The Rule 19 ruling is not intertwined, and we dismiss that part of the appeal."], ""),
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
