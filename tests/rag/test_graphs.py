"""A word's own vector, as the shipped models hold it."""

from __future__ import annotations

import numpy as np
import pytest

from rag.graphs import word_vector


def test_a_words_vector_has_unit_length_and_knows_no_large_letters() -> None:
    """Cosines are dot products; "Arbitration" is "arbitration"."""
    assert np.linalg.norm(word_vector("arbitration")) == pytest.approx(1.0, abs=1e-5)
    assert np.array_equal(word_vector("Arbitration"), word_vector("arbitration"))


def test_words_of_like_meaning_lie_nearer_to_each_other() -> None:
    """ "lawyer" is nearer to "attorney" than to "server"."""
    lawyer, attorney, server = map(word_vector, ("lawyer", "attorney", "server"))
    assert lawyer @ attorney > lawyer @ server
