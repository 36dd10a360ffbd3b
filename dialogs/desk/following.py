""" "/tiendo": how far the units of a campaign are: counts, the list by level, one unit, and the picture.

Every button names its campaign and unit, and whether the person may follow them is asked when it is pressed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dialogs.desk import target_picker
from dialogs.desk.finding import find
from dialogs.desk.target_picker import Target
from dialogs.forms.question_lookup import whole
from dialogs.texts import desk as desk_texts
from dialogs.texts import following as following_texts
from dialogs.texts import labels, places, refusals
from dialogs.turn import navigation
from dialogs.turn.commands import Takes, TypedCommand
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.errand import Errand
from dialogs.turn.kept import Kept
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.transitions import ANY, Screen, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.decisions import DrawProgress
from dialogs.values.progress_board import Board, Reached, UnitProgress, tally
from dialogs.values.rights import Right
from dialogs.values.status import Status

HERE = ("following", "followed")

LINES = 10
"""Units of one page: with the counts above them they fit two phone screens."""

LABEL = 34
LEVELS, LATE, OPEN, SILENT = "l", "t", "o", "s"
ACTIONS = (
    ("report", following_texts.PAPERS_OF, Right.REPORT_READ, frozenset(Status)),
    (
        "remind",
        following_texts.REMIND_UNIT,
        Right.REMINDER_SEND,
        frozenset({Status.NOT_OPENED, Status.IN_PROGRESS, Status.RETURNED}),
    ),
    ("accept", following_texts.ACCEPT_UNIT, Right.REPORT_ACCEPT, frozenset({Status.SENT})),
    ("return", following_texts.RETURN_UNIT, Right.REPORT_RETURN, frozenset({Status.SENT})),
    ("reopen", following_texts.REOPEN_UNIT, Right.REPORT_REOPEN, frozenset({Status.ACCEPTED})),
    ("extend", following_texts.EXTEND_UNIT, Right.DEADLINE_EXTEND, frozenset({Status.NOT_OPENED, Status.IN_PROGRESS})),
)
"""What may be done with one unit's report from here: the command that does it, for whom, in which status."""

PROGRESS = Errand(
    "progress", following_texts.TO_FOLLOW, Right.PROGRESS_READ, "progress_here", of_report=False, by_button=False
)


@dataclass(frozen=True, slots=True)
class BoardShown(Kept):
    """The progress that is looked at ("CAMPAIGN.UNIT"), which list of it and its page; ``at`` is one unit of it."""

    kind = "board"
    board: str = ""
    view: str = ""
    page: int = 0
    at: int = 0


def may(turn: TurnState) -> bool:
    return target_picker.reaches(turn, PROGRESS)


def begin(turn: TurnState) -> None:
    """ "/tiendo", "/tiendo kl62-2019", "/tiendo Huyện ủy Thanh Sơn"."""
    target_picker.seek(turn, PROGRESS)


def arrive(turn: TurnState) -> None:
    """The campaign is known; a unit may have been typed with it."""
    typed = target_picker.said(turn)
    _stand(turn, turn.kept(Target).scope)
    if typed:
        _go_to(turn, typed)


def _stand(turn: TurnState, board: str, view: str = LEVELS, page: int = 0) -> None:
    turn.set(kept=BoardShown(board, view, page), misses=0, mark=turn.session.mark + 1)


def show(turn: TurnState) -> None:
    """A button: "CAMPAIGN.UNIT", with ".VIEW.PAGE" behind it where a list is turned."""
    if turn.view is not None and turn.state not in HERE:
        loose_ends(turn)
    campaign, unit, view, page = _named(turn.argument)
    if turn.world.following.board(campaign, unit) is None:
        turn.refuse(following_texts.not_followed())
        navigation.go_home(turn)
        return
    _stand(turn, f"{campaign}.{unit}", view, page)
    turn.fire("board_here")


def _named(argument: str) -> tuple[int, int, str, int]:
    """Campaign, unit, view and page of a button; what was invented names nothing."""
    words = [*argument.split("."), "", "", "", ""]
    view = words[2] if words[2] in following_texts.VIEWS else LEVELS
    return whole(words[0]) or 0, whole(words[1]) or 0, view, whole(words[3]) or 0


def look_at(turn: TurnState) -> None:
    """One unit of the board: down to those below it, or its own card."""
    board, unit = _board(turn), whole(turn.argument)
    place = board.at_unit(unit) if board is not None and unit is not None else None
    if board is None or place is None:
        turn.refuse(refusals.no_such_choice())
        return
    _enter(turn, board, place)


def _enter(turn: TurnState, board: Board, place: UnitProgress) -> None:
    if place.unit != board.top.unit and len(board.under(place.unit).places) > 1:
        _stand(turn, f"{board.campaign}.{place.unit}")
        turn.fire("board_here")
        return
    turn.set(kept=replace(_shown(turn), at=place.unit), mark=turn.session.mark + 1)
    turn.fire("place_here")


def say(turn: TurnState) -> None:
    """A unit's name or code."""
    _go_to(turn, turn.text.strip())


def _go_to(turn: TurnState, typed: str) -> None:
    board = _board(turn)
    found = find(board.places, typed) if board is not None else ()
    if board is None or not found:
        turn.refuse(desk_texts.no_such_unit(typed))
    elif len(found) == 1:
        _enter(turn, board, found[0])
    else:
        turn.body = following_texts.several_followed(typed, len(found))
        turn.offers += [(f"place:{each.unit}", places.short(each.name, LABEL)) for each in found[: 2 * LINES]]


def page_by(turn: TurnState, by: int) -> bool:
    """Turn the list by a page; False where there is none."""
    board = _board(turn)
    page = _shown(turn).page + by
    if board is None or not 0 <= page < _pages(_listed(board, _view(turn))):
        return False
    turn.set(kept=replace(_shown(turn), page=page), mark=turn.session.mark + 1)
    return True


def forward(turn: TurnState) -> None:
    """ "/tiep": the next page; after the last one the way home."""
    if not page_by(turn, 1):
        navigation.go_home(turn)
        turn.fire("start")


def backward(turn: TurnState) -> None:
    """ "/truoc": the page before, else the whole list, else the level above, else home."""
    if page_by(turn, -1):
        return
    board = _board(turn)
    if board is not None and _view(turn) != LEVELS:
        _stand(turn, f"{board.campaign}.{board.top.unit}")
    elif board is not None and board.above:
        _stand(turn, f"{board.campaign}.{board.above}")
    else:
        navigation.go_home(turn)
        turn.fire("start")


def to_list(turn: TurnState) -> None:
    turn.set(kept=replace(_shown(turn), at=0), mark=turn.session.mark + 1)


def picture(turn: TurnState) -> None:
    """Ask for the picture; the list stays where it is."""
    campaign, unit, _, _ = _named(turn.argument)
    board = turn.world.following.board(campaign, unit)
    if board is None:
        turn.refuse(following_texts.not_followed())
        return
    turn.effects.append(DrawProgress(board.key, board.top.code))
    turn.notes.append(following_texts.picture_coming(board.top.name))


def lost(turn: TurnState) -> bool:
    """Whether the right has ended, the unit is gone, or nothing is held."""
    return _board(turn) is None


def leave(turn: TurnState) -> None:
    """The right has ended meanwhile."""
    navigation.go_home(turn)
    turn.notes.append(following_texts.not_followed())


# --- screens --------------------------------------------------------------------------------------------------------


def _shown(turn: TurnState) -> BoardShown:
    return turn.keeps(BoardShown) or BoardShown()


def _board(turn: TurnState) -> Board | None:
    campaign, unit, _, _ = _named(_shown(turn).board)
    return turn.world.following.board(campaign, unit) if campaign else None


def _view(turn: TurnState) -> str:
    view = _shown(turn).view
    return view if view in following_texts.VIEWS else LEVELS


def _listed(board: Board, view: str) -> Sequence[UnitProgress]:
    if view == LEVELS:
        return _by_level(board)
    if view == LATE:
        return [place for place in board.asked if place.late]
    return [place for place in board.asked if place.is_open and (view == OPEN or place.reached is not Reached.YES)]


def _by_level(board: Board) -> list[UnitProgress]:
    """The unit itself and those right under it that are asked or stand over others that are."""
    heads = [branch.head for branch in board.branches() if any(place.asked for place in branch.every)]
    return [*([board.top] if board.top.asked else []), *heads]


def _pages(listed: Sequence[UnitProgress]) -> int:
    return max(1, -(-len(listed) // LINES))


def following(turn: TurnState) -> Screen:
    """The screen: the counts on the first page, then a page of the list."""
    board, view = _board(turn), _view(turn)
    if board is None:
        return Screen(following_texts.not_followed())
    listed = _listed(board, view)
    pages = _pages(listed)
    page = min(_shown(turn).page, pages - 1)
    shown = listed[page * LINES : (page + 1) * LINES]
    head = following_texts.board_head(board, tally(board.asked), turn.world.zone) if view == LEVELS and not page else []
    lines = [*head, ""] if head else [f"{board.top.name} – {places.short(board.title, 60)}"]
    lines += (
        [following_texts.list_head(view, page, pages, len(listed)), *_lines(turn, board, view, shown)] if listed else []
    )
    lines += [] if listed else [following_texts.empty_list(view)]
    units = [(f"place:{each.unit}", places.short(each.name, LABEL)) for each in shown]
    return Screen("\n".join(lines), (*([] if turn.offers else units), *_turns(board, view, page, pages)))


def _lines(turn: TurnState, board: Board, view: str, shown: Sequence[UnitProgress]) -> list[str]:
    answered = turn.world.following.answered(board, [each.report for each in shown if each.asked])
    names = {place.unit: place.name for place in board.places}
    return [_line(turn, board, view, str(number), each, answered, names) for number, each in enumerate(shown, 1)]


def _line(
    turn: TurnState,
    board: Board,
    view: str,
    key: str,
    each: UnitProgress,
    answered: Mapping[int, tuple[int, int]],
    names: Mapping[int, str],
) -> str:
    above = names.get(each.above, "") if view != LEVELS and each.depth > 1 else ""
    line = following_texts.place_line(key, each, answered.get(each.report), above, turn.world.zone)
    if view == LEVELS and each.depth:
        below = [place for place in board.under(each.unit).places[1:] if place.asked]
        line += following_texts.below_line(tally(below)) if below else ""
    return line + (f" ({following_texts.SILENT[each.reached.value]})" if view == SILENT else "")


def _turns(board: Board, view: str, page: int, pages: int) -> list[tuple[str, str]]:
    """The buttons under the units: other pages, other lists, the picture, up, home."""
    here = f"{board.campaign}.{board.top.unit}"
    choices = [(f"board:{here}.{view}.{page - 1}", labels.PREVIOUS_PAGE)] if page else []
    choices += [(f"board:{here}.{view}.{page + 1}", labels.NEXT_PAGE)] if page + 1 < pages else []
    choices += [(f"picture:{here}", following_texts.PICTURE)]
    shown = (
        (LATE, following_texts.ONLY_LATE),
        (OPEN, following_texts.ONLY_OPEN),
        (SILENT, following_texts.ONLY_SILENT),
    )
    for other, label in shown:
        number = len(_listed(board, other))
        choices += (
            [(f"board:{here}.{other}", following_texts.with_count(label, number))] if number and other != view else []
        )
    choices += [(f"board:{here}", following_texts.BY_LEVEL)] if view != LEVELS else []
    choices += [(f"board:{board.campaign}.{board.above}", following_texts.LEVEL_UP)] if board.above else []
    return [*choices, ("start", labels.HOME)]


def followed(turn: TurnState) -> Screen:
    """The screen: one unit, and what may be done with its report."""
    board = _board(turn)
    place = board.at_unit(_shown(turn).at) if board is not None else None
    if board is None or place is None:
        return Screen(following_texts.not_followed())
    answered = turn.world.following.answered(board, [place.report])
    choices = [
        (f"{command}:#{place.report}", label)
        for command, label, right, statuses in ACTIONS
        if place.asked and place.status in statuses and turn.world.desk.report(place.report, right) is not None
    ]
    text = following_texts.unit_card(place, answered.get(place.report), board.title, turn.world.zone)
    recorded = ((f"record_of:{board.campaign}.{place.unit}", following_texts.RECORD_OF),)
    return Screen(text, (*choices, *recorded, ("back", following_texts.BACK_TO_LIST), ("start", labels.HOME)))


DIALOG = Dialog(
    "following",
    states=(
        DialogState("following", "how far the units of a campaign are, page by page", following),
        DialogState("followed", "one unit of that list", followed),
    ),
    table=(
        Transition("progress", ANY, "choosing", may, begin),
        Transition("progress", ANY, None, None, target_picker.refuse),
        Transition("progress_here", "choosing", "following", None, arrive),
        Transition("board", ANY, None, None, show),
        Transition("board_here", ANY, "following"),
        Transition("place", HERE, None, None, look_at),
        Transition("place_here", HERE, "followed"),
        Transition("picture", ANY, None, None, picture),
        Transition("say", HERE, None, None, say),
        Transition("next", "following", None, None, forward),
        Transition("back", "following", None, None, backward),
        Transition("back", "followed", "following", None, to_list),
        Transition("next", "followed", "following", None, to_list),
        Transition("check", HERE, "home", lost, leave),
        Transition("cancel", HERE, "home", None, navigation.go_home),
    ),
    inner=("progress_here", "board_here", "place_here"),
    anywhere=("progress", "board", "picture"),
    keeps=(BoardShown,),
    errands=(PROGRESS,),
    commands=(
        TypedCommand(
            "progress",
            ("tiendo", "tien do"),
            following_texts.MENU_PROGRESS,
            140,
            Right.PROGRESS_READ,
            takes=Takes.ANYTHING,
        ),
    ),
)
