"""The results page: tables come from rows, words stay."""

import json
from pathlib import Path

from evals.peers.__main__ import keep
from evals.results import RESULTS, idea_table, markdown, put


def test_only_what_stands_between_the_marks_is_replaced() -> None:
    """The words around a table are kept, and a table that has no marks changes nothing."""
    page = "Before.\n<!-- t -->\nold\n<!-- end t -->\nAfter."
    assert put(page, "t", "new \\1") == "Before.\n<!-- t -->\nnew \\1\n<!-- end t -->\nAfter."
    assert put(page, "u", "new") == page


def test_an_empty_table_has_its_head() -> None:
    """Nothing measured yet is said by an empty table."""
    assert markdown(["a", "b"], []) == "| a | b |\n| --- | --- |"


def test_an_idea_s_row_shows_the_interval() -> None:
    """The difference stands with its bounds and how many questions it was taken over."""
    row = {"idea": "i", "dataset": "d", "measure": "m", "first": 0.5, "second": 0.6, "delta": 0.1, "low": -0.02}
    table = idea_table([{**row, "high": 0.2, "n": 70, "kept": "dropped"}])
    assert "| i | d | m | 0.500 | 0.600 | +0.100 | -0.020 … +0.200 | 70 | dropped |" in table


def test_a_newer_row_takes_the_older_one_s_place(tmp_path: Path) -> None:
    """One row a system and dataset."""
    path = tmp_path / "rows.jsonl"
    for seconds in (1, 2):
        keep({"name": "a", "dataset": "gold", "seconds": seconds}, path)
    keep({"name": "a", "dataset": "sample", "seconds": 3}, path)
    assert [json.loads(line)["seconds"] for line in path.read_text("utf-8").splitlines()] == [2, 3]


def test_the_results_page_has_a_place_for_every_table() -> None:
    """Each table's two marks stand on the page."""
    text = RESULTS.read_text("utf-8")
    for name in ("standing", "peers gold", "peers sample", "peers settings", "ideas"):
        assert text.index(f"<!-- {name} -->") < text.index(f"<!-- end {name} -->")
