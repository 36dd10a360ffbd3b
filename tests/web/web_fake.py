"""A small made-up conversation with the shape of the real one: enough to drive the page through every kind of turn."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.incoming import Account, Incoming
from dialogs.events import ChoicePressed, MessageEdited, Started, TextReceived

HOME = (
    "Đảng ủy xã An Bình\n1 · Tổng kết 10 năm Kết luận 62 — hạn 05/04 (còn 6 ngày)\n"
    "    ▓▓▓░░░░░░░░░ 7/32 · còn thiếu: mục II.3 đến IV, Phụ lục 3, 4, 6"
)
NARRATIVE = (
    "Phần I › Mục II · 8/32 ▓▓▓░░░░░░░░░\n"
    "II.3 Đa dạng hoá hình thức tập hợp nhân dân và tập trung hướng mạnh các hoạt động về cơ sở; …\n"
    "Đơn vị đã tập hợp nhân dân, hướng hoạt động về cơ sở bằng những cách nào? Nêu mô hình, số liệu, nơi làm tốt.\n"
    "Gửi một hay nhiều tin đều được; xong thì bấm Tiếp."
)
ROW = (
    "Phụ lục 3 · hàng 3/6 · Cấp xã · 17/32 ▓▓▓▓▓▓░░░░░░\n"
    "Hội Nông dân — số lượng cán bộ (người)\n"
    "Gửi 4 số theo thứ tự: Tổng · Nữ · Dân tộc thiểu số · Tôn giáo\nVí dụ: 12 5 0 1"
)
TABLE = (
    "✓ Hội Nông dân cấp xã: Tổng 12 · Nữ 5 · DTTS 0 · Tôn giáo 1\n\nPhụ lục 3, cấp xã\n"
    "Tổ chức            Tổng   Nữ  DTTS  TG\nMTTQ                  7    3     0   0\n"
    "Hội Nông dân         12    5     0   1\nHội LHPN             11   11     2   0\n\nĐồng chí xem lại rồi bấm Gửi."
)
RECEIPT = "✓ Đã gửi lúc 16:20 ngày 03/04, số biên nhận KL62-0017. Trước hạn 2 ngày."

Choices = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class FakeLine:
    id: int
    channel: str
    said: str
    said_id: str
    at: datetime
    text: str
    choices: tuple[dict[str, Any], ...] = ()
    files: tuple[dict[str, Any], ...] = ()


@dataclass
class FakeOffice:
    """Both sides of the seam: takes turns and reads lines; ``down`` makes every turn fail."""

    lines: dict[str, list[FakeLine]] = field(default_factory=dict)
    files: dict[int, tuple[str, str, str, bytes]] = field(default_factory=dict)
    seen: set[tuple[str, str]] = field(default_factory=set)
    texts: list[tuple[str, str]] = field(default_factory=list)
    down: bool = False
    newest: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    async def take(self, incomings: Sequence[Incoming]) -> list[None]:
        await asyncio.sleep(0)
        if self.down:
            raise RuntimeError("the answer 12 5 0 1 could not be stored")
        with self.lock:
            for incoming in incomings:
                self._take(incoming)
        return []

    def after(self, account: Account, line: int, limit: int) -> list[FakeLine]:
        with self.lock:
            return [one for one in self.lines.get(account.external, []) if one.id > line][:limit]

    def before(self, account: Account, line: int, limit: int) -> list[FakeLine]:
        with self.lock:
            return [one for one in self.lines.get(account.external, []) if not line or one.id < line][-limit:]

    def file(self, account: Account, file: int) -> tuple[str, str, bytes] | None:
        owner, *found = self.files.get(file, ("", "", "", b""))
        return (found[0], found[1], found[2]) if owner == account.external else None  # type: ignore[return-value]

    def check(self) -> None:
        if self.down:
            raise RuntimeError("no database")

    def _take(self, incoming: Incoming) -> None:
        key = (incoming.account.channel, incoming.id)
        if key in self.seen:
            return
        self.seen.add(key)
        event = incoming.event
        said = ""
        if isinstance(event, TextReceived | MessageEdited):
            said = event.text
            self.texts.append((incoming.id, said))
        elif isinstance(event, ChoicePressed):
            said = self._label(incoming.account.external, event.choice)
        self._answer(incoming, said)

    def _label(self, handle: str, choice: str) -> str:
        for line in reversed(self.lines.get(handle, [])):
            for one in line.choices:
                if one["id"] == choice:
                    return str(one["label"])
        return "?"

    def _answer(self, incoming: Incoming, said: str) -> None:
        event, handle = incoming.event, incoming.account.external
        number = len(self.lines.get(handle, []))
        text, choices, files = f"✓ Đã nhận: {said[:40]}\n\n{NARRATIVE}", _narrative(number), ()
        if isinstance(event, Started):
            text, choices = HOME, _choices(number, "Làm tiếp: mục II.3", "Xem báo cáo đã gửi", "Danh mục", "Trợ giúp")
        elif isinstance(event, ChoicePressed) and not event.choice.startswith(f"{number - 1}."):
            text = "Câu này (II.2) đồng chí đã trả lời lúc 09:12. Đồng chí đang ở II.5."
        elif said.startswith("Tiếp"):
            text, choices = ROW, _letters(number, "Không có (0)", "Chưa có số liệu", "Không có tổ chức này")
        elif said == "12 5 0 1":
            text, choices = TABLE, _choices(number, "Gửi", "Điền nốt mục III.2", "Để sau")
        elif said == "Gửi":
            text, choices = RECEIPT, ()
            files = (self._file(handle, "KL62_AnBinh.docx"), self._file(handle, "KL62_AnBinh.xlsx"))
        self._store(incoming, said, text, choices, files)

    def _store(self, incoming: Incoming, said: str, text: str, choices: Choices, files: tuple[Any, ...]) -> None:
        self.newest += 1
        line = FakeLine(
            id=self.newest,
            channel=incoming.account.channel,
            said=said,
            said_id=incoming.id,
            at=datetime.now(UTC),
            text=text,
            choices=tuple({"id": one[0], "label": one[1], "key": one[2]} for one in choices),
            files=files,
        )
        self.lines.setdefault(incoming.account.external, []).append(line)

    def _file(self, handle: str, name: str) -> dict[str, Any]:
        number = len(self.files) + 1
        self.files[number] = (handle, name, "application/octet-stream", b"PK\x03\x04" + name.encode())
        return {"id": number, "name": name, "size": 41_233 + number}


def _choices(line: int, *labels: str) -> Choices:
    return tuple((f"{line}.{at}", label, str(at)) for at, label in enumerate(labels, 1))


def _letters(line: int, *labels: str) -> Choices:
    return tuple((f"{line}.{letter}", label, letter) for letter, label in zip("abcdef", labels, strict=False))


def _narrative(line: int) -> Choices:
    return _choices(line, "Tiếp", "Bỏ qua", "Không có nội dung", "Trước", "Danh mục")
