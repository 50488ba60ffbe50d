"""Score the sentences of the passages found: which of them answers.

candidates(question, hits, filings, models) -> [Candidate], best first
  read      the sentences of each passage, and the passage's rank
  liken     each sentence beside the question: the reranker where there is one, else the embedder's cosine
  cover     how much of the question's rare words the sentence holds, its neighbours a little
  weigh     what the question asks for (a ruling, a date, a side) and what no quotation should be (a bare citation)
Scores are sums of weighted parts, higher is better, comparable only within one call.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.model import Filing, Sentence
from rag.model import Hit, Question
from rag.models import Models, passage_input
from rag.voice import Voice, voice_of_words

MOST_PASSAGES = 10  # whose sentences are scored
MOST_SENTENCES = 72  # read by a model; the rest are taken by their words alone
RANK_WEIGHT = 2.2  # of the passage: 1 for the first, falling with its rank
LIKE_WEIGHT = 1.0  # of the model's standardised score
COVER_WEIGHT = 1.6  # of the share of the question's rare words

_WORD = re.compile(r"[A-Za-z0-9§$][\w’'-]*")
_STOP = frozenset(
    "a an the of to in on for by with at from as is was were are be been it its this that these those and or not no but if than "
    "then there their his her he she they them we our us i you who whom whose which what when where why how do does did has have "
    "had can could may might must shall should will would about into over under between after before because while so such any "
    "some all both more most other own same very s t say says said court courts case question record filing filings".split()
)
_CITATION_WORDS = frozenset(
    "see also quoting citing internal quotation marks omitted emphasis added supra infra ante post at id and cf with accord".split()
)
_DATE = re.compile(
    r"\b(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|Mar(?:ch|\.)|Apr(?:il|\.)|May|June|July|Aug(?:ust|\.)|Sept?(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
    r"\s+\d|\b(?:1[789]|20)\d\d\b|\b\d+\s+(?:days?|weeks?|months?|years?)\b"
)
_NUMBER = re.compile(
    r"\$\s?\d|\b\d[\d,.]*\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|half|percent)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![.?!]\s)(?<!^)\b[A-Z][a-z]+(?:\s+[A-Z]\.)?\s+[A-Z][a-z]+")
_LEANS = re.compile(
    r"^\W*(?:It|This|That|These|Those|They|He|She|Such|But|And|Nor|So|Thus|Instead|Rather|Here|There|Yet|Second|Third|Finally|"
    r"Moreover|Furthermore|In addition|Similarly|Likewise|However|The latter|The former|The same|Neither|Both|Again|For example)\b"
)
_FLUFF = re.compile(
    r"^\W*(?:It is so ordered|So ordered|IT IS SO ORDERED|Pp?\. \d|No\. \d|JUSTICE .{3,40} delivered|We granted certiorari|Certiorari was granted"
    r"|Reversed\.|Affirmed\.|Ibid|Emphasis added|The opinion|I join|For the foregoing reasons|For these reasons)\b"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted: the `index`-th of its filing, found in `hit`. `parts` shows the sum."""

    filing: Filing
    hit: Hit
    index: int
    page: int
    voice: Voice
    score: float
    parts: tuple[float, ...] = ()

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
    places = _places(hits[:MOST_PASSAGES], filings)
    if not places:
        return []
    texts = [_flat(filing, filing.sentences[index]) for filing, _, index in places]
    weights = _rarity(question.text, [hit.text for hit in hits])
    covers = np.array([cover(weights, text) for text in texts])
    likes = _likeness(question, places, texts, covers, models)
    made = []
    for at, (filing, hit, index) in enumerate(places):
        sentence = filing.sentences[index]
        voice = voice_of_words(filing, sentence.start, sentence.end)
        rank = 1 / (1 + 0.5 * (hit.rank - 1))
        parts = (
            RANK_WEIGHT * rank,
            LIKE_WEIGHT * float(likes[at]),
            COVER_WEIGHT * float(covers[at]),
            asked_for(question, voice, texts[at]),
            -unfit(question, texts[at]),
        )
        page = filing.pages_in(sentence.start, sentence.end)[:1]
        made.append(Candidate(filing, hit, index, page[0] if page else hit.page, voice, sum(parts), parts))
    order = sorted(range(len(made)), key=lambda i: (-made[i].score, made[i].hit.rank, made[i].index))
    return [made[i] for i in order]


def content_words(text: str) -> list[str]:
    """The words that carry meaning, stemmed by their ending, small letters, in order."""
    return [stem(word) for word in _WORD.findall(text.lower()) if word not in _STOP and len(word) > 1]


def stem(word: str) -> str:
    """A word without its commonest endings: "immunities" and "immunity" are one, "argued" and "argues"."""
    word = word.lower().replace("’", "'").removesuffix("'s").rstrip("'")
    for ending, new in (
        ("ies", "y"),
        ("ied", "y"),
        ("ing", ""),
        ("edly", ""),
        ("ed", ""),
        ("es", ""),
        ("s", ""),
        ("ly", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)] + new
    return word.removesuffix("e") if len(word) > 5 else word


def cover(weights: Mapping[str, float], text: str) -> float:
    """The share of the question's words, by weight, that `text` holds; 0 to 1."""
    held = set(content_words(text))
    total = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in held) / total if total else 0.0


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
    if question.form in ("ruling", "parting") and voice.kind == "holding":
        gain += 0.6
    if voice.kind == "restated" and question.form != "authority":
        gain -= 0.5
    if question.form == "date":
        gain += 0.9 if _DATE.search(text) else -0.4
    if question.form == "number":
        gain += 0.9 if _NUMBER.search(text) else -0.4
    if question.form == "person":
        gain += 0.4 if _NAME.search(text) else 0.0
    if voice.kind == "syllabus":
        gain -= 1.5
    if voice.kind in ("dissent", "concurrence") and not set(question.voices) & {"dissent", "concurrence"}:
        gain -= 0.5
    return gain


def unfit(question: Question, text: str) -> float:
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


def _places(hits: Sequence[Hit], filings: Mapping[str, Filing]) -> list[tuple[Filing, Hit, int]]:
    """The sentences that begin in each passage, each once, in the order of the passages."""
    found: dict[tuple[str, int], tuple[Filing, Hit, int]] = {}
    for hit in hits:
        filing = filings[hit.filing.id]
        first = next((i for i, s in enumerate(filing.sentences) if s.start >= hit.start), len(filing.sentences))
        for index in range(first, len(filing.sentences)):
            if filing.sentences[index].start >= hit.end:
                break
            found.setdefault((filing.id, index), (filing, hit, index))
    return list(found.values())


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
    """(n,) standardised likeness to the question; sentences past MOST_SENTENCES get the lowest that was seen."""
    order = sorted(range(len(texts)), key=lambda i: (is_citation(texts[i]), places[i][1].rank - 3 * covers[i]))[
        :MOST_SENTENCES
    ]
    read = []
    template = models.reranker.text_template if models.reranker else models.embedder.text_template
    for i in order:
        filing, hit, _ = places[i]
        read.append(passage_input(template, filing.facts.case_name or filing.facts.title, hit.section[-1:], texts[i]))
    if models.reranker is not None:
        raw = np.asarray(models.reranker.score(question.text, read), np.float64)
    else:
        raw = np.asarray(models.embedder.embed_passages(read) @ models.embedder.embed_query(question.text), np.float64)
    spread = raw.std() or 1.0
    standard = (raw - raw.mean()) / spread
    out = np.full(len(texts), float(standard.min()))
    out[order] = standard
    return out


def _flat(filing: Filing, sentence: Sentence) -> str:
    return " ".join(filing.text[sentence.start : sentence.end].split())
