"""What is packed comes back the same, whatever it holds."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Box, Line, Page, Sentence, Speaker, Stamp, Writing
from rag.packing import pack_lines, pack_rows, pack_text, unpack_lines, unpack_rows, unpack_text

speakers = st.builds(Speaker, st.sampled_from(["court", "plaintiff", "unknown"]), st.none() | st.text(max_size=5))
offsets = st.integers(0, 10**7)
sentences = st.builds(Sentence, offsets, offsets, speakers, st.none() | speakers, st.booleans())
stamps = st.builds(Stamp, st.text(max_size=9), page=st.none() | st.integers(1, 99))
notes = st.lists(st.tuples(offsets, offsets), max_size=3).map(tuple)
pages = st.builds(
    Page, st.integers(1), offsets, offsets, st.floats(1, 2000), st.just(792.0), st.none() | st.text(max_size=3),
    st.none() | stamps, footnotes=notes,
)  # fmt: skip
places = st.lists(st.integers(0, 65535), max_size=9).map(lambda xs: struct.pack(f"<{len(xs)}H", *xs))
fractions = st.floats(0, 1)
boxes = st.builds(Box, st.just(7), fractions, fractions, fractions, fractions)
lines = st.builds(Line, offsets, offsets, st.just(7), boxes, st.none() | st.integers(1, 28), places)


@given(st.lists(sentences))
def test_sentences_come_back(rows: list[Sentence]) -> None:
    """Sentences, with their speakers and what they restate."""
    assert unpack_rows(Sentence, pack_rows(rows)) == tuple(rows)


@given(st.lists(pages))
def test_pages_come_back(rows: list[Page]) -> None:
    """Pages, with stamps and the spans of their footnotes."""
    assert unpack_rows(Page, pack_rows(rows)) == tuple(rows)


@given(st.lists(lines))
def test_lines_come_back(rows: list[Line]) -> None:
    """Lines, with every character's place."""
    assert unpack_lines(7, pack_lines(rows)) == tuple(rows)


@given(st.text())
def test_text_comes_back(text: str) -> None:
    """Any text that a file can hold."""
    kept = text.encode("utf-8", "ignore").decode("utf-8")
    assert unpack_text(pack_text(kept)) == kept


def test_a_field_added_later_takes_its_default() -> None:
    """Rows written before a field was added are read with its default."""
    old = pack_rows([Writing("majority", "Hamilton", 0, 9, 1, 2, ("Lee",))])
    assert unpack_rows(Writing, old)[0].joined_by == ("Lee",)
