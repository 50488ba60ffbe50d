"""Citation recall and precision with a judge of entailment, as ALCE defines them. Off unless a judge is asked for.

    judged_scores(answer, sheets, judge) -> {measure: number}
    load_judge(settings)                 a Judge: the chat model of the settings, asked with prompts/entailment.md

judged_recall     of claims, those that the pages they cite bear out, read together
judged_precision  of a claim's citations, those without fault: the claim is borne out, and this page bears it out alone,
                  or the others without it do not
evals/answers.py takes the same two by whether the quoted words stand on the page: that needs no model and is never
wrong about words, but sees no wrong speaker and no wrong verb. Here a citation is all the text of the page it names.
Source: Gao, Yen, Yu and Chen, Enabling Large Language Models to Generate Text with Citations, EMNLP 2023, section 4.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from corpus.errors import MalformedReply, SettingsError
from evals.sheets import Sheets
from prompts.load import load_prompt
from rag.models import ChatModel, load_chat
from rag.settings import Settings

SCHEMA: dict[str, Any] = {
    "title": "verdict",
    "description": "Whether the pages bear out the sentence.",
    "type": "object",
    "properties": {"entailed": {"type": "boolean"}},
    "required": ["entailed"],
}
Json = Mapping[str, Any]
Page = tuple[str, str]  # its citation, its text

_VERDICT = re.compile(r'"entailed"\s*:\s*(true|false)\b|^\W*(yes|no|true|false)\b', re.IGNORECASE)
log = logging.getLogger(__name__)


class Judge(Protocol):
    """Says whether texts bear out a sentence."""

    name: str

    def entails(self, pages: Sequence[Page], claim: str) -> bool | None:
        """Whether the pages, read together, bear out the claim; None where the judge gave no verdict."""


def judged_scores(answer: Json, sheets: Sheets, judge: Judge) -> dict[str, float]:
    """Both measures of one answer; none of an abstention, nor of what the judge could not decide."""
    recalls, precisions = [], []
    for claim in answer["claims"]:
        pages = [_page(quote, sheets) for quote in claim["quotes"]]
        supported = judge.entails(list(dict.fromkeys(pages)), claim["text"])
        if supported is not None:
            recalls.append(supported)
            precisions += [supported and _needed(n, pages, claim["text"], judge) for n in range(len(pages))]
    found = {"judged_recall": recalls, "judged_precision": precisions}
    return {name: sum(verdicts) / len(verdicts) for name, verdicts in found.items() if verdicts}


class ChatJudge:
    """A chat model as judge. Each pair of pages and claim is asked once."""

    def __init__(self, chat: ChatModel) -> None:
        self.name, self._chat = chat.name, chat
        self._given: dict[tuple[tuple[Page, ...], str], bool | None] = {}

    def entails(self, pages: Sequence[Page], claim: str) -> bool | None:
        """The model's verdict; None where it gives none even when asked again. Raises ModelUnavailable."""
        key = (tuple(pages), claim)
        if key not in self._given:
            self._given[key] = self._ask(pages, claim)
        return self._given[key]

    def _ask(self, pages: Sequence[Page], claim: str) -> bool | None:
        messages = entailment_prompt(pages, claim)
        for schema in (SCHEMA, None):
            try:
                return read_verdict(self._chat.reply(messages, schema))
            except MalformedReply as error:
                log.info("%s: %s", self.name, error)
        return None


def load_judge(settings: Settings) -> ChatJudge:
    """The chat model of the settings as judge. Raises SettingsError where they name none, ModelUnavailable."""
    chat = load_chat(settings)
    if chat is None:
        raise SettingsError(
            "a judge needs a chat model: set PINCITE_CHAT_MODEL, and PINCITE_CHAT_BASE_URL for a server"
        )
    return ChatJudge(chat)


def entailment_prompt(pages: Sequence[Page], claim: str) -> list[tuple[str, str]]:
    """The exact messages. The block's markers carry a digest of the pages, so that no page can close it."""
    shown = "\n\n".join(f"[{citation}]\n{text}" for citation, text in pages)
    mark = hashlib.sha256(shown.encode()).hexdigest()[:12]
    return load_prompt("entailment", pages=shown, claim=claim, opening=f"<<<RECORD {mark}", closing=f"RECORD {mark}>>>")


def read_verdict(reply: str) -> bool:
    """What a reply says: {"entailed": …} anywhere in it, or a yes or no that it begins with. Raises MalformedReply."""
    said = _VERDICT.search(reply)
    if said is None:
        raise MalformedReply(f"no verdict in {reply[:80]!r}")
    return (said[1] or said[2]).lower() in ("true", "yes")


def _needed(number: int, pages: Sequence[Page], claim: str, judge: Judge) -> bool:
    """Whether a page of a claim that is borne out has its share in that."""
    others = [page for page in dict.fromkeys(pages) if page != pages[number]]
    if not others or judge.entails([pages[number]], claim):
        return True
    return not judge.entails(others, claim)


def _page(quote: Json, sheets: Sheets) -> Page:
    """What a citation points to: the text of the pages quoted, or, where one is a picture, the words quoted."""
    file = quote["file"]
    pages = sorted({box["page"] for box in quote.get("boxes") or ()} or {quote["page"]} - {None})
    if pages and all(sheets.legible(file, page) for page in pages):
        return quote["citation"], "\n".join(sheets.text(file, page) for page in pages)
    return quote["citation"], quote["text"]
