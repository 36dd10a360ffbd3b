"""An office's work on whole campaigns: opening and changing them, moving to a new form, taking over answers in bulk.

May import: schema, units, campaigns, messages, people, sums, reports.
Read: plans, opening, reform; staging and import_commit for a file of answers.
"""
