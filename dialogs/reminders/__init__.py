"""When a person is reminded, of what, and putting it off; storage plans by these rules.

May import: reading, forms, values, texts, turn.
Read: reminding, messages, postponing.
"""
