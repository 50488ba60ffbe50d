"""A run as one HTML file that needs nothing else: figures, plots, and every question with what was found and why.

report(run) -> str
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from evals.plots import bars, histogram
from evals.runs import Run

HEADLINES = (
    "page_hit@1",
    "page_hit@5",
    "page_hit@10",
    "document_hit@1",
    "nDCG@10",
    "answered",
    "silence_recall",
    "lead_on_gold",
    "gold_words",
    "verbatim",
    "page_right",
    "speaker",
    "false_holding",
)
RANKS = 10
SHOWN_HITS = 5
SHOWN_WORDS = 60
STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.5 Georgia,serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.2rem}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
td,th{padding:.2rem .8rem .2rem 0;text-align:left;border-bottom:1px solid #8884;vertical-align:top}
td.n,th.n{text-align:right}
figure{margin:1rem 0}svg{max-width:100%;height:auto;font:12px sans-serif}
svg text{fill:currentColor}svg .bar{fill:#4a6fa5}svg .axis{stroke:currentColor;opacity:.4}
details{border-bottom:1px solid #8884;padding:.35rem 0}summary{cursor:pointer}
.miss summary{color:#a33}.gold{background:#7c35}blockquote{margin:.3rem 0 .3rem 1rem;font-size:.95rem}
.why{color:#a33;font-size:.9rem}.dim{opacity:.7;font-size:.9rem}
@media (prefers-color-scheme:dark){.miss summary,.why{color:#f99}}
"""


def report(run: Run) -> str:
    """The whole page."""
    title, answers = f"{run.settings['dataset']}: {run.name}", run.answers()
    body = [
        f"<h1>{escape(title)}</h1>",
        f"<p class=dim>{escape(_about(run))}</p>",
        "<h2>Figures</h2>",
        _figures(run.metrics["measures"]),
        *_plots(run.rows),
        "<h2>Questions</h2>",
        "<p class=dim>Missed ones first. A hit that touches a gold page is marked.</p>",
        *(_question(row, answers.get(row["qid"])) for row in sorted(run.rows, key=_missed_first)),
        "<h2>Settings</h2>",
        _settings(run.settings),
    ]
    head = f"<meta charset=utf-8><meta name=viewport content='width=device-width'><title>{escape(title)}</title>"
    return (
        f"<!doctype html><html lang=en><head>{head}<style>{STYLE}</style></head><body>{''.join(body)}</body></html>\n"
    )


def _about(run: Run) -> str:
    machine = run.settings["machine"]
    latency = "; ".join(
        f"{kind} median {ms['median']:.0f} ms, 95th percentile {ms['p95']:.0f} ms"
        for kind, ms in run.metrics["latency_ms"].items()
    )
    return f"{run.settings['questions']} questions; {latency}; {machine['cores']} cores; commit {machine['commit']}"


def _figures(measures: Mapping[str, Mapping[str, float]]) -> str:
    names = [name for name in HEADLINES if name in measures] + [name for name in measures if name not in HEADLINES]
    rows = (
        f"<tr><td>{escape(name)}</td><td class=n>{measures[name]['mean']:.3f}</td>"
        f"<td class=n>± {measures[name]['se']:.3f}</td><td class=n>{measures[name]['n']}</td></tr>"
        for name in names
    )
    head = "<tr><th>measure</th><th class=n>mean</th><th class=n>s.e.</th><th class=n>of</th></tr>"
    return f"<table>{head}{''.join(rows)}</table>"


def _plots(rows: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    judged = [row for row in rows if row["answerable"]]
    ranks = Counter(str(rank) if (rank := row["scores"].get("rank", 99)) <= RANKS else "none" for row in judged)
    order = [*(str(n) for n in range(1, RANKS + 1)), "none"]
    yield _plot("Rank of the first right place", bars({name: float(ranks[name]) for name in order}))
    kinds = {hit["file"]: hit.get("filing_kind") for row in rows for hit in row["hits"]}
    by_question, by_filing = _right(judged, "kind"), _right(judged, "file", kinds)
    yield _plot("Right place first, by kind of question", bars(by_question, most=1.0))
    yield _plot("Right place first, by kind of filing", bars(by_filing, most=1.0))
    for kind in dict.fromkeys(kind for row in rows for kind in row["ms"]):
        waits = [row["ms"][kind] for row in rows if kind in row["ms"]]
        yield _plot(f"Milliseconds waited: {kind}", histogram(waits))


def _right(rows: Sequence[Mapping[str, Any]], field: str, names: Mapping[str, Any] | None = None) -> dict[str, float]:
    """Mean page_hit@1 by a field, called by `names` where they have it, with how many questions each has."""
    groups: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        value = str(row[field] or "question")
        groups[str((names or {}).get(value) or value)].append(row["scores"]["page_hit@1"])
    return {f"{name} ({len(values)})": sum(values) / len(values) for name, values in sorted(groups.items())}


def _plot(title: str, svg: str) -> str:
    return f"<figure><figcaption><h2>{escape(title)}</h2></figcaption>{svg}</figure>"


def _missed_first(row: Mapping[str, Any]) -> tuple[bool, str]:
    return (_is_right(row), str(row["qid"]))


def _is_right(row: Mapping[str, Any]) -> bool:
    scores = row["scores"]
    if not row["answerable"]:
        return bool(scores.get("silence_recall", 1.0))
    return bool(scores["page_hit@1"]) and bool(scores.get("answered", 1.0))


def _question(row: Mapping[str, Any], answer: Mapping[str, Any] | None) -> str:
    scores = ", ".join(f"{name} {value:.2f}".rstrip("0").rstrip(".") for name, value in row["scores"].items())
    gold = f"{row['file']}, page {', '.join(map(str, row['pages']))}" if row["answerable"] else "the record is silent"
    words = "".join(f"<blockquote>{escape(text)}</blockquote>" for text in row["words"])
    parts = [
        f"<p><b>Gold:</b> {escape(gold)}</p>{words}",
        f"<p class=dim>{escape(scores)}</p>",
        _answer(row, answer) if answer else "",
        "<p><b>Found</b></p><ol>" + "".join(_hit(hit, row) for hit in row["hits"][:SHOWN_HITS]) + "</ol>",
    ]
    style = "" if _is_right(row) else " class=miss"
    head = f"<summary><b>{escape(row['qid'])}</b> {escape(row['question'])}</summary>"
    return f"<details{style}>{head}{''.join(parts)}</details>"


def _answer(row: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    trial = "".join(
        f"<li>[{finding['number']}] <span class=why>{escape(finding['why'])}</span></li>"
        for finding in row.get("trial", ())
        if finding["why"]
    )
    return f"<p><b>Answer</b></p><blockquote>{escape(answer['answer'])}</blockquote>" + (
        f"<ul>{trial}</ul>" if trial else ""
    )


def _hit(hit: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    gold = {(row["file"], page) for page in row["pages"]}
    gold |= {(spot[0], page) for spot in row["also"] for page in spot[1]}
    right = any((hit["file"], page) in gold for page in range(hit["page"], (hit["end_page"] or hit["page"]) + 1))
    words = hit["text"].split()
    text = " ".join(words[:SHOWN_WORDS]) + (" …" if len(words) > SHOWN_WORDS else "")
    style = " class=gold" if right else ""
    return f"<li{style}>{escape(hit['citation'] or hit['file'])} <span class=dim>{escape(text)}</span></li>"


def _settings(settings: Mapping[str, Any], path: str = "") -> str:
    lines = []
    for name, value in settings.items():
        if isinstance(value, dict):
            lines.append(_settings(value, f"{path}{name}."))
        else:
            lines.append(f"<tr><td>{escape(path + name)}</td><td>{escape(str(value))}</td></tr>")
    return "".join(lines) if path else f"<table>{''.join(lines)}</table>"
