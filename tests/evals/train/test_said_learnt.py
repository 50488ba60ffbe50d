"""Learning which words an answer would say."""

from __future__ import annotations

import numpy as np

from evals.train.said import fit
from rag.said import chances


def test_the_fit_finds_what_makes_a_word_missing() -> None:
    """Where one trait alone decides, its weight is the greatest and the chances follow it."""
    draw = np.random.default_rng(5)
    traits = draw.normal(size=(2000, 3)) * [1.0, 10.0, 1.0] + [0.0, 5.0, 0.0]
    missing = (draw.random(2000) < 1 / (1 + np.exp(-3 * traits[:, 0] + 1))).astype(float)
    table = fit(traits, missing, 1.0)
    assert table.shape == (4,)
    assert table[0] > 10 * max(abs(table[1]), abs(table[2]))
    told = chances(np.array([[2.0, 5.0, 0.0], [-2.0, 5.0, 0.0]]), table)
    assert told[0] > 0.95
    assert told[1] < 0.05


def test_a_trait_that_never_varies_does_no_harm() -> None:
    """It gets no weight."""
    traits = np.column_stack([np.arange(20.0), np.ones(20)])
    assert fit(traits, (np.arange(20) > 9).astype(float), 1.0)[1] == 0.0
