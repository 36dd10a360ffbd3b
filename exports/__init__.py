"""The paper: typed values in, bytes out. Pure; only ``word`` knows python-docx, only ``excel`` openpyxl."""
