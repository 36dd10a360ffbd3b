"""What comes in and goes out: inbox, sessions, outbox, files, jobs for the workshop.

May import: schema.
Read: inbox, sessions, context, outbox, notices, jobs, files, conversation.
"""
