"""Figures gathered before, from CSV files: encodings found out, every fault one line, all of it or nothing.

May import: runtime, config.
Read: csv_file with csv_encoding, answers_reading, answers_import.
"""
