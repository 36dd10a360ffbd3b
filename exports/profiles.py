"""Layout profiles: what a report looks like under each issuing body's rule, read from ``profiles/*.yaml``.

Lengths are millimetres, letters points. A profile belongs to the issuing body and the date of issue, never to the
person who types (document-format A.0, B.2). An office corrects a profile by editing its file; a wrong file is
refused with the place and the reason.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import Annotated, Literal

import yaml
from pydantic import BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from exports.figures import roman

_STRICT = ConfigDict(extra="forbid")
_Points = Annotated[float, Field(ge=8, le=20, multiple_of=0.5)]
_Millimetres = Annotated[float, Field(ge=0, le=300)]


def _pairs(value: object) -> object:
    return tuple(value.items()) if isinstance(value, dict) else value


_Pairs = Annotated[tuple[tuple[str, str], ...], BeforeValidator(_pairs)]


@dataclass(frozen=True, slots=True, config=_STRICT)
class Margins:
    """The margins of a page (document-format A.1)."""

    top: _Millimetres
    bottom: _Millimetres
    left: _Millimetres
    right: _Millimetres


@dataclass(frozen=True, slots=True, config=_STRICT)
class Page:
    """A4 both ways; ``header_mm`` from the top edge to the page number; ``mirror`` for printing on both sides."""

    portrait: Margins
    landscape: Margins
    header_mm: _Millimetres = 10
    mirror: bool = False


@dataclass(frozen=True, slots=True, config=_STRICT)
class Sizes:
    """Letter sizes in points, one for each element of document-format A.2 and B.1."""

    nation: _Points
    motto: _Points
    parent: _Points
    issuer: _Points
    number: _Points
    date: _Points
    draft: _Points
    type_name: _Points
    subject: _Points
    body: _Points
    authority: _Points
    recipients_label: _Points
    recipients: _Points
    page_number: _Points
    appendix: _Points
    table: _Points


@dataclass(frozen=True, slots=True, config=_STRICT)
class Head:
    """The 2 x 2 head of the first page. ``number`` and ``symbol`` are patterns; ``star`` stands under a party issuer,
    ``issuer_rule`` is the drawn line under a state issuer."""

    left_mm: _Millimetres
    right_mm: _Millimetres
    nation: str
    number: str
    symbol: str
    motto: str = ""
    star: bool = False
    issuer_rule: bool = False


@dataclass(frozen=True, slots=True, config=_STRICT)
class Title:
    """What closes the title: ``separator`` as text (party) or a drawn line (state); ``addressee``: has "Kính gửi"."""

    separator: str = ""
    rule: bool = False
    addressee: bool = False


@dataclass(frozen=True, slots=True, config=_STRICT)
class Body:
    """The running text. ``line`` is points where ``line_rule`` is exact, a multiple of single spacing otherwise."""

    first_line_mm: _Millimetres
    line_rule: Literal["exact", "multiple"]
    line: float
    after_pt: float


@dataclass(frozen=True, slots=True, config=_STRICT)
class Signing:
    """Signature and Nơi nhận. ``mark`` closes T/M or TM.; ``archive`` is the last line where nobody gave one."""

    left_mm: _Millimetres
    right_mm: _Millimetres
    mark: Literal["/", "."]
    position_bold: bool
    label: Literal["underline", "bold_italic"]
    item_end: str
    last_end: str
    archive: str


@dataclass(frozen=True, slots=True, config=_STRICT)
class Appendices:
    """How appendices are numbered, and whether each repeats the letterhead (document-format A.5, B.1)."""

    numbers: Literal["arabic", "roman"]
    letterhead: bool = True


@dataclass(frozen=True, slots=True, config=_STRICT)
class Profile:
    """One layout. ``issuers``, ``parents`` and ``addressees`` turn a unit's plain name, by how it begins, into the name
    of the body that issues, stands above, or is written to."""

    key: str
    name: str
    source: str
    family: Literal["party", "state"]
    page: Page
    sizes: Sizes
    head: Head
    title: Title
    body: Body
    signing: Signing
    appendices: Appendices
    issuers: _Pairs = ()
    parents: _Pairs = ()
    addressees: _Pairs = ()

    def text_width_mm(self, *, landscape: bool = False) -> float:
        """Return the width between the margins of an A4 page."""
        margins = self.page.landscape if landscape else self.page.portrait
        return (297 if landscape else 210) - margins.left - margins.right

    def appendix_name(self, number_line: str) -> str:
        """Return how the text speaks of an appendix: "Phụ lục 3"."""
        line = self.appendix_line(number_line)
        return re.sub("^phụ lục", "Phụ lục", line, flags=re.IGNORECASE)

    def appendix_line(self, number_line: str) -> str:
        """Return a form's "PHỤ LỤC 3" with the number as this profile writes it ("PHỤ LỤC III" in state documents)."""
        if self.appendices.numbers == "arabic":
            return number_line
        return re.sub(r"\d+$", lambda found: roman(int(found.group())), number_line.strip())


def is_appendix_line(number_line: str) -> bool:
    """Whether a table's line is an appendix's ("PHỤ LỤC 3"), and not a sheet's own ("TỔNG HỢP") or none."""
    return number_line.casefold().startswith("phụ lục")


def body_name(name: str, patterns: tuple[tuple[str, str], ...]) -> str:
    """Return a unit's plain name as a body's: "Xã An Bình" with ("Xã ", "ĐẢNG ỦY XÃ ") is "ĐẢNG ỦY XÃ AN BÌNH"."""
    start, written = next(((s, w) for s, w in patterns if name.startswith(s)), ("", ""))
    rest = name.removeprefix(start)
    return written + (rest if written[:2] != written[:2].upper() else rest.upper())


class ProfileError(ValueError):
    """A profile file does not fit the schema: the message names the file, the place and the reason."""


def profile_keys() -> tuple[str, ...]:
    """Return the keys of all profiles, in alphabetical order."""
    return tuple(sorted(name.removesuffix(".yaml") for name in _names()))


@lru_cache(maxsize=16)
def profile(key: str) -> Profile:
    """Return the profile ``key``. Raises ``KeyError`` if there is none, ``ProfileError`` if its file is wrong."""
    if f"{key}.yaml" not in _names():
        raise KeyError(f"no layout profile {key!r}; there are {', '.join(profile_keys())}")
    return read_profile((_FOLDER / f"{key}.yaml").read_text("utf-8"), f"{key}.yaml")


def read_profile(text: str, name: str) -> Profile:
    """Return the profile written in ``text``. Raises ``ProfileError``; ``name`` is the file's, for the message."""
    try:
        return _ADAPTER.validate_python(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise ProfileError(f"{name}: {error}") from error
    except ValidationError as error:
        found = error.errors()[0]
        place = ".".join(str(step) for step in found["loc"])
        raise ProfileError(f"{name}: {place}: {found['msg']}") from error


def _names() -> list[str]:
    return [entry.name for entry in _FOLDER.iterdir() if entry.name.endswith(".yaml")]


_FOLDER = resources.files("exports") / "profiles"
_ADAPTER = TypeAdapter(Profile)
