"""All dialogs in their order, and the machine that runs their tables as one. A theory of operation.

**One turn** (``engine.advance``). A person stands in a state. An event comes in, and the engine makes out what it means
there: one trigger, perhaps with an argument. It fires ``check``, that trigger, and ``check`` again; then it asks the
state that is reached for its screen. Everything a dialog does happens inside those three.

**A way** (``turn/transitions.Transition``) is trigger, source, target, condition, action. Firing a trigger looks
through the ways that bear it and lead from the present state, in the order of ``DIALOGS`` and then of each table. The
first whose condition holds is taken, the others are not looked at: the state becomes the target (None: it stays), then
the action runs. If no way is taken, ``fire`` says so and nothing has happened; to a person that is "not here".

**Triggers** are of four kinds, and a dialog says which of its own are which:

- what a person does on purpose: a command or a button (``next``, ``extend``, ``option``);
- what comes in without a name: ``say`` (a text), ``received`` (a file), ``edited``, ``invited`` (a code);
- what an action found out: ``doubt``, ``object``, ``group_known``, ``decided`` ... No button fires one of these or of
  those before (``Dialog.inner``), however it was made up;
- ``check``: does the state still have its ground? Whoever was asked about a report that somebody else has sent
  meanwhile is led away by a way of this trigger, before and after the event.

**``fire("say")``** bears the most ways, one for nearly every state, because a text means whatever is asked where it is
typed. Read it by the state: the one dialog whose ``states`` name it has its ``say`` in the same ``table``; where a text
answers nothing, ``getting_about`` has it. Only ``asked_back`` is shared by several dialogs; there the condition asks
what is kept (cells, an old font, a word for "nothing"), and the buttons ``option`` go by the same.

**An action fires, too.** It works at the state that its way has led to, and may find that this is not the end: figures
that may mean two things are kept and ``doubt`` is fired, which leads to ``asked_back``. So a way without a target often
does change the state, by the one that its action fires; read on from there. A row of figures, from ``filling``:

    say      filling -> (stays)          cells.fill: read, checked, stored, then navigation.proceed
    arrive   filling -> filling          the next part or question asks for figures as well
          or filling -> writing          it is a narrative
          or filling -> reviewing        nothing is left to ask
    instead of arrive, where reading or checking found something:
    doubt    filling -> asked_back       "một trăm hai": 120 or 102?
    object   filling -> objected         a check of the form does not hold
    clash    filling -> conflicted       at the end of the turn: a colleague has written the same

**``arrive``** is how every question is reached, from anywhere: ``navigation.go`` writes the number of the question into
the session and fires it. Its five ways ask only what stands there now: nothing that may be written (``closed``),
nothing at all (``reviewing``), or a question, whose kind decides between ``writing``, ``listing`` and ``filling``. So a
dialog that is done with its question calls ``navigation.proceed`` and need not know what is asked next.

**Order** matters where dialogs share a trigger from one state. What two people wrote and what is a colleague's come
first, so that nothing is sent or shown past them; ``getting_about`` comes last, so that "tiếp", "trước" and "hủy" lead
back to the question only where no dialog has a way of its own.

**What would be lost** on leaving is the state's own affair and not the table's: ``message_parts.loose_ends`` asks the
value that the dialog keeps, and tells the person.

To see it: ``baocao diagram`` draws these very rows. To change it: a row in a dialog's table. Take one out and the
dialog cannot go that way any more, the diagram is another one, and a conversation or a walk of the tests fails.
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
from dialogs.overview import explain, getting_about, review_dialog, talking
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
    talking.DIALOG,
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
