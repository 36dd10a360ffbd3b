"""The files attached to reports, read; what attaches them and takes them off is ``evidence``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, bindparam, func, select

from dialogs.values.attached import Evidence
from storage.schema.statements import chunks
from storage.schema.tables import attachment, file, person

_FILES = (
    select(
        attachment.c.submission,
        attachment.c.id,
        attachment.c.field,
        attachment.c.row,
        attachment.c.file,
        file.c.name,
        file.c.media_type,
        file.c.size,
        func.coalesce(attachment.c.person, 0),
        func.coalesce(person.c.name, ""),
        attachment.c.at,
        attachment.c.note,
    )
    .join(file, file.c.id == attachment.c.file)
    .outerjoin(person, person.c.id == attachment.c.person)
    .where(attachment.c.removed_at.is_(None), attachment.c.submission.in_(bindparam("reports", expanding=True)))
    .order_by(attachment.c.id)
)


def of_report(connection: Connection, report: int) -> tuple[Evidence, ...]:
    """Return the files attached to a report, in the order they came. Who may see them is the caller's question."""
    return of_reports(connection, [report]).get(report, ())


def of_reports(connection: Connection, reports: Iterable[int]) -> Mapping[int, tuple[Evidence, ...]]:
    """Return the same for many reports; one without files is not in it."""
    found: dict[int, list[Evidence]] = {}
    wanted = list(dict.fromkeys(reports))
    for some in chunks(wanted):
        for row in connection.execute(_FILES, {"reports": some}):
            found.setdefault(row[0], []).append(Evidence(*row[1:]))
    return {report: tuple(each) for report, each in found.items()}
