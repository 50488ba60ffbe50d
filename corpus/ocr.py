"""Reading pages that are pictures of text."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from corpus.model import RawWord


class Ocr(Protocol):
    """Anything that reads words off a picture."""

    def read(self, pixels: npt.NDArray[np.uint8], width: float, height: float) -> tuple[RawWord, ...]:
        """The words on a page picture (height, width, 3) RGB, placed in points on a page `width` by `height`."""
        ...
