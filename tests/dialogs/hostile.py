"""What people and programs may send: a rich strategy of texts and of button ids, for the property tests."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

from dialogs.machine import CATALOG, TABLE
from tests.dialogs.old_fonts import in_tcvn3, in_vni

NUMBERS = ["0", "5", "12", "05", "1.234", "1,234", "1,5", "-5", "15%", "500.000", "99999999999", "1e9", "٣", "12 người"]
STATES = ["không", "không có", "ko", "KHONG CO", "chưa có số liệu", "chưa", "-", "...", "không có tổ chức này", "n/a"]
ROWS = ["12 5 0 1", "12 15 0 1", "12; 5", "9;;0;1", "1\t2\t3\t4", "5\n3\n1\n0", "150 20,5", "32; 0; Số năm 2018", ";;;"]
BLANKS = [
    "An Bình; dong bac; 1,234; 6540",
    "215 12 8 3 1",
    "45; 20; 3",
    "đông",
    "15; 5/4; An Bình; BC/ĐU",
    "32/13/2019",
]
TEXTS = [
    "Đã tổ chức 3 hội nghị quán triệt.",
    "- Chi hội sinh hoạt thưa.\n- Kinh phí hạn hẹp.",
    "1. 2. Nghị quyết số 05-NQ/HU, ngày 12/3/2012",
    "BỎ QUA các thủ tục rườm rà",
    "/ 2 km đường",
    "=1+1",
    "👍🏽👨‍👩‍👧",
    "\u200b\u00ad\u0007",
    " ",
    "Nghi\u0323\u0302 quye\u0302\u0301t so\u0302\u0301 5",
    "\u0301dấu đứng đầu",
]
OLD = [
    in_tcvn3("Đảng bộ xã đã lãnh đạo nhân dân xây dựng nông thôn mới thường xuyên."),
    in_vni("Nhân dân đồng thuận, hiến đất làm đường, góp công xây dựng nhà văn hóa."),
    in_tcvn3("Cấp trên thường quan tâm giúp đỡ. " * 121)[:4096],
]
PLACES = ["42", "TONG_HOP.11", "TONG_HOP.them.1"]
PLACES += ["12", "1", "99", "PL3.2", "I.b", "II.4.b", "III.1", "PL1", "PL6.1", "VB", "3.2", "V.9", "", "PL3.hnd", "0"]
COMMANDS = [
    *CATALOG.commands.by_name,
    *(f"/{name}" for name in CATALOG.commands.by_name),
    *(f"{verb} {place}" for verb in ("/sua", "xem", "/muc", "/capduoi") for place in PLACES),
    "/khongco",
    "/start ABCDEFGH",
    "TIẾP",
    unicodedata.normalize("NFD", "bỏ qua"),
    "/",
]
KEYS = [*"abcdefgh123456789", "10"]

texts = st.one_of(
    st.sampled_from([*NUMBERS, *ROWS]),
    st.sampled_from([*STATES, *BLANKS]),
    st.sampled_from([*TEXTS, *OLD]),
    st.sampled_from(COMMANDS),
    st.sampled_from(KEYS),
    st.text(max_size=40),
    st.builds(
        lambda unit, times: unit * times,
        st.sampled_from(["x" * 5000, "9" * 5000, "ắ" * 4096, "số 5\n" * 600]),
        st.integers(1, 4),
    ),
)

PLACED = [":TONG_HOP", ":PL3.1", ":PL6"]
ARGUMENTS = ["", ":0", ":1", ":x", ":5:0", ":5:9", ":15:0:0.1", ":99", ":" + "9" * 5000, "::", ":17", *PLACED]
TRIGGERS = sorted({row.trigger for row in TABLE})
invented = st.one_of(
    st.text(max_size=70),
    st.builds(
        lambda report, question, mark, trigger, argument: f"{report}.{question}.{mark}:{trigger}{argument}",
        st.sampled_from([0, 17, 18, 99]),
        st.integers(0, 60),
        st.integers(0, 40),
        st.sampled_from([*TRIGGERS, "value", "nothing"]),
        st.sampled_from(ARGUMENTS),
    ),
)
now_invented = st.builds(
    lambda trigger, argument: f"{trigger}{argument}",
    st.sampled_from([*TRIGGERS, "value", "nothing"]),
    st.sampled_from(ARGUMENTS),
)
"""Actions to be pressed with the mark of the present screen, as a forged button would be."""
