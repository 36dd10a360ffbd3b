"""The doors and the clock: channels, turn, sender, web, command line, settings."""
