"""Runs and judgments in TREC's form, and the measures ir-measures takes from them.

A document of the run is a page, named FILE#page=N (white space and the like percent-encoded). `hits.trec` lists the
pages that a question's hits touch, in order, each once; `qrels.trec` its gold pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote, unquote

from corpus.errors import DatasetError

Page = tuple[str, int]
MEASURES = ("nDCG@10", "RR@10", "R@10")


def page_name(page: Page) -> str:
    """A page as a TREC document: "45%20-%20Statement.pdf#page=3"."""
    return f"{quote(page[0])}#page={page[1]}"


def read_page_name(name: str) -> Page:
    """The page that a TREC document names. Raises ValueError."""
    file, mark, number = name.rpartition("#page=")
    if not mark:
        raise ValueError(f"{name!r} names no page")
    return unquote(file), int(number)


def write_run(path: Path, ranked: Mapping[str, Sequence[Page]], *, tag: str) -> None:
    """Ranked pages by question, best first; the score is one over the rank."""
    lines = (
        f"{quote(qid)} Q0 {page_name(page)} {rank} {1 / rank:.6f} {tag}\n"
        for qid, pages in ranked.items()
        for rank, page in enumerate(pages, 1)
    )
    path.write_text("".join(lines), encoding="utf-8")


def write_qrels(path: Path, gold: Mapping[str, Sequence[Page]]) -> None:
    """Gold pages by question, all of grade 1."""
    lines = (f"{quote(qid)} 0 {page_name(page)} 1\n" for qid, pages in gold.items() for page in pages)
    path.write_text("".join(lines), encoding="utf-8")


def trec_measures(
    gold: Mapping[str, Sequence[Page]], ranked: Mapping[str, Sequence[Page]]
) -> dict[str, dict[str, float]]:
    """MEASURES of each question by name. Source: ir-measures over pytrec_eval. Raises DatasetError without it."""
    try:
        import ir_measures
    except ImportError as error:
        raise DatasetError("the measures need ir-measures: pip install 'pincite[eval]'") from error
    qrels = {qid: {page_name(page): 1 for page in pages} for qid, pages in gold.items() if pages}
    run = {qid: {page_name(p): 1 / n for n, p in enumerate(ranked.get(qid, ()), 1)} for qid in qrels}
    scores: dict[str, dict[str, float]] = {qid: dict.fromkeys(MEASURES, 0.0) for qid in qrels}
    for found in ir_measures.iter_calc([ir_measures.parse_measure(name) for name in MEASURES], qrels, run):
        scores[found.query_id][str(found.measure)] = float(found.value)
    return scores
