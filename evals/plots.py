"""Small plots as SVG text: bars across, and a histogram. Nothing is fetched, no script runs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, ROW, LABEL, VALUE = 520, 20, 170, 50  # pixels
BINS = 12


def bars(values: Mapping[str, float], *, most: float | None = None) -> str:
    """One bar a name, in order, as wide as its share of `most` (default: the largest)."""
    top = most or max(values.values(), default=0.0) or 1.0
    room = WIDTH - LABEL - VALUE
    parts = []
    for i, (name, value) in enumerate(values.items()):
        y, width = i * ROW, room * min(value / top, 1.0)
        parts.append(f'<text x="{LABEL - 8}" y="{y + 14}" text-anchor="end">{escape(_short(name))}</text>')
        parts.append(f'<rect class="bar" x="{LABEL}" y="{y + 3}" width="{width:.1f}" height="{ROW - 6}"/>')
        parts.append(f'<text x="{LABEL + width + 6:.1f}" y="{y + 14}">{_number(value)}</text>')
    return _svg("".join(parts), max(1, len(values)) * ROW)


def histogram(values: Sequence[float]) -> str:
    """How many values fall in each of about BINS equal steps of a round width."""
    if not values:
        return _svg("", ROW)
    step = _round_step((max(values) - min(values)) / BINS or 1.0)
    counts = Counter(math.floor(value / step) for value in values)
    edges = range(min(counts), max(counts) + 1)
    return bars({f"{_number(edge * step)}–{_number((edge + 1) * step)}": float(counts[edge]) for edge in edges})


def _round_step(step: float) -> float:
    """The next of 1, 2, 5, 10, 20 … that is not smaller."""
    power: float = 10.0 ** math.floor(math.log10(step))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= step)


def _short(name: str) -> str:
    return name if len(name) <= 26 else name[:13] + "…" + name[-12:]


def _number(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{value:.2f}"


def _svg(inside: str, height: int) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">{inside}</svg>'
