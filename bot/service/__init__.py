"""The service as a whole: where doors, turns, sender, workshop and clock are put together and run.

May import: runtime, channels, web, config, documents, turns, sending, demo.
Read: app, reception.
"""
