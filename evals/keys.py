"""The key of a docket whose every sentence is known: who says it, whom it restates, in which writing.

read_key(path) -> Key
    said(file, text, page)   the key's sentences that a quotation from `file` is made of
    pages                    the text of every page, for those that are pictures
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.model import Speaker

LEAST = 12  # characters of a sentence that is known by itself within a longer quotation
_MARKS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-"})


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of the key, on the pages of its paragraph. `restates` is whose view it reports."""

    text: str
    speaker: Speaker
    restates: Speaker | None
    writing: str | None
    pages: range


@dataclass(frozen=True, slots=True)
class Key:
    """All sentences of a docket by file, and the text of its pages."""

    sentences: Mapping[str, tuple[Said, ...]]
    pages: Mapping[tuple[str, int], str]

    def said(self, file: str, text: str, page: int | None = None) -> tuple[Said, ...]:
        """The sentences that `text` is made of, or a part of; empty if the key has none such.

        Where one filing says the same words twice, the sentence on `page` is meant, and of several the shortest.
        """
        wanted = _folded(text)
        known = self.sentences.get(file, ())
        whole = sorted(
            (said for said in known if wanted in _folded(said.text)),
            key=lambda said: (page not in said.pages, len(said.text)),
        )
        if whole:
            return tuple(whole[:1])
        return tuple(said for said in known if len(said.text) > LEAST and _folded(said.text) in wanted)


def read_key(path: Path) -> Key:
    """The key in a JSONL file of paragraphs, each with its sentences."""
    sentences: dict[str, list[Said]] = defaultdict(list)
    pages: dict[tuple[str, int], list[str]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for page in range(row["page"], row["end_page"] + 1):
            pages[row["file"], page].append(" ".join(filter(None, (row["prefix"], row["text"]))))
        for sentence in row["sentences"]:
            restates = _speaker(sentence["restates"])
            pages_of = range(row["page"], row["end_page"] + 1)
            said = Said(sentence["text"], Speaker(**row["speaker"]), restates, row["writing"], pages_of)
            sentences[row["file"]].append(said)
    return Key(
        {file: tuple(said) for file, said in sentences.items()}, {at: "\n".join(text) for at, text in pages.items()}
    )


def _speaker(row: dict[str, Any] | None) -> Speaker | None:
    return Speaker(**row) if row else None


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text.translate(_MARKS)).strip().lower()
