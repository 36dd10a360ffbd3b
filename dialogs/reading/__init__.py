"""What a typed text means: numbers, dates, words, table rows, lists, documents, old encodings.

Pure: a text and a Spec in, a Reading out. The input rules E1 to E10 that the docstrings name are: clean first;
the dot; the comma; scale words; zero or nothing; one exact number only; dates; commands; thresholds; Excel.
Start with reader.py.
"""

from .cleaning import clean, fold
from .documents import recognise_document
from .items import split_items
from .legacy import legacy
from .model import Document, Legacy, Option, Outcome, Reading, Spec, Value
from .printing import date_text, number_text, number_words
from .reader import read
from .rows import split_row

__all__ = [
    "Document",
    "Legacy",
    "Option",
    "Outcome",
    "Reading",
    "Spec",
    "Value",
    "clean",
    "date_text",
    "fold",
    "legacy",
    "number_text",
    "number_words",
    "read",
    "recognise_document",
    "split_items",
    "split_row",
]
