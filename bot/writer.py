"""One thread, one connection, all writes: works are batched into one commit, each in a savepoint of its own.

SQLite has one writer anyway; taking it once for up to twenty works spares nineteen flushes to disk. A work that
raises is rolled back alone; the others of its batch go on. Whoever waits is told after the commit and not before.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection

from storage.database import Database

T = TypeVar("T")

BATCH_WORKS = 20
BATCH_SECONDS = 0.005


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

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Return what ``work`` returns once it is committed; raise what it raised once it is rolled back."""
        job = _Job(work, asyncio.get_running_loop())
        self._queue.put(job)
        result: T = await job.future
        return result

    def close(self) -> None:
        """Finish what is queued, then end the thread."""
        self._queue.put(None)
        self._thread.join()

    def _serve(self) -> None:
        while True:
            job = self._queue.get()
            if job is None:
                return
            if self._batch(job):
                return

    def _batch(self, first: _Job) -> bool:
        done: list[_Job] = []
        closing = False
        try:
            with self._database.write() as connection:
                until = time.monotonic() + BATCH_SECONDS
                job: _Job | None = first
                while job is not None:
                    done.append(job)
                    _attempt(job, connection)
                    if len(done) >= BATCH_WORKS or time.monotonic() > until:
                        break
                    job, closing = self._next()
        except BaseException as error:
            # The commit itself failed: nothing of the batch is stored, so everybody is told.
            for job in done:
                job.error = error
        _settle(done)
        return closing

    def _next(self) -> tuple[_Job | None, bool]:
        try:
            job = self._queue.get_nowait()
        except queue.Empty:
            return None, False
        return job, job is None


def _attempt(job: _Job, connection: Connection) -> None:
    savepoint = connection.begin_nested()
    try:
        job.result = job.work(connection)
    except Exception as error:
        savepoint.rollback()
        job.error = error
    else:
        savepoint.commit()


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
