"""What carries out each decision of a dialog (``dialogs.decisions``), in the turn's transaction.

A handler asks for the right again, changes rows, records the deed, and returns the messages it stored for others.
To add a decision: its value in ``dialogs.decisions``, its handler in the module of its subject, one line here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection

from storage.context import Context
from storage.memory import Memory
from storage.outbox import OutboxRow

Handler: TypeAlias = Callable[[Connection, Any, Context, Memory], Sequence[OutboxRow]]

HANDLERS: dict[type, Handler] = {}
