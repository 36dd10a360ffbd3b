"""The service as a whole: where doors, turns, sender, workshop and clock are put together and run.

May import: runtime, config, channels, documents, turns, sending, demo, web.
Read: app, reception.
"""
