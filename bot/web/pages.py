"""The HTML: sign-in, chat, and a page with one sentence. Everything from outside is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template

from bot.channels.host import Visitor
from bot.web import page_texts
from bot.web.sessions import LINKED

HERE = Path(__file__).parent
STATIC = HERE / "static"


def _template(name: str) -> Template:
    return Template((HERE / "pages" / name).read_text(encoding="utf-8"))


_CHAT = _template("chat.html")
_SIGN_IN = _template("signin.html")
_MESSAGE = _template("message.html")
_QUESTION = _template("join.html")


def chat(person: Visitor, zone: str) -> str:
    """Return the chat page of ``person``."""
    return _CHAT.substitute(
        handle=escape(person.handle),
        name=escape(person.name),
        unit=escape(unit_of(person)),
        known=escape(person.unit),
        leave=page_texts.LEAVE if person.handle.startswith(LINKED) else page_texts.CHANGE,
        zone=escape(zone),
    )


def sign_in(people: Sequence[Visitor], lost: bool, invites: bool = False) -> str:
    """Return the list of people, or the sentence that says that there is none. ``lost``: a session ended by itself.

    ``invites``: whoever has a code may join here too.
    """
    if not people:
        return message(page_texts.SIGN_IN_CLOSED)
    return _SIGN_IN.substitute(
        title=page_texts.SIGN_IN_TITLE,
        note=page_texts.SIGN_IN_NOTE,
        secret=page_texts.SIGN_IN_WARNING,
        lost="yes" if lost else "",
        people="\n".join(map(_entry, people)),
        join=f'<p><a href="/?moi=">{page_texts.HAVE_CODE}</a></p>' if invites else "",
    )


def join(code: str, problem: str = "", name: str = "") -> str:
    """Return the page of an invitation: the code as the link brought it, and the newcomer's name to be given.

    ``problem`` says why it is shown again, with what was typed.
    """
    note = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    fields = (
        f"{note}{_name_field(name)}"
        f'<label for="code">{page_texts.JOIN_CODE}</label>'
        '<input id="code" name="code" type="text" required maxlength="64" autocapitalize="characters" '
        f'spellcheck="false" value="{escape(code)}">'
        f'<button type="submit" name="who" value="new">{page_texts.JOIN_GO}</button>'
    )
    return _question(page_texts.JOIN_TITLE, page_texts.JOIN_NOTE, _form("/join", fields), page_texts.SIGN_IN_WARNING)


def join_as(person: Visitor, code: str, name: str) -> str:
    """Return the page that asks whether the invitation is for who is signed in here, or for somebody called ``name``.

    Who came by an invitation leaves for good when somebody else takes the page over, and is told so.
    """
    leaves = f"<p>{escape(page_texts.join_leaves(person.name))}</p>" if person.handle.startswith(LINKED) else ""
    held = f'<input type="hidden" name="code" value="{escape(code)}">'
    mine = f'{held}<button type="submit" name="who" value="me">{escape(page_texts.join_as(person.name))}</button>'
    anew = f'<button type="submit" name="who" value="anew">{page_texts.JOIN_ANEW}</button>'
    other = f"{held}{_name_field(name)}{anew}{leaves}"
    # Two forms: Enter in the name's field must not press the button above it.
    forms = f'{_form("/join", mine)}<p class="or">{page_texts.JOIN_OR}</p>{_form("/join", other)}'
    return _question(
        page_texts.JOIN_TITLE, escape(page_texts.join_signed_in(person.name)), forms, page_texts.SIGN_IN_WARNING
    )


def leave(person: Visitor) -> str:
    """Return the page that asks once more: who came by an invitation cannot sign in again without another one."""
    fields = (
        f'<button type="submit" name="sure" value="yes">{page_texts.LEAVE_SURE}</button>'
        f'<p><a href="/">{page_texts.LEAVE_NOT}</a></p>'
    )
    return _question(page_texts.LEAVE_TITLE, escape(page_texts.leave_note(person.name)), _form("/signout", fields))


def _question(title: str, note: str, forms: str, secret: str = "") -> str:
    return _QUESTION.substitute(title=title, note=note, secret=secret, forms=forms)


def _form(target: str, fields: str) -> str:
    return f'<form class="join" method="post" action="{target}" autocomplete="off">{fields}</form>'


def _name_field(name: str) -> str:
    return (
        f'<label for="name">{page_texts.JOIN_NAME}</label>'
        '<input id="name" name="name" type="text" required maxlength="80" autocomplete="name" '
        f'autocapitalize="words" value="{escape(name)}">'
    )


def message(sentence: str) -> str:
    """Return a page that says one sentence."""
    return _MESSAGE.substitute(sentence=escape(sentence))


def unit_of(person: Visitor) -> str:
    """Return what stands above a person's conversation: their unit, or that there is none."""
    unit = person.unit or (page_texts.NOT_YET if person.handle.startswith(LINKED) else page_texts.NO_UNIT)
    return unit[0].upper() + unit[1:]


def _entry(person: Visitor) -> str:
    return (
        f'<li><button type="submit" name="person" value="{escape(person.handle)}">'
        f'<span class="who"><b>{escape(person.name)}</b>'
        f"<span>{escape(unit_of(person))}</span></span>"
        f'<span class="handle">{escape(person.handle)}</span></button></li>'
    )
