"""Score the sentences of the passages found: which of them answers.

candidates(question, hits, filings, models) -> [Candidate], best first
  read      the sentences of each passage, and the passage's rank
  liken     each sentence beside the question: the embedder's cosine
  cover     how much of the question's rare words the sentence holds, its neighbours a little
  weigh     what the question asks for (a ruling, a date, a side) and what no quotation should be (a bare citation)
Scores are sums of weighted parts, higher is better, comparable only within one call.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.model import Filing, Sentence
from rag.cast import is_other_court
from rag.model import Hit, Question
from rag.models import Models
from rag.voice import Voice, voice_of_words
from rag.words import content_words, cover, holds_term, key_terms, topic

MOST_PASSAGES = 10  # whose sentences are scored
MOST_SENTENCES = 36  # read by a model; the rest are taken by their words alone
RULING_HITS = 5  # passages of a court whose sections are looked through for what it decides
LONGEST_SECTION = 20_000  # characters of such a section
# Learnt on questions about held-out training opinions (conditional logit, gold page or not; 5 folds by case): the first
# two quotations stand on a gold page for 0.75 of them without a reranker, 0.67 with a passage's rank in place of these.
SCORE_WEIGHT = 0.3  # of the passage's standardised score
LIKE_WEIGHT = 0.4  # of the sentence's standardised likeness to the question
COVER_WEIGHT = 1.0  # of the share of the question's words that the sentence holds
PASSAGE_WEIGHT = 3.0  # of the share that its passage holds
FIRST_WEIGHT = 6.0  # over the passage's rank, where a reranker ordered them: 0.67 to 0.715 on the same questions
NEAR_WEIGHT = 4.2  # of how much of the good passages stands on or beside its page
TERM_WEIGHT = 1.2  # of the share of the question's names and numbers, in the sentence and again in its passage
LENGTH_WEIGHT = 2.2  # of its length, up to FULL_WORDS
FULL_WORDS = 32  # in small letters, so that citations count for little
HOLDING = 1.2  # for a decision where a ruling is asked for, an opposition where an answer is, and the like
ASKED_KINDS = {"declaration", "transcript", "amicus_brief", "reply", "opposition", "notice"}  # named, so wanted
FRONT = 3.0  # lost by a sentence of the front matter, unless a name or a date is asked for
NAMED = 2.5  # for the words of a person whom the question names
OPENING_PAGES = 2  # of a court's writing: the facts, which hold the question's words and seldom its answer
OPENING_LOSS = 2.3

_CITATION_WORDS = frozenset(
    [
        "see",
        "also",
        "quoting",
        "citing",
        "internal",
        "quotation",
        "marks",
        "omitted",
        "emphasis",
        "added",
        "supra",
        "infra",
        "ante",
        "post",
        "at",
        "id",
        "and",
        "cf",
        "with",
        "accord",
    ]
)
_DATE = re.compile(
    r"\b(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|Mar(?:ch|\.)|Apr(?:il|\.)|May|June|July|Aug(?:ust|\.)|Sept?(?:ember"
    r"|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
    r"\s+\d|\b(?:1[789]|20)\d\d\b|\b\d+\s+(?:days?|weeks?|months?|years?)\b"
)
_NUMBER = re.compile(
    r"\$\s?\d|\b\d[\d,.]*\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|half"
    r"|percent)\b",
    re.IGNORECASE,
)
_PLAIN_WORD = re.compile(r"\b[a-z]+\b")
_PARTS = re.compile(r"\b(?:dissent\w*|majority|colleagues?|concurrence|I (?:respectfully )?disagree|I part)\b")
_NAME = re.compile(r"(?<![.?!]\s)(?<!^)\b[A-Z][a-z]+(?:\s+[A-Z]\.)?\s+[A-Z][a-z]+")
_LEANS = re.compile(
    r"^\W*(?:It|This|That|These|Those|They|He|She|Such|But|And|Nor|So|Thus|Instead|Rather|Here|There|Yet|Second"
    r"|Third|Finally|"
    r"Moreover|Furthermore|In addition|Similarly|Likewise|However|The latter|The former|The same|Neither|Both"
    r"|Again|For example)\b"
)
_FLUFF = re.compile(
    r"^\W*(?:It is so ordered|So ordered|IT IS SO ORDERED|Pp?\. \d|No\. \d|JUSTICE .{3,40} delivered"
    r"|We granted certiorari|Certiorari was granted"
    r"|Reversed\.|Affirmed\.|Ibid|Emphasis added|The opinion|I join|For the foregoing reasons|For these reasons)\b"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted: the `index`-th of its filing, found in `hit`. `parts` shows the sum.

    `likeness` is the cosine of sentence and question, `cover` the share of the question's words it holds.
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
    rulings = question.form == "ruling" or "court" in question.voices
    places = _places(hits[:MOST_PASSAGES], filings, rulings=rulings)
    if not places:
        return []
    texts = [_flat(filing, filing.sentences[index]) for filing, _, index in places]
    weights = _rarity(topic(question.text), [hit.text for hit in hits])
    covers = np.array([cover(weights, text) for text in texts])
    raw = _likeness(question, places, texts, covers, models)
    likes = (raw - raw.mean()) / (raw.std() or 1.0)
    standing = _Standing(hits, weights)
    terms = key_terms(question.text, {hit.filing.case_name or "" for hit in hits})
    made = []
    for at, (filing, hit, index) in enumerate(places):
        sentence = filing.sentences[index]
        pages = filing.pages_in(sentence.start, sentence.end)
        page = pages[0] if pages else hit.page
        voice = voice_of_words(filing, sentence.start, sentence.end)
        parts = (
            LIKE_WEIGHT * float(likes[at]),
            COVER_WEIGHT * float(covers[at]),
            standing.of(hit, page) + (FIRST_WEIGHT / hit.rank if models.reranker is not None else 0.0),
            TERM_WEIGHT * (_terms_held(terms, texts[at]) + _terms_held(terms, f"{' '.join(hit.section)} {hit.text}")),
            LENGTH_WEIGHT * min(len(_PLAIN_WORD.findall(texts[at])), FULL_WORDS) / FULL_WORDS,
            asked_for(question, voice, texts[at])
            - (FRONT if _is_front(filing, sentence.start) and question.form not in ("person", "date") else 0.0)
            - unfit(texts[at])
            - _opening(question, filing, sentence.start, page),
        )
        cover_here, like_here = float(covers[at]), float(raw[at])
        made.append(Candidate(filing, hit, index, page, voice, sum(parts), parts, like_here, cover_here))
    order = sorted(range(len(made)), key=lambda i: (-made[i].score, made[i].hit.rank, made[i].index))
    return [made[i] for i in order]


def is_citation(text: str) -> bool:
    """Whether a sentence is a citation and says nothing of its own."""
    bare = re.sub(r"\([^)]*\)", " ", text)
    words = [w for w in re.findall(r"\b[a-z]{3,}\b", bare) if w not in _CITATION_WORDS]
    return len(words) < 3


def leans_back(text: str) -> bool:
    """Whether a sentence opens with a word that needs the sentence before it."""
    return bool(_LEANS.match(text))


def asked_for(question: Question, voice: Voice, text: str) -> float:
    """What a sentence gains for being of the kind the question asks for."""
    gain = 0.0
    if question.form == "ruling" and voice.kind == "holding":
        gain += HOLDING
    if question.form == "parting" and _PARTS.search(text):
        gain += HOLDING
    if voice.kind_of_filing in set(question.kinds) & ASKED_KINDS:
        gain += HOLDING
    if voice.court and is_other_court(question, voice.court):
        gain -= HOLDING
    if voice.kind == "restated" and question.form != "authority":
        gain -= 0.5
    if question.form == "date":
        gain += 0.9 if _DATE.search(text) else -0.4
    if question.form == "number":
        gain += 0.9 if _NUMBER.search(text) else -0.4
    if question.form == "person":
        gain += 0.4 if _NAME.search(text) else 0.0
    if question.form in ("argument", "response") and voice.kind_of_filing == "complaint":
        gain -= HOLDING
    if question.form == "response" and voice.kind_of_filing in ("opposition", "reply", "answer"):
        gain += HOLDING
    if voice.kind == "syllabus":
        gain -= 1.5
    if _named(voice, question.text):
        gain += NAMED
    if voice.kind in ("dissent", "concurrence") and not set(question.voices) & {"dissent", "concurrence"}:
        gain -= 0.5
    return gain


def _terms_held(terms: Sequence[str], text: str) -> float:
    """The share of `terms` that stand in `text`; 0 where there are none."""
    small = " ".join(text.lower().split())
    return sum(holds_term(term, small) for term in terms) / len(terms) if terms else 0.0


def _named(voice: Voice, text: str) -> bool:
    """Whether a judge, witness or lawyer whose words these are is named in the question."""
    if voice.kind not in ("dissent", "concurrence", "witness", "counsel", "bench"):
        return False
    name = (voice.speaker.name or "").split(",")[0].split(" ")[-1]
    return len(name) > 2 and re.search(rf"\b{re.escape(name)}\b", text) is not None


def unfit(text: str) -> float:
    """What a sentence loses for being no quotation: a citation, a question, a scrap, procedure."""
    words = len(text.split())
    loss = 0.0
    if is_citation(text):
        loss += 6.0
    if text.rstrip('”"’ ').endswith("?"):
        loss += 1.2
    if words < 7:
        loss += 0.8
    if _FLUFF.search(text):
        loss += 1.5
    return loss + (0.25 if leans_back(text) else 0.0)


class _Standing:
    """What a sentence gains from the passage it stands in and from the good passages on and beside its page."""

    def __init__(self, hits: Sequence[Hit], weights: Mapping[str, float]) -> None:
        scores = np.array([hit.score for hit in hits], np.float64)
        if any(np.diff(scores[:MOST_PASSAGES]) > 0):  # brought together from several searches: their order says more
            scores = -np.log(np.arange(1, len(hits) + 1, dtype=np.float64))
        self._standard = (scores - scores.mean()) / (scores.std() or 1.0)
        self._shares = np.exp(self._standard) / np.exp(self._standard).sum()
        self._hits, self._weights = hits, weights
        self._place = {hit.passage_id: i for i, hit in enumerate(hits)}

    def of(self, hit: Hit, page: int) -> float:
        """The weighted sum for a sentence of `hit` on `page`."""
        near = 0.0
        for other, share in zip(self._hits, self._shares, strict=True):
            if other.filing.id == hit.filing.id and other.writing == hit.writing:
                off = min(abs(other.page - page), abs(other.end_page - page))
                near += share * (1.0 if other.page <= page <= other.end_page else 0.5 if off <= 1 else 0.0)
        standard = float(self._standard[self._place[hit.passage_id]])
        return SCORE_WEIGHT * standard + PASSAGE_WEIGHT * cover(self._weights, hit.text) + NEAR_WEIGHT * near


def _is_front(filing: Filing, offset: int) -> bool:
    """Whether a sentence stands in the caption, on the cover or among counsel."""
    at = bisect_right(filing.paragraphs, offset, key=lambda p: p.start) - 1
    return at >= 0 and filing.paragraphs[at].kind == "front"


def _opening(question: Question, filing: Filing, offset: int, page: int) -> float:
    """The loss of a sentence on the first pages of a court's writing, unless a fact is asked for."""
    if filing.facts.kind not in ("opinion", "order", "judgment") or question.form in ("date", "number", "person"):
        return 0.0
    writing = filing.writing_at(offset)
    first = writing.first_page if writing else filing.pages[0].number
    return OPENING_LOSS if page < first + OPENING_PAGES else 0.0


def _places(hits: Sequence[Hit], filings: Mapping[str, Filing], *, rulings: bool) -> list[tuple[Filing, Hit, int]]:
    """The sentences that begin in each passage, each once, in the order of the passages; with `rulings`, also what a
    court decides in the sections of the first passages in its own words."""
    found: dict[tuple[str, int], tuple[Filing, Hit, int]] = {}
    for hit in hits:
        filing = filings[hit.filing.id]
        first = next((i for i, s in enumerate(filing.sentences) if s.start >= hit.start), len(filing.sentences))
        for index in range(first, len(filing.sentences)):
            if filing.sentences[index].start >= hit.end:
                break
            found.setdefault((filing.id, index), (filing, hit, index))
    for hit in [hit for hit in hits if hit.speaker.role == "court"][:RULING_HITS] if rulings else []:
        for index in _holdings_beside(filings[hit.filing.id], hit.start):
            found.setdefault((hit.filing.id, index), (filings[hit.filing.id], hit, index))
    return list(found.values())


def _holdings_beside(filing: Filing, offset: int) -> list[int]:
    """The decisions in the innermost section around `offset`; none in a section as long as a filing."""
    over = [s for s in filing.sections if s.start <= offset < s.end]
    if not over:
        return []
    section = max(over, key=lambda s: s.level)
    inside = [i for i, s in enumerate(filing.sentences) if s.holding and section.start <= s.start < section.end]
    return inside if section.end - section.start < LONGEST_SECTION else []


def _rarity(question: str, texts: Sequence[str]) -> dict[str, float]:
    """The question's content words with their weight: rarer among the passages found weighs more."""
    words = dict.fromkeys(content_words(question))
    held = Counter(word for text in texts for word in set(content_words(text)))
    return {word: math.log(1 + (len(texts) + 1) / (held[word] + 0.5)) for word in words}


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


def _flat(filing: Filing, sentence: Sentence) -> str:
    return " ".join(filing.text[sentence.start : sentence.end].split())
