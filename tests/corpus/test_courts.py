"""A court is named by its courts-db id, or not at all."""

import pytest

from corpus.courts import court_in, court_of_recap, is_appellate, is_court

CAPTIONS = [
    (["SUPREME COURT OF THE UNITED STATES"], "scotus"),  # slip opinion
    (["In the", "Supreme Court of the United States"], "scotus"),  # merits brief
    (["UNITED STATES DISTRICT COURT", "NORTHERN DISTRICT OF CALIFORNIA", "SAN FRANCISCO DIVISION"], "cand"),
    (["IN THE UNITED STATES DISTRICT COURT", "FOR THE DISTRICT OF ARIZONA"], "azd"),
    (["UNITED STATES DISTRICT COURT", "DISTRICT OF ALASKA"], "akd"),
    (["UNITED STATES DISTRICT COURT", "FOR THE DISTRICT OF COLUMBIA"], "dcd"),
    (["UNITED STATES DISTRICT COURT", "FOR THE EASTERN DISTRICT OF VIRGINIA", "Alexandria Division"], "vaed"),
    (["UNITED STATES DISTRICT COURT SOUTHERN DISTRICT OF NEW YORK"], "nysd"),  # one line
    (["United States Court of Appeals", "FOR THE DISTRICT OF COLUMBIA CIRCUIT"], "cadc"),
    (["IN THE UNITED STATES COURT OF APPEALS", "FOR THE FEDERAL CIRCUIT"], "cafc"),
    (["UNITED STATES COURT OF APPEALS", "FOR THE", "SECOND CIRCUIT"], "ca2"),  # three lines
    (["No. 20-16408", "UNITED STATES COURT OF APPEALS", "FOR THE NINTH CIRCUIT"], "ca9"),
    (["United States Court of Appeals", "for the Eleventh Circuit"], "ca11"),
    (["T.C. Memo. 2020-26", "UNITED STATES TAX COURT"], "tax"),
    (["UNITED STATES BANKRUPTCY COURT", "DISTRICT OF DELAWARE"], "deb"),
    (["In the United States Court of Federal Claims"], "uscfc"),
    (["IN THE SUPREME COURT OF NORTH CAROLINA"], "nc"),
    (["In the Missouri Court of Appeals", "Eastern District", "DIVISION THREE"], "moctapped"),
    (["MISSOURI SUPREME COURT"], "mo"),
    (["IN THE SUPREME COURT OF THE STATE OF NEVADA"], "nev"),
    (["Appeal from the United States District Court", "for the Western District of Texas"], None),  # the court below
    (["ON WRIT OF CERTIORARI TO THE UNITED STATES COURT OF", "APPEALS FOR THE FOURTH CIRCUIT"], None),
    (["The district court erred.", "We reverse."], None),
    ([], None),
]


@pytest.mark.parametrize(("lines", "expected"), CAPTIONS)
def test_a_caption_names_its_court(lines: list[str], expected: str | None) -> None:
    """The court that sits is named; the court appealed from is not."""
    assert court_in(lines) == expected


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("gov.uscourts.cand.350613.111.0.pdf", "cand"),
        ("gov.uscourts.ca9.1234.37.0_1.pdf", "ca9"),
        ("gov.uscourts.nowhere.1.1.0.pdf", None),
        ("order.pdf", None),
    ],
)
def test_a_recap_file_name_names_the_court(file: str, expected: str | None) -> None:
    """gov.uscourts.{court}.… is believed when courts-db has the court."""
    assert court_of_recap(file) == expected


@pytest.mark.parametrize(
    ("court", "reviews"),
    [
        ("scotus", True),
        ("ca9", True),
        ("cadc", True),
        ("bap9", True),
        ("cavc", True),
        ("armfor", True),
        ("fiscr", True),  # the Foreign Intelligence Surveillance Court of Review
        ("acca", True),  # the Army's court of criminal appeals
        ("cal", True),
        ("mass", True),  # the Supreme Judicial Court
        ("me", True),
        ("neb", True),
        ("guam", True),
        ("ny", True),
        ("nyappdiv", True),
        ("nysupct", False),  # a trial court, and called supreme
        ("nysupctqueens", False),
        ("calctapp", True),  # courts of appeal, of which there are several
        ("fladistctapp", True),
        ("moctapped", True),
        ("ohctapp10frankl", True),
        ("njsuperctappdiv", True),
        ("pasuperct", True),  # which in other states is a trial court
        ("pacommwct", True),
        ("calsuperct", False),
        ("cand", False),
        ("canb", False),
        ("nysd", False),
        ("tax", False),
        ("uscfc", False),
        ("ptab", False),  # "Trial and Appeal Board"
        ("delch", False),
        ("circtndca", False),  # a trial court, abolished in 1911
    ],
)
def test_a_court_that_reviews_others_is_told(court: str, reviews: bool) -> None:
    """Supreme courts, courts of appeals and their like, whatever a state calls them; no court of first instance."""
    assert is_court(court)
    assert is_appellate(court) is reviews


def test_no_court_reviews_nothing() -> None:
    """Without a court, or with one that nobody knows, there is none above."""
    assert not is_appellate(None)
    assert not is_appellate("nowhere")
