"""Datasets out to BEIR and in from BEIR and LegalBench-RAG."""

import json
from pathlib import Path

import pytest

pytest.importorskip("reportlab")

from corpus.errors import DatasetError
from evals.datasets import SAMPLE, Dataset, Judgment, check_dataset, load_dataset
from evals.formats import export_beir, import_beir, import_legalbench
from evals.paper import LINES, pages_of, set_pages

ORDER = "gov.uscourts.cand.990417.61.0.pdf"
CLAUSE = "The Receiving Party shall return all copies within thirty days of a request in writing."
CONTRACT = "\n".join(f"{n}. Clause number {n} says nothing that anybody asks about." for n in range(1, 80))


def legalbench(folder: Path, text: str, span: tuple[int, int]) -> Path:
    """A benchmark of one question over one text."""
    (folder / "corpus" / "nda").mkdir(parents=True)
    (folder / "corpus" / "nda" / "a b.txt").write_text(text, encoding="utf-8")
    test = {"query": "When must copies be returned?", "snippets": [{"file_path": "nda/a b.txt", "span": span}]}
    benchmark = folder / "nda.json"
    benchmark.write_text(json.dumps({"tests": [test]}), encoding="utf-8")
    return benchmark


def test_pages_hold_the_whole_text_once() -> None:
    """Every character stands on one page, and a slice's pages are those its ends stand on."""
    text = "\n".join("word " * 40 for _ in range(100))
    sheets = set_pages(text)
    assert len(sheets) > 3
    assert all(len(sheet.lines) <= LINES for sheet in sheets)
    assert [sheet.start for sheet in sheets[1:]] == [sheet.end for sheet in sheets[:-1]]
    assert pages_of(sheets, sheets[1].start - 1, sheets[1].start + 1) == (1, 2)


def test_a_span_becomes_the_page_it_stands_on(tmp_path: Path) -> None:
    """LegalBench-RAG's characters become a page of a PDF that holds the words."""
    text = f"{CONTRACT}\n{CLAUSE}\nEnd."
    start = text.index(CLAUSE)
    assert (
        import_legalbench(legalbench(tmp_path, text, (start, start + len(CLAUSE))), tmp_path / "corpus", tmp_path / "d")
        == 1
    )
    dataset = load_dataset(str(tmp_path / "d"))
    check_dataset(dataset, dataset.sheets())
    (judgment,) = dataset.judgments
    assert (judgment.file, judgment.pages, judgment.words) == ("nda_a_b.pdf", (2,), (CLAUSE,))


def test_a_span_outside_its_text_is_named(tmp_path: Path) -> None:
    """The question and the span are in the message."""
    with pytest.raises(DatasetError, match="question 1: span 5–999"):
        import_legalbench(legalbench(tmp_path, "short", (5, 999)), tmp_path / "corpus", tmp_path / "d")


def test_beir_goes_out_and_comes_back(tmp_path: Path) -> None:
    """The pages that answered still answer, and what was unanswerable still is."""
    rows = (Judgment("a", "What binds?", True, ORDER, (9, 11)), Judgment("n", "A bond?", False))
    dataset = Dataset("two", rows, (SAMPLE / "pdfs" / ORDER,))
    assert export_beir(dataset, dataset.sheets(), tmp_path / "beir") == 21
    assert (tmp_path / "beir" / "qrels" / "test.tsv").read_text("utf-8").splitlines() == [
        "query-id\tcorpus-id\tscore",
        f"a\t{ORDER}#page=9\t1",
        f"a\t{ORDER}#page=11\t1",
    ]
    assert import_beir(tmp_path / "beir", tmp_path / "back") == 2
    back = load_dataset(str(tmp_path / "back"))
    check_dataset(back, back.sheets())
    assert [judgment.answerable for judgment in back.judgments] == [True, False]
    (page,) = (row for row in back.judgments if row.answerable)
    assert page.file == ORDER
    assert any("binds this Court" in back.sheets().text(ORDER, number) for number in page.pages)


def test_a_foreign_beir_document_is_a_filing_of_its_own(tmp_path: Path) -> None:
    """A document with any id becomes a PDF; a second that answers is a further place."""
    (tmp_path / "qrels").mkdir()
    documents = [{"_id": f"doc/{n}", "title": "T", "text": f"Text number {n} of the corpus."} for n in (1, 2)]
    (tmp_path / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in documents))
    (tmp_path / "queries.jsonl").write_text(json.dumps({"_id": "q", "text": "Which?"}) + "\n")
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\tdoc/1\t1\nq\tdoc/2\t2\n")
    import_beir(tmp_path, tmp_path / "d")
    (judgment,) = load_dataset(str(tmp_path / "d")).judgments
    assert judgment.places == (("doc_1.pdf", 1), ("doc_2.pdf", 1))
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\tdoc/3\t1\n")
    with pytest.raises(DatasetError, match="doc/3"):
        import_beir(tmp_path, tmp_path / "e")
