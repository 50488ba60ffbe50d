"""A chat model chooses what to quote; the words, who says them and what they do come from the record.

write(question, hits, filings, chat, passages=…) -> Written    the quotations chosen that stand; warnings name the rest
  ask      numbered passages with speaker and citation in one marked block; the reply: rag/replies.py
  check    each quotation found in a passage that was shown, and shown in the sentences it stands in
  repair   one round, with what was wrong; then the round of which more stands is used
prompt_for(question, hits, passages=…) -> messages             the exact prompt

Not one word of the model's reaches the reader: a quotation is the filing's own slice, its lead-in is made from the
record (rag/voice.py), and a warning repeats nothing that a reply said.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.errors import MalformedReply, ModelUnavailable
from corpus.model import ROLES, Filing
from prompts.load import load_prompt
from rag.choose import MOST, MOST_WORDS, Pick, excerpt
from rag.compose import folded
from rag.folding import fold
from rag.model import Hit, Located, Question
from rag.models import ChatModel
from rag.quotable import is_citation
from rag.quotes import describe, locate_quote
from rag.replies import SCHEMA, Said, read_reply
from rag.voice import Voice, voice_of_words

MOST_PASSAGES = 10  # shown to the model, where no setting says otherwise
LONGEST = 3000  # characters of a quotation that is looked for: more than any passage has
LEAST_WORDS = 4  # of a quotation that is no whole sentence: fewer stand anywhere

Messages = list[tuple[str, str]]
Span = tuple[int, int]


@dataclass(frozen=True)
class Checked:
    """What of a reply stands. `dropped` says to the model what is wrong with each quotation that does not, `corrected`
    to the reader where a label gave way to the record's. `offered` counts the quotations of the reply."""

    picks: tuple[Pick, ...] = ()
    offered: int = 0
    dropped: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    unread: str = ""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the reader is told, without a word of the model's."""
        left_out = f"{len(self.dropped)} of {self.offered} quotations that the chat model offered were left out: "
        left_out += "they do not stand word for word in the passages it was shown."
        return (*([self.unread] if self.unread else []), *([left_out] if self.dropped else []), *self.corrected)


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
    passages: int = MOST_PASSAGES,
) -> Written:
    """The quotations that the model chose and that stand, after one round of repair.

    Raises ModelUnavailable where no reply came at all; a reply that cannot be read even then gives none and says so.
    """
    shown = hits[:passages]
    messages = prompt_for(question, hits, passages=passages)
    best = Checked()
    for last in (False, True):
        reply = ""
        try:
            reply = _reply(chat, messages)
            answerable, said = read_reply(reply)
        except ModelUnavailable:
            if best.picks:
                break
            raise
        except MalformedReply as error:
            checked = Checked(unread=f"The chat model's reply cannot be read: {error}.")
        else:
            if not answerable and not said and not best.picks:
                return Written((), (), silent=True)
            checked = check(said, shown, filings, most=MOST[question.length])
        best = checked if len(checked.picks) >= len(best.picks) else best
        wrong = [*checked.dropped, *([checked.unread] if checked.unread else [])]
        if last or not wrong:
            break
        messages = [*messages, ("assistant", reply or "(nothing usable)"), *_repair(wrong)]
    return Written(best.picks, best.warnings)


def prompt_for(question: Question, hits: Sequence[Hit], *, passages: int = MOST_PASSAGES) -> Messages:
    """The exact messages sent, with the first `passages` hits."""
    shown = "\n\n".join(_passage(number, hit) for number, hit in enumerate(hits[:passages], 1))
    return load_prompt("answer", question=" ".join(question.text.split()), passages=shown, **_marks("RECORD", shown))


def check(
    said: Sequence[Said], shown: Sequence[Hit], filings: Mapping[str, Filing], *, most: int = MOST["usual"]
) -> Checked:
    """What stands of a reply: at most `most` quotations, none of them twice."""
    picks: list[Pick] = []
    dropped: list[str] = []
    corrected: list[str] = []
    for number, claim in enumerate(said, 1):
        own: list[Pick] = []
        for passage, text in claim.quotes:
            filing, located, why = _find(text, passage, shown, filings)
            chosen = [] if why or filing is None else list(_picks(filing, located))
            own += chosen
            if not chosen:
                dropped.append(f"Claim {number}, “{_short(text)}”: {why or 'This is no sentence of the record.'}")
        new = [pick for pick in own if not any(_overlap(pick, other) for other in picks)]
        new = new[: most - len(picks)]
        corrected += _mislabelled(claim, new)
        picks += new
    offered = sum(len(claim.quotes) for claim in said)
    return Checked(tuple(picks), offered, tuple(dropped), tuple(corrected))


def _find(
    text: str, passage: int, shown: Sequence[Hit], filings: Mapping[str, Filing]
) -> tuple[Filing | None, Located, str]:
    """Where a quotation stands: in the passage named, else in the only other one shown that has its words.

    The last is "" or a sentence on why it does not stand.
    """
    located, why = Located("absent"), f"There is no passage {passage}."
    if len(text) > LONGEST:
        return None, located, "This is longer than any passage."
    if 1 <= passage <= len(shown):
        hit = shown[passage - 1]
        located = locate_quote(text, filings[hit.filing.id], within=(hit.start, hit.end))
        if _stands(located, hit):
            return filings[hit.filing.id], located, _too_short(text, located, filings[hit.filing.id])
        why = "That passage does not say this." if located.verdict == "exact" else describe(located)
    words = fold(text).text.strip("… ")
    places = {}
    for hit in [hit for hit in shown if words and words in fold(hit.text).text]:
        elsewhere = locate_quote(text, filings[hit.filing.id], within=(hit.start, hit.end))
        if _stands(elsewhere, hit):
            places[hit.filing.id, elsewhere.start] = elsewhere
    if len(places) != 1:
        return None, located, why
    ((key, _), only), *_ = places.items()
    return filings[key], only, _too_short(text, only, filings[key])


def _stands(located: Located, hit: Hit) -> bool:
    """Whether the words are the passage's, but for a clause's first word made to open a sentence ("A state" of "a
    state"): it is shown in its sentence anyway."""
    opened = len(located.changes) == 1 and located.changes[0].kind == "case" and located.changes[0].record.islower()
    found = located.verdict == "exact" or (opened and located.text.startswith(located.changes[0].record))
    return found and located.start < hit.end and hit.start < located.end


def _too_short(text: str, located: Located, filing: Filing) -> str:
    """Why words are too few to be a quotation; "" for enough of them, or for a whole sentence."""
    whole = any(located.start <= s.start and s.end <= located.end for s in filing.sentences_in(*_span(located)))
    return "" if whole or len(text.split()) >= LEAST_WORDS else "This is too short to be a quotation."


def _picks(filing: Filing, located: Located) -> Iterator[Pick]:
    """The sentences that the quotation stands in, as quotations of our own: no cut can turn what they say.

    "a private agent shares the immunity of a sovereign" is shown as "The Court rejects the claim that a private agent
    shares the immunity of a sovereign." Sentences of one voice run on, up to MOST_WORDS; a citation is no quotation.
    """
    parts = located.segments or (_span(located),)
    touched = sorted({index for part in parts for index in _sentences(filing, part)})
    for run in _runs(filing, touched):
        start, end = filing.sentences[run[0]].start, filing.sentences[run[-1]].end
        if len(run) == 1:
            near = excerpt(filing, run[0])  # widened where it leans on the one before, cut at a clause where it is long
            held = all(near[0] <= max(a, start) and min(b, end) <= near[1] for a, b in parts if a < end and start < b)
            start, end = near if held else (start, end)
        if not is_citation(" ".join(filing.text[start:end].split())):
            page = filing.pages_in(start, end)[:1]
            yield Pick(filing, start, end, page[0] if page else 1, voice_of_words(filing, start, end))


def _sentences(filing: Filing, span: Span) -> range:
    """The indexes of the sentences that overlap a span."""
    first = bisect_right(filing.sentences, span[0], key=lambda s: s.end)
    return range(first, bisect_left(filing.sentences, span[1], key=lambda s: s.start))


def _runs(filing: Filing, indexes: Sequence[int]) -> list[list[int]]:
    """Sentences that can be quoted as one: next to each other, in one paragraph, of one voice, short enough."""
    runs: list[list[int]] = []
    for index in indexes:
        here = filing.sentences[index]
        if runs and runs[-1][-1] == index - 1:
            first, before = filing.sentences[runs[-1][0]], filing.sentences[index - 1]
            same = (here.speaker, here.restates) == (before.speaker, before.restates)
            beside = "\n" not in filing.text[before.end : here.start]
            if same and beside and len(filing.text[first.start : here.end].split()) <= MOST_WORDS:
                runs[-1].append(index)
                continue
        runs.append([index])
    return runs


def _mislabelled(claim: Said, picks: Sequence[Pick]) -> list[str]:
    """A sentence for the reader, with the record's words, where the model's labels are not the record's."""
    if not picks:
        return []
    role, spoken = _role(claim.speaker), f"the words are {_spoken(picks[0].voice)}."
    words = folded(_short(picks[0].text))
    if claim.holding and not any(pick.voice.kind == "holding" for pick in picks):
        return [f"Corrected: “{words}” was called a holding; {spoken}"]
    if role and not any(pick.voice.speaker.role == role for pick in picks):
        return [f"Corrected: “{words}” was given to another speaker; {spoken}"]
    return []


def _reply(chat: ChatModel, messages: Messages) -> str:
    """Structured output where the model can, else its plain text."""
    try:
        return chat.reply(messages, SCHEMA)
    except MalformedReply:
        return chat.reply(messages)


def _repair(wrong: Sequence[str]) -> Messages:
    problems = "\n".join(f"- {problem}" for problem in wrong)
    return load_prompt("repair", problems=problems, **_marks("PROBLEMS", problems))


def _marks(name: str, text: str) -> dict[str, str]:
    """The markers of a block: they carry a digest of what it holds, so that no filing can close it."""
    digest = hashlib.sha256(text.encode(errors="replace")).hexdigest()[:12]
    return {"opening": f"<<<{name} {digest}", "closing": f"{name} {digest}>>>"}


def _passage(number: int, hit: Hit) -> str:
    """A passage as the model sees it."""
    who = hit.speaker.role + (f" ({hit.speaker.name})" if hit.speaker.name else "")
    writing = f", {hit.writing.replace('_', ' ')}" if hit.writing else ""
    reports = f", mostly reporting {hit.restates.name or hit.restates.role}" if hit.restates else ""
    under = f"\nunder: {' > '.join(hit.section)}" if hit.section else ""
    return f"[{number}] speaker: {who}{writing}{reports}\ncitation: {hit.citation}{under}\n{' '.join(hit.text.split())}"


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
    """The role that a speaker's name begins with ("Defendants (Velkane)"); "" for a name that is no role."""
    word = re.split(r"[\s(,]", name.strip().lower().removeprefix("the "))[0]
    known = {**{f"{role}s": role for role in ROLES}, **{role: role for role in ROLES}, "amici": "amicus", "unknown": ""}
    return known.get(word, "")


def _overlap(one: Pick, other: Pick) -> bool:
    return one.filing.id == other.filing.id and one.start < other.end and other.start < one.end


def _span(located: Located) -> Span:
    return located.start, located.end


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 80 else flat[:77].rsplit(" ", 1)[0] + " …"
