"""What an answer can be: the one vocabulary of kinds, and for each kind all that is to be known of it.

Every other room, and the paper, reads from here.
May import: nothing of its package.
Read: kind (the names and the facts), registry (a value for each kind, and how to add one).
"""

from dialogs.kinds.kind import AskedAs, CellStyle, Kind, QuestionKind, Reads, Together
from dialogs.kinds.registry import CHOSEN, IN_FORMS, KINDS, LISTS, LONG, NUMERIC, PRINTED, READ, kind_of

__all__ = [
    "CHOSEN",
    "IN_FORMS",
    "KINDS",
    "LISTS",
    "LONG",
    "NUMERIC",
    "PRINTED",
    "READ",
    "AskedAs",
    "CellStyle",
    "Kind",
    "QuestionKind",
    "Reads",
    "Together",
    "kind_of",
]
