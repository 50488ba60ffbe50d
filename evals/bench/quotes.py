"""How long it takes to check a quotation, in a filing as long as they come.

    python -m evals.bench.quotes [PDF …]      without a PDF: 300 pages of made-up words, the same every time

One JSON object a filing: milliseconds of CPU, median and worst of SAMPLES quotations of 60 words. `exact` are
retyped with other white space and marks, `altered` have one to five words changed, `absent` are the words in another
order, `ellipsis` leave 20 words out. `fold` is paid once a filing and process.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from corpus.model import Facts, Filing
from corpus.reader import read_reading
from rag.folding import fold
from rag.locate import locate_quote

SAMPLES = 200
WORDS = 60
PAGES, PAGE_WORDS = 300, 320
_VOCABULARY, _COMMON = 12_000, 1.1  # words, and how much commoner the common ones are (Zipf)


def main(paths: list[str]) -> None:
    """Print the timings of each filing."""
    filings = [_filing(Path(path)) for path in paths] or [_made_up()]
    for filing in filings:
        print(json.dumps(measure(filing)))  # noqa: T201  # a benchmark's result


def measure(filing: Filing) -> dict[str, object]:
    """The timings of one filing, with how many quotations got the verdict they should."""
    started = time.process_time()
    fold(filing.text)
    result: dict[str, object] = {"file": filing.file, "pages": len(filing.pages), "characters": len(filing.text)}
    result["fold_ms"] = round((time.process_time() - started) * 1000, 1)
    locate_quote("warm", filing)
    for name, verdict, write in (
        ("exact", "exact", _retyped),
        ("ellipsis", "exact", _shortened),
        ("altered", "altered", _changed),
        ("absent", "absent", _shuffled),
    ):
        result |= {f"{name}_{key}": value for key, value in _timed(filing, verdict, write).items()}
    return result


def _timed(filing: Filing, verdict: str, write: Callable[[list[str], random.Random], str]) -> dict[str, float]:
    """Median and worst milliseconds over SAMPLES quotations, and the share with the right verdict."""
    draw = random.Random(7)  # a sample
    words = [(m.start(), m.end()) for m in re.finditer(r"\S+", filing.text[: filing.body_end])]
    laps, right = [], 0
    for _ in range(SAMPLES):
        first = draw.randrange(len(words) - WORDS)
        quote = write(filing.text[words[first][0] : words[first + WORDS - 1][1]].split(), draw)
        started = time.process_time()
        found = locate_quote(quote, filing)
        laps.append((time.process_time() - started) * 1000)
        right += found.verdict == verdict
    laps.sort()
    return {"median_ms": round(laps[len(laps) // 2], 2), "worst_ms": round(laps[-1], 2), "right": right / SAMPLES}


def _retyped(words: list[str], draw: random.Random) -> str:
    text = "".join(word + draw.choice([" ", "  ", "\n", "\xa0"]) for word in words)
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def _shortened(words: list[str], draw: random.Random) -> str:
    return " ".join([*words[:20], ". . .", *words[40:]])


def _changed(words: list[str], draw: random.Random) -> str:
    for _ in range(draw.randint(1, 5)):
        words[draw.randrange(len(words))] = draw.choice(["never", "moreover", "quietly"])
    return " ".join(words)


def _shuffled(words: list[str], draw: random.Random) -> str:
    draw.shuffle(words)
    return " ".join(words)


def _filing(path: Path) -> Filing:
    reading = read_reading(path)
    return Filing(
        id=reading.id,
        file=reading.file,
        facts=Facts(),
        text=reading.text,
        body_end=reading.body_end,
        pages=reading.pages,
        lines=reading.lines,
        paragraphs=reading.paragraphs,
        footnotes=reading.footnotes,
    )


def _made_up() -> Filing:
    """Sentences of made-up words, as common as words are, with marks that have to be folded."""
    draw = random.Random(1)  # a sample
    letters = "etaoinshrdlucmfwyp"
    vocabulary = ["".join(draw.choices(letters, k=draw.randint(2, 9))) for _ in range(_VOCABULARY)]
    weights = [1 / (rank + 1) ** _COMMON for rank in range(_VOCABULARY)]
    marks = ["", "", "", "", "", "", ",", "’s", "—", ". ", "”", " § 12", "."]
    words = [word + draw.choice(marks) for word in draw.choices(vocabulary, weights, k=PAGES * PAGE_WORDS)]
    text = " ".join(words) + "\n"
    return Filing(
        id="made", file="made up", facts=Facts(), text=text, body_end=len(text), pages=(), lines=(), paragraphs=()
    )


if __name__ == "__main__":
    main(sys.argv[1:])
