"""The rules: forms, questions, readings and dialogs. Pure: no SQL, network, clock, channel or document format.

May import: nothing but its own rooms; all other packages stand on it.
Read: kinds, reading, forms, values, texts, turn, in the order of building; then one dialog (answering); then machine,
which lists them all, and engine, which runs them; stored writes down where a person stands.
"""
