"""Every sentence of the dialogs and of what storage refuses, in Vietnamese; people are addressed as "đồng chí".

Functions take values and return text. To add a sentence: a function or a constant in the module of its subject. A
module is imported whole, under one name everywhere: its own, or ``…_texts`` where another module is called so.
May import: kinds, reading, forms, values.
Read: labels, places, receipts, refusals; then the module of the dialog at hand.
"""
