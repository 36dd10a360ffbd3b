"""The dialog in the terminal: for people, and as JSON lines for programs."""

from __future__ import annotations

import json
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from bot.channels.incoming import Account, Incoming
from bot.channels.terminal import CHANNEL
from bot.documents.workshop import Workshop
from bot.inspecting import uploads
from bot.runtime import texts
from bot.turns.turn import Taken, Turn
from dialogs.forms.answers import State, json_value
from dialogs.values.attached import MAX_FILE_BYTES
from dialogs.values.effects import Choice, Reply, SaveAnswer
from dialogs.values.events import ChoicePressed, Event, MessageEdited, TextReceived
from storage.messages import files, outbox
from storage.people import people
from storage.schema.database import Database

MAX_LINE = 1_000_000


class NoSuchPerson(Exception):
    """Nobody has this handle; the message is one line."""


@dataclass(slots=True)
class Terminal:
    """One person at one terminal. Lines are counted from 1, so that a later one can edit an earlier one."""

    database: Database
    turn: Turn
    workshop: Workshop
    handle: str
    folder: Path
    run: str
    lines: int = 0

    def say(self, event: Event) -> tuple[Taken, list[Path]]:
        """Take one event; wait for the documents it asked for. Returns them where they were written."""
        return self._take(Incoming(f"{self.run}.{self.lines}", Account(CHANNEL, self.handle), event))

    def send(self, path: Path) -> tuple[Taken, list[Path]]:
        """Take a file of this machine; wait for the documents it asked for. Returns them where they were written."""
        account, key = Account(CHANNEL, self.handle), f"{self.run}.{self.lines}"
        message = self.message_id(self.lines)
        try:
            size = path.stat().st_size
            if size > MAX_FILE_BYTES:
                return self._take(uploads.too_large(account, key, message, path.name, size))
            content = path.read_bytes()
        except (OSError, ValueError):
            return self._take(uploads.missing(account, key, message, path.name))
        return self._take(uploads.uploaded(account, key, message, path.name, content, self.turn.local_now()))

    def _take(self, incoming: Incoming) -> tuple[Taken, list[Path]]:
        with self.database.write() as connection:
            taken = self.turn.handle_or_apologise(connection, incoming)
            # Files are still to be written to the folder, what goes to others is sent by their doors.
            told = [row.id for row in taken.outgoing if row.channel == CHANNEL and row.kind != outbox.FILE]
            outbox.sent(connection, told, self.turn.now())
        while self.workshop.work():
            pass
        return taken, list(self._files())

    def _files(self) -> Iterator[Path]:
        with self.database.write() as connection:
            mine = outbox.unsent_files(connection, CHANNEL, self.handle)
            for row in mine:
                found = files.read(connection, row.payload["file"]["id"]) if row.payload.get("file") else None
                if found is not None:
                    path = self.folder / found.name
                    path.write_bytes(found.content)
                    yield path
            outbox.sent(connection, [row.id for row in mine], self.turn.now())

    def message_id(self, line: int) -> str:
        return f"{self.run}.{line}"


def open_terminal(database: Database, turn: Turn, workshop: Workshop, handle: str) -> Terminal:
    """Return the terminal of the person with ``handle``. Raises ``NoSuchPerson``."""
    with database.write() as connection:
        person = people.by_handle(connection, handle)
        if person is None:
            known = ", ".join(each.handle for each in people.with_handles(connection))
            raise NoSuchPerson(texts.no_such_handle(handle, known))
        if people.speaker(connection, CHANNEL, handle) is None:
            people.add_account(connection, person.person, CHANNEL, handle, turn.now(), person.name)
    folder = Path(tempfile.mkdtemp(prefix="baocao-"))
    return Terminal(database, turn, workshop, handle, folder, f"t{uuid.uuid4().hex[:12]}")


# --- JSON lines ---------------------------------------------------------------------------------------------------


def json_lines(terminal: Terminal, lines: IO[str], out: IO[str]) -> None:
    """One JSON object a line in, exactly one a line out, flushed."""
    for line in lines:
        if not line.strip():
            continue
        terminal.lines += 1
        event = _event(terminal, line)
        if isinstance(event, Path):
            answer = _answer(*terminal.send(event))
        else:
            answer = _wrong() if event is None else _answer(*terminal.say(event))
        out.write(json.dumps(answer, ensure_ascii=False) + "\n")
        out.flush()


def _event(terminal: Terminal, line: str) -> Event | Path | None:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(given, dict):
        return None
    message = terminal.message_id(terminal.lines)
    text, edited = given.get("text"), given.get("edit")
    if isinstance(edited, int) and isinstance(text, str):
        return MessageEdited(text, terminal.message_id(edited))
    if isinstance(text, str):
        return TextReceived(text, message)
    if isinstance(given.get("choose"), str):
        return ChoicePressed(given["choose"], message)
    if isinstance(given.get("file"), str):
        return Path(given["file"])
    return None


def _wrong() -> dict[str, Any]:
    message: dict[str, Any] = {"text": texts.JSON_WRONG, "choices": [], "file": None}
    return {"messages": [message], "asks": None, "saved": [], "refused": texts.JSON_WRONG, "progress": None}


def _answer(taken: Taken, made: list[Path]) -> dict[str, Any]:
    replies = _replies(taken)
    messages: list[dict[str, Any]] = [
        {"text": reply.text, "choices": [_choice(choice) for choice in reply.choices], "file": None}
        for reply in replies
    ]
    messages += [{"text": path.name, "choices": [], "file": str(path)} for path in made]
    last = replies[-1] if replies else Reply("")
    asks, progress = last.asks, last.progress
    return {
        "messages": messages,
        "asks": None
        if asks is None
        else {
            "campaign": asks.campaign,
            "form": asks.form,
            "field": asks.field,
            "row": asks.row or None,
            "columns": list(asks.columns),
            "kind": asks.kind,
        },
        "saved": _saved(taken),
        "refused": last.refused or None,
        "progress": {"answered": progress[0], "total": progress[1]} if progress else None,
    }


def _choice(choice: Choice) -> dict[str, str]:
    return {"id": choice.id, "label": choice.label}


def _saved(taken: Taken) -> list[dict[str, Any]]:
    """One entry for each cell that changed; a cell written twice in one turn is told as it ended."""
    saved: dict[Any, dict[str, Any]] = {}
    for effect in taken.effects:
        if isinstance(effect, SaveAnswer):
            address = effect.address
            zero = effect.state is State.ZERO and bool(address.column)
            saved[address] = {
                "field": address.field,
                "row": address.row,
                "column": address.column,
                "state": effect.state.value,
                "value": 0 if zero else json_value(effect.value),
            }
    return list(saved.values())


# --- for people ---------------------------------------------------------------------------------------------------


def talk(terminal: Terminal, ask: Callable[[str], str], show: Callable[[str], None], record: IO[str] | None) -> None:
    """Talk until the input ends; ``record`` gets the conversation as a transcript that a test can replay."""
    show(texts.CHAT_HELP)
    text = "/start"
    while True:
        terminal.lines += 1
        taken, made = terminal.say(TextReceived(text, terminal.message_id(terminal.lines)))
        lines = list(shown(taken)) + [f"[{path}]" for path in made]
        show("\n".join(lines))
        if record is not None:
            record.write("\n".join([f"> {text}", *(f"  {line}".rstrip() for line in "\n".join(lines).split("\n")), ""]))
            record.write("\n")
        try:
            text = ask("> ")
        except (EOFError, KeyboardInterrupt):
            return


def shown(taken: Taken) -> Iterator[str]:
    """Yield the lines of a reply as a terminal shows them: the text, then the choices with what may be typed."""
    for reply in _replies(taken):
        yield reply.text
        if reply.choices:
            yield "  ".join(f"[{f'{choice.short_key} {choice.label}'.strip()}]" for choice in reply.choices)


def _replies(taken: Taken) -> list[Reply]:
    """The messages to whoever spoke: letters with codes, each by itself, and the reply."""
    mine = (row for row in taken.outgoing if row.channel == CHANNEL and row.kind == outbox.REPLY)
    return [outbox.to_reply(dict(row.payload)) for row in mine]


def standard_input() -> IO[str]:
    """Standard input as UTF-8 whatever the terminal's locale; a byte that is none is replaced, not fatal."""
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    return sys.stdin
