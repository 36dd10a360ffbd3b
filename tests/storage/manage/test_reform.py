"""A form that is changed in the middle of a campaign (C23)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from dialogs.answering.kept import CellsAsked
from dialogs.forms.answers import Address
from dialogs.forms.form_file import shipped_text
from dialogs.turn.session import Session
from dialogs.values.effects import OpenReport
from storage.campaigns import campaigns, forms
from storage.campaigns.campaigns import Campaign
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import progress
from storage.manage import reform
from storage.manage.reform import Affected, FormChange, Reformed
from storage.messages import sessions
from storage.people import people
from storage.reports import workflow
from storage.schema import audit
from storage.schema.errors import Refused
from storage.schema.tables import answer, campaign_unit
from storage.sums import rollup
from tests.office.province import NOW, TEXT, TOTAL, WOMEN, Province

KEY = "kl62-2019-xa"
NEW_FIELD = Address("III.3")
Edit = Callable[[str], str]


def second(text: str) -> str:
    """Version 2 of the communes' form: II.1 is no longer asked, III.3 is new."""
    text = text.replace("version: 1", "version: 2", 1)
    begin = text.index("      - key: II.1\n")
    end = text.index("      - key: II.2\n")
    gone = text[begin:end]
    new = gone.replace("II.1", "III.3").replace("        feeds: [P1.I.2.a]\n", "")
    assert new != gone
    at = text.index("      - key: III.2\n")
    return (text[:at] + new + text[at:]).replace(gone, "", 1)


def publish(province: Province, edit: Edit = second) -> None:
    with province.database.write() as connection:
        forms.publish(connection, edit(shipped_text(KEY)), NOW)


def campaign(province: Province) -> Campaign:
    with province.database.read() as connection:
        found = campaigns.by_id(connection, province.campaign)
    assert found is not None
    return found


def move(province: Province) -> Reformed:
    with province.database.write() as connection:
        return reform.move(connection, TurnCache(), campaign(province), NOW)


def versions(province: Province) -> dict[str, int]:
    with province.database.read() as connection:
        return {code: province.view(connection, code, TurnCache()).form.version for code in province.reports}


def test_who_has_not_sent_moves_and_the_others_stay(province: Province) -> None:
    """Sent and accepted reports keep the version they were asked with; a returned one moves."""
    with province.database.write() as connection:
        province.do(connection, "X2", OpenReport(province.reports["X2"]))
        province.save(connection, "X3", TOTAL, 3)
        province.send(connection, "X3", "X4", "X5")
        workflow.accept(connection, province.reports["X4"], None, NOW)
        workflow.return_report(connection, province.reports["X5"], "", "thiếu", None, NOW)
    publish(province)

    done = move(province)

    assert done.forms == (FormChange(KEY, 1, 2, moved=3, stayed=2, new=1, gone=1),)
    assert versions(province) == {"T": 1, "H1": 1, "H2": 1, "X1": 2, "X2": 2, "X3": 1, "X4": 1, "X5": 2}
    assert move(province).forms == (FormChange(KEY, 1, 2, moved=0, stayed=2, new=0, gone=0),)
    with province.database.read() as connection:
        deeds = [deed for deed in audit.read(connection) if deed.verb == reform.VERB]
    assert deeds[0].detail == {KEY: {"version": 2, "moved": 3, "stayed": 2}}


def test_no_answer_is_touched(province: Province) -> None:
    """What the new version no longer asks stays in the database as it was written."""
    with province.database.write() as connection:
        province.save(connection, "X1", TEXT, "Đã viết")
        province.save(connection, "X1", TOTAL, 12)
        before = connection.execute(select(answer)).all()
    publish(province)
    move(province)
    with province.database.read() as connection:
        assert connection.execute(select(answer)).all() == before
        view = province.view(connection, "X1", TurnCache())
        assert view.answers[TEXT].value == "Đã viết"
        assert TEXT not in {address for question in view.questions for address in question.addresses}
        assert NEW_FIELD in {address for question in view.questions for address in question.addresses}


def test_sums_and_progress_go_over_both_versions(province: Province) -> None:
    with province.database.write() as connection:
        for code, figure in (("X1", 12), ("X2", 30)):
            province.save(connection, code, TOTAL, figure)
            province.save(connection, code, WOMEN, 1)
        province.send(connection, "X1")
    publish(province)
    move(province)
    with province.database.write() as connection:
        province.cache.forget()
        province.send(connection, "X2")
        total = rollup.sums(connection, TurnCache(), province.campaign, province.units["H1"])[TOTAL]
        told = progress.of_campaign(connection, TurnCache(), campaign(province), NOW, province.units["H1"])
    assert (total.value, total.counted, total.expected) == (42, 2, 3)
    assert {each.code: each.total for each in told if each.code != "H1"} == {"X1": 32, "X2": 32, "X3": 32}


def test_whoever_stands_in_the_report_is_put_to_the_first_screen(province: Province) -> None:
    """The mark is raised, so that an old button is stale; what was typed and not stored is handed over to be told."""
    held = CellsAsked("1,234 là số nào?", ("1,234",), 0, ("1.234", "1,234"))
    here = Session("asked_back", province.reports["X1"], question=3, mark=7, kept=held)
    elsewhere = Session("filling", province.reports["H1"], question=2, mark=9)
    with province.database.write() as connection:
        province.do(connection, "X1", OpenReport(province.reports["X1"]))
        sessions.save(connection, province.people["X1"].id, here, NOW)
        sessions.save(connection, province.people["H1"].id, elsewhere, NOW)
    publish(province)

    done = move(province)

    with province.database.read() as connection:
        assert sessions.peek(connection, province.people["X1"].id) == Session(mark=8)
        assert sessions.peek(connection, province.people["H1"].id) == elsewhere
    assert done.people == (Affected(province.people["X1"].id, [("Xã Một", 1, 1)], ("1,234",)),)


def test_everybody_who_fills_in_is_told_once_with_all_their_reports(province: Province) -> None:
    """Not who has not begun, not who has left, not a coordinator."""
    with province.database.write() as connection:
        for code in ("X1", "X2"):
            province.do(connection, code, OpenReport(province.reports[code]))
        people.grant(connection, province.people["X1"].id, province.units["X2"], people.LEAD, NOW)
        people.grant(connection, province.people["X1"].id, province.units["X2"], people.OFFICIAL, NOW)
        people.grant(connection, province.people["H1"].id, province.units["X1"], people.COORDINATOR, NOW)
        people.remove(connection, province.people["X2"].id, NOW)
    publish(province)
    assert move(province).people == (Affected(province.people["X1"].id, [("Xã Một", 1, 1), ("Xã Hai", 1, 1)]),)


def test_accounts_out_of_reach_are_not_written_to(province: Province) -> None:
    """The newest account of each channel."""
    person = province.people["X1"].id
    with province.database.write() as connection:
        newer = people.add_account(connection, person, "telegram", "newer", NOW)
        web = people.add_account(connection, person, "web", "w", NOW)
        assert {each.id for each in reform.reachable(connection, person)} == {newer, web}
        people.set_blocked(connection, newer, NOW)
        assert {each.id for each in reform.reachable(connection, person)} == {province.accounts["X1"], web}


def test_new_questions_of_a_partly_returned_report_are_open(province: Province) -> None:
    """Only one section was handed back, but what was added must be answered as well."""
    with province.database.write() as connection:
        province.send(connection, "X1")
        workflow.return_report(connection, province.reports["X1"], "PL3", "sai", None, NOW)
    publish(province)
    move(province)
    with province.database.read() as connection:
        found = province.view(connection, "X1", TurnCache()).returns()
    assert [each.prefix for each in found] == ["PL3", "III.3"]
    assert "phiên bản 2" in found[1].comment


def test_nothing_newer_changes_nothing(province: Province) -> None:
    with province.database.write() as connection:
        forms.publish(connection, shipped_text(KEY), NOW)
    assert move(province) == Reformed()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "kind: integer, filled_by: [xa],\n         minimum: 1, maximum: 12, example: 3}",
            "kind: text, filled_by: [xa], example: 3}",
            "M0 ke_hoach_thang đổi kiểu trả lời từ integer sang text",
        ),
        ("measure: người", "measure: đại biểu", "đổi đơn vị tính từ “người” sang “đại biểu”"),
    ],
)
def test_a_question_that_means_something_else_is_refused(province: Province, old: str, new: str, words: str) -> None:
    """A stored figure would silently become another one; such a question needs a key of its own."""

    def edit(text: str) -> str:
        assert old in text
        return text.replace("version: 1", "version: 2", 1).replace(old, new)

    publish(province, edit)
    with pytest.raises(Refused, match=words):
        move(province)
    assert set(versions(province).values()) == {1}


def test_a_closed_campaign_is_left_alone(province: Province) -> None:
    publish(province)
    with province.database.write() as connection:
        campaigns.close(connection, province.campaign, NOW)
    with pytest.raises(Refused, match="đã đóng"):
        move(province)


def test_a_unit_that_the_new_version_does_not_ask_keeps_the_old_one(province: Province) -> None:
    publish(province, lambda text: second(text).replace("[xa]", "[phuong]"))
    (change,) = move(province).forms
    assert (change.moved, change.stayed) == (0, 5)
    assert set(versions(province).values()) == {1}


def test_the_form_that_leads_the_campaign_moves_with_its_units(province: Province) -> None:
    before = campaign(province).form_version
    with province.database.write() as connection:
        text = shipped_text("kl62-2019").replace("version: 1", "version: 2", 1)
        newest = forms.publish(connection, text, NOW)
    (change,) = move(province).forms
    assert (change.key, change.moved, change.new, change.gone) == ("kl62-2019", 3, 0, 0)
    assert campaign(province).form_version == newest != before
    with province.database.read() as connection:
        used = connection.execute(select(campaign_unit.c.form_version).distinct()).scalars()
        assert before not in set(used)
