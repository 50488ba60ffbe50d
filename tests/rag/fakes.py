"""A chat model that answers from a queue and remembers what it was asked."""

from collections.abc import Mapping
from typing import Any

from rag.models import Messages


class FakeChat:
    """Replies in order; an exception in the queue is raised. `prompts` are all messages it was sent."""

    name = "fake"

    def __init__(self, *replies: str | Exception) -> None:
        self.queue = list(replies)
        self.prompts: list[list[tuple[str, str]]] = []
        self.schemas: list[Mapping[str, Any] | None] = []

    def reply(self, messages: Messages, schema: Mapping[str, Any] | None = None) -> str:
        self.prompts.append(list(messages))
        self.schemas.append(schema)
        answer = self.queue.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer
