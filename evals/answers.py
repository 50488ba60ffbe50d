"""What is measured of one answer, and why it was scored so.

    trial(judgment, answer, sheets, key)          -> [Finding], one a quotation, for people to read
    answer_scores(judgment, answer, sheets, key)  -> {measure: number}

Silence.   silence_recall     of questions that the record does not answer, those abstained from
           silence_precision  of abstentions, those from such questions
           answered           of questions that the record answers, those answered
Gold.      gold_words         of the judgment's words, the strings that stand whole within a quotation of the answer
           lead_on_gold       one of the first two quotations begins on a gold page
           gold_speaker       the quotation with gold words names as its speaker whose words they are
Quotes.    verbatim           of quotations called verified, those that pdfium reads word for word anywhere in the PDF
           page_right         of those it reads, the ones that begin on the page the citation gives
           unverified         of all quotations, those the answer itself calls unverified
Citation.  citation_recall    of claims, those whose quoted strings all stand on the pages that the claim cites
           citation_precision of a claim's citations, those that support it alone, or without which it is unsupported
           Source: ALCE (Gao, Yen, Yu and Chen, EMNLP 2023), with standing on the page in place of an entailment model.
Voices.    speaker            of quotations that the key knows, those with the right role, and writing where it has one
           unmarked           of those that restate somebody's view, the ones whose quotation does not say so
           false_holding      of claims shown as what a court decides, those whose words are an advocate's, a restated
                              view, or a separate writing's
Judged.    judged_recall, judged_precision   the two of Citation with a chat model as judge, if asked (evals/judge.py)
Cost.      tokens_in, tokens_out   what a chat model read and wrote for the answer; 0 without one, absent of a server
A measure is absent where it has nothing to count. Quotations from pages without any text are not judged verbatim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.datasets import Judgment
from evals.keys import Key, Said
from evals.sheets import Sheets, words

DECIDING = ("holds", "accepts", "rejects")  # stances that present a claim as what a court decides
APART = ("syllabus", "dissent", "concurrence", "concurrence_in_part", "plurality")  # writings that decide nothing
LEADING = 2
_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"")
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """One quotation on trial. None: it could not be judged. `stands` are the pages on which its words begin."""

    number: int
    verified: bool
    stands: tuple[int, ...] | None
    page_right: bool | None
    on_gold: bool
    gold_words: bool
    speaker_right: bool | None
    unmarked: bool | None
    false_holding: bool | None
    why: str


def trial(judgment: Judgment, answer: Json, sheets: Sheets, key: Key | None) -> list[Finding]:
    """Every quotation of the answer, in order."""
    stances = {number: position for position in answer["positions"] for number in position["claims"]}
    quotes = [(quote, stances.get(n)) for n, claim in enumerate(answer["claims"]) for quote in claim["quotes"]]
    return [_try(n, quote, position, judgment, sheets, key) for n, (quote, position) in enumerate(quotes, 1)]


def answer_scores(judgment: Judgment, answer: Json, sheets: Sheets, key: Key | None) -> dict[str, float]:
    """The measures of one answer."""
    findings = trial(judgment, answer, sheets, key)
    return (
        dict(_silence(judgment, answer))
        | dict(_gold(judgment, answer, findings, key))
        | dict(_quotes(answer, findings, sheets))
    )


def _silence(judgment: Judgment, answer: Json) -> Iterator[tuple[str, float]]:
    if judgment.answerable:
        yield "answered", float(not answer["abstained"])
    else:
        yield "silence_recall", float(answer["abstained"])
    if answer["abstained"]:
        yield "silence_precision", float(not judgment.answerable)


def _gold(
    judgment: Judgment, answer: Json, findings: Sequence[Finding], key: Key | None
) -> Iterator[tuple[str, float]]:
    if not judgment.answerable:
        return
    quotes = [quote for claim in answer["claims"] for quote in claim["quotes"]]
    yield "lead_on_gold", float(any(finding.on_gold for finding in findings[:LEADING]))
    if judgment.words:
        yield "gold_words", _share([any(_within(text, q["text"]) for q in quotes) for text in judgment.words]) or 0.0
    carrying = [quotes[finding.number - 1] for finding in findings if finding.gold_words]
    if judgment.speaker and carrying:
        yield "gold_speaker", float(any(_whose(quote)["role"] == judgment.speaker.role for quote in carrying))


def _quotes(answer: Json, findings: Sequence[Finding], sheets: Sheets) -> Iterator[tuple[str, float]]:
    verified = [finding for finding in findings if finding.verified]
    shares = {
        "unverified": _share([not finding.verified for finding in findings]),
        "verbatim": _share([bool(finding.stands) for finding in verified if finding.stands is not None]),
        "page_right": _share([finding.page_right for finding in verified]),
        "speaker": _share([finding.speaker_right for finding in findings]),
        "unmarked": _share([finding.unmarked for finding in findings]),
        "false_holding": _share([finding.false_holding for finding in findings]),
    }
    claims = [_cited(claim, sheets) for claim in answer["claims"]]
    shares["citation_recall"] = _share([supported for supported, _ in claims])
    shares["citation_precision"] = _share([precise for _, each in claims for precise in each])
    yield from ((name, share) for name, share in shares.items() if share is not None)


def _try(
    number: int, quote: Json, position: Json | None, judgment: Judgment, sheets: Sheets, key: Key | None
) -> Finding:
    file, page, text = quote["file"], quote["page"], quote["text"]
    legible = page is None or sheets.legible(file, page)
    stands = sheets.places(file, text) if legible else None
    said = key.said(file, text, page) if key else ()
    finding = Finding(
        number=number,
        verified=quote["verified"],
        stands=stands,
        page_right=page in stands if stands else None,
        on_gold=(file, page) in judgment.places,
        gold_words=file in judgment.files and any(_within(w, text) or _within(text, w) for w in judgment.words),
        speaker_right=_speaker_right(quote, said[0]) if said else None,
        unmarked=quote["restates"] is None if any(one.restates for one in said) else None,
        false_holding=_false_holding(quote, position, said),
        why="",
    )
    return Finding(**{name: getattr(finding, name) for name in Finding.__slots__} | {"why": _why(finding, quote, said)})


def _why(finding: Finding, quote: Json, said: Sequence[Said]) -> str:
    """What is wrong with it, in words; empty where nothing is."""
    faults = []
    if not finding.verified:
        faults.append("the answer calls it unverified")
    if finding.stands is not None and not finding.stands:
        faults.append("not in the PDF word for word")
    if finding.page_right is False and finding.stands:
        faults.append(f"cited to page {quote['page']}, stands on {', '.join(map(str, finding.stands))}")
    if finding.speaker_right is False:
        faults.append(f"the speaker is {said[0].speaker.name} ({said[0].writing or said[0].speaker.role})")
    if finding.unmarked:
        faults.append(
            f"restates {', '.join(str(one.restates.name) for one in said if one.restates)}, and does not say so"
        )
    if finding.false_holding:
        faults.append("shown as what a court decides")
    return "; ".join(faults)


def _speaker_right(quote: Json, said: Said) -> bool:
    return bool(quote["speaker"]["role"] == said.speaker.role) and (
        said.writing is None or quote["writing"] == said.writing
    )


def _false_holding(quote: Json, position: Json | None, said: Sequence[Said]) -> bool | None:
    """Whether words shown as a court's decision are none; None where they are not shown so."""
    if position is None or position["stance"] not in DECIDING:
        return None
    if not said:
        return quote["writing"] in APART or (quote["restates"] or quote["speaker"])["role"] != "court"
    return any((one.restates or one.speaker).role != "court" or one.writing in APART for one in said)


def _cited(claim: Json, sheets: Sheets) -> tuple[bool, list[bool]]:
    """Whether a claim is supported by what it cites, and for each citation whether it is needed."""
    units = [a or b for a, b in _QUOTED.findall(claim["text"])] or [claim["text"]]
    backed = [{n for n, unit in enumerate(units) if _on_page(unit, quote, sheets)} for quote in claim["quotes"]]
    everything = set(range(len(units)))
    supported = bool(backed) and set.union(*backed) == everything
    needed = []
    for number, alone in enumerate(backed):
        others = set().union(*(other for n, other in enumerate(backed) if n != number))
        needed.append(supported and (alone == everything or others != everything))
    return supported, needed


def _on_page(unit: str, quote: Json, sheets: Sheets) -> bool:
    """Whether the words stand on the page cited, or, where that is a picture, in the quotation."""
    if quote["page"] is not None and sheets.legible(quote["file"], quote["page"]):
        return sheets.stands(quote["file"], quote["page"], unit)
    return bool(quote["verified"]) and _within(unit, quote["text"])


def _whose(quote: Json) -> Json:
    """The speaker whose view a quotation gives."""
    whose: Json = quote["restates"] or quote["speaker"]
    return whose


def _within(part: str, whole: str) -> bool:
    """Whether one text's words stand within the other's."""
    return f" {' '.join(_bare(part))} " in f" {' '.join(_bare(whole))} "


def _bare(text: str) -> list[str]:
    return [word.strip(".,;:()[]").lower() for word in words(text)]


def _share(values: Sequence[bool | None]) -> float | None:
    """The share of True among those that could be judged; None of none."""
    judged = [value for value in values if value is not None]
    return sum(judged) / len(judged) if judged else None
