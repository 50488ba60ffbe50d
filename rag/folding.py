"""Text as it is compared: what typesetting does to words is folded away, and every place maps back.

fold(text) -> Folded      .text, and .start(i) / .end(i): offsets in `text` of a slice of it
fold_filing(text)         the same, kept

Folded, on both sides of a comparison                                   so that these are one
  white space      any run is one space; none beside dashes, after §    "§ 1603" "§1603"
                   and ¶, between single capitals                       "U. S. 305" "U.S. 305"
  invisible marks  soft hyphens, zero-width marks, U+FFFE: gone          "sub\u00adject" "subject"
  quotation marks  all are ', several in a row are one                   “it ‘is’” "it 'is'"
  dashes           hyphen, en, em, minus, "--": one "-"                  "12–13" "12-13"
  ellipses         three dots and more, spaced or not: one "…"           ". . ." "…" "...."
  ligatures        taken apart                                           "ﬁled" "filed"
  accents          composed                                              "g" + breve, "ğ"
Never folded: letters, their case, digits, and all other marks. Words stay the words they are.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

KEPT_FILINGS = 64  # folded texts kept at hand; about twice the text's own size each

_QUOTE_MARKS = "\"'`´‘’‚‛“”„‟′″‵‶«»"
_DASHES = "-‐‑‒–—―−"
_SPACES = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffe\ufffc"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_ONE_TO_ONE = str.maketrans(
    {**dict.fromkeys(_QUOTE_MARKS, "'"), **dict.fromkeys(_DASHES, "-"), **dict.fromkeys(_SPACES, " ")}
)
_UNEVEN = re.compile(  # runs whose folded form has another length, tried in this order
    r"(?P<ellipsis> *(?:\.(?: *\.){2,}|…(?: *[.…])*) *)"
    rf"|(?P<dash>[ {_INVISIBLE}]*-[ \-{_INVISIBLE}]*)"
    r"|(?P<soft>\u00ad *(?=\w))"
    r"|(?P<initials>(?<=(?<!\w)[A-Z]\.) +(?=[A-Z]\.))"
    r"|(?P<sign>(?<=[§¶]) +)"
    rf"|(?P<space>(?: {{2,}}|[{_INVISIBLE}])[ {_INVISIBLE}]*| [{_INVISIBLE}]+ *)"
    r"|(?P<quotes>'(?: *')+)"
    r"|(?P<ligature>[ﬀﬁﬂﬃﬄﬅﬆ])"
    r"|(?P<accent>\w[\u0300-\u036f]+)"
)


@dataclass(frozen=True)
class Folded:
    """A folded text. `_pieces` are (start in it, start in the original, length in the original), sorted: pieces of
    equal length on both sides run alongside, the others stand for each other as a whole."""

    text: str
    _starts: tuple[int, ...]
    _pieces: tuple[tuple[int, int, bool], ...]
    _length: int

    def start(self, index: int) -> int:
        """The offset in the original of the character at `index`; its length for the end."""
        if index >= len(self.text):
            return self._length
        at = bisect_right(self._starts, index) - 1
        origin, _, even = self._pieces[at]
        return origin + (index - self._starts[at] if even else 0)

    def end(self, index: int) -> int:
        """The offset in the original just after the character before `index`."""
        if index <= 0:
            return 0
        at = bisect_right(self._starts, index - 1) - 1
        origin, length, even = self._pieces[at]
        return origin + (index - self._starts[at] if even else length)

    def index(self, offset: int) -> int:
        """The first place here whose original starts at `offset` or after it."""
        low, high = 0, len(self.text)
        while low < high:
            middle = (low + high) // 2
            if self.start(middle) < offset:
                low = middle + 1
            else:
                high = middle
        return low

    @cached_property
    def lower(self) -> str:
        """The text in small letters, character for character."""
        small = self.text.lower()
        return (
            small
            if len(small) == len(self.text)
            else "".join(c.lower() if len(c.lower()) == 1 else c for c in self.text)
        )


@lru_cache(maxsize=KEPT_FILINGS)
def fold_filing(text: str) -> Folded:
    """As `fold`, done once for the text of a filing: the ones asked for last are kept."""
    return fold(text)


def fold(text: str) -> Folded:
    """Fold `text`; about 0.2 s for a million characters."""
    even = text.translate(_ONE_TO_ONE)
    parts: list[str] = []
    starts: list[int] = []
    pieces: list[tuple[int, int, bool]] = []
    done = length = 0
    for found in _UNEVEN.finditer(even):
        new = _folded_run(found, text[found.start() : found.end()])
        if new == found[0]:
            continue
        for old, kept, same in ((even[done : found.start()], even[done : found.start()], True), (found[0], new, False)):
            if kept:
                starts.append(length)
                pieces.append((done if same else found.start(), len(old), same))
                parts.append(kept)
                length += len(kept)
        done = found.end()
    if done < len(even):
        starts.append(length)
        pieces.append((done, len(even) - done, True))
        parts.append(even[done:])
    return Folded("".join(parts), tuple(starts), tuple(pieces), len(text))


def _folded_run(found: re.Match[str], printed: str) -> str:
    """What one uneven run becomes; `printed` is the run before marks and spaces were made alike."""
    run = found[0]
    match found.lastgroup:
        case "ellipsis":
            return "…"
        case "dash":
            return "-"
        case "space":
            return " " if " " in run else ""
        case "soft":
            return " " if " " in run and "\n" not in printed else ""  # a soft hyphen at a line end joins the word
        case "quotes":
            return "'"
        case "ligature":
            return _LIGATURES[run]
        case "accent":
            return unicodedata.normalize("NFC", run)
        case _:
            return ""
