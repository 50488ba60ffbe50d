"""The training cases, their development split, and the gold files, as passages and queries.

    train_set(shared), dev_set(shared), gold_set(shared) -> Collection(passages, queries)

The split is by case and fixed by `SPLIT_SEED`: a case's opinions, questions and holdings are all on one side.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from evals.train.passages import TrainingPassage, cut, pdf_pages, sentences, title_from_heads

SHARED = Path(__file__).resolve().parents[3] / "shared"
SPLIT_SEED = 13
DEV_CASES = 45
LEAST_QUERY_WORDS = 7  # a shorter sentence of a holding ("We disagree.") asks nothing

QueryKind = Literal["holding", "passage", "reporter", "reporter_first"]


@dataclass(frozen=True)
class Query:
    """A question, or a sentence the Reporter wrote (`reporter`); `pages` hold its answer in the opinion of `case`."""

    qid: str
    case: str
    text: str
    pages: frozenset[int]
    kind: QueryKind


@dataclass(frozen=True)
class Collection:
    """Passages of several opinions, those of a case next to each other, and the queries about them."""

    passages: list[TrainingPassage]
    queries: list[Query]

    def rows_of(self) -> dict[str, list[int]]:
        """The indexes of each case's passages."""
        rows: dict[str, list[int]] = {}
        for i, passage in enumerate(self.passages):
            rows.setdefault(passage.case, []).append(i)
        return rows


def train_set(shared: Path = SHARED) -> Collection:
    """All training cases but the development ones."""
    return _part(shared, dev=False)


def dev_set(shared: Path = SHARED) -> Collection:
    """The held-out training cases; of holdings only the first sentences."""
    part = _part(shared, dev=True)
    return Collection(part.passages, [q for q in part.queries if q.kind != "reporter"])


@lru_cache(maxsize=1)
def gold_set(shared: Path = SHARED) -> Collection:
    """The 53 scored opinions read from their PDFs; never trained on."""
    passages: list[TrainingPassage] = []
    for path in sorted((shared / "court-pdfs" / "opinions").glob("*.pdf")):
        pages = pdf_pages(path)
        passages += cut(path.name, title_from_heads(pages), pages)
    queries = [
        Query(row["qid"], row["file"], row["question"], frozenset(row["pages"]), "holding")
        for row in read_rows(shared / "gold" / "questions.jsonl")
        if row["answerable"]
    ]
    for row in read_rows(shared / "gold" / "holdings.jsonl"):
        text = first_sentence(row["question"])
        queries.append(Query("h" + row["qid"], row["file"], text, frozenset(row["pages"]), "reporter_first"))
    return Collection(passages, queries)


def first_sentence(holding: str) -> str:
    """The first sentence of a holding, as the Reporter's text breaks it."""
    start, end = sentences(holding)[0]
    return holding[start:end].strip()


def draw_cases(cases: Iterable[str]) -> frozenset[str]:
    """DEV_CASES of the cases, each given once, in whatever order they come."""
    return frozenset(random.Random(SPLIT_SEED).sample(sorted(cases), DEV_CASES))


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSONL file, plain or gzipped."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _part(shared: Path, *, dev: bool) -> Collection:
    opinions = _opinions(shared)
    held_out = draw_cases(opinions)
    chosen = [case for case in opinions if (case in held_out) == dev]
    passages = [p for case in chosen for p in opinions[case]]
    words = {case: _vocabulary(opinions[case]) for case in chosen}
    queries: list[Query] = []
    for i, row in enumerate(read_rows(shared / "train" / "questions.jsonl")):
        if row["case"] in words:
            queries.append(Query(f"q{i}", row["case"], row["question"], frozenset(row["pages"]), row["about"]))
    for i, row in enumerate(read_rows(shared / "train" / "holdings.jsonl.gz")):
        if row["case"] in words:
            queries += _holding_queries(i, row, words[row["case"]])
    return Collection(passages, queries)


@lru_cache(maxsize=1)
def _opinions(shared: Path) -> dict[str, list[TrainingPassage]]:
    rows = read_rows(shared / "train" / "opinions.jsonl.gz")
    return {row["case"]: cut(row["case"], row["title"], row["pages"]) for row in rows}


def _holding_queries(number: int, row: dict[str, Any], words: Counter[str]) -> list[Query]:
    """One query a sentence; every second sentence has the words that its text layer broke put together again."""
    made: list[Query] = []
    text, pages = row["holding"], frozenset(row["pages"])
    for j, (start, end) in enumerate(sentences(text)):
        sentence = text[start:end].strip()
        if j and len(sentence.split()) < LEAST_QUERY_WORDS:
            continue
        if (number + j) % 2:
            sentence = mend(sentence, words)
        kind: QueryKind = "reporter" if j else "reporter_first"
        made.append(Query(f"h{number}.{j}", row["case"], sentence, pages, kind))
    return made


def mend(text: str, words: Counter[str]) -> str:
    """Join two neighbouring words where only their union is a word of the opinion ("out side" -> "outside")."""
    out: list[str] = []
    for token in text.split():
        if out and token[:1].islower():
            left, right = (re.sub(r"[^a-z]", "", part.lower()) for part in (out[-1], token))
            if left and right and words[left + right] and not (words[left] and words[right]):
                out[-1] += token
                continue
        out.append(token)
    return " ".join(out)


def _vocabulary(passages: list[TrainingPassage]) -> Counter[str]:
    return Counter(word for p in passages for word in re.findall(r"[a-z]+", p.text.lower()))
