"""The code tables of the two old Vietnamese encodings, as they look when read as Latin-1 or Windows-1252.

TCVN3 (also ABC; fonts .VnTime, .VnArial): one character a letter, no capital letters with a tone.
VNI-Windows (fonts VNI-Times): a base letter followed by a mark; i, ơ, ư, đ and a few others are one character.
"""

from __future__ import annotations

_TCVN3_LOWER = (
    ("à", "µ"), ("á", "¸"), ("ả", "¶"), ("ã", "·"), ("ạ", "¹"),
    ("ă", "¨"), ("ằ", "»"), ("ắ", "¾"), ("ẳ", "¼"), ("ẵ", "½"), ("ặ", "Æ"),
    ("â", "©"), ("ầ", "Ç"), ("ấ", "Ê"), ("ẩ", "È"), ("ẫ", "É"), ("ậ", "Ë"),
    ("đ", "®"),
    ("è", "Ì"), ("é", "Ð"), ("ẻ", "Î"), ("ẽ", "Ï"), ("ẹ", "Ñ"),
    ("ê", "ª"), ("ề", "Ò"), ("ế", "Õ"), ("ể", "Ó"), ("ễ", "Ô"), ("ệ", "Ö"),
    ("ì", "×"), ("í", "Ý"), ("ỉ", "Ø"), ("ĩ", "Ü"), ("ị", "Þ"),
    ("ò", "ß"), ("ó", "ã"), ("ỏ", "á"), ("õ", "â"), ("ọ", "ä"),
    ("ô", "«"), ("ồ", "å"), ("ố", "è"), ("ổ", "æ"), ("ỗ", "ç"), ("ộ", "é"),
    ("ơ", "¬"), ("ờ", "ê"), ("ớ", "í"), ("ở", "ë"), ("ỡ", "ì"), ("ợ", "î"),
    ("ù", "ï"), ("ú", "ó"), ("ủ", "ñ"), ("ũ", "ò"), ("ụ", "ô"),
    ("ư", "\u00ad"), ("ừ", "õ"), ("ứ", "ø"), ("ử", "ö"), ("ữ", "÷"), ("ự", "ù"),
    ("ỳ", "ú"), ("ý", "ý"), ("ỷ", "û"), ("ỹ", "ü"), ("ỵ", "þ"),
)  # fmt: skip
_TCVN3_UPPER = (("Ă", "¡"), ("Â", "¢"), ("Ê", "£"), ("Ô", "¤"), ("Ơ", "¥"), ("Ư", "¦"), ("Đ", "§"))

# The mark that follows a base letter: sign -> the letters that a, e, o, u, y, ơ and ư become with it.
_TONE_MARKS = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HAT_MARKS = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE_MARKS = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_SINGLE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_HATTED = {"a": "â", "e": "ê", "o": "ô"}
_TONED = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}


def _vni_lower() -> dict[str, str]:
    """Every lower-case VNI sequence, decomposed: "oá" gives "ô" and an acute."""
    found = dict(_VNI_SINGLE)
    found |= {base + sign: letter + mark for base, letter in _TONED.items() for sign, mark in _TONE_MARKS.items()}
    found |= {base + sign: letter + mark for base, letter in _HATTED.items() for sign, mark in _HAT_MARKS.items()}
    return found | {"a" + sign: "ă" + mark for sign, mark in _BREVE_MARKS.items()}


def _vni() -> dict[str, str]:
    """The sequences in both cases; the base letter decides the case, whatever the mark's."""
    found: dict[str, str] = {}
    for typed, letter in _vni_lower().items():
        for mark in {typed[1:], typed[1:].upper()}:
            found[typed[0] + mark] = letter
            found[typed[0].upper() + mark] = letter.upper()
    return found


TCVN3: dict[str, str] = {old: letter for letter, old in (*_TCVN3_LOWER, *_TCVN3_UPPER)}
VNI: dict[str, str] = _vni()
# Signs that stand alone in any text as themselves (bullet, section, fractions), never as a word of TCVN3.
ALONE_IN_ANY_TEXT = frozenset("·½¼¾§®©¨¡¢£±°»")
