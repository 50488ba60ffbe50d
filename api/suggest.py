"""Questions to begin with: those written for the sample docket, else what the library's own filings suggest."""

from __future__ import annotations

from collections.abc import Iterable

from rag.model import Listing

SAMPLE_DOCKETS = frozenset(["4:23-cv-90417-AMT", "23-90882"])
SAMPLE_QUESTIONS = (
    "On what basis did the defendants claim immunity, and did the court accept it?",
    "Why does the dissent say that Halkbank changes the law?",
    "What did Mr. Elering admit about the three demonstrations?",
    "How do the plaintiffs answer the argument from Butters?",
    "What does the United States say about immunity of private contractors?",
    "How many devices were reached, and how many under Level 3 assistance?",
)
MOST = 6
# kinds of filing that a question can be asked of, the most telling first
OF_KIND = (
    ("opinion", "What did the court hold in {name}, and why?"),
    ("order", "What did the court decide in its order of {date}, and why?"),
    ("motion", "On what grounds does {filer} move?"),
    ("opposition", "How does {filer} answer the motion?"),
    ("brief", "What are the main arguments of {filer}?"),
    ("amicus_brief", "What do the amici ask the court to consider?"),
    ("complaint", "What does {filer} allege?"),
    ("petition", "What question does {filer} present?"),
    ("reply", "What does {filer} say in reply?"),
    ("declaration", "What does the declarant say happened?"),
    ("transcript", "What was said at the hearing?"),
)


def suggestions(listings: Iterable[Listing]) -> list[str]:
    """Up to MOST questions for these filings, each of another kind; none for none."""
    known = list(listings)
    if any(one.facts.docket in SAMPLE_DOCKETS for one in known):
        return list(SAMPLE_QUESTIONS)
    found = []
    for kind, form in OF_KIND:
        of_kind = [one for one in known if one.facts.kind == kind]
        if question := next(filter(None, (_filled(form, one) for one in of_kind)), None):
            found.append(question)
        if kind == "opinion" and any(w.kind == "dissent" for one in of_kind for w in one.writings):
            found.append("On what does the dissent part from the majority?")
    return found[:MOST]


def _filled(form: str, one: Listing) -> str | None:
    """The question about this filing; None where a fact it needs was not read."""
    facts = {"name": one.facts.case_name, "date": one.facts.date, "filer": one.facts.filer}
    if any(f"{{{key}}}" in form and not value for key, value in facts.items()):
        return None
    return form.format(**facts)
