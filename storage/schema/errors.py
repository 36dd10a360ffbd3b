"""What can go wrong in the memory. Each text is one line, in Vietnamese where a user may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class StorageError(Exception):
    """The common parent; ``str`` of any of them is one clear line."""


class DatabaseTooNew(StorageError):
    """The database was written by a newer version of the program."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"Cơ sở dữ liệu thuộc phiên bản mới hơn chương trình này (lược đồ {revision}); "
            "hãy nâng cấp baocao rồi chạy lại."
        )


class NotADatabase(StorageError):
    """The file is something else, or another program's database."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” không phải là cơ sở dữ liệu của baocao; "
            "hãy kiểm tra BAOCAO_DATABASE_URL hoặc khôi phục từ bản sao lưu."
        )


class DatabaseUnavailable(StorageError):
    """The database cannot be opened or reached."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"Không mở được cơ sở dữ liệu “{name}”: {' '.join(why.split())}")


class Locked(StorageError):
    """An answer was to be written into a report that is sent or accepted."""

    def __init__(self, submission: int) -> None:
        super().__init__(f"Báo cáo {submission} đã gửi hoặc đã được tiếp nhận nên không ghi thêm được.")


class Refused(StorageError):
    """Something asked for does not fit what is stored; the text says what."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a list from outside; ``message`` says what was read and what is accepted."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"Dòng {self.line}, cột {self.column}: {self.message}"


class Faulty(StorageError):
    """A list from outside cannot be taken over, and nothing of it was; ``faults`` in the order of its lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__(f"{self.faults[0]} (có {len(self.faults)} lỗi; chưa ghi gì)")
