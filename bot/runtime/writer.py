"""One thread, one connection, all writes: works that wait are batched into one commit.

SQLite has one writer anyway; taking it once for up to twenty works spares nineteen flushes to disk. A work that
raises is rolled back alone; the others of its batch are stored. Whoever waits is told after the commit and not before.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy import Connection

from storage.schema.database import Database

T = TypeVar("T")

BATCH_WORKS = 20


class _Job:
    __slots__ = ("error", "future", "loop", "result", "work")

    def __init__(self, work: Callable[[Connection], Any], loop: asyncio.AbstractEventLoop) -> None:
        self.work = work
        self.loop = loop
        self.future: asyncio.Future[Any] = loop.create_future()
        self.result: Any = None
        self.error: BaseException | None = None

    def settle(self) -> None:
        """Tell the waiter; it may have been cancelled meanwhile."""
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Writer:
    """``await writer.run(work)`` calls ``work(connection)`` on the writer's thread and returns after its commit."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Connection], T]) -> asyncio.Future[T]:
        """Begin what ``run`` does; several are then waited for without a task for each."""
        job = _Job(work, asyncio.get_running_loop())
        self._queue.put(job)
        return job.future

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Return what ``work`` returns once it is committed; raise what it raised once it is rolled back."""
        return await self.submit(work)

    def close(self) -> None:
        """Finish what is queued, then end the thread."""
        self._queue.put(None)
        self._thread.join()

    def _serve(self) -> None:
        connection: Connection | None = None
        for batch in self._batches():
            connection = self._handle(batch, connection)
            _settle(batch)
        if connection is not None:
            connection.close()

    def _batches(self) -> Iterator[list[_Job]]:
        """Yield what waits, at most twenty works at a time, until the writer is closed.

        Nobody waits for others to come: those that come while a batch is stored share the commit of the next one.
        """
        closing = False
        while not closing:
            found = [self._queue.get()]
            with suppress(queue.Empty):
                while len(found) < BATCH_WORKS and found[-1] is not None:
                    found.append(self._queue.get_nowait())
            closing = None in found
            works = [job for job in found if job is not None]
            if works:
                yield works

    def _handle(self, batch: list[_Job], connection: Connection | None) -> Connection | None:
        """Work a batch in one transaction; if anything fails, each work again in one of its own.

        That is a savepoint for each work at the price of none: works change nothing but the database. Returns the
        connection to go on with, None if it is to be made anew.
        """
        try:
            connection = connection or self._database.engine.connect()
            with connection.begin():
                for job in batch:
                    job.result = job.work(connection)
            return connection
        except Exception as error:
            if len(batch) == 1:
                batch[0].error = error
        return self._one_by_one(batch, connection) if len(batch) > 1 else self._checked(connection)

    def _one_by_one(self, batch: list[_Job], connection: Connection | None) -> Connection | None:
        for job in batch:
            connection = self._handle([job], connection)
        return connection

    def _checked(self, connection: Connection | None) -> Connection | None:
        """A connection that has been lost is left; the next batch takes a new one."""
        if connection is None or not connection.invalidated:
            return connection
        connection.close()
        return None


def _settle(done: list[_Job]) -> None:
    """Wake the waiters of each loop in one call."""
    loops: dict[asyncio.AbstractEventLoop, list[_Job]] = {}
    for job in done:
        loops.setdefault(job.loop, []).append(job)
    for loop, jobs in loops.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_wake, jobs)


def _wake(jobs: list[_Job]) -> None:
    for job in jobs:
        job.settle()
