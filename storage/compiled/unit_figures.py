"""The figures that stand behind a compiled report, for the checks: every counted unit's with those of the period
before, those that replace a sum, and the sums that have changed since they were sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from dialogs.forms.answers import Address, Answer, State
from dialogs.forms.form import Form
from dialogs.forms.questions import Question
from dialogs.values.report_data import Changed, Override
from dialogs.values.report_view import Last
from storage.campaigns.answers import from_millionths
from storage.campaigns.scope import ScopedReport
from storage.campaigns.turn_cache import TurnCache
from storage.compiled.compiled_answers import CHUNK
from storage.compiled.compiled_scope import CompiledScope
from storage.reports import previous
from storage.schema.statements import chunks
from storage.schema.tables import answer, campaign, campaign_unit
from storage.sums import frozen, overrides

_COLUMNS = ("submission", "field", "row", "column", "state", "number", "reason")
_FIGURES = select(*(answer.c[name] for name in _COLUMNS)).where(
    answer.c.submission.in_(bindparam("reports", expanding=True)),
    answer.c.number.is_not(None),
    answer.c.state != State.EMPTY.value,
)
_ASKED = (
    select(campaign.c.previous, campaign_unit.c.unit, campaign_unit.c.form_version)
    .join(campaign_unit, campaign_unit.c.campaign == campaign.c.id)
    .where(campaign_unit.c.id == bindparam("report"), campaign.c.previous.is_not(None))
)
_PREVIOUS = select(campaign.c.previous).where(campaign.c.id == bindparam("campaign"))


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """One unit's figures with the reasons given for them. ``last`` is empty where there is no period before."""

    unit_name: str
    form: Form
    questions: tuple[Question, ...]
    answers: Mapping[Address, Answer]
    last: Mapping[Address, Last]


def of_units(scope: CompiledScope) -> Iterator[UnitFigures]:
    """Yield the figures of each unit that counts, the compiling unit's own first, in administrative order."""
    before = scope.connection.execute(_PREVIOUS, {"campaign": scope.campaign.id}).scalar()
    for some in chunks(scope.counting, CHUNK):
        given = _given(scope.connection, some)
        for each in some:
            answers = given[each.submission]
            asked = scope.cache.questions(scope.connection, each.form_version, each.respondent(scope.campaign), answers)
            form = scope.form(each)
            last: Mapping[Address, Last] = {}
            if before is not None:
                at = (before, each.unit.id, each.form_version)
                last = _last(scope.connection, scope.cache, at, form, asked)
            yield UnitFigures(each.unit.name, form, asked, answers, last)


def overridden(scope: CompiledScope) -> tuple[Override, ...]:
    """Return the own figures of all units at or below that stand in the place of a sum."""
    return overrides.of(scope.connection, scope.cache, scope.campaign, scope.members)


def changed_after_sending(scope: CompiledScope) -> tuple[Changed, ...]:
    """Return the sums that a unit sent untouched and that are other ones by now."""
    return frozen.changed(scope.connection, scope.cache, scope.campaign, scope.members)


def _given(connection: Connection, some: Iterable[ScopedReport]) -> dict[int, dict[Address, Answer]]:
    found: dict[int, dict[Address, Answer]] = {each.submission: {} for each in some}
    for report, field, row, column, state, number, reason in connection.execute(_FIGURES, {"reports": list(found)}):
        address = Address(field, row, column)
        found[report][address] = Answer(address, State(state), from_millionths(number), reason=reason)
    return found


def last_of(
    connection: Connection, cache: TurnCache, report: int, form: Form, asked: Iterable[Question]
) -> Mapping[Address, Last]:
    """Return what the campaign before has for the questions of one report; empty where there is none."""
    row = connection.execute(_ASKED, {"report": report}).first()
    return _last(connection, cache, (row[0], row[1], row[2]), form, asked) if row is not None else {}


def _last(
    connection: Connection, cache: TurnCache, at: tuple[int, int, int], form: Form, asked: Iterable[Question]
) -> dict[Address, Last]:
    """``at``: the campaign before, the unit, and the version of the form that it is asked with now."""
    told = previous.read(connection, cache, *at)
    if not told.title:
        return {}
    return {
        Address(field, row, column): each
        for field, row in dict.fromkeys((question.field, question.row) for question in asked)
        for column, each in told.last(form, field, row).items()
    }
