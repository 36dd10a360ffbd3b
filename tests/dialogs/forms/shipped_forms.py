"""What the tests of the shipped forms share: a form by its key, and the addresses that the outside relies on."""

from __future__ import annotations

import csv
from pathlib import Path

from dialogs.forms.addresses import AddressRow
from dialogs.forms.form import Form
from dialogs.forms.form_file import read_form, shipped_text
from dialogs.kinds import Kind


def shipped(key: str) -> Form:
    return read_form(shipped_text(key))


def contract(key: str) -> dict[tuple[str, str, str], tuple[AddressRow, str]]:
    """Return the contract's addresses of a form with their labels, in the order of the contract."""
    with Path(__file__).with_name("addresses.csv").open(encoding="utf-8", newline="") as lines:
        return {
            (line["field"], line["row"], line["column"]): (_address(line), line["label"])
            for line in csv.DictReader(lines)
            if line["form"] == key
        }


def _address(line: dict[str, str]) -> AddressRow:
    kinds = frozenset(line["filled_by"].split())
    return AddressRow(line["field"], line["row"], line["column"], Kind(line["kind"]), line["measure"], kinds)
