"""The lists a coordinator follows up: who sent nothing, who was late, who was returned.

Word, Excel and ``baocao progress`` tell the same facts of the same ``Standing`` values; a unit may be in two lists.
Each list keeps the order of the standings, which is the administrative one.
"""

from __future__ import annotations

from collections.abc import Iterable

from dialogs.values.report_data import Standing
from dialogs.values.status import Status

LISTS_TITLE = "DANH SÁCH ĐƠN VỊ CHƯA GỬI, GỬI MUỘN, BỊ TRẢ LẠI BÁO CÁO"
UNSENT = frozenset({Status.NOT_OPENED, Status.IN_PROGRESS})


def missing(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """Return the units that owe a report and have sent none; one that was returned is in its own list."""
    return tuple(each for each in standings if each.status in UNSENT)


def late(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """Return the units that first sent after their last moment, or have not sent and it is past."""
    return tuple(each for each in standings if each.late)


def returned(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """Return the units whose report was sent back to them to be mended."""
    return tuple(each for each in standings if each.status is Status.RETURNED)


def required(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """Return the units that owe a report in the campaign."""
    return tuple(each for each in standings if each.status is not Status.NOT_REQUIRED)
