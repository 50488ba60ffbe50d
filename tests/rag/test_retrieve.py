"""Retrieval over the sample docket, and its stages by themselves."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import BadFilter
from corpus.model import Passage, Speaker
from rag.library import Library
from rag.model import FilingRef, Filters, Found
from rag.models import Models
from rag.question import read_question
from rag.retrieve import fuse, insist, is_one_case, lift, rerank, retrieve, spread
from rag.retriever import PinciteRetriever
from rag.settings import Settings

REF = FilingRef("f", "Motion", "m.pdf", "motion", "cand", "4:23-cv-90417", "24", "defendant", "Velkane", "2023-06-26")


def passage(ordinal: int, text: str = "The motion is denied.", page: int = 1) -> Passage:
    return Passage(f"f:{ordinal}", ordinal, 0, len(text), text, page, page, (), Speaker("court"))


@pytest.fixture(scope="module")
def ask(sample_library: Library, sample_models: Models, sample_settings: Settings):  # type: ignore[no-untyped-def]
    def search(query: str, k: int = 10, filters: Filters | None = None) -> Found:
        return retrieve(query, sample_library, sample_models, sample_settings, k=k, filters=filters)

    return search


def test_fusion_prefers_what_both_rankings_like() -> None:
    """A passage high in both rankings stands before one that only one of them puts first."""
    dense = [("a", 0.9), ("b", 0.85), ("c", 0.1)]
    lexical = [("c", 12.0), ("b", 11.0), ("a", 1.0)]
    assert fuse(dense, lexical, 0.5)[0][0] == "b"


def test_fusion_breaks_ties_by_id() -> None:
    """The same input gives the same order, whichever ranking comes first."""
    assert [key for key, _ in fuse([("b", 1.0), ("a", 1.0)], [], 0.5)] == ["a", "b"]


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.floats(-1, 1)),
    st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 30)),
)
def test_fusion_loses_nothing(dense: dict[str, float], lexical: dict[str, float]) -> None:
    """Whatever either ranking holds, the fused one holds once."""
    fused = fuse(list(dense.items()), list(lexical.items()), 0.4)
    assert sorted(key for key, _ in fused) == sorted(dense.keys() | lexical.keys())


def test_a_passage_gains_from_its_neighbours() -> None:
    """Of two equal passages the one beside a good one comes first; another filing's passage is no neighbour."""
    ranking = [("f:4", 2.0), ("f:5", 1.0), ("f:9", 1.0), ("g:3", 1.0), ("h:0", -1.0)]
    assert [key for key, _ in lift(ranking, 0.3)][:2] == ["f:4", "f:5"]
    assert dict(lift(ranking, 0.3))["g:3"] == dict(lift(ranking, 0.3))["f:9"]


def test_one_page_does_not_fill_the_list() -> None:
    """The second passage of a page waits behind the first of another."""
    ranked = [(passage(i, page=1), 5.0 - i) for i in range(4)] + [(passage(9, page=2), 0.5)]
    assert [p.ordinal for p, _ in spread(ranked)] == [0, 9, 1, 2, 3]


def test_a_query_in_quotation_marks_drops_passages_without_the_words() -> None:
    """Quotation marks mean the very words, whatever kind of marks the filing prints."""
    ranked = [(passage(0, "Immunity is denied."), 2.0), (passage(1, "It is the state’s own act."), 1.0)]
    kept = insist(read_question('"the state\'s own act"'), ranked, {"f": REF})
    assert [p.ordinal for p, _ in kept] == [1]


def test_a_quoted_phrase_in_a_longer_question_only_brings_forward() -> None:
    """A natural question with a quoted term keeps the passages that put it in other words."""
    ranked = [(passage(0, "Immunity is denied."), 2.0), (passage(1, "Velkane is an organ."), 1.0)]
    kept = insist(
        read_question('Why is the maker not called an "organ" of the state that licenses it?'), ranked, {"f": REF}
    )
    assert [p.ordinal for p, _ in kept] == [1, 0]


def test_a_docket_entry_brings_the_filing_or_who_cites_it() -> None:
    """ECF No. 24 means the filing with that entry; a passage of another filing counts if it cites ECF No. 24."""
    other = replace(REF, id="g", entry="31")
    cites = replace(passage(1, "As the motion says, ECF No. 24 at 9."), id="g:1")
    silent = replace(passage(2, "See ECF No. 240 at 9."), id="g:2")
    kept = insist(
        read_question("what does ECF No. 24 say?"),
        [(silent, 3.0), (cites, 2.0), (passage(0), 1.0)],
        {"f": REF, "g": other},
    )
    assert [p.id for p, _ in kept] == ["g:1", "f:0", "g:2"]


class Backwards:
    """A reranker that likes later passages better."""

    name, text_template = "backwards", "{title}\n{text}"

    def __init__(self) -> None:
        self.read: list[str] = []

    def score(self, query: str, texts: list[str]) -> np.ndarray:
        self.read = list(texts)
        return np.arange(len(texts), dtype=np.float32) * 10


def test_the_reranker_reorders_the_first_few_and_leaves_the_rest_behind_them() -> None:
    """Only the first passages are read; none that was not read passes one that was."""
    reranker = Backwards()
    ranked = [(passage(i, f"text {i}"), 1.0) for i in range(6)]
    mixed, best = rerank("q", ranked, {"f": REF}, reranker, first=3)
    assert [p.ordinal for p, _ in mixed][3:] == [3, 4, 5]
    assert mixed[0][0].ordinal == 2
    assert best == 20.0
    assert reranker.read[0] == "Motion\ntext 0"
    scores = [score for _, score in mixed]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Tarnwick Messaging, Inc. v. Velkane Systems Ltd.", "Tarnwick Messaging v. Velkane Systems"], True),
        (["Samantar v. Yousuf", "Dole Food Co. v. Patrickson"], False),
        (["In re Bard IVC Filters"], True),
        ([], True),
    ],
)
def test_one_case_is_known_by_its_parties(names: list[str], expected: bool) -> None:
    """Short record cites are used only where every filing is of one case."""
    assert is_one_case(names) is expected


def test_a_hit_is_a_slice_of_its_filing_with_its_place(ask, sample_library: Library) -> None:  # type: ignore[no-untyped-def]
    """Text, page, lines and boxes of every hit are those of the filing at its offsets."""
    for hit in ask("common-law immunity of a private contractor").hits:
        filing = sample_library.catalog.filing(hit.filing.id)
        assert filing.text[hit.start : hit.end] == hit.text
        assert hit.page in filing.pages_in(hit.start, hit.end)
        assert filing.pages_in(hit.start, hit.end)[-1] == hit.end_page
        assert filing.boxes_in(hit.start, hit.end) == hit.boxes
        assert hit.page_label == filing.pages[hit.page - 1].label


def test_a_passage_over_two_pages_opens_where_the_words_stand(ask, sample_library: Library) -> None:  # type: ignore[no-untyped-def]
    """Asked in the words of its second page, a passage names that page and a line of it; its citation names both."""
    opened = 0
    for row in sample_library.catalog.listings(limit=None):
        filing = sample_library.catalog.filing(row.id)
        over = next((p for p in filing.passages if p.end_page == p.page + 1 and len(p.text.split()) > 100), None)
        if over is None:
            continue
        second = [line for line in filing.lines_in(over.start, over.end) if line.page == over.end_page]
        words = " ".join(filing.text[second[0].start : over.end].split()[-12:])
        hit = next((h for h in ask(words, filters=Filters(filing_ids=(row.id,))).hits if h.start == over.start), None)
        if hit is not None and len(second) > 3:
            opened += 1
            assert (hit.page, hit.end_page) == (over.end_page, over.end_page), hit.text
            assert hit.boxes[0].page == over.page
            assert hit.lines is None or hit.lines[0] == second[0].number
    assert opened >= 3


@pytest.mark.parametrize(
    ("query", "file"),
    [
        ("WhatsApp binds this Court, and nothing in Halkbank is irreconcilable", "gov.uscourts.cand.990417.61.0.pdf"),
        ("would vacate and remand as to the 1,102 devices", "23-90882 Opinion.pdf"),
        ("What did the plaintiffs spend on engineers after the intrusion?", "gov.uscourts.cand.990417.1.0.pdf"),
    ],
)  # fmt: skip
def test_the_filing_that_says_it_comes_first(ask, query: str, file: str) -> None:  # type: ignore[no-untyped-def]
    """The words of one filing, or a question about them, find that filing among the first three."""
    assert file in [hit.filing.file for hit in ask(query, k=3).hits]


def test_ranks_count_from_one_and_scores_fall(ask) -> None:  # type: ignore[no-untyped-def]
    """Ranks are 1, 2, 3 …; each stage's time is told."""
    found = ask("personal jurisdiction over the holding company")
    assert [hit.rank for hit in found.hits] == list(range(1, 11))
    assert {"search", "read", "place"} <= set(found.timings_ms)


def test_filters_hold(ask) -> None:  # type: ignore[no-untyped-def]
    """No hit stands outside the filters."""
    assert {hit.filing.kind for hit in ask("immunity", filters=Filters(kind=("order", "opinion"))).hits} <= {
        "order",
        "opinion",
    }
    assert {hit.writing for hit in ask("immunity", filters=Filters(writing=("dissent",))).hits} == {"dissent"}
    assert all(
        hit.filing.date < "2023-06-01" for hit in ask("servers", filters=Filters(filed_before="2023-05-31")).hits
    )


def test_an_unknown_writing_is_an_error(ask) -> None:  # type: ignore[no-untyped-def]
    """A filter value outside its closed list is named, not ignored."""
    with pytest.raises(BadFilter, match="dissenting"):
        ask("immunity", filters=Filters(writing=("dissenting",)))


def test_any_text_is_a_query(ask) -> None:  # type: ignore[no-untyped-def]
    """Operators, brackets and nothing at all are searched for as they stand; none is a syntax error."""
    for query in ("AND OR NOT (", "title:", "“", "* * *", "?", "§", "a" * 5000):
        assert isinstance(ask(query).hits, tuple)


def test_langchain_gets_the_same_passages(
    ask,  # type: ignore[no-untyped-def]
    sample_library: Library,
    sample_models: Models,
    sample_settings: Settings,
) -> None:
    """The retriever returns what retrieve returns, as documents whose pages count from 0."""
    retriever = PinciteRetriever(library=sample_library, models=sample_models, settings=sample_settings, k=3)
    documents = retriever.invoke("trespass to chattels")
    hits = ask("trespass to chattels", k=3).hits
    assert [d.id for d in documents] == [hit.passage_id for hit in hits]
    assert [d.metadata["page"] + 1 for d in documents] == [hit.page for hit in hits]
