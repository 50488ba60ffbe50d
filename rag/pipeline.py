"""The product on one page: PDFs become a library, a question becomes a cited answer.

build(paths) -> BuildReport    read, split, embed, commit, index; once a filing
rebuild()    -> BuildReport    split and embed what changed, make the indexes anew; no PDF is read again
ask(question) -> Answer        follow up, retrieve, gather, weigh, answer; every quotation verified, or silence
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.model import Filing
from corpus.passages import split_passages
from corpus.workers import Limits, Read, read_ahead, read_filing, read_filings
from rag.abstain import counted, silence, weigh
from rag.answer import COMPOSED, Drafted, compose_answer, draft_answer
from rag.cast import set_cast
from rag.chat import standalone
from rag.compose import Draft, pieces
from rag.front import front, named_case
from rag.gather import Search, case_key, gather
from rag.ingest import INDEX_PASSAGES, Resplit, Split, Tally, Watch, batches, choose, keep_missing, store
from rag.library import Library
from rag.model import Answer, BuildReport, Filters, Found, Hit, Listing, Question, Step, Turn
from rag.models import Models
from rag.premise import contradiction
from rag.question import read_question
from rag.retrieve import Stopwatch, is_one_case, retrieve
from rag.sentences import Candidate, candidates
from rag.settings import Settings
from rag.unfiled import is_unfiled
from rag.written import prompt_for

ASK_K = 16  # passages retrieved for an answer
CASE_FILINGS = 200  # looked at to see who the parties are
SOURCES = 10  # of them that travel with it

SILENT = Drafted(Draft((), (), ""), COMPOSED)

Steps = Callable[[Step], None]


def build(
    paths: Sequence[Path],
    library: Library,
    models: Models,
    settings: Settings,
    *,
    matter: str | None = None,
    progress: Watch | None = None,
    read: Read = read_filing,
) -> BuildReport:
    """Bring PDFs, and folders of them, into the library; what is there already is left as it is.

    Filings are read in worker processes while this one embeds. Each is committed whole, so nothing that was finished
    is lost if this ends early. A file that cannot be read is reported and the others go on.
    """
    library.adopt(models.embedder)
    tally = Tally(progress)
    chosen = choose(paths, library, matter, tally)
    limits = Limits(settings.page_timeout_s, settings.worker_memory_mb, settings.ocr, settings.max_pages)
    outcomes = read_filings(
        chosen,
        read,
        workers=settings.workers,
        limits=limits,
        on_page=tally.read_page,
        corrections={path: candidate.correction for path, candidate in chosen.items()},
    )
    unindexed = 0
    with read_ahead(outcomes) as coming:
        for filings in batches(coming, chosen, tally):
            store(filings, chosen, library, models.embedder, matter, tally)
            unindexed += sum(len(filing.passages) for _, filing in filings)
            if unindexed >= INDEX_PASSAGES:
                library.index_pending()
                unindexed = 0
    tally.say("index")
    library.index_pending()
    return tally.report()


def rebuild(
    library: Library,
    models: Models,
    settings: Settings,
    *,
    progress: Watch | None = None,
    split: Split = split_passages,
) -> BuildReport:
    """Split every filing anew from the catalog, embed what no vector is kept for, and make the indexes anew.

    No PDF is read. Searches use the old passages until the new take their place, all at once. If this ends early, the
    vectors made so far are kept, and the next call goes on from there.
    """
    tally = Tally(progress, of=library.catalog.count())
    resplit = Resplit(library.catalog, models.embedder, split)
    for named in resplit.named():
        keep_missing(named, library, models.embedder, tally)
    tally.say("index")
    library.replace_passages(resplit, models.embedder)
    return tally.report()


def ask(
    question: str,
    *,
    library: Library,
    models: Models,
    settings: Settings,
    filters: Filters | None = None,
    conversation_id: str | None = None,
    progress: Steps | None = None,
) -> Answer:
    """Answer `question` from the filings' own words; every quotation is verified, and silence is an answer.

    With a `conversation_id` earlier turns are read for what the question leaves out, and this turn is kept; "new"
    begins a conversation. Raises UnknownConversation, BadFilter, IndexMismatch.
    """
    say, clock, allowed = progress or _unwatched, Stopwatch(), filters or Filters()
    conversation_id, turns = _conversation(conversation_id, library, allowed)
    asked = read_question(standalone(question, turns, models.chat))
    clock.lap("follow_up")
    say(Step("searching", f"Searching {_searched(library, allowed)} filings"))
    asked, found, case, hits = _find(asked, library, models, settings, allowed)
    one_case = library_is_one_case(library)
    clock.lap("retrieve")
    say(Step("found", f"Found {len(hits)} passages", len(hits)))
    filings = _filings(hits, library)
    say(Step("reading", f"Reading {len(filings)} filings", len(filings)))
    ranked = candidates(asked, hits, filings, models)
    drafted = SILENT
    told = front(asked, _whole_case(asked, case, allowed, library, one_case=one_case), library.catalog.filing)
    if told:
        drafted = compose_answer(asked, told, settings, same_case=one_case)
    elif told is None and is_answerable(asked, found, ranked, case, library, one_case=one_case):
        drafted = draft_answer(asked, hits, ranked, filings, models, settings, same_case=one_case)
    draft = drafted.draft
    for claim, piece in zip(draft.claims, pieces(draft), strict=True):
        say(Step("claim", claim.text, claim=claim, piece=piece))
    clock.lap("answer")
    answer = Answer(
        question=question,
        standalone_question=asked.text,
        conversation_id=conversation_id,
        abstained=not draft.claims,
        answer=draft.text or drafted.against or silence(hits or found.hits, _searched(library, allowed)),
        claims=draft.claims,
        positions=draft.positions,
        sources=_sources(hits or found.hits, drafted.hit),
        model=drafted.model,
        warnings=drafted.warnings,
        timings_ms=clock.laps,
    )
    if conversation_id is not None:
        library.conversations.add_turn(conversation_id, _turn(answer))
    say(Step("answered", answer.answer))
    return answer


def is_answerable(
    asked: Question,
    found: Found,
    ranked: Sequence[Candidate],
    case: Sequence[Listing],
    library: Library,
    *,
    one_case: bool,
) -> bool:
    """Whether the record answers: not where the search found too little, nor where the paper asked of was not filed. In
    one case's record a false premise is worth an answer that says so."""
    silent = weigh(asked, found, ranked, one_case=one_case).abstain and not (one_case and contradiction(asked, ranked))
    return not silent and not is_unfiled(asked, case, library.catalog.filing)


def prompt(
    question: str, *, library: Library, models: Models, settings: Settings, filters: Filters | None = None
) -> list[tuple[str, str]]:
    """The exact messages a chat model would be sent for `question`, as (role, text)."""
    asked, _, _, hits = _find(read_question(question), library, models, settings, filters or Filters())
    return prompt_for(asked, hits, passages=settings.chat_passages)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a question is weighed by: itself as read against the record, what was found, and the sentences, best
    first."""

    question: Question
    found: Found
    ranked: Sequence[Candidate]


def look(question: str, library: Library, models: Models, settings: Settings, filters: Filters) -> Seen:
    """What `ask` sees before it decides to answer: for those who measure that decision."""
    asked, found, _, hits = _find(read_question(question), library, models, settings, filters)
    return Seen(asked, found, candidates(asked, hits, _filings(hits, library), models))


def _find(
    asked: Question, library: Library, models: Models, settings: Settings, filters: Filters
) -> tuple[Question, Found, list[Listing], tuple[Hit, ...]]:
    """The question read against the record, what a search brings, the filings of the case, and the hits to answer
    from."""
    found = retrieve(asked.text, library, models, settings, k=ASK_K, filters=filters)
    case = _case_listings(found.hits, library)
    asked = set_cast(asked, case)
    return asked, found, case, gather(asked, found.hits, _plainly(library, models, settings), filters)


def _filings(hits: Sequence[Hit], library: Library) -> dict[str, Filing]:
    """The filings that hits stand in, by id."""
    return {key: library.catalog.filing(key) for key in dict.fromkeys(hit.filing.id for hit in hits)}


def _sources(hits: Sequence[Hit], first: Hit | None) -> tuple[Hit, ...]:
    """The hits that travel with the answer, the one it rests on first."""
    rest = [hit for hit in hits if first is None or hit.passage_id != first.passage_id]
    return tuple([first, *rest] if first else rest)[:SOURCES]


def library_is_one_case(library: Library) -> bool:
    """Whether all filings of the library are of one case: then citations take their same-case form."""
    return is_one_case(library.catalog.values("case_name"))


def _case_listings(hits: Sequence[Hit], library: Library) -> list[Listing]:
    """The filings of the first hit's case, among up to CASE_FILINGS of its matter and those found."""
    if not hits:
        return []
    matter = hits[0].filing.matter
    some = library.catalog.listings(Filters(matter=(matter,) if matter else ()), limit=CASE_FILINGS)
    known = {listing.id: listing for listing in some}
    more = [library.catalog.listing(key) for key in {hit.filing.id for hit in hits} - set(known)]
    case = case_key(hits[0].filing)
    refs = library.catalog.refs([*known, *(listing.id for listing in more)])
    return [one for one in (*some, *more) if case_key(refs[one.id]) == case]


def _whole_case(
    asked: Question, case: Sequence[Listing], allowed: Filters, library: Library, *, one_case: bool
) -> list[Listing]:
    """All allowed filings of the case asked about: of the one that the library is, or that filters leave, or that the
    question names; none where it names none, or asks of a kind of writing alone."""
    if allowed != Filters():
        within = {one.id for one in library.catalog.listings(allowed, limit=CASE_FILINGS)}
        return [] if allowed.writing else [one for one in case if one.id in within]
    if one_case:
        return list(case)
    name = named_case(asked.text, library.catalog.values("case_name"))
    return library.catalog.of_case(name) if name else []


def _plainly(library: Library, models: Models, settings: Settings) -> Search:
    """Retrieval without the reranker, for the voices that a first search missed."""
    bare = Models(models.embedder)
    return lambda query, filters, k: retrieve(query, library, bare, settings, k=k, filters=filters).hits


def _searched(library: Library, filters: Filters) -> str:
    """How many filings in how many courts are searched, in words."""
    courts = (
        library.catalog.values("court")
        if filters == Filters()
        else sorted(
            {listing.facts.court for listing in library.catalog.listings(filters, limit=None) if listing.facts.court}
        )
    )
    return counted(library.catalog.count(filters), len(courts))


def _conversation(conversation_id: str | None, library: Library, filters: Filters) -> tuple[str | None, list[Turn]]:
    """The conversation's id, begun where it is "new", and its turns."""
    if conversation_id == "new":
        return library.conversations.start(filters.matter[0] if filters.matter else None), []
    return conversation_id, library.conversations.turns(conversation_id) if conversation_id else []


def _turn(answer: Answer) -> Turn:
    """The exchange as it is kept."""
    ids = dict.fromkeys(quote.filing_id for claim in answer.claims for quote in claim.quotes)
    return Turn(answer.question, answer.standalone_question, json.dumps(asdict(answer), ensure_ascii=False), tuple(ids))


def _unwatched(_: Step) -> None:
    """Nobody watches."""
