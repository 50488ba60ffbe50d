"""The key: for every paragraph of every filing, where it stands and who speaks, as the builder set it.

key_rows(composed, docket) -> dicts, one a paragraph, heading, footnote paragraph or transcript turn, in order.
filing_row(composed, docket) -> dict      the filing: file, number, dates, and each page's label, stamp and use
"""

from __future__ import annotations

from typing import Any

from corpus.sample.compose import Composed, line_number
from corpus.sample.setting import Entry
from corpus.sample.source import Docket, Voice
from corpus.sample.stamps import stamp_text

KIND = {"quote": "block_quote", "question": "turn", "flush": "signature", "right": "signature"}
Spot = tuple[int, str | None, int | None]


def key_rows(composed: Composed, docket: Docket) -> list[dict[str, Any]]:
    """The filing's rows. `prefix` is what is printed before the text (¶ number, speaker's label, note number)."""
    spots = _spots(composed)
    rows = []
    for owner, entry in enumerate(composed.entries):
        if owner not in spots:
            continue
        rows.append(_row(composed, docket, owner, entry, spots[owner]))
    return rows


def _spots(composed: Composed) -> dict[int, tuple[Spot, Spot]]:
    """First and last (page, label, line number) of each entry."""
    found: dict[int, tuple[Spot, Spot]] = {}
    for index, folio in enumerate(composed.folios):
        for placed in folio.leaf.placed:
            if placed.owner < 0:
                continue
            line = line_number(placed.y, composed.form) if placed.note is None else None
            spot = (index + 1, folio.label, line)
            first = found.get(placed.owner, (spot, spot))[0]
            found[placed.owner] = (first, spot)
    return found


def _row(composed: Composed, docket: Docket, owner: int, entry: Entry, spots: tuple[Spot, Spot]) -> dict[str, Any]:
    (page, label, line), (end_page, end_label, end_line) = spots
    source = composed.source
    return {
        "id": f"{source.key}:{owner}",
        "filing": source.key,
        "file": source.header["file"],
        "kind": KIND.get(entry.kind, entry.kind),
        "level": entry.level or None,
        "prefix": entry.prefix or None,
        "text": entry.text.words(),
        "page": page,
        "end_page": end_page,
        "label": label,
        "end_label": end_label,
        "line": line,
        "end_line": end_line,
        "headings": list(entry.headings),
        "writing": entry.writing,
        "speaker": _voice(entry.voice),
        "number": entry.number,
        "footnote": entry.footnote,
        "labels": [name for _, name in entry.text.labels],
        "sentences": [
            {"text": entry.text.words(s.start, s.end), "restates": _voice(docket.cast.get(s.restates or ""))}
            for s in entry.text.sentences
        ],
    }


def _voice(voice: Voice | None) -> dict[str, str] | None:
    return {"role": voice.role, "name": voice.name} if voice else None


def filing_row(composed: Composed, docket: Docket) -> dict[str, Any]:
    """One filing with its pages."""
    header = composed.source.header
    pages = len(composed.folios)
    return {
        "filing": composed.source.key,
        "file": header["file"],
        "title": header["title"].replace("'", "’"),
        "kind": header["kind"],
        "form": composed.source.form,
        "court": "ca9" if composed.source.appellate else "cand",
        "docket": docket.captions[header["docket"]]["number"],
        "entry": header["entry"],
        "filed": header["filed"],
        "speaker": _voice(docket.cast[header["speaker"]]),
        "scanned": composed.source.form == "scan",
        "pages": [
            {
                "page": n,
                "label": folio.label,
                "use": folio.use,
                "stamp": stamp_text(composed.source, docket, n, pages),
            }
            for n, folio in enumerate(composed.folios, start=1)
        ],
    }
