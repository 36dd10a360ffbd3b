"""Who works where: inviting, joining by a code, ending roles, further accounts.

May import: reading, forms, values, texts, turn, desk.
Read: joining, inviting, members.
"""
