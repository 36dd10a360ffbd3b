"""The plan of a campaign as a Word document: who reports, until which moment, in which form, on what terms.

It is a ``Report`` of fixed text, so that head, styles and paper are those of every other document (HD 05, HD 36).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo

from dialogs.texts import deadlines as deadlines_texts
from dialogs.texts import places
from dialogs.texts import plans as plans_texts
from dialogs.values.plans import CampaignPlan, UnitGroup
from exports.profiles import Profile, body_name, profile
from exports.report import Block, Heading, Letterhead, Paragraph, Report, Signature
from exports.word import document

TYPE_NAME, TYPE_SYMBOL = "KẾ HOẠCH", "KH"


def render(plan: CampaignPlan, created: datetime) -> bytes:
    """Return the plan as a Word file; ``created`` is local time. Raises ``KeyError`` for an unknown profile."""
    return document.render(as_report(plan, created))


def as_report(plan: CampaignPlan, created: datetime) -> Report:
    """Return what is printed, knowing no file format."""
    layout = profile(plan.profile)
    return Report(
        profile=plan.profile,
        letterhead=_letterhead(plan, layout, created),
        type_name=TYPE_NAME,
        subject=f"thu thập báo cáo “{plan.title}”",
        blocks=tuple(_blocks(plan, created)),
        appendices=(),
        signature=_signature(plan),
        created=created,
        period=plan.period,
    )


def _letterhead(plan: CampaignPlan, layout: Profile, created: datetime) -> Letterhead:
    told = plan.letterhead
    symbol = re.split("[/-]", told.get("ky_hieu", ""), maxsplit=1)[-1] or "....."
    return Letterhead(
        parent_body=told.get("co_quan_cap_tren") or body_name(plan.parent_name, layout.parents),
        issuing_body=told.get("co_quan") or body_name(plan.unit_name, layout.issuers),
        number="",
        symbol=layout.head.symbol.format(type=TYPE_SYMBOL, body=symbol),
        place=told.get("dia_danh", ""),
        issued=plan.opened_at.astimezone(_zone(created)).date() if plan.opened_at else None,
        year=created.year,
        draft=plan.opened_at is None,
    )


def _signature(plan: CampaignPlan) -> Signature:
    told = plan.letterhead
    recipients = ("Các đơn vị có tên tại mục II",)
    return Signature(told.get("quyen_han", ""), told.get("chuc_vu", ""), told.get("ho_ten", ""), recipients)


def _blocks(plan: CampaignPlan, created: datetime) -> Iterator[Block]:
    yield Heading("I. NỘI DUNG BÁO CÁO", 1)
    yield from _what(plan)
    yield Heading("II. ĐƠN VỊ BÁO CÁO VÀ THỜI HẠN", 1)
    yield from _who(plan, created)
    yield Heading("III. TỔ CHỨC THỰC HIỆN", 1)
    terms = plans_texts.plan_terms(plan, plan.offsets)
    yield from (Paragraph(f"- {places.capital(each)}.", item=True) for each in terms)


def _what(plan: CampaignPlan) -> Iterator[Block]:
    yield Paragraph(f"Mẫu báo cáo: {plan.form_title} ({plan.form}).")
    if plan.legal_basis:
        yield Paragraph(f"Căn cứ: {plan.legal_basis.rstrip('.')}.")
    if plan.outline:
        yield Paragraph("Đề cương gồm:", lead=True)
        yield from (Paragraph(f"- {heading}", item=True) for level, heading in plan.outline if level <= 2)
    if plan.tables:
        yield Paragraph("Phụ lục gồm:", lead=True)
        yield from (Paragraph(f"- {each}", item=True) for each in plan.tables)


def _who(plan: CampaignPlan, created: datetime) -> Iterator[Block]:
    yield Paragraph(
        f"{plan.unit_name} và các đơn vị trực thuộc, theo tổ chức ngày {plans_texts.day_text(plan.reference_date)}: "
        f"{places.count(len(plan.owing))} đơn vị phải nộp báo cáo.",
        lead=True,
    )
    for number, group in enumerate(plan.groups, 1):
        yield Heading(f"{number}. {places.capital(plans_texts.kind_name(group.kind))}", 2)
        yield from _group(plan, group, created)
    free = [each.name for each in plan.units if not each.required]
    if free:
        yield Paragraph(f"Không phải nộp: {'; '.join(free)}.")


def _group(plan: CampaignPlan, group: UnitGroup, created: datetime) -> Iterator[Block]:
    """Yield the units of a group by the last moment they have: most have the same one."""
    moments = {each.due: None for each in plan.owing if each.kind == group.kind}
    for due in sorted(moments, key=lambda moment: (moment is None, moment or created)):
        names = [each.name for each in plan.owing if each.kind == group.kind and each.due == due]
        words = deadlines_texts.last_moment_words(due, _zone(created))
        yield Paragraph(f"{places.count(len(names))} đơn vị, theo mẫu “{group.form}”, {words}: {'; '.join(names)}.")


def _zone(created: datetime) -> tzinfo:
    return created.tzinfo or UTC
