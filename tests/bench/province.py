"""One province through the command line: ``uv run --group test python -m tests.bench.province``.

Every unit has answered everything (21 narratives of 200 to 1,500 characters and all tables of ``kl62-2019``). Measured
is the wall time of ``baocao compile --compiled`` from the start of the process to both files, the database included.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from storage.schema.database import open_database
from tests.bench.stored import KEY, found_country
from tests.bench.synthetic import Country

RUNS = 5


def main() -> None:
    """Store the units, compile them ``RUNS`` times, print the median and the sizes of the files."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=168)
    parser.add_argument("--database", default="", help="an empty database; a SQLite file by default")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = asked.database or f"sqlite:///{folder}/province.db"
        database = open_database(url)
        database.migrate()
        with database.write() as connection:
            found_country(connection, Country(asked.units))
        database.close()
        walls = [_compiled(url, Path(folder, "out")) for _ in range(RUNS)]
        sizes = sorted(path.stat().st_size for path in Path(folder, "out").iterdir())
    print(f"{asked.units} units: median {statistics.median(walls):.2f} s wall, longest {max(walls):.2f} s")
    print(f"files of {', '.join(f'{size / 2**20:.1f} MiB' for size in sizes)}")


def _compiled(url: str, folder: Path) -> float:
    command = [sys.executable, "-m", "bot.cli", "compile", KEY, "--unit", "TW", "--compiled", "--out", str(folder)]
    before = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | {"BAOCAO_DATABASE_URL": url})
    return time.perf_counter() - before


if __name__ == "__main__":
    main()
