""" "/tiendo": how far the units of a campaign are: counts, the list by level, one unit, and the picture.

Every button names its campaign and unit, and whether the person may follow them is asked when it is pressed. While a
list is shown ``pending`` holds {"board": "CAMPAIGN.UNIT", "view", "page"}, at one unit also {"at": UNIT}.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dialogs import texts as t
from dialogs.desk import target_picker
from dialogs.desk.finding import find
from dialogs.forms.question_lookup import whole
from dialogs.turn import navigation
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.transitions import ANY, Row, Screen
from dialogs.turn.turn_state import Step
from dialogs.values.decisions import DrawProgress
from dialogs.values.progress_board import Board, Place, Reached, tally
from dialogs.values.rights import Right
from dialogs.values.status import Status

LINES = 10
"""Units of one page: with the counts above them they fit two phone screens."""

LABEL = 34
LEVELS, LATE, OPEN, SILENT = "l", "t", "o", "s"
ACTIONS = (
    ("report", t.PAPERS_OF, Right.REPORT_READ, frozenset(Status)),
    ("remind", t.REMIND_UNIT, Right.REMINDER_SEND, frozenset({Status.NOT_OPENED, Status.IN_PROGRESS, Status.RETURNED})),
    ("accept", t.ACCEPT_UNIT, Right.REPORT_ACCEPT, frozenset({Status.SENT})),
    ("return", t.RETURN_UNIT, Right.REPORT_RETURN, frozenset({Status.SENT})),
    ("reopen", t.REOPEN_UNIT, Right.REPORT_REOPEN, frozenset({Status.ACCEPTED})),
    ("extend", t.EXTEND_UNIT, Right.DEADLINE_EXTEND, frozenset({Status.NOT_OPENED, Status.IN_PROGRESS})),
)
"""What may be done with one unit's report from here: the command that does it, for whom, in which status."""


def may(step: Step) -> bool:
    return target_picker.reaches(step, "progress")


def begin(step: Step) -> None:
    """ "/tiendo", "/tiendo kl62-2019", "/tiendo Huyện ủy Thanh Sơn"."""
    target_picker.seek(step, "progress")


def arrive(step: Step) -> None:
    """The campaign is known; a unit may have been typed with it."""
    pending = step.session.pending
    typed = str(pending.get("typed", ""))
    _stand(step, str(pending["scope"]))
    if typed:
        _go_to(step, typed)


def _stand(step: Step, board: str, view: str = LEVELS, page: int = 0) -> None:
    step.set(pending={"board": board, "view": view, "page": page}, misses=0, mark=step.session.mark + 1)


def show(step: Step) -> None:
    """A button: "CAMPAIGN.UNIT", with ".VIEW.PAGE" behind it where a list is turned."""
    if step.view is not None and step.state not in INNER:
        loose_ends(step)
    campaign, unit, view, page = _named(step.argument)
    if step.world.following.board(campaign, unit) is None:
        step.refuse(t.not_followed())
        navigation.go_home(step)
        return
    _stand(step, f"{campaign}.{unit}", view, page)
    step.fire("board_here")


def _named(argument: str) -> tuple[int, int, str, int]:
    """Campaign, unit, view and page of a button; what was invented names nothing."""
    words = [*argument.split("."), "", "", "", ""]
    view = words[2] if words[2] in t.VIEWS else LEVELS
    return whole(words[0]) or 0, whole(words[1]) or 0, view, whole(words[3]) or 0


def look_at(step: Step) -> None:
    """One unit of the board: down to those below it, or its own card."""
    board, unit = _board(step), whole(step.argument)
    place = board.at_unit(unit) if board is not None and unit is not None else None
    if board is None or place is None:
        step.refuse(t.no_such_choice())
        return
    _enter(step, board, place)


def _enter(step: Step, board: Board, place: Place) -> None:
    if place.unit != board.top.unit and len(board.under(place.unit).places) > 1:
        _stand(step, f"{board.campaign}.{place.unit}")
        step.fire("board_here")
        return
    step.set(pending={**step.session.pending, "at": place.unit}, mark=step.session.mark + 1)
    step.fire("place_here")


def say(step: Step) -> None:
    """A unit's name or code."""
    _go_to(step, step.text.strip())


def _go_to(step: Step, typed: str) -> None:
    board = _board(step)
    found = find(board.places, typed) if board is not None else ()
    if board is None or not found:
        step.refuse(t.no_such_unit(typed))
    elif len(found) == 1:
        _enter(step, board, found[0])
    else:
        step.body = t.several_followed(typed, len(found))
        step.offers += [(f"place:{each.unit}", t.short(each.name, LABEL)) for each in found[: 2 * LINES]]


def turn(step: Step, by: int) -> bool:
    """Turn the list by a page; False where there is none."""
    board = _board(step)
    page = int(step.session.pending.get("page", 0)) + by
    if board is None or not 0 <= page < _pages(_listed(board, _view(step))):
        return False
    step.set(pending={**step.session.pending, "page": page}, mark=step.session.mark + 1)
    return True


def forward(step: Step) -> None:
    """ "/tiep": the next page; after the last one the way home."""
    if not turn(step, 1):
        navigation.go_home(step)
        step.fire("start")


def backward(step: Step) -> None:
    """ "/truoc": the page before, else the whole list, else the level above, else home."""
    if turn(step, -1):
        return
    board = _board(step)
    if board is not None and _view(step) != LEVELS:
        _stand(step, f"{board.campaign}.{board.top.unit}")
    elif board is not None and board.above:
        _stand(step, f"{board.campaign}.{board.above}")
    else:
        navigation.go_home(step)
        step.fire("start")


def to_list(step: Step) -> None:
    pending = {key: value for key, value in step.session.pending.items() if key != "at"}
    step.set(pending=pending, mark=step.session.mark + 1)


def picture(step: Step) -> None:
    """Ask for the picture; the list stays where it is."""
    campaign, unit, _, _ = _named(step.argument)
    board = step.world.following.board(campaign, unit)
    if board is None:
        step.refuse(t.not_followed())
        return
    step.effects.append(DrawProgress(board.key, board.top.code))
    step.notes.append(t.picture_coming(board.top.name))


def lost(step: Step) -> bool:
    """Whether the right has ended, the unit is gone, or nothing is held."""
    return _board(step) is None


def leave(step: Step) -> None:
    """The right has ended meanwhile."""
    navigation.go_home(step)
    step.notes.append(t.not_followed())


# --- screens --------------------------------------------------------------------------------------------------------


def _board(step: Step) -> Board | None:
    campaign, unit, _, _ = _named(str(step.session.pending.get("board", "")))
    return step.world.following.board(campaign, unit) if campaign else None


def _view(step: Step) -> str:
    view = str(step.session.pending.get("view", LEVELS))
    return view if view in t.VIEWS else LEVELS


def _listed(board: Board, view: str) -> Sequence[Place]:
    if view == LEVELS:
        return _by_level(board)
    if view == LATE:
        return [place for place in board.asked if place.late]
    return [place for place in board.asked if place.is_open and (view == OPEN or place.reached is not Reached.YES)]


def _by_level(board: Board) -> list[Place]:
    """The unit itself and those right under it that are asked or stand over others that are."""
    heads = [branch.head for branch in board.branches() if any(place.asked for place in branch.every)]
    return [*([board.top] if board.top.asked else []), *heads]


def _pages(listed: Sequence[Place]) -> int:
    return max(1, -(-len(listed) // LINES))


def following(step: Step) -> Screen:
    """The screen: the counts on the first page, then a page of the list."""
    board, view = _board(step), _view(step)
    if board is None:
        return Screen(t.not_followed())
    listed = _listed(board, view)
    pages = _pages(listed)
    page = min(int(step.session.pending.get("page", 0)), pages - 1)
    shown = listed[page * LINES : (page + 1) * LINES]
    head = t.board_head(board, tally(board.asked), step.world.zone) if view == LEVELS and not page else []
    lines = [*head, ""] if head else [f"{board.top.name} – {t.short(board.title, 60)}"]
    lines += [t.list_head(view, page, pages, len(listed)), *_lines(step, board, view, shown)] if listed else []
    lines += [] if listed else [t.empty_list(view)]
    places = [(f"place:{each.unit}", t.short(each.name, LABEL)) for each in shown]
    return Screen("\n".join(lines), (*([] if step.offers else places), *_turns(board, view, page, pages)))


def _lines(step: Step, board: Board, view: str, shown: Sequence[Place]) -> list[str]:
    answered = step.world.following.answered(board, [each.report for each in shown if each.asked])
    names = {place.unit: place.name for place in board.places}
    return [_line(step, board, view, str(number), each, answered, names) for number, each in enumerate(shown, 1)]


def _line(
    step: Step,
    board: Board,
    view: str,
    key: str,
    each: Place,
    answered: Mapping[int, tuple[int, int]],
    names: Mapping[int, str],
) -> str:
    above = names.get(each.above, "") if view != LEVELS and each.depth > 1 else ""
    line = t.place_line(key, each, answered.get(each.report), above, step.world.zone)
    if view == LEVELS and each.depth:
        below = [place for place in board.under(each.unit).places[1:] if place.asked]
        line += t.below_line(tally(below)) if below else ""
    return line + (f" ({t.SILENT[each.reached.value]})" if view == SILENT else "")


def _turns(board: Board, view: str, page: int, pages: int) -> list[tuple[str, str]]:
    """The buttons under the units: other pages, other lists, the picture, up, home."""
    here = f"{board.campaign}.{board.top.unit}"
    choices = [(f"board:{here}.{view}.{page - 1}", t.PREVIOUS_PAGE)] if page else []
    choices += [(f"board:{here}.{view}.{page + 1}", t.NEXT_PAGE)] if page + 1 < pages else []
    choices += [(f"picture:{here}", t.PICTURE)]
    labels = ((LATE, t.ONLY_LATE), (OPEN, t.ONLY_OPEN), (SILENT, t.ONLY_SILENT))
    for other, label in labels:
        number = len(_listed(board, other))
        choices += [(f"board:{here}.{other}", t.with_count(label, number))] if number and other != view else []
    choices += [(f"board:{here}", t.BY_LEVEL)] if view != LEVELS else []
    choices += [(f"board:{board.campaign}.{board.above}", t.LEVEL_UP)] if board.above else []
    return [*choices, ("start", t.HOME)]


def followed(step: Step) -> Screen:
    """The screen: one unit, and what may be done with its report."""
    board = _board(step)
    place = board.at_unit(int(step.session.pending.get("at", 0))) if board is not None else None
    if board is None or place is None:
        return Screen(t.not_followed())
    answered = step.world.following.answered(board, [place.report])
    choices = [
        (f"{command}:#{place.report}", label)
        for command, label, right, statuses in ACTIONS
        if place.asked and place.status in statuses and step.world.desk.report(place.report, right) is not None
    ]
    text = t.unit_card(place, answered.get(place.report), board.title, step.world.zone)
    recorded = ((f"record_of:{board.campaign}.{place.unit}", t.RECORD_OF),)
    return Screen(text, (*choices, *recorded, ("back", t.BACK_TO_LIST), ("start", t.HOME)))


STATES = {
    "following": "how far the units of a campaign are, page by page",
    "followed": "one unit of that list",
}
INNER = ("following", "followed")
TABLE = (
    Row("progress", ANY, "choosing", may, begin),
    Row("progress", ANY, None, None, target_picker.refuse),
    Row("progress_here", "choosing", "following", None, arrive),
    Row("board", ANY, None, None, show),
    Row("board_here", ANY, "following"),
    Row("place", INNER, None, None, look_at),
    Row("place_here", INNER, "followed"),
    Row("picture", ANY, None, None, picture),
    Row("say", INNER, None, None, say),
    Row("next", "following", None, None, forward),
    Row("back", "following", None, None, backward),
    Row("back", "followed", "following", None, to_list),
    Row("next", "followed", "following", None, to_list),
    Row("check", INNER, "home", lost, leave),
    Row("cancel", INNER, "home", None, navigation.go_home),
)
SCREENS = {"following": following, "followed": followed}
