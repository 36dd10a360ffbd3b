"""Several people on one report: parts handed out, what somebody sees of them, and two who wrote the same.

May import: kinds, reading, forms, values, texts, turn, answering, desk.
Read: sharing, own_part; conflict_detection, conflict_store, conflict.
"""
