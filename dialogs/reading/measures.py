"""Measures: which units a column and an answer may name, and how one converts to the other (input rule E4)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from dialogs.kinds import KINDS, Kind
from dialogs.reading.cleaning import fold


@dataclass(frozen=True, slots=True)
class MeasureUnit:
    """A unit of measure: what it measures (``family``) and how much of the family's smallest unit it is."""

    family: str
    factor: Decimal = Decimal(1)


MONEY, AREA, LENGTH, MASS, PERCENT, COUNT = "money", "area", "length", "mass", "percent", "count"
DONG = MeasureUnit(MONEY)
PERCENT_UNIT = MeasureUnit(PERCENT)

# Every name is followed by its size in the family's smallest unit.
_MEASURED: dict[str, str] = {
    MONEY: "đồng 1|đ 1|vnđ 1|vnd 1|₫ 1|việt nam đồng 1|trđ 1000000|tr.đ 1000000|trd 1000000|nghìnđ 1000|kđ 1000"
    "|tỷđ 1000000000|tyd 1000000000",
    AREA: "m² 1|m2 1|mét vuông 1|ha 10000|hecta 10000|héc ta 10000|hécta 10000|hectare 10000|km² 1000000"
    "|km2 1000000|ki lô mét vuông 1000000",
    LENGTH: "m 1|mét 1|km 1000|ki lô mét 1000|kilômét 1000|kilomet 1000|cây số 1000|cm 0.01",
    MASS: "kg 1|ki lô gam 1|kilogam 1|yến 10|tạ 100|tấn 1000",
    PERCENT: "% 1|phần trăm 1",
    # One name, several sizes (a sào is 360 or 500 m²), or another currency: understood only to be refused.
    "local area": "sào 1|mẫu 1|thước 1",
    "foreign money": "$ 1|usd 1|đô la 1|đô 1|€ 1|euro 1",
}

_COUNTED: dict[str, str] = {
    "person": "người|lượt người|đồng chí|đ/c|đc|cán bộ|hội viên|đoàn viên|đảng viên|học viên|trẻ em|trẻ|em|cháu"
    "|nhân khẩu|khẩu|bệnh nhân|học sinh|sinh viên|thành viên|công chức|viên chức|lao động|đại biểu|phụ nữ"
    "|thanh niên|nông dân|tín đồ|chức sắc|nhân dân|người dân|ủy viên|uỷ viên|nữ|cử tri|ng",
    "document": "văn bản|vb|kế hoạch|nghị quyết|chỉ thị|quyết định|công văn|hướng dẫn|tài liệu|đề án|thông báo"
    "|kết luận|chương trình|báo cáo",
    "event": "cuộc|hội nghị|lớp|buổi|đợt|lần|lượt|kỳ|hoạt động|vụ|vụ việc|cuộc họp|cuộc vận động|phong trào|đơn"
    "|đơn thư|ý kiến|kiến nghị",
    "house": "căn|căn nhà|nhà|ngôi nhà|ngôi",
    "room": "phòng|phòng học",
    "household": "hộ|hộ gia đình|gia đình",
    "grant": "suất|suất quà|phần quà|suất học bổng",
    "bridge": "cây cầu|cầu",
    "body": "tổ chức|chi bộ|đảng bộ|chi hội|tổ|cơ sở|thôn|xã|xóm|ấp|khu phố|mô hình|câu lạc bộ|clb|chi đoàn|hội"
    "|đoàn thể|huyện|bản|tổ dân phố",
    "year": "năm",
    # Words that count anything agree with every column of counts.
    "any": "cái|chiếc|đơn vị|trường hợp|con|thẻ|công trình|tuyến",
}


def _all_units() -> dict[str, MeasureUnit]:
    counted = {name: MeasureUnit(f"{COUNT} {family}") for family, row in _COUNTED.items() for name in row.split("|")}
    measured = [(family, *part.rsplit(" ", 1)) for family, row in _MEASURED.items() for part in row.split("|")]
    return counted | {name: MeasureUnit(family, Decimal(size)) for family, name, size in measured}


UNITS: dict[str, MeasureUnit] = _all_units()
_FOLDED: dict[str, MeasureUnit] = {fold(name): unit for name, unit in reversed(UNITS.items())}
_SCALES = (("ty", 10**9), ("ti", 10**9), ("trieu", 10**6), ("nghin", 1000), ("ngan", 1000))
PERIODS = {"nam": "nam", "thang": "thang", "quy": "quy"}


@dataclass(frozen=True, slots=True)
class ColumnMeasure:
    """A column's measure taken apart: "triệu đồng/năm" is the unit of 1,000,000 đồng, per year."""

    unit: MeasureUnit | None
    period: str = ""


@lru_cache(maxsize=1024)
def column_of(kind: Kind, measure: str) -> ColumnMeasure:
    """The unit in which a column's numbers are kept; ``None`` where the measure says nothing known."""
    name, _, period = fold(measure).partition("/")
    name, period = name.strip(), PERIODS.get(period.strip(), "")
    family = KINDS[kind].family
    if family == MONEY:
        return ColumnMeasure(_money_unit(name), period)
    if family == PERCENT:
        return ColumnMeasure(PERCENT_UNIT, period)
    return ColumnMeasure(UNITS.get(measure.strip().lower()) or _FOLDED.get(name), period)


def _money_unit(name: str) -> MeasureUnit:
    words = name.replace(".", " ").split()
    for word, factor in _SCALES:
        if word in words or (word == "trieu" and words[:1] in (["tr"], ["trd"])):
            return MeasureUnit(MONEY, Decimal(factor))
    return DONG


def same_unit(one: str, other: str) -> bool:
    """Whether two measures name the same known unit: "%" and "phần trăm"."""
    names = [name.partition("/")[0].strip() for name in (one, other)]
    found = {UNITS.get(name.lower()) or _FOLDED.get(fold(name)) for name in names}
    return len(found) == 1 and None not in found


def agrees(typed: MeasureUnit, column: MeasureUnit | None) -> bool:
    """Whether a unit typed by hand fits a column: same family, or both plain counts of which one is general."""
    if column is None:
        return not typed.family.startswith(("foreign", "local"))
    if typed.family == column.family:
        return True
    general = f"{COUNT} any"
    counts = typed.family.startswith(COUNT) and column.family.startswith(COUNT)
    return counts and general in (typed.family, column.family)


def is_person(column: ColumnMeasure) -> bool:
    """Whether the column counts people, who are never counted in millions at this level."""
    return column.unit is not None and column.unit.family == f"{COUNT} person"
