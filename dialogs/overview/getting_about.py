"""Getting about: the first screen, the contents, what is closed; arriving at a question and leaving it.

It is the last dialog of ``machine``, so that each other one answers "tiếp", "trước" and "hủy" in its own way first.
"""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.answering import extra_rows, views
from dialogs.desk import correcting
from dialogs.desk import home as desk_home
from dialogs.texts import labels, places, refusals, showing
from dialogs.texts import sharing as sharing_texts
from dialogs.turn import navigation
from dialogs.turn.commands import Takes, TypedCommand
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.navigation import ASKING
from dialogs.turn.transitions import ANY, AT_QUESTION, Screen, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.effects import SendReport
from dialogs.values.rights import Right
from dialogs.values.status import Status
from dialogs.values.world import Card

ASIDE = ("asked_back", "objected", "explaining", "picking", "mending", "naming", "contents", "reviewing")
"""From here "tiếp", "trước" and "hủy" lead back to the question."""


def home(turn: TurnState) -> Screen:
    if turn.offers:
        return Screen("", (("start", labels.HOME),))
    cards = turn.world.cards()
    above = desk_home.choices(turn)
    if not cards:
        return Screen(refusals.no_reports() if turn.world.belongs() else refusals.stranger(), above)
    units = dict.fromkeys(card.unit.name for card in cards)
    lines = [] if len(units) > 1 else [*units]
    choices: list[tuple[str, str]] = []
    for number, card in enumerate(cards, 1):
        unit, key = card.unit.name if len(units) > 1 else "", _key_among(card, cards)
        lines += views.card_lines(turn, card, number, key, unit)
        name = f" – {key or places.short(card.title, 28)}" if len(cards) > 1 else ""
        choices.append(_card_choice(card, name + (f", {places.short(unit, 24)}" if unit else "")))
    return Screen("\n".join(lines), (*choices[:8], ("contents", labels.CONTENTS), *above, ("help", labels.HELP)))


def _key_among(card: Card, cards: Sequence[Card]) -> str:
    """The campaign's key where another report of the unit has the same title; '' where the title is enough."""
    alike = [each for each in cards if (each.title, each.unit.name) == (card.title, card.unit.name)]
    return card.campaign if alike[1:] else ""


def _card_choice(card: Card, name: str) -> tuple[str, str]:
    """The way into a report; ``name`` says which, '' if there is only one."""
    if card.status in (Status.SENT, Status.ACCEPTED):
        return (f"open:{card.report}" if name else "papers", labels.PAPERS + name)
    if card.status is Status.RETURNED:
        return (f"open:{card.report}", showing.MEND_RETURNED_REPORT + name)
    return (f"open:{card.report}", (showing.GO_ON if card.opened else showing.START) + name)


def contents(turn: TurnState) -> Screen:
    pages = -(-len(turn.questions) // labels.CONTENTS_PAGE)
    page = min(max(turn.session.page, 0), pages - 1)
    choices = [(f"page:{page - 1}", labels.PREVIOUS_PAGE)] if page else []
    choices += [(f"page:{page + 1}", labels.NEXT_PAGE)] if page + 1 < pages else []
    choices += [] if turn.limited else [("document", labels.DOCUMENT)]
    choices += [
        ("missing", showing.STILL_EMPTY),
        ("review", sharing_texts.REVIEW_PART if turn.limited else showing.SUBMIT),
    ]
    here = turn.questions[page * labels.CONTENTS_PAGE : (page + 1) * labels.CONTENTS_PAGE]
    choices += [
        extra_rows.add_choice(each) for each in extra_rows.open_tables(turn) if any(q.field == each.key for q in here)
    ]
    return Screen("\n".join(views.contents_lines(turn, page, pages)), tuple(choices))


def closed(turn: TurnState) -> Screen:
    sent = any(isinstance(effect, SendReport) for effect in turn.effects)
    returned = turn.report.status is Status.RETURNED and not turn.over
    choices = [("next", labels.MEND_RETURNED)] if returned and not sent else []
    choices += [] if sent else correcting.choices(turn)
    choices += [("papers", labels.PAPERS), ("contents", labels.CONTENTS), ("start", labels.HOME)]
    return Screen("\n".join(views.closed_lines(turn)), tuple(choices))


DIALOG = Dialog(
    "getting_about",
    states=(
        DialogState("home", "the first screen: what is due, how far", home),
        DialogState("contents", "the numbered list of questions", contents, lettered=True),
        DialogState("closed", "a report, or a part of one, that may not be written now", closed),
    ),
    table=(
        # Before and after every event: does the session still stand where it stood?
        Transition("check", AT_QUESTION, None, navigation.lost_ground, navigation.stand_again),
        Transition(
            "check", ("reviewing", "warned", "justifying", "naming"), None, navigation.is_shut, navigation.stand_again
        ),
        # Arriving at a question: its kind decides which dialog asks it.
        Transition("arrive", ANY, "closed", navigation.is_locked),
        Transition("arrive", ANY, "reviewing", navigation.nothing_asked),
        Transition("arrive", ANY, "writing", navigation.asks_narrative),
        Transition("arrive", ANY, "listing", navigation.asks_items),
        Transition("arrive", ANY, "filling", navigation.asks_cells),
        # What was typed where it answers nothing.
        Transition("say", "contents", None, None, navigation.visit),
        Transition(
            "say", ("home", "joining", "asked_back", "reviewing", "warned", "closed"), None, None, navigation.say_what
        ),
        # Into a report, on, back and out again.
        Transition("start", ANY, "home", None, navigation.go_home),
        Transition("open", ANY, None, None, navigation.open_report),
        Transition("next", ASIDE, None, navigation.in_report, navigation.return_to_question),
        Transition("next", ("home", "closed"), None, None, navigation.open_report),
        Transition("back", ASKING, None, None, navigation.back),
        Transition("back", ASIDE, None, navigation.in_report, navigation.return_to_question),
        Transition("skip", AT_QUESTION, None, None, navigation.skip),
        Transition("cancel", ASIDE, None, navigation.in_report, navigation.return_to_question),
        Transition("cancel", (*ASKING, "home", "closed"), "home", None, navigation.go_home),
        # To another question.
        Transition("contents", ANY, "contents", navigation.in_report, navigation.open_contents),
        Transition("page", ANY, "contents", navigation.in_report, navigation.turn_page),
        Transition("jump", ANY, None, navigation.in_report, navigation.jump),
        Transition("goto", ANY, None, navigation.in_report, navigation.visit),
        Transition("missing", ("reviewing", "contents"), None, None, navigation.go_missing),
        Transition("document", "reviewing", None, None, navigation.document_before_sending),
        Transition("document", ANY, None, navigation.in_report, navigation.go_document),
    ),
    inner=("say", "arrive"),
    anywhere=("start", "open"),
    steady=("goto", "contents", "page", "document"),
    commands=(
        TypedCommand("start", ("start", "bat dau"), labels.MENU_START, 10, basic=True, takes=Takes.ANYTHING),
        TypedCommand("next", ("tiep", "tiep tuc", "lam tiep"), labels.MENU_NEXT, 20, Right.REPORT_FILL, basic=True),
        TypedCommand("back", ("truoc", "quay lai", "lui"), labels.MENU_BACK, 30, Right.REPORT_FILL, basic=True),
        TypedCommand("skip", ("boqua", "bo qua"), labels.MENU_SKIP, 40, Right.REPORT_FILL, basic=True),
        TypedCommand(
            "contents",
            ("muc", "danh muc", "muc luc"),
            labels.MENU_CONTENTS,
            50,
            Right.REPORT_FILL,
            basic=True,
            takes=Takes.PLACE,
        ),
        TypedCommand("jump", ("sua",), labels.MENU_JUMP, 70, Right.REPORT_FILL, basic=True, takes=Takes.PLACE),
        TypedCommand("cancel", ("huy", "huy bo"), labels.MENU_CANCEL, 300, basic=True),
    ),
)
