"""The ways and screens of evidence; what happens on them is in ``evidence``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dialogs import texts as t
from dialogs.answering import evidence, receiving, review
from dialogs.turn import navigation
from dialogs.turn.transitions import ANY, Row, Screen
from dialogs.turn.turn_state import OPEN_STATUSES, Step
from dialogs.values.attached import Evidence
from dialogs.values.rights import Right

LEAVE = ("next", "back", "cancel", "skip")

STATES: dict[str, str] = {
    "filing": "files came; to which question do they belong?",
    "shelf": "the files attached to one item",
    "unpinning": "is this file to be taken off?",
    "dossier": "the files of a whole report",
}

_OPEN_TO_FILES = ("home", "contents", "reviewing", "warned", "closed", "lower", "lower_row", "dossier", "filing")
_AT_QUESTION = ("writing", "listing", "filling", "asked_back", "objected", "explaining", "picking", "mending")

_SCREENS = ("filing", "shelf", "unpinning", "dossier")

TABLE: tuple[Row, ...] = (
    # A file comes in.
    Row("received", _AT_QUESTION, None, None, receiving.receive_here),
    Row("received", ("shelf", "unpinning"), "shelf", None, receiving.receive_on_shelf),
    Row("received", _OPEN_TO_FILES, None, None, receiving.hold),
    Row("held", _OPEN_TO_FILES, "filing"),
    # It is said where it belongs.
    Row("say", "filing", None, None, receiving.place_held),
    Row("put", "filing", None, None, receiving.place_held),
    Row("file_in", "filing", None, None, receiving.choose_report),
    Row("drop_files", "filing", None, None, receiving.leave),
    # The files of an item, and of a report.
    Row("attach", ANY, None, navigation.in_report, evidence.open_files),
    Row("files", ANY, None, None, evidence.open_files_at),
    Row("dossier", ANY, None, None, evidence.open_dossier),
    Row("shelved", ANY, "shelf"),
    Row("gathered", ANY, "dossier"),
    Row("say", ("shelf", "unpinning"), None, None, navigation.say_what),
    Row("say", "dossier", None, None, evidence.visit_item),
    Row("again", "shelf", None),
    Row("leaf", ("shelf", "dossier"), None, None, evidence.turn_page),
    Row("hand", ("shelf", "dossier"), None, None, evidence.hand),
    Row("unpin", "shelf", "unpinning", evidence.is_removable, evidence.ask_take_off),
    Row("unpin", "shelf", None, None, evidence.refuse_take_off),
    Row("take_off", "unpinning", "shelf", None, evidence.take_off),
    Row("keep_file", "unpinning", "shelf", None, evidence.back_to_shelf),
    Row("look", _SCREENS, None, navigation.in_report, review.look_over),
    *(Row(each, _SCREENS, None, None, receiving.leave) for each in LEAVE),
)


def lines(step: Step) -> list[str]:
    """What a question's screen says of the files attached to it."""
    found = evidence.at_item(step, step.question)
    return [t.files_here(found)] if found else []


def see(step: Step) -> list[tuple[str, str]]:
    """The way from a question to its files, where it has any."""
    return [("attach", t.SEE_FILES)] if evidence.at_item(step, step.question) else []


def told(step: Step) -> list[str]:
    """What the summary of a report says of its files."""
    found = step.report.evidence()
    return [t.files_line(len(found))] if found else []


def see_all(step: Step) -> list[tuple[str, str]]:
    """The way from a report's summary to its files, where it has any."""
    return [(f"dossier:{step.report.id}", t.SEE_FILES)] if step.report.evidence() else []


def offer(step: Step, report: int) -> None:
    """Offer the files of a report that was just fetched from above, if it has any and the person may read them."""
    view = step.world.desk.paper(report, Right.EVIDENCE_READ)
    if view is not None and (found := view.evidence()):
        step.body = "\n".join([step.body, t.files_line(len(found))])
        step.offers.append((f"dossier:{report}", t.SEE_FILES))


def filing(step: Step) -> Screen:
    names = [each.called for each in receiving.held_files(step)]
    choices: list[tuple[str, str]] = []
    question = step.at(step.session.question) if step.view is not None else None
    if question is not None and step.may_write(question) and question.number != step.document_number:
        choices.append((f"put:{question.number}", t.capital(t.question_place(step, question))))
    here = step.report.id if step.view is not None else 0
    others = [each for each in step.world.cards() if each.status in OPEN_STATUSES and each.report != here]
    choices += [(f"file_in:{card.report}", t.short(f"{card.title} – {card.unit.name}", 56)) for card in others[:6]]
    asked = t.held_files(names, step.report.title if step.view is not None else "")
    return Screen(asked, (*choices, ("drop_files", t.DROP_FILES)))


def shelf(step: Step) -> Screen:
    question = evidence.shelf_question(step)
    if question is None:
        return Screen(t.evidence_not_there(), (("back", t.BACK_TO_QUESTION),))
    found = evidence.at_item(step, question)
    page, shown = _page(step, found)
    writable = step.may_write(question)
    lines = [t.shelf_title(t.question_place(step, question), len(found)), *_lines(step, found, shown)]
    lines.append(t.shelf_hint() if writable else t.cannot_attach())
    if step.body:
        # A receipt is shown: the files above it are not, so no button names one by its number.
        return Screen("\n".join(lines), (("again", t.SEE_FILES), ("back", t.BACK_TO_QUESTION)))
    choices = _get(found, shown)
    if writable:
        mine = [each for each in shown if evidence.may_take_off(step, each)]
        choices += [(f"unpin:{each.id}", t.take_off(found.index(each) + 1)) for each in mine]
    return Screen("\n".join(lines), (*choices, *_turn(page, found), ("back", t.BACK_TO_QUESTION)))


def unpinning(step: Step) -> Screen:
    found = evidence.asked_about(step)
    text = t.take_off_really(found) if found is not None else t.evidence_not_there()
    return Screen(text, (("take_off", t.TAKE_OFF), ("keep_file", t.KEEP_FILE)))


def dossier(step: Step) -> Screen:
    view, found = evidence.paper(step), evidence.dossier(step)
    if view is None:
        return Screen(t.evidence_not_there(), (("start", t.HOME),))
    page, shown = _page(step, found)
    own = step.view is not None and view.id == step.report.id
    form = step.form if own else view.form
    lines, item = [t.report_shelf(view.unit.name, view.title, len(found))], ""
    for each in shown:
        place = t.item_place(form, each.field, each.row)
        lines += [f"{t.capital(place)}:"] if place != item else []
        lines.append(t.file_line(found.index(each) + 1, each, step.world.zone))
        item = place
    lines += [t.ask_item()] if own else []
    leave = (("back", t.BACK_TO_QUESTION),) if own else ()
    return Screen("\n".join(lines), (*_get(found, shown), *_turn(page, found), *leave, ("start", t.HOME)))


def _page(step: Step, found: Sequence[Evidence]) -> tuple[int, Sequence[Evidence]]:
    last = max(0, (len(found) - 1) // evidence.PAGE)
    page = min(max(step.session.page, 0), last)
    return page, found[page * evidence.PAGE : (page + 1) * evidence.PAGE]


def _lines(step: Step, found: Sequence[Evidence], shown: Sequence[Evidence]) -> list[str]:
    return [t.file_line(found.index(each) + 1, each, step.world.zone) for each in shown]


def _get(found: Sequence[Evidence], shown: Sequence[Evidence]) -> list[tuple[str, str]]:
    every = [("hand", t.get_all(len(found)))] if 1 < len(found) <= receiving.MAX_HELD else []
    return [*((f"hand:{each.id}", t.get_file(found.index(each) + 1)) for each in shown), *every]


def _turn(page: int, found: Sequence[Evidence]) -> list[tuple[str, str]]:
    before = [(f"leaf:{page - 1}", t.PREVIOUS_PAGE)] if page else []
    return before + ([(f"leaf:{page + 1}", t.NEXT_PAGE)] if len(found) > (page + 1) * evidence.PAGE else [])


SCREENS: dict[str, Callable[[Step], Screen]] = {
    "filing": filing,
    "shelf": shelf,
    "unpinning": unpinning,
    "dossier": dossier,
}
