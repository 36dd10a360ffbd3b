"""What a typed text means: numbers, dates, words, table rows, lists, documents, old encodings.

A text and a Spec in, a Reading out; others import this facade, never a file behind it. The input rules E1 to E10 that
the docstrings name are: clean first; the dot; the comma; scale words; zero or nothing; one exact number only; dates;
commands; thresholds; Excel.
May import: kinds.
Read: model, reader, then what it calls: numbers, dates, texts, documents; rows and items; legacy.
"""

from dialogs.reading.cleaning import clean, fold
from dialogs.reading.document_kinds import counts_documents, document_key, kind_of_document, spelled_alike
from dialogs.reading.documents import recognise_document
from dialogs.reading.items import split_items
from dialogs.reading.legacy import legacy
from dialogs.reading.model import Document, Legacy, Option, Outcome, Reading, Spec, Value
from dialogs.reading.printing import date_text, number_text, number_words
from dialogs.reading.reader import read
from dialogs.reading.rows import split_row

__all__ = [
    "Document",
    "Legacy",
    "Option",
    "Outcome",
    "Reading",
    "Spec",
    "Value",
    "clean",
    "counts_documents",
    "date_text",
    "document_key",
    "fold",
    "kind_of_document",
    "legacy",
    "number_text",
    "number_words",
    "read",
    "recognise_document",
    "spelled_alike",
    "split_items",
    "split_row",
]
