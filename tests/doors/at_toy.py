"""A toy door, and somebody at it: everything that a door needs, in one file; nothing else knows of it.

Its server is a wire in memory. It has no buttons and short messages, so choices are typed and long texts come in
pieces; a file that is sent stays on the wire until it is fetched.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

from bot.channels.channel import Attachment, Capabilities, Outgoing, Request, SendError, SendFailure
from bot.channels.door import Door, Installation, Intake, OpenDoor, Setting
from bot.channels.host import Host
from bot.channels.incoming import Account, Incoming
from bot.channels.splitting import split
from dialogs.values.doors import DoorFacts
from dialogs.values.events import Event, FileReceived, TextReceived
from tests.doors.at_door import NAME, SECONDS, Heard, Office

TOY = "toy"
PERSON = "búp bê"

# --- its server ---------------------------------------------------------------------------------------------------


@dataclass
class Wire:
    """What people said and was not taken yet, what they were told, and the files they sent."""

    said: asyncio.Queue[tuple[str, Event]] = field(default_factory=asyncio.Queue)
    told: asyncio.Queue[Request] = field(default_factory=asyncio.Queue)
    files: dict[str, bytes] = field(default_factory=dict)


WIRES: dict[str, Wire] = {}

# --- the door -----------------------------------------------------------------------------------------------------


class ToyChannel:
    name = TOY
    capabilities = Capabilities(max_text=300, max_caption=0, buttons=0, max_choice=0, max_file=1_000_000)

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def render(self, outgoing: Outgoing, content: bytes | None) -> tuple[Request, ...]:
        payload = outgoing.payload
        choices = [f"[{key}] {label}" for _, label, key in payload.get("choices", ()) if key]
        pieces = split("\n".join([payload["text"], *choices]), self.capabilities.max_text)
        told = [Request("piece", {"text": piece}) for piece in pieces if piece]
        if content is not None:
            told.append(Request("file", file=Attachment("file", payload["file"]["name"], content)))
        return (*told, Request("end"))

    async def call(self, request: Request) -> None:
        self._wire.told.put_nowait(request)

    async def fetch(self, key: str, limit: int) -> bytes:
        if key not in self._wire.files:
            raise SendError(SendFailure.NO_FILE)
        return self._wire.files[key][: limit + 1]


class ToyIntake:
    def __init__(self, wire: Wire, host: Host) -> None:
        self._wire = wire
        self._host = host

    async def open(self) -> None:
        await self._host.reached_at("the nursery")

    async def run(self) -> None:
        while True:
            key, event = await self._wire.said.get()
            await self._host.turns.take([Incoming(key, Account(TOY, PERSON, NAME), event)])

    async def close(self) -> None:
        pass


def _open(here: Installation) -> OpenDoor | None:
    if not here.values["TOY_WIRE"]:
        return None
    wire = WIRES[here.values["TOY_WIRE"]]
    channel = ToyChannel(wire)

    def intake(host: Host) -> Intake:
        return ToyIntake(wire, host)

    return OpenDoor(intake, channel, channel)


DOOR = Door(DoorFacts(TOY, "búp bê", "búp bê"), (Setting("TOY_WIRE"),), _open)

# --- somebody at it -----------------------------------------------------------------------------------------------


class AtToy:
    door = DOOR

    @asynccontextmanager
    async def entered(self, office: Office) -> AsyncIterator[Mapping[str, str]]:
        self._wire = WIRES[office.url] = Wire()
        self._numbers = count(1)
        self._labels: tuple[str, ...] = ()
        yield {"BAOCAO_TOY_WIRE": office.url}
        del WIRES[office.url]

    async def come(self, code: str) -> None:
        await self.say(f"/start {code}")

    async def say(self, text: str) -> None:
        number = str(next(self._numbers))
        self._wire.said.put_nowait((number, TextReceived(text, number)))

    async def press(self, label: str) -> None:
        shown = next(each for each in self._labels if label in each)
        await self.say(shown.partition("]")[0].removeprefix("["))

    async def send(self, name: str, content: bytes) -> None:
        number = str(next(self._numbers))
        self._wire.files[number] = content
        event = FileReceived(name, len(content), number, f"{TOY}:{number}")
        self._wire.said.put_nowait((number, event))

    async def hear(self) -> Heard:
        text, file = "", None
        async with asyncio.timeout(SECONDS):
            while (told := await self._wire.told.get()).method != "end":
                text += told.fields.get("text", "")
                file = (told.file.name, told.file.content) if told.file else None
        self._labels = tuple(line for line in text.splitlines() if line.startswith("[")) or self._labels
        return Heard(text, self._labels, file)
