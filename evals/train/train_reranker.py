"""Train the cross-encoder: one list a query, likely positives of the gold pages against mined negatives.

    nice -n 10 python -m evals.train.train_reranker --start EMBEDDER --candidates FILE --out CHECKPOINT --minutes 45

A list holds two passages of the gold pages, drawn in favour of those the retriever likes, four hard negatives of
the same opinion and now and then one of another. The loss is the marginal likelihood of the gold pages within the
list, and, with the weight `--binary`, a log loss of each score taken as the log odds that the passage answers, so
that a score means something by itself. The learning rate falls with the time spent of `--minutes`, so a busy machine
trains less but still ends properly; a checkpoint is kept every hundred steps.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import softplus

from evals.train.candidates import Candidates, load
from evals.train.data import Collection, Query, train_set
from evals.train.network import Encoder
from evals.train.passages import model_text
from evals.train.rows import report
from evals.train.train_embedder import off_by_one

TOKENS = 224
WARM_SHARE = 0.06


def main() -> None:
    """Read the settings and train."""
    parser = argparse.ArgumentParser(description="Train the reranker")
    parser.add_argument("--start", type=Path)
    parser.add_argument("--candidates", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--layers", type=int)
    parser.add_argument("--lists", type=int, default=8, help="queries a step")
    parser.add_argument("--positives", type=int, default=2)
    parser.add_argument("--negatives", type=int, default=4)
    parser.add_argument("--others", type=float, default=0.4, help="chance of one passage of another opinion")
    parser.add_argument("--hardest", type=int, default=14, help="negatives are drawn from so many")
    parser.add_argument("--holdings", type=float, default=0.5, help="holding sentences a question")
    parser.add_argument("--rate", type=float, default=7e-5)
    parser.add_argument("--binary", type=float, default=0.25, help="weight of the loss of single scores")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2, help="one, where other work shares the cores")
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(given.threads)
    train(given)


def train(given: argparse.Namespace) -> None:
    """Steps until the minutes are over."""
    data, found = train_set(), load(given.candidates)
    texts = [model_text(p.title, p.writing, p.text) for p in data.passages]
    model = Encoder(given.start, reranker=True, layers=given.layers)
    assert model.head is not None
    head = list(model.head.parameters())
    body = [p for p in model.bert.parameters() if p.requires_grad]
    groups = [{"params": body, "rate": given.rate}, {"params": head, "rate": given.rate * 10}]
    optimiser = torch.optim.AdamW(groups, lr=given.rate, weight_decay=0.01)
    draw = np.random.default_rng(given.seed)
    stream = lists(data, found, draw, given)
    began, step = time.time(), 0
    recent: list[float] = []
    while (spent := (time.time() - began) / (60 * given.minutes)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = group["rate"] * min(spent / WARM_SHARE, 1, max(1 - spent, 0.0) / (1 - WARM_SHARE)) + 1e-7
        batch = [next(stream) for _ in range(given.lists)]
        loss = lists_loss(model, batch, data, texts, given.binary)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(body + head, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        step += 1
        recent.append(loss.item())
        if step % 20 == 0:
            row = {"step": step, "spent": round(spent, 3), "loss": round(float(np.mean(recent[-60:])), 3)}
            report(row | {"s": round(time.time() - began)})
        if step % 100 == 0:
            model.save(given.out)
    model.save(given.out)


def lists(
    data: Collection, found: Candidates, draw: np.random.Generator, given: argparse.Namespace
) -> Iterator[tuple[Query, list[int], int]]:
    """(query, passages, how many of them, at the front, are positive), epoch after epoch, in random order."""
    questions = [i for i, q in enumerate(data.queries) if q.kind in ("holding", "passage")]
    firsts = [i for i, q in enumerate(data.queries) if q.kind == "reporter_first"]
    later = [i for i, q in enumerate(data.queries) if q.kind == "reporter"]
    extra = int(given.holdings * len(questions))
    while True:
        some = draw.choice(firsts, extra // 2, replace=False), draw.choice(later, extra - extra // 2, replace=False)
        for i in draw.permutation(np.concatenate([questions, *some])):
            made = one_list(data.queries[i], found.own[i], found.scores[i], found.others[i], data, draw, given)
            if made is not None:
                yield made


def one_list(
    query: Query,
    own: NDArray[np.int64],
    scores: NDArray[np.float32],
    others: NDArray[np.int64],
    data: Collection,
    draw: np.random.Generator,
    given: argparse.Namespace,
) -> tuple[Query, list[int], int] | None:
    """None where no passage of the gold pages is among the candidates, or no other."""
    real = own >= 0
    own, scores = own[real], scores[real]
    inside = np.array([bool(query.pages & set(data.passages[i].pages)) for i in own])
    if not inside.any():
        return None
    beside = np.array([off_by_one(query, data.passages[i].pages) for i in own])
    liking = np.exp(scores[inside] - scores[inside].max())
    count = min(given.positives, int(inside.sum()))
    positive = draw.choice(own[inside], count, replace=False, p=liking / liking.sum())
    hard = own[~inside & ~beside][: given.hardest]
    if not len(hard):
        return None
    negative = draw.choice(hard, min(given.negatives, len(hard)), replace=False)
    away = draw.choice(others, int(draw.random() < given.others), replace=False)
    return query, [int(i) for i in (*positive, *negative, *away)], count


def lists_loss(
    model: Encoder, batch: list[tuple[Query, list[int], int]], data: Collection, texts: list[str], binary: float
) -> torch.Tensor:
    """The mean negative marginal log-likelihood of the positives, each within its list, and the log loss of odds.

    Of the positives only the likeliest counts as answering: which of them does is not known.
    """
    pairs = [(query.text, texts[i]) for query, chosen, _ in batch for i in chosen]
    scores = model.encode(pairs, TOKENS)
    losses, start = [], 0
    for _, chosen, count in batch:
        own = scores[start : start + len(chosen)]
        listed = own.logsumexp(0) - own[:count].logsumexp(0)
        single = softplus(-own[:count].max()) + softplus(own[count:]).mean()
        losses.append(listed + binary * single)
        start += len(chosen)
    return torch.stack(losses).mean()


if __name__ == "__main__":
    main()
