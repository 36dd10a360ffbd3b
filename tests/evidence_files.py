"""Files as people send them, and as nobody should: made here, byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import docx
import openpyxl
from PIL import Image

TYPES = "[Content_Types].xml"


def jpeg(colour: int = 0) -> bytes:
    return _picture("JPEG", colour)


def png(colour: int = 0) -> bytes:
    return _picture("PNG", colour)


def webp(colour: int = 0) -> bytes:
    return _picture("WEBP", colour)


def _picture(kind: str, colour: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (64, 48), (colour * 40 % 256, 120, 90)).save(made, kind)
    return made.getvalue()


def heic() -> bytes:
    """The boxes of a HEIC; what is in them nobody looks at."""
    boxes = [(b"ftyp", b"heic\0\0\0\0mif1heic"), (b"meta", b"\0" * 40), (b"mdat", b"\1" * 200)]
    return b"".join(struct.pack(">I", 8 + len(body)) + kind + body for kind, body in boxes)


def pdf(extra: bytes = b"", end: bytes = b"%%EOF\n") -> bytes:
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + extra + b" >>\nendobj\n"
    body += b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n"
    return body + end


def pdf_with_objects(hidden: bytes) -> bytes:
    """A PDF whose objects are in a compressed stream."""
    packed = zlib.compress(hidden)
    head = b"3 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    return pdf(end=head + packed + b"\nendstream\nendobj\n%%EOF\n")


def word() -> bytes:
    made = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Quyết định số 12")
    document.save(made)
    return made.getvalue()


def excel() -> bytes:
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    return made.getvalue()


def with_part(package: bytes, name: str, content: bytes, *, replacing: str = "", by: bytes = b"") -> bytes:
    """A Word or Excel file with one more part, or with some bytes of a part replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            body = old.read(entry)
            if entry.filename == replacing:
                body = body.replace(*by.split(b"|"))
            new.writestr(entry.filename, body)
        if name:
            new.writestr(name, content)
    return made.getvalue()


def archive(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name, body in parts.items():
            new.writestr(name, body)
    return made.getvalue()


def program() -> bytes:
    return b"MZ" + b"\x90" * 58 + struct.pack("<I", 64) + b"PE\0\0" + b"\0" * 400


def huge_png(side: int = 60_000) -> bytes:
    """A picture of a few hundred bytes that would fill the memory of whoever opens it."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    chunks = (struct.pack(">I", len(b)) + k + b + struct.pack(">I", zlib.crc32(k + b)) for k, b in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
