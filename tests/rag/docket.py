"""A small docket made by hand: a motion, an opposition, an order and an opinion, sentence by sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Box, Facts, Filing, Line, Page, Paragraph, Passage, Sentence, Speaker, Writing, WritingKind
from rag.model import FilingRef, Hit

DEFENDANTS = Speaker("defendant", "Defendants")
PLAINTIFFS = Speaker("plaintiff", "Plaintiffs")
COURT = Speaker("court", "Thornbury, J.")
MAJORITY = Speaker("court", "Oyelaran, J.")
DISSENTER = Speaker("court", "Brandt, J.")


@dataclass(frozen=True)
class Said:
    """A sentence to be put on a page of its own."""

    text: str
    speaker: Speaker
    restates: Speaker | None = None
    holding: bool = False
    writing: WritingKind | None = None


def filing(key: str, facts: Facts, said: Sequence[Said]) -> Filing:
    """A filing of these sentences: each a paragraph, a line, a page and a passage."""
    text, lines, pages, sentences, passages = "", [], [], [], []
    kinds = list(dict.fromkeys(s.writing for s in said if s.writing))
    spans: dict[WritingKind, list[int]] = {}
    for number, one in enumerate(said, 1):
        start, text = len(text), text + one.text + "\n"
        end = len(text) - 1
        lines.append(Line(start, end, number, Box(number, 0.1, 0.2, 0.9, 0.22), number))
        pages.append(Page(number, start, len(text), 612, 792, str(number)))
        sentences.append(Sentence(start, end, one.speaker, one.restates, one.holding))
        writing = kinds.index(one.writing) if one.writing else None
        passages.append(
            Passage(
                f"{key}:{number - 1}",
                number - 1,
                start,
                end,
                one.text,
                number,
                number,
                (),
                one.speaker,
                one.restates,
                writing,
            )
        )
        if one.writing:
            spans.setdefault(one.writing, [start, number])[2:] = [len(text), number]
    writings = tuple(Writing(kind, None, a, c, b, d) for kind, (a, b, c, d) in spans.items())
    return Filing(
        id=key,
        file=f"{key}.pdf",
        facts=facts,
        text=text,
        body_end=len(text),
        pages=tuple(pages),
        lines=tuple(lines),
        paragraphs=tuple(Paragraph(line.start, line.end) for line in lines),
        sentences=tuple(sentences),
        passages=tuple(passages),
        writings=writings,
    )


def hits(filings: Sequence[Filing]) -> list[Hit]:
    """Every passage of `filings` as a hit, ranked as they stand."""
    made: list[Hit] = []
    for one in filings:
        facts = one.facts
        ref = FilingRef(
            one.id,
            facts.title,
            one.file,
            facts.kind,
            facts.court,
            facts.docket,
            facts.entry,
            facts.side,
            facts.filer,
            facts.date,
            facts.case_name,
        )
        for passage in one.passages:
            rank = len(made) + 1
            made.append(
                Hit(
                    rank=rank,
                    score=1.0 / rank,
                    passage_id=passage.id,
                    text=passage.text,
                    citation=f"{one.file} at {passage.page}",
                    filing=ref,
                    page=passage.page,
                    page_label=str(passage.page),
                    ecf_page=None,
                    lines=None,
                    end_page=passage.end_page,
                    section=(),
                    writing=one.writings[passage.writing].kind if passage.writing is not None else None,
                    speaker=passage.speaker,
                    restates=passage.restates,
                    footnote=None,
                    boxes=(),
                    start=passage.start,
                    end=passage.end,
                )
            )
    return made


CASE = "Tarnwick Messaging, Inc. v. Velkane Systems Ltd."
MOTION = filing(
    "motion",
    Facts(
        title="MOTION TO DISMISS",
        case_name=CASE,
        court="cand",
        kind="motion",
        side="defendant",
        filer="Velkane Systems Ltd.",
        entry="24",
    ),
    [
        Said(
            "Under the common law a private agent shares the immunity of the sovereign whose orders it carries out.",
            DEFENDANTS,
        ),
        Said(
            "Where a message happens to pass through a server is an accident of engineering, not an act aimed at a forum.",
            DEFENDANTS,
        ),
    ],
)
OPPOSITION = filing(
    "opposition",
    Facts(
        title="OPPOSITION",
        case_name=CASE,
        court="cand",
        kind="opposition",
        side="plaintiff",
        filer="Tarnwick",
        entry="31",
    ),
    [
        Said(
            "Congress replaced the common law of entity immunity with a statute, and no private agent meets its terms.",
            PLAINTIFFS,
        )
    ],
)
ORDER = filing(
    "order",
    Facts(title="ORDER", case_name=CASE, court="cand", kind="order", entry="61"),
    [
        Said(
            "Defendants contend that a private agent shares the immunity of the sovereign whose orders it obeys.",
            COURT,
            DEFENDANTS,
        ),
        Said(
            "The Court rejects the claim that a private agent shares the common-law immunity of a sovereign.",
            COURT,
            holding=True,
        ),
        Said(
            "To be licensed by a government is to be regulated by it, and regulation confers no immunity on an agent.",
            COURT,
        ),
    ],
)
OPINION = filing(
    "opinion",
    Facts(case_name=CASE, court="ca9", docket="23-90882", kind="opinion"),
    [
        Said(
            "We hold that the statute leaves no common-law immunity to a private agent of a foreign sovereign.",
            MAJORITY,
            holding=True,
            writing="majority",
        ),
        Said(
            "I would hold that the common-law immunity of a private agent survives outside the statute, and I would remand.",
            DISSENTER,
            writing="dissent",
        ),
    ],
)
DOCKET = (MOTION, OPPOSITION, ORDER, OPINION)
