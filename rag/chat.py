"""A follow-up becomes a question that can be understood alone.

standalone(question, turns, chat=None) -> question

    after "Did the court accept Defendants' Rule 19 argument?"
    "and what did the dissent say to that?"  What did the dissent say about the Rule 19 argument?
    "where is that in the order?"            Where in the order: …
    "shorter"                                the question before, (briefly)
    "only the amici"                         According to the amici only: …
Without a chat model only such forms are resolved; any other question stands as it was asked. With one, its rewriting
is used where it keeps the question's content words and adds only such as were asked before: nothing is the model's
own.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

from corpus.errors import MalformedReply, ModelUnavailable
from prompts.load import load_prompt
from rag.model import Turn
from rag.models import ChatModel
from rag.question import ROLE_WORDS, WRITING_WORDS
from rag.words import content_words
from rag.words import topic as about

log = logging.getLogger(__name__)

REMEMBERED = 4  # turns shown to a chat model
LONGEST = 400  # characters of a rewritten question
ALONE = 4  # content words from which a question without a pointing word stands alone

_SIDES = (
    "|".join(f"(?:{words})" for words, _ in (*ROLE_WORDS, *WRITING_WORDS))
    + r"|court|district court|court of appeals|judge"
)
_LENGTH = re.compile(
    r"^\W*(?:(?:can you |please |make (?:it|that) |a (?:bit|little) |say (?:it|that) |and )*)"
    r"(?:(?P<short>shorter|briefer|brief(?:ly)?|in brief|in short|summari[sz]e(?: (?:it|that))?|tl;?dr"
    r"|more concise(?:ly)?)"
    r"|(?P<long>longer|more|tell me more|more detail|in (?:more |full |greater )?detail|at length|go on|fuller"
    r"|everything)),?(?: please)?\W*$",
    re.IGNORECASE,
)
_ONLY = re.compile(
    rf"^\W*(?:and |now |show )?(?:only|just)\s+(?:the\s+|what the\s+)?(?P<side>{_SIDES})(?:['’]s?)?(?:\s+(?:say"
    rf"|view|views|argument|side|position)s?)?\W*$",
    re.IGNORECASE,
)
_WHAT_ABOUT = re.compile(
    rf"^\W*(?:and\s+)?(?:what|how) about\s+(?:the\s+)?(?P<side>{_SIDES})\W*$"
    rf"|^\W*and\s+(?:the\s+)?(?P<other>{_SIDES})\W*$",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"^\W*(?:and\s+)?(?:where|on (?:what|which) page)\b.{0,30}?\b(?:that|this|it)\b(?:.*?\b(?P<kind>in"
    r"|of)\s+(?:the\s+)?(?P<filing>[\w’' ]+?))?\W*$",
    re.IGNORECASE,
)
_BARE_WHY = re.compile(
    r"^\W*(?:and\s+|but\s+)?(?:why|why not|how so|on what (?:basis|ground|grounds)|for what reasons?)\W*$",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(?:(?:to|about|on|with|of|against|for|in)\s+)?(?:that|this|it|those|them|these|the same"
    r"|there)(?:\s+(?:argument|point|claim|question|issue|ruling|view))?(?=\W*$|\s*[,?.]|\s+(?:and|in|too|as)\b)",
    re.IGNORECASE,
)
_OPENS = re.compile(r"^\W*(?:and|but|so|then|now|also|ok|okay)[,\s]+", re.IGNORECASE)
_SUFFIX = re.compile(r"\s*\((?:briefly|in detail)\)\s*$|^According to the [\w ]+ only:\s*", re.IGNORECASE)


def standalone(question: str, turns: Sequence[Turn], chat: ChatModel | None = None) -> str:
    """`question` as it can be understood without the turns before it; itself where it can be already."""
    asked = " ".join(question.split())
    if not turns:
        return asked
    last = turns[-1].standalone_question or turns[-1].question
    if resolved := _by_form(asked, last):
        return resolved
    if not _depends(asked):
        return asked
    if chat is not None and (rewritten := _by_model(asked, turns, chat)):
        return rewritten
    return _pointed(asked, last)


def topic(question: str) -> str:
    """What the question before was about."""
    return about(_SUFFIX.sub("", question))


def _by_form(asked: str, last: str) -> str | None:
    """The forms that are resolved without a model; None for any other."""
    bare = _SUFFIX.sub("", last)
    if found := _LENGTH.match(asked):
        return f"{bare} ({'briefly' if found['short'] else 'in detail'})"
    if found := _ONLY.match(asked):
        return f"According to the {found['side']} only: {bare}"
    if found := _WHAT_ABOUT.match(asked):
        return f"What did the {found['side'] or found['other']} say about {topic(last)}?"
    if found := _WHERE.match(asked):
        where = f" in the {found['filing'].strip()}" if found["filing"] else ""
        return f"Where{where} is this: {topic(last)}?"
    if _BARE_WHY.match(asked):
        return f"Why: {bare}"
    return None


def _depends(asked: str) -> bool:
    """Whether a question points back: it opens with "and", or points with few words of its own."""
    return (
        bool(_OPENS.match(asked))
        or (bool(_POINTS.search(asked)) and len(content_words(asked)) < 2 * ALONE)
        or not content_words(asked)
    )


def _pointed(asked: str, last: str) -> str:
    """The question with what it points at put in its place, or added."""
    opened = _OPENS.sub("", asked)
    opened = opened[:1].upper() + opened[1:]
    before = topic(last)
    if found := _POINTS.search(opened):
        return f"{opened[: found.start()].rstrip()} about {before}{opened[found.end() :]}"
    if len(content_words(opened)) >= ALONE:
        return opened
    return f"{opened.rstrip('?. ')} about {before}?"


def _by_model(asked: str, turns: Sequence[Turn], chat: ChatModel) -> str:
    """The chat model's rewriting; "" where it gives none that can be used, or one with words that nobody asked."""
    before = [turn.standalone_question or turn.question for turn in turns[-REMEMBERED:]]
    earlier = "\n".join(f"- {question}" for question in before)
    try:
        reply = chat.reply(load_prompt("standalone", turns=earlier, question=asked))
    except (ModelUnavailable, MalformedReply) as error:
        log.warning("the follow-up is resolved without the chat model: %s", error)
        return ""
    lines = [line.strip().strip('"“”') for line in reply.strip().splitlines() if line.strip()]
    if len(lines) != 1 or len(lines[0]) > LONGEST:
        return ""
    words, kept = set(content_words(lines[0])), set(content_words(asked))
    return lines[0] if words and kept <= words <= kept | set(content_words(" ".join(before))) else ""
