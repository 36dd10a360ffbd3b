"""All dialogs in their order, and the machine that runs their tables as one; its diagram is drawn from the same rows.

See ``turn/dialog`` for what a dialog says of itself. Take a row out of a table and the dialog cannot go that way any
more.
"""

from __future__ import annotations

from transitions import Machine

from dialogs.answering import (
    cells_dialog,
    edits,
    evidence_dialog,
    extra_rows,
    items,
    last_time,
    letterhead,
    narrative,
    rollup_dialog,
)
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
from dialogs.overview import explain, getting_about, review_dialog
from dialogs.people import inviting, joining, members
from dialogs.reminders import postponing
from dialogs.turn.catalog import Catalog
from dialogs.turn.dialog import Dialog, DialogState, catalog_of
from dialogs.turn.transitions import ANY, AT_QUESTION, Transition

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
    rollup_dialog.DIALOG,
    cells_dialog.DIALOG,
    extra_rows.DIALOG,
    narrative.DIALOG,
    items.DIALOG,
    last_time.DIALOG,
    letterhead.DIALOG,
    explain.DIALOG,
    review_dialog.DIALOG,
    request_compiled.DIALOG,
    joining.DIALOG,
    edits.DIALOG,
    # Last, so that each other dialog answers "tiếp", "trước" and "hủy" in its own way.
    getting_about.DIALOG,
)

TABLE: tuple[Transition, ...] = tuple(row for dialog in DIALOGS for row in dialog.table)
STATES: dict[str, DialogState] = {state.name: state for dialog in DIALOGS for state in dialog.states}
CATALOG: Catalog = catalog_of(DIALOGS)


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
        "source": list(_sources(row)),
        "dest": row.target,
        "conditions": [row.condition] if row.condition else None,
        "after": [row.action] if row.action else None,
    }


def _sources(row: Transition) -> tuple[str, ...]:
    """The states from which ``row`` leads on."""
    if row.source == ANY:
        return tuple(STATES)
    if row.source == AT_QUESTION:
        return tuple(state for state in STATES if state in CATALOG.at_question)
    return (row.source,) if isinstance(row.source, str) else row.source


def diagram(table: tuple[Transition, ...] = TABLE) -> str:
    """Return the table as a mermaid state diagram; a way within a state is drawn as a loop."""
    lines = ["stateDiagram-v2", "    [*] --> home"]
    lines += [f"    {state.name}: {state.name} - {state.meaning}" for state in STATES.values()]
    for row in table:
        label = row.trigger + (f" [{row.condition.__name__}]" if row.condition else "")
        lines += [f"    {source} --> {row.target or source}: {label}" for source in _sources(row)]
    return "\n".join(lines) + "\n"
