"""Clients that ask at once: requests a second, latency, and whether the event loop was ever held up.

python -m evals.bench.load --home HOME [--clients 16] [--seconds 60] [--kind ask|search|stream]
  serve    `pincite serve` in a process of its own, on a free port of this machine
  ask      each client asks one question after another, each of another wording, for so many seconds
  beat     meanwhile /healthz, which the event loop answers itself, is asked ten times a second
Prints one row of a Markdown table; a request that fails ends the count with its words.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import numpy as np

QUESTIONS = (
    "On what basis did the defendants claim immunity, and did the court accept it?",
    "Why does the dissent say that Halkbank changes the law?",
    "What did Mr. Elering admit about the three demonstrations?",
    "How do the plaintiffs answer the argument from Butters?",
    "What does the United States say about immunity of private contractors?",
    "How many devices were reached, and how many under Level 3 assistance?",
    "What do the amici say about tools built for states?",
    "Does the record address bond requirements?",
)
READY_S = 120.0
BEAT_S = 0.1
COLUMNS = (
    "kind",
    "clients",
    "seconds",
    "answered",
    "failed",
    "a second",
    "median ms",
    "p95 ms",
    "beat p95 ms",
    "loop late ms",
)


@dataclass
class Tally:
    """What the clients and the beat have seen; times in milliseconds."""

    times: list[float] = field(default_factory=list)
    beats: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def main() -> None:
    """Serve, ask, print the row."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--home", type=Path, required=True)
    options.add_argument("--clients", type=int, default=16)
    options.add_argument("--seconds", type=float, default=60.0)
    options.add_argument("--kind", choices=("ask", "search", "stream"), default="ask")
    chosen = options.parse_args()
    with served(chosen.home) as address:
        tally, took = ask_at_once(address, chosen.clients, chosen.seconds, chosen.kind)
        late = _late_ms(address)
    for failure in tally.failed[:5]:
        sys.stderr.write(f"{failure}\n")
    sys.stdout.write("\n".join(rows(tally, chosen.kind, chosen.clients, took, late)) + "\n")
    sys.exit(1 if tally.failed else 0)


@contextmanager
def served(home: Path) -> Iterator[str]:
    """A server of `home`, ready; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-c",
        "from api.cli import main; main()",
        "serve",
        "--port",
        str(port),
        "--home",
        str(home),
    ]
    server = subprocess.Popen(command, env=dict(os.environ), stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(address, server)
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)


def ask_at_once(address: str, clients: int, seconds: float, kind: str) -> tuple[Tally, float]:
    """Ask from so many threads for so long; returns what was seen, and the seconds it took."""
    tally, until = Tally(), time.perf_counter() + seconds
    began = time.perf_counter()
    threads = [threading.Thread(target=_client, args=(address, kind, n, until, tally)) for n in range(clients)]
    beat = threading.Thread(target=_beat, args=(address, until, tally))
    for thread in [*threads, beat]:
        thread.start()
    for thread in [*threads, beat]:
        thread.join()
    return tally, time.perf_counter() - began


def rows(tally: Tally, kind: str, clients: int, took: float, late_ms: float) -> list[str]:
    """The table: heads, rule, one row."""
    median, p95 = np.percentile(tally.times or [0.0], [50, 95])
    beat = np.percentile(tally.beats or [0.0], 95)
    numbers = (f"{len(tally.times) / took:.1f}", f"{median:.0f}", f"{p95:.0f}", f"{beat:.0f}", f"{late_ms:.0f}")
    cells = (kind, str(clients), f"{took:.0f}", str(len(tally.times)), str(len(tally.failed)), *numbers)
    return [" | ".join(COLUMNS), " | ".join("---" for _ in COLUMNS), " | ".join(cells)]


def _client(address: str, kind: str, number: int, until: float, tally: Tally) -> None:
    with httpx.Client(base_url=address, timeout=120) as http:
        for turn in itertools.count():
            if time.perf_counter() >= until:
                return
            # no two requests are worded alike, so that no cache can answer
            said = f"{QUESTIONS[(number + turn) % len(QUESTIONS)]} ({number}.{turn})"
            path, body = "/v1/ask", {"question": said, "stream": kind == "stream"}
            if kind == "search":
                path, body = "/v1/search", {"query": said}
            began = time.perf_counter()
            try:
                response = http.post(path, json=body)
            except httpx.HTTPError as error:
                tally.failed.append(f"{type(error).__name__}: {error}")
                continue
            if response.status_code != 200 or "event: problem" in response.text:
                tally.failed.append(f"{response.status_code}: {response.text[:300]}")
            else:
                tally.times.append((time.perf_counter() - began) * 1000)


def _beat(address: str, until: float, tally: Tally) -> None:
    with httpx.Client(base_url=address, timeout=120) as http:
        while time.perf_counter() < until:
            began = time.perf_counter()
            http.get("/healthz")
            tally.beats.append((time.perf_counter() - began) * 1000)
            time.sleep(BEAT_S)


def _late_ms(address: str) -> float:
    """The latest that the event loop woke within the last minute, as the server measured it."""
    found = re.search(r"^pincite_event_loop_lag_seconds_max (\S+)$", httpx.get(f"{address}/metrics").text, re.MULTILINE)
    return float(found[1]) * 1000 if found else float("nan")


def _wait_until_ready(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.perf_counter() + READY_S
    while time.perf_counter() < until and server.poll() is None:
        try:
            if httpx.get(f"{address}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise SystemExit("the server did not become ready")


if __name__ == "__main__":
    main()
