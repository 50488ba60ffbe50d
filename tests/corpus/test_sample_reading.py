"""The sample docket read back against its key: what its builder set is what the reader finds."""

import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus.model import Paragraph, Reading
from corpus.reader import read_reading

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample"
EXACT = 0.995  # of the key's paragraphs: read with the same characters but for white space

Row = dict[str, Any]


def filings() -> list[Row]:
    """The sample's filings that are set as type, not as pictures."""
    rows = [json.loads(line) for line in (SAMPLE / "filings.jsonl").read_text("utf-8").splitlines()]
    return [row for row in rows if not row["scanned"]]


@cache
def read(file: str) -> Reading:
    """One sample filing, read once."""
    return read_reading(SAMPLE / "pdfs" / file)


def bare(text: str) -> str:
    """The characters alone; the bars of the key stand for line ends."""
    return re.sub(r"[\s|]+", "", text)


def found(file: str) -> Iterator[tuple[Row, Paragraph | None]]:
    """Each row of the key with the paragraph that has its words, the nearest after the one before."""
    reading = read(file)
    places = defaultdict(list)
    for paragraph in reading.paragraphs:
        places[bare(reading.text[paragraph.start : paragraph.end])].append(paragraph)
    for row in (json.loads(line) for line in (SAMPLE / "key.jsonl").read_text("utf-8").splitlines()):
        if row["file"] == file:
            words, prefixed = bare(row["text"]), bare((row["prefix"] or "") + row["text"])
            held = places.get(prefixed) or places.get(words)
            yield row, held.pop(0) if held else None


def test_the_keys_paragraphs_are_read_word_for_word() -> None:
    """Over all filings, nearly every paragraph, heading, note and turn comes back whole and alone."""
    rows = [pair for filing in filings() for pair in found(filing["file"])]
    missed = [f"{row['id']} {row['text'][:60]}" for row, paragraph in rows if paragraph is None]
    assert len(rows) > 500
    assert len(missed) <= (1 - EXACT) * len(rows), missed


@pytest.mark.parametrize("filing", filings(), ids=lambda filing: filing["filing"])
def test_pages_and_lines_are_exact(filing: Row) -> None:
    """Page and line number of each paragraph's first and last line are those that the builder set."""
    reading = read(filing["file"])
    starts = [line.start for line in reading.lines]
    for row, paragraph in found(filing["file"]):
        if paragraph is None or len(row["text"]) < 12:  # "Yes." stands in many places
            continue
        first = reading.lines[bisect_right(starts, paragraph.start) - 1]
        last = reading.lines[bisect_right(starts, paragraph.end - 1) - 1]
        assert (first.page, last.page) == (row["page"], row["end_page"]), row["id"]
        assert (first.number, last.number) == (row["line"], row["end_line"]), row["id"]


@pytest.mark.parametrize("filing", filings(), ids=lambda filing: filing["filing"])
def test_labels_stamps_and_uses_are_exact(filing: Row) -> None:
    """Every page prints its label, carries its stamp and has its use; a first page that prints no number has none."""
    for page, row in zip(read(filing["file"]).pages, filing["pages"], strict=True):
        assert page.label == row["label"] or (page.number == 1 and page.label is None), row
        assert (page.stamp is None) == (row["stamp"] is None)
        assert page.use == {"slip": "text"}.get(row["use"], row["use"]), row
