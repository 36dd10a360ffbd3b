""" "/nhatky": who did what to what, when and through which door, page by page; and the whole of it as a file."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.desk import target_picker
from dialogs.desk.finding import find
from dialogs.desk.target_picker import Target
from dialogs.forms.question_lookup import whole
from dialogs.texts import desk as desk_texts
from dialogs.texts import following as following_texts
from dialogs.texts import labels, places
from dialogs.turn import navigation
from dialogs.turn.commands import Takes, TypedCommand
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.errand import Errand
from dialogs.turn.kept import Kept
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.transitions import ANY, Screen, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.audit_entries import RecordPage
from dialogs.values.decisions import ExportRecord
from dialogs.values.rights import Right

LABEL = 34
OFFERED = 10

RECORD = Errand("record", desk_texts.TO_READ_RECORD, Right.RECORD_READ, "record_here", of_report=False, by_button=False)


@dataclass(frozen=True, slots=True)
class RecordShown(Kept):
    """The record that is looked at ("CAMPAIGN.UNIT") and its page."""

    kind = "record"
    record: str = ""
    page: int = 0


def may(turn: TurnState) -> bool:
    return target_picker.reaches(turn, RECORD)


def begin(turn: TurnState) -> None:
    """ "/nhatky", "/nhatky kl62-2019", "/nhatky Xã An Bình"."""
    target_picker.seek(turn, RECORD)


def arrive(turn: TurnState) -> None:
    """The campaign is known; a unit may have been typed with it."""
    typed = target_picker.said(turn)
    _stand(turn, turn.kept(Target).scope)
    if typed:
        _go_to(turn, typed)


def _stand(turn: TurnState, record: str, page: int = 0) -> None:
    turn.set(kept=RecordShown(record, page), misses=0, mark=turn.session.mark + 1)


def show(turn: TurnState) -> None:
    """A button: "CAMPAIGN.UNIT", with ".PAGE" behind it."""
    if turn.view is not None and turn.state != "recording":
        loose_ends(turn)
    campaign, unit, page = _named(turn.argument)
    if turn.world.recording.page(campaign, unit, page) is None:
        turn.refuse(following_texts.not_recorded())
        return
    _stand(turn, f"{campaign}.{unit}", page)
    turn.fire("record_shown")


def _named(argument: str) -> tuple[int, int, int]:
    words = [*argument.split("."), "", "", ""]
    return whole(words[0]) or 0, whole(words[1]) or 0, whole(words[2]) or 0


def say(turn: TurnState) -> None:
    """A unit's name or code."""
    _go_to(turn, turn.text.strip())


def _go_to(turn: TurnState, typed: str) -> None:
    campaign, _, _ = _named(_shown(turn).record)
    scopes = [each for each in turn.world.desk.scopes(Right.RECORD_READ) if each.campaign_id == campaign]
    rows = [row for scope in scopes for row in turn.world.desk.reports(scope, Right.RECORD_READ)]
    found = find(rows, typed)
    if not found:
        turn.refuse(desk_texts.no_such_unit(typed))
    elif len(found) == 1:
        _stand(turn, f"{campaign}.{found[0].unit_id}")
    else:
        turn.body = following_texts.several_followed(typed, len(found))
        offered = found[:OFFERED]
        turn.offers += [(f"record_of:{campaign}.{each.unit_id}", places.short(each.name, LABEL)) for each in offered]


def export(turn: TurnState) -> None:
    """Ask for the file; the list stays where it is."""
    campaign, unit, _ = _named(turn.argument)
    found = turn.world.recording.page(campaign, unit, 0)
    if found is None:
        turn.refuse(following_texts.not_recorded())
        return
    turn.effects.append(ExportRecord(found.key, found.unit_code))
    turn.notes.append(following_texts.record_coming())


def forward(turn: TurnState) -> None:
    """ "/tiep": older; after the last page home."""
    found = _page(turn)
    if found is not None and found.more:
        _stand(turn, f"{found.campaign}.{found.unit}", found.page + 1)
    else:
        navigation.go_home(turn)
        turn.fire("start")


def backward(turn: TurnState) -> None:
    """ "/truoc": newer; before the first page home."""
    found = _page(turn)
    if found is not None and found.page:
        _stand(turn, f"{found.campaign}.{found.unit}", found.page - 1)
    else:
        navigation.go_home(turn)
        turn.fire("start")


def lost(turn: TurnState) -> bool:
    return _page(turn) is None


def leave(turn: TurnState) -> None:
    """The right has ended meanwhile."""
    navigation.go_home(turn)
    turn.notes.append(following_texts.not_recorded())


def _page(turn: TurnState) -> RecordPage | None:
    shown = _shown(turn)
    campaign, unit, _ = _named(shown.record)
    return turn.world.recording.page(campaign, unit, shown.page) if campaign else None


def _shown(turn: TurnState) -> RecordShown:
    return turn.keeps(RecordShown) or RecordShown()


def recording(turn: TurnState) -> Screen:
    found = _page(turn)
    if found is None:
        return Screen(following_texts.not_recorded())
    lines = [following_texts.happened_line(line, turn.world.zone) for line in found.lines] or [
        following_texts.record_empty()
    ]
    here = f"{found.campaign}.{found.unit}"
    choices = [(f"record_of:{here}.{found.page - 1}", labels.PREVIOUS_PAGE)] if found.page else []
    choices += [(f"record_of:{here}.{found.page + 1}", labels.NEXT_PAGE)] if found.more else []
    text = "\n".join([following_texts.record_head(found), "", *lines])
    return Screen(text, (*choices, (f"record_file:{here}", following_texts.RECORD_FILE), ("start", labels.HOME)))


DIALOG = Dialog(
    "recording",
    states=(DialogState("recording", "who did what, page by page", recording),),
    table=(
        Transition("record", ANY, "choosing", may, begin),
        Transition("record", ANY, None, None, target_picker.refuse),
        Transition("record_here", "choosing", "recording", None, arrive),
        Transition("record_of", ANY, None, None, show),
        Transition("record_shown", ANY, "recording"),
        Transition("record_file", ANY, None, None, export),
        Transition("say", "recording", None, None, say),
        Transition("next", "recording", None, None, forward),
        Transition("back", "recording", None, None, backward),
        Transition("check", "recording", "home", lost, leave),
        Transition("cancel", "recording", "home", None, navigation.go_home),
    ),
    inner=("record_here", "record_shown"),
    anywhere=("record", "record_of", "record_file"),
    keeps=(RecordShown,),
    errands=(RECORD,),
    commands=(
        TypedCommand(
            "record", ("nhatky", "nhat ky"), desk_texts.MENU_RECORD, 260, Right.RECORD_READ, takes=Takes.ANYTHING
        ),
    ),
)
