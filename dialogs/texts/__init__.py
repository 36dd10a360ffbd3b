"""Every sentence of the dialogs, in Vietnamese; people are addressed as "đồng chí".

Functions take values and return text. To add a sentence: a function or a constant in the module of its subject.
May import: kinds, reading, forms, values.
Read: labels, places, receipts, refusals; then the module of the dialog at hand.
"""
