"""Published forms: frozen texts. A campaign reads only these, never the files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from dialogs.forms.form import Form
from dialogs.forms.form_file import read_form
from dialogs.texts import objections
from storage.schema.audit import Deed, record
from storage.schema.errors import Refused
from storage.schema.statements import new_id
from storage.schema.tables import form_version


@dataclass(frozen=True, slots=True)
class Published:
    """One published version of a form."""

    id: int
    key: str
    version: int
    hash: str
    title: str
    published_at: datetime


def publish(connection: Connection, text: str, at: datetime) -> int:
    """Freeze a form and return the id of its version; publishing the same text again changes nothing.

    Raises ``FormError`` if the text is no sound form, ``Refused`` if the same key and version were published with
    another text.
    """
    form = read_form(text)
    found = select(form_version.c.id, form_version.c.hash)
    row = connection.execute(
        found.where(form_version.c.key == form.key, form_version.c.version == form.version)
    ).first()
    if row is None:
        record(connection, Deed("form.publish", at, detail={"key": form.key, "version": form.version}))
        return _insert(connection, form, text, at)
    if row[1] != form.content_hash:
        raise Refused(objections.form_published_otherwise(form.key, form.version))
    return int(row[0])


def _insert(connection: Connection, form: Form, text: str, at: datetime) -> int:
    values = {
        "key": form.key,
        "version": form.version,
        "hash": form.content_hash,
        "title": form.short_title,
        "text": text,
        "published_at": at,
    }
    return new_id(connection.execute(insert(form_version), values))


def load(connection: Connection, form_version_id: int) -> Form:
    """Return a published form. Raises ``Refused`` if there is none with this id."""
    text = connection.execute(select(form_version.c.text).where(form_version.c.id == form_version_id)).scalar()
    if text is None:
        raise Refused(objections.no_such_version(form_version_id))
    return read_form(text)


def newest(connection: Connection, key: str) -> int | None:
    """Return the id of the newest published version of the form ``key``."""
    versions = select(form_version.c.id).where(form_version.c.key == key)
    return connection.execute(versions.order_by(form_version.c.version.desc()).limit(1)).scalar()


def published(connection: Connection) -> tuple[Published, ...]:
    """Return every published version, by key and version."""
    columns = [form_version.c[name] for name in Published.__dataclass_fields__]
    rows = connection.execute(select(*columns).order_by(form_version.c.key, form_version.c.version))
    return tuple(Published(*row) for row in rows)
