"""Walks: conversations of several people over a real database, played line by line (see ``walks/``).

What somebody does stands at the margin behind their unit's code, what the bot says is indented::

    # a comment
    ! grant H1 H1 coordinator      the person of H1 becomes coordinator of H1
    ! end H1 H1 coordinator        and is no longer
    ! sent X1 X2                   these units have answered a little and sent
    ! confirm                      the campaign wants the units' leaders to confirm
    ! due X1 2019-04-05            the last day of a unit
    ! close                        the campaign is ended
    ! tick                         the clock looks: reminders that are due are written
    ! expire                       the clock ends the reopenings whose time is over
    ! at 2019-04-01 09:03          what the clock says, in Việt Nam
    X1> 12 5 0 1                   a message of the person of X1
    H1> [Trả lại]                  a button of the last reply to H1; "[Sửa] notice": of the newest notice to them
    X1> 0.0.0:accept:#3            a button that somebody made up
    X1> !notices                   what has come to X1 unasked since this was last looked at
    ! newcomer N Lan               somebody whom nobody knows yet, with a phone of their own
    N> /start {code}               the newest invitation code; codes are not shown, each walk draws others
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import update
from transitions import Machine

from dialogs.values.deadlines import last_moment
from dialogs.values.effects import Reply
from storage.campaigns import campaigns
from storage.people import people
from storage.reminders import plan
from storage.reports import reopening
from storage.schema.tables import campaign
from tests.office.phone import Office, Phone
from tests.office.province import TEXT, TOTAL, ZONE, Province

_CODE = re.compile(r"\b[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}\b")

WALKS = Path(__file__).with_name("walks")


def walks() -> list[Path]:
    return sorted(WALKS.glob("*.txt"))


@dataclass
class Walk:
    """One conversation; ``run`` returns it as it goes now, to be compared with the file."""

    province: Province
    machine: Machine
    phones: dict[str, Phone] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)
    code: str = ""
    office: Office = field(init=False)

    def __post_init__(self) -> None:
        self.office = Office(self.province, machine=self.machine)

    def run(self, text: str) -> str:
        told: list[str] = []
        for line in text.splitlines():
            if line.startswith("    ") or not line.strip():
                continue
            told.append(line)
            if line.startswith("!"):
                self._set(line.removeprefix("!").split())
            elif not line.startswith("#"):
                code, _, said = line.partition("> ")
                told += [f"    {each}".rstrip() for each in self._do(code, said)] + [""]
        return "\n".join(told).rstrip() + "\n"

    def _set(self, words: list[str]) -> None:
        what, *rest = words
        match what:
            case "newcomer":
                self.phones[rest[0]] = self.office.newcomer(*rest)
            case "grant":
                self.office.grant(*rest)
            case "end":
                self._end(*rest)
            case "sent":
                with self.province.database.write() as connection:
                    for code in rest:
                        self.province.save(connection, code, TOTAL, 12)
                        self.province.save(connection, code, TEXT, f"Nội dung của {code}.")
                        self.province.send(connection, code, at=self.office.at)
            case "at":
                self.office.at = datetime.fromisoformat(" ".join(rest)).replace(tzinfo=ZONE)
            case "confirm":
                self._confirm()
            case "due":
                self._due(*rest)
            case "close":
                with self.province.database.write() as connection:
                    campaigns.close(connection, self.province.campaign, self.office.at)
            case "tick":
                with self.province.database.write() as connection:
                    plan.plan(connection, self.province.cache, self.office.at, ZONE)
            case "expire":
                with self.province.database.write() as connection:
                    reopening.expire(connection, self.province.cache, self.office.at)
            case _:
                raise AssertionError(f"no setting {what!r}")

    def _confirm(self) -> None:
        wanted = update(campaign).where(campaign.c.id == self.province.campaign)
        with self.province.database.write() as connection:
            connection.execute(wanted.values(settings='{"confirm": true}'))

    def _due(self, code: str, day: str) -> None:
        with self.province.database.write() as connection:
            campaigns.set_due(connection, self.province.reports[code], last_moment(date.fromisoformat(day), ZONE))

    def _end(self, code: str, unit: str, role: str) -> None:
        province, at = self.province, self.office.at
        with province.database.write() as connection:
            members = people.members(connection, province.units[unit], at)
            held = (each for each in members if (each.person, each.role) == (province.people[code].id, role))
            people.end_role(connection, next(held).role_id, at)

    def _do(self, code: str, said: str) -> list[str]:
        phone = self.phones.setdefault(code, self.office.phone(code))
        if said == "!notices":
            return self._notices(phone)
        said = said.replace("{code}", self.code)
        if said.startswith("["):
            label, _, of = said.removeprefix("[").partition("]")
            phone.press(label, _newest(phone) if of.strip() == "notice" else None)
        elif said.startswith("0.0.0:"):
            phone.press_data(said)
        else:
            phone.say(said)
        return self._masked([line for reply in phone.replies for line in shown(reply)])

    def _masked(self, lines: list[str]) -> list[str]:
        """The lines with every code struck out; the newest is kept to be used."""
        codes = [code for line in lines for code in _CODE.findall(line)]
        self.code = codes[-1] if codes else self.code
        return [_CODE.sub("MÃ", line) for line in lines]

    def _notices(self, phone: Phone) -> list[str]:
        every = phone.notices()
        new = every[self.read.get(phone.code, 0) :]
        self.read[phone.code] = len(every)
        return [line for notice in new for line in shown(notice)] or ["(không có gì mới)"]


def _newest(phone: Phone) -> Reply:
    """The newest notice that has buttons."""
    return [notice for notice in phone.notices() if notice.choices][-1]


def shown(reply: Reply) -> list[str]:
    """A message as it stands in a walk: its text, then its buttons."""
    buttons = " ".join(f"[{choice.label}]" for choice in reply.choices)
    return [*reply.text.splitlines(), *([buttons] if buttons else [])]
