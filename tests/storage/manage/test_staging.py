"""Answers of a file: staged unseen, written in small steps, finished by whoever comes next."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from dialogs.forms.answers import NOT_APPLICABLE, Address, Answer, State, Value
from dialogs.values.effects import Piece
from storage.campaigns import answers, campaigns
from storage.campaigns.campaigns import Campaign
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import unit_data
from storage.manage import import_commit, staging
from storage.manage.import_commit import ImportOutcome
from storage.manage.staging import Staged
from storage.reports import workflow
from storage.schema import audit
from storage.schema.database import Database, open_database
from storage.schema.errors import Refused
from storage.schema.tables import answer_history, answer_part, import_batch, import_row, submission
from storage.sums import rollup
from tests.office.province import MONEY, NOW, TEXT, TOTAL, WOMEN, Province

LATER = NOW + timedelta(hours=1)
ALIVE = "here:1:alive"


def nothing(*_: int) -> None:
    """What is done between two transactions."""


def one(province: Province, code: str, address: Address, value: Value, line: int = 2, **further: object) -> Staged:
    state = further.pop("state", State.VALUE)
    assert isinstance(state, State)
    reason, override = str(further.pop("reason", "")), bool(further.pop("override", False))
    return staging.staged(province.reports[code], address, line, state, value, reason, override)


def staged(province: Province, *rows: Staged, send: bool = False, process: str = ALIVE) -> int:
    """A batch with these rows."""
    with province.database.write() as connection:
        batch = staging.begin(connection, province.campaign, "so-lieu.csv", send, process, NOW)
        assert staging.stage(connection, batch, rows, NOW) == {}
    return batch


def started(province: Province, batch: int) -> int:
    with province.database.write() as connection:
        import_commit.start(connection, batch, import_commit.order(connection, batch, campaign(province)), NOW)
    return batch


def finished(province: Province, batch: int, between: Callable[[int, int], None] = nothing) -> ImportOutcome:
    return import_commit.finish(province.database, TurnCache(), started(province, batch), lambda: LATER, between)


def campaign(province: Province) -> Campaign:
    with province.database.read() as connection:
        found = campaigns.by_id(connection, province.campaign)
    assert found is not None
    return found


def stored(province: Province, code: str) -> dict[Address, Answer]:
    with province.database.read() as connection:
        return answers.load(connection, province.reports[code])


def left_over(database: Database) -> tuple[int, int]:
    """How many rows and open batches there are."""
    with database.read() as connection:
        rows = connection.execute(select(func.count()).select_from(import_row)).scalar_one()
        open_ones = select(func.count()).select_from(import_batch).where(import_batch.c.state != "done")
        return rows, connection.execute(open_ones).scalar_one()


def test_what_is_staged_is_seen_by_nobody_until_it_is_written(province: Province) -> None:
    batch = staged(province, one(province, "X1", TOTAL, 12), one(province, "X1", TEXT, "Đã họp.", 3))
    with province.database.read() as connection:
        view = province.view(connection, "X1", TurnCache())
        assert (dict(view.answers), view.status) == ({}, "not_opened")

    outcome = finished(province, batch)

    assert (outcome.written, outcome.same, outcome.left_count, outcome.sent) == (2, 0, 0, 0)
    found = stored(province, "X1")
    assert {address: each.value for address, each in found.items()} == {TOTAL: 12, TEXT: "Đã họp."}
    assert {(each.channel, each.by, each.version, each.closed, each.at) for each in found.values()} == {
        ("csv", "", 1, True, LATER)
    }
    assert left_over(province.database) == (0, 0)
    with province.database.read() as connection:
        assert province.view(connection, "X1").status == "in_progress"


def test_a_running_dialog_sees_the_new_answers(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
    with province.database.read() as connection:
        assert province.view(connection, "X1").answers[TOTAL].value == 12

    finished(province, staged(province, one(province, "X1", TOTAL, 15)))

    with province.database.write() as connection:
        assert province.view(connection, "X1").answers[TOTAL].value == 15
        province.save(connection, "X1", TOTAL, 16)
    found = stored(province, "X1")[TOTAL]
    assert (found.value, found.version, found.channel) == (16, 3, "telegram")


def test_every_writing_is_in_the_history_and_the_import_in_the_record(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
    finished(province, staged(province, one(province, "X1", TOTAL, 15), one(province, "X1", WOMEN, 4, 3)))

    with province.database.read() as connection:
        columns = [answer_history.c[name] for name in ("column", "version", "value", "channel")]
        rows = connection.execute(select(*columns).order_by(answer_history.c.id)).all()
        assert sorted(map(tuple, rows)) == [
            ("xa.cb_nu", 1, "4", "csv"),
            ("xa.tong_so", 1, "12", "telegram"),
            ("xa.tong_so", 2, "15", "csv"),
        ]
        deeds = [each for each in audit.read(connection) if each.verb == "answers.import"]
    assert [(each.channel, dict(each.detail)) for each in deeds] == [
        ("csv", {"name": "so-lieu.csv", "written": 2, "same": 0, "sent": 0, "left_count": 0})
    ]


def test_only_what_says_something_else_is_written(province: Province) -> None:
    absent = Address("PL3", "hnd", "xa.tong_so")
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, None, State.ZERO, reason="đã giải trình")
        province.save(connection, "X1", MONEY, Decimal("1.50"))
        province.save(connection, "X1", WOMEN, None, State.NONE)
        province.save(connection, "X1", absent, None, State.NONE)
        before = connection.execute(
            select(submission.c.stamp).where(submission.c.id == province.reports["X1"])
        ).scalar()
    batch = staged(
        province,
        one(province, "X1", TOTAL, 0, 2, state=State.ZERO),
        one(province, "X1", MONEY, Decimal("1.5"), 3),
        one(province, "X1", WOMEN, None, 4, state=State.NONE),
        one(province, "X1", absent, None, 5, state=State.NONE, reason=NOT_APPLICABLE),
    )
    with province.database.read() as connection:
        assert staging.tally(connection, batch) == staging.StagedTally(new=0, changed=1, same=3)
        (change,) = staging.changes(connection, batch, campaign(province), 50)
        assert (change.unit, change.address, change.line) == ("X1", absent, 5)

    outcome = finished(province, batch)

    assert (outcome.written, outcome.same) == (1, 3)
    found = stored(province, "X1")
    assert (found[absent].version, found[absent].reason) == (2, NOT_APPLICABLE)
    assert (found[TOTAL].version, found[TOTAL].reason) == (1, "đã giải trình")
    with province.database.read() as connection:
        after = connection.execute(select(submission.c.stamp).where(submission.c.id == province.reports["X1"])).scalar()
    assert after != before


def test_a_text_that_is_replaced_is_no_longer_made_of_its_messages(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TEXT, "Cũ.", pieces=(Piece("1", "Cũ."),))
        province.save(connection, "X2", TEXT, "Khác.", pieces=(Piece("2", "Khác."),))
    finished(province, staged(province, one(province, "X1", TEXT, "Mới.")))

    with province.database.read() as connection:
        kept = connection.execute(select(answer_part.c.text)).scalars().all()
        assert province.view(connection, "X1", TurnCache()).pieces(TEXT) == ()
    assert kept == ["Khác."]
    assert stored(province, "X1")[TEXT].value == "Mới."


def test_an_address_that_comes_again_is_told_with_its_first_line(province: Province) -> None:
    batch = staged(province, one(province, "X1", TOTAL, 12, 2))
    with province.database.write() as connection:
        again = [one(province, "X1", TOTAL, 12, 9), one(province, "X1", WOMEN, 3, 10)]
        assert staging.stage(connection, batch, again, NOW) == {9: 2}


def test_a_newer_answer_of_a_person_is_left_and_told(province: Province) -> None:
    batch = staged(province, one(province, "X1", TOTAL, 12), one(province, "X1", WOMEN, 3, 3), send=True)
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 40)

    outcome = finished(province, batch)

    assert (outcome.written, outcome.left, outcome.left_count, outcome.sent) == (1, (("X1", TOTAL),), 1, 0)
    found = stored(province, "X1")
    assert (found[TOTAL].value, found[TOTAL].by, found[WOMEN].value) == (40, "Người của X1", 3)


def test_a_newer_answer_that_says_the_same_is_no_conflict(province: Province) -> None:
    batch = staged(province, one(province, "X1", TOTAL, 12))
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
    outcome = finished(province, batch)
    assert (outcome.written, outcome.same, outcome.left_count) == (0, 1, 0)


def test_a_report_sent_meanwhile_is_left_as_it_was_sent(province: Province) -> None:
    batch = staged(province, one(province, "X1", TOTAL, 12), one(province, "X2", TOTAL, 7, 3))
    with province.database.write() as connection:
        province.send(connection, "X1")

    outcome = finished(province, batch)

    assert (outcome.written, outcome.left) == (1, (("X1", TOTAL),))
    assert (stored(province, "X1"), stored(province, "X2")[TOTAL].value) == ({}, 7)


def test_a_sent_report_is_refused_unless_it_says_the_same(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.send(connection, "X1")
    batch = staged(province, one(province, "X1", TOTAL, 12, 2), one(province, "X1", WOMEN, 3, 3))

    with province.database.read() as connection:
        count, shown = staging.over_sent(connection, batch, campaign(province), 50)
    assert (count, [(each.line, each.unit, each.address) for each in shown]) == (1, [(3, "X1", WOMEN)])


@pytest.mark.parametrize("step", range(5))
def test_killed_after_any_transaction_the_next_start_finishes_it(province: Province, step: int) -> None:
    codes = ("X1", "X2", "X3", "H1")
    rows = [one(province, code, TOTAL, 10 + line, line, override=code == "H1") for line, code in enumerate(codes, 2)]
    batch = started(province, staged(province, *rows, send=True, process="dead"))
    killed = _Killed(step)
    with pytest.raises(KeyboardInterrupt):
        for _ in range(10):
            import_commit.finish(province.database, TurnCache(), batch, lambda: NOW, killed)

    done = import_commit.finish_abandoned(province.database, lambda: NOW, lambda name: name != "dead")

    expected = () if step == 4 else ((4, 4),)
    assert tuple((each.written, each.sent) for each in done) == expected
    assert {code: stored(province, code)[TOTAL].value for code in codes} == {"X1": 12, "X2": 13, "X3": 14, "H1": 15}
    with province.database.read() as connection:
        rows_written = connection.execute(select(func.count()).select_from(answer_history)).scalar()
        receipts = [province.view(connection, code, TurnCache()).receipt for code in codes]
    assert (rows_written, receipts) == (4, ["KL62-0001", "KL62-0002", "KL62-0003", "KL62-0004"])
    assert left_over(province.database) == (0, 0)


class _Killed:
    """Ends the work after so many transactions."""

    def __init__(self, after: int) -> None:
        self.after = after

    def __call__(self, done: int, every: int) -> None:
        if self.after == 0:
            raise KeyboardInterrupt
        self.after -= 1


def test_what_a_dead_process_only_staged_is_dropped_and_a_living_ones_is_not(province: Province) -> None:
    staged(province, one(province, "X1", TOTAL, 12), process="dead")
    staged(province, one(province, "X2", TOTAL, 12), process=ALIVE)
    assert import_commit.finish_abandoned(province.database, lambda: NOW, lambda name: name != "dead") == ()
    assert left_over(province.database) == (1, 1)

    late = NOW + staging.LEASE + timedelta(seconds=1)
    import_commit.finish_abandoned(province.database, lambda: late, lambda name: True)
    assert left_over(province.database) == (0, 0)
    assert stored(province, "X1") == stored(province, "X2") == {}


def test_a_process_that_was_thought_dead_can_no_longer_go_on(province: Province) -> None:
    batch = staged(province, one(province, "X1", TOTAL, 12), one(province, "X2", TOTAL, 12, 3))
    late, steps = NOW + staging.LEASE + timedelta(seconds=1), []

    def meanwhile() -> None:
        if not steps:
            steps.append(1)
            with pytest.raises(Refused, match="bị dừng"), province.database.write() as connection:
                staging.stage(connection, batch, [one(province, "X3", TOTAL, 1)], late)
            with pytest.raises(Refused, match="bị dừng"), province.database.write() as connection:
                import_commit.start(connection, batch, [province.reports["X1"]], late)

    import_commit.finish_abandoned(province.database, lambda: late, lambda name: True, meanwhile)
    assert (steps, left_over(province.database)) == ([1], (0, 0))

    going = started(province, staged(province, one(province, "X1", TOTAL, 12)))
    staging.drop(province.database, going, nothing)
    assert left_over(province.database) == (1, 1), "what is being written is not dropped"


def test_a_turn_is_taken_between_any_two_transactions(province: Province) -> None:
    codes = [*("X1", "X2", "X3", "X4"), "H1"]
    turns = 0

    def turn(*_: int) -> None:
        nonlocal turns
        turns += 1
        with province.database.write() as connection:
            province.save(connection, "X5", TOTAL, turns)

    batch = staged(
        province, *(one(province, code, TOTAL, 1, line, override=code == "H1") for line, code in enumerate(codes))
    )
    turn()
    finished(province, batch, turn)
    assert turns >= 3
    assert stored(province, "X5")[TOTAL].version == turns

    other = staged(province, one(province, "X1", WOMEN, 1))
    staging.drop(province.database, other, turn)
    assert stored(province, "X5")[TOTAL].value == turns


def test_an_override_keeps_the_parts_as_they_are_after_the_same_file(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X2", TOTAL, 5)
        province.send(connection, "X2")
    rows = (
        one(province, "H1", TOTAL, 99, 2, override=True),
        one(province, "H1", WOMEN, 9, 3, override=True, reason="theo sổ"),
    )
    finished(province, staged(province, *rows, one(province, "X1", TOTAL, 12, 4), send=True))

    found = stored(province, "H1")
    assert (found[TOTAL].reason, found[WOMEN].reason) == ("Nhập từ tệp so-lieu.csv", "theo sổ")
    with province.database.read() as connection:
        proposed = rollup.proposals(
            connection, TurnCache(), province.campaign, province.units["H1"], TOTAL.field, TOTAL.row
        )
        assert [part.value for part in proposed[TOTAL.column].parts] == [12, 5]
        assert found[TOTAL].basis == proposed[TOTAL.column].basis
        assert found[WOMEN].basis == proposed[WOMEN.column].basis


def test_reports_are_sent_from_the_lowest_level_up(province: Province) -> None:
    codes = ("T", "H1", "X1", "X4")
    rows = [one(province, code, Address("VAN_BAN", "", "so"), "1", line) for line, code in enumerate(codes, 2)]
    finished(province, staged(province, *rows, send=True))
    with province.database.read() as connection:
        receipts = {code: province.view(connection, code, TurnCache()).receipt for code in codes}
    assert receipts == {"X1": "KL62-0001", "X4": "KL62-0002", "H1": "KL62-0003", "T": "KL62-0004"}


def test_a_report_that_is_sent_already_keeps_its_receipt(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        receipt = workflow.send(connection, TurnCache(), province.reports["X1"], None, NOW)
    outcome = finished(province, staged(province, one(province, "X1", TOTAL, 12), send=True))
    assert (outcome.sent, outcome.left_count) == (0, 0)
    with province.database.read() as connection:
        assert province.view(connection, "X1", TurnCache()).receipt == receipt


def test_an_import_under_way_keeps_others_out_of_its_campaign(province: Province) -> None:
    with province.database.read() as connection:
        assert not staging.busy(connection, province.campaign)
    batch = staged(province, one(province, "X1", TOTAL, 12))
    with province.database.read() as connection:
        assert staging.busy(connection, province.campaign)
    finished(province, batch)
    with province.database.read() as connection:
        assert not staging.busy(connection, province.campaign)


def test_a_batch_in_a_dump_of_this_schema_is_finished(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    connection.executescript((Path(__file__).parents[1] / "schema" / "dumps" / "0002.sql").read_text(encoding="utf-8"))
    connection.close()
    database = open_database(f"sqlite:///{path}")
    database.migrate()

    (done,) = import_commit.finish_abandoned(database, lambda: LATER, lambda name: not name.startswith("dead"))

    with database.read() as reading:
        found = answers.load(reading, unit_data.find(reading, "kl62-2019", "X2"))
    assert (done.name, done.written, found[TOTAL].value) == ("so-lieu.csv", 1, 7)
    database.close()
