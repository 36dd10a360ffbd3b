"""Invitations and roles from the command line: links, rights of ``--as``, lists, and the last administrator."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from collections.abc import Callable

import pytest

from tests.bot.commands.shell import Shell

OneLine = Callable[[subprocess.CompletedProcess[str]], str]
CODE = re.compile(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}")


def rows(shell: Shell, query: str) -> list[tuple[str, ...]]:
    with sqlite3.connect(shell.folder / "baocao.db") as database:
        found = database.execute(query).fetchall()
    database.close()
    return found


def joined(shell: Shell, code: str) -> str:
    """Somebody without a role uses the code; returns the last reply."""
    asked = shell.chat("la", {"text": code})
    choice = asked[0]["messages"][0]["choices"][0]["id"]
    return str(shell.chat("la", {"choose": choice})[0]["messages"][0]["text"])


def test_codes_come_one_a_line_and_are_kept_as_hashes(demo: Shell) -> None:
    told = demo.run("invite", "X6", "official", "--count", "3").stdout.splitlines()
    assert len(set(told)) == 3 and all(CODE.fullmatch(line) for line in told)
    kept = "".join(hash for (hash,) in rows(demo, "SELECT code_hash FROM invite"))
    assert not any(line.replace("-", "") in kept for line in told)
    assert rows(demo, "SELECT verb, channel, detail FROM audit WHERE verb = 'role.invite'") == [
        ("role.invite", "cli", '{"role":"official","count":3}')
    ]


def test_each_code_has_the_links_that_are_known(demo: Shell) -> None:
    with sqlite3.connect(demo.folder / "baocao.db") as database:
        database.execute("INSERT INTO meta (key, value) VALUES ('telegram.username', 'baocao_bot')")
    database.close()
    told = demo.run("invite", "X6", "official", BAOCAO_PUBLIC_URL="https://baocao.example.vn/").stdout.strip()
    code = told.partition(" ")[0]
    links = f"https://t.me/baocao_bot?start={code}  https://baocao.example.vn/?moi={code}"
    assert CODE.fullmatch(code) and told == f"{code}  {links}"


@pytest.mark.parametrize(
    "address", ["ftp://a", "baocao.example.vn", "https://", "https://a.vn/?x=1", "https://a.vn/b", "https://[a"]
)
def test_an_address_that_is_none_is_refused(demo: Shell, one_line: OneLine, address: str) -> None:
    assert "BAOCAO_PUBLIC_URL" in one_line(demo.run("invite", "X6", "official", BAOCAO_PUBLIC_URL=address))


def test_for_a_person_the_command_asks_for_their_right(demo: Shell, one_line: OneLine) -> None:
    assert CODE.fullmatch(demo.run("invite", "X1", "official", "--as", "huyen1").stdout.strip())
    for unit, role, handle in (
        ("X6", "official", "huyen1"),
        ("H1", "coordinator", "huyen1"),
        ("X1", "administrator", "tinh"),
        ("X1", "official", "xa1"),
        ("X1", "official", "la"),
    ):
        assert "không có quyền" in one_line(demo.run("invite", unit, role, "--as", handle))
    assert "ai đó" in one_line(demo.run("invite", "X1", "official", "--as", "ai đó"))
    assert len(rows(demo, "SELECT id FROM invite")) == 1


def test_the_people_of_a_unit_are_listed(demo: Shell, one_line: OneLine) -> None:
    told = demo.run("member", "list", "H1").stdout.splitlines()
    assert [line.split()[1] for line in told] == ["huyen1", "huyen1"]
    assert "(official)" in told[0] and "(coordinator)" in told[1]
    assert demo.run("member", "list", "X1", "--as", "tinh").returncode == 0
    assert "không có quyền" in one_line(demo.run("member", "list", "X4", "--as", "huyen1"))
    assert "XX" in one_line(demo.run("member", "list", "XX"))


def test_a_role_ends_at_once(demo: Shell, one_line: OneLine) -> None:
    assert "Lan" in demo.run("member", "remove", "X1", "xa1", "official", "--as", "huyen1").stdout
    assert "chưa được gắn với đơn vị nào" in demo.chat("xa1", {"text": "/tiep"})[0]["messages"][0]["text"]
    assert "không có vai trò" in one_line(demo.run("member", "remove", "X1", "xa1", "official"))
    assert "ai đó" in one_line(demo.run("member", "remove", "X1", "ai đó", "official"))
    assert "không có quyền" in one_line(demo.run("member", "remove", "X4", "xa4", "official", "--as", "huyen1"))
    assert demo.run("member", "remove", "X1", "xa2", "boss").returncode == 2
    number = demo.run("member", "list", "X2").stdout.split()[0]
    assert demo.run("member", "remove", "X2", number, "official").returncode == 0


def test_the_last_administrator_stays(demo: Shell, one_line: OneLine) -> None:
    """The demo's own one goes first, when there is a second."""
    assert "quản trị cuối cùng" in one_line(demo.run("member", "remove", "T", "quantri", "administrator"))
    first = joined(demo, demo.run("invite", "T", "administrator").stdout.strip())
    assert demo.run("member", "remove", "T", "quantri", "administrator").returncode == 0
    assert "Tỉnh ủy Hồng Lam" in first
    assert "quản trị cuối cùng" in one_line(demo.run("member", "remove", "T", "la", "administrator"))
    assert "quản trị cuối cùng" in one_line(demo.run("member", "remove", "T", "la", "administrator", "--as", "la"))
    assert demo.run("member", "list", "X1", "--as", "la").returncode == 0


def test_letters_with_codes_are_messages_of_their_own_in_the_terminal(demo: Shell) -> None:
    (answer,) = demo.chat("huyen1", {"text": "/moi xã An Bình cán bộ nhập 2"})
    first, second, last = [message["text"] for message in answer["messages"]]
    assert CODE.search(first) and CODE.search(second) and not CODE.search(last)
    assert "Đã lập thư mời" in last and answer["refused"] is None


def test_what_is_told_to_others_is_left_to_their_doors(demo: Shell) -> None:
    """Who invited sits on Telegram; whoever joins at a terminal does not mark that message as sent."""
    with sqlite3.connect(demo.folder / "baocao.db") as database:
        chat = "INSERT INTO account (channel, external, person, name, created_at) "
        database.execute(chat + "SELECT 'telegram', '77', id, '', created_at FROM person WHERE handle = 'huyen1'")
    database.close()
    code = demo.run("invite", "X1", "official", "--as", "huyen1").stdout.strip()
    joined(demo, code)
    waiting = rows(
        demo, "SELECT payload FROM outbox WHERE channel = 'telegram' AND sent_at IS NULL AND kind = 'notice'"
    )
    assert any("đã nhận lời mời" in payload for (payload,) in waiting)
