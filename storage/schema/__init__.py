"""The tables and all that statements are made with: columns, conditions, prepared statements, transactions, errors.

A migration stands in ``storage/migrations/versions``; its number is ``HEAD`` in ``upgrading``.
May import: nothing of its package.
Read: tables, columns, database, prepared, conditions, statements, audit; then message_tables and workflow_tables.
"""
