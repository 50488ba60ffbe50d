"""What a filing cites, short forms resolved, record cites beside cases."""

import pytest

from corpus.authorities import find_cited
from corpus.records import is_bare_cite, is_citation, record_cites

RECORD = [
    ("ECF No. 45 at 12:3–9.", [("ECF 45", True)]),  # docket entry, page and lines
    ("Dkt. No. 45-1, at 3; Doc. 12.", [("ECF 45-1", True), ("ECF 12", False)]),
    ("Dkt. Entry 22 at 9.", [("ECF 22", True)]),  # appellate docket
    ("Compl. ¶ 42; Am. Compl. ¶¶ 4–5.", [("Compl.", True), ("Am. Compl.", True)]),
    ("Hr’g Tr. 14:3–15:2.", [("Hr’g Tr.", True)]),  # page:line to page:line
    ("Elering Decl. ¶ 12.", [("Elering Decl.", True)]),
    ("Defs.’ Mot. at 9; Opp’n at 4.", [("Defs.’ Mot.", True), ("Opp’n", True)]),
    ("Opening Br. at 12.", [("Opening Br.", True)]),
    ("See Brief for Petitioner 12.", [("Brief for Petitioner", True)]),  # Supreme Court form, no "at"
    ("App. to Pet. for Cert. 44a.", [("App. to Pet. for Cert.", True)]),
    ("Maj. Op. at 13; Dissent at 22.", [("Maj. Op.", True), ("Dissent", True)]),
    ("The order says so in 12 places.", []),  # prose
]


@pytest.mark.parametrize(("text", "expected"), RECORD)
def test_record_cites_are_read(text: str, expected: list[tuple[str, bool]]) -> None:
    """A cite to the record names its paper, whatever the court calls its docket."""
    assert [(cite.paper, cite.pinned) for cite in record_cites(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ECF No. 31 at 4:27–28.", True),
        ("See Compl. ¶ 8; id. ¶ 9.", True),
        ("Id. at 5.", True),
        ("ECF No. 31 is the opposition.", False),
        ("Plaintiffs disagree. ECF No. 31 at 2.", False),
    ],
)
def test_a_bare_cite_is_nothing_but_a_cite(text: str, expected: bool) -> None:
    """A sentence that only cites belongs to the sentence before it."""
    assert is_bare_cite(text) is expected


CITATIONS = [
    ("See Letter from Jeffrey S. Boyd, General Counsel, in App. 12.", True),  # a signal, whatever follows
    ("But see post, at 4.", True),
    ("Ibid.", True),
    ("505 U. S., at 856.", True),  # a short form without its name
    ("Ferguson v. Skrupa, 372 U. S. 726, 729–730 (1963) (quoting Adkins v. Children’s Hospital).", True),
    ("§114(r)(1)(C) (emphasis added).", True),
    ("Black’s Law Dictionary 928 (5th ed. 1979).", True),
    ("Maracich v. Spears, 570 U. S. ___, ___ (2013) (slip op., at 9).", True),  # an unpaged volume
    ("Pp. 9–11.", True),  # a syllabus says on which pages
    ("Brief for Respondent 10 (explaining that two of the nine are not).", True),
    ("28 U.S.C. § 1605(a)(2) excepts commercial activity.", False),  # it says what the statute does
    ("Our decision in Markman v. Westview, 517 U. S. 370 (1996), is not to the contrary.", False),
    ("We granted certiorari, 593 U. S. ___ (2021).", False),
    ("Accordingly, we affirm.", False),
    ("19031-13 2008 $1,236,414 --- $247,282.80", False),  # a row of a table
]


@pytest.mark.parametrize(("text", "expected"), CITATIONS)
def test_a_citation_has_no_words_of_its_own(text: str, expected: bool) -> None:
    """A sentence that only cites is told from one that says something about what it cites."""
    assert is_citation(text) is expected


def test_id_after_a_record_cite_is_the_record() -> None:
    """An Id. takes the nearest antecedent, be it a case or a paper on the docket."""
    text = (
        "Samantar v. Yousuf, 560 U.S. 305, 311 (2010), controls. Id. at 312. "
        "Defendants say otherwise. ECF No. 24 at 3. Id. at 4. See Samantar, 560 U.S. at 320. Id. at 321."
    )
    cited = [(c.kind, c.citation) for c in find_cited(text)]
    case, paper = ("case", "560 U.S. 305"), ("record", "ECF 24")
    assert cited == [case, case, paper, paper, case, case]


def test_names_and_sections_are_whole() -> None:
    """A case keeps its first words, a statute its subsections, and a bare § goes to the code cited before."""
    text = (
        "See Republic of Mexico v. Hoffman, 324 U.S. 30 (1945). The Act, 28 U.S.C. § 1605(a)(2), says so. "
        "Section 1605 aside, § 1605(a)(5) is no help. In hiQ Labs, Inc. v."
        " LinkedIn Corp., 31 F.4th 1180 (9th Cir. 2022), it was."
    )
    found = find_cited(text)
    assert {c.name for c in found if c.kind == "case"} == {
        "Republic of Mexico v. Hoffman",
        "hiQ Labs, Inc. v. LinkedIn Corp.",
    }
    assert [c.citation for c in found if c.kind == "statute"] == ["28 U.S.C. § 1605(a)(2)", "28 U.S.C. § 1605(a)(5)"]
