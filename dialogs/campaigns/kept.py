"""What the dialogs about campaigns keep between turns, beside the draft of a new one (``Session.draft``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dialogs.turn.kept import Kept


@dataclass(frozen=True, slots=True)
class CampaignShown(Kept):
    """The campaign that is looked at."""

    kind = "campaign"
    campaign: int


@dataclass(frozen=True, slots=True)
class DueAsked(Kept):
    """The kind of units whose last day is asked ('': the first without one), and the day that is asked back.

    ``said`` is how it was typed, ``before``: as "trước ngày". ``ask`` is the question, '' if only that is unclear.
    """

    kind = "due"
    group: str = ""
    day: date | None = None
    before: bool = False
    ask: str = ""
    said: str = ""
