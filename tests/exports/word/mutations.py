"""One way to spoil a good file for every assertion: what a careless change of the program, or an office, might do."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

DOCUMENT, STYLES, SETTINGS, CORE = "word/document.xml", "word/styles.xml", "word/settings.xml", "docProps/core.xml"
HEADER = "word/header2.xml"


@dataclass(frozen=True)
class Mutation:
    """Replace the first ``old`` (a regular expression) of a part with ``new``, in a sample of ``profile``."""

    key: str
    part: str
    old: str
    new: str
    profile: str = "party_hd36"
    form: str = "kl62-2019"
    all: bool = False

    def apply(self, content: bytes) -> bytes:
        return edited(content, self.part, self._changed)

    def _changed(self, text: str) -> str:
        changed = re.sub(self.old, self.new, text, count=0 if self.all else 1, flags=re.DOTALL)
        if changed == text:
            raise AssertionError(f"{self.key}: nothing in {self.part} matches {self.old}")
        return changed


def edited(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """Return the file with one part changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()).encode() if name == part else data)
    return made.getvalue()


def _d(
    key: str, old: str, new: str, profile: str = "party_hd36", form: str = "kl62-2019", *, all: bool = False
) -> Mutation:
    return Mutation(key, DOCUMENT, old, new, profile, form, all)


_PARAGRAPH = r"<w:p><w:pPr>(?:(?!</w:p>).)*?"
_BODY = '<w:p><w:pPr><w:pStyle w:val="BodyText"/>'
_TALL, _WIDE = r'w:w="11906" w:h="16838"', r'w:w="16838" w:h="11906" w:orient="landscape"'

MUTATIONS = (
    _d("C01", _TALL, 'w:w="12240" w:h="15840"'),
    _d("C01", _WIDE, r'w:w="16838" w:h="11906"'),
    _d("C02", r'(w:top="1134" w:right="850" w:bottom="1134" w:left=)"1701"', r'\1"1417"'),
    _d("C03", r'(w:top="1134" w:right="850" w:bottom="1134" w:left=)"1701"', r'\1"1417"', "nd30"),
    _d("C04", r'w:top="1701" w:right="1134"', 'w:top="1000" w:right="1134"'),
    _d("C05", 'w:header="567"', 'w:header="720"'),
    Mutation("C06", STYLES, r' w:eastAsia="Times New Roman"', ""),
    Mutation("C06", STYLES, r'<w:rFonts w:ascii="Times New Roman"', '<w:rFonts w:asciiTheme="minorHAnsi"'),
    Mutation("C07", STYLES, r'(<w:style [^>]*w:styleId="Heading2">.*?<w:rPr>)', r'\1<w:rFonts w:ascii="Calibri"/>'),
    _d("C08", "<w:r><w:t ", '<w:r><w:rPr><w:rFonts w:ascii="Arial"/></w:rPr><w:t '),
    Mutation("C09", STYLES, r'(w:styleId="Heading2">.*?)<w:color w:val="000000"/>', r'\1<w:color w:val="365F91"/>'),
    Mutation("C10", STYLES, r'<w:lang w:val="vi-VN"', '<w:lang w:val="en-US"'),
    Mutation("C10", SETTINGS, r'<w:themeFontLang w:val="vi-VN"', '<w:themeFontLang w:val="en-US"'),
    Mutation("C11", STYLES, r'(w:styleId="BodyText">.*?)<w:sz w:val="28"/>', r'\1<w:sz w:val="24"/>'),
    _d("C12", r'<w:top w:val="none"', '<w:top w:val="single"'),
    _d("C12", r'<w:tblW w:w="935."', '<w:tblW w:w="9000"'),
    _d("C13", "ĐẢNG CỘNG SẢN VIỆT NAM", "Đảng Cộng sản Việt Nam"),
    _d("C13", r'<w:b/><w:bCs/><w:sz w:val="26"/>(.{0,80}CỘNG HÒA)', r'<w:sz w:val="26"/>\1', "nd30"),
    _d("C14", "Phần thứ nhất", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    _d("C14", "Phần thứ nhất", "ĐẢNG CỘNG SẢN VIỆT NAM", "nd30"),
    _d("C15", r'<wp:extent cx="\d+"', '<wp:extent cx="1000000"'),
    _d("C16", "Phần thứ nhất", "______"),
    _d("C17", r"HUYỆN ỦY THANH SƠN", "Huyện ủy Thanh Sơn"),
    _d("C17", r'<w:b w:val="0"/><w:bCs w:val="0"/>(<w:sz w:val="28"/>.{0,100}ĐẢNG BỘ)', r"<w:b/>\1"),
    _d("C18", r">\*<", "><"),
    _d("C18", "TỈNH HÒA AN", "*", "nd30"),
    _d("C19", "Số 05-BC/HU", "Số: 5/BC-HU"),
    _d("C20", "Số: 05/BC-UBND", "Số 05-BC/UBND", "nd30"),
    _d("C21", "Số 05-BC/HU", "Số 05-KH/HU"),
    _d("C22", "ngày 05 tháng 4 năm", "ngày 5 tháng 04 năm"),
    _d("C22", r"<w:i/><w:iCs/>(<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr><w:t [^>]*>Thanh Sơn, )", r"\1"),
    _d("C23", ">BÁO CÁO<", ">Báo cáo<"),
    _d("C23", r'<w:sz w:val="32"/>', '<w:sz w:val="28"/>'),
    _d("C24", r"<w:b/><w:bCs/>(<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr><w:t [^>]*>tổng kết)", r"\1"),
    _d("C25", ">-----<", ">----<"),
    _d("C26", _BODY, f'{_BODY}<w:jc w:val="left"/>'),
    _d("C27", _BODY, f'{_BODY}<w:ind w:firstLine="0"/>'),
    Mutation(
        "C28", STYLES, r'(w:styleId="BodyText">.*?)w:lineRule="exact" w:line="360"', r'\1w:lineRule="auto" w:line="276"'
    ),
    Mutation("C29", STYLES, r'(w:styleId="BodyText">.*?)w:after="120"', r'\1w:after="40"'),
    Mutation("C29", STYLES, r'(<w:pPrDefault>.*?)w:after="0"', r'\1w:after="200"'),
    Mutation("C30", STYLES, r'(w:styleId="OBang">.*?<w:pPr>)', r'\1<w:spacing w:line="360" w:lineRule="exact"/>'),
    _d("C31", '<w:pStyle w:val="Heading2"/>', '<w:pStyle w:val="BodyText"/>'),
    _d("C32", '<w:pStyle w:val="Heading2"/>', '<w:pStyle w:val="Heading4"/>'),
    Mutation("C33", STYLES, r'(w:styleId="Heading3">.*?)<w:keepNext/>', r"\1"),
    _d("C34", "KẾT QUẢ TRIỂN KHAI, THỰC HIỆN", "Kết quả triển khai, thực hiện"),
    Mutation("C34", STYLES, r'(w:styleId="Heading1">.*?)<w:jc w:val="center"/>', r'\1<w:jc w:val="both"/>'),
    _d("C35", "II. KẾT QUẢ", "III. KẾT QUẢ"),
    _d("C35", "1. Ưu điểm", "1- Ưu điểm"),
    _d("C36", "DỰ BÁO TÌNH HÌNH", "DỰ BÁO"),
    _d("C36", r'<w:p><w:pPr><w:pStyle w:val="Heading\d"/></w:pPr><w:r><w:t [^>]*>3\. Một số bài học.*?</w:p>', ""),
    _d("C37", r"trong văn bản gốc\.<", "trong văn bản gốc./.<"),
    _d("C38", r"<w:keepNext/>((?:(?!<w:p>).)*</w:p><w:tbl>(?:(?!</w:tbl>).)*Nơi nhận)", r"\1"),
    _d("C38", r"<w:cantSplit/>((?:(?!<w:cantSplit/>).)*Nơi nhận:)", r"\1"),
    _d("C39", r'<w:b w:val="0"/><w:bCs w:val="0"/>((?:(?!<w:r>).)*PHÓ BÍ THƯ)', r"<w:b/><w:bCs/>\1"),
    _d("C39", r"<w:b/><w:bCs/>((?:(?!<w:r>).)*PHÓ CHỦ TỊCH)", r'<w:b w:val="0"/><w:bCs w:val="0"/>\1', "nd30"),
    _d("C40", "T/M BAN THƯỜNG VỤ", "TM. BAN THƯỜNG VỤ"),
    _d("C40", r"KT\. CHỦ TỊCH", "K/T CHỦ TỊCH", "nd30"),
    _d("C41", "T/M BAN THƯỜNG VỤ", "K/T BÍ THƯ"),
    _d("C41", "PHÓ BÍ THƯ THƯỜNG TRỰC", "PHÓ BÍ THƯ HUYỆN ỦY"),
    _d("C42", "Nguyễn Văn An", "ThS. Nguyễn Văn An"),
    _d("C43", '<w:u w:val="single"/>', ""),
    _d("C43", r"<w:b/><w:bCs/><w:i/><w:iCs/>((?:(?!<w:r>).)*Nơi nhận:)", r"\1", "nd30"),
    _d("C44", "Ban Dân vận Tỉnh ủy,<", "Ban Dân vận Tỉnh ủy;<"),
    _d("C44", "- Lưu ", "- Giữ "),
    Mutation("C45", HEADER, r"<w:instrText[^>]*>PAGE</w:instrText>", ""),
    Mutation("C45", STYLES, r'(w:styleId="Header">.*?)<w:jc w:val="center"/>', r'\1<w:jc w:val="right"/>'),
    _d("C46", "<w:titlePg/>", ""),
    Mutation("C46", "word/header1.xml", "</w:pPr></w:p>", "</w:pPr><w:r><w:t>1</w:t></w:r></w:p>"),
    _d("C47", '<w:pgNumType w:start="1"/>', ""),
    _d("C47", '<w:type w:val="nextPage"/>', '<w:type w:val="continuous"/>'),
    _d("C48", r'(<w:pgNumType w:start="1"/>)(<w:cols [^>]*/>)', r"\2\1"),
    _d("C49", rf"{_PARAGRAPH}PHỤ LỤC 1</w:t></w:r></w:p>", ""),
    _d("C50", _WIDE, _TALL),
    _d("C51", "PHỤ LỤC 3", "BIỂU 3"),
    _d("C51", "Về xây dựng, củng cố tổ chức", "Về tổ chức"),
    _d("C52", "Phụ lục 2", "phần sau", all=True),
    _d("C53", r"<w:tblHeader/>", ""),
    _d("C54", r"<w:trPr><w:cantSplit/></w:trPr>((?:(?!</w:tr>).)*Hội Nông dân)", r"\1"),
    _d("C55", r'<w:gridSpan w:val="4"/>', '<w:gridSpan w:val="3"/>'),
    _d("C55", "Đại biểu Quốc hội", "Đại biểu"),
    _d("C56", r'<w:tblLayout w:type="fixed"/>(<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="57")', r"\1"),
    _d("C56", r'<w:insideV w:val="single"', '<w:insideV w:val="none"'),
    _d("C57", r'<w:vAlign w:val="center"/>', ""),
    Mutation("C58", CORE, r"<dc:creator>[^<]*", "<dc:creator>python-docx"),
    Mutation("C58", CORE, r"20\d\d-", "2013-"),
    Mutation("C58", CORE, r"<dc:language>vi-VN</dc:language>", ""),
    _d("C59", "Phần thứ nhất", "Phần thứ nhâ\u0301t"),
    _d("C59", "Phần thứ nhất", "Phần\u200b thứ nhất"),
    _d("C60", '</w:p>(<w:p><w:pPr><w:pStyle w:val="Heading2"/>)', f"</w:p>{_BODY}</w:pPr></w:p>\\1"),
    _d("C60", "Kèm theo báo cáo này", "Kèm theo  báo cáo này"),
    _d("C60", "Kèm theo báo cáo này", "Kèm theo {so}"),
    _d("C60", "<w:r><w:t ", '<w:r><w:br w:type="page"/><w:t '),
)
