"""Try the answers of a chat model: python -m evals.bench.chat [DATASET] [--model smollm|free|hostile] [--questions N]

    smollm    SmolLM2-135M-Instruct behind a server here, its replies held to the JSON schema that it is asked for
    free      the same, with a server that knows no schema: what it writes is read as it comes
    hostile   a server that falsifies whatever it quotes (evals/chat/hostile.py), --rounds times over all questions
    --base-url URL --name NAME   any OpenAI-compatible server instead

Every quotation shown is tried by code that shares nothing with the product's reader: evals/sheets.py, evals/keys.py,
and, for what the first cannot follow (a footnote's mark right behind a page number), the letters alone
(evals/bench/answers.py).
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from corpus.errors import MalformedReply, ModelError
from evals.answers import trial
from evals.bench.answers import is_image, stands
from evals.chat.hostile import CHANGED, Hostile
from evals.chat.server import Answering, Reply, Request, completion, serve
from evals.chat.smollm import SmolLM
from evals.datasets import Dataset, Judgment, load_dataset
from evals.keys import Key
from evals.sheets import Sheets, words
from evals.systems import open_here
from rag.answer import COMPOSED
from rag.library import Library
from rag.model import Answer, Quote
from rag.models import ChatModel, Messages, Models, load_chat
from rag.pipeline import ask
from rag.replies import read_reply
from rag.settings import Settings

SMALL = 4  # passages a model of 135 million parameters is sent
EDGE = 40  # characters that show where a quotation begins
FREE_TOKENS = 300  # of a reply without a schema, which this model would fill with repetitions
LONG_S = 600.0  # waited for it on a busy machine


@dataclass
class Ledger:
    """What became of the replies. `unasked` are answers given without asking the model: silence, or a false premise.
    `shown` are quotations of answers the model chose: `on_scans` those of pages that OCR read, whose letters no referee
    has; `begin_inside` those that begin within a sentence of the key, whose cut is not always ours. `faults` are lines
    for people."""

    answers: int = 0
    unasked: int = 0
    asked: int = 0
    replies: int = 0
    unreadable: int = 0
    offered: int = 0
    written: int = 0
    composed: int = 0
    silent: int = 0
    shown: int = 0
    on_scans: int = 0
    unverified: int = 0
    not_in_pdf: int = 0
    wrong_page: int = 0
    wrong_speaker: int = 0
    false_holdings: int = 0
    falsified_shown: int = 0
    begin_inside: int = 0
    on_gold: int = 0
    seconds: list[float] = field(default_factory=list)
    warnings: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


class Recorder:
    """A chat model that counts what it replied, and writes it down where a file is given."""

    def __init__(self, chat: ChatModel, ledger: Ledger, file: Path | None = None) -> None:
        self.name, self._chat, self._ledger, self._file = chat.name, chat, ledger, file

    def reply(self, messages: Messages, schema: Mapping[str, Any] | None = None) -> str:
        """As the model replied."""
        self._ledger.asked += 1
        said = self._chat.reply(messages, schema)
        self._ledger.replies += 1
        if self._file:
            with self._file.open("a", encoding="utf-8") as out:
                out.write(json.dumps({"asked": messages[-1][1][-200:], "said": said}, ensure_ascii=False) + "\n")
        try:
            self._ledger.offered += sum(len(claim.quotes) for claim in read_reply(said)[1])
        except MalformedReply:
            self._ledger.unreadable += 1
        return said


def main() -> None:
    """Ask, try, and print the figures as JSON; exit 1 where anything that is not the record's was shown as such."""
    given = _arguments()
    dataset = load_dataset(given.dataset)
    rows = [row for row in dataset.judgments if row.conversation is None][: given.questions]
    ledger, liar = Ledger(), Hostile(given.seed)
    with _server(given, liar) as (url, name), open_here(dataset, Settings(), home=given.home) as here:
        hostile = given.model == "hostile" and not given.base_url
        settings = Settings(
            chat_model=name, chat_base_url=url, chat_passages=10 if hostile else given.passages, chat_timeout_s=LONG_S
        )
        chat = load_chat(settings)
        assert chat is not None  # a model was named
        models = replace(here.models, chat=Recorder(chat, ledger, given.replies))
        sheets = dataset.sheets()
        for row in rows * (given.rounds if hostile else 1):
            liar.sent.clear()
            before = ledger.asked
            answer = _timed(row, here.library, models, settings, ledger)
            judge(row, answer, dataset, sheets, ledger, asked=ledger.asked > before, lies=liar.sent)
            _say(
                f"{ledger.answers}: {answer.model}, {sum(len(c.quotes) for c in answer.claims)} quotations", sys.stderr
            )
    _say(json.dumps(figures(ledger), indent=1, ensure_ascii=False), sys.stdout)
    for line in ledger.faults:
        _say(line, sys.stdout)
    sys.exit(1 if ledger.faults else 0)


def judge(
    row: Judgment,
    answer: Answer,
    dataset: Dataset,
    sheets: Sheets,
    ledger: Ledger,
    *,
    asked: bool,
    lies: list[tuple[str, str]],
) -> None:
    """Add one answer to the ledger; only an answer that the model chose is tried."""
    ledger.answers += 1
    ledger.warnings.update(_kind(warning) for warning in answer.warnings)
    if answer.model == COMPOSED:
        ledger.composed += asked
        ledger.unasked += not asked
        return
    ledger.silent += not answer.claims
    ledger.written += bool(answer.claims)
    quotes = [quote for claim in answer.claims for quote in claim.quotes]
    pdfs = {path.name: path for path in dataset.pdfs}
    for finding, quote in zip(trial(row, asdict(answer), sheets, dataset.key), quotes, strict=True):
        ledger.shown += 1
        ledger.on_gold += finding.on_gold
        ledger.unverified += not finding.verified
        scanned = is_image(quote, pdfs[quote.file])
        ledger.on_scans += scanned
        astray = finding.stands == () and not scanned and not stands(quote, pdfs[quote.file])
        ledger.not_in_pdf += astray
        ledger.wrong_page += finding.page_right is False
        ledger.wrong_speaker += finding.speaker_right is False
        ledger.false_holdings += bool(finding.false_holding)
        if not finding.verified or astray or finding.false_holding or finding.page_right is False:
            ledger.faults.append(f"{row.qid}: {finding.why}: {quote.file}, page {quote.page}: {quote.text!r}")
        ledger.begin_inside += dataset.key is not None and _begins_inside(quote, dataset.key)
    shown = _flat(answer.answer + " ".join(answer.warnings))
    for kind, text in lies:
        if kind in CHANGED and _flat(text) in shown and not _is_true(text, dataset, sheets):
            ledger.falsified_shown += 1
            ledger.faults.append(f"{row.qid}: shown though falsified ({kind}): {text}")


def figures(ledger: Ledger) -> dict[str, Any]:
    """The ledger's counts, the median and the longest answer, and the warnings by kind."""
    counts = {name: value for name, value in vars(ledger).items() if isinstance(value, int)}
    times = {
        "seconds_median": round(statistics.median(ledger.seconds), 1),
        "seconds_max": round(max(ledger.seconds), 1),
    }
    return {**counts, **times, "warnings": dict(ledger.warnings.most_common())}


def _timed(row: Judgment, library: Library, models: Models, settings: Settings, ledger: Ledger) -> Answer:
    began = time.perf_counter()
    answer = ask(row.question, library=library, models=models, settings=settings)
    ledger.seconds.append(time.perf_counter() - began)
    return answer


@contextmanager
def _server(given: argparse.Namespace, liar: Hostile) -> Iterator[tuple[str, str]]:
    """(base URL, model name) of the server to ask, started where it is one of ours."""
    if given.base_url:
        yield given.base_url, given.name
        return
    with serve(liar if given.model == "hostile" else _small(SmolLM(), schema=given.model == "smollm")) as url:
        yield url, given.model


def _small(model: SmolLM, *, schema: bool) -> Answering:
    """SmolLM as a server: with or without structured output."""

    def answer(request: Request) -> Reply:
        wanted = request.get("response_format", {}).get("json_schema", {}).get("schema")
        if wanted and not schema:
            return Reply(json.dumps({"error": {"message": "response_format is not supported"}}), status=400)
        try:
            return completion(model.complete(request["messages"], wanted, most_tokens=FREE_TOKENS))
        except ModelError as error:
            return Reply(json.dumps({"error": {"message": str(error)}}), status=400)

    return answer


def _begins_inside(quote: Quote, key: Key) -> bool:
    """Whether the quotation begins after the beginning of a sentence of the key."""
    begin = _flat(quote.text)[:EDGE]
    known = [_flat(said.text) for said in key.said(quote.file, quote.text, quote.page)]
    return bool(known) and not any(said.startswith(begin) or begin.startswith(said) for said in known)


def _is_true(text: str, dataset: Dataset, sheets: Sheets) -> bool:
    """Whether falsified words happen to stand in some filing after all."""
    return any(sheets.places(path.name, text) for path in dataset.pdfs)


def _flat(text: str) -> str:
    return " ".join(words(text)).lower()


def _kind(warning: str) -> str:
    """A warning without its numbers, names and quotations, to be counted."""
    plain = re.sub(r"“[^”]*”", "“…”", warning.partition("; the words are")[0])
    return re.sub(r"\d+", "#", plain)[:90]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Try the answers of a chat model.")
    parser.add_argument("dataset", nargs="?", default="sample")
    parser.add_argument("--model", choices=("smollm", "free", "hostile"), default="smollm")
    parser.add_argument("--base-url", default="")
    parser.add_argument("--name", default="local")
    parser.add_argument("--questions", type=int, default=None)
    parser.add_argument("--passages", type=int, default=SMALL)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--home", type=Path, default=None)
    parser.add_argument("--replies", type=Path, default=None, help="append every reply to this file")
    return parser.parse_args()


def _say(text: str, where: Any) -> None:
    where.write(text + "\n")
    where.flush()


if __name__ == "__main__":
    main()
