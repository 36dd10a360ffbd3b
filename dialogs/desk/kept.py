"""What a coordinator's dialogs keep between turns: what a command is about, and what is known of it so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from dialogs.turn.kept import Kept

Standing: TypeAlias = tuple[str | int, ...]
"""How a report stood when it was shown: its status, the number of its sending, until when it is open."""


@dataclass(frozen=True, slots=True)
class Target(Kept):
    """What ``errand`` is about, as far as it is known: a campaign at a unit (``scope``), or one report (0: none)."""

    kind = "target"
    errand: str
    scope: str = ""
    report: int = 0
    unit: str = ""
    title: str = ""

    @property
    def aim(self) -> tuple[str, str, int, str, str]:
        """All of it, with which what a dialog keeps of its own begins."""
        return self.errand, self.scope, self.report, self.unit, self.title

    @property
    def comment(self) -> str:
        """The words that were typed for those whom it concerns."""
        return ""


@dataclass(frozen=True, slots=True)
class Choosing(Target):
    """The target is being asked; ``said`` was typed behind the command, ``page`` is the page of the units shown."""

    kind = "choosing"
    said: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Accepting(Target):
    """The number of the sending that is looked at."""

    kind = "accept"
    sending: int = 0


@dataclass(frozen=True, slots=True)
class AcceptingAll(Choosing):
    """Reports that were shown to be accepted together, each with the number of its sending."""

    kind = "accept_all"
    all: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Returning(Target):
    """The part that is handed back ('': the whole) and why."""

    kind = "return"
    seen: Standing = ()
    prefix: str = ""
    comment: str = ""

    @property
    def typed(self) -> tuple[str, ...]:
        return (self.comment,) if self.comment else ()


@dataclass(frozen=True, slots=True)
class Reopening(Target):
    """Why a report is opened; ``own``: the reason was typed here, else it is the unit's or the one before."""

    kind = "reopen"
    seen: Standing = ()
    reason: str = ""
    own: bool = False

    @property
    def typed(self) -> tuple[str, ...]:
        return (self.reason,) if self.own else ()


@dataclass(frozen=True, slots=True)
class Denying(Target):
    """What is answered to a unit that may not correct its report."""

    kind = "deny"
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Extending(Target):
    """Whom more time is for (``group``) and until when; ``later`` is a typed day that waits until that is clear.

    ``day`` was typed, ``last`` is the last day that it comes to; ``shown`` are the reports of the preview, each with
    the moment when it is due ('': none).
    """

    kind = "extend"
    group: str = ""
    later: str = ""
    day: date | None = None
    last: date | None = None
    shown: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reminding(Target):
    """The line that goes with a reminder, and whether those get it too who were reminded a short while ago."""

    kind = "remind"
    comment: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class RecordShown(Kept):
    """The record that is looked at ("CAMPAIGN.UNIT") and its page."""

    kind = "record"
    record: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class BoardShown(Kept):
    """The progress that is looked at ("CAMPAIGN.UNIT"), which list of it and its page; ``at`` is one unit of it."""

    kind = "board"
    board: str = ""
    view: str = ""
    page: int = 0
    at: int = 0
