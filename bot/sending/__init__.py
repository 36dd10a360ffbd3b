"""From the outbox to people: after the commit, in order for each account, at the pace that a door's server takes.

May import: runtime, channels.
Read: sender, account_queue, sent_batch, outcomes, rate_limiter, broadcast.
"""
