"""The memory: all SQL, on SQLite and PostgreSQL. It does what the dialogs decided and shows them what they may see.

May import: dialogs, for its values, forms and sentences; never exports or bot.
Read: schema, units, campaigns, messages, people; then ``world.py``, what a turn sees, and ``effects.py``, what it
leaves behind (``decision_handlers.py`` lists who carries out each decision); then sums, reports, compiled, reminders.
"""
