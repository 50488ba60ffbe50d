"""The exact index gives the nearest passages, whatever was broken off, removed or filtered."""

from pathlib import Path

import numpy as np
import pytest

from rag.exact import ExactIndex, FloatArray


def unit(rows: int, seed: int = 0) -> FloatArray:
    made = np.random.default_rng(seed).standard_normal((rows, 8)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@pytest.mark.parametrize("allowed", [[1], [2], [1, 2], [1, 2, 3]])
def test_the_nearest_are_the_nearest(tmp_path: Path, allowed: list[int]) -> None:
    """Few or many rows allowed, the k best by cosine come back in order."""
    index, rows = ExactIndex(tmp_path, 8), {seq: unit(40, seq) for seq in (1, 2, 3)}
    index.extend((seq, ["majority"] * 40, vectors) for seq, vectors in rows.items())
    query = unit(1, 9)[0]
    best = sorted(((float(v @ query), seq, i) for seq in allowed for i, v in enumerate(rows[seq])), reverse=True)[:5]
    got = index.search(query, 5, allowed)
    assert [(seq, ordinal) for seq, ordinal, _ in got] == [(seq, ordinal) for _, seq, ordinal in best]
    assert [score for *_, score in got] == pytest.approx([score for score, *_ in best], abs=1e-6)


def test_writings_filter(tmp_path: Path) -> None:
    """Only passages of the kind of writing asked for come back."""
    index = ExactIndex(tmp_path, 8)
    index.append(1, ["majority", "dissent", None, "dissent"], unit(4))
    assert {ordinal for _, ordinal, _ in index.search(unit(1)[0], 9, [1], ["dissent"])} == {1, 3}
    assert len(index.search(unit(1)[0], 9, [1])) == 4


def test_nothing_allowed_finds_nothing(tmp_path: Path) -> None:
    """An empty index, no filings or k of 0 give no passages."""
    index = ExactIndex(tmp_path, 8)
    assert index.search(unit(1)[0], 5, [1]) == []
    index.append(1, [None], unit(1))
    assert index.search(unit(1)[0], 5, []) == []
    assert index.search(unit(1)[0], 0, [1]) == []


def test_a_broken_off_append_leaves_no_trace(tmp_path: Path) -> None:
    """Bytes written by an append that never finished are not read, and the next append overwrites them."""
    index = ExactIndex(tmp_path, 8)
    index.append(1, [None, None], unit(2))
    for name in ("vectors.f32", "rows.bin"):
        with (tmp_path / name).open("ab") as file:
            file.write(b"\x7f" * 21)
    again = ExactIndex(tmp_path, 8)
    assert again.counts() == {1: 2}
    again.append(2, [None], unit(1, 5))
    assert ExactIndex(tmp_path, 8).search(unit(1, 5)[0], 1, [1, 2])[0][:2] == (2, 0)


def test_a_reader_sees_what_a_writer_appends(tmp_path: Path) -> None:
    """Another opened index sees new rows after it reloads, and answers undisturbed before."""
    writer, reader = ExactIndex(tmp_path, 8), ExactIndex(tmp_path, 8)
    writer.append(1, [None], unit(1))
    assert reader.search(unit(1)[0], 5, [1]) == []
    reader.reload()
    assert len(reader.search(unit(1)[0], 5, [1])) == 1
