"""The one registry: a frozen value for each kind of the vocabulary, and the sets that are read out of it.

Whoever reads, asks, checks or prints an answer looks here what its kind is like; nobody lists kinds of their own.

How to add a kind, whole; ``percent`` came so:

1. its name in ``kind.Kind``, and its value below;
2. what it accepts, in a few words: ``_ACCEPTED`` of ``reading.sentences`` (figures and days only);
3. cases in ``tests/dialogs/reading/reading_cases.csv``, and what is typed for it in
   ``tests/dialogs/kinds/test_registry.py``: that file takes every kind from the form file to Word and Excel.

Only a kind that is like no other in something needs a line more, beside the others of its sort: a unit of measure of
its own in ``reading.measures``; a way of reading in ``Reads`` and ``reading.reader``; a dialog in ``AskedAs`` and
``turn.navigation``; a way of many units' answers in ``Together`` and ``exports.compiled.tables``; a look of a cell in
``CellStyle`` and ``exports.excel.styles``; a type of a stored value in ``forms.answers``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from dialogs.kinds.kind import AskedAs, CellStyle, Kind, QuestionKind, Reads, Together

_WRITTEN = frozenset({Kind.TEXT, Kind.NARRATIVE})
_ENTRIES = frozenset({Kind.LIST, Kind.DOCUMENTS})
_FIGURES = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.MONEY})

_ALL = (
    QuestionKind(
        Kind.INTEGER,
        Reads.NUMBER,
        AskedAs.CELLS,
        blank=True,
        whole=True,
        example="12",
        samples=("12", "5", "0", "1"),
        spaced=True,
        holds=(int,),
        together=Together.SUM,
        look=CellStyle.INTEGER,
        width_mm=20.0,
        share=0.7,
    ),
    QuestionKind(
        Kind.DECIMAL,
        Reads.NUMBER,
        AskedAs.CELLS,
        blank=True,
        example="12,5",
        samples=("12,5",),
        holds=(int, Decimal),
        fits=_FIGURES,
        together=Together.SUM,
        look=CellStyle.DECIMAL,
        width_mm=26.0,
        share=0.7,
    ),
    QuestionKind(
        Kind.MONEY,
        Reads.NUMBER,
        AskedAs.CELLS,
        blank=True,
        needs_measure=True,
        family="money",
        example="12,5",
        samples=("120", "15,5"),
        holds=(int, Decimal),
        fits=_FIGURES,
        together=Together.SUM,
        look=CellStyle.DECIMAL,
        width_mm=32.0,
        share=1.0,
        measure_in_head=True,
    ),
    QuestionKind(
        Kind.PERCENT,
        Reads.NUMBER,
        AskedAs.CELLS,
        blank=True,
        family="percent",
        measure="%",
        doubted_above=Decimal(100),
        example="15,5",
        samples=("15,5%",),
        holds=(int, Decimal),
        together=Together.OWN,
        look=CellStyle.DECIMAL,
        width_mm=26.0,
        share=0.7,
        measure_in_head=True,
    ),
    QuestionKind(
        Kind.DATE,
        Reads.DAY,
        AskedAs.CELLS,
        leaf=True,
        blank=True,
        example="10/04/2019",
        holds=(date,),
        look=CellStyle.DATE,
        width_mm=26.0,
        share=0.7,
    ),
    QuestionKind(
        Kind.CHOICE,
        Reads.CHOICE,
        AskedAs.CELLS,
        blank=True,
        holds=(str,),
    ),
    QuestionKind(
        Kind.TEXT,
        Reads.WORDS,
        AskedAs.CELLS,
        leaf=True,
        blank=True,
        nil_in_words=True,
        holds=(str,),
        fits=_WRITTEN,
    ),
    QuestionKind(
        Kind.NARRATIVE,
        Reads.WORDS,
        AskedAs.NARRATIVE,
        leaf=True,
        holds=(str,),
        fits=_WRITTEN,
    ),
    QuestionKind(
        Kind.LIST,
        Reads.ENTRIES,
        AskedAs.ENTRIES,
        leaf=True,
        nil_in_words=True,
        holds=(tuple,),
        fits=_ENTRIES,
        together=Together.UNION,
    ),
    QuestionKind(
        Kind.DOCUMENTS,
        Reads.ENTRIES,
        AskedAs.ENTRIES,
        leaf=True,
        nil_in_words=True,
        holds=(tuple,),
        fits=_ENTRIES,
        together=Together.UNION,
        documents=True,
    ),
    QuestionKind(Kind.INDEX, share=0.3),
    QuestionKind(Kind.LABEL),
    QuestionKind(Kind.ROW, asks=AskedAs.CELLS),
    QuestionKind(Kind.BLANKS, asks=AskedAs.CELLS),
)

KINDS: Mapping[Kind, QuestionKind] = MappingProxyType({each.kind: each for each in _ALL})


def _where(true: Callable[[QuestionKind], bool]) -> frozenset[Kind]:
    return frozenset(each.kind for each in _ALL if true(each))


READ = _where(lambda each: each.reads is not None)
"""Kinds of which an answer can be read."""
NUMERIC = _where(lambda each: each.reads is Reads.NUMBER)
CHOSEN = _where(lambda each: each.reads is Reads.CHOICE)
"""Kinds whose answer is one of the choices that the form gives."""
LONG = _where(lambda each: each.asks in (AskedAs.NARRATIVE, AskedAs.ENTRIES))
"""Kinds that take several messages; each is asked alone."""
LISTS = _where(lambda each: each.reads is Reads.ENTRIES)
"""Kinds whose answer is an ordered array of entries."""
PRINTED = _where(lambda each: each.reads is None and each.asks is None)
"""Kinds that are printed and never asked."""
IN_FORMS = PRINTED | _where(lambda each: each.leaf or each.blank)
"""Kinds that a form file may name."""


def kind_of(kinds: Iterable[Kind]) -> Kind:
    """Return the kind of a message that asks cells of ``kinds``: theirs if they are all of one, else a row."""
    found = set(kinds)
    return found.pop() if len(found) == 1 else Kind.ROW
