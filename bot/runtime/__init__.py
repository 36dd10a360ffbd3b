"""What every part of the service stands on: the one writer, names of processes, how faults are told, sentences.

May import: nothing of its package.
Read: writer, texts, processes, timing, faults.
"""
