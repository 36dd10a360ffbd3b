"""Files that people send: whether the bytes are what a report may keep, and under which name.

May import: channels.
Read: inspection, rules, then pdf, pictures, office; names, uploads.
"""
