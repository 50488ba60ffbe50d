"""Logistic regression with a ridge and weighted rows, and the area under the curve.

logistic(values, truth, shares, ridge=…, steps=…) -> weights, bias, means, scales      on standardised values
auc(scores, truth) -> float
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def logistic(
    values: Floats, truth: Floats, shares: Floats, *, ridge: float, steps: int
) -> tuple[Floats, float, Floats, Floats]:
    """(t,) weights, the bias, (t,) means and (t,) scales for (n, t) `values`, by `steps` of Newton's method."""
    means, scales = values.mean(axis=0), values.std(axis=0)
    scales[scales == 0] = 1.0  # a value that never varies gets no weight
    design = np.hstack([(values - means) / scales, np.ones((len(values), 1))])
    penalty = np.diag([ridge] * values.shape[1] + [0.0])
    solved = np.zeros(design.shape[1])
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-design @ solved))
        slope = design.T @ (shares * (truth - chance)) - penalty @ solved
        bend = (design * (shares * chance * (1 - chance))[:, None]).T @ design + penalty
        solved += np.linalg.solve(bend, slope)
    return solved[:-1], float(solved[-1]), means, scales


def auc(scores: Floats, truth: npt.NDArray[np.bool_]) -> float:
    """The area under the curve: the chance that what is true scores above what is not."""
    good, bad = scores[truth], scores[~truth]
    return float((good[:, None] > bad[None, :]).mean())
