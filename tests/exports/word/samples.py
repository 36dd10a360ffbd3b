"""Full reports of invented units, for the tests of Word: every question answered, every state somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from itertools import cycle, islice

from dialogs.forms.answers import Address, Answer, State, Value
from dialogs.forms.form import Column, Field, Form
from dialogs.forms.form_file import read_form, shipped_text
from dialogs.forms.questions import Respondent, questions
from dialogs.kinds import Kind
from dialogs.values.report_data import Rolled, UnitReportData

CREATED = datetime(2019, 4, 5, 8, 30, tzinfo=UTC)
PROFILES = ("front", "nd30", "party_hd05", "party_hd36")
FORMS = ("kl62-2019-xa", "kl62-2019")
OTHER_FORMS = ("kl102-2019", "nq25-2023", "tb160-2020")

_SENTENCES = (
    "Ban Thường vụ đã ban hành kế hoạch triển khai, phân công từng đồng chí cấp ủy viên phụ trách địa bàn, định kỳ "
    "hằng quý nghe báo cáo và cho ý kiến chỉ đạo cụ thể.",
    "Toàn đảng bộ tổ chức 12 hội nghị học tập với 1.486 lượt cán bộ, đảng viên tham dự, đạt tỷ lệ 96,4%.",
    "Mặt trận và các đoàn thể vận động nhân dân hiến 8.250 m2 đất, góp 3.120 ngày công làm đường trục thôn, kênh "
    "mương nội đồng và nhà văn hóa.",
    "Quỹ vì người nghèo huy động được 412,5 triệu đồng, hỗ trợ xây mới 9 căn nhà, sửa chữa 14 căn nhà.",
    "Mô hình “Tuyến đường phụ nữ tự quản” được nhân ra 7/7 thôn, giữ gìn vệ sinh môi trường trên 11 km đường làng.",
    "Việc đối thoại giữa người đứng đầu cấp ủy, chính quyền với nhân dân được tổ chức đều đặn, mỗi năm 2 kỳ; 47/52 "
    "kiến nghị đã được giải quyết, trả lời bằng văn bản.",
    "Đội ngũ cán bộ Mặt trận, đoàn thể từng bước trẻ hóa; 85% có trình độ từ trung cấp trở lên, 100% được bồi dưỡng "
    "nghiệp vụ.",
    "Công tác giám sát, phản biện xã hội có chuyển biến: đã chủ trì 6 cuộc giám sát chuyên đề, phản biện 3 dự thảo "
    "nghị quyết của Hội đồng nhân dân.",
    "Tỷ lệ tập hợp đoàn viên, hội viên tăng từ 61% năm 2009 lên 78,2% năm 2018; chất lượng sinh hoạt chi hội, chi đoàn "
    "khá hơn trước.",
    "Tuy vậy, kinh phí hoạt động ở thôn còn thấp, một số chi hội sinh hoạt chưa đều, việc nắm bắt tâm tư của người đi "
    "làm ăn xa còn lúng túng.",
)
_ITEMS = (
    "Đề nghị quan tâm bố trí kinh phí cho ban công tác Mặt trận và các chi hội ở thôn, khu dân cư;",
    "Tiếp tục đổi mới hình thức tuyên truyền, đưa nội dung về sát từng khu dân cư, từng nhóm đối tượng;",
    "Chú trọng bồi dưỡng cán bộ trẻ, cán bộ nữ, cán bộ là người dân tộc thiểu số và người có đạo;",
    "Mở rộng các mô hình tự quản gắn với xây dựng nông thôn mới kiểu mẫu.",
)
_DOCUMENTS = {
    "nghi_quyet": "Nghị quyết số 05-NQ/ĐU, ngày 12/3/2012 về tăng cường công tác vận động quần chúng",
    "chi_thi": "Chỉ thị số 08-CT/ĐU, ngày 20/5/2013 về lãnh đạo đại hội các đoàn thể",
    "ke_hoach": "Kế hoạch số 12-KH/ĐU, ngày 05/4/2010 về thực hiện Kết luận số 62-KL/TW",
    "huong_dan": "Hướng dẫn số 03-HD/ĐU, ngày 15/6/2010 về học tập, quán triệt",
    "cong_van": "Công văn số 47-CV/ĐU, ngày 09/8/2011 về kiểm tra việc thực hiện",
}
_BLANKS: Mapping[str, Value] = {
    "ke_hoach_so": "45",
    "ke_hoach_ngay": 20,
    "ke_hoach_thang": 3,
    "ten_xa": "An Bình",
    "huong": "đông bắc",
    "dien_tich_ha": Decimal("1234.50"),
    "dan_so": 6540,
    "so_dang_vien": 215,
    "so_chi_bo": 12,
    "chi_bo_nong_thon": 8,
    "chi_bo_truong_hoc": 3,
    "chi_bo_khac": 1,
    "nghi_quyet_che_do": "số 12/2014/NQ-HĐND ngày 10/7/2014 của Hội đồng nhân dân tỉnh",
}


@cache
def form(key: str) -> Form:
    """Return a shipped form."""
    return read_form(shipped_text(key))


def narrative(start: int, length: int = 1000) -> str:
    """Return invented text of about ``length`` characters in three paragraphs."""
    sentences = islice(cycle(_SENTENCES), start, None)
    paragraphs = []
    for _ in range(3):
        text = ""
        while len(text) < length // 3:
            text = f"{text} {next(sentences)}".strip()
        paragraphs.append(text)
    return "\n".join(paragraphs)


@dataclass(frozen=True, slots=True)
class Person:
    """Whose report: the unit and how its letterhead reads in each family of profiles."""

    respondent: Respondent
    code: str
    name: str
    parent: str
    party: Mapping[str, Value]
    state: Mapping[str, Value]


COMMUNE = Person(
    Respondent("xa", switches=frozenset({"pl1_pl2"})),
    "X1",
    "Xã An Bình",
    "Huyện Thanh Sơn",
    {
        "co_quan_cap_tren": "ĐẢNG BỘ HUYỆN THANH SƠN",
        "co_quan": "ĐẢNG ỦY XÃ AN BÌNH",
        "ky_hieu": "BC/ĐU",
        "quyen_han": "T/M BAN THƯỜNG VỤ",
        "chuc_vu": "PHÓ BÍ THƯ",
    },
    {
        "co_quan_cap_tren": "ỦY BAN NHÂN DÂN HUYỆN THANH SƠN",
        "co_quan": "ỦY BAN NHÂN DÂN XÃ AN BÌNH",
        "ky_hieu": "BC-UBND",
        "quyen_han": "TM. ỦY BAN NHÂN DÂN",
        "chuc_vu": "CHỦ TỊCH",
    },
)
DISTRICT = Person(
    Respondent("huyen"),
    "H1",
    "Huyện Thanh Sơn",
    "Tỉnh Hòa An",
    {
        "co_quan_cap_tren": "ĐẢNG BỘ TỈNH HÒA AN",
        "co_quan": "HUYỆN ỦY THANH SƠN",
        "ky_hieu": "BC/HU",
        "quyen_han": "T/M BAN THƯỜNG VỤ",
        "chuc_vu": "PHÓ BÍ THƯ THƯỜNG TRỰC",
    },
    {
        "co_quan_cap_tren": "TỈNH HÒA AN",
        "co_quan": "ỦY BAN NHÂN DÂN HUYỆN THANH SƠN",
        "ky_hieu": "BC-UBND",
        "quyen_han": "KT. CHỦ TỊCH",
        "chuc_vu": "PHÓ CHỦ TỊCH",
    },
)
PROVINCE = Person(
    Respondent("tinh"),
    "T",
    "Tỉnh Hòa An",
    "",
    {
        "co_quan_cap_tren": "ĐẢNG BỘ TỈNH HÒA AN",
        "co_quan": "TỈNH ỦY HÒA AN",
        "ky_hieu": "BC/TU",
        "quyen_han": "T/M BAN THƯỜNG VỤ",
        "chuc_vu": "PHÓ BÍ THƯ",
    },
    {
        "co_quan_cap_tren": "TỈNH HÒA AN",
        "co_quan": "ỦY BAN NHÂN DÂN TỈNH HÒA AN",
        "ky_hieu": "BC-UBND",
        "quyen_han": "TM. ỦY BAN NHÂN DÂN",
        "chuc_vu": "CHỦ TỊCH",
    },
)
BOARD = Person(
    Respondent("to_chuc", body="bdv"),
    "BDV",
    "Ban Dân vận Tỉnh ủy",
    "Tỉnh Hòa An",
    {
        "co_quan_cap_tren": "TỈNH ỦY HÒA AN",
        "co_quan": "BAN DÂN VẬN",
        "ky_hieu": "BC/BDVTU",
        "quyen_han": "K/T TRƯỞNG BAN",
        "chuc_vu": "PHÓ TRƯỞNG BAN",
    },
    {
        "co_quan_cap_tren": "TỈNH HÒA AN",
        "co_quan": "BAN DÂN VẬN",
        "ky_hieu": "BC-BDV",
        "quyen_han": "KT. TRƯỞNG BAN",
        "chuc_vu": "PHÓ TRƯỞNG BAN",
    },
)
PEOPLE = {
    "kl62-2019-xa": COMMUNE,
    "kl62-2019": DISTRICT,
    "kl102-2019": DISTRICT,
    "nq25-2023": DISTRICT,
    "tb160-2020": BOARD,
}


def source(
    key: str,
    profile: str,
    *,
    answers: Mapping[Address, Answer] | None = None,
    document: Mapping[str, Value] | None = None,
    sent: bool = True,
) -> UnitReportData:
    """Return a full report to be compiled; ``answers`` and ``document`` replace single answers of it."""
    person, model = PEOPLE[key], form(key)
    given = answers_of(model, person.respondent)
    return UnitReportData(
        form=model,
        respondent=person.respondent,
        campaign="kl62-2019",
        period="",
        unit_code=person.code,
        unit_name=person.name,
        parent_name=person.parent,
        answers=given | dict(answers or {}),
        document={k: _told(k, v) for k, v in (_document(person, profile) | dict(document or {})).items() if v != ""},
        letterhead={},
        profile=profile,
        sent=sent,
        created=CREATED,
        rolled=_rolled(model) if person.respondent.kind == "huyen" else {},
    )


def person_document(profile: str) -> dict[str, Answer]:
    """Return "Thông tin văn bản" of an invented province in a family of profiles."""
    return {key: _told(key, value) for key, value in _document(PROVINCE, profile).items()}


def _document(person: Person, profile: str) -> dict[str, Value]:
    common: dict[str, Value] = {
        "so": "5",
        "ngay": date(2019, 4, 5),
        "dia_danh": {"X1": "An Bình", "H1": "Thanh Sơn"}.get(person.code, "Hòa An"),
        "ho_ten": "Nguyễn Văn An",
    }
    return common | dict(person.party if profile.startswith("party") else person.state)


def _told(key: str, value: Value) -> Answer:
    return Answer(Address("VAN_BAN", "", key), State.VALUE, value)


def answers_of(model: Form, respondent: Respondent) -> dict[Address, Answer]:
    """Return an answer to every question: mostly values, and here and there a zero, a none, nothing."""
    found: dict[Address, Answer] = {}
    for number, question in enumerate(questions(model, respondent)):
        for part in question.parts:
            columns: tuple[Column | Field, ...] = part.columns or (model.field(question.field),)
            for address, column in zip(question.part_addresses(part), columns, strict=True):
                answer = _answer(address, column, number)
                if answer is not None:
                    found[address] = answer
    return found


def _answer(address: Address, column: Column | Field, number: int) -> Answer | None:
    seed = number + len(address.column) + (ord(address.column[-1]) if address.column else 0)
    if address.row and seed % 7 == 3:
        return None
    if address.row == "ldld" or address.row == "ldld.xa":
        return Answer(address, State.NONE, reason="not_applicable")
    if column.kind in (Kind.INTEGER, Kind.MONEY, Kind.DECIMAL) and address.row and seed % 5 == 0:
        return Answer(address, State.ZERO, 0)
    return Answer(address, State.VALUE, _value(address, column, seed))


def _value(address: Address, column: Column | Field, seed: int) -> Value:
    if address.column in _BLANKS:
        return _BLANKS[address.column]
    match column.kind:
        case Kind.NARRATIVE:
            return narrative(seed)
        case Kind.LIST:
            return tuple(islice(cycle(_ITEMS), seed % 3, seed % 3 + 3))
        case Kind.DOCUMENTS:
            return tuple(_documents(address.column, seed % 3 + 1))
        case Kind.MONEY:
            return Decimal(seed * 1234567) / 1000
        case Kind.CHOICE:
            return "đang thực hiện"
        case Kind.TEXT:
            return "Số liệu năm 2018"
        case _:
            return seed % 40


def _documents(column: str, count: int) -> Iterator[str]:
    return islice(cycle((_DOCUMENTS.get(column, _DOCUMENTS["ke_hoach"]),)), count)


def _rolled(model: Form) -> dict[Address, Rolled]:
    """Return sums of the communes below for the cells of level "xa"."""
    found = {}
    for table in model.tables:
        for row in table.rows:
            for number, column in enumerate(table.columns):
                if "xa" in (column.level, row.level) and column.kind in (Kind.INTEGER, Kind.MONEY):
                    found[Address(table.key, row.key, column.key)] = Rolled(number * 3, 12, 14)
    return found
