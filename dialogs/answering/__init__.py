"""Filling in a report: narratives, rows of figures, lists, evidence, sums of the units below, checks, sending.

May import: kinds, reading, forms, values, texts, turn.
Read: narrative, cells, items; review, checks; rollup_view, override, last_time, extra_rows; receiving, evidence; edits.
"""
