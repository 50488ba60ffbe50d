"""Fronts that join several appeals: the case is the one with this copy's number, or none."""

import pytest

from corpus.caption import Caption, Row
from corpus.joined import own_caption

MIDDLE, LEFT, RIGHT = (0.4, 0.6), (0.12, 0.4), (0.55, 0.7)

# as printed: (text, its place), the number on the line
HEADED = [
    ("Supreme Court of Appeals", MIDDLE, None),
    ("No. 31-101", LEFT, "31-101"),
    ("FIRST BANK,", MIDDLE, None),
    ("Plaintiff, Appellant,", MIDDLE, None),
    ("v.", MIDDLE, None),
    ("ANNA ADAMS,", MIDDLE, None),
    ("Defendant, Appellee.", MIDDLE, None),
    ("No. 31-102", LEFT, "31-102"),
    ("SECOND BANK,", MIDDLE, None),
    ("Plaintiff, Appellant,", MIDDLE, None),
    ("v.", MIDDLE, None),
    ("BERT BROWN,", MIDDLE, None),
    ("Defendant, Appellee.", MIDDLE, None),
]
BESIDE = [
    ("First Bank,", LEFT, None),
    ("Plaintiff - Appellee,", LEFT, None),
    ("Docket No. 31-101", RIGHT, "31-101"),
    ("v.", LEFT, None),
    ("Anna Adams,", LEFT, None),
    ("Defendant - Appellant.", LEFT, None),
    ("____________", LEFT, None),
    ("Second Bank,", LEFT, None),
    ("Plaintiff - Appellee,", LEFT, None),
    ("Docket No. 31-102", RIGHT, "31-102"),
    ("v.", LEFT, None),
    ("Bert Brown,", LEFT, None),
    ("Defendant - Appellant.", LEFT, None),
]
BELOW = [HEADED[0], *HEADED[2:7], HEADED[1], *HEADED[8:], HEADED[7]]  # each number under its parties
ONE = [
    *BESIDE[:6],
    ("v.", LEFT, None),
    ("Cecil Cole,", LEFT, None),
    ("Third-Party Defendant", LEFT, None),
]


def parties(front: list[tuple[str, tuple[float, float], str | None]], docket: str | None) -> tuple[str, str]:
    """The parties above and below the "v.", in lower case."""
    rows = [Row(text, *place) for text, place, _ in front]
    caption: Caption = own_caption(rows, [number for _, _, number in front], docket)
    return caption.above.lower(), caption.below.lower()


@pytest.mark.parametrize("front", [HEADED, BESIDE, BELOW], ids=["headed", "beside", "below"])
@pytest.mark.parametrize(
    ("docket", "expected"),
    [
        ("31-101", ("first bank", "anna adams")),
        ("31-102", ("second bank", "bert brown")),
        ("31-103", ("", "")),
        ("31-101, 31-102", ("", "")),
        (None, ("", "")),
    ],
)
def test_the_parties_are_those_of_the_number(
    front: list[tuple[str, tuple[float, float], str | None]], docket: str | None, expected: tuple[str, str]
) -> None:
    """Of joined appeals the one with the filing's number names the case; where none or several have it, none does."""
    assert parties(front, docket) == expected


@pytest.mark.parametrize("docket", ["31-101", "1:30-cv-00007-ABC", None])
def test_a_single_caption_needs_no_number(docket: str | None) -> None:
    """A caption that stands alone names the case whatever number the stamp gives, also one with a third party."""
    assert parties(ONE, docket) == ("first bank", "anna adams")


def test_a_division_and_leading_zeros_are_no_part_of_a_number() -> None:
    """A stamp's "1:31-cv-00101-ABC" is the caption's "31 Civ. 101"."""
    front = [(text, place, number and number.replace("-", " Civ. ")) for text, place, number in HEADED]
    assert parties(front, "1:31-cv-00102-ABC") == ("second bank", "bert brown")
