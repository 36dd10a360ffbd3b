"""A report as a whole and the way about it: the first screen, the contents, the review, explaining what checks found.

May import: kinds, reading, meaning, forms, values, texts, turn, answering, desk, colleagues.
Read: getting_about; review_dialog, explain; talking.
"""
