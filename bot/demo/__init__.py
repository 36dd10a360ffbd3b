"""The made-up province with its five campaigns, made by replaying events through the real turn.

May import: channels, turns.
Read: building, units, campaigns, answers, player.
"""
