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
from dialogs.turn.transitions import ANY, Row
from dialogs.turn.turn_state import Step

WRITING, LISTING, FILLING = "writing", "listing", "filling"
ASKING = (WRITING, LISTING, FILLING)
DETOURS = ("asked_back", "objected", "explaining", "picking", "mending")
IN_QUESTION = (*ASKING, *DETOURS)
REPLACING = ("replacing", "replacing_asked", "replacing_reason")
NO_QUESTION = ("home", "naming", "contents", "reviewing", "warned", "justifying", "closed")

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
    **target_picker.STATES,
    **returning.STATES,
    **reopening.STATES,
    **extending.STATES,
    **reminding.STATES,
    **correcting.STATES,
    **confirming.STATES,
    **accepting.STATES,
    **following.STATES,
    **recording.STATES,
    **inviting.STATES,
    **members.STATES,
    **campaigns.STATES,
    **opening.STATES,
    **evidence_dialog.STATES,
    **sharing.STATES,
    **conflict.STATES,
}


def holds_cells(step: Step) -> bool:
    return step.session.pending.get("kind") == "cells"


def holds_text(step: Step) -> bool:
    return step.session.pending.get("kind") == "text"


def holds_word(step: Step) -> bool:
    return step.session.pending.get("kind") == "word"


def holds_table(step: Step) -> bool:
    return step.session.pending.get("kind") == "table"


def holds_row(step: Step) -> bool:
    return step.session.pending.get("kind") == "row"


DESK_TABLE: tuple[Row, ...] = (
    *target_picker.TABLE,
    *returning.TABLE,
    *reopening.TABLE,
    *comparing.TABLE,
    *extending.TABLE,
    *reminding.TABLE,
    *postponing.TABLE,
    *correcting.TABLE,
    *confirming.TABLE,
    *accepting.TABLE,
    *following.TABLE,
    *recording.TABLE,
    *reporting.TABLE,
    *inviting.TABLE,
    *members.TABLE,
    *campaigns.TABLE,
    *opening.TABLE,
)
"""Dialogs of several people, above all a coordinator's; each has its own table in its own file."""

TABLE: tuple[Row, ...] = (
    # Two who wrote the same, and what is a colleague's: both before anything else.
    *conflict.TABLE,
    *own_part.TABLE,
    *sharing.TABLE,
    *DESK_TABLE,
    # Files that people send.
    *evidence_dialog.TABLE,
    # Before and after every event: does the session still stand where it stood?
    Row("check", IN_QUESTION, None, navigation.lost_ground, navigation.stand_again),
    Row("check", ("reviewing", "warned", "justifying", "naming"), None, navigation.is_shut, navigation.stand_again),
    Row("check", REPLACING, "lower_row", override.may_not_replace, override.back_to_row),
    Row("check", "lower_row", "lower", rollup_view.lost_row, rollup_view.back_to_rows),
    # Arriving at a question: its kind decides which dialog asks it.
    Row("arrive", ANY, "closed", navigation.is_locked),
    Row("arrive", ANY, "reviewing", navigation.nothing_asked),
    Row("arrive", ANY, WRITING, navigation.asks_narrative),
    Row("arrive", ANY, LISTING, navigation.asks_items),
    Row("arrive", ANY, FILLING, navigation.asks_cells),
    # What was typed.
    Row("say", WRITING, None, None, narrative.add_text),
    Row("say", LISTING, None, None, items.add_items),
    Row("say", (FILLING, "objected"), None, None, cells.fill),
    Row("say", "asked_back", None, holds_cells, cells.fill),
    Row("say", "asked_back", None, holds_text, narrative.more),
    Row("say", "asked_back", None, holds_word, narrative.instead),
    Row("say", "explaining", None, None, cells.save_with_reason),
    Row("say", "picking", None, None, items.pick_item),
    Row("say", "mending", None, None, items.mend_item),
    Row("say", "contents", None, None, navigation.visit),
    Row("say", "naming", None, None, extra_rows.name),
    Row("say", "justifying", None, None, explain.save),
    Row("say", ("home", "joining", "asked_back", "reviewing", "warned", "closed"), None, None, navigation.say_what),
    Row("say", ("replacing", "replacing_asked"), None, None, override.fill),
    Row("say", "replacing_reason", None, None, override.save),
    Row("say", ("lower", "lower_row"), None, None, navigation.say_what),
    # What an action found.
    Row("doubt", (*ASKING, "asked_back", "objected", "mending"), "asked_back", None, navigation.mark),
    Row("doubt", ("replacing", "replacing_asked"), "replacing_asked", None, navigation.mark),
    Row("figured", ("replacing", "replacing_asked"), "replacing_reason", None, navigation.mark),
    Row("replaced", "replacing_reason", "lower_row", None, navigation.mark),
    Row("object", (FILLING, "asked_back", "objected"), "objected", None, navigation.mark),
    Row("item", "picking", "mending", None, navigation.mark),
    Row("listed", "mending", LISTING, None, navigation.mark),
    Row("unsure", "naming", None, None, navigation.mark),
    Row("explained", "justifying", "reviewing", None, navigation.mark),
    # Buttons of a question.
    Row("nil", WRITING, None, None, narrative.nil),
    Row("nil", LISTING, None, None, items.nil),
    Row("nil", FILLING, None, None, cells.nil),
    Row("none", LISTING, None, None, items.none),
    Row("none", FILLING, None, None, cells.none),
    Row("absent", (LISTING, FILLING), None, None, cells.absent),
    Row("nil_row", LISTING, None, None, cells.nil_row),
    Row("ask_nil_table", (LISTING, FILLING), None, None, cells.ask_nil_table),
    Row("undo", WRITING, None, None, narrative.undo_piece),
    Row("undo", LISTING, None, None, items.undo_item),
    Row("pick", LISTING, "picking", items.has_entries, navigation.mark),
    Row("drop", "mending", None, None, items.drop_item),
    Row("usual", (LISTING, FILLING), None, None, letterhead.take_usual),
    Row("option", "asked_back", None, holds_cells, cells.choose),
    Row("option", "asked_back", None, holds_table, cells.nil_table),
    Row("option", "asked_back", None, holds_row, extra_rows.drop),
    Row("option", "asked_back", None, None, narrative.choose),
    Row("option", "naming", None, None, extra_rows.choose),
    Row("value", FILLING, None, None, cells.take_choice),
    Row("keep", "objected", "explaining", None, navigation.mark),
    Row("retype", ("asked_back", "objected", "explaining"), None, None, navigation.retype),
    Row("to_none", ANY, None, navigation.in_report, cells.to_none),
    # Rows that the unit adds itself.
    Row("add_row", (FILLING, "contents", "reviewing"), "naming", extra_rows.may_add, extra_rows.begin),
    Row("drop_row", FILLING, None, extra_rows.stands_at_one, extra_rows.ask_drop),
    # What last time had.
    Row("last", FILLING, None, last_time.offers_figures, last_time.take_figures),
    Row("last", (WRITING, LISTING), None, last_time.offers_text, last_time.take_text),
    Row("see_last", (WRITING, LISTING), None, last_time.has_text, last_time.show_text),
    # The sums of the units below, and figures in their place.
    Row("below", ANY, "lower_row", rollup_view.means_row, rollup_view.show_row),
    Row("below", ANY, "lower", rollup_view.means_table, rollup_view.show_table),
    Row("below", ANY, None, navigation.in_report, rollup_view.nothing_below),
    Row("replace", "lower_row", "replacing", override.may_start, navigation.mark),
    Row("only", "replacing", None, None, override.narrow),
    Row("option", "replacing_asked", None, None, override.choose),
    Row("retype", ("replacing_asked", "replacing_reason"), "replacing", None, override.again),
    Row("restore", "lower_row", None, override.is_replaced, override.restore),
    Row("next", LOWER, None, None, rollup_view.leave),
    Row("skip", LOWER, None, None, rollup_view.leave),
    Row("cancel", LOWER, None, None, rollup_view.leave),
    Row("back", REPLACING, "lower_row", None, override.back_to_row),
    Row("back", "lower_row", "lower", None, rollup_view.back_to_rows),
    Row("back", "lower", None, None, rollup_view.leave),
    # Getting about.
    Row("start", ANY, "home", None, navigation.go_home),
    Row("open", ANY, None, None, navigation.open_report),
    Row("next", WRITING, None, None, narrative.close_text),
    Row("next", LISTING, None, None, items.leave),
    Row("next", FILLING, None, None, navigation.pass_by),
    Row(
        "next", (*DETOURS, "naming", "contents", "reviewing"), None, navigation.in_report, navigation.return_to_question
    ),
    Row("next", ("home", "closed"), None, None, navigation.open_report),
    Row("back", ASKING, None, None, navigation.back),
    Row(
        "back", (*DETOURS, "naming", "contents", "reviewing"), None, navigation.in_report, navigation.return_to_question
    ),
    Row("skip", IN_QUESTION, None, None, navigation.skip),
    Row(
        "cancel",
        (*DETOURS, "naming", "contents", "reviewing"),
        None,
        navigation.in_report,
        navigation.return_to_question,
    ),
    Row("next", ("warned", "justifying"), "reviewing", None, review.open_review),
    Row("back", ("warned", "justifying"), "reviewing", None, review.open_review),
    Row("cancel", ("warned", "justifying"), "reviewing", None, review.open_review),
    Row("cancel", (*ASKING, "home", "closed"), "home", None, navigation.go_home),
    Row("contents", ANY, "contents", navigation.in_report, navigation.open_contents),
    Row("page", ANY, "contents", navigation.in_report, navigation.turn_page),
    Row("jump", ANY, None, navigation.in_report, navigation.jump),
    Row("goto", ANY, None, navigation.in_report, navigation.visit),
    Row("document", "reviewing", None, None, navigation.document_before_sending),
    Row("document", ANY, None, navigation.in_report, navigation.go_document),
    # Joining a unit.
    Row("invited", ANY, None, joining.is_useless, joining.keep_code),
    Row("invited", ANY, "joining", joining.offers, joining.offer),
    Row("invited", ANY, "home", None, joining.wrong_code),
    Row("confirm", "joining", "home", None, joining.join),
    Row("decline", "joining", "home", None, joining.decline),
    # Looking, reviewing, sending.
    Row("look", (*NO_QUESTION, *LOWER), None, navigation.in_report, review.look_over),
    Row("look", IN_QUESTION, None, None, review.look),
    Row("help", ANY, None, None, review.help_here),
    Row("papers", ANY, None, navigation.in_report, review.hand_over),
    Row("compile", ANY, None, None, request_compiled.gather),
    Row("review", ANY, "reviewing", navigation.in_report, review.open_review),
    Row("warnings", ("reviewing", "warned"), "warned", None, review.show_warnings),
    Row("explain", ("reviewing", "warned"), "justifying", explain.names_one, explain.begin),
    Row("missing", ("reviewing", "contents"), None, None, navigation.go_missing),
    Row("send", ("reviewing", "warned"), "closed", review.may_send, review.send),
    Row("send", ("reviewing", "warned"), None, None, review.blocked),
    Row("edited", REPLACING, "replacing", override.is_held, override.fill_anew),
    Row("edited", ANY, None, override.is_reason, override.edit_reason),
    Row("edited", ANY, None, navigation.in_report, edits.apply_edit),
)


def build(table: tuple[Row, ...] = TABLE) -> Machine:
    """Return the machine of ``table``. Built once in a process: building one for each message costs a millisecond."""
    return Machine(
        model=None,
        states=list(STATES),
        initial="home",
        auto_transitions=False,
        ignore_invalid_triggers=True,
        transitions=[_transition(row) for row in table],
    )


def _transition(row: Row) -> dict[str, object]:
    return {
        "trigger": row.trigger,
        "source": row.source if isinstance(row.source, str) else list(row.source),
        "dest": row.target,
        "conditions": [row.condition] if row.condition else None,
        "after": [row.action] if row.action else None,
    }


def diagram(table: tuple[Row, ...] = TABLE) -> str:
    """Return the table as a mermaid state diagram; a way within a state is drawn as a loop."""
    lines = ["stateDiagram-v2", "    [*] --> home"]
    lines += [f"    {state}: {state} - {meaning}" for state, meaning in STATES.items()]
    for row in table:
        sources = STATES if row.source == ANY else [row.source] if isinstance(row.source, str) else row.source
        label = row.trigger + (f" [{row.condition.__name__}]" if row.condition else "")
        lines += [f"    {source} --> {row.target or source}: {label}" for source in sources]
    return "\n".join(lines) + "\n"
