"""The letterhead and the signature of a report: what the unit answered, else its office's defaults, else blanks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from dialogs.forms.answers import Answer, State
from dialogs.forms.form import Form
from dialogs.forms.questions import Respondent
from exports.figures import value_text
from exports.profiles import Profile
from exports.report import Letterhead, Signature


class Issuer(Protocol):
    """Whose head it is: what a unit's own report and a compiled one know alike. ``document`` as in ``UnitSource``."""

    @property
    def form(self) -> Form: ...
    @property
    def respondent(self) -> Respondent: ...
    @property
    def unit_name(self) -> str: ...
    @property
    def parent_name(self) -> str: ...
    @property
    def document(self) -> Mapping[str, Answer]: ...
    @property
    def letterhead(self) -> Mapping[str, str]: ...
    @property
    def sent(self) -> bool: ...
    @property
    def created(self) -> datetime: ...


def letterhead(source: Issuer, layout: Profile) -> Letterhead:
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


def signature(source: Issuer, layout: Profile) -> Signature:
    """Return who signs and who receives; the form's usual authority and recipients stand in for what is not told."""
    return Signature(
        authority=_text(source, "quyen_han") or _usual_authority(source, layout),
        title=_text(source, "chuc_vu"),
        name=_text(source, "ho_ten"),
        recipients=_recipients(source),
    )


def addressee(source: Issuer, layout: Profile) -> str:
    """Return whom the report is written to ("Kính gửi", NĐ 30): the body above, if any; '' under the Party's rules."""
    return body_name(source.parent_name, layout.addressees) if layout.title.addressee else ""


def body_name(name: str, patterns: tuple[tuple[str, str], ...]) -> str:
    """Return a unit's plain name as a body's: "Xã An Bình" with ("Xã ", "ĐẢNG ỦY XÃ ") is "ĐẢNG ỦY XÃ AN BÌNH"."""
    start, written = next(((s, w) for s, w in patterns if name.startswith(s)), ("", ""))
    rest = name.removeprefix(start)
    return written + (rest if written[:2] != written[:2].upper() else rest.upper())


def _text(source: Issuer, key: str) -> str:
    """Return what the unit answered for ``key``, else its default, else ''."""
    answer = source.document.get(key)
    if answer is not None and answer.state is State.VALUE:
        return value_text(answer.value).strip()
    return source.letterhead.get(key, "").strip()


def _day(source: Issuer) -> date | None:
    answer = source.document.get("ngay")
    return answer.value if answer is not None and isinstance(answer.value, date) else None


def _symbol(source: Issuer, layout: Profile) -> str:
    """Return what follows the number; a told symbol counts as a whole if it names the type ("BC/ĐU"), else as body."""
    settings = source.form.document
    told = _text(source, "ky_hieu").lstrip("-/ ")
    if re.match(rf"{re.escape(settings.type_symbol)}[-/]", told):
        return told
    usual = next(iter(_usual(settings.body_symbol, source.respondent)), "")
    return layout.head.symbol.format(type=settings.type_symbol, body=told or usual or ".....")


def _usual_authority(source: Issuer, layout: Profile) -> str:
    """Return the form's authority for this kind of unit, its mark as the profile writes it (T/M or TM.)."""
    usual = next(iter(_usual(source.form.document.authority, source.respondent)), "")
    mark = layout.signing.mark
    return re.sub(r"^([TKQ])(?:/([MTLUQ]+)|([MTLUQ]+)\.)\s", r"\1/\2\3 " if mark == "/" else r"\1\2\3. ", usual)


def _recipients(source: Issuer) -> tuple[str, ...]:
    """Return the Nơi nhận items without dashes and ends."""
    answer = source.document.get("noi_nhan")
    if answer is not None and isinstance(answer.value, tuple):
        told = answer.value
    elif default := _text(source, "noi_nhan"):
        told = tuple(default.split("\n"))
    else:
        told = _usual(source.form.document.recipients, source.respondent)
    bare = (item.strip().removeprefix("-").strip().rstrip(";,.").strip() for item in told)
    return tuple(item for item in bare if item)


def _usual(pairs: tuple[tuple[str, str], ...], respondent: Respondent) -> tuple[str, ...]:
    """Return the form's usual wording for a unit: its body's own where the form has it, else its kind's."""
    own = tuple(text for key, text in pairs if respondent.body and key == respondent.body)
    return own or tuple(text for key, text in pairs if key == respondent.kind)
