"""Whatever a PDF does to the process that reads it, the others are read and the reason is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import read_lines

from corpus.errors import CorpusError, ReadingLimit, UnreadablePdf
from corpus.model import Filing
from corpus.workers import Limits, Outcome, read_ahead, read_filings

LIMITS = Limits(page_timeout_s=1.0, memory_mb=600, ocr=False, pages=50)


def written(folder: Path, **texts: str) -> list[Path]:
    """One file for each text, in order."""
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return [folder / name for name in texts]


def read(paths: list[Path], workers: int = 2) -> dict[str, Filing | CorpusError]:
    return {path.name: outcome for path, outcome in read_filings(paths, read_lines, workers=workers, limits=LIMITS)}


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("One page.\nHANG here", ReadingLimit, "page 2 took more than 1 s"),
        ("CRASH at once", UnreadablePdf, "crashed on page 1 (SIGABRT)"),
        ("Fine.\nFine.\nVANISH", UnreadablePdf, "crashed on page 3 (exit code 3)"),
        ("BLOAT", ReadingLimit, "more than 600 MB"),
        ("Page.\n" * 51, ReadingLimit, "51 pages are more than the 50"),
        ("STUMBLE", UnreadablePdf, "KeyError: 'xref'"),
        ("REFUSE", UnreadablePdf, "not a PDF"),
    ],
)
def test_a_hostile_file_fails_alone(tmp_path: Path, text: str, error: type, says: str) -> None:
    """A file that hangs, crashes, eats memory or breaks the reader is refused by name, and its neighbours are read."""
    found = read(written(tmp_path, a="Before.", bad=text, b="After.", c="Last."))
    assert type(found["bad"]) is error
    assert says in str(found["bad"])
    assert "bad" in str(found["bad"])
    assert [found[name].text for name in "abc"] == ["Before.", "After.", "Last."]


def test_every_file_comes_back_once(tmp_path: Path) -> None:
    """Twenty files over two workers come back twenty, each once."""
    paths = written(tmp_path, **{f"f{i:02d}": f"Text {i}." for i in range(20)})
    names = [path.name for path, _ in read_filings(paths, read_lines, workers=2, limits=LIMITS)]
    assert sorted(names) == [path.name for path in paths]


def test_each_page_is_told(tmp_path: Path) -> None:
    """Each page that is read is reported with its file."""
    told: list[str] = []
    paths = written(tmp_path, one="A.\nB.\nC.", two="D.")
    list(read_filings(paths, read_lines, workers=1, limits=LIMITS, on_page=lambda path: told.append(path.name)))
    assert told == ["one", "one", "one", "two"]


def test_a_correction_travels_with_its_file(tmp_path: Path) -> None:
    """The worker that reads a file is told what a person set right in it, and in no other."""
    one, two = written(tmp_path, one="A.", two="B.")
    outcomes = dict(
        read_filings([one, two], read_lines, workers=1, limits=LIMITS, corrections={two: {"side": "amicus"}})
    )
    titles = [outcome.facts.title for outcome in map(outcomes.get, (one, two)) if isinstance(outcome, Filing)]
    assert titles == ["{}", "{'side': 'amicus'}"]


def test_no_files_start_no_workers() -> None:
    """Nothing to read ends at once."""
    assert list(read_filings([], read_lines)) == []


def test_reading_ahead_gives_the_same(tmp_path: Path) -> None:
    """Outcomes taken in a thread of their own are the same outcomes."""
    paths = written(tmp_path, **{f"f{i}": "Text." for i in range(5)}, bad="REFUSE")
    with read_ahead(read_filings(paths, read_lines, workers=2, limits=LIMITS), 1) as coming:
        found = dict(coming)
    assert set(found) == set(paths)
    assert isinstance(found[tmp_path / "bad"], UnreadablePdf)


def test_leaving_early_ends_the_workers(tmp_path: Path) -> None:
    """A caller that goes away after one filing leaves no process behind."""
    paths = written(tmp_path, **{f"f{i}": "SLOW text." for i in range(9)})
    outcomes = read_filings(paths, read_lines, workers=2, limits=LIMITS)
    with read_ahead(outcomes, 1) as coming:
        next(coming)
    assert list(outcomes) == []


def test_an_error_of_ours_reaches_the_caller() -> None:
    """What goes wrong in the reading thread is raised where the filings are used."""

    def broken() -> Iterator[Outcome]:
        yield Path("a"), UnreadablePdf("a")
        raise ZeroDivisionError

    with read_ahead(broken()) as coming, pytest.raises(ZeroDivisionError):
        list(coming)
