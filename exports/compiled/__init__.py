"""The compiled report of a unit and all below it: each unit's part under its name, totals, lists without doubles.

Texts are streamed: of thousands of units no more than one leaf's list is held.
May import: figures, report, profiles, standings, extra_rows, enclosed, unit.
Read: compiled_report, texts, lists, tables.
"""
