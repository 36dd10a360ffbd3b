"""The HTML: sign-in, chat, and a page with one sentence. Everything from outside is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template

from bot.web import texts
from bot.web.sessions import LINKED, DemoPerson

HERE = Path(__file__).parent
STATIC = HERE / "static"


def _template(name: str) -> Template:
    return Template((HERE / "pages" / name).read_text(encoding="utf-8"))


_CHAT = _template("chat.html")
_SIGN_IN = _template("signin.html")
_MESSAGE = _template("message.html")
_JOIN = _template("join.html")


def chat(person: DemoPerson, zone: str) -> str:
    """Return the chat page of ``person``."""
    return _CHAT.substitute(
        handle=escape(person.handle),
        name=escape(person.name),
        unit=escape(_unit(person)),
        zone=escape(zone),
    )


def sign_in(people: Sequence[DemoPerson], lost: bool, invites: bool = False) -> str:
    """Return the list of people, or the sentence that says that there is none. ``lost``: a session ended by itself.

    ``invites``: whoever has a code may join here too.
    """
    if not people:
        return message(texts.SIGN_IN_CLOSED)
    return _SIGN_IN.substitute(
        title=texts.SIGN_IN_TITLE,
        note=texts.SIGN_IN_NOTE,
        secret=texts.SIGN_IN_WARNING,
        lost="yes" if lost else "",
        people="\n".join(map(_entry, people)),
        join=f'<p><a href="/?moi=">{texts.HAVE_CODE}</a></p>' if invites else "",
    )


def join(code: str, problem: str = "") -> str:
    """Return the page of an invitation: the code as the link brought it, and the newcomer's name to be given."""
    note = f'<p role="alert">{escape(problem)}</p>' if problem else ""
    fields = (
        f"{note}"
        f'<label for="name">{texts.JOIN_NAME}</label>'
        '<input id="name" name="name" type="text" required maxlength="80" autocomplete="name">'
        f'<label for="code">{texts.JOIN_CODE}</label>'
        f'<input id="code" name="code" type="text" required maxlength="64" value="{escape(code)}">'
        f'<button type="submit" name="who" value="new">{texts.JOIN_GO}</button>'
    )
    return _join_page(texts.JOIN_TITLE, texts.JOIN_NOTE, "/join", fields)


def join_as(person: DemoPerson, code: str, name: str) -> str:
    """Return the page that asks whether the invitation is for who is signed in here, or for somebody called so."""
    fields = (
        f'<input type="hidden" name="code" value="{escape(code)}">'
        f'<input type="hidden" name="name" value="{escape(name)}">'
        f'<button type="submit" name="who" value="me">{escape(texts.join_as(person.name))}</button>'
        f'<button type="submit" name="who" value="anew">{escape(texts.join_anew(name))}</button>'
    )
    return _join_page(texts.JOIN_TITLE, escape(texts.join_signed_in(person.name)), "/join", fields)


def leave(person: DemoPerson) -> str:
    """Return the page that asks once more: who came by an invitation cannot sign in again without another one."""
    fields = (
        f'<button type="submit" name="sure" value="yes">{texts.LEAVE_SURE}</button>'
        f'<p><a href="/">{texts.LEAVE_NOT}</a></p>'
    )
    return _join_page(texts.LEAVE_TITLE, escape(texts.leave_note(person.name)), "/signout", fields)


def _join_page(title: str, note: str, target: str, fields: str) -> str:
    return _JOIN.substitute(title=title, note=note, target=target, secret=texts.SIGN_IN_WARNING, fields=fields)


def message(sentence: str) -> str:
    """Return a page that says one sentence."""
    return _MESSAGE.substitute(sentence=escape(sentence))


def _unit(person: DemoPerson) -> str:
    unit = person.unit or (texts.NOT_YET if person.handle.startswith(LINKED) else texts.NO_UNIT)
    return unit[0].upper() + unit[1:]


def _entry(person: DemoPerson) -> str:
    return (
        f'<li><button type="submit" name="person" value="{escape(person.handle)}">'
        f'<span class="who"><b>{escape(person.name)}</b>'
        f"<span>{escape(_unit(person))}</span></span>"
        f'<span class="handle">{escape(person.handle)}</span></button></li>'
    )
