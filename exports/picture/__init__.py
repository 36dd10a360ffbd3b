"""The progress of a campaign as a picture that is readable on a phone.

May import: nothing of its package.
Read: drawing, parts, style, words.
"""
