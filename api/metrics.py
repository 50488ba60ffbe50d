"""Counts and times of a running server, as Prometheus reads them (text format 0.0.4). No library is needed for that.

Metrics      counters, gauges and one histogram, safe from several threads
Watched      the ASGI layer that counts requests by route, method and status
watch_loop   how late the event loop wakes: what a model or a PDF on it would show as
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter, deque

from starlette.types import ASGIApp, Message, Receive, Scope, Send

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
BEAT_S = 0.05
BEATS = 1200  # a minute of them
HELP = {
    "pincite_requests_total": "Requests answered, by route, method and status.",
    "pincite_answers_total": "Questions answered, by outcome.",
    "pincite_jobs_total": "Background jobs ended, by outcome.",
}
Labels = tuple[tuple[str, str], ...]


class Metrics:
    """What has been counted since the server started."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._counts: Counter[tuple[str, Labels]] = Counter()
        self._buckets: Counter[tuple[str, float]] = Counter()
        self._seconds: Counter[str] = Counter()
        self._asked: Counter[str] = Counter()
        self._lags: deque[float] = deque(maxlen=BEATS)

    def count(self, name: str, **labels: str) -> None:
        """One more of `name`."""
        with self._guard:
            self._counts[name, tuple(sorted(labels.items()))] += 1

    def took(self, route: str, seconds: float) -> None:
        """A request of `route` took so long."""
        with self._guard:
            self._asked[route] += 1
            self._seconds[route] += seconds  # type: ignore[assignment]  # a Counter adds floats as well
            for bound in BUCKETS:
                self._buckets[route, bound] += seconds <= bound

    def lag(self, seconds: float) -> None:
        """The event loop woke so much too late."""
        self._lags.append(seconds)

    def text(self, **gauges: float) -> str:
        """Everything, with `gauges` as they are now."""
        with self._guard:
            lines = [*self._counter_lines(), *self._histogram_lines()]
        lags = list(self._lags) or [0.0]
        gauges["event_loop_lag_seconds_max"] = max(lags)
        for name, value in sorted(gauges.items()):
            lines += [f"# TYPE pincite_{name} gauge", f"pincite_{name} {value:g}"]
        return "\n".join(lines) + "\n"

    def _counter_lines(self) -> list[str]:
        lines: list[str] = []
        for name in sorted({name for name, _ in self._counts}):
            lines += [f"# HELP {name} {HELP.get(name, name)}", f"# TYPE {name} counter"]
            mine = sorted((labels, n) for (of, labels), n in self._counts.items() if of == name)
            lines += [f"{name}{_labelled(labels)} {n}" for labels, n in mine]
        return lines

    def _histogram_lines(self) -> list[str]:
        name = "pincite_request_seconds"
        lines = [f"# HELP {name} How long requests took, by route.", f"# TYPE {name} histogram"]
        for route in sorted(self._asked):
            for bound in BUCKETS:
                labels = _labelled((("le", f"{bound:g}"), ("route", route)))
                lines.append(f"{name}_bucket{labels} {self._buckets[route, bound]}")
            lines.append(f"{name}_bucket{_labelled((('le', '+Inf'), ('route', route)))} {self._asked[route]}")
            lines.append(f"{name}_sum{_labelled((('route', route),))} {self._seconds[route]:.6f}")
            lines.append(f"{name}_count{_labelled((('route', route),))} {self._asked[route]}")
        return lines


class Watched:
    """The ASGI layer that counts and times what passes through."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and count it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), "500"

        async def watching(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        try:
            await self.app(scope, receive, watching)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            self.metrics.count("pincite_requests_total", route=route, method=scope["method"], status=status)
            self.metrics.took(route, time.perf_counter() - began)


async def watch_loop(metrics: Metrics) -> None:
    """Measure, until cancelled, how late the event loop wakes."""
    while True:
        due = time.perf_counter() + BEAT_S
        await asyncio.sleep(BEAT_S)
        metrics.lag(max(time.perf_counter() - due, 0.0))


def _labelled(labels: Labels) -> str:
    inside = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels)
    return f"{{{inside}}}" if inside else ""


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
