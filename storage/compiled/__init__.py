"""What the paper is made of, and how far units are: read on one snapshot, as the values of ``report_data``.

May import: schema, units, campaigns, messages, people, sums, reports.
Read: unit_data for one unit; compiled_scope, compiled_data, compiled_answers, enclosures, retired for many;
unit_figures for the checks; progress and following for boards; compilable for who may ask.
"""
