"""Works the jobs: makes the documents that people asked for and puts them into the outbox.

A job is claimed, worked on a read snapshot, and finished in one transaction with the files it made, so that a crash
in between only means that it is worked again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import Connection

from bot import texts
from bot.documents import Made, unit_documents
from bot.turn import READ_THERE
from storage import files, jobs, outbox
from storage.database import Database
from storage.jobs import Job
from storage.memory import Memory
from storage.outbox import Message

LEASE = timedelta(minutes=5)
RETRY = timedelta(seconds=20)

_LOG = logging.getLogger(__name__)


class Workshop:
    """Used by one thread at a time."""

    def __init__(self, database: Database, now: Callable[[], datetime], zone: tzinfo, process: str) -> None:
        self._database = database
        self._memory = Memory()
        self._now = now
        self._zone = zone
        self._process = process

    def release(self) -> None:
        """Put back what a dead process was working on: on a database of one process, whatever is unfinished."""
        with self._database.write() as connection:
            jobs.release(connection, self._process if self._database.is_postgres else None)

    def work(self) -> bool:
        """Work one job if there is one; return whether there was."""
        if not self._waiting():
            return False
        with self._database.write() as connection:
            job = jobs.claim(connection, self._process, LEASE, self._now())
        if job is None:
            return False
        try:
            made = self._make(job)
            with self._database.write() as connection:
                self._deliver(connection, job.payload, made)
                jobs.finish(connection, job.id, self._now())
        except Exception as error:
            _LOG.error("job %d failed: %s", job.id, type(error).__name__)
            with self._database.write() as connection:
                jobs.fail(connection, job.id, type(error).__name__, self._now() + RETRY, self._now())
                if job.attempts >= jobs.MAX_ATTEMPTS:
                    self._apologise(connection, job.payload)
        return True

    def _waiting(self) -> bool:
        with self._database.read() as connection:
            return jobs.waiting(connection) > 0

    def _make(self, job: Job) -> tuple[Made, ...]:
        with self._database.read() as connection:
            return unit_documents(connection, self._memory, int(job.payload["submission"]), self._now(), self._zone)

    def _apologise(self, connection: Connection, wanted: dict[str, Any]) -> None:
        """The last attempt failed: whoever was promised documents is told."""
        self._hand(connection, wanted, outbox.NOTICE, {"text": texts.papers_failed()})

    def _hand(self, connection: Connection, wanted: dict[str, Any], kind: str, payload: dict[str, Any]) -> None:
        message = Message(
            channel=wanted["channel"],
            account=wanted["account"],
            external=wanted["external"],
            kind=kind,
            payload=payload,
            at=self._now(),
            person=wanted["person"],
            inbox=wanted["inbox"],
        )
        row = outbox.add(connection, message)
        if message.channel in READ_THERE:
            outbox.sent(connection, [row.id], self._now())

    def _deliver(self, connection: Connection, wanted: dict[str, Any], made: tuple[Made, ...]) -> None:
        for each in made:
            person, submission = wanted["person"], wanted["submission"]
            file = files.put(connection, each.name, each.media_type, each.content, self._now(), person, submission)
            payload = {"text": "", "file": {"id": file, "name": each.name, "size": len(each.content)}}
            self._hand(connection, wanted, outbox.FILE, payload)
