"""The settings of the service, read from outside here only, and what every command stands on.

May import: runtime.
Read: settings, running.
"""
