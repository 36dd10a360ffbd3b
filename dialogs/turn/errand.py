"""What a coordinator's command is about: a report, or a campaign and a unit; ``desk/target_picker`` asks which."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.values.rights import Right
from dialogs.values.status import Status

ANY_STATUS: frozenset[Status] = frozenset(Status)
SENT_ONCE: frozenset[Status] = frozenset({Status.SENT, Status.ACCEPTED, Status.RETURNED})


@dataclass(frozen=True, slots=True)
class Errand:
    """``name`` is stored while the target is asked, ``words`` say what is wanted, ``here`` is fired once it is known.

    ``statuses`` are those a report may have to be offered. ``of_report``: it is about one report; else about a campaign
    at and below a unit. ``by_button``: a button may name one report.
    """

    name: str
    words: str
    right: Right
    here: str
    statuses: frozenset[Status] = ANY_STATUS
    of_report: bool = True
    by_button: bool = True
