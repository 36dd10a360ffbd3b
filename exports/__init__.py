"""The paper: typed values in, bytes out. Pure; only ``word`` knows python-docx, only ``excel`` openpyxl.

May import: dialogs, for its values, forms and sentences.
Read: ``report.py``, what every report is; unit and compiled, which make it of ``dialogs.values.report_data``; then
word or excel, which turn it into bytes (``profiles.py`` says how it looks); picture, the board of a campaign.
"""
