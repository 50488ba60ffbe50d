"""The command line. Answers go to stdout, progress and messages to stderr; `--json` prints one JSON object.

Exit codes: 0 done, 1 something failed and is named, 2 usage. An error of ours is one line; a traceback is our bug.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from api import show
from api.wire import as_json, listing_json
from corpus.errors import BadCorrection, PinciteError
from rag.library import Library, open_library
from rag.model import BuildReport, Filters, Progress
from rag.settings import Settings, read_settings

app = typer.Typer(
    name="pincite",
    help="Question a court record and get answers in the record's own words, verified and pin-cited.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
SAMPLE = Path(__file__).resolve().parents[1] / "corpus" / "sample" / "pdfs"
out = Console()
err = Console(stderr=True)

Home = Annotated[
    Path | None, typer.Option("--home", help="Where the library lives (default PINCITE_HOME, else .pincite).")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")]
Matter = Annotated[list[str] | None, typer.Option("--matter", help="Only filings of this matter.")]
Court = Annotated[list[str] | None, typer.Option("--court", help="Only this court, by courts-db id (scotus, ca9 …).")]
Kind = Annotated[list[str] | None, typer.Option("--kind", help="Only this kind of filing (brief, opinion, order …).")]
Side = Annotated[list[str] | None, typer.Option("--side", help="Only filings of this side (plaintiff, appellee …).")]
Filer = Annotated[list[str] | None, typer.Option("--filer", help="Only filings of this filer.")]
Writing = Annotated[list[str] | None, typer.Option("--writing", help="Only this writing (majority, dissent …).")]
After = Annotated[str | None, typer.Option("--filed-after", help="Filed on this date or later (YYYY-MM-DD).")]
Before = Annotated[str | None, typer.Option("--filed-before", help="Filed on this date or earlier (YYYY-MM-DD).")]
Within = Annotated[
    list[str] | None, typer.Option("--filing", help="Only this filing: id, its beginning, or file name.")
]


def main() -> None:
    """The `pincite` command: runs it, and turns our errors into one line and exit code 1."""
    try:
        app()
    except PinciteError as error:
        err.print(f"{type(error).__name__}: {error}", style="red", markup=False, highlight=False)
        sys.exit(1)


@app.command()
def demo(
    home: Home = None,
    host: Annotated[str, typer.Option(help="Address to serve on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to serve on.")] = 8000,
) -> None:
    """Build the sample docket if needed, serve the web page, print its URL."""
    settings = _settings(home)
    with _writing(settings) as (library, models):
        _build(library, models, settings, [SAMPLE], "Sample docket: Tarnwick v. Velkane")
        _serve(library, models, settings, host, port)


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="PDF files, and folders of them.", exists=True)],
    matter: Annotated[str | None, typer.Option("--matter", help="File them under this matter.")] = None,
    home: Home = None,
    as_json_: AsJson = False,
) -> None:
    """Read PDFs into the library. A file that is already there is left as it is."""
    settings = _settings(home)
    with _writing(settings) as (library, models):
        report = _build(library, models, settings, paths, matter)
    if as_json_:
        _print_json(as_json(report))
    else:
        _say_report(report)
    if report.failed:
        raise typer.Exit(1)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help='Words, a citation, or a "quoted phrase".')],
    k: Annotated[int, typer.Option("--k", min=1, max=200, help="How many passages.")] = 10,
    home: Home = None,
    as_json_: AsJson = False,
    matter: Matter = None,
    court: Court = None,
    kind: Kind = None,
    side: Side = None,
    filer: Filer = None,
    writing: Writing = None,
    filed_after: After = None,
    filed_before: Before = None,
    filing: Within = None,
) -> None:
    """Find the passages that answer, each with its page, lines, speaker and citation."""
    from rag.retrieve import retrieve

    settings = _settings(home)
    with _reading(settings) as library:
        given = (matter, court, kind, side, filer, writing, filed_after, filed_before, filing)
        filters = _filters(library, *given)
        found = retrieve(query, library, _models(settings), settings, k=k, filters=filters)
    if as_json_:
        _print_json({"query": query, **as_json(found)})
    else:
        show.show_hits(out, query, found.hits)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="A question, in your own words.")],
    conversation: Annotated[
        str | None, typer.Option("--conversation", help='Go on with this conversation; "new" begins one.')
    ] = None,
    show_prompt: Annotated[
        bool, typer.Option("--show-prompt", help="Print what a chat model would be sent, and ask nothing.")
    ] = False,
    home: Home = None,
    as_json_: AsJson = False,
    matter: Matter = None,
    court: Court = None,
    kind: Kind = None,
    side: Side = None,
    filer: Filer = None,
    writing: Writing = None,
    filed_after: After = None,
    filed_before: Before = None,
    filing: Within = None,
) -> None:
    """Answer a question in the filings' own words, every quotation checked and cited."""
    from rag import pipeline

    settings = _settings(home)
    with _reading(settings) as library:
        given = (matter, court, kind, side, filer, writing, filed_after, filed_before, filing)
        filters, models = _filters(library, *given), _models(settings)
        if show_prompt:
            for role, text in pipeline.prompt(
                question, library=library, models=models, settings=settings, filters=filters
            ):
                sys.stdout.write(f"--- {role}\n{text}\n")
            return
        answer = pipeline.ask(
            question,
            library=library,
            models=models,
            settings=settings,
            filters=filters,
            conversation_id=conversation,
        )
    if as_json_:
        _print_json(as_json(answer))
    else:
        show.show_answer(out, answer)


@app.command()
def filings(
    limit: Annotated[int, typer.Option(min=1, help="How many to list.")] = 1000,
    home: Home = None,
    as_json_: AsJson = False,
    matter: Matter = None,
    court: Court = None,
    kind: Kind = None,
    side: Side = None,
    filer: Filer = None,
    writing: Writing = None,
    filed_after: After = None,
    filed_before: Before = None,
    filing: Within = None,
) -> None:
    """List the filings of the library."""
    with _reading(_settings(home)) as library:
        given = (matter, court, kind, side, filer, writing, filed_after, filed_before, filing)
        filters = _filters(library, *given)
        rows = [listing_json(listing) for listing in library.catalog.listings(filters, limit=limit)]
        total = library.catalog.count(filters)
    if as_json_:
        _print_json({"filings": rows, "total": total})
    else:
        show.show_filings(out, rows)
        err.print(f"{total} filings", style="dim")


@app.command(name="show")
def show_one(
    filing: Annotated[str, typer.Argument(help="A filing: id, its beginning, or file name.")],
    corrections: Annotated[
        list[str] | None, typer.Option("--set", help="Correct a fact: --set side=appellant; --set judge= empties it.")
    ] = None,
    home: Home = None,
    as_json_: AsJson = False,
) -> None:
    """Show what was read off one filing, or correct it; a correction survives being read again."""
    settings = _settings(home)
    if corrections:
        changes = dict(_assignment(text) for text in corrections)
        with _writing(settings) as (library, _):
            listing = library.correct(library.catalog.resolve(filing), changes)
    else:
        with _reading(settings) as library:
            listing = library.catalog.listing(library.catalog.resolve(filing))
    if as_json_:
        _print_json(listing_json(listing))
    else:
        show.show_filing(out, listing_json(listing))


@app.command()
def remove(
    filing: Annotated[str, typer.Argument(help="A filing: id, its beginning, or file name.")],
    home: Home = None,
    as_json_: AsJson = False,
) -> None:
    """Remove a filing from the library and every index. The PDF you gave stays where it is."""
    with _writing(_settings(home)) as (library, _):
        filing_id = library.catalog.resolve(filing)
        file = library.catalog.listing(filing_id).file
        library.remove(filing_id)
    if as_json_:
        _print_json({"removed": filing_id, "file": file})
    else:
        err.print(f"Removed {file} ({filing_id}).", highlight=False)


@app.command()
def reindex(home: Home = None, as_json_: AsJson = False) -> None:
    """Build the indexes anew from the catalog: PDFs are not read again, only what changed is embedded."""
    from rag.pipeline import rebuild

    settings = _settings(home)
    with _writing(settings, agreeing=False) as (library, models), _bars() as progress:
        report = rebuild(library, models, settings, progress=progress)
    if as_json_:
        _print_json(as_json(report))
    else:
        _say_report(report)


@app.command()
def doctor(home: Home = None, as_json_: AsJson = False) -> None:
    """Check the models, the indexes, the disk and the settings; say what to do where something is wrong."""
    from rag.doctor import examine

    settings = _settings(home)
    checks = examine(settings)
    if as_json_:
        _print_json({"checks": [as_json(check) for check in checks], "settings": _public(settings)})
    else:
        show.show_checks(out, checks)
    if any(not check.ok for check in checks):
        raise typer.Exit(1)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address; all but loopback need PINCITE_API_KEY.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to serve on.")] = 8000,
    home: Home = None,
) -> None:
    """Serve the web page and the HTTP interface."""
    settings = _settings(home)
    with _writing(settings) as (library, models):
        _serve(library, models, settings, host, port)


@app.command()
def mcp(home: Home = None) -> None:
    """Serve the library to an assistant on stdin and stdout (Model Context Protocol). Needs the extra `mcp`."""
    from api.app import make_desk
    from api.mcp import serve_stdio

    settings = _settings(home)
    with _writing(settings) as (library, models):
        serve_stdio(make_desk(settings, library, models))


@app.command(
    name="eval", context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
)
def evaluate(context: typer.Context) -> None:
    """Measure retrieval and answers: run, compare, report … (`pincite eval --help`)."""
    from evals.cli import app as evals_app  # loaded only when asked for: it brings the measures' libraries

    evals_app(args=context.args or ["--help"], prog_name="pincite eval")


def _settings(home: Path | None) -> Settings:
    return read_settings(os.environ, home=home)


def _filters(
    library: Library,
    matter: list[str] | None,
    court: list[str] | None,
    kind: list[str] | None,
    side: list[str] | None,
    filer: list[str] | None,
    writing: list[str] | None,
    filed_after: str | None,
    filed_before: str | None,
    filing: list[str] | None,
) -> Filters:
    """The options as Filters; filings by their ids."""
    return Filters(
        matter=tuple(matter or ()),
        court=tuple(court or ()),
        kind=tuple(kind or ()),
        side=tuple(side or ()),
        filer=tuple(filer or ()),
        writing=tuple(writing or ()),
        filed_after=filed_after,
        filed_before=filed_before,
        filing_ids=tuple(library.catalog.resolve(name) for name in filing or ()),
    )


def _models(settings: Settings) -> Any:
    from rag.models import load_models

    return load_models(settings)


@contextmanager
def _reading(settings: Settings) -> Iterator[Library]:
    """The library, opened to be asked."""
    library = open_library(settings)
    try:
        yield library
    finally:
        library.close()


@contextmanager
def _writing(settings: Settings, *, agreeing: bool = True) -> Iterator[tuple[Library, Any]]:
    """The library, opened by its one writer, and the models; with `agreeing` off, indexes may be out of step."""
    models = _models(settings)
    library = open_library(settings, models.embedder, write=True, agreeing=agreeing)
    try:
        yield library, models
    finally:
        library.close()


def _build(library: Library, models: Any, settings: Settings, paths: list[Path], matter: str | None) -> BuildReport:
    from rag.pipeline import build

    with _bars() as progress:
        return build(paths, library, models, settings, matter=matter, progress=progress)


@contextmanager
def _bars() -> Iterator[Callable[[Progress], None]]:
    """A line on stderr that follows a long step: filings done, pages and passages a second, time left."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[left]}"),
    )
    with Bar(*columns, console=err, transient=True) as bar:
        task = bar.add_task("reading", total=None, rate="", left="")

        def follow(progress: Progress) -> None:
            seconds = max(progress.seconds, 0.001)
            left = "" if progress.seconds_left is None else f"{progress.seconds_left:.0f} s left"
            rate = f"{progress.pages / seconds:.0f} pages/s, {progress.passages / seconds:.0f} passages/s"
            bar.update(
                task, completed=progress.filings, total=progress.of, description=progress.stage, rate=rate, left=left
            )

        yield follow


def _say_report(report: BuildReport) -> None:
    """What an ingest did, on stderr; each file that failed in one line."""
    for failure in report.failed:
        line = f"{failure.path}: {failure.error}: {failure.message}"
        err.print(line, style="red", markup=False, highlight=False, soft_wrap=True)
    for note in report.notes:
        err.print(note, style="yellow", markup=False, highlight=False, soft_wrap=True)
    err.print(
        f"{report.ingested} ingested, {report.unchanged} unchanged, {len(report.failed)} failed: "
        f"{report.pages} pages, {report.passages} passages in {report.seconds:.1f} s.",
        highlight=False,
    )


def _serve(library: Library, models: Any, settings: Settings, host: str, port: int) -> None:
    """Serve until interrupted; the address is checked before anything listens."""
    from api.app import create_app, settle
    from api.guard import check_address

    check_address(host, settings)
    import uvicorn

    app = create_app(settings, library, models)
    settle(app)
    err.print(f"Pincite is at http://{host}:{port}/  (stop with Ctrl-C)", highlight=False)
    uvicorn.run(app, host=host, port=port, log_level="warning")


def _assignment(text: str) -> tuple[str, str | None]:
    """Read "side=appellant" as a pair; an empty value is None. Raises BadCorrection."""
    name, equals, value = text.partition("=")
    if not equals:
        raise BadCorrection(f"--set {text!r}: write field=value")
    return name.strip(), value.strip() or None


def _public(settings: Settings) -> dict[str, Any]:
    """The settings without their secrets."""
    plain: dict[str, Any] = json.loads(json.dumps(as_json(settings), default=str))
    return {name: value for name, value in plain.items() if name not in ("api_key", "chat_api_key")}


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")
