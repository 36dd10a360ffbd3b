"""The official appendices as plain data: what is printed around the figures, taken from the paper forms.

Two grids differ from the paper by the settled rule of one number per cell: the four figures of each level in
appendix 3, and "tập thể, cá nhân" in appendix 2, have columns of their own under a further header row.
"""

from __future__ import annotations

from tests.exports.xlsx.checker import Span

PERIOD = "(Từ 2009 - 4/2019)"
BODIES = (
    "Mặt trận Tổ quốc Việt Nam",
    "Liên đoàn Lao động Việt Nam",
    "Hội Nông dân Việt Nam",
    "Đoàn TNCS Hồ Chí Minh",
    "Hội Liên hiệp Phụ nữ Việt Nam",
    "Hội Cựu Chiến binh Việt Nam",
)
ROWS = ("mttq", "ldld", "hnd", "doan", "pn", "ccb")

PL1_HEADER: tuple[Span, ...] = (
    (1, 1, 2, 1, "TT"),
    (1, 2, 2, 1, "Đơn vị"),
    (1, 3, 1, 5, "Ban hành văn bản thực hiện Kết luận*"),
    (1, 8, 2, 1, "Số cuộc kiểm tra, giám sát thực hiện Kết luận"),
    (2, 3, 1, 1, "Nghị quyết"),
    (2, 4, 1, 1, "Chỉ thị"),
    (2, 5, 1, 1, "Kế hoạch"),
    (2, 6, 1, 1, "Hướng dẫn"),
    (2, 7, 1, 1, "Công văn"),
    *((3, column, 1, 1, f"({column})") for column in range(1, 9)),
)
PL1_FOOTNOTE = (
    "(* Các mục (3), (4), (5), (6), (7) nêu cụ thể danh mục từng văn bản việc thực hiện Kết luận số 62-KL/TW)"
)

PL2_HEADER: tuple[Span, ...] = (
    (1, 1, 3, 1, "STT"),
    (1, 2, 3, 1, "Đơn vị"),
    (1, 3, 3, 1, "Nội dung"),
    (1, 4, 1, 3, "Phương thức"),
    (2, 4, 2, 1, "Tên các cuộc tuyên dương điển hình"),
    (2, 5, 1, 2, "Số lượng tập thể, cá nhân được tuyên dương"),
    (3, 5, 1, 1, "tập thể"),
    (3, 6, 1, 1, "cá nhân"),
)
PL2_BODIES = (
    "Mặt trận Tổ quốc VN",
    "Liên đoàn Lao động",
    "Hội Nông dân",
    "Đoàn TNCS Hồ Chí Minh",
    "Hội Liên hiệp Phụ nữ",
    "Hội Cựu Chiến binh",
)

INDICATORS = ("Tổng số", "CB nữ", "CB dân tộc thiểu số", "CB tôn giáo")
PL3_LEVELS = ("Trung ương", "Cấp tỉnh", "Cấp huyện", "Cấp xã")
PL3_HEADER: tuple[Span, ...] = (
    (1, 1, 3, 1, "STT"),
    (1, 2, 3, 1, "Đơn vị"),
    (1, 3, 1, 16, "Số lượng cán bộ"),
    *((2, 3 + 4 * at, 1, 4, level) for at, level in enumerate(PL3_LEVELS)),
    *((3, 3 + 4 * at + i, 1, 1, text) for at in range(4) for i, text in enumerate(INDICATORS)),
)
PL3_BODIES = ("Ủy ban Mặt trận Tổ quốc", *PL2_BODIES[1:])
PL3_COLUMNS = tuple(
    f"{level}.{figure}"
    for level in ("tw", "tinh", "huyen", "xa")
    for figure in ("tong_so", "cb_nu", "cb_dtts", "cb_ton_giao")
)
PL3_AT_MOST = tuple((3 + 4 * level + part, 3 + 4 * level) for level in range(4) for part in (1, 2, 3))

PL4_HEADER: tuple[Span, ...] = (
    (1, 1, 3, 1, "TT"),
    (1, 2, 3, 1, "Đơn vị"),
    (1, 3, 1, 6, "Tham gia cấp ủy đảng"),
    (1, 9, 1, 2, "Đại biểu Quốc hội"),
    (1, 11, 1, 6, "Đại biểu Hội đồng Nhân dân"),
    *((2, column, 1, 2, level) for column, level in zip((3, 5, 7), ("Tỉnh", "Huyện", "Xã"), strict=True)),
    *((2, column, 1, 2, level) for column, level in zip((11, 13, 15), ("Tỉnh", "Huyện", "Xã"), strict=True)),
    (2, 9, 2, 1, "NK1"),
    (2, 10, 2, 1, "NK2"),
    *((3, column, 1, 1, f"NK{2 - column % 2}") for column in (*range(3, 9), *range(11, 17))),
)
PL4_COLUMNS = (
    *(f"cap_uy.{level}.nk{term}" for level in ("tinh", "huyen", "xa") for term in (1, 2)),
    "qh.nk1",
    "qh.nk2",
    *(f"hdnd.{level}.nk{term}" for level in ("tinh", "huyen", "xa") for term in (1, 2)),
)
PL4_NOTES = (
    "Ghi chú:",
    "- NK1: (1) Đối với TW là 2011 - 2016; (2) Đối với cấp tỉnh, huyện, xã và tương đương là 2010 - 2015",
    "- NK2: (1) Đối với TW là 2016 - 2021; (2) Đối với cấp tỉnh, huyện, xã và tương đương là 2015 - 2020",
)

PL6_HEADER: tuple[Span, ...] = (
    (1, 1, 2, 1, "TT"),
    (1, 2, 2, 2, "Đơn vị"),
    (1, 4, 1, 2, "Kinh phí hoạt động (Triệu đồng/năm)"),
    (1, 6, 2, 1, "Ghi chú"),
    (2, 4, 1, 1, "Ngân sách nhà nước cấp"),
    (2, 5, 1, 1, "Nguồn thu khác"),
)
PL6_BODIES = ("MTTQVN", "LĐLĐ", "Hội NDVN", "Đoàn TNCS HCM", "Hội LHPNVN", "Hội CCBVN")
PL6_LEVELS = (("tinh", "Cấp tỉnh"), ("huyen", "Cấp huyện"), ("xa", "Cấp xã"))
PL6_TITLE = (
    "THỐNG KÊ KINH PHÍ HOẠT ĐỘNG CỦA MTTQ, CÁC TỔ CHỨC CT-XH Ở ĐỊA PHƯƠNG",
    "SAU THỰC HIỆN NGHỊ QUYẾT SỐ 18-NQ/TW, NGÀY 25/10/2017 CỦA BAN CHẤP HÀNH TRUNG ƯƠNG KHÓA XII",
)


def numbered(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the printed number and name of each entry."""
    return tuple((str(number), name) for number, name in enumerate(names, 1))


PL6_ENTRIES = tuple(
    (f"{number}." if at == 0 else "", body if at == 0 else "", level)
    for number, body in enumerate(PL6_BODIES, 1)
    for at, (_, level) in enumerate(PL6_LEVELS)
)
