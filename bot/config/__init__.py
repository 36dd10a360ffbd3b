"""What the program is made of and runs with: the list of doors, the settings read from outside, the open database.

To add a door: ``doors`` has the list of places.
May import: runtime, channels, web.
Read: doors, settings, running.
"""
