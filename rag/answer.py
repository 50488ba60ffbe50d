"""Hits become an answer: quotations chosen and composed, or silence.

answer_from(question, hits, …) -> Draft    the filings' own words, each quotation placed and cited
answer_with(chat, …)                       a chat model writes over the same passages and is held to them (rag/written.py)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.model import Filing
from rag.choose import Pick, choose
from rag.compose import Draft, compose
from rag.model import Hit, Question, Quote
from rag.models import Models
from rag.quotes import place_quote
from rag.sentences import candidates
from rag.settings import Settings


def answer_from(
    question: Question,
    hits: Sequence[Hit],
    filings: Mapping[str, Filing],
    models: Models,
    settings: Settings,
    *,
    same_case: bool,
) -> Draft:
    """The answer composed of the sentences of `hits` that answer best; an empty draft where none can be quoted."""
    picks = choose(question, candidates(question, hits, filings, models))

    def quote(pick: Pick) -> Quote:
        return place_quote(pick.filing, pick.start, pick.end, same_case=same_case, page_style=settings.page_style)

    return compose(question, picks, quote)
