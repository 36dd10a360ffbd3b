"""The HTML: sign-in, chat, and a page with one sentence. Everything from outside is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template

from bot.web import texts
from bot.web.sessions import DemoPerson

HERE = Path(__file__).parent
STATIC = HERE / "static"


def _template(name: str) -> Template:
    return Template((HERE / "pages" / name).read_text(encoding="utf-8"))


_CHAT = _template("chat.html")
_SIGN_IN = _template("signin.html")
_MESSAGE = _template("message.html")


def chat(person: DemoPerson, zone: str) -> str:
    """Return the chat page of ``person``."""
    return _CHAT.substitute(
        handle=escape(person.handle),
        name=escape(person.name),
        unit=escape(_unit(person)),
        zone=escape(zone),
    )


def sign_in(people: Sequence[DemoPerson], lost: bool) -> str:
    """Return the list of people, or the sentence that says that there is none. ``lost``: a session ended by itself."""
    if not people:
        return message(texts.SIGN_IN_CLOSED)
    return _SIGN_IN.substitute(
        title=texts.SIGN_IN_TITLE,
        note=texts.SIGN_IN_NOTE,
        secret=texts.SIGN_IN_WARNING,
        lost="yes" if lost else "",
        people="\n".join(map(_entry, people)),
    )


def message(sentence: str) -> str:
    """Return a page that says one sentence."""
    return _MESSAGE.substitute(sentence=escape(sentence))


def _unit(person: DemoPerson) -> str:
    unit = person.unit or texts.NO_UNIT
    return unit[0].upper() + unit[1:]


def _entry(person: DemoPerson) -> str:
    return (
        f'<li><button type="submit" name="person" value="{escape(person.handle)}">'
        f'<span class="who"><b>{escape(person.name)}</b>'
        f"<span>{escape(_unit(person))}</span></span>"
        f'<span class="handle">{escape(person.handle)}</span></button></li>'
    )
