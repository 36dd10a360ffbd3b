"""The web chat: the pages, the server behind them, sessions, the stream of lines; the page itself is in ``static/``.

May import: runtime, config, channels, inspecting.
Read: server, door, pages, stream, records; sessions, joining, arrivals; guards, uploads.
"""
