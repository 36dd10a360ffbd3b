"""A province in a database of its own, copied from one that was built once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.config.doors import DOORS, facts_of
from storage.campaigns.turn_cache import TurnCache
from storage.schema.database import Database, open_database
from tests.databases import Rewound, copied_postgres, copied_sqlite
from tests.office.province import Province, build


@pytest.fixture(scope="session")
def sqlite_province(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Province]:
    path = tmp_path_factory.mktemp("province") / "province.db"
    with copied_sqlite(sqlite_template, path) as database:
        return path, build(database)


@pytest.fixture(scope="session")
def postgres_province(postgres_server: str) -> Iterator[tuple[Rewound, Province]]:
    with copied_postgres(postgres_server, "template", "province", keep=True) as url:
        database = open_database(url, facts_of(DOORS))
        province = build(database)
        database.close()
        rewound = Rewound(url)
        yield rewound, province
        rewound.close()


@pytest.fixture(params=["sqlite", "postgres"])
def province(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Province]:
    """The province with its campaign just opened; the test runs once on each kind of database."""
    template: tuple[Path | Rewound, Province] = request.getfixturevalue(f"{request.param}_province")
    source, built = template
    if isinstance(source, Path):
        with copied_sqlite(source, tmp_path / "province.db") as database:
            yield _own(built, database)
        return
    source.rewind()
    database = open_database(source.url, facts_of(DOORS))
    yield _own(built, database)
    database.close()


def _own(built: Province, database: Database) -> Province:
    """The province as it was built, in a database of its own; what a test adds to it no other test sees."""
    own = {name: dict(getattr(built, name)) for name in ("units", "people", "accounts", "reports")}
    return replace(built, database=database, cache=TurnCache(), **own)
