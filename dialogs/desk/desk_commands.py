"""The errands of a coordinator: each needs a report, or a campaign and a unit, before its own dialog can begin.

To add one: a line here, its ways in a table, its screens. ``target_picker`` asks for what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.values.rights import Right
from dialogs.values.status import Status

ANY_STATUS: frozenset[Status] = frozenset(Status)


@dataclass(frozen=True, slots=True)
class Errand:
    """``here`` is fired once the target is known. ``statuses`` are those a report may have to be offered.

    ``of_report``: it is about one report; else about a campaign at and below a unit. ``by_button``: a button may name
    one report.
    """

    right: Right
    here: str
    statuses: frozenset[Status] = ANY_STATUS
    of_report: bool = True
    by_button: bool = True


ERRANDS: Mapping[str, Errand] = {
    "return": Errand(Right.REPORT_RETURN, "return_here", frozenset({Status.SENT, Status.ACCEPTED, Status.RETURNED})),
    "accept": Errand(Right.REPORT_ACCEPT, "accept_here", frozenset({Status.SENT})),
    "report": Errand(Right.REPORT_READ, "report_here"),
    "reopen": Errand(Right.REPORT_REOPEN, "reopen_here", frozenset({Status.SENT, Status.ACCEPTED, Status.RETURNED})),
    "changes": Errand(Right.REPORT_READ, "changes_here", frozenset({Status.SENT, Status.ACCEPTED, Status.RETURNED})),
    "deny": Errand(Right.REPORT_REOPEN, "deny_here"),
    "extend": Errand(Right.DEADLINE_EXTEND, "extend_here", of_report=False),
    "remind": Errand(
        Right.REMINDER_SEND,
        "remind_here",
        frozenset({Status.NOT_OPENED, Status.IN_PROGRESS, Status.RETURNED}),
        of_report=False,
    ),
    "progress": Errand(Right.PROGRESS_READ, "progress_here", of_report=False, by_button=False),
    "record": Errand(Right.RECORD_READ, "record_here", of_report=False, by_button=False),
}
"""By the command that begins them."""
