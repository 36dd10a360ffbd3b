"""Asking for a compiled report: one campaign is queued at once, of several one is chosen, whatever question is open.

Nothing of the open question is touched: no state changes, and its buttons stay good.
"""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.reading import fold
from dialogs.texts import asking
from dialogs.texts import desk as desk_texts
from dialogs.turn.commands import Takes, TypedCommand
from dialogs.turn.dialog import Dialog
from dialogs.turn.transitions import ANY, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.effects import CompileReport
from dialogs.values.rights import Right
from dialogs.values.world import Compilable

MOST_OFFERED = 8
"""Campaigns offered as buttons; an older one is named by its key."""


def gather(turn: TurnState) -> None:
    """ "/tonghop", alone or with a campaign's key. Whether the person may is decided here, not by what was offered."""
    found = turn.world.compilable()
    wanted = _wanted(found, turn.argument)
    if not found:
        turn.refused = desk_texts.nothing_to_compile()
    elif len(wanted) == 1:
        turn.effects.append(CompileReport(wanted[0].campaign, wanted[0].unit_code))
        turn.notes.append(desk_texts.compiling(wanted[0]))
    else:
        if not wanted:
            turn.refused = desk_texts.no_such_compilable(turn.argument)
        _offer(turn, wanted or found)


def _wanted(found: Sequence[Compilable], typed: str) -> list[Compilable]:
    """What ``typed`` names: a button's id, a campaign's key, or the key and a unit's code; '' names everything."""
    named = fold(typed)
    return [each for each in found if named in ("", each.id, fold(each.campaign), _key_and_unit(each))]


def _key_and_unit(each: Compilable) -> str:
    return fold(f"{each.campaign} {each.unit_code}")


def _offer(turn: TurnState, found: Sequence[Compilable]) -> None:
    shown = found[:MOST_OFFERED]
    turn.body = desk_texts.compile_which(shown, len(found) - len(shown))
    if turn.stood is not None:
        turn.body += "\n" + asking.still_asked(turn.part_place)
    turn.offers += [(f"compile:{each.id}", desk_texts.compile_label(each, shown)) for each in shown]


DIALOG = Dialog(
    "request_compiled",
    table=(Transition("compile", ANY, None, None, gather),),
    anywhere=("compile",),
    steady=("compile",),
    commands=(
        TypedCommand(
            "compile", ("tonghop", "tong hop"), desk_texts.MENU_COMPILE, 150, Right.REPORT_COMPILE, takes=Takes.ANYTHING
        ),
    ),
)
