"""Conversations with their turns, and the jobs of a server: kept in the catalog's database, apart from the filings."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict
from datetime import UTC, datetime

import sqlalchemy as sa

from corpus.errors import UnknownConversation, UnknownJob
from rag.model import Job, Turn
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
            raise UnknownConversation(f"no conversation {conversation_id}; leave the id out to begin one")
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
