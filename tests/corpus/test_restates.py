"""Whose view a sentence reports, and whether a court decides something in it."""

import pytest
from handmade import para, reading

from corpus.caption import Caption
from corpus.holdings import holds
from corpus.model import Facts, Speaker, WritingKind
from corpus.restates import Before, after, reported
from corpus.voices import Voices, voices_of

BODY = reading(
    para("NSO Group Technologies Limited (“NSO”) sold the tool. NSO denies it. NSO says so. NSO may be sued."),
    para("See Declaration of Tomas Elering. Elering Decl. ¶ 4."),
)
DISTRICT = Caption("WhatsApp Inc.", "Plaintiffs", "NSO GROUP TECHNOLOGIES LIMITED", "Defendants", "")
APPEAL = Caption("MOHAMED ALI SAMANTAR", "PETITIONER", "BASHE ABDI YOUSUF", "", "")
DEFENDANT = Speaker("defendant", "NSO")
NOBODY = None


def order() -> Voices:
    return voices_of(BODY, Facts(kind="order", court="cand", side="court", judge="Phyllis J. Hamilton"), DISTRICT)


def motion() -> Voices:
    return voices_of(BODY, Facts(kind="motion", court="cand", side="defendant"), DISTRICT)


def slip() -> Voices:
    voices = voices_of(BODY, Facts(kind="opinion", court="scotus", side="court", judge="Stevens"), APPEAL)
    return voices._replace(judges=frozenset({"STEVENS", "SCALIA"}))


IN_AN_ORDER = [
    # a verb of saying, with a party as subject
    ("Defendants contend that they are immune.", "defendant"),
    ("NSO argues that the common law governs.", "defendant"),
    ("Plaintiffs respond that Congress replaced the common law.", "plaintiff"),
    ("In response, plaintiffs further maintain that the Act controls.", "plaintiff"),
    ("The Complaint alleges that the servers stand in California.", "plaintiff"),
    ("Defendants do argue, in the alternative, that the claim is moot.", "defendant"),
    ("Plaintiffs may reply that this was a criminal case.", "plaintiff"),
    ("Mr. Elering testified that he typed the commands.", "witness"),
    ("The Government submits that no suggestion was made.", "government"),
    ("Plaintiffs take the opposite view.", "plaintiff"),
    ("Plaintiffs take the contract to be a sham.", "plaintiff"),
    ("As a last resort Defendants invoke the common law.", "defendant"),
    ("The Complaint finds damage in the wear of the servers.", "plaintiff"),
    ("Plaintiffs put at $90,000 the hours of their engineers.", "plaintiff"),
    ("In this venue, NSO renews its claims and asserts that the order was an abuse.", "defendant"),
    ("In the court below, defendant-appellant NSO (the company) contended that it was immune.", "defendant"),
    ("NSO responded to the complaint by making clear that it denied all of it.", "defendant"),
    ("NSO describes a shelter to be borrowed: was the agent told to act?", "defendant"),
    # a phrase that hands the clause over
    ("As Plaintiffs point out, the Act is silent.", NOBODY),  # who says so agrees
    ("According to Plaintiffs, the packets were forged.", "plaintiff"),
    ("In NSO’s view, the Act is silent.", "defendant"),
    ("On Defendants’ account, Fremont was chance.", "defendant"),
    # a verb of saying inside or after
    ("Calls, the Complaint says, are set up by servers.", "plaintiff"),
    ("Under that test, say Defendants, the tort needs damage.", "defendant"),
    ("“No one was harmed,” Plaintiffs reply.", "plaintiff"),
    # the noun
    ("Defendants’ theory is that an agent shares its principal’s immunity.", "defendant"),
    ("It is argued that the Act leaves room.", "unknown"),
    # the court's own voice
    ("The Court rejects Defendants’ argument that they are immune.", NOBODY),
    ("Defendants’ argument is unpersuasive.", NOBODY),
    ("NSO argues that it is immune, but the Court is not persuaded.", NOBODY),
    ("Defendants fail to explain why.", NOBODY),
    ("Defendants cannot argue otherwise.", NOBODY),
    ("The Complaint alleges no act by NSO.", NOBODY),  # what a paper lacks is the reader's finding
    ("The Complaint pleads four counts.", NOBODY),  # what it holds is a fact
    ("NSO’s reading would erase the definition.", NOBODY),
    # facts
    ("NSO created thirty-eight accounts.", NOBODY),
    ("NSO responded to the threat by issuing three orders.", NOBODY),
    ("Plaintiffs filed the Complaint in October.", NOBODY),
    ("Congress claims no such power.", NOBODY),
    ("Do Defendants contend otherwise?", NOBODY),
    ("The Ninth Circuit held in Smith that it does.", NOBODY),  # an authority, not the court below
]


@pytest.mark.parametrize(("sentence", "role"), IN_AN_ORDER)
def test_an_order_reports_the_parties(sentence: str, role: str | None) -> None:
    """In an order, what a party says is the party's; what the court makes of it is the court's."""
    told = reported(sentence, order())
    assert (told.role if told else None) == role


IN_A_SLIP_OPINION = [
    ("The majority held that the law required a subjective inquiry.", "majority", "Another Court"),  # of a panel below
    ("The panel majority found that the error was not harmless.", "majority", "Another Court"),
    ("A majority of the States hold otherwise.", "majority", NOBODY),
    (
        "Petitioner’s main argument for the nonfinality of the order is that it leaves fees open.",
        "majority",
        "Samantar",
    ),
    ("Petitioner’s argument for nonfinality is wrong.", "majority", NOBODY),
    ("Had the laws been older, the majority would say that only the ratifiers matter.", "dissent", NOBODY),
    ("It is the plurality that wrongly links the two, see ante, at 22.", "dissent", NOBODY),
    ("The Court of Appeals reversed, holding that the Act does not apply.", "majority", "Court of Appeals"),
    ("The District Court held that it lacked jurisdiction.", "majority", "District Court"),
    ("The Court of Appeals erred.", "majority", NOBODY),
    ("The District Court correctly held that the Act applies.", "majority", NOBODY),
    ("The District Court granted the motion.", "majority", NOBODY),  # a step, not a view
    ("Petitioner argues that the definition reaches officials.", "majority", "Samantar"),
    ("Respondents contend otherwise.", "majority", "Yousuf"),
    ("Petitioner was convicted of fraud.", "majority", NOBODY),
    ("The dissent says that the text is plain.", "majority", "Dissent"),
    ("JUSTICE SCALIA argues that history is beside the point.", "majority", "Scalia, J."),
    ("As Chief Justice Marshall put it, the power to tax is the power to destroy.", "majority", NOBODY),  # no member
    ("The Court holds today that the Act is silent.", "dissent", "Majority"),
    ("The majority reads the Act too narrowly to mean it.", "dissent", "Majority"),
    ("The Court held in 1812 that a ship is immune.", "majority", NOBODY),
    # another court, where this one is "the Court" or "we"
    ("In that court’s view, the evidence sufficed.", "majority", "Another Court"),
    ("Only where the police do so, that court held, is there a claim.", "majority", "Another Court"),
    ("The court concluded that the claim lacked merit.", "dissent", "Another Court"),
    ("According to the Sixth Circuit, the evidence sufficed.", "majority", "Sixth Circuit"),
    ("Because it was bound, the D. C. Circuit said, it had to affirm.", "majority", "D. C. Circuit"),
    ("The Ninth Circuit correctly held that the question is for the jury.", "majority", NOBODY),  # so does this Court
    ("The Ninth Circuit reversed, but its decision rested on a mistake.", "majority", NOBODY),
    # a main clause, whatever goes before it
    ("Because the line has moved, petitioner argues that the Act is silent.", "majority", "Samantar"),
    ("Although petitioner argues that it is silent, the Act speaks.", "majority", NOBODY),
    ("If the case is close, the court decides it on the papers.", "majority", NOBODY),  # any court
    ("The court may conclude that the claim lacks merit.", "majority", NOBODY),
    # what a theory is, and what it would do
    ("Under petitioner’s theory, every official is covered by the Act.", "majority", "Samantar"),
    ("In petitioner and the Government’s view, belief is irrelevant.", "majority", "United States"),
    ("Under petitioner’s theory, the Act would be dead.", "majority", NOBODY),
    ("Under the Court’s own logic, the Act is dead.", "dissent", NOBODY),
    ("Under petitioner’s contract, every delivery is insured.", "majority", NOBODY),  # a thing, no view
]


@pytest.mark.parametrize(("sentence", "writing", "name"), IN_A_SLIP_OPINION)
def test_an_opinion_reports_courts_below_and_other_writings(
    sentence: str, writing: WritingKind, name: str | None
) -> None:
    """The court below, the dissent and, in a dissent, the Court itself are somebody else; an authority is nobody."""
    told = reported(sentence, slip(), writing)
    assert (told.name if told else None) == name


def test_a_party_does_not_report_itself() -> None:
    """In its own motion "Defendants argue" is the filer's own voice, and "Plaintiffs argue" is not."""
    assert reported("Defendants argue that they are immune.", motion()) is None
    assert reported("Plaintiffs argue that they are not.", motion()) == Speaker("plaintiff", "WhatsApp Inc.")


def test_they_are_who_was_reported_last() -> None:
    """A pronoun goes on with the party reported before; "he" is the person named last."""
    voices = order()
    first = "Plaintiffs say that the packets were forged."
    before = after(first, reported(first, voices), voices, None, Before())
    assert reported("They add that no one was told.", voices, before=before) == reported(first, voices)
    named = after("Mr. Elering took the stand.", None, voices, None, Before())
    assert reported("He said that it was so.", voices, before=named) == Speaker("witness", "Tomas Elering")


def test_the_court_below_is_the_one_named_last() -> None:
    """ "The court" goes on with the lower court just named, and with nobody's name after one that is not known."""
    voices = slip()
    first = after("The District Court heard the case.", None, voices, "majority", Before())
    assert reported("The court concluded that it was moot.", voices, "majority", first) == Speaker(
        "court", "District Court"
    )
    other = after("The Ninth Circuit reversed in Doe v. Roe.", None, voices, "majority", first)
    assert reported("The court concluded that it was not.", voices, "majority", other) == Speaker(
        "court", "Another Court"
    )
    assert reported("The Court concluded that it was not.", voices, "majority", first) is None
    assert reported("The court concludes that it is moot.", order()) is None  # its own voice


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("And, that being so, they say, the Act is silent.", True),
        ("First, they contend that the claim is moot.", True),
        ("First, he relies on our cases to assert that the Act reaches only banks.", True),
        ("He claimed that the Constitution entitled him to counsel.", True),
        ("In its view, the equal rights are to water within each State.", True),
        ("The supposed logic went like this: we offered her complete relief.", True),
        ("He points to language in the Act.", True),
        ("It argued that the judgment was immune.", True),
        ("It argues strongly for the right to counsel.", False),  # an interest does
        ("He points to no authority.", False),
        ("They therefore maintained their commitment to leave.", False),
        ("He relies on a cane.", False),
        ("They sued, and they won.", False),
        ("They say nothing.", False),
    ],
)
def test_they_argue_whoever_they_are(sentence: str, told: bool) -> None:
    """An argument of theirs is a report even where the sentences before do not tell who they are."""
    assert (reported(sentence, slip(), "majority") == Speaker("unknown")) is told


@pytest.mark.parametrize(
    ("sentence", "goes_on"),
    [
        ("That is because the county is a municipal entity.", True),
        ("In other words, nobody was ever told.", True),
        ("And, that being so, the Government lacked the power under Article I’s Clause.", True),
        ("And, that being so, I would affirm.", False),
        ("After all, we held as much in Dole Food.", False),  # the court's own
        ("That is not the law.", False),
        ("Moreover, the Act is silent.", False),  # as likely the answer
    ],
)
def test_what_says_a_report_again_is_reported_with_it(sentence: str, goes_on: bool) -> None:
    """A sentence that only says again, or says why, what a party was reported to say is the party's."""
    before = Before(Speaker("petitioner", "Samantar"))
    told = reported(sentence, slip(), "majority", before)
    assert told == (before.reported if goes_on else None)
    assert reported(sentence, slip(), "majority") is None


def test_they_are_whoever_the_sentence_itself_names_first() -> None:
    """ "Respondents ask …, and they contend that" goes on with its own subject, not with the sentence before."""
    before = Before(Speaker("petitioner", "Samantar"))
    told = reported("Respondents ask us to affirm, and they contend that the Act is silent.", slip(), before=before)
    assert told == Speaker("respondent", "Yousuf")
    told = reported("Against respondents, and without more, they contend that it is.", slip(), before=before)
    assert told == Speaker("petitioner", "Samantar")


def test_it_goes_on_with_its_own_subject() -> None:
    """ "It did not …" keeps its subject, whoever else the sentence names."""
    voices = order()
    first = after("The United States filed a statement.", None, voices, None, Before())
    second = after("It did not name NSO.", None, voices, None, first)
    assert second.named == first.named
    assert second.named is not None
    assert second.named.role == "government"


def test_a_cite_alone_belongs_to_the_sentence_before() -> None:
    """A bare "Mot. at 9." after a reported sentence is reported with it, and after the court's own sentence is not."""
    assert reported("ECF No. 24 at 9.", order(), before=Before(DEFENDANT)) == DEFENDANT
    assert reported("ECF No. 24 at 9.", order()) is None


def test_a_quotation_is_whose_paper_it_is_from() -> None:
    """A quotation followed by a cite to a party's paper is that party's, though no verb says so."""
    quoted = "“An agent answers for nothing its sovereign told it to do.”"
    told = reported(quoted, order(), following="ECF No. 24 at 9.", owners={"ECF 24": DEFENDANT})
    assert told == DEFENDANT
    assert reported(quoted, order(), following="ECF No. 99 at 9.") is None
    complaint = reported("“The servers were broken into by force.”", order(), following="Compl. ¶ 8.")
    assert complaint is not None
    assert complaint.role == "plaintiff"


def test_a_sentence_that_is_all_quotation_is_its_witnesses() -> None:
    """Even the filer's own witness speaks for himself where the filer adds no word."""
    witness = Speaker("witness", "Tomas Elering")
    voices = motion()._replace(friends=frozenset({witness}))
    cite = "Elering Decl. ¶ 4."
    assert reported("“No engineer of ours typed the commands.”", voices, following=cite) == witness
    assert reported("The company says “no engineer of ours typed” them.", voices, following=cite) is None


HOLDINGS = [
    ("The only question we answer today is whether the State must bear the consequence.", "majority", False),
    ("The question we answer with a yes is whether it must; the answer is yes.", "majority", True),
    ("We hold that the Act does not govern.", "majority", True),
    ("We therefore reject petitioner’s argument that it does.", "majority", True),
    ("The judgment of the Court of Appeals is reversed.", "majority", True),
    ("It is so ordered.", "majority", True),
    ("Affirmed.", "majority", True),
    ("We agree with the Court of Appeals that it does not.", "plurality", True),
    ("We hold that the Act does not govern.", "dissent", False),  # says so, and does not decide
    ("We hold that the Act does not govern.", "syllabus", False),
    ("I would reverse.", "concurrence", False),
    ("We need not decide whether it does.", "majority", False),
    ("We granted certiorari to decide whether it does.", "majority", False),
    ("Petitioner asks us to hold that it does.", "majority", False),
    ("If we were to hold otherwise, the Act would be dead.", "majority", False),
    ("The court said, “We hold that it does.”", "majority", False),  # another court's words
    # a decision of another case: opinions/11-681, page 38
    ("The fee was challenged, but we rejected that challenge.", "majority", False),
    ("We rejected that reading in Dole Food.", "majority", False),
    ("We explained that immunity is a matter of grace.", "majority", False),
    # what is decided is the subject
    ("The argument that the Act is silent is rejected.", "majority", True),
    ("Their contention is therefore rejected as untimely.", "majority", True),
    ("Roe and Casey must be overruled.", "majority", True),
    ("The judgment of the Supreme Court of Illinois is Affirmed.", "majority", True),
    ("Austin is overruled, so it lends no support.", "majority", True),
    ("The judgment of the U. S. Court of Appeals for the Eighth Circuit is reversed.", "majority", True),
    ("The decision of the Court of Appeals must be reversed.", "majority", True),
    ("Montana’s first exception to the Report is overruled.", "majority", True),
    ("That decision is vacated, and the case is remanded.", "majority", True),
    ("The judgment below must be reversed.", "dissent", False),
    ("If it has no stake, at whatever time, the action must be dismissed.", "majority", False),
    ("The argument is rejected by most courts.", "majority", False),  # by others
    ("The state court held that the charges must be dismissed.", "majority", False),
    ("When the motion is denied, the case goes on.", "majority", False),  # any motion
    ("The police relied on a precedent that is later overruled.", "majority", False),
    ("The rule ensures that their awards are granted only for cause.", "majority", False),
    ("Whether the claims must be dismissed is not before us.", "majority", False),
]


@pytest.mark.parametrize(("sentence", "writing", "expected"), HOLDINGS)
def test_a_holding_is_decided_here_and_now(sentence: str, writing: WritingKind, expected: bool) -> None:
    """Only a controlling writing decides, and only in its own voice."""
    assert holds(sentence, slip(), writing) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Defendants’ motion is GRANTED IN PART and DENIED IN PART.", True),
        ("The Court finds that no bond is required.", True),
        ("IT IS SO ORDERED.", True),
        ("Accordingly, the motion to compel is granted.", True),
        ("1. Mr. Doe’s requested relief is denied at this time.", True),  # order-ocr-layer-tennessee, page 5
        ("1. Defendant Leon, his agents, and all persons who act with him are enjoined from the use of it.", True),
        ("THE COURT ORDERS the parties to confer.", True),
        ("The court, on its own initiative, ORDERS the parties to file a statement.", True),
        ("CASE MANAGEMENT ORDERS (CMOs)", False),  # pleading-paper-order-azd.1085839.3, page 4
        ("An injunction should issue if Defendant Leon is not enjoined from the use of it.", False),
        ("The Court held argument on September 14.", False),
        ("Plaintiffs ask the Court to deny the motion.", False),
    ],
)
def test_an_order_decides(sentence: str, expected: bool) -> None:
    """A trial court's order has no separate writings; what it finds and orders is its holding."""
    assert holds(sentence, order(), None) is expected


def test_a_brief_holds_nothing() -> None:
    """Even "We conclude" in a brief is an argument."""
    assert not holds("We conclude that the motion should be granted.", motion(), None)


def test_a_bullet_in_symbol_type_names_nobody() -> None:
    """Bullets from a symbol font stand in private-use characters, as in appellate-opinion-ecf-stamp-ca1; no name does."""
    sentence = "\uf0b7 Defendants argue that the order prohibited gatherings."
    told = reported(sentence, order())
    assert told is not None
    assert told.role == "defendant"
    assert after("\uf0b7 Executive Order 14 prohibited gatherings.", None, order(), None, Before()).person is None


HEARING = reading(
    para(
        "See Declaration of Carie Williams. Ms. Williams testified. Mr. Hill testified by telephone. Mr. Hill agreed."
    ),
)


@pytest.mark.parametrize(
    ("first", "second", "whose"),
    [
        ("Ms. Williams testified that she asked him.", "He explained that a sensor might not send an alert.", None),
        ("Ms. Williams testified that she asked him.", "She explained that it might not.", "Carie Williams"),
        ("Mr. Hill stated that he reviewed the footage.", "When asked why, he said he did not place them.", "Hill"),
        ("Mr. Hill stated that he reviewed the footage.", "She said that there was none.", None),
    ],
)
def test_he_is_no_woman_and_she_no_man(first: str, second: str, whose: str | None) -> None:
    """A pronoun goes back to a witness it can mean, else to nobody: order-ocr-layer-tennessee, page 2."""
    voices = voices_of(HEARING, Facts(kind="order", side="court", judge="Kenneth M. Switzer"), DISTRICT)
    told = reported(second, voices, before=after(first, reported(first, voices), voices, None, Before()))
    assert (told.name if told else None) == whose
