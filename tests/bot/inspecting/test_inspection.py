"""What may be attached and what may not: the bytes decide, and each refusal is one clear sentence."""

from __future__ import annotations

import random
import struct
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.incoming import Accepted
from bot.inspecting.inspection import FileRefused, inspect
from bot.inspecting.names import MAX_BYTES, safe_name
from dialogs.values.attached import MAX_FILE_BYTES
from tests import evidence_files as made

AT = datetime(2019, 4, 1, 9, 5, 7, tzinfo=UTC)

GOOD: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "jpeg": (made.jpeg, ".jpg", "image/jpeg"),
    "png": (made.png, ".png", "image/png"),
    "webp": (made.webp, ".webp", "image/webp"),
    "heic": (made.heic, ".heic", "image/heic"),
    "pdf": (made.pdf, ".pdf", "application/pdf"),
    "word": (made.word, ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "excel": (made.excel, ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "a photo with a second picture behind it": (lambda: made.jpeg() + made.jpeg(9), ".jpg", "image/jpeg"),
    "a signed pdf with blanks at its end": (lambda: made.pdf(end=b"%%EOF" + b"\0" * 900), ".pdf", "application/pdf"),
    "a pdf that opens at its first page": (
        lambda: made.pdf(b"/OpenAction [3 0 R /Fit] /AcroForm << /SigFlags 3 >>"),
        ".pdf",
        "application/pdf",
    ),
    "a pdf with ordinary compressed objects": (
        lambda: made.pdf_with_objects(b"<< /Type /Page >>"),
        ".pdf",
        "application/pdf",
    ),
}

MACRO_TYPE = b"document.main+xml|document.macroEnabled.main+xml"
OUTSIDE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    b'Target="http://example.com/x.dotm" TargetMode="External"/></Relationships>'
)
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><a>&b;</a>'
SCRIPT = b"<< /S /JavaScript /JS (x) >>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def damaged(pdf: bytes) -> bytes:
    """The same with a wrong checksum behind what is packed."""
    end = pdf.index(b"\nendstream")
    return pdf[: end - 4] + b"\0\0\0\0" + pdf[end:]


def relations(content: bytes) -> bytes:
    """A Word file with one more list of what a part leads to."""
    return made.with_part(made.word(), "word/_rels/settings.xml.rels", content)


BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "nothing at all": ("trong.pdf", lambda: b"", "0 byte"),
    "a program named .pdf": ("bao-cao.pdf", made.program, "chương trình"),
    "a program of Linux": ("anh.jpg", lambda: b"\x7fELF" + b"\0" * 200, "chương trình"),
    "a script": ("chay.sh", lambda: b"#!/bin/sh\nrm -rf /\n", "chương trình"),
    "an svg with a script": (
        "hinh.svg",
        lambda: b"<?xml version='1.0'?><svg onload='alert(1)'></svg>",
        "trang web, mã lệnh hoặc ảnh SVG",
    ),
    "a page named .jpg": ("anh.jpg", lambda: b"  <!DOCTYPE html><script>alert(1)</script>", "trang web"),
    "a page in UTF-16": (
        "anh.png",
        lambda: "<html><script>1</script>".encode("utf-16"),
        "trang web",
    ),
    "plain text": ("ghi-chu.txt", lambda: "Đảng ủy xã đã họp".encode(), "không phải loại tệp"),
    "a gif": ("vui.gif", lambda: b"GIF89a" + b"\0" * 40, "GIF"),
    "a video": ("phim.mp4", lambda: b"\0\0\0\x18ftypmp42" + b"\0" * 100, "video"),
    "an old Word file": ("cu.doc", lambda: OLE, ".docx"),
    "an archive": ("tat-ca.zip", lambda: made.archive(a=b"1", b=b"2"), "tệp nén"),
    "a rar": ("tat-ca.rar", lambda: b"Rar!\x1a\x07\x01\x00" + b"\0" * 50, "tệp nén"),
    "a jpeg cut short": ("anh.jpg", lambda: made.jpeg()[:-200], "thiếu phần cuối"),
    "a jpeg of nothing but its head": ("anh.jpg", lambda: made.jpeg()[:20], "thiếu phần cuối"),
    "the head of a jpeg, then a program": ("anh.jpg", lambda: b"\xff\xd8\xff\xe0" + made.program(), "bị hỏng"),
    "a png cut short": ("anh.png", lambda: made.png()[:-6], "thiếu phần cuối"),
    "a png with a wrong checksum": ("anh.png", lambda: made.png()[:-20] + b"\1" + made.png()[-19:], "bị hỏng"),
    "a picture of 60,000 by 60,000": ("anh.png", made.huge_png, "60000 × 60000"),
    "a webp cut short": ("anh.webp", lambda: made.webp()[:-30], "thiếu phần cuối"),
    "a heic cut short": ("anh.heic", lambda: made.heic()[:-30], "thiếu phần cuối"),
    "a jpeg that is a zip as well": ("anh.jpg", lambda: made.jpeg() + made.archive(a=b"1"), "ghép"),
    "a pdf that is a zip as well": ("a.pdf", lambda: made.pdf() + made.archive(a=b"1"), "ghép"),
    "a pdf cut short": ("a.pdf", lambda: made.pdf(end=b""), "thiếu phần cuối"),
    "a pdf with a script": ("a.pdf", lambda: made.pdf(b"/OpenAction << /S /JavaScript /JS (x) >>"), "mã lệnh"),
    "a pdf with a disguised script": ("a.pdf", lambda: made.pdf(b"/OpenAction << /S /Java#53cript >>"), "mã lệnh"),
    "a pdf that starts a program": ("a.pdf", lambda: made.pdf(b"/OpenAction << /S /Launch /F (cmd.exe) >>"), "mã lệnh"),
    "a pdf with a file in it": ("a.pdf", lambda: made.pdf(b"/Names << /EmbeddedFiles 5 0 R >>"), "tệp khác"),
    "a pdf with a script in packed objects": (
        "a.pdf",
        lambda: made.pdf_with_objects(b"<< /S /JavaScript /JS (x) >>"),
        "mã lệnh",
    ),
    "a pdf whose objects unpack to no end": (
        "a.pdf",
        lambda: made.pdf_with_objects(b"\0" * (80 * 1024 * 1024)),
        "quá mức",
    ),
    "a locked pdf": ("a.pdf", lambda: made.pdf(b"/Encrypt 9 0 R"), "khóa"),
    "macros in Excel": (
        "so-lieu.xlsm",
        lambda: made.with_part(made.excel(), "xl/vbaProject.bin", OLE),
        "macro",
    ),
    "macros by type alone": (
        "van-ban.docx",
        lambda: made.with_part(made.word(), "", b"", replacing=made.TYPES, by=MACRO_TYPE),
        "macro",
    ),
    "old macro sheets": (
        "so-lieu.xlsx",
        lambda: made.with_part(made.excel(), "xl/macrosheets/sheet1.xml", b"<a/>"),
        "macro",
    ),
    "an archive in a Word file": (
        "van-ban.docx",
        lambda: made.with_part(made.word(), "word/embeddings/a.xlsx", made.excel()),
        "nhúng",
    ),
    "a program in a Word file": (
        "van-ban.docx",
        lambda: made.with_part(made.word(), "word/media/image1.png", made.program()),
        "nhúng",
    ),
    "XML entities": ("van-ban.docx", lambda: made.with_part(made.word(), "word/a.xml", ENTITIES), "XML"),
    "XML entities in UTF-16": (
        "van-ban.docx",
        lambda: made.with_part(made.word(), "word/a.xml", ENTITIES.decode().encode("utf-16")),
        "XML",
    ),
    "a template from elsewhere": (
        "van-ban.docx",
        lambda: made.with_part(made.word(), "word/_rels/settings.xml.rels", OUTSIDE),
        "nạp mẫu",
    ),
    "a part outside its archive": ("v.docx", lambda: made.with_part(made.word(), "../../etc/x.xml", b"<a/>"), "lạ"),
    "a part with a drive": ("v.docx", lambda: made.with_part(made.word(), "C:/x.xml", b"<a/>"), "lạ"),
    "a zip bomb": (
        "v.xlsx",
        lambda: made.with_part(made.excel(), "xl/a.bin", b"\0" * (30 * 1024 * 1024)),
        "quá mức",
    ),
    "a template from elsewhere, spelled in numbers": (
        "van-ban.docx",
        lambda: relations(OUTSIDE.replace(b"attachedTemplate", b"attachedTemplat&#101;")),
        "nạp mẫu",
    ),
    "a template from elsewhere behind a sign": (
        "van-ban.docx",
        lambda: relations(OUTSIDE.replace(b'Id="r1"', b'Id="a>b"')),
        "nạp mẫu",
    ),
    "a template from elsewhere behind many blanks": (
        "van-ban.docx",
        lambda: relations(OUTSIDE.replace(b'Id="r1"', b" " * 600_000 + b'Id="r1"')),
        "nạp mẫu",
    ),
    "relations that nobody can read": ("van-ban.docx", lambda: relations(b"<a>" * 9), "bị hỏng"),
    "a page to be put into a Word file": (
        "van-ban.docx",
        lambda: relations(OUTSIDE.replace(b"attachedTemplate", b"aFChunk").replace(b"External", b"Internal")),
        "nhúng",
    ),
    "an object that hides its kind": (
        "van-ban.docx",
        lambda: made.with_part(made.word(), "word/embeddings/oleObject1.bin", b"\0" + OLE),
        "nhúng",
    ),
    "a field that starts a program": (
        "van-ban.docx",
        lambda: made.with_part(made.word(), "word/header9.xml", b"<a instr='DDEAUTO c:\\cmd.exe'/>"),
        "nạp mẫu",
    ),
    "XML entities in a part of another name": (
        "van-ban.docx",
        lambda: made.with_part(made.word(), "word/a.dat", ENTITIES),
        "XML",
    ),
    "XML in letters that nobody uses": (
        "van-ban.docx",
        lambda: made.with_part(made.word(), "word/a.xml", ENTITIES.decode().encode("cp037")),
        "bị hỏng",
    ),
    "XML that says it is in UTF-7": (
        "van-ban.docx",
        lambda: made.with_part(made.word(), "word/a.xml", b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a'),
        "bị hỏng",
    ),
    "the same part twice, by another stroke": (
        "van-ban.docx",
        lambda: made.with_part(made.word(), "word\\document.xml", b"<a/>"),
        "bị hỏng",
    ),
    "a pdf with a script in objects packed otherwise": (
        "a.pdf",
        lambda: made.pdf_with_objects(SCRIPT).replace(b"/FlateDecode", b"[/ASCIIHexDecode /FlateDecode]"),
        "mã lệnh",
    ),
    "a pdf with a script in objects packed by the short name": (
        "a.pdf",
        lambda: made.pdf_with_objects(SCRIPT).replace(b"/FlateDecode", b"/Fl"),
        "mã lệnh",
    ),
    "a pdf with a script in objects that are damaged behind it": (
        "a.pdf",
        lambda: damaged(made.pdf_with_objects(SCRIPT * 20)),
        "mã lệnh",
    ),
    "a pdf with a script behind many blanks": (
        "a.pdf",
        lambda: made.pdf_with_objects(SCRIPT).replace(b"/Type /ObjStm", b"/Type /ObjStm" + b" " * 9000),
        "mã lệnh",
    ),
    "a pdf with a script behind a lone return": (
        "a.pdf",
        lambda: made.pdf_with_objects(SCRIPT).replace(b"stream\n", b"stream\r", 1),
        "mã lệnh",
    ),
    "a pdf with streams that never end": (
        "a.pdf",
        lambda: made.pdf(end=b"1 0 obj<</Type/ObjStm/Filter/FlateDecode>>stream\n" * 300_000 + b"%%EOF\n"),
        "quá mức",
    ),
    "a Word file cut short": ("v.docx", lambda: made.word()[:-300], "bị hỏng"),
}


@pytest.mark.parametrize("case", GOOD)
def test_what_offices_send_is_taken(case: str) -> None:
    """Whatever the name says, the file is kept under the ending of its kind, its bytes untouched."""
    content, ending, media_type = GOOD[case][0](), *GOOD[case][1:]
    taken = inspect(content, "QĐ 12.exe", AT)
    assert taken == Accepted(f"QĐ 12.exe{ending}", media_type, content)


@pytest.mark.parametrize("case", BAD)
def test_what_may_do_harm_is_refused_in_one_sentence(case: str) -> None:
    """The sentence names the file, what it is, and what is accepted instead."""
    name, content, why = BAD[case]
    with pytest.raises(FileRefused) as refused:
        inspect(content(), name, AT)
    sentence = str(refused.value)
    assert name in sentence
    assert why in sentence
    assert "Bot nhận ảnh" in sentence
    assert "\n" not in sentence


def test_a_file_larger_than_the_limit_is_refused_without_a_look_inside() -> None:
    with pytest.raises(FileRefused, match="quá mức 20 MB"):
        inspect(b"\xff\xd8\xff" + b"\0" * MAX_FILE_BYTES, "anh.jpg", AT)


def test_the_headers_of_an_archive_are_not_believed() -> None:
    """A part that says it is small and unpacks to much more is not unpacked further than it says."""
    honest = made.with_part(made.excel(), "xl/a.bin", random.Random(1).randbytes(4000))
    size = struct.pack("<I", 4000)
    assert honest.count(size) >= 2
    with pytest.raises(FileRefused, match="bị hỏng"):
        inspect(honest.replace(size, struct.pack("<I", 40)), "a.xlsx", AT)


def test_an_archive_whose_parts_lie_upon_each_other_has_an_end() -> None:
    """Thousands of entries that share one packed part: counted as they unpack, whatever the file weighs."""
    plain = BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr(made.TYPES, b"<Types/>")
        for number in range(6_000):
            new.writestr(f"xl/{number}.xml", b"<a/>")
    with pytest.raises(FileRefused, match="quá mức"):
        inspect(plain.getvalue(), "a.xlsx", AT)


NAMES = {
    "anh dep.jpg": "anh dep.jpg",
    "../../etc/passwd": "passwd.jpg",
    "C:\\Users\\lan\\anh.jpeg": "anh.jpeg",
    "anh\0.jpg\r\nX: 1": "anh.jpgX_ 1.jpg",
    "gpj.\u202eexe": "gpj.exe.jpg",
    "a\u200b.jpg": "a.jpg",
    "": "anh-20190401-090507.jpg",
    "...": "anh-20190401-090507.jpg",
    ".htaccess": "htaccess.jpg",
    "CON.jpg": "_CON.jpg",
    'a<b>"c|d?.jpg': "a_b__c_d_.jpg",
    "=cmd|'/c calc'!A1.jpg": "c calc'!A1.jpg",
    "e\u0302\u0301.jpg": "ế.jpg",
    "ảnh 😀.jpg": "ảnh 😀.jpg",
}


@pytest.mark.parametrize(("typed", "kept"), NAMES.items())
def test_names_are_safe_on_every_machine(typed: str, kept: str) -> None:
    assert safe_name(typed, ".jpg", AT) == kept


def test_a_long_name_is_cut_before_its_ending() -> None:
    kept = safe_name("ế" * 400 + ".pdf", ".pdf", AT)
    assert kept.endswith("ế.pdf")
    assert len(kept.encode()) <= MAX_BYTES + 11


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_names_a_file_and_nothing_else(name: str) -> None:
    kept = safe_name(name, ".pdf", AT)
    assert kept.lower().endswith(".pdf")
    assert kept == kept.strip()
    assert kept.isprintable()
    assert not set(kept) & set('<>:"|?*\\/\0')
    assert not kept.startswith(".")
    assert len(kept.encode()) < 255


_SEEDS = [content() for content, *_ in GOOD.values()]


@settings(max_examples=400, deadline=None)
@given(st.integers(0, len(_SEEDS) - 1), st.lists(st.tuples(st.integers(0, 60_000), st.binary(max_size=6)), max_size=8))
def test_damaged_files_are_taken_or_refused_and_never_break_the_program(
    which: int, blows: list[tuple[int, bytes]]
) -> None:
    content = bytearray(_SEEDS[which])
    for at, piece in blows:
        content[at % len(content) : at % len(content) + len(piece)] = piece
    try:
        assert inspect(bytes(content), "a.bin", AT).content == content
    except FileRefused as refusal:
        assert "Tệp “a.bin”" in str(refusal)


@given(st.binary(max_size=2_000))
def test_noise_is_refused(noise: bytes) -> None:
    with pytest.raises(FileRefused):
        inspect(noise, "a.pdf", AT)
