"""Text in TCVN3, VNI and broken UTF-8 is recognised and comes back equal; ordinary text is left alone.

The encoders here have tables of their own, so that a slip in the package's tables cannot hide.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from dialogs.kinds import Kind
from dialogs.reading import Legacy, Outcome, Spec, legacy, read

_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_TCVN3_BYTES = (
    "b5b8b6b7b9 a8bbbebcbdc6 a9c7cac8c9cb ae ccd0cecfd1 aad2d5d3d4d6 d7ddd8dcde dfe3e1e2e4 abe5e8e6e7e9 aceaedebecee"
    "eff3f1f2f4 adf5f8f6f7f9 fafdfbfcfe"
)
TCVN3 = dict(zip(_LETTERS, bytes.fromhex(_TCVN3_BYTES).decode("latin-1"), strict=True))
TCVN3 |= dict(zip("ĂÂÊÔƠƯĐ", "¡¢£¤¥¦§", strict=True))
_VNI = (
    "aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä ñ eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò "
    "oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î"
)
VNI = dict(zip(_LETTERS, _VNI.split(), strict=True))
VNI |= {letter.upper(): typed.upper() for letter, typed in VNI.items()}


def to_tcvn3(text: str) -> str:
    return "".join(TCVN3.get(c, c) for c in text)


def to_vni(text: str) -> str:
    return "".join(VNI.get(c, c) for c in text)


def to_latin1(text: str) -> str:
    return text.encode().decode("latin-1")


def to_cp1252(text: str) -> str:
    undefined = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
    return "".join(chr(b) if b in undefined else bytes([b]).decode("cp1252") for b in text.encode())


def to_twice_broken(text: str) -> str:
    return to_cp1252(to_cp1252(text))


SENTENCES = """
Ngày xưa có một chàng trai nghèo sống với mẹ già ở ven rừng.
Hôm nay trời mưa to quá.
Cả làng kéo nhau ra đình xem hát chèo.
Chiếc thuyền nan trôi lững lờ trên mặt hồ.
Con cò bay lả bay la.
Anh ấy vừa đi chợ về.
Chúng tôi rất vui được gặp các bạn.
Bà con phấn khởi trước vụ lúa bội thu.
Trẻ em được tới trường đầy đủ.
Đường liên thôn đã bê tông hóa.
Ăn quả nhớ kẻ trồng cây.
Ôn cũ biết mới.
Ơn thầy nghĩa nặng.
Ưu tiên hộ nghèo vay vốn.
Âm thanh trong trẻo vang xa.
Êm đềm như ru.
Em bé ngủ ngon.
Không ai biết chuyện đó.
Thanh niên xung kích giúp dân gặt lúa.
Việc cưới hỏi theo nếp sống văn minh.
Ba chị em cùng học một trường.
Cho tôi hai cân thịt.
Mưa lũ cuốn trôi ba cây cầu.
Quỹ vì người nghèo huy động được 500 triệu đồng.
Hội phụ nữ giúp nhau phát triển kinh tế.
Tỷ lệ hộ nghèo giảm còn 3,5%.
Xe chạy nhanh qua khúc quanh.
Đêm khuya vắng tiếng gà gáy.
Gió thổi mạnh.
Mẹ đi vắng.
Thuế thu đạt kế hoạch.
Toàn dân đoàn kết.
Phường Kỳ Bá, quận Đống Đa.
Huyện ủy chỉ đạo khẩn trương.
Nguyễn Thị Thúy Quỳnh.
Khuya rồi mà nó chưa về.
Sức khỏe là vàng.
Cháy rừng gây thiệt hại nặng nề.
Tuyết phủ trắng đỉnh núi.
Bưởi Diễn ngọt lịm.
Rượu cần Tây Nguyên.
Gặp gỡ, đối thoại với nhân dân.
Loa phường phát thanh mỗi sáng.
Trung thu rước đèn ông sao.
Tham quan mô hình nuôi ong lấy mật.
Đảng ủy xã đã tổ chức 12 hội nghị quán triệt Kết luận số 62-KL/TW, ngày 08/12/2009.
MTTQ và các đoàn thể chính trị - xã hội tiếp tục đổi mới nội dung, phương thức hoạt động.
UBND xã phối hợp với đ/c Bí thư chi bộ thôn vận động nhân dân.
Ban Thường vụ Tỉnh ủy Đắk Lắk ban hành kế hoạch.
Trung ương
Hội nghị
cán bộ nữ
thuyền nhanh
theo nhanh quan trong thuyền
cho ban hành
(Trích yếu: về việc tăng cường lãnh đạo)
""".strip().splitlines()

_WORDS = (
    "đảng ủy xã huyện tỉnh nghị quyết kế hoạch tổ chức thực hiện nhân dân đoàn thể mặt trận phụ nữ thanh niên nông "
    "nghiệp trồng trọt chăn nuôi đường giao thông trường học trạm y tế quỹ vì người nghèo kết quả tồn tại nguyên "
    "nhân kiến nghị đề xuất biểu dương khen thưởng giám sát phản biện tín đồ chức sắc hòa giải ở cơ sở"
)
WORDS = _WORDS.split()
GENERATED = [
    " ".join(WORDS[(7 * n + step * k) % len(WORDS)] for k in range(3 + n % 6)) for n in range(60) for step in (1, 5)
]

PLAIN = (
    """
Đảng ủy xã đã tổ chức hội nghị.|không có|là có|Hà Nam, Hòa Bình, Cà Mau|bà bé và ông già|Tô Ngô, Lý Phó|cô quan|lò xo
XÃ|“BA XÃ”|xã “BÌNH HÒA”…|HÀ GIANG|Ê-đê|ông|à|tã|nói và làm|hé cửa|sóng to|vòng vó|nhí nhảnh|giã gạo
The quick brown fox.|naïve café résumé|Il était une fois à Hanoï|où est la gare|ça va très bien|déjà vu|garçon|hôtel
à la carte|voilà|crème brûlée|pâté|L'été à Huế est très chaud|Voyage à Hué|São Paulo|El niño|Müller|français|élève
10 m²|½|¼ ha|§ 5|±5|±0,5 °C|25 °C|Ø 27|5×3|a×b|x·y|£5|¥100|© 2019|®|«Bonjour»|« Le »|10 µm|30–40 µg/m³|N° 5|1ª
😀 tốt|😀|50 kg/m³|✓|→|•|• a|…|–|12|12,5|1.234|abc@xa.gov.vn|https://xa.gov.vn/tin?id=5|Kết luận 62-KL/TW
¿Cómo estás?|¡Hola!|Ñandú|Zoë|naïveté|coût|goût|dû|sûr|août|tôt|pêche|forêt|île|Noël|maïs|œuvre|Ångström
Chi bộ 1|Tổng: 12|ba|Xã Lý|phí và lệ phí|tình hình chung|chú ý: có thì ghi
""".replace("\n", "|")
    .strip("|")
    .split("|")
)

ENCODERS: list[tuple[str, Callable[[str], str]]] = [
    ("TCVN3", to_tcvn3),
    ("VNI", to_vni),
    ("mojibake", to_latin1),
    ("mojibake", to_cp1252),
    ("mojibake", to_twice_broken),
]


@pytest.mark.parametrize("name, encode", ENCODERS)
def test_old_text_comes_back_equal(name: str, encode: Callable[[str], str]) -> None:
    wrong = {}
    for sentence in SENTENCES + GENERATED + [" ".join(SENTENCES), "\n".join(SENTENCES)]:
        found = legacy(encode(sentence))
        if found != Legacy(name, sentence):
            wrong[sentence] = found
    assert wrong == {}


def test_ordinary_text_is_left_alone() -> None:
    texts = PLAIN + SENTENCES + GENERATED
    assert [t for t in texts if legacy(t)] == []
    assert [t for t in texts if legacy(unicodedata.normalize("NFD", t))] == []
    assert len(PLAIN) >= 100


def test_capitals_that_tcvn3_does_not_have_are_made_again() -> None:
    assert legacy("§¶NG Uû X· B×NH HßA") == Legacy("TCVN3", "ĐẢNG UỶ XÃ BÌNH HÒA")
    assert legacy("C«ng t¸c D¢N VËN") == Legacy("TCVN3", "Công tác DÂN VẬN")


def test_signs_that_stand_alone_stay_signs() -> None:
    assert legacy("· Tæ chøc héi nghÞ\n· « t« ®i v¾ng") == Legacy("TCVN3", "· Tổ chức hội nghị\n· ô tô đi vắng")


def test_old_lines_among_new_ones_are_found() -> None:
    text = "Đảng ủy báo cáo:\n§¶ng ñy x· ®· tæ chøc héi nghÞ\nHết."
    assert legacy(text) == Legacy("TCVN3", "Đảng ủy báo cáo:\nĐảng ủy xã đã tổ chức hội nghị\nHết.")


def test_a_lost_no_break_space_inside_mojibake_is_made_up() -> None:
    broken = to_cp1252("là người tốt").replace("\u00a0", " ")
    assert legacy(broken) == Legacy("mojibake", "là người tốt")


def test_the_person_is_asked_with_the_converted_text_first() -> None:
    reading = read("§¶ng ñy x· ®· tæ chøc", Spec(Kind.NARRATIVE))
    assert (reading.outcome, reading.code) == (Outcome.ASK, "legacy_font")
    assert reading.why == (
        "Đoạn này gõ bằng phông chữ cũ (TCVN3). Chuyển sang chữ hiện nay được: “Đảng ủy xã đã tổ chức”. Đúng không?"
    )
    assert [o.value for o in reading.options] == ["Đảng ủy xã đã tổ chức", "§¶ng ñy x· ®· tæ chøc"]


def test_a_list_in_an_old_font_is_converted_line_by_line() -> None:
    reading = read("- §¶ng ñy x·\n- Héi n«ng d©n", Spec(Kind.LIST))
    assert reading.options[0].value == "Đảng ủy xã\nHội nông dân"
