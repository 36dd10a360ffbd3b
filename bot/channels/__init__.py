"""The doors: a door reads its payloads into ``Incoming`` and writes replies as requests; it knows nothing of storage.

May import: runtime.
Read: incoming, channel, splitting; then web, or the folder of Telegram: adapter, polling, files, http.
"""
