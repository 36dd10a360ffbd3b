""" "/nhatky": who did what to what, when and through which door, page by page; and the whole of it as a file.

While it is shown ``pending`` holds {"record": "CAMPAIGN.UNIT", "page"}.
"""

from __future__ import annotations

from dialogs import texts as t
from dialogs.desk import target_picker
from dialogs.desk.finding import find
from dialogs.forms.question_lookup import whole
from dialogs.turn import navigation
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.transitions import ANY, Row, Screen
from dialogs.turn.turn_state import Step
from dialogs.values.audit_entries import RecordPage
from dialogs.values.decisions import ExportRecord
from dialogs.values.rights import Right

LABEL = 34
OFFERED = 10


def may(step: Step) -> bool:
    return target_picker.reaches(step, "record")


def begin(step: Step) -> None:
    """ "/nhatky", "/nhatky kl62-2019", "/nhatky Xã An Bình"."""
    target_picker.seek(step, "record")


def arrive(step: Step) -> None:
    """The campaign is known; a unit may have been typed with it."""
    pending = step.session.pending
    typed = str(pending.get("typed", ""))
    _stand(step, str(pending["scope"]))
    if typed:
        _go_to(step, typed)


def _stand(step: Step, record: str, page: int = 0) -> None:
    step.set(pending={"record": record, "page": page}, misses=0, mark=step.session.mark + 1)


def show(step: Step) -> None:
    """A button: "CAMPAIGN.UNIT", with ".PAGE" behind it."""
    if step.view is not None and step.state != "recording":
        loose_ends(step)
    campaign, unit, page = _named(step.argument)
    if step.world.recording.page(campaign, unit, page) is None:
        step.refuse(t.not_recorded())
        return
    _stand(step, f"{campaign}.{unit}", page)
    step.fire("record_shown")


def _named(argument: str) -> tuple[int, int, int]:
    words = [*argument.split("."), "", "", ""]
    return whole(words[0]) or 0, whole(words[1]) or 0, whole(words[2]) or 0


def say(step: Step) -> None:
    """A unit's name or code."""
    _go_to(step, step.text.strip())


def _go_to(step: Step, typed: str) -> None:
    campaign, _, _ = _named(str(step.session.pending.get("record", "")))
    scopes = [each for each in step.world.desk.scopes(Right.RECORD_READ) if each.campaign_id == campaign]
    rows = [row for scope in scopes for row in step.world.desk.reports(scope, Right.RECORD_READ)]
    found = find(rows, typed)
    if not found:
        step.refuse(t.no_such_unit(typed))
    elif len(found) == 1:
        _stand(step, f"{campaign}.{found[0].unit_id}")
    else:
        step.body = t.several_followed(typed, len(found))
        offered = found[:OFFERED]
        step.offers += [(f"record_of:{campaign}.{each.unit_id}", t.short(each.name, LABEL)) for each in offered]


def export(step: Step) -> None:
    """Ask for the file; the list stays where it is."""
    campaign, unit, _ = _named(step.argument)
    found = step.world.recording.page(campaign, unit, 0)
    if found is None:
        step.refuse(t.not_recorded())
        return
    step.effects.append(ExportRecord(found.key, found.unit_code))
    step.notes.append(t.record_coming())


def forward(step: Step) -> None:
    """ "/tiep": older; after the last page home."""
    found = _page(step)
    if found is not None and found.more:
        _stand(step, f"{found.campaign}.{found.unit}", found.page + 1)
    else:
        navigation.go_home(step)
        step.fire("start")


def backward(step: Step) -> None:
    """ "/truoc": newer; before the first page home."""
    found = _page(step)
    if found is not None and found.page:
        _stand(step, f"{found.campaign}.{found.unit}", found.page - 1)
    else:
        navigation.go_home(step)
        step.fire("start")


def lost(step: Step) -> bool:
    return _page(step) is None


def leave(step: Step) -> None:
    """The right has ended meanwhile."""
    navigation.go_home(step)
    step.notes.append(t.not_recorded())


def _page(step: Step) -> RecordPage | None:
    campaign, unit, _ = _named(str(step.session.pending.get("record", "")))
    page = step.session.pending.get("page", 0)
    return step.world.recording.page(campaign, unit, int(page)) if campaign else None


def recording(step: Step) -> Screen:
    found = _page(step)
    if found is None:
        return Screen(t.not_recorded())
    lines = [t.happened_line(line, step.world.zone) for line in found.lines] or [t.record_empty()]
    here = f"{found.campaign}.{found.unit}"
    choices = [(f"record_of:{here}.{found.page - 1}", t.PREVIOUS_PAGE)] if found.page else []
    choices += [(f"record_of:{here}.{found.page + 1}", t.NEXT_PAGE)] if found.more else []
    text = "\n".join([t.record_head(found), "", *lines])
    return Screen(text, (*choices, (f"record_file:{here}", t.RECORD_FILE), ("start", t.HOME)))


STATES = {"recording": "who did what, page by page"}
TABLE = (
    Row("record", ANY, "choosing", may, begin),
    Row("record", ANY, None, None, target_picker.refuse),
    Row("record_here", "choosing", "recording", None, arrive),
    Row("record_of", ANY, None, None, show),
    Row("record_shown", ANY, "recording"),
    Row("record_file", ANY, None, None, export),
    Row("say", "recording", None, None, say),
    Row("next", "recording", None, None, forward),
    Row("back", "recording", None, None, backward),
    Row("check", "recording", "home", lost, leave),
    Row("cancel", "recording", "home", None, navigation.go_home),
)
SCREENS = {"recording": recording}
