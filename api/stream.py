"""An answer as server-sent events, while it is made.

    event: step     {"stage", "says", "count"}       searching, found, reading
    event: claim    {"index", "claim": {…}}          each claim as it is composed
    event: answer   the whole Answer, last
    event: problem  a problem document, last, where it failed
A comment line goes out every BEAT_S seconds of silence, so that nothing between closes the connection.
"""

from __future__ import annotations

import json
import queue
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from api.problems import problem_of
from api.wire import as_json
from rag.model import Answer, Step

BEAT_S = 10.0
EVENT: dict[str, Any] = {  # one event as the interface describes it
    "type": "object",
    "properties": {"event": {"type": "string"}, "data": {"type": "string", "description": "a JSON object"}},
}
Told = Step | Answer | BaseException


def follow(ask: Callable[[Callable[[Step], None]], Answer], threads: ThreadPoolExecutor) -> Iterator[Told]:
    """Run `ask` in a thread; yields its steps, then its Answer or the exception it raised; None-free and finite."""
    told: queue.Queue[Told | None] = queue.Queue()
    future = threads.submit(ask, told.put)
    future.add_done_callback(lambda done: told.put(_outcome(done)))
    while True:
        try:
            item = told.get(timeout=BEAT_S)
        except queue.Empty:
            yield Step("searching", "")
            continue
        if item is None:
            return
        yield item
        if not isinstance(item, Step):
            return


def events(told: Iterator[Told]) -> Iterator[str]:
    """Steps and the answer as the text of server-sent events."""
    index = 0
    for item in told:
        if isinstance(item, BaseException):
            yield event("problem", problem_of(item))
        elif isinstance(item, Answer):
            yield event("answer", as_json(item))
        elif item.claim is not None:
            yield event("claim", {"index": index, "claim": as_json(item.claim)})
            index += 1
        elif item.says:
            yield event("step", {"stage": item.stage, "says": item.says, "count": item.count})
        else:
            yield ": still at work\n\n"


def event(name: str, data: dict[str, Any]) -> str:
    """One server-sent event."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _outcome(done: Future[Answer]) -> Told | None:
    if done.cancelled():
        return None
    return done.exception() or done.result()
