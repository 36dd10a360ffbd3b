"""Who may have what compiled, and the jobs that do it."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection

from dialogs.values.effects import CompileReport
from dialogs.values.world import Compilable
from storage.campaigns import campaigns
from storage.campaigns.campaigns import Opening
from storage.compiled.compilable import KEPT
from storage.messages import jobs
from storage.messages.jobs import COMPILE, RENDER
from storage.people import people
from storage.reports import workflow
from tests.office.province import NOW, ZONE, Province
from tests.office.stored import set_required

LEASE = timedelta(minutes=5)


def may(connection: Connection, province: Province, code: str, days: int = 0) -> list[tuple[str, str]]:
    found = province.world(connection, code, at=NOW + timedelta(days=days)).compilable()
    return [(each.campaign, each.unit_code) for each in found]


def coordinate(connection: Connection, province: Province, code: str, unit: str, role: str = "coordinator") -> int:
    return people.grant(connection, province.people[code].id, province.units[unit], role, NOW)


def test_a_coordinator_sees_her_unit_and_nothing_else(province: Province) -> None:
    """Roles that compile, at units that have others below them; an official and a commune have nothing."""
    with province.database.write() as connection:
        coordinate(connection, province, "H1", "H1")
        coordinate(connection, province, "T", "T", "administrator")
        coordinate(connection, province, "H2", "H2", "lead")
        coordinate(connection, province, "X1", "X1")

        assert may(connection, province, "H1") == [("kl62-2019", "H1")]
        assert may(connection, province, "T") == [("kl62-2019", "T")]
        assert may(connection, province, "H2") == [("kl62-2019", "H2")]
        assert may(connection, province, "X1") == []
        assert may(connection, province, "X2") == []


def test_a_campaign_of_a_unit_below_hers_is_compiled_there(province: Province) -> None:
    """A province that has opened a campaign for one district compiles it at that district, once."""
    with province.database.write() as connection:
        coordinate(connection, province, "T", "T")
        coordinate(connection, province, "T", "H1")
        opening = Opening("kl62-2019-xa", "H1", date(2019, 4, 1), key="rieng")
        campaigns.open_campaign(connection, opening, NOW, ZONE)

        assert may(connection, province, "T") == [("rieng", "H1"), ("kl62-2019", "T"), ("kl62-2019", "H1")]


def test_a_right_that_has_ended_is_none(province: Province) -> None:
    with province.database.write() as connection:
        role = coordinate(connection, province, "H1", "H1")
        people.end_role(connection, role, NOW + timedelta(days=1))

        assert may(connection, province, "H1") == [("kl62-2019", "H1")]
        assert may(connection, province, "H1", days=2) == []


def test_the_counts_are_those_of_the_unit_and_below(province: Province) -> None:
    """Sent counts by the campaign's own setting; who owes nothing is in no count; late is first sent late or unsent."""
    with province.database.write() as connection:
        coordinate(connection, province, "H1", "H1")
        for code in ("X1", "X2", "X3", "H1", "X4"):
            campaigns.set_due(connection, province.reports[code], NOW + timedelta(days=2))
        set_required(connection, province.reports["X3"], False)
        province.send(connection, "X1")
        province.send(connection, "X4")
        province.send(connection, "X2", at=NOW + timedelta(days=3))
        workflow.return_report(connection, province.reports["X2"], "", "Xem lại", None, NOW + timedelta(days=3))

        (found,) = province.world(connection, "H1", at=NOW + timedelta(days=4)).compilable()

    key = f"{province.campaign}.{province.units['H1']}"
    title = found.title
    assert found == Compilable(key, "kl62-2019", title, "H1", "Huyện Một", sent=1, total=3, late=2)


def test_campaigns_above_and_beside_are_not_hers(province: Province) -> None:
    """One that was opened for another district, and one that is long over; one just closed may still be compiled."""
    with province.database.write() as connection:
        for code in ("T", "H1", "H2"):
            coordinate(connection, province, code, code)
        opening = Opening("kl62-2019", "H2", date(2019, 4, 1), key="rieng-h2")
        campaigns.open_campaign(connection, opening, NOW, ZONE)
        campaigns.close(connection, province.campaign, NOW)

        assert may(connection, province, "H1") == [("kl62-2019", "H1")]
        assert may(connection, province, "H2") == [("rieng-h2", "H2"), ("kl62-2019", "H2")]
        assert may(connection, province, "T") == [("rieng-h2", "H2"), ("kl62-2019", "T")]
        assert may(connection, province, "H2", days=KEPT.days) == [("rieng-h2", "H2")]


def test_asking_twice_is_one_job_while_it_waits(province: Province) -> None:
    """Another unit, another account, or one that is being worked already is another job."""
    wanted = CompileReport("kl62-2019", "H1")
    with province.database.write() as connection:
        for code in ("H1", "H2"):
            coordinate(connection, province, code, "T")
        province.do(connection, "H1", wanted)
        province.do(connection, "H1", wanted)
        assert jobs.waiting(connection, [COMPILE]) == 1
        province.do(connection, "H1", CompileReport("kl62-2019", "T"))
        province.do(connection, "H2", wanted)
        assert jobs.waiting(connection, [COMPILE]) == 3

        first = jobs.claim(connection, "p1", LEASE, NOW, [COMPILE])
        assert first is not None
        assert (first.payload["campaign"], first.payload["unit"]) == ("kl62-2019", "H1")
        province.do(connection, "H1", wanted)
        assert jobs.waiting(connection, [COMPILE]) == 4


def test_each_kind_of_job_has_its_own_queue(province: Province) -> None:
    """Nobody's own documents wait behind a compiled report, and a restart of one worker leaves the other's job."""
    with province.database.write() as connection:
        jobs.add(connection, COMPILE, {}, NOW)
        own = jobs.add(connection, RENDER, {}, NOW)

        taken = jobs.claim(connection, "p1", LEASE, NOW, [RENDER])
        assert taken is not None
        assert taken.id == own
        assert jobs.claim(connection, "p1", LEASE, NOW, [RENDER]) is None
        assert jobs.release(connection, "p1", [COMPILE]) == 0
        assert jobs.release(connection, "p1", [RENDER]) == 1


def test_a_lease_is_prolonged_by_its_holder_alone(province: Province) -> None:
    with province.database.write() as connection:
        jobs.add(connection, COMPILE, {}, NOW)
        job = jobs.claim(connection, "p1", LEASE, NOW)
        assert job is not None
        assert jobs.extend(connection, job.id, "p1", NOW + 3 * LEASE)
        assert jobs.claim(connection, "p2", LEASE, NOW + 2 * LEASE) is None
        assert not jobs.extend(connection, job.id, "p2", NOW + 9 * LEASE)
        assert jobs.claim(connection, "p2", LEASE, NOW + 4 * LEASE) is not None
        assert not jobs.extend(connection, job.id, "p1", NOW + 9 * LEASE)
