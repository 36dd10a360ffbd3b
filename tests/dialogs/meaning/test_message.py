"""Talk and words that steer are told from content, whatever stands around them; content is never talk."""

from __future__ import annotations

import unicodedata

import pytest

from dialogs.meaning.lexicon import Act
from dialogs.meaning.message import meaning_of

TALK = {
    Act.NEXT: "dạ xong rồi ạ|hết rồi nhé|chuyển sang mục tiếp|qua câu sau đi|thế thôi|chỉ có vậy thôi ạ|lưu lại nhé",
    Act.SKIP: "để sau nhé|bỏ trống câu này|lát nữa điền sau|skip|câu này để sau đi ạ",
    Act.BACK: "quay về câu trước|lùi 1 câu|cho em quay lại câu trước với|back",
    Act.STOP: "thôi nhé|dừng ở đây|nghỉ đã|thoát ra",
    Act.SEND: "nộp luôn đi|gửi lên huyện giúp em|chốt báo cáo|gửi báo cáo luôn nhé",
    Act.HELP: "không biết ghi thế nào|cho em xin mẫu|ví dụ đi|không hiểu câu hỏi|giúp em với ạ",
    Act.QUESTION: (
        "điền sao đây ạ|mục này ghi gì vậy|phần này lấy số liệu năm nào ạ?|có bắt buộc không|bot ơi ai điền câu này|???"
        "|bao giờ hết hạn|số liệu lấy ở đâu vậy anh|dien the nao|sao không được vậy"
    ),
    Act.WAIT: "chờ em chút|để hỏi kế toán đã|mai em làm tiếp nhé|đang họp|để anh Tuấn điền|từ từ đã bạn",
    Act.THANKS: "cảm ơn nhiều nhé|dạ em cảm ơn ạ|tuyệt vời|thanks bạn|chào bạn",
    Act.HEARD: "ok em|dạ vâng|👍|🙏🙏|đã rõ ạ|ừ|đồng ý|nhất trí|à",
    Act.SWEAR: "bực quá|hỏi gì lắm thế|máy ngu quá|lại lỗi rồi",
    Act.MISTAKE: "em gửi nhầm ạ|câu trên sai rồi|cho em sửa lại câu trước|nhầm số rồi, xin lỗi|cau truoc sai",
    Act.ABOVE: "giống như trên|như đã nêu trên|tương tự câu trên|xem file đính kèm",
    Act.LAST: "như năm ngoái|không thay đổi so với năm trước|vẫn như cũ|lấy số kỳ trước nhé",
    Act.CONTACT: "sđt 0987 654 321|0912.345.678|có gì gọi 0912345678 nhé",
}

CONTENT = (
    "Xong đợt cao điểm, xã đã hoàn thành 12 km đường",
    "Hết quý III đã giải ngân 80 %",
    "Gửi công văn đề nghị huyện hỗ trợ",
    "Tiếp tục tuyên truyền Kết luận 62",
    "Bỏ dần các hủ tục",
    "Lùi thời gian tổ chức đại hội",
    "Cảm ơn các nhà hảo tâm đã ủng hộ",
    "Nhân dân đồng ý hiến đất",
    "Đồng ý với dự thảo",
    "Chưa thực hiện",
    "Không có gì vướng mắc",
    "Thôi Văn Nam, Bí thư chi bộ",
    "Nhầm lẫn trong rà soát hộ nghèo",
    "Sửa chữa 15 căn nhà",
    "Giữ nguyên 3 tổ chức hội",
    "Như Xuân là huyện miền núi",
    "Chờ kết quả thẩm định của tỉnh",
    "Đang thi công nhà văn hóa",
    "Bận rộn mùa vụ nên hội viên dự họp chưa đều",
    "Đúng tiến độ",
    "Dạy nghề cho 20 lao động",
    "Ok hóa quy trình",
    "Đoàn thanh niên",
    "thổi",
    "12 5 0 1",
    "20/3/2019",
    "An Bình",
    "không",
    "chưa có số liệu",
    "Các hộ đều ok với mức đóng góp",
    "Đảng ủy đã chỉ đạo kiểm tra",
    "Khá",
    "Vì sao phải làm? Vì dân cần, nên xã đã mở 3 lớp tập huấn trong toàn Đảng bộ, kết quả khá tốt.",
    "Xong\nCòn nữa",
)


@pytest.mark.parametrize(("act", "text"), [(act, text) for act, texts in TALK.items() for text in texts.split("|")])
def test_talk_is_recognised(act: Act, text: str) -> None:
    """In capitals, decomposed and with signs around it too."""
    assert meaning_of(text).act is act
    assert meaning_of(text.upper()).act is act
    assert meaning_of(unicodedata.normalize("NFD", text)).act is act
    assert meaning_of(f"  {text} …").act is act


@pytest.mark.parametrize("text", CONTENT)
def test_content_is_content(text: str) -> None:
    assert meaning_of(text).act is None
