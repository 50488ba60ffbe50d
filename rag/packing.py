"""The parts of a Filing as compact bytes, and back, exactly.

pack_rows(rows)  / unpack_rows(cls, data)    any of the flat nouns (Page, Paragraph, Sentence …), as columns
pack_lines(lines) / unpack_lines(page, data)  the lines of one page: columns, and the characters' places as differences

Everything is JSON by columns, deflated: a reader in any language can open it, and a field added later takes its
default when old bytes are read. Character places are kept as differences of neighbours because the same letter has the
same width everywhere, which deflates to a third.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import MISSING, astuple, fields
from itertools import repeat
from typing import Any, TypeVar

import numpy as np

from corpus.model import Box, Line, Speaker, Stamp

NESTED = {"speaker": Speaker, "restates": Speaker, "stamp": Stamp}

Row = TypeVar("Row")


def pack_rows(rows: Sequence[Any]) -> bytes:
    """`rows`, all of one flat frozen dataclass, as bytes. Nested Speakers and Stamps are kept once each."""
    pool: dict[Any, int] = {}
    columns: dict[str, list[Any]] = {}
    for field in fields(rows[0]) if rows else ():
        values = [getattr(row, field.name) for row in rows]
        if field.name in NESTED:
            values = [-1 if v is None else pool.setdefault(v, len(pool)) for v in values]
        columns[field.name] = values
    return _deflate({"n": len(rows), "pool": [astuple(v) for v in pool], "columns": columns})


def unpack_rows(cls: type[Row], data: bytes) -> tuple[Row, ...]:
    """What `pack_rows` was given."""
    packed = _inflate(data)
    if not packed["n"]:
        return ()
    pool = packed["pool"]
    made: dict[tuple[str, int], Any] = {}

    def nested(name: str, index: int) -> Any:
        if index < 0:
            return None
        if (name, index) not in made:
            made[name, index] = NESTED[name](*pool[index])
        return made[name, index]

    columns: list[Any] = []
    for field in fields(cls):  # type: ignore[arg-type]  # Row is one of our dataclasses
        values = packed["columns"].get(field.name)
        if values is None:
            columns.append(repeat(_default(field), packed["n"]))
        elif field.name in NESTED:
            columns.append([nested(field.name, index) for index in values])
        else:
            columns.append([_tuples(v) for v in values] if values and isinstance(values[0], list) else values)
    return tuple(map(cls, *columns))


def pack_lines(lines: Sequence[Line]) -> bytes:
    """The lines of one page as bytes."""
    columns = {
        "start": [line.start for line in lines],
        "end": [line.end for line in lines],
        "number": [line.number for line in lines],
        "box": [[line.box.x0, line.box.y0, line.box.x1, line.box.y1] for line in lines],
        "edges": [len(line.edges) // 2 for line in lines],
    }
    places = np.frombuffer(b"".join(line.edges for line in lines), "<u2")
    steps = np.diff(places, prepend=np.uint16(0)).astype("<u2")
    head = _deflate(columns)
    return len(head).to_bytes(4, "little") + head + zlib.compress(steps.tobytes())


def unpack_lines(page: int, data: bytes) -> tuple[Line, ...]:
    """What `pack_lines` was given for page number `page`."""
    size = int.from_bytes(data[:4], "little")
    columns = _inflate(data[4 : 4 + size])
    steps = np.frombuffer(zlib.decompress(data[4 + size :]), "<u2")
    places = np.cumsum(steps, dtype=np.uint16).astype("<u2").tobytes()
    lines, at = [], 0
    for start, end, number, box, count in zip(*columns.values(), strict=True):
        lines.append(Line(start, end, page, Box(page, *box), number, places[at : at + 2 * count]))
        at += 2 * count
    return tuple(lines)


def pack_text(text: str) -> bytes:
    """Text, deflated."""
    return zlib.compress(text.encode())


def unpack_text(data: bytes) -> str:
    """What `pack_text` was given."""
    return zlib.decompress(data).decode()


def _default(field: Any) -> Any:
    """A field's default, for bytes written before it was added."""
    if field.default is not MISSING:
        return field.default
    if field.default_factory is not MISSING:
        return field.default_factory()
    raise ValueError(f"packed rows lack the field {field.name}, which has no default")


def _tuples(value: Any) -> Any:
    """JSON's lists as the tuples they were."""
    return tuple(_tuples(v) for v in value) if isinstance(value, list) else value


def _deflate(value: Any) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _inflate(data: bytes) -> Any:
    return json.loads(zlib.decompress(data))
