"""The benchmarks report what they measured."""

import os
import threading

from evals.bench.ingest import summarise, table
from evals.bench.memory import peak_of_tree, tree

OURS = {"pipeline": "ours", "pages": 100, "passages": 200, "seconds": 10.0, "cpu_s": 12.0, "peak_mb": 700}
SLOWER = {**OURS, "seconds": 14.0, "peak_mb": 800}
THEIRS = {"pipeline": "afternoon", "pages": 100, "passages": 260, "seconds": 48.0, "cpu_s": 60.0, "peak_mb": 1200}


def test_the_ratio_is_of_medians_and_the_peak_is_the_highest() -> None:
    """Over several rounds speed is the median's and memory the worst seen."""
    report = summarise([OURS, THEIRS, SLOWER, THEIRS])
    assert report["pipelines"]["ours"]["pages_per_s"] == 8.3
    assert report["pipelines"]["ours"]["peak_mb"] == 800
    assert report["times_as_fast"] == 4.0
    assert "4.0 times as fast" in table(report)


def test_one_pipeline_alone_has_no_ratio() -> None:
    """Without the other there is nothing to compare."""
    assert "times_as_fast" not in summarise([OURS])


def test_memory_is_watched_until_told_to_stop() -> None:
    """The watcher sees this process and ends when asked."""
    stop, peak = threading.Event(), [0.0]
    watcher = threading.Thread(target=peak_of_tree, args=(os.getpid(), stop, peak))
    watcher.start()
    threading.Event().wait(0.3)
    stop.set()
    watcher.join(5)
    assert not watcher.is_alive()
    assert peak[0] > 1
    assert os.getpid() in tree(os.getpid())
