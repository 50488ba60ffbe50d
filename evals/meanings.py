"""What each measure says, in one line for people: by group, the most telling first.

The definitions stand with the code that takes them: evals/measures.py, evals/answers.py, evals/judge.py.
A name in LOWER is better the smaller it is.
"""

from __future__ import annotations

from collections.abc import Mapping

MEANINGS: Mapping[str, Mapping[str, str]] = {
    "Finding the page": {
        "page_hit@1": "the first place found touches a page that answers",
        "page_hit@3": "one of the first three does",
        "page_hit@5": "one of the first five does",
        "page_hit@10": "one of the first ten does",
        "document_hit@1": "the first place is in a filing that answers",
        "opened_page@1": "the first passage opens on a page that answers",
        "opened_page@3": "one of the first three does",
        "opened_page@5": "one of the first five does",
        "opened_page@10": "one of the first ten does",
        "nDCG@10": "pages that answer, weighed by how early they come",
        "RR@10": "one over the rank of the first page that answers",
        "R@10": "of the pages that answer, those among the first ten",
        "rank": "of the first right place, where there is one",
    },
    "Answering": {
        "answered": "of questions that the record answers, those answered",
        "lead_on_gold": "one of the first two quotations begins on a page that answers",
        "gold_words": "of the words that answer, those quoted",
        "gold_speaker": "the quotation with them names their speaker",
        "silence_recall": "of questions that the record does not answer, those left unanswered",
        "silence_precision": "of questions left unanswered, those that the record does not answer",
    },
    "Quoting and citing": {
        "verbatim": "of quotations called verified, those in the PDF word for word",
        "page_right": "of those, the ones that begin on the page cited",
        "unverified": "of quotations, those that the answer itself calls unverified",
        "citation_recall": "of claims, those whose words all stand on the pages cited",
        "citation_precision": "of citations, those that their claim needs",
        "judged_recall": "of claims, those that a judge finds borne out by the pages cited",
        "judged_precision": "of citations, those that a judge finds their claim needs",
    },
    "Who speaks": {
        "speaker": "of quotations, those with the right speaker",
        "unmarked": "of quotations that report another's view, those that do not say so",
        "false_holding": "of claims shown as what a court decides, those that no court decided",
    },
    "Cost": {
        "tokens_in": "read by a chat model for one answer",
        "tokens_out": "written by it",
    },
}
LOWER = frozenset(["rank", "unverified", "unmarked", "false_holding", "tokens_in", "tokens_out"])


def by_group(names: Mapping[str, object]) -> dict[str, dict[str, str]]:
    """The measures among `names` with their meanings, by group, in order; those nobody described come last."""
    found = {group: {name: says for name, says in of.items() if name in names} for group, of in MEANINGS.items()}
    known = {name for of in found.values() for name in of}
    found["Others"] = {name: "" for name in names if name not in known}
    return {group: of for group, of in found.items() if of}
