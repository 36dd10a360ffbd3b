"""A .docx file as a checker sees it: parts, sections, paragraphs with what their styles come to. No program code."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
TWIPS_PER_MM = 1440 / 25.4


def number(element: etree._Element | None, name: str, default: int = 0) -> int:
    """Return a whole-number attribute of ``element``."""
    return int(float(element.get(W + name, default))) if element is not None else default


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch such as ``w:b`` is present and not turned off."""
    return element is not None and element.get(W + "val", "1") not in ("0", "false", "off")


class Docx:
    """The parts of a file, parsed on first use."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}

    def tree(self, name: str) -> etree._Element:
        return etree.fromstring(self.parts[name])

    @cached_property
    def document(self) -> etree._Element:
        return self.tree("word/document.xml")

    @cached_property
    def styles(self) -> Styles:
        return Styles(self.tree("word/styles.xml"))

    @cached_property
    def settings(self) -> etree._Element:
        return self.tree("word/settings.xml")

    @cached_property
    def sections(self) -> list[Section]:
        body = self.document.find(W + "body")
        assert body is not None
        found: list[Section] = []
        blocks: list[etree._Element] = []
        for element in body:
            if element.tag == W + "sectPr":
                found.append(Section(self, tuple(blocks), element))
                continue
            blocks.append(element)
            inner = element.find(f"{W}pPr/{W}sectPr")
            if inner is not None:
                found.append(Section(self, tuple(blocks), inner))
                blocks = []
        return found

    def related(self, key: str) -> etree._Element:
        """Return the part that the document's relation ``key`` leads to."""
        relations = self.tree("word/_rels/document.xml.rels")
        target = next(r.get("Target", "") for r in relations if r.get("Id") == key)
        return self.tree(f"word/{target}")

    def paragraphs(self, root: etree._Element | None = None) -> Iterator[Paragraph]:
        for element in (self.document if root is None else root).iter(W + "p"):
            yield Paragraph(self, element)


class Styles:
    """Style definitions, and what a property comes to along the chain of a style."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.by_id = {style.get(W + "styleId", ""): style for style in root.iter(W + "style")}

    def chain(self, key: str) -> Iterator[etree._Element]:
        """Yield the style and those it is based on, nearest first."""
        while key in self.by_id:
            style = self.by_id[key]
            yield style
            base = style.find(W + "basedOn")
            key = base.get(W + "val", "") if base is not None else ""

    def name(self, key: str) -> str:
        found = self.by_id[key].find(W + "name") if key in self.by_id else None
        return found.get(W + "val", "") if found is not None else ""

    def find(self, key: str, group: str, name: str) -> etree._Element | None:
        """Return the nearest ``w:name`` in ``w:group`` (rPr or pPr) of the chain, else of the defaults."""
        for style in self.chain(key):
            found = style.find(f"{W}{group}/{W}{name}")
            if found is not None:
                return found
        return self.root.find(f"{W}docDefaults/{W}{group}Default/{W}{group}/{W}{name}")


@dataclass(frozen=True)
class Run:
    paragraph: Paragraph
    element: etree._Element

    @property
    def text(self) -> str:
        marks = {W + "tab": "\t", W + "br": "\n", W + "noBreakHyphen": "-"}
        return "".join(marks.get(str(e.tag), e.text or "") for e in self.element if e.tag in {W + "t", *marks})

    def find(self, name: str) -> etree._Element | None:
        direct = self.element.find(f"{W}rPr/{W}{name}")
        return direct if direct is not None else self.paragraph.file.styles.find(self.paragraph.style, "rPr", name)

    @property
    def bold(self) -> bool:
        return is_on(self.find("b"))

    @property
    def italic(self) -> bool:
        return is_on(self.find("i"))

    @property
    def underlined(self) -> bool:
        found = self.find("u")
        return found is not None and found.get(W + "val") not in (None, "none")

    @property
    def half_points(self) -> int:
        return number(self.find("sz"), "val")


@dataclass(frozen=True)
class Paragraph:
    file: Docx
    element: etree._Element

    @property
    def style(self) -> str:
        found = self.element.find(f"{W}pPr/{W}pStyle")
        return found.get(W + "val", "") if found is not None else "Normal"

    @property
    def runs(self) -> list[Run]:
        return [run for e in self.element.findall(W + "r") if (run := Run(self, e)).text]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    def find(self, name: str) -> etree._Element | None:
        direct = self.element.find(f"{W}pPr/{W}{name}")
        return direct if direct is not None else self.file.styles.find(self.style, "pPr", name)

    def length(self, group: str, name: str, default: int = 0) -> int:
        """Return a measure such as spacing/after, looking past elements that do not say it."""
        direct = self.element.find(f"{W}pPr/{W}{group}")
        if direct is not None and direct.get(W + name) is not None:
            return number(direct, name)
        for style in self.file.styles.chain(self.style):
            found = style.find(f"{W}pPr/{W}{group}")
            if found is not None and found.get(W + name) is not None:
                return number(found, name)
        defaults = self.file.styles.root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr/{W}{group}")
        return number(defaults, name, default)

    def line_rule(self) -> str:
        elements = [self.element.find(f"{W}pPr/{W}spacing")]
        elements += [style.find(f"{W}pPr/{W}spacing") for style in self.file.styles.chain(self.style)]
        return next((r for e in elements if e is not None and (r := e.get(W + "lineRule"))), "auto")

    @property
    def alignment(self) -> str:
        found = self.find("jc")
        return found.get(W + "val", "left") if found is not None else "left"

    @property
    def kept_with_next(self) -> bool:
        return is_on(self.find("keepNext"))

    @property
    def outline_level(self) -> int | None:
        found = self.find("outlineLvl")
        return number(found, "val") if found is not None else None

    @property
    def heading(self) -> bool:
        return self.file.styles.name(self.style).lower().startswith("heading")

    @property
    def drawn_mm(self) -> float:
        """Return the length of the line drawn in this paragraph, 0 if there is none."""
        extent = self.element.find(f".//{WP}extent")
        return int(extent.get("cx", "0")) / 36000 if extent is not None else 0


@dataclass(frozen=True)
class Section:
    file: Docx
    blocks: tuple[etree._Element, ...]
    properties: etree._Element

    @property
    def tables(self) -> list[etree._Element]:
        return [block for block in self.blocks if block.tag == W + "tbl"]

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs outside tables, without the empty one that carries the section's properties."""
        found = [Paragraph(self.file, block) for block in self.blocks if block.tag == W + "p"]
        ends = found and not found[-1].text and found[-1].length("spacing", "line") <= 20
        return found[:-1] if ends else found

    @property
    def landscape(self) -> bool:
        size = self.properties.find(W + "pgSz")
        return size is not None and size.get(W + "orient") == "landscape"

    def margin_mm(self, side: str) -> float:
        return number(self.properties.find(W + "pgMar"), side) / TWIPS_PER_MM

    @property
    def text_width(self) -> int:
        """Return the width between the margins in twips."""
        margins = self.properties.find(W + "pgMar")
        return number(self.properties.find(W + "pgSz"), "w") - number(margins, "left") - number(margins, "right")


def rows(table: etree._Element) -> list[etree._Element]:
    return table.findall(W + "tr")


def cells(row: etree._Element) -> list[etree._Element]:
    return row.findall(W + "tc")


def borders(table: etree._Element) -> list[str]:
    """Return the kind of each of the six borders of ``table``."""
    found = table.find(f"{W}tblPr/{W}tblBorders")
    return [side.get(W + "val", "") for side in found] if found is not None else []
