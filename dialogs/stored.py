"""How a session is written down: as JSON, with what a dialog keeps under the name of its kind.

Stored sessions live longer than programs. A kind keeps its name and a field its meaning; what is gone is dropped when
it is read, what is new has a default. ``_kind`` knows what the version before stored without a name.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from dialogs.answering import kept as answering
from dialogs.colleagues import kept as colleagues
from dialogs.desk import kept as desk
from dialogs.people import kept as people
from dialogs.turn.kept import Kept
from dialogs.turn.session import Session

KEPT: dict[str, type[Kept]] = {
    each.kind: each
    for each in (
        answering.CellsAsked,
        answering.CellsObjected,
        answering.TableAsked,
        answering.RowNamed,
        answering.RowDropped,
        answering.FindingExplained,
        answering.EntryPicked,
        answering.WordAsked,
        answering.OldFontAsked,
        answering.SumsShown,
        answering.FiguresAsked,
        answering.FiguresHeld,
        answering.ShelfShown,
        answering.DossierShown,
        answering.FilesHeld,
        colleagues.Sharing,
        *(desk.Target, desk.Choosing, desk.Accepting, desk.AcceptingAll, desk.Returning, desk.Reopening),
        *(desk.Denying, desk.Extending, desk.Reminding, desk.RecordShown, desk.BoardShown),
        people.Inviting,
        people.Invited,
        people.MembersShown,
        people.RoleEnding,
    )
}
_ERRANDS = ("accept", "return", "reopen", "deny", "extend", "remind")
_TUPLES = ("columns", "rows", "parts", "held")


def to_json(session: Session) -> str:
    """Return ``session`` as it is stored."""
    found = {name: getattr(session, name) for name in Session.__dataclass_fields__ if name != "kept"}
    if session.kept is not None:
        found["pending"] = _written(session.kept)
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def _written(kept: Kept) -> dict[str, Any]:
    return {"kind": kept.kind, **_adapter(kept.kind).dump_python(kept, mode="json", exclude_defaults=True)}


def from_json(text: str) -> Session:
    """Read what this version or the one before has stored; keys that this version does not know are dropped."""
    stored = json.loads(text)
    found = {name: stored[name] for name in Session.__dataclass_fields__ if name in stored}
    found |= {name: tuple(found[name]) for name in _TUPLES if name in found}
    found["choices"] = tuple((key, action, label) for key, action, label in found.get("choices", ()))
    pending = found.get("pending")
    kind = _kind(pending, found["state"]) if pending else ""
    if kind in KEPT:
        found["kept"], found["pending"] = _adapter(kind).validate_python(pending), {}
    return Session(**found)


def _kind(stored: dict[str, Any], state: str) -> str:
    """The kind of what is stored; the version before left it to be told by the keys, or by the state."""
    kind = str(stored.get("kind", ""))
    if "errand" in stored and kind in ("", "held"):
        return _errand(stored, state)
    if kind == "lower":
        return "lower_asked" if "index" in stored else "lower_held" if "basis" in stored else kind
    return kind or next((each for each in ("record", "board") if each in stored), "")


def _errand(stored: dict[str, Any], state: str) -> str:
    stored["said"], stored["own"] = stored.pop("typed", ""), "texts" in stored
    errand = str(stored["errand"])
    if errand == "accept" and "all" in stored:
        return "accept_all"
    return "choosing" if state == "choosing" or errand not in _ERRANDS else errand


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(KEPT[kind])
