"""A turn goes the ways of the table as the machine's own events do, from every state and by every trigger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

from transitions import Machine

from dialogs.machine import CATALOG, TABLE, build
from dialogs.turn.session import Session
from dialogs.turn.transitions import Transition
from dialogs.turn.turn_state import TurnState


@dataclass
class Told:
    """Answers every condition and notes what was asked and done; the ``nth`` condition that is asked holds."""

    nth: int = 0
    log: list[str] = field(default_factory=list)

    def asked(self, name: str) -> bool:
        self.log.append(f"{name}?")
        return len(self.log) == self.nth

    def done(self, name: str) -> None:
        self.log.append(name)

    def row(self, number: int, row: Transition) -> Transition:
        """The same way with a condition and an action that are only noted."""
        condition = (lambda _: self.asked(str(number))) if row.condition else None
        return replace(row, condition=condition, action=(lambda _: self.done(str(number))) if row.action else None)

    def machine(self) -> Machine:
        return build(tuple(self.row(number, row) for number, row in enumerate(TABLE)))

    def heard(self, nth: int) -> list[str]:
        """Forget what was noted, and let another condition hold."""
        before, self.log, self.nth = self.log, [], nth
        return before


def turn(machine: Machine, state: str) -> TurnState:
    world: Any = None
    return TurnState(Session(), world, machine, CATALOG, state)


def ways(machine: Machine) -> Iterator[tuple[str, str, int]]:
    """Every state and trigger with a way, and each condition of it that may be the first to hold (0: none)."""
    for trigger, event in machine.events.items():
        for state in machine.states:
            found = event.transitions.get(state, ())
            for nth in range(len(found) + 1):
                yield state, trigger, nth


def test_a_turn_goes_as_the_machine_does() -> None:
    """The same conditions are asked in the same order, the same action is done, the same state is reached."""
    theirs, ours = Told(), Told()
    machine, same = theirs.machine(), ours.machine()
    taken = 0
    for state, trigger, nth in ways(machine):
        theirs.heard(nth), ours.heard(nth)
        model, here = SimpleNamespace(state=state), turn(same, state)
        went = bool(machine.events[trigger].trigger(model, model))
        assert (here.fire(trigger), here.state, ours.log) == (went, model.state, theirs.log), (state, trigger, nth)
        taken += went
    assert taken > len(TABLE)


def test_a_trigger_without_a_way_leads_nowhere() -> None:
    """Unknown, or known only elsewhere: nothing is asked and nothing is done."""
    machine = build()

    assert not turn(machine, "home").fire("no such trigger")
    assert not turn(machine, "joining").fire("send")
