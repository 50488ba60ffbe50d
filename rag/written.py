"""A chat model writes over the passages found, and is held to them.

write(question, hits, filings, chat, …) -> Written      claims with verified quotations only; warnings name the rest
  ask      numbered passages with speaker and citation in one marked block; structured output, or JSON read strictly
  check    every quotation located in its filing; the speaker and "held" come from the record, never from the model
  repair   one round, with what was wrong; then whatever stands is used
prompt_for(question, hits) -> messages                  the exact prompt

The model's own words stand only as a clause after our lead-in, and bring no name or number that its passage lacks.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.errors import MalformedReply
from corpus.model import Filing
from prompts.load import load_prompt
from rag.choose import Pick
from rag.model import Hit, Question, Quote, QuoteDraft
from rag.models import ChatModel
from rag.quotes import check_quotes, describe
from rag.voice import Voice, voice_of_words

SCHEMA: dict[str, Any] = {
    "title": "answer",
    "description": "Claims about a court record, each with exact quotations.",
    "type": "object",
    "properties": {
        "answerable": {"type": "boolean", "description": "Whether the passages answer the question."},
        "claims": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "says": {"type": "string", "description": "One clause that could follow the word 'that'."},
                    "speaker": {"type": "string", "description": "The speaker in the passage's head."},
                    "holding": {"type": "boolean", "description": "Whether a court decides this in the quoted words."},
                    "quotes": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {"passage": {"type": "integer"}, "text": {"type": "string"}},
                            "required": ["passage", "text"],
                        },
                    },
                },
                "required": ["says", "speaker", "holding", "quotes"],
            },
        },
    },
    "required": ["answerable", "claims"],
}
MOST_PASSAGES = 10  # shown to the model
MOST_SAYS = 60  # words of the model's own clause
MOST_CLAIMS = 12

Messages = list[tuple[str, str]]

_NAMED = re.compile(r"\b[A-Z][A-Za-z’'-]{2,}|\b\d[\d,.]*")
_ATTRIBUTION = re.compile(
    r"\b(?:court|judge|justice|majority|dissent|plaintiffs?|defendants?|appellants?|appellees?|petitioners?"
    r"|respondents?|amici|"
    r"government)\b[^.;]{0,30}\b(?:held|holds|ruled|rules|decided|decides|found|finds|argue\w*|contend\w*"
    r"|conclude\w*)\b|\bwe hold\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“”«»]")


@dataclass(frozen=True)
class Said:
    """A claim as the model sent it: unchecked."""

    says: str
    speaker: str
    holding: bool
    quotes: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Written:
    """What a reply came to: quotations that stand, in the order given. `silent`: the model said there is no answer."""

    picks: tuple[Pick, ...]
    warnings: tuple[str, ...]
    silent: bool = False


def write(
    question: Question,
    hits: Sequence[Hit],
    filings: Mapping[str, Filing],
    chat: ChatModel,
    *,
    same_case: bool,
    page_style: str,
) -> Written:
    """The model's claims that stand, after one round of repair. Raises ModelUnavailable; a reply that cannot be read
    even then gives no claims and says so."""
    shown = list(hits[:MOST_PASSAGES])
    messages = prompt_for(question, shown)
    kept: list[Pick] = []
    problems: list[str] = []
    for last in (False, True):
        reply = ""
        try:
            reply = _reply(chat, messages)
            answerable, said = read_reply(reply)
        except MalformedReply as error:
            problems = [str(error)]
        else:
            if not answerable and not said:
                return Written((), (), silent=True)
            kept, problems = check(said, shown, filings, same_case=same_case, page_style=page_style)
        if last or not [p for p in problems if not p.startswith("Corrected")]:
            break
        listed = "\n".join(f"- {problem}" for problem in problems)
        messages = [*messages, ("assistant", reply or "(nothing usable)"), *load_prompt("repair", problems=listed)]
    return Written(tuple(kept), tuple(problems))


def prompt_for(question: Question, hits: Sequence[Hit]) -> Messages:
    """The exact messages sent. The block's markers carry a digest of the passages, so that no filing can close it."""
    passages = "\n\n".join(_passage(number, hit) for number, hit in enumerate(hits[:MOST_PASSAGES], 1))
    mark = hashlib.sha256(passages.encode()).hexdigest()[:12]
    return load_prompt(
        "answer",
        question=" ".join(question.text.split()),
        passages=passages,
        opening=f"<<<RECORD {mark}",
        closing=f"RECORD {mark}>>>",
    )


def read_reply(reply: str) -> tuple[bool, list[Said]]:
    """(answerable, claims) of a reply that is one JSON object, bare, fenced or with words around it.

    Raises MalformedReply for anything else: no object, another shape, wrong types.
    """
    data = _json_object(reply)
    claims = data.get("claims")
    if not isinstance(claims, list):
        raise MalformedReply("the reply has no list of claims")
    return data.get("answerable") is not False, [_said(claim) for claim in claims[:MOST_CLAIMS]]


def check(
    said: Sequence[Said], hits: Sequence[Hit], filings: Mapping[str, Filing], *, same_case: bool, page_style: str
) -> tuple[list[Pick], list[str]]:
    """The claims that stand, and a sentence for each that does not or was corrected."""
    kept: list[Pick] = []
    problems: list[str] = []
    for number, claim in enumerate(said, 1):
        quotes: list[Quote] = []
        for passage, text in claim.quotes:
            if not 1 <= passage <= len(hits):
                problems.append(f"Claim {number} quotes passage {passage}, which was not given.")
                continue
            hit = hits[passage - 1]
            draft = QuoteDraft(text, hit.filing.id, (hit.start, hit.end))
            checked = check_quotes([draft], filings, same_case=same_case, page_style=page_style)[0]
            if checked.located.verdict == "exact" and _is_long_enough(text):
                quotes += checked.quotes
            else:
                problems.append(f"Claim {number} was left out in part: {_why(checked.located, text)}")
        if not quotes:
            problems.append(
                f"Claim {number} (“{_short(claim.says)}”) was left out: no quotation of it stands in the record."
            )
            continue
        one, trouble = _settle(number, claim, quotes, hits, filings)
        problems += trouble
        kept.append(one)
    return kept, problems


def _settle(
    number: int, claim: Said, quotes: Sequence[Quote], hits: Sequence[Hit], filings: Mapping[str, Filing]
) -> tuple[Pick, list[str]]:
    """The claim with the voice the record gives it, and without a clause that says more than its passage."""
    first = quotes[0]
    filing = filings[first.filing_id]
    voice = voice_of_words(filing, first.start, first.end)
    trouble: list[str] = []
    if claim.holding and voice.kind != "holding":
        trouble.append(f"Corrected: claim {number} was called a holding; the words are {_spoken(voice)}.")
    elif claim.speaker and _role(claim.speaker) not in ("", voice.speaker.role):
        trouble.append(f"Corrected: claim {number} was given to {claim.speaker}; the words are {_spoken(voice)}.")
    around = " ".join(
        hit.text for hit in hits if any(q.filing_id == hit.filing.id and hit.start <= q.start < hit.end for q in quotes)
    )
    says = " ".join(claim.says.split()).rstrip(". ")
    if trouble or not _is_clause(says) or not _is_borne(says, around + " ".join(q.text for q in quotes)):
        says = ""
    pick = Pick(filing, first.start, first.end, first.page or 1, voice, says=says, quotes=tuple(quotes))
    return pick, trouble


def _reply(chat: ChatModel, messages: Messages) -> str:
    """Structured output where the model can, else its plain text."""
    try:
        return chat.reply(messages, SCHEMA)
    except MalformedReply:
        return chat.reply(messages)


def _json_object(reply: str) -> dict[str, Any]:
    """The first JSON object in a reply that parses whole."""
    decoder = json.JSONDecoder()
    for start in [m.start() for m in re.finditer(r"\{", reply)][:20]:
        try:
            data, _ = decoder.raw_decode(reply[start:])
        except (json.JSONDecodeError, RecursionError):
            continue
        if isinstance(data, dict) and "claims" in data:
            return data
    raise MalformedReply("the reply holds no JSON object with claims")


def _said(claim: object) -> Said:
    if not isinstance(claim, dict) or not isinstance(claim.get("quotes"), list):
        raise MalformedReply("a claim is no object with a list of quotes")
    quotes = []
    for quote in claim["quotes"]:
        text = quote.get("text") if isinstance(quote, dict) else None
        passage = quote.get("passage") if isinstance(quote, dict) else None
        if not isinstance(text, str) or not isinstance(passage, int) or isinstance(passage, bool):
            raise MalformedReply("a quotation needs a passage number and a text")
        quotes.append((passage, text))
    says, speaker = claim.get("says", ""), claim.get("speaker", "")
    if not isinstance(says, str) or not isinstance(speaker, str):
        raise MalformedReply("`says` and `speaker` must be text")
    return Said(says, speaker, claim.get("holding") is True, tuple(quotes))


def _passage(number: int, hit: Hit) -> str:
    """A passage as the model sees it."""
    who = hit.speaker.role + (f" ({hit.speaker.name})" if hit.speaker.name else "")
    writing = f", {hit.writing.replace('_', ' ')}" if hit.writing else ""
    reports = f", mostly reporting {hit.restates.name or hit.restates.role}" if hit.restates else ""
    under = f"\nunder: {' > '.join(hit.section)}" if hit.section else ""
    return f"[{number}] speaker: {who}{writing}{reports}\ncitation: {hit.citation}{under}\n{' '.join(hit.text.split())}"


def _is_long_enough(text: str) -> bool:
    """Whether a quotation is more than a word or two, which stand anywhere."""
    return len(text.split()) >= 3


def _is_clause(says: str) -> bool:
    """Whether the model's words can stand as a clause: some words, no quotation marks, no attribution of their own."""
    return 3 <= len(says.split()) <= MOST_SAYS and not _QUOTED.search(says) and not _ATTRIBUTION.search(says)


def _is_borne(says: str, source: str) -> bool:
    """Whether every name and number in the model's clause stands in its passage."""
    held = source.lower()
    return all(name.lower().rstrip(".,") in held for name in _NAMED.findall(says[1:]))


def _why(located: Any, text: str) -> str:
    if located.verdict == "exact":
        return f"“{_short(text)}” is too short to be a quotation."
    return f"“{_short(text)}”: {describe(located)}"


def _spoken(voice: Voice) -> str:
    who = voice.speaker.name or voice.speaker.role
    if voice.kind == "restated" and voice.restates:
        return f"a report of what {voice.restates.name or voice.restates.role} maintains"
    kinds = {
        "dissent": "a dissent's",
        "concurrence": "a concurrence's",
        "syllabus": "the syllabus's",
        "reasoning": "the court's reasoning, not its decision",
    }
    return kinds.get(voice.kind, f"those of {who}")


def _role(name: str) -> str:
    """The role that a speaker's name begins with; "" for a name that is no role."""
    word = re.split(r"[\s(,]", name.strip().lower())[0].rstrip("s")
    roles = (
        "court",
        "plaintiff",
        "defendant",
        "appellant",
        "appellee",
        "petitioner",
        "respondent",
        "amicu",
        "government",
        "witnes",
        "counsel",
    )
    return next(
        (
            r if r not in ("amicu", "witnes") else {"amicu": "amicus", "witnes": "witness"}[r]
            for r in roles
            if word == r
        ),
        "",
    )


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 80 else flat[:77].rsplit(" ", 1)[0] + " …"
