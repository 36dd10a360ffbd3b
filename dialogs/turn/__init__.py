"""What every dialog is written with: the turn in the making, the session, the ways between states, getting about.

May import: kinds, reading, forms, values, texts.
Read: turn_state, transitions; dialog, commands, errand, and catalog, which gathers what all dialogs say; session, kept;
navigation.
"""
