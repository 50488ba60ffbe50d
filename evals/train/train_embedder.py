"""Fine-tune the embedder: every query against all chosen passages of its own opinion and of the others in the step.

    nice -n 10 python -m evals.train.train_embedder --out CHECKPOINT --minutes 20

A step takes a few opinions. All their passages that matter are embedded once and serve every query about them, so a
query sees some forty passages of its own opinion as negatives for the price of its own few tokens. The loss is the
marginal likelihood of the gold pages: -log of the probability that falls on any passage of the range; where in
the range the answer stands is left to the model to find.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import numpy as np
import torch

from evals.train.data import Collection, Query, train_set
from evals.train.lexical import Bm25
from evals.train.network import Encoder
from evals.train.passages import model_text
from evals.train.rows import report

TOKENS, QUERY_TOKENS = 224, 64
WARM_SHARE = 0.1


def main() -> None:
    """Read the settings and train."""
    parser = argparse.ArgumentParser(description="Fine-tune the embedder")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--opinions", type=int, default=3, help="opinions a step")
    parser.add_argument("--cap", type=int, default=36, help="passages an opinion")
    parser.add_argument("--sentences", type=int, default=8, help="sentences of holdings an opinion and epoch")
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--scale", type=float, default=25.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2, help="one, where other work shares the cores")
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(given.threads)
    train(given)


def train(given: argparse.Namespace) -> None:
    """Steps until the minutes are over, opinions in random order epoch by epoch."""
    data = train_set()
    rows = data.rows_of()
    texts = [model_text(p.title, p.writing, p.text) for p in data.passages]
    bm25 = Bm25(texts)
    lexical = {q.qid: s for q, s in zip(data.queries, _own_scores(bm25, data, rows), strict=True)}
    by_case: dict[str, list[Query]] = {}
    for query in data.queries:
        by_case.setdefault(query.case, []).append(query)
    model = Encoder(given.start)
    learn = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(learn, lr=given.rate, weight_decay=0.01)
    cases = sorted(by_case)
    draw = random.Random(given.seed)
    began, done = time.time(), 0
    recent: list[float] = []
    queue: list[str] = []
    while (spent := (time.time() - began) / (60 * given.minutes)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = given.rate * min(spent / WARM_SHARE, 1, (1 - spent) / (1 - WARM_SHARE)) + 1e-7
        queries, chosen = [], []
        for _ in range(given.opinions):
            queue = queue or draw.sample(cases, len(cases))
            case = queue.pop()
            asked = ask(by_case[case], given.sentences, draw)
            queries += asked
            chosen += choose(asked, data, rows[case], lexical, given.cap, draw)
        loss = step_loss(model, queries, chosen, data, texts, given.scale)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learn, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        done += 1
        recent.append(loss.item())
        if done % 10 == 0:
            row = {"step": done, "epochs": round(done * given.opinions / len(cases), 2), "spent": round(spent, 3)}
            report(row | {"loss": round(sum(recent[-30:]) / len(recent[-30:]), 3)})
        if done % 60 == 0:
            model.save(given.out)
    model.save(given.out)


def ask(queries: list[Query], sentences: int, draw: random.Random) -> list[Query]:
    """All questions about a case and a few sentences of its holdings, first sentences before others."""
    questions = [q for q in queries if q.kind in ("holding", "passage")]
    reporter = [q for q in queries if q.kind not in ("holding", "passage")]
    draw.shuffle(reporter)
    reporter.sort(key=lambda q: q.kind != "reporter_first" and draw.random() < 0.6)
    return questions + reporter[:sentences]


def choose(
    asked: list[Query], data: Collection, own: list[int], lexical: dict[str, np.ndarray], cap: int, draw: random.Random
) -> list[int]:
    """Up to `cap` passages of an opinion: for each query its likeliest positives and hardest negatives by BM25."""
    picked: list[int] = []
    for query in asked:
        order = [own[i] for i in np.argsort(-lexical[query.qid])]
        inside = [i for i in order if query.pages & set(data.passages[i].pages)]
        outside = [i for i in order if not query.pages & set(data.passages[i].pages)]
        picked += inside[:2] + outside[:2]
    rest = [i for i in own if i not in set(picked)]
    draw.shuffle(rest)
    return list(dict.fromkeys([*picked, *rest]))[: max(cap, 1)]


def step_loss(
    model: Encoder, queries: list[Query], chosen: list[int], data: Collection, texts: list[str], scale: float
) -> torch.Tensor:
    """The mean negative marginal log-likelihood of the gold pages."""
    vectors = model.encode([texts[i] for i in chosen], TOKENS)
    asked = model.encode([q.text for q in queries], QUERY_TOKENS)
    scores = scale * asked @ vectors.T
    inside = torch.zeros(len(queries), len(chosen), dtype=torch.bool)
    ignore = torch.zeros_like(inside)
    for r, query in enumerate(queries):
        for c, i in enumerate(chosen):
            passage = data.passages[i]
            if passage.case == query.case:
                inside[r, c] = bool(query.pages & set(passage.pages))
                ignore[r, c] = not inside[r, c] and off_by_one(query, passage.pages)
    some = inside.any(1)
    scores = scores.masked_fill(ignore, -1e4)[some]
    positive = scores.masked_fill(~inside[some], -1e4).logsumexp(1)
    return (scores.logsumexp(1) - positive).mean()


def off_by_one(query: Query, pages: tuple[int, ...]) -> bool:
    """Whether a passage stands one page beside a Reporter's range, which may itself be off by one."""
    if query.kind == "passage":
        return False
    return bool({p + d for p in query.pages for d in (-1, 1)} & set(pages))


def _own_scores(bm25: Bm25, data: Collection, rows: dict[str, list[int]]) -> list[np.ndarray]:
    return [bm25.scores([query.text])[0][rows[query.case]] for query in data.queries]


if __name__ == "__main__":
    main()
