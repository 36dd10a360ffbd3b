"""Dates in words: "ngày mười tháng tư năm hai nghìn không trăm mười chín"."""

from __future__ import annotations

from dialogs.reading.amounts import amount, is_number
from dialogs.reading.lexicon import atoms_of


def spoken_date(folded: str) -> tuple[int, int, int] | None:
    """Day, month and year of a date that uses number words, or None; numerals may be mixed in.

    "năm" is both "five" and "year": the last one that leaves a number on either side is the year.
    """
    day_text, found, rest = folded.removeprefix("ngay ").partition(" thang ")
    day = _number(day_text)
    if not found or day is None:
        return None
    words = rest.split()
    for at in range(len(words) - 1, 0, -1):
        if words[at] == "nam":
            month, year = _number(" ".join(words[:at])), _number(" ".join(words[at + 1 :]))
            if month is not None and year is not None and year >= 1000:
                return day, month, year
    return None


def _number(text: str) -> int | None:
    atoms = atoms_of(text)
    if not atoms or not all(is_number(a) for a in atoms):
        return None
    values = amount(atoms).values
    if len(values) != 1 or values[0] != int(values[0]) or not 0 < values[0] < 10_000:
        return None
    return int(values[0])
