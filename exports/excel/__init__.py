"""A report as a workbook: a sheet for each appendix as the form prints it, and the data behind them.

May import: figures, report, profiles, standings, sheet_names, text_metrics, place_names, extra_rows, total_notes.
Read: workbook, appendix, grid, body, units, blocks, data, tables; below them package, skeleton, styles and cells.
"""
