"""One system on one dataset, in a process of its own: how fast, how much memory, what it finds, what it cites.

run_peer(name, dataset) -> rows     one; two where a system adds a step to another's index (LangChain's ensemble)

    pages_s, pages_cpu_s   pages a second from the first byte read to the last index on disk; and a CPU second, the
                           steadier figure on a machine that does other things besides
    peak_mb                most resident memory of the process and its children together
    page_hit@k, document_hit@1, nDCG@10   as evals/measures.py defines them, the same for all
    quotable               of best hits, those whose middle words (QUOTED_WORDS) stand word for word on a page it cites
    page_right             of best hits whose middle words stand anywhere in the PDF, those on a page it cites
    query_ms               median of a search
"""

from __future__ import annotations

import multiprocessing
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from corpus.errors import DatasetError
from evals.bench.memory import cpu_seconds, peak_of_tree
from evals.datasets import Dataset, check_dataset, load_dataset
from evals.measures import DEPTH, Spot, hit_scores, quantile, summary, touched
from evals.peers.langchain import Afternoon, Ensemble
from evals.peers.peer import Cited, Peer
from evals.sheets import Sheets
from evals.trec import trec_measures

QUOTED_WORDS = 25  # about a sentence: what a person would copy
SHOWN = ("page_hit@1", "page_hit@5", "page_hit@10", "document_hit@1", "nDCG@10")


def peers() -> dict[str, Callable[[], Peer]]:
    """Every system by the name it is called on the command line."""
    from evals.peers.haystack import Haystack
    from evals.peers.llama import LlamaIndex
    from evals.peers.ours import Pincite, PinciteUntrained

    return {
        "pincite": Pincite,
        "pincite-minilm": PinciteUntrained,
        "langchain": Afternoon,
        "langchain-ensemble": Ensemble,
        "haystack": Haystack,
        "llama-index": LlamaIndex,
    }


def run_peer(name: str, dataset: str) -> list[dict[str, Any]]:
    """The rows of one system. Raises DatasetError where its process ended without any."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_measure, args=(name, dataset, theirs))
    process.start()
    theirs.close()
    stop, peak = threading.Event(), [0.0]
    watcher = threading.Thread(target=peak_of_tree, args=(process.pid, stop, peak), daemon=True)
    watcher.start()
    try:
        rows: list[dict[str, Any]] = ours.recv()
    except EOFError as error:
        raise DatasetError(f"{name}: its process ended without a result; see its messages above") from error
    finally:
        stop.set()
        watcher.join()
        process.join()
    return [{**row, "peak_mb": round(peak[0])} for row in rows]


def _measure(name: str, dataset_name: str, out: Connection) -> None:
    dataset = load_dataset(dataset_name)
    sheets = dataset.sheets()
    check_dataset(dataset, sheets)
    peer = peers()[name]()
    with tempfile.TemporaryDirectory() as folder:
        clock = _Clock()
        pages = peer.ingest(dataset.pdfs, Path(folder))
        rows = [_row(name, peer, dataset, sheets, clock.speed(pages))]
        if type(peer) is Afternoon:
            more = Ensemble(peer)
            clock.go_on()
            more.index_words()
            rows.append(_row("langchain-ensemble", more, dataset, sheets, clock.speed(pages)))
        out.send(rows)
    out.close()


def _row(name: str, peer: Peer, dataset: Dataset, sheets: Sheets, speed: dict[str, float]) -> dict[str, Any]:
    about = {"name": name, "system": peer.name, "settings": peer.settings, "dataset": dataset.name}
    return {**about, **speed, **judge(peer, dataset, sheets)}


class _Clock:
    """Seconds on the wall and of CPU, which stand still while nothing is ingested."""

    def __init__(self) -> None:
        self._seconds = self._cpu = 0.0
        self.go_on()

    def go_on(self) -> None:
        """Count from now on, on top of what was counted."""
        self._began = time.perf_counter() - self._seconds, cpu_seconds() - self._cpu

    def speed(self, pages: int) -> dict[str, float]:
        """Stop, and say how fast that was."""
        self._seconds = time.perf_counter() - self._began[0]
        self._cpu = cpu_seconds() - self._began[1]
        return {
            "pages": pages,
            "seconds": round(self._seconds, 1),
            "pages_s": round(pages / self._seconds, 2),
            "pages_cpu_s": round(pages / self._cpu, 2),
        }


def judge(peer: Peer, dataset: Dataset, sheets: Sheets) -> dict[str, Any]:
    """What a peer finds and cites for the questions that can be answered by themselves."""
    asked = [j for j in dataset.judgments if j.answerable and j.kind != "follow-up"]
    found: dict[str, list[Cited]] = {}
    waits: list[float] = []
    for judgment in asked:
        began = time.perf_counter()
        found[judgment.qid] = peer.search(judgment.question, DEPTH)
        waits.append((time.perf_counter() - began) * 1000)
    spots = {qid: [Spot(hit.file, hit.page, hit.end_page) for hit in hits] for qid, hits in found.items()}
    scores = {judgment.qid: hit_scores(judgment, spots[judgment.qid]) for judgment in asked}
    trec = trec_measures({j.qid: j.places for j in asked}, {qid: touched(each) for qid, each in spots.items()})
    means = summary(scores[qid] | trec[qid] for qid in scores)
    return {
        "questions": len(asked),
        **{name: means[name]["mean"] for name in SHOWN},
        **cited_rightly([hits[0] for hits in found.values() if hits], sheets),
        "query_ms": round(quantile(waits[1:], 0.5)),
        "per_question": {qid: {name: (scores[qid] | trec[qid])[name] for name in SHOWN} for qid in scores},
    }


def cited_rightly(best: Sequence[Cited], sheets: Sheets) -> dict[str, float]:
    """`quotable` and `page_right` of the best hits; hits on pages without text are left out."""
    quotable, right = [], []
    for hit in best:
        words = hit.text.split()
        start = max(0, (len(words) - QUOTED_WORDS) // 2)
        middle = " ".join(words[start : start + QUOTED_WORDS])
        if not sheets.legible(hit.file, hit.page):
            continue
        stands = sheets.places(hit.file, middle)
        on_page = any(hit.page <= page <= hit.end_page for page in stands)
        quotable.append(on_page)
        right += [on_page] if stands else []
    return {
        "quotable": round(sum(quotable) / len(quotable), 3) if quotable else 0.0,
        "page_right": round(sum(right) / len(right), 3) if right else 0.0,
    }
