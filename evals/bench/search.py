"""What a search costs by size of the library, filters included: median and 95th percentile in a table.

    python -m evals.bench.search HOME --sizes 1000 10000 100000 --queries ../shared/gold/questions.jsonl

HOME is a library of real filings (`pincite ingest`). Each size is a library of its own, made of copies of these
filings: in every copy a third of the words are replaced by others of the same length, so that offsets, lines and word
frequencies stay those of court papers while no two copies read alike, and every vector is moved a little. A copy is
spread over twenty matters, four courts and ten years. Timed is the whole of `retrieve`, the query's own embedding
included, model warm, without a reranker (with the one that is on by default: `--rerank`, of all filings only): as the
process that serves (Chroma where it is asked) and as a reader beside it.
CPU is the median of milliseconds of CPU, all threads together: on a busy machine it is the steadier figure.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from corpus.model import Filing
from rag.exact import FloatArray
from rag.library import Library, open_library
from rag.model import Filters
from rag.models import Models, load_embedder, load_reranker
from rag.retrieve import retrieve
from rag.rows import passage_id
from rag.settings import Settings

REPLACED = 0.33  # share of a copy's words
MOVED = 0.35  # length of the step that a copy's vectors take, before they are normalised again
MATTERS, COURTS, KINDS = 20, ("scotus", "ca9", "cadc", "cand"), ("opinion", "brief", "motion", "order")
SCOPES = {
    "all": Filters(),
    "one court (1/4)": Filters(court=("ca9",)),
    "since 2015 (1/2)": Filters(filed_after="2015-01-01"),
    "one matter (1/20)": Filters(matter=("matter 3",)),
    "dissents": Filters(writing=("dissent",)),
    "matter, court, kind, date": Filters(
        matter=("matter 3",), court=("ca9", "cand"), kind=("brief", "order"), filed_before="2018-01-01"
    ),
}


def main() -> None:
    """Make the libraries, time the searches, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--queries", type=Path, required=True, help="JSON lines with a `question` each")
    parser.add_argument("--keep", type=Path, help="keep the libraries made here, and use those that are there")
    parser.add_argument("--rerank", action="store_true", help="with the default reranker, over all filings")
    given = parser.parse_args()
    lines = given.queries.read_text("utf-8").splitlines()
    queries = [str(json.loads(line)["question"]) for line in lines]
    models = Models(load_embedder(Settings()), load_reranker(Settings()) if given.rerank else None)
    scopes = {"all": SCOPES["all"]} if given.rerank else SCOPES
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(
            f"{'passages':>9} {'scope':28}{'serving: median':>16}{'p95':>7}{'reading: median':>17}{'p95':>7}\n"
        )
        for size in given.sizes:
            home = (given.keep or Path(folder)) / f"of-{size}"
            if not home.is_dir():
                fill(Settings(home=given.home), Settings(home=home, reranker="none"), size, models)
            for line in timed(Settings(home=home), models, queries, scopes):
                sys.stdout.write(line + "\n")
                sys.stdout.flush()


def timed(settings: Settings, models: Models, queries: Sequence[str], scopes: Mapping[str, Filters]) -> Iterator[str]:
    """A line for each scope: milliseconds as the serving process, and as a reader beside it."""
    with open_library(settings, write=True) as serving, open_library(settings) as reading:
        size = sum(serving.catalog.snapshot().counts.values())
        for name, filters in scopes.items():
            figures = [_figures(library, models, queries, filters) for library in (serving, reading)]
            columns = "".join(f"{middle:9.1f}{high:7.1f}{cpu:7.1f}" for middle, high, cpu in figures)
            yield f"{size:9} {name:28}{columns}"


def _figures(library: Library, models: Models, queries: Sequence[str], filters: Filters) -> tuple[float, float, float]:
    """Median, 95th percentile and median of CPU, in milliseconds, after three searches that warm the caches."""
    times, cpu = [], []
    for query in [*queries[:3], *queries]:
        began, used = time.perf_counter(), time.process_time()
        retrieve(query, library, models, library.settings, filters=filters)
        times.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - used) * 1000)
    return statistics.median(times[3:]), statistics.quantiles(times[3:], n=20)[-1], statistics.median(cpu[3:])


def fill(source: Settings, target: Settings, size: int, models: Models) -> None:
    """A library of about `size` passages, copied from the filings of `source`."""
    with open_library(source) as real, open_library(target, write=True) as library:
        library.adopt(models.embedder)
        words = _words_by_length(real)
        made = copy = 0
        while made < size:
            for filing_id in real.catalog.ids():
                filing, vectors = real.catalog.filing(filing_id), real.catalog.index_rows(filing_id)[1]
                chance = random.Random(f"{copy} {filing_id}")
                keys, moved = _moved(vectors, copy, filing_id)
                library.add(_altered(filing, copy, chance, words), keys, moved, matter=f"matter {made % MATTERS}")
                made += len(filing.passages)
                if made >= size:
                    break
            library.index_pending()
            copy += 1


def _words_by_length(library: Library) -> Mapping[int, Sequence[str]]:
    """The library's words, by length, each as often as it stands there."""
    words: dict[int, list[str]] = defaultdict(list)
    for filing_id in library.catalog.ids():
        for word in re.findall(r"\b[a-z]{3,}\b", library.catalog.filing(filing_id).text):
            words[len(word)].append(word)
    return words


def _altered(filing: Filing, copy: int, chance: random.Random, words: Mapping[int, Sequence[str]]) -> Filing:
    """A copy with an id of its own, other words of the same length, and facts that spread over courts and years."""

    def swapped(found: re.Match[str]) -> str:
        if copy == 0 or chance.random() > REPLACED:
            return found[0]
        return chance.choice(words[len(found[0])])

    text = re.sub(r"\b[a-z]{3,}\b", swapped, filing.text)
    new = f"{copy:04x}{filing.id[4:]}"
    passages = tuple(replace(p, id=passage_id(new, p.ordinal), text=text[p.start : p.end]) for p in filing.passages)
    year, court, kind = 2008 + chance.randrange(14), chance.choice(COURTS), chance.choice(KINDS)
    facts = replace(filing.facts, court=court, kind=kind, date=f"{year}-06-15")  # type: ignore[arg-type]  # a Kind
    return replace(filing, id=new, file=f"{copy}-{filing.file}", facts=facts, text=text, passages=passages)


def _moved(vectors: FloatArray, copy: int, filing_id: str) -> tuple[list[bytes], dict[bytes, FloatArray]]:
    """The vectors, each a step away for every copy but the first, and names for them."""
    chance = np.random.default_rng([copy, int(filing_id[:8], 16)])
    steps = chance.standard_normal(vectors.shape, np.float32)
    steps *= (MOVED if copy else 0.0) / np.linalg.norm(steps, axis=1, keepdims=True)
    moved = vectors + steps
    moved /= np.linalg.norm(moved, axis=1, keepdims=True)
    keys = [f"{copy:04x}{filing_id[:8]}{i:04x}".encode() for i in range(len(moved))]
    return keys, dict(zip(keys, moved, strict=True))


if __name__ == "__main__":
    main()
