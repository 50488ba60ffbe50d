"""Captions, titles, dates and numbers as filed, and corrections by hand."""

import pytest
from handmade import para, reading

from corpus.caption import Caption, Row, case_name, cased, columns, read_caption, short_party
from corpus.errors import BadCorrection
from corpus.filing import apply_correction, identify, read_date
from corpus.model import Facts, Page, Reading, Stamp
from corpus.title import filer_in, kind_of, side_of

TITLES = [
    ("COMPLAINT; DEMAND FOR JURY TRIAL", "complaint"),
    ("FIRST AMENDED COMPLAINT", "complaint"),
    ("ANSWER TO COMPLAINT AND COUNTERCLAIMS", "answer"),
    ("DEFENDANTS’ NOTICE OF MOTION AND MOTION TO DISMISS; MEMORANDUM OF POINTS AND AUTHORITIES", "motion"),
    ("DEFENDANT’S MOTION FOR SUMMARY JUDGMENT", "motion"),
    ("MOTION FOR LEAVE TO FILE BRIEF OF AMICI CURIAE", "motion"),
    ("EX PARTE APPLICATION FOR TEMPORARY RESTRAINING ORDER", "motion"),
    ("MEMORANDUM OF LAW IN SUPPORT OF MOTION TO DISMISS", "memorandum"),
    ("PLAINTIFFS’ OPPOSITION TO DEFENDANTS’ MOTION TO DISMISS", "opposition"),
    ("MEMORANDUM IN OPPOSITION TO MOTION TO COMPEL", "opposition"),
    ("BRIEF IN OPPOSITION", "opposition"),
    ("RESPONSE IN OPPOSITION TO MOTION FOR STAY", "opposition"),
    ("REPLY IN SUPPORT OF DEFENDANTS’ MOTION TO DISMISS", "reply"),
    ("REPLY BRIEF FOR PETITIONER", "reply"),
    ("PETITION FOR A WRIT OF CERTIORARI", "petition"),
    ("BRIEF FOR THE PETITIONER", "brief"),
    ("APPELLEES’ ANSWERING BRIEF", "brief"),
    ("BRIEF OF AMICI CURIAE MICROSOFT CORP. ET AL. IN SUPPORT OF APPELLEES", "amicus_brief"),
    ("BRIEF FOR THE UNITED STATES AS AMICUS CURIAE SUPPORTING RESPONDENT", "amicus_brief"),
    ("MEMORANDUM OPINION", "opinion"),
    ("MEMORANDUM FINDINGS OF FACT AND OPINION", "opinion"),
    ("ORDER GRANTING IN PART DEFENDANTS’ MOTION TO DISMISS", "order"),
    ("EXPEDITED HEARING ORDER DENYING REQUESTED RELIEF", "order"),
    ("SUGGESTION OF REMAND AND TRANSFER ORDER", "order"),
    ("FINAL JUDGMENT", "judgment"),
    ("TRANSCRIPT OF PROCEEDINGS", "transcript"),
    ("DECLARATION OF TOMAS ELERING IN SUPPORT OF DEFENDANTS’ MOTION TO DISMISS", "declaration"),
    ("AFFIDAVIT OF JANE DOE", "affidavit"),
    ("NOTICE OF APPEAL", "notice"),
    ("CORPORATE DISCLOSURE STATEMENT", "notice"),
    ("EXHIBIT A", "exhibit"),
    ("STATEMENT OF INTEREST OF THE UNITED STATES", "other"),
    ("JOINT STIPULATION", "other"),
]


@pytest.mark.parametrize(("title", "kind"), TITLES)
def test_a_title_says_what_a_paper_is(title: str, kind: str) -> None:
    """The noun that heads the title decides, not the papers it mentions."""
    assert kind_of(title, reading(para("x")), []) == kind


PARTIES = [
    ("MOHAMED ALI SAMANTAR", "Samantar"),
    ("JANET T. MILLS, in her official capacity as Governor of the State of Maine", "Mills"),
    ("VANESSA ST. PIERRE", "St. Pierre"),
    ("LISA FITZGERALD, ET VIR", "Fitzgerald"),
    ("CHARLES E. HARRIS, III", "Harris"),
    ("RANDY WHITE, WARDEN", "White"),
    ("PAT QUINN, GOVERNOR OF ILLINOIS, ET AL.", "Quinn"),
    ("GIFT SURPLUS, LLC, and SANDHILL AMUSEMENTS, INC.", "Gift Surplus, LLC"),
    ("CONSUMERINFO.COM, INC. dba EXPERIAN CONSUMER SERVICES", "Consumerinfo.com, Inc."),
    ("TARNWICK MESSAGING, INC., a Delaware corporation, and TARNWICK INFRASTRUCTURE, LLC", "Tarnwick Messaging, Inc."),
    ("STATE OF MISSOURI", "Missouri"),
    ("UNITED STATES OF AMERICA", "United States"),
    ("CALVARY CHAPEL OF BANGOR", "Calvary Chapel of Bangor"),
    ("WHATSAPP INC., a Delaware corporation, and FACEBOOK, INC.", "Whatsapp Inc."),
]


@pytest.mark.parametrize(("printed", "short"), PARTIES)
def test_people_go_by_surname_and_companies_by_name(printed: str, short: str) -> None:
    """The first party as a short cite names it."""
    assert short_party(printed) == short


@pytest.mark.parametrize(
    ("title", "body", "name"),
    [
        # the sample's scanned declaration, ECF No. 24-1: OCR parts the capitals of its title
        (
            "DECLARATION OF TOM AS ELERING IN SUPPORT OF MOTION",
            "I, Tomas Elering, declare as follows:",
            "Tomas Elering",
        ),
        ("AFFIDAVIT OF JANE Q. DOE", "JANE Q. DOE, being duly sworn, says:", "Jane Q. Doe"),
        ("DECLARATION OF JANE DOE", "I, Richard Roe, declare as follows:", "Jane Doe"),
    ],
)
def test_a_declarant_is_called_as_the_oath_calls_him(title: str, body: str, name: str) -> None:
    """The oath ("I, Tomas Elering, declare") mends a title whose letters are the same but wrongly parted."""
    assert filer_in(title, reading(para(body)), [], Caption(), "defendant") == name


@pytest.mark.parametrize(
    ("opening", "side"),
    [
        ("UNITED STATES COURT OF APPEALS FOR THE FOURTH CIRCUIT", None),  # scanned-filing-ca4
        ("UNITED STATES DISTRICT COURT", None),
        ("The United States respectfully gives notice of its appearance.", "government"),
        ("Plaintiff Acme gives notice.", "plaintiff"),
    ],
)
def test_a_courts_name_is_no_filer(opening: str, side: str | None) -> None:
    """A paper that opens with the court's name is not the United States' for that."""
    assert side_of("NOTICE OF APPEARANCE", reading(para(opening)), [], Caption()) == side


def test_capitals_take_the_letters_of_the_body() -> None:
    """The caption's WHATSAPP is the body's WhatsApp; an acronym stays one; a name in letters stays as it is."""
    body = (
        "the company WhatsApp sued. Then the EEOC came, and the EEOC left, and"
        " the EEOC wrote to MacLean and the MacLean firm."
    )
    assert cased("WHATSAPP", body) == "WhatsApp"
    assert cased("MACH MINING, LLC", body) == "Mach Mining, LLC"
    assert cased("EEOC", body) == "EEOC"
    assert cased("NSO Group", body) == "NSO Group"


def rows(*lines: tuple[str, float]) -> list[Row]:
    return [Row(text, x0, x0 + 0.008 * len(text)) for text, x0 in lines]


CAPTIONS = [
    (
        rows(
            ("UNITED STATES DISTRICT COURT", 0.36),
            ("NORTHERN DISTRICT OF CALIFORNIA", 0.35),
            ("WHATSAPP INC.,", 0.12),
            ("Case No. 19-cv-07123-PJH", 0.55),
            ("Plaintiff,", 0.25),
            ("v.", 0.2),
            ("ORDER RE MOTION TO DISMISS", 0.55),
            ("NSO GROUP TECHNOLOGIES LIMITED, et al.,", 0.12),
            ("Defendants.", 0.25),
        ),
        "Whatsapp Inc. v. NSO Group Technologies Limited",
    ),
    (  # two columns set off by parentheses
        rows(
            ("MARY ROE, ) No. ED108783", 0.12),
            ("Appellant, )", 0.2),
            ("vs. )", 0.12),
            ("STATE OF MISSOURI, )", 0.12),
            ("Respondent. )", 0.2),
        ),
        "Roe v. Missouri",
    ),
    (  # one line
        rows(
            ("SUPREME COURT OF THE UNITED STATES", 0.26),
            ("No. 07–1356", 0.46),
            ("KANSAS, PETITIONER v. DONNIE RAY VENTRIS", 0.3),
        ),
        "Kansas v. Ventris",
    ),
    (rows(("In re: RICHARD P. LIEBOWITZ", 0.12), ("ORDER", 0.46)), "In re Liebowitz"),
    (
        rows(("IN RE: Bard IVC Filters Products", 0.12), ("Liability Litigation,", 0.12)),
        "In re Bard IVC Filters Products Liability Litigation",
    ),
    (rows(("ORDER", 0.46), ("The court, on its own initiative, orders the parties to file a statement.", 0.12)), None),
]


@pytest.mark.parametrize(("caption", "expected"), CAPTIONS)
def test_a_caption_gives_the_case_its_name(caption: list[Row], expected: str | None) -> None:
    """Columns apart, first party against first party; no parties, no name."""
    assert case_name(read_caption(caption), "the tool of NSO and the NSO and NSO again, said NSO") == expected


def test_columns_are_parted() -> None:
    """The left column holds the parties, the right one number and title."""
    left, right = columns(rows(("ROE, ) No. 1", 0.1), ("Plaintiff, )", 0.2), ("ORDER", 0.6)))
    assert (left, right) == (["ROE,", "Plaintiff,"], ["No. 1", "ORDER"])


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("[June 1, 2010]", "2010-06-01"),
        ("Argued March 3, 2010", "2010-03-03"),
        ("Filed 11 February 2022", "2022-02-11"),
        ("Oct 02, 2019 02:19 PM(CT)", "2019-10-02"),
        ("02/03/09", "2009-02-03"),
        ("2010-06-01", "2010-06-01"),
        ("Filed: 08/20/2019", "2019-08-20"),
        ("February 30, 2010", None),
        ("no date", None),
    ],
)
def test_dates_are_read(text: str, date: str | None) -> None:
    """Every way courts write a date becomes one way; a day that never was is no date."""
    assert read_date(text) == date


def slip(*lines: str) -> Reading:
    return reading(*(para(line, "front", centered=True) for line in lines), para("The case is this one. " * 20))


def test_decided_is_not_argued() -> None:
    """Of "Argued … Decided …" the second is the date."""
    made = slip("SUPREME COURT OF THE UNITED STATES", "No. 08–1555. Argued March 3, 2010—Decided June 1, 2010")
    assert (identify(made).date, identify(made).docket, identify(made).court) == ("2010-06-01", "08-1555", "scotus")


DOCKETS = [
    ("No. 08–1555", "08-1555"),
    ("Nos. 09–1298 and 09–1302", "09-1298, 09-1302"),
    ("Case No. 8:16-cv-1261 DOC (KESx)", "8:16-cv-1261 DOC (KESx)"),
    ("Case No. CV 17-00786 AB (PLAx)", "CV 17-00786 AB (PLAx)"),
    ("Misc. Action No. 17-2336 (BAH)", "17-2336 (BAH)"),
    ("Civil Action No. 1:20-cv-00123-ABC", "1:20-cv-00123-ABC"),
    ("12 Civ. 6758 (LAP)", "12 Civ. 6758 (LAP)"),
    ("No. MDL 15-02641-PHX-DGC", "MDL 15-02641-PHX-DGC"),
    ("Docket No. 2018-06-1735", "2018-06-1735"),
    ("No. 363A14-4", "363A14-4"),
    ("USDC No. 3:20-CV-257", None),  # the court below
    ("ECF No. 45", None),
]


@pytest.mark.parametrize(("line", "docket"), DOCKETS)
def test_docket_numbers_are_read_as_printed(line: str, docket: str | None) -> None:
    """Dashes become hyphens; all else stays; another court's number is not this one's."""
    assert identify(slip(line)).docket == docket


def test_a_stamp_is_believed_first() -> None:
    """The stamp says under which number, as which entry and when the court filed this very paper."""
    made = slip("No. 25-1686", "Filed July 1, 2025")
    stamp = Stamp("Case: 25-1689 …", docket="25-1689", entry="28", attachment="1", filed="2025-07-15")
    first = made.pages[0]
    page = Page(1, first.start, first.end, 612.0, 792.0, stamp=stamp)
    facts = identify(Reading(made.id, made.file, made.text, made.body_end, (page,), made.lines, made.paragraphs))
    assert (facts.docket, facts.entry, facts.attachment, facts.date) == ("25-1689", "28", "1", "2025-07-15")


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("gov.uscourts.cand.350613.111.0.pdf", ("cand", "111", None)),
        ("gov.uscourts.cand.350613.45.2.pdf", ("cand", "45", "2")),
        ("gov.uscourts.ca9.12345.37.0_1.pdf", ("ca9", "37", None)),
        ("gov.uscourts.cand.350613..0.pdf", ("cand", None, None)),  # the number may be empty
        ("motion.pdf", (None, None, None)),
    ],
)
def test_a_recap_name_gives_court_and_entry(file: str, expected: tuple[str | None, ...]) -> None:
    """Without a stamp a RECAP file name says court, entry and attachment; 0 is the paper itself."""
    made = reading(para("The case is this one. " * 20), file=file)
    facts = identify(made)
    assert (facts.court, facts.entry, facts.attachment) == expected


@pytest.mark.parametrize(
    ("head", "reporter"),
    [("Cite as: 560 U. S. 305 (2010)", "560 U.S. 305"), ("Cite as: 560 U. S. ____ (2010)", None), ("Syllabus", None)],
)
def test_the_head_says_where_an_opinion_is_reported(head: str, reporter: str | None) -> None:
    """Volume and first page, both known, or nothing."""
    assert identify(reading(para("The case is this one. " * 20), heads=((1, head),))).reporter == reporter


def test_what_is_not_printed_is_none() -> None:
    """A page of prose says nothing of itself, and nothing is made up."""
    assert (
        identify(reading(para("On May 7 the parties conferred by telephone about the seized materials. " * 5)))
        == Facts()
    )


def test_a_correction_replaces_what_was_read() -> None:
    """A person's word counts; None empties a field."""
    facts = Facts(title="ORDER", kind="order", side="court")
    fixed = apply_correction(facts, {"kind": "brief", "side": "appellant", "title": None, "entry": 12})
    assert fixed == Facts(kind="brief", side="appellant", entry="12")
    assert apply_correction(facts, {}) == facts


@pytest.mark.parametrize(
    "wrong",
    [
        {"colour": "red"},
        {"kind": "novel"},
        {"side": "left"},
        {"supports": "both"},
        {"court": "nowhere"},
        {"date": "June 1, 2010"},
        {"date": "2010-02-30"},
        {"title": ["a"]},
    ],
)
def test_a_wrong_correction_is_refused(wrong: dict[str, object]) -> None:
    """An unknown field or value is an error that says what is allowed, not a silent loss."""
    with pytest.raises(BadCorrection):
        apply_correction(Facts(), wrong)


def test_caption_roles_survive() -> None:
    """The designations beside the names are kept for whoever asks who is appellant."""
    read = read_caption(
        rows(
            ("VELKANE SYSTEMS LTD.,", 0.12),
            ("Defendant-Appellant,", 0.2),
            ("v.", 0.2),
            ("TARNWICK, INC.,", 0.12),
            ("Plaintiff-Appellee.", 0.2),
        )
    )
    assert read == Caption("VELKANE SYSTEMS LTD.", "Defendant-Appellant", "TARNWICK, INC.", "Plaintiff-Appellee", "")


def cover(*lines: str) -> Reading:
    return reading(
        *(para(line, "front", centered=True) for line in lines), para("This is the argument. " * 30), width=200
    )


SAMANTAR = ("No. 08-1555", "Supreme Court of the United States", "MOHAMED ALI SAMANTAR,", "Petitioner,", "v.")
YOUSUF = ("BASHE ABDI YOUSUF, ET AL.,", "Respondents.", "ON WRIT OF CERTIORARI TO THE UNITED STATES COURT OF APPEALS")
NSO = (
    "No. 20-16408",
    "UNITED STATES COURT OF APPEALS",
    "FOR THE NINTH CIRCUIT",
    "WHATSAPP INC. and FACEBOOK, INC.,",
    "Plaintiffs-Appellees,",
)
NSO += ("v.", "NSO GROUP TECHNOLOGIES LIMITED,", "Defendant-Appellant.")
COVERS = [
    (
        (
            *SAMANTAR,
            *YOUSUF,
            "BRIEF FOR THE UNITED STATES AS AMICUS CURIAE",
            "SUPPORTING AFFIRMANCE",
            "ELENA KAGAN",
            "Solicitor General",
        ),
        (
            "BRIEF FOR THE UNITED STATES AS AMICUS CURIAE SUPPORTING AFFIRMANCE",
            "amicus_brief",
            "amicus",
            "United States",
            "respondent",
        ),
    ),
    (
        (*SAMANTAR, *YOUSUF, "BRIEF FOR RESPONDENTS"),
        ("BRIEF FOR RESPONDENTS", "brief", "respondent", "Bashe Abdi Yousuf et al.", None),
    ),
    (
        (
            *NSO,
            "BRIEF OF AMICI CURIAE MICROSOFT CORP., GOOGLE LLC, AND",
            "INTERNET ASSOCIATION IN SUPPORT OF PLAINTIFFS-APPELLEES",
        ),
        (
            "BRIEF OF AMICI CURIAE MICROSOFT CORP., GOOGLE LLC, AND INTERNET ASSOCIATION IN SUPPORT OF PLAINTIFFS-APPELLEES",
            "amicus_brief",
            "amicus",
            "Microsoft Corp., Google LLC, and Internet Association",
            "appellee",
        ),
    ),
    (
        (*NSO, "APPELLANT’S OPENING BRIEF"),
        ("APPELLANT’S OPENING BRIEF", "brief", "appellant", "Nso Group Technologies Limited", None),
    ),
]


@pytest.mark.parametrize(("lines", "expected"), COVERS)
def test_a_cover_says_who_files_what_for_whom(lines: tuple[str, ...], expected: tuple[str | None, ...]) -> None:
    """Title, kind, side, filer and, for amici, whom they support; counsel's name is not the title's."""
    facts = identify(cover(*lines))
    assert (facts.title, facts.kind, facts.side, facts.filer, facts.supports) == expected


def test_a_paper_without_words_says_nothing_of_itself() -> None:
    """A filing of blank pages has no facts; that is no error."""
    assert identify(reading()).docket is None
    assert identify(reading()).case_name is None
