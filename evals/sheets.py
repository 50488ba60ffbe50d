r"""What the pages of a PDF show, read without the product's reader: the referee of quotations and gold words.

    Sheets(pdfs).places(file, text)  -> the pages on which `text` begins, word for word

Words are compared as pdfium gives them, in order, without quotation marks: those change when words that hold a
quotation are quoted. What falls between words on the paper is passed over: the numbers down the margin, a footnote's
mark, a hyphen at a line's end, and, where words run on to the next sheet, its head and the foot of the one before.

     12 | ... the customer “solely responsible for the law-          pdfium: "12", "law\ufffe", "fulness"
     13 | fulness of each deployment.”3                              pdfium: "13", "deployment.”3"
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import pypdfium2

_BREAK = re.compile(
    r"(?:\ufffe|\u00ad|\x02)\s*(?:\n\s*\d{1,2}\s+(?=[a-z]))?|(?<=\w)[-‐‑]\s*\n\s*(?=\w)|(?<=\w/)\s*\n\s*(?=\w)"
)
_MARKS = str.maketrans({"—": " — ", "–": "-", "‐": "-", "‑": "-", "\xa0": " "})
_SOFT = str.maketrans("", "", "-\ufffe\u00ad“”\"‘’'")
_ELLIPSIS = re.compile(r"\s*(?:…|█|\. ?\. ?\.(?: ?\.)?)\s*")
_PUNCTUATION = "\"'().,;:[]"
_HANGING = re.compile(r"(?<=[A-Za-z.,;:'\")])(?:\d{1,2}|\*)$")  # a footnote's mark
_LEADING = re.compile(r"^\d{1,2}(?=[A-Za-z])")  # a footnote's number before its first word
_HANGS_ON = re.compile(r"[A-Za-z][.,;:'\")]*$|\)[.,;:]?$")  # what such a mark may hang on: never a number
MARGIN_LINES = 15  # bare numbers among a page's lines, from which on it has numbers down its margin
LEAST_LETTERS = 40  # on a page; fewer, and the page shows a picture rather than text
FOOT_WORDS = 400  # that may stand between words run on to the next sheet: footnotes, the foot, the head
TURNING_WORDS = 5  # before the sheet turns; fewer are believed only where the words stand nowhere else
SEEK_WORDS = 3  # that must agree where words go on after a foot and a head


class Sheets:
    """The pages of some PDFs by file name, each read once. `stand_ins` are texts for pages without a text layer."""

    def __init__(self, pdfs: Sequence[Path], stand_ins: Mapping[tuple[str, int], str] | None = None) -> None:
        self._paths = {path.name: path for path in pdfs}
        self._stand_ins = dict(stand_ins or {})
        self._texts: dict[str, list[str]] = {}
        self._pages: dict[str, list[list[str]]] = {}
        self._read = lru_cache(maxsize=8192)(self._places)

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the PDFs, sorted."""
        return tuple(sorted(self._paths))

    def count(self, file: str) -> int:
        """How many pages `file` has."""
        return len(self.pages(file))

    def legible(self, file: str, page: int) -> bool:
        """Whether anything on this page can be checked."""
        return 1 <= page <= self.count(file) and bool(self.pages(file)[page - 1])

    def places(self, file: str, text: str) -> tuple[int, ...]:
        """The pages on which `text` begins, ascending; parts with an ellipsis or a redaction (█) between them must
        follow each other.

        Punctuation at either end of `text` is not compared, since a quotation may close before its sentence does.

        Empty for words that are not there, for an unknown file, and for a text without words.
        """
        return self._read(file, text) if file in self._paths else ()

    def stands(self, file: str, page: int, text: str) -> bool:
        """Whether `text` begins on this page."""
        return page in self.places(file, text)

    def pages(self, file: str) -> list[list[str]]:
        """The words of each page, as they are compared."""
        if file not in self._pages:
            self._pages[file] = [words(text) for text in self._shown(file)]
        return self._pages[file]

    def text(self, file: str, page: int) -> str:
        """The text of a page, without the numbers down its margin."""
        return self._shown(file)[page - 1]

    def _shown(self, file: str) -> list[str]:
        if file not in self._texts:
            self._texts[file] = [
                _without_margin(self._stand_ins.get((file, number), "") if _letters(text) < LEAST_LETTERS else text)
                for number, text in enumerate(_read(self._paths[file]), 1)
            ]
        return self._texts[file]

    def _places(self, file: str, text: str) -> tuple[int, ...]:
        parts = [part for part in (words(piece) for piece in _ELLIPSIS.split(text)) if part]
        if not parts:
            return ()
        whole = self._begin(file, parts, len(parts[0]))
        turning = self._begin(file, parts, TURNING_WORDS) if len(parts[0]) > TURNING_WORDS else ()
        return tuple(sorted({*whole, *turning})) or self._begin(file, parts, 1)

    def _begin(self, file: str, parts: Sequence[Sequence[str]], before: int) -> tuple[int, ...]:
        """The pages that the parts begin on with at least `before` words before the sheet turns."""
        pages = self.pages(file)
        return tuple(
            number
            for number in range(1, len(pages) + 1)
            if _follows(parts, pages[number - 1], pages[number] if number < len(pages) else [], before)
        )


def words(text: str) -> list[str]:
    """The words of a text as they are compared: no quotation marks, no hyphens, dashes apart."""
    joined = _BREAK.sub("", text.replace("\r\n", "\n")).translate(_MARKS)
    return [word for word in (token.translate(_SOFT) for token in joined.split()) if word]


def _read(path: Path) -> Iterator[str]:
    pdf = pypdfium2.PdfDocument(path)
    try:
        for page in pdf:
            yield page.get_textpage().get_text_range()
    finally:
        pdf.close()


def _letters(text: str) -> int:
    """Letters on a page, but for those of a court's stamp."""
    body = "\n".join(
        line for line in text.splitlines() if not re.match(r"\s*(?:Case|Appeal|USCA)\b.*Filed|.*DktEntry", line)
    )
    return sum(char.isalpha() for char in body)


def _without_margin(text: str) -> str:
    """The page without the numbers down its margin, where it has them."""
    lines = text.replace("\r\n", "\n").split("\n")
    bare = sum(bool(re.fullmatch(r"\s*\d{1,2}\s*", line)) for line in lines)
    led = Counter(match[1] for line in lines if (match := re.match(r"\s*(\d{1,2})\s+\S", line)))
    if bare >= MARGIN_LINES:
        return "\n".join(line for line in lines if not re.fullmatch(r"\s*\d{1,2}\s*", line))
    if len(led) >= MARGIN_LINES:
        return "\n".join(re.sub(r"^\s*\d{1,2}(?=\s+\S)", "", line) for line in lines)
    return text


def _follows(parts: Sequence[Sequence[str]], page: Sequence[str], after: Sequence[str], before: int) -> bool:
    """Whether the parts stand one after another, the first beginning on `page` with at least `before` words."""
    at = 0
    stream = [*page, *after]
    for count, part in enumerate(parts):
        limit = len(page) if count == 0 else len(stream)
        found = _find(part, stream, at, limit, len(page), before if count == 0 else 1)
        if found is None:
            return False
        at = found
    return True


def _find(part: Sequence[str], stream: Sequence[str], start: int, limit: int, turn: int, before: int) -> int | None:
    """Where `part` ends in `stream` if it begins in `[start, limit)`; `turn` is where the next sheet begins."""
    for begin in range(start, limit):
        if (
            part[0][:1] in stream[begin]
            and _same(stream[begin], part[0], edge=True)
            and (end := _walk(part, stream, begin, turn, before)) is not None
        ):
            return end
    return None


def _walk(part: Sequence[str], stream: Sequence[str], begin: int, turn: int, before: int) -> int | None:
    """Follow `part` word by word from `begin`, turning the sheet after `before` words at the earliest."""
    at, turned = begin, False
    for count, word in enumerate(part):
        edge = count in (0, len(part) - 1)
        if at < len(stream) and _same(stream[at], word, edge=edge):
            at += 1
        elif count and at + 1 < len(stream) and _is_mark(stream[at]) and _same(stream[at + 1], word, edge=edge):
            at += 2
        elif (
            not turned
            and count >= before
            and begin < turn
            and (over := _over(part[count:], stream, at, turn)) is not None
        ):
            at, turned = over + 1, True
        else:
            return None
    return at


def _over(rest: Sequence[str], stream: Sequence[str], at: int, turn: int) -> int | None:
    """Where the words go on upon the next sheet, past the foot of this one and the head of that."""
    if turn - at > FOOT_WORDS:
        return None
    head = re.sub(r"\d+$", "", stream[at]) if at < turn else ""  # a word broken over the sheets: "sur12" … "viving"
    broken = 1 < len(head) < len(rest[0]) and rest[0].startswith(head)
    seek = [rest[0][len(head) :] if broken else rest[0], *rest[1:SEEK_WORDS]]
    for begin in range(turn, min(turn + FOOT_WORDS, len(stream) - len(seek) + 1)):
        if all(_same(stream[begin + i], word, edge=i == len(rest) - 1) for i, word in enumerate(seek)):
            return begin
    return None


def _same(shown: str, wanted: str, *, edge: bool = False) -> bool:
    """Whether a word on the paper is the word wanted: a footnote's mark may hang on it, and at the edge punctuation."""
    if shown == wanted:
        return True
    if wanted.strip(_PUNCTUATION) not in shown:
        return False
    bare = _HANGING.sub("", shown) if _HANGS_ON.search(wanted) else shown
    bare = _LEADING.sub("", bare) if edge else bare
    return bare == wanted or (
        edge and bool(bare.strip(_PUNCTUATION)) and bare.strip(_PUNCTUATION) == wanted.strip(_PUNCTUATION)
    )


def _is_mark(word: str) -> bool:
    """A footnote's mark or a margin's number that stands by itself."""
    return bool(re.fullmatch(r"\d{1,2}|\*{1,2}", word))
