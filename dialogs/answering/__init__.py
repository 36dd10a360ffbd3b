"""Filling in a report: narratives, rows of figures, lists, evidence, sums of the units below, checks, sending.

May import: kinds, reading, forms, values, texts, meaning, turn.
Read: narrative, items, cells with cells_dialog, question_screen; review, checks; rollup_view, override, rollup_dialog;
last_time, extra_rows; receiving, evidence, evidence_dialog; edits.
"""
