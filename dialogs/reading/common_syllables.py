"""Marked syllables of everyday official Vietnamese, to judge which reading of an old encoding makes sense."""

from __future__ import annotations

_WORDS = """
biên biến biết biếu biển biểu biện biệt buôn buông buồn bà bài bàn bào bá bác bái bám bán bánh báo
bát bã bão bè bèn bé bên bình bí bích bò bó bón bóng bót bôi bông bù bùi búa bún bút bơi bơm bước
bạc bạch bạn bản bảng bảo bảy bấm bất bắc bắt bằng bế bến bếp bền bể bệnh bị bỏ bố bối bốn bồi bổ
bổng bộ bởi bụng bức bừa chiến chiếu chiều chuyên chuyển chuồng chào chác chánh cháo cháu cháy chân
châu chè chép chí chín chính chó chóng chùa chú chúa chúc chúng chăm chăn chưa chương chạp chạy chảo
chấm chấp chất chậm chắc chẳng chặn chặt chế chết chỉ chỉnh chị chọn chống chốt chồng chở chợ chục
chủ chứ chứa chức chứng chữ chữa cuốc cuối cuộc cà càng cày cá các cách cán cáo cát cân câu cây cò
còn còng có cóc cóng cô côi công cõng cùng cú cúc cúm cúng căn cũ cũng cơ cơm cư cương cưới cướp
cười cường cạnh cả cảm cảnh cấp cầm cần cầu cận cập cậu cắp cằm cặp cố cống cốt cổ cộng cột cụ cục
cụm củ của củi củng cứ cứng cứu cừu cử cửa cực cựu diện dài dàn dành dày dâm dân dâu dây dép dê dì
dòng dông dõi dù dùng dũng dương dưới dường dưỡng dạ dạng dạy dấu dần dầu dẫn dẫu dậy dễ dịch dở dụ
dục dụng dữ dự dựng ghét ghế già giàu giày giá giác giám giáo giây giã gió giúp giường giả giải giảm
giấy giận giật giếng giỏi giống giỗ giới giờ giữ giữa gà gánh gây gãi gì gòn gói góp gõ gũi gương
gạch gạo gần gắn gặp gọi gọn gỗ gừng gửi hiếm hiến hiền hiểm hiểu hiện hiệp hiệu hoà hoài hoàn hoàng
hoá hoạch hoạt hoặc huyện huế huệ huỳnh hà hàng hành hái hán hát hãy hè hé hình hòa hóa hót hôi hôm
hôn hùng hút hơi hơn hưng hương hướng hưởng hạ hạn hạnh hải hầu hậu hằng hẳn hẹp hết hễ hệ họ học
họng họp hỏi hố hồ hồng hỗ hộ hội hợp khiêng khiếu khiển khoái khoán khoản khuyết khá khác khách
khái khám khánh khát khéo khí khó khóa khóc không khăn khẩn khẩu khắc khẳng khỏe khối kiên kiếm kiến
kiều kiểm kiện kè kèm kèo kém kéo kê kênh kính ký kạn kẹo kẻ kẻo kế kết kịch kịp kỳ kỷ kỹ liên liêu
liếng liềm liễu liệt liệu loã loại luân luôn luận luật là làm làng lành lào lá lâm lâu lãi lãng lãnh
lê lên lít lò lóa lóc lông lùa lúa lúc lý lăng lĩnh lũ lưng lưu lương lưỡi lượng lạc lại lạng lạnh
lần lập lắk lắm lắng lẽ lễ lệ lệnh lịch lọc lối lỗ lỗi lộc lội lớn lớp lời lợi lợn lục lụt lửa lựa
lực miếng miếu miệng muôn muối muộn mà màn má mái máng mát máu máy mây mã mãi mãng mèo mét mìn mình
mía mò mòi móng mô môi môn mùa múa măng mũ mũi mưa mưu mươi mương mướn mười mượn mại mạng mạnh mất
mấy mẫu mận mật mắc mắm mắt mặc mặt mẹ mẽ mềm mệt mỏng mối mốt mồ mỗi một mới mời mở mợ mục mức mừng
mực nghiêm nghiên nghiệm nghiệp nghèo nghé nghênh nghìn nghĩa nghề nghệ nghỉ nghị ngoài ngoại nguyên
nguyễn nguyện nguyệt nguồn ngàn ngành ngày ngân ngãi ngói ngón ngô ngõ ngũ người ngắn ngọc ngọt ngồi
ngỗng ngộ ngủ ngừng ngữ ngựa ngực nhiên nhiều nhiễm nhiễu nhiệm nhiệt nhà nhá nhân nhé nhí nhũng như
nhưng nhạc nhảy nhất nhầm nhận nhập nhắc nhắn nhằm nhẹ nhỉ nhỏ nhớ những niên niêu niềm nào này nâng
nâu né ném nét nên nêu nòng nói nóng nô nôi nông núi nút năm năng nơi nước nại nạn nạp nắm nắng nằm
nẵng nặng nếp nếu nề nền nốt nồi nổ nội nộp nứa nửa nữ nữa phiền phà phá pháp phát phân phê phí phía
phòng phó phóng phô phù phùng phú phúc phút phương phước phường phượng phạm phạt phải phản phấn phần
phẩm phẩy phật phố phối phổ phổi phở phụ phục phủ phức quyết quyền quà quá quách quán quát quân quê
quên quạt quả quản quảng quần quận quốc quỹ riêng ruộng ruột rà rác rách rãnh rét rót rõ rút răng
rượu rất rệt rịa rồi rồng rộng rừng soát suất suối sài sách sái sáng sát sáu sân sâu sóc sóng sót sô
sông sù súng sút sĩ sơ sơn sư sạch sạn sản sắc sắn sắp sắt sẽ sỏi số sống sốt sổ sớm sở sợ sức sử
sửa sữa sự thiên thiết thiếu thiểu thiện thiệu thoái thoáng thoát thoại thuyền thuê thuận thuật thuế
thuốc thuộc thuột thành thái tháng thánh tháp thân thép thê thêm thì thìa thí thím thò thô thôn
thông thù thúy thăm thơ thư thưa thương thường thưởng thảo thấp thất thấy thần thầy thẩm thận thật
thắng thẻ thế thể thị thịnh thịt thọ thống thờ thời thủ thủy thứ thức thừa thực tiêm tiên tiêu tiến
tiếp tiết tiền tiễn tiện toàn toát triển triệt triệu truyền truyện trà trào trách trái tránh trâm
trân trâu trèo trên trì trình trí trích trò trô trăm trăng trưa trương trước trường trưởng trại trạm
trạng trả trải trần trận trật trắng trẻ trễ trị trịnh trọng trống trồng trộm trời trợ trụ trứng trừ
trực tuyên tuyết tuyệt tuấn tuần tuệ tuổi tài tàn tàu tá tác tái tám tâm tân tây tã tê tên tìm tình
tích tím tín tính tòa tóc tô tôi tôm tôn tù tú túc túy tăng tĩnh tư tương tường tưởng tượng tạ tại
tạm tạo tạp tấm tấn tất tầm tầng tận tập tật tắc tắt tằm tặng tế tết tỉ tỉnh tịch tỏi tố tối tốt tồn
tổ tổng tộc tới tờ tục tụy tủ tức từ từng tử tự tỷ uống uỷ viên viễn việc viện việt và vài vàng vào
vác vân vâng vã vì ví vò vòng vó vô vôi võ vùng văn vĩ vĩnh vũ vũng vươn vương vướng vườn vượt vấn
vẫn vận vật vậy về vệ vị vịt vọng vốn với vở vợ vụ vừa vững vực xoá xuyên xuân xuất xá xác xám xây
xã xóa xóc xóm xúc xăng xương xấu xẻng xếp xử yên yêu yến yếu à ái án ánh áo âm ích ít ô ôi ôm ôn
ông ý ăn đa đang đau đen đi đinh điền điều điểm điển điện điệu đo đoàn đoán đoạn đu đua đuối đà đài
đào đá đáng đánh đáp đâu đây đã đãi đè đèn đê đêm đình đích đó đói đón đóng đô đôi đôn đông đùm đùn
đúng đĩa đũa đơn đưa đương đường được đại đạn đạo đạp đạt đảm đảng đảo đấm đất đấu đầu đầy đẩy đập
đậu đắk đặc đặng đặt đẹp đến đề đền đều để địa định đỏ đốc đối đồ đồi đồng đổi đỗ độ độc đội động
đột đời đợt đủ đức đứng ơi ơn ưu ương ước ạ ảnh ấm ấp ấy ếch ốc ồ ổn ớt ở ủy ứng ừ
"""

COMMON = frozenset(_WORDS.split())
