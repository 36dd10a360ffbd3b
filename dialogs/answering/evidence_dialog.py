"""The ways and screens of evidence; what happens on them is in ``evidence``."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.answering import evidence, receiving, review
from dialogs.answering.kept import DossierShown, FilesHeld, ShelfShown
from dialogs.texts import evidence as evidence_texts
from dialogs.texts import labels, places
from dialogs.turn import navigation
from dialogs.turn.commands import Takes, TypedCommand
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.transitions import ANY, AT_QUESTION, Screen, Transition
from dialogs.turn.turn_state import OPEN_STATUSES, TurnState
from dialogs.values.attached import Evidence
from dialogs.values.rights import Right

LEAVE = ("next", "back", "cancel", "skip")


_OPEN_TO_FILES = ("home", "contents", "reviewing", "warned", "closed", "lower", "lower_row", "dossier", "filing")

_SCREENS = ("filing", "shelf", "unpinning", "dossier")


def lines(turn: TurnState) -> list[str]:
    """What a question's screen says of the files attached to it."""
    found = evidence.at_item(turn, turn.question)
    return [evidence_texts.files_here(found)] if found else []


def see(turn: TurnState) -> list[tuple[str, str]]:
    """The way from a question to its files, where it has any."""
    return [("attach", evidence_texts.SEE_FILES)] if evidence.at_item(turn, turn.question) else []


def told(turn: TurnState) -> list[str]:
    """What the summary of a report says of its files."""
    found = turn.report.evidence()
    return [evidence_texts.files_line(len(found))] if found else []


def see_all(turn: TurnState) -> list[tuple[str, str]]:
    """The way from a report's summary to its files, where it has any."""
    return [(f"dossier:{turn.report.id}", evidence_texts.SEE_FILES)] if turn.report.evidence() else []


def offer(turn: TurnState, report: int) -> None:
    """Offer the files of a report that was just fetched from above, if it has any and the person may read them."""
    view = turn.world.desk.paper(report, Right.EVIDENCE_READ)
    if view is not None and (found := view.evidence()):
        turn.body = "\n".join([turn.body, evidence_texts.files_line(len(found))])
        turn.offers.append((f"dossier:{report}", evidence_texts.SEE_FILES))


def filing(turn: TurnState) -> Screen:
    names = [receiving.called(each) for each in receiving.held_files(turn)]
    choices: list[tuple[str, str]] = []
    question = turn.stood
    if question is not None and turn.may_write(question) and question.number != turn.document_number:
        choices.append((f"put:{question.number}", places.capital(places.question_place(turn.form, question))))
    here = turn.report.id if turn.view is not None else 0
    others = [each for each in turn.world.cards() if each.status in OPEN_STATUSES and each.report != here]
    choices += [(f"file_in:{card.report}", places.short(f"{card.title} – {card.unit.name}", 56)) for card in others[:6]]
    asked = evidence_texts.held_files(names, turn.report.title if turn.view is not None else "")
    return Screen(asked, (*choices, ("drop_files", evidence_texts.DROP_FILES)))


def shelf(turn: TurnState) -> Screen:
    question = evidence.shelf_question(turn)
    if question is None:
        return Screen(evidence_texts.evidence_not_there(), (("back", evidence_texts.BACK_TO_QUESTION),))
    found = evidence.at_item(turn, question)
    page, shown = _page(turn, found)
    writable = turn.may_write(question)
    lines = [
        evidence_texts.shelf_title(places.question_place(turn.form, question), len(found)),
        *_lines(turn, found, shown),
    ]
    lines.append(evidence_texts.shelf_hint() if writable else evidence_texts.cannot_attach())
    if turn.body:
        # A receipt is shown: the files above it are not, so no button names one by its number.
        return Screen(
            "\n".join(lines), (("again", evidence_texts.SEE_FILES), ("back", evidence_texts.BACK_TO_QUESTION))
        )
    choices = _get(found, shown)
    if writable:
        mine = [each for each in shown if evidence.may_take_off(turn, each)]
        choices += [(f"unpin:{each.id}", evidence_texts.take_off(found.index(each) + 1)) for each in mine]
    return Screen("\n".join(lines), (*choices, *_turn(page, found), ("back", evidence_texts.BACK_TO_QUESTION)))


def unpinning(turn: TurnState) -> Screen:
    found = evidence.asked_about(turn)
    text = evidence_texts.take_off_really(found) if found is not None else evidence_texts.evidence_not_there()
    return Screen(text, (("take_off", evidence_texts.TAKE_OFF), ("keep_file", evidence_texts.KEEP_FILE)))


def dossier(turn: TurnState) -> Screen:
    view, found = evidence.paper(turn), evidence.dossier(turn)
    if view is None:
        return Screen(evidence_texts.evidence_not_there(), (("start", labels.HOME),))
    page, shown = _page(turn, found)
    own = turn.view is not None and view.id == turn.report.id
    form = turn.form if own else view.form
    lines, item = [evidence_texts.report_shelf(view.unit.name, view.title, len(found))], ""
    for each in shown:
        place = evidence_texts.item_place(form, each.field, each.row)
        lines += [f"{places.capital(place)}:"] if place != item else []
        lines.append(evidence_texts.file_line(found.index(each) + 1, each, turn.world.zone))
        item = place
    lines += [evidence_texts.ask_item()] if own else []
    leave = (("back", evidence_texts.BACK_TO_QUESTION),) if own else ()
    return Screen("\n".join(lines), (*_get(found, shown), *_turn(page, found), *leave, ("start", labels.HOME)))


def _page(turn: TurnState, found: Sequence[Evidence]) -> tuple[int, Sequence[Evidence]]:
    last = max(0, (len(found) - 1) // evidence.PAGE)
    page = min(max(turn.session.page, 0), last)
    return page, found[page * evidence.PAGE : (page + 1) * evidence.PAGE]


def _lines(turn: TurnState, found: Sequence[Evidence], shown: Sequence[Evidence]) -> list[str]:
    return [evidence_texts.file_line(found.index(each) + 1, each, turn.world.zone) for each in shown]


def _get(found: Sequence[Evidence], shown: Sequence[Evidence]) -> list[tuple[str, str]]:
    every = [("hand", evidence_texts.get_all(len(found)))] if 1 < len(found) <= receiving.MAX_HELD else []
    return [*((f"hand:{each.id}", evidence_texts.get_file(found.index(each) + 1)) for each in shown), *every]


def _turn(page: int, found: Sequence[Evidence]) -> list[tuple[str, str]]:
    before = [(f"leaf:{page - 1}", labels.PREVIOUS_PAGE)] if page else []
    return before + ([(f"leaf:{page + 1}", labels.NEXT_PAGE)] if len(found) > (page + 1) * evidence.PAGE else [])


DIALOG = Dialog(
    "evidence",
    states=(
        DialogState("filing", "files came; to which question do they belong?", filing, lettered=True),
        DialogState("shelf", "the files attached to one item", shelf),
        DialogState("unpinning", "is this file to be taken off?", unpinning),
        DialogState("dossier", "the files of a whole report", dossier, lettered=True),
    ),
    table=(
        # A file comes in.
        Transition("received", AT_QUESTION, None, None, receiving.receive_here),
        Transition("received", ("shelf", "unpinning"), "shelf", None, receiving.receive_on_shelf),
        Transition("received", _OPEN_TO_FILES, None, None, receiving.hold),
        Transition("held", _OPEN_TO_FILES, "filing"),
        # It is said where it belongs.
        Transition("say", "filing", None, None, receiving.place_held),
        Transition("put", "filing", None, None, receiving.place_held),
        Transition("file_in", "filing", None, None, receiving.choose_report),
        Transition("drop_files", "filing", None, None, receiving.leave),
        # The files of an item, and of a report.
        Transition("attach", ANY, None, navigation.in_report, evidence.open_files),
        Transition("files", ANY, None, None, evidence.open_files_at),
        Transition("dossier", ANY, None, None, evidence.open_dossier),
        Transition("shelved", ANY, "shelf"),
        Transition("gathered", ANY, "dossier"),
        Transition("say", ("shelf", "unpinning"), None, None, navigation.say_what),
        Transition("say", "dossier", None, None, evidence.visit_item),
        Transition("again", "shelf", None),
        Transition("leaf", ("shelf", "dossier"), None, None, evidence.turn_page),
        Transition("hand", ("shelf", "dossier"), None, None, evidence.hand),
        Transition("unpin", "shelf", "unpinning", evidence.is_removable, evidence.ask_take_off),
        Transition("unpin", "shelf", None, None, evidence.refuse_take_off),
        Transition("take_off", "unpinning", "shelf", None, evidence.take_off),
        Transition("keep_file", "unpinning", "shelf", None, evidence.back_to_shelf),
        Transition("look", _SCREENS, None, navigation.in_report, review.look_over),
        *(Transition(each, _SCREENS, None, None, receiving.leave) for each in LEAVE),
    ),
    inner=("received", "held", "shelved", "gathered"),
    anywhere=("files", "dossier"),
    keeps=(
        ShelfShown,
        DossierShown,
        FilesHeld,
    ),
    commands=(
        TypedCommand(
            "attach",
            ("dinhkem", "dinh kem", "tep dinh kem"),
            evidence_texts.MENU_EVIDENCE,
            110,
            Right.EVIDENCE_ADD,
            takes=Takes.PLACE,
        ),
    ),
)
