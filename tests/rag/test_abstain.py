"""Silence: what it says, and what it is weighed by."""

import json
from dataclasses import replace

import pytest
from docket import DOCKET, Said, filing, hits
from made import WordEmbedder

from corpus.model import Facts, Speaker
from rag.abstain import TABLE, counted, load_table, read_features, silence, weigh
from rag.model import Found
from rag.models import Models
from rag.question import read_question
from rag.sentences import Candidate, candidates

HITS = tuple(hits(DOCKET))
ON_RECORD = "Does a private agent share the common-law immunity of a sovereign?"
OFF_RECORD = "What notice must a tenant in Nevada give before withholding rent over a broken furnace?"


def found(dense: float) -> Found:
    return Found(HITS, signals={"dense": dense})


def ranked(question: str) -> list[Candidate]:
    return candidates(read_question(question), HITS, {one.id: one for one in DOCKET}, Models(WordEmbedder()))


def test_a_question_whose_words_stand_in_the_record_is_answered() -> None:
    """A question in the record's words, near to it in meaning, is answered; one about something else is not."""
    assert not weigh(read_question(ON_RECORD), found(0.7), ranked(ON_RECORD), one_case=True).abstain
    assert weigh(read_question(OFF_RECORD), found(0.2), ranked(OFF_RECORD), one_case=True).abstain


def test_nothing_found_is_silence() -> None:
    """With no passage there is no answer."""
    assert weigh(read_question(ON_RECORD), Found(()), (), one_case=True).abstain


def test_nearer_passages_never_speak_for_silence() -> None:
    """A higher cosine raises the chance that the record answers."""
    chances = [
        weigh(read_question(ON_RECORD), found(d), ranked(ON_RECORD), one_case=True).chance for d in (0.1, 0.3, 0.5, 0.7)
    ]
    assert chances == sorted(chances)


def test_names_that_the_record_lacks_are_missed() -> None:
    """A name in the question that no passage holds counts as missing; one that a passage holds does not."""
    asked = "Is the immunity of Nevada that of a Sovereign?"
    features = read_features(read_question(asked), found(0.5), ranked(asked))
    assert features["terms_missing"] == 1
    assert features["terms_held"] == 0.5


def test_words_that_no_filing_says_are_missed() -> None:
    """What the question is about and the record lacks counts, by how telling it is; of the case that lacks least."""
    off, on = (read_features(read_question(q), found(0.5), ranked(q)) for q in (OFF_RECORD, ON_RECORD))
    assert off["missing"] > off["worst"] > on["missing"] >= 0
    assert on["words"] < 0 < off["words"]
    assert on["joined"] < off["joined"] == 0


def test_every_feature_that_is_weighed_is_read() -> None:
    """A table that knows a feature which is not read would be told at the first question, not passed over."""
    read = set(read_features(read_question(ON_RECORD), found(0.5), ranked(ON_RECORD)))
    assert set(load_table(True).weights) | set(load_table(False).weights) <= read


def test_a_datum_that_no_sentence_has_is_missed() -> None:
    """Asked how many, sentences without a number before what is counted fall short of the best sentence."""
    count = "How many agents share the immunity of a sovereign?"
    assert read_features(read_question(count), found(0.5), ranked(count))["datum"] < 0
    assert read_features(read_question(ON_RECORD), found(0.5), ranked(ON_RECORD))["datum"] == 0


def test_a_justice_without_a_writing_is_missed() -> None:
    """Asked what a justice said in a dissent, a record without a writing of that justice lacks it."""
    said = "What did Justice Kagan say in her dissent about immunity?"
    assert read_features(read_question(said), found(0.5), ranked(said))["unwritten"] == 1
    assert read_features(read_question(ON_RECORD), found(0.5), ranked(ON_RECORD))["unwritten"] == 0


@pytest.mark.parametrize("name", ["one", "many"])
def test_the_learnt_table_is_whole(name: str) -> None:
    """Every weight has its mean and its scale, and the threshold is a chance."""
    table = load_table(name == "one")
    assert (
        set(table.weights)
        == set(table.means)
        == set(table.scales)
        == set(json.loads(TABLE.read_text("utf-8"))[name]["weights"])
    )
    assert all(scale > 0 for scale in table.scales.values())
    assert 0 < table.threshold < 1


def test_silence_says_what_was_searched_and_what_is_nearest_and_nothing_else() -> None:
    """The one sentence, then at most three citations, none twice."""
    twice = [HITS[0], replace(HITS[0], rank=2), *HITS[1:]]
    said = silence(twice, counted(12, 2))
    assert said == (
        "The filings searched (12, in two courts) do not address this question. "
        "Nearest passages: motion.pdf at 1; motion.pdf at 2; opposition.pdf at 1."
    )
    assert counted(1, 1) == "1, in one court"
    assert counted(3, 0) == "3"


def test_a_datum_that_stands_elsewhere_in_the_record_is_far_from_what_is_asked() -> None:
    """A date beside the words asked about is near; asked of something that another part of the record tells, far."""
    court = Speaker("court", "Thornbury, J.")
    lines = [
        "The motion to dismiss was argued on May 4, 2021.",
        "Counsel spoke for an hour.",
        "Nobody else was heard.",
        "The contract has an arbitration clause.",
        "Plaintiffs demanded arbitration under it.",
    ]
    order = filing("order", Facts(kind="order", court="cand"), [Said(line, court) for line in lines])

    def beside(question: str) -> float:
        asked = read_question(question)
        sentences = candidates(asked, hits([order]), {order.id: order}, Models(WordEmbedder()))
        return read_features(asked, Found(tuple(hits([order])), signals={"dense": 0.5}), sentences)["beside"]

    assert beside("When was the motion to dismiss argued?") == 0
    assert beside("When was the arbitration demanded?") > 1
    assert beside("Was the arbitration demanded?") == 0  # no datum is asked for
