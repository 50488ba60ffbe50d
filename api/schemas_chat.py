"""OpenAI's chat form: what its requests and replies look like. Fields not named here are accepted and not read."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.schemas import FiltersIn, Text

MODEL = "pincite"
MOST_MESSAGES = 200


class Part(BaseModel):
    """A part of a message; only text is read."""

    model_config = ConfigDict(extra="allow")
    type: str
    text: str | None = None


class Message(BaseModel):
    """A message of the conversation."""

    model_config = ConfigDict(extra="allow")
    role: str
    content: str | list[Part] | None = None

    def words(self) -> str:
        """The message as text."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text" and part.text)
        return self.content or ""


class StreamOptions(BaseModel):
    """What a streamed reply brings besides."""

    model_config = ConfigDict(extra="allow")
    include_usage: bool = False


class ChatIn(BaseModel):
    """A chat request; sampling settings are accepted and have no say, since the words are the filings'."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [{"model": MODEL, "messages": [{"role": "user", "content": "What does the dissent say?"}]}]
        },
    )
    model: str = MODEL
    messages: list[Message] = Field(min_length=1, max_length=MOST_MESSAGES)
    stream: bool = False
    stream_options: StreamOptions | None = None
    filters: FiltersIn | None = None
    conversation_id: Text | None = None


class ChatOut(BaseModel):
    """A chat reply, as OpenAI writes it."""

    id: str
    object: str
    created: int
    model: str
    choices: list[dict[str, Any]]
    usage: dict[str, int]


class ModelsOut(BaseModel):
    """The models that can be named in a chat request."""

    object: str
    data: list[dict[str, Any]]
