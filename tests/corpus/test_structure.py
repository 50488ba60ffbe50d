"""Headings as a tree, writings in their order, numbered paragraphs, turns."""

import pytest
from handmade import para, reading

from corpus.headings import nest, plain, split_enumerators
from corpus.model import Facts, Filing, Paragraph, Reading
from corpus.structure import find_structure
from corpus.turns import label_at
from corpus.understand import understand
from corpus.writings import cased_surname, kind_of_phrase

LONG = "This is a paragraph of running text that goes on for a while, so that nobody takes it for a heading or a line."


def filing(made: Reading, facts: Facts) -> Filing:
    structure = find_structure(made, facts)
    return Filing(
        made.id, made.file, facts, made.text, made.body_end, made.pages, made.lines, structure.paragraphs,
        sections=structure.sections, writings=structure.writings,
    )  # fmt: skip


def paths(made: Reading, facts: Facts) -> list[str]:
    """The heading path over each body paragraph."""
    found = filing(made, facts)
    return [" / ".join(found.headings_at(p.end - 1)) for p in found.paragraphs if p.kind == "body"]


BRIEF = Facts(kind="brief", side="appellant", court="ca9")


def test_point_headings_nest_by_their_numbers() -> None:
    """ARGUMENT, I, A, 1 stand in each other; CONCLUSION closes them all."""
    made = reading(
        para(LONG),
        para("ARGUMENT", "heading", bold=True, centered=True),
        para("I. The Act Does Not Govern", "heading", bold=True),
        para(LONG),
        para("A. The Text Is Silent", "heading", bold=True),
        para(LONG),
        para("1. Silence is not permission", "heading", bold=True),
        para(LONG),
        para("B. So Is the History", "heading", bold=True),
        para(LONG),
        para("II. The Judgment Should Stand", "heading", bold=True),
        para(LONG),
        para("CONCLUSION", "heading", bold=True, centered=True),
        para(LONG),
    )
    one = "ARGUMENT / I. The Act Does Not Govern"
    assert paths(made, BRIEF) == [
        "",
        one,
        f"{one} / A. The Text Is Silent",
        f"{one} / A. The Text Is Silent / 1. Silence is not permission",
        f"{one} / B. So Is the History",
        "ARGUMENT / II. The Judgment Should Stand",
        "CONCLUSION",
    ]


def test_bare_numerals_of_slip_opinions_are_headings() -> None:
    """Bare "II" and "A" on lines of their own, even in one paragraph, are two; the letter C is not a hundred."""
    made = reading(
        para("JUSTICE KAGAN delivered the opinion of the Court."),
        para(LONG),
        para("I", "heading", centered=True),
        para(LONG),
        para("II\nA", "heading", centered=True),
        para(LONG),
        para("B", "heading", centered=True),
        para(LONG),
        para("C", "heading", centered=True),
        para(LONG),
    )
    assert paths(made, Facts(kind="opinion", court="scotus"))[2:] == ["I", "II / A", "II / B", "II / C"]


def test_a_heading_torn_over_two_lines_is_one() -> None:
    """A heading that runs on in the next line, in the same look, is one heading."""
    made = reading(
        para(LONG),
        para("A. Statutes Authorizing the Judiciary to Set Fees and", "heading", bold=True),
        para("Expend the Revenue", "heading", bold=True),
        para(LONG),
    )
    assert paths(made, BRIEF)[-1] == "A. Statutes Authorizing the Judiciary to Set Fees and Expend the Revenue"


def test_a_table_of_contents_makes_a_plain_line_a_heading() -> None:
    """What the contents list is a heading, though it is set like text; the contents are never text."""
    made = reading(
        para("A. The Text Is Silent ........ 4", page=1),
        para("B. The History Agrees ........ 7", page=1),
        para(LONG, page=2),
        para("A. The Text Is Silent", page=2),
        para(LONG, page=2),
        uses={1: "toc"},
    )
    assert paths(made, BRIEF)[-1] == "A. The Text Is Silent"


@pytest.mark.parametrize(
    "text",
    [
        "IT IS SO ORDERED.",  # an order's last words
        "AFFIRMED.",
        "Dated: August 5, 2016",
        "* * *",
        "— Concurring Opinion Follows —",
    ],
)
def test_closings_are_no_headings(text: str) -> None:
    """Bold or centred as they are, dispositions and dates are text."""
    made = reading(para(LONG), para(text, "heading", bold=True, centered=True), para(LONG))
    assert not find_structure(made, Facts(kind="order")).sections


def test_what_stands_under_a_count_is_its_text() -> None:
    """The statute and the parties under "COUNT ONE" are no headings of their own."""
    made = reading(
        para(LONG),
        para("COUNT ONE", "heading", bold=True, centered=True),
        para("Computer Fraud and Abuse Act", "heading", bold=True, centered=True),
        para("56. " + LONG),
        para("57. " + LONG),
        para("58. " + LONG),
    )
    assert set(paths(made, Facts(kind="complaint"))[1:]) == {"COUNT ONE"}


def test_numbered_paragraphs_count_up() -> None:
    """A pleading's paragraphs have their numbers; a number out of turn is not one."""
    made = reading(*(para(f"{n}. {LONG}") for n in (1, 2, 9, 3, 4)))
    assert [p.number for p in find_structure(made, Facts(kind="complaint")).paragraphs] == [1, 2, None, 3, 4]
    assert {p.number for p in find_structure(made, Facts(kind="opinion")).paragraphs} == {None}


OPENINGS = [
    ("JUSTICE STEVENS delivered the opinion of the Court.", "scotus", ("majority", "Stevens", ())),
    (
        "JUSTICE BREYER delivered the opinion of the Court, except as to Part IV–C.",
        "scotus",
        ("majority", "Breyer", ()),
    ),
    ("CHIEF JUSTICE ROBERTS delivered the opinion of the Court.", "scotus", ("majority", "Roberts", ())),
    (
        (
            "JUSTICE KENNEDY announced the judgment of the Court and delivered an"
            " opinion, in which THE CHIEF JUSTICE joined."
        ),
        "scotus",
        ("plurality", "Kennedy", ()),
    ),
    ("PER CURIAM.", "scotus", ("per_curiam", None, ())),
    ("JUSTICE ALITO, concurring.", "scotus", ("concurrence", "Alito", ())),
    ("JUSTICE THOMAS, concurring in part and concurring in the judgment.", "scotus", ("concurrence", "Thomas", ())),
    (
        "JUSTICE SCALIA, with whom JUSTICE THOMAS joins, concurring in principal part and concurring in the judgment.",
        "scotus",
        ("concurrence", "Scalia", ("Thomas",)),
    ),
    (
        "JUSTICE SCALIA, concurring in principal part and dissenting in part.",
        "scotus",
        ("concurrence_in_part", "Scalia", ()),
    ),
    (
        (
            "JUSTICE KENNEDY, with whom JUSTICE SOUTER and JUSTICE GINSBURG join,"
            " concurring in part and dissenting in part."
        ),
        "scotus",
        ("concurrence_in_part", "Kennedy", ("Souter", "Ginsburg")),
    ),
    (
        (
            "JUSTICE THOMAS, with whom JUSTICE SCALIA joins, and with whom THE"
            " CHIEF JUSTICE joins as to Part II, dissenting."
        ),
        "scotus",
        ("dissent", "Thomas", ("Scalia", "Roberts")),
    ),
    (
        "JUSTICE BREYER, JUSTICE SOTOMAYOR, and JUSTICE KAGAN, dissenting.",
        "scotus",
        ("dissent", "Breyer", ("Sotomayor", "Kagan")),
    ),
    ("FORREST, Circuit Judge: " + LONG, "ca9", ("majority", "Forrest", ())),
    ("SELYA, Circuit Judge. " + LONG, "ca1", ("majority", "Selya", ())),
    ("Per Curiam:* " + LONG, "ca5", ("per_curiam", None, ())),
    ("BADE, J., dissenting: " + LONG, "ca9", ("dissent", "Bade", ())),
    (
        "COLLINS, Circuit Judge, concurring in part and dissenting in part:",
        "ca9",
        ("concurrence_in_part", "Collins", ()),
    ),
    (
        "BARRON, Circuit Judge, concurring in part and concurring in the judgment. I agree.",
        "ca1",
        ("concurrence", "Barron", ()),
    ),
    ("HUDSON, Justice.", "nc", ("majority", "Hudson", ())),
    ("GUSTAFSON, Judge: " + LONG, "tax", ("majority", "Gustafson", ())),
]


@pytest.mark.parametrize(("text", "court", "expected"), OPENINGS)
def test_a_writing_opens_in_its_courts_form(
    text: str, court: str, expected: tuple[str, str | None, tuple[str, ...]]
) -> None:
    """Each court's way of opening a writing gives its kind, its author and who joins."""
    made = reading(para(text), para(LONG))
    writings = find_structure(made, Facts(kind="opinion", court=court, date="2012-06-25")).writings
    assert [(w.kind, w.author, w.joined_by) for w in writings] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "JUSTICE SCALIA, concurring in the judgment, wrote that the text is enough. " + LONG,  # about another case
        "Judge Friendly pointed out that guards are few. " + LONG,
        "Jones, Circuit Judge Smith’s clerk, was there. " + LONG,
    ],
)
def test_talk_of_judges_opens_nothing(text: str) -> None:
    """A sentence about a judge is not the opening of a writing."""
    made = reading(para("JUSTICE KAGAN delivered the opinion of the Court."), para(LONG), para(text))
    assert len(find_structure(made, Facts(kind="opinion", court="scotus")).writings) == 1


def test_each_writing_ends_where_the_next_ones_caption_begins() -> None:
    """Headings begin anew in each writing, and the repeated caption is of neither."""
    made = reading(
        para("JUSTICE KAGAN delivered the opinion of the Court.", page=1),
        para("I", "heading", centered=True, page=1),
        para(LONG, page=1),
        para("No. 10–1", "heading", centered=True, page=2),
        para("SMITH, PETITIONER v. JONES", "heading", centered=True, page=2),
        para("JUSTICE ALITO, dissenting.", page=2),
        para(LONG, page=2),
    )
    found = filing(made, Facts(kind="opinion", court="scotus"))
    majority, dissent = found.writings
    assert found.text[majority.start : majority.end].endswith("line.")
    assert found.text[dissent.start :].startswith("JUSTICE ALITO")
    assert (majority.last_page, dissent.first_page) == (1, 2)
    assert found.headings_at(dissent.end - 2) == ()


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("concurring", "concurrence"),
        ("concurring in the judgment in part and dissenting in part", "concurrence_in_part"),
        ("dissenting in part", "dissent"),
        ("delivered the opinion of the Court", "majority"),
    ],
)
def test_a_phrase_says_the_kind(phrase: str, kind: str) -> None:
    """Who concurs in part and dissents in part does both."""
    assert kind_of_phrase(phrase) == kind


def test_surnames_are_cased() -> None:
    """Capitals become a name."""
    assert [cased_surname(n) for n in ("O’CONNOR", "McCONNELL", "SOTOMAYOR")] == ["O’Connor", "McConnell", "Sotomayor"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("THE COURT: Good morning.", "THE COURT"),
        ("MR. CORRIGAN-HALE: In its silence, Your Honor.", "MR. CORRIGAN-HALE"),
        ("THE CLERK: All rise.", "THE CLERK"),
        ("Q. Who typed the commands?", "Q"),
        ("A. Our engineer did.", "A"),
        ("Q Who typed the commands?", "Q"),
        ("A judgment would bind Velkane.", None),  # prose
        ("The court: a history.", None),
    ],
)
def test_a_turn_begins_with_a_label(text: str, name: str | None) -> None:
    """A speaker's label is capitals and a colon, or Q and A."""
    label = label_at(text)
    assert (label.name if label else None) == name


def test_a_transcript_is_cut_into_turns_with_their_speakers() -> None:
    """One run of lines becomes turns; Q is the examiner, A the witness on the stand."""
    made = reading(
        para("TRANSCRIPT OF PROCEEDINGS\nBefore the Honorable Adaeze M. Thornbury, Judge"),
        para(
            "THE COURT: We are on the record in this matter and counsel are present.\n"
            "MS. ODUYA: Good morning, Your Honor, for the plaintiffs in the case."
        ),
        para("(Tomas Elering, called as a witness for the Defendants, sworn.)"),
        para("CROSS-EXAMINATION BY MS. ODUYA", "heading", centered=True),
        para("Q. Who typed the commands on the fourteenth of February?\nA. Our engineer did.\nTHE COURT: Go on."),
    )
    found = understand(made, {"kind": "transcript", "court": "cand"})
    spoken = [(s.speaker.role, s.speaker.name) for s in found.sentences if "“" not in found.text[s.start : s.end]]
    assert spoken[-5:] == [
        ("counsel", "Ms. Oduya"),
        ("unknown", None),
        ("counsel", "Ms. Oduya"),
        ("witness", "Tomas Elering"),
        ("court", "Thornbury, J."),
    ]
    assert [p.kind for p in found.paragraphs].count("turn") == 5


def test_plain_titles_compare_without_numbers_and_marks() -> None:
    """The body's "A. The Text" is the table's "A. THE TEXT"."""
    assert plain("A. The Text, Silent") == plain("THE TEXT SILENT")


def test_nesting_nothing_gives_nothing() -> None:
    """No headings, no sections; a paragraph without words, no heading."""
    assert nest([], [10], {}) == ()
    assert split_enumerators(reading(para("x")), Paragraph(1, 1, "heading"), [0]) == []
