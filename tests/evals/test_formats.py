"""Datasets out to BEIR and in from BEIR and LegalBench-RAG."""

import json
from pathlib import Path

import pytest

pytest.importorskip("reportlab")

from corpus.errors import DatasetError
from evals.datasets import SAMPLE, Dataset, Judgment, check_dataset, load_dataset
from evals.formats import corpus_of, export_beir, import_beir, import_legalbench
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


def test_a_benchmark_finds_its_texts_where_they_are_published(tmp_path: Path) -> None:
    """`benchmarks/` and `corpus/` stand side by side; a corpus beside the file itself is taken as well."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "benchmarks").mkdir()
    assert corpus_of(tmp_path / "benchmarks" / "cuad.json") == tmp_path / "corpus"
    assert corpus_of(tmp_path / "cuad.json") == tmp_path / "corpus"


def test_an_answer_that_is_not_its_span_is_another_corpus(tmp_path: Path) -> None:
    """A benchmark says what stands at each span; texts of another edition are refused rather than mismeasured."""
    benchmark = legalbench(tmp_path, "Some clause.", (0, 4))
    told = json.loads(benchmark.read_text("utf-8"))
    told["tests"][0]["snippets"][0]["answer"] = "Some"
    benchmark.write_text(json.dumps(told), encoding="utf-8")
    assert import_legalbench(benchmark, tmp_path / "corpus", tmp_path / "d") == 1
    told["tests"][0]["snippets"][0]["answer"] = "Else"
    benchmark.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(DatasetError, match="another corpus"):
        import_legalbench(benchmark, tmp_path / "corpus", tmp_path / "e")


def test_a_tab_is_a_space_on_paper(tmp_path: Path) -> None:
    """Words on both sides of a tab stay two words, as the text has them."""
    text = f"{CONTRACT}\n7.\tThe Supplier\tshall insure all goods.\n"
    start = text.index("7.\tThe")
    benchmark = legalbench(tmp_path, text, (start, len(text)))
    import_legalbench(benchmark, tmp_path / "corpus", tmp_path / "d")
    dataset = load_dataset(str(tmp_path / "d"))
    check_dataset(dataset, dataset.sheets())
    assert dataset.judgments[0].words == ("7. The Supplier shall insure all goods.",)


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


def test_ids_as_beir_has_them_become_files_of_their_own(tmp_path: Path) -> None:
    """Ids that are numbers, that hold signs no file may have, or that differ in these alone, stay apart."""
    ids = ["4983", "<dbpedia:Animal_Farm>", "a b", "a_b", "A_B"]
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text(
        "".join(
            json.dumps(
                {
                    "_id": name,
                    "title": "",
                    "text": f"Text of {n}, long enough for a page to be taken for one with words on it.",
                }
            )
            + "\n"
            for n, name in enumerate(ids)
        )
    )
    (tmp_path / "queries.jsonl").write_text("".join(json.dumps({"_id": n, "text": "Which?"}) + "\n" for n in ids))
    rows = "".join(f"{name}\t{name}\t1\n" for name in ids)
    (tmp_path / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{rows}")
    import_beir(tmp_path, tmp_path / "d")
    dataset = load_dataset(str(tmp_path / "d"))
    assert [judgment.file for judgment in dataset.judgments] == [
        "4983.pdf",
        "_dbpedia_Animal_Farm_.pdf",
        "a_b.pdf",
        "a_b-2.pdf",
        "A_B-3.pdf",
    ]
    for n, judgment in enumerate(dataset.judgments):
        assert f"Text of {n}," in dataset.sheets().text(str(judgment.file), 1)


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
