"""Leaves that only another version of the printed form has: a compiled report prints those that were answered.

A report that was sent keeps the version it was asked with (C23), and nothing that a unit wrote is lost (C12). So a leaf
that the printed version lacks stands in it all the same, in its own wording at its old place, as soon as a report that
counts has answered it. Questions, sums and progress follow each report's own version and never ask this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, bindparam, select

from dialogs.forms.answers import State
from dialogs.forms.form import Field, Form, Section
from storage.campaigns import forms
from storage.campaigns.scope import ScopedReport
from storage.campaigns.turn_cache import TurnCache
from storage.schema.statements import chunks
from storage.schema.tables import answer

Node = Section | Field

_ANSWERED = (
    select(answer.c.field)
    .distinct()
    .where(
        answer.c.submission.in_(bindparam("reports", expanding=True)),
        answer.c.field.in_(bindparam("fields", expanding=True)),
        answer.c.row == "",
        answer.c.state != State.EMPTY.value,
    )
)


def with_answered_leaves(
    connection: Connection, cache: TurnCache, layout: Form, counting: Sequence[ScopedReport]
) -> Form:
    """Return ``layout`` with the leaves of its other versions that reports of ``counting`` have answered or feed."""
    versions = [each for each in forms.published(connection) if each.key == layout.key]
    others = [cache.form(connection, each.id) for each in reversed(versions) if each.version != layout.version]
    missing = _keys(others) - _keys([layout])
    wanted = _answered(connection, cache, layout.key, counting, missing) if missing else frozenset()
    for other in others:
        still = wanted - _keys([layout])
        if still & _keys([other]):
            layout = replace(layout, outline=_merged(layout.outline, other.outline, still))
    return layout


def _keys(versions: Iterable[Form]) -> frozenset[str]:
    return frozenset(leaf.key for form in versions for leaf in form.fields())


def _answered(
    connection: Connection, cache: TurnCache, key: str, counting: Sequence[ScopedReport], missing: frozenset[str]
) -> frozenset[str]:
    """Return those of the ``missing`` leaves under which something would be printed."""
    found: set[str] = set()
    for version in {each.form_version for each in counting}:
        targets = _targets(cache.form(connection, version), key, missing)
        reports = [each.submission for each in counting if each.form_version == version]
        for some in chunks(reports if targets else ()):
            rows = connection.execute(_ANSWERED, {"reports": some, "fields": sorted(targets)})
            found.update(*(targets[field] for field in rows.scalars()))
    return frozenset(found)


def _targets(form: Form, key: str, missing: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """Return, for each leaf of a member's form, the missing leaves that it is printed under."""
    every = {leaf.key: missing & ({leaf.key} if form.key == key else set(leaf.feeds)) for leaf in form.fields()}
    return {field: targets for field, targets in every.items() if targets}


def _merged(nodes: Sequence[Node], others: Sequence[Node], wanted: frozenset[str]) -> tuple[Node, ...]:
    """Return ``nodes`` with the wanted leaves of another version, each after what it stood behind there."""
    found, place = list(nodes), 0
    for other in others:
        index = next((at for at, each in enumerate(found) if (type(each), each.key) == (type(other), other.key)), None)
        if index is None:
            kept = _pruned(other, wanted)
            found[place:place] = kept
            place += len(kept)
            continue
        here = found[index]
        if isinstance(here, Section) and isinstance(other, Section):
            found[index] = replace(here, children=_merged(here.children, other.children, wanted))
        place = index + 1
    return tuple(found)


def _pruned(node: Node, wanted: frozenset[str]) -> tuple[Node, ...]:
    """Return a node with nothing in it but wanted leaves; () if there are none."""
    if isinstance(node, Field):
        return (node,) if node.key in wanted else ()
    children = tuple(child for each in node.children for child in _pruned(each, wanted))
    return (replace(node, children=children),) if children else ()
