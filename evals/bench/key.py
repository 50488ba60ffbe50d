"""The sample docket read back, beside the key that its builder wrote: python -m evals.bench.key [--list]

    paragraphs   of the key's rows, those read as one paragraph with the same characters but for white space
    pages        of those, the ones whose first and last line stand on the page that the key says
    lines        the same, by printed line number
    labels       of all pages, those whose printed number is read, or read as none where none is printed
    headings     of the rows found in the text, those under exactly the key's headings
    speakers     of the sentences found, those with the key's role; with its role and name
    restated     of the sentences found, those reported for the key's role, or for nobody; precision and recall
    cut          of the sentences found, those that begin and end where their writer put it

The builder knows where it set each word, so nothing in the key was read off a PDF. OCR stays off: a scan has no text
to compare, and is named. Shares are of 1; `--list` names every case that is not right.
"""

from __future__ import annotations

import argparse
import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from corpus.model import Filing, Paragraph, Reading, Sentence
from corpus.reader import read_reading
from corpus.understand import understand

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample"
SHORT = 12  # characters; "Yes." stands in many places, so its place says nothing

Row = dict[str, Any]


class Compared(NamedTuple):
    """A sentence of the key with what the filing says of the same words."""

    key: Row
    block: Row
    mine: Sentence
    cut: bool

    @property
    def wanted(self) -> str | None:
        """The role whose view the key says is reported."""
        return self.key["restates"]["role"] if self.key["restates"] else None

    @property
    def said(self) -> str | None:
        """The role whose view the filing says is reported."""
        return self.mine.restates.role if self.mine.restates else None

    @property
    def role_right(self) -> bool:
        """Whether the speaker's role is the key's."""
        return bool(self.mine.speaker.role == self.block["speaker"]["role"])

    @property
    def speaker_right(self) -> bool:
        """Whether the speaker's role and name are the key's; the key calls a syllabus by its other name."""
        names = (self.mine.speaker.name, self.block["speaker"]["name"])
        return self.role_right and (names[0] == names[1] or names == ("Syllabus", "Summary"))


class Score(NamedTuple):
    """How many were right of how many, and a line about each that was not."""

    right: int
    total: int
    wrong: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """Of 1; 1 where there was nothing to get wrong."""
        return self.right / self.total if self.total else 1.0


@cache
def docket() -> tuple[Row, ...]:
    """The sample's filings, scans too, in order of filing."""
    return tuple(map(json.loads, (SAMPLE / "filings.jsonl").read_text("utf-8").splitlines()))


@cache
def key() -> dict[str, list[Row]]:
    """The key's rows by file, in reading order; scans left out, for they need OCR."""
    scans = {row["file"] for row in docket() if row["scanned"]}
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in map(json.loads, (SAMPLE / "key.jsonl").read_text("utf-8").splitlines()):
        if row["file"] not in scans:
            rows[row["file"]].append(row)
    return rows


@cache
def reading(file: str) -> Reading:
    """One sample filing, read once."""
    return read_reading(SAMPLE / "pdfs" / file)


@cache
def sample(file: str) -> Filing:
    """One sample filing, understood once."""
    return understand(reading(file))


def paired(file: str) -> Iterator[tuple[Row, Paragraph | None]]:
    """Each row of the key with the paragraph that has its words, the nearest after the one before."""
    read = reading(file)
    places: dict[str, list[Paragraph]] = defaultdict(list)
    for paragraph in read.paragraphs:
        places[_bare(read.text[paragraph.start : paragraph.end])].append(paragraph)
    for row in key()[file]:
        held = places.get(_bare((row["prefix"] or "") + row["text"])) or places.get(_bare(row["text"]))
        yield row, held.pop(0) if held else None


@cache
def located(file: str) -> tuple[tuple[Row, int, int], ...]:
    """Each row of the key with the offsets of its words in the filing; rows whose words are not there left out."""
    filing = sample(file)
    flat, places = _folded(filing.text)
    body = next((p.start for p in filing.pages if p.use == "text" and p.end > p.start), 0)
    last = next((i for i, at in enumerate(places) if at >= body), 0)
    found = []
    for row in key()[file]:
        words = re.sub(r"\s+", "", row["text"])
        start = flat.find(words, 0 if row["kind"] == "footnote" else last)
        if len(words) < 6 or start < 0:  # a bare "3." is everywhere
            continue
        found.append((row, places[start], places[start + len(words) - 1] + 1))
        last = last if row["kind"] == "footnote" else start
    return tuple(found)


@cache
def compared() -> tuple[Compared, ...]:
    """Every sentence of the key beside the filing's own at the same words."""
    pairs = []
    for file in key():
        filing = sample(file)
        for row, start, end in located(file):
            if row["kind"] in ("heading", "pause"):
                continue
            flat, places = _folded(filing.text[start:end])
            for sentence in row["sentences"]:
                words = re.sub(r"\s+", "", sentence["text"])
                at = flat.find(words)
                if at < 0:
                    continue
                a, b = start + places[at], start + places[at + len(words) - 1] + 1
                mine = max(filing.sentences_in(a, b), key=lambda s: min(s.end, b) - max(s.start, a), default=None)
                if mine is not None:
                    pairs.append(Compared(sentence, row, mine, (mine.start, mine.end) == (a, b)))
    return tuple(pairs)


def paragraphs() -> Score:
    """Rows read whole and alone."""
    rows = [pair for file in key() for pair in paired(file)]
    wrong = tuple(f"{row['id']} {row['text'][:60]}" for row, paragraph in rows if paragraph is None)
    return Score(len(rows) - len(wrong), len(rows), wrong)


def places(*, printed: bool) -> Score:
    """First and last line of each paragraph read: the page they stand on, or where `printed` the number beside them."""
    wrong, total = [], 0
    for file in key():
        read = reading(file)
        starts = [line.start for line in read.lines]
        for row, paragraph in paired(file):
            if paragraph is None or len(row["text"]) < SHORT:
                continue
            total += 1
            ends = [read.lines[bisect_right(starts, at) - 1] for at in (paragraph.start, paragraph.end - 1)]
            mine = [line.number if printed else line.page for line in ends]
            want = [row["line"], row["end_line"]] if printed else [row["page"], row["end_page"]]
            if mine != want:
                wrong.append(f"{row['id']} {want} read as {mine}")
    return Score(total - len(wrong), total, tuple(wrong))


def labels() -> Score:
    """Printed page numbers; a first page may print none."""
    wrong, total = [], 0
    for row in (row for row in docket() if not row["scanned"]):
        for page, want in zip(reading(row["file"]).pages, row["pages"], strict=True):
            total += 1
            if page.label != want["label"] and not (page.number == 1 and page.label is None):
                wrong.append(f"{row['filing']} page {page.number}: {want['label']} read as {page.label}")
    return Score(total - len(wrong), total, tuple(wrong))


def headings() -> Score:
    """The path of headings that each row stands under."""
    wrong, total = [], 0
    for file in key():
        for row, start, end in located(file):
            if row["kind"] == "pause":
                continue
            total += 1
            mine = list(sample(file).headings_at(start if row["kind"] == "heading" else (start + end) // 2))
            if mine != row["headings"]:
                wrong.append(f"{row['id']} {row['text'][:50]}: under {mine}")
    return Score(total - len(wrong), total, tuple(wrong))


def speakers(*, named: bool) -> Score:
    """Who speaks each sentence: the role, and where `named` the name too."""
    wrong = [p for p in compared() if not (p.speaker_right if named else p.role_right)]
    lines = tuple(f"{p.block['id']} {p.key['text'][:60]}: {p.mine.speaker}" for p in wrong)
    return Score(len(compared()) - len(wrong), len(compared()), lines)


def restated() -> Score:
    """Whose view each sentence reports, or that it is the speaker's own."""
    wrong = [p for p in compared() if p.wanted != p.said]
    lines = tuple(f"{p.block['id']} {p.wanted} read as {p.said}: {p.key['text']}" for p in wrong)
    return Score(len(compared()) - len(wrong), len(compared()), lines)


def precision() -> Score:
    """Of the sentences said to report somebody, those that report them."""
    said = [p for p in compared() if p.said]
    return Score(sum(p.said == p.wanted for p in said), len(said))


def recall() -> Score:
    """Of the sentences that report somebody, those said to."""
    wanted = [p for p in compared() if p.wanted]
    return Score(sum(p.said == p.wanted for p in wanted), len(wanted))


def cuts() -> Score:
    """Sentences with both ends where their writer put them."""
    wrong = [p for p in compared() if not p.cut]
    return Score(
        len(compared()) - len(wrong), len(compared()), tuple(f"{p.block['id']} {p.key['text']}" for p in wrong)
    )


def scores() -> dict[str, Score]:
    """Every measure by its name."""
    return {
        "paragraphs": paragraphs(),
        "pages": places(printed=False),
        "lines": places(printed=True),
        "labels": labels(),
        "headings": headings(),
        "speaker's role": speakers(named=False),
        "speaker's role and name": speakers(named=True),
        "restated": restated(),
        "restated: precision": precision(),
        "restated: recall": recall(),
        "cut": cuts(),
    }


def main() -> None:
    """Print each measure, then, if asked, what is not right."""
    parser = argparse.ArgumentParser(description="The sample docket read back, beside its key.")
    parser.add_argument("--list", action="store_true", help="name every case that is not right")
    given = parser.parse_args()
    for row in docket():
        if row["scanned"]:
            print(f"left out, a scan: {row['filing']} ({row['file']})")  # noqa: T201
    found = scores()
    for name, score in found.items():
        print(f"{name:24} {score.share:7.2%}  {score.right} of {score.total}")  # noqa: T201
    for name, score in found.items():
        for line in score.wrong if given.list else ():
            print(f"{name}: {line}")  # noqa: T201


def _bare(text: str) -> str:
    """The characters alone; the bars of the key stand for line ends."""
    return re.sub(r"[\s|]+", "", text)


def _folded(text: str) -> tuple[str, list[int]]:
    """`text` without white space, and where each of its characters stood."""
    kept = [(char, at) for at, char in enumerate(text) if not char.isspace()]
    return "".join(char for char, _ in kept), [at for _, at in kept]


if __name__ == "__main__":
    main()
