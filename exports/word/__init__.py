"""A report as a Word document: python-docx shapes the shell once a profile, the body is streamed as XML.

May import: figures, report, profiles, standings, sheet_names, text_metrics, total_notes.
Read: document, skeleton, xml, head, tables, grid; lists and plan for what stands beside a report.
"""
