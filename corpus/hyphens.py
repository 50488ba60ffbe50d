"""Words split at a line end come out whole; true compounds keep their hyphen.

join(left, right, words) -> how two lines meet
  "argu-" + "ment"      -> "argument"      a word of the filing or of English
  "common-" + "law"     -> "common-law"    the joined form is no word, both halves are
  "46a-" + "47a", "1990-" + "91"           a range keeps its hyphen
The line-end hyphen comes as "-", as U+00AD (soft hyphen), U+2010, or as U+FFFE, which pdfium puts for every one it
meets before a line break. The English word list is pyspellchecker's, read as data.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

LINE_END_HYPHENS = "-\u00ad\u2010\u2011\ufffe\x02"
WORD = re.compile(r"[^\W\d_]+(?:[’'\-‐‑][^\W\d_]+)*")
LETTERS_BEFORE = re.compile(r"([^\W\d_]+(?:[’'][^\W\d_]+)?)$")
LETTERS_AFTER = re.compile(r"^([^\W\d_]+(?:[’'][^\W\d_]+)?)")
RANGE_END = re.compile(r"\d[a-z]?–$")  # "31a–" + "43a"
SPACED_DASH_END = re.compile(r"\s—$")  # a dash set with a space on either side
BRACKETS = re.compile(r"[][]")
URL_END = re.compile(r"(?:https?:|www\.)\S*$")
CLOSE_JOINS = "—/"  # set tight in print, so no space where a line ends on them


def vocabulary(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands whole in the filing's lines, lower case, compounds with "-"; the two parts of one
    that a line end splits are not counted."""
    found: Counter[str] = Counter()
    split = False
    for text in texts:
        words = [word.replace("‐", "-").replace("‑", "-") for word in WORD.findall(text.lower())]
        goes_on, split = split, text[-1:] in LINE_END_HYPHENS and text != ""
        found.update(words[goes_on : len(words) - split])
    return found


def join(left: str, right: str, words: Counter[str]) -> tuple[int, str]:
    """How two lines of a paragraph meet: characters to drop from the end of `left`, and what to put between."""
    if not left or not right:
        return 0, ""
    if left[-1] in LINE_END_HYPHENS and len(left) > 1 and not left[-2].isspace():
        return (1, "") if _is_split(left[:-1], right, words) else (0, "")
    if SPACED_DASH_END.search(left) or right.startswith("— "):
        return 0, " "
    if (left[-1] in CLOSE_JOINS and not right.startswith("http")) or right[0] == "—":
        return 0, ""
    if RANGE_END.search(left) and right[0].isdigit():
        return 0, ""
    return 0, " "


def _is_split(left: str, right: str, words: Counter[str]) -> bool:
    """Whether the hyphen is the printer's, not the word's."""
    if URL_END.search(left) or not right[0].islower():
        return False
    left, right = BRACKETS.sub("", left), BRACKETS.sub("", right)  # "[t]hirty-" + "five", "sat-" + "isf[ied]"
    before, after = LETTERS_BEFORE.search(left), LETTERS_AFTER.match(right)
    if not before or not after:
        return False
    first, second = before[1].lower(), after[1].lower()
    whole, compound = first + second, f"{first}-{second}"
    if words[whole] or words[compound]:
        return words[whole] >= words[compound]
    if is_english(whole):
        return True
    if left[: before.start()].endswith("-"):  # "end-of-" + "life"
        return False
    return not (_is_word(first, words) and _is_word(second, words))


def is_english(word: str) -> bool:
    """Whether a lower-case word is one of English; a plural or possessive counts with its stem."""
    bare = re.sub(r"[’']s?$", "", word)
    known = _english()
    return bare in known or (bare.endswith("s") and bare[:-1] in known)


def _is_word(word: str, words: Counter[str]) -> bool:
    """A word of English, or one the filing itself uses whole."""
    return words[word] > 0 or is_english(word)


@cache
def _english() -> frozenset[str]:
    data = files("spellchecker").joinpath("resources/en.json.gz").read_bytes()
    return frozenset(json.loads(gzip.decompress(data)))
