"""The sample docket against its key: heading path, speaker and restatement of every sentence, by the words.

The key is written by the builder that set the pages, so nothing in it was read off a PDF.
"""

import json
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from corpus.model import Filing, Sentence
from corpus.reader import read_reading
from corpus.understand import understand

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample"
HEADING_PATHS = 0.995  # of all blocks, the heading path exact
SPEAKERS = 0.99  # of all sentences, role and name exact
RESTATED = 0.96  # of all sentences, reported whose view, or nobody's
PRECISION = 0.91  # of the sentences said to restate somebody, those that do
RECALL = 0.87  # of those that do, the ones found
CUT = 0.97  # of all sentences, both ends exact


class Compared(NamedTuple):
    """A sentence of the key with what the filing says of the same words."""

    key: dict[str, Any]
    block: dict[str, Any]
    mine: Sentence
    cut: bool


def key() -> dict[str, list[dict[str, Any]]]:
    """The key's blocks by file, in reading order; scans left out, for they need OCR."""
    path = SAMPLE / "key.jsonl"
    if not path.exists():
        pytest.skip("the sample docket is not built")
    blocks: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        block = json.loads(line)
        blocks[block["file"]].append(block)
    scans = {
        row["file"]
        for row in map(json.loads, (SAMPLE / "filings.jsonl").read_text("utf-8").splitlines())
        if row["scanned"]
    }
    return {file: found for file, found in blocks.items() if file not in scans}


@cache
def sample(file: str) -> Filing:
    return understand(read_reading(SAMPLE / "pdfs" / file))


def folded(text: str) -> tuple[str, list[int]]:
    """`text` without white space, and where each of its characters stood."""
    kept = [(char, at) for at, char in enumerate(text) if not char.isspace()]
    return "".join(char for char, _ in kept), [at for _, at in kept]


def located(file: str) -> list[tuple[dict[str, Any], int, int]]:
    """Each block of the key with the offsets of its words in the filing; blocks whose words are not there left out."""
    filing = sample(file)
    flat, places = folded(filing.text)
    body = next((p.start for p in filing.pages if p.use == "text" and p.end > p.start), 0)
    last = next((i for i, at in enumerate(places) if at >= body), 0)
    found = []
    for block in key()[file]:
        words = re.sub(r"\s+", "", block["text"])
        start = flat.find(words, 0 if block["kind"] == "footnote" else last)
        if len(words) < 6 or start < 0:  # a bare "3." is everywhere
            continue
        found.append((block, places[start], places[start + len(words) - 1] + 1))
        last = last if block["kind"] == "footnote" else start
    return found


def compared() -> list[Compared]:
    """Every sentence of the key beside the filing's own at the same words."""
    pairs = []
    for file in key():
        filing = sample(file)
        for block, start, end in located(file):
            if block["kind"] in ("heading", "pause"):
                continue
            flat, places = folded(filing.text[start:end])
            for sentence in block["sentences"]:
                words = re.sub(r"\s+", "", sentence["text"])
                at = flat.find(words)
                if at < 0:
                    continue
                a, b = start + places[at], start + places[at + len(words) - 1] + 1
                mine = max(filing.sentences_in(a, b), key=lambda s: min(s.end, b) - max(s.start, a), default=None)
                if mine is not None:
                    pairs.append(Compared(sentence, block, mine, (mine.start, mine.end) == (a, b)))
    return pairs


def test_the_key_is_found_in_the_filings() -> None:
    """Nearly every block's words stand in the text, so that the shares below are shares of the whole."""
    blocks = sum(len(found) for found in key().values())
    assert sum(len(located(file)) for file in key()) > 0.95 * blocks


def test_heading_paths_are_exact() -> None:
    """Every block stands under the headings that its page shows."""
    wrong, total = [], 0
    for file in key():
        for block, start, end in located(file):
            if block["kind"] == "pause":
                continue
            total += 1
            at = start if block["kind"] == "heading" else (start + end) // 2
            if list(sample(file).headings_at(at)) != block["headings"]:
                wrong.append((file, block["text"][:50], sample(file).headings_at(at)))
    assert len(wrong) <= (1 - HEADING_PATHS) * total, wrong


def test_speakers_are_exact() -> None:
    """Role and name of who speaks each sentence."""
    pairs = compared()
    right = [
        p for p in pairs if (p.mine.speaker.role, p.mine.speaker.name) == tuple(p.block["speaker"].values())
        or (p.mine.speaker.name, p.block["speaker"]["name"]) == ("Syllabus", "Summary")
    ]  # fmt: skip
    assert len(right) >= SPEAKERS * len(pairs)


def test_restatements_are_known() -> None:
    """Whose view each sentence reports, or that it is the speaker's own."""
    count: Counter[str] = Counter()
    for pair in compared():
        want = pair.key["restates"]["role"] if pair.key["restates"] else None
        got = pair.mine.restates.role if pair.mine.restates else None
        count["all"] += 1
        count["right"] += want == got
        count["wanted"] += want is not None
        count["said"] += got is not None
        count["both"] += want is not None and want == got
    assert count["right"] >= RESTATED * count["all"], count
    assert count["both"] >= PRECISION * count["said"], count
    assert count["both"] >= RECALL * count["wanted"], count


def test_sentences_are_cut_where_the_key_cuts_them() -> None:
    """Both ends of a sentence fall where its writer put them."""
    pairs = compared()
    assert sum(pair.cut for pair in pairs) >= CUT * len(pairs)


def test_facts_are_what_the_docket_says() -> None:
    """Title, kind, court, number, entry and date of every filing, and who files it."""
    rows = [json.loads(line) for line in (SAMPLE / "filings.jsonl").read_text("utf-8").splitlines()]
    wrong = []
    for row in rows:
        if row["scanned"]:
            continue
        facts = sample(row["file"]).facts
        entry = f"{facts.entry}-{facts.attachment}" if facts.attachment else facts.entry
        mine = (facts.kind, facts.court, facts.docket, entry, facts.date)
        if mine != (row["kind"], row["court"], row["docket"], row["entry"], row["filed"]):
            wrong.append((row["file"], mine))
        if row["kind"] not in ("transcript", "opinion") and facts.title != row["title"]:
            wrong.append((row["file"], facts.title))
    assert not wrong
