"""Every role x every command x own, lower, sibling and foreign unit: typed, by an invented button, and as an effect.

Who holds one role in District One asks for something of a unit. Expected is what the table of rights says and nothing
else: where it says no, the reply does not even name the unit, and no row changes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from dialogs.values import decisions as d
from dialogs.values.effects import CompileReport, Effect, RenderReport
from dialogs.values.rights import REACH, ROLES, Reach, Right
from dialogs.values.world import Person
from storage.effects import apply
from storage.messages.context import Context
from storage.people import people
from storage.schema.errors import StorageError
from storage.schema.tables import audit, outbox, submission
from tests.office.phone import Office, Phone
from tests.office.province import NOW, TEXT, TOTAL, ZONE, Province

UNITS = {"own": "H1", "lower": "X1", "sibling": "H2", "foreign": "X4"}
NAMES = {"H1": "Huyện Một", "X1": "Xã Một", "H2": "Huyện Hai", "X4": "Xã Bốn"}
REACHED = {None: set(), Reach.OWN: {"own"}, Reach.BELOW: {"lower"}, Reach.TREE: {"own", "lower"}}

COMMANDS = {
    "tralai": ("return", Right.REPORT_RETURN),
    "tiepnhan": ("accept", Right.REPORT_ACCEPT),
    "baocao": ("report", Right.REPORT_READ),
    "molai": ("reopen", Right.REPORT_REOPEN),
    "giahan": ("extend", Right.DEADLINE_EXTEND),
    "tiendo": ("progress", Right.PROGRESS_READ),
    "nhatky": ("record", Right.RECORD_READ),
    "moi": ("invite", Right.OFFICIAL_INVITE),
    "nguoi": ("members", Right.MEMBER_READ),
}
"""Commands that take a unit's name, with the right each needs."""

DUE = {"xa": date(2019, 5, 1)}

BY_REPORT = ("return", "accept", "report", "reopen")
"""Triggers whose buttons name a report."""


def effects(province: Province, code: str) -> dict[Right, Effect]:
    """One effect for each right, aimed at a unit: what an invented turn might ask for."""
    report, unit, later = province.reports[code], province.units[code], NOW + timedelta(days=2)
    return {
        Right.REPORT_RETURN: d.ReturnReport(report, "", "Sửa."),
        Right.REPORT_ACCEPT: d.AcceptReport(report, 1),
        Right.REPORT_REOPEN: d.ReopenReport(report, "Sửa.", later, "hết ngày mai"),
        Right.DEADLINE_EXTEND: d.ExtendDeadline((report,), later, "hết ngày mai"),
        Right.REMINDER_SEND: d.RemindNow((report,)),
        Right.REPORT_READ: RenderReport(report),
        Right.REPORT_COMPILE: CompileReport("kl62-2019", code),
        Right.PROGRESS_READ: d.DrawProgress("kl62-2019", code),
        Right.RECORD_READ: d.ExportRecord("kl62-2019", code),
        Right.OFFICIAL_INVITE: d.CreateInvites(unit, "official", 1, "{codes}", later),
        Right.LEAD_INVITE: d.CreateInvites(unit, "lead", 1, "{codes}", later),
        Right.COORDINATOR_INVITE: d.CreateInvites(unit, "coordinator", 1, "{codes}", later),
        Right.ADMINISTRATOR_INVITE: d.CreateInvites(unit, "administrator", 1, "{codes}", later),
        Right.CORRECTION_ASK: d.AskCorrection(report, "Nhầm số."),
        Right.CAMPAIGN_OPEN: d.OpenCampaign(
            "kl62-2019-xa", unit, "dot-moi", "Đợt mới", date(2019, 4, 1), ZONE, due=DUE
        ),
    }


@pytest.fixture
def office(province: Province) -> Office:
    """All four units have sent."""
    with province.database.write() as connection:
        for code in UNITS.values():
            if code.startswith("X"):
                province.save(connection, code, TOTAL, 12)
                province.save(connection, code, TEXT, f"Nội dung của {code}.")
            province.send(connection, code)
    return Office(province)


def newcomer(office: Office, role: str) -> Phone:
    """Somebody who holds one role in District One and nothing else."""
    province = office.province
    with province.database.write() as connection:
        person = people.create_person(connection, "Thử", NOW)
        people.grant(connection, person, province.units["H1"], role, NOW)
        province.people["N"] = Person(person, "Thử")
        province.accounts["N"] = people.add_account(connection, person, "telegram", "chat-N", NOW)
    return office.phone("N")


def traces(office: Office) -> tuple[object, ...]:
    """What a decision would leave behind."""
    with office.province.database.read() as connection:
        statuses = connection.execute(select(submission.c.id, submission.c.status).order_by(submission.c.id)).all()
        deeds = connection.execute(select(func.count()).select_from(audit)).scalar()
        others = select(func.count()).select_from(outbox).where(outbox.c.kind != "reply")
        others = others.where(outbox.c.payload.not_like('%"menu"%'))  # one's own menu comes with one's first word
        return tuple(statuses), deeds, connection.execute(others).scalar()


@pytest.mark.parametrize("role", ROLES)
def test_typed_commands_reach_what_the_table_says(office: Office, role: str) -> None:
    phone = newcomer(office, role)
    before = traces(office)
    for command, (_, right) in COMMANDS.items():
        tried(phone, command, right, role)
    assert traces(office) == before, "asking changes nothing"


@pytest.mark.parametrize("role", ROLES)
def test_reminding_by_hand_reaches_what_the_table_says(province: Province, role: str) -> None:
    """The same for who still owes a report."""
    office = Office(province)
    phone = newcomer(office, role)
    before = traces(office)
    tried(phone, "nhac", Right.REMINDER_SEND, role)
    assert traces(office) == before


def tried(phone: Phone, command: str, right: Right, role: str) -> None:
    allowed = REACHED[REACH[right].get(role)]
    for where, code in UNITS.items():
        phone.say(f"/{command} {code}")
        named = NAMES[code] in phone.reply.text and not phone.reply.refused
        assert named == (where in allowed), (role, command, where, phone.reply.text)
        phone.say("/start")


@pytest.mark.parametrize("role", ROLES)
def test_invented_buttons_reach_what_the_table_says(office: Office, role: str) -> None:
    phone = newcomer(office, role)
    before = traces(office)
    for trigger, right in COMMANDS.values():
        if trigger not in BY_REPORT:
            continue
        allowed = REACHED[REACH[right].get(role)]
        for where, code in UNITS.items():
            phone.press_data(f"0.0.0:{trigger}:#{office.province.reports[code]}")
            named = NAMES[code] in phone.reply.text and not phone.reply.refused
            assert named == (where in allowed), (role, trigger, where, phone.reply.text)
            phone.say("/start")
    assert traces(office) == before


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("where", UNITS)
def test_effects_are_refused_where_the_table_says_no(office: Office, role: str, where: str) -> None:
    """The last wall: whatever a dialog asked for, the right is asked again as it is applied."""
    newcomer(office, role)
    province, code = office.province, UNITS[where]
    for right, effect in effects(province, code).items():
        allowed = where in REACHED[REACH[right].get(role)]
        assert done(province, effect) == allowed, (role, right, where)


@pytest.mark.parametrize("role", ROLES)
def test_evidence_is_given_by_the_unit_itself(province: Province, role: str) -> None:
    """The same for what needs a report that is still open."""
    newcomer(Office(province), role)
    for where, code in UNITS.items():
        effect = d.AttachEvidence(province.reports[code], "II.1", "", "a.pdf", 5, "telegram:x")
        assert done(province, effect) == (where in REACHED[REACH[Right.EVIDENCE_ADD].get(role)]), (role, where)


def done(province: Province, effect: Effect) -> bool:
    """Whether an effect is carried out; it is taken back either way."""
    context = Context(province.people["N"], province.accounts["N"], "telegram", "chat-N", None, "1", NOW)
    with province.database.write() as connection:
        trial = connection.begin_nested()
        try:
            apply(connection, [effect], context, province.cache)
        except StorageError:
            return False
        finally:
            trial.rollback()
            province.cache.forget()
    return True


def test_nobody_without_a_role_gets_anywhere(office: Office) -> None:
    """A stranger learns nothing, by no command and no button; not even the name of a unit."""
    province = office.province
    with province.database.write() as connection:
        person = people.create_person(connection, "Khách", NOW)
        province.people["N"] = Person(person, "Khách")
        province.accounts["N"] = people.add_account(connection, person, "telegram", "chat-N", NOW)
    phone, before, mine = office.phone("N"), traces(office), province.reports["X1"]
    tries: list[Callable[[], str]] = [
        *(lambda command=command: phone.say(f"/{command} X1") for command in (*COMMANDS, "dot", "tonghop", "giao")),
        *(lambda t=trigger: phone.press_data(f"0.0.0:{t}:#{mine}") for trigger, _ in COMMANDS.values()),
    ]
    for attempt in tries:
        attempt()
        assert not any(name in phone.reply.text for name in NAMES.values())
        assert phone.reply.choices == ()
    assert traces(office) == before
