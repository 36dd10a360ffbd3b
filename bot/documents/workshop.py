"""Works the jobs: makes the documents that people asked for and puts them into the outbox.

A job is claimed, worked on a read snapshot, and finished in one transaction with the files it made, so that a crash
in between only means that it is worked again. A unit's own documents are made here; a compiled report is made by a
process of its own (``compile_process``) while its lease is prolonged.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.documents import document_texts
from bot.documents.compile_process import CannotCompile, Compiler, Order
from bot.documents.made_files import TYPES, Made
from bot.runtime import texts
from storage.campaigns.turn_cache import TurnCache
from storage.messages import files, jobs, outbox
from storage.messages.jobs import COMPILE, KINDS, PICTURE, PLAN, RECORD, RENDER, Job
from storage.messages.outbox import Message
from storage.schema.database import Database

_FAILED = {
    COMPILE: texts.compile_failed,
    PICTURE: document_texts.picture_failed,
    RECORD: document_texts.record_failed,
}

LEASE = timedelta(minutes=5)
RETRY = timedelta(seconds=20)

_LOG = logging.getLogger(__name__)


class Workshop:
    """Works jobs of ``kinds``, one at a time. Used by one thread at a time, but for ``stop``."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        zone: ZoneInfo,
        process: str,
        kinds: Sequence[str] = KINDS,
        compiler: Compiler | None = None,
    ) -> None:
        self._database = database
        self._cache = TurnCache()
        self._now = now
        self._zone = zone
        self._process = process
        self._kinds = tuple(kinds)
        self._compiler = compiler or Compiler()
        self._workers = {
            RENDER: self._render,
            COMPILE: self._compile,
            PICTURE: self._draw,
            RECORD: self._compile,
            PLAN: self._print_plan,
        }

    def release(self) -> None:
        """Put back what a dead process was working on: on a database of one process, whatever is unfinished."""
        with self._database.write() as connection:
            jobs.release(connection, self._process if self._database.is_postgres else None, self._kinds)

    def stop(self) -> None:
        """Give up the compiling that is under way; its job waits for another attempt."""
        self._compiler.stop()

    def work(self) -> bool:
        """Work one job if there is one; return whether there was."""
        if not self._waiting():
            return False
        with self._database.write() as connection:
            job = jobs.claim(connection, self._process, LEASE, self._now(), self._kinds)
        if job is None:
            return False
        try:
            self._workers[job.kind](job)
        except Exception as error:
            _LOG.error("job %d failed: %s", job.id, type(error).__name__)
            self._fail(job, type(error).__name__)
        return True

    def _fail(self, job: Job, why: str) -> None:
        with self._database.write() as connection:
            if not self._holds(connection, job):
                return
            jobs.fail(connection, job.id, why, self._now() + RETRY, self._now())
            if job.attempts >= jobs.MAX_ATTEMPTS:
                self._say(connection, job.payload, _FAILED.get(job.kind, texts.papers_failed)())

    def _holds(self, connection: Connection, job: Job) -> bool:
        """Prolong the lease; False if it ran out and somebody else works the job by now."""
        return jobs.extend(connection, job.id, self._process, self._now() + LEASE)

    def _waiting(self) -> bool:
        with self._database.read() as connection:
            return jobs.waiting(connection, self._kinds) > 0

    def _render(self, job: Job) -> None:
        # The document libraries are a third of the start of a program that may never need them.
        from bot.documents.unit_documents import unit_documents

        report = int(job.payload["submission"])
        with self._database.read() as connection:
            made = unit_documents(connection, self._cache, report, self._now(), self._zone)
        self._finish(job, (), made, report)

    def _draw(self, job: Job) -> None:
        # The drawing library comes with the first picture.
        from bot.documents import pictures

        with self._database.read() as connection:
            made = pictures.of_campaign(connection, job.payload, self._now(), self._zone)
        self._finish(job, () if made else [document_texts.nothing_to_draw()], made)

    def _print_plan(self, job: Job) -> None:
        # As above.
        from bot.documents.plan_documents import of_job

        with self._database.read() as connection:
            made = of_job(connection, self._cache, job.payload, self._now(), self._zone)
        self._finish(job, (), (made,))

    # --- compiled reports -----------------------------------------------------------------------------------------

    def _compile(self, job: Job) -> None:
        with tempfile.TemporaryDirectory(prefix="baocao-") as folder:
            try:
                paths = self._compiler.run(self._order(job.kind, job.payload, folder), lambda: self._prolong(job))
            except CannotCompile as error:
                self._finish(job, [str(error)], ())
                return
            large = [path for path in paths if path.stat().st_size > files.MAX_BYTES]
            said = [_too_large(job.kind, path, job.payload) for path in large]
            self._finish(job, said, (_made(path) for path in paths if path not in large))

    def _order(self, kind: str, wanted: dict[str, Any], folder: str) -> Order:
        address = self._database.engine.url.render_as_string(hide_password=False)
        at = self._now().isoformat()
        where = (wanted["campaign"], wanted["unit"], at, self._zone.key, folder)
        return Order(address, *where, kind == RECORD, wanted["person"] or 0)

    def _prolong(self, job: Job) -> bool:
        with self._database.write() as connection:
            return self._holds(connection, job)

    # --- into the outbox ------------------------------------------------------------------------------------------

    def _finish(self, job: Job, said: Iterable[str], made: Iterable[Made], report: int | None = None) -> None:
        """Hand over what was made and what is to be said; nothing if somebody else works the job by now."""
        with self._database.write() as connection:
            if not self._holds(connection, job):
                return
            for each in made:
                self._deliver(connection, job.payload, each, report)
            for text in said:
                self._say(connection, job.payload, text)
            jobs.finish(connection, job.id, self._now())

    def _deliver(self, connection: Connection, wanted: dict[str, Any], made: Made, report: int | None) -> None:
        person = wanted["person"]
        file = files.put(connection, made.name, made.media_type, made.content, self._now(), person, report)
        told = {"id": file, "name": made.name, "size": len(made.content)}
        payload = {"text": made.caption, "file": {**told, "photo": made.photo} if made.photo else told}
        self._hand(connection, wanted, outbox.FILE, payload)

    def _say(self, connection: Connection, wanted: dict[str, Any], text: str) -> None:
        """Whoever was promised documents is told what became of them."""
        self._hand(connection, wanted, outbox.NOTICE, {"text": text})

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
        outbox.add(connection, message)


def _made(path: Path) -> Made:
    return Made(path.name, TYPES[path.suffix], path.read_bytes())


def _too_large(kind: str, path: Path, wanted: dict[str, Any]) -> str:
    size = path.stat().st_size
    if kind == RECORD:
        return document_texts.record_too_large(size, files.MAX_BYTES)
    return texts.compile_too_large(path.name, size, files.MAX_BYTES, wanted["campaign"], wanted["unit"])
