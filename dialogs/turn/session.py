"""Where one person stands. A session is a small frozen value that survives restarts; see ``stored``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from dialogs.forms.answers import Address
from dialogs.turn.held import HeldWriting
from dialogs.turn.kept import Kept
from dialogs.values.plans import CampaignDraft


class Session(NamedTuple):
    """``state`` is a state of the machine; ``report``, ``question`` and ``part`` say what is asked (0: nothing).

    ``mark`` counts every change of what is asked, so that a button of an earlier screen is known to be stale.
    ``columns`` are the columns of the current part that are still wanted (empty: all of them). ``kept`` is
    what the dialog that goes on keeps of its own. ``misses`` counts refusals in a row. ``resume`` is the question
    to go back to after a detour. ``choices`` are those of the last screen: (what may be typed, action, label).
    ``cut`` is where a text ends that a chat program cut at its longest length, if it is shorter now that it is clean.
    ``missed`` is the last message if it was refused or asked back, so that it may be put right by editing it. ``rows``
    are the rows that the unit had added, ``parts`` those of the report that were theirs (empty: all of it), when the
    questions were last numbered. ``seen`` holds the versions of colleagues' answers that the last screen showed, by
    ``seen_key``, and ``held`` what would have replaced newer ones: see ``conflict_detection``. ``draft`` is a campaign
    that is being prepared; it waits while the person does something else. A tuple, as ``Answer`` is: a turn makes some.
    """

    state: str = "home"
    report: int = 0
    question: int = 0
    part: int = 0
    mark: int = 0
    columns: tuple[str, ...] = ()
    kept: Kept | None = None
    misses: int = 0
    resume: int = 0
    page: int = 0
    choices: tuple[tuple[str, str, str], ...] = ()
    cut: str = ""
    missed: str = ""
    rows: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    seen: Mapping[str, int] = MappingProxyType({})
    held: tuple[HeldWriting, ...] = ()
    draft: CampaignDraft | None = None


def seen_key(report: int, address: Address) -> str:
    """The key of one answer of one report in ``Session.seen``."""
    return "|".join((str(report), *address))
