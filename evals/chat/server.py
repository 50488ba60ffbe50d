"""A server on this machine that speaks as much of OpenAI's chat form as our chat client reads.

serve(answer) -> base URL       while the block lasts; each request's JSON goes to `answer`, whose Reply goes back
completion(text) -> Reply       what a chat model says
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Request = Mapping[str, Any]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reply:
    """What goes back over the wire, well-formed or not."""

    body: str
    status: int = 200
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


Answering = Callable[[Request], Reply]


def completion(text: str | None, *, finish: str = "stop", refusal: str | None = None) -> Reply:
    """A chat completion that says `text`."""
    message = {"role": "assistant", "content": text} | ({"refusal": refusal} if refusal else {})
    choice = {"index": 0, "message": message, "finish_reason": finish}
    usage = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
    head = {"id": "chatcmpl-0", "object": "chat.completion", "created": 0, "model": "local"}
    return Reply(json.dumps({**head, "choices": [choice], "usage": usage}))


@contextmanager
def serve(answer: Answering) -> Iterator[str]:
    """The base URL of a server on a free port of the loopback address, shut down when the block ends."""

    class Handler(BaseHTTPRequestHandler):
        """One request: read its JSON, answer, say nothing on stderr."""

        def do_POST(self) -> None:  # the name that http.server calls
            """Answer a POST, whatever its path."""
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"] or 0)) or "{}")
            reply = answer(request)
            body = reply.body.encode()
            self.send_response(reply.status)
            for name, value in {"Content-Type": reply.content_type, **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silence: the caller sees every request."""

    class Quiet(ThreadingHTTPServer):
        """Errors go to the log: a client that gave up waiting is no news, and `answer` may have a fault of its own."""

        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Say what went wrong in the log."""
            log.warning("a request was not answered", exc_info=True)

    server = Quiet(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
