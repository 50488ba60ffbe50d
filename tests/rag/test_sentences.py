"""Which sentences may answer, and how each is read."""

from __future__ import annotations

from dataclasses import replace

from docket import COURT, Said, filing, hits
from made import WordEmbedder

from corpus.model import Facts, Filing, Page, Section, Speaker
from rag.choose import choose
from rag.models import Models
from rag.question import read_question
from rag.sentences import Candidate, candidates

COUNSEL, WITNESS = Speaker("counsel", "Ms. Oduya"), Speaker("witness", "Tomas Elering")
HEARING = filing(
    "hearing",
    Facts(kind="transcript", court="cand", case_name="Doe v. Roe"),
    [
        Said("The witness was sworn in open court this morning.", COURT),
        Said("Why was Fremont chosen for the leased servers?", COUNSEL),
        Said("Because the latency measured there was the lowest of all.", WITNESS),
        Said("Did anybody else ask for leased servers in Fremont?", COUNSEL),
        Said("Through a reseller.", WITNESS),
    ],
)


def ranked(question: str, record: Filing, found: int = 20) -> list[Candidate]:
    return candidates(read_question(question), hits([record])[:found], {record.id: record}, Models(WordEmbedder()))


def at_hearing(words: str) -> Candidate:
    """The sentence that begins with `words`, as it is weighed for a question about Fremont."""
    return next(
        c for c in ranked("Why was Fremont chosen for the leased servers?", HEARING) if c.text.startswith(words)
    )


def test_an_answer_at_a_hearing_is_read_with_its_question() -> None:
    """What Fremont was chosen for is said without the name of Fremont; its question has it."""
    assert at_hearing("Because the latency").cover > 0.9
    assert at_hearing("Because the latency").likeness > at_hearing("The witness").likeness
    assert at_hearing("The witness").cover == 0


def test_a_question_at_a_hearing_proves_nothing_and_a_few_words_little() -> None:
    """Both lose by it, beside what they lose anywhere; a whole answer loses nothing."""
    assert at_hearing("Because the latency").parts[-1] == 0
    elsewhere = filing("brief", Facts(kind="brief", court="cand"), [Said("Why was Fremont chosen at all?", COUNSEL)])
    lost = ranked("Why was Fremont chosen?", elsewhere)[0].parts[-1]
    assert at_hearing("Why was Fremont").parts[-1] < lost < 0
    assert at_hearing("Through a reseller.").parts[-1] < -1


def test_a_caption_takes_the_rest_of_its_page_along() -> None:
    """A search shows one passage a page; where that is the caption of a short order, the order is read too."""
    made = filing(
        "order",
        Facts(kind="order", court="ca7", case_name="In re Roe"),
        [
            Said("In re Roe Ground Package System Employment Practices", COURT),
            Said("The parties are ORDERED to file statements about consolidation by July 21.", COURT, holding=True),
        ],
    )
    front = tuple(replace(p, kind="front") if i == 0 else p for i, p in enumerate(made.paragraphs))
    one_page = replace(made, paragraphs=front, pages=(Page(1, 0, len(made.text), 612, 792, "1"),))
    found = ranked("What were the parties in Roe Ground Package ordered to file?", one_page, found=1)
    assert "ORDERED" in found[0].text
    body_first = replace(one_page, paragraphs=made.paragraphs)
    assert len(ranked("What were the parties ordered to file?", body_first, found=1)) == 1


def test_what_a_short_section_decides_stands_beside_its_reasons() -> None:
    """Asked why a claim failed: the reason first, and the decision of that section though it names the count alone."""
    made = filing(
        "order",
        Facts(kind="order", court="cand", case_name="Doe v. Roe"),
        [
            Said("A claim for trespass to chattels by message fails without damage to the system.", COURT),
            Said("Because no impairment is alleged, Count Four is dismissed.", COURT, holding=True),
            Said("The complaint pleads trespass to chattels as its fourth claim of four.", COURT),
        ],
    )
    cut = made.sentences[2].start
    section = Section(1, "VI", "Trespass", 0, 0, cut)
    question = read_question("Why did the trespass to chattels claim fail?")
    for sections, second in (((section,), "Count Four is dismissed"), ((), "pleads trespass")):
        record = replace(made, sections=sections)
        picks = choose(question, ranked(question.text, record))
        assert picks[0].text.startswith("A claim for trespass")
        assert second in picks[1].text
