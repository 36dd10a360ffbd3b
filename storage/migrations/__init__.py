"""The schema's history: a numbered file for each step, applied by Alembic; nothing in it changes once released.

May import: schema.
Read: env, then the files of ``versions`` in their order; what brings a database to their end is in the schema's room.
"""
