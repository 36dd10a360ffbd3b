"""The letterhead and the signature of a report: what the unit answered, else its office's defaults, else blanks."""

from __future__ import annotations

import re
from datetime import date

from dialogs.forms.answers import State
from dialogs.forms.questions import Respondent
from dialogs.values.report_data import ReportData
from exports.figures import value_text
from exports.profiles import Profile, body_name
from exports.report import Letterhead, Signature


def letterhead(data: ReportData, layout: Profile) -> Letterhead:
    """Return the head of ``data``; names fall back on the unit's own, turned into a body's by the profile."""
    issued = _day(data)
    return Letterhead(
        parent_body=_text(data, "co_quan_cap_tren") or body_name(data.parent_name, layout.parents),
        issuing_body=_text(data, "co_quan") or body_name(data.unit_name, layout.issuers),
        number=_text(data, "so"),
        symbol=_symbol(data, layout),
        place=_text(data, "dia_danh"),
        issued=issued,
        year=issued.year if issued else data.form.year or data.created.year,
        draft=not data.sent,
    )


def signature(data: ReportData, layout: Profile) -> Signature:
    """Return who signs and who receives; the form's usual authority and recipients stand in for what is not told."""
    return Signature(
        authority=_text(data, "quyen_han") or _usual_authority(data, layout),
        title=_text(data, "chuc_vu"),
        name=_text(data, "ho_ten"),
        recipients=_recipients(data),
    )


def addressee(data: ReportData, layout: Profile) -> str:
    """Return whom the report is written to ("Kính gửi", NĐ 30): the body above, if any; '' under the Party's rules."""
    return body_name(data.parent_name, layout.addressees) if layout.title.addressee else ""


def _text(data: ReportData, key: str) -> str:
    """Return what the unit answered for ``key``, else its default, else ''."""
    answer = data.document.get(key)
    if answer is not None and answer.state is State.VALUE:
        return value_text(answer.value).strip()
    return data.letterhead.get(key, "").strip()


def _day(data: ReportData) -> date | None:
    answer = data.document.get("ngay")
    return answer.value if answer is not None and isinstance(answer.value, date) else None


def _symbol(data: ReportData, layout: Profile) -> str:
    """Return what follows the number; a told symbol counts as a whole if it names the type ("BC/ĐU"), else as body."""
    settings = data.form.document
    told = _text(data, "ky_hieu").lstrip("-/ ")
    if re.match(rf"{re.escape(settings.type_symbol)}[-/]", told):
        return told
    usual = next(iter(_usual(settings.body_symbol, data.respondent)), "")
    return layout.head.symbol.format(type=settings.type_symbol, body=told or usual or ".....")


def _usual_authority(data: ReportData, layout: Profile) -> str:
    """Return the form's authority for this kind of unit, its mark as the profile writes it (T/M or TM.)."""
    usual = next(iter(_usual(data.form.document.authority, data.respondent)), "")
    mark = layout.signing.mark
    return re.sub(r"^([TKQ])(?:/([MTLUQ]+)|([MTLUQ]+)\.)\s", r"\1/\2\3 " if mark == "/" else r"\1\2\3. ", usual)


def _recipients(data: ReportData) -> tuple[str, ...]:
    """Return the Nơi nhận items without dashes and ends."""
    answer = data.document.get("noi_nhan")
    if answer is not None and isinstance(answer.value, tuple):
        told = answer.value
    elif default := _text(data, "noi_nhan"):
        told = tuple(default.split("\n"))
    else:
        told = _usual(data.form.document.recipients, data.respondent)
    bare = (item.strip().removeprefix("-").strip().rstrip(";,.").strip() for item in told)
    return tuple(item for item in bare if item)


def _usual(pairs: tuple[tuple[str, str], ...], respondent: Respondent) -> tuple[str, ...]:
    """Return the form's usual wording for a unit: its body's own where the form has it, else its kind's."""
    own = tuple(text for key, text in pairs if respondent.body and key == respondent.body)
    return own or tuple(text for key, text in pairs if key == respondent.kind)
