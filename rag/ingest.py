"""The steps of `build` and `rebuild`: which files to read, what to embed, what to commit, how far it has come.

choose(paths)        PDFs that are not in the library yet, each with its id and corrections
batches(outcomes)    filings in runs that are worth embedding together
store(filings)       embed what no vector is kept for, commit each filing by itself, bring up the indexes
Tally                counts, failures and progress
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from corpus.errors import CorpusError, UnreadablePdf
from corpus.model import Facts, Filing, Passage
from corpus.workers import Outcome
from rag.catalog import Catalog
from rag.corrections import Corrections, corrected, read_sidecar
from rag.exact import FloatArray
from rag.inputs import model_input
from rag.library import Library
from rag.model import BuildReport, Failure, Progress
from rag.models import Embedder

BATCH_PASSAGES = 512  # embedded together: enough to sort by length, few enough to lose little to a kill
INDEX_PASSAGES = 4096  # committed before the indexes are brought up to them

Watch = Callable[[Progress], None]
Split = Callable[[Filing], tuple[Passage, ...]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to be read. `size` is in bytes."""

    path: Path
    filing_id: str
    size: int
    corrections: Corrections

    @property
    def correction(self) -> Corrections:
        """The corrected facts; a matter is no fact of the filing."""
        return {name: value for name, value in self.corrections.items() if name != "matter"}


@dataclass(frozen=True, slots=True)
class Named:
    """A filing with, for each passage, the name of its vector and the text that the embedder reads."""

    filing: Filing
    keys: Sequence[bytes]
    texts: Sequence[str]


class Tally:
    """What has been done so far; tells `watch` after each step."""

    def __init__(self, watch: Watch | None, *, of: int = 0) -> None:
        self._watch, self._began = watch, time.monotonic()
        self.of, self.done, self.unchanged, self.pages, self.passages = of, 0, 0, 0, 0
        self.bytes_of = self.bytes_done = 0
        self.pages_read = 0
        self.failed: list[Failure] = []
        self.notes: list[str] = []
        self.ids: list[str] = []

    def fail(self, path: Path, error: CorpusError) -> None:
        """A file was not ingested."""
        self.failed.append(Failure(str(path), type(error).__name__, str(error)))
        self.say("read", path.name)

    def read_page(self, path: Path) -> None:
        """A worker has read a page."""
        self.pages_read += 1
        self.say("read", path.name)

    def stored(self, filing: Filing, size: int) -> None:
        """A filing is committed."""
        self.done += 1
        self.pages += len(filing.pages)
        self.bytes_done += size
        self.ids.append(filing.id)
        self.say("store", filing.file)

    def say(self, stage: str, file: str = "") -> None:
        """Tell the watcher how far it has come."""
        if self._watch is None:
            return
        seconds = time.monotonic() - self._began
        share = self.bytes_done / self.bytes_of if self.bytes_of else self.done / max(self.of, 1)
        left = seconds / share - seconds if share > 0 else None
        done = self.done + len(self.failed)
        self._watch(Progress(stage, done, self.of, self.pages_read, self.passages, seconds, left, file))  # type: ignore[arg-type]  # callers pass stages

    def report(self) -> BuildReport:
        """All of it, at the end."""
        self.say("done")
        failed = tuple(sorted(self.failed, key=lambda failure: failure.path))
        seconds = round(time.monotonic() - self._began, 3)
        counts = (self.done, self.unchanged, failed, self.pages, self.passages, seconds)
        return BuildReport(*counts, tuple(self.notes), tuple(self.ids))


def choose(paths: Iterable[Path], library: Library, matter: str | None, tally: Tally) -> dict[Path, Candidate]:
    """The files to read, by path. What the library has already is counted, and given its matter and sidecar."""
    chosen: dict[Path, Candidate] = {}
    ids: set[str] = set()
    for path in find_pdfs(paths):
        try:
            candidate = _candidate(path)
        except CorpusError as error:
            tally.fail(path, error)
            continue
        if candidate.filing_id in ids or library.catalog.has(candidate.filing_id):
            tally.unchanged += 1
            _update(library, candidate, matter)
            continue
        if library.catalog.ids(file=path.name):
            tally.notes.append(f"{path.name} differs from the filing of that name in the library; both are kept")
        ids.add(candidate.filing_id)
        chosen[path] = candidate
    tally.of = len(chosen) + len(tally.failed)
    tally.bytes_of = sum(candidate.size for candidate in chosen.values())
    return chosen


def find_pdfs(paths: Iterable[Path]) -> list[Path]:
    """The files named, and the PDFs in the folders named, sorted within each folder; each once."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if p.suffix.lower() == ".pdf") if path.is_dir() else [path]
        found |= dict.fromkeys(inside)
    return list(found)


def batches(
    outcomes: Iterable[Outcome], chosen: Mapping[Path, Candidate], tally: Tally
) -> Iterator[list[tuple[Path, Filing]]]:
    """Filings as they are read, in runs of about BATCH_PASSAGES; failures go to the tally."""
    run: list[tuple[Path, Filing]] = []
    held = 0
    for path, outcome in outcomes:
        if isinstance(outcome, CorpusError):
            tally.fail(path, outcome)
            continue
        if outcome.id != chosen[path].filing_id:
            tally.fail(path, UnreadablePdf(f"{path.name}: changed while it was being read; ingest it again"))
            continue
        run.append((path, outcome))
        held += len(outcome.passages)
        if held >= BATCH_PASSAGES:
            yield run
            run, held = [], 0
    if run:
        yield run


def store(
    filings: Sequence[tuple[Path, Filing]],
    chosen: Mapping[Path, Candidate],
    library: Library,
    embedder: Embedder,
    matter: str | None,
    tally: Tally,
) -> None:
    """Embed the filings' passages together, and commit each filing in a transaction of its own."""
    batch = []
    for path, filing in filings:
        facts = corrected(filing.facts, chosen[path].corrections)
        batch.append((chosen[path], Named(filing, *vector_keys(filing, facts, embedder))))
    texts = {key: text for _, named in batch for key, text in zip(named.keys, named.texts, strict=True)}
    missing = library.catalog.missing_vectors(texts)
    vectors = dict(embed({key: texts[key] for key in missing}, embedder, tally))
    tally.passages += sum(len(named.keys) for _, named in batch) - len(missing)
    for candidate, named in batch:
        mine = {key: vectors[key] for key in named.keys if key in vectors}
        changes = candidate.corrections
        library.add(named.filing, named.keys, mine, pdf=candidate.path, matter=matter, corrections=changes)
        tally.stored(named.filing, candidate.size)


def embed(texts: Mapping[bytes, str], embedder: Embedder, tally: Tally) -> Iterator[tuple[bytes, FloatArray]]:
    """Each key with its text's vector, some hundred at a time, telling the tally."""
    items = list(texts.items())
    for start in range(0, len(items), BATCH_PASSAGES):
        part = items[start : start + BATCH_PASSAGES]
        rows = embedder.embed_passages([text for _, text in part])
        tally.passages += len(part)
        tally.say("embed")
        yield from zip((key for key, _ in part), np.asarray(rows), strict=True)


class Resplit:
    """Every stored filing with its passages split anew, one at a time, each time it is gone through."""

    def __init__(self, catalog: Catalog, embedder: Embedder, split: Split) -> None:
        self._catalog, self._embedder, self._split = catalog, embedder, split

    def named(self) -> Iterator[Named]:
        """Each filing as it was read, with the names and texts of its new passages."""
        for filing_id in self._catalog.ids():
            filing, corrections = self._catalog.filing_as_read(filing_id)
            filing = replace(filing, passages=self._split(filing))
            yield Named(filing, *vector_keys(filing, corrected(filing.facts, corrections), self._embedder))

    def __iter__(self) -> Iterator[tuple[Filing, Sequence[bytes]]]:
        return ((named.filing, named.keys) for named in self.named())


def keep_missing(named: Named, library: Library, embedder: Embedder, tally: Tally) -> None:
    """Embed those of a filing's passages that no vector is kept for, and keep the vectors at once."""
    texts = dict(zip(named.keys, named.texts, strict=True))
    missing = library.catalog.missing_vectors(named.keys)
    tally.passages += len(texts) - len(missing)
    library.catalog.keep_vectors(dict(embed({key: texts[key] for key in missing}, embedder, tally)))
    tally.stored(named.filing, 0)


def vector_keys(filing: Filing, facts: Facts, embedder: Embedder) -> tuple[list[bytes], list[str]]:
    """For each passage the name of its vector, and the text the embedder reads; `facts` are those in force.

    The name is a hash of the embedder's name and that text, so equal input is embedded once, ever.
    """
    texts = [model_input(embedder.text_template, facts, filing.writings, passage) for passage in filing.passages]
    return [hashlib.blake2b(f"{embedder.name}\0{t}".encode(), digest_size=16).digest() for t in texts], texts


def _candidate(path: Path) -> Candidate:
    """The file's id, size and sidecar. Raises UnreadablePdf, BadCorrection."""
    try:
        with path.open("rb") as file:
            filing_id = hashlib.file_digest(file, "sha256").hexdigest()[:16]
            size = file.tell()
    except OSError as error:
        raise UnreadablePdf(
            f"{path.name}: cannot be opened ({error.strerror}); check the path and its rights"
        ) from error
    return Candidate(path, filing_id, size, read_sidecar(path))


def _update(library: Library, candidate: Candidate, matter: str | None) -> None:
    """Give a filing that is already there the matter and the sidecar it comes with now."""
    changes = {**({"matter": matter} if matter else {}), **candidate.corrections}
    if not changes or not library.catalog.has(candidate.filing_id):
        return
    listing = library.catalog.listing(candidate.filing_id)
    known = {**{name: getattr(listing.facts, name) for name in changes if name != "matter"}, "matter": listing.matter}
    if different := {name: value for name, value in changes.items() if known[name] != value}:
        library.correct(candidate.filing_id, different)
