"""More time: "/giahan Xã An Bình 15/4/2019" for one unit, one kind of units, or all that have not sent.

What is going to change is shown first; a deadline is only ever moved to a later moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from dialogs.desk import target_picker
from dialogs.desk.finding import find
from dialogs.desk.last_days import ReadDay, read_last_day
from dialogs.desk.target_picker import Target
from dialogs.reading import fold
from dialogs.texts import deadlines as deadlines_texts
from dialogs.texts import desk as desk_texts
from dialogs.texts import labels, places, refusals
from dialogs.texts import workflow as workflow_texts
from dialogs.turn.commands import Takes, TypedCommand
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.errand import Errand
from dialogs.turn.navigation import mark
from dialogs.turn.transitions import ANY, Screen, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.deadlines import last_moment
from dialogs.values.decisions import ExtendDeadline
from dialogs.values.desk_world import ReportRow
from dialogs.values.rights import Right
from dialogs.values.status import Status

UNSENT = frozenset({Status.NOT_OPENED, Status.IN_PROGRESS})
OWED = UNSENT | {Status.RETURNED}
EVERYBODY = frozenset({"tat ca", "tat ca don vi", "moi don vi", "tat ca don vi chua nop"})
SHOWN = 4
"""Units of one old deadline that the preview names."""

WEEK = timedelta(days=7)
"""How far from today the example of a day is."""

_DAY = re.compile(r"[0-9]{1,4}[/.-][0-9]|ngay$|truoc$")
_LEADS = frozenset({"truoc", "ngay", "cham", "nhat", "muon", "la", "han"})

EXTEND = Errand("extend", workflow_texts.TO_EXTEND, Right.DEADLINE_EXTEND, "extend_here", of_report=False)


@dataclass(frozen=True, slots=True)
class Extending(Target):
    """Whom more time is for (``group``) and until when; ``later`` is a typed day that waits until that is clear.

    ``day`` was typed, ``last`` is the last day that it comes to; ``shown`` are the reports of the preview, each with
    the moment when it is due ('': none).
    """

    kind = "extend"
    group: str = ""
    later: str = ""
    day: date | None = None
    last: date | None = None
    shown: tuple[tuple[int, str], ...] = ()


def may(turn: TurnState) -> bool:
    return target_picker.reaches(turn, EXTEND)


def begin(turn: TurnState) -> None:
    """ "/giahan", alone, or with whom and until when; a button names its report."""
    target_picker.seek(turn, EXTEND)


def arrive(turn: TurnState) -> None:
    """The campaign is known, or one report by its button: ask what is missing of whom and which day."""
    known, (who, day) = turn.kept(Target), parted(target_picker.said(turn))
    turn.set(kept=Extending(*known.aim), mark=turn.session.mark + 1)
    if known.report:
        turn.set(kept=Extending(*known.aim, group=f"r:{known.report}"))
        turn.fire("group_known")
        if day:
            _take_day(turn, day)
    else:
        _take_both(turn, who, day)


def _take_both(turn: TurnState, who: str, day: str) -> None:
    """Whom, and the day behind it: kept if it has to be asked back who is meant."""
    turn.set(kept=replace(turn.kept(Extending), later=day))
    if who:
        _take_group(turn, who)


def parted(typed: str) -> tuple[str, str]:
    """ "Xã Một trước ngày 16/4/2019" is whom and which day; either may be missing."""
    words = typed.split()
    folded = [fold(word) for word in words]
    first = next((at for at, word in enumerate(folded) if _DAY.match(word)), len(words))
    while 0 < first < len(words) and folded[first - 1] in _LEADS:
        first -= 1
    return " ".join(words[:first]), " ".join(words[first:])


def _rows(turn: TurnState) -> tuple[ReportRow, ...]:
    """The reports of the campaign whose deadline this person may move."""
    known = turn.kept(Target)
    if known.report:
        row = turn.world.desk.report(known.report, Right.DEADLINE_EXTEND)
        return (row,) if row else ()
    scope = target_picker.scope_of(turn, EXTEND, known.scope)
    return turn.world.desk.reports(scope, Right.DEADLINE_EXTEND) if scope else ()


def say_who(turn: TurnState) -> None:
    """Whom, and perhaps behind it the day."""
    who, day = parted(turn.text)
    if who:
        _take_both(turn, who, day)
    else:
        turn.refuse(workflow_texts.no_such_group(turn.text))


def choose_who(turn: TurnState) -> None:
    """A button: "a" everybody, "k:xa" a kind, "r:17" one report."""
    _set_group(turn, turn.argument)


def _take_group(turn: TurnState, typed: str) -> None:
    """What was typed: everybody, a kind of units, or one unit by name or code."""
    folded, rows = fold(typed).strip(), _rows(turn)
    kinds = {fold(workflow_texts.kind_name(row.kind)): row.kind for row in rows}
    bare = folded.removeprefix("tat ca ").removeprefix("cac ").strip()
    if folded in EVERYBODY:
        _set_group(turn, "a")
    elif bare in kinds:
        _set_group(turn, f"k:{kinds[bare]}")
    else:
        _take_unit(turn, rows, typed)


def _take_unit(turn: TurnState, rows: Sequence[ReportRow], typed: str) -> None:
    found = find(rows, typed)
    if len(found) == 1:
        _set_group(turn, f"r:{found[0].report}")
    elif found:
        turn.body = desk_texts.several_units(typed, len(found), target_picker.PAGE)
        turn.offers += [
            (f"who:r:{row.report}", desk_texts.unit_label(row, True)) for row in found[: target_picker.PAGE]
        ]
    else:
        turn.refuse(workflow_texts.no_such_group(typed))


def _set_group(turn: TurnState, group: str) -> None:
    if not list(_members(_rows(turn), group)):
        turn.refuse(workflow_texts.no_such_group(group.rpartition(":")[2]))
        return
    known = turn.kept(Extending)
    turn.set(kept=replace(known, group=group, later=""), mark=turn.session.mark + 1)
    turn.fire("group_known")
    if known.later:
        _take_day(turn, known.later)


def _members(rows: Sequence[ReportRow], group: str) -> Iterator[ReportRow]:
    kind, _, which = group.partition(":")
    for row in rows:
        if kind == "a" or (kind == "k" and row.kind == which) or (kind == "r" and str(row.report) == which):
            yield row


def _group_name(turn: TurnState) -> str:
    kind, _, which = turn.kept(Extending).group.partition(":")
    if kind == "r":
        return next((row.name for row in _rows(turn) if str(row.report) == which), "")
    return workflow_texts.units_of_kind(which) if kind == "k" else workflow_texts.EVERYBODY_OWING


def say_day(turn: TurnState) -> None:
    _take_day(turn, turn.text)


def choose_day(turn: TurnState) -> None:
    """A button: the day that was asked back ("2019-04-15", with "<" for "trước ngày")."""
    before, day = turn.argument.startswith("<"), turn.argument.removeprefix("<")
    found = read_last_day(day, _today(turn))
    if found.day is None or found.ask:
        turn.refuse(refusals.no_such_choice())
    else:
        _take(turn, ReadDay(found.day, before))


def _take_day(turn: TurnState, typed: str) -> None:
    found = read_last_day(typed, _today(turn))
    if found.day is None:
        turn.refuse(found.refused)
    elif found.ask:
        mark_before = "<" if found.before else ""
        turn.body = found.ask
        turn.offers.append(
            (f"day:{mark_before}{found.day.isoformat()}", places.capital(deadlines_texts.day_words(found.day)))
        )
    else:
        _take(turn, found)


def _take(turn: TurnState, found: ReadDay) -> None:
    if found.day is None:
        return
    turn.set(kept=replace(turn.kept(Extending), day=found.day), mark=turn.session.mark + 1)
    if found.before:
        turn.fire("day_unclear")
    else:
        _last_day(turn, found.day)


def choose_counts(turn: TurnState) -> None:
    """Whether the day of "trước ngày" counts itself: asked once."""
    day = _typed_day(turn)
    last = ReadDay(day, before=True).last(counts=turn.argument == "1")
    _last_day(turn, last or day)


def _typed_day(turn: TurnState) -> date:
    return turn.kept(Extending).day or _today(turn)


def _last_day(turn: TurnState, last: date) -> None:
    """The last day is known: whether it can be one, and whether anybody would get more time by it."""
    turn.set(kept=replace(turn.kept(Extending), last=last), mark=turn.session.mark + 1)
    why = deadlines_texts.why_no_last_day(last, _today(turn))
    if why:
        turn.refuse(why)
        turn.fire("day_wrong")
    elif not _moved(turn):
        turn.refuse(_why_nobody(turn))
        turn.fire("day_wrong")
    else:
        _remember(turn)
        turn.fire("day_known")


def _why_nobody(turn: TurnState) -> str:
    group, zone = turn.kept(Extending).group, turn.world.zone
    rows = list(_members(_rows(turn), group))
    if group.startswith("r:") and rows:
        return workflow_texts.needs_no_time(rows[0].name, rows[0].status, rows[0].due, zone)
    return workflow_texts.nobody_to_extend(_group_name(turn), _due(turn), zone)


def _today(turn: TurnState) -> date:
    return turn.world.now.astimezone(turn.world.zone).date()


def _due(turn: TurnState) -> datetime:
    return last_moment(turn.kept(Extending).last or _today(turn), turn.world.zone)


def _moved(turn: TurnState) -> list[ReportRow]:
    """The reports that get more time: still owed, and due sooner than the new moment."""
    group, due = turn.kept(Extending).group, _due(turn)
    statuses = OWED if group.startswith("r:") else UNSENT
    rows = _members(_rows(turn), group)
    return [row for row in rows if row.status in statuses and (row.due is None or row.due < due)]


def _remember(turn: TurnState) -> None:
    """Keep what the preview shows: confirmed is that and nothing else."""
    shown = tuple((row.report, row.due.isoformat() if row.due else "") for row in _moved(turn))
    turn.set(kept=replace(turn.kept(Extending), shown=shown), mark=turn.session.mark + 1)


def confirm(turn: TurnState) -> None:
    """ "Gia hạn": unless somebody was faster; then what is left is shown anew."""
    shown, due, zone = turn.kept(Extending).shown, _due(turn), turn.world.zone
    if due <= turn.world.now:
        turn.refuse(
            deadlines_texts.why_no_last_day(due.astimezone(zone).date(), _today(turn))
            or workflow_texts.until_past(due, zone)
        )
        turn.fire("day_wrong")
        return
    _remember(turn)
    if turn.kept(Extending).shown != shown:
        _tell_meanwhile(turn, {report for report, _ in shown})
        return
    words = deadlines_texts.last_moment_words(due, zone)
    turn.effects.append(ExtendDeadline(tuple(report for report, _ in shown), due, words))
    turn.body = workflow_texts.extended_done(len(shown), due, zone)
    turn.set(kept=None, mark=turn.session.mark + 1)
    turn.fire("decided")


def _tell_meanwhile(turn: TurnState, before: set[int]) -> None:
    now = {report for report, _ in turn.kept(Extending).shown}
    gone = next(iter(sorted(before - now)), next(iter(sorted(before))))
    row, decided = turn.world.desk.report(gone, Right.DEADLINE_EXTEND), turn.world.desk.decided(gone)
    turn.refuse(desk_texts.decided_meanwhile(row.name if row else "", decided, turn.world.zone))
    if not now:
        target_picker.give_up(turn)
        turn.fire("decided")


def extend_who(turn: TurnState) -> Screen:
    rows = [row for row in _rows(turn) if row.status in UNSENT]
    kinds = list(dict.fromkeys(row.kind for row in rows))
    title = next((row.title for row in _rows(turn)), "")
    names = [workflow_texts.kind_name(kind) for kind in kinds]
    choices = [("who:a", workflow_texts.EVERYBODY)] if rows else []
    choices += [(f"who:k:{kind}", places.capital(workflow_texts.kind_name(kind))) for kind in kinds]
    return Screen(workflow_texts.ask_who_to_extend(title, names), (*choices, ("cancel", desk_texts.DO_NOTHING)))


def extend_day(turn: TurnState) -> Screen:
    return Screen(
        workflow_texts.ask_last_day(_group_name(turn), _today(turn) + WEEK),
        (("back", labels.BACK), ("cancel", desk_texts.DO_NOTHING)),
    )


def extend_counts(turn: TurnState) -> Screen:
    day = _typed_day(turn)
    choices = (
        ("counts:1", workflow_texts.DAY_COUNTS),
        ("counts:0", workflow_texts.DAY_DOES_NOT),
        ("cancel", desk_texts.DO_NOTHING),
    )
    return Screen(workflow_texts.does_the_day_count(day), choices)


def extend_confirm(turn: TurnState) -> Screen:
    rows, zone = _moved(turn), turn.world.zone
    by_due: dict[datetime | None, list[str]] = {}
    for row in rows:
        by_due.setdefault(row.due, []).append(row.name)
    lines = [workflow_texts.preview_line(names[:SHOWN], len(names[SHOWN:]), due, zone) for due, names in by_due.items()]
    title = rows[0].title if rows else ""
    choices = (
        ("extend_now", workflow_texts.EXTEND),
        ("back", workflow_texts.OTHER_DAY),
        ("cancel", desk_texts.DO_NOTHING),
    )
    return Screen(workflow_texts.preview(title, len(rows), lines, _due(turn), zone), choices)


def is_lost(turn: TurnState) -> bool:
    known = turn.keeps(Target)
    if known and known.report:
        return not _rows(turn)
    return known is None or target_picker.scope_of(turn, EXTEND, known.scope) is None


HERE = ("extend_who", "extend_day", "extend_counts", "extend_confirm")
DIALOG = Dialog(
    "extending",
    states=(
        DialogState("extend_who", "whom to give more time is asked", extend_who, lettered=True),
        DialogState("extend_day", "the new last day is asked", extend_day, lettered=True),
        DialogState("extend_counts", "whether the day of “before that day” counts is asked", extend_counts),
        DialogState("extend_confirm", "who gets how much more time is shown to be confirmed", extend_confirm),
    ),
    table=(
        Transition("extend", ANY, "choosing", may, begin),
        Transition("extend", ANY, None, None, target_picker.refuse),
        Transition("extend_here", "choosing", "extend_who", None, arrive),
        Transition("say", "extend_who", None, None, say_who),
        Transition("who", "extend_who", None, None, choose_who),
        Transition("group_known", "extend_who", "extend_day"),
        Transition("say", "extend_day", None, None, say_day),
        Transition("day", ("extend_day", "extend_who"), None, None, choose_day),
        Transition("day_unclear", ("extend_day", "extend_who"), "extend_counts"),
        Transition("day_known", ("extend_day", "extend_counts"), "extend_confirm"),
        Transition("day_wrong", ("extend_day", "extend_counts", "extend_confirm"), "extend_day"),
        Transition("counts", "extend_counts", None, None, choose_counts),
        Transition("extend_now", "extend_confirm", None, None, confirm),
        Transition("back", ("extend_confirm", "extend_counts"), "extend_day", None, mark),
        Transition("back", "extend_day", "extend_who", None, mark),
        Transition("decided", "extend_confirm", "home"),
        Transition("check", HERE, "home", is_lost, target_picker.end_lost),
        Transition("cancel", HERE, "home", None, target_picker.give_up),
    ),
    inner=("extend_here", "group_known", "day_unclear", "day_known", "day_wrong", "decided"),
    anywhere=("extend",),
    keeps=(Extending,),
    errands=(EXTEND,),
    commands=(
        TypedCommand(
            "extend", ("giahan",), workflow_texts.MENU_EXTEND, 220, Right.DEADLINE_EXTEND, takes=Takes.ANYTHING
        ),
    ),
)
