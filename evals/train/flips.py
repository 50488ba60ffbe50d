"""Turn a statement or a question round: nearly the same words, saying or presuming the opposite.

flip(text, draw) -> str | None    "may not sue" -> "may sue"; "violates" -> "does not violate"; "valid" -> "invalid"

The reader learns from such pairs what bears a claim out and what contradicts it (evals/train/train_reader.py). A flip
need not be elegant, and one in twenty is wrong; what is turned is the clause after a verb of deciding, where there is
one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

NEGATED_SHARE = 0.55  # of flips that negate the verb, where a word could be turned instead

_AUXILIARY = r"is|are|was|were|has|have|had|does|do|did|can|could|may|must|shall|should|will|would|might"
_NEGATED = re.compile(rf"\b(?:({_AUXILIARY})n['’]t|(ca|wo)n['’]t|cannot|({_AUXILIARY})(?: \w+)? not)\b", re.IGNORECASE)
_FIRST_AUXILIARY = re.compile(rf"\b(?:{_AUXILIARY})\b")
_NEAR = 25  # characters that a negation may stand after the first auxiliary
_DECIDED = re.compile(
    r"\b(?:hold(?:ing)?|held|find|found|conclude[sd]?|rule[sd]?|decide[sd]?|argument|claim|contention)\b(?: that)?\s"
)
_ASKS = ("why", "how", "on what")
_SHORT = {"ca": "can", "wo": "will"}
_BASES = re.findall(
    r"\S+",
    "violate require permit apply bar preempt pre-empt cover include authorize create constitute satisfy allow prohibit"
    " forbid mean extend protect entitle preclude provide give impose depend govern support show establish fall qualify"
    " amount exceed reach confer abrogate waive demand justify compel contain exclude deprive toll trigger supersede"
    " displace control turn make offend survive fail lack hold have",
)
_PAST = {
    "violated": "violate", "erred": "err", "required": "require", "applied": "apply", "barred": "bar",
    "exceeded": "exceed", "lacked": "lack", "failed": "fail", "showed": "show", "satisfied": "satisfy",
    "abused": "abuse", "deprived": "deprive", "preserved": "preserve", "waived": "waive",
}  # fmt: skip
_PAIRS = (
    "affirm reverse, affirmed reversed, affirms reverses, uphold strike, upheld struck,"
    " constitutional unconstitutional, valid invalid, lawful unlawful,"
    " reasonable unreasonable, permissible impermissible, proper improper,"
    " sufficient insufficient, grant deny, granted denied, accept reject, accepted rejected, allow forbid,"
    " allows forbids, permit prohibit, permits prohibits, permitted prohibited, require forbid, requires forbids,"
    " liable immune, guilty innocent, broad narrow, broadly narrowly, timely untimely, applicable inapplicable,"
    " covered excluded, consistent inconsistent, compatible incompatible, relevant irrelevant, correct wrong,"
    " correctly wrongly, adequate inadequate, necessary unnecessary, available unavailable, admissible inadmissible,"
    " possible impossible, ambiguous unambiguous, fair unfair, always never, all none, more less, before after,"
    " includes excludes, include exclude, succeed fail, succeeds fails, with without, survives fails, may cannot,"
    " within outside, inside outside, protected unprotected, eligible ineligible, likely unlikely, exempt subject"
)


def _third_person(base: str) -> str:
    if base == "have":
        return "has"
    if re.search(r"(?:s|sh|ch|x|z)$", base):
        return base + "es"
    return base[:-1] + "ies" if re.search(r"[^aeiou]y$", base) else base + "s"


_THIRD = {_third_person(base): base for base in _BASES}


def _opposites() -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    for pair in _PAIRS.split(","):
        one, other = pair.split()
        known.setdefault(one, []).append(other)
        known.setdefault(other, []).append(one)
    return known


_OPPOSITE = _opposites()


def flip(text: str, draw: random.Random) -> str | None:
    """One flip of `text`, drawn among those known; None where none is."""
    decided = _DECIDED.search(text)
    start = decided.end() if decided else 0
    head, body = text[:start], text[start:]
    bare = _affirmed(body, asks=_asks(text) and not start)
    if bare is not None:
        return head + bare
    verb = _denied(body, asks=_asks(text) and not start)
    words = list(_turned(body, draw))
    if verb is not None and (not words or draw.random() < NEGATED_SHARE):
        return head + verb
    return head + draw.choice(words) if words else None


def _asks(text: str) -> bool:
    return text.lower().startswith(_ASKS)


def _affirmed(body: str, *, asks: bool) -> str | None:
    """Without its first negation, where its first verb is negated."""
    found, first = _NEGATED.search(body), _FIRST_AUXILIARY.search(body)
    if found is None or (first is not None and found.start() > first.start() + _NEAR):
        return None
    said, rest = found[0], body[found.end() :]
    bare = (
        "can"
        if said.lower() == "cannot"
        else _SHORT.get((found[2] or "").lower()) or re.sub(r"(?:n['’]t| not)$", "", said)
    )
    follows = re.match(r"\s+(\w+)", rest)
    if follows and not asks and bare.lower() in ("does", "did"):
        known = _THIRD if bare.lower() == "does" else _PAST
        inflected = next((form for form, base in known.items() if base == follows[1]), None)
        if inflected:
            return body[: found.start()] + inflected + rest[follows.end() :]
    return body[: found.start()] + bare + rest


def _denied(body: str, *, asks: bool) -> str | None:
    """With its first verb negated."""
    for found in re.finditer(r"[A-Za-z-]+", body):
        word, low = found[0], found[0].lower()
        new = None
        if re.fullmatch(_AUXILIARY, low):
            new = _negation(word, contracted=asks)
        elif found.start() and low in _THIRD:
            new = f"does not {_THIRD[low]}"
        elif found.start() and low in _PAST:
            new = f"did not {_PAST[low]}"
        if new is not None:
            return body[: found.start()] + new + body[found.end() :]
    return None


def _negation(word: str, *, contracted: bool) -> str:
    low = word.lower()
    if not contracted:
        return "cannot" if low == "can" else f"{word} not"
    if low in ("may", "might", "shall"):
        return f"{word} not"
    return {"can": "can't", "will": "won't"}.get(low, f"{word}n't")


def _turned(body: str, draw: random.Random) -> Iterator[str]:
    """Each with one word turned into its opposite."""
    for found in re.finditer(r"[A-Za-z-]+", body):
        for known in [_OPPOSITE.get(found[0].lower())]:
            if known:
                new = draw.choice(known)
                new = new.capitalize() if found[0][0].isupper() else new
                yield body[: found.start()] + new + body[found.end() :]
