"""What every peer is made to look like: PDFs in, ranked places out, each with the words it would show.

    Peer.ingest(pdfs, folder) -> pages read
    Peer.search(query, k)     -> [Cited], best first
Pages count from 1 here; peers that count from 0 are converted where they answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage as a system cites it."""

    file: str
    page: int
    end_page: int
    text: str


class Peer(Protocol):
    """A retrieval pipeline over PDFs. Models are loaded when it is made, before any clock starts."""

    name: str
    settings: str

    def ingest(self, pdfs: Sequence[Path], folder: Path) -> int:
        """Read, split, embed and index; how many pages were read."""

    def search(self, query: str, k: int) -> list[Cited]:
        """The first `k` passages."""
