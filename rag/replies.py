"""What a chat model is asked to reply, and its reply read strictly.

SCHEMA             {answerable, claims: [{speaker, holding, quotes: [{passage, text}]}]}, for models that take a schema
read_reply(reply)  -> (answerable, [Said])    of one JSON object, whatever stands around it
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from corpus.errors import MalformedReply

SCHEMA: dict[str, Any] = {
    "title": "answer",
    "description": "Claims about a court record: exact quotations.",
    "type": "object",
    "properties": {
        "answerable": {"type": "boolean", "description": "Whether the passages answer the question."},
        "claims": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "speaker": {"type": "string", "description": "The speaker in the passage's head."},
                    "holding": {"type": "boolean", "description": "Whether a court decides this in the quoted words."},
                    "quotes": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {"passage": {"type": "integer"}, "text": {"type": "string"}},
                            "required": ["passage", "text"],
                            "additionalProperties": False,
                        },
                    },
                },
                "required": ["speaker", "holding", "quotes"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["answerable", "claims"],
    "additionalProperties": False,
}
MOST_CLAIMS = 12  # read of a reply
MOST_QUOTES = 6  # read of a claim
MOST_OBJECTS = 50  # opening braces of a reply at which JSON is looked for


@dataclass(frozen=True)
class Said:
    """A claim as the model sent it: unchecked."""

    speaker: str
    holding: bool
    quotes: tuple[tuple[int, str], ...]


def read_reply(reply: str) -> tuple[bool, list[Said]]:
    """(answerable, claims) of a reply that is one JSON object, bare, fenced or with words around it.

    Raises MalformedReply for anything else: no object, another shape, wrong types.
    """
    data = _json_object(reply)
    claims = data.get("claims")
    if not isinstance(claims, list):
        raise MalformedReply("it has no list of claims")
    return data.get("answerable") is not False, [_said(claim) for claim in claims[:MOST_CLAIMS]]


def _json_object(reply: str) -> dict[str, Any]:
    """The last JSON object of a reply that parses whole and has claims: a model that thinks aloud ends with it."""
    decoder, at, found = json.JSONDecoder(), -1, None
    for _ in range(MOST_OBJECTS):
        at = reply.find("{", at + 1)
        if at < 0:
            break
        try:
            data, at = decoder.raw_decode(reply, at)
        except (ValueError, RecursionError):
            continue
        if isinstance(data, dict) and "claims" in data:
            found = data
    if found is None:
        raise MalformedReply("it holds no JSON object with claims")
    return found


def _said(claim: object) -> Said:
    if not isinstance(claim, dict) or not isinstance(claim.get("quotes"), list):
        raise MalformedReply("a claim is no object with a list of quotes")
    quotes = []
    for quote in claim["quotes"][:MOST_QUOTES]:
        text = quote.get("text") if isinstance(quote, dict) else None
        passage = quote.get("passage") if isinstance(quote, dict) else None
        if not isinstance(text, str) or not isinstance(passage, int) or isinstance(passage, bool):
            raise MalformedReply("a quotation needs a passage number and a text")
        quotes.append((passage, text))
    speaker = claim.get("speaker", "")
    return Said(speaker if isinstance(speaker, str) else "", claim.get("holding") is True, tuple(quotes))
