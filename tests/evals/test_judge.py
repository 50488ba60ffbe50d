"""Citation recall and precision by a judge of entailment, and a chat model as that judge."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from corpus.errors import MalformedReply, ModelUnavailable, SettingsError
from evals.datasets import SAMPLE
from evals.judge import ChatJudge, Page, entailment_prompt, judged_scores, load_judge, read_verdict
from evals.sheets import Sheets
from rag.models import Messages
from rag.settings import Settings

ORDER = "gov.uscourts.cand.990417.61.0.pdf"


class Queued:
    """A chat model that replies in order and remembers its prompts; an exception in the queue is raised."""

    name = "queued"

    def __init__(self, *replies: str | Exception) -> None:
        self.replies = list(replies)
        self.prompts: list[Messages] = []

    def reply(self, messages: Messages, schema: Mapping[str, Any] | None = None) -> str:
        self.prompts.append(messages)
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply


class Telling:
    """A judge that knows which citations bear out any claim."""

    name = "telling"

    def __init__(self, *enough: set[str], undecided: bool = False) -> None:
        self.enough, self.undecided = enough, undecided

    def entails(self, pages: Sequence[Page], claim: str) -> bool | None:
        return None if self.undecided else any(one <= {citation for citation, _ in pages} for one in self.enough)


def answer(*citations: str) -> dict[str, Any]:
    """An answer of one claim with these citations."""
    quotes = [
        {"file": ORDER, "page": number, "citation": citation, "text": "", "boxes": []}
        for number, citation in enumerate(citations, 9)
    ]
    return {"claims": [{"text": "The court held so.", "quotes": quotes}]}


@pytest.fixture(scope="module")
def sheets() -> Sheets:
    return Sheets([SAMPLE / "pdfs" / ORDER])


CASES = [
    (("a",), Telling({"a"}), {"judged_recall": 1, "judged_precision": 1}),  # borne out by its one page
    (("a",), Telling(), {"judged_recall": 0, "judged_precision": 0}),  # not borne out: no citation is precise
    (("a", "b"), Telling({"a", "b"}), {"judged_recall": 1, "judged_precision": 1}),  # both are needed
    (("a", "b"), Telling({"a"}), {"judged_recall": 1, "judged_precision": 0.5}),  # b adds nothing
    (("a", "b"), Telling({"a"}, {"b"}), {"judged_recall": 1, "judged_precision": 1}),  # each suffices alone
    (("a",), Telling(undecided=True), {}),  # no verdict, no measure
    ((), Telling(), {}),  # an abstention has no claims
]


@pytest.mark.parametrize(("citations", "judge", "scores"), CASES)
def test_recall_and_precision_are_alces(
    citations: tuple[str, ...], judge: Telling, scores: dict[str, float], sheets: Sheets
) -> None:
    """A claim counts if its pages bear it out; a citation, if it does so alone or the others without it do not."""
    asked = answer(*citations) if citations else {"claims": []}
    assert judged_scores(asked, sheets, judge) == scores


def test_a_chat_model_is_shown_the_pages_and_asked_once(sheets: Sheets) -> None:
    """The prompt holds the page's text under its citation and the claim; the same pair is not asked again."""
    chat = Queued('{"entailed": true}')
    judge = ChatJudge(chat)
    for _ in range(2):
        assert judged_scores(answer("Order at 9"), sheets, judge)["judged_recall"] == 1.0
    (prompt,) = chat.prompts
    assert "[Order at 9]" in prompt[-1][1]
    assert sheets.text(ORDER, 9) in prompt[-1][1]
    assert "The court held so." in prompt[-1][1]


def test_a_page_cannot_close_the_block_it_stands_in() -> None:
    """The block's mark changes with the pages, so words in them cannot be its end."""
    marks = {entailment_prompt([("c", text)], "x")[-1][1].splitlines()[0] for text in ("one", "two")}
    assert len(marks) == 2


VERDICTS = [
    ('{"entailed": true}', True),
    ('{"entailed": false}', False),
    ('Here it is:\n```json\n{"entailed": false, "why": "true of another"}\n```', False),  # fenced, with words around
    ("No, the page does not say who speaks.", False),  # a model that takes no schema
    ("**Yes**", True),
]


@pytest.mark.parametrize(("reply", "verdict"), VERDICTS)
def test_a_verdict_is_read_strictly(reply: str, verdict: bool) -> None:
    """An object or a first word decides; a word somewhere in a sentence does not."""
    assert read_verdict(reply) is verdict
    with pytest.raises(MalformedReply):
        read_verdict("It is not true that the page says so.")


def test_a_judge_without_a_verdict_is_asked_again_and_then_left_out(sheets: Sheets) -> None:
    """Two replies without a verdict leave the claim unjudged; a model out of reach stops the run."""
    asked = answer("Order at 9")
    assert judged_scores(asked, sheets, ChatJudge(Queued("hm", '{"entailed": false}')))["judged_recall"] == 0.0
    assert judged_scores(asked, sheets, ChatJudge(Queued(MalformedReply("no"), "perhaps"))) == {}
    with pytest.raises(ModelUnavailable):
        judged_scores(asked, sheets, ChatJudge(Queued(ModelUnavailable("gone"))))


def test_a_judge_is_off_until_a_chat_model_is_named() -> None:
    """Without a chat model the message says which settings to make."""
    with pytest.raises(SettingsError, match="PINCITE_CHAT_MODEL"):
        load_judge(Settings())
