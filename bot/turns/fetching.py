"""Brings the files that people sent through a door: fetched, looked at, attached, and the person told.

The turn that took the file left a job. A crash anywhere means that it is fetched again; it is attached in the one
transaction that ends the job, so never twice. What cannot be fetched or may not be kept is told in one sentence.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.channels.channel import SendError, SendFailure
from bot.channels.door import FileSource
from bot.channels.incoming import Accepted
from bot.inspecting.inspection import FileRefused, inspect
from bot.runtime.timing import Sleep
from bot.runtime.writer import Writer
from dialogs.texts import evidence as evidence_texts
from dialogs.values.attached import MAX_FILE_BYTES
from dialogs.values.effects import Choice, Reply
from storage.campaigns.turn_cache import TurnCache
from storage.messages import jobs, notices
from storage.messages.jobs import Job
from storage.reports import evidence
from storage.reports.evidence import Wanted
from storage.schema.errors import Refused

LEASE = timedelta(minutes=6)
IDLE_SECONDS = 1.0
FIRST_DELAY = 10.0
MAX_DELAY = 600.0
MAX_ATTEMPTS = 150
"""A day of attempts, ten minutes apart in the end: a network that was cut for so long has lost the file."""
MAX_CHOICE = 64

_LOG = logging.getLogger(__name__)


class Fetcher:
    """Works the jobs of one door, one at a time. ``wake`` is called after each message that it wrote."""

    def __init__(
        self,
        writer: Writer,
        door: FileSource,
        now: Callable[[], datetime],
        zone: ZoneInfo,
        process: str,
        wake: Callable[[], None],
        sleep: Sleep = asyncio.sleep,
        alone: bool = True,
    ) -> None:
        self._writer = writer
        self._door = door
        self._kind = jobs.fetch_kind(door.name)
        self._now = now
        self._zone = zone
        self._process = process
        self._wake = wake
        self._sleep = sleep
        self._alone = alone
        self._cache = TurnCache()

    async def run(self) -> None:
        """Take over what a dead process was fetching, then work until cancelled. A database away is waited for."""
        released = False
        while True:
            try:
                if not released:
                    await self._writer.run(self._release)
                    released = True
                worked = await self.work()
            except Exception as error:
                _LOG.error("fetching: %s", type(error).__name__)
                worked = False
            if not worked:
                await self._sleep(IDLE_SECONDS)

    async def work(self) -> bool:
        """Fetch one file if one waits; return whether one did."""
        job = await self._writer.run(self._claim)
        if job is None:
            return False
        try:
            accepted = await self._accepted(job)
        except SendError as error:
            await self._writer.run(partial(self._not_fetched, job=job, error=error))
        except FileRefused as refusal:
            await self._writer.run(partial(self._end, job=job, said=Reply(_refused(job, str(refusal)))))
        except Exception as error:
            # The door is not open yet, or our own fault: the person's file must not be lost by it.
            _LOG.error("job %d: %s", job.id, type(error).__name__)
            again = SendError(SendFailure.SERVER, detail=type(error).__name__)
            await self._writer.run(partial(self._not_fetched, job=job, error=again))
        else:
            await self._keep(job, accepted)
        self._wake()
        return True

    async def _accepted(self, job: Job) -> Accepted:
        key = str(job.payload["source"]).partition(":")[2]
        content = await self._door.fetch(key, MAX_FILE_BYTES)
        here = self._now().astimezone(self._zone)
        return await asyncio.to_thread(inspect, content, str(job.payload["name"]), here)

    async def _keep(self, job: Job, accepted: Accepted) -> None:
        try:
            await self._writer.run(partial(self._attach, job=job, accepted=accepted))
        except Refused as refused:
            await self._writer.run(partial(self._end, job=job, said=Reply(_refused(job, str(refused)))))

    # ------------------------------------------------------------ in one transaction each

    def _release(self, connection: Connection) -> None:
        jobs.release(connection, None if self._alone else self._process, [self._kind])

    def _claim(self, connection: Connection) -> Job | None:
        if not jobs.waiting(connection, [self._kind]):
            return None
        return jobs.claim(connection, self._process, LEASE, self._now(), [self._kind])

    def _attach(self, connection: Connection, job: Job, accepted: Accepted) -> None:
        if not self._holds(connection, job):
            return
        wanted = wanted_of(job.payload)
        here = evidence.keep(connection, wanted, accepted.name, accepted.media_type, accepted.content, self._now())
        jobs.finish(connection, job.id, self._now())
        if not self._more_to_come(connection, job):
            place, title = evidence.item_words(connection, self._cache, wanted.report, wanted.field, wanted.row)
            text = evidence_texts.attached_notice([each.name for each in here], place, title)
            self._tell(connection, job, Reply(text, _see(wanted)))

    def _more_to_come(self, connection: Connection, job: Job) -> bool:
        """Whether more files of the same person for the same item wait: the last of an album tells of all."""
        names = ("report", "field", "row", "person")
        same = tuple(job.payload[name] for name in names)
        waiting = jobs.unfinished(connection, self._kind)
        return any(key != job.id and tuple(each[name] for name in names) == same for key, each in waiting)

    def _not_fetched(self, connection: Connection, job: Job, error: SendError) -> None:
        if not self._holds(connection, job):
            return
        name = str(job.payload["name"]) or evidence_texts.A_PHOTO
        if error.failure is SendFailure.TOO_LARGE:
            self._end(
                connection,
                job,
                Reply(evidence_texts.file_too_large(name, max(MAX_FILE_BYTES + 1, int(job.payload["size"])))),
            )
        elif error.failure.permanent or job.attempts >= MAX_ATTEMPTS:
            self._end(connection, job, Reply(evidence_texts.file_gone(name)))
        else:
            delay = error.retry_after or min(FIRST_DELAY * 2.0 ** min(job.attempts - 1, 10), MAX_DELAY)
            jobs.put_off(connection, job.id, error.failure.code, self._now() + timedelta(seconds=delay))

    def _end(self, connection: Connection, job: Job, said: Reply) -> None:
        """The file is not attached; the last one to come tells what the item holds all the same."""
        if not self._holds(connection, job):
            return
        jobs.finish(connection, job.id, self._now())
        wanted = wanted_of(job.payload)
        here = evidence.at_item(connection, wanted)
        if here and not self._more_to_come(connection, job):
            words = evidence.item_words(connection, self._cache, wanted.report, wanted.field, wanted.row)
            holds = evidence_texts.item_holds([each.name for each in here], words[0])
            said = Reply(f"{said.text}\n{holds}", _see(wanted))
        self._tell(connection, job, said)

    def _holds(self, connection: Connection, job: Job) -> bool:
        """Prolong the lease; False if it ran out and somebody else works the job by now."""
        return jobs.extend(connection, job.id, self._process, self._now() + LEASE)

    def _tell(self, connection: Connection, job: Job, said: Reply) -> None:
        notices.tell(connection, [int(job.payload["person"])], said, self._now())


def wanted_of(payload: dict[str, Any]) -> Wanted:
    """Return what a job of this kind is to attach, and for whom."""
    names = ("report", "field", "row", "note", "person", "account", "channel")
    return Wanted(**{name: payload[name] for name in names})


def _refused(job: Job, why: str) -> str:
    note = str(job.payload["note"])
    return f"{why}\n{evidence_texts.note_not_kept(note)}" if note else why


def _see(wanted: Wanted) -> tuple[Choice, ...]:
    prefix = f"{wanted.field}.{wanted.row}" if wanted.row else wanted.field
    choice = f"{wanted.report}.0.0:files:{wanted.report}:{prefix}"
    return (Choice(choice, evidence_texts.SEE_FILES, ""),) if len(choice.encode()) <= MAX_CHOICE else ()
