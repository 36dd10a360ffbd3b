"""The steps of a new campaign up to who must report: form, day, unit, title, period, groups, single units."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dialogs import texts
from dialogs.campaigns.drafting import change, draft_of, every_group, fitted, plan_of, today
from dialogs.desk.finding import find
from dialogs.forms.question_lookup import whole
from dialogs.reading import Outcome, Spec, clean, fold, read
from dialogs.texts import opening as t
from dialogs.turn.turn_state import Step
from dialogs.values.plans import PlannedUnit, TopUnit

MAX_LINE = 200
"""Characters of a title and of a period: both are printed on one line."""

MOST_OFFERED = 8


def mark(step: Step) -> None:
    """Something else is asked now."""
    step.set(pending={}, misses=0, mark=step.session.mark + 1)


def keep(step: Step) -> None:
    """ "Giữ như đang có": on to what is undecided."""
    mark(step)
    step.fire("draft_on")


def odd(step: Step) -> None:
    """A text where only buttons answer."""
    step.refuse(texts.say_what())


# --- form, day, unit -----------------------------------------------------------------------------------------------


def take_form(step: Step) -> None:
    """A button, or a form's key typed."""
    named = fold(step.argument or step.text).strip()
    forms = step.world.plans.forms()
    found = [each for each in forms if fold(each.key) == named] or [each for each in forms if fold(each.title) == named]
    chosen = found[0] if len(found) == 1 else None
    if chosen is None:
        step.refuse(t.no_such_form(step.argument or step.text))
    elif chosen.unmeasured:
        step.refuse(t.form_unmeasured(chosen.title, chosen.unmeasured))
    else:
        draft = draft_of(step)
        other = {} if draft.form == chosen.key else {"title": "", "key": "", "grouped": False}
        change(step, form=chosen.key, **other)
        _go_on(step)


def _go_on(step: Step) -> None:
    fitted(step)
    step.fire("draft_on")


def take_day(step: Step) -> None:
    """ "Hôm nay"."""
    _day_chosen(step, today(step))


def say_day(step: Step) -> None:
    """A reference date, read as every date is; one without its year is of this year, and read back."""
    found = read(step.text, Spec("date", year=today(step).year))
    proposed = next((option.value for option in found.options if found.code == "missing_year"), None)
    day = found.value if found.outcome is Outcome.VALUE else proposed
    if isinstance(day, date):
        _day_chosen(step, day)
    else:
        step.refuse(t.unread_reference(step.text, today(step)))


def _day_chosen(step: Step, day: date) -> None:
    if not step.world.plans.own(day):
        step.refuse(t.no_unit_that_day(day))
        return
    change(step, day=day)
    step.notes.append(t.day_taken(day))
    _go_on(step)


def take_unit(step: Step) -> None:
    """A button of a unit: whether the person may open a campaign there is asked now."""
    day = draft_of(step).day or today(step)
    number = whole(step.argument)
    chosen = step.world.plans.top(number, day) if number else None
    if chosen is None:
        step.refuse(t.no_such_top(""))
    else:
        _unit_chosen(step, chosen)


def say_unit(step: Step) -> None:
    """A unit's name or code, in whole or in part; an ambiguous one is asked back."""
    typed = step.text.strip()
    found = find(step.world.plans.tops(draft_of(step).day or today(step)), typed)
    if len(found) == 1:
        _unit_chosen(step, found[0])
    elif found:
        step.body = t.which_unit(typed, len(found), MOST_OFFERED)
        step.offers += [(f"take:{each.id}", f"{each.name} ({each.code})") for each in found[:MOST_OFFERED]]
    else:
        step.refuse(t.no_such_top(typed))


def _unit_chosen(step: Step, unit: TopUnit) -> None:
    draft = draft_of(step)
    plan = plan_of(step, replace(draft, unit=unit.id, left_out=frozenset()))
    if plan is None or not plan.groups:
        step.refuse(t.nobody_asked(unit.name, draft.form))
        return
    change(step, unit=unit.id)
    step.notes.append(t.unit_taken(unit.name))
    _go_on(step)


# --- title and period ----------------------------------------------------------------------------------------------


def proposed_title(step: Step) -> str:
    """Return the title of the draft, else the form's."""
    draft = draft_of(step)
    usual = next((each.title for each in step.world.plans.forms() if each.key == draft.form), draft.form)
    return draft.title or usual


def take_title(step: Step) -> None:
    change(step, title=proposed_title(step))
    step.fire("draft_on")


def say_title(step: Step) -> None:
    line = _one_line(step)
    if line:
        change(step, title=line)
        step.fire("draft_on")


def proposed_periods(step: Step) -> tuple[str, ...]:
    """Return periods that end about now: the year, and its first half or nine months."""
    year, month = today(step).year, today(step).month
    if month <= 3:
        return f"Năm {year - 1}", f"Quý I năm {year}"
    return (f"6 tháng đầu năm {year}", f"Năm {year}") if month <= 8 else (f"Năm {year}", f"9 tháng đầu năm {year}")


def take_period(step: Step) -> None:
    number = whole(step.argument)
    proposed = proposed_periods(step)
    change(step, period=proposed[number - 1] if number and number <= len(proposed) else "")
    step.fire("draft_on")


def say_period(step: Step) -> None:
    line = _one_line(step)
    if line:
        change(step, period=line)
        step.fire("draft_on")


def _one_line(step: Step) -> str:
    """Return the text as it is stored, '' with the reason said if it is not one line."""
    line = clean(step.text).strip()
    if not line or "\n" in line or len(line) > MAX_LINE:
        step.refuse(t.not_one_line(MAX_LINE))
        return ""
    return line


# --- who must report -----------------------------------------------------------------------------------------------


def flip_group(step: Step) -> None:
    """A group in or out; its deadline stays known if it comes back."""
    draft = draft_of(step)
    if step.argument not in {each.kind for each in every_group(step)}:
        step.refuse(texts.no_such_choice())
        return
    change(step, left_out=draft.left_out ^ {step.argument}, grouped=False)


def groups_seen(step: Step) -> None:
    """ "Tiếp" at the groups: at least one must report."""
    plan = plan_of(step)
    if plan is None or not plan.owing:
        step.refuse(t.no_group_left())
        return
    change(step, grouped=True)
    step.fire("draft_on")


def free_units(step: Step) -> tuple[PlannedUnit, ...]:
    """Return the units that are listed and owe nothing."""
    plan = plan_of(step)
    return tuple(each for each in plan.units if not each.required) if plan else ()


def flip_unit(step: Step) -> None:
    """A button: a unit that owes nothing owes its report again, or one of several that were meant owes nothing."""
    plan = plan_of(step)
    found = next((each for each in plan.units if each.code == step.argument), None) if plan else None
    if found is None:
        step.refuse(texts.no_such_choice())
    else:
        _flip(step, found)


def say_free(step: Step) -> None:
    """A unit's name or code."""
    plan, typed = plan_of(step), step.text.strip()
    found = find(plan.units, typed) if plan else ()
    if len(found) == 1:
        _flip(step, found[0])
    elif found:
        step.body = t.which_unit(typed, len(found), MOST_OFFERED)
        step.offers += [(f"flip:{each.code}", f"{each.name} ({each.code})") for each in found[:MOST_OFFERED]]
    else:
        step.refuse(t.no_such_top(typed))


def _flip(step: Step, unit: PlannedUnit) -> None:
    change(step, not_required=draft_of(step).not_required ^ {unit.code}, grouped=False)
    step.notes.append(t.now_free(unit.name) if unit.required else t.now_owing(unit.name))
