"""What the made-up officials of the demo write: invented, plausible, and always the same.

``Official`` answers whatever a reply asks for, the way a quick official would: one message for a row, a few for a
narrative. It knows only what the reply says, so it works with any form.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.values.effects import Asks

_OPENINGS = (
    "Ban Thường vụ Đảng ủy đã chỉ đạo quán triệt đến toàn thể cán bộ, đảng viên và đoàn viên, hội viên",
    "Cấp ủy giao Mặt trận Tổ quốc chủ trì, phối hợp với các đoàn thể xây dựng chương trình hành động cụ thể",
    "Hằng năm địa phương đều đưa nội dung này vào chương trình công tác và kiểm điểm vào dịp tổng kết",
    "Mặt trận Tổ quốc và các đoàn thể đã bám sát cơ sở, lắng nghe ý kiến của nhân dân ở từng khu dân cư",
    "Các chi bộ thôn, tổ dân phố đã phân công đảng viên phụ trách hộ gia đình và theo dõi việc thực hiện",
    "Chính quyền phối hợp với Mặt trận tổ chức đối thoại, tiếp thu và trả lời kiến nghị của người dân",
    "Phong trào xây dựng nông thôn mới được gắn với các cuộc vận động do Mặt trận và đoàn thể phát động",
    "Đội ngũ cán bộ được kiện toàn, bồi dưỡng nghiệp vụ, từng bước đáp ứng yêu cầu nhiệm vụ",
)
_MIDDLES = (
    "qua đó tạo sự thống nhất trong nhận thức và hành động",
    "nhiều việc làm cụ thể được nhân dân đồng tình, ủng hộ",
    "kết quả được công khai tại nhà văn hóa các thôn",
    "có phân công người chịu trách nhiệm và thời hạn hoàn thành",
    "đồng thời kịp thời biểu dương những tập thể, cá nhân làm tốt",
    "những nơi làm chậm đều được nhắc nhở và giúp đỡ",
)
_ENDINGS = (
    "Trong kỳ đã tổ chức {n} hội nghị với {m} lượt người dự.",
    "Đến nay có {n} mô hình được duy trì thường xuyên, thu hút {m} hộ tham gia.",
    "Đã tiếp nhận {n} ý kiến, giải quyết xong {k} ý kiến.",
    "Nhân dân đóng góp {m} ngày công và hiến {n} trăm mét vuông đất làm đường.",
    "Quỹ vì người nghèo vận động được {m} triệu đồng, sửa {n} căn nhà.",
)
_ITEMS = (
    "Việc sơ kết, tổng kết ở một số chi bộ chưa thành nền nếp",
    "Kinh phí hoạt động của các đoàn thể còn hạn chế",
    "Cán bộ không chuyên trách thường xuyên thay đổi",
    "Nội dung sinh hoạt chi hội có nơi còn đơn điệu",
    "Tăng cường đối thoại giữa người đứng đầu với nhân dân",
    "Duy trì, nhân rộng các mô hình dân vận khéo",
    "Bồi dưỡng kỹ năng cho cán bộ Mặt trận và đoàn thể ở cơ sở",
    "Đề nghị bổ sung kinh phí cho Ban Công tác Mặt trận",
)
_SUBJECTS = (
    "đổi mới nội dung, phương thức hoạt động của Mặt trận và các đoàn thể",
    "nâng cao chất lượng các phong trào thi đua",
    "phát huy vai trò giám sát và phản biện xã hội",
    "kiện toàn tổ chức, bộ máy ở cơ sở",
)
_TYPES = {
    "nghi_quyet": ("Nghị quyết", "NQ"),
    "chi_thi": ("Chỉ thị", "CT"),
    "ke_hoach": ("Kế hoạch", "KH"),
    "huong_dan": ("Hướng dẫn", "HD"),
    "cong_van": ("Công văn", "CV"),
}


@dataclass(frozen=True, slots=True)
class Nature:
    """How an official writes: ``seed`` makes it repeatable, ``long`` is the field of a text of several pages."""

    seed: int
    place: str
    long: str = ""


class Official:
    """Turns what is asked into the messages an official would send."""

    def __init__(self, nature: Nature) -> None:
        self._nature = nature

    def messages(self, asks: Asks) -> tuple[str, ...]:
        """Return the messages that answer ``asks``, "Tiếp" included where the answer must be closed."""
        dice = random.Random(f"{self._nature.seed} {asks.field} {asks.row} {asks.columns}")  # noqa: S311
        if asks.kind == "narrative":
            return (*self._narrative(asks, dice), "Tiếp")
        if asks.kind == "list":
            return ("\n".join(dice.sample(_ITEMS, dice.randint(2, 4))), "Tiếp")
        if asks.kind == "documents":
            return self._documents(asks.columns[0] if asks.columns else "", dice)
        return ("; ".join(self._cells(asks, dice)),)

    def _narrative(self, asks: Asks, dice: random.Random) -> Iterator[str]:
        paragraphs = 24 if asks.field == self._nature.long else dice.randint(1, 3)
        for _ in range(paragraphs):
            yield " ".join(_sentence(dice) for _ in range(3))

    def _documents(self, column: str, dice: random.Random) -> tuple[str, ...]:
        name, symbol = _TYPES.get(column, ("Kế hoạch", "KH"))
        number = dice.randint(0, 2)
        if not number:
            return ("không có",)
        lines = [
            f"{name} số {dice.randint(2, 98):02d}-{symbol}/HU ngày {dice.randint(10, 28)}/{dice.randint(4, 9)}"
            f"/{dice.randint(2010, 2018)} của Ban Thường vụ Huyện ủy về {dice.choice(_SUBJECTS)}"
            for _ in range(number)
        ]
        return ("\n".join(lines), "Tiếp")

    def _cells(self, asks: Asks, dice: random.Random) -> list[str]:
        total = dice.randint(6, 28)
        return [self._cell(column, asks.columns, total, dice) for column in asks.columns]

    def _cell(self, column: str, beside: tuple[str, ...], total: int, dice: random.Random) -> str:
        fixed = _BLANKS.get(column)
        if fixed is not None:
            return fixed.format(place=self._nature.place, n=dice.randint(100, 900))
        if column.endswith("tong_so") or any(other.startswith(f"{column}_") for other in beside):
            return str(total)
        if column in ("nsnn", "kinh_phi"):
            return f"{dice.randint(20, 260)},{dice.randint(1, 9)}"
        if column == "thu_khac":
            return str(dice.randint(1, 40))
        return "năm 2018" if column == "ghi_chu" else str(dice.randint(0, total // 3))


_BLANKS = {
    "ke_hoach_so": "45",
    "ke_hoach_ngay": "20",
    "ke_hoach_thang": "3",
    "ten_xa": "{place}",
    "huong": "đông bắc",
    "dien_tich_ha": "1.{n},5",
    "dan_so": "6.{n}",
    "so_dang_vien": "{n}",
    "so_chi_bo": "12",
    "chi_bo_nong_thon": "8",
    "chi_bo_truong_hoc": "3",
    "chi_bo_khac": "1",
    "muc_do": "đang thực hiện",
    "y_kien_phan_anh": "1{n}",
    "kinh_phi_bao_dam": "1.{n},5",
    "dien_tich": "41.{n},5",
    "don_vi_hanh_chinh": "12 xã, 1 thị trấn",
    "thanh_phan_dan_toc": "Kinh, Thái, Mường và các dân tộc khác",
    "tin_do": "1.{n}",
    "to_chuc_dang": "4{n}",
    "nghi_quyet_che_do": "số 12/2014/NQ-HĐND ngày 10/7/2014 của Hội đồng nhân dân tỉnh",
}


def _sentence(dice: random.Random) -> str:
    ending = dice.choice(_ENDINGS).format(n=dice.randint(2, 40), m=dice.randint(50, 900), k=dice.randint(1, 9))
    return f"{dice.choice(_OPENINGS)}, {dice.choice(_MIDDLES)}. {ending}"
