"""Measure answers: python -m evals.bench.answers --home DIR [--reranker none] QUESTIONS.jsonl

    first two    of the answerable, those whose first two quotations stand on a gold page or hold the gold words
    verbatim     of all verified quotations, those whose letters and numbers pdfium reads on the stated page
    silence      of the unanswerable, those abstained from; of the answerable, those answered
    latency      median and 95th percentile of ask(), models warm

Questions are {question, answerable, file, pages, words?}. The check of the words shares no code with the
product's reader: pdfium's text of the page, everything but letters left out, since line numbers, footnote marks and
hyphens fall between words; numbers are looked for one by one.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import time
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pypdfium2

from rag.library import Library, open_library
from rag.model import Answer, Quote
from rag.models import load_models
from rag.pipeline import ask
from rag.settings import Settings


@dataclass
class Score:
    """What one run found. Lists hold a line for people about each miss."""

    answerable: int = 0
    answered: int = 0
    leading: int = 0
    unanswerable: int = 0
    silent: int = 0
    quotes: int = 0
    verbatim: int = 0
    missed: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)


def main() -> None:
    """Ask every question of the home and print the figures as JSON, then the misses."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--reranker", default="default")
    parser.add_argument("questions", type=Path)
    given = parser.parse_args()
    settings = Settings(home=given.home, reranker=given.reranker)
    models = load_models(settings)
    score = Score()
    with open_library(settings, models.embedder) as library:
        rows = [json.loads(line) for line in given.questions.read_text("utf-8").splitlines() if line.strip()]
        ask(rows[0]["question"], library=library, models=models, settings=settings)
        talks: dict[str, str] = {}
        for row in rows:
            started = time.perf_counter()
            talk = row.get("conversation")
            going = talks.get(talk, "new") if talk else None
            answer = ask(row["question"], library=library, models=models, settings=settings, conversation_id=going)
            if talk and answer.conversation_id:
                talks[talk] = answer.conversation_id
            score.milliseconds.append((time.perf_counter() - started) * 1000)
            judge(row, answer, library, score)
    print(json.dumps(figures(score), indent=1))  # noqa: T201
    for line in score.missed:
        print(line)  # noqa: T201


def judge(row: dict[str, Any], answer: Answer, library: Library, score: Score) -> None:
    """Add one answer to the score."""
    quotes = [quote for claim in answer.claims for quote in claim.quotes]
    if not row["answerable"]:
        score.unanswerable += 1
        score.silent += answer.abstained
        if not answer.abstained:
            score.missed.append(f"answered: {row['question']} -> {quotes[0].text[:120] if quotes else ''}")
        return
    score.answerable += 1
    score.answered += not answer.abstained
    leads = any(is_gold(row, quote) for quote in quotes[:2])
    score.leading += leads
    if not leads:
        where = [(q.file, q.page) for q in quotes[:3]]
        score.missed.append(
            f"{'silent' if answer.abstained else 'astray'}: {row['question']} {row['pages']} -> {where}"
        )
    for quote in quotes:
        if is_image(quote, library.pdf(quote.filing_id)):
            continue  # a scan: pdfium reads nothing there to check against
        score.quotes += 1
        good = stands(quote, library.pdf(quote.filing_id))
        score.verbatim += good
        if not good:
            score.missed.append(f"not on page: {quote.file} {quote.page}: {quote.text!r}")


def is_gold(row: dict[str, Any], quote: Quote) -> bool:
    """Whether a quotation stands on a gold page of the gold file, or holds the gold words."""
    places = [row, *row.get("also", ())]
    if any(place.get("file") == quote.file and quote.page in place.get("pages", ()) for place in places):
        return True
    words = row.get("words") or ()
    listed = [words] if isinstance(words, str) else list(words)
    return any(_letters(w) and _letters(w) in _letters(quote.text) for w in listed)


def stands(quote: Quote, pdf: Path) -> bool:
    """Whether the quotation's letters run on, and its numbers stand, on its page or over onto the next."""
    if quote.page is None:
        return False
    pages = page_texts(pdf)[quote.page - 1 : quote.page + 1]
    said, letters = _letters(quote.text), [_letters(page) for page in pages]
    numbers = set(re.findall(r"\d+", quote.text)) - set(re.findall(r"\d+", " ".join(pages)))
    if numbers:
        return False
    return said in letters[0] or (len(letters) > 1 and _runs_over(said, letters[0], letters[1]))


def is_image(quote: Quote, pdf: Path) -> bool:
    """Whether pdfium reads hardly any letters on the quotation's page."""
    return quote.page is not None and len(_letters(page_texts(pdf)[quote.page - 1])) < 200


def _runs_over(said: str, here: str, there: str) -> bool:
    """Whether the beginning of `said` stands on this page and all the rest on the next, head lines between."""
    low = 0
    for size in range(len(said), 0, -1):
        if said[:size] in here:
            low = size
            break
    return low > 0 and any(said[cut:] in there for cut in range(max(low - 3, 1), low + 1))


@lru_cache(maxsize=128)
def page_texts(pdf: Path) -> tuple[str, ...]:
    """The text of every page as pdfium gives it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def figures(score: Score) -> dict[str, float]:
    """Shares and times, rounded."""
    ranked = sorted(score.milliseconds)
    return {
        "first two": round(score.leading / max(score.answerable, 1), 4),
        "answered": round(score.answered / max(score.answerable, 1), 4),
        "silent": round(score.silent / max(score.unanswerable, 1), 4),
        "verbatim": round(score.verbatim / max(score.quotes, 1), 4),
        "quotes": score.quotes,
        "median ms": round(statistics.median(ranked), 1),
        "p95 ms": round(ranked[int(len(ranked) * 0.95)], 1),
    }


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", _unligated(text).lower())


def _unligated(text: str) -> str:
    for sign, letters in (("ﬀ", "ff"), ("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬃ", "ffi"), ("ﬄ", "ffl")):
        text = text.replace(sign, letters)
    return text


if __name__ == "__main__":
    main()
