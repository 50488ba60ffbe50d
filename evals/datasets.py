"""Questions with their gold pages, and the PDFs they are about.

load_dataset(name) -> Dataset
    sample      the moot-court docket that ships with the product
    gold        natural questions about 53 opinions, in a folder `shared` beside the checkout
    holdings    the first sentence of each holding as the Reporter wrote it, about the same opinions
    papers      natural questions about briefs, orders and opinions of many courts, whose PDFs lie in `shared`
    a folder    questions.jsonl, and pdfs/ with the filings
    a .jsonl    questions; the PDFs stand in pdfs/ beside it, or in the folder given

A row is {qid, question, answerable, file, pages, words, speaker, kind, conversation?, also?}. `pages` count from 1;
`words` are copied from those pages; `also` lists further places, {file, pages}, that answer as well. A row that does
not fit its filings stops everything: DatasetError names it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import DatasetError
from corpus.model import Speaker
from evals.keys import Key, read_key
from evals.sheets import Sheets

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SAMPLE = ROOT / "corpus" / "sample"
NAMES = ("sample", "gold", "holdings", "papers")
SHIPPED = Path(__file__).with_name("datasets")
NAMED_ROWS = 12  # bad rows that a message names


@dataclass(frozen=True, slots=True)
class Judgment:
    """One question and where the record answers it. `words` are the filing's; `speaker` is whose words they are.

    `places` are all (file, page) that answer, those of `file` and `pages` first; empty where nothing answers.
    """

    qid: str
    question: str
    answerable: bool
    file: str | None = None
    pages: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    speaker: Speaker | None = None
    kind: str | None = None
    conversation: str | None = None
    also: tuple[tuple[str, tuple[int, ...]], ...] = ()

    @property
    def places(self) -> tuple[tuple[str, int], ...]:
        """Every (file, page) that answers."""
        if self.file is None:
            return ()
        spots = ((self.file, self.pages), *self.also)
        return tuple(dict.fromkeys((file, page) for file, pages in spots for page in pages))

    @property
    def files(self) -> tuple[str, ...]:
        """The filings that answer."""
        return tuple(dict.fromkeys(file for file, _ in self.places))


@dataclass(frozen=True, slots=True)
class Dataset:
    """Questions, the PDFs they are about, and the key where every sentence of them is known."""

    name: str
    judgments: tuple[Judgment, ...]
    pdfs: tuple[Path, ...]
    key: Key | None = None

    def sheets(self) -> Sheets:
        """The pages of its PDFs, for checking."""
        return Sheets(self.pdfs, self.key.pages if self.key else None)


def load_dataset(name: str, *, pdfs: Path | None = None, shared: Path = SHARED) -> Dataset:
    """The dataset of that name, folder or file, unchecked. Raises DatasetError where it is not there."""
    if name == "sample":
        return _dataset(name, SHIPPED / name / "questions.jsonl", pdfs or SAMPLE / "pdfs", SAMPLE / "key.jsonl")
    if name == "papers":
        layouts = shared / "court-pdfs" / "layouts"
        return _dataset(name, SHIPPED / name / "questions.jsonl", pdfs or layouts, None)
    if name in ("gold", "holdings"):
        questions = shared / "gold" / ("questions.jsonl" if name == "gold" else "holdings.jsonl")
        made = _dataset(name, questions, pdfs or shared / "court-pdfs" / "opinions", None)
        return made if name == "gold" else _first_sentences(made)
    path = Path(name)
    questions = path / "questions.jsonl" if path.is_dir() else path
    if not questions.is_file():
        raise DatasetError(
            f"{name}: no such dataset; give {', '.join(NAMES)}, a folder with questions.jsonl, or a .jsonl"
        )
    key = questions.with_name("key.jsonl")
    return _dataset(questions.parent.name, questions, pdfs or questions.parent / "pdfs", key if key.is_file() else None)


def check_dataset(dataset: Dataset, sheets: Sheets) -> None:
    """Nothing, if every row fits its filings. Raises DatasetError naming the rows that do not, and why."""
    wrong = [f"{judgment.qid}: {fault}" for judgment in dataset.judgments for fault in _faults(judgment, sheets)]
    counts = Counter(judgment.qid for judgment in dataset.judgments)
    wrong += [f"{qid}: {count} rows with this qid" for qid, count in counts.items() if count > 1]
    if wrong:
        more = f"; and {len(wrong) - NAMED_ROWS} more" if len(wrong) > NAMED_ROWS else ""
        raise DatasetError(f"{dataset.name}: {'; '.join(wrong[:NAMED_ROWS])}{more}; mend these rows or give other PDFs")


def read_judgment(row: dict[str, Any]) -> Judgment:
    """A row of a questions file. Raises KeyError, TypeError, ValueError where a field is missing or misshapen."""
    speaker = row.get("speaker")
    return Judgment(
        qid=str(row["qid"]),
        question=str(row["question"]),
        answerable=bool(row.get("answerable", True)),
        file=row.get("file"),
        pages=tuple(int(page) for page in row.get("pages") or ()),
        words=tuple(str(text) for text in row.get("words") or ()),
        speaker=Speaker(**speaker) if speaker else None,
        kind=row.get("kind"),
        conversation=row.get("conversation"),
        also=tuple((str(spot["file"]), tuple(int(page) for page in spot["pages"])) for spot in row.get("also") or ()),
    )


def _dataset(name: str, questions: Path, pdfs: Path, key: Path | None) -> Dataset:
    if not questions.is_file():
        raise DatasetError(f"{name}: {questions} is not there; put the questions there or name another dataset")
    if not pdfs.is_dir():
        raise DatasetError(f"{name}: no folder {pdfs}; say where the PDFs are with --pdfs")
    rows = tuple(_rows(questions))
    known = read_key(key) if key is not None else None
    return Dataset(name, rows, tuple(sorted(p for p in pdfs.rglob("*") if p.suffix.lower() == ".pdf")), known)


def _rows(path: Path) -> Iterator[Judgment]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield read_judgment(json.loads(line))
            except (KeyError, TypeError, ValueError) as error:
                raise DatasetError(f"{path.name}, line {number}: not a question ({error!r})") from error


def _first_sentences(dataset: Dataset) -> Dataset:
    """Each holding asked by its first sentence: whole, it is longer than anybody's query."""
    from evals.train.data import first_sentence

    rows = tuple(
        Judgment(row.qid, first_sentence(row.question), True, row.file, row.pages, kind="holding")
        for row in dataset.judgments
    )
    return Dataset("holdings", rows, dataset.pdfs)


def _faults(judgment: Judgment, sheets: Sheets) -> Iterator[str]:
    """What does not fit, in words."""
    if not judgment.question.strip():
        yield "no question"
    if not judgment.answerable:
        if judgment.words or judgment.pages:
            yield "unanswerable, yet it has words or pages"
        return
    if not judgment.places:
        yield "answerable, yet it names no file and pages"
    for file, page in judgment.places:
        if file not in sheets.files:
            yield f"no filing {file}"
            return
        if not 1 <= page <= sheets.count(file):
            yield f"{file} has {sheets.count(file)} pages, not {page}"
            return
    for text in judgment.words:
        if not any(sheets.stands(file, page, text) for file, page in judgment.places):
            yield f"not on its pages: “{text[:60]}”"
