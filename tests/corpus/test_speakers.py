"""Sentences end where a lawyer ends them, and each has its speaker."""

import pytest
from handmade import para, reading

from corpus.caption import Caption
from corpus.model import Facts, Speaker
from corpus.speakers import sentence_spans
from corpus.understand import understand
from corpus.voices import voices_of

CUTS = [
    # record cites that end in an abbreviation before their pin
    ("See Elering Decl. ¶ 12. Defendants moved.", ["See Elering Decl. ¶ 12.", "Defendants moved."]),
    ("It says so. Elering Decl. Ex. A at 2. We do not.", ["It says so.", "Elering Decl. Ex. A at 2.", "We do not."]),
    ("Employees hold the rest. Compl. ¶ 9.", ["Employees hold the rest.", "Compl. ¶ 9."]),
    ("That is wrong. Maj. Op. at 13. It is.", ["That is wrong.", "Maj. Op. at 13.", "It is."]),
    # Supreme Court style
    ("Id., at 383–384. The FSIA applies.", ["Id., at 383–384.", "The FSIA applies."]),
    ("The Act, 28 U. S. C. §1604, applies. We agree.", ["The Act, 28 U. S. C. §1604, applies.", "We agree."]),
    ("Verlinden B. V. v. Central Bank of Nigeria, 461 U. S. 480, so held.", None),
    ("See No. 1:04cv1360 (ED Va., Aug. 1, 2007), App. to Pet. for Cert. 44a.", None),
    ("Petitioner relies on 5 F.3d 1, 3 (2d Cir. 2000) (per curiam).", None),
    # an id. alone
    ("Id. Halkbank removed the premise.", ["Id.", "Halkbank removed the premise."]),
    # quotations and ellipses
    ("He said “I never did.” The court disagreed.", ["He said “I never did.”", "The court disagreed."]),
    ("It reads “shall be liable. . . .” The rest follows.", ["It reads “shall be liable. . . .”", "The rest follows."]),
    # a closing quotation mark belongs to what it closes: opinions/10-1016, memorandum-opinion-redacted-dcd-17-mc-2336
    (
        "See Hibbs, 538 U. S., at 731 (“Caring for family members is women’s work.”). It would make scant sense.",
        ["See Hibbs, 538 U. S., at 731 (“Caring for family members is women’s work.”).", "It would make scant sense."],
    ),
    ("See Doe, 5 F.3d 1 (1992) (“In general a party has no standing to seek relief.”); Roe, 6 F.3d 2 (1993).", None),
    ("The court let it ask “Who gave you the fraudulent documents?”—as this sought only fact work product.", None),
    ("She quoted it (“the producing cause of ‘[damages].’” (internal quotation marks omitted)).", None),
    ("See Matter of Paulus, 11 I. & N. Dec. 274 (1965).", None),  # opinions/13-1034
    ("See id. (citing Omnicare, Inc. v. Laborers Dist. Council Constr. Indus. Pension Fund, 135 S. Ct. 1318).", None),
    ("Compare post, at 12–14, nn. 2–3, with supra, at 23–25, and nn. 33–34.", None),
    ("See First Nat. Bank & Trust Co., 522 U. S. 479, 495 (1998), in Exec. Order No. 12170.", None),
    ("See U. S. Const., Art. I, §8, cl. 8; United States ex rel. Lester v. Parker, 404 F. 2d 40 (CA3 1968).", None),
    # abbreviations inside
    ("Velkane Systems Ltd. sells Halyard to Dr. Smith of Acme Inc. in Art. III courts.", None),
    ("Whether the court erred under Fed. R. Civ. P. 12(b)(6); see also § 1603(b).", None),
    # enumerators belong to what they count
    ("1. Whether the court erred. 2. Whether it did not.", ["1. Whether the court erred.", "2. Whether it did not."]),
    ("We don’t say so. It’s the token.", ["We don’t say so.", "It’s the token."]),
]


@pytest.mark.parametrize(("text", "expected"), CUTS)
def test_sentences_end_where_a_lawyer_ends_them(text: str, expected: list[str] | None) -> None:
    """Abbreviations of law do not end a sentence; record cites after a sentence are sentences of their own."""
    assert [text[a:b] for a, b in sentence_spans(text)] == (expected or [text])


def test_nothing_has_no_sentence() -> None:
    """White space is no sentence."""
    assert sentence_spans(" \n ") == []


LONG = "The company sold the tool to governments, and to governments alone, from 2012 until the complaint was filed."


def test_the_filer_speaks_a_brief_and_the_author_a_writing() -> None:
    """By default a brief is its filer's, a writing its author's, a declaration its declarant's."""
    brief = understand(reading(para(LONG)), {"kind": "brief", "side": "appellee", "filer": "Tarnwick"})
    assert {s.speaker for s in brief.sentences} == {Speaker("appellee", "Tarnwick")}
    sworn = understand(reading(para(LONG)), {"kind": "declaration", "filer": "Tomas Elering"})
    assert {s.speaker for s in sworn.sentences} == {Speaker("witness", "Tomas Elering")}
    made = reading(
        para("JUSTICE KAGAN delivered the opinion of the Court."),
        para(LONG),
        para("CHIEF JUSTICE ROBERTS, dissenting."),
        para(LONG),
    )
    opinion = understand(made, {"kind": "opinion", "court": "scotus", "date": "2015-06-22"})
    assert [s.speaker.name for s in opinion.sentences] == ["Kagan, J."] * 2 + ["Roberts, C.J."] * 2


def test_what_the_staff_say_of_their_summary_is_not_the_courts() -> None:
    """The note that a syllabus or a summary is no part of the opinion is the syllabus's, wherever it is set."""
    made = reading(
        para("NOTE: The syllabus constitutes no part of the opinion of the Court but is for the reader’s convenience."),
        para("JUSTICE KAGAN delivered the opinion of the Court."),
        para(LONG),
        para("The contract is no part of the opinion that counsel gave, and the summary of it is not in the record."),
    )
    opinion = understand(made, {"kind": "opinion", "court": "scotus", "date": "2015-06-22"})
    assert [s.speaker.name for s in opinion.sentences] == ["Syllabus", *["Kagan, J."] * 3]


CROSS = Caption("VETERANS PROGRAM,", "Plaintiffs - Appellants", "UNITED STATES,", "Defendant - Cross-Appellant")


@pytest.mark.parametrize(
    ("title", "own", "others"),
    [
        ("BRIEF FOR CROSS-APPELLANT", "United States", "plaintiffs"),  # appellate-brief-toc-toa-cafc.19-1081.50
        ("BRIEF FOR APPELLANTS", "Veterans Program", "government"),
    ],
)
def test_a_cross_appellants_brief_is_not_the_appellants(title: str, own: str, others: str) -> None:
    """Where both sides appeal, the brief's title says whose it is, and the other side's views are the other side's."""
    facts = Facts(title=title, court="cafc", kind="brief", side="appellant", filer=own)
    voices = voices_of(reading(para(LONG)), facts, CROSS)
    assert voices.own == Speaker("appellant", own)
    assert voices.named[others].role not in ("appellant", "government")
    assert voices.named[others].name != own


APPEAL = Caption("CALVARY CHAPEL OF BANGOR,", "Plaintiff, Appellant,", "JANET T. MILLS,", "Defendant, Appellee.")


@pytest.mark.parametrize(
    ("text", "name", "whose"),
    [
        # appellate-opinion-ecf-stamp-ca1
        ("Calvary Chapel of Bangor (the Chapel) sued. The Chapel contends that it was.", "chapel", "appellant"),
        # memorandum-opinion-redacted-dcd-17-mc-2336
        ("Target 1 and Target 2 (collectively, “the Targets”) wrote. The Targets argue so.", "targets", "unknown"),
    ],
)
def test_a_name_defined_with_its_article_is_somebodys(text: str, name: str, whose: str) -> None:
    """Both "(the Chapel)" and "(collectively, “the Targets”)" define names as "(“NSO”)" does."""
    facts = Facts(court="ca1", kind="opinion", side="court")
    assert voices_of(reading(para(text)), facts, APPEAL).named[name].role == whose


SLIP = Facts(court="scotus", kind="opinion", side="court")


@pytest.mark.parametrize(
    ("above", "below", "text", "name", "whose"),
    [
        # over a syllabus the caption designates nobody: slip-opinion-with-syllabus-tarrant
        (
            "Syllabus TARRANT",
            "HERRMANN ET AL.",
            "Tarrant sued. So Tarrant says. Tarrant lost.",
            "tarrant",
            "petitioner",
        ),
        ("Syllabus BOND", "UNITED STATES", "BOND, APPELLANT v. UNITED STATES", "government", "appellee"),
        # a State is "the State" where it is a party, and where its officer is one
        ("MISSOURI", "GALIN E. FRYE", "The Missouri Supreme Court reversed. Missouri asks us.", "state", "petitioner"),
        ("MARY BERGHUIS, WARDEN", "DIAPOLIS SMITH", "The warden sought review.", "state", "petitioner"),
        # the place a republic governs, and initials after a name
        ("REPUBLIC OF ARGENTINA", "NML CAPITAL, LTD.", "The Republic of Argentina appeals.", "argentina", "petitioner"),
        ("ERIC THOMPSON", "NORTH SEA STEEL", "He sued North Sea Steel (NSS). NSS denies it.", "nss", "respondent"),
        ("ADA SMITH", "BOB JONES", "The State of Ohio passed it. Smith asks us to strike it.", "state", None),
    ],
)
def test_the_parties_of_a_slip_opinion_are_known(above: str, below: str, text: str, name: str, whose: str) -> None:
    """Whoever came to the Supreme Court is the petitioner, unless called appellant, and is known by any short name."""
    named = voices_of(reading(para(text)), SLIP, Caption(above, "", below, "")).named
    assert (named[name].role if name in named else None) == whose


def test_the_court_defined_as_such_is_no_party() -> None:
    """A bare "(the Court)" names the voice of the filing, whatever a caption holds."""
    facts = Facts(court="dcd", kind="opinion", side="court")
    caption = APPEAL._replace(below="SUPERIOR COURT OF GUAM,")
    named = voices_of(reading(para("This court (the Court) sat. The Court argued.")), facts, caption).named
    assert "court" not in named


def test_what_follows_an_exhibit_slip_is_not_the_declarants() -> None:
    """An exhibit behind a declaration is somebody else's paper."""
    made = reading(para(LONG, page=1), para("EXHIBIT A", "heading", page=2), para(LONG, page=3))
    found = understand(made, {"kind": "declaration", "filer": "Tomas Elering"})
    assert [s.speaker.role for s in found.sentences if len(found.text[s.start : s.end]) > 50] == ["witness", "unknown"]


def test_what_the_parties_stipulate_is_not_the_courts() -> None:
    """In a stipulation and order the court speaks where it orders; what comes before, no side says alone."""
    made = reading(
        para("STIPULATION AND [PROPOSED] ORDER", "front", centered=True),
        para(
            "IT IS HEREBY STIPULATED by and between the parties through counsel that they wish to mediate in February."
        ),
        para("1. The cut-off for discovery is vacated and is re-set to May 15, 2009."),
        para("PURSUANT TO STIPULATION, IT IS SO ORDERED."),
    )
    found = understand(made, {"kind": "order", "side": "court", "title": "STIPULATION AND [PROPOSED] ORDER"})
    said = {found.text[s.start : s.end]: s.speaker.role for s in found.sentences}
    assert said["1. The cut-off for discovery is vacated and is re-set to May 15, 2009."] == "unknown"
    assert said["PURSUANT TO STIPULATION, IT IS SO ORDERED."] == "court"


def test_what_is_bound_in_after_the_judges_signature_is_not_the_courts() -> None:
    """The pages after the one on which the judge signs an order are attachments."""
    made = reading(
        para(LONG, page=1),
        para("SO ORDERED. September 22, 2023", page=1),
        para("Adaeze Thornbury\nUnited States District Judge", page=1),
        para(LONG, page=2),
    )
    found = understand(made, {"kind": "order", "side": "court"})
    assert [s.speaker.role for s in found.sentences if len(found.text[s.start : s.end]) > 60] == ["court", "unknown"]


def test_a_judge_named_in_the_caption_has_not_signed_there() -> None:
    """Only a name beside a date or "SO ORDERED" is a signature; the order goes on after one in the caption."""
    made = reading(
        para("Adaeze Thornbury\nUnited States District Judge", "front", page=1),
        *(para(LONG, page=1) for _ in range(5)),
        para(LONG, page=2),
    )
    found = understand(made, {"kind": "order", "side": "court"})
    assert {s.speaker.role for s in found.sentences} == {"court"}


def test_a_block_quotation_is_reported_with_the_sentence_that_leads_to_it() -> None:
    """What a reported sentence introduces is reported too; the paragraph after speaks for itself again."""
    made = reading(
        para(LONG),
        para("Plaintiffs say it in so many words:"),
        para("The tool was sold to be used as it was used.", "block_quote"),
        para("That is an allegation, not a fact."),
    )
    found = understand(made, {"kind": "motion", "side": "defendant"})
    assert [s.restates.role if s.restates else None for s in found.sentences] == [None, "plaintiff", "plaintiff", None]


def test_no_sentence_leaves_its_paragraph() -> None:
    """Two paragraphs, two sentences at least, though no full stop parts them."""
    made = reading(para(LONG), para("A heading without a stop", "heading"), para(LONG))
    found = understand(made, {"kind": "brief", "side": "appellant"})
    for sentence in found.sentences:
        assert any(p.start <= sentence.start and sentence.end <= p.end for p in found.paragraphs)
