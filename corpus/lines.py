"""Words become lines, as the eye sees them: one baseline, left to right, cut where a column gap stands.

set_lines(page) -> lines from the top down, pleading numbers taken off and attached
  number    the column of 1, 2, 3 … down the left margin of pleading paper or a transcript
  run       words that follow each other on one baseline
  row       runs of one height that do not overlap (two stamps printed over each other stay apart)
  raise     a small numeral above the line is a note's mark: out of the text, its place kept
  black     a redaction inside a line is the word "█", so that nobody quotes what stands on either side as one
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median

from corpus.model import RawLine, RawPage, RawWord, Rule

SAME_ROW = 0.22  # of the type size: baselines closer than this are one row
COLUMN_GAP = 1.6  # of the type size: a gap wider than this parts columns
GLUE_GAP = 0.12  # of the type size: words closer than this, with no space between, are one
RAISED_SIZE = 0.82  # a mark is set smaller than this part of the line's type
RAISED_BY = 0.1  # of the line's type size, at least
TIME = re.compile(r"^\d{1,2}:\d{2}(?::\d{2})?$")  # real-time transcripts print the hour left of the line number
NOTE_INDENT = 4.0  # of the type size: a note's number may stand this far before its text
MARK = re.compile(r"[\d*†‡§¶]{1,3}$")
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
SUPERSCRIPT_RUN = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
BAND = (-0.44, 0.56)  # of the distance between numbers: a number's band, from above its baseline to below
FEWEST_NUMBERS = 8  # fewer numbers in the margin are a list, not pleading paper
MOST_MISSED = 2  # numbers that OCR may miss in a row
SAME_COLUMN = 6.0  # points: how far a number may stand from where the one above stands
BLACKED = "█"
BAR_HEIGHT = (0.8, 2.0)  # of the type size: what blacks out words of one line
MOST_IMAGE = 0.5  # of the page: on a picture of a page dark areas are no redactions of ours
MOST_NUMBER = 40  # pleading paper ends at 28, legal paper at 32


def set_lines(page: RawPage) -> list[RawLine]:
    """The page's lines from the top down; of one row, from left to right."""
    numbers = margin_numbers(page.words)
    taken = {id(word) for word in numbers}
    words = [word for word in _with_redactions(page) if id(word) not in taken]
    if numbers:  # what stands left of them is the firm's or the court's name
        left = min(word.x0 for word in numbers)
        words = [word for word in words if word.x1 > left]
    lines = [line for index, row in enumerate(_rows(words)) for line in _lines(row, index, page.rules)]
    return _numbered(lines, numbers) if numbers else lines


def _with_redactions(page: RawPage) -> list[RawWord]:
    """The page's words, and one for each dark bar that stands in a line of type and has none on it."""
    words = list(page.words)
    if page.layered or page.image_share > MOST_IMAGE:
        return words
    for area in sorted(page.covered, key=lambda area: area.x0):
        near = [at for at, word in enumerate(words) if _stands_in(word, area)]
        before = [at for at in near if words[at].x0 < area.x0]
        after = [at for at in near if words[at].x1 > area.x1]
        if not near or len(before) + len(after) < len(near):
            continue
        left = max([area.x0, *(words[at].x1 for at in before)])
        right = min([area.x1, *(words[at].x0 for at in after)])
        mate = words[near[0]]
        sides = [left - words[at].x1 for at in before] + [words[at].x0 - right for at in after]
        if right - left > mate.size and min(sides) < mate.size:  # a shape further off is a drawing's
            bar = mate._replace(text=BLACKED, x0=left, x1=right, edges=(left, right), order=-2, glued=False)
            words.insert(max(before, key=lambda at: words[at].x0) + 1 if before else min(after), bar)
    return words


def _stands_in(word: RawWord, area: Rule) -> bool:
    """Whether a dark area is as high as the word's line and at its height."""
    height, middle = area.y1 - area.y0, word.baseline - 0.3 * word.size
    fits = BAR_HEIGHT[0] * word.size < height < BAR_HEIGHT[1] * word.size
    return fits and abs(middle - (area.y0 + area.y1) / 2) < 0.25 * height


def rows_of(lines: Iterable[RawLine]) -> list[list[RawLine]]:
    """Lines grouped by row, in their order."""
    return [list(group) for _, group in groupby(lines, key=lambda line: line.row)]


def merge(row: Sequence[RawLine]) -> RawLine:
    """The lines of one row as one line, a space over each gap."""
    if len(row) == 1:
        return row[0]
    text, edges, marks = "", array("f"), []
    for line in row:
        if line.text and text:
            text += " "
        marks += [(len(text) + at, mark) for at, mark in line.marks]
        if line.text:
            text += line.text
            edges.extend(line.edges)
    longest = max(row, key=lambda line: len(line.text))
    return replace(longest, text=text, edges=edges or longest.edges, marks=tuple(marks))


def cut(line: RawLine, start: int, end: int | None = None) -> RawLine:
    """The part `[start, end)` of a line, white space at its ends left off."""
    end = len(line.text) if end is None else end
    while start < end and line.text[start] == " ":
        start += 1
    while end > start and line.text[end - 1] == " ":
        end -= 1
    marks = tuple((at - start, mark) for at, mark in line.marks if start <= at <= end)
    return replace(line, text=line.text[start:end], edges=line.edges[start : end + 1], marks=marks)


def margin_numbers(words: Sequence[RawWord]) -> list[RawWord]:
    """The line numbers down the left margin, from the top; empty where the page has none.

    They are bare numerals, run 1, 2, 3 …, stand at even distances, and next to nothing is left of them. A scan may be
    aslant, and OCR may miss a number or two.
    """
    numerals = [w for w in words if len(w.text) <= 2 and w.text.isdecimal() and 1 <= int(w.text) <= MOST_NUMBER]
    numerals.sort(key=lambda w: w.baseline)
    best: list[RawWord] = []
    for first in (w for w in numerals if int(w.text) <= 1 + MOST_MISSED):
        run = _counted(numerals, first)
        if len(run) > len(best) and _evenly_set(run):
            best = run
    if len(best) < FEWEST_NUMBERS or not _leftmost(best, words):
        return []
    return best


def _counted(numerals: list[RawWord], first: RawWord) -> list[RawWord]:
    """The numerals that count on from `first` straight down the page."""
    run = [first]
    for word in numerals:
        last = run[-1]
        ahead = int(word.text) - int(last.text)
        aligned = abs(word.x1 - last.x1) < SAME_COLUMN or abs(word.x0 - last.x0) < SAME_COLUMN
        if aligned and word.baseline > last.baseline + 2 and 1 <= ahead <= 1 + MOST_MISSED:
            run.append(word)
    return run


def _evenly_set(run: list[RawWord]) -> bool:
    steps = _steps(run)
    if len(steps) < FEWEST_NUMBERS - 1:
        return False
    middle = median(steps)
    return sum(abs(step - middle) < 0.25 * middle for step in steps) >= 0.85 * len(steps)


def _steps(run: list[RawWord]) -> list[float]:
    """The distance from number to number, a missed one counted in."""
    return [(b.baseline - a.baseline) / (int(b.text) - int(a.text)) for a, b in pairwise(run)]


def _leftmost(run: list[RawWord], words: Sequence[RawWord]) -> bool:
    """Almost nothing stands at the height of the numbers and left of them."""
    right, top, bottom = max(w.x1 for w in run), run[0].baseline - 6, run[-1].baseline + 6
    ours = {id(word) for word in run}
    inside = [w for w in words if top < w.baseline < bottom and id(w) not in ours and not TIME.match(w.text)]
    return sum(w.x0 < right for w in inside) <= 0.03 * len(inside) + 2


def _numbered(lines: list[RawLine], numbers: list[RawWord]) -> list[RawLine]:
    """Each line with the number in whose band its baseline lies; a line midway between two goes with the upper."""
    step = median(_steps(numbers))
    places = _places(numbers)
    found = []
    for line in lines:
        near = next((n for n, at in places.items() if BAND[0] < (line.baseline - at) / step <= BAND[1]), None)
        found.append(line if near is None else replace(line, number=near))
    return found


def _places(numbers: list[RawWord]) -> dict[int, float]:
    """The baseline of each number; of one that OCR missed, at its share of the way between its neighbours."""
    found = {int(numbers[0].text): numbers[0].baseline}
    for above, below in pairwise(numbers):
        first, last = int(above.text), int(below.text)
        for number in range(first + 1, last + 1):
            found[number] = above.baseline + (below.baseline - above.baseline) * (number - first) / (last - first)
    return found


def _rows(words: Sequence[RawWord]) -> list[list[RawWord]]:
    """Words by row, rows from the top down, each from left to right."""
    runs = _runs(words)
    if not runs:
        return []
    main = median(word.size for word in words)
    small = [run for run in runs if len(run) == 1 and len(run[0].text) <= 4 and run[0].size < 0.85 * main]
    aside = {id(run) for run in small}
    rows: list[list[list[RawWord]]] = []
    for run in sorted((r for r in runs if id(r) not in aside), key=lambda r: r[0].baseline):
        row = next((row for row in reversed(rows[-6:]) if _joins(run, row)), None)
        if row is None:
            rows.append([run])
        else:
            row.append(run)
    for run in small:
        row = next((row for row in rows if _raised_on(run[0], row)), None) or next(
            (row for row in rows if _joins(run, row)), None
        )
        if row is None:
            rows.append([run])
        else:
            row.append(run)
    flat = [sorted((w for run in row for w in run), key=lambda w: w.x0) for row in rows]
    return sorted(flat, key=lambda row: (_baseline(row), row[0].x0))


def _runs(words: Sequence[RawWord]) -> list[list[RawWord]]:
    runs: list[list[RawWord]] = []
    for word in words:
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and abs(word.baseline - last.baseline) <= 0.08 * max(word.size, last.size)
            and word.x0 >= last.x1 - 0.5 * word.size
        ):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _joins(run: list[RawWord], row: list[list[RawWord]]) -> bool:
    mate = row[0][0]
    if abs(run[0].baseline - mate.baseline) > SAME_ROW * max(run[0].size, mate.size):
        return False
    slack = 0.3 * run[0].size
    return all(run[-1].x1 <= other[0].x0 + slack or run[0].x0 >= other[-1].x1 - slack for other in row)


def _raised_on(word: RawWord, row: list[list[RawWord]]) -> bool:
    """Whether a small word stands raised (or sunk) against its neighbours in the row."""
    for run in row:
        mate = run[0]
        lift = mate.baseline - word.baseline
        if not -0.3 * mate.size < lift < 0.75 * mate.size or word.size > RAISED_SIZE * mate.size + 0.5:
            continue
        reach = 0.6 * mate.size
        if any(abs(word.x0 - other.x1) < reach or abs(other.x0 - word.x1) < reach for other in run):
            return True
    start = min((run[0] for run in row), key=lambda mate: mate.x0)
    lift = start.baseline - word.baseline
    small = word.size < RAISED_SIZE * start.size
    return small and 0 < start.x0 - word.x1 < NOTE_INDENT * start.size and 0.1 * start.size < lift < 0.75 * start.size


def _baseline(row: list[RawWord]) -> float:
    """The baseline that most of the row's type stands on."""
    weight: dict[float, float] = {}
    for word in row:
        key = round(word.baseline, 1)
        weight[key] = weight.get(key, 0.0) + len(word.text) * word.size
    return max(weight, key=lambda key: weight[key])


def _lines(row: list[RawWord], index: int, rules: Sequence[Rule]) -> Iterable[RawLine]:
    baseline = _baseline(row)
    size = max(word.size for word in row if abs(word.baseline - baseline) < 1.0)
    start = 0
    for at in range(1, len(row) + 1):
        if at == len(row) or row[at].x0 - row[at - 1].x1 > COLUMN_GAP * size:
            yield _line(row[start:at], index, baseline, size, rules)
            start = at


def _line(words: list[RawWord], index: int, baseline: float, size: float, rules: Sequence[Rule]) -> RawLine:
    text, edges, marks = "", [], []
    last: RawWord | None = None
    letters = bold = italic = 0
    for word in words:
        if MARK.match(word.text) and _is_raised(word, baseline, size):
            marks.append((len(text), word.text))
            continue
        if last is None:
            edges = list(word.edges)
        elif _is_glued(last, word):
            edges[-1:] = word.edges
        else:
            text += " "
            edges += word.edges
        text += word.text
        last = word
        letters += len(word.text)
        bold += len(word.text) * word.bold
        italic += len(word.text) * word.italic
    if last is None:  # a mark by itself
        return RawLine("", array("f", [words[0].x0]), baseline, size, index, marks=tuple(marks))
    if SUPERSCRIPT_RUN.search(text):
        text, edges, marks = _lift(text, edges, marks)
    x0, x1 = edges[0], edges[-1]
    under = _underlined(x0, x1, baseline, size, rules)
    bold, italic = bold > 0.6 * letters, italic > 0.6 * letters
    run_in = (bold or under) and _ends_plain(words, baseline, size, rules)
    return RawLine(text, array("f", edges), baseline, size, index, bold, italic, under, None, tuple(marks), run_in)


def _ends_plain(words: Sequence[RawWord], baseline: float, size: float, rules: Sequence[Rule]) -> bool:
    """Whether the last two words are neither bold nor underlined."""
    tail = words[-2:]
    return not any(word.bold or _underlined(word.x0, word.x1, baseline, size, rules) for word in tail)


def _underlined(x0: float, x1: float, baseline: float, size: float, rules: Sequence[Rule]) -> bool:
    """Whether thin rules just below the baseline run under most of the line."""
    below = [r for r in rules if r.y1 - r.y0 < 2 and -1.5 <= r.y0 - baseline <= 0.3 * size]
    return sum(max(min(r.x1, x1) - max(r.x0, x0), 0.0) for r in below) > 0.6 * (x1 - x0)


def _is_raised(word: RawWord, baseline: float, size: float) -> bool:
    return word.size <= RAISED_SIZE * size and baseline - word.baseline >= RAISED_BY * size


def _is_glued(last: RawWord, word: RawWord) -> bool:
    """No space between the two: none in the file, and no room for one on the page."""
    if BLACKED in (last.text, word.text) and word.text[0] not in ",.;:!?)]”’":
        return False
    follows = word.order == last.order + 1 and not word.glued
    return not follows and word.x0 - last.x1 < GLUE_GAP * max(word.size, last.size)


def _lift(
    text: str, edges: list[float], marks: list[tuple[int, str]]
) -> tuple[str, list[float], list[tuple[int, str]]]:
    """Superscript characters (¹ ² ³) taken out as marks."""
    out, places, found = "", [], list(marks)
    at = 0
    for match in SUPERSCRIPT_RUN.finditer(text):
        out += text[at : match.start()]
        places += edges[at : match.start()]
        found.append((len(out), match[0].translate(SUPERSCRIPTS)))
        at = match.end()
    return out + text[at:], [*places, *edges[at:]], sorted(found)
