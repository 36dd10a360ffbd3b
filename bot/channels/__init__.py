"""The doors. A door reads its payloads into ``Incoming`` and writes replies as requests; it knows nothing of storage.

To add one: a file beside this one with the same functions in the same order as ``telegram.py`` (``parse`` and
``render`` pure, ``call`` the only one that touches the network), and one line in ``bot/app.py``.
"""
