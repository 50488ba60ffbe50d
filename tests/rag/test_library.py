"""An opened home: catalog and indexes agree, one process writes, what was removed never comes back."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from made import DEFAULT_FACTS, WordEmbedder, make_filing, put

from corpus.errors import BadFilter, HomeLocked, IndexMismatch, LibraryError
from rag.library import Library, open_library
from rag.model import Filters
from rag.settings import Settings

ORDER = make_filing(["The motion is denied.", "Immunity is refused.", "So ordered."], file="order.pdf")
BRIEF = make_filing(
    ["We urge immunity for agents.", "The district court erred."],
    file="brief.pdf",
    facts=replace(DEFAULT_FACTS, kind="brief", side="appellant", filer="Tarnwick", title="Opening Brief"),
)


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture
def library(home: Settings) -> Iterator[Library]:
    with open_library(home, write=True) as opened:
        put(opened, ORDER, BRIEF, matter="m")
        yield opened


def nearest(library: Library, query: str, filters: Filters | None = None) -> list[str]:
    return [i for i, _ in library.nearest(WordEmbedder().embed_query(query), 9, library.scope(filters))]


def matching(library: Library, query: str, filters: Filters | None = None) -> list[str]:
    return [i for i, _ in library.matching(query, 9, library.scope(filters))]


def test_both_searches_find_and_filter(library: Library) -> None:
    """Dense and lexical search find the passage, and neither leaves what the filters allow."""
    assert nearest(library, "Immunity is refused.")[0] == matching(library, "immunity refused")[0] == f"{ORDER.id}:1"
    for search in (nearest, matching):
        assert {i.partition(":")[0] for i in search(library, "immunity", Filters(kind=("brief",)))} == {BRIEF.id}
        assert search(library, "immunity", Filters(court=("ca9",))) == []
        assert search(library, "Immunity is refused", Filters(writing=("dissent",)))[0] == f"{ORDER.id}:1"
    with pytest.raises(BadFilter):
        library.scope(Filters(writing=("footnote",)))


def test_chroma_gives_what_the_exact_index_gives(library: Library, home: Settings) -> None:
    """The approximate answer over all passages is the exact one on a small library, filtered or not."""
    exact = nearest(library, "immunity for agents")
    library.close()
    with Library(home, approximate_from=1) as asking_chroma:
        asking_chroma.lock.acquire()
        assert nearest(asking_chroma, "immunity for agents") == exact
        only_order = nearest(asking_chroma, "x", Filters(filing_ids=(ORDER.id,)))
        assert {i.partition(":")[0] for i in only_order} == {ORDER.id}


def test_a_removed_filing_is_nowhere(library: Library, home: Settings) -> None:
    """After removal no search, list, index or folder has the filing, now or when the home is opened again."""
    library.remove(BRIEF.id)
    assert not any(i.startswith(BRIEF.id) for i in nearest(library, "immunity") + matching(library, "immunity"))
    assert library.indexes.chroma.count() == len(ORDER.passages)
    assert library.catalog.ids() == [ORDER.id]
    library.close()
    with open_library(home) as again:
        assert [listing.id for listing in again.catalog.listings()] == [ORDER.id]
        assert len(nearest(again, "immunity")) == len(ORDER.passages)


def test_no_index_brings_back_what_the_catalog_lost(library: Library) -> None:
    """Rows that an index still holds of a filing that the catalog does not are never shown."""
    library.catalog.remove(BRIEF.id)
    assert not any(i.startswith(BRIEF.id) for i in nearest(library, "immunity") + matching(library, "immunity"))


def test_a_chroma_server_that_is_away_is_named(library: Library, home: Settings) -> None:
    """A server that does not answer is an error that says so, and nothing here is rebuilt."""
    library.close()
    with pytest.raises(LibraryError, match="check that the server runs"):
        open_library(replace(home, chroma_url="http://127.0.0.1:9"), write=True)
    with open_library(home) as again:
        assert matching(again, "refused") == [f"{ORDER.id}:1"]


def test_a_removal_broken_off_is_finished(library: Library, home: Settings) -> None:
    """What a kill in the middle of a removal left in the indexes is deleted when the next writer opens the home."""
    library.catalog.remove(BRIEF.id)
    library.close()
    with open_library(home, write=True) as again:
        assert again.indexes.chroma.count() == sum(again.indexes.lexical.counts().values()) == len(ORDER.passages)
        assert not again.pdf(BRIEF.id).exists()


def test_a_filing_can_come_back(library: Library) -> None:
    """A filing removed and brought in again is found once."""
    library.remove(BRIEF.id)
    put(library, BRIEF)
    assert matching(library, "urge agents") == [f"{BRIEF.id}:0"]
    assert sorted(nearest(library, "x")) == sorted(p.id for p in (*ORDER.passages, *BRIEF.passages))
    assert library.disagreement() == ""


@pytest.mark.parametrize("lost", ["exact", "lexical", "chroma", "."])
def test_a_lost_index_is_made_anew(library: Library, home: Settings, lost: str) -> None:
    """Whichever index is gone when a home is opened, it is rebuilt from the catalog, and nothing is embedded."""
    before = nearest(library, "immunity refused"), matching(library, "immunity refused")
    folder = library.indexes.folder
    library.close()
    shutil.rmtree(folder / lost)
    with open_library(home, write=True) as again:
        assert (nearest(again, "immunity refused"), matching(again, "immunity refused")) == before
        assert again.disagreement() == ""
        assert len(list((home.home / "index").iterdir())) == 1


@pytest.mark.parametrize(
    "broken", ["exact/vectors.f32", "exact/rows.bin", "lexical/meta.json", "chroma/chroma.sqlite3"]
)
def test_a_damaged_index_is_made_anew(library: Library, home: Settings, broken: str) -> None:
    """An index file cut short is noticed when the home is opened, and the indexes are rebuilt."""
    folder = library.indexes.folder
    library.close()
    (folder / broken).write_bytes((folder / broken).read_bytes()[:100])
    with open_library(home, write=True) as again:
        assert matching(again, "refused") == [f"{ORDER.id}:1"]
        assert len(nearest(again, "refused")) == 5
        assert again.disagreement() == ""


def test_what_was_committed_but_not_indexed_is_finished(library: Library, home: Settings) -> None:
    """A filing whose ingest broke off after its commit is indexed when the home is opened, also by a reader."""
    library.catalog.mark_stored([BRIEF.id])
    assert BRIEF.id not in {listing.id for listing in library.catalog.listings()}
    library.close()
    with open_library(home) as again:
        assert not again.writing
        assert len(again.catalog.listings()) == 2
        assert matching(again, "urge agents") == [f"{BRIEF.id}:0"]


def test_a_corrected_title_is_searched(library: Library) -> None:
    """A title that a person corrects is found by its words at once; the old one is not."""
    assert matching(library, "opening") != []
    library.correct(BRIEF.id, {"title": "Reply Brief", "side": "appellee"})
    assert (matching(library, "opening"), matching(library, "reply")[0]) == ([], f"{BRIEF.id}:0")
    assert matching(library, "urge", Filters(side=("appellee",))) == [f"{BRIEF.id}:0"]
    assert library.disagreement() == ""


def test_one_process_writes(library: Library, home: Settings) -> None:
    """A second writer is refused with the holder's number; readers are not."""
    with pytest.raises(HomeLocked, match=str(os.getpid())):
        open_library(home, write=True)
    with open_library(home) as reader:
        assert matching(reader, "refused") == [f"{ORDER.id}:1"]
        put(library, make_filing(["A later refusal."], file="later.pdf"))
        assert len(matching(reader, "refused refusal")) == 2
        library.remove(ORDER.id)
        assert len(matching(reader, "refused refusal")) == 1


def test_every_thread_of_the_writer_writes(library: Library) -> None:
    """A server's threads share the lock that its process holds, and search while one of them adds."""
    filings = [make_filing([f"Refusal number {i}."], file=f"{i}.pdf") for i in range(8)]
    with ThreadPoolExecutor(4) as pool:
        held = pool.submit(lambda: library.writing)
        adding = [pool.submit(put, library, *filings[:4]), pool.submit(put, library, *filings[4:])]
        found = [pool.submit(matching, library, "refused") for _ in range(40)]
        assert held.result()
        assert [one.result() for one in adding] == [None, None]
        assert all(f"{ORDER.id}:1" in one.result() for one in found)
    assert library.catalog.count() == 10
    assert library.disagreement() == ""


def test_another_process_reads_beside_the_writer(library: Library, home: Settings) -> None:
    """A process of its own searches while this one holds the lock."""
    code = (
        "import sys; from pathlib import Path; from made import WordEmbedder\n"
        "from rag.library import open_library; from rag.settings import Settings\n"
        "library = open_library(Settings(home=Path(sys.argv[1]))); scope = library.scope()\n"
        "print(library.matching('refused', 3, scope)[0][0])\n"
        "print(library.nearest(WordEmbedder().embed_query('Immunity is refused.'), 3, scope)[0][0])\n"
        "assert 'chromadb' not in sys.modules and 'torch' not in sys.modules\n"
    )
    paths = os.pathsep.join([str(Path(__file__).parents[2]), str(Path(__file__).parent)])
    command = [sys.executable, "-c", code, str(home.home)]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [f"{ORDER.id}:1"] * 2


def test_another_model_is_refused(library: Library, home: Settings) -> None:
    """A home embedded by one model is neither asked nor added to with another."""
    with pytest.raises(IndexMismatch, match="pincite reindex"):
        library.adopt(WordEmbedder("others"))
    library.close()
    with pytest.raises(IndexMismatch):
        open_library(home, WordEmbedder("others"))
    with open_library(home, WordEmbedder("others"), write=True, agreeing=False):
        pass


def test_another_splitter_is_refused(library: Library) -> None:
    """Filings split by another version are asked as they are, but no others are added to them."""
    with pytest.raises(IndexMismatch, match="pincite reindex"):
        library.adopt(WordEmbedder(), "another")
    assert matching(library, "refused") == [f"{ORDER.id}:1"]


def test_many_removals_make_the_indexes_anew(library: Library) -> None:
    """Once a good part of the exact rows is dead, the indexes are rebuilt without them."""
    first = library.indexes.folder
    library.remove(ORDER.id)
    assert library.indexes.folder != first
    assert len(library.indexes.exact.rows) == len(BRIEF.passages)
    assert not first.exists()
