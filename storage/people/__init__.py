"""People, their accounts, roles and rights: who may do what where, and whom a decision concerns.

May import: schema, units, campaigns, messages.
Read: people, rights, concerned, invites, membership, staff, menus.
"""
