"""Sessions that were stored by the version before go on: each is read whole, and is the one that a dialog looks for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dialogs import stored
from dialogs.answering import kept as answering
from dialogs.campaigns import kept as campaigns
from dialogs.colleagues import kept as colleagues
from dialogs.desk import accepting, extending, following, recording, reminding, reopening, returning, target_picker
from dialogs.engine import MACHINE
from dialogs.machine import DIALOGS, STATES
from dialogs.people import kept as people
from dialogs.turn.kept import Kept
from dialogs.turn.session import Session
from tests.dialogs.script import Play, transcripts
from tests.dialogs.stored_sessions import LINES, Stored, of, sessions_stored

STATES_THEN = 74
KINDS: dict[str, type[Kept] | None] = {
    "cells": answering.CellsAsked,
    "held": answering.CellsObjected,
    "table": answering.TableAsked,
    "new_row": answering.RowNamed,
    "row": answering.RowDropped,
    "finding": answering.FindingExplained,
    "item": answering.EntryPicked,
    "word": answering.WordAsked,
    "text": answering.OldFontAsked,
    "shelf": answering.ShelfShown,
    "dossier": answering.DossierShown,
    "files": answering.FilesHeld,
    "sharing": colleagues.Sharing,
    "inviting": people.Inviting,
    "invitation": people.Invited,
    "members": people.MembersShown,
    "ending": people.RoleEnding,
    "campaign": campaigns.CampaignShown,
    "due": campaigns.DueAsked,
    "correction": None,
}
"""What a session keeps now, by what was stored; nothing was ever read of a "correction"."""
SUMS = {
    "lower": answering.SumsShown,
    "lower_row": answering.SumsShown,
    "replacing": answering.SumsShown,
    "replacing_asked": answering.FiguresAsked,
    "replacing_reason": answering.FiguresHeld,
}
COMMANDS: dict[str, type[Kept]] = {
    "choosing": target_picker.Choosing,
    "accept_confirm": accepting.Accepting,
    "accept_all_confirm": accepting.AcceptingAll,
    "returning": returning.Returning,
    "return_comment": returning.Returning,
    "return_confirm": returning.Returning,
    "reopen_reason": reopening.Reopening,
    "reopen_until": reopening.Reopening,
    "refusing": reopening.Denying,
    "extend_who": extending.Extending,
    "extend_day": extending.Extending,
    "extend_counts": extending.Extending,
    "extend_confirm": extending.Extending,
    "reminding": reminding.Reminding,
    "recording": recording.RecordShown,
    "following": following.BoardShown,
    "followed": following.BoardShown,
}
"""Where what was stored told no kind, the state does."""


def expected(old: Stored) -> type[Kept] | None:
    pending, state = old["pending"], str(old["state"])
    kind = pending.get("kind", "")
    if not pending:
        return None
    if kind == "lower":
        return SUMS.get(state, answering.SumsShown)
    return KINDS[kind] if kind and "errand" not in pending else COMMANDS[state]


def told(session: Stored) -> Stored:
    """What is stored of a dialog, in the names of now and without what is as usual."""
    found = {key: value for key, value in session["pending"].items() if key not in ("kind", "own") and value}
    if "typed" in found:
        found["said"] = found.pop("typed")
    if "errand" in found and "texts" in found:
        assert found.pop("texts") == [found.get("comment") or found.get("reason")]
    if "held" in found:
        found["held"] = [{key: value for key, value in each.items() if value} for each in found["held"]]
    if session["state"] == "choosing":
        found.pop("all", None)  # left over from a list that was gone back from; it is listed anew
    return found


def told_held(item: Stored) -> Stored:
    """What is stored of what is held; the kind of a value that is not there tells nothing."""
    values = [each["value"] if each["value"][1] is not None else None for each in item["saves"]]
    return item | {"saves": [each | {"value": value} for each, value in zip(item["saves"], values, strict=True)]}


def test_the_dump_holds_every_state() -> None:
    """A state that came later needs no line."""
    found = {old["state"] for _, old in LINES}
    assert len(found) == STATES_THEN
    assert found <= set(STATES)
    assert found == {old["state"] for name, old in LINES if name}


@pytest.mark.parametrize(("_", "old"), LINES, ids=[f"{at}-{old['state']}" for at, (_, old) in enumerate(LINES)])
def test_a_session_of_the_version_before_is_read_whole(_: str, old: Stored) -> None:
    """Nothing it says is lost, what it keeps is of the kind that its dialog looks for, and it is stored again alike."""
    session = stored.from_json(json.dumps(old))
    again = json.loads(stored.to_json(session))

    assert {key: again[key] for key in old.keys() - {"pending", "held"}} == {
        key: old[key] for key in old.keys() - {"pending", "held"}
    }
    assert told(again) == told(old)
    assert [told_held(item) for item in again["held"]] == [told_held(item) for item in old["held"]]
    assert type(session.kept) is (expected(old) or type(None))
    assert stored.from_json(stored.to_json(session)) == session


@pytest.mark.parametrize("path", transcripts(), ids=lambda path: path.stem)
def test_a_conversation_comes_to_the_very_sessions_that_were_stored_then(path: Path) -> None:
    """So the screens they show, and all that follows from them, are those of the transcript."""
    with sessions_stored() as found:
        Play(MACHINE).run(path.read_text(encoding="utf-8"))

    reached = [without_keys(session) for session in found]
    assert [old for old in of(path.stem) if without_keys(old) not in reached] == []


def without_keys(session: Session) -> Session:
    """By what a choice may be typed is no part of where a person stands: it had a number where it has a letter now."""
    return session._replace(choices=tuple(("", action, label) for _, action, label in session.choices))


def test_what_cannot_be_read_any_more_leads_to_the_first_screen() -> None:
    """A kind of a version to come, or one without what it needs."""
    for pending in ({"kind": "of a later version"}, {"kind": "cells", "texts": ["1,234"]}, {"text": "?"}):
        session = stored.from_json(json.dumps({"state": "asked_back", "question": 3, "pending": pending}))
        assert session == Session("home", question=3)


def test_each_kind_is_one_dialogs_and_has_one_name() -> None:
    """So what is stored is read as what it was."""
    named = [each.kind for dialog in DIALOGS for each in dialog.keeps]
    assert sorted(named) == sorted({vars(each)["kind"] for each in of_all(Kept) if "kind" in vars(each)})


def of_all(kind: type[Kept]) -> set[type[Kept]]:
    """A kind of what is kept, and all that are made from it."""
    return {kind, *(each for below in kind.__subclasses__() for each in of_all(below))}
