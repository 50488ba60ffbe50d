"""Score the sentences of the passages found: which of them answers.

candidates(question, hits, filings, models) -> [Candidate], best first
  read      the sentences of each passage, and the passage's rank
  liken     each sentence beside the question: the embedder's cosine
  weigh     what speaks for it as the answer                       (rag/leads.py)
  fit       what no quotation should be: a citation, an oath, …    (rag/quotable.py)
Scores are sums of weighted parts, higher is better, comparable only within one call: a difference of 1 makes one of two
sentences e times likelier to stand where the answer is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from corpus.model import Filing, Sentence
from rag.deeds import flat
from rag.leads import COURTS_OWN, Evidence, Spot, asks_of_law, weigh
from rag.model import Hit, Question
from rag.models import Models
from rag.question import asks_fate
from rag.quotable import SCRAP_WORDS, is_citation, unfit
from rag.voice import FACTS, Voice, voice_of_words
from rag.words import cover

MOST_PASSAGES = 10  # whose sentences are scored
MOST_SENTENCES = 36  # read by a model; the rest are taken by their words alone
RULING_HITS = 5  # passages of a court whose sections are looked through for what it decides
LONGEST_SECTION = 20_000  # characters of such a section
ANSWER = 4  # sentences of an answer in a transcript that stand with its question
BARE = 1.5  # lost in a transcript by a question, which proves nothing, and by an answer that says nothing without it
FRONT = 3.0  # lost by a sentence of the front matter, but where such is asked for
_FRONT_ANSWERS = ("person", "date")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted: the `index`-th of its filing, found in `hit`. `parts` shows the sum.

    `likeness` is the cosine of sentence and question, `cover` the share of the question's words it holds, `traits` what
    was weighed (rag/leads.py).
    """

    filing: Filing
    hit: Hit
    index: int
    page: int
    voice: Voice
    score: float
    parts: tuple[float, ...] = ()
    likeness: float = 0.0
    cover: float = 0.0
    traits: Mapping[str, float] = field(default_factory=dict)

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self.filing.sentences[self.index]

    @property
    def text(self) -> str:
        """Its words."""
        return self.filing.text[self.sentence.start : self.sentence.end]


def candidates(
    question: Question, hits: Sequence[Hit], filings: Mapping[str, Filing], models: Models
) -> list[Candidate]:
    """The quotable sentences of `hits`, best first; ties go to the earlier passage and sentence. Empty for no hits."""
    rulings = "court" in question.voices or asks_of_law(question)
    places = _places(hits[:MOST_PASSAGES], filings, rulings=rulings, anywhere=asks_fate(question))
    if not places:
        return []
    evidence = Evidence(question, hits)
    texts = [flat(filing, filing.sentences[index]) for filing, _, index in places]
    asked = [_with_what_was_asked(filing, index, text) for (filing, _, index), text in zip(places, texts, strict=True)]
    covers = np.array([cover(evidence.words, text) for text in asked])
    raw = _likeness(question, places, asked, covers, models)
    likes = (raw - raw.mean()) / (raw.std() or 1.0)
    around = _with_neighbours(places, texts)
    made = []
    for at, (filing, hit, index) in enumerate(places):
        spot = _spot(filing, hit, index, texts[at], around[at], float(likes[at]), float(raw[at]))
        traits = evidence.traits(hit, spot)
        loss = unfit(texts[at]) + (BARE if filing.facts.kind == "transcript" and _is_bare(texts[at]) else 0.0)
        loss += FRONT if _is_front(filing, index) and question.form not in _FRONT_ANSWERS else 0.0
        parts = (*weigh(traits), -loss)
        made.append(
            Candidate(
                filing, hit, index, spot.page, spot.voice, sum(parts), parts, float(raw[at]), float(covers[at]), traits
            )
        )
    order = sorted(range(len(made)), key=lambda i: (-made[i].score, made[i].hit.rank, made[i].index))
    return [made[i] for i in order]


def _spot(filing: Filing, hit: Hit, index: int, text: str, around: str, like: float, alike: float) -> Spot:
    """The sentence with its page, its writing's first page and its voice."""
    sentence = filing.sentences[index]
    pages = filing.pages_in(sentence.start, sentence.end)
    writing = filing.writing_at(sentence.start)
    first = writing.first_page if writing else filing.pages[0].number
    voice = voice_of_words(filing, sentence.start, sentence.end)
    return Spot(
        text, around, pages[0] if pages else hit.page, first, voice, like, alike, is_among_facts(filing, sentence.start)
    )


def is_among_facts(filing: Filing, offset: int) -> bool:
    """Whether a court tells the facts here: under a heading that says so, or in the first of an opinion's numbered
    parts."""
    writing = filing.writing_at(offset)
    if filing.facts.kind not in COURTS_OWN:
        return False
    tops = [s for s in filing.sections if s.level == 1 and (writing is None or writing.start <= s.start < writing.end)]
    if any(FACTS.search(title) for title in filing.headings_at(offset)):
        return True
    return len(tops) > 1 and tops[0].label.strip(".") == "I" and tops[0].start <= offset < tops[0].end


def _with_neighbours(places: Sequence[tuple[Filing, Hit, int]], texts: Sequence[str]) -> list[str]:
    """Each sentence's words with those of the sentences read before and after it."""
    known = {(filing.id, index): text for (filing, _, index), text in zip(places, texts, strict=True)}
    return [" ".join(known.get((filing.id, index + step), "") for step in (-1, 0, 1)) for filing, _, index in places]


def _with_what_was_asked(filing: Filing, index: int, text: str) -> str:
    """An answer in a transcript with the question before it, without which "Because it was nearest." says nothing."""
    speaker = filing.sentences[index].speaker
    if filing.facts.kind != "transcript" or text.endswith("?"):
        return text
    for before in reversed(filing.sentences[max(0, index - ANSWER) : index]):
        if before.speaker != speaker:
            question = flat(filing, before)
            return f"{question} {text}" if question.endswith("?") else text
    return text


def _is_bare(text: str) -> bool:
    """Whether what was said at a hearing is a question, or a few words ("Through a reseller.")."""
    return text.endswith("?") or len(text.split()) < SCRAP_WORDS


def _is_front(filing: Filing, index: int) -> bool:
    """Whether a sentence stands in the caption, on the cover or among counsel."""
    at = bisect_right(filing.paragraphs, filing.sentences[index].start, key=lambda p: p.start) - 1
    return at >= 0 and filing.paragraphs[at].kind == "front"


def _places(
    hits: Sequence[Hit], filings: Mapping[str, Filing], *, rulings: bool, anywhere: bool
) -> list[tuple[Filing, Hit, int]]:
    """The sentences that begin in each passage, each once, in the order of the passages; with `rulings`, also what a
    court decides in the sections of the first passages in its own words, or `anywhere` in their filings."""
    found: dict[tuple[str, int], tuple[Filing, Hit, int]] = {}
    for hit in hits:
        filing = filings[hit.filing.id]
        for index in _indexes(filing, hit):
            found.setdefault((filing.id, index), (filing, hit, index))
    for hit in [hit for hit in hits if hit.speaker.role == "court"][:RULING_HITS] if rulings else []:
        for index in _holdings(filings[hit.filing.id], None if anywhere else hit.start):
            found.setdefault((hit.filing.id, index), (filings[hit.filing.id], hit, index))
    return list(found.values())


def _indexes(filing: Filing, hit: Hit) -> range:
    """The sentences that begin in a passage; of one that is all caption, those of its whole page: a short order stands
    under its caption, and a search shows one passage a page."""
    own = _between(filing, hit.start, hit.end)
    if all(_is_front(filing, index) for index in own):
        page = next(page for page in filing.pages if page.number == hit.page)
        return _between(filing, page.start, page.end)
    return own


def _between(filing: Filing, start: int, end: int) -> range:
    """The sentences that begin in `[start, end)`."""
    first, last = (bisect_left(filing.sentences, at, key=lambda sentence: sentence.start) for at in (start, end))
    return range(first, last)


def _holdings(filing: Filing, offset: int | None) -> list[int]:
    """The decisions in the innermost section around `offset`, none in one as long as a filing; all without offset."""
    if offset is None:
        return [i for i, s in enumerate(filing.sentences) if s.holding]
    over = [s for s in filing.sections if s.start <= offset < s.end]
    if not over:
        return []
    section = max(over, key=lambda s: s.level)
    inside = [i for i, s in enumerate(filing.sentences) if s.holding and section.start <= s.start < section.end]
    return inside if section.end - section.start < LONGEST_SECTION else []


def _likeness(
    question: Question,
    places: Sequence[tuple[Filing, Hit, int]],
    texts: Sequence[str],
    covers: np.ndarray,
    models: Models,
) -> np.ndarray:
    """(n,) cosine with the question; sentences past MOST_SENTENCES get the lowest that was seen.

    The embedder alone: the reranker was taught passages, costs five times as much, and abstention needs one scale.
    """
    order = sorted(range(len(texts)), key=lambda i: (is_citation(texts[i]), places[i][1].rank - 3 * covers[i]))[
        :MOST_SENTENCES
    ]
    read = [texts[i] for i in order]
    raw = np.asarray(models.embedder.embed_passages(read) @ models.embedder.embed_query(question.text), np.float64)
    out = np.full(len(texts), float(raw.min()))
    out[order] = raw
    return out
