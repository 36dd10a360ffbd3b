"""The service under cProfile, the loop's thread and the writer's each under its own: ``turns --profile`` runs it.

The profile costs more than the work it looks at: read shares, not seconds.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import time
from typing import Any

from bot import cli
from bot.runtime.writer import Writer

OUT = sys.argv[1] if len(sys.argv) > 1 else ""


class ProfiledWriter:
    """Stands in for the thread's main function."""

    serve: Any = Writer._serve

    @staticmethod
    def run(writer: Writer) -> None:
        profile = cProfile.Profile(time.thread_time)
        profile.runcall(ProfiledWriter.serve, writer)
        profile.dump_stats(f"{OUT}.writer")


def main() -> None:
    setattr(Writer, "_serve", ProfiledWriter.run)  # noqa: B010
    profile = cProfile.Profile(time.thread_time)
    profile.runcall(cli.main, ["run"])
    profile.dump_stats(f"{OUT}.loop")


def report(out: str, rows: int = 25) -> None:
    """Print where the processor time of each thread goes, by own time and with what was called."""
    for thread in ("loop", "writer"):
        print(f"\n== {thread} thread")
        stats = pstats.Stats(f"{out}.{thread}").strip_dirs()
        for order in ("tottime", "cumtime"):
            stats.sort_stats(order).print_stats(rows)


if __name__ == "__main__":
    main()
