"""The doors: a door reads its payloads into ``Incoming`` and writes replies as requests; it knows nothing of storage.

May import: runtime.
Read: door, incoming, host, channel; then web, terminal, or the folder of Telegram: door, adapter, polling, files, http.
"""
