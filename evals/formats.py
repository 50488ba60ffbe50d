"""Datasets in the forms that others use, out and in.

export_beir(dataset, sheets, folder)       corpus.jsonl (a document a page), queries.jsonl, qrels/test.tsv
import_beir(source, folder)                any BEIR folder
import_legalbench(benchmark, corpus, folder)   LegalBench-RAG: {query, snippets: [{file_path, span, answer}]}

    data/benchmarks/cuad.json     {"tests": [{"query": …, "snippets": [{"file_path": "cuad/A.txt", "span": [910, 1044],
         corpus/cuad/A.txt                     "answer": …}]}]}          characters of the text, end exclusive

What is imported becomes a dataset folder, questions.jsonl and pdfs/: each text is set on pages of its own PDF
(evals/paper.py), so that its pages are known and Pincite reads it as it reads a filing.
Sources: Thakur et al., BEIR, NeurIPS 2021; Pipitone and Alami, LegalBench-RAG, 2024.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from pathlib import Path
from typing import Any

from corpus.errors import DatasetError
from evals.datasets import Dataset
from evals.paper import Sheet, draw, pages_of, set_pages, showable
from evals.sheets import Sheets
from evals.trec import page_name, read_page_name

GOLD_WORDS = 40  # of a span that are kept as its words: enough to know it, few enough to stand on two pages
NAME_CHARS = 150  # of a PDF's name, so that what a home adds to it still fits a file system
Row = dict[str, Any]


def export_beir(dataset: Dataset, sheets: Sheets, folder: Path) -> int:
    """Write the dataset as a BEIR folder; returns how many pages its corpus has."""
    pages = [(file, number) for file in sheets.files for number in range(1, sheets.count(file) + 1)]
    corpus = ({"_id": page_name(page), "title": page[0], "text": sheets.text(*page)} for page in pages)
    queries = ({"_id": j.qid, "text": j.question, "metadata": {"answerable": j.answerable}} for j in dataset.judgments)
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    _write(folder / "corpus.jsonl", corpus)
    _write(folder / "queries.jsonl", queries)
    with (folder / "qrels" / "test.tsv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerow(("query-id", "corpus-id", "score"))
        table.writerows((j.qid, page_name(page), 1) for j in dataset.judgments for page in j.places)
    return len(pages)


def import_beir(source: Path, folder: Path, *, split: str = "test") -> int:
    """Make a dataset of a BEIR folder; returns how many questions it has. Raises DatasetError.

    A document that answers counts with all its pages, since BEIR says no more. Ids that export_beir gave pages are
    read back as such: their pages then stand in the PDF of their filing, in order.
    """
    corpus = {str(row["_id"]): row for row in _read(source / "corpus.jsonl")}
    queries = {str(row["_id"]): row for row in _read(source / "queries.jsonl")}
    relevant: dict[str, list[str]] = defaultdict(list)
    for query, document, grade in _table(source / "qrels" / f"{split}.tsv"):
        if grade > 0:
            relevant[query].append(document)
    if lost := sorted({key for keys in relevant.values() for key in keys if key not in corpus}):
        raise DatasetError(f"{source}: qrels name documents that the corpus lacks: {', '.join(lost[:5])}")
    spots = _draw_documents(corpus, folder / "pdfs")
    known = [qid for qid, row in queries.items() if qid in relevant or not _answerable(row)]
    rows = [_question(qid, queries[qid]["text"], [spots[key] for key in relevant[qid]]) for qid in known]
    _write(folder / "questions.jsonl", rows)
    return len(rows)


def import_legalbench(benchmark: Path, corpus: Path, folder: Path) -> int:
    """Make a dataset of a LegalBench-RAG benchmark and its corpus of texts; returns how many questions it has.

    Raises DatasetError for a text that is not there, a span outside it, or an answer that is not its span's text.
    """
    tests = json.loads(benchmark.read_text(encoding="utf-8"))["tests"]
    names = sorted({snippet["file_path"] for test in tests for snippet in test["snippets"]})
    texts = {name: _text(corpus, name) for name in names}
    sheets, files = {name: set_pages(text) for name, text in texts.items()}, _files(names)
    (folder / "pdfs").mkdir(parents=True, exist_ok=True)
    for name in names:
        draw(sheets[name], folder / "pdfs" / files[name])
    rows = [_asked(number, test, texts, sheets, files) for number, test in enumerate(tests, 1)]
    _write(folder / "questions.jsonl", rows)
    return len(rows)


def corpus_of(benchmark: Path) -> Path:
    """Where a benchmark's texts stand: in `corpus` beside the folder of benchmarks, as published, or beside itself."""
    beside = benchmark.parent / "corpus"
    return beside if beside.is_dir() else benchmark.resolve().parent.parent / "corpus"


def _asked(
    number: int,
    test: Mapping[str, Any],
    texts: Mapping[str, str],
    sheets: Mapping[str, list[Sheet]],
    files: Mapping[str, str],
) -> Row:
    """One question of LegalBench-RAG, its spans turned to pages."""
    spots, words = [], []
    for snippet in test["snippets"]:
        name, (start, end) = snippet["file_path"], snippet["span"]
        if not 0 <= start < end <= len(texts[name]):
            raise DatasetError(f"question {number}: span {start}–{end} is not in {name}, {len(texts[name])} long")
        if snippet.get("answer", texts[name][start:end]) != texts[name][start:end]:
            raise DatasetError(
                f"question {number}: its answer is not what {name} has at {start}–{end}; another corpus?"
            )
        spots.append((files[name], pages_of(sheets[name], start, end)))
        gold = " ".join(_whole_words(texts[name], start, end).split()[:GOLD_WORDS])
        words += [gold] if gold and showable(gold) else []
    return {**_question(f"lb{number}", test["query"], spots), "words": words}


def _question(qid: str, question: str, spots: Sequence[tuple[str, Sequence[int]]]) -> Row:
    row: Row = {"qid": qid, "question": question, "answerable": bool(spots), "file": None, "pages": [], "words": []}
    if spots:
        merged: dict[str, set[int]] = defaultdict(set)
        for file, pages in spots:
            merged[file] |= set(pages)
        (first, own), *others = merged.items()
        row |= {"file": first, "pages": sorted(own)}
        row["also"] = [{"file": file, "pages": sorted(more)} for file, more in others]
    return row


def _draw_documents(corpus: Mapping[str, Row], folder: Path) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Each document drawn, and where: its file and pages. Pages of one filing are put together again."""
    folder.mkdir(parents=True, exist_ok=True)
    filings: dict[str, list[tuple[int, str]]] = defaultdict(list)
    files = _files(corpus)
    for key in corpus:
        try:
            file, page = read_page_name(key)
        except ValueError:
            file, page = files[key], 1
        filings[file].append((page, key))
    spots: dict[str, tuple[str, tuple[int, ...]]] = {}
    for file, keys in filings.items():
        drawn: list[Sheet] = []
        for _, key in sorted(keys):
            title = corpus[key].get("title") or ""
            words = corpus[key].get("text") or ""
            text = words if len(keys) > 1 or not title else f"{title}\n\n{words}"
            sheets = set_pages(text)
            spots[key] = (file, tuple(range(len(drawn) + 1, len(drawn) + len(sheets) + 1)))
            drawn += sheets
        draw(drawn, folder / file)
    return spots


def _whole_words(text: str, start: int, end: int) -> str:
    """The slice without the halves of words at its ends."""
    while 0 < start < end and text[start - 1].isalnum() and text[start].isalnum():
        start += 1
    while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end -= 1
    return text[start:end]


def _answerable(row: Mapping[str, Any]) -> bool:
    return bool((row.get("metadata") or {}).get("answerable", True))


def _files(names: Iterable[str]) -> dict[str, str]:
    """A PDF's name for each text's: folders become part of it, and no two are the same."""
    files: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        stem = re.sub(r"[^\w.-]+", "_", name.removesuffix(".txt"))[:NAME_CHARS]
        tries = chain([f"{stem}.pdf"], (f"{stem}-{n}.pdf" for n in count(2)))
        files[name] = next(file for file in tries if file.lower() not in taken)
        taken.add(files[name].lower())
    return files


def _text(corpus: Path, name: str) -> str:
    """A text of the corpus; archives may have written its name's accents another way. Raises DatasetError."""
    tries = [corpus / name, *(corpus / unicodedata.normalize(form, name) for form in ("NFC", "NFD"))]
    found = next((path for path in tries if path.is_file()), None)
    if found is None:
        raise DatasetError(f"{corpus / name} is not there; give the folder of the benchmark's texts with --corpus")
    return found.read_text(encoding="utf-8")


def _table(path: Path) -> list[tuple[str, str, float]]:
    """(query, document, grade) of each row after the head, whatever the head calls them. Raises DatasetError."""
    if not path.is_file():
        raise DatasetError(f"{path} is not there; a BEIR folder has qrels/SPLIT.tsv")
    with path.open(encoding="utf-8", newline="") as file:
        _, *rows = [row for row in csv.reader(file, delimiter="\t") if row] or [[]]
    try:
        return [(query, document, float(grade)) for query, document, grade in rows]
    except ValueError as error:
        raise DatasetError(f"{path}: a row is not query, document and grade with tabs between ({error})") from error


def _read(path: Path) -> Iterator[Row]:
    if not path.is_file():
        raise DatasetError(f"{path} is not there; a BEIR folder has corpus.jsonl and queries.jsonl")
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _write(path: Path, rows: Iterable[Row]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
