"""Which campaign, which unit: asked by buttons or typed, ambiguous names asked back, then the errand goes on.

While it is asked the session's ``pending`` holds {"errand", "scope", "typed", "page"}; once it is known {"errand",
"report", "unit", "title"} or, for an errand about a campaign, {"errand", "scope"}.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialogs import texts as t
from dialogs.desk.desk_commands import ERRANDS
from dialogs.desk.finding import find
from dialogs.forms.question_lookup import whole
from dialogs.reading import fold
from dialogs.texts import workflow as said
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.transitions import Row, Screen
from dialogs.turn.turn_state import Step
from dialogs.values.desk_world import ReportRow, Scope

PAGE = 8
"""Units offered as buttons at once."""

BY_ID = "#"
"""Before the number of a report in a button: no name or code of a unit begins with it."""


def reaches(step: Step, errand: str) -> bool:
    """Whether the person has the errand's right anywhere; asked at every command and press."""
    return bool(step.world.desk.scopes(ERRANDS[errand].right))


def refuse(step: Step) -> None:
    """Somebody without the right, or with nothing to use it on; no unit is named."""
    step.refuse(t.not_for_you())


def seek(step: Step, errand: str) -> None:
    """Begin an errand: ``step.argument`` may name a report ("#17", of a button), a campaign's key and a unit."""
    loose_ends(step)
    step.set(pending={"errand": errand}, misses=0, mark=step.session.mark + 1)
    if step.argument.startswith(BY_ID):
        _by_id(step, errand, step.argument.removeprefix(BY_ID))
        return
    scopes = step.world.desk.scopes(ERRANDS[errand].right)
    chosen, typed = _named_scope(scopes, step.argument)
    if chosen is not None:
        _in_scope(step, errand, chosen, typed)
    elif typed:
        _anywhere(step, errand, scopes, typed)
    elif len(scopes) == 1:
        _in_scope(step, errand, scopes[0], "")


def _named_scope(scopes: Sequence[Scope], said: str) -> tuple[Scope | None, str]:
    """The campaign whose key stands first in what was typed, if it is one scope only, and the rest."""
    first, _, rest = said.strip().partition(" ")
    named = [each for each in scopes if first and fold(each.campaign) == fold(first)]
    if len(named) == 1:
        return named[0], rest.strip()
    return None, rest.strip() if named else said.strip()


def _by_id(step: Step, errand: str, number: str) -> None:
    """A button that names the report: whether the person may is asked now, not when it was drawn."""
    known = whole(number) if ERRANDS[errand].by_button else None
    row = step.world.desk.report(known, ERRANDS[errand].right) if known else None
    if row is None:
        step.refuse(t.no_longer_yours())
        step.fire("start")
    else:
        arrive(step, errand, row)


def _in_scope(step: Step, errand: str, scope: Scope, typed: str) -> None:
    step.set(pending={"errand": errand, "scope": scope.id})
    if not ERRANDS[errand].of_report:
        step.set(pending={"errand": errand, "scope": scope.id, "typed": typed})
        step.fire(ERRANDS[errand].here)
    elif typed:
        _by_name(step, errand, step.world.desk.reports(scope, ERRANDS[errand].right), typed)


def _anywhere(step: Step, errand: str, scopes: Sequence[Scope], typed: str) -> None:
    """A unit's name without a campaign: looked for in every campaign."""
    if not ERRANDS[errand].of_report:
        step.set(pending={"errand": errand, "typed": typed})
        if len(scopes) == 1:
            _in_scope(step, errand, scopes[0], typed)
        return
    right = ERRANDS[errand].right
    if len(scopes) == 1:
        step.set(pending={"errand": errand, "scope": scopes[0].id})
    _by_name(step, errand, [row for scope in scopes for row in step.world.desk.reports(scope, right)], typed)


def _by_name(step: Step, errand: str, rows: Sequence[ReportRow], typed: str) -> None:
    name = typed.partition(":")[0].strip()
    found = find(rows, name)
    fitting = [row for row in found if row.status in ERRANDS[errand].statuses]
    if len(fitting) == 1 or (len(found) == 1 and not fitting):
        arrive(step, errand, (fitting or found)[0])
        return
    if not found:
        step.refuse(t.no_such_unit(name))
        return
    step.body = t.several_units(name, len(fitting or found), PAGE)
    alone = len({row.campaign for row in found}) == 1
    step.offers += [_choice(row, alone) for row in (fitting or found)[:PAGE]]


def arrive(step: Step, errand: str, row: ReportRow) -> None:
    """The report is known: on with the errand, if its status lets it."""
    if row.status not in ERRANDS[errand].statuses:
        step.refuse(t.does_not_fit(row, errand))
        return
    step.set(pending={"errand": errand, "report": row.report, "unit": row.name, "title": row.title})
    step.fire(ERRANDS[errand].here)


def choose(step: Step) -> None:
    """A button: of a campaign ("c:ID") or of a report ("r:ID"); without one the list turns a page ("p:N")."""
    what, _, chosen = step.argument.partition(":")
    errand = str(step.session.pending.get("errand", ""))
    step.set(mark=step.session.mark + 1)
    if what == "p":
        step.set(pending={**step.session.pending, "page": whole(chosen) or 0})
    elif what == "r":
        _by_id(step, errand, chosen)
    else:
        scope = scope_of(step, errand, chosen)
        if scope is None:
            step.refuse(t.no_such_choice())
        else:
            _in_scope(step, errand, scope, str(step.session.pending.get("typed", "")))


def say(step: Step) -> None:
    """A name or code was typed, perhaps behind a campaign's key."""
    pending = step.session.pending
    errand = str(pending["errand"])
    scope = scope_of(step, errand, str(pending.get("scope", "")))
    typed = step.text.strip()
    if scope is not None:
        _in_scope(step, errand, scope, typed)
        return
    scopes = step.world.desk.scopes(ERRANDS[errand].right)
    chosen, rest = _named_scope(scopes, typed)
    if chosen is not None:
        _in_scope(step, errand, chosen, rest or str(pending.get("typed", "")))
    else:
        _anywhere(step, errand, scopes, typed)


def scope_of(step: Step, errand: str, scope: str) -> Scope | None:
    """The campaign and unit with this id, if the errand's right still reaches there."""
    return next((each for each in step.world.desk.scopes(ERRANDS[errand].right) if each.id == scope), None)


def target(step: Step) -> ReportRow | None:
    """The report that the errand under way is about, as it is now; None if the right has ended."""
    pending = step.session.pending
    report = pending.get("report")
    return step.world.desk.report(int(report), ERRANDS[str(pending["errand"])].right) if report else None


def lost(step: Step) -> bool:
    """Whether the errand under way cannot go on: its right has ended, or what was held is gone."""
    pending = step.session.pending
    errand = ERRANDS.get(str(pending.get("errand", "")))
    if errand is None:
        return True
    if "report" in pending:
        return target(step) is None
    return not step.world.desk.scopes(errand.right)


def give_up(step: Step) -> None:
    """Back to the first screen; a comment or a reason that was typed is said to be unsent."""
    pending = step.session.pending
    if pending.get("comment"):
        step.notes.append(t.comment_not_sent(str(pending["comment"])))
    elif pending.get("texts"):
        step.notes.append(said.not_sent_yet(str(pending["texts"][0])))
    step.set(misses=0, pending={}, mark=step.session.mark + 1)


def end_lost(step: Step) -> None:
    """The same where the errand cannot go on, which is said."""
    give_up(step)
    step.notes.append(t.no_longer_yours())


def choosing(step: Step) -> Screen:
    """The screen: campaigns to choose from, or units."""
    pending: dict[str, Any] = step.session.pending
    errand = str(pending.get("errand", ""))
    scope = scope_of(step, errand, str(pending.get("scope", "")))
    if scope is None:
        found = step.world.desk.scopes(ERRANDS[errand].right)[: 2 * PAGE]
        offered = tuple((f"target:c:{each.id}", t.scope_label(each, found)) for each in found)
        return Screen(t.choose_scope(errand), (*offered, ("cancel", t.DO_NOTHING)))
    return _units(step, errand, scope, int(pending.get("page", 0)))


def _units(step: Step, errand: str, scope: Scope, page: int) -> Screen:
    rows = step.world.desk.reports(scope, ERRANDS[errand].right)
    fitting = [row for row in rows if row.status in ERRANDS[errand].statuses]
    if not fitting:
        return Screen(t.nothing_fits(errand, scope.title), (("cancel", t.HOME),))
    pages = -(-len(fitting) // PAGE)
    page = min(max(page, 0), pages - 1)
    choices = [_choice(row, True) for row in fitting[page * PAGE : (page + 1) * PAGE]] if not step.offers else []
    if errand == "accept" and len(fitting) > 1:
        choices.append(("accept_all", t.accept_all_label(len(fitting))))
    choices += [(f"target:p:{page - 1}", t.PREVIOUS_PAGE)] if page and not step.offers else []
    choices += [(f"target:p:{page + 1}", t.NEXT_PAGE)] if page + 1 < pages and not step.offers else []
    return Screen(t.choose_unit(errand, scope.title, len(fitting)), (*choices, ("cancel", t.DO_NOTHING)))


def _choice(row: ReportRow, alone: bool) -> tuple[str, str]:
    return f"target:r:{row.report}", t.unit_label(row, alone)


STATES = {"choosing": "which campaign or unit a coordinator means"}
TABLE = (
    Row("target", "choosing", None, None, choose),
    Row("say", "choosing", None, None, say),
    Row("check", "choosing", "home", lost, end_lost),
    Row("cancel", "choosing", "home", None, give_up),
)
SCREENS = {"choosing": choosing}
