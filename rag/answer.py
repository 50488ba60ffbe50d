"""Hits become an answer: the quotations a chat model chose, where there is one and they stand, else our own choice.

draft_answer(question, hits, ranked, filings, models, settings, same_case=…) -> Drafted
  premise    a question that presumes the contrary of what the record says is told so  rag/premise.py
  written    quotations that a chat model chose from the passages, as they stand       rag/written.py
  composed   sentences scored, quotations chosen, grouped by who speaks                rag/choose.py, compose.py
What a chat model could not carry is composed instead, and a warning says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus.errors import ModelUnavailable
from corpus.model import Filing
from rag.choose import Pick, choose, excerpt
from rag.compose import Draft, compose, folded
from rag.model import Hit, Question, Quote
from rag.models import Models
from rag.premise import contradiction
from rag.quotes import place_quote
from rag.sentences import Candidate
from rag.settings import Settings
from rag.voice import lead_in, voice_of_words
from rag.written import write

NOT_SO = "The question presumes what the record does not show."
COMPOSED = "composed"  # what Answer.model says where no chat model wrote


@dataclass(frozen=True)
class Drafted:
    """A draft, what made it, and what to warn of. `silent`: the chat model found no answer in the passages. `against`
    is the quotation that contradicts what the question presumes, in a sentence of its own, and `hit` its passage."""

    draft: Draft
    model: str
    warnings: tuple[str, ...] = ()
    silent: bool = False
    against: str = ""
    hit: Hit | None = None


def draft_answer(
    question: Question,
    hits: Sequence[Hit],
    ranked: Sequence[Candidate],
    filings: Mapping[str, Filing],
    models: Models,
    settings: Settings,
    *,
    same_case: bool,
) -> Drafted:
    """The answer to `question` from `hits`, with their sentences `ranked`; an empty draft where none can be quoted."""
    quote = _placed(settings, same_case=same_case)
    if (wrong := contradiction(question, ranked)) is not None:
        return Drafted(Draft((), (), ""), COMPOSED, against=_correction(wrong, quote), hit=wrong.hit)
    warnings: tuple[str, ...] = ()
    if models.chat is not None:
        name = models.chat.name
        try:
            said = write(question, hits, filings, models.chat, passages=settings.chat_passages)
        except ModelUnavailable as error:
            warnings = (f"{str(error).rstrip('. ')}. The answer was composed without it.",)
        else:
            if said.silent:
                return Drafted(
                    Draft((), (), ""), name, ("The chat model found no answer in the passages.",), silent=True
                )
            if said.picks:
                return Drafted(compose(question, said.picks, quote), name, said.warnings)
            warnings = (*said.warnings, f"{name} gave nothing that stands; the answer was composed without it.")
    return Drafted(compose(question, choose(question, ranked), quote), COMPOSED, warnings)


def compose_answer(question: Question, picks: Sequence[Pick], settings: Settings, *, same_case: bool) -> Drafted:
    """The answer that is just these quotations."""
    return Drafted(compose(question, picks, _placed(settings, same_case=same_case)), COMPOSED)


def _placed(settings: Settings, *, same_case: bool) -> Callable[[Pick], Quote]:
    """Where a pick stands and how it is cited."""
    return lambda pick: place_quote(
        pick.filing, pick.start, pick.end, same_case=same_case, page_style=settings.page_style
    )


def _correction(wrong: Candidate, quote: Callable[[Pick], Quote]) -> str:
    """What the record shows instead: who says it, its words, and where they stand."""
    start, end = excerpt(wrong.filing, wrong.index)
    pick = Pick(wrong.filing, start, end, wrong.page, voice_of_words(wrong.filing, start, end))
    shown = quote(pick)
    return f"{NOT_SO} {lead_in(pick.voice)} “{folded(shown.text)}” {shown.citation}."
