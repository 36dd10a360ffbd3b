"""Which campaign, which unit: asked by buttons or typed, ambiguous names asked back, then the errand goes on.

While it is asked a session keeps a ``Choosing``; once a report is known a ``Target``, from which each errand's dialog
makes what it keeps of its own. An errand about a campaign goes on with the ``Choosing``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from dialogs.desk.finding import find
from dialogs.forms.question_lookup import whole
from dialogs.reading import fold
from dialogs.texts import desk as desk_texts
from dialogs.texts import labels, refusals
from dialogs.texts import workflow as workflow_texts
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.errand import Errand
from dialogs.turn.kept import Kept
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.transitions import Screen, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.desk_world import DeskScope, ReportRow

PAGE = 8
"""Units offered as buttons at once."""

BY_ID = "#"
"""Before the number of a report in a button: no name or code of a unit begins with it."""


Standing: TypeAlias = tuple[str | int, ...]
"""How a report stood when it was shown: its status, the number of its sending, until when it is open."""


@dataclass(frozen=True, slots=True)
class Target(Kept):
    """What ``errand`` is about, as far as it is known: a campaign at a unit (``scope``), or one report (0: none)."""

    kind = "target"
    errand: str
    scope: str = ""
    report: int = 0
    unit: str = ""
    title: str = ""

    @property
    def aim(self) -> tuple[str, str, int, str, str]:
        """All of it, with which what a dialog keeps of its own begins."""
        return self.errand, self.scope, self.report, self.unit, self.title

    @property
    def comment(self) -> str:
        """The words that were typed for those whom it concerns."""
        return ""


@dataclass(frozen=True, slots=True)
class Choosing(Target):
    """The target is being asked; ``said`` was typed behind the command, ``page`` is the page of the units shown."""

    kind = "choosing"
    said: str = ""
    page: int = 0


def reaches(turn: TurnState, errand: Errand) -> bool:
    """Whether the person has the errand's right anywhere; asked at every command and press."""
    return bool(turn.world.desk.scopes(errand.right))


def refuse(turn: TurnState) -> None:
    """Somebody without the right, or with nothing to use it on; no unit is named."""
    turn.refuse(desk_texts.not_for_you())


def seek(turn: TurnState, errand: Errand) -> None:
    """Begin an errand: ``turn.argument`` may name a report ("#17", of a button), a campaign's key and a unit."""
    loose_ends(turn)
    turn.set(kept=Choosing(errand.name), misses=0, mark=turn.session.mark + 1)
    if turn.argument.startswith(BY_ID):
        _by_id(turn, errand, turn.argument.removeprefix(BY_ID))
        return
    scopes = turn.world.desk.scopes(errand.right)
    chosen, typed = _named_scope(scopes, turn.argument)
    if chosen is not None:
        _in_scope(turn, errand, chosen, typed)
    elif typed:
        _anywhere(turn, errand, scopes, typed)
    elif len(scopes) == 1:
        _in_scope(turn, errand, scopes[0], "")


def _named_scope(scopes: Sequence[DeskScope], said: str) -> tuple[DeskScope | None, str]:
    """The campaign whose key stands first in what was typed, if it is one scope only, and the rest."""
    first, _, rest = said.strip().partition(" ")
    named = [each for each in scopes if first and fold(each.campaign) == fold(first)]
    if len(named) == 1:
        return named[0], rest.strip()
    return None, rest.strip() if named else said.strip()


def _by_id(turn: TurnState, errand: Errand, number: str) -> None:
    """A button that names the report: whether the person may is asked now, not when it was drawn."""
    known = whole(number) if errand.by_button else None
    row = turn.world.desk.report(known, errand.right) if known else None
    if row is None:
        turn.refuse(desk_texts.no_longer_yours())
        turn.fire("start")
    else:
        arrive(turn, errand, row)


def _in_scope(turn: TurnState, errand: Errand, scope: DeskScope, typed: str) -> None:
    if not errand.of_report:
        turn.set(kept=Choosing(errand.name, scope.id, said=typed))
        turn.fire(errand.here)
        return
    turn.set(kept=Choosing(errand.name, scope.id))
    if typed:
        _by_name(turn, errand, turn.world.desk.reports(scope, errand.right), typed)


def _anywhere(turn: TurnState, errand: Errand, scopes: Sequence[DeskScope], typed: str) -> None:
    """A unit's name without a campaign: looked for in every campaign."""
    if not errand.of_report:
        turn.set(kept=Choosing(errand.name, said=typed))
        if len(scopes) == 1:
            _in_scope(turn, errand, scopes[0], typed)
        return
    right = errand.right
    if len(scopes) == 1:
        turn.set(kept=Choosing(errand.name, scopes[0].id))
    _by_name(turn, errand, [row for scope in scopes for row in turn.world.desk.reports(scope, right)], typed)


def _by_name(turn: TurnState, errand: Errand, rows: Sequence[ReportRow], typed: str) -> None:
    name = typed.partition(":")[0].strip()
    found = find(rows, name)
    fitting = [row for row in found if row.status in errand.statuses]
    if len(fitting) == 1 or (len(found) == 1 and not fitting):
        arrive(turn, errand, (fitting or found)[0])
        return
    if not found:
        turn.refuse(desk_texts.no_such_unit(name))
        return
    turn.body = desk_texts.several_units(name, len(fitting or found), PAGE)
    alone = len({row.campaign for row in found}) == 1
    turn.offers += [_choice(row, alone) for row in (fitting or found)[:PAGE]]


def arrive(turn: TurnState, errand: Errand, row: ReportRow) -> None:
    """The report is known: on with the errand, if its status lets it."""
    if row.status not in errand.statuses:
        turn.refuse(desk_texts.does_not_fit(row, errand.words))
        return
    turn.set(kept=Target(errand.name, "", row.report, row.name, row.title))
    turn.fire(errand.here)


def choose(turn: TurnState) -> None:
    """A button: of a campaign ("c:ID") or of a report ("r:ID"); without one the list turns a page ("p:N")."""
    what, _, chosen = turn.argument.partition(":")
    known = turn.kept(Choosing)
    errand = turn.catalog.errands[known.errand]
    turn.set(mark=turn.session.mark + 1)
    if what == "p":
        turn.set(kept=replace(known, page=whole(chosen) or 0))
    elif what == "r":
        _by_id(turn, errand, chosen)
    else:
        scope = scope_of(turn, errand, chosen)
        if scope is None:
            turn.refuse(refusals.no_such_choice())
        else:
            _in_scope(turn, errand, scope, known.said)


def say(turn: TurnState) -> None:
    """A name or code was typed, perhaps behind a campaign's key."""
    known = turn.kept(Choosing)
    errand = turn.catalog.errands[known.errand]
    scope = scope_of(turn, errand, known.scope)
    typed = turn.text.strip()
    if scope is not None:
        _in_scope(turn, errand, scope, typed)
        return
    scopes = turn.world.desk.scopes(errand.right)
    chosen, rest = _named_scope(scopes, typed)
    if chosen is not None:
        _in_scope(turn, errand, chosen, rest or known.said)
    else:
        _anywhere(turn, errand, scopes, typed)


def scope_of(turn: TurnState, errand: Errand, scope: str) -> DeskScope | None:
    """The campaign and unit with this id, if the errand's right still reaches there."""
    return next((each for each in turn.world.desk.scopes(errand.right) if each.id == scope), None)


def target(turn: TurnState) -> ReportRow | None:
    """The report that the errand under way is about, as it is now; None if the right has ended."""
    known = turn.keeps(Target)
    if known is None or not known.report:
        return None
    return turn.world.desk.report(known.report, turn.catalog.errands[known.errand].right)


def said(turn: TurnState) -> str:
    """What was typed behind the command and not used yet."""
    known = turn.keeps(Choosing)
    return known.said if known else ""


def lost(turn: TurnState) -> bool:
    """Whether the errand under way cannot go on: its right has ended, or what was held is gone."""
    known = turn.keeps(Target)
    if known is None or known.errand not in turn.catalog.errands:
        return True
    if known.report:
        return target(turn) is None
    return not reaches(turn, turn.catalog.errands[known.errand])


def give_up(turn: TurnState) -> None:
    """Back to the first screen; a comment or a reason that was typed is said to be unsent."""
    known = turn.keeps(Target)
    if known and known.comment:
        turn.notes.append(desk_texts.comment_not_sent(known.comment))
    elif known and known.typed:
        turn.notes.append(workflow_texts.not_sent_yet(known.typed[0]))
    turn.set(misses=0, kept=None, mark=turn.session.mark + 1)


def end_lost(turn: TurnState) -> None:
    """Back to the first screen where the errand cannot go on, which is said."""
    give_up(turn)
    turn.notes.append(desk_texts.no_longer_yours())


def choosing(turn: TurnState) -> Screen:
    """The screen: campaigns to choose from, or units."""
    known = turn.kept(Choosing)
    errand = turn.catalog.errands[known.errand]
    scope = scope_of(turn, errand, known.scope)
    if scope is None:
        found = turn.world.desk.scopes(errand.right)[: 2 * PAGE]
        offered = tuple((f"target:c:{each.id}", desk_texts.scope_label(each, found)) for each in found)
        return Screen(desk_texts.choose_scope(errand.words), (*offered, ("cancel", desk_texts.DO_NOTHING)))
    return _units(turn, errand, scope, known.page)


def _units(turn: TurnState, errand: Errand, scope: DeskScope, page: int) -> Screen:
    rows = turn.world.desk.reports(scope, errand.right)
    fitting = [row for row in rows if row.status in errand.statuses]
    if not fitting:
        return Screen(desk_texts.nothing_fits(errand.words, scope.title), (("cancel", labels.HOME),))
    pages = -(-len(fitting) // PAGE)
    page = min(max(page, 0), pages - 1)
    choices = [_choice(row, True) for row in fitting[page * PAGE : (page + 1) * PAGE]] if not turn.offers else []
    if errand.name == "accept" and len(fitting) > 1:
        choices.append(("accept_all", desk_texts.accept_all_label(len(fitting))))
    choices += [(f"target:p:{page - 1}", labels.PREVIOUS_PAGE)] if page and not turn.offers else []
    choices += [(f"target:p:{page + 1}", labels.NEXT_PAGE)] if page + 1 < pages and not turn.offers else []
    return Screen(
        desk_texts.choose_unit(errand.words, scope.title, len(fitting)), (*choices, ("cancel", desk_texts.DO_NOTHING))
    )


def _choice(row: ReportRow, alone: bool) -> tuple[str, str]:
    return f"target:r:{row.report}", desk_texts.unit_label(row, alone)


DIALOG = Dialog(
    "target_picker",
    states=(DialogState("choosing", "which campaign or unit a coordinator means", choosing),),
    table=(
        Transition("target", "choosing", None, None, choose),
        Transition("say", "choosing", None, None, say),
        Transition("check", "choosing", "home", lost, end_lost),
        Transition("cancel", "choosing", "home", None, give_up),
    ),
    keeps=(
        Target,
        Choosing,
    ),
)
