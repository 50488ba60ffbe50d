"""A run with a system that says what it is told: what is kept, compared and shown."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import DatasetError
from evals.compare import compare
from evals.datasets import SAMPLE, Dataset, Judgment, check_dataset, load_dataset
from evals.meanings import LOWER, MEANINGS, by_group
from evals.report import report
from evals.runs import load_run, run

pytest.importorskip("ir_measures")

ORDER = "gov.uscourts.cand.990417.61.0.pdf"
BINDS = "WhatsApp binds this Court, and nothing in Halkbank is clearly irreconcilable with it."
JUDGMENTS = (
    Judgment("a", "What binds <the> Court?", True, ORDER, (9,), (BINDS,), conversation="c"),
    Judgment("b", "And then?", True, ORDER, (17,), conversation="c", kind="follow-up"),
    Judgment("n", "Was there a bond?", False),
)


class Told:
    """A system that finds one page for every question, and remembers what it was asked."""

    def __init__(self, page: int) -> None:
        self.page = page
        self.asked: list[tuple[str, str | None]] = []

    def describe(self) -> dict[str, Any]:
        return {"system": "told"}

    def search(self, query: str, k: int) -> tuple[list[dict[str, Any]], float]:
        hit = {"filing": {"file": ORDER}, "page": self.page, "end_page": self.page, "text": "words & <words>"}
        return [{**hit, "rank": 1, "score": 1.0, "citation": "Order at 9"}], 5.0

    def begin(self) -> str:
        return "new"

    def ask(self, question: str, conversation_id: str | None) -> tuple[dict[str, Any], float]:
        self.asked.append((question, conversation_id))
        answer = {"abstained": True, "answer": "Silent.", "claims": [], "positions": [], "sources": []}
        return {**answer, "conversation_id": "c1", "standalone_question": question}, 7.0

    def spent(self) -> tuple[int, int] | None:
        return 300 * len(self.asked), 20 * len(self.asked)


@pytest.fixture
def dataset() -> Dataset:
    """Three questions about the order."""
    return Dataset("three", JUDGMENTS, (SAMPLE / "pdfs" / ORDER,))


def test_a_run_is_kept_and_read_back(dataset: Dataset, tmp_path: Path) -> None:
    """Settings, TREC files, rows, answers and means are in the folder, and load_run gives them again."""
    made = run(dataset, dataset.sheets(), Told(9), tmp_path / "r")
    names = {path.name for path in (tmp_path / "r").iterdir()}
    assert names == {"settings.json", "hits.trec", "qrels.trec", "questions.jsonl", "answers.jsonl", "metrics.json"}
    again = load_run(tmp_path / "r")
    assert again.metrics == made.metrics
    assert again.metrics["measures"]["page_hit@1"] == {"mean": 0.5, "se": 0.3536, "n": 2}
    assert again.metrics["measures"]["tokens_in"] == {"mean": 300.0, "se": 0.0, "n": 3}
    assert again.settings["machine"]["cores"]
    assert (tmp_path / "r" / "qrels.trec").read_text("utf-8").splitlines()[0] == f"a 0 {ORDER}#page=9 1"


def test_a_follow_up_goes_into_its_conversation(dataset: Dataset, tmp_path: Path) -> None:
    """The first turn asks for a new one, the second carries its id; other questions carry none."""
    system = Told(9)
    run(dataset, dataset.sheets(), system, tmp_path / "r")
    assert [conversation for _, conversation in system.asked] == ["new", "c1", None]


def test_without_answers_nothing_is_asked(dataset: Dataset, tmp_path: Path) -> None:
    """A run that only searches asks nothing."""
    system = Told(9)
    made = run(dataset, dataset.sheets(), system, tmp_path / "r", search_only=True)
    assert system.asked == []
    assert "answered" not in made.metrics["measures"]


def test_a_comparison_counts_wins_and_losses(dataset: Dataset, tmp_path: Path) -> None:
    """One run finds the first page, the other the second: one win, one loss, no difference, nothing sure."""
    first = run(dataset, dataset.sheets(), Told(9), tmp_path / "x", search_only=True)
    second = run(dataset, dataset.sheets(), Told(17), tmp_path / "y", search_only=True)
    (found,) = compare(first, second, ["page_hit@1"]).differences
    assert (found.delta, found.wins, found.losses, found.n) == (0.0, ("b",), ("a",), 2)
    assert found.low < 0 < found.high
    assert compare(first, first, ["page_hit@1"]).differences[0].p == 1.0


def test_a_report_is_one_file_that_fetches_nothing(dataset: Dataset, tmp_path: Path) -> None:
    """No link, no script; what the filings say is escaped."""
    page = report(run(dataset, dataset.sheets(), Told(9), tmp_path / "r"))
    assert "http" not in page
    assert "<script" not in page
    assert "What binds &lt;the&gt; Court?" in page
    assert "words &amp; &lt;words&gt;" in page
    assert page.count("<svg") >= 4
    assert "found at 1" in page
    assert "silent" in page


def test_every_measure_is_explained(dataset: Dataset, tmp_path: Path) -> None:
    """A report says of each figure what it counts, and whether less is better."""
    made = run(dataset, dataset.sheets(), Told(9), tmp_path / "r")
    kept = [json.loads(line)["means"] for line in (Path(SAMPLE).parents[1] / "evals" / "runs.jsonl").open("rb")]
    for measures in (made.metrics["measures"], *kept):
        assert "Others" not in by_group(measures)
    assert by_group({"new": 1.0}) == {"Others": {"new": ""}}
    assert {name for names in MEANINGS.values() for name in names} >= LOWER


@pytest.mark.parametrize(
    ("judgment", "says"),
    [
        (Judgment("q", "?", True, ORDER, (9,), ("WhatsApp does not bind this Court",)), "not on its pages"),
        (Judgment("q", "?", True, ORDER, (99,)), "has 21 pages"),
        (Judgment("q", "?", True, "absent.pdf", (1,)), "no filing absent.pdf"),
        (Judgment("q", "?", True), "names no file"),
        (Judgment("q", "?", False, words=("x",)), "unanswerable"),
        (Judgment("q", " ", False), "no question"),
    ],
)
def test_a_row_that_does_not_fit_stops_the_run(judgment: Judgment, says: str) -> None:
    """The message names the row and what is wrong with it."""
    dataset = Dataset("one", (judgment,), (SAMPLE / "pdfs" / ORDER,))
    with pytest.raises(DatasetError, match=f"q: .*{says}"):
        check_dataset(dataset, dataset.sheets())


def test_two_rows_with_one_name_stop_the_run() -> None:
    """A qid names one question."""
    dataset = Dataset("two", (JUDGMENTS[2], JUDGMENTS[2]), ())
    with pytest.raises(DatasetError, match="n: 2 rows"):
        check_dataset(dataset, dataset.sheets())


def test_a_folder_of_ones_own_is_a_dataset(tmp_path: Path) -> None:
    """questions.jsonl beside pdfs/ is all it takes; a line that is no question is named."""
    (tmp_path / "pdfs").mkdir()
    (tmp_path / "questions.jsonl").write_text(json.dumps({"qid": 1, "question": "Why?", "answerable": False}) + "\n")
    assert load_dataset(str(tmp_path)).judgments[0].qid == "1"
    (tmp_path / "questions.jsonl").write_text('{"question": "Why?"}\n')
    with pytest.raises(DatasetError, match="line 1"):
        load_dataset(str(tmp_path))
    with pytest.raises(DatasetError, match="no such dataset"):
        load_dataset(str(tmp_path / "absent"))
