"""Reading a date: the day comes first, always; nothing is swapped or completed in silence (input rule E7)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from dialogs.reading import sentences
from dialogs.reading.cleaning import fold, shorten
from dialogs.reading.model import Outcome, Reading, Spec
from dialogs.reading.printing import date_full
from dialogs.reading.replies import asked, date_option, refused
from dialogs.reading.spoken_dates import spoken_date

LONGEST = 120
FIRST_YEAR, LAST_YEAR = 1900, 2100
_PIVOT = 50  # a two-digit year below this is of the 2000s

_BREAK = r"(?: ?[/.,-] ?| )"
_DAY_FIRST = rf"(?P<d>\d{{1,2}}){_BREAK}(?P<m>\d{{1,2}}){_BREAK}(?P<y>\d{{4}}|\d{{2}})(?!\d)"
_MONTH = r"(?:thang|thg|th|t)\.? ?"
_NAMED = rf"(?P<d2>\d{{1,2}})[ ,/-]*{_MONTH}(?P<m2>\d{{1,2}})(?:[ ,]*nam ?|[ ,/.-]+)(?P<y2>\d{{4}}|\d{{2}})(?!\d)"
_MIXED = r"(?P<d3>\d{1,2}) ?[/.-] ?(?P<m3>\d{1,2})[ ,]* nam ?(?P<y3>\d{4}|\d{2})(?!\d)"
_ISO = r"(?P<y4>\d{4}) ?[-/.] ?(?P<m4>\d{1,2}) ?[-/.] ?(?P<d4>\d{1,2})(?!\d)"
_FULL = re.compile(rf"(?<!\d)(?:{_ISO}|{_NAMED}|{_MIXED}|{_DAY_FIRST})")
_PACKED = re.compile(r"(?:ngay )?(\d{2})(\d{2})(\d{4}|\d{2})")
_NO_YEAR = re.compile(rf"(?:ngay )?(\d{{1,2}})(?: ?[/.-] ?|[ ,/-]*{_MONTH})(\d{{1,2}})")
_NO_DAY = re.compile(
    rf"(?:{_MONTH})?(?:0?[1-9]|1[0-2])(?: ?[/.-] ?| nam |[ ,]+)\d{{4}}|{_MONTH}\d{{1,2}}|(?:nam )?\d{{4}}"
)
_IMPOSSIBLE = re.compile(r"(?:ngay )?\d{1,4}(?: ?[/.-] ?\d{1,6}){1,2}")
_DAY_ONLY = re.compile(r"(?:ngay )?\d{1,2}")

_LUNAR = re.compile(r"\b(?:mung|mong|am lich|al|tet|ram|thang gieng|thang chap|nhuan)\b")
_VAGUE = re.compile(
    r"\b(?:hom|mai|kia|ngoai|truoc day|tuan|quy|dau|cuoi|giua|trung tuan|thuong tuan|ha tuan|sang nam|vua qua"
    r"|gan day|sap toi|ky|nay|qua|thu (?:hai|ba|tu|nam|sau|bay)|chu nhat)\b"
)
_RANGE = re.compile(r"\b(?:den|toi|hoac|hay)\b| - |\d-\d{1,2}[/.]")
_ABOUT = re.compile(r"\b(?:khoang|tam|truoc|sau|chung|gan|tu|den|toi|cham nhat|muon nhat)\b|~")
_BLANK = re.compile(r"\.{2,}|…|_{2,}|\bngay ?[,/]? ?thang ?[,/]? ?nam\b|\bngay ?/ ?/")
_RESIDUE = re.compile(
    r"\b(?:ngay|la|da|a|vang|thua|dung|vao|luc|han|ban hanh|thu (?:hai|ba|tu|nam|sau|bay)|chu nhat|dl|duong lich)\b"
    r"|[\s.,;:!'\"()\[\]=]|(?:t| )?0{1,2}:00(?::00)?(?:\.0+)?z?"
)
_PLACE = re.compile(r"[^\d,]{1,60},\s*(?=ngay\b)")


@dataclass(frozen=True, slots=True)
class _Parts:
    """Day, month and year as typed, before it is known whether there is such a day."""

    day: int
    month: int
    year: int
    short: bool = False


def read_date(text: str, spec: Spec) -> Reading:
    """Read a text as one calendar day: VALUE with a date, ASK with a proposed date, or REFUSED with the reason."""
    folded = fold(text[: 4 * LONGEST])
    if len(text) > 4 * LONGEST or len(folded) > LONGEST:
        return refused("too_long", text, spec)
    found = list(_FULL.finditer(folded))
    if len(found) > 1:
        return refused("range" if _RANGE.search(folded) else "not_single_day", text, spec)
    if found:
        return _one_full_date(found[0], folded, text, spec)
    return _incomplete(folded, text, spec)


def find_date(text: str) -> date | None:
    """The first full, possible date in a longer text, for recognising documents; None if there is none."""
    for match in _FULL.finditer(fold(text)):
        parts = _parts(match)
        value = _day(parts.day, parts.month, parts.year)
        if value is not None:
            return value
    return None


def _one_full_date(match: re.Match[str], folded: str, text: str, spec: Spec) -> Reading:
    around = folded[: match.start()] + " " + folded[match.end() :]
    if _LUNAR.search(around):
        return refused("lunar", text, spec)
    if re.search(r"\d ?- ?$", folded[: match.start()]) or re.match(r" ?- ?\d", folded[match.end() :]):
        return refused("range", text, spec)
    around = _PLACE.sub(" ", folded[: match.start()]) + " " + folded[match.end() :]
    parts = _parts(match)
    if not _RESIDUE.sub("", around):
        return _dated(parts, text, spec)
    question = "approximate_date" if _ABOUT.search(around) else "date"
    code = "approximate" if question == "approximate_date" else "extra_words"
    return _proposed(parts, question, code, text, spec)


def _parts(match: re.Match[str]) -> _Parts:
    groups = match.groupdict()
    tail = next(t for t in ("4", "2", "3", "") if groups["d" + t] is not None)
    year = groups["y" + tail]
    number = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < _PIVOT else 1900)
    return _Parts(int(groups["d" + tail]), int(groups["m" + tail]), number, len(year) == 2)


def _dated(parts: _Parts, text: str, spec: Spec, remark: bool = False) -> Reading:
    if not FIRST_YEAR <= parts.year <= LAST_YEAR:
        return refused("out_of_range", text, spec)
    swapped = _day(parts.month, parts.day, parts.year)
    if parts.month > 12 and swapped is not None:
        shown = sentences.question("us_order", shorten(text), spec, date_full(swapped), month=parts.month)
        return asked("us_order", shown, (date_option(swapped),))
    value = _day(parts.day, parts.month, parts.year)
    if value is None:
        return refused("invalid_date", text, spec)
    echo = sentences.date_echo(date_full(value))
    return Reading(Outcome.VALUE, value, echo=echo, remark=remark or parts.short)


def _proposed(parts: _Parts, question: str, code: str, text: str, spec: Spec) -> Reading:
    """A date that must be confirmed, if there is such a day."""
    value = _day(parts.day, parts.month, parts.year)
    if value is None:
        return _dated(parts, text, spec)
    why = sentences.question(question, shorten(text), spec, date_full(value))
    return asked(code, why, (date_option(value),))


def _day(day: int, month: int, year: int) -> date | None:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return None
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def _incomplete(folded: str, text: str, spec: Spec) -> Reading:
    line = folded.strip(" .,;:!'\"()")
    packed = _PACKED.fullmatch(line)
    if packed:
        return _packed(packed, text, spec)
    spoken = spoken_date(line)
    if spoken is not None:
        return _dated(_Parts(*spoken), text, spec, remark=True)
    no_year = _NO_YEAR.fullmatch(line)
    if no_year:
        return _without_year(int(no_year[1]), int(no_year[2]), text, spec)
    return refused(_why_not(folded, line), text, spec)


def _packed(match: re.Match[str], text: str, spec: Spec) -> Reading:
    """ "10042019" is read, and read back; "100419" could be anything and is asked."""
    year = int(match[3])
    if len(match[3]) == 4 and not FIRST_YEAR <= year <= LAST_YEAR:
        digits = "".join(match.groups())
        parts = _Parts(int(digits[6:]), int(digits[4:6]), int(digits[:4]))
        return _proposed(parts, "date", "ambiguous", text, spec)
    if len(match[3]) == 4:
        return _dated(_Parts(int(match[1]), int(match[2]), year), text, spec, remark=True)
    parts = _Parts(int(match[1]), int(match[2]), year + (2000 if year < _PIVOT else 1900), True)
    return _proposed(parts, "date", "ambiguous", text, spec)


def _without_year(day: int, month: int, text: str, spec: Spec) -> Reading:
    """Day and month: the campaign's year is proposed where it is known."""
    if month > 12 and day <= 12 and spec.year is not None:
        return _dated(_Parts(day, month, spec.year), text, spec)
    if _day(day, month, 2000) is None:  # a leap year: 29/02 may exist
        return refused("invalid_date", text, spec)
    if spec.year is None:
        return refused("missing_year", text, spec)
    return _proposed(_Parts(day, month, spec.year), "missing_year", "missing_year", text, spec)


def _why_not(folded: str, line: str) -> str:
    if _LUNAR.search(folded):
        return "lunar"
    if _BLANK.search(folded):
        return "unfilled_template"
    if _NO_DAY.fullmatch(line):
        return "missing_day"
    if _VAGUE.search(folded):
        return "not_single_day"
    if _DAY_ONLY.fullmatch(line):
        return "missing_month"
    if _IMPOSSIBLE.fullmatch(line):
        return "invalid_date"
    if re.search(r"\d", folded) and _RANGE.search(folded):
        return "range"
    return "not_single_day" if re.search(r"\b(?:thang|nam|ngay)\b", folded) else "not_a_date"
