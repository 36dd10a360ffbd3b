"""The letterhead and the signature of a report: what the unit answered, else its office's defaults, else blanks."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from dialogs.answers import State
from exports.figures import value_text
from exports.profiles import Profile
from exports.report import Letterhead, Signature

if TYPE_CHECKING:
    from exports.compile import UnitSource


def letterhead(source: UnitSource, layout: Profile) -> Letterhead:
    """Return the head of ``source``; names fall back on the unit's own, turned into a body's by the profile."""
    issued = _day(source)
    return Letterhead(
        parent_body=_text(source, "co_quan_cap_tren") or body_name(source.parent_name, layout.parents),
        issuing_body=_text(source, "co_quan") or body_name(source.unit_name, layout.issuers),
        number=_text(source, "so"),
        symbol=_symbol(source, layout),
        place=_text(source, "dia_danh"),
        issued=issued,
        year=issued.year if issued else source.form.year or source.created.year,
        draft=not source.sent,
    )


def signature(source: UnitSource, layout: Profile) -> Signature:
    """Return who signs and who receives; the form's usual authority and recipients stand in for what is not told."""
    return Signature(
        authority=_text(source, "quyen_han") or _usual_authority(source, layout),
        title=_text(source, "chuc_vu"),
        name=_text(source, "ho_ten"),
        recipients=_recipients(source),
    )


def addressee(source: UnitSource, layout: Profile) -> str:
    """Return whom the report is written to ("Kính gửi", NĐ 30): the body above, if any; '' under the Party's rules."""
    return body_name(source.parent_name, layout.addressees) if layout.title.addressee else ""


def body_name(name: str, patterns: tuple[tuple[str, str], ...]) -> str:
    """Return a unit's plain name as a body's: "Xã An Bình" with ("Xã ", "ĐẢNG ỦY XÃ ") is "ĐẢNG ỦY XÃ AN BÌNH"."""
    start, written = next(((s, w) for s, w in patterns if name.startswith(s)), ("", ""))
    rest = name.removeprefix(start)
    return written + (rest if written[:2] != written[:2].upper() else rest.upper())


def _text(source: UnitSource, key: str) -> str:
    """Return what the unit answered for ``key``, else its default, else ''."""
    answer = source.document.get(key)
    if answer is not None and answer.state is State.VALUE:
        return value_text(answer.value).strip()
    return source.letterhead.get(key, "").strip()


def _day(source: UnitSource) -> date | None:
    answer = source.document.get("ngay")
    return answer.value if answer is not None and isinstance(answer.value, date) else None


def _symbol(source: UnitSource, layout: Profile) -> str:
    """Return what follows the number; a told symbol counts as a whole if it names the type ("BC/ĐU"), else as body."""
    settings = source.form.document
    told = _text(source, "ky_hieu").lstrip("-/ ")
    if re.match(rf"{re.escape(settings.type_symbol)}[-/]", told):
        return told
    usual = next((symbol for kind, symbol in settings.body_symbol if kind == source.respondent.kind), "")
    return layout.head.symbol.format(type=settings.type_symbol, body=told or usual or ".....")


def _usual_authority(source: UnitSource, layout: Profile) -> str:
    """Return the form's authority for this kind of unit, its mark as the profile writes it (T/M or TM.)."""
    usual = next((text for kind, text in source.form.document.authority if kind == source.respondent.kind), "")
    mark = layout.signing.mark
    return re.sub(r"^([TKQ])(?:/([MTLUQ]+)|([MTLUQ]+)\.)\s", r"\1/\2\3 " if mark == "/" else r"\1\2\3. ", usual)


def _recipients(source: UnitSource) -> tuple[str, ...]:
    """Return the Nơi nhận items without dashes and ends."""
    answer = source.document.get("noi_nhan")
    if answer is not None and isinstance(answer.value, tuple):
        told = answer.value
    elif default := _text(source, "noi_nhan"):
        told = tuple(default.split("\n"))
    else:
        told = tuple(text for kind, text in source.form.document.recipients if kind == source.respondent.kind)
    bare = (item.strip().removeprefix("-").strip().rstrip(";,.").strip() for item in told)
    return tuple(item for item in bare if item)
