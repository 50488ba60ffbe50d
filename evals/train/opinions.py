"""The held-out training opinions as a library of the product's: what is searched to learn when to stay silent.

ingest(library, …)     the held-out cases and FILLERS others, ingested once as the product ingests
    read_text          a text file that poses as a PDF becomes a Filing: passages as the trainers cut them, writings,
                       speakers and holdings as the product reads them
Cases held out are those that the embedder and the reranker did not train on.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from corpus.model import Box, Facts, Filing, Line, Page, Paragraph, Passage, Reading, Speaker, Writing
from corpus.speakers import find_sentences
from corpus.structure import Structure
from corpus.workers import Beat, Correction
from corpus.writings import kind_of_phrase
from evals.train.data import DEV_CASES, SHARED, SPLIT_SEED
from evals.train.passages import TrainingPassage, cut
from rag.library import Library
from rag.models import Models
from rag.pipeline import build
from rag.settings import Settings

FILLERS = 75  # training cases beside the held-out ones, so that questions have neighbours
SEED = 7
COURT = Speaker("court", None)
Row = dict[str, Any]


def ingest(library: Library, models: Models, settings: Settings, folder: Path) -> None:
    """The held-out opinions and FILLERS others, each written as a text file that poses as a PDF."""
    folder.mkdir(parents=True, exist_ok=True)
    opinions = read_rows(SHARED / "train" / "opinions.jsonl.gz")
    held_out = held_out_cases()
    others = [row for row in opinions if row["case"] not in held_out]
    chosen = [row for row in opinions if row["case"] in held_out] + random.Random(SEED).sample(others, FILLERS)
    for row in chosen:
        path = folder / f"{row['case']}.pdf"
        if not path.is_file():
            path.write_text(json.dumps(row), encoding="utf-8")
    if library.catalog.count() < len(chosen):
        build([folder], library, models, settings, read=read_text)


def held_out_cases() -> frozenset[str]:
    """The cases that embedder and reranker did not train on (as evals.train.data splits them)."""
    cases = sorted(row["case"] for row in read_rows(SHARED / "train" / "opinions.jsonl.gz"))
    return frozenset(random.Random(SPLIT_SEED).sample(cases, DEV_CASES))


def held_out_questions() -> list[Row]:
    """The natural questions about the held-out cases, all of which those cases answer."""
    held_out = held_out_cases()
    return [row for row in read_rows(SHARED / "train" / "questions.jsonl") if row["case"] in held_out]


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSONL file, plain or gzipped."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_text(path: Path, *, correction: Correction, ocr: bool, progress: Beat) -> Filing:
    """A training opinion as a Filing: a paragraph a passage, a line a sentence, pages of its passages."""
    row = json.loads(path.read_text("utf-8"))
    key = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    cuts = cut(row["case"], row["title"], row["pages"])
    text = "".join(f"{made.text}\n" for made in cuts)
    starts = [0]
    for made in cuts:
        starts.append(starts[-1] + len(made.text) + 1)
    paragraphs = tuple(Paragraph(start, start + len(made.text)) for start, made in zip(starts, cuts, strict=False))
    first = {made.pages[0]: start for start, made in reversed(list(zip(starts, cuts, strict=False)))}
    bounds = [first.get(number, 0) for number in range(1, len(row["pages"]) + 1)]
    pages = tuple(Page(number, start, start, 612, 792, str(number)) for number, start in enumerate(bounds, 1))
    lines = tuple(
        _line(start, start + len(made.text), made.pages[0]) for start, made in zip(starts, cuts, strict=False)
    )
    facts = Facts(title=row["title"], case_name=row["title"].title(), court="scotus", kind="opinion")
    reading = Reading(key, path.name, text, len(text), pages, lines, paragraphs)
    writings = tuple(_writings(cuts, starts))
    sentences = find_sentences(reading, facts, Structure(paragraphs, (), writings))
    lines = tuple(_line(s.start, s.end, _page(cuts, starts, s.start)) for s in sentences)
    return Filing(
        id=key,
        file=path.name,
        facts=facts,
        text=text,
        body_end=len(text),
        pages=pages,
        lines=lines,
        paragraphs=paragraphs,
        writings=writings,
        sentences=sentences,
        passages=tuple(_passages(key, cuts, starts, writings)),
    )


def _line(start: int, end: int, page: int) -> Line:
    """A stretch of text as a line; where it stands on the page is not known."""
    return Line(start, end, page, Box(page, 0.1, 0.1, 0.9, 0.2))


def _page(cuts: Sequence[TrainingPassage], starts: Sequence[int], offset: int) -> int:
    at = max(i for i, start in enumerate(starts[:-1]) if start <= offset)
    return cuts[at].pages[0]


def _writings(cuts: Sequence[TrainingPassage], starts: Sequence[int]) -> Iterator[Writing]:
    """The separate writings as the running heads name them; the court's own is the majority."""
    for name, group in groupby(range(len(cuts)), key=lambda i: cuts[i].writing):
        at = list(group)
        author, _, manner = name.partition(", ")
        first, last = cuts[at[0]].pages[0], cuts[at[-1]].pages[-1]
        kind = kind_of_phrase(manner or "concurring") if name else "majority"
        yield Writing(kind, author or None, starts[at[0]], starts[at[-1] + 1], first, last)


def _passages(
    key: str, cuts: Sequence[TrainingPassage], starts: Sequence[int], writings: Sequence[Writing]
) -> Iterator[Passage]:
    for ordinal, (start, made) in enumerate(zip(starts, cuts, strict=False)):
        writing = next(i for i, one in enumerate(writings) if one.start <= start < one.end)
        author = writings[writing].author
        speaker = Speaker("court", f"{author}, J." if author else None)
        end, page = start + len(made.text), made.pages
        yield Passage(
            f"{key}:{ordinal}", ordinal, start, end, made.text, page[0], page[-1], (), speaker, writing=writing
        )
