"""What a message means before any kind of question takes it: talk to the bot, a word that steers, or content.

It knows nothing of a report: a text in, a value out; the words it knows stand in ``lexicon.yaml``.
May import: kinds, reading, forms.
Read: lexicon, message; labelled, named_figures; corrections.
"""
