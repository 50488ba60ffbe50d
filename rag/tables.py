"""The catalog's tables, and a database opened with the right manners.

filings        one row a filing: facts as read, corrections beside them, and the facts in force, for filters
parts          its text and structure, packed: "text", "pages", "sections" …, and "lines" a page
passages       one row a passage, with all a hit needs but its place on the page
vectors        one row a (embedder, input text), so nothing is embedded twice
conversations, turns, jobs
meta           what the home was built with, and its counters
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from corpus.errors import IndexMismatch, LibraryError

SCHEMA = "1"
IN_CHUNK = 500  # values in one IN (…), under every database's limit
# facts that are filtered, sorted or counted by
COLUMNS = ("title", "case_name", "court", "docket", "entry", "kind", "side", "filer", "date")
Item = TypeVar("Item")

tables = sa.MetaData()
meta = sa.Table(
    "meta", tables, sa.Column("key", sa.String(40), primary_key=True), sa.Column("value", sa.Text, nullable=False)
)
filings = sa.Table(
    "filings",
    tables,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("seq", sa.Integer, nullable=False, unique=True),
    sa.Column("status", sa.String(8), nullable=False, index=True),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("matter", sa.Text, index=True),
    *(sa.Column(name, sa.Text) for name in COLUMNS),
    sa.Column("facts", sa.Text, nullable=False),
    sa.Column("facts_read", sa.Text, nullable=False),
    sa.Column("corrections", sa.Text, nullable=False),
    sa.Column("body_end", sa.Integer, nullable=False),
    sa.Column("pages", sa.Integer, nullable=False),
    sa.Column("passages", sa.Integer, nullable=False),
    sa.Column("writings", sa.LargeBinary, nullable=False),
    sa.Column("warnings", sa.Text, nullable=False),
    sa.Column("added", sa.String(32), nullable=False),
)
parts = sa.Table(
    "parts",
    tables,
    sa.Column("filing_id", sa.String(16), primary_key=True),
    sa.Column("name", sa.String(12), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
)
passages = sa.Table(
    "passages",
    tables,
    sa.Column("filing_id", sa.String(16), primary_key=True),
    sa.Column("ordinal", sa.Integer, primary_key=True),
    sa.Column("vector", sa.LargeBinary(16), nullable=False, index=True),
    *(sa.Column(name, sa.Integer, nullable=False) for name in ("start", "end", "page", "end_page")),
    *(sa.Column(name, sa.Integer) for name in ("writing", "paragraph")),
    *(sa.Column(n, sa.Text) for n in ("writing_kind", "footnote", "role", "name", "restates_role", "restates_name")),
    sa.Column("headings", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)
vectors = sa.Table(
    "vectors",
    tables,
    sa.Column("key", sa.LargeBinary(16), primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
)
conversations = sa.Table(
    "conversations",
    tables,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("matter", sa.Text),
    sa.Column("started", sa.String(32), nullable=False),
)
turns = sa.Table(
    "turns",
    tables,
    sa.Column("conversation_id", sa.String(32), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("standalone_question", sa.Text, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("filing_ids", sa.Text, nullable=False),
)
jobs = sa.Table(
    "jobs",
    tables,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("progress", sa.Text, nullable=False),
    sa.Column("result", sa.Text, nullable=False),
)


def open_database(url: str) -> sa.Engine:
    """The database at `url`, its tables made where they are not. Raises LibraryError, IndexMismatch (schema)."""
    try:
        engine = sa.create_engine(url)
        sa.event.listen(engine, "handle_error", _translate)
        if engine.dialect.name == "sqlite":
            sa.event.listen(engine, "connect", _sqlite_manners)
        with engine.begin() as db:
            tables.create_all(db)
            found = db.scalar(sa.select(meta.c.value).where(meta.c.key == "schema"))
            if found is None:
                rows = {"schema": SCHEMA, "generation": "0", "next_seq": "1", "home_id": uuid.uuid4().hex[:12]}
                db.execute(sa.insert(meta), [{"key": key, "value": value} for key, value in rows.items()])
    except (sa.exc.SQLAlchemyError, ImportError) as error:
        raise LibraryError(f"the catalog cannot be opened ({error}); check home and database_url") from error
    if found not in (None, SCHEMA):
        raise IndexMismatch(f"this home was made with schema {found}, this Pincite reads {SCHEMA}; ingest anew")
    return engine


def set_meta(db: sa.Connection, **values: str) -> None:
    """Set values of the home within a transaction."""
    for key, value in values.items():
        if not db.execute(sa.update(meta).where(meta.c.key == key).values(value=value)).rowcount:
            db.execute(sa.insert(meta), {"key": key, "value": value})


def count_up(db: sa.Connection, counter: str) -> int:
    """The next number of `counter`. Its first statement writes, so a transaction that begins with it never has to
    turn a read lock into a write lock, which SQLite may refuse."""
    number = sa.cast(sa.cast(meta.c.value, sa.Integer) + 1, sa.Text)
    db.execute(sa.update(meta).where(meta.c.key == counter).values(value=number))
    return int(db.scalar(sa.select(meta.c.value).where(meta.c.key == counter)) or 0)


def chunks(items: Sequence[Item], size: int = IN_CHUNK) -> Iterator[Sequence[Item]]:
    """`items` in runs short enough for one IN (…)."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _translate(context: sa.engine.ExceptionContext) -> None:
    """The database's errors as ours."""
    error = context.original_exception
    raise LibraryError(f"the catalog cannot be used ({error}); check the disk and database_url") from error


def _sqlite_manners(connection: Any, _record: object) -> None:
    """Readers beside a writer (WAL), durable commits, and half a minute's patience for another process's commit."""
    cursor = connection.cursor()
    for line in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "busy_timeout=30000",
        "cache_size=-32000",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {line}")
    cursor.close()
