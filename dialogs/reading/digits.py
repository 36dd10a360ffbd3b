"""What a run of digits with dots, commas and apostrophes means (input rules E2 and E3).

The dot groups thousands and the comma begins decimals; wherever an English habit would give another number,
both are returned and the person is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

LONGEST = 24
_SPACED = re.compile(r"(?<![0-9.,'])[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9.'])")
_GROUPS = {sign: re.compile(rf"[1-9][0-9]{{0,2}}(?:{re.escape(sign)}[0-9]{{3}})+") for sign in ".,'"}


@dataclass(frozen=True, slots=True)
class DigitReading:
    """The values that a run of digits may have: one, or several if it must be asked; none with a ``code``."""

    values: tuple[Decimal, ...] = ()
    code: str = ""
    remark: bool = False


def join_spaced(text: str) -> str:
    """ "1 234 567" as "1'234'567": groups of exactly three digits after a space are thousands, to be read back."""
    return _SPACED.sub(lambda match: match.group().replace(" ", "'"), text)


def figure(token: str) -> DigitReading:
    """The meaning of digits such as "05", "1.000", "1,5", "1,234", "1.234,5", "1'000".

    A comma with exactly three digits after it has two readings, decimal first. A token that fits no rule has
    the code ``malformed_grouping``; more than 24 digits are ``out_of_range``.
    """
    if len(token) > LONGEST:
        return DigitReading(code="out_of_range")
    if "'" in token:
        return _without_apostrophes(token)
    signs = {c for c in token if c in ".,"}
    if not signs:
        return DigitReading((Decimal(token),))
    if len(signs) == 2:
        return _both_signs(token)
    return _only_dots(token) if "." in signs else _only_commas(token)


def _malformed() -> DigitReading:
    return DigitReading(code="malformed_grouping")


def _without_apostrophes(token: str) -> DigitReading:
    whole, sign, decimals = re.match(r"([0-9']*)([.,]?)(.*)", token, re.DOTALL).groups()  # type: ignore[union-attr]
    if not _GROUPS["'"].fullmatch(whole) or (sign and not decimals.isdigit()):
        return _malformed()
    return DigitReading((Decimal(whole.replace("'", "") + ("." + decimals if sign else "")),), remark=True)


def _only_dots(token: str) -> DigitReading:
    if _GROUPS["."].fullmatch(token):
        return DigitReading((Decimal(token.replace(".", "")),), remark=True)
    whole, _, decimals = token.partition(".")
    if "." in decimals or (len(whole) > 1 and whole.startswith("0")):
        return _malformed()
    if len(decimals) <= 2 or whole == "0":
        return DigitReading((Decimal(token),), remark=True)
    return _malformed()


def _only_commas(token: str) -> DigitReading:
    if token.count(",") > 1:
        return _thousands_by_commas(token)
    whole, _, decimals = token.partition(",")
    if len(whole) > 1 and whole.startswith("0"):
        return _malformed()
    decimal = Decimal(f"{whole}.{decimals}")
    if _GROUPS[","].fullmatch(token):
        return DigitReading((decimal, Decimal(whole + decimals)), code="ambiguous", remark=True)
    return DigitReading((decimal,))


def _thousands_by_commas(token: str) -> DigitReading:
    if not _GROUPS[","].fullmatch(token):
        return _malformed()
    return DigitReading((Decimal(token.replace(",", "")),), remark=True)


def _both_signs(token: str) -> DigitReading:
    """The last sign is the decimal one and stands once; the other must group by threes."""
    at = max(token.rfind("."), token.rfind(","))
    whole, decimals = token[:at], token[at + 1 :]
    other = "," if token[at] == "." else "."
    if token[at] in whole or not _GROUPS[other].fullmatch(whole):
        return _malformed()
    return DigitReading((Decimal(whole.replace(other, "") + "." + decimals),), remark=True)


def other_reading(token: str) -> Decimal | None:
    """The decimal that "1.234" would be by the English habit, for columns where thousands are absurd."""
    if token.count(".") != 1 or not _GROUPS["."].fullmatch(token):
        return None
    return Decimal(token)
