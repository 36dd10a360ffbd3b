"""Made-up answers of many units for the benches: every narrative leaf and every table of ``kl62-2019``, seeded.

Each unit writes 200 to 1,500 characters under every leaf and a figure in every numeric cell.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property

from dialogs.forms.answers import Address, State
from dialogs.forms.form import Form, RollUp, Table
from dialogs.forms.form_file import read_form, shipped_text
from dialogs.forms.questions import Respondent, cell_column
from dialogs.kinds import NUMERIC, Kind
from dialogs.values.report_data import CompiledReportData, Contribution, DataLine, Rolled, Standing, Told, UnitCells
from dialogs.values.status import Status

FORM = "kl62-2019"
NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
_ONSETS = re.findall(r"\w+", "b c ch d đ g gi h kh l m n ng nh ph qu r s t th tr v x")
_RIMES = re.findall(r"\w+", "a ác ạch ai ầm ân anh ạt âu ế em ết iên iệp ình oàn ộc ội ông ờ ơn ực uyện ưởng")
WORDS = tuple(onset + rime for onset in _ONSETS for rime in _RIMES)
"""Some six hundred syllables, so that the texts compress about as well as written ones."""


def text(dice: random.Random) -> str:
    """Return a narrative of 200 to 1,500 characters."""
    length = dice.randint(200, 1500)
    written = " ".join(dice.choices(WORDS, k=length // 4))
    return written[:length].rstrip() + "."


def numbers(table: Table) -> Iterator[tuple[str, str, Kind]]:
    """Yield row, column and kind of every numeric cell."""
    for row in table.rows:
        for column in table.columns:
            here = cell_column(row, column)
            if here.kind in NUMERIC:
                yield row.key, column.key, here.kind


@dataclass(frozen=True)
class Country:
    """So many units with their answers in memory, as a compiled report wants them."""

    units: int

    @cached_property
    def form(self) -> Form:
        return read_form(shipped_text(FORM))

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        below = (
            Standing(f"X{n:04}", f"Đảng ủy xã Số {n}", "huyen", 1, Status.SENT, False, 33, 33, True, NOW, NOW, NOW)
            for n in range(1, self.units + 1)
        )
        top = Standing("T", "Tỉnh ủy Hồng Lam", "tinh", 0, Status.IN_PROGRESS, False, 0, 33, False)
        return (top, *below)

    @cached_property
    def texts(self) -> dict[str, list[Contribution]]:
        found: dict[str, list[Contribution]] = {}
        for leaf in self.form.fields():
            dice = random.Random(leaf.key)
            made = [text(dice) for _ in range(self.units)]
            found[leaf.key] = [
                Contribution(at, leaf, State.VALUE, (one,) if leaf.kind in (Kind.LIST, Kind.DOCUMENTS) else one)
                for at, one in enumerate(made, 1)
            ]
        return found

    @cached_property
    def figures(self) -> dict[str, list[UnitCells]]:
        found: dict[str, list[UnitCells]] = {}
        for table in self.form.tables:
            dice, places = random.Random(table.key), list(numbers(table))
            found[table.key] = [
                UnitCells(at, {(row, column): self._told(dice, kind) for row, column, kind in places}, {})
                for at in range(1, self.units + 1)
            ]
        return found

    @staticmethod
    def _told(dice: random.Random, kind: Kind) -> Told:
        value: int | Decimal = dice.randint(1, 90)
        return Told(State.VALUE, Decimal(value * 7) / 10 if kind is not Kind.INTEGER else value)

    @cached_property
    def totals(self) -> dict[Address, Rolled]:
        found: dict[Address, Rolled] = {}
        for table in self.form.tables:
            sums: dict[tuple[str, str], int | Decimal] = {}
            for unit in self.figures[table.key]:
                for place, told in unit.cells.items():
                    value = told.value
                    if isinstance(value, int | Decimal):
                        sums[place] = sums.get(place, 0) + value
            summed = {c.key for c in table.columns if c.rollup is RollUp.SUM}
            for (row, column), value in sums.items():
                if column in summed:
                    found[Address(table.key, row, column)] = Rolled(value, self.units, self.units)
        return found

    def entries(self) -> Iterator[DataLine]:
        """Yield every answer, unit by unit."""
        leaves = [(key, told) for key, told in self.texts.items()]
        tables = [(key, told) for key, told in self.figures.items()]
        for at in range(self.units):
            unit = self.standings[at + 1]
            for key, told in leaves:
                value = told[at].value
                yield DataLine(unit.code, unit.name, key, "", "", value, State.VALUE, "Nguyễn Thị Lan", NOW, "telegram")
            for key, cells in tables:
                for (row, column), given in cells[at].cells.items():
                    yield DataLine(
                        unit.code, unit.name, key, row, column, given.value, given.state, "Lê Minh", NOW, "telegram"
                    )

    def contributions(self, leaf: str) -> Iterable[Contribution]:
        return self.texts.get(leaf, ())

    def cells(self, table: str) -> Iterable[UnitCells]:
        return self.figures.get(table, ())

    def load(self) -> CompiledReportData:
        """Make the answers and return the source of the compiled report."""
        return CompiledReportData(
            form=self.form,
            respondent=Respondent("tinh"),
            campaign="kl62-2019",
            period="",
            unit_code="T",
            unit_name="Tỉnh ủy Hồng Lam",
            parent_name="",
            own={},
            document={},
            letterhead={"co_quan": "TỈNH ỦY HỒNG LAM", "dia_danh": "Hồng Lam"},
            profile="party_hd36",
            sent=False,
            created=NOW,
            standings=self.standings,
            counted=("sent", "accepted"),
            contributions=self.contributions,
            cells=self.cells,
            totals=self.totals,
            entries=self.entries,
        )
