"""The source of truth: every filing with its text, structure, passages and vectors.

    catalog.add(filing, keys, vectors) -> seq     one filing, one transaction
    catalog.mark_ready(seqs)                      every index has them: show them
    catalog.filing / extract / passages / refs / listings   look-ups, as nouns of corpus.model and rag.model

A filing enters in one transaction and is `stored`; once every index has it, it is `ready`, and only then does any
look-up or search show it. `seq` is a number that a filing gets anew each time its passages change: index rows carry
it, and rows of a `seq` that the catalog does not know are dead. `generation` counts changes that a reader must notice.

SQLite in the home by default (readers never wait), any other database by URL. Rows never leave this module.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar, cast

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from corpus.errors import BadFilter, UnknownFiling
from corpus.model import Facts, Filing, Passage, Writing
from rag.corrections import Corrections, checked
from rag.model import FilingRef, Filters, Listing
from rag.rows import (
    DETAIL,
    IndexRow,
    changed_filer,
    corrected_columns,
    filing_row,
    index_row,
    make_filing,
    make_lines,
    make_listing,
    make_passage,
    make_ref,
    overlaid,
    part_rows,
    passage_row,
    split_passage_id,
)
from rag.tables import COLUMNS, IN_CHUNK, chunks, count_up, filings, meta, open_database, parts, set_meta, vectors
from rag.tables import passages as passage_table

CACHED = 200  # references, outlines and whole filings; a whole one of 40 pages is about 2 MB
# Asked many times a search, so they are put together once.
_META = sa.select(meta.c.value).where(meta.c.key == sa.bindparam("key"))
_LINES = sa.select(parts.c.number, parts.c.data).where(
    parts.c.filing_id == sa.bindparam("filing_id"),
    parts.c.name == "lines",
    parts.c.number.between(sa.bindparam("first"), sa.bindparam("last")),
)
Vector = NDArray[np.float32]
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a search may show at one moment: `ids[seq]` for every ready filing, how many passages each has, and the
    home's own values ("index", "embedder" …)."""

    generation: int
    ids: Mapping[int, str]
    counts: Mapping[int, int]
    home: Mapping[str, str]


class Catalog:
    """The opened database. Every method is safe to call from several threads; one process writes at a time."""

    def __init__(self, url: str) -> None:
        """Open or make the database at `url`. Raises LibraryError, IndexMismatch."""
        self.engine = open_database(url)
        self._cache: OrderedDict[tuple[str, str], Any] = OrderedDict()
        self._cached_at = -1
        self._guard = threading.Lock()

    def close(self) -> None:
        """Let the database go."""
        self.engine.dispose()

    def meta(self, key: str) -> str | None:
        """The home's value for `key` ("embedder", "splitter", "index" …)."""
        with self.engine.connect() as db:
            return db.scalar(_META, {"key": key})

    def set_meta(self, **values: str) -> None:
        """Set the home's values, all or none."""
        with self.engine.begin() as db:
            count_up(db, "generation")
            set_meta(db, **values)

    def snapshot(self) -> Snapshot:
        """What is ready now; cheap where nothing changed since the last call."""
        return self._cached("snapshot", "", self._snapshot)

    # Filings in and out

    def add(
        self,
        filing: Filing,
        keys: Sequence[bytes],
        new_vectors: Mapping[bytes, Vector],
        *,
        matter: str | None = None,
        corrections: Corrections | None = None,
    ) -> int:
        """Store a filing with its passages and vectors in one transaction; returns its `seq`.

        `keys[i]` names the vector of `filing.passages[i]`; `new_vectors` holds those the catalog lacks. Nothing shows
        it before `mark_ready`. A filing already there is replaced, and its corrections and matter are kept.
        """
        with self.engine.begin() as db:
            seq = count_up(db, "next_seq")
            known = db.execute(sa.select(filings).where(filings.c.id == filing.id)).first()
            kept = {**(json.loads(known.corrections) if known else {}), **(corrections or {})}
            _delete(db, filing.id)
            db.execute(sa.insert(filings), filing_row(filing, seq, matter or (known.matter if known else None), kept))
            db.execute(sa.insert(parts), list(part_rows(filing)))
            _insert_passages(db, filing, keys)
            _insert_vectors(db, new_vectors)
        return seq

    def mark_ready(self, seqs: Iterable[int], **home_values: str) -> None:
        """Show these filings, which every index has, and set the home's values."""
        with self.engine.begin() as db:
            count_up(db, "generation")
            for some in chunks(list(seqs)):
                db.execute(sa.update(filings).where(filings.c.seq.in_(some)).values(status="ready"))
            set_meta(db, **home_values)

    def mark_stored(self, filing_ids: Iterable[str]) -> None:
        """Hide these filings until every index has them anew; each gets a new `seq`."""
        with self.engine.begin() as db:
            count_up(db, "generation")
            for filing_id in filing_ids:
                values = {"seq": count_up(db, "next_seq"), "status": "stored"}
                db.execute(sa.update(filings).where(filings.c.id == filing_id).values(**values))

    def pending(self) -> dict[int, str]:
        """Filings stored but not yet in every index, as {seq: id}."""
        with self.engine.connect() as db:
            rows = db.execute(sa.select(filings.c.seq, filings.c.id).where(filings.c.status != "ready"))
            return {row.seq: row.id for row in rows}

    def seq_ids(self) -> dict[int, str]:
        """Every stored filing, shown or not, as {seq: id}."""
        with self.engine.connect() as db:
            return {row.seq: row.id for row in db.execute(sa.select(filings.c.seq, filings.c.id))}

    def next_seq(self) -> int:
        """A seq that no filing has or had."""
        with self.engine.begin() as db:
            return count_up(db, "next_seq")

    def remove(self, filing_id: str) -> None:
        """Take a filing out with all that is kept of it, vectors too where no other passage uses them."""
        of = passage_table.c
        with self.engine.begin() as db:
            count_up(db, "generation")
            mine = sa.select(of.vector).where(of.filing_id == filing_id)
            others = sa.select(of.vector).where(of.filing_id != filing_id, of.vector == vectors.c.key)
            db.execute(sa.delete(vectors).where(vectors.c.key.in_(mine), ~others.exists()))
            if not _delete(db, filing_id):
                raise UnknownFiling(f"no filing {filing_id}")

    def replace_passages(self, resplit: Iterable[tuple[Filing, Sequence[bytes], int]], **home_values: str) -> None:
        """Put new passages in place of the old, all at once: each filing with its vectors' names and its new seq,
        under which the indexes have it already. Sets the home's values too."""
        with self.engine.begin() as db:
            count_up(db, "generation")
            for filing, keys, seq in resplit:
                db.execute(sa.delete(passage_table).where(passage_table.c.filing_id == filing.id))
                _insert_passages(db, filing, keys)
                changed = {"seq": seq, "status": "ready", "passages": len(filing.passages)}
                db.execute(sa.update(filings).where(filings.c.id == filing.id).values(**changed))
            set_meta(db, **home_values)

    def correct(self, filing_id: str, changes: Mapping[str, object]) -> Listing:
        """Lay `changes` over what was read, beside earlier corrections. Raises BadCorrection, UnknownFiling."""
        good = checked(changes)
        with self.engine.begin() as db:
            count_up(db, "generation")
            row = _one(db, filing_id)
            columns = corrected_columns(
                Facts(**json.loads(row.facts_read)), {**json.loads(row.corrections), **good}, row.matter
            )
            db.execute(sa.update(filings).where(filings.c.id == filing_id).values(**columns))
        return self.listing(filing_id)

    # Look-ups

    def resolve(self, name: str) -> str:
        """The id of the filing that `name` means: an id, its unique beginning, or a file name. Raises UnknownFiling."""
        c = filings.c
        with self.engine.connect() as db:
            for match in (c.id == name, c.file.in_((name, f"{name}.pdf")), c.id.startswith(name, autoescape=True)):
                query = sa.select(c.id).where(c.status == "ready", match).order_by(c.id)
                ids = db.scalars(query).all() if name else []
                if len(ids) == 1:
                    return str(ids[0])
                if ids:
                    raise UnknownFiling(f"{name!r} means {len(ids)} filings: {', '.join(ids[:5])}; give the id")
        raise UnknownFiling(f"no filing {name!r}; `pincite filings` lists them")

    def listing(self, filing_id: str) -> Listing:
        """One filing as it is listed. Raises UnknownFiling."""
        with self.engine.connect() as db:
            return make_listing(_one(db, filing_id))

    def listings(self, allow: Filters | None = None, *, limit: int | None = 100, offset: int = 0) -> list[Listing]:
        """The filings that `allow` lets through, by court, docket, date and entry."""
        c = filings.c
        order = (c.court, c.docket, c.date, sa.func.length(c.entry), c.entry, c.file, c.id)
        query = sa.select(filings).where(*_where(allow)).order_by(*order).limit(limit).offset(offset)
        with self.engine.connect() as db:
            return [make_listing(row) for row in db.execute(query)]

    def of_case(self, case_name: str) -> list[Listing]:
        """The filings of a case by its name as it is kept, by date and entry."""
        c = filings.c
        query = sa.select(filings).where(c.case_name == case_name).order_by(c.date, c.entry, c.id)
        with self.engine.connect() as db:
            return [make_listing(row) for row in db.execute(query)]

    def count(self, allow: Filters | None = None) -> int:
        """How many filings `allow` lets through."""
        with self.engine.connect() as db:
            return db.scalar(sa.select(sa.func.count()).select_from(filings).where(*_where(allow))) or 0

    def seqs(self, allow: Filters) -> tuple[int, ...]:
        """The seqs of the filings that `allow` lets through, ascending; its `writing` is not looked at."""
        with self.engine.connect() as db:
            return tuple(db.scalars(sa.select(filings.c.seq).where(*_where(allow)).order_by(filings.c.seq)))

    def values(self, field: str) -> list[str]:
        """The values that "matter", "court", "kind", "side" … take among the filings, sorted. Raises BadFilter."""
        if field not in (*COLUMNS, "matter"):
            raise BadFilter(f"{field!r} is nothing filings are filtered by; known: matter, {', '.join(COLUMNS)}")
        return list(self._cached("values", field, partial(self._values, field)))

    def is_empty(self) -> bool:
        """Whether no filing is stored."""
        with self.engine.connect() as db:
            return db.scalar(sa.select(filings.c.id).limit(1)) is None

    def has(self, filing_id: str) -> bool:
        """Whether the filing is stored, shown yet or not."""
        with self.engine.connect() as db:
            return db.scalar(sa.select(filings.c.id).where(filings.c.id == filing_id)) is not None

    def ids(self, *, file: str | None = None) -> list[str]:
        """Every stored filing's id, or those that came from a file of this name; ascending."""
        query = sa.select(filings.c.id).where(*([] if file is None else [filings.c.file == file]))
        with self.engine.connect() as db:
            return list(db.scalars(query.order_by(filings.c.id)))

    def refs(self, filing_ids: Iterable[str]) -> dict[str, FilingRef]:
        """As much of each filing as travels with a hit; unknown ids are left out."""
        wanted, generation = list(dict.fromkeys(filing_ids)), self._generation()
        with self._guard:
            self._forget(generation)
            found = {i: self._cache["ref", i] for i in wanted if ("ref", i) in self._cache}
        missing = [i for i in wanted if i not in found]
        for row in self._rows(missing) if missing else ():
            found[row.id] = make_ref(row)
            self._keep(generation, "ref", row.id, found[row.id])
        return {i: found[i] for i in wanted if i in found}

    def writings(self, filing_ids: Iterable[str]) -> dict[str, tuple[Writing, ...]]:
        """The separate writings of each filing; unknown ids are left out."""
        found = {}
        for filing_id in dict.fromkeys(filing_ids):
            with suppress(UnknownFiling):
                found[filing_id] = self._cached("listing", filing_id, partial(self.listing, filing_id)).writings
        return found

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """The passages with these ids, in the order asked; those gone since are left out."""
        wanted, c = [split_passage_id(i) for i in ids], passage_table.c
        found: dict[tuple[str, int], Passage] = {}
        with self.engine.connect() as db:
            for some in chunks(wanted, IN_CHUNK // 2):
                # A join, since SQLite reads the whole table for (filing_id, ordinal) IN (…): 40 ms at 100,000 rows.
                asked = (
                    sa.values(sa.column("f", sa.String), sa.column("o", sa.Integer), name="asked")
                    .data(list(some))
                    .cte("asked")
                )
                same = sa.and_(c.filing_id == asked.c.f, c.ordinal == asked.c.o)
                rows = db.execute(sa.select(passage_table).select_from(asked.join(passage_table, same)))
                found |= {(row.filing_id, row.ordinal): make_passage(row) for row in rows}
        filers = {row.id: changed_filer(row) for row in self._rows(sorted({key[0] for key in found}))}
        made = []
        for key in wanted:
            if key in found and key[0] in filers:
                facts = filers[key[0]]
                made.append(overlaid(found[key], *facts) if facts else found[key])
        return made

    def filing(self, filing_id: str) -> Filing:
        """The whole filing, corrections laid over it. Raises UnknownFiling."""
        return self._cached("filing", filing_id, lambda: self._load(filing_id, whole=True))

    def filing_as_read(self, filing_id: str) -> tuple[Filing, Corrections]:
        """The whole filing as it was read, and the corrections apart. Raises UnknownFiling."""
        with self.engine.connect() as db:
            corrections: dict[str, str | None] = json.loads(_one(db, filing_id).corrections)
        return self._load(filing_id, whole=True, as_read=True), corrections

    def extract(self, filing_id: str, first_page: int, last_page: int) -> Filing:
        """The filing with its whole text, pages, footnotes, sections and writings, but only the lines of these pages
        and no paragraphs, sentences or passages: enough to place a hit, and far quicker than `filing`."""
        outline = self._cached("outline", filing_id, lambda: self._load(filing_id, whole=False))
        with self.engine.connect() as db:
            rows = db.execute(_LINES, {"filing_id": filing_id, "first": first_page, "last": last_page}).all()
        return replace(outline, lines=make_lines((row.number, row.data) for row in rows))

    # Vectors, and what the indexes are rebuilt from

    def missing_vectors(self, keys: Iterable[bytes]) -> list[bytes]:
        """Those of `keys` that no vector is kept for, each once, in order."""
        wanted = list(dict.fromkeys(keys))
        known: set[bytes] = set()
        with self.engine.connect() as db:
            for some in chunks(wanted):
                known.update(db.scalars(sa.select(vectors.c.key).where(vectors.c.key.in_(some))))
        return [key for key in wanted if key not in known]

    def keep_vectors(self, new_vectors: Mapping[bytes, Vector]) -> None:
        """Keep vectors that no passage uses yet, so that an interrupted reindex need not embed them again."""
        with self.engine.begin() as db:
            _insert_vectors(db, new_vectors)

    def drop_unused_vectors(self) -> None:
        """Forget vectors that no passage uses."""
        used = sa.select(passage_table.c.vector).where(passage_table.c.vector == vectors.c.key)
        with self.engine.begin() as db:
            db.execute(sa.delete(vectors).where(~used.exists()))

    def vectors(self, keys: Sequence[bytes]) -> Vector:
        """The vectors of these names, (n, d) float32 in the order asked; (0, 0) for none."""
        found: dict[bytes, bytes] = {}
        with self.engine.connect() as db:
            for some in chunks(list(dict.fromkeys(keys))):
                rows = db.execute(sa.select(vectors).where(vectors.c.key.in_(some)))
                found |= {row.key: row.data for row in rows}
        data = np.frombuffer(b"".join(found[key] for key in keys), np.float16).astype(np.float32)
        return data.reshape(len(keys), -1) if keys else np.empty((0, 0), np.float32)

    def index_rows(self, filing_id: str) -> tuple[list[IndexRow], Vector]:
        """A filing's passages as the indexes need them, with their vectors, (n, d) float32."""
        query = sa.select(passage_table).where(passage_table.c.filing_id == filing_id).order_by(passage_table.c.ordinal)
        listing = self.listing(filing_id)
        with self.engine.connect() as db:
            rows = db.execute(query).all()
        index_rows = [index_row(make_passage(row), listing.writings, listing.facts) for row in rows]
        return index_rows, self.vectors([row.vector for row in rows])

    # Loading, and the cache of what was loaded, by generation

    def _generation(self) -> int:
        return int(self.meta("generation") or 0)

    def _values(self, field: str) -> list[str]:
        column = filings.c[field]
        query = sa.select(column).where(column.is_not(None), filings.c.status == "ready").distinct().order_by(column)
        with self.engine.connect() as db:
            return list(db.scalars(query))

    def _snapshot(self) -> Snapshot:
        c = filings.c
        with self.engine.connect() as db:
            home = {row.key: row.value for row in db.execute(sa.select(meta))}
            rows = db.execute(sa.select(c.seq, c.id, c.passages).where(c.status == "ready")).all()
        ids, counts = {row.seq: row.id for row in rows}, {row.seq: row.passages for row in rows}
        return Snapshot(int(home["generation"]), ids, counts, home)

    def _load(self, filing_id: str, *, whole: bool, as_read: bool = False) -> Filing:
        c, p = parts.c, passage_table.c
        where = [c.filing_id == filing_id] + ([] if whole else [c.name.not_in(("lines", *DETAIL))])
        with self.engine.connect() as db:
            row = _one(db, filing_id)
            packed = {(part.name, part.number): part.data for part in db.execute(sa.select(parts).where(*where))}
            mine = sa.select(passage_table).where(p.filing_id == filing_id).order_by(p.ordinal)
            passages = [make_passage(found) for found in db.execute(mine)] if whole else []
        return make_filing(row, packed, passages, as_read=as_read)

    def _rows(self, ids: Sequence[str]) -> list[Any]:
        with self.engine.connect() as db:
            found: list[Any] = []
            for some in chunks(ids):
                found += db.execute(sa.select(filings).where(filings.c.id.in_(some)))
        return found

    def _cached(self, kind: str, filing_id: str, load: Callable[[], Made]) -> Made:
        generation = self._generation()
        with self._guard:
            self._forget(generation)
            if (kind, filing_id) in self._cache:
                self._cache.move_to_end((kind, filing_id))
                return cast("Made", self._cache[kind, filing_id])
        made = load()
        self._keep(generation, kind, filing_id, made)
        return made

    def _keep(self, generation: int, kind: str, filing_id: str, made: object) -> None:
        """Cache what was loaded at `generation`, unless the catalog has changed since."""
        with self._guard:
            if generation == self._cached_at:
                self._cache[kind, filing_id] = made
                while len(self._cache) > CACHED:
                    self._cache.popitem(last=False)

    def _forget(self, generation: int) -> None:
        """Empty the cache when the catalog has changed."""
        if generation != self._cached_at:
            self._cache.clear()
            self._cached_at = generation


def _where(allow: Filters | None) -> list[sa.ColumnElement[bool]]:
    """The conditions on `filings` that a filter sets; only ready filings pass. A filer matches by any part of it."""
    c = filings.c
    conditions = [c.status == "ready"]
    if allow is None:
        return conditions
    listed = {name: getattr(allow, name) for name in ("matter", "court", "kind", "side")}
    conditions += [c[name].in_(chosen) for name, chosen in listed.items() if chosen]
    if allow.filer:
        conditions.append(sa.or_(*(c.filer.icontains(name, autoescape=True) for name in allow.filer)))
    if allow.filing_ids:
        conditions.append(c.id.in_(allow.filing_ids))
    if allow.filed_after:
        conditions.append(c.date >= allow.filed_after)
    if allow.filed_before:
        conditions.append(c.date <= allow.filed_before)
    return conditions


def _one(db: sa.Connection, filing_id: str) -> Any:
    """A filing's row. Raises UnknownFiling."""
    row = db.execute(sa.select(filings).where(filings.c.id == filing_id)).first()
    if row is None:
        raise UnknownFiling(f"no filing {filing_id}; `pincite filings` lists them")
    return row


def _delete(db: sa.Connection, filing_id: str) -> bool:
    """Delete a filing's rows; False where there was none."""
    db.execute(sa.delete(parts).where(parts.c.filing_id == filing_id))
    db.execute(sa.delete(passage_table).where(passage_table.c.filing_id == filing_id))
    return bool(db.execute(sa.delete(filings).where(filings.c.id == filing_id)).rowcount)


def _insert_passages(db: sa.Connection, filing: Filing, keys: Sequence[bytes]) -> None:
    rows = [passage_row(filing, passage, key) for passage, key in zip(filing.passages, keys, strict=True)]
    if rows:
        db.execute(sa.insert(passage_table), rows)


def _insert_vectors(db: sa.Connection, new_vectors: Mapping[bytes, Vector]) -> None:
    """Vectors as float16: half the room, and a cosine off by less than a millionth."""
    for keys in chunks(list(new_vectors)):
        known = set(db.scalars(sa.select(vectors.c.key).where(vectors.c.key.in_(keys))))
        rows = [{"key": k, "data": new_vectors[k].astype(np.float16).tobytes()} for k in keys if k not in known]
        if rows:
            db.execute(sa.insert(vectors), rows)
