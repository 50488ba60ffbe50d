"""Train the reader: does a sentence, with its neighbours, bear out what a question asks or presumes, or contradict it?

    python -m evals.train.train_reader --start EMBEDDER --snli FILE --mix snli=1 --minutes 18 --rate 1e-4 --out FIRST
    python -m evals.train.train_reader --start FIRST --snli FILE --candidates FILE --minutes 35 --out CHECKPOINT

Three labels, BEARS_OUT, NEITHER, CONTRADICTS, learnt from what `--mix` names:
  snli      pairs of the Stanford Natural Language Inference corpus (`--snli`: its JSONL file): what following and
            contradicting are
  polarity  sentences of opinions beside the Reporter's holdings and questions about them, as they are and flipped
            (evals/train/flips.py); the opinion's sentence is flipped too at times, so that neither tells by itself
  answers   lists as for the reranker, of sentences: those of the gold pages against those of the passages that
            retrieval likes and that are not; the loss is the marginal likelihood of the gold pages
The learning rate falls with the time spent of `--minutes`; a checkpoint is kept every two hundred steps.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from evals.train.candidates import Candidates, load
from evals.train.data import Collection, Query, train_set
from evals.train.flips import flip
from evals.train.network import Encoder
from evals.train.passages import sentences
from evals.train.rows import report

BEARS_OUT, NEITHER, CONTRADICTS = range(3)
TOKENS = 176
WARM_SHARE = 0.05
PAIRS = 32  # a step
POSITIVES, NEGATIVES = 3, 5  # of a list of answers
RARE = 300  # sentences of an opinion, about
NEAREST_PASSAGES = 12  # of a query, whose sentences are listed
LEAST_WORDS, MOST_WORDS = 8, 60  # of a holding that is a claim
LEADS = (
    "Why did the Court hold that {}?",
    "Why did the Court conclude that {}?",
    "On what ground did the Court hold that {}?",
    "Why did the Court find that {}?",
    "What reasons did the Court give for holding that {}?",
)
_OPENING = re.compile(
    r"^(?:However|Moreover|Finally|Thus|Accordingly|Also|But|And|Here|Instead|Indeed|Therefore"
    r"|In (?:fact|any case|short)),? "
)
_LOWERED = re.compile(
    r"(?:The|This|That|These|An?|It|In|Under|When|Where|If|Because|For|To|There|Such|Any|No|Even|Although)\b"
)
_CITES = re.compile(r"(?:See|Cf\.|Compare|E\.g\.|\W)")
_PRESUMES = re.compile(r"(?:why|on what|for what|how come|how did)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{3,}")

Pair = tuple[str, str]  # what an opinion says; what is claimed or asked
Labelled = tuple[Pair, int]


@dataclass(frozen=True)
class Evidence:
    """A query with sentences of its opinion, most like it first, each alone and with its neighbours: of the gold pages,
    and of other pages among the passages that retrieval likes."""

    query: Query
    inside: tuple[Pair, ...]
    outside: tuple[Pair, ...]


def main() -> None:
    """Read the settings and train."""
    parser = argparse.ArgumentParser(description="Train the reader")
    parser.add_argument("--start", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--mix",
        default="snli=.15,polarity=.45,answers=.4",
        help="shares of steps, as in snli=.2,polarity=.4,answers=.4",
    )
    parser.add_argument("--snli", type=Path, help="snli_1.0_train.jsonl, or a part of it")
    parser.add_argument("--candidates", type=Path, help="as evals.train.candidates makes them")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(given.threads)
    train(given, tasks(given))


def tasks(given: argparse.Namespace) -> list[tuple[float, Callable[[Encoder], torch.Tensor]]]:
    """Each task of the mix: its share, and what gives the loss of one step."""
    shares = {name: float(share) for name, _, share in (part.partition("=") for part in given.mix.split(","))}
    draw = random.Random(given.seed)
    made: list[tuple[float, Callable[[Encoder], torch.Tensor]]] = []
    if "snli" in shares:
        pairs = snli_pairs(given.snli)
        made.append((shares["snli"], lambda model: _labels_loss(model, draw.sample(pairs, 2 * PAIRS))))
    if {"polarity", "answers"} & set(shares):
        known = evidence(train_set(), load(given.candidates))
        claims = [one for one in known if is_claim(one.query)]
        asked = [one for one in known if one.outside]
        made.append((shares.get("polarity", 0.0), lambda model: _labels_loss(model, _polar(claims, draw))))
        made.append((shares.get("answers", 0.0), lambda model: _lists_loss(model, draw.sample(asked, 4), draw)))
    return made


def train(given: argparse.Namespace, mixed: Sequence[tuple[float, Callable[[Encoder], torch.Tensor]]]) -> None:
    """Steps until the minutes are over, each of one task."""
    model = Encoder(given.start, scores=3)
    assert model.head is not None
    body, head = [p for p in model.bert.parameters() if p.requires_grad], list(model.head.parameters())
    groups = [{"params": body, "rate": given.rate}, {"params": head, "rate": given.rate * 10}]
    optimiser = torch.optim.AdamW(groups, lr=given.rate, weight_decay=0.01)
    draw = np.random.default_rng(given.seed)
    shares = np.array([share for share, _ in mixed]) / sum(share for share, _ in mixed)
    recent: list[list[float]] = [[] for _ in mixed]
    began, step = time.time(), 0
    while (spent := (time.time() - began) / (60 * given.minutes)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = group["rate"] * min(spent / WARM_SHARE, 1, max(1 - spent, 0.0) / (1 - WARM_SHARE)) + 1e-7
        task = int(draw.choice(len(mixed), p=shares))
        loss = mixed[task][1](model)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(body + head, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        step += 1
        recent[task].append(loss.item())
        if step % 50 == 0:
            losses = [round(float(np.mean(one[-60:])), 3) if one else None for one in recent]
            report({"step": step, "spent": round(spent, 3), "losses": losses, "s": round(time.time() - began)})
        if step % 200 == 0:
            model.save(given.out)
    model.save(given.out)


def snli_pairs(path: Path) -> list[Labelled]:
    """Pairs on whose label the annotators agreed."""
    names = {"entailment": BEARS_OUT, "neutral": NEITHER, "contradiction": CONTRADICTS}
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [((r["sentence1"], r["sentence2"]), names[r["gold_label"]]) for r in rows if r["gold_label"] in names]


def evidence(data: Collection, found: Candidates) -> list[Evidence]:
    """What each query's opinion says near it."""
    cut = [_windows(passage.text) for passage in data.passages]
    stems = [[_stems(alone) for alone, _ in windows] for windows in cut]
    rows = data.rows_of()
    held = {case: Counter(stem for i in own for one in stems[i] for stem in one) for case, own in rows.items()}
    made = []
    for query, near in zip(data.queries, found.own, strict=True):
        asked = _stems(query.text)
        weights = {stem: math.log(1 + RARE / (1 + held[query.case][stem])) for stem in asked}

        def nearest(passages: Sequence[int], weights: dict[str, float] = weights) -> tuple[Pair, ...]:
            scored = [
                (sum(weights[stem] for stem in weights.keys() & stems[i][j]) / math.sqrt(len(stems[i][j]) + 4), window)
                for i in passages
                for j, window in enumerate(cut[i])
            ]
            return tuple(window for _, window in sorted(scored, key=lambda one: -one[0])[: 2 * NEGATIVES])

        inside = nearest([i for i in rows[query.case] if query.pages & set(data.passages[i].pages)])
        away = [int(i) for i in near[:NEAREST_PASSAGES] if i >= 0 and not query.pages & set(data.passages[i].pages)]
        if inside:
            made.append(Evidence(query, inside, nearest(away)))
    return made


def is_claim(query: Query) -> bool:
    """Whether a query claims or presumes something: a sentence of a holding that is no citation, a question why."""
    if query.kind.startswith("reporter"):
        return LEAST_WORDS <= len(query.text.split()) <= MOST_WORDS and not _CITES.match(query.text)
    return _PRESUMES.match(query.text) is not None


def as_question(holding: str, draw: random.Random) -> str:
    """A holding as a question that presumes it."""
    claim = _OPENING.sub("", holding).strip()
    if _LOWERED.match(claim):
        claim = claim[0].lower() + claim[1:]
    return draw.choice(LEADS).format(claim.rstrip(".?! "))


def _polar(claims: Sequence[Evidence], draw: random.Random) -> list[Labelled]:
    made: list[Labelled] = []
    while len(made) < PAIRS:
        pair = _polar_pair(draw.choice(claims), draw)
        made += [pair] if pair else []
    return made


def _polar_pair(known: Evidence, draw: random.Random) -> Labelled | None:
    """A claim beside a sentence of its gold pages or of others; claim and sentence as they are or flipped."""
    claim = known.query.text
    if known.query.kind.startswith("reporter") and draw.random() < 0.7:
        claim = as_question(claim, draw)
    if known.outside and draw.random() < 0.2:
        turned = flip(claim, draw) if draw.random() < 0.4 else claim
        return (draw.choice(draw.choice(known.outside)), turned or claim), NEITHER
    alone, around = known.inside[min(int(draw.expovariate(1.2)), len(known.inside) - 1)]
    label = BEARS_OUT
    if draw.random() < 0.5:
        turned = flip(claim, draw)
        if turned is None:
            return None
        claim, label = turned, CONTRADICTS
    said = alone if draw.random() < 0.4 else around
    if draw.random() < 0.3 and (turned := flip(alone, draw)) is not None:
        said, label = said.replace(alone, turned), CONTRADICTS - label
    return (said, claim), label


def _labels_loss(model: Encoder, batch: Sequence[Labelled]) -> torch.Tensor:
    scores = model.encode([pair for pair, _ in batch], TOKENS)
    return cross_entropy(scores, torch.tensor([label for _, label in batch]))


def _lists_loss(model: Encoder, batch: Sequence[Evidence], draw: random.Random) -> torch.Tensor:
    """The mean negative marginal log-likelihood of the sentences of the gold pages, each within its list."""
    lists = [list(_one_list(known, draw)) for known in batch]
    scores = model.encode([pair for chosen in lists for pair, _ in chosen], TOKENS)
    odds = scores[:, BEARS_OUT] - scores[:, NEITHER]
    losses, start = [], 0
    for chosen in lists:
        own = odds[start : start + len(chosen)]
        right = torch.tensor([good for _, good in chosen])
        single = torch.nn.functional.softplus(-own[right].max()) + torch.nn.functional.softplus(own[~right]).mean()
        losses.append(own.logsumexp(0) - own[right].logsumexp(0) + 0.25 * single)
        start += len(chosen)
    return torch.stack(losses).mean()


def _one_list(known: Evidence, draw: random.Random) -> Iterator[tuple[Pair, bool]]:
    """Sentences of the gold pages and of others, the likeliest most often, with their neighbours."""
    for windows, count, right in ((known.inside, POSITIVES, True), (known.outside, NEGATIVES, False)):
        for alone, around in draw.sample(windows[: 2 * count], min(count, len(windows))):
            yield ((alone if draw.random() < 0.3 else around), known.query.text), right


def _windows(text: str) -> list[Pair]:
    """The sentences of a passage, each alone and with the ones before and after it."""
    cut = [" ".join(text[start:end].split()) for start, end in sentences(text)]
    return [(one, " ".join(cut[max(0, i - 1) : i + 2])) for i, one in enumerate(cut) if len(one.split()) > 5]


def _stems(text: str) -> set[str]:
    return {word[:6] for word in _WORD.findall(text.lower())}


if __name__ == "__main__":
    main()
