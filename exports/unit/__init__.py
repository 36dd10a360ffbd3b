"""One unit's report: every leaf of the outline in order, its appendices, its head, as values.

May import: figures, report, profiles, extra_rows, enclosed.
Read: unit_report, outline, answer_text, head.
"""
