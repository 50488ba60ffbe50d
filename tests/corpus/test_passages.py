"""Passages are slices that cover the text once, and never cross what must be kept apart."""

from functools import cache
from pathlib import Path

import pytest
from handmade import para, reading
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Filing, Speaker
from corpus.passages import LONGEST, split_passages
from corpus.reader import read_reading
from corpus.understand import understand

WORDS = st.sampled_from(
    [
        "the",
        "court",
        "Act",
        "immunity",
        "of",
        "a",
        "foreign",
        "state",
        "is",
        "not",
        "what",
        "petitioner",
        "and",
        "Congress",
        "said",
        "in",
        "1976",
    ]
)
SENTENCE = st.lists(WORDS, min_size=3, max_size=60).map(lambda w: " ".join(w).capitalize() + ".")
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=8).map(" ".join)
KIND = st.sampled_from(["body", "body", "body", "block_quote", "heading"])
BRIEF = {"kind": "brief", "side": "appellant", "filer": "Velkane"}


def covered_once(filing: Filing) -> None:
    """Each character of a sentence is in exactly one passage, and each passage is a slice of whole words."""
    last = -1
    for passage in filing.passages:
        assert filing.text[passage.start : passage.end] == passage.text
        assert passage.text.strip() == passage.text
        assert passage.start > last
        last = passage.end - 1
    inside = [0] * len(filing.text)
    for passage in filing.passages:
        for at in range(passage.start, passage.end):
            inside[at] += 1
    maps = [(p.start, p.end) for p in filing.pages if p.use in ("toc", "toa")]
    for sentence in filing.sentences:
        counts = {inside[at] for at in range(sentence.start, sentence.end) if not filing.text[at].isspace()}
        mapped = any(a <= sentence.start < b for a, b in maps)
        repeated = any(
            p.kind == "front" and p.start <= sentence.start < p.end and p.start > filing.passages[0].start
            for p in filing.paragraphs
        )
        assert counts == {1} or mapped or repeated


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(PARAGRAPH, KIND, st.integers(1, 4)), min_size=1, max_size=12),
    st.lists(PARAGRAPH, max_size=3),
)
def test_body_text_is_covered_once(parts: list[tuple[str, str, int]], notes: list[str]) -> None:
    """Whatever paragraphs and footnotes a filing has, its passages are slices and cover every sentence once."""
    paragraphs = [
        para(text[:80] if kind == "heading" else text, kind, page=page, bold=kind == "heading")  # type: ignore[arg-type]
        for (text, kind, _), page in zip(parts, sorted(p for _, _, p in parts), strict=True)
    ]
    made = reading(*paragraphs, notes=tuple((str(i + 1), text, 1) for i, text in enumerate(notes)))
    covered_once(understand(made, BRIEF))


def prose(words: int, start: str = "The") -> str:
    """That many words in sentences of ten."""
    return " ".join(f"{start} court said that it would not say more here." for _ in range(words // 10))


def test_short_paragraphs_share_a_passage_and_long_ones_are_cut() -> None:
    """About 120 to 200 words, ending with a paragraph where one ends near."""
    made = reading(*(para(prose(60)) for _ in range(4)), para(prose(500)))
    sizes = [len(p.text.split()) for p in understand(made, BRIEF).passages]
    assert all(100 <= size <= 220 for size in sizes)
    assert sizes[:2] == [120, 120]


def test_a_heading_parts_passages_and_travels_with_them() -> None:
    """No passage crosses a heading, and the heading's words are not in its text."""
    made = reading(
        para(prose(40)),
        para("I. The Act Does Not Govern", "heading", bold=True),
        para(prose(40)),
        para("A. The Text", "heading", bold=True),
        para(prose(40)),
    )
    passages = understand(made, BRIEF).passages
    assert [p.headings for p in passages] == [
        (),
        ("I. The Act Does Not Govern",),
        ("I. The Act Does Not Govern", "A. The Text"),
    ]
    assert not any("The Act Does Not" in p.text for p in passages)


def test_footnotes_are_passages_of_their_own() -> None:
    """A footnote stands apart from the body, with its number."""
    made = reading(para(prose(40)), para(prose(40)), notes=(("1", prose(30, "Note"), 1), ("2", prose(20, "Note"), 1)))
    found = understand(made, BRIEF).passages
    assert [p.footnote for p in found] == [None, "1", "2"]
    assert all("Note" not in p.text for p in found[:1])


def test_maps_are_never_passages() -> None:
    """A table of contents or of authorities is not evidence."""
    made = reading(
        para("I. The Act Does Not Govern ........ 4", page=1),
        para("Samantar v. Yousuf, 560 U.S. 305 (2010) ........ 4, 9", page=2),
        para(prose(60), page=3),
        uses={1: "toc", 2: "toa"},
    )
    found = understand(made, BRIEF).passages
    assert {p.page for p in found} == {3}


def test_writings_and_speakers_are_kept_apart() -> None:
    """A passage is in one writing; the dissent is never in the majority's."""
    made = reading(
        para("JUSTICE KAGAN delivered the opinion of the Court."),
        para(prose(40)),
        para("JUSTICE ALITO, dissenting."),
        para(prose(40)),
    )
    found = understand(made, {"kind": "opinion", "court": "scotus"}).passages
    assert [(p.writing, p.speaker.name) for p in found] == [(0, "Kagan, J."), (1, "Alito, J.")]


def test_a_passage_restates_when_most_of_it_does() -> None:
    """Half a passage of reports is not enough; more is."""
    told = "Plaintiffs argue that the company knew of it all along and did nothing."
    own = "The company did not."
    mostly = understand(reading(para(f"{told} {own}")), {"kind": "motion", "side": "defendant"}).passages
    hardly = understand(reading(para(f"{told} {prose(40)}")), {"kind": "motion", "side": "defendant"}).passages
    assert mostly[0].restates == Speaker("plaintiff", None)
    assert hardly[0].restates is None


def test_an_endless_sentence_is_cut_at_a_clause() -> None:
    """A sentence of more than LONGEST words is cut after a clause, and every word is kept."""
    endless = "The agreement provides " + "; ".join(f"that the party of part {n} shall pay on time" for n in range(60))
    found = understand(reading(para(endless + ".")), BRIEF).passages
    assert len(endless.split()) > LONGEST
    assert len(found) > 1
    assert " ".join(p.text for p in found) == endless + "."


def test_no_passage_begins_with_a_citation() -> None:
    """A citation stays with what it supports, at the end of a passage and after a block quotation too."""
    said = "The court said that it would not say more here. Smith v. Jones, 5 U. S. 1, 3 (1990). See id., at 4."
    made = reading(
        *(para(" ".join([said] * 12)) for _ in range(3)),
        para("It is the law of the land that it shall be so and not otherwise at all", "block_quote"),
        para("Id., at 7 (emphasis added). " + prose(200)),
    )
    found = understand(made, BRIEF).passages
    assert len(found) > 3
    assert all(p.text.startswith(("The", "It")) for p in found)


def test_words_that_lead_to_a_quotation_stay_with_it() -> None:
    """No passage ends in a colon, a comma or in mid-sentence where more follows under the same heading."""
    made = reading(
        *(
            para(text, kind)  # type: ignore[arg-type]
            for _ in range(4)
            for text, kind in (
                (prose(120), "body"),
                ("And so the court went on to say in these very words:", "body"),
                ("it is so; " * 10 + "and so it is.", "block_quote"),
            )
        )
    )
    assert all(p.text.endswith(".") for p in understand(made, BRIEF).passages)


def test_questions_and_answers_stay_together() -> None:
    """In a transcript the passage is the exchange, not the turn."""
    lines = "\n".join(f"Q. Did you see number {n} on that day?\nA. I did see number {n}." for n in range(8))
    made = reading(para("TRANSCRIPT OF PROCEEDINGS"), para("THE COURT: Go on with the witness, please.\n" + lines))
    found = understand(made, {"kind": "transcript"}).passages
    assert any("Q. Did" in p.text and "A. I did" in p.text for p in found)


def test_who_appeared_can_be_found_and_repeated_captions_cannot() -> None:
    """The counsel list is a passage; the caption over a separate writing, which says nothing new, is not."""
    made = reading(
        para("UNITED STATES COURT OF APPEALS", "front", centered=True),
        para("Roger K. Gannam, with whom Mathew D. Staver was on brief, for appellant.", "front"),
        para("SELYA, Circuit Judge. " + prose(40), page=2),
        para("No. 20-1507", "front", centered=True, page=3),
        para("BARRON, Circuit Judge, concurring. " + prose(40), page=3),
    )
    found = understand(made, {"kind": "opinion", "court": "ca1"}).passages
    assert "Gannam" in found[0].text
    assert not any("No. 20-1507" in p.text for p in found)


REAL = [
    "layouts/appellate-brief-toc-toa-cafc.19-1081.50.pdf",
    "layouts/tax-court-memo-footnotes.pdf",
    "layouts/slip-opinion-with-syllabus-samantar-08-1555.pdf",
    "layouts/memorandum-opinion-redacted-dcd-17-mc-2336.pdf",
    "layouts/state-supreme-court-opinion-nc.pdf",
    "opinions/10-8505.pdf",
    "opinions/12-418.pdf",
]


@cache
def real(path: Path) -> Filing:
    return understand(read_reading(path))


@pytest.mark.parametrize("file", REAL)
def test_real_filings_are_covered_once(file: str, shared: Path) -> None:
    """On real papers too, every sentence is in one passage, whole, under one heading, in one writing."""
    filing = real(shared / "court-pdfs" / file)
    covered_once(filing)
    for passage in filing.passages:
        body = passage.footnote is None
        writings = {filing.writing_at(s.start) for s in filing.sentences_in(passage.start, passage.end) if body}
        assert len(writings) <= 1
        starts = {filing.headings_at(s.start) for s in filing.sentences_in(passage.start, passage.end) if body}
        assert len(starts) <= 1


def test_splitting_again_gives_the_same_passages(shared: Path) -> None:
    """The passages of a stored filing can be made anew without its PDF."""
    filing = real(shared / "court-pdfs" / REAL[2])
    assert split_passages(filing) == filing.passages
