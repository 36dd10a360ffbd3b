"""Reading words: texts, narratives, lists, and a choice among labels."""

from __future__ import annotations

from dialogs.kinds import LISTS
from dialogs.reading import sentences
from dialogs.reading.cleaning import clean, fold, shorten
from dialogs.reading.items import split_items
from dialogs.reading.legacy import legacy
from dialogs.reading.model import Option, Outcome, Reading, Spec
from dialogs.reading.replies import asked, refused, state_reply
from dialogs.reading.states import narrative_state, state_of

_SHOWN = 200


def read_text(text: str, spec: Spec) -> Reading:
    """Read a text as typed; an old encoding is asked about first, nil words become ZERO or NONE (rules E1, E5)."""
    old = legacy(text)
    if old is not None:
        return _asked_about_encoding(text, old.name, clean(old.text), spec)
    stored = _stored(text, spec)
    if not stored.strip():
        return refused("empty", text, spec)
    state = narrative_state(stored)
    if state is None:
        return Reading(Outcome.VALUE, stored)
    reply = state_reply(state, text, spec)
    if reply.outcome is not Outcome.ASK:
        return reply
    kept = Option(sentences.KEEP_AS_TYPED, Outcome.VALUE, stored)
    return asked(reply.code, reply.why, (*reply.options, kept))


def _stored(text: str, spec: Spec) -> str:
    return "\n".join(split_items(text)) if spec.kind in LISTS else clean(text)


def _asked_about_encoding(text: str, name: str, converted: str, spec: Spec) -> Reading:
    code = "mojibake" if name == "mojibake" else "legacy_font"
    why = sentences.legacy_question(code, name, shorten(converted, _SHOWN))
    better = Option(shorten(converted), Outcome.VALUE, _stored(converted, spec))
    kept = Option(sentences.KEEP_AS_TYPED, Outcome.VALUE, _stored(text, spec))
    return asked(code, why, (better, kept))


def read_choice(text: str, spec: Spec) -> Reading:
    """Read a choice by its label or key, or by a beginning that fits only one label; the value is the key."""
    wanted = fold(text[:1000]).strip(" .,;:!\"'")
    exact = [c for c in spec.choices if wanted in (fold(c[1]), fold(c[0]))]
    found = exact or [c for c in spec.choices if wanted and fold(c[1]).startswith(wanted)]
    if len(found) == 1:
        return Reading(Outcome.VALUE, found[0][0], echo=found[0][1], remark=not exact)
    if found:
        options = tuple(Option(label, Outcome.VALUE, key) for key, label in found)
        return asked("which_choice", sentences.question("choice", shorten(text), spec), options)
    state = state_of(text)
    if state is not None:
        return state_reply(state, text, spec)
    return refused("no_such_choice", text, spec)
