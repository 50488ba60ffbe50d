"""Opinions as the training data gives them (text page by page) become passages cut as the product cuts them.

    cut(case, title, pages) -> [TrainingPassage]
      clean    running heads, notices and rules go; words split at a line end are joined
      divide   at a change of writing (read from the running head) and at a line that is only a section label
      pack     whole sentences, 120 to 200 words

Text-only pages do not show where a footnote begins, so footnotes stay where they stand, between the paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

AIM_WORDS = 130  # a passage closes once it has as many
MOST_WORDS = 200  # and does not take a sentence that would bring it over this
LEAST_WORDS = 25  # shorter ends join the passage before

_CITE_AS = re.compile(r"^Cite as:.*$")
_NUMBERED_HEAD = re.compile(r"^(\d{1,3}) ([A-Z][^a-z]*(?: v\. |, ex rel\.| et al|IN RE |EX PARTE ).*|[^a-z]{8,})$")
_TITLE_TAIL = re.compile(r"^[A-Z0-9 .,&’'()/-]{3,60}$")
_WRITING = re.compile(
    r"^(?:Opinion of the Court|Opinion of .{3,30}J\.|Per Curiam|Syllabus|Statement of .{3,30}J\."
    r"|.{2,30}, (?:C\. )?J\., (?:concurring|dissenting).{0,60}|Appendix.{0,60})$"
)
LABEL = re.compile(r"^(?:[IVX]{1,5}|[A-H]|[1-9]|[IVX]{1,4}[–-][A-H](?:[–-][1-9])?|\* ?\* ?\*)$")  # over a section
_RULE = re.compile(r"^[_\s]*$")
_SPLIT_WORD = re.compile(r"(?:\ufffe|\u00ad|\ufffd|\x02)\s*\n?|(?<=[a-z])-[ ]?\n(?=[a-z])")


@dataclass(frozen=True)
class TrainingPassage:
    """`pages` are all pages it touches, ascending; `writing` is "" in the opinion of the court."""

    case: str
    ordinal: int
    title: str
    writing: str
    text: str
    pages: tuple[int, ...]


@dataclass(frozen=True)
class _Stretch:
    """Text between two divisions, with the page each character position begins: [(offset, page)]."""

    writing: str
    text: str
    starts: tuple[int, ...]
    pages: tuple[int, ...]


def cut(case: str, title: str, pages: list[str]) -> list[TrainingPassage]:
    """The passages of one opinion, in order. `title` "" reads it from the running heads."""
    title = title or title_from_heads(pages)
    made: list[TrainingPassage] = []
    for stretch in _divide(pages, title):
        for start, end in _pack(stretch.text):
            first = bisect_right(stretch.starts, start) - 1
            last = bisect_right(stretch.starts, end - 1) - 1
            on = tuple(sorted(set(stretch.pages[first : last + 1])))
            text = stretch.text[start:end].strip()
            made.append(TrainingPassage(case, len(made), _plain(title), stretch.writing, text, on))
    return made


def title_from_heads(pages: list[str]) -> str:
    """The case name that most even pages carry as their head."""
    heads: Counter[str] = Counter()
    for text in pages:
        for line in [x.strip() for x in text.splitlines() if x.strip()][:2]:
            found = _NUMBERED_HEAD.match(line)
            if found:
                heads[found[2]] += 1
    return heads.most_common(1)[0][0] if heads else ""


def _plain(title: str) -> str:
    return " ".join(title.split())


def _divide(pages: list[str], title: str) -> list[_Stretch]:
    done: list[_Stretch] = []
    writing, length = "", 0
    parts: list[str] = []
    starts: list[int] = []
    on: list[int] = []

    def close() -> None:
        nonlocal parts, starts, on, length
        if parts:
            done.append(_Stretch(writing, "".join(parts), tuple(starts), tuple(on)))
        parts, starts, on, length = [], [], [], 0

    for number, raw in enumerate(pages, start=1):
        head, lines = _strip_head(raw, title)
        if head is not None and head != writing:
            close()
            writing = head
        block: list[str] = []
        for line in [*lines, None]:
            if line is not None and not LABEL.match(line.strip()):
                block.append(line)
                continue
            text = _join(block)
            block = []
            if text:
                starts.append(length)
                on.append(number)
                glue = _SPLIT_WORD.search(text[-2:] + "\n") is not None and text[-1] in "\ufffe\u00ad\ufffd\x02"
                parts.append(text.rstrip("\ufffe\u00ad\ufffd\x02") if glue else text + " ")
                length += len(parts[-1])
            if line is not None:
                close()
    close()
    return done


def _strip_head(raw: str, title: str) -> tuple[str | None, list[str]]:
    """The writing its running head names ("" for the court's opinion, None if no head was seen) and the lines below."""
    lines = raw.replace("\r", "").split("\n")
    head: str | None = None
    kept = 0
    for i, line in enumerate(lines[:9]):
        text = line.strip()
        if _WRITING.match(text):
            head = _writing_of(text)
            kept = i + 1
            break
        if _RULE.match(text) or _CITE_AS.match(text) or _NUMBERED_HEAD.match(text) or _TITLE_TAIL.match(text):
            kept = i + 1
            continue
        break
    body = lines[kept:]
    joined = "\n".join(body)
    if "NOTICE: This opinion is subject" in joined:
        joined = re.sub(r"NOTICE: This opinion is subject.*?goes to press\. ?\n", "", joined, flags=re.DOTALL)
    joined = re.sub(
        r"^SUPREME COURT OF THE UNITED STATES.*?\[[A-Z][a-z]+ \d+, \d{4}\][ ]*\n",
        "",
        joined,
        flags=re.DOTALL | re.MULTILINE,
    )
    return head, [x for x in joined.split("\n") if x.strip() and not re.fullmatch(r"[_—\s]+", x)]


def _writing_of(head: str) -> str:
    if head in ("Opinion of the Court", "Per Curiam", "Syllabus") or head.startswith("Appendix"):
        return ""
    name = re.sub(r"^(?:Opinion|Statement) of ", "", head)
    surname = name.split(",")[0].title()
    kind = "dissenting" if "dissent" in head else "concurring" if "concur" in head else ""
    if "dissenting" in head and "concurring" in head:
        kind = "concurring in part and dissenting in part"
    return f"{surname}, {kind}" if kind else surname


def _join(lines: list[str]) -> str:
    text = "\n".join(line.rstrip() for line in lines).strip()
    tail = text[-1:] if text[-1:] in "\ufffe\u00ad\ufffd\x02" else ""
    text = _SPLIT_WORD.sub("", text)
    return " ".join(text.split()) + tail


def sentences(text: str) -> list[tuple[int, int]]:
    """Sentence slices of `text`, legal abbreviations understood."""
    import nupunkt

    return [(span[0], span[1]) for span in nupunkt.sent_spans(text)]


def _pack(text: str) -> list[tuple[int, int]]:
    """Slices of whole sentences, `AIM_WORDS` to `MOST_WORDS` words each where the text allows it."""
    packed: list[list[int]] = []  # [start, end, words]
    for start, end in sentences(text):
        words = len(text[start:end].split())
        if words == 0:
            continue
        room = packed and packed[-1][2] < AIM_WORDS and packed[-1][2] + words <= MOST_WORDS
        if room or (packed and packed[-1][2] < LEAST_WORDS):
            packed[-1][1], packed[-1][2] = end, packed[-1][2] + words
        else:
            packed.append([start, end, words])
    if len(packed) > 1 and packed[-1][2] < LEAST_WORDS:
        last = packed.pop()
        packed[-1][1] = last[1]
    return [(start, end) for start, end, _ in packed]


def model_text(title: str, writing: str, text: str) -> str:
    """What embedder and reranker read: "case title — writing" on top, then the passage."""
    top = " — ".join(part for part in (title, writing) if part)
    return f"{top}\n{text}"


def pdf_pages(path: Path) -> list[str]:
    """The text of each page of a PDF as pdfium gives it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
