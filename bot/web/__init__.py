"""The web chat: the pages, the server behind them, sessions, the stream of lines; the page itself is in ``static/``.

May import: runtime, channels, inspecting.
Read: door, serving, server, backend, pages, stream, records; sessions, joining, arrivals; guards, uploads.
"""
