"""A province in a database of its own."""

from __future__ import annotations

import pytest

from province import Province, build
from storage.database import Database


@pytest.fixture
def province(database: Database) -> Province:
    return build(database)
