"""Every state and every way between them: the table that runs the dialog, and from which its diagram is drawn.

One row is (trigger, source, target, condition, action). A trigger is what a person does (``say``, ``next``, a
command, a button) or what an action found (``arrive``, ``doubt``, ``object``, ``item``, ``listed``). Rows of one
trigger are tried from top to bottom; the first whose condition holds is taken. Target None stays in the state.
Take a row out and the dialog cannot go that way any more.
"""

from __future__ import annotations

from transitions import Machine

from dialogs.answering import (
    cells,
    edits,
    evidence_dialog,
    explain,
    extra_rows,
    items,
    last_time,
    letterhead,
    narrative,
    override,
    review,
    rollup_view,
)
from dialogs.answering.kept import CellsAsked, OldFontAsked, RowDropped, TableAsked, WordAsked
from dialogs.answering.rollup_view import LOWER
from dialogs.campaigns import campaigns, opening
from dialogs.colleagues import conflict, own_part, sharing
from dialogs.desk import (
    accepting,
    comparing,
    confirming,
    correcting,
    extending,
    following,
    recording,
    reminding,
    reopening,
    reporting,
    request_compiled,
    returning,
    target_picker,
)
from dialogs.people import inviting, joining, members
from dialogs.reminders import postponing
from dialogs.turn import navigation
from dialogs.turn.dialog import Dialog
from dialogs.turn.transitions import ANY, Transition
from dialogs.turn.turn_state import TurnState

WRITING, LISTING, FILLING = "writing", "listing", "filling"
ASKING = (WRITING, LISTING, FILLING)
DETOURS = ("asked_back", "objected", "explaining", "picking", "mending")
IN_QUESTION = (*ASKING, *DETOURS)
REPLACING = ("replacing", "replacing_asked", "replacing_reason")
NO_QUESTION = ("home", "naming", "contents", "reviewing", "warned", "justifying", "closed")

DESK: tuple[Dialog, ...] = (
    target_picker.DIALOG,
    returning.DIALOG,
    reopening.DIALOG,
    comparing.DIALOG,
    extending.DIALOG,
    reminding.DIALOG,
    postponing.DIALOG,
    correcting.DIALOG,
    confirming.DIALOG,
    accepting.DIALOG,
    following.DIALOG,
    recording.DIALOG,
    reporting.DIALOG,
    inviting.DIALOG,
    members.DIALOG,
    campaigns.DIALOG,
    opening.DIALOG,
)
"""Dialogs of several people, above all a coordinator's."""

DIALOGS: tuple[Dialog, ...] = (
    # Two who wrote the same, and what is a colleague's: both before anything else.
    conflict.DIALOG,
    own_part.DIALOG,
    sharing.DIALOG,
    *DESK,
    evidence_dialog.DIALOG,
)

STATES: dict[str, str] = {
    "home": "the first screen: what is due, how far",
    WRITING: "a narrative is being written, message by message",
    LISTING: "a list or a list of documents is being gathered",
    FILLING: "figures, blanks or other short cells are asked",
    "asked_back": "a typed text may mean two things; its options are shown",
    "objected": "a check of the form does not hold; the figures are held",
    "explaining": "the reason for keeping such figures is asked",
    "picking": "which entry of the list is to be changed",
    "mending": "the new wording of that entry",
    "contents": "the numbered list of questions",
    "naming": "the name of a row that the unit adds to a table is asked",
    "reviewing": "the summary before sending",
    "warned": "the findings of the checks, page by page",
    "justifying": "the reason for the figures of one finding is asked",
    "lower": "the sums of the units below, row by row",
    "lower_row": "one row's sums with the figures behind them",
    "replacing": "figures in place of such sums are asked",
    "replacing_asked": "such a figure may mean two things; its options are shown",
    "replacing_reason": "the reason for figures in place of sums is asked",
    "joining": "an invitation was shown; is this the right unit?",
    "closed": "a report, or a part of one, that may not be written now",
    **{state.name: state.meaning for dialog in DIALOGS for state in dialog.states},
}


def holds_cells(turn: TurnState) -> bool:
    return turn.keeps(CellsAsked) is not None


def holds_text(turn: TurnState) -> bool:
    return turn.keeps(OldFontAsked) is not None


def holds_word(turn: TurnState) -> bool:
    return turn.keeps(WordAsked) is not None


def holds_table(turn: TurnState) -> bool:
    return turn.keeps(TableAsked) is not None


def holds_row(turn: TurnState) -> bool:
    return turn.keeps(RowDropped) is not None


DESK_TABLE: tuple[Transition, ...] = tuple(row for dialog in DESK for row in dialog.table)

TABLE: tuple[Transition, ...] = (
    *(row for dialog in DIALOGS for row in dialog.table),
    # Before and after every event: does the session still stand where it stood?
    Transition("check", IN_QUESTION, None, navigation.lost_ground, navigation.stand_again),
    Transition(
        "check", ("reviewing", "warned", "justifying", "naming"), None, navigation.is_shut, navigation.stand_again
    ),
    Transition("check", REPLACING, "lower_row", override.may_not_replace, override.back_to_row),
    Transition("check", "lower_row", "lower", rollup_view.lost_row, rollup_view.back_to_rows),
    # Arriving at a question: its kind decides which dialog asks it.
    Transition("arrive", ANY, "closed", navigation.is_locked),
    Transition("arrive", ANY, "reviewing", navigation.nothing_asked),
    Transition("arrive", ANY, WRITING, navigation.asks_narrative),
    Transition("arrive", ANY, LISTING, navigation.asks_items),
    Transition("arrive", ANY, FILLING, navigation.asks_cells),
    # What was typed.
    Transition("say", WRITING, None, None, narrative.add_text),
    Transition("say", LISTING, None, None, items.add_items),
    Transition("say", (FILLING, "objected"), None, None, cells.fill),
    Transition("say", "asked_back", None, holds_cells, cells.fill),
    Transition("say", "asked_back", None, holds_text, narrative.more),
    Transition("say", "asked_back", None, holds_word, narrative.instead),
    Transition("say", "explaining", None, None, cells.save_with_reason),
    Transition("say", "picking", None, None, items.pick_item),
    Transition("say", "mending", None, None, items.mend_item),
    Transition("say", "contents", None, None, navigation.visit),
    Transition("say", "naming", None, None, extra_rows.name),
    Transition("say", "justifying", None, None, explain.save),
    Transition(
        "say", ("home", "joining", "asked_back", "reviewing", "warned", "closed"), None, None, navigation.say_what
    ),
    Transition("say", ("replacing", "replacing_asked"), None, None, override.fill),
    Transition("say", "replacing_reason", None, None, override.save),
    Transition("say", ("lower", "lower_row"), None, None, navigation.say_what),
    # What an action found.
    Transition("doubt", (*ASKING, "asked_back", "objected", "mending"), "asked_back", None, navigation.mark),
    Transition("doubt", ("replacing", "replacing_asked"), "replacing_asked", None, navigation.mark),
    Transition("figured", ("replacing", "replacing_asked"), "replacing_reason", None, navigation.mark),
    Transition("replaced", "replacing_reason", "lower_row", None, navigation.mark),
    Transition("object", (FILLING, "asked_back", "objected"), "objected", None, navigation.mark),
    Transition("item", "picking", "mending", None, navigation.mark),
    Transition("listed", "mending", LISTING, None, navigation.mark),
    Transition("unsure", "naming", None, None, navigation.mark),
    Transition("explained", "justifying", "reviewing", None, navigation.mark),
    # Buttons of a question.
    Transition("nil", WRITING, None, None, narrative.nil),
    Transition("nil", LISTING, None, None, items.nil),
    Transition("nil", FILLING, None, None, cells.nil),
    Transition("none", LISTING, None, None, items.none),
    Transition("none", FILLING, None, None, cells.none),
    Transition("absent", (LISTING, FILLING), None, None, cells.absent),
    Transition("nil_row", LISTING, None, None, cells.nil_row),
    Transition("ask_nil_table", (LISTING, FILLING), None, None, cells.ask_nil_table),
    Transition("undo", WRITING, None, None, narrative.undo_piece),
    Transition("undo", LISTING, None, None, items.undo_item),
    Transition("pick", LISTING, "picking", items.has_entries, navigation.mark),
    Transition("drop", "mending", None, None, items.drop_item),
    Transition("usual", (LISTING, FILLING), None, None, letterhead.take_usual),
    Transition("option", "asked_back", None, holds_cells, cells.choose),
    Transition("option", "asked_back", None, holds_table, cells.nil_table),
    Transition("option", "asked_back", None, holds_row, extra_rows.drop),
    Transition("option", "asked_back", None, None, narrative.choose),
    Transition("option", "naming", None, None, extra_rows.choose),
    Transition("value", FILLING, None, None, cells.take_choice),
    Transition("keep", "objected", "explaining", None, navigation.mark),
    Transition("retype", ("asked_back", "objected", "explaining"), None, None, navigation.retype),
    Transition("to_none", ANY, None, navigation.in_report, cells.to_none),
    # Rows that the unit adds itself.
    Transition("add_row", (FILLING, "contents", "reviewing"), "naming", extra_rows.may_add, extra_rows.begin),
    Transition("drop_row", FILLING, None, extra_rows.stands_at_one, extra_rows.ask_drop),
    # What last time had.
    Transition("last", FILLING, None, last_time.offers_figures, last_time.take_figures),
    Transition("last", (WRITING, LISTING), None, last_time.offers_text, last_time.take_text),
    Transition("see_last", (WRITING, LISTING), None, last_time.has_text, last_time.show_text),
    # The sums of the units below, and figures in their place.
    Transition("below", ANY, "lower_row", rollup_view.means_row, rollup_view.show_row),
    Transition("below", ANY, "lower", rollup_view.means_table, rollup_view.show_table),
    Transition("below", ANY, None, navigation.in_report, rollup_view.nothing_below),
    Transition("replace", "lower_row", "replacing", override.may_start, navigation.mark),
    Transition("only", "replacing", None, None, override.narrow),
    Transition("option", "replacing_asked", None, None, override.choose),
    Transition("retype", ("replacing_asked", "replacing_reason"), "replacing", None, override.again),
    Transition("restore", "lower_row", None, override.is_replaced, override.restore),
    Transition("next", LOWER, None, None, rollup_view.leave),
    Transition("skip", LOWER, None, None, rollup_view.leave),
    Transition("cancel", LOWER, None, None, rollup_view.leave),
    Transition("back", REPLACING, "lower_row", None, override.back_to_row),
    Transition("back", "lower_row", "lower", None, rollup_view.back_to_rows),
    Transition("back", "lower", None, None, rollup_view.leave),
    # Getting about.
    Transition("start", ANY, "home", None, navigation.go_home),
    Transition("open", ANY, None, None, navigation.open_report),
    Transition("next", WRITING, None, None, narrative.close_text),
    Transition("next", LISTING, None, None, items.leave),
    Transition("next", FILLING, None, None, navigation.pass_by),
    Transition(
        "next", (*DETOURS, "naming", "contents", "reviewing"), None, navigation.in_report, navigation.return_to_question
    ),
    Transition("next", ("home", "closed"), None, None, navigation.open_report),
    Transition("back", ASKING, None, None, navigation.back),
    Transition(
        "back", (*DETOURS, "naming", "contents", "reviewing"), None, navigation.in_report, navigation.return_to_question
    ),
    Transition("skip", IN_QUESTION, None, None, navigation.skip),
    Transition(
        "cancel",
        (*DETOURS, "naming", "contents", "reviewing"),
        None,
        navigation.in_report,
        navigation.return_to_question,
    ),
    Transition("next", ("warned", "justifying"), "reviewing", None, review.open_review),
    Transition("back", ("warned", "justifying"), "reviewing", None, review.open_review),
    Transition("cancel", ("warned", "justifying"), "reviewing", None, review.open_review),
    Transition("cancel", (*ASKING, "home", "closed"), "home", None, navigation.go_home),
    Transition("contents", ANY, "contents", navigation.in_report, navigation.open_contents),
    Transition("page", ANY, "contents", navigation.in_report, navigation.turn_page),
    Transition("jump", ANY, None, navigation.in_report, navigation.jump),
    Transition("goto", ANY, None, navigation.in_report, navigation.visit),
    Transition("document", "reviewing", None, None, navigation.document_before_sending),
    Transition("document", ANY, None, navigation.in_report, navigation.go_document),
    # Joining a unit.
    Transition("invited", ANY, None, joining.is_useless, joining.keep_code),
    Transition("invited", ANY, "joining", joining.offers, joining.offer),
    Transition("invited", ANY, "home", None, joining.wrong_code),
    Transition("confirm", "joining", "home", None, joining.join),
    Transition("decline", "joining", "home", None, joining.decline),
    # Looking, reviewing, sending.
    Transition("look", (*NO_QUESTION, *LOWER), None, navigation.in_report, review.look_over),
    Transition("look", IN_QUESTION, None, None, review.look),
    Transition("help", ANY, None, None, review.help_here),
    Transition("papers", ANY, None, navigation.in_report, review.hand_over),
    Transition("compile", ANY, None, None, request_compiled.gather),
    Transition("review", ANY, "reviewing", navigation.in_report, review.open_review),
    Transition("warnings", ("reviewing", "warned"), "warned", None, review.show_warnings),
    Transition("explain", ("reviewing", "warned"), "justifying", explain.names_one, explain.begin),
    Transition("missing", ("reviewing", "contents"), None, None, navigation.go_missing),
    Transition("send", ("reviewing", "warned"), "closed", review.may_send, review.send),
    Transition("send", ("reviewing", "warned"), None, None, review.blocked),
    Transition("edited", REPLACING, "replacing", override.is_held, override.fill_anew),
    Transition("edited", ANY, None, override.is_reason, override.edit_reason),
    Transition("edited", ANY, None, navigation.in_report, edits.apply_edit),
)


def build(table: tuple[Transition, ...] = TABLE) -> Machine:
    """Return the machine of ``table``. Built once in a process: building one for each message costs a millisecond."""
    return Machine(
        model=None,
        states=list(STATES),
        initial="home",
        auto_transitions=False,
        ignore_invalid_triggers=True,
        transitions=[_transition(row) for row in table],
    )


def _transition(row: Transition) -> dict[str, object]:
    return {
        "trigger": row.trigger,
        "source": row.source if isinstance(row.source, str) else list(row.source),
        "dest": row.target,
        "conditions": [row.condition] if row.condition else None,
        "after": [row.action] if row.action else None,
    }


def diagram(table: tuple[Transition, ...] = TABLE) -> str:
    """Return the table as a mermaid state diagram; a way within a state is drawn as a loop."""
    lines = ["stateDiagram-v2", "    [*] --> home"]
    lines += [f"    {state}: {state} - {meaning}" for state, meaning in STATES.items()]
    for row in table:
        sources = STATES if row.source == ANY else [row.source] if isinstance(row.source, str) else row.source
        label = row.trigger + (f" [{row.condition.__name__}]" if row.condition else "")
        lines += [f"    {source} --> {row.target or source}: {label}" for source in sources]
    return "\n".join(lines) + "\n"
