"""The program: the doors, the turn, the clock, the sender, the workshop and the command line.

May import: everything; nothing imports it.
Read: turns (``turn.py`` first of all), channels, sending, documents; service puts them together, ``cli.py`` is what
a user types.
"""
