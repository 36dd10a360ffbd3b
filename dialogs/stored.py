"""How a session is written down: as JSON, with what a dialog keeps under the name of its kind.

Stored sessions live longer than programs. A kind keeps its name and a field its meaning; what is gone is dropped when
it is read, what is new has a default. Whoever keeps what cannot be read any more stands at the first screen.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias

from pydantic import TypeAdapter, ValidationError

from dialogs.forms.answers import Address, State, Value, json_value
from dialogs.machine import DIALOGS
from dialogs.turn.held import HeldAnswer, HeldWriting
from dialogs.turn.kept import Kept
from dialogs.turn.session import Session
from dialogs.values.effects import Piece
from dialogs.values.plans import CampaignDraft

Stored: TypeAlias = dict[str, Any]

KEPT: Mapping[str, type[Kept]] = {each.kind: each for dialog in DIALOGS for each in dialog.keeps}
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_DRAFT = TypeAdapter(CampaignDraft)
_AS_THEY_ARE = tuple(name for name in Session._fields if name not in ("kept", "held", "draft"))
_TUPLES = ("columns", "rows", "parts")
_SETS = ("left_out", "not_required", "switches")


def to_json(session: Session) -> str:
    """Return ``session`` as it is stored."""
    found: Stored = session._asdict()
    del found["kept"]
    found["seen"] = dict(session.seen)
    found["pending"] = _written(session.kept) if session.kept else {}
    found["held"] = [_written_held(each) for each in session.held]
    found["draft"] = _written_draft(session.draft) if session.draft else {}
    return _ENCODE(found)


def from_json(text: str) -> Session:
    """Read what this version or the one before has stored; keys that this version does not know are dropped."""
    stored = json.loads(text)
    found: Stored = {name: stored[name] for name in _AS_THEY_ARE if name in stored}
    found |= {name: tuple(found[name]) for name in _TUPLES if name in found}
    found["choices"] = tuple([(key, action, label) for key, action, label in found.get("choices", ())])
    found["held"] = tuple([_held(each) for each in stored.get("held", ())])
    found["draft"] = _DRAFT.validate_python(stored["draft"]) if stored.get("draft") else None
    if pending := stored.get("pending"):
        found["kept"] = _kept(pending, stored["state"])
        found["state"] = stored["state"] if found["kept"] or _kind(pending, "") == _NOTHING else "home"
    return Session(**found)


# --- what a dialog keeps ------------------------------------------------------------------------------------------


def _written(kept: Kept) -> Stored:
    return {"kind": kept.kind, **_adapter(kept.kind).dump_python(kept, mode="json", exclude_defaults=True)}


def _kept(stored: Stored, state: str) -> Kept | None:
    """Return what is stored, None if it cannot be read."""
    kind = _kind(stored, state)
    try:
        found: Kept | None = _adapter(kind).validate_python(_renamed(stored)) if kind in KEPT else None
    except ValidationError:
        return None
    return found


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(KEPT[kind])


# --- what the version before stored without telling its kind --------------------------------------------------------

_NOTHING = "correction"
"""A kind under which nothing was kept."""


def _kind(stored: Stored, state: str) -> str:
    """The kind of what is stored: it may have to be told by the keys, or by the state."""
    kind = str(stored.get("kind", ""))
    if "errand" in stored and kind in ("", "held"):
        return _errand(stored, state)
    if kind == "lower":
        return "lower_asked" if "index" in stored else "lower_held" if "basis" in stored else kind
    return kind or next((each for each in ("record", "board") if each in stored), "")


def _errand(stored: Stored, state: str) -> str:
    errand = str(stored["errand"])
    if state == "choosing" or errand not in KEPT:
        return "choosing"
    return "accept_all" if errand == "accept" and "all" in stored else errand


def _renamed(stored: Stored) -> Stored:
    """What is stored, with the names that fields have now."""
    found = dict(stored)
    if "typed" in found:
        found["said"] = found.pop("typed")
    return found | ({"own": True} if "errand" in found and "texts" in found else {})


# --- what is held, and a draft --------------------------------------------------------------------------------------


def _written_held(item: HeldWriting) -> Stored:
    saves = [_written_answer(each) for each in item.saves]
    return {"report": item.report, "message": item.message, "cut": item.cut, "saves": saves}


def _written_answer(each: HeldAnswer) -> Stored:
    found: Stored = {name: getattr(each, name) for name in HeldAnswer.__dataclass_fields__}
    found["value"] = [type(each.value).__name__, json_value(each.value)]
    if each.pieces is not None:
        found["pieces"] = [[piece.message, piece.text] for piece in each.pieces]
    return found


def _held(stored: Stored) -> HeldWriting:
    saves = tuple(_answer(each) for each in stored["saves"])
    return HeldWriting(stored["report"], stored["message"], stored["cut"], saves)


def _answer(stored: Stored) -> HeldAnswer:
    found = {name: stored[name] for name in HeldAnswer.__dataclass_fields__}
    found["address"], found["state"] = Address(*stored["address"]), State(stored["state"])
    found["value"] = _value(*stored["value"])
    if stored["pieces"] is not None:
        found["pieces"] = tuple(Piece(*piece) for piece in stored["pieces"])
    return HeldAnswer(**found)


def _value(kind: str, stored: Any) -> Value:
    if stored is None:
        return None
    match kind:
        case "tuple":
            return tuple(stored)
        case "Decimal":
            return Decimal(stored)
        case "date":
            return date.fromisoformat(stored)
        case _:
            return stored if isinstance(stored, str | int) else None


def _written_draft(draft: CampaignDraft) -> Stored:
    found: Stored = _DRAFT.dump_python(draft, mode="json")
    return found | {name: sorted(found[name]) for name in _SETS}
