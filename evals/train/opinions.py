"""Training opinions, which come as text page by page: a library of those held out, read by the product.

ingest(library, …, fillers=n)   the held-out opinions and n others, built as the product builds
held_out_questions() -> rows    what is asked of the held-out opinions, all of which they answer
read_text(path) -> Filing       a training opinion in a JSON file, read and understood as a PDF would be
set_page(number, text)          a page of text set as the page it was, so that the product's own reader finds
                                writings, speakers, footnotes and holdings:

    +--------------------------------+
    |  2     CORLEY v. UNITED STATES |   a head: its number outside, its words centred, small
    |       Opinion of the Court     |
    | full lines reach both margins  |   body, 11 points
    |   a paragraph is indented      |
    |               II               |   a label, centred
    | ------                         |   the typed rule
    | 3 A note, 9 points             |
    +--------------------------------+
Widths are made up: enough for what the product reads from a page's look, which is what the text no longer has.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.clean import Source, compose, lay_out
from corpus.model import Filing, RawPage, RawWord
from corpus.understand import understand
from corpus.workers import Beat, Correction
from evals.train.data import SHARED, draw_cases, read_rows
from evals.train.passages import LABEL
from rag.library import Library
from rag.models import Models
from rag.pipeline import build
from rag.settings import Settings

SEED = 7  # of the draw of fillers
WIDTH, HEIGHT = 612.0, 792.0
LEFT, RIGHT = 156.0, 456.0  # the measure of a slip opinion
TOP = 120.0
BODY, SMALL = 11.0, 9.0  # points
FULL = 0.82  # of the page's longest line: a line as long reaches the right margin
INDENT = 11.0
LEADING, CAPTION_LEADING = 1.2, 2.0  # from line to line, in type sizes
HEAD_ROWS = 4  # looked at for running heads

_HEAD = re.compile(
    r"^(?:Cite as: .*|Opinion of the Court|Opinion of .{3,40}|Per Curiam|.{2,40}, (?:C\. )?J\., .{5,70}|Appendix.{0,60}"
    r"|\d{1,3} [A-Z][^a-z]*(?: v\. |, ex rel\.| et al|IN RE |EX PARTE ).*|[A-Z][^a-z]*(?: v\. ).*"
    r"|[A-Z0-9 .,&’'()/-]{3,60})$"
)
_LINE_END = re.compile(
    r"\n"
    r"|(?<=[\ufffe\ufffd\u00ad\x02])(?!\s)"  # the mark of a broken word ends its line too
    r"|(?<=[.”)] )(?=\d{1,2}[A-Z“])"  # a note that the text layer ran on: "n. 11. 3Because we"
)
_BLANK = re.compile(r"^[_\s]*$")
_NOTE_RULE = re.compile(r"^[—–]{3,}$")
_OPENING = re.compile(r"\[[A-Z][a-z]+ \d{1,2}, \d{4}\]$")
_NUMBER_LAST = re.compile(r"^(Cite as: .*?) +(\d{1,3})$")
_NUMBER_FIRST = re.compile(r"^(\d{1,3}) +(\D.*)$")

Row = dict[str, Any]


def ingest(
    library: Library, models: Models, settings: Settings, folder: Path, cases: frozenset[str], *, fillers: int = 0
) -> None:
    """The opinions of `cases`, and `fillers` others as their neighbours, each written to `folder` as a text file that
    poses as a PDF. What the library holds already is left as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    opinions = read_rows(SHARED / "train" / "opinions.jsonl.gz")
    others = [row for row in opinions if row["case"] not in cases]
    chosen = [row for row in opinions if row["case"] in cases] + random.Random(SEED).sample(others, fillers)
    paths = [folder / f"{row['case']}.pdf" for row in chosen]
    for path, row in zip(paths, chosen, strict=True):
        if not path.is_file():
            path.write_text(json.dumps(row), encoding="utf-8")
    build(paths, library, models, settings, read=read_text)


def held_out_cases() -> frozenset[str]:
    """The cases that embedder and reranker did not train on (evals/train/data.py)."""
    return draw_cases({row["case"] for row in read_rows(SHARED / "train" / "opinions.jsonl.gz")})


def held_out_questions() -> list[Row]:
    """The natural questions about the held-out cases, all of which those cases answer."""
    held_out = held_out_cases()
    return [row for row in read_rows(SHARED / "train" / "questions.jsonl") if row["case"] in held_out]


def read_text(path: Path, *, correction: Correction, ocr: bool, progress: Beat) -> Filing:
    """The opinion in a JSON file `{case, title, pages}` as a Filing; `ocr` and `progress` are not used."""
    data = path.read_bytes()
    row = json.loads(data)
    sheets = [lay_out(set_page(number, text)) for number, text in enumerate(row["pages"], 1)]
    key = hashlib.sha256(data).hexdigest()[:16]
    facts: dict[str, object] = {"kind": "opinion", "court": "scotus", "case_name": _plain(row["title"])}
    return understand(compose(sheets, Source(key, path.name)), {**facts, **correction})


def set_page(number: int, text: str) -> RawPage:
    """A page of text as words with places; a word broken at a line's end keeps its mark there."""
    lines = [line.rstrip() for line in _LINE_END.split(text.replace("\r", "")) if not _BLANK.match(line)]
    longest = max((len(line) for line in lines), default=1)
    opens = next((at for at, line in enumerate(lines[:30]) if _OPENING.search(line)), -1)
    words: list[RawWord] = []
    baseline, in_notes, head = TOP, False, True
    for at, line in enumerate(lines):
        bare = line.strip()
        in_notes = in_notes or bool(_NOTE_RULE.match(bare))
        head = head and at < HEAD_ROWS and bool(_HEAD.match(bare))
        size = SMALL if in_notes or head else BODY
        if head or at <= opens or LABEL.match(bare):
            words += _centred(bare, baseline, size)
        else:
            left = LEFT + (INDENT if line[:1] == " " else 0.0)
            full = len(bare) >= FULL * longest
            words += _set(bare, left, RIGHT if full else left + len(bare) / longest * (RIGHT - LEFT), baseline, size)
        baseline += size * (CAPTION_LEADING if at <= opens and not head else LEADING)
        if not head and at + 1 < len(lines) and at < HEAD_ROWS and words and words[-1].size == SMALL:
            baseline += size
    return RawPage(number, WIDTH, HEIGHT, tuple(words))


def _centred(text: str, baseline: float, size: float) -> Iterator[RawWord]:
    """A centred line; a page number before or after it stands at the margin."""
    if found := _NUMBER_LAST.match(text):
        text = found[1]
        yield from _set(found[2], RIGHT - 0.5 * size * len(found[2]), RIGHT, baseline, size)
    elif found := _NUMBER_FIRST.match(text):
        text = found[2]
        yield from _set(found[1], LEFT, LEFT + 0.5 * size * len(found[1]), baseline, size)
    half = min(0.25 * size * len(text), 0.4 * (RIGHT - LEFT))
    middle = (LEFT + RIGHT) / 2
    yield from _set(text, middle - half, middle + half, baseline, size)


def _set(text: str, left: float, right: float, baseline: float, size: float) -> Iterator[RawWord]:
    """The words of a line between two edges, every character as wide as the next."""
    step = (right - left) / max(len(text), 1)
    for order, found in enumerate(re.finditer(r"\S+", text)):
        edges = [left + step * at for at in range(found.start(), found.end() + 1)]
        yield RawWord(found[0], edges[0], edges[-1], baseline, size, False, False, edges, order)


def _plain(title: str) -> str:
    """A case name as it is written in running text: "CORLEY v. UNITED STATES" is "Corley v. United States"."""
    return re.sub(r"\bV\.", "v.", title.title()).replace("’S", "’s")
