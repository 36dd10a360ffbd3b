"""One event, one transaction; beside it what begins by itself: the clock, and the files that are fetched.

May import: runtime, channels, inspecting.
Read: turn (of the whole program, this file first), clock, fetching.
"""
