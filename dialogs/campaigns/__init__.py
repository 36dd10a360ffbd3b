"""Opening, following and ending campaigns with ``/dot``: a draft is kept in the session until it is opened.

May import: kinds, reading, forms, values, texts, turn, reminders, desk.
Read: campaigns, drafting, opening, opening_steps, opening_days, opening_terms, opening_screens.
"""
