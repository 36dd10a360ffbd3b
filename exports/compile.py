"""From a form and one unit's answers to a ``Report``. Replaced as a whole by its owner; see ``report``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dialogs.answers import Address, Answer
from dialogs.form import Form
from dialogs.questions import Respondent
from exports.report import Detail, Report, Warned


@dataclass(frozen=True, slots=True)
class Rolled:
    """A proposal: the sum (or union) of the counted units below, with n of N. ``value`` None: nobody gave a figure."""

    value: object
    counted: int
    expected: int


@dataclass(frozen=True, slots=True)
class UnitSource:
    """All that one unit's report is made of. ``document`` are the answers of "Thông tin văn bản" by column key.

    The keys of ``document``: so, ngay (date), dia_danh, co_quan_cap_tren, co_quan, ky_hieu, quyen_han, chuc_vu,
    ho_ten, noi_nhan (tuple of items).
    """

    form: Form
    respondent: Respondent
    unit_code: str
    unit_name: str
    parent_name: str
    answers: Mapping[Address, Answer]
    document: Mapping[str, Answer]
    letterhead: Mapping[str, str]
    profile: str
    sent: bool
    created: datetime
    rolled: Mapping[Address, Rolled]
    details: tuple[Detail, ...] = ()
    warnings: tuple[Warned, ...] = ()


def unit_report(source: UnitSource) -> Report:
    """Return the report of one unit: every leaf of the outline in order, its appendices, its letterhead."""
    raise NotImplementedError(source.unit_code)
