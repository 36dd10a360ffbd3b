"""What is under way about a report beside its status: a reopening, a wish to correct it, a leader's confirmation.

Also what differs between two sendings. Values only; ``storage.reports`` makes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dialogs.forms.answers import Address, Answer


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that differs: what it held ``before`` and ``after`` (None: not answered), who wrote the latter, when."""

    address: Address
    before: Answer | None
    after: Answer | None
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A unit's wish to correct what it has sent; ``granted`` is None until somebody above has decided."""

    reason: str
    by: str
    at: datetime
    granted: bool | None = None
    comment: str = ""
    settled_by: str = ""
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ConfirmationAsked:
    """Somebody laid the report before the unit's leader."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportLifecycle:
    """``reopened_until`` is set while a report that was sent is open for correction; ``correction`` is the newest wish.

    ``leads`` names those who confirm before it is sent, empty where the campaign does not want that or nobody can;
    ``confirms``: the campaign wants it; ``may_confirm``: the person who looks is one of them. ``sendings`` counts.
    """

    sendings: int = 0
    reopened_until: datetime | None = None
    reopen_reason: str = ""
    correction: Correction | None = None
    asked: ConfirmationAsked | None = None
    confirms: bool = False
    leads: tuple[str, ...] = ()
    may_confirm: bool = False

    def ended(self, now: datetime) -> bool:
        """Whether the report had been opened for correction until a moment that has passed."""
        return self.reopened_until is not None and now >= self.reopened_until

    @property
    def waits(self) -> bool:
        """Whether the unit's wish to correct the report still waits for a decision."""
        return self.correction is not None and self.correction.granted is None
