"""How a fault of the program is told: where it happened, and nothing of what anybody typed."""

from __future__ import annotations


def described(error: BaseException) -> str:
    """The kind of error and the lines of code it came through; never what the person typed."""
    places = []
    trace = error.__traceback__
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(error).__name__} at {' < '.join(reversed(places[-6:]))}"
