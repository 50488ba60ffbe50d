"""A run as one HTML file that needs nothing else: figures, plots, and every question with what was found and why.

report(run) -> str
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from evals.meanings import LOWER, by_group
from evals.plots import bars, histogram
from evals.runs import Run

RANKS = 10
SHOWN_HITS = 5
SHOWN_WORDS = 60
_BOLD = re.compile(r"\*\*(.+?)\*\*")
STYLE = """
:root{color-scheme:light dark;--line:#8884;--soft:#666;--bad:#a12a2a;--good:#1b6b3a;--bar:#4a6fa5}
*{box-sizing:border-box}
body{font:16px/1.5 Georgia,serif;max-width:72rem;margin:1.5rem auto 4rem;padding:0 1.2rem}
h1{font-size:1.5rem;margin:0 0 .2rem}h2{font-size:1.2rem;margin:2.4rem 0 .6rem}
h3,figcaption{font:600 .95rem/1.3 system-ui,sans-serif;margin:0 0 .4rem}
nav,.dim,.chip,td.says{font:.86rem/1.45 system-ui,sans-serif;color:var(--soft)}nav a{margin-right:1.2rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
td,th{padding:.22rem .9rem .22rem 0;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
th{font:600 .86rem/1.4 system-ui,sans-serif}th[colspan]{padding-top:1rem}
td.n,th.n{text-align:right;white-space:nowrap}td.name{font:.9rem/1.6 ui-monospace,monospace}td.says{width:55%}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:1.6rem 2.5rem}
figure{margin:0}svg{width:100%;height:auto;font:12px system-ui,sans-serif}
svg text{fill:currentColor}svg .bar{fill:var(--bar)}
details.q{border-bottom:1px solid var(--line)}summary{cursor:pointer;padding:.4rem 0}
.q>summary{display:flex;gap:.8rem;align-items:baseline}.q>summary::before{content:"▸"}.q[open]>summary::before{content:"▾"}
.q>div{padding:.2rem 0 1rem 1.5rem}.asked{flex:1}
.chip{white-space:nowrap;border:1px solid var(--line);border-radius:4px;padding:0 .45em}
.chip.bad,.why{color:var(--bad)}.chip.bad{border-color:var(--bad)}.chip.good{color:var(--good)}
.why{font:.86rem/1.45 system-ui,sans-serif}
blockquote{margin:.3rem 0 .8rem;padding-left:.9rem;border-left:3px solid var(--line);font-size:.97rem}
blockquote p{margin:.3rem 0}ol,ul{margin:.2rem 0 .8rem;padding-left:1.6rem}li{margin:.25rem 0}
.gold{background:#7c35;border-radius:3px;box-shadow:0 0 0 4px #7c35}
@media (prefers-color-scheme:dark){:root{--soft:#aaa;--bad:#f99;--good:#8d9;--bar:#7ea3da}}
@media print{details.q{break-inside:avoid}}
"""


def report(run: Run) -> str:
    """The whole page."""
    title, answers = f"{run.settings['dataset']}: {run.name}", run.answers()
    parts = ("figures", "plots", "questions", "settings")
    body = [
        f"<h1>{escape(title)}</h1>",
        f"<p class=dim>{escape(_about(run))}</p>",
        "<nav>" + "".join(f"<a href='#{part}'>{part.capitalize()}</a>" for part in parts) + "</nav>",
        "<h2 id=figures>Figures</h2>",
        _figures(run.metrics["measures"]),
        "<h2 id=plots>Plots</h2><div class=plots>",
        *_plots(run.rows),
        "</div><h2 id=questions>Questions</h2>",
        "<p class=dim>Missed ones first. What touches a page that answers is marked green.</p>",
        *(_question(row, answers.get(row["qid"])) for row in sorted(run.rows, key=_missed_first)),
        "<h2 id=settings>Settings</h2>",
        _settings(run.settings),
    ]
    head = f"<meta charset=utf-8><meta name=viewport content='width=device-width'><title>{escape(title)}</title>"
    return (
        f"<!doctype html><html lang=en><head>{head}<style>{STYLE}</style></head><body>{''.join(body)}</body></html>\n"
    )


def _about(run: Run) -> str:
    machine = run.settings["machine"]
    latency = [
        f"{kind} median {ms['median']:.0f} ms, 95th percentile {ms['p95']:.0f} ms"
        for kind, ms in run.metrics["latency_ms"].items()
    ]
    commit = [f"commit {machine['commit']}"] if machine["commit"] else []
    return "; ".join([f"{run.settings['questions']} questions", *latency, f"{machine['cores']} cores", *commit])


def _figures(measures: Mapping[str, Mapping[str, float]]) -> str:
    rows = ["<tr><th>measure</th><th class=n>mean</th><th class=n>± s.e.</th><th class=n>of</th><th></th></tr>"]
    for group, names in by_group(measures).items():
        rows.append(f"<tr><th colspan=5>{escape(group)}</th></tr>")
        for name, says in names.items():
            one, less = measures[name], " (less is better)" if name in LOWER else ""
            rows.append(
                f"<tr><td class=name>{escape(name)}</td><td class=n>{_figure(one['mean'])}</td>"
                f"<td class=n>± {_figure(one['se'])}</td><td class=n>{one['n']}</td>"
                f"<td class=says>{escape(says + less)}</td></tr>"
            )
    return f"<table>{''.join(rows)}</table>"


def _figure(value: float) -> str:
    return f"{value:.3f}" if value < 100 else f"{value:.0f}"


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
    return f"<figure><figcaption>{escape(title)}</figcaption>{svg}</figure>"


def _missed_first(row: Mapping[str, Any]) -> tuple[bool, str]:
    return (_is_right(row), str(row["qid"]))


def _is_right(row: Mapping[str, Any]) -> bool:
    scores = row["scores"]
    if not row["answerable"]:
        return bool(scores.get("silence_recall", 1.0))
    return bool(scores["page_hit@1"]) and bool(scores.get("answered", 1.0))


def _question(row: Mapping[str, Any], answer: Mapping[str, Any] | None) -> str:
    scores = ", ".join(f"{name} {value:.2f}".rstrip("0").rstrip(".") for name, value in row["scores"].items())
    words = "".join(f"<p>{escape(text)}</p>" for text in row["words"])
    parts = [
        f"<h3>What answers</h3><blockquote><p class=dim>{escape(_gold(row))}</p>{words}</blockquote>",
        _answer(row, answer) if answer else "",
        "<h3>Found</h3><ol>" + "".join(_hit(hit, row) for hit in row["hits"][:SHOWN_HITS]) + "</ol>",
        f"<p class=dim>{escape(scores)}</p>",
    ]
    asked = f"<span class=dim>{escape(row['qid'])}</span><span class=asked>{escape(row['question'])}</span>"
    chips = "".join(f"<span class='chip {tone}'>{escape(text)}</span>" for tone, text in _chips(row, answer))
    return f"<details class=q><summary>{asked}{chips}</summary><div>{''.join(parts)}</div></details>"


def _chips(row: Mapping[str, Any], answer: Mapping[str, Any] | None) -> Iterable[tuple[str, str]]:
    """The verdicts on a question, each (good or bad, words)."""
    if row["answerable"]:
        rank = row["scores"].get("rank")
        yield ("good" if rank == 1 else "bad"), f"found at {rank}" if rank else "not found"
    if answer is not None:
        yield (
            ("bad" if answer["abstained"] == row["answerable"] else "good"),
            ("silent" if answer["abstained"] else "answered"),
        )
    if wrong := sum(bool(finding["why"]) for finding in row.get("trial", ())):
        yield "bad", f"{wrong} at fault"


def _gold(row: Mapping[str, Any]) -> str:
    """The places that answer, in words."""
    if not row["answerable"]:
        return "Nothing: the record is silent."
    spots = [(row["file"], row["pages"]), *row["also"]]
    return "; ".join(f"{file}, page {', '.join(map(str, pages))}" for file, pages in spots)


def _answer(row: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    """The answer's paragraphs, then each citation with what is wrong with it."""
    written = _BOLD.sub(r"<b>\1</b>", escape(answer["answer"]))
    paragraphs = "".join(f"<p>{part}</p>" for part in written.split("\n\n") if part.strip())
    faults = {finding["number"]: finding["why"] for finding in row.get("trial", ())}
    quotes = [quote for claim in answer["claims"] for quote in claim["quotes"]]
    cited = "".join(
        f"<li><span{' class=gold' if _touches(quote['file'], quote['page'], quote['page'], row) else ''}>"
        f"{escape(quote['citation'])}</span> <span class=why>{escape(faults.get(number, ''))}</span></li>"
        for number, quote in enumerate(quotes, 1)
    )
    return f"<h3>Answer</h3><blockquote>{paragraphs}</blockquote>" + (f"<ol class=dim>{cited}</ol>" if cited else "")


def _hit(hit: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    right = _touches(hit["file"], hit.get("first_page") or hit["page"], hit["end_page"] or hit["page"], row)
    words = hit["text"].split()
    text = " ".join(words[:SHOWN_WORDS]) + (" …" if len(words) > SHOWN_WORDS else "")
    style = " class=gold" if right else ""
    return (
        f"<li><span{style}>{escape(hit['citation'] or hit['file'])}</span> <span class=dim>{escape(text)}</span></li>"
    )


def _touches(file: str, first: int | None, last: int | None, row: Mapping[str, Any]) -> bool:
    """Whether the pages from `first` to `last` have one that answers."""
    gold = {(name, page) for name, pages in [(row["file"], row["pages"]), *row["also"]] for page in pages}
    return first is not None and any((file, page) in gold for page in range(first, (last or first) + 1))


def _settings(settings: Mapping[str, Any], path: str = "") -> str:
    lines = []
    for name, value in settings.items():
        if isinstance(value, dict):
            lines.append(_settings(value, f"{path}{name}."))
        else:
            lines.append(f"<tr><td>{escape(path + name)}</td><td>{escape(str(value))}</td></tr>")
    return "".join(lines) if path else f"<table>{''.join(lines)}</table>"
