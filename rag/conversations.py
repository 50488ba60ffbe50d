"""Conversations with their turns, and the jobs of a server: kept in the catalog's database, apart from the filings."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict
from datetime import UTC, datetime

import sqlalchemy as sa

from corpus.errors import UnknownConversation, UnknownJob
from rag.model import Conversation, Job, Turn
from rag.tables import conversations, jobs, turns


class Conversations:
    """What people asked before, and what is running. Safe from several threads and processes."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def start(self, matter: str | None = None) -> str:
        """Begin a conversation; returns its id."""
        made = uuid.uuid4().hex
        row = {"id": made, "matter": matter, "started": datetime.now(UTC).isoformat(timespec="seconds")}
        with self._engine.begin() as db:
            db.execute(sa.insert(conversations), row)
        return made

    def matter(self, conversation_id: str) -> str | None:
        """The matter a conversation was begun in. Raises UnknownConversation."""
        with self._engine.connect() as db:
            row = db.execute(sa.select(conversations).where(conversations.c.id == conversation_id)).first()
        if row is None:
            raise UnknownConversation(f"no conversation {conversation_id}; give 'new' to begin one")
        return str(row.matter) if row.matter is not None else None

    def add_turn(self, conversation_id: str, turn: Turn) -> None:
        """Add an exchange. Raises UnknownConversation."""
        self.matter(conversation_id)
        row = {**asdict(turn), "conversation_id": conversation_id, "filing_ids": json.dumps(turn.filing_ids)}
        last = sa.select(sa.func.max(turns.c.number)).where(turns.c.conversation_id == conversation_id)
        with self._engine.begin() as db:
            db.execute(sa.insert(turns).values(**row, number=sa.func.coalesce(last.scalar_subquery(), 0) + 1))

    def turns(self, conversation_id: str) -> list[Turn]:
        """A conversation's exchanges, oldest first. Raises UnknownConversation."""
        self.matter(conversation_id)
        query = sa.select(turns).where(turns.c.conversation_id == conversation_id).order_by(turns.c.number)
        with self._engine.connect() as db:
            rows = db.execute(query).all()
        return [Turn(r.question, r.standalone_question, r.answer, tuple(json.loads(r.filing_ids))) for r in rows]

    def recent(self, matter: str | None = None, *, limit: int = 50) -> list[Conversation]:
        """Conversations in which something was asked, the latest begun first; of one matter, if given."""
        c, t = conversations.c, turns.c
        asked = sa.select(t.conversation_id, sa.func.count().label("turns"), sa.func.min(t.number).label("first"))
        counted = asked.group_by(t.conversation_id).subquery()
        first = sa.and_(t.conversation_id == c.id, t.number == counted.c.first)
        query = sa.select(c.id, c.matter, c.started, t.question, counted.c.turns)
        query = query.join(counted, counted.c.conversation_id == c.id).join(turns, first)
        query = query.where(*([] if matter is None else [c.matter == matter]))
        with self._engine.connect() as db:
            rows = db.execute(query.order_by(c.started.desc(), c.id).limit(limit))
            return [Conversation(**row._asdict()) for row in rows]

    def remove(self, conversation_id: str) -> None:
        """Forget a conversation and its exchanges. Raises UnknownConversation."""
        self.matter(conversation_id)
        with self._engine.begin() as db:
            db.execute(sa.delete(turns).where(turns.c.conversation_id == conversation_id))
            db.execute(sa.delete(conversations).where(conversations.c.id == conversation_id))

    def set_job(self, job: Job) -> None:
        """Keep a job as it stands now."""
        with self._engine.begin() as db:
            if not db.execute(sa.update(jobs).where(jobs.c.id == job.id).values(**asdict(job))).rowcount:
                db.execute(sa.insert(jobs), asdict(job))

    def job(self, job_id: str) -> Job:
        """A job as last kept. Raises UnknownJob."""
        with self._engine.connect() as db:
            row = db.execute(sa.select(jobs).where(jobs.c.id == job_id)).first()
        if row is None:
            raise UnknownJob(f"no job {job_id}")
        return Job(**row._asdict())

    def unfinished_jobs(self) -> list[Job]:
        """Jobs still queued or running, which a server that starts must account for."""
        query = sa.select(jobs).where(jobs.c.state.in_(("queued", "running"))).order_by(jobs.c.id)
        with self._engine.connect() as db:
            return [Job(**row._asdict()) for row in db.execute(query)]
