"""One unit's report from its first answer to its acceptance: what a dialog sees of it, and each step of its life.

May import: schema, units, campaigns, messages, people, sums.
Read: report_view, report_header, workflow; then a step (submitting, returning, reopening, extending, confirming,
corrections), sharing, evidence, and what is shown of earlier ones (previous, sendings, changes, report_lifecycle).
"""
