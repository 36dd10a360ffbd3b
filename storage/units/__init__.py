"""Units by day: names, kinds and parents, who stood where, what was merged into what, and files of them.

May import: schema.
Read: units, unit_versions, unit_hierarchy, predecessors; unit_rows, unit_checks and unit_import for a file.
"""
