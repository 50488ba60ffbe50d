"""A folder becomes a library: once a file, the unreadable named, nothing lost to a kill at any moment."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from made import WordEmbedder, read_lines

from corpus.errors import IndexMismatch
from corpus.model import Filing, Passage
from rag.library import Library, open_library
from rag.model import BuildReport, Progress
from rag.models import Models
from rag.pipeline import build, rebuild
from rag.settings import Settings


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", workers=1)


@pytest.fixture
def library(home: Settings) -> Iterator[Library]:
    with open_library(home, write=True) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three filings, one of them in a folder below, and one file that is refused."""
    inside = tmp_path / "pdfs"
    (inside / "below").mkdir(parents=True)
    (inside / "a.pdf").write_text("The motion is denied.\nSo ordered.", "utf-8")
    (inside / "b.PDF").write_text("We urge immunity.", "utf-8")
    (inside / "below" / "c.pdf").write_text("Defendants contend otherwise.\nTwo.\nThree.", "utf-8")
    (inside / "bad.pdf").write_text("REFUSE", "utf-8")
    (inside / "notes.txt").write_text("no PDF", "utf-8")
    return inside


def run(library: Library, *paths: Path, embedder: WordEmbedder | None = None, **more: object) -> BuildReport:
    models = Models(embedder or WordEmbedder())
    return build(paths, library, models, library.settings, read=read_lines, **more)  # type: ignore[arg-type]


def test_a_folder_becomes_a_library(library: Library, folder: Path) -> None:
    """Every PDF below the folder is ingested or named with its reason; other files are passed over."""
    report = run(library, folder, matter="Velkane")
    assert (report.ingested, report.unchanged, report.pages, report.passages) == (3, 0, 6, 6)
    (failure,) = report.failed
    assert (failure.path, failure.error) == (str(folder / "bad.pdf"), "UnreadablePdf")
    assert {listing.file for listing in library.catalog.listings()} == {"a.pdf", "b.PDF", "c.pdf"}
    assert {listing.matter for listing in library.catalog.listings()} == {"Velkane"}
    assert library.disagreement() == ""
    for listing in library.catalog.listings():
        assert library.pdf(listing.id).read_bytes() in {path.read_bytes() for path in folder.rglob("*.[pP][dD][fF]")}


def test_ingesting_again_changes_nothing(library: Library, folder: Path) -> None:
    """The same content, under whatever name, is not read, embedded or stored twice."""
    run(library, folder)
    (folder / "copy.pdf").write_bytes((folder / "a.pdf").read_bytes())
    embedder = WordEmbedder()
    report = run(library, folder, folder / "a.pdf", embedder=embedder)
    assert (report.ingested, report.unchanged, embedder.seen) == (0, 4, [])
    assert library.catalog.count() == 3


def test_a_changed_file_is_another_filing(library: Library, folder: Path) -> None:
    """A file with a known name and other content is taken in beside the first, and the report says so."""
    run(library, folder)
    (folder / "a.pdf").write_text("The motion is granted.", "utf-8")
    report = run(library, folder)
    assert report.ingested == 1
    assert "a.pdf" in report.notes[0]
    assert len(library.catalog.ids(file="a.pdf")) == 2


def test_a_missing_path_is_named(library: Library, tmp_path: Path) -> None:
    """A path that is not there is a failure with its name, not a traceback."""
    report = run(library, tmp_path / "gone.pdf")
    assert "gone.pdf" in report.failed[0].message


def test_a_sidecar_corrects_now_and_later(library: Library, folder: Path) -> None:
    """Facts in NAME.pdf.json lie over what was read, also when they come after the filing; a bad sidecar is named."""
    sidecar = folder / "a.pdf.json"
    sidecar.write_text(json.dumps({"side": "appellant", "entry": 24}), "utf-8")
    run(library, folder / "a.pdf")
    listing = library.catalog.listing(library.catalog.resolve("a.pdf"))
    assert (listing.facts.side, listing.facts.entry) == ("appellant", "24")
    sidecar.write_text(json.dumps({"side": "appellee", "matter": "Other"}), "utf-8")
    assert run(library, folder / "a.pdf").unchanged == 1
    listing = library.catalog.listing(listing.id)
    assert (listing.facts.side, listing.facts.entry, listing.matter) == ("appellee", "24", "Other")
    sidecar.write_text('{"side": "winner"}', "utf-8")
    (failure,) = run(library, folder / "a.pdf").failed
    assert failure.error == "BadCorrection"
    assert "a.pdf.json" in failure.message


def test_progress_is_told(library: Library, folder: Path) -> None:
    """The watcher hears of pages and filings as they are done, never going back, and of the end."""
    told: list[Progress] = []
    run(library, folder, progress=told.append)
    assert (told[-1].stage, told[-1].filings, told[-1].of, told[-1].passages) == ("done", 4, 4, 6)
    assert [step.pages for step in told] == sorted(step.pages for step in told)
    assert {"read", "embed", "store", "done"} <= {step.stage for step in told}


def halves(filing: Filing) -> tuple[Passage, ...]:
    """A splitter that cuts only the first passage in two."""
    first, *rest = filing.passages
    middle = (first.start + first.end) // 2
    cut = [replace(first, end=middle), replace(first, start=middle), *rest]
    return tuple(
        replace(p, id=f"{filing.id}:{i}", ordinal=i, text=filing.text[p.start : p.end]) for i, p in enumerate(cut)
    )


def test_reindexing_embeds_only_what_changed(library: Library, folder: Path) -> None:
    """A new splitter embeds the passages it changed; the same one embeds nothing; no PDF is read."""
    run(library, folder)
    library.correct(library.catalog.resolve("a.pdf"), {"side": "appellant"})
    for path in (library.home / "pdfs").iterdir():
        path.write_bytes(b"")
    same, changed = WordEmbedder(), WordEmbedder()
    rebuild(library, Models(same), library.settings, split=lambda filing: filing.passages)
    rebuild(library, Models(changed), library.settings, split=halves)
    assert (len(same.seen), len(changed.seen)) == (0, 6)
    assert library.indexes.exact.counts() == library.catalog.snapshot().counts
    assert sum(library.catalog.snapshot().counts.values()) == 9
    assert library.catalog.listing(library.catalog.resolve("a.pdf")).facts.side == "appellant"


def test_reindexing_moves_to_another_model(library: Library, folder: Path) -> None:
    """With another embedder ingest is refused until reindex has embedded everything with it."""
    run(library, folder)
    other = WordEmbedder("others")
    with pytest.raises(IndexMismatch):
        run(library, folder, embedder=other)
    report = rebuild(library, Models(other), library.settings, split=lambda filing: filing.passages)
    assert (report.ingested, len(other.seen)) == (3, 6)
    assert run(library, folder, embedder=other).unchanged == 3
    assert library.nearest(other.embed_query(other.seen[0]), 1, library.scope())[0][1] == pytest.approx(1, abs=1e-3)


KILLED = """
import sys
from pathlib import Path
from made import WordEmbedder, read_lines
from rag import ingest
from rag.library import open_library
from rag.models import Models
from rag.pipeline import build
from rag.settings import Settings

ingest.BATCH_PASSAGES = 8
if __name__ == "__main__":
    settings = Settings(home=Path(sys.argv[1]), workers=1)
    with open_library(settings, write=True) as library:
        say = lambda step: print(f"{step.stage} {step.filings}\\n", end="", flush=True)  # in one piece: threads say too
        build([Path(sys.argv[2])], library, Models(WordEmbedder()), settings, read=read_lines, progress=say)
"""


def test_a_kill_at_any_moment_loses_and_breaks_nothing(tmp_path: Path, home: Settings) -> None:
    """Ingest is killed at random moments, again and again: what was committed stays and is whole, the rest is nowhere,
    and running it again ends with every filing there once."""
    pdfs = tmp_path / "pdfs"
    pdfs.mkdir()
    for i in range(40):
        (pdfs / f"f{i:02d}.pdf").write_text("\n".join(f"Filing {i} says thing {j}." for j in range(6)), "utf-8")
    chance, finished = random.Random(7), 0
    for _ in range(8):
        committed = _ingest_and_kill(home.home, pdfs, chance)
        with open_library(home, write=True) as library:
            _check_whole(library)
            assert library.catalog.count() >= finished + committed
            finished = library.catalog.count()
    with open_library(home, write=True) as library:
        report = run(library, pdfs)
        assert (report.ingested, report.unchanged, report.failed) == (40 - finished, finished, ())
        _check_whole(library)
        assert {p.stem for p in (home.home / "pdfs").iterdir()} == set(library.catalog.ids())


def _ingest_and_kill(home: Path, pdfs: Path, chance: random.Random) -> int:
    """Start ingest in a process of its own and kill it; how many filings it had said were committed."""
    paths = os.pathsep.join([str(Path(__file__).parents[2]), str(Path(__file__).parent)])
    environment = {**os.environ, "PYTHONPATH": paths}
    command = [sys.executable, "-c", KILLED, str(home), str(pdfs)]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    )
    assert process.stdout is not None
    heard = [process.stdout.readline() for _ in range(chance.randint(0, 60))]
    time.sleep(chance.random() * 0.05)
    os.killpg(process.pid, signal.SIGKILL)
    heard += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    return max((int(line.split()[1]) for line in heard if line.startswith("store")), default=0)


def _check_whole(library: Library) -> None:
    """Every filing shown is whole in the catalog, its folder and each index, and nothing else is to be found."""
    snapshot = library.catalog.snapshot()
    assert library.catalog.pending() == {}
    assert library.disagreement() == ""
    assert set(snapshot.counts.values()) <= {6}
    for filing_id in snapshot.ids.values():
        filing = library.catalog.filing(filing_id)
        assert [filing.text[p.start : p.end] for p in filing.passages] == [p.text for p in filing.passages]
        assert len(filing.passages) == len(library.catalog.passages([p.id for p in filing.passages])) == 6
        assert library.pdf(filing_id).is_file()
    everything = {passage for passage, _ in library.matching("filing says thing", 999, library.scope())}
    assert len(everything) == 6 * len(snapshot.ids)
    assert everything == {i for i, _ in library.nearest(WordEmbedder().embed_query("filing"), 999, library.scope())}
