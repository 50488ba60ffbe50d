"""Prompts as files: one prompt a file, its variables checked.

load_prompt(name, **values) -> [(role, text)]

    # system            a line "# system", "# user" or "# assistant" opens a message
    You answer …
    # user
    {{question}}        a variable; one that is not given, or given and not there, is an error

A value is put in as it is: braces inside it are text, never variables.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from corpus.errors import PromptError

FOLDER = Path(__file__).resolve().parent
ROLES = ("system", "user", "assistant")

_VARIABLE = re.compile(r"\{\{(\w+)\}\}")
_OPENING = re.compile(rf"^# ({'|'.join(ROLES)})\s*$", re.MULTILINE)


def load_prompt(name: str, **values: str) -> list[tuple[str, str]]:
    """The messages of `prompts/NAME.md` with its variables filled. Raises PromptError."""
    messages = _messages(name)
    wanted = {variable for _, text in messages for variable in _VARIABLE.findall(text)}
    if missing := sorted(wanted - set(values)):
        raise PromptError(f"prompt {name!r} needs {', '.join(missing)}")
    if extra := sorted(set(values) - wanted):
        raise PromptError(f"prompt {name!r} has no variable {', '.join(extra)}")
    return [(role, _VARIABLE.sub(lambda found: values[found[1]], text)) for role, text in messages]


def variables(name: str) -> frozenset[str]:
    """The variables of a prompt. Raises PromptError."""
    return frozenset(variable for _, text in _messages(name) for variable in _VARIABLE.findall(text))


def names() -> list[str]:
    """The prompts there are, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.md"))


@lru_cache(maxsize=32)
def _messages(name: str) -> tuple[tuple[str, str], ...]:
    path = FOLDER / f"{name}.md"
    if not re.fullmatch(r"[a-z_]+", name) or not path.is_file():
        raise PromptError(f"no prompt {name!r}; known: {', '.join(names())}")
    parts = _OPENING.split(path.read_text(encoding="utf-8"))
    if parts[0].strip() or len(parts) < 3:
        raise PromptError(f"{path.name} must open with a line '# system' or '# user'")
    return tuple((role, text.strip()) for role, text in zip(parts[1::2], parts[2::2], strict=True))
