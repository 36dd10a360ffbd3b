"""A coordinator's desk: following, reminding, returning, accepting, reopening, giving time, fetching, the record.

To add a command: a file beside ``extending`` that ends with its ``DIALOG``, named in ``dialogs/machine.py``;
what it decides goes the way of any decision (``storage/decision_handlers.py``).
May import: kinds, reading, forms, values, texts, turn, reminders, answering.
Read: target_picker, finding; then any command, extending as the fullest.
"""
