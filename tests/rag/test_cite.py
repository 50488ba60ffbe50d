"""Citations: every form in the table, and what holds for all of them."""

from typing import Any

import pytest
from citation_forms import FORMS
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import CitationError
from corpus.model import KINDS, WRITING_KINDS, Facts
from rag import courts, names
from rag.cite import PAGE_STYLES, bluebook_date, cite
from rag.model import Pin, Place


@pytest.mark.parametrize(
    ("facts", "place", "options", "expected"), [row[:4] for row in FORMS], ids=[f"{r[4]}" for r in FORMS]
)
def test_each_form_is_written_as_the_field_writes_it(
    facts: Facts, place: Place | None, options: dict[str, Any], expected: str
) -> None:
    """What is known of a filing and a place in it gives exactly this citation."""
    assert cite(facts, place, **options) == expected


def test_the_table_covers_every_kind_writing_and_page_style() -> None:
    """No kind of filing, kind of writing or page style is without its row."""
    assert {row[0].kind for row in FORMS} == set(KINDS)
    assert {row[1].writing for row in FORMS if row[1]} == {None, *WRITING_KINDS}
    assert {row[2].get("page_style", "printed") for row in FORMS} == set(PAGE_STYLES)
    assert len({(row[3], row[4]) for row in FORMS}) == len(FORMS) >= 120


def test_nothing_known_is_an_error_and_not_an_empty_citation() -> None:
    """A citation that would name nothing is refused."""
    with pytest.raises(CitationError):
        cite(Facts(), Place(Pin(3), Pin(3)), same_case=True)


def test_an_unknown_page_style_is_refused() -> None:
    """A page style that is not one is refused by name."""
    with pytest.raises(CitationError, match="folio"):
        cite(Facts(kind="order"), None, same_case=True, page_style="folio")


words = st.none() | st.text(alphabet="ABC abc'.-&§", min_size=1, max_size=30)
facts_of_anything = st.builds(
    Facts,
    title=words,
    case_name=words,
    court=st.sampled_from([None, "cand", "ca9", "scotus", "nysupct", "tax", "nowhere"]),
    docket=words,
    entry=st.none() | st.just("45"),
    kind=st.sampled_from(KINDS),
    filer=words,
    date=st.none() | st.just("2020-07-16"),
)
pins = st.builds(
    Pin, page=st.integers(1, 999), label=st.none() | st.just("xi"), ecf_page=st.none() | st.integers(1, 99)
)
places = st.builds(Place, first=pins, last=pins, writing=st.none() | st.sampled_from(WRITING_KINDS))


@given(facts=facts_of_anything, place=places, same_case=st.booleans(), style=st.sampled_from(PAGE_STYLES))
def test_a_citation_is_one_clean_line_and_never_says_id(
    facts: Facts, place: Place, same_case: bool, style: str
) -> None:
    """Whatever is known or not: no empty part, no doubled comma, no None, no "id."; same facts, same words."""
    written = cite(facts, place, same_case=same_case, page_style=style, file="f.pdf")
    assert written == written.strip() != ""
    assert ", ," not in written
    assert "  " not in written
    assert "None" not in written
    assert "()" not in written
    assert not written.lower().startswith("id.")
    assert written == cite(facts, place, same_case=same_case, page_style=style, file="f.pdf")


@given(facts=facts_of_anything, place=places, same_case=st.booleans(), short=st.booleans())
def test_a_dissent_never_reads_as_the_court(facts: Facts, place: Place, same_case: bool, short: bool) -> None:
    """Every citation into a dissent says that it is one."""
    dissent = Place(place.first, place.last, writing="dissent", author="Doe")
    assert "dissenting" in cite(facts, dissent, same_case=same_case, short=short, file="f.pdf")


COURTS = [
    ("scotus", "U.S."),
    ("ca1", "1st Cir."),
    ("ca2", "2d Cir."),
    ("ca3", "3d Cir."),
    ("ca11", "11th Cir."),
    ("cadc", "D.C. Cir."),
    ("cafc", "Fed. Cir."),
    ("bap9", "B.A.P. 9th Cir."),
    ("cand", "N.D. Cal."),
    ("nysd", "S.D.N.Y."),
    ("nced", "E.D.N.C."),
    ("dcd", "D.D.C."),
    ("njd", "D.N.J."),
    ("mied", "E.D. Mich."),
    ("wvsd", "S.D.W. Va."),
    ("prd", "D.P.R."),
    ("ord", "D. Or."),
    ("nmid", "D.N. Mar. I."),
    ("deb", "Bankr. D. Del."),
    ("nysb", "Bankr. S.D.N.Y."),
    ("arb", "Bankr. D. Ariz."),
    ("nebraskab", "Bankr. D. Neb."),
    ("uscfc", "Fed. Cl."),
    ("tax", "T.C."),
    ("cit", "Ct. Int'l Trade"),
    ("cal", "Cal."),
    ("ny", "N.Y."),
    ("neb", "Neb."),  # no bankruptcy court of a district "ne"
    ("calctapp", "Cal. Ct. App."),
    ("calctapp4d", "Cal. Ct. App."),
    ("nyappdiv", "N.Y. App. Div."),
    ("nysupct", "N.Y. Sup. Ct."),
    ("delch", "Del. Ch."),
    ("pasuperct", "Pa. Super. Ct."),
    ("texcrimapp", "Tex. Crim. App."),
    ("nowhere", None),
    (None, None),
]


@pytest.mark.parametrize(("court", "expected"), COURTS)
def test_a_court_is_named_as_the_bluebook_names_it(court: str | None, expected: str | None) -> None:
    """A courts-db id gives the court's abbreviation; an id that is none gives nothing."""
    assert courts.abbreviation(court) == expected


def test_every_federal_district_court_has_its_abbreviation() -> None:
    """All 94 districts of courts-db that sit today are here, and each reads apart from all others."""
    from courts_db import courts as table

    pattern = "United States District Court"
    sitting = [c["id"] for c in table if c["system"] == "federal" and len(c["id"]) in (3, 4) and c["id"].endswith("d")]
    named = {id: courts.abbreviation(id) for id in sitting if courts.abbreviation(id)}
    assert pattern
    assert len(named) == 94
    assert len(set(named.values())) == 94


CASE_NAMES = [
    ("SAMANTAR v. YOUSUF ET AL.", "Samantar v. Yousuf"),
    ("WhatsApp Inc. v. NSO Group Technologies Ltd.", "WhatsApp Inc. v. NSO Grp. Techs. Ltd."),
    (
        "CALVARY CHAPEL OF BANGOR, Plaintiff, Appellant, v. JANET T. MILLS, in her official capacity as Governor",
        "Calvary Chapel of Bangor v. Mills",
    ),
    ("AMERICAN NEEDLE, INC. v. NATIONAL FOOTBALL LEAGUE ET AL.", "Am. Needle, Inc. v. Nat'l Football League"),
    ("UNITED STATES OF AMERICA, Plaintiff, v. MCDONALD", "United States v. McDonald"),
    ("C. R. BARD, INC. v. FORD MOTOR COMPANY, INC.", "C.R. Bard, Inc. v. Ford Motor Co."),
    ("Nichole Marie Jagels vs. State of Missouri", "Nichole Marie Jagels v. Missouri"),
    ("Jane Roe - against - Scooper Trooper, LLC", "Jane Roe v. Scooper Trooper, LLC"),
    (
        "IN RE FEDEX GROUND PACKAGE SYSTEM, INC. EMPLOYMENT PRACTICES LITIGATION",
        "In re Fedex Ground Package Sys., Inc. Employment Practices Litig.",
    ),
    ("ARIZONA FREE ENTERPRISE CLUB v. BENNETT", "Ariz. Free Enter. Club v. Bennett"),
    ("Doe v. United States Department of Justice", "Doe v. U.S. Dep't of Just."),
    ("NEW YORK v. Virginia Doe", "New York v. Virginia Doe"),
    ("In the Matter of the Application of Doe", "In re Application of Doe"),
    ("", ""),
]


@pytest.mark.parametrize(("printed", "expected"), CASE_NAMES)
def test_a_case_name_is_shortened_as_a_citation_shortens_it(printed: str, expected: str) -> None:
    """First party a side, abbreviated by T6, without office, designation and "et al."."""
    assert names.case_name(printed) == expected


@pytest.mark.parametrize("name", [row[1] for row in CASE_NAMES])
def test_a_shortened_case_name_stays_as_it_is(name: str) -> None:
    """Shortening twice is shortening once."""
    assert names.case_name(name) == name


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2020-07-16", "July 16, 2020"),
        ("2021-11-08", "Nov. 8, 2021"),
        ("2010-06-01", "June 1, 2010"),
        ("2023-09-30", "Sept. 30, 2023"),
        ("2020-05-01", "May 1, 2020"),
        ("2020-07", "July 2020"),
        ("2020", "2020"),
        ("2020-02-30", ""),
        ("July 2020", ""),
    ],
)
def test_dates_are_abbreviated_by_month(iso: str, expected: str) -> None:
    """Months of more than four letters are abbreviated; a day that does not exist gives nothing."""
    assert bluebook_date(iso) == expected
