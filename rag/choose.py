"""Choose what to quote: few sentences, the likeliest first, each whole enough to be read alone.

choose(question, candidates) -> [Pick]
  first two   the best sentence there is, then the best of another page: the answer is most likely in one of them
  voices      each voice asked for gets its own
  decision    what a court decided, where it may answer
  the rest    by score, while they add something and stay near the best
excerpt(filing, index) -> (start, end)
  widen       a sentence that leans on the one before takes it along; a scrap takes its neighbour
  trim        a sentence over MOST_WORDS is cut at a clause, never inside one
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Filing, Sentence
from rag.cast import is_other_court, roles_of
from rag.leads import asks_of_law
from rag.model import Question
from rag.question import PARTY, asks_fate
from rag.quotable import announces, is_boilerplate, is_citation, leans_back
from rag.sentences import Candidate
from rag.voice import Voice, voice_of_words
from rag.words import content_words, holds_term, key_terms, topic

MOST_WORDS = 60  # of a quotation
LEAST_CUT = 12  # words that a trimmed quotation keeps
MOST_TOLD = 110  # … with what it announces: a list, an issue
LEAST_SAID = 4  # words of a quotation that is no decision
SCRAP = 8  # words; a shorter sentence takes a neighbour along
WANTED = {"short": 2, "usual": 4, "long": 9}
MOST = {"short": 2, "usual": 6, "long": 12}
LEADERS = 2  # quotations that lead; those after them stand as in the filing
FACTS = ("date", "number", "person")  # forms answered by a datum: few quotations, each with one
FACT_WANTED = 2
BEHIND = 2.6  # how far below the best a third or later quotation may score
DECISION_BEHIND = 2.0  # … and a court's decision, where one is asked for
SHORT_SECTION = 6_000  # characters: what is decided in so short a section settles what is reasoned there
TOLD_BEHIND = 2.0  # … and a report of the view of somebody asked of, where its own words are not there
POINT_SHARE = 0.5  # of the words asked about, that another court's sentence holds with its heading
ALIKE = 0.6  # share of words in common from which two quotations say the same
_CUT = re.compile(
    r"(?<=[;:])\s+|(?<=,)\s+(?=(?:and|but|or|which|because|although|while|whereas|so|yet|not|for)\b)"
    r"|(?<!\d)\s*—\s*|\s—\s|\s–\s"  # no range of pages: "482–483"
)
_LISTING = re.compile(r",\s+(?:[^\s,;:]+\s+){0,3}[^\s,;:]+,$")  # before the last member of a list no clause ends
_MOVERS = ("appellant", "petitioner")
POINT = re.compile(r"\b(?:Rule|Count|Claim|Section|Title) [\dA-Z]\w*")
_BULLET = re.compile(r"[•▪◦●■\ue000-\uf8ff]\s*")


@dataclass(frozen=True, slots=True)
class Pick:
    """A quotation chosen: `[start, end)` of its filing, on `page`, in `voice`."""

    filing: Filing
    start: int
    end: int
    page: int
    voice: Voice
    score: float = 0.0

    @property
    def text(self) -> str:
        """Its words."""
        return self.filing.text[self.start : self.end]


def choose(question: Question, ranked: Sequence[Candidate]) -> list[Pick]:
    """At most MOST quotations for the question's length, the first two the likeliest to answer; none of nothing."""
    if question.form == "authority":
        asked = [c for c in ranked if any(is_voice(question, c.voice, voice) for voice in question.voices)]
        return _one_a_filing(asked or ranked, MOST["long"])
    picks: list[Pick] = []
    for candidate in [*_leaders(question, ranked), *_decision(question, ranked)]:
        _take(picks, candidate)
    wanted = (
        FACT_WANTED
        if question.form in FACTS
        else WANTED[question.length] + (len(question.voices) > 1 and question.length != "short")
    )
    best = ranked[0].score if ranked else 0.0
    for candidate in ranked:
        if len(picks) >= wanted or candidate.score < best - BEHIND:
            break
        _take(picks, candidate)
    return [*picks[:LEADERS], *sorted(picks[LEADERS : MOST[question.length]], key=lambda p: (p.filing.id, p.start))]


def excerpt(filing: Filing, index: int) -> tuple[int, int]:
    """The span to quote for the `index`-th sentence: at most MOST_WORDS words, whole sentences or whole clauses."""
    sentence = filing.sentences[index]
    start, end = sentence.start, sentence.end
    bullet = _BULLET.match(filing.text, start, end)
    start = bullet.end() if bullet else start
    text = filing.text[start:end]
    if _words(text) > MOST_WORDS:
        return _trimmed(filing, start, end)
    before = _neighbour(filing, index, -1)
    if before and filing.pages_in(before.start, before.end)[:1] != filing.pages_in(start, end)[:1]:
        before = None  # the citation is to the page on which a quotation begins
    if before and (leans_back(text) or _words(text) < SCRAP) and _words(filing.text[before.start : end]) <= MOST_WORDS:
        start = before.start if _is_closed(filing.text[before.start : start]) else start
    after = _neighbour(filing, index, 1)
    if after and _words(filing.text[start:end]) < SCRAP and _words(filing.text[start : after.end]) <= MOST_WORDS:
        end = after.end
    if announces(text) and (told := _announced(filing, index)) and _words(filing.text[start : told.end]) <= MOST_TOLD:
        end = told.end
    return start, end


def _leaders(question: Question, ranked: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that must be quoted: the best of the first voice asked for, the best of another page, the best of
    every other voice asked for. Without voices: the two best pages."""
    leaders: list[Candidate] = []
    for voice in question.voices:
        own = _speaking(question, ranked, voice)
        if not own:
            continue
        fate = voice == "court" and asks_fate(question)
        first = _on_best_page((_on_point(question, own) if fate else []) or own, ranked[0])
        leaders += [first, *(_settled(first, own) if fate or question.form == "ruling" else [])]
        if voice == "court" and not fate:  # the court below, the court above
            leaders += _on_point(question, [c for c in own if c.filing.id != first.filing.id])[:1]
        if len(question.voices) == 1 and leaders[-1] is first:
            leaders += [c for c in own if not _near(c, first)][:1]
    if not leaders and ranked:
        leaders = [ranked[0]]
    if leaders and len(leaders) < 2:
        leaders += [c for c in ranked if not _near(c, leaders[0])][:1]
    return leaders


def _speaking(question: Question, ranked: Sequence[Candidate], voice: str) -> list[Candidate]:
    """The sentences in a voice asked for: what is ruled or argued before what is told; where there are none, those that
    report its view and are not far behind."""
    own = [c for c in ranked if is_voice(question, c.voice, voice)]
    own = [c for c in own if not c.voice.recounts] or own
    if own:
        return _movers(own) if voice == PARTY else own
    return [c for c in ranked if told(question, c.voice, voice) and c.score >= ranked[0].score - TOLD_BEHIND]


def _movers(own: list[Candidate]) -> list[Candidate]:
    """Those of the side that moved or appealed, if they are not far behind: an argument asked about is first its."""
    moved = [c for c in own if c.filing.facts.kind in ("motion", "reply") or c.voice.speaker.role in _MOVERS]
    return moved if moved and moved[0].score >= own[0].score - TOLD_BEHIND else own


def _settled(first: Candidate, own: Sequence[Candidate]) -> list[Candidate]:
    """What the court decides of the point that `first` reasons about: the likeliest decision in its section."""
    over = [s for s in first.filing.sections if s.start <= first.sentence.start < s.end]
    if first.voice.kind == "holding" or not over:
        return []
    section = max(over, key=lambda s: s.level)
    within = (c for c in own if c.filing.id == first.filing.id and section.start <= c.sentence.start < section.end)
    return [c for c in within if c.voice.kind == "holding" and section.end - section.start < SHORT_SECTION][:1]


def _on_best_page(own: Sequence[Candidate], best: Candidate) -> Candidate:
    """The likeliest of somebody's own sentences; that on the page of the best sentence, whoever's, if it is not far
    behind: where a view is reported, its answer is near."""
    beside = [c for c in own if _near(c, best) and c.score >= best.score - TOLD_BEHIND]
    return beside[0] if beside else own[0]


def _decision(question: Question, ranked: Sequence[Candidate]) -> list[Candidate]:
    """What a court decided, where that is asked and a decision is among the likelier sentences; where it is asked
    beside an argument, each court's decision on that point, however far from the best."""
    if asks_fate(question):
        decisions = _on_point(question, [c for c in ranked if c.voice.kind == "holding"])
        first = {one.filing.id: one for one in reversed(decisions)}
        return [one for one in decisions if first[one.filing.id] is one]
    if question.length == "short" or not ("court" in question.voices or asks_of_law(question)):
        return []
    near = [c for c in ranked if c.voice.kind == "holding" and c.score >= ranked[0].score - DECISION_BEHIND]
    return near[:1]


def _on_point(question: Question, own: Sequence[Candidate]) -> list[Candidate]:
    """Those sentences that with their heading hold POINT_SHARE of the words asked about, and of each filing's only
    those that hold most of them; those that stray least come first."""
    asked = set(content_words(topic(question.text)))
    parties = {word for c in own[:1] for word in content_words(c.filing.facts.case_name or "")}
    words = asked - parties or asked
    held = [
        len(words & set(content_words(" ".join((*c.filing.headings_at(c.sentence.start)[-1:], c.text))))) for c in own
    ]
    most: dict[str, int] = {}
    for one, count in zip(own, held, strict=True):
        most[one.filing.id] = max(count, most.get(one.filing.id, 0))
    needed = max(1.0, POINT_SHARE * len(words))
    there = [one for one, count in zip(own, held, strict=True) if count == most[one.filing.id] and count >= needed]
    return sorted(there, key=lambda one: _strays(question, one))


def _strays(question: Question, one: Candidate) -> int:
    """How many names that are asked about a sentence and its heading lack, and whether it is of another rule or count
    than is asked about."""
    heading = one.filing.headings_at(one.sentence.start)[-1:]
    text = " ".join((*heading, one.text)).lower()
    other = not set(POINT.findall(one.text)) <= set(POINT.findall(question.text))
    return other + sum(not holds_term(name, text) for name in key_terms(question.text))


def is_voice(question: Question, voice: Voice, asked: str) -> bool:
    """Whether a quotation speaks in the voice asked for: by what it does, where `rag.cast.speaks` asks who wrote it."""
    if asked in ("court", "majority", "plurality"):
        other = asked == "court" and is_other_court(question, voice.court)
        return voice.kind in ("holding", "reasoning") and not other
    if asked in ("dissent", "concurrence", "syllabus", "amicus", "government", "witness"):
        return voice.kind == asked
    if voice.kind != "argument" and not (asked == PARTY and voice.kind in ("government", "counsel")):
        return False
    return voice.speaker.role in roles_of(question, asked) or (asked == PARTY and voice.kind == "counsel")


def told(question: Question, voice: Voice, asked: str) -> bool:
    """Whether a quotation reports the view of the side asked for."""
    if voice.kind != "restated" or voice.restates is None:
        return False
    return voice.restates.role != "court" if asked == PARTY else voice.restates.role in roles_of(question, asked)


def _take(picks: list[Pick], candidate: Candidate) -> None:
    """Add a candidate's excerpt, unless it overlaps or repeats what was taken, or is no quotation."""
    start, end = excerpt(candidate.filing, candidate.index)
    flat = " ".join(candidate.filing.text[start:end].split())
    scrap = _words(flat) < LEAST_SAID and candidate.voice.kind != "holding"
    if scrap or is_citation(flat) or is_boilerplate(flat):
        return
    words = set(content_words(candidate.filing.text[start:end]))
    for pick in picks:
        overlaps = pick.filing.id == candidate.filing.id and pick.start < end and start < pick.end
        other = set(content_words(pick.text))
        if overlaps or len(words & other) > ALIKE * max(1, min(len(words), len(other))):
            return
    voice = voice_of_words(candidate.filing, start, end)
    page = candidate.filing.pages_in(start, end)[:1]
    picks.append(Pick(candidate.filing, start, end, page[0] if page else candidate.page, voice, candidate.score))


def _one_a_filing(ranked: Sequence[Candidate], most: int) -> list[Pick]:
    """The best quotation of each filing, by date and entry."""
    picks: list[Pick] = []
    seen: set[str] = set()
    for candidate in ranked:
        if candidate.filing.id not in seen and len(picks) < most:
            before = len(picks)
            _take(picks, candidate)
            seen |= {candidate.filing.id} if len(picks) > before else set()
    return sorted(picks, key=lambda p: (p.filing.facts.date or "9", p.filing.facts.entry or "", p.filing.id))


def _near(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates stand on the same page of one filing."""
    return one.filing.id == other.filing.id and one.page == other.page


def _neighbour(filing: Filing, index: int, step: int) -> Sentence | None:
    """The sentence beside, where it is of the same paragraph and the same speaker, says the same person's view, and is
    no citation."""
    at = index + step
    if not 0 <= at < len(filing.sentences):
        return None
    here, there = filing.sentences[index], filing.sentences[at]
    gap = filing.text[min(here.end, there.end) : max(here.start, there.start)]
    same = here.speaker == there.speaker and here.restates == there.restates
    if "\n" in gap or not same or is_citation(filing.text[there.start : there.end]):
        return None
    return there


def _announced(filing: Filing, index: int) -> Sentence | None:
    """The sentence after one that announces it, in a paragraph of its own too, where the same person speaks."""
    here, following = filing.sentences[index], filing.sentences[index + 1 : index + 2]
    if not following or (following[0].speaker, following[0].restates) != (here.speaker, here.restates):
        return None
    return following[0]


def _trimmed(filing: Filing, start: int, end: int) -> tuple[int, int]:
    """The longest run of whole clauses from the sentence's start within MOST_WORDS, no quotation or parenthesis left
    open; else the whole sentence. Where an aside between dashes begins or ends, no clause does."""
    text = filing.text[start:end]
    ends = [
        len(text[: m.start()].rstrip(" ,;:—–"))
        for m in _CUT.finditer(text)
        if not _LISTING.search(text[: m.start()]) and not ("—" in m[0] and text.count("—") > 1)
    ]
    good = [cut for cut in ends if LEAST_CUT <= _words(text[:cut]) <= MOST_WORDS and _is_closed(text[:cut])]
    return (start, start + good[-1]) if good else (start, end)


def _is_closed(text: str) -> bool:
    """Whether every quotation mark, parenthesis and bracket opened is closed."""
    return (
        text.count("“") == text.count("”") and text.count("(") == text.count(")") and text.count("[") == text.count("]")
    )


def _words(text: str) -> int:
    return len(text.split())
