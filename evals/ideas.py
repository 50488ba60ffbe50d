"""Ideas for retrieval, each measured beside the same without it: python -m evals.ideas [--only NAME …]

A recipe is what retrieve() does with the reranker off, its steps rag/retrieve.py's own and their strengths arguments.
An idea changes one thing. Differences are in page_hit@1, @5 and @10 over the questions of a dataset, with the interval
of a paired bootstrap; rows go to evals/rows.jsonl, the newest of an idea replacing the older, and on to RESULTS.md.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import PinciteError
from corpus.model import Passage
from evals.compare import difference
from evals.datasets import Dataset, load_dataset
from evals.measures import DEPTH as HITS
from evals.measures import Spot, hit_scores
from evals.results import write_results
from evals.systems import open_here
from rag.cast import set_cast, speaks
from rag.lexical import BOOSTS, Boosts
from rag.library import Library
from rag.model import Filters, Question
from rag.models import Models
from rag.prefer import PREFERENCE, is_named, is_of_court_asked, named_cases
from rag.question import read_question
from rag.retrieve import BESIDE, DEPTH, LEXICAL_SHARE, PAGE_SHARE, Ranking, Scored, filing_of, fuse, insist, lift, place
from rag.settings import read_settings

ROWS = Path(__file__).with_name("rows.jsonl")
MEASURES = ("page_hit@1", "page_hit@5", "page_hit@10")
READ = 60  # passages read after fusion
SMOOTHING = 60  # of reciprocal rank fusion: Cormack, Clarke and Buettcher, SIGIR 2009


@dataclass(frozen=True, slots=True)
class Recipe:
    """The strengths of each step. The defaults are the product's, with the reranker off.

    `rrf` fuses by reciprocal ranks; `feedback` first hits have their words' vector mixed into the query's (Rocchio);
    `by_page` adds to a passage the scores of the others on its page; `voice` is added for passages in a voice asked
    for, `kind` to those of a kind of filing asked for, `case` to those of a case that is named, `restated` to those
    that report somebody else's view, `syllabus` to those of a syllabus that is not asked for. These are in standard
    deviations of the fused score.
    """

    lexical_share: float = LEXICAL_SHARE
    beside: float = BESIDE
    depth: int = DEPTH
    page_share: int = PAGE_SHARE
    rrf: bool = False
    insist: bool = True
    boosts: Boosts = BOOSTS
    feedback: int = 0
    feedback_share: float = 0.3
    by_page: float = 0.0
    voice: float = PREFERENCE
    kind: float = PREFERENCE
    named: float = PREFERENCE
    level: float = PREFERENCE
    case: float = PREFERENCE
    restated: float = 0.0
    syllabus: float = -PREFERENCE


@dataclass(frozen=True, slots=True)
class Idea:
    """Two recipes that differ in one thing, and what became of it."""

    name: str
    without: Recipe
    recipe: Recipe
    kept: str


PRODUCT = Recipe()
BARE = replace(BOOSTS, headings=0.0, title=0.0)
DOUBLE = replace(BOOSTS, headings=2 * BOOSTS.headings, title=2 * BOOSTS.title)
UNASKED = replace(PRODUCT, voice=0.0, kind=0.0, named=0.0, level=0.0)
HALF_ASKED = replace(PRODUCT, voice=1.0, kind=1.0, named=1.0, level=1.0)
IDEAS = (
    Idea("BM25 beside dense", replace(PRODUCT, lexical_share=0.0), PRODUCT, "kept"),
    Idea("dense beside BM25", replace(PRODUCT, lexical_share=1.0), PRODUCT, "kept"),
    Idea("scores mixed, not reciprocal ranks", replace(PRODUCT, rrf=True), PRODUCT, "kept"),
    Idea("neighbours lift a passage", replace(PRODUCT, beside=0.0), PRODUCT, "kept"),
    Idea("neighbours lift twice as much", PRODUCT, replace(PRODUCT, beside=2 * BESIDE), "dropped"),
    Idea("lexical share 0.5", PRODUCT, replace(PRODUCT, lexical_share=0.5), "dropped"),
    Idea("lexical share 0.3", PRODUCT, replace(PRODUCT, lexical_share=0.3), "dropped"),
    Idea("300 of each ranking compared", PRODUCT, replace(PRODUCT, depth=300), "dropped"),
    Idea("30 of each ranking compared", PRODUCT, replace(PRODUCT, depth=30), "dropped"),
    Idea("what is named exactly goes first", replace(PRODUCT, insist=False), PRODUCT, "kept"),
    Idea("BM25 reads headings and titles", replace(PRODUCT, boosts=BARE), PRODUCT, "kept"),
    Idea("headings and titles count double", PRODUCT, replace(PRODUCT, boosts=DOUBLE), "dropped"),
    Idea("pseudo-relevance feedback, 3 passages", PRODUCT, replace(PRODUCT, feedback=3), "dropped"),
    Idea("pseudo-relevance feedback, 8 passages", PRODUCT, replace(PRODUCT, feedback=8), "dropped"),
    Idea("passages of a page add up", PRODUCT, replace(PRODUCT, by_page=0.2), "dropped"),
    Idea("one passage a page", replace(PRODUCT, page_share=2), PRODUCT, "kept"),
    Idea("voice asked for +0.5", UNASKED, replace(UNASKED, voice=0.5), "a part of the last"),
    Idea("voice asked for +1", UNASKED, replace(UNASKED, voice=1.0), "a part of the last"),
    Idea("voice asked for +2", UNASKED, replace(UNASKED, voice=2.0), "a part of the last"),
    Idea("kind of filing asked for +1", UNASKED, replace(UNASKED, kind=1.0), "a part of the last"),
    Idea("voice and kind asked for +1", UNASKED, replace(UNASKED, voice=1.0, kind=1.0), "a part of the last"),
    Idea("speaker named +1", UNASKED, replace(UNASKED, named=1.0), "a part of the last"),
    Idea("court below or above asked for +1", UNASKED, replace(UNASKED, level=1.0), "a part of the last"),
    Idea("voice, kind, speaker and court asked for +1", UNASKED, HALF_ASKED, "dropped"),
    Idea("voice, kind, speaker and court asked for +2", UNASKED, PRODUCT, "kept"),
    Idea("restated views −0.5", PRODUCT, replace(PRODUCT, restated=-0.5), "dropped"),
    Idea("restated views −1", PRODUCT, replace(PRODUCT, restated=-1.0), "dropped"),
    Idea("case named +2", replace(PRODUCT, case=0.0), PRODUCT, "kept"),
    Idea("a syllabus not asked for −2", replace(PRODUCT, syllabus=0.0), PRODUCT, "kept"),
)  # fmt: skip


class Kitchen:
    """Recipes over one library; what does not depend on the recipe is looked up once."""

    def __init__(self, library: Library, models: Models) -> None:
        self.library, self.models = library, models
        self.scope = library.scope(Filters())
        self.refs = library.catalog.refs(library.catalog.ids())
        self.listings = library.catalog.listings(limit=None)
        self.writings = {key: library.catalog.filing(key).writings for key in self.refs}
        self.vector = lru_cache(maxsize=4096)(models.embedder.embed_query)

    def search(self, query: str, recipe: Recipe) -> list[Spot]:
        """The places of the first passages, best first."""
        question = set_cast(read_question(query), self.listings)
        ranking = self._fused(question, recipe)[:READ]
        passages = {passage.id: passage for passage in self.library.catalog.passages([key for key, _ in ranking])}
        ranked = [(passages[key], score) for key, score in ranking]
        named = named_cases(question.text, {filing_of(p): self.refs[filing_of(p)] for p, _ in ranked})
        gains = [self._bonus(question, p, recipe) + recipe.case * (filing_of(p) in named) for p, _ in ranked]
        gained = [(p, score + gain) for (p, score), gain in zip(ranked, gains, strict=True)]
        ranked = sorted(gained, key=lambda item: -item[1])
        if recipe.insist:
            ranked = insist(question, ranked, self.refs)
        first = _spread(ranked, recipe.page_share)[:HITS]
        hits = place(question, first, self.library, self.refs, self.library.settings)
        return [Spot(hit.filing.file, hit.first_page or hit.page, hit.end_page) for hit in hits]

    def _fused(self, question: Question, recipe: Recipe) -> Ranking:
        depth = max(READ, recipe.depth)
        lexical = self.library.matching(
            question.text, depth, self.scope, phrases=question.phrases, boosts=recipe.boosts
        )
        dense = self.library.nearest(self.vector(question.text), depth, self.scope)
        if recipe.feedback:
            dense = self.library.nearest(self._nearer(question, dense, recipe), depth, self.scope)
        fused = _reciprocal(dense, lexical) if recipe.rrf else fuse(dense, lexical, recipe.lexical_share)
        return self._by_page(lift(fused, recipe.beside), recipe.by_page)

    def _nearer(self, question: Question, dense: Ranking, recipe: Recipe) -> np.ndarray:
        """The query's vector moved towards the mean of its first passages."""
        texts = [p.text for p in self.library.catalog.passages([key for key, _ in dense[: recipe.feedback]])]
        mean = self.models.embedder.embed_passages(texts).mean(axis=0)
        moved = (1 - recipe.feedback_share) * self.vector(question.text) + recipe.feedback_share * mean
        out: np.ndarray = (moved / np.linalg.norm(moved)).astype(np.float32)
        return out

    def _by_page(self, ranking: Ranking, share: float) -> Ranking:
        """Add to each passage `share` of what the others on its page score above the lowest."""
        if not share:
            return ranking
        low = min(score for _, score in ranking)
        pages = {p.id: (filing_of(p), p.page) for p in self.library.catalog.passages([key for key, _ in ranking])}
        sums: Counter[tuple[str, int]] = Counter()
        for key, score in ranking:
            sums[pages[key]] += score - low  # type: ignore[assignment]  # a Counter adds floats as well
        return sorted(
            ((key, score + share * (sums[pages[key]] - (score - low))) for key, score in ranking), key=lambda x: -x[1]
        )

    def _bonus(self, question: Question, passage: Passage, recipe: Recipe) -> float:
        """What a passage gains by who speaks in it, and where."""
        ref = self.refs[filing_of(passage)]
        writings = self.writings[filing_of(passage)]
        writing = writings[passage.writing].kind if passage.writing is not None else None
        bonus = recipe.voice * any(speaks(question, passage.speaker.role, writing, voice) for voice in question.voices)
        bonus += recipe.kind * (ref.kind in question.kinds)
        bonus += recipe.named * is_named(question.text, passage.speaker.name)
        bonus += recipe.level * is_of_court_asked(question.text, ref.kind)
        bonus += recipe.restated * (passage.restates is not None)
        return bonus + recipe.syllabus * (writing == "syllabus" and "syllabus" not in question.voices)


def measure(idea: Idea, dataset: Dataset, kitchen: Kitchen, known: dict[Recipe, Any]) -> list[dict[str, Any]]:
    """The rows of an idea on a dataset, one a measure."""
    pairs = [_scores(recipe, dataset, kitchen, known) for recipe in (idea.without, idea.recipe)]
    both = {qid: (pairs[0][qid], pairs[1][qid]) for qid in pairs[0]}
    found = [difference(name, both) for name in MEASURES]
    made = [{**asdict(one), "idea": idea.name, "dataset": dataset.name, "kept": idea.kept} for one in found if one]
    return [{name: value for name, value in row.items() if name not in ("wins", "losses")} for row in made]


def main() -> None:
    """Measure the ideas, keep their rows, write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=[idea.name for idea in IDEAS])
    parser.add_argument("--dataset", action="append", help="gold and sample unless given")
    given = parser.parse_args()
    chosen = [idea for idea in IDEAS if not given.only or idea.name in given.only]
    settings = read_settings(os.environ, reranker="none")
    try:
        for name in given.dataset or ["gold", "sample"]:
            dataset = load_dataset(name)
            known: dict[Recipe, Any] = {}
            with open_here(dataset, settings) as system:
                kitchen = Kitchen(system.library, system.models)
                for idea in chosen:
                    rows = measure(idea, dataset, kitchen, known)
                    keep(rows, ROWS)
                    sys.stdout.write("".join(json.dumps(row) + "\n" for row in rows))
                    sys.stdout.flush()
        write_results()
    except PinciteError as error:
        sys.exit(f"{type(error).__name__}: {error}")


def keep(rows: Sequence[dict[str, Any]], path: Path) -> None:
    """Put rows in the place of those for the same idea, dataset and measure."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    table = {_name(row): row for row in [*map(json.loads, lines), *rows]}
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in table.values()), encoding="utf-8")


def _name(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row["idea"], row["dataset"], row["measure"]


def _scores(
    recipe: Recipe, dataset: Dataset, kitchen: Kitchen, known: dict[Recipe, dict[str, dict[str, float]]]
) -> dict[str, dict[str, float]]:
    if recipe not in known:
        asked = [j for j in dataset.judgments if j.answerable and j.kind != "follow-up"]
        known[recipe] = {j.qid: hit_scores(j, kitchen.search(j.question, recipe)) for j in asked}
    return known[recipe]


def _reciprocal(dense: Ranking, lexical: Ranking) -> Ranking:
    scores: Counter[str] = Counter()
    for ranking in (dense, lexical):
        for rank, (key, _) in enumerate(ranking, 1):
            scores[key] += 1 / (SMOOTHING + rank)  # type: ignore[assignment]  # a Counter adds floats as well
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def _spread(ranked: Sequence[Scored], share: int) -> list[Scored]:
    seen: Counter[tuple[str, int]] = Counter()
    early: list[Scored] = []
    late: list[Scored] = []
    for passage, score in ranked:
        page = (filing_of(passage), passage.page)
        seen[page] += 1
        (early if seen[page] <= share else late).append((passage, score))
    return early + late


if __name__ == "__main__":
    main()
