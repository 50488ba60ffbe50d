"""Page images: drawn once, kept in memory while there is room.

page_png(pdf, name, number, scale, gray…)   PNG bytes; gray where the page has no colour, which halves them
"""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from corpus.pdf import open_pdf, page_image

CACHE_BYTES = 96_000_000
MOST_PIXELS = 24_000_000  # of one image: a letter page at scale 4 has 7.8 million
COLOUR = 12  # of 255: by so much the channels of a coloured pixel differ
COLOURED = 0.0005  # share of such pixels from which on a page is kept in colour

Key = tuple[str, int, float]


class PageImages:
    """Draws pages, one at a time since pdfium is not safe from several threads, and keeps what was drawn last."""

    def __init__(self, room: int = CACHE_BYTES) -> None:
        self._room, self._held = room, 0
        self._kept: OrderedDict[Key, bytes] = OrderedDict()
        self._guard, self._drawing = threading.Lock(), threading.Lock()

    def png(self, filing_id: str, pdf: Path, number: int, scale: float) -> bytes:
        """Page `number` of the PDF as PNG, `scale` pixels a point. Raises UnreadablePdf, EncryptedPdf."""
        key = (filing_id, number, scale)
        if (kept := self._recall(key)) is not None:
            return kept
        with self._drawing:
            if (kept := self._recall(key)) is not None:
                return kept
            pixels = page_image(pdf.read_bytes(), pdf.name, number, scale)
        made = encode(pixels)
        self._keep(key, made)
        return made

    def page_count(self, data: bytes, name: str) -> int:
        """How many pages a PDF has. Raises UnreadablePdf, EncryptedPdf."""
        with self._drawing, open_pdf(data, name) as pdf:
            return pdf.page_count

    def forget(self, filing_id: str) -> None:
        """Drop a filing's images."""
        with self._guard:
            for key in [key for key in self._kept if key[0] == filing_id]:
                self._held -= len(self._kept.pop(key))

    def _recall(self, key: Key) -> bytes | None:
        with self._guard:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: Key, made: bytes) -> None:
        with self._guard:
            self._held += len(made) - len(self._kept.get(key, b""))
            self._kept[key] = made
            while self._held > self._room and len(self._kept) > 1:
                self._held -= len(self._kept.popitem(last=False)[1])


def encode(pixels: npt.NDArray[np.uint8]) -> bytes:
    """(height, width, 3) RGB as PNG, gray where hardly a pixel has colour."""
    spread = pixels.max(axis=2) - pixels.min(axis=2)
    image = Image.fromarray(pixels)
    if float((spread > COLOUR).mean()) < COLOURED:
        image = image.convert("L")
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=4)
    return out.getvalue()
