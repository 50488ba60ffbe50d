"""A lawyer's query finds what a lawyer means by it, and no query is a syntax error."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import make_filing

from rag.lexical import LexicalIndex, citation_tokens
from rag.rows import IndexRow, index_row

TEXTS = {
    "fsia": "A foreign state is immune under § 1604 unless 28 U.S.C. § 1605(a)(2) applies to its acts.",
    "waiver": "Section 1605(a)(1) speaks of waiver, see ECF No. 45 at 12 and Dkt. 7.",
    "case": "Samantar v. Yousuf, 560 U. S. 305 (2010), left common-law immunity to the courts’ own rules.",
    "dogan": "In Doğan v. Barak the Ninth Circuit’s panel held the officer immune. Compl. ¶ 42.",
    "rule": "The motion under Rule 12(b)(6) is denied; the state of the law is settled.",
    "plain": "Nothing here speaks of anything in particular, state or otherwise.",
}
NAMES = list(TEXTS)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    made = LexicalIndex(tmp_path_factory.mktemp("lexical"))
    made.update([(1, rows(list(TEXTS.values())))])
    return made


def rows(paragraphs: list[str]) -> list[IndexRow]:
    filing = make_filing(paragraphs)
    return [index_row(passage, filing.writings, filing.facts) for passage in filing.passages]


def found(index: LexicalIndex, query: str, **more: object) -> list[str]:
    return [NAMES[ordinal] for _, ordinal, _ in index.search(query, 10, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Samantar", "case"),
        ("samantars", "case"),  # stemmed
        ("§ 1605(a)(2)", "fsia"),  # the subsection itself before its neighbour
        ("1605(a)(1)", "waiver"),
        ("28 U.S.C. § 1604", "fsia"),
        ("ECF No. 45", "waiver"),
        ("docket 7", "waiver"),  # Dkt. 7
        ("560 U.S. 305", "case"),  # however the reporter is spaced
        ("Dogan", "dogan"),  # without the accent
        ("courts' rules", "case"),  # straight or curly apostrophe
        ("¶ 42", "dogan"),
        ("12(b)(6)", "rule"),
        ("why is the motion denied?", "rule"),  # function words aside
    ],
)
def test_what_is_typed_is_found(index: LexicalIndex, query: str, first: str) -> None:
    """The passage that the query means comes first."""
    assert found(index, query)[0] == first


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ("foreign state", ["fsia"]),
        ("state of the law", ["rule"]),
        ("common-law immunity", ["case"]),
        ("COURTS' OWN", ["case"]),
        ("state foreign", []),  # the order counts
        ("immunities", []),  # not stemmed
    ],
)
def test_a_phrase_is_held_word_for_word(index: LexicalIndex, phrase: str, names: list[str]) -> None:
    """Only passages that hold the quoted words in their order, as they are, are found."""
    assert found(index, f'"{phrase}"', phrases=[phrase], insist=True) == names


def test_a_phrase_beside_other_words_lifts(index: LexicalIndex) -> None:
    """Where a phrase is only part of the query, passages with it come first and others follow."""
    names = found(index, "what is the state of the law on immunity", phrases=["state of the law"])
    assert names[0] == "rule"
    assert "case" in names


def test_filters_hold_inside_the_index(index: LexicalIndex) -> None:
    """Only filings and writings that are allowed come back, however many others match."""
    assert found(index, "state", seqs=[2]) == []
    assert found(index, "state", seqs=[]) == []
    assert set(found(index, "state immune", writings=["dissent"])) == {"rule"}


@pytest.mark.parametrize(
    "query", ["", "   ", '"', "“”", ")(", "text:x AND [a TO *", "a:b^9 ~ \\ /re/", "\0", "§", "?" * 900]
)
def test_no_query_is_an_error(index: LexicalIndex, query: str) -> None:
    """Quotes, brackets and operators are words or nothing."""
    index.search(query, 5, phrases=[query], insist=True)
    index.search(query, 5)


@given(query=st.text(max_size=80))
def test_any_text_may_be_searched(index: LexicalIndex, query: str) -> None:
    """Any string at all can be a query."""
    assert len(index.search(query, 3, phrases=[query])) <= 3


def test_a_common_word_alone_is_still_looked_for(index: LexicalIndex) -> None:
    """A query of function words only is searched for them."""
    assert found(index, "otherwise or in") != []


def test_updating_replaces_and_deleting_removes(tmp_path: Path) -> None:
    """A filing put in twice is there once; one taken out is found no more, by another reader neither."""
    index, reader = LexicalIndex(tmp_path), LexicalIndex(tmp_path)
    for _ in range(2):
        index.update([(1, rows(["Immunity one."])), (2, rows(["Immunity two.", "More."]))])
    assert index.counts() == {1: 1, 2: 2}
    index.update([], gone=[2])
    assert index.counts() == {1: 1}
    assert reader.counts() == {}
    reader.reload()
    assert [hit[:2] for hit in reader.search("immunity", 5)] == [(1, 0)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("§ 1605(a)(2)", ["§1605(a)(2)", "§1605(a)", "§1605"]),
        ("28 U. S. C. §§ 1330", ["§1330"]),
        ("42 U.S.C. 1983", ["§1983"]),
        ("section 10(b)", ["§10(b)", "§10"]),
        ("1396a(a)(30)(A)", ["§1396a(a)(30)(a)", "§1396a(a)(30)", "§1396a(a)", "§1396a"]),
        ("Fed. R. Civ. P. 23", ["rule23"]),
        ("ECF No. 45, Dkt. 45, Doc. #45, DktEntry: 45", ["ecf45"]),
        ("17 F.4th 930", ["cite17f4th930"]),
        ("472 F. Supp. 3d 649", ["cite472fsupp3d649"]),
        ("562 U. S., at 12", []),
        ("No. 4:19-cv-07123", ["no19-cv-07123"]),
        ("No. 08–1555", ["no08-1555"]),
    ],
)
def test_citations_become_tokens(text: str, tokens: list[str]) -> None:
    """A citation is one token however it is written, and a subsection also counts for its section."""
    assert citation_tokens(text) == tokens
