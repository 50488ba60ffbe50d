"""What the catalog is given it gives back, exactly, and it keeps corrections apart from what was read."""

from dataclasses import replace
from pathlib import Path

import pytest
from made import DEFAULT_FACTS, WordEmbedder, make_filing

from corpus.errors import BadCorrection, IndexMismatch, UnknownConversation, UnknownFiling
from corpus.model import Facts, Speaker
from rag.catalog import Catalog
from rag.conversations import Conversations
from rag.ingest import vector_keys
from rag.model import Filters, Job, Turn
from rag.tables import set_meta

MOTION = Facts(
    title="Motion to Dismiss", case_name="Velkane v. Tarnwick", court="cand", docket="4:19-cv-1", entry="24",
    kind="motion", side="defendant", filer="Tarnwick Ltd.", date="2020-04-02",
)  # fmt: skip
BRIEF = replace(MOTION, kind="amicus_brief", court="ca9", side="amicus", filer="Harrow Institute", date="2020-12-21")
UNREAD = Facts()


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return Catalog(f"sqlite:///{tmp_path / 'catalog.sqlite'}")


def add(catalog: Catalog, *paragraphs: str, facts: Facts = DEFAULT_FACTS, file: str = "order.pdf", matter: str = "m"):  # type: ignore[no-untyped-def]
    filing = make_filing(paragraphs, facts=facts, file=file)
    keys, texts = vector_keys(filing, facts, WordEmbedder())
    vectors = dict(zip(keys, WordEmbedder().embed_passages(texts), strict=True))
    catalog.mark_ready([catalog.add(filing, keys, vectors, matter=matter)])
    return filing


def test_a_filing_comes_back_whole(catalog: Catalog) -> None:
    """Text, pages, lines with every character's place, structure and passages are the very ones that were stored."""
    filing = add(catalog, "The court finds § 1604 “clear”.", "Defendants contend that it is not.", "So ordered.")
    assert catalog.filing(filing.id) == filing
    assert catalog.filing(filing.id).sentences[1].restates == Speaker("defendant", "Tarnwick")
    assert catalog.passages([p.id for p in filing.passages]) == list(filing.passages)


def test_an_extract_places_a_hit_as_the_whole_filing_does(catalog: Catalog) -> None:
    """The boxes and lines of a passage are the same whether its page or the whole filing was loaded."""
    filing = add(catalog, *(f"Page {i} says something of its own." for i in range(1, 8)))
    passage = filing.passages[4]
    part = catalog.extract(filing.id, passage.page, passage.end_page)
    assert part.boxes_in(passage.start, passage.end) == filing.boxes_in(passage.start, passage.end)
    assert part.lines_in(passage.start, passage.end) == filing.lines_in(passage.start, passage.end)
    assert (part.text, part.writings, part.sections) == (filing.text, filing.writings, filing.sections)
    assert part.sentences == ()


def test_what_is_not_in_the_indexes_is_not_shown(catalog: Catalog) -> None:
    """A filing that is stored but not yet searchable is in no list, no count and no snapshot."""
    filing = make_filing(["Half way."])
    keys, texts = vector_keys(filing, filing.facts, WordEmbedder())
    seq = catalog.add(filing, keys, dict(zip(keys, WordEmbedder().embed_passages(texts), strict=True)))
    assert (catalog.listings(), catalog.count(), catalog.snapshot().ids) == ([], 0, {})
    assert catalog.pending() == {seq: filing.id}
    catalog.mark_ready([seq])
    assert [listing.id for listing in catalog.listings()] == [filing.id]
    assert (catalog.snapshot().ids, catalog.pending()) == ({seq: filing.id}, {})


FILTERS = [
    (Filters(), {"motion", "brief", "plain"}),
    (Filters(court=("ca9",)), {"brief"}),
    (Filters(court=("ca9", "cand")), {"brief", "motion"}),
    (Filters(kind=("motion",), court=("ca9",)), set()),
    (Filters(side=("amicus",)), {"brief"}),
    (Filters(filer=("harrow",)), {"brief"}),  # any part of the name, in any case
    (Filters(filer=("100%",)), set()),  # taken as it is, not as a pattern
    (Filters(matter=("m2",)), {"plain"}),
    (Filters(filed_after="2020-04-02"), {"motion", "brief"}),  # inclusive; a filing without date never passes
    (Filters(filed_before="2020-04-02"), {"motion"}),
    (Filters(filed_after="2020-05-01", filed_before="2020-12-31"), {"brief"}),
]


@pytest.mark.parametrize(("filters", "names"), FILTERS)
def test_filters_let_through_what_they_name(catalog: Catalog, filters: Filters, names: set[str]) -> None:
    """Each filter lets through the filings that have one of its values, and all filters must."""
    add(catalog, "One.", facts=MOTION, file="motion.pdf")
    add(catalog, "Two.", facts=BRIEF, file="brief.pdf")
    add(catalog, "Three.", facts=UNREAD, file="plain.pdf", matter="m2")
    assert {listing.file.removesuffix(".pdf") for listing in catalog.listings(filters)} == names
    assert catalog.count(filters) == len(names) == len(catalog.seqs(filters))


def test_a_correction_lies_over_what_was_read(catalog: Catalog) -> None:
    """A corrected side changes the filing, its filter and who speaks in it; what was read stays beside it."""
    filing = add(catalog, "We ask for reversal.", "The judgment is wrong.", facts=UNREAD)
    listing = catalog.correct(filing.id, {"side": "appellant", "filer": "Acme", "entry": 12})
    assert (listing.facts.side, listing.facts.entry, listing.corrected) == (
        "appellant",
        "12",
        ("entry", "filer", "side"),
    )
    assert catalog.filing(filing.id).sentences[0].speaker == Speaker("appellant", "Acme")
    assert catalog.passages([filing.passages[0].id])[0].speaker == Speaker("appellant", "Acme")
    assert catalog.count(Filters(side=("appellant",))) == 1
    as_read, corrections = catalog.filing_as_read(filing.id)
    assert (as_read, corrections) == (filing, {"side": "appellant", "filer": "Acme", "entry": "12"})


def test_a_correction_survives_the_filing_read_again(catalog: Catalog) -> None:
    """Storing the same PDF once more keeps the corrections and the matter it had."""
    filing = add(catalog, "We ask for reversal.", facts=UNREAD)
    catalog.correct(filing.id, {"side": "appellant", "matter": "moved"})
    keys, _ = vector_keys(filing, filing.facts, WordEmbedder())
    catalog.mark_ready([catalog.add(filing, keys, {})])
    assert catalog.listing(filing.id).facts.side == "appellant"
    assert catalog.listing(filing.id).matter == "moved"


@pytest.mark.parametrize(
    "changes",
    [{"colour": "red"}, {"side": "winner"}, {"date": "3/4/21"}, {"court": "nowhere"}, {"judge": ["A"]}, {"pages": 3}],
)
def test_a_correction_must_fit(catalog: Catalog, changes: dict[str, object]) -> None:
    """A field or value that no filing can have is refused, and nothing changes."""
    filing = add(catalog, "Text.")
    with pytest.raises(BadCorrection):
        catalog.correct(filing.id, changes)
    assert catalog.listing(filing.id).corrected == ()


def test_a_filing_is_found_by_id_beginning_or_file_name(catalog: Catalog) -> None:
    """An id, its unique beginning and a file name mean a filing; what means two or none is an error that says so."""
    one, two = add(catalog, "One.", file="a.pdf"), add(catalog, "Two.", file="b.pdf")
    for name in (one.id, one.id[:6], "a.pdf", "a"):
        assert catalog.resolve(name) == one.id
    add(catalog, "Three.", file="b.pdf")
    for name in ("b.pdf", "c.pdf", "", "%"):
        with pytest.raises(UnknownFiling):
            catalog.resolve(name)
    assert two.id in catalog.ids(file="b.pdf")


def test_removing_leaves_nothing(catalog: Catalog) -> None:
    """After removal the filing, its passages and its vectors are gone; a vector that another filing uses stays."""
    one, two = (
        add(catalog, "Same words.", "Only here.", "And here.", file="a.pdf"),
        add(catalog, "Same words.", file="b.pdf"),
    )
    keys, _ = vector_keys(one, one.facts, WordEmbedder())
    catalog.remove(one.id)
    assert catalog.missing_vectors(keys) == keys[1:]
    assert catalog.passages([p.id for p in one.passages]) == []
    assert catalog.filing(two.id) == two
    for gone in (catalog.filing, catalog.listing, catalog.remove):
        with pytest.raises(UnknownFiling):
            gone(one.id)


def test_a_home_of_another_schema_is_refused(tmp_path: Path) -> None:
    """A catalog that another version made is not read as if it were ours."""
    url = f"sqlite:///{tmp_path / 'c.sqlite'}"
    catalog = Catalog(url)
    with catalog.engine.begin() as db:
        set_meta(db, schema="99")
    with pytest.raises(IndexMismatch, match="schema 99"):
        Catalog(url)


def test_conversations_and_jobs_are_kept(catalog: Catalog) -> None:
    """Turns come back in the order asked; a job as last set; unknown ids are errors."""
    kept = Conversations(catalog.engine)
    talk = kept.start("m")
    turns = [Turn(f"q{i}", f"s{i}", "{}", ("a", "b")) for i in range(3)]
    for turn in turns:
        kept.add_turn(talk, turn)
    assert (kept.turns(talk), kept.matter(talk)) == (turns, "m")
    with pytest.raises(UnknownConversation):
        kept.turns("none")
    kept.set_job(Job("j", "ingest", "queued"))
    kept.set_job(Job("j", "ingest", "running", '{"pages": 3}'))
    assert kept.job("j").progress == '{"pages": 3}'
    assert [job.id for job in kept.unfinished_jobs()] == ["j"]
