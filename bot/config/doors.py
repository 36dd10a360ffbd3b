"""The doors of the program: this tuple is the only list of them.

To add a door:

1. One file in ``bot/channels`` (a folder where it is long, as Telegram's), that ends in ``DOOR``, a ``Door``:
   - ``facts``: the name that is stored, its words (a label in ``bot/runtime/texts.py``), how people are reached there,
     whether it keeps a menu for each person, and the link that brings an invitation along;
   - ``settings``: its ``BAOCAO_`` variables, each with its default and what it may be (the README lists them);
   - ``open``: None where they leave it closed, else an ``OpenDoor``. Load large libraries inside it: commands that
     open no door start without them.
2. What an ``OpenDoor`` is made of:
   - ``intake``: ``open``, ``run``, ``close``; it reads a payload into ``Incoming`` (pure, never raises), brings it to
     ``host.turns.take`` and tells its server that it has it after that returned, not before;
   - ``channel``, unless people read there: ``capabilities``, ``render`` (pure: an outbox row to the calls that carry
     it) and ``call`` (the only one that touches the network; whatever goes wrong is a ``SendError``);
   - ``files``, if files come by reference: ``fetch``; then ``FileReceived.source`` is ``NAME:key``.
3. One line here.
4. Its people in ``tests/doors/``: one file that types, presses and reads as they do, and one line in the list of doors
   there; the shared conversation then runs through it. Recorded payloads of its server stand beside it.

Nothing else knows a door by name: the dialog asks for none, storage is told the facts when the database is opened.
"""

from __future__ import annotations

from bot.channels import terminal
from bot.channels.door import Door
from bot.channels.telegram import door as telegram
from bot.web import door as page
from dialogs.values.doors import Doors

DOORS: tuple[Door, ...] = (telegram.DOOR, page.DOOR, terminal.DOOR)


def facts_of(doors: tuple[Door, ...]) -> Doors:
    """Return what the rules and the memory are told of these doors."""
    return Doors(tuple(each.facts for each in doors))
