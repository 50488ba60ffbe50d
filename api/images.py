"""Page images: drawn once, by workers of their own (api/drawers.py), kept in memory while there is room."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

from api.drawers import Drawers, count_pages, draw_page

CACHE_BYTES = 96_000_000
MOST_PIXELS = 24_000_000  # of one image: a letter page at scale 4 has 7.8 million

Key = tuple[str, int, float]


class PageImages:
    """Has pages drawn, and keeps the images used last."""

    def __init__(self, drawers: Drawers, room: int = CACHE_BYTES) -> None:
        self._drawers, self._room, self._held = drawers, room, 0
        self._kept: OrderedDict[Key, bytes] = OrderedDict()
        self._guard = threading.Lock()

    def png(self, filing_id: str, pdf: Path, number: int, scale: float) -> bytes:
        """Page `number` of the PDF as PNG, `scale` pixels a point. Raises UnreadablePdf, EncryptedPdf, ReadingLimit."""
        key = (filing_id, number, scale)
        if (kept := self._recall(key)) is not None:
            return kept
        made = self._drawers.run(draw_page, pdf, number, scale)
        self._keep(key, made)
        return made

    def page_count(self, pdf: Path) -> int:
        """How many pages a PDF has. Raises UnreadablePdf, EncryptedPdf, ReadingLimit."""
        return self._drawers.run(count_pages, pdf)

    def forget(self, filing_id: str) -> None:
        """Drop a filing's images."""
        with self._guard:
            for key in [key for key in self._kept if key[0] == filing_id]:
                self._held -= len(self._kept.pop(key))

    def start(self) -> None:
        """Have a worker ready."""
        self._drawers.start()

    def close(self) -> None:
        """End the workers."""
        self._drawers.close()

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
