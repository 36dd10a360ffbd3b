"""More time: "/giahan Xã An Bình 15/4/2019" for one unit, one kind of units, or all that have not sent.

What is going to change is shown first; a deadline is only ever moved to a later moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from dialogs import texts
from dialogs.desk import target_picker
from dialogs.desk.finding import find
from dialogs.desk.last_days import ReadDay, read_last_day, why_not
from dialogs.forms.question_lookup import whole
from dialogs.reading import fold
from dialogs.texts import workflow as said
from dialogs.turn.navigation import mark
from dialogs.turn.transitions import ANY, Row, Screen
from dialogs.turn.turn_state import Step
from dialogs.values.deadlines import day_words, last_moment, last_moment_words
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


def may(step: Step) -> bool:
    return target_picker.reaches(step, "extend")


def begin(step: Step) -> None:
    """ "/giahan", alone, or with whom and until when; a button names its report."""
    target_picker.seek(step, "extend")


def arrive(step: Step) -> None:
    """The campaign is known, or one report by its button: ask what is missing of whom and which day."""
    pending = step.session.pending
    who, day = parted(str(pending.get("typed", "")))
    step.set(pending={**pending, "typed": ""}, mark=step.session.mark + 1)
    if "report" in pending:
        step.set(pending={**pending, "group": f"r:{pending['report']}"})
        step.fire("group_known")
        if day:
            _take_day(step, day)
    else:
        _take_both(step, who, day)


def _take_both(step: Step, who: str, day: str) -> None:
    """Whom, and the day behind it: kept if it has to be asked back who is meant."""
    step.set(pending={**step.session.pending, "later": day})
    if who:
        _take_group(step, who)


def parted(typed: str) -> tuple[str, str]:
    """ "Xã Một trước ngày 16/4/2019" is whom and which day; either may be missing."""
    words = typed.split()
    folded = [fold(word) for word in words]
    first = next((at for at, word in enumerate(folded) if _DAY.match(word)), len(words))
    while 0 < first < len(words) and folded[first - 1] in _LEADS:
        first -= 1
    return " ".join(words[:first]), " ".join(words[first:])


def _rows(step: Step) -> tuple[ReportRow, ...]:
    """The reports of the campaign whose deadline this person may move."""
    pending = step.session.pending
    if "report" in pending:
        row = step.world.desk.report(int(pending["report"]), Right.DEADLINE_EXTEND)
        return (row,) if row else ()
    scope = target_picker.scope_of(step, "extend", str(pending.get("scope", "")))
    return step.world.desk.reports(scope, Right.DEADLINE_EXTEND) if scope else ()


def say_who(step: Step) -> None:
    """Whom, and perhaps behind it the day."""
    who, day = parted(step.text)
    if who:
        _take_both(step, who, day)
    else:
        step.refuse(said.no_such_group(step.text))


def choose_who(step: Step) -> None:
    """A button: "a" everybody, "k:xa" a kind, "r:17" one report."""
    _set_group(step, step.argument)


def _take_group(step: Step, typed: str) -> None:
    """What was typed: everybody, a kind of units, or one unit by name or code."""
    folded, rows = fold(typed).strip(), _rows(step)
    kinds = {fold(said.kind_name(row.kind)): row.kind for row in rows}
    bare = folded.removeprefix("tat ca ").removeprefix("cac ").strip()
    if folded in EVERYBODY:
        _set_group(step, "a")
    elif bare in kinds:
        _set_group(step, f"k:{kinds[bare]}")
    else:
        _take_unit(step, rows, typed)


def _take_unit(step: Step, rows: Sequence[ReportRow], typed: str) -> None:
    found = find(rows, typed)
    if len(found) == 1:
        _set_group(step, f"r:{found[0].report}")
    elif found:
        step.body = texts.several_units(typed, len(found), target_picker.PAGE)
        step.offers += [(f"who:r:{row.report}", texts.unit_label(row, True)) for row in found[: target_picker.PAGE]]
    else:
        step.refuse(said.no_such_group(typed))


def _set_group(step: Step, group: str) -> None:
    if not list(_members(_rows(step), group)):
        step.refuse(said.no_such_group(group.rpartition(":")[2]))
        return
    later = str(step.session.pending.get("later", ""))
    step.set(pending={**step.session.pending, "group": group, "later": ""}, mark=step.session.mark + 1)
    step.fire("group_known")
    if later:
        _take_day(step, later)


def _members(rows: Sequence[ReportRow], group: str) -> Iterator[ReportRow]:
    kind, _, which = group.partition(":")
    for row in rows:
        if kind == "a" or (kind == "k" and row.kind == which) or (kind == "r" and str(row.report) == which):
            yield row


def _group_name(step: Step) -> str:
    kind, _, which = str(step.session.pending["group"]).partition(":")
    if kind == "r":
        return next((row.name for row in _rows(step) if str(row.report) == which), "")
    return f"các đơn vị loại {said.kind_name(which)}" if kind == "k" else "mọi đơn vị chưa nộp"


def say_day(step: Step) -> None:
    _take_day(step, step.text)


def choose_day(step: Step) -> None:
    """A button: the day that was asked back ("2019-04-15", with "<" for "trước ngày")."""
    before, day = step.argument.startswith("<"), step.argument.removeprefix("<")
    found = read_last_day(day, _today(step))
    if found.day is None or found.ask:
        step.refuse(texts.no_such_choice())
    else:
        _take(step, ReadDay(found.day, before))


def _take_day(step: Step, typed: str) -> None:
    found = read_last_day(typed, _today(step))
    if found.day is None:
        step.refuse(found.refused)
    elif found.ask:
        mark_before = "<" if found.before else ""
        step.body = found.ask
        step.offers.append((f"day:{mark_before}{found.day.isoformat()}", texts.capital(day_words(found.day))))
    else:
        _take(step, found)


def _take(step: Step, found: ReadDay) -> None:
    if found.day is None:
        return
    step.set(pending={**step.session.pending, "day": found.day.isoformat()}, mark=step.session.mark + 1)
    if found.before:
        step.fire("day_unclear")
    else:
        _last_day(step, found.day)


def choose_counts(step: Step) -> None:
    """Whether the day of "trước ngày" counts itself: asked once."""
    day = date.fromisoformat(str(step.session.pending["day"]))
    last = ReadDay(day, before=True).last(counts=step.argument == "1")
    _last_day(step, last or day)


def _last_day(step: Step, last: date) -> None:
    """The last day is known: whether it can be one, and whether anybody would get more time by it."""
    step.set(pending={**step.session.pending, "last": last.isoformat()}, mark=step.session.mark + 1)
    why = why_not(last, _today(step))
    if why:
        step.refuse(why)
        step.fire("day_wrong")
    elif not _moved(step):
        step.refuse(_why_nobody(step))
        step.fire("day_wrong")
    else:
        _remember(step)
        step.fire("day_known")


def _why_nobody(step: Step) -> str:
    group, zone = str(step.session.pending["group"]), step.world.zone
    rows = list(_members(_rows(step), group))
    if group.startswith("r:") and rows:
        return said.needs_no_time(rows[0].name, rows[0].status, rows[0].due, zone)
    return said.nobody_to_extend(_group_name(step), _due(step), zone)


def _today(step: Step) -> date:
    return step.world.now.astimezone(step.world.zone).date()


def _due(step: Step) -> datetime:
    return last_moment(date.fromisoformat(str(step.session.pending["last"])), step.world.zone)


def _moved(step: Step) -> list[ReportRow]:
    """The reports that get more time: still owed, and due sooner than the new moment."""
    group, due = str(step.session.pending["group"]), _due(step)
    statuses = OWED if group.startswith("r:") else UNSENT
    rows = _members(_rows(step), group)
    return [row for row in rows if row.status in statuses and (row.due is None or row.due < due)]


def _remember(step: Step) -> None:
    """Keep what the preview shows: confirmed is that and nothing else."""
    shown = [[row.report, row.due.isoformat() if row.due else ""] for row in _moved(step)]
    step.set(pending={**step.session.pending, "shown": shown}, mark=step.session.mark + 1)


def confirm(step: Step) -> None:
    """ "Gia hạn": unless somebody was faster; then what is left is shown anew."""
    shown, due, zone = step.session.pending["shown"], _due(step), step.world.zone
    if due <= step.world.now:
        step.refuse(why_not(due.astimezone(zone).date(), _today(step)) or said.until_past(due, zone))
        step.fire("day_wrong")
        return
    _remember(step)
    if step.session.pending["shown"] != shown:
        _tell_meanwhile(step, {int(report) for report, _ in shown})
        return
    words = last_moment_words(due, zone)
    step.effects.append(ExtendDeadline(tuple(int(report) for report, _ in shown), due, words))
    step.body = said.extended_done(len(shown), due, zone)
    step.set(pending={}, mark=step.session.mark + 1)
    step.fire("decided")


def _tell_meanwhile(step: Step, before: set[int]) -> None:
    now = {int(report) for report, _ in step.session.pending["shown"]}
    gone = next(iter(sorted(before - now)), next(iter(sorted(before))))
    row, decided = step.world.desk.report(gone, Right.DEADLINE_EXTEND), step.world.desk.decided(gone)
    step.refuse(texts.decided_meanwhile(row.name if row else "", decided, step.world.zone))
    if not now:
        target_picker.give_up(step)
        step.fire("decided")


def extend_who(step: Step) -> Screen:
    rows = [row for row in _rows(step) if row.status in UNSENT]
    kinds = list(dict.fromkeys(row.kind for row in rows))
    title = next((row.title for row in _rows(step)), "")
    names = [said.kind_name(kind) for kind in kinds]
    choices = [("who:a", said.EVERYBODY)] if rows else []
    choices += [(f"who:k:{kind}", texts.capital(said.kind_name(kind))) for kind in kinds]
    return Screen(said.ask_who_to_extend(title, names), (*choices, ("cancel", texts.DO_NOTHING)))


def extend_day(step: Step) -> Screen:
    return Screen(
        said.ask_last_day(_group_name(step), _today(step) + WEEK), (("back", texts.BACK), ("cancel", texts.DO_NOTHING))
    )


def extend_counts(step: Step) -> Screen:
    day = date.fromisoformat(str(step.session.pending["day"]))
    choices = (("counts:1", said.DAY_COUNTS), ("counts:0", said.DAY_DOES_NOT), ("cancel", texts.DO_NOTHING))
    return Screen(said.does_the_day_count(day), choices)


def extend_confirm(step: Step) -> Screen:
    rows, zone = _moved(step), step.world.zone
    by_due: dict[datetime | None, list[str]] = {}
    for row in rows:
        by_due.setdefault(row.due, []).append(row.name)
    lines = [said.preview_line(names[:SHOWN], len(names[SHOWN:]), due, zone) for due, names in by_due.items()]
    title = rows[0].title if rows else ""
    choices = (("extend_now", said.EXTEND), ("back", said.OTHER_DAY), ("cancel", texts.DO_NOTHING))
    return Screen(said.preview(title, len(rows), lines, _due(step), zone), choices)


def is_lost(step: Step) -> bool:
    pending = step.session.pending
    if "report" in pending and whole(str(pending["report"])):
        return not _rows(step)
    return target_picker.scope_of(step, "extend", str(pending.get("scope", ""))) is None


STATES = {
    "extend_who": "whom to give more time is asked",
    "extend_day": "the new last day is asked",
    "extend_counts": "whether the day of “before that day” counts is asked",
    "extend_confirm": "who gets how much more time is shown to be confirmed",
}
INNER = tuple(STATES)
TABLE = (
    Row("extend", ANY, "choosing", may, begin),
    Row("extend", ANY, None, None, target_picker.refuse),
    Row("extend_here", "choosing", "extend_who", None, arrive),
    Row("say", "extend_who", None, None, say_who),
    Row("who", "extend_who", None, None, choose_who),
    Row("group_known", "extend_who", "extend_day"),
    Row("say", "extend_day", None, None, say_day),
    Row("day", ("extend_day", "extend_who"), None, None, choose_day),
    Row("day_unclear", ("extend_day", "extend_who"), "extend_counts"),
    Row("day_known", ("extend_day", "extend_counts"), "extend_confirm"),
    Row("day_wrong", ("extend_day", "extend_counts", "extend_confirm"), "extend_day"),
    Row("counts", "extend_counts", None, None, choose_counts),
    Row("extend_now", "extend_confirm", None, None, confirm),
    Row("back", ("extend_confirm", "extend_counts"), "extend_day", None, mark),
    Row("back", "extend_day", "extend_who", None, mark),
    Row("decided", "extend_confirm", "home"),
    Row("check", INNER, "home", is_lost, target_picker.end_lost),
    Row("cancel", INNER, "home", None, target_picker.give_up),
)
SCREENS = {
    "extend_who": extend_who,
    "extend_day": extend_day,
    "extend_counts": extend_counts,
    "extend_confirm": extend_confirm,
}
