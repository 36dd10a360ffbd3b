"""What each command of ``baocao`` does; ``bot/cli.py`` reads the words. Expected failures are one line, exit 1.

To add one: a function here, its words in ``bot/cli.py``, its line in the README.
May import: runtime, channels, inspecting, config, documents, turns, imports, demo, service.
Read: service_commands, acting, then the file of the subject.
"""
