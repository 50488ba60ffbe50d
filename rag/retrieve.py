"""Find the passages that answer a query.

retrieve(query, library, models, settings, k=10, filters=Filters()) -> Found
  search      dense (Chroma) and lexical (tantivy) over the passages that the filters allow
  fuse, lift  the two rankings into one by their scores; a passage gains from its neighbours
  prefer      passages of whoever is asked about before others that say the same (rag/prefer.py)
  rerank      the first few read by a cross-encoder, if one is set, its score mixed with the fused one
  insist      passages with every quoted phrase and docket entry that the query names go first
  spread      one page does not fill the list
  place       page, lines, boxes, speaker and citation looked up from the passage's offsets; of two pages, the one
              that has more of the query's words is the one to open
Scores are the last stage's: higher is better, comparable only within one call.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from corpus.model import Filing, Line, Passage, Writing
from rag.cast import set_cast
from rag.cite import cite
from rag.inputs import model_input
from rag.library import Library
from rag.model import FilingRef, Filters, Found, Hit, Question
from rag.models import Models, Reranker
from rag.places import place_of
from rag.prefer import prefer, sides_key
from rag.question import read_question
from rag.settings import Settings
from rag.words import content_words

# Chosen on held-out cases of the training opinions (evals/train/rows.jsonl).
LEXICAL_SHARE = 0.4  # of the fused score; the rest is the dense one's
BESIDE = 0.3  # of its neighbours' mean score that a passage gains: an answer is seldom alone on its page
DEPTH = 200  # passages of each ranking whose scores are compared
RERANK_SHARE = 0.3  # of the standardised reranker score that is added to the fused one
PAGE_SHARE = 1  # passages of one page before others get their turn
PHRASE_SHARE = 0.5  # of a query's words in quotation marks, from which on the phrase is what is looked for

Scored = tuple[Passage, float]
Ranking = list[tuple[str, float]]  # (passage id, score), best first


def retrieve(
    query: str, library: Library, models: Models, settings: Settings, *, k: int = 10, filters: Filters | None = None
) -> Found:
    """The `k` best passages for `query`, best first; fewer where fewer are allowed or hold the phrase asked for.

    Raises BadFilter for a filter value outside a closed list, IndexMismatch for vectors of another model.
    """
    clock = Stopwatch()
    question = read_question(query)
    ranking, dense_best = search(question, library, models, k=max(settings.retrieve_k, k), filters=filters or Filters())
    clock.lap("search")
    passages = {passage.id: passage for passage in library.catalog.passages([key for key, _ in ranking])}
    ranked = [(passages[key], score) for key, score in ranking if key in passages]
    refs = library.catalog.refs(filing_of(passage) for passage, _ in ranked)
    writings = library.catalog.writings(refs)
    ranked = prefer(_with_cast(question, refs, library), ranked, refs, writings)
    clock.lap("read")
    signals = {"dense": dense_best}
    if models.reranker is not None and ranked:
        ranked, signals["rerank"] = rerank(
            query, ranked, refs, models.reranker, first=settings.rerank_k, writings=writings
        )
        clock.lap("rerank")
    hits = place(question, spread(insist(question, ranked, refs))[:k], library, refs, settings)
    clock.lap("place")
    return Found(hits, clock.laps, signals)


def search(question: Question, library: Library, models: Models, *, k: int, filters: Filters) -> tuple[Ranking, float]:
    """Up to `k` passage ids with their fused scores, best first, and the best cosine (0.0 if nothing is allowed)."""
    library.check_embedder(models.embedder)
    scope = library.scope(filters)
    dense = library.nearest(models.embedder.embed_query(question.text), max(k, DEPTH), scope)
    lexical = library.matching(
        question.text, max(k, DEPTH), scope, phrases=question.phrases, insist=_is_phrase_search(question)
    )
    fused = lift(fuse(dense, lexical, LEXICAL_SHARE), BESIDE)
    return fused[:k], max((score for _, score in dense), default=0.0)


def fuse(dense: Ranking, lexical: Ranking, lexical_share: float) -> Ranking:
    """Mix two rankings of passage ids by their standardised scores, best first; ties go to the smaller id.

    Each ranking is standardised over its own scores (mean 0, deviation 1), for cosines and BM25 share no scale; a
    passage that one ranking lacks takes that ranking's lowest score. Scores are comparable only within one call.
    """
    mixed: dict[str, float] = {}
    parts = [(_by_id(dense), 1 - lexical_share), (_by_id(lexical), lexical_share)]
    lowest = sum(share * min(scores.values(), default=0.0) for scores, share in parts)
    for scores, share in parts:
        low = min(scores.values(), default=0.0)
        for key, score in scores.items():
            mixed[key] = mixed.get(key, lowest) + share * (score - low)
    return _ordered(mixed)


def lift(ranking: Ranking, share: float) -> Ranking:
    """Add to each passage `share` of the mean score of the passages before and after it in its filing.

    A neighbour outside the ranking counts as its lowest score.
    """
    scores = dict(ranking)
    low = min(scores.values(), default=0.0)

    def beside(key: str) -> float:
        filing, _, ordinal = key.rpartition(":")
        return sum(scores.get(f"{filing}:{int(ordinal) + step}", low) for step in (-1, 1)) / 2

    return _ordered({key: score + share * beside(key) for key, score in ranking})


def insist(question: Question, ranked: Sequence[Scored], refs: Mapping[str, FilingRef]) -> list[Scored]:
    """Bring passages that hold what the query names exactly before those that do not; order is kept within each.

    A query that is mostly a quoted phrase drops passages without it, as a lawyer expects of quotation marks; if none
    has it, nothing is left. A docket entry ("ECF No. 45") is named by the filing that is it, or by a passage citing it.
    """
    held = [(_held(question, passage, refs[filing_of(passage)]), passage, score) for passage, score in ranked]
    if _is_phrase_search(question):
        phrases = len(question.phrases)
        return [(passage, score) for count, passage, score in held if count >= phrases]
    return [(passage, score) for _, passage, score in sorted(held, key=lambda item: -item[0])]


def rerank(
    query: str,
    ranked: Sequence[Scored],
    refs: Mapping[str, FilingRef],
    reranker: Reranker,
    *,
    first: int,
    writings: Mapping[str, Sequence[Writing]] | None = None,
) -> tuple[list[Scored], float]:
    """Reorder the `first` passages by their score and RERANK_SHARE of the reranker's; the rest follow unread.

    Also gives the best raw score of the reranker. Its scores are standardised over the passages read, as the fused ones
    are over theirs.
    """
    few, rest = list(ranked[:first]), list(ranked[first:])
    apart = writings or {}
    texts = [model_input(reranker.text_template, refs[filing_of(p)], apart.get(filing_of(p), ()), p) for p, _ in few]
    raw = reranker.score(query, texts)
    mixed = np.array([score for _, score in few]) + RERANK_SHARE * _standardised(raw)
    order = sorted(range(len(few)), key=lambda i: (-mixed[i], i))
    floor = float(mixed.min())
    tail = [(passage, floor - rank) for rank, (passage, _) in enumerate(rest, 1)]
    return [(few[i][0], float(mixed[i])) for i in order] + tail, float(raw.max())


def spread(ranked: Sequence[Scored]) -> list[Scored]:
    """The same passages, but the second and later of one page wait behind the rest."""
    seen: Counter[tuple[str, int]] = Counter()
    early: list[Scored] = []
    late: list[Scored] = []
    for passage, score in ranked:
        page = (filing_of(passage), passage.page)
        seen[page] += 1
        (early if seen[page] <= PAGE_SHARE else late).append((passage, score))
    return early + late


def place(
    question: Question,
    ranked: Sequence[Scored],
    library: Library,
    refs: Mapping[str, FilingRef],
    settings: Settings,
) -> tuple[Hit, ...]:
    """Passages as hits: everything a reader needs to find them, looked up from their offsets.

    Citations take their same-case form only where the whole library is one case's record.
    """
    same_case = is_one_case(library.catalog.values("case_name"))
    words = set(content_words(question.text))
    return tuple(
        _hit(rank, scored, library, refs[filing_of(scored[0])], settings, words, same_case=same_case)
        for rank, scored in enumerate(ranked, 1)
    )


def is_one_case(names: Sequence[str]) -> bool:
    """Whether all these case names are one case's, however fully each filing writes its parties."""
    return len({sides_key(name) for name in names}) <= 1


def filing_of(passage: Passage) -> str:
    """The id of the filing that a passage belongs to."""
    return passage.id.rpartition(":")[0]


@dataclass
class Stopwatch:
    """Laps in milliseconds, by name, each from the end of the one before."""

    laps: dict[str, float] = field(default_factory=dict)
    _last: float = field(default_factory=time.perf_counter)

    def lap(self, name: str) -> None:
        """End a lap and call it `name`."""
        now = time.perf_counter()
        self.laps[name] = round((now - self._last) * 1000, 2)
        self._last = now


def _with_cast(question: Question, refs: Mapping[str, FilingRef], library: Library) -> Question:
    """The question with names read as sides, where all that was found is of one case."""
    names = [ref.case_name for ref in refs.values() if ref.case_name]
    if not names or not is_one_case(names):
        return question
    return set_cast(question, library.catalog.listings(Filters(filing_ids=tuple(refs)), limit=None))


def _hit(
    rank: int,
    scored: Scored,
    library: Library,
    ref: FilingRef,
    settings: Settings,
    words: set[str],
    *,
    same_case: bool,
) -> Hit:
    passage, score = scored
    filing = library.catalog.extract(ref.id, passage.page, passage.end_page)
    whole = place_of(filing, passage.start, passage.end, paragraph=passage.paragraph)
    where = place_of(filing, _opening(filing, passage, words), passage.end, paragraph=passage.paragraph)
    numbered = where.first.line is not None and where.last.line is not None
    writing = filing.writings[passage.writing] if passage.writing is not None else None
    return Hit(
        rank=rank,
        score=score,
        passage_id=passage.id,
        text=passage.text,
        citation=cite(filing.facts, whole, same_case=same_case, page_style=settings.page_style, file=filing.file),
        filing=ref,
        page=where.first.page,
        page_label=where.first.label,
        ecf_page=where.first.ecf_page,
        lines=(where.first.line, where.last.line) if numbered else None,  # type: ignore[arg-type]  # both are known
        end_page=passage.end_page,
        section=passage.headings,
        writing=writing.kind if writing else None,
        speaker=passage.speaker,
        restates=passage.restates,
        footnote=passage.footnote,
        boxes=filing.boxes_in(passage.start, passage.end),
        start=passage.start,
        end=passage.end,
        paragraph=passage.paragraph,
        first_page=passage.page,
    )


def _opening(filing: Filing, passage: Passage, words: set[str]) -> int:
    """The offset where the page to open begins in the passage: that with most of the `words`, the first of equals."""
    parts: dict[int, list[Line]] = {}
    for line in filing.lines_in(passage.start, passage.end):
        parts.setdefault(line.page, []).append(line)
    if len(parts) < 2:
        return passage.start

    def held(lines: Sequence[Line]) -> int:
        return len(words & set(content_words(filing.text[lines[0].start : min(lines[-1].end, passage.end)])))

    return max(passage.start, max(parts.values(), key=held)[0].start)


def _held(question: Question, passage: Passage, ref: FilingRef) -> int:
    """How many of the things that the query names exactly this passage holds."""
    text = _folded(passage.text)
    held = sum(_folded(phrase) in text for phrase in question.phrases)
    for entry in question.entries:
        cited = re.search(rf"(?:ecf|dkt|doc|docket)[^\d]{{0,12}}{re.escape(entry)}(?![\d-])", text)
        held += bool(cited) or entry in (ref.entry, f"{ref.entry}-{ref.attachment}" if ref.attachment else None)
    return held


def _is_phrase_search(question: Question) -> bool:
    """Whether quoted phrases are most of what the query says."""
    inside = sum(len(phrase.split()) for phrase in question.phrases)
    return inside > 0 and inside >= PHRASE_SHARE * len(question.text.split())


def _folded(text: str) -> str:
    """Lower case, straight quotation marks, single spaces: how phrases are compared."""
    return " ".join(text.lower().replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').split())


def _by_id(ranking: Ranking) -> dict[str, float]:
    """The ranking's scores, standardised, by passage id."""
    scores = _standardised([score for _, score in ranking])
    return {key: float(score) for (key, _), score in zip(ranking, scores, strict=True)}


def _ordered(scores: Mapping[str, float]) -> Ranking:
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def _standardised(values: Sequence[float] | np.ndarray) -> np.ndarray:
    """Mean 0, deviation 1; all zeros where the values do not differ."""
    array = np.asarray(values, dtype=np.float64)
    if not array.size:
        return array
    deviation = array.std()
    return (array - array.mean()) / deviation if deviation > 0 else np.zeros_like(array)
