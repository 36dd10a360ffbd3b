"""A last day as people write it: "20/7/2027", "chậm nhất ngày 20/7/2027", "trước ngày 20/7/2027".

"chậm nhất ngày D" is D, "trước ngày D" is D-1 unless its author says that D counts (C4).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dialogs.kinds import Kind
from dialogs.reading import Outcome, Spec, clean, fold, read
from dialogs.reading.sentences import PROBLEMS
from dialogs.texts import deadlines as deadlines_texts
from dialogs.texts import places

LAST_YEAR = 2100
_BEFORE = ("truoc ngay", "truoc")
_UNTIL = (
    *("cham nhat la ngay", "cham nhat ngay", "cham nhat la", "cham nhat", "muon nhat la ngay", "muon nhat ngay"),
    *("muon nhat", "den het ngay", "den ngay", "het ngay", "han nop", "han cuoi", "han", "ngay"),
)


@dataclass(frozen=True, slots=True)
class ReadDay:
    """What a typed last day came to mean. ``before``: "trước ngày", so that it has to be known whether ``day`` counts.

    ``ask`` is a question back: ``day`` is only what is proposed. ``refused`` says what is wrong, ``day`` is None then.
    """

    day: date | None = None
    before: bool = False
    ask: str = ""
    refused: str = ""

    def last(self, counts: bool) -> date | None:
        """Return the last day in time; ``counts``: whether the day of "trước ngày" counts itself."""
        if self.day is None or counts or not self.before:
            return self.day
        return self.day - timedelta(days=1)


def read_last_day(text: str, today: date) -> ReadDay:
    """Return what a person means by a last day: "20/7/2027", "chậm nhất ngày ...", "trước ngày ...".

    A day without its year is asked back with the next such day from ``today`` on. The reading is the dialog's one.
    """
    before, bare = _without_lead(text)
    for year in (today.year, today.year + 1):
        found = read(bare, Spec(Kind.DATE, year=year))
        proposed = next((option.value for option in found.options if isinstance(option.value, date)), None)
        if proposed is None or proposed >= today or found.code != "missing_year":
            break
    if found.outcome is Outcome.VALUE and isinstance(found.value, date):
        return ReadDay(found.value, before)
    if proposed is not None:
        return ReadDay(proposed, before, ask=found.why)
    problem = PROBLEMS.get(found.code, PROBLEMS["not_a_date"])
    said = problem.format(
        typed=places.short(text), measure="", range=deadlines_texts.readable_years(LAST_YEAR), decimals="0"
    )
    return ReadDay(refused=deadlines_texts.unread_day(said, today))


def _without_lead(text: str) -> tuple[bool, str]:
    """Return whether the text begins with "trước (ngày)", and the rest of it."""
    words = clean(text).split()
    folded = [fold(word).strip(":,") for word in words]
    for leads, before in ((_BEFORE, True), (_UNTIL, False)):
        for lead in leads:
            length = len(lead.split())
            if " ".join(folded[:length]) == lead and len(words) > length:
                return before, " ".join(words[length:])
    return False, " ".join(words)
