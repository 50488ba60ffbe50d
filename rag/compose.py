"""Compose an answer of the filings' own words: quotations grouped by who speaks, in the order that was asked.

compose(question, picks, quote) -> Draft(claims, positions, text)
  arrange   quotations of one voice stand together; the voice asked for first leads
  say       each after a lead-in that says who speaks and what the words do (rag/voice.py)
  write     Markdown; every sentence ends in the number of its quotation
Every word inside quotation marks is the filing's; every word outside is ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.choose import POINT, Pick, is_voice, told
from rag.model import Claim, Position, Question, Quote, Stance
from rag.voice import OUTSIDE, Voice, lead_in, subject, title_of
from rag.words import content_words, stem, topic

Placed = Callable[[Pick], Quote]

_SO = r"(?:hereby |therefore |accordingly )?"
_WHO = r"\b(?:[Cc]ourt|COURT|[Ww]e|and|it)"
_DISPOSITIONS = (
    (r"GRANTED IN PART|granted in part", "granted in part"),
    (r"\bAFFIRMED in part|\baffirmed? in part", "affirmed in part"),
    (rf"\b(?:is|are) {_SO}(?:GRANTED|granted)\b|{_WHO} {_SO}(?:GRANTS?|grants?)\b", "granted"),
    (rf"\b(?:is|are) {_SO}(?:DENIED|denied)\b|{_WHO} {_SO}(?:DENY|DENIES|deny|denies)\b", "denied"),
    (r"\b(?:AFFIRMED|[Aa]ffirmed|[Ww]e (?:therefore )?affirm)\b", "affirmed"),
    (r"\b(?:REVERSED|is [Rr]eversed|[Ww]e (?:therefore )?reverse)\b", "reversed"),
    (r"\b(?:VACATED|is [Vv]acated|[Ww]e (?:therefore )?vacate)\b", "vacated"),
    (rf"\b(?:DISMISSED|is {_SO}dismissed|{_WHO} {_SO}dismiss(?:es)?)\b", "dismissed"),
    (r"\b[Ww]e (?:\w+ )?reject\b|\bCourt rejects\b|\b(?:is|are) (?:\w+ )?rejected\b", "rejected"),
)
_ACCEPTANCE = re.compile(
    r"\b(?:accept|agree|reject|adopt|persua|convinc|buy|bought|believ|succeed|prevail|work)\w*\b", re.IGNORECASE
)
DECISION_BEHIND = 1.0  # how far below the best of its group a decision may score that comes before it
# What is done to a part is not what became of the whole.
_PARTLY = re.compile(
    r"\b(?:as to|only|to the extent|insofar|so far as|that part|part of|portions?|with respect to|except|otherwise)\b"
)
_TAKES_UP = re.compile(r"\b(?:accept|agree|adopt|reject|disagree|persua|unpersua|decline|sustain)\w*", re.IGNORECASE)
_OF_ALL = re.compile(r"\b(?:affirm|revers|vacat)\w*", re.IGNORECASE)
_AGREES_WITH = re.compile(r"\b(?:agrees?|disagrees?) with (?P<who>(?:the )?[\w’]+)", re.IGNORECASE)
_MOVED = re.compile(r"\b(?:motion|petition|application|request)s? (?:to|for|under) (?:an? |the )?(\w+)", re.IGNORECASE)
_CASE_NAME = re.compile(r"[\w.’']+ v\. [\w.’']+")
_IN_CASE = re.compile(r"\bin (?!the\b)[A-Z][\w.’']+(?: [A-Z][\w.’']+)*")  # a case by its short name: "in Kingsley"
_OPENS = re.compile(r"(?:^|(?<=[\s(\[—–‘“]))\"(?=\S)")  # a straight quotation mark that begins a quotation
_SHORT_FORMS = ("date", "number", "person")


@dataclass(frozen=True)
class Draft:
    """An answer without what surrounds it: claims in order, who maintains them, and the Markdown."""

    claims: tuple[Claim, ...]
    positions: tuple[Position, ...]
    text: str


@dataclass(frozen=True)
class Group:
    """Quotations of one voice, in the order they are shown."""

    picks: tuple[Pick, ...]

    @property
    def voice(self) -> Voice:
        """The voice that names the group: a holding where one is among them."""
        own = (p.voice for p in self.picks if not p.voice.recounts)
        return next((p.voice for p in self.picks if p.voice.kind == "holding"), next(own, self.picks[0].voice))

    @property
    def stance(self) -> Stance:
        """What the group does; rulings of which some accept and some reject hold."""
        rulings = {p.voice.stance for p in self.picks if p.voice.kind == "holding"}
        return "holds" if len(rulings) > 1 else self.voice.stance


def compose(question: Question, picks: Sequence[Pick], quote: Placed) -> Draft:
    """The answer that `picks` make; `quote` places and cites each. No picks give an empty draft."""
    groups = arrange(question, picks)
    claims: list[Claim] = []
    positions: list[Position] = []
    blocks: list[str] = []
    count = 0
    for at, group in enumerate(groups):
        own = list(_claims(group, quote))
        positions.append(_position(group, tuple(range(len(claims), len(claims) + len(own)))))
        sentences = []
        for claim in own:
            marks = "".join(f"[{count + n}]" for n in range(1, len(claim.quotes) + 1))
            sentences.append(f"{claim.text} {marks}")
            count += len(claim.quotes)
        titled = len(groups) > 1 or not (question.form in _SHORT_FORMS or group.voice.kind in OUTSIDE)
        blocks.append((f"**{_title(question, group, groups[:at])}** " if titled else "") + " ".join(sentences))
        claims += own
    return Draft(tuple(claims), tuple(positions), "\n\n".join(blocks))


def pieces(draft: Draft) -> Iterator[str]:
    """The draft's Markdown in parts, one a claim, each up to the last mark of its claim; joined they are the text."""
    done = marks = 0
    for claim in draft.claims:
        marks += len(claim.quotes)
        said = draft.text.index(claim.text, done) + len(claim.text)
        end = draft.text.index(mark := f"[{marks}]", said) + len(mark)
        yield draft.text[done:end]
        done = end


def arrange(question: Question, picks: Sequence[Pick]) -> list[Group]:
    """The groups in the order asked. The first two picks stay first unless voices or a ruling were asked for."""
    found: dict[tuple[str, str, str], list[Pick]] = {}
    if question.form == "authority":
        return [Group((pick,)) for pick in picks]
    for pick in picks:
        found.setdefault(_key(pick.voice), []).append(pick)
    groups = [Group(tuple(members)) for members in found.values()]
    if question.voices:
        groups = [Group(_decision_first(group.picks)) for group in groups]
        return sorted(groups, key=lambda g: _turn(question, g.voice))
    if question.form == "ruling":  # what was decided comes before what was argued about it
        return sorted(groups, key=lambda g: g.voice.kind != "holding")
    if len(groups) > 1 and len(groups[0].picks) > 1 and picks[1] not in groups[0].picks:
        first, second = groups[0].picks[:1], groups[0].picks[1:]
        return [Group(first), *groups[1:], Group(second)]
    return groups


def _decision_first(picks: tuple[Pick, ...]) -> tuple[Pick, ...]:
    """The picks with those that decide before the others, unless they are much less likely to answer."""
    best = max(pick.score for pick in picks)
    return tuple(sorted(picks, key=lambda p: not (p.voice.kind == "holding" and p.score >= best - DECISION_BEHIND)))


def folded(text: str) -> str:
    """Words as they stand inside quotation marks: one line, the marks within them single."""
    opened = _OPENS.sub("“", " ".join(text.split()))
    return re.sub(r"[“”\"]", lambda mark: "‘" if mark[0] == "“" else "’", opened)


def citations(claims: Sequence[Claim]) -> str:
    """The list of citations that the numbers in an answer stand for, one a line."""
    quotes = [quote for claim in claims for quote in claim.quotes]
    return "\n".join(f"[{number}] {quote.citation}" for number, quote in enumerate(quotes, 1))


def _claims(group: Group, quote: Placed) -> Iterator[Claim]:
    """A claim for each quotation: the lead-in, and the words."""
    said: list[Pick] = []
    for pick in group.picks:
        kin = [other for other in said if other.voice.kind in _kin(pick.voice.kind)]
        later = not said or said[-1].filing.id != pick.filing.id or said[-1].page <= pick.page
        shown = _marked(quote(pick), pick.voice)
        said.append(pick)
        yield Claim(f"{lead_in(pick.voice, after=len(kin), later=later)} “{folded(shown.text)}”", (shown,))


def _marked(shown: Quote, voice: Voice) -> Quote:
    """The quote with whose view it reports, as its own words tell ("she contends …")."""
    return replace(shown, restates=voice.restates) if shown.restates != voice.restates else shown


def _kin(kind: str) -> set[str]:
    return {"holding"} if kind == "holding" else {"holding", "reasoning"} if kind == "reasoning" else {kind}


def _position(group: Group, numbers: tuple[int, ...]) -> Position:
    voice = group.voice
    whose = voice.restates if voice.kind == "restated" and voice.restates else voice.speaker
    return Position(whose.role, whose.name, group.stance, numbers)


def _title(question: Question, group: Group, before: Sequence[Group]) -> str:
    if any(_key(g.voice) == _key(group.voice) for g in before):
        whose = title_of(group.voice) if group.voice.kind in ("restated", "syllabus") else subject(group.voice)
        return f"{whose}, further."
    sides = {g.voice.speaker.role for g in before if g.voice.kind == "argument"}
    answers = group.voice.kind == "argument" and bool(sides - {group.voice.speaker.role})
    ruled = Group(()) if _is_another_motion(question, group) else _on_it(question, group)
    outcome = disposition(ruled) or (verdict(question, ruled) if _ACCEPTANCE.search(question.text) else "")
    return title_of(group.voice, answers=answers) + (f": {outcome}." if outcome else ".")


def _on_it(question: Question, group: Group) -> Group:
    """The group without rulings that are on no word asked about, or on another count or rule; a judgment affirmed or
    reversed is on all."""
    asked, points = set(content_words(topic(question.text))), set(POINT.findall(question.text))

    def is_on_it(pick: Pick) -> bool:
        of_all = bool(_OF_ALL.search(pick.text))
        return (of_all or bool(asked & set(content_words(pick.text)))) and set(POINT.findall(pick.text)) <= points

    return Group(tuple(pick for pick in group.picks if pick.voice.kind != "holding" or is_on_it(pick)))


def disposition(group: Group) -> str:
    """What the court did, in a word that the quoted rulings themselves have; "" where they have none, or several, or
    rule on a part."""
    rulings = [pick.text for pick in group.picks if pick.voice.kind == "holding" and _disposed(pick.text)]
    words = {word for text in rulings for word in _disposed(text)}
    if any(_PARTLY.search(text) for text in rulings) and not any(word.endswith("in part") for word in words):
        return ""
    return words.pop() if len(words) == 1 else ""


def _disposed(text: str) -> list[str]:
    """Every disposition that a ruling's words name; one "in part" stands for what it is parted into."""
    said = [word for pattern, word in _DISPOSITIONS if re.search(pattern, text)]
    return said[:1] if said and said[0].endswith("in part") else said


def _is_another_motion(question: Question, group: Group) -> bool:
    """Whether a motion is asked about, and the rulings name others and not that one."""
    asked = {stem(what.lower()) for what in _MOVED.findall(question.text)}
    ruled = {stem(what.lower()) for p in group.picks if p.voice.kind == "holding" for what in _MOVED.findall(p.text)}
    return bool(asked and ruled and not asked & ruled)


def verdict(question: Question, group: Group) -> str:
    """Whether a decision quoted takes up an argument or not, as its own verb says; "" where it does not say, or agrees
    with somebody whom the question does not name beside the name of the case."""
    if not any(_TAKES_UP.search(pick.text) for pick in group.picks if pick.voice.kind == "holding"):
        return ""  # what is dismissed or denied is no argument
    asked, stance = _IN_CASE.sub("", _CASE_NAME.sub("", question.text)).lower(), group.stance
    for pick in group.picks:
        with_whom = _AGREES_WITH.search(pick.text) if pick.voice.kind == "holding" else None
        if with_whom and with_whom["who"].lower().removeprefix("the ") not in asked:
            return ""
    return {"accepts": "accepted", "rejects": "rejected"}.get(stance, "")


def _key(voice: Voice) -> tuple[str, str, str]:
    return voice.group


def _turn(question: Question, voice: Voice) -> int:
    """The place of a voice in the order asked; those not asked for come last, rulings before others."""
    for at, asked in enumerate(question.voices):
        if is_voice(question, voice, asked):
            return 2 * at
        if told(question, voice, asked):
            return 2 * at + 1
    return 2 * len(question.voices) + (0 if voice.kind in ("holding", "reasoning") else 1)
