"""What can go wrong in the memory. Each text is one line, in Vietnamese where a user may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dialogs.texts import objections


class StorageError(Exception):
    """The common parent; ``str`` of any of them is one clear line."""


class DatabaseTooNew(StorageError):
    """The database was written by a newer version of the program."""

    def __init__(self, revision: str) -> None:
        super().__init__(objections.database_too_new(revision))


class NotADatabase(StorageError):
    """The file is something else, or another program's database."""

    def __init__(self, name: str) -> None:
        super().__init__(objections.not_a_database(name))


class DatabaseUnavailable(StorageError):
    """The database cannot be opened or reached."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(objections.database_unavailable(name, why))


class Locked(StorageError):
    """An answer was to be written into a report that is sent or accepted."""

    def __init__(self, submission: int) -> None:
        super().__init__(objections.report_locked(submission))


class Refused(StorageError):
    """Something asked for does not fit what is stored; the text says what."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a list from outside; ``message`` says what was read and what is accepted."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return objections.fault(self.line, self.column, self.message)


class Faulty(StorageError):
    """A list from outside cannot be taken over, and nothing of it was; ``faults`` in the order of its lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__(objections.faulty(str(self.faults[0]), len(self.faults)))
