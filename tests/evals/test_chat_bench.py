"""The chat models that try the product: the lying one lies as it says, the real one answers in form, the trial has teeth."""

import json
import random
from collections.abc import Mapping
from dataclasses import replace

import pytest

from corpus.errors import MalformedReply, ModelUnavailable
from evals.bench.chat import Ledger, Recorder, figures, judge
from evals.chat.hostile import ATTACKS, CHANGED, Hostile, passages
from evals.chat.smollm import SmolLM
from evals.datasets import load_dataset
from rag.models import Models
from rag.pipeline import ask
from rag.replies import read_reply

ASKED = "Did the district court accept that Velkane is immune?"
SENTENCES = (
    "Defendants argue that a private agent does not answer in damages for acts of 12 sovereigns.",
    "The Court rejects the claim that Velkane, organized in 2012, shares the immunity of its customers.",
    "Plaintiffs respond that no statute, and certainly not this one, covers such an agent of a state.",
)
PROMPT = "<<<RECORD 0a1b\n{}\nRECORD 0a1b>>>\n\nQuestion: Who is immune?".format(
    "\n\n".join(f"[{n}] speaker: court\ncitation: Order at {n}\n{text}" for n, text in enumerate(SENTENCES, 1))
)


@pytest.mark.parametrize("attack", sorted(ATTACKS))
def test_an_attack_does_what_it_says(attack: str) -> None:
    """What is called changed stands nowhere in the passages; what is called misplaced or mislabeled has true words."""
    record = " ".join(SENTENCES)
    given = passages(PROMPT)
    lies = [ATTACKS[attack](random.Random(seed), given) for seed in range(40)]
    if attack in CHANGED:
        assert not [lie.text for lie in lies if lie.text in record]
    else:
        true = [all(part.strip() in record for part in lie.text.replace("[The Court]", "").split("…")) for lie in lies]
        assert all(true)
    if attack == "wrong_passage":
        assert not [lie for lie in lies if 1 <= lie.passage <= 3 and lie.text in SENTENCES[lie.passage - 1]]


def test_a_lying_server_answers_in_form_and_the_same_for_a_seed() -> None:
    """Its replies are read like any others, and a run can be repeated."""
    request = {"messages": [{"role": "system", "content": ""}, {"role": "user", "content": PROMPT}]}
    first, second = Hostile(3)(request), Hostile(3)(request)
    assert first == second
    said = json.loads(first.body)["choices"][0]["message"]["content"]
    assert len(read_reply(said)[1]) == 4


def test_the_trial_has_teeth(sample_library, sample_models, sample_settings) -> None:  # type: ignore[no-untyped-def]
    """An answer with one word altered behind the product's back, or one called unverified, is a fault."""
    dataset = load_dataset("sample")
    row = next(judgment for judgment in dataset.judgments if judgment.answerable)
    answer = ask(row.question, library=sample_library, models=sample_models, settings=sample_settings)
    answer = replace(answer, model="a chat model")
    claim = answer.claims[0]
    quote = claim.quotes[0]
    altered = replace(quote, text=quote.text.replace(" the ", " no ", 1))
    doubted = replace(quote, verified=False)
    assert altered.text != quote.text
    for shown, faults in ((quote, 0), (altered, 1), (doubted, 1)):
        ledger = Ledger(seconds=[1.0])
        tried = replace(answer, claims=(replace(claim, quotes=(shown,)),), positions=())
        judge(row, tried, dataset, dataset.sheets(), ledger, asked=True, lies=[])
        assert len(ledger.faults) == faults
        assert figures(ledger)["shown"] == 1


def test_a_falsified_text_that_is_shown_is_a_fault(sample_library, sample_models, sample_settings) -> None:  # type: ignore[no-untyped-def]
    """Words that a lying model sent are looked for in the answer and its warnings."""
    dataset = load_dataset("sample")
    row = dataset.judgments[0]
    answer = ask(row.question, library=sample_library, models=sample_models, settings=sample_settings)
    lie = "the moon is made of green cheese"
    told = replace(answer, model="a chat model", warnings=(f"Left out: “{lie}”.",))
    ledger = Ledger()
    judge(row, told, dataset, dataset.sheets(), ledger, asked=True, lies=[("word_in", lie)])
    assert ledger.falsified_shown == 1


def test_replies_are_counted_and_written_down(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Quotations offered and replies that cannot be read are counted as they come."""
    ledger = Ledger()
    good = json.dumps({"claims": [{"quotes": [{"passage": 1, "text": "x"}, {"passage": 2, "text": "y"}]}]})
    queue = [good, "nonsense"]

    class Queued:
        name = "queued"

        def reply(self, messages: object, schema: object = None) -> str:
            if not queue:
                raise MalformedReply("no more")
            return queue.pop(0)

    chat = Recorder(Queued(), ledger, tmp_path / "replies.jsonl")
    assert chat.reply([("user", "?")]) == good
    assert chat.reply([("user", "?")]) == "nonsense"
    with pytest.raises(MalformedReply):
        chat.reply([("user", "?")])
    assert (ledger.asked, ledger.replies, ledger.offered, ledger.unreadable) == (3, 2, 2, 1)
    assert len((tmp_path / "replies.jsonl").read_text("utf-8").splitlines()) == 2


def test_a_real_model_answers_in_form(sample_library, sample_models, sample_settings) -> None:  # type: ignore[no-untyped-def]
    """SmolLM2, 135 million parameters, given two passages of the docket, fills the schema; what it makes up stays out."""
    try:
        model = SmolLM()
    except ModelUnavailable as error:
        pytest.skip(str(error))

    class InProcess:
        """The real model without a server."""

        name = "smollm"

        def reply(self, messages: list[tuple[str, str]], schema: Mapping[str, object] | None = None) -> str:
            return model.complete([{"role": role, "content": content} for role, content in messages], schema)

    settings = replace(sample_settings, chat_passages=2)
    ledger = Ledger()
    models = Models(sample_models.embedder, None, Recorder(InProcess(), ledger))
    answer = ask(ASKED, library=sample_library, models=models, settings=settings)
    assert ledger.replies
    assert ledger.unreadable == 0
    for quote in [quote for claim in answer.claims for quote in claim.quotes]:
        assert sample_library.catalog.filing(quote.filing_id).text[quote.start : quote.end] == quote.text
