"""Hits, answers and filings as a person reads them in a terminal. Everything here draws on a rich Console.

show_hits      passage with the matched words marked, speaker, citation, file and page
show_answer    the answer, then one line a citation
show_filings   a table, one filing a row
show_filing    what was read off one filing
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markdown import Markdown
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from corpus.model import Speaker
from rag.model import Answer, Hit, Quote

# Colour and word, never colour alone: the word always stands beside it.
ROLE_STYLE: Mapping[str, str] = {
    "court": "bold blue",
    "plaintiff": "green",
    "appellee": "green",
    "respondent": "green",
    "defendant": "magenta",
    "appellant": "magenta",
    "petitioner": "magenta",
    "amicus": "yellow",
    "government": "cyan",
}
_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "how",
        "in",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "that",
        "the",
        "their",
        "this",
        "to",
        "was",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
    ]
)


def show_hits(console: Console, query: str, hits: Sequence[Hit]) -> None:
    """The hits of one query, best first."""
    if not hits:
        console.print("No passage found. Fewer words, or fewer filters, may find more.")
    for hit in hits:
        console.print(Text.assemble((f"{hit.rank:>2}  ", "bold"), (hit.citation, "bold")))
        console.print(Padding(_byline(hit), (0, 0, 0, 4)))
        console.print(Padding(marked(hit.text, query), (0, 0, 1, 4)))


def show_answer(console: Console, answer: Answer) -> None:
    """An answer with its citations numbered as in the text; warnings last."""
    if answer.standalone_question != answer.question:
        console.print(Text(f"Read as: {answer.standalone_question}", "dim"))
    console.print(Markdown(answer.answer))
    quotes = [quote for claim in answer.claims for quote in claim.quotes]
    if quotes:
        console.print()
    for number, quote in enumerate(quotes, 1):
        console.print(_citation_line(number, quote))
    if answer.abstained:
        console.print()
        for hit in answer.sources[:3]:
            console.print(Text.assemble(("  · ", "dim"), hit.citation))
            console.print(Padding(Text(_shortened(hit.text), "dim"), (0, 0, 0, 4)))
    for warning in answer.warnings:
        console.print(Text(f"! {warning}", "yellow"))


def show_filings(console: Console, filings: Iterable[Mapping[str, Any]]) -> None:
    """Filings (as the contract's JSON) one a row, in the order given."""
    heads = ("id", "date", "court", "entry", "kind", "pages", "filing")
    rows = [heads, *(_filing_row(filing) for filing in filings)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(heads) - 1)]
    room = max(console.width - sum(widths) - 2 * len(widths), 20)
    for number, row in enumerate(rows):
        cells = [
            cell.rjust(w) if head == "pages" else cell.ljust(w)
            for head, cell, w in zip(heads, row, widths, strict=False)
        ]
        named = row[-1] if len(row[-1]) <= room else row[-1][: room - 1] + "…"
        console.print(Text("  ".join([*cells, named]), "dim" if number == 0 else ""), highlight=False)


def _filing_row(filing: Mapping[str, Any]) -> tuple[str, ...]:
    entry = "-".join(str(part) for part in (filing["entry"], filing["attachment"]) if part not in (None, "0"))
    named = filing["title"] or filing["case_name"] or filing["file"]
    if filing["case_name"] and filing["kind"] in ("opinion", "judgment"):
        named = f"{filing['case_name']} ({named.capitalize()})"
    cells = (filing["id"][:8], filing["date"], filing["court"], entry, filing["kind"], str(filing["pages"]), named)
    return tuple(cell or "–" for cell in cells)


def show_filing(console: Console, filing: Mapping[str, Any]) -> None:
    """Everything read off one filing, a fact a line; "–" for what could not be read."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    for name, value in filing.items():
        if name == "writings":
            value = "\n".join(_writing_line(writing) for writing in value)
        elif name == "warnings":
            value = "\n".join(value)
        table.add_row(name.replace("_", " "), "–" if value in (None, "") else str(value))
    console.print(table)


def marked(text: str, query: str) -> Text:
    """`text` with the query's words marked, whatever their ending or case; small words are not marked."""
    marks = Text(text)
    for word in sorted({word.lower() for word in re.findall(r"[\w§]+", query)} - _SMALL_WORDS):
        stem = re.escape(word[: max(4, len(word) - 3)] if len(word) > 5 else word)
        marks.highlight_regex(re.compile(rf"\b{stem}\w{{0,4}}", re.IGNORECASE), "bold yellow")
    return marks


def speaker_line(speaker: Speaker, restates: Speaker | None, writing: str | None) -> str:
    """Who speaks, in words: "court (dissent, Brandt), restating defendant"."""
    detail = ", ".join(part for part in (writing and writing.replace("_", " "), speaker.name) if part)
    line = f"{speaker.role} ({detail})" if detail else speaker.role
    if restates:
        line += f", restating {restates.name or restates.role}"
    return line


def _byline(hit: Hit) -> Text:
    where = f"{hit.filing.file}, PDF page {hit.page}"
    who = speaker_line(hit.speaker, hit.restates, hit.writing)
    line = Text.assemble((who, ROLE_STYLE.get(hit.speaker.role, "")), ("  ·  ", "dim"), (where, "dim"))
    if hit.section:
        line.append("  ·  " + " › ".join(hit.section), "dim")
    return line


def _citation_line(number: int, quote: Quote) -> Text:
    who = speaker_line(quote.speaker, quote.restates, quote.writing)
    mark = "" if quote.verified else " NOT VERIFIED"
    return Text.assemble(
        (f"[{number}] ", "bold"),
        quote.citation,
        (mark, "bold red"),
        ("  ", ""),
        (who, ROLE_STYLE.get(quote.speaker.role, "")),
        (f"  {quote.file}, PDF page {quote.page}" if quote.page else f"  {quote.file}", "dim"),
    )


def _writing_line(writing: Mapping[str, Any]) -> str:
    author = f" ({writing['author']})" if writing["author"] else ""
    return f"{writing['kind'].replace('_', ' ')}{author}, pages {writing['first_page']}–{writing['last_page']}"


def _shortened(text: str, length: int = 240) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= length else folded[:length].rsplit(" ", 1)[0] + " …"


def show_checks(console: Console, checks: Sequence[Any]) -> None:
    """What the doctor found, a check a line: its name, how it stands, and what to do where it fails."""
    for check in checks:
        mark = ("ok   ", "green") if check.ok else ("WRONG", "bold red")
        console.print(Text.assemble(mark, f"  {check.name}: {check.says}"), highlight=False)
        if check.remedy:
            console.print(Text(f"       {check.remedy}", "yellow"), highlight=False)
