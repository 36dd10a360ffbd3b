"""What every dialog is written with: the turn in the making, the session, the ways between states, getting about.

To add a command: its words in ``commands``, and in ``menu`` if the menu shall offer it.
May import: kinds, reading, forms, values, texts.
Read: turn_state, transitions, dialog, session, navigation, commands.
"""
