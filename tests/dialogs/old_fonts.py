"""Text as the old Vietnamese fonts show it to a program that knows only Unicode."""

from __future__ import annotations

import unicodedata

from dialogs.reading.legacy_tables import TCVN3, VNI


def in_tcvn3(text: str) -> str:
    """ "Đảng ủy" as .VnTime stores it; capitals with a tone have no code and stay."""
    return "".join(_TCVN3.get(letter, letter) for letter in text)


def in_vni(text: str) -> str:
    """ "Đảng ủy" as VNI-Times stores it."""
    return "".join(_VNI.get(letter, letter) for letter in text)


_TCVN3 = {letter: code for code, letter in TCVN3.items()}
_VNI = {
    unicodedata.normalize("NFC", letter): code
    for code, letter in VNI.items()
    if code == (code.lower() if letter.islower() else code.upper())
}
