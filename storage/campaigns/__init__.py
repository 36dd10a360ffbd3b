"""Campaigns, their frozen forms, the answers in their reports, and what a turn has read of them already.

May import: schema, units.
Read: campaigns, forms, scope, answers, turn_cache, attachments.
"""
