"""A file of answers through the whole way, in this process: what is right is stored as the dialog stores it."""

from __future__ import annotations

import csv
import io
import random
import threading
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.config.running import Stop
from bot.imports.answers_import import OPTIONAL, REQUIRED, Import
from bot.imports.csv_file import CsvFault, read_csv
from dialogs.forms.answers import DOCUMENT_DATA, NOT_APPLICABLE, Address, State, Value
from dialogs.forms.form_file import shipped_text
from dialogs.reading import Outcome, Spec, clean, read
from storage.campaigns import answers, campaigns, forms
from storage.campaigns.campaigns import Opening
from storage.campaigns.turn_cache import TurnCache
from storage.manage.staging import ROWS_AT_ONCE
from storage.schema.database import Database
from storage.schema.tables import answer, answer_history, import_batch, import_row
from tests.office.province import MONEY, NOW, REFERENCE, TEXT, TOTAL, WOMEN, Province, build

Row = Sequence[str]
SURPLUS = Address("PL3", "hnd", "xa.tong_so")
DOCUMENTS = Address("PL4", "mttq", "xa.van_ban")


def nothing() -> None:
    """What is done between two transactions."""


def imported(
    province: Province,
    path: Path,
    *rows: Row,
    send: bool = False,
    dry: bool = False,
    between: Callable[[], None] = nothing,
    campaign: str = "kl62-2019",
) -> tuple[int, list[str]]:
    """Import rows; the exit code and what was said on the second output."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([REQUIRED + OPTIONAL, *rows])
    told = io.StringIO()
    file_ = read_csv(path, REQUIRED, OPTIONAL)
    code = Import(province.database, lambda: NOW, between, told).run(campaign, file_, send, dry)
    return code, told.getvalue().splitlines()


def row(code: str, address: Address, value: str, *reason: str) -> Row:
    return (code, *address, value, *reason)


def stored(province: Province, code: str) -> dict[Address, tuple[State, Value, str]]:
    with province.database.read() as connection:
        found = answers.load(connection, province.reports[code])
    return {address: (each.state, each.value, each.reason) for address, each in found.items()}


def everything(database: Database) -> list[tuple[object, ...]]:
    """Every row of answers and their history, and whatever waits."""
    with database.read() as connection:
        tables = (answer, answer_history, import_row, import_batch)
        return [tuple(each) for table in tables for each in connection.execute(select(table))]


def asked(province: Province, code: str) -> dict[Address, Spec]:
    with province.database.read() as connection:
        view = province.view(connection, code, TurnCache())
        found = {}
        for question in view.questions:
            for part in question.parts:
                for number, address in enumerate(question.part_addresses(part)):
                    kind = part.columns[number].kind.value if part.columns else part.kind
                    column = part.columns[number] if part.columns else None
                    found[address] = (
                        Spec(kind, column.measure, column.minimum, column.maximum, column.decimals, column.choices)
                        if column
                        else Spec(kind)
                    )
    return found


def test_every_kind_of_cell_is_read_as_the_dialog_reads_it(province: Province, tmp_path: Path) -> None:
    code, told = imported(
        province,
        tmp_path / "a.csv",
        row("X1", TOTAL, "1.200 người"),
        row("X1", WOMEN, "không có"),
        row("X1", SURPLUS, "Chưa có số liệu", "đang rà soát"),
        row("X1", Address("PL3", "hnd", "xa.cb_nu"), "Không có tổ chức này"),
        row("X1", MONEY, "1,5"),
        row("X1", TEXT, "=1+1 là hai\r\nDòng sau"),
        row("X1", Address("IV"), "- một\n2. hai\n\n"),
        row("X1", Address("I.b"), "không có"),
        row("X1", Address(DOCUMENT_DATA, "", "ngay"), "5/4/2019"),
        row("X1", Address(DOCUMENT_DATA, "", "so"), "15"),
    )
    assert (code, told) == (0, [])
    found = stored(province, "X1")
    assert found.pop(Address(DOCUMENT_DATA, "", "ngay"))[1] == REFERENCE.replace(day=5)
    assert found == {
        TOTAL: (State.VALUE, 1200, ""),
        WOMEN: (State.ZERO, 0, ""),
        SURPLUS: (State.NONE, None, "đang rà soát"),
        Address("PL3", "hnd", "xa.cb_nu"): (State.NONE, None, NOT_APPLICABLE),
        MONEY: (State.VALUE, Decimal("1.5"), ""),
        TEXT: (State.VALUE, "=1+1 là hai\nDòng sau", ""),
        Address("IV"): (State.VALUE, ("một", "hai"), ""),
        Address("I.b"): (State.ZERO, None, ""),
        Address(DOCUMENT_DATA, "", "so"): (State.VALUE, "15", ""),
    }


WRONG: Mapping[str, tuple[Sequence[Row], str]] = {
    "unknown unit": ([row("Z9", TOTAL, "1")], "Dòng 2, cột unit: không có đơn vị mã “Z9”"),
    "unknown cell": ([row("X1", Address("PL3", "mttq", "xa.tongso"), "1")], "PL3 mttq xa.tong_so"),
    "an address of any kind": ([row("X1", Address("PL3", "a\nb\x1b", "x" * 5000), "1")], f"PL3 a b {'x' * 59}…: đơn"),
    "a cell of another level": ([row("X1", Address("P1.I.1.a"), "abc")], "Dòng 2, X1 P1.I.1.a: đơn vị này không có ô"),
    "empty": ([row("X1", TOTAL, " ")], "ô value trống"),
    "formula": ([row("X1", TOTAL, "=1+1")], "Dòng 2, X1 PL3 mttq xa.tong_so: “=1+1”"),
    "words for a number": ([row("X1", TOTAL, "mười mấy")], "“mười mấy”"),
    "doubtful": ([row("X1", TOTAL, "1,234")], "Hãy ghi rõ: 1.234"),
    "a dash": ([row("X1", TEXT, "-")], "Hãy ghi rõ:"),
    "an old font": ([row("X1", TEXT, "§· qu¸n triÖt nghÞ quyÕt")], "TCVN3"),
    "negative": ([row("X1", TOTAL, "-5")], "“-5”"),
    "a fraction": ([row("X1", TOTAL, "1,5")], "“1,5”"),
    "too great": ([row("X1", MONEY, "9" * 30)], "Dòng 2, X1 PL6 mttq.xa nsnn"),
    "twice, the same": (
        [row("X1", TOTAL, "1"), row("X1", TOTAL, "1")],
        "Dòng 3, X1 PL3 mttq xa.tong_so: ô này đã có ở dòng 2",
    ),
    "reason of an absence": ([row("X1", TOTAL, "Không có tổ chức này", "vì")], "không ghi thêm lý do"),
    "a long reason": ([row("X1", TOTAL, "1", "a" * 1001)], "1001 ký tự"),
    "too many items": ([row("X1", Address("IV"), "a\n" * 501)], "501 mục"),
    "too long": ([row("X1", TEXT, "a" * 200_001)], "200001 ký tự"),
    "a row of one's own": ([row("X1", Address("PL3", "them.1", "xa.tong_so"), "1")], "đơn vị này không có ô"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_one_wrong_row_refuses_the_whole_file(province: Province, tmp_path: Path, wrong: str) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", SURPLUS, 4)
    before = everything(province.database)
    rows, sentence = WRONG[wrong]

    code, told = imported(province, tmp_path / "a.csv", *rows, row("X2", TOTAL, "7"))

    assert code == 1
    assert (sentence in told[0], len(told)) == (True, 2), told
    assert told[1] == "Tệp a.csv có 1 lỗi; không nhập dòng nào, không có gì thay đổi."
    assert everything(province.database) == before


def test_a_unit_that_is_not_asked_is_told_apart_from_one_that_is_unknown(province: Province, tmp_path: Path) -> None:
    with province.database.write() as connection:
        campaigns.open_campaign(connection, Opening("kl62-2019-xa", "H1", REFERENCE, key="h1"), NOW, NOW.tzinfo)
    code, told = imported(province, tmp_path / "a.csv", row("X4", TOTAL, "1"), campaign="h1")
    assert (code, told[0]) == (1, "Dòng 2, cột unit: đơn vị “X4” không phải báo cáo trong đợt h1.")


def test_fifty_errors_are_shown_and_all_are_counted(province: Province, tmp_path: Path) -> None:
    code, told = imported(province, tmp_path / "a.csv", *(row("Z", TOTAL, "1") for _ in range(1200)))
    assert (code, len(told)) == (1, 51)
    assert "có 1200 lỗi (chỉ hiện 50 lỗi đầu)" in told[-1]


def test_a_row_that_cannot_be_read_is_told_with_the_errors_before_it(province: Province, tmp_path: Path) -> None:
    before = everything(province.database)
    code, told = imported(province, tmp_path / "a.csv", row("Z", TOTAL, "1"), ("X1", *TOTAL, "1", "", "extra"))
    assert (code, len(told)) == (1, 3)
    assert (told[0].startswith("Dòng 2"), told[1].startswith("Dòng 3, cột 7")) == (True, True)
    assert everything(province.database) == before


def test_a_file_without_rows_is_refused(province: Province, tmp_path: Path) -> None:
    with pytest.raises(CsvFault, match="không có dòng nào"):
        imported(province, tmp_path / "a.csv")
    assert everything(province.database) == []


def test_a_double_far_behind_is_found(province: Province, tmp_path: Path) -> None:
    codes = ("X1", "X2", "X3", "X4", "H1", "H2", "T")
    every = [row(code, *each) for code in codes for each in writable(province, code).items()]
    assert len(every) > ROWS_AT_ONCE
    code, told = imported(province, tmp_path / "a.csv", *every * 2)
    assert code == 1
    assert f"có {len(every)} lỗi" in told[-1]
    assert f"Dòng {len(every) + 2}, " in told[0]
    assert "đã có ở dòng 2;" in told[0]


def figures(province: Province, code: str) -> list[Address]:
    """The figures a unit is asked that may be anything from 0 on."""
    return [
        address
        for address, spec in asked(province, code).items()
        if spec.kind in ("integer", "money") and not spec.minimum and spec.maximum is None
    ]


def writable(province: Province, code: str) -> dict[Address, str]:
    """Cells of a unit with something that may stand there."""
    words = {
        address: "Đã làm."
        for address, spec in asked(province, code).items()
        if spec.kind in ("narrative", "list", "documents", "text")
    }
    return words | dict.fromkeys(figures(province, code), "5")


def test_a_dry_run_shows_what_would_change_and_changes_nothing(
    province: Province, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.save(connection, "X1", WOMEN, 3)
    before = everything(province.database)
    rows = row("X2", TOTAL, "7"), row("X1", TOTAL, "15"), row("X1", WOMEN, "3"), row("X1", MONEY, "không")

    assert imported(province, tmp_path / "a.csv", *rows, dry=True) == (0, [])

    assert capsys.readouterr().out.splitlines() == [
        "X1 PL3 mttq xa.tong_so: 12 -> 15",
        "X2 PL3 mttq xa.tong_so: chưa trả lời -> 7",
        "X1 PL6 mttq.xa nsnn: chưa trả lời -> 0",
        "Mới: 2, thay đổi: 1, giữ nguyên: 1.",
        "Chạy thử: không có gì thay đổi.",
    ]
    assert everything(province.database) == before
    assert imported(province, tmp_path / "a.csv", *rows)[0] == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Đã nhập tệp a.csv: ghi 3 câu trả lời, 1 giữ nguyên."


def test_fifty_changes_are_shown_and_the_rest_counted(
    province: Province, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    every = [row(code, address, "0") for code in ("X1", "X2") for address in figures(province, code)]
    imported(province, tmp_path / "a.csv", *every)
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 52
    more = f"(còn {len(every) - 50} thay đổi không hiện ở trên)"
    assert told[50] == f"Mới: {len(every)}, thay đổi: 0, giữ nguyên: 0. {more}"


def test_a_sent_report_may_be_told_again_but_not_changed(province: Province, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert imported(province, path, row("X1", TOTAL, "12"), send=True)[0] == 0
    assert imported(province, path, row("X1", TOTAL, "12"), row("X2", TOTAL, "1"), send=True)[0] == 0
    before = everything(province.database)
    code, told = imported(province, path, row("X3", TOTAL, "1"), row("X1", TOTAL, "13"))
    assert (code, told[0]) == (
        1,
        "Dòng 3, X1 PL3 mttq xa.tong_so: báo cáo của đơn vị này đã gửi hoặc đã được tiếp nhận; "
        "hãy trả lại báo cáo trước khi nhập số khác.",
    )
    assert everything(province.database) == before


def test_a_sum_of_the_units_below_can_be_overridden(province: Province, tmp_path: Path) -> None:
    rows = row("H1", TOTAL, "99"), row("H1", WOMEN, "9", "theo sổ của huyện"), row("X1", TOTAL, "12")
    assert imported(province, tmp_path / "a.csv", *rows, send=True)[0] == 0

    with province.database.read() as connection:
        found = answers.load(connection, province.reports["H1"])
        commune = answers.load(connection, province.reports["X1"])
    assert (found[TOTAL].value, found[TOTAL].reason) == (99, "Nhập từ tệp a.csv")
    assert (found[WOMEN].value, found[WOMEN].reason) == (9, "theo sổ của huyện")
    assert found[TOTAL].basis and found[WOMEN].basis and not commune[TOTAL].basis


def test_rows_that_a_unit_adds_need_a_name(sqlite: Database, tmp_path: Path) -> None:
    province = build(sqlite)
    with sqlite.write() as connection:
        forms.publish(connection, shipped_text("kl102-2019"), NOW)
        campaigns.open_campaign(connection, Opening("kl102-2019", "T", REFERENCE), NOW, NOW.tzinfo)
    count, name = (Address("TONG_HOP", "them.1", column) for column in ("so_luong", "noi_dung"))
    path = tmp_path / "a.csv"

    code, told = imported(province, path, row("X1", count, "12,5"), campaign="kl102-2019")
    assert (code, "noi_dung" in told[0]) == (1, True)

    both = row("X1", count, "12,5"), row("X1", name, "Tủ sách thôn")
    assert imported(province, path, *both, campaign="kl102-2019") == (0, [])
    assert imported(province, path, row("X1", count, "13"), campaign="kl102-2019") == (0, [])
    code, told = imported(province, path, row("X1", name, "T" * 201), campaign="kl102-2019")
    assert (code, "dài nhất 200 ký tự; ô này có 201 ký tự" in told[0]) == (1, True)
    many = [row("X1", name._replace(row=f"them.{number}"), "Hàng") for number in range(2, 53)]
    code, told = imported(province, path, *many, campaign="kl102-2019")
    assert (code, "quá 50 hàng thêm" in told[0]) == (1, True)


def test_a_campaign_that_is_not_there_or_closed_or_busy_is_refused(province: Province, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with pytest.raises(Stop, match="kl99"):
        imported(province, path, row("X1", TOTAL, "1"), campaign="kl99")

    def again() -> None:
        with pytest.raises(Stop, match="Đang có tệp khác"):
            imported(province, tmp_path / "b.csv", row("X1", WOMEN, "1"))

    first = iter([again])
    assert imported(province, path, row("X1", TOTAL, "1"), between=lambda: next(first, nothing)())[0] == 0
    with province.database.write() as connection:
        campaigns.close(connection, province.campaign, NOW)
    with pytest.raises(Stop, match="đã đóng"):
        imported(province, path, row("X1", TOTAL, "2"))


def test_turns_are_taken_during_both_passes_and_see_nothing_half_done(province: Province, tmp_path: Path) -> None:
    codes = ("X1", "X2", "X3", "X4", "H1", "H2", "T")
    wanted = {code: writable(province, code) for code in codes}
    rows = [row(code, address, text) for code in codes for address, text in wanted[code].items()]
    assert len(rows) > ROWS_AT_ONCE
    seen: list[tuple[bool, ...]] = []

    def between() -> None:
        """A colleague in another thread, on a connection of its own."""
        thread = threading.Thread(target=turn)
        thread.start()
        thread.join()

    def turn() -> None:
        with province.database.write() as connection:
            province.save(connection, "X5", TOTAL, len(seen))
            counts = {code: len(answers.load(connection, province.reports[code])) for code in codes}
        assert all(counts[code] in (0, len(wanted[code])) for code in codes)
        seen.append(tuple(bool(counts[code]) for code in codes))

    assert imported(province, tmp_path / "a.csv", *rows, send=True, between=between)[0] == 0

    assert seen[0] == seen[1] == (False,) * 7, "two chunks were staged unseen"
    assert [sum(each) for each in seen[-8:]] == [1, 2, 3, 4, 5, 6, 7, 7]
    with province.database.read() as connection:
        assert answers.load(connection, province.reports["X5"])[TOTAL].version == len(seen)


# --- properties -----------------------------------------------------------------------------------------------------

LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


def cell(address: Address, spec: Spec) -> st.SearchStrategy[tuple[Address, str, tuple[State, Value]]]:
    """What may be written in a cell, and what is then stored."""
    if spec.kind == "narrative":
        texts = st.text(LETTERS, min_size=1, max_size=80).filter(lambda t: read(t, spec).outcome is Outcome.VALUE)
        content = texts.map(lambda text: (text, (State.VALUE, clean(unicodedata.normalize("NFC", text)))))
    elif spec.kind == "list":
        items = st.lists(st.integers(1, 999).map(lambda n: f"Kiến nghị {n}"), min_size=1, max_size=4)
        content = items.map(lambda found: ("\n".join(found), (State.VALUE, tuple(found))))
    elif spec.kind == "integer":
        content = st.integers(int(spec.minimum or 1) or 1, int(spec.maximum or 9_999)).map(
            lambda n: (str(n), (State.VALUE, n))
        )
    elif spec.kind == "money":
        content = st.integers(1, 99_999).map(
            lambda n: (f"{Decimal(n).scaleb(-2):f}".replace(".", ","), (State.VALUE, Decimal(n).scaleb(-2)))
        )
    else:
        content = st.nothing()
    states = [("không có số liệu", (State.NONE, None))]
    if spec.kind in ("integer", "money") and (spec.minimum is None or spec.minimum <= 0):
        states.append(("0", (State.ZERO, 0)))
    return st.one_of(content, st.sampled_from(states)).map(lambda found: (address, *found))


@pytest.fixture(scope="module")
def long_lived(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    """One province for all the examples: each finds the answers of those before it."""
    from tests.databases import copied_sqlite

    with copied_sqlite(sqlite_template, tmp_path_factory.mktemp("import") / "province.db") as database:
        yield build(database)


@given(data=st.data())
@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
def test_what_is_in_the_file_is_what_is_stored(long_lived: Province, tmp_path: Path, data: st.DataObject) -> None:
    wanted: dict[str, dict[Address, tuple[State, Value]]] = {}
    rows = []
    for code in data.draw(st.sets(st.sampled_from(["X1", "X2", "H1"]), min_size=1)):
        cells = sorted(asked(long_lived, code).items())
        chosen = data.draw(st.lists(st.sampled_from(cells), min_size=1, max_size=12, unique_by=lambda each: each[0]))
        for address, spec in chosen:
            address, text, meant = data.draw(cell(address, spec))
            rows.append(row(code, address, text))
            wanted.setdefault(code, {})[address] = meant

    code, told = imported(long_lived, tmp_path / "a.csv", *data.draw(st.permutations(rows)))

    assert (code, told) == (0, [])
    for unit, each in wanted.items():
        found = stored(long_lived, unit)
        assert {address: found[address][:2] for address in each} == each


DAMAGE: Sequence[Callable[[list[str]], list[str]]] = (
    lambda cells: ["Z9", *cells[1:]],
    lambda cells: [cells[0], "PL9", *cells[2:]],
    lambda cells: [*cells[:3], cells[3] + "x", *cells[4:]],
    lambda cells: [*cells[:4], ""],
    lambda cells: [*cells[:4], "=SUM(A1:A9)"],
    lambda cells: [*cells[:4], "1 2 3"],
    lambda cells: [*cells[:4], "12", "", "", ""],
)


@given(seed=st.integers(0, 2**32), damage=st.sampled_from(DAMAGE), twice=st.booleans())
@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
def test_a_damaged_file_changes_nothing(
    long_lived: Province, tmp_path: Path, seed: int, damage: Callable[[list[str]], list[str]], twice: bool
) -> None:
    chance = random.Random(seed)
    places = figures(long_lived, "X3")
    rows = [list(row("X3", address, str(chance.randint(1, 99)))) for address in chance.sample(places, 5)]
    at = chance.randrange(len(rows))
    rows[at] = rows[0] if twice and at else damage(rows[at])
    assume(rows[at][:4] != ["X3", "", "", ""])
    before = everything(long_lived.database)

    assert imported(long_lived, tmp_path / "a.csv", *rows)[0] == 1
    assert everything(long_lived.database) == before
