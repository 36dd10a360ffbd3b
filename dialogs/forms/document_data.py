"""The optional group "Thông tin văn bản": what the letterhead and the signature of a unit's own report need.

It is asked like any other question but stands outside the count; blanks print as blanks.
"""

from __future__ import annotations

from functools import lru_cache

from dialogs.forms.answers import DOCUMENT_DATA
from dialogs.forms.form import Column
from dialogs.forms.questions import Prompt, Question
from dialogs.kinds import Kind


def _text(key: str, label: str, example: str, short: str = "") -> Column:
    return Column(key, label, Kind.TEXT, short=short or label, required=False, example=example)


NUMBER = _text("so", "Số văn bản", "15", "Số")
ISSUED = Column("ngay", "Ngày ban hành", Kind.DATE, short="Ngày ban hành", required=False, example="05/04/2019")
PLACE = _text("dia_danh", "Địa danh", "An Bình")
PARENT_BODY = _text("co_quan_cap_tren", "Cơ quan cấp trên trực tiếp", "ĐẢNG BỘ HUYỆN THANH SƠN", "Cơ quan cấp trên")
ISSUING_BODY = _text("co_quan", "Cơ quan ban hành", "ĐẢNG ỦY XÃ AN BÌNH")
SYMBOL = _text("ky_hieu", "Ký hiệu", "BC/ĐU")
AUTHORITY = _text("quyen_han", "Thay mặt, ký thay", "T/M BAN THƯỜNG VỤ")
TITLE = _text("chuc_vu", "Chức vụ người ký", "PHÓ BÍ THƯ", "Chức vụ")
NAME = _text("ho_ten", "Họ tên người ký", "Nguyễn Văn An", "Họ tên")
RECIPIENTS = Column("noi_nhan", "Nơi nhận", Kind.LIST, short="Nơi nhận", required=False)

COLUMNS = (NUMBER, ISSUED, PLACE, SYMBOL, PARENT_BODY, ISSUING_BODY, AUTHORITY, TITLE, NAME, RECIPIENTS)

PARTS = (
    Prompt(Kind.ROW, (NUMBER, ISSUED, PLACE, SYMBOL)),
    Prompt(Kind.TEXT, (PARENT_BODY, ISSUING_BODY)),
    Prompt(Kind.TEXT, (AUTHORITY, TITLE, NAME)),
    Prompt(Kind.LIST, (RECIPIENTS,)),
)


@lru_cache(256)
def question(number: int) -> Question:
    """Return the group as a question with ``number`` (one past the last of the report)."""
    return Question(number, DOCUMENT_DATA, "", PARTS, ("Thông tin văn bản",), required=False)
