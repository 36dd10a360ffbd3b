BEGIN TRANSACTION;
CREATE TABLE account (
	id INTEGER NOT NULL, 
	channel VARCHAR(20) NOT NULL, 
	external VARCHAR(120) NOT NULL, 
	person INTEGER, 
	name TEXT DEFAULT '' NOT NULL, 
	created_at DATETIME NOT NULL, 
	blocked_at DATETIME, 
	CONSTRAINT pk_account PRIMARY KEY (id), 
	CONSTRAINT fk_account_person FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT uq_account_channel_external UNIQUE (channel, external)
);
INSERT INTO "account" VALUES(1,'telegram','chat-T',1,'','2019-04-01 02:00:00.000000',NULL);
INSERT INTO "account" VALUES(2,'telegram','chat-H1',2,'','2019-04-01 02:00:00.000000',NULL);
INSERT INTO "account" VALUES(3,'telegram','chat-X1',3,'','2019-04-01 02:00:00.000000',NULL);
INSERT INTO "account" VALUES(4,'telegram','chat-X2',4,'','2019-04-01 02:00:00.000000',NULL);
INSERT INTO "account" VALUES(5,'telegram','chat-X3',5,'','2019-04-01 02:00:00.000000',NULL);
INSERT INTO "account" VALUES(6,'telegram','chat-H2',6,'','2019-04-01 02:00:00.000000',NULL);
INSERT INTO "account" VALUES(7,'telegram','chat-X4',7,'','2019-04-01 02:00:00.000000',NULL);
INSERT INTO "account" VALUES(8,'telegram','chat-X5',8,'','2019-04-01 02:00:00.000000',NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE answer (
	submission INTEGER NOT NULL, 
	field VARCHAR(120) NOT NULL, 
	"row" VARCHAR(120) NOT NULL, 
	"column" VARCHAR(120) NOT NULL, 
	version INTEGER NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	kind VARCHAR(1) NOT NULL, 
	value TEXT, 
	number BIGINT, 
	closed BOOLEAN NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL, 
	basis TEXT DEFAULT '' NOT NULL, 
	person INTEGER, 
	channel VARCHAR(20) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_answer PRIMARY KEY (submission, field, "row", "column"), 
	CONSTRAINT ck_answer_state CHECK (state IN ('value', 'zero', 'none', 'empty')), 
	CONSTRAINT fk_answer_person FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT fk_answer_submission FOREIGN KEY(submission) REFERENCES submission (id)
)
 WITHOUT ROWID

;
INSERT INTO "answer" VALUES(3,'II.1','','',1,'value','s','Đã họp ba lần.',NULL,1,'','',3,'telegram','2019-04-01 02:00:00.000000');
INSERT INTO "answer" VALUES(3,'PL3','mttq','xa.tong_so',1,'value','i','12',12000000,1,'','',3,'telegram','2019-04-01 02:00:00.000000');
CREATE TABLE answer_history (
	id INTEGER NOT NULL, 
	submission INTEGER NOT NULL, 
	field VARCHAR(120) NOT NULL, 
	"row" VARCHAR(120) NOT NULL, 
	"column" VARCHAR(120) NOT NULL, 
	version INTEGER NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	kind VARCHAR(1) NOT NULL, 
	value TEXT, 
	number BIGINT, 
	closed BOOLEAN NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL, 
	basis TEXT DEFAULT '' NOT NULL, 
	person INTEGER, 
	channel VARCHAR(20) NOT NULL, 
	at DATETIME NOT NULL, 
	account INTEGER, 
	inbox INTEGER, 
	message VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT pk_answer_history PRIMARY KEY (id), 
	CONSTRAINT ck_answer_history_state CHECK (state IN ('value', 'zero', 'none', 'empty')), 
	CONSTRAINT fk_answer_history_account FOREIGN KEY(account) REFERENCES account (id), 
	CONSTRAINT fk_answer_history_inbox FOREIGN KEY(inbox) REFERENCES inbox (id), 
	CONSTRAINT fk_answer_history_person FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT fk_answer_history_submission FOREIGN KEY(submission) REFERENCES submission (id)
);
INSERT INTO "answer_history" VALUES(1,3,'PL3','mttq','xa.tong_so',1,'value','i','12',12000000,1,'','',3,'telegram','2019-04-01 02:00:00.000000',3,NULL,'1');
INSERT INTO "answer_history" VALUES(2,3,'II.1','','',1,'value','s','Đã họp ba lần.',NULL,1,'','',3,'telegram','2019-04-01 02:00:00.000000',3,NULL,'2');
CREATE TABLE answer_part (
	submission INTEGER NOT NULL, 
	field VARCHAR(120) NOT NULL, 
	"row" VARCHAR(120) NOT NULL, 
	"column" VARCHAR(120) NOT NULL, 
	position INTEGER NOT NULL, 
	message VARCHAR(120) NOT NULL, 
	text TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_answer_part PRIMARY KEY (submission, field, "row", "column", position), 
	CONSTRAINT fk_answer_part_submission FOREIGN KEY(submission) REFERENCES submission (id)
)
 WITHOUT ROWID

;
INSERT INTO "answer_part" VALUES(3,'II.1','','',0,'1','Đã họp ba lần.');
CREATE TABLE assignment (
	id INTEGER NOT NULL, 
	submission INTEGER NOT NULL, 
	prefix TEXT DEFAULT '' NOT NULL, 
	person INTEGER NOT NULL, 
	comment TEXT DEFAULT '' NOT NULL, 
	given_by INTEGER, 
	at DATETIME NOT NULL, 
	until DATETIME, 
	resolved_at DATETIME, 
	CONSTRAINT pk_assignment PRIMARY KEY (id), 
	CONSTRAINT fk_assignment_given_by FOREIGN KEY(given_by) REFERENCES person (id), 
	CONSTRAINT fk_assignment_person FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT fk_assignment_submission FOREIGN KEY(submission) REFERENCES submission (id)
);
CREATE TABLE attachment (
	id INTEGER NOT NULL, 
	submission INTEGER NOT NULL, 
	field TEXT DEFAULT '' NOT NULL, 
	"row" TEXT DEFAULT '' NOT NULL, 
	file INTEGER NOT NULL, 
	person INTEGER, 
	at DATETIME NOT NULL, 
	removed_at DATETIME, 
	CONSTRAINT pk_attachment PRIMARY KEY (id), 
	CONSTRAINT fk_attachment_file FOREIGN KEY(file) REFERENCES file (id), 
	CONSTRAINT fk_attachment_person FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT fk_attachment_submission FOREIGN KEY(submission) REFERENCES submission (id)
);
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	person INTEGER, 
	account INTEGER, 
	verb VARCHAR(60) NOT NULL, 
	unit INTEGER, 
	campaign INTEGER, 
	submission INTEGER, 
	detail TEXT DEFAULT '{}' NOT NULL, 
	channel VARCHAR(20) DEFAULT '' NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (id), 
	CONSTRAINT fk_audit_account FOREIGN KEY(account) REFERENCES account (id), 
	CONSTRAINT fk_audit_campaign FOREIGN KEY(campaign) REFERENCES campaign (id), 
	CONSTRAINT fk_audit_person FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT fk_audit_submission FOREIGN KEY(submission) REFERENCES submission (id), 
	CONSTRAINT fk_audit_unit FOREIGN KEY(unit) REFERENCES unit (id)
);
INSERT INTO "audit" VALUES(1,3,3,'submission.send',3,1,3,'{"receipt":"KL62-0001"}','telegram','2019-04-01 02:00:00.000000');
CREATE TABLE campaign (
	id INTEGER NOT NULL, 
	"key" VARCHAR(60) NOT NULL, 
	title TEXT DEFAULT '' NOT NULL, 
	form_version INTEGER NOT NULL, 
	root INTEGER NOT NULL, 
	reference_date DATE NOT NULL, 
	period TEXT DEFAULT '' NOT NULL, 
	previous INTEGER, 
	switches TEXT DEFAULT '[]' NOT NULL, 
	settings TEXT DEFAULT '{}' NOT NULL, 
	receipts INTEGER DEFAULT '0' NOT NULL, 
	opened_at DATETIME NOT NULL, 
	opened_by INTEGER, 
	closed_at DATETIME, 
	CONSTRAINT pk_campaign PRIMARY KEY (id), 
	CONSTRAINT fk_campaign_form_version FOREIGN KEY(form_version) REFERENCES form_version (id), 
	CONSTRAINT fk_campaign_opened_by FOREIGN KEY(opened_by) REFERENCES person (id), 
	CONSTRAINT fk_campaign_previous FOREIGN KEY(previous) REFERENCES campaign (id), 
	CONSTRAINT fk_campaign_root FOREIGN KEY(root) REFERENCES unit (id), 
	CONSTRAINT uq_campaign_key UNIQUE ("key")
);
INSERT INTO "campaign" VALUES(1,'kl62-2019','Tổng kết 10 năm Kết luận 62',2,1,'2019-04-01','',NULL,'[]','{}',1,'2019-04-01 02:00:00.000000',NULL,NULL);
CREATE TABLE campaign_unit (
	id INTEGER NOT NULL, 
	campaign INTEGER NOT NULL, 
	unit INTEGER NOT NULL, 
	form_version INTEGER NOT NULL, 
	due DATETIME, 
	required BOOLEAN DEFAULT '1' NOT NULL, 
	CONSTRAINT pk_campaign_unit PRIMARY KEY (id), 
	CONSTRAINT fk_campaign_unit_campaign FOREIGN KEY(campaign) REFERENCES campaign (id), 
	CONSTRAINT fk_campaign_unit_form_version FOREIGN KEY(form_version) REFERENCES form_version (id), 
	CONSTRAINT fk_campaign_unit_unit FOREIGN KEY(unit) REFERENCES unit (id), 
	CONSTRAINT uq_campaign_unit_campaign_unit UNIQUE (campaign, unit)
);
INSERT INTO "campaign_unit" VALUES(1,1,1,2,'2019-04-19 17:00:00.000000',1);
INSERT INTO "campaign_unit" VALUES(2,1,2,2,'2019-04-10 17:00:00.000000',1);
INSERT INTO "campaign_unit" VALUES(3,1,3,1,NULL,1);
INSERT INTO "campaign_unit" VALUES(4,1,4,1,NULL,1);
INSERT INTO "campaign_unit" VALUES(5,1,5,1,NULL,1);
INSERT INTO "campaign_unit" VALUES(6,1,6,2,'2019-04-10 17:00:00.000000',1);
INSERT INTO "campaign_unit" VALUES(7,1,7,1,NULL,1);
INSERT INTO "campaign_unit" VALUES(8,1,8,1,NULL,1);
CREATE TABLE file (
	id INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	media_type VARCHAR(120) NOT NULL, 
	size INTEGER NOT NULL, 
	bytes BLOB NOT NULL, 
	owner INTEGER, 
	submission INTEGER, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_file PRIMARY KEY (id), 
	CONSTRAINT fk_file_owner FOREIGN KEY(owner) REFERENCES person (id), 
	CONSTRAINT fk_file_submission FOREIGN KEY(submission) REFERENCES submission (id)
);
CREATE TABLE form_version (
	id INTEGER NOT NULL, 
	"key" VARCHAR(60) NOT NULL, 
	version INTEGER NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	title TEXT DEFAULT '' NOT NULL, 
	text TEXT DEFAULT '' NOT NULL, 
	published_at DATETIME NOT NULL, 
	CONSTRAINT pk_form_version PRIMARY KEY (id), 
	CONSTRAINT uq_form_version_key_version UNIQUE ("key", version)
);
INSERT INTO "form_version" VALUES(1,'kl62-2019-xa',1,'fe5d577902b37785f63537eb33b4f3131a7deb30623856a46d1aeaed91a33845','Tổng kết 10 năm Kết luận 62','# Báo cáo của xã: tổng kết 10 năm thực hiện Kết luận số 62-KL/TW. Đi cùng mẫu kl62-2019 trong một đợt báo cáo.
# Đề mục, câu có chỗ trống và phụ lục là nguyên văn; question, hint, example, help, short là lời của chương trình.
# filled_by: loại đơn vị phải điền; [] nghĩa là in ra mà không hỏi. Kiểm tra: baocao form check TỆP

key: kl62-2019-xa
version: 1
title:
  - BÁO CÁO
  - "Tổng kết 10 năm lãnh đạo, chỉ đạo và tổ chức thực hiện Kết luận số 62-KL/TW ngày 8/12/2009 của Bộ Chính trị về tiếp tục đổi mới nội dung và phương thức hoạt động của MTTQ và các đoàn thể chính trị xã hội"
short_title: Tổng kết 10 năm Kết luận 62
legal_basis: "Kết luận số 62-KL/TW, ngày 08/12/2009 của Bộ Chính trị khóa X; Kế hoạch số 133-KH/TU, ngày 14 tháng 3 năm 2019 của Ban Thường vụ Tỉnh ủy"
source: "Báo cáo mẫu dùng cho cấp xã"
year: 2019
filled_by: [xa]
companions: []

document:
  type_name: BÁO CÁO
  type_symbol: BC
  subject: "Tổng kết 10 năm lãnh đạo, chỉ đạo và tổ chức thực hiện Kết luận số 62-KL/TW ngày 8/12/2009 của Bộ Chính trị về tiếp tục đổi mới nội dung và phương thức hoạt động của MTTQ và các đoàn thể chính trị xã hội"
  profile: party_hd36
  body_symbol: {xa: ĐU}
  authority: {xa: T/M BAN THƯỜNG VỤ}
  recipients:
    xa:
      - Ban Thường vụ Huyện ủy (để báo cáo)
      - Ban Dân vận Huyện ủy
      - Các đồng chí Ủy viên Ban Chấp hành Đảng bộ xã
      - MTTQ và các đoàn thể chính trị - xã hội xã
      - Lưu Văn phòng Đảng ủy

outline:
  - key: M0
    label: Căn cứ của báo cáo
    question: Báo cáo này thực hiện theo Kế hoạch số mấy, ngày tháng nào của Ban Thường vụ Huyện ủy?
    filled_by: [xa]
    template: "Thực hiện Kế hoạch số {ke_hoach_so}-KH/HU ngày {ke_hoach_ngay} tháng {ke_hoach_thang} năm 2019 của Ban Thường vụ Huyện ủy về tổng kết 10 năm lãnh đạo, chỉ đạo và tổ chức thực hiện Kết luận 62-KL/TW ngày 8/12/2009 của Bộ Chính trị về tiếp tục đổi mới nội dung và phương thức hoạt động của MTTQ và các đoàn thể chính trị xã hội. Ban Thường vụ Đảng ủy xã báo cáo kết quả cụ thể như sau:"
    blanks:
      - {key: ke_hoach_so, label: Số kế hoạch, short: Số, kind: text, filled_by: [xa], example: 45,
         hint: "Chỉ gõ phần số; “-KH/HU” đã in sẵn."}
      - {key: ke_hoach_ngay, label: Ngày ban hành kế hoạch, short: Ngày, kind: integer, filled_by: [xa], minimum: 1,
         maximum: 31, example: 20}
      - {key: ke_hoach_thang, label: Tháng ban hành kế hoạch, short: Tháng, kind: integer, filled_by: [xa],
         minimum: 1, maximum: 12, example: 3}
    groups: [[ke_hoach_so, ke_hoach_ngay, ke_hoach_thang]]

  - key: I
    heading: "I. ĐẶC ĐIỂM TÌNH HÌNH:"
    short: Mục I
    children:
      - key: I.a
        label: "Vị trí, diện tích, dân số, tổ chức đảng"
        question: "Xã nằm ở đâu, diện tích, dân số bao nhiêu; Đảng bộ có bao nhiêu đảng viên, chi bộ?"
        hint: Số chi bộ bằng chi bộ nông thôn cộng chi bộ trường học cộng chi bộ khác.
        filled_by: [xa]
        template: "{ten_xa} là xã nằm ở phía {huong} của huyện, có tổng diện tích tự nhiên {dien_tich_ha} ha, dân số {dan_so} người. Đảng bộ xã có {so_dang_vien} đảng viên, đang sinh hoạt ở {so_chi_bo} chi bộ, trong đó có {chi_bo_nong_thon} chi bộ nông thôn, {chi_bo_truong_hoc} chi bộ trường học, {chi_bo_khac} chi bộ khác."
        blanks:
          - {key: ten_xa, label: Tên xã, short: Tên xã, kind: text, filled_by: [xa], example: An Bình,
             hint: "Chỉ gõ tên, không gõ chữ “xã”: câu in ra là “An Bình là xã nằm ở phía …”."}
          - {key: huong, label: Phía nào của huyện, short: Hướng, kind: choice, filled_by: [xa],
             choices: [bắc, nam, đông, tây, đông bắc, đông nam, tây bắc, tây nam], example: đông bắc}
          - {key: dien_tich_ha, label: Tổng diện tích tự nhiên, short: Diện tích, kind: decimal, measure: ha,
             filled_by: [xa], minimum: 0.01, rollup: sum, example: "1.234,5"}
          - {key: dan_so, label: Dân số, short: Dân số, kind: integer, filled_by: [xa], minimum: 1, rollup: sum,
             example: "6.540", hint: Số người.}
          - {key: so_dang_vien, label: Số đảng viên của Đảng bộ xã, short: Đảng viên, kind: integer, filled_by: [xa],
             minimum: 0, rollup: sum, example: 215}
          - {key: so_chi_bo, label: Số chi bộ, short: Chi bộ, kind: integer, filled_by: [xa], minimum: 0, rollup: sum,
             example: 12}
          - {key: chi_bo_nong_thon, label: Số chi bộ nông thôn, short: CB nông thôn, kind: integer, filled_by: [xa],
             minimum: 0, rollup: sum, example: 8}
          - {key: chi_bo_truong_hoc, label: Số chi bộ trường học, short: CB trường học, kind: integer,
             filled_by: [xa], minimum: 0, rollup: sum, example: 3}
          - {key: chi_bo_khac, label: Số chi bộ khác, short: CB khác, kind: integer, filled_by: [xa], minimum: 0,
             rollup: sum, example: 1}
        groups:
          - [ten_xa, huong, dien_tich_ha, dan_so]
          - [so_dang_vien, so_chi_bo, chi_bo_nong_thon, chi_bo_truong_hoc, chi_bo_khac]
        rules:
          - rule: "chi_bo_nong_thon + chi_bo_truong_hoc + chi_bo_khac = so_chi_bo"
            message: Chi bộ nông thôn, trường học và khác cộng lại không bằng số chi bộ.
            blocking: true
        feeds: [P1.I.1.a]
      - key: I.b
        label: Bối cảnh giai đoạn 2009 - 2019
        question: "Từ năm 2009 đến năm 2019, xã thực hiện nhiệm vụ trong bối cảnh nào, tập trung vào những việc gì lớn?"
        hint: "Nêu các nghị quyết đại hội, chương trình lớn (như xây dựng nông thôn mới), kết quả phát triển kinh tế - xã hội, quốc phòng, an ninh."
        kind: narrative
        filled_by: [xa]
        feeds: [P1.I.1.a]
      - key: I.c
        label: Thuận lợi
        question: "Khi thực hiện Kết luận 62, xã có những thuận lợi gì?"
        hint: "Nêu sự lãnh đạo của cấp trên, tổ chức bộ máy, điều kiện hoạt động của MTTQ và các đoàn thể."
        kind: narrative
        filled_by: [xa]
        feeds: [P1.I.1.b]
      - key: I.d
        label: Khó khăn
        question: "Xã gặp những khó khăn gì, ảnh hưởng thế nào đến việc thực hiện Kết luận 62?"
        hint: "Nêu khó khăn về nhận thức, phối hợp, cán bộ, kinh phí; nói rõ mức độ, nơi nào."
        kind: narrative
        filled_by: [xa]
        feeds: [P1.I.1.b]

  - key: II
    heading: "II. KẾT QUẢ VIỆC LÃNH ĐẠO, CHỈ ĐẠO VÀ TỔ CHỨC THỰC HIỆN KẾT LUẬN SỐ 62-KL/TW NGÀY 8/12/2009."
    short: Mục II
    children:
      - key: II.1
        heading: "1. Công tác lãnh đạo, chỉ đạo và tổ chức thực hiện Kết luận 62."
        label: "Lãnh đạo, chỉ đạo, tổ chức thực hiện"
        question: "Cấp ủy đã quán triệt, triển khai Kết luận 62 ra sao; nhận thức của cán bộ, đảng viên thay đổi thế nào?"
        hint: "Nêu số hội nghị, số lượt người dự, văn bản đã ban hành, số cuộc kiểm tra, sơ kết."
        example: "Đã tổ chức 3 hội nghị quán triệt với 210 lượt người dự; ban hành 1 kế hoạch, 2 công văn."
        kind: narrative
        filled_by: [xa]
        feeds: [P1.I.2.a]
        tables: [PL1]
      - key: II.2
        heading: "2. Việc nâng cao chất lượng các cuộc vận động, các phong trào thi đua yêu nước trên các lĩnh vực của đời sống xã hội; chăm lo bảo vệ lợi ích hợp pháp chính đáng của Đoàn viên, hội viên và nhân dân:"
        label: "Các cuộc vận động, phong trào thi đua"
        question: "MTTQ và các đoàn thể xã đã làm những cuộc vận động, phong trào nào, kết quả ra sao; đã chăm lo, bảo vệ quyền lợi của dân thế nào?"
        hint: "Nêu tên phong trào, mô hình hay, số người tham gia, số tiền, ngày công huy động được, số kiến nghị đã được giải quyết."
        example: "Phong trào làm đường thôn: 120 hộ hiến 2.400 m2 đất, 850 ngày công."
        kind: narrative
        filled_by: [xa]
        feeds: [P1.II.2]
        tables: [PL2]
      - key: II.3
        heading: "3. Đa dạng hoá hình thức tập hợp nhân dân và tập trung hướng mạnh các hoạt động về cơ sở; phát huy quyền chủ động, sáng tạo của MTTQ Việt Nam và các đoàn thể chính trị xã hội các cấp trong công tác vận động nhân dân phù hợp với đặc điểm địa phương."
        label: "Tập hợp nhân dân, hướng về cơ sở"
        question: "Xã đã tập hợp nhân dân, hướng hoạt động về thôn, xóm bằng những cách nào? Nêu mô hình, số liệu, nơi làm tốt."
        hint: "Nêu tỷ lệ tập hợp đoàn viên, hội viên; số tổ tự quản, tổ hòa giải; hoạt động của ban thanh tra nhân dân, ban giám sát đầu tư cộng đồng."
        example: "Tỷ lệ tập hợp hội viên nông dân đạt 78 %; 6/6 thôn có tổ tự quản."
        kind: narrative
        filled_by: [xa]
        feeds: [P1.II.3]
      - key: II.4
        heading: "4. Kiện toàn tổ chức bộ máy, đổi mới chính sách, chế độ đối với cán bộ MTTQ Việt Nam và các đoàn thể chính trị-xã hội, đáp ứng yêu cầu đổi mới nội dung, phương thức hoạt động trong thời kỳ mới."
        label: "Kiện toàn bộ máy, chính sách cán bộ"
        question: "Xã đã sắp xếp, kiện toàn bộ máy và thực hiện chính sách với cán bộ MTTQ, đoàn thể như thế nào?"
        hint: "Nêu việc quy hoạch, đào tạo, bồi dưỡng, bố trí cán bộ không chuyên trách ở xã và thôn; số liệu chi tiết điền ở các Phụ lục 3, 4, 6."
        example: "Cử 4 cán bộ đi bồi dưỡng nghiệp vụ; thay 2 trưởng đoàn thể đến tuổi nghỉ."
        kind: narrative
        filled_by: [xa]
        feeds: [P1.II.4]
        tables: [PL3, PL4, PL6]
      - key: II.4.b
        label: Nghị quyết về chế độ, chính sách
        question: Chế độ, chính sách cho cán bộ không chuyên trách đang chi trả theo Nghị quyết nào?
        filled_by: [xa]
        template: "Việc chi trả chế độ, chính sách theo Nghị quyết {nghi_quyet_che_do} được thực hiện nghiêm túc, kịp thời, đúng quy định."
        blanks:
          - {key: nghi_quyet_che_do, label: "Số, ngày và cơ quan ban hành Nghị quyết", short: Nghị quyết, kind: text,
             filled_by: [xa], example: "số 12/2014/NQ-HĐND ngày 10/7/2014 của Hội đồng nhân dân tỉnh",
             hint: "Không gõ lại chữ “Nghị quyết”: câu đã in sẵn."}
        groups: [[nghi_quyet_che_do]]
        feeds: [P1.II.4]
      - key: II.5
        heading: "5. Hiệu quả công tác dân vận chính quyền các cấp; thể chế hóa cơ chế phối hợp giữa chính quyền các cấp với MTTQ Việt Nam và các đoàn thể chính trị-xã hội."
        label: "Dân vận chính quyền, cơ chế phối hợp"
        question: "Chính quyền xã đã làm công tác dân vận và phối hợp với MTTQ, các đoàn thể ra sao?"
        hint: "Nêu quy chế, chương trình phối hợp đã ký, số cuộc đối thoại, tiếp dân, số kiến nghị được giải quyết, hỗ trợ kinh phí, phương tiện."
        example: "Ký 5 chương trình phối hợp; tổ chức 2 cuộc đối thoại với nhân dân mỗi năm."
        kind: narrative
        filled_by: [xa]
        feeds: [P1.II.5]

  - key: III
    heading: "III. HẠN CHẾ VÀ NGUYÊN NHÂN:"
    short: Mục III
    children:
      - key: III.1
        heading: "1. Hạn chế:"
        label: Hạn chế
        question: "Việc thực hiện Kết luận 62 ở xã còn những hạn chế nào?"
        hint: "Mỗi dòng một hạn chế, nói rõ việc gì, ở đâu, mức độ. Có thể xét: quán triệt, phong trào, tập hợp đoàn viên hội viên, thiết chế dân chủ, tham mưu báo cáo, cán bộ."
        kind: list
        filled_by: [xa]
        feeds: [P1.III.2]
      - key: III.2
        heading: "2. Nguyên nhân hạn chế:"
        label: Nguyên nhân hạn chế
        question: "Những hạn chế đó do nguyên nhân nào?"
        hint: "Mỗi dòng một nguyên nhân. Có thể xét: sơ kết, kiểm tra; ngân sách; giám sát, phản biện; biên chế, cán bộ."
        kind: list
        filled_by: [xa]
        feeds: [P1.III.2]

  - key: IV
    heading: "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ VÀ GIẢI PHÁP"
    label: "PHƯƠNG HƯỚNG, NHIỆM VỤ VÀ GIẢI PHÁP"
    question: "Thời gian tới xã sẽ làm những việc gì để tiếp tục thực hiện Kết luận 62?"
    hint: "Mỗi dòng một nhiệm vụ hoặc giải pháp, nói rõ ai làm, làm gì."
    kind: list
    filled_by: [xa]
    feeds: [P2.II]

closing: "Trên đây là báo cáo kết quả việc lãnh đạo, chỉ đạo và tổ chức thực hiện Kết luận 62-KL/TW ngày 8 tháng 12 năm 2009 của Bộ Chính trị về tiếp tục đổi mới nội dung và phương thức hoạt động của MTTQ và các đoàn thể chính trị xã hội."

tables:
  - key: PL1
    number_line: PHỤ LỤC 1
    title:
      - "Các văn bản lãnh đạo, chỉ đạo, kiểm tra việc thực hiện Kết luận số 62-KL/TW"
    period: "(Từ 2009 – 4/2019)"
    switch: pl1_pl2
    landscape: true
    letterhead_left: "HUYỆN, THÀNH ỦY (ĐẢNG ĐOÀN)....."
    letterhead_right: ĐẢNG CỘNG SẢN VIỆT NAM
    date_line: "....., ngày tháng năm 2019"
    header_rows: 2
    grid_columns: 8
    numbered_header: true
    header:
      - {row: 1, col: 1, rows: 2, text: TT}
      - {row: 1, col: 2, rows: 2, text: Đơn vị}
      - {row: 1, col: 3, cols: 5, text: "Ban hành văn bản thực hiện Kết luận*"}
      - {row: 1, col: 8, rows: 2, text: "Số cuộc kiểm tra, giám sát thực hiện Kết luận"}
      - {row: 2, col: 3, text: Nghị quyết}
      - {row: 2, col: 4, text: Chỉ thị}
      - {row: 2, col: 5, text: Kế hoạch}
      - {row: 2, col: 6, text: Hướng dẫn}
      - {row: 2, col: 7, text: Công văn}
    columns:
      - {key: tt, label: TT, kind: index, grid: 1}
      - {key: don_vi, label: Đơn vị, kind: label, grid: 2}
      - {key: nghi_quyet, label: Nghị quyết, title: Ban hành văn bản thực hiện Kết luận / Nghị quyết,
         kind: documents, grid: 3, filled_by: [xa], rollup: union,
         example: "Nghị quyết số 05-NQ/ĐU, ngày 12/3/2012 của Ban Chấp hành Đảng bộ xã về tăng cường công tác vận động quần chúng"}
      - {key: chi_thi, label: Chỉ thị, title: Ban hành văn bản thực hiện Kết luận / Chỉ thị, kind: documents,
         grid: 4, filled_by: [xa], rollup: union,
         example: "Chỉ thị số 08-CT/ĐU, ngày 20/5/2013 của Ban Chấp hành Đảng bộ xã về đại hội các đoàn thể"}
      - {key: ke_hoach, label: Kế hoạch, title: Ban hành văn bản thực hiện Kết luận / Kế hoạch, kind: documents,
         grid: 5, filled_by: [xa], rollup: union,
         example: "Kế hoạch số 12-KH/ĐU, ngày 05/4/2010 của Ban Chấp hành Đảng bộ xã về thực hiện Kết luận số 62-KL/TW"}
      - {key: huong_dan, label: Hướng dẫn, title: Ban hành văn bản thực hiện Kết luận / Hướng dẫn,
         kind: documents, grid: 6, filled_by: [xa], rollup: union,
         example: "Hướng dẫn số 03-HD/ĐU, ngày 15/6/2010 về học tập Kết luận số 62-KL/TW"}
      - {key: cong_van, label: Công văn, title: Ban hành văn bản thực hiện Kết luận / Công văn, kind: documents,
         grid: 7, filled_by: [xa], rollup: union,
         example: "Công văn số 47-CV/ĐU, ngày 09/8/2011 về kiểm tra việc thực hiện Kết luận số 62-KL/TW"}
      - {key: so_cuoc_kt_gs, label: "Số cuộc kiểm tra, giám sát thực hiện Kết luận", short: Số cuộc,
         kind: integer, grid: 8, measure: cuộc, filled_by: [xa], minimum: 0, rollup: sum, example: 3}
    widths_mm: [10, 45, 32, 32, 32, 32, 32, 42]
    rows:
      - {key: mttq, ordinal: 1, label: Mặt trận Tổ quốc Việt Nam, short: MTTQ, body: mttq}
      - {key: ldld, ordinal: 2, label: Liên đoàn Lao động Việt Nam, short: LĐLĐ, body: ldld}
      - {key: hnd, ordinal: 3, label: Hội Nông dân Việt Nam, short: Hội Nông dân, body: hnd}
      - {key: doan, ordinal: 4, label: Đoàn TNCS Hồ Chí Minh, short: Đoàn Thanh niên, body: doan}
      - {key: pn, ordinal: 5, label: Hội Liên hiệp Phụ nữ Việt Nam, short: Hội LHPN, body: pn}
      - {key: ccb, ordinal: 6, label: Hội Cựu Chiến binh Việt Nam, short: Hội CCB, body: ccb}
    footnote: "(* Các mục (3), (4), (5), (6), (7) nêu cụ thể danh mục từng văn bản việc thực hiện Kết luận số 62-KL/TW)"
    help: "Mỗi văn bản một dòng: số và ký hiệu, ngày ban hành, cơ quan ban hành, trích yếu. Chỉ kê văn bản do cấp mình ban hành."

  - key: PL2
    number_line: PHỤ LỤC 2
    title:
      - "Nội dung, phương thức hoạt động của MTTQ Việt Nam và các tổ chức chính trị - xã hội"
    period: "(Từ 2009 - 4/2019)"
    switch: pl1_pl2
    landscape: true
    letterhead_left: "HUYỆN, THÀNH ỦY....."
    letterhead_right: ĐẢNG CỘNG SẢN VIỆT NAM
    date_line: "....., ngày tháng năm 2019"
    header_rows: 2
    grid_columns: 5
    header:
      - {row: 1, col: 1, rows: 2, text: STT}
      - {row: 1, col: 2, rows: 2, text: Đơn vị}
      - {row: 1, col: 3, rows: 2, text: Nội dung}
      - {row: 1, col: 4, cols: 2, text: Phương thức}
      - {row: 2, col: 4, text: Tên các cuộc tuyên dương điển hình}
      - {row: 2, col: 5, text: "Số lượng tập thể, cá nhân được tuyên dương"}
    columns:
      - {key: stt, label: STT, kind: index, grid: 1}
      - {key: don_vi, label: Đơn vị, kind: label, grid: 2}
      - {key: cvd_2009_2014, label: "- Giai đoạn 2009 – 2014:", lead: "Tên các cuộc vận động:",
         title: "Nội dung / Tên các cuộc vận động / Giai đoạn 2009 – 2014", short: "Vận động 2009–2014",
         kind: list, grid: 3, filled_by: [xa], rollup: union,
         example: "Nông dân thi đua sản xuất, kinh doanh giỏi"}
      - {key: cvd_2014_2019, label: "- Giai đoạn 2014 – 2019:",
         title: "Nội dung / Tên các cuộc vận động / Giai đoạn 2014 – 2019", short: "Vận động 2014–2019",
         kind: list, grid: 3, filled_by: [xa], rollup: union,
         example: "Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh"}
      - {key: tuyen_duong, label: Tên các cuộc tuyên dương điển hình,
         title: Phương thức / Tên các cuộc tuyên dương điển hình, short: Tuyên dương, kind: list, grid: 4,
         filled_by: [xa], rollup: union, example: "Hội nghị tuyên dương gương “Dân vận khéo” năm 2016"}
      - {key: tap_the, label: tập thể,
         title: "Phương thức / Số lượng tập thể, cá nhân được tuyên dương / tập thể", short: Tập thể,
         kind: integer, grid: 5, filled_by: [xa], minimum: 0, rollup: sum, example: 4}
      - {key: ca_nhan, label: cá nhân,
         title: "Phương thức / Số lượng tập thể, cá nhân được tuyên dương / cá nhân", short: Cá nhân,
         kind: integer, grid: 5, filled_by: [xa], minimum: 0, rollup: sum, example: 15}
    widths_mm: [10, 45, 43, 42, 70, 24, 23]
    rows:
      - {key: mttq, ordinal: 1, label: Mặt trận Tổ quốc VN, short: MTTQ, body: mttq}
      - {key: ldld, ordinal: 2, label: Liên đoàn Lao động, short: LĐLĐ, body: ldld}
      - {key: hnd, ordinal: 3, label: Hội Nông dân, short: Hội Nông dân, body: hnd}
      - {key: doan, ordinal: 4, label: Đoàn TNCS Hồ Chí Minh, short: Đoàn Thanh niên, body: doan}
      - {key: pn, ordinal: 5, label: Hội Liên hiệp Phụ nữ, short: Hội LHPN, body: pn}
      - {key: ccb, ordinal: 6, label: Hội Cựu Chiến binh, short: Hội CCB, body: ccb}
    help: Mỗi dòng một cuộc vận động hoặc một cuộc tuyên dương. Cuộc kéo dài qua năm 2014 ghi vào giai đoạn phát động.

  - key: PL3
    number_line: PHỤ LỤC 3
    title:
      - "Về xây dựng, củng cố tổ chức, bộ máy, đội ngũ cán bộ"
      - "của Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội ở địa phương"
    period: "(Từ 2009 - 4/2019)"
    landscape: true
    letterhead_left: "HUYỆN, THÀNH ỦY....."
    letterhead_right: ĐẢNG CỘNG SẢN VIỆT NAM
    date_line: "....., ngày tháng năm 2019"
    header_rows: 2
    grid_columns: 6
    header:
      - {row: 1, col: 1, rows: 2, text: STT}
      - {row: 1, col: 2, rows: 2, text: Đơn vị}
      - {row: 1, col: 3, cols: 4, text: Số lượng cán bộ}
      - {row: 2, col: 3, text: Trung ương}
      - {row: 2, col: 4, text: Cấp tỉnh}
      - {row: 2, col: 5, text: Cấp huyện}
      - {row: 2, col: 6, text: Cấp xã}
    columns:
      - {key: stt, label: STT, kind: index, grid: 1}
      - {key: don_vi, label: Đơn vị, kind: label, grid: 2}
      - {key: tw.tong_so, label: "- Tổng số:", title: Số lượng cán bộ / Trung ương / Tổng số, short: Tổng,
         kind: integer, grid: 3, level: trung_uong, measure: người, filled_by: [], minimum: 0, rollup: sum,
         example: 12}
      - {key: tw.cb_nu, label: "- CB nữ:", title: Số lượng cán bộ / Trung ương / CB nữ, short: Nữ,
         kind: integer, grid: 3, level: trung_uong, measure: người, filled_by: [], minimum: 0, rollup: sum,
         example: 5}
      - {key: tw.cb_dtts, label: "- CB dân tộc thiểu số:",
         title: Số lượng cán bộ / Trung ương / CB dân tộc thiểu số, short: DTTS, kind: integer, grid: 3,
         level: trung_uong, measure: người, filled_by: [], minimum: 0, rollup: sum, example: 0}
      - {key: tw.cb_ton_giao, label: "- CB tôn giáo:", title: Số lượng cán bộ / Trung ương / CB tôn giáo,
         short: Tôn giáo, kind: integer, grid: 3, level: trung_uong, measure: người, filled_by: [], minimum: 0,
         rollup: sum, example: 1}
      - {key: tinh.tong_so, label: "- Tổng số:", title: Số lượng cán bộ / Cấp tỉnh / Tổng số, short: Tổng,
         kind: integer, grid: 4, level: tinh, measure: người, filled_by: [], minimum: 0, rollup: sum,
         example: 12}
      - {key: tinh.cb_nu, label: "- CB nữ:", title: Số lượng cán bộ / Cấp tỉnh / CB nữ, short: Nữ,
         kind: integer, grid: 4, level: tinh, measure: người, filled_by: [], minimum: 0, rollup: sum,
         example: 5}
      - {key: tinh.cb_dtts, label: "- CB dân tộc thiểu số:",
         title: Số lượng cán bộ / Cấp tỉnh / CB dân tộc thiểu số, short: DTTS, kind: integer, grid: 4,
         level: tinh, measure: người, filled_by: [], minimum: 0, rollup: sum, example: 0}
      - {key: tinh.cb_ton_giao, label: "- CB tôn giáo:", title: Số lượng cán bộ / Cấp tỉnh / CB tôn giáo,
         short: Tôn giáo, kind: integer, grid: 4, level: tinh, measure: người, filled_by: [], minimum: 0,
         rollup: sum, example: 1}
      - {key: huyen.tong_so, label: "- Tổng số:", title: Số lượng cán bộ / Cấp huyện / Tổng số, short: Tổng,
         kind: integer, grid: 5, level: huyen, measure: người, filled_by: [], minimum: 0, rollup: sum,
         example: 12}
      - {key: huyen.cb_nu, label: "- CB nữ:", title: Số lượng cán bộ / Cấp huyện / CB nữ, short: Nữ,
         kind: integer, grid: 5, level: huyen, measure: người, filled_by: [], minimum: 0, rollup: sum,
         example: 5}
      - {key: huyen.cb_dtts, label: "- CB dân tộc thiểu số:",
         title: Số lượng cán bộ / Cấp huyện / CB dân tộc thiểu số, short: DTTS, kind: integer, grid: 5,
         level: huyen, measure: người, filled_by: [], minimum: 0, rollup: sum, example: 0}
      - {key: huyen.cb_ton_giao, label: "- CB tôn giáo:", title: Số lượng cán bộ / Cấp huyện / CB tôn giáo,
         short: Tôn giáo, kind: integer, grid: 5, level: huyen, measure: người, filled_by: [], minimum: 0,
         rollup: sum, example: 1}
      - {key: xa.tong_so, label: "- Tổng số:", title: Số lượng cán bộ / Cấp xã / Tổng số, short: Tổng,
         kind: integer, grid: 6, level: xa, measure: người, filled_by: [xa], minimum: 0, rollup: sum,
         example: 12}
      - {key: xa.cb_nu, label: "- CB nữ:", title: Số lượng cán bộ / Cấp xã / CB nữ, short: Nữ, kind: integer,
         grid: 6, level: xa, measure: người, filled_by: [xa], minimum: 0, rollup: sum, example: 5}
      - {key: xa.cb_dtts, label: "- CB dân tộc thiểu số:",
         title: Số lượng cán bộ / Cấp xã / CB dân tộc thiểu số, short: DTTS, kind: integer, grid: 6, level: xa,
         measure: người, filled_by: [xa], minimum: 0, rollup: sum, example: 0}
      - {key: xa.cb_ton_giao, label: "- CB tôn giáo:", title: Số lượng cán bộ / Cấp xã / CB tôn giáo,
         short: Tôn giáo, kind: integer, grid: 6, level: xa, measure: người, filled_by: [xa], minimum: 0,
         rollup: sum, example: 1}
    widths_mm: [10, 47, 13, 13, 12, 12, 13, 13, 12, 12, 13, 13, 12, 12, 13, 13, 12, 12]
    rows:
      - {key: mttq, ordinal: 1, label: Ủy ban Mặt trận Tổ quốc, short: MTTQ, body: mttq}
      - {key: ldld, ordinal: 2, label: Liên đoàn Lao động, short: LĐLĐ, body: ldld}
      - {key: hnd, ordinal: 3, label: Hội Nông dân, short: Hội Nông dân, body: hnd}
      - {key: doan, ordinal: 4, label: Đoàn TNCS Hồ Chí Minh, short: Đoàn Thanh niên, body: doan}
      - {key: pn, ordinal: 5, label: Hội Liên hiệp Phụ nữ, short: Hội LHPN, body: pn}
      - {key: ccb, ordinal: 6, label: Hội Cựu Chiến binh, short: Hội CCB, body: ccb}
    rules:
      - rule: "xa.cb_nu <= xa.tong_so"
        message: Số cán bộ nữ lớn hơn tổng số cán bộ cấp xã.
        blocking: true
      - rule: "xa.cb_dtts <= xa.tong_so"
        message: Số cán bộ dân tộc thiểu số lớn hơn tổng số cán bộ cấp xã.
        blocking: true
      - rule: "xa.cb_ton_giao <= xa.tong_so"
        message: Số cán bộ tôn giáo lớn hơn tổng số cán bộ cấp xã.
        blocking: true
    help: "Tổng số đã gồm cán bộ nữ, dân tộc thiểu số và tôn giáo; một người có thể tính ở nhiều dòng. Nơi không có tổ chức (ví dụ Liên đoàn Lao động cấp xã) thì chọn “Không có tổ chức này”."

  - key: PL4
    number_line: PHỤ LỤC 4
    title:
      - "Số lượng cán bộ của Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội"
      - "tham gia cấp ủy, đại biểu dân cử"
    period: "(Từ 2009 - 4/2019)"
    landscape: true
    letterhead_left: "HUYỆN, THÀNH ỦY....."
    letterhead_right: ĐẢNG CỘNG SẢN VIỆT NAM
    date_line: "....., ngày tháng năm 2019"
    header_rows: 3
    grid_columns: 16
    header:
      - {row: 1, col: 1, rows: 3, text: TT}
      - {row: 1, col: 2, rows: 3, text: Đơn vị}
      - {row: 1, col: 3, cols: 6, text: Tham gia cấp ủy đảng}
      - {row: 1, col: 9, cols: 2, text: Đại biểu Quốc hội}
      - {row: 1, col: 11, cols: 6, text: Đại biểu Hội đồng Nhân dân}
      - {row: 2, col: 3, cols: 2, text: Tỉnh}
      - {row: 2, col: 5, cols: 2, text: Huyện}
      - {row: 2, col: 7, cols: 2, text: Xã}
      - {row: 2, col: 11, cols: 2, text: Tỉnh}
      - {row: 2, col: 13, cols: 2, text: Huyện}
      - {row: 2, col: 15, cols: 2, text: Xã}
      - {row: 2, col: 9, rows: 2, text: NK1}
      - {row: 2, col: 10, rows: 2, text: NK2}
      - {row: 3, col: 3, text: NK1}
      - {row: 3, col: 4, text: NK2}
      - {row: 3, col: 5, text: NK1}
      - {row: 3, col: 6, text: NK2}
      - {row: 3, col: 7, text: NK1}
      - {row: 3, col: 8, text: NK2}
      - {row: 3, col: 11, text: NK1}
      - {row: 3, col: 12, text: NK2}
      - {row: 3, col: 13, text: NK1}
      - {row: 3, col: 14, text: NK2}
      - {row: 3, col: 15, text: NK1}
      - {row: 3, col: 16, text: NK2}
    columns:
      - {key: tt, label: TT, kind: index, grid: 1}
      - {key: don_vi, label: Đơn vị, kind: label, grid: 2}
      - {key: cap_uy.tinh.nk1, label: NK1, title: Tham gia cấp ủy đảng / Tỉnh / NK1, short: NK1 cấp ủy,
         kind: integer, grid: 3, level: tinh, measure: người, filled_by: [], minimum: 0, rollup: sum,
         example: 2}
      - {key: cap_uy.tinh.nk2, label: NK2, title: Tham gia cấp ủy đảng / Tỉnh / NK2, short: NK2 cấp ủy,
         kind: integer, grid: 4, level: tinh, measure: người, filled_by: [], minimum: 0, rollup: sum,
         example: 2}
      - {key: cap_uy.huyen.nk1, label: NK1, title: Tham gia cấp ủy đảng / Huyện / NK1, short: NK1 cấp ủy,
         kind: integer, grid: 5, level: huyen, measure: người, filled_by: [], minimum: 0, rollup: sum,
         example: 2}
      - {key: cap_uy.huyen.nk2, label: NK2, title: Tham gia cấp ủy đảng / Huyện / NK2, short: NK2 cấp ủy,
         kind: integer, grid: 6, level: huyen, measure: người, filled_by: [], minimum: 0, rollup: sum,
         example: 2}
      - {key: cap_uy.xa.nk1, label: NK1, title: Tham gia cấp ủy đảng / Xã / NK1, short: NK1 cấp ủy,
         kind: integer, grid: 7, level: xa, measure: người, filled_by: [xa], minimum: 0, rollup: sum,
         example: 2}
      - {key: cap_uy.xa.nk2, label: NK2, title: Tham gia cấp ủy đảng / Xã / NK2, short: NK2 cấp ủy,
         kind: integer, grid: 8, level: xa, measure: người, filled_by: [xa], minimum: 0, rollup: sum,
         example: 2}
      - {key: qh.nk1, label: NK1, title: Đại biểu Quốc hội / NK1, short: NK1 Quốc hội, kind: integer, grid: 9,
         level: trung_uong, filled_by: [], minimum: 0, rollup: sum, example: 0}
      - {key: qh.nk2, label: NK2, title: Đại biểu Quốc hội / NK2, short: NK2 Quốc hội, kind: integer, grid: 10,
         level: trung_uong, filled_by: [], minimum: 0, rollup: sum, example: 0}
      - {key: hdnd.tinh.nk1, label: NK1, title: Đại biểu Hội đồng Nhân dân / Tỉnh / NK1, short: NK1 HĐND,
         kind: integer, grid: 11, level: tinh, measure: người, filled_by: [], minimum: 0, rollup: sum,
         example: 3}
      - {key: hdnd.tinh.nk2, label: NK2, title: Đại biểu Hội đồng Nhân dân / Tỉnh / NK2, short: NK2 HĐND,
         kind: integer, grid: 12, level: tinh, measure: người, filled_by: [], minimum: 0, rollup: sum,
         example: 3}
      - {key: hdnd.huyen.nk1, label: NK1, title: Đại biểu Hội đồng Nhân dân / Huyện / NK1, short: NK1 HĐND,
         kind: integer, grid: 13, level: huyen, measure: người, filled_by: [], minimum: 0, rollup: sum,
         example: 3}
      - {key: hdnd.huyen.nk2, label: NK2, title: Đại biểu Hội đồng Nhân dân / Huyện / NK2, short: NK2 HĐND,
         kind: integer, grid: 14, level: huyen, measure: người, filled_by: [], minimum: 0, rollup: sum,
         example: 3}
      - {key: hdnd.xa.nk1, label: NK1, title: Đại biểu Hội đồng Nhân dân / Xã / NK1, short: NK1 HĐND,
         kind: integer, grid: 15, level: xa, measure: người, filled_by: [xa], minimum: 0, rollup: sum,
         example: 3}
      - {key: hdnd.xa.nk2, label: NK2, title: Đại biểu Hội đồng Nhân dân / Xã / NK2, short: NK2 HĐND,
         kind: integer, grid: 16, level: xa, measure: người, filled_by: [xa], minimum: 0, rollup: sum,
         example: 3}
    widths_mm: [10, 51, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14]
    rows:
      - {key: mttq, ordinal: 1, label: Mặt trận Tổ quốc Việt Nam, short: MTTQ, body: mttq}
      - {key: ldld, ordinal: 2, label: Liên đoàn Lao động Việt Nam, short: LĐLĐ, body: ldld}
      - {key: hnd, ordinal: 3, label: Hội Nông dân Việt Nam, short: Hội Nông dân, body: hnd}
      - {key: doan, ordinal: 4, label: Đoàn TNCS Hồ Chí Minh, short: Đoàn Thanh niên, body: doan}
      - {key: pn, ordinal: 5, label: Hội Liên hiệp Phụ nữ Việt Nam, short: Hội LHPN, body: pn}
      - {key: ccb, ordinal: 6, label: Hội Cựu Chiến binh Việt Nam, short: Hội CCB, body: ccb}
    notes_heading: "Ghi chú:"
    notes:
      - "- NK1: (1) Đối với TW là 2011 - 2016; (2) Đối với cấp tỉnh, huyện, xã và tương đương là 2010 - 2015"
      - "- NK2: (1) Đối với TW là 2016 - 2021; (2) Đối với cấp tỉnh, huyện, xã và tương đương là 2015 - 2020"
    help: "NK1, NK2 ghi theo ghi chú in dưới bảng. Lưu ý: ghi chú nêu nhiệm kỳ của cấp ủy (2010 - 2015 và 2015 - 2020); nhiệm kỳ Hội đồng nhân dân cùng thời kỳ là 2011 - 2016 và 2016 - 2021."

  - key: PL6
    number_line: Phụ lục 6
    title:
      - "THỐNG KÊ KINH PHÍ HOẠT ĐỘNG CỦA MTTQ, CÁC TỔ CHỨC CT-XH Ở ĐỊA PHƯƠNG"
      - "SAU THỰC HIỆN NGHỊ QUYẾT SỐ 18-NQ/TW, NGÀY 25/10/2017 CỦA BAN CHẤP HÀNH TRUNG ƯƠNG KHÓA XII"
    period: "(Từ 2018 - 30/4/2019)"
    landscape: true
    letterhead_left: "HUYỆN, THÀNH ỦY (ĐẢNG ĐOÀN)....."
    letterhead_right: ĐẢNG CỘNG SẢN VIỆT NAM
    date_line: "....., ngày tháng năm 2019"
    number_line_first: true
    header_rows: 2
    grid_columns: 6
    header:
      - {row: 1, col: 1, rows: 2, text: TT}
      - {row: 1, col: 2, rows: 2, cols: 2, text: Đơn vị}
      - {row: 1, col: 4, cols: 2, text: Kinh phí hoạt động (Triệu đồng/năm)}
      - {row: 1, col: 6, rows: 2, text: Ghi chú}
      - {row: 2, col: 4, text: Ngân sách nhà nước cấp}
      - {row: 2, col: 5, text: Nguồn thu khác}
    columns:
      - {key: tt, label: TT, kind: index, grid: 1}
      - {key: don_vi, label: Đơn vị, kind: label, grid: 2}
      - {key: cap, label: "(cấp)", kind: label, grid: 3}
      - {key: nsnn, label: Ngân sách nhà nước cấp, title: Kinh phí hoạt động / Ngân sách nhà nước cấp,
         short: Ngân sách, kind: money, grid: 4, measure: triệu đồng/năm, filled_by: [xa], minimum: 0,
         decimals: 3, rollup: sum, example: 150}
      - {key: thu_khac, label: Nguồn thu khác, title: Kinh phí hoạt động / Nguồn thu khác, short: Thu khác,
         kind: money, grid: 5, measure: triệu đồng/năm, filled_by: [xa], minimum: 0, decimals: 3, rollup: sum,
         example: "20,5"}
      - {key: ghi_chu, label: Ghi chú, kind: text, grid: 6, filled_by: [xa], required: false,
         example: Số năm 2018}
    widths_mm: [12, 45, 30, 60, 60, 50]
    rows:
      - {key: mttq.tinh, ordinal: "1.", label: MTTQVN, short: MTTQ cấp tỉnh, body: mttq, level_label: Cấp tỉnh,
         level: tinh, merged: 3, filled_by: []}
      - {key: mttq.huyen, short: MTTQ cấp huyện, body: mttq, level_label: Cấp huyện, level: huyen, merged: 0,
         filled_by: []}
      - {key: mttq.xa, short: MTTQ cấp xã, body: mttq, level_label: Cấp xã, level: xa, merged: 0,
         filled_by: [xa]}
      - {key: ldld.tinh, ordinal: "2.", label: LĐLĐ, short: LĐLĐ cấp tỉnh, body: ldld, level_label: Cấp tỉnh,
         level: tinh, merged: 3, filled_by: []}
      - {key: ldld.huyen, short: LĐLĐ cấp huyện, body: ldld, level_label: Cấp huyện, level: huyen, merged: 0,
         filled_by: []}
      - {key: ldld.xa, short: LĐLĐ cấp xã, body: ldld, level_label: Cấp xã, level: xa, merged: 0,
         filled_by: [xa]}
      - {key: hnd.tinh, ordinal: "3.", label: Hội NDVN, short: Hội Nông dân cấp tỉnh, body: hnd,
         level_label: Cấp tỉnh, level: tinh, merged: 3, filled_by: []}
      - {key: hnd.huyen, short: Hội Nông dân cấp huyện, body: hnd, level_label: Cấp huyện, level: huyen,
         merged: 0, filled_by: []}
      - {key: hnd.xa, short: Hội Nông dân cấp xã, body: hnd, level_label: Cấp xã, level: xa, merged: 0,
         filled_by: [xa]}
      - {key: doan.tinh, ordinal: "4.", label: Đoàn TNCS HCM, short: Đoàn Thanh niên cấp tỉnh, body: doan,
         level_label: Cấp tỉnh, level: tinh, merged: 3, filled_by: []}
      - {key: doan.huyen, short: Đoàn Thanh niên cấp huyện, body: doan, level_label: Cấp huyện, level: huyen,
         merged: 0, filled_by: []}
      - {key: doan.xa, short: Đoàn Thanh niên cấp xã, body: doan, level_label: Cấp xã, level: xa, merged: 0,
         filled_by: [xa]}
      - {key: pn.tinh, ordinal: "5.", label: Hội LHPNVN, short: Hội LHPN cấp tỉnh, body: pn,
         level_label: Cấp tỉnh, level: tinh, merged: 3, filled_by: []}
      - {key: pn.huyen, short: Hội LHPN cấp huyện, body: pn, level_label: Cấp huyện, level: huyen, merged: 0,
         filled_by: []}
      - {key: pn.xa, short: Hội LHPN cấp xã, body: pn, level_label: Cấp xã, level: xa, merged: 0,
         filled_by: [xa]}
      - {key: ccb.tinh, ordinal: "6.", label: Hội CCBVN, short: Hội CCB cấp tỉnh, body: ccb,
         level_label: Cấp tỉnh, level: tinh, merged: 3, filled_by: []}
      - {key: ccb.huyen, short: Hội CCB cấp huyện, body: ccb, level_label: Cấp huyện, level: huyen, merged: 0,
         filled_by: []}
      - {key: ccb.xa, short: Hội CCB cấp xã, body: ccb, level_label: Cấp xã, level: xa, merged: 0,
         filled_by: [xa]}
    help: "Ghi kinh phí của một năm, đơn vị triệu đồng/năm; số của năm nào thì ghi năm đó ở cột Ghi chú."
','2019-04-01 02:00:00.000000');
INSERT INTO "form_version" VALUES(2,'kl62-2019',1,'a458a36ffcf849b1782fcc65d31306e6d774fd6056b28a84ac2e50c9077588c6','Tổng kết 10 năm Kết luận 62','# Báo cáo của huyện ủy, đảng ủy trực thuộc, tổ chức và của tỉnh: tổng kết 10 năm thực hiện Kết luận số 62-KL/TW.
# Xã trả lời theo mẫu kl62-2019-xa; số liệu cấp xã ở các phụ lục cộng lên đây.
# Đề mục và phụ lục là nguyên văn; question, hint, example, help, short là lời của chương trình.
# filled_by: loại đơn vị phải điền; [] nghĩa là in ra mà không hỏi. Kiểm tra: baocao form check TỆP

key: kl62-2019
version: 1
title:
  - ĐỀ CƯƠNG
  - "Tổng kết 10 năm thực hiện Kết luận số 62-KL/TW, ngày 08/12/2009"
  - "của Bộ Chính trị khóa X về tiếp tục đổi mới nội dung, phương thức hoạt động"
  - "của Mặt trận Tổ quốc Việt Nam và các đoàn thể chính trị - xã hội"
  - "(Ban hành kèm theo Kế hoạch số 133-KH/TU, ngày 14 tháng 3 năm 2019)"
short_title: Tổng kết 10 năm Kết luận 62
legal_basis: "Kế hoạch số 133-KH/TU, ngày 14 tháng 3 năm 2019 của Ban Thường vụ Tỉnh ủy"
source: "Đề cương kèm theo Kế hoạch số 133-KH/TU, ngày 14 tháng 3 năm 2019"
year: 2019
filled_by: [huyen, dutt, to_chuc, tinh]
companions: [kl62-2019-xa]
deadlines:
  - {kinds: [huyen, dutt, to_chuc], wording: chậm nhất là ngày 10/04/2019, day: 2019-04-10}
  - {kinds: [tinh], wording: trước ngày 20/04/2019, day: 2019-04-19}

document:
  type_name: BÁO CÁO
  type_symbol: BC
  subject: "tổng kết 10 năm thực hiện Kết luận số 62-KL/TW, ngày 08/12/2009 của Bộ Chính trị khóa X về tiếp tục đổi mới nội dung, phương thức hoạt động của Mặt trận Tổ quốc Việt Nam và các đoàn thể chính trị - xã hội"
  profile: party_hd36
  body_symbol: {tinh: TU, huyen: HU, dutt: ĐU, to_chuc: ĐĐ, xa: ĐU}
  authority:
    tinh: T/M BAN THƯỜNG VỤ
    huyen: T/M BAN THƯỜNG VỤ
    dutt: T/M BAN THƯỜNG VỤ
    to_chuc: T/M ĐẢNG ĐOÀN
    xa: T/M BAN THƯỜNG VỤ
  recipients:
    tinh:
      - Bộ Chính trị (để báo cáo)
      - Ban Dân vận Trung ương (để báo cáo)
      - Các đồng chí Ủy viên Ban Thường vụ Tỉnh ủy
      - Ban Dân vận Tỉnh ủy
      - Lưu Văn phòng Tỉnh ủy
    huyen:
      - Ban Thường vụ Tỉnh ủy (để báo cáo)
      - Ban Dân vận Tỉnh ủy
      - Các đồng chí Ủy viên Ban Thường vụ Huyện ủy
      - Ban Dân vận Huyện ủy
      - Lưu Văn phòng Huyện ủy
    dutt:
      - Ban Thường vụ Tỉnh ủy (để báo cáo)
      - Ban Dân vận Tỉnh ủy
      - Các đồng chí Ủy viên Ban Thường vụ Đảng ủy
      - Lưu Văn phòng Đảng ủy
    to_chuc:
      - Ban Thường vụ Tỉnh ủy (để báo cáo)
      - Ban Dân vận Tỉnh ủy
      - Các đồng chí Ủy viên Đảng đoàn
      - Lưu Văn phòng cơ quan
    xa:
      - Ban Thường vụ Huyện ủy (để báo cáo)
      - Ban Dân vận Huyện ủy
      - Lưu Văn phòng Đảng ủy

outline:
  - key: P1
    style: part
    label: Phần thứ nhất
    heading: "Kết quả triển khai, thực hiện Kết luận số 62"
    short: Phần I
    children:
      - key: P1.I
        heading: "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO VIỆC QUÁN TRIỆT VÀ TRIỂN KHAI THỰC HIỆN KẾT LUẬN SỐ 62"
        short: Mục I
        children:
          - key: P1.I.1
            style: subheading
            heading: "1. Đặc điểm tình hình:"
            short: "1. Đặc điểm tình hình"
            children:
              - key: P1.I.1.a
                heading: khái quát tình hình chung về địa phương.
                label: khái quát tình hình chung về địa phương
                question: "Địa phương, đơn vị có những đặc điểm chính gì về địa bàn, dân cư, tổ chức đảng?"
                hint: "Nêu diện tích, dân số, số xã; số tổ chức cơ sở đảng, đảng viên; số đoàn viên, hội viên của MTTQ và các đoàn thể."
                example: "Huyện có 14 xã, thị trấn; 185 km2; 132.400 người; 46 tổ chức cơ sở đảng với 6.120 đảng viên."
                kind: narrative
                filled_by: [huyen, dutt, to_chuc, tinh]
              - key: P1.I.1.b
                heading: "- Khái quát bối cảnh hoạt động của MTTQ, các đoàn thể chính trị - xã hội trước khi có Kết luận 62."
                question: "Trước năm 2009, MTTQ và các đoàn thể ở địa phương, đơn vị hoạt động trong hoàn cảnh nào?"
                hint: "Nêu tổ chức bộ máy, cán bộ, kinh phí, cách hoạt động và những việc còn vướng khi chưa có Kết luận 62."
                kind: narrative
                filled_by: [huyen, dutt, to_chuc, tinh]
          - key: P1.I.2
            style: subheading
            heading: "2. Công tác lãnh đạo, chỉ đạo triển khai thực hiện Kết luận số 62"
            short: "2. Lãnh đạo, chỉ đạo"
            children:
              - key: P1.I.2.a
                heading: "- Công tác lãnh đạo, chỉ đạo của các cấp ủy đảng trong việc tổ chức quán triệt, tuyên truyền, triển khai thực hiện Kết luận số 62 ở các cấp."
                question: "Cấp ủy đã tổ chức quán triệt, tuyên truyền, triển khai Kết luận 62 như thế nào?"
                hint: "Nêu hình thức, số hội nghị, số lượt người dự, tỷ lệ đảng viên được học tập, việc làm ở cấp dưới."
                example: "Đã tổ chức 1 hội nghị cấp huyện, 21 hội nghị cơ sở với 4.350 lượt người dự, đạt 96 % đảng viên."
                kind: narrative
                filled_by: [huyen, dutt, to_chuc, tinh]
              - key: P1.I.2.b
                heading: "- Việc xây dựng kế hoạch, ban hành các văn bản của địa phương, đơn vị để lãnh đạo, chỉ đạo thực hiện Kết luận số 62."
                question: "Địa phương, đơn vị đã ban hành những kế hoạch, văn bản nào để thực hiện Kết luận 62?"
                hint: "Mỗi dòng một văn bản: số ký hiệu, ngày, cơ quan ban hành, nội dung. Văn bản của MTTQ và từng đoàn thể kê ở Phụ lục 1."
                example: "Kế hoạch số 12-KH/HU, ngày 05/4/2010 của Ban Thường vụ Huyện ủy về thực hiện Kết luận số 62-KL/TW"
                kind: list
                filled_by: [huyen, dutt, to_chuc, tinh]
                tables: [PL1]
              - key: P1.I.2.c
                heading: "- Công tác kiểm tra, đôn đốc việc tổ chức thực hiện Kết luận số 62."
                question: "Việc kiểm tra, đôn đốc thực hiện Kết luận 62 đã làm được những gì?"
                hint: "Nêu số cuộc kiểm tra, giám sát, số tổ chức được kiểm tra, kết luận chính và việc khắc phục; số cuộc của từng đoàn thể điền ở Phụ lục 1."
                example: "Từ 2010 đến 2019 đã kiểm tra 9 cuộc đối với 27 chi, đảng bộ cơ sở."
                kind: narrative
                filled_by: [huyen, dutt, to_chuc, tinh]
                tables: [PL1]
      - key: P1.II
        heading: II. KẾT QUẢ THỰC HIỆN KẾT LUẬN SỐ 62
        lead: "Báo cáo tập trung làm rõ những nội dung sau:"
        short: Mục II
        children:
          - key: P1.II.1
            heading: "- Nâng cao nhận thức về vai trò, trách nhiệm của Đảng, chính quyền đối với Mặt trận Tổ quốc, các đoàn thể chính trị - xã hội trong 10 năm qua (2009-2019)."
            question: "Trong 10 năm qua, nhận thức và trách nhiệm của cấp ủy, chính quyền đối với MTTQ, đoàn thể chuyển biến ra sao?"
            hint: "So sánh trước và sau Kết luận 62; nêu việc làm cụ thể, ví dụ chứng minh, nơi làm tốt, nơi chưa tốt."
            kind: narrative
            filled_by: [huyen, dutt, to_chuc, tinh]
          - key: P1.II.2
            heading: "- Nâng cao chất lượng các cuộc vận động, các phong trào thi đua yêu nước trên các lĩnh vực của đời sống; chăm lo bảo vệ lợi ích hợp pháp chính đáng của đoàn viên, hội viên và nhân dân."
            question: "Các cuộc vận động, phong trào thi đua đạt kết quả gì; quyền lợi của đoàn viên, hội viên và nhân dân được chăm lo, bảo vệ thế nào?"
            hint: "Nêu tên cuộc vận động, số người tham gia, số tiền, công trình, mô hình tiêu biểu; danh sách chi tiết điền ở Phụ lục 2."
            example: "Vận động Quỹ vì người nghèo 4,2 tỷ đồng, xây mới 86 nhà đại đoàn kết."
            kind: narrative
            filled_by: [huyen, dutt, to_chuc, tinh]
            tables: [PL2]
          - key: P1.II.3
            heading: "- Đa dạng hóa các hình thức tập hợp nhân dân và tập trung hướng mạnh các hoạt động về cơ sở; phát huy quyền chủ động, sáng tạo của MTTQ và các tổ chức chính trị - xã hội các cấp trong công tác vận động nhân dân phù hợp với đặc điểm của địa phương, cơ sở."
            question: "Địa phương, đơn vị đã tập hợp nhân dân, hướng hoạt động về cơ sở bằng những cách nào? Nêu mô hình, số liệu, nơi làm tốt."
            hint: "Nêu tỷ lệ tập hợp đoàn viên, hội viên; số mô hình tự quản; cách làm riêng ở vùng đồng bào dân tộc, tôn giáo, khu công nghiệp."
            kind: narrative
            filled_by: [huyen, dutt, to_chuc, tinh]
          - key: P1.II.4
            heading: "- Kiện toàn tổ chức bộ máy, đổi mới chính sách, chế độ đối với cán bộ MTTQ các cấp đáp ứng yêu cầu đổi mới nội dung, phương thức hoạt động trong thời kỳ mới."
            question: "Bộ máy và đội ngũ cán bộ MTTQ, đoàn thể được kiện toàn ra sao; chính sách, chế độ có gì đổi mới?"
            hint: "Nêu việc sắp xếp bộ máy, quy hoạch, đào tạo, luân chuyển, chế độ; số liệu chi tiết điền ở các Phụ lục 3, 4, 6."
            example: "Đã luân chuyển 11 cán bộ, cử 48 lượt người đi bồi dưỡng nghiệp vụ."
            kind: narrative
            filled_by: [huyen, dutt, to_chuc, tinh]
            tables: [PL3, PL4, PL6]
          - key: P1.II.5
            heading: "- Tăng cường công tác dân vận của chính quyền các cấp; cụ thể hóa cơ chế phối hợp giữa chính quyền các cấp với MTTQ và các tổ chức chính trị - xã hội."
            question: "Chính quyền các cấp đã làm công tác dân vận và phối hợp với MTTQ, đoàn thể như thế nào?"
            hint: "Nêu các quy chế, chương trình phối hợp đã ký; số cuộc đối thoại, tiếp dân; kết quả cải cách hành chính, giải quyết kiến nghị."
            example: "Ký 12 quy chế phối hợp; tổ chức 35 cuộc đối thoại với 2.900 lượt người dự."
            kind: narrative
            filled_by: [huyen, dutt, to_chuc, tinh]
          - key: P1.II.6
            heading: "- Tăng cường sự lãnh đạo của Đảng đối với việc đổi mới nội dung, phương thức hoạt động của MTTQ và các tổ chức chính trị - xã hội."
            question: "Cấp ủy đã lãnh đạo MTTQ và các đoàn thể đổi mới nội dung, cách hoạt động bằng những việc gì?"
            hint: "Nêu chế độ làm việc với MTTQ, đoàn thể; phân công cấp ủy viên; giám sát, phản biện xã hội, góp ý xây dựng Đảng."
            kind: narrative
            filled_by: [huyen, dutt, to_chuc, tinh]
      - key: P1.III
        heading: III. ĐÁNH GIÁ CHUNG VÀ MỘT SỐ KINH NGHIỆM
        short: Mục III
        children:
          - key: P1.III.1
            heading: "1. Ưu điểm, nguyên nhân của những ưu điểm."
            question: "Sau 10 năm, những ưu điểm nổi bật là gì và do đâu mà có?"
            hint: "Nêu từng ưu điểm kèm kết quả chứng minh, rồi nêu nguyên nhân."
            kind: narrative
            filled_by: [huyen, dutt, to_chuc, tinh]
          - key: P1.III.2
            heading: "2. Hạn chế và nguyên nhân của hạn chế (nguyên nhân chủ quan, nguyên nhân khách quan)."
            question: "Còn những hạn chế nào; nguyên nhân chủ quan, khách quan là gì?"
            hint: "Mỗi dòng một ý. Nên mở đầu bằng “Hạn chế:”, “Nguyên nhân chủ quan:” hoặc “Nguyên nhân khách quan:”."
            kind: list
            filled_by: [huyen, dutt, to_chuc, tinh]
          - key: P1.III.3
            heading: "3. Một số bài học kinh nghiệm."
            question: "Địa phương, đơn vị rút ra những bài học kinh nghiệm nào?"
            hint: "Mỗi dòng một bài học, ngắn gọn, gắn với việc đã làm."
            kind: list
            filled_by: [huyen, dutt, to_chuc, tinh]

  - key: P2
    style: part
    label: Phần thứ hai
    heading: "Nhiệm vụ và giải pháp tiếp tục thực hiện Kết luận số 62 của Bộ Chính trị trong thời gian tới"
    short: Phần II
    children:
      - key: P2.I
        heading: I. DỰ BÁO TÌNH HÌNH
        question: "Thời gian tới có những thuận lợi, khó khăn, vấn đề mới nào tác động đến MTTQ và các đoàn thể?"
        hint: "Nêu tình hình kinh tế - xã hội, sắp xếp bộ máy, dân tộc, tôn giáo, tâm tư nguyện vọng của nhân dân."
        kind: narrative
        filled_by: [huyen, dutt, to_chuc, tinh]
      - key: P2.II
        heading: "II. NHIỆM VỤ, GIẢI PHÁP"
        question: "Địa phương, đơn vị sẽ làm những nhiệm vụ, giải pháp nào để tiếp tục thực hiện Kết luận 62?"
        hint: "Mỗi dòng một nhiệm vụ hoặc giải pháp, nói rõ ai làm, làm gì, đến khi nào."
        kind: list
        filled_by: [huyen, dutt, to_chuc, tinh]
      - key: P2.III
        heading: "III. ĐỀ XUẤT, KIẾN NGHỊ"
        short: Mục III
        children:
          - key: P2.III.1
            heading: "- Đề xuất với Bộ Chính trị, Ban Bí thư."
            question: "Địa phương, đơn vị có đề xuất gì với Bộ Chính trị, Ban Bí thư?"
            hint: "Mỗi dòng một đề xuất cụ thể. Nếu không có thì trả lời “không có”."
            kind: list
            filled_by: [huyen, dutt, to_chuc, tinh]
          - key: P2.III.2
            heading: "- Đề xuất với Đảng đoàn Quốc hội."
            question: "Địa phương, đơn vị có đề xuất gì với Đảng đoàn Quốc hội?"
            hint: "Mỗi dòng một đề xuất, ví dụ về luật, chính sách. Nếu không có thì trả lời “không có”."
            kind: list
            filled_by: [huyen, dutt, to_chuc, tinh]
          - key: P2.III.3
            heading: "- Đề xuất với Ban Cán sự đảng Chính phủ."
            question: "Địa phương, đơn vị có đề xuất gì với Ban Cán sự đảng Chính phủ?"
            hint: "Mỗi dòng một đề xuất, ví dụ về chế độ, kinh phí, cơ chế. Nếu không có thì trả lời “không có”."
            kind: list
            filled_by: [huyen, dutt, to_chuc, tinh]
          - key: P2.III.4
            heading: "- Đề xuất với Đảng đoàn MTTQ Việt Nam, Đảng đoàn các tổ chức chính trị - xã hội ở Trung ương và Ban Bí thư Trung ương Đoàn TNCSHCM."
            question: "Địa phương, đơn vị có đề xuất gì với MTTQ Việt Nam và các đoàn thể ở Trung ương?"
            hint: "Mỗi dòng một đề xuất, nói rõ gửi tổ chức nào. Nếu không có thì trả lời “không có”."
            kind: list
            filled_by: [huyen, dutt, to_chuc, tinh]
          - key: P2.III.5
            heading: "- Đề xuất với Tỉnh ủy, HĐND, UBND tỉnh."
            question: "Địa phương, đơn vị có đề xuất gì với Tỉnh ủy, HĐND, UBND tỉnh?"
            hint: "Mỗi dòng một đề xuất, nói rõ gửi cơ quan nào. Nếu không có thì trả lời “không có”."
            kind: list
            filled_by: [huyen, dutt, to_chuc, tinh]

tables:
  - key: PL1
    number_line: PHỤ LỤC 1
    title:
      - "Các văn bản lãnh đạo, chỉ đạo, kiểm tra việc thực hiện Kết luận số 62-KL/TW"
    period: "(Từ 2009 – 4/2019)"
    landscape: true
    letterhead_left: "HUYỆN, THÀNH ỦY (ĐẢNG ĐOÀN)....."
    letterhead_right: ĐẢNG CỘNG SẢN VIỆT NAM
    date_line: "....., ngày tháng năm 2019"
    own_rows_only: [to_chuc]
    header_rows: 2
    grid_columns: 8
    numbered_header: true
    header:
      - {row: 1, col: 1, rows: 2, text: TT}
      - {row: 1, col: 2, rows: 2, text: Đơn vị}
      - {row: 1, col: 3, cols: 5, text: "Ban hành văn bản thực hiện Kết luận*"}
      - {row: 1, col: 8, rows: 2, text: "Số cuộc kiểm tra, giám sát thực hiện Kết luận"}
      - {row: 2, col: 3, text: Nghị quyết}
      - {row: 2, col: 4, text: Chỉ thị}
      - {row: 2, col: 5, text: Kế hoạch}
      - {row: 2, col: 6, text: Hướng dẫn}
      - {row: 2, col: 7, text: Công văn}
    columns:
      - {key: tt, label: TT, kind: index, grid: 1}
      - {key: don_vi, label: Đơn vị, kind: label, grid: 2}
      - {key: nghi_quyet, label: Nghị quyết, title: Ban hành văn bản thực hiện Kết luận / Nghị quyết,
         kind: documents, grid: 3, filled_by: [huyen, dutt, to_chuc, tinh], rollup: union,
         example: "Nghị quyết số 05-NQ/HU, ngày 12/3/2012 của Ban Thường vụ Huyện ủy về tăng cường công tác vận động quần chúng"}
      - {key: chi_thi, label: Chỉ thị, title: Ban hành văn bản thực hiện Kết luận / Chỉ thị, kind: documents,
         grid: 4, filled_by: [huyen, dutt, to_chuc, tinh], rollup: union,
         example: "Chỉ thị số 08-CT/HU, ngày 20/5/2013 của Ban Thường vụ Huyện ủy về đại hội các đoàn thể"}
      - {key: ke_hoach, label: Kế hoạch, title: Ban hành văn bản thực hiện Kết luận / Kế hoạch, kind: documents,
         grid: 5, filled_by: [huyen, dutt, to_chuc, tinh], rollup: union,
         example: "Kế hoạch số 12-KH/HU, ngày 05/4/2010 của Ban Thường vụ Huyện ủy về thực hiện Kết luận số 62-KL/TW"}
      - {key: huong_dan, label: Hướng dẫn, title: Ban hành văn bản thực hiện Kết luận / Hướng dẫn,
         kind: documents, grid: 6, filled_by: [huyen, dutt, to_chuc, tinh], rollup: union,
         example: "Hướng dẫn số 03-HD/BDVHU, ngày 15/6/2010 về học tập Kết luận số 62-KL/TW"}
      - {key: cong_van, label: Công văn, title: Ban hành văn bản thực hiện Kết luận / Công văn, kind: documents,
         grid: 7, filled_by: [huyen, dutt, to_chuc, tinh], rollup: union,
         example: "Công văn số 47-CV/HU, ngày 09/8/2011 về kiểm tra việc thực hiện Kết luận số 62-KL/TW"}
      - {key: so_cuoc_kt_gs, label: "Số cuộc kiểm tra, giám sát thực hiện Kết luận", short: Số cuộc,
         kind: integer, grid: 8, measure: cuộc, filled_by: [huyen, dutt, to_chuc, tinh], minimum: 0,
         rollup: sum, example: 3}
    widths_mm: [10, 45, 32, 32, 32, 32, 32, 42]
    rows:
      - {key: mttq, ordinal: 1, label: Mặt trận Tổ quốc Việt Nam, short: MTTQ, body: mttq}
      - {key: ldld, ordinal: 2, label: Liên đoàn Lao động Việt Nam, short: LĐLĐ, body: ldld}
      - {key: hnd, ordinal: 3, label: Hội Nông dân Việt Nam, short: Hội Nông dân, body: hnd}
      - {key: doan, ordinal: 4, label: Đoàn TNCS Hồ Chí Minh, short: Đoàn Thanh niên, body: doan}
      - {key: pn, ordinal: 5, label: Hội Liên hiệp Phụ nữ Việt Nam, short: Hội LHPN, body: pn}
      - {key: ccb, ordinal: 6, label: Hội Cựu Chiến binh Việt Nam, short: Hội CCB, body: ccb}
    footnote: "(* Các mục (3), (4), (5), (6), (7) nêu cụ thể danh mục từng văn bản việc thực hiện Kết luận số 62-KL/TW)"
    help: "Mỗi văn bản một dòng: số và ký hiệu, ngày ban hành, cơ quan ban hành, trích yếu. Chỉ kê văn bản do cấp mình ban hành."

  - key: PL2
    number_line: PHỤ LỤC 2
    title:
      - "Nội dung, phương thức hoạt động của MTTQ Việt Nam và các tổ chức chính trị - xã hội"
    period: "(Từ 2009 - 4/2019)"
    landscape: true
    letterhead_left: "HUYỆN, THÀNH ỦY....."
    letterhead_right: ĐẢNG CỘNG SẢN VIỆT NAM
    date_line: "....., ngày tháng năm 2019"
    own_rows_only: [to_chuc]
    header_rows: 2
    grid_columns: 5
    header:
      - {row: 1, col: 1, rows: 2, text: STT}
      - {row: 1, col: 2, rows: 2, text: Đơn vị}
      - {row: 1, col: 3, rows: 2, text: Nội dung}
      - {row: 1, col: 4, cols: 2, text: Phương thức}
      - {row: 2, col: 4, text: Tên các cuộc tuyên dương điển hình}
      - {row: 2, col: 5, text: "Số lượng tập thể, cá nhân được tuyên dương"}
    columns:
      - {key: stt, label: STT, kind: index, grid: 1}
      - {key: don_vi, label: Đơn vị, kind: label, grid: 2}
      - {key: cvd_2009_2014, label: "- Giai đoạn 2009 – 2014:", lead: "Tên các cuộc vận động:",
         title: "Nội dung / Tên các cuộc vận động / Giai đoạn 2009 – 2014", short: "Vận động 2009–2014",
         kind: list, grid: 3, filled_by: [huyen, dutt, to_chuc, tinh], rollup: union,
         example: "Nông dân thi đua sản xuất, kinh doanh giỏi"}
      - {key: cvd_2014_2019, label: "- Giai đoạn 2014 – 2019:",
         title: "Nội dung / Tên các cuộc vận động / Giai đoạn 2014 – 2019", short: "Vận động 2014–2019",
         kind: list, grid: 3, filled_by: [huyen, dutt, to_chuc, tinh], rollup: union,
         example: "Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh"}
      - {key: tuyen_duong, label: Tên các cuộc tuyên dương điển hình,
         title: Phương thức / Tên các cuộc tuyên dương điển hình, short: Tuyên dương, kind: list, grid: 4,
         filled_by: [huyen, dutt, to_chuc, tinh], rollup: union,
         example: "Hội nghị tuyên dương gương “Dân vận khéo” năm 2016"}
      - {key: tap_the, label: tập thể,
         title: "Phương thức / Số lượng tập thể, cá nhân được tuyên dương / tập thể", short: Tập thể,
         kind: integer, grid: 5, filled_by: [huyen, dutt, to_chuc, tinh], minimum: 0, rollup: sum, example: 4}
      - {key: ca_nhan, label: cá nhân,
         title: "Phương thức / Số lượng tập thể, cá nhân được tuyên dương / cá nhân", short: Cá nhân,
         kind: integer, grid: 5, filled_by: [huyen, dutt, to_chuc, tinh], minimum: 0, rollup: sum, example: 15}
    widths_mm: [10, 45, 43, 42, 70, 24, 23]
    rows:
      - {key: mttq, ordinal: 1, label: Mặt trận Tổ quốc VN, short: MTTQ, body: mttq}
      - {key: ldld, ordinal: 2, label: Liên đoàn Lao động, short: LĐLĐ, body: ldld}
      - {key: hnd, ordinal: 3, label: Hội Nông dân, short: Hội Nông dân, body: hnd}
      - {key: doan, ordinal: 4, label: Đoàn TNCS Hồ Chí Minh, short: Đoàn Thanh niên, body: doan}
      - {key: pn, ordinal: 5, label: Hội Liên hiệp Phụ nữ, short: Hội LHPN, body: pn}
      - {key: ccb, ordinal: 6, label: Hội Cựu Chiến binh, short: Hội CCB, body: ccb}
    help: Mỗi dòng một cuộc vận động hoặc một cuộc tuyên dương. Cuộc kéo dài qua năm 2014 ghi vào giai đoạn phát động.

  - key: PL3
    number_line: PHỤ LỤC 3
    title:
      - "Về xây dựng, củng cố tổ chức, bộ máy, đội ngũ cán bộ"
      - "của Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội ở địa phương"
    period: "(Từ 2009 - 4/2019)"
    landscape: true
    letterhead_left: "HUYỆN, THÀNH ỦY....."
    letterhead_right: ĐẢNG CỘNG SẢN VIỆT NAM
    date_line: "....., ngày tháng năm 2019"
    own_rows_only: [to_chuc]
    header_rows: 2
    grid_columns: 6
    header:
      - {row: 1, col: 1, rows: 2, text: STT}
      - {row: 1, col: 2, rows: 2, text: Đơn vị}
      - {row: 1, col: 3, cols: 4, text: Số lượng cán bộ}
      - {row: 2, col: 3, text: Trung ương}
      - {row: 2, col: 4, text: Cấp tỉnh}
      - {row: 2, col: 5, text: Cấp huyện}
      - {row: 2, col: 6, text: Cấp xã}
    columns:
      - {key: stt, label: STT, kind: index, grid: 1}
      - {key: don_vi, label: Đơn vị, kind: label, grid: 2}
      - {key: tw.tong_so, label: "- Tổng số:", title: Số lượng cán bộ / Trung ương / Tổng số, short: Tổng,
         kind: integer, grid: 3, level: trung_uong, measure: người, filled_by: [], minimum: 0, rollup: sum,
         example: 12}
      - {key: tw.cb_nu, label: "- CB nữ:", title: Số lượng cán bộ / Trung ương / CB nữ, short: Nữ,
         kind: integer, grid: 3, level: trung_uong, measure: người, filled_by: [], minimum: 0, rollup: sum,
         example: 5}
      - {key: tw.cb_dtts, label: "- CB dân tộc thiểu số:",
         title: Số lượng cán bộ / Trung ương / CB dân tộc thiểu số, short: DTTS, kind: integer, grid: 3,
         level: trung_uong, measure: người, filled_by: [], minimum: 0, rollup: sum, example: 0}
      - {key: tw.cb_ton_giao, label: "- CB tôn giáo:", title: Số lượng cán bộ / Trung ương / CB tôn giáo,
         short: Tôn giáo, kind: integer, grid: 3, level: trung_uong, measure: người, filled_by: [], minimum: 0,
         rollup: sum, example: 1}
      - {key: tinh.tong_so, label: "- Tổng số:", title: Số lượng cán bộ / Cấp tỉnh / Tổng số, short: Tổng,
         kind: integer, grid: 4, level: tinh, measure: người, filled_by: [tinh, to_chuc], minimum: 0,
         rollup: sum, example: 12}
      - {key: tinh.cb_nu, label: "- CB nữ:", title: Số lượng cán bộ / Cấp tỉnh / CB nữ, short: Nữ,
         kind: integer, grid: 4, level: tinh, measure: người, filled_by: [tinh, to_chuc], minimum: 0,
         rollup: sum, example: 5}
      - {key: tinh.cb_dtts, label: "- CB dân tộc thiểu số:",
         title: Số lượng cán bộ / Cấp tỉnh / CB dân tộc thiểu số, short: DTTS, kind: integer, grid: 4,
         level: tinh, measure: người, filled_by: [tinh, to_chuc], minimum: 0, rollup: sum, example: 0}
      - {key: tinh.cb_ton_giao, label: "- CB tôn giáo:", title: Số lượng cán bộ / Cấp tỉnh / CB tôn giáo,
         short: Tôn giáo, kind: integer, grid: 4, level: tinh, measure: người, filled_by: [tinh, to_chuc],
         minimum: 0, rollup: sum, example: 1}
      - {key: huyen.tong_so, label: "- Tổng số:", title: Số lượng cán bộ / Cấp huyện / Tổng số, short: Tổng,
         kind: integer, grid: 5, level: huyen, measure: người, filled_by: [huyen], minimum: 0, rollup: sum,
         example: 12}
      - {key: huyen.cb_nu, label: "- CB nữ:", title: Số lượng cán bộ / Cấp huyện / CB nữ, short: Nữ,
         kind: integer, grid: 5, level: huyen, measure: người, filled_by: [huyen], minimum: 0, rollup: sum,
         example: 5}
      - {key: huyen.cb_dtts, label: "- CB dân tộc thiểu số:",
         title: Số lượng cán bộ / Cấp huyện / CB dân tộc thiểu số, short: DTTS, kind: integer, grid: 5,
         level: huyen, measure: người, filled_by: [huyen], minimum: 0, rollup: sum, example: 0}
      - {key: huyen.cb_ton_giao, label: "- CB tôn giáo:", title: Số lượng cán bộ / Cấp huyện / CB tôn giáo,
         short: Tôn giáo, kind: integer, grid: 5, level: huyen, measure: người, filled_by: [huyen], minimum: 0,
         rollup: sum, example: 1}
      - {key: xa.tong_so, label: "- Tổng số:", title: Số lượng cán bộ / Cấp xã / Tổng số, short: Tổng,
         kind: integer, grid: 6, level: xa, measure: người, filled_by: [xa], minimum: 0, rollup: sum,
         example: 12}
      - {key: xa.cb_nu, label: "- CB nữ:", title: Số lượng cán bộ / Cấp xã / CB nữ, short: Nữ, kind: integer,
         grid: 6, level: xa, measure: người, filled_by: [xa], minimum: 0, rollup: sum, example: 5}
      - {key: xa.cb_dtts, label: "- CB dân tộc thiểu số:",
         title: Số lượng cán bộ / Cấp xã / CB dân tộc thiểu số, short: DTTS, kind: integer, grid: 6, level: xa,
         measure: người, filled_by: [xa], minimum: 0, rollup: sum, example: 0}
      - {key: xa.cb_ton_giao, label: "- CB tôn giáo:", title: Số lượng cán bộ / Cấp xã / CB tôn giáo,
         short: Tôn giáo, kind: integer, grid: 6, level: xa, measure: người, filled_by: [xa], minimum: 0,
         rollup: sum, example: 1}
    widths_mm: [10, 47, 13, 13, 12, 12, 13, 13, 12, 12, 13, 13, 12, 12, 13, 13, 12, 12]
    rows:
      - {key: mttq, ordinal: 1, label: Ủy ban Mặt trận Tổ quốc, short: MTTQ, body: mttq}
      - {key: ldld, ordinal: 2, label: Liên đoàn Lao động, short: LĐLĐ, body: ldld}
      - {key: hnd, ordinal: 3, label: Hội Nông dân, short: Hội Nông dân, body: hnd}
      - {key: doan, ordinal: 4, label: Đoàn TNCS Hồ Chí Minh, short: Đoàn Thanh niên, body: doan}
      - {key: pn, ordinal: 5, label: Hội Liên hiệp Phụ nữ, short: Hội LHPN, body: pn}
      - {key: ccb, ordinal: 6, label: Hội Cựu Chiến binh, short: Hội CCB, body: ccb}
    rules:
      - rule: "tinh.cb_nu <= tinh.tong_so"
        message: Số cán bộ nữ lớn hơn tổng số cán bộ cấp tỉnh.
        blocking: true
      - rule: "tinh.cb_dtts <= tinh.tong_so"
        message: Số cán bộ dân tộc thiểu số lớn hơn tổng số cán bộ cấp tỉnh.
        blocking: true
      - rule: "tinh.cb_ton_giao <= tinh.tong_so"
        message: Số cán bộ tôn giáo lớn hơn tổng số cán bộ cấp tỉnh.
        blocking: true
      - rule: "huyen.cb_nu <= huyen.tong_so"
        message: Số cán bộ nữ lớn hơn tổng số cán bộ cấp huyện.
        blocking: true
      - rule: "huyen.cb_dtts <= huyen.tong_so"
        message: Số cán bộ dân tộc thiểu số lớn hơn tổng số cán bộ cấp huyện.
        blocking: true
      - rule: "huyen.cb_ton_giao <= huyen.tong_so"
        message: Số cán bộ tôn giáo lớn hơn tổng số cán bộ cấp huyện.
        blocking: true
      - rule: "xa.cb_nu <= xa.tong_so"
        message: Số cán bộ nữ lớn hơn tổng số cán bộ cấp xã.
        blocking: true
      - rule: "xa.cb_dtts <= xa.tong_so"
        message: Số cán bộ dân tộc thiểu số lớn hơn tổng số cán bộ cấp xã.
        blocking: true
      - rule: "xa.cb_ton_giao <= xa.tong_so"
        message: Số cán bộ tôn giáo lớn hơn tổng số cán bộ cấp xã.
        blocking: true
    help: "Tổng số đã gồm cán bộ nữ, dân tộc thiểu số và tôn giáo; một người có thể tính ở nhiều dòng. Nơi không có tổ chức (ví dụ Liên đoàn Lao động cấp xã) thì chọn “Không có tổ chức này”."

  - key: PL4
    number_line: PHỤ LỤC 4
    title:
      - "Số lượng cán bộ của Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội"
      - "tham gia cấp ủy, đại biểu dân cử"
    period: "(Từ 2009 - 4/2019)"
    landscape: true
    letterhead_left: "HUYỆN, THÀNH ỦY....."
    letterhead_right: ĐẢNG CỘNG SẢN VIỆT NAM
    date_line: "....., ngày tháng năm 2019"
    own_rows_only: [to_chuc]
    header_rows: 3
    grid_columns: 16
    header:
      - {row: 1, col: 1, rows: 3, text: TT}
      - {row: 1, col: 2, rows: 3, text: Đơn vị}
      - {row: 1, col: 3, cols: 6, text: Tham gia cấp ủy đảng}
      - {row: 1, col: 9, cols: 2, text: Đại biểu Quốc hội}
      - {row: 1, col: 11, cols: 6, text: Đại biểu Hội đồng Nhân dân}
      - {row: 2, col: 3, cols: 2, text: Tỉnh}
      - {row: 2, col: 5, cols: 2, text: Huyện}
      - {row: 2, col: 7, cols: 2, text: Xã}
      - {row: 2, col: 11, cols: 2, text: Tỉnh}
      - {row: 2, col: 13, cols: 2, text: Huyện}
      - {row: 2, col: 15, cols: 2, text: Xã}
      - {row: 2, col: 9, rows: 2, text: NK1}
      - {row: 2, col: 10, rows: 2, text: NK2}
      - {row: 3, col: 3, text: NK1}
      - {row: 3, col: 4, text: NK2}
      - {row: 3, col: 5, text: NK1}
      - {row: 3, col: 6, text: NK2}
      - {row: 3, col: 7, text: NK1}
      - {row: 3, col: 8, text: NK2}
      - {row: 3, col: 11, text: NK1}
      - {row: 3, col: 12, text: NK2}
      - {row: 3, col: 13, text: NK1}
      - {row: 3, col: 14, text: NK2}
      - {row: 3, col: 15, text: NK1}
      - {row: 3, col: 16, text: NK2}
    columns:
      - {key: tt, label: TT, kind: index, grid: 1}
      - {key: don_vi, label: Đơn vị, kind: label, grid: 2}
      - {key: cap_uy.tinh.nk1, label: NK1, title: Tham gia cấp ủy đảng / Tỉnh / NK1, short: NK1 cấp ủy,
         kind: integer, grid: 3, level: tinh, measure: người, filled_by: [tinh, to_chuc], minimum: 0,
         rollup: sum, example: 2}
      - {key: cap_uy.tinh.nk2, label: NK2, title: Tham gia cấp ủy đảng / Tỉnh / NK2, short: NK2 cấp ủy,
         kind: integer, grid: 4, level: tinh, measure: người, filled_by: [tinh, to_chuc], minimum: 0,
         rollup: sum, example: 2}
      - {key: cap_uy.huyen.nk1, label: NK1, title: Tham gia cấp ủy đảng / Huyện / NK1, short: NK1 cấp ủy,
         kind: integer, grid: 5, level: huyen, measure: người, filled_by: [huyen], minimum: 0, rollup: sum,
         example: 2}
      - {key: cap_uy.huyen.nk2, label: NK2, title: Tham gia cấp ủy đảng / Huyện / NK2, short: NK2 cấp ủy,
         kind: integer, grid: 6, level: huyen, measure: người, filled_by: [huyen], minimum: 0, rollup: sum,
         example: 2}
      - {key: cap_uy.xa.nk1, label: NK1, title: Tham gia cấp ủy đảng / Xã / NK1, short: NK1 cấp ủy,
         kind: integer, grid: 7, level: xa, measure: người, filled_by: [xa], minimum: 0, rollup: sum,
         example: 2}
      - {key: cap_uy.xa.nk2, label: NK2, title: Tham gia cấp ủy đảng / Xã / NK2, short: NK2 cấp ủy,
         kind: integer, grid: 8, level: xa, measure: người, filled_by: [xa], minimum: 0, rollup: sum,
         example: 2}
      - {key: qh.nk1, label: NK1, title: Đại biểu Quốc hội / NK1, short: NK1 Quốc hội, kind: integer, grid: 9,
         level: trung_uong, filled_by: [tinh], minimum: 0, rollup: sum, example: 0}
      - {key: qh.nk2, label: NK2, title: Đại biểu Quốc hội / NK2, short: NK2 Quốc hội, kind: integer, grid: 10,
         level: trung_uong, filled_by: [tinh], minimum: 0, rollup: sum, example: 0}
      - {key: hdnd.tinh.nk1, label: NK1, title: Đại biểu Hội đồng Nhân dân / Tỉnh / NK1, short: NK1 HĐND,
         kind: integer, grid: 11, level: tinh, measure: người, filled_by: [tinh, to_chuc], minimum: 0,
         rollup: sum, example: 3}
      - {key: hdnd.tinh.nk2, label: NK2, title: Đại biểu Hội đồng Nhân dân / Tỉnh / NK2, short: NK2 HĐND,
         kind: integer, grid: 12, level: tinh, measure: người, filled_by: [tinh, to_chuc], minimum: 0,
         rollup: sum, example: 3}
      - {key: hdnd.huyen.nk1, label: NK1, title: Đại biểu Hội đồng Nhân dân / Huyện / NK1, short: NK1 HĐND,
         kind: integer, grid: 13, level: huyen, measure: người, filled_by: [huyen], minimum: 0, rollup: sum,
         example: 3}
      - {key: hdnd.huyen.nk2, label: NK2, title: Đại biểu Hội đồng Nhân dân / Huyện / NK2, short: NK2 HĐND,
         kind: integer, grid: 14, level: huyen, measure: người, filled_by: [huyen], minimum: 0, rollup: sum,
         example: 3}
      - {key: hdnd.xa.nk1, label: NK1, title: Đại biểu Hội đồng Nhân dân / Xã / NK1, short: NK1 HĐND,
         kind: integer, grid: 15, level: xa, measure: người, filled_by: [xa], minimum: 0, rollup: sum,
         example: 3}
      - {key: hdnd.xa.nk2, label: NK2, title: Đại biểu Hội đồng Nhân dân / Xã / NK2, short: NK2 HĐND,
         kind: integer, grid: 16, level: xa, measure: người, filled_by: [xa], minimum: 0, rollup: sum,
         example: 3}
    widths_mm: [10, 51, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14]
    rows:
      - {key: mttq, ordinal: 1, label: Mặt trận Tổ quốc Việt Nam, short: MTTQ, body: mttq}
      - {key: ldld, ordinal: 2, label: Liên đoàn Lao động Việt Nam, short: LĐLĐ, body: ldld}
      - {key: hnd, ordinal: 3, label: Hội Nông dân Việt Nam, short: Hội Nông dân, body: hnd}
      - {key: doan, ordinal: 4, label: Đoàn TNCS Hồ Chí Minh, short: Đoàn Thanh niên, body: doan}
      - {key: pn, ordinal: 5, label: Hội Liên hiệp Phụ nữ Việt Nam, short: Hội LHPN, body: pn}
      - {key: ccb, ordinal: 6, label: Hội Cựu Chiến binh Việt Nam, short: Hội CCB, body: ccb}
    notes_heading: "Ghi chú:"
    notes:
      - "- NK1: (1) Đối với TW là 2011 - 2016; (2) Đối với cấp tỉnh, huyện, xã và tương đương là 2010 - 2015"
      - "- NK2: (1) Đối với TW là 2016 - 2021; (2) Đối với cấp tỉnh, huyện, xã và tương đương là 2015 - 2020"
    help: "NK1, NK2 ghi theo ghi chú in dưới bảng. Lưu ý: ghi chú nêu nhiệm kỳ của cấp ủy (2010 - 2015 và 2015 - 2020); nhiệm kỳ Hội đồng nhân dân cùng thời kỳ là 2011 - 2016 và 2016 - 2021."

  - key: PL5
    number_line: PHỤ LỤC 5
    missing: "Văn bản nguồn nhảy từ Phụ lục 4 sang Phụ lục 6, không có Phụ lục 5."

  - key: PL6
    number_line: Phụ lục 6
    title:
      - "THỐNG KÊ KINH PHÍ HOẠT ĐỘNG CỦA MTTQ, CÁC TỔ CHỨC CT-XH Ở ĐỊA PHƯƠNG"
      - "SAU THỰC HIỆN NGHỊ QUYẾT SỐ 18-NQ/TW, NGÀY 25/10/2017 CỦA BAN CHẤP HÀNH TRUNG ƯƠNG KHÓA XII"
    period: "(Từ 2018 - 30/4/2019)"
    landscape: true
    letterhead_left: "HUYỆN, THÀNH ỦY (ĐẢNG ĐOÀN)....."
    letterhead_right: ĐẢNG CỘNG SẢN VIỆT NAM
    date_line: "....., ngày tháng năm 2019"
    number_line_first: true
    own_rows_only: [to_chuc]
    header_rows: 2
    grid_columns: 6
    header:
      - {row: 1, col: 1, rows: 2, text: TT}
      - {row: 1, col: 2, rows: 2, cols: 2, text: Đơn vị}
      - {row: 1, col: 4, cols: 2, text: Kinh phí hoạt động (Triệu đồng/năm)}
      - {row: 1, col: 6, rows: 2, text: Ghi chú}
      - {row: 2, col: 4, text: Ngân sách nhà nước cấp}
      - {row: 2, col: 5, text: Nguồn thu khác}
    columns:
      - {key: tt, label: TT, kind: index, grid: 1}
      - {key: don_vi, label: Đơn vị, kind: label, grid: 2}
      - {key: cap, label: "(cấp)", kind: label, grid: 3}
      - {key: nsnn, label: Ngân sách nhà nước cấp, title: Kinh phí hoạt động / Ngân sách nhà nước cấp,
         short: Ngân sách, kind: money, grid: 4, measure: triệu đồng/năm, filled_by: [huyen, to_chuc, tinh, xa],
         minimum: 0, decimals: 3, rollup: sum, example: 150}
      - {key: thu_khac, label: Nguồn thu khác, title: Kinh phí hoạt động / Nguồn thu khác, short: Thu khác,
         kind: money, grid: 5, measure: triệu đồng/năm, filled_by: [huyen, to_chuc, tinh, xa], minimum: 0,
         decimals: 3, rollup: sum, example: "20,5"}
      - {key: ghi_chu, label: Ghi chú, kind: text, grid: 6, filled_by: [huyen, to_chuc, tinh, xa],
         required: false, example: Số năm 2018}
    widths_mm: [12, 45, 30, 60, 60, 50]
    rows:
      - {key: mttq.tinh, ordinal: "1.", label: MTTQVN, short: MTTQ cấp tỉnh, body: mttq, level_label: Cấp tỉnh,
         level: tinh, merged: 3, filled_by: [tinh, to_chuc]}
      - {key: mttq.huyen, short: MTTQ cấp huyện, body: mttq, level_label: Cấp huyện, level: huyen, merged: 0,
         filled_by: [huyen]}
      - {key: mttq.xa, short: MTTQ cấp xã, body: mttq, level_label: Cấp xã, level: xa, merged: 0,
         filled_by: [xa]}
      - {key: ldld.tinh, ordinal: "2.", label: LĐLĐ, short: LĐLĐ cấp tỉnh, body: ldld, level_label: Cấp tỉnh,
         level: tinh, merged: 3, filled_by: [tinh, to_chuc]}
      - {key: ldld.huyen, short: LĐLĐ cấp huyện, body: ldld, level_label: Cấp huyện, level: huyen, merged: 0,
         filled_by: [huyen]}
      - {key: ldld.xa, short: LĐLĐ cấp xã, body: ldld, level_label: Cấp xã, level: xa, merged: 0,
         filled_by: [xa]}
      - {key: hnd.tinh, ordinal: "3.", label: Hội NDVN, short: Hội Nông dân cấp tỉnh, body: hnd,
         level_label: Cấp tỉnh, level: tinh, merged: 3, filled_by: [tinh, to_chuc]}
      - {key: hnd.huyen, short: Hội Nông dân cấp huyện, body: hnd, level_label: Cấp huyện, level: huyen,
         merged: 0, filled_by: [huyen]}
      - {key: hnd.xa, short: Hội Nông dân cấp xã, body: hnd, level_label: Cấp xã, level: xa, merged: 0,
         filled_by: [xa]}
      - {key: doan.tinh, ordinal: "4.", label: Đoàn TNCS HCM, short: Đoàn Thanh niên cấp tỉnh, body: doan,
         level_label: Cấp tỉnh, level: tinh, merged: 3, filled_by: [tinh, to_chuc]}
      - {key: doan.huyen, short: Đoàn Thanh niên cấp huyện, body: doan, level_label: Cấp huyện, level: huyen,
         merged: 0, filled_by: [huyen]}
      - {key: doan.xa, short: Đoàn Thanh niên cấp xã, body: doan, level_label: Cấp xã, level: xa, merged: 0,
         filled_by: [xa]}
      - {key: pn.tinh, ordinal: "5.", label: Hội LHPNVN, short: Hội LHPN cấp tỉnh, body: pn,
         level_label: Cấp tỉnh, level: tinh, merged: 3, filled_by: [tinh, to_chuc]}
      - {key: pn.huyen, short: Hội LHPN cấp huyện, body: pn, level_label: Cấp huyện, level: huyen, merged: 0,
         filled_by: [huyen]}
      - {key: pn.xa, short: Hội LHPN cấp xã, body: pn, level_label: Cấp xã, level: xa, merged: 0,
         filled_by: [xa]}
      - {key: ccb.tinh, ordinal: "6.", label: Hội CCBVN, short: Hội CCB cấp tỉnh, body: ccb,
         level_label: Cấp tỉnh, level: tinh, merged: 3, filled_by: [tinh, to_chuc]}
      - {key: ccb.huyen, short: Hội CCB cấp huyện, body: ccb, level_label: Cấp huyện, level: huyen, merged: 0,
         filled_by: [huyen]}
      - {key: ccb.xa, short: Hội CCB cấp xã, body: ccb, level_label: Cấp xã, level: xa, merged: 0,
         filled_by: [xa]}
    help: "Ghi kinh phí của một năm, đơn vị triệu đồng/năm; số của năm nào thì ghi năm đó ở cột Ghi chú."
','2019-04-01 02:00:00.000000');
CREATE TABLE frozen_sum (
	submission INTEGER NOT NULL, 
	field VARCHAR(120) NOT NULL, 
	"row" VARCHAR(120) NOT NULL, 
	"column" VARCHAR(120) NOT NULL, 
	revision INTEGER NOT NULL, 
	number BIGINT, 
	counted INTEGER DEFAULT '0' NOT NULL, 
	expected INTEGER DEFAULT '0' NOT NULL, 
	parts TEXT DEFAULT '[]' NOT NULL, 
	CONSTRAINT pk_frozen_sum PRIMARY KEY (submission, field, "row", "column", revision), 
	CONSTRAINT fk_frozen_sum_submission FOREIGN KEY(submission) REFERENCES submission (id)
);
CREATE TABLE guess (
	id INTEGER NOT NULL, 
	channel VARCHAR(20) NOT NULL, 
	external VARCHAR(120) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_guess PRIMARY KEY (id)
);
CREATE TABLE inbox (
	id INTEGER NOT NULL, 
	channel VARCHAR(20) NOT NULL, 
	external VARCHAR(120) NOT NULL, 
	account INTEGER, 
	kind VARCHAR(40) NOT NULL, 
	raw TEXT DEFAULT '' NOT NULL, 
	said TEXT DEFAULT '' NOT NULL, 
	received_at DATETIME NOT NULL, 
	handled_at DATETIME, 
	error TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_inbox PRIMARY KEY (id), 
	CONSTRAINT fk_inbox_account FOREIGN KEY(account) REFERENCES account (id), 
	CONSTRAINT uq_inbox_channel_external UNIQUE (channel, external)
);
CREATE TABLE invite (
	id INTEGER NOT NULL, 
	code_hash VARCHAR(64) NOT NULL, 
	unit INTEGER NOT NULL, 
	role VARCHAR(20) NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by INTEGER, 
	expires_at DATETIME NOT NULL, 
	used_at DATETIME, 
	used_by INTEGER, 
	revoked_at DATETIME, 
	CONSTRAINT pk_invite PRIMARY KEY (id), 
	CONSTRAINT fk_invite_created_by FOREIGN KEY(created_by) REFERENCES person (id), 
	CONSTRAINT fk_invite_unit FOREIGN KEY(unit) REFERENCES unit (id), 
	CONSTRAINT fk_invite_used_by FOREIGN KEY(used_by) REFERENCES person (id), 
	CONSTRAINT uq_invite_code_hash UNIQUE (code_hash)
);
CREATE TABLE job (
	id INTEGER NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	payload TEXT DEFAULT '{}' NOT NULL, 
	state VARCHAR(8) DEFAULT 'waiting' NOT NULL, 
	created_at DATETIME NOT NULL, 
	not_before DATETIME, 
	claimed_by VARCHAR(60), 
	lease_until DATETIME, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	error TEXT DEFAULT '' NOT NULL, 
	finished_at DATETIME, 
	CONSTRAINT pk_job PRIMARY KEY (id)
);
CREATE TABLE letterhead (
	id INTEGER NOT NULL, 
	unit INTEGER NOT NULL, 
	valid_from DATE NOT NULL, 
	parent_body TEXT DEFAULT '' NOT NULL, 
	issuing_body TEXT DEFAULT '' NOT NULL, 
	symbol TEXT DEFAULT '' NOT NULL, 
	place TEXT DEFAULT '' NOT NULL, 
	authority TEXT DEFAULT '' NOT NULL, 
	title TEXT DEFAULT '' NOT NULL, 
	signer TEXT DEFAULT '' NOT NULL, 
	profile TEXT DEFAULT '' NOT NULL, 
	recipients TEXT DEFAULT '[]' NOT NULL, 
	CONSTRAINT pk_letterhead PRIMARY KEY (id), 
	CONSTRAINT fk_letterhead_unit FOREIGN KEY(unit) REFERENCES unit (id), 
	CONSTRAINT uq_letterhead_unit_valid_from UNIQUE (unit, valid_from)
);
CREATE TABLE meta (
	"key" VARCHAR(60) NOT NULL, 
	value TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_meta PRIMARY KEY ("key")
);
CREATE TABLE outbox (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	channel VARCHAR(20) NOT NULL, 
	account INTEGER NOT NULL, 
	person INTEGER, 
	inbox INTEGER, 
	kind VARCHAR(8) NOT NULL, 
	priority SMALLINT NOT NULL, 
	payload TEXT DEFAULT '{}' NOT NULL, 
	created_at DATETIME NOT NULL, 
	not_before DATETIME, 
	claimed_by VARCHAR(60), 
	claimed_at DATETIME, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	error TEXT DEFAULT '' NOT NULL, 
	sent_at DATETIME, 
	dead_at DATETIME, 
	CONSTRAINT fk_outbox_account FOREIGN KEY(account) REFERENCES account (id), 
	CONSTRAINT fk_outbox_inbox FOREIGN KEY(inbox) REFERENCES inbox (id), 
	CONSTRAINT fk_outbox_person FOREIGN KEY(person) REFERENCES person (id)
);
CREATE TABLE person (
	id INTEGER NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	handle VARCHAR(60), 
	created_at DATETIME NOT NULL, 
	removed_at DATETIME, 
	CONSTRAINT pk_person PRIMARY KEY (id), 
	CONSTRAINT uq_person_handle UNIQUE (handle)
);
INSERT INTO "person" VALUES(1,'Người của T','t','2019-04-01 02:00:00.000000',NULL);
INSERT INTO "person" VALUES(2,'Người của H1','h1','2019-04-01 02:00:00.000000',NULL);
INSERT INTO "person" VALUES(3,'Người của X1','x1','2019-04-01 02:00:00.000000',NULL);
INSERT INTO "person" VALUES(4,'Người của X2','x2','2019-04-01 02:00:00.000000',NULL);
INSERT INTO "person" VALUES(5,'Người của X3','x3','2019-04-01 02:00:00.000000',NULL);
INSERT INTO "person" VALUES(6,'Người của H2','h2','2019-04-01 02:00:00.000000',NULL);
INSERT INTO "person" VALUES(7,'Người của X4','x4','2019-04-01 02:00:00.000000',NULL);
INSERT INTO "person" VALUES(8,'Người của X5','x5','2019-04-01 02:00:00.000000',NULL);
CREATE TABLE predecessor (
	unit INTEGER NOT NULL, 
	"before" INTEGER NOT NULL, 
	partly BOOLEAN DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_predecessor PRIMARY KEY (unit, "before"), 
	CONSTRAINT fk_predecessor_before FOREIGN KEY("before") REFERENCES unit (id), 
	CONSTRAINT fk_predecessor_unit FOREIGN KEY(unit) REFERENCES unit (id)
);
CREATE TABLE reminder (
	id INTEGER NOT NULL, 
	campaign INTEGER NOT NULL, 
	unit INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	kind VARCHAR(60) NOT NULL, 
	planned_at DATETIME NOT NULL, 
	outbox INTEGER, 
	state VARCHAR(12) NOT NULL, 
	settled_at DATETIME, 
	CONSTRAINT pk_reminder PRIMARY KEY (id), 
	CONSTRAINT fk_reminder_campaign FOREIGN KEY(campaign) REFERENCES campaign (id), 
	CONSTRAINT fk_reminder_outbox FOREIGN KEY(outbox) REFERENCES outbox (id), 
	CONSTRAINT fk_reminder_person FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT fk_reminder_unit FOREIGN KEY(unit) REFERENCES unit (id), 
	CONSTRAINT uq_reminder_campaign_unit_person_kind UNIQUE (campaign, unit, person, kind)
);
CREATE TABLE return (
	id INTEGER NOT NULL, 
	submission INTEGER NOT NULL, 
	prefix TEXT DEFAULT '' NOT NULL, 
	comment TEXT DEFAULT '' NOT NULL, 
	given_by INTEGER, 
	at DATETIME NOT NULL, 
	until DATETIME, 
	resolved_at DATETIME, 
	CONSTRAINT pk_return PRIMARY KEY (id), 
	CONSTRAINT fk_return_given_by FOREIGN KEY(given_by) REFERENCES person (id), 
	CONSTRAINT fk_return_submission FOREIGN KEY(submission) REFERENCES submission (id)
);
CREATE TABLE role (
	id INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	unit INTEGER NOT NULL, 
	role VARCHAR(20) NOT NULL, 
	granted_at DATETIME NOT NULL, 
	granted_by INTEGER, 
	ended_at DATETIME, 
	ended_by INTEGER, 
	CONSTRAINT pk_role PRIMARY KEY (id), 
	CONSTRAINT fk_role_ended_by FOREIGN KEY(ended_by) REFERENCES person (id), 
	CONSTRAINT fk_role_granted_by FOREIGN KEY(granted_by) REFERENCES person (id), 
	CONSTRAINT fk_role_person FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT fk_role_unit FOREIGN KEY(unit) REFERENCES unit (id)
);
INSERT INTO "role" VALUES(1,1,1,'official','2019-04-01 02:00:00.000000',NULL,NULL,NULL);
INSERT INTO "role" VALUES(2,2,2,'official','2019-04-01 02:00:00.000000',NULL,NULL,NULL);
INSERT INTO "role" VALUES(3,3,3,'official','2019-04-01 02:00:00.000000',NULL,NULL,NULL);
INSERT INTO "role" VALUES(4,4,4,'official','2019-04-01 02:00:00.000000',NULL,NULL,NULL);
INSERT INTO "role" VALUES(5,5,5,'official','2019-04-01 02:00:00.000000',NULL,NULL,NULL);
INSERT INTO "role" VALUES(6,6,6,'official','2019-04-01 02:00:00.000000',NULL,NULL,NULL);
INSERT INTO "role" VALUES(7,7,7,'official','2019-04-01 02:00:00.000000',NULL,NULL,NULL);
INSERT INTO "role" VALUES(8,8,8,'official','2019-04-01 02:00:00.000000',NULL,NULL,NULL);
CREATE TABLE session (
	person INTEGER NOT NULL, 
	json TEXT DEFAULT '' NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_session PRIMARY KEY (person), 
	CONSTRAINT fk_session_person FOREIGN KEY(person) REFERENCES person (id)
);
CREATE TABLE submission (
	id INTEGER NOT NULL, 
	status VARCHAR(12) NOT NULL, 
	revision INTEGER DEFAULT '0' NOT NULL, 
	stamp BIGINT DEFAULT '0' NOT NULL, 
	opened_at DATETIME, 
	first_sent_at DATETIME, 
	sent_at DATETIME, 
	sent_by INTEGER, 
	sent_revision INTEGER, 
	receipt TEXT DEFAULT '' NOT NULL, 
	returned_at DATETIME, 
	accepted_at DATETIME, 
	accepted_by INTEGER, 
	reopened_until DATETIME, 
	reopen_reason TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_submission PRIMARY KEY (id), 
	CONSTRAINT ck_submission_status CHECK (status IN ('not_opened', 'in_progress', 'sent', 'returned', 'accepted')), 
	CONSTRAINT fk_submission_accepted_by FOREIGN KEY(accepted_by) REFERENCES person (id), 
	CONSTRAINT fk_submission_id FOREIGN KEY(id) REFERENCES campaign_unit (id), 
	CONSTRAINT fk_submission_sent_by FOREIGN KEY(sent_by) REFERENCES person (id)
);
INSERT INTO "submission" VALUES(1,'not_opened',0,0,NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,'');
INSERT INTO "submission" VALUES(2,'not_opened',0,0,NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,'');
INSERT INTO "submission" VALUES(3,'sent',2,1565482759695715214,'2019-04-01 02:00:00.000000','2019-04-01 02:00:00.000000','2019-04-01 02:00:00.000000',3,2,'KL62-0001',NULL,NULL,NULL,NULL,'');
INSERT INTO "submission" VALUES(4,'not_opened',0,0,NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,'');
INSERT INTO "submission" VALUES(5,'not_opened',0,0,NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,'');
INSERT INTO "submission" VALUES(6,'not_opened',0,0,NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,'');
INSERT INTO "submission" VALUES(7,'not_opened',0,0,NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,'');
INSERT INTO "submission" VALUES(8,'not_opened',0,0,NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,'');
CREATE TABLE unit (
	id INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_unit PRIMARY KEY (id)
);
INSERT INTO "unit" VALUES(1,'2019-04-01 02:00:00.000000');
INSERT INTO "unit" VALUES(2,'2019-04-01 02:00:00.000000');
INSERT INTO "unit" VALUES(3,'2019-04-01 02:00:00.000000');
INSERT INTO "unit" VALUES(4,'2019-04-01 02:00:00.000000');
INSERT INTO "unit" VALUES(5,'2019-04-01 02:00:00.000000');
INSERT INTO "unit" VALUES(6,'2019-04-01 02:00:00.000000');
INSERT INTO "unit" VALUES(7,'2019-04-01 02:00:00.000000');
INSERT INTO "unit" VALUES(8,'2019-04-01 02:00:00.000000');
CREATE TABLE unit_version (
	id INTEGER NOT NULL, 
	unit INTEGER NOT NULL, 
	code VARCHAR(40) NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	parent INTEGER, 
	body TEXT DEFAULT '' NOT NULL, 
	position INTEGER DEFAULT '0' NOT NULL, 
	valid_from DATE NOT NULL, 
	valid_to DATE, 
	CONSTRAINT pk_unit_version PRIMARY KEY (id), 
	CONSTRAINT fk_unit_version_parent FOREIGN KEY(parent) REFERENCES unit (id), 
	CONSTRAINT fk_unit_version_unit FOREIGN KEY(unit) REFERENCES unit (id), 
	CONSTRAINT uq_unit_version_code_valid_from UNIQUE (code, valid_from)
);
INSERT INTO "unit_version" VALUES(1,1,'T','Tỉnh T','tinh',NULL,'',0,'1900-01-01',NULL);
INSERT INTO "unit_version" VALUES(2,2,'H1','Huyện Một','huyen',1,'',1,'1900-01-01',NULL);
INSERT INTO "unit_version" VALUES(3,3,'X1','Xã Một','xa',2,'',2,'1900-01-01',NULL);
INSERT INTO "unit_version" VALUES(4,4,'X2','Xã Hai','xa',2,'',3,'1900-01-01',NULL);
INSERT INTO "unit_version" VALUES(5,5,'X3','Xã Ba','xa',2,'',4,'1900-01-01',NULL);
INSERT INTO "unit_version" VALUES(6,6,'H2','Huyện Hai','huyen',1,'',5,'1900-01-01',NULL);
INSERT INTO "unit_version" VALUES(7,7,'X4','Xã Bốn','xa',6,'',6,'1900-01-01',NULL);
INSERT INTO "unit_version" VALUES(8,8,'X5','Xã Năm','xa',6,'',7,'1900-01-01',NULL);
CREATE INDEX ix_guess_channel_external_at ON guess (channel, external, at);
CREATE INDEX ix_job_state_id ON job (state, id);
CREATE INDEX ix_account_person ON account (person);
CREATE INDEX ix_role_person_unit ON role (person, unit);
CREATE INDEX ix_role_unit ON role (unit);
CREATE INDEX ix_unit_version_parent ON unit_version (parent);
CREATE INDEX ix_unit_version_unit_valid_from ON unit_version (unit, valid_from);
CREATE INDEX ix_campaign_unit_unit ON campaign_unit (unit);
CREATE INDEX ix_outbox_due ON outbox (channel, priority, id) WHERE sent_at IS NULL AND dead_at IS NULL;
CREATE INDEX ix_outbox_line ON outbox (account, id) WHERE sent_at IS NULL AND dead_at IS NULL;
CREATE INDEX ix_outbox_person_id ON outbox (person, id);
CREATE INDEX ix_answer_override ON answer (submission) WHERE basis <> '';
CREATE INDEX ix_answer_history_submission ON answer_history (submission);
CREATE INDEX ix_assignment_person ON assignment (person);
CREATE INDEX ix_assignment_submission ON assignment (submission);
CREATE INDEX ix_audit_campaign_at ON audit (campaign, at);
CREATE INDEX ix_audit_unit_at ON audit (unit, at);
CREATE INDEX ix_file_sha256 ON file (sha256);
CREATE INDEX ix_file_submission ON file (submission);
CREATE INDEX ix_return_submission ON return (submission);
CREATE INDEX ix_attachment_submission ON attachment (submission);
CREATE TRIGGER answer_history_UPDATE_refused BEFORE UPDATE ON answer_history
BEGIN SELECT RAISE(ABORT, 'answer_history: rows are only added'); END;
CREATE TRIGGER answer_history_DELETE_refused BEFORE DELETE ON answer_history
BEGIN SELECT RAISE(ABORT, 'answer_history: rows are only added'); END;
CREATE TRIGGER audit_UPDATE_refused BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit: rows are only added'); END;
CREATE TRIGGER audit_DELETE_refused BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit: rows are only added'); END;
DELETE FROM "sqlite_sequence";
COMMIT;
