"""Hits become an answer: a chat model's claims where there is one and they stand, else the filings' own words.

draft_answer(question, hits, filings, models, settings, same_case=…) -> Drafted
  written    a chat model over the same passages, held to them           rag/written.py
  composed   sentences scored, quotations chosen, grouped by who speaks  rag/sentences.py, choose.py, compose.py
What a chat model could not carry is composed instead, and a warning says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.errors import ModelUnavailable
from corpus.model import Filing
from rag.choose import Pick, choose
from rag.compose import Draft, compose
from rag.model import Hit, Question, Quote
from rag.models import Models
from rag.quotes import place_quote
from rag.sentences import candidates
from rag.settings import Settings
from rag.written import Written, write

COMPOSED = "composed"  # what Answer.model says where no chat model wrote


@dataclass(frozen=True)
class Drafted:
    """A draft, what made it, and what to warn of. `silent`: the chat model found no answer in the passages."""

    draft: Draft
    model: str
    warnings: tuple[str, ...] = ()
    silent: bool = False


def draft_answer(
    question: Question,
    hits: Sequence[Hit],
    filings: Mapping[str, Filing],
    models: Models,
    settings: Settings,
    *,
    same_case: bool,
) -> Drafted:
    """The answer to `question` from `hits`; its draft is empty where nothing can be quoted."""

    def quote(pick: Pick) -> Quote:
        return place_quote(pick.filing, pick.start, pick.end, same_case=same_case, page_style=settings.page_style)

    warnings: tuple[str, ...] = ()
    if models.chat is not None:
        try:
            page_style = settings.page_style
            said = write(question, hits, filings, models.chat, same_case=same_case, page_style=page_style)
        except ModelUnavailable as error:
            warnings = (f"{error} The answer was composed without it.",)
        else:
            if said.picks or said.silent:
                return _as_written(question, said, models.chat.name)
            warnings = (
                *said.warnings,
                f"{models.chat.name} gave nothing that stands; the answer was composed without it.",
            )
    picks = choose(question, candidates(question, hits, filings, models))
    return Drafted(compose(question, picks, quote), COMPOSED, warnings)


def _as_written(question: Question, said: Written, name: str) -> Drafted:
    """The model's claims, arranged as ours are."""
    if said.silent:
        return Drafted(Draft((), (), ""), name, ("The chat model found no answer in the passages.",), silent=True)
    return Drafted(compose(question, said.picks, lambda pick: pick.quotes[0]), name, said.warnings)
