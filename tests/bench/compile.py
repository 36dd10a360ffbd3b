"""What compiling costs: ``uv run --group test python -m tests.bench.compile``.

Synthetic units with every narrative leaf (200 to 1,500 characters) and every table of ``kl62-2019``. Ours and the
floor (``compile_floor``: the same XML formatted and zipped with the standard library at the same level) are measured
in one warm process, interleaved, processor time, medians. Memory is taken in a process of its own per size.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import resource
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable

from exports.compiled.compiled_report import compiled_report
from exports.excel import workbook
from exports.word import document
from tests.bench.compile_floor import ExcelFloor, WordFloor
from tests.bench.synthetic import Country

SIZES = (1, 12, 168, 264, 3321)
BUDGET = 1.3


def cpu(work: Callable[[], bytes]) -> tuple[float, bytes]:
    """Return the processor seconds of ``work`` and what it made."""
    before = time.process_time()
    made = work()
    return time.process_time() - before, made


def unpacked(made: bytes) -> int:
    """Return the bytes of all parts of a file."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return sum(entry.file_size for entry in archive.infolist())


def measure(units: int, repeats: int) -> dict[str, tuple[float, float]]:
    """Return (ours, floor) for Word and for Excel; the first run of each is not counted."""
    few = Country(12).load()
    source = Country(units).load()
    word_floor = WordFloor(document.render(compiled_report(few)), few)
    excel_floor = ExcelFloor(workbook.render(compiled_report(source)), source)
    pairs: dict[str, tuple[Callable[[], bytes], Callable[[], bytes]]] = {
        "word": (lambda: document.render(compiled_report(source)), lambda: word_floor.render(source)),
        "excel": (lambda: workbook.render(compiled_report(source)), lambda: excel_floor.render(source)),
    }
    found = {}
    for name, (ours, floor) in pairs.items():
        taken = [(cpu(ours), cpu(floor)) for _ in range(repeats + 1)][1:]
        made, same = taken[-1][0][1], taken[-1][1][1]
        assert abs(unpacked(made) - unpacked(same)) < 0.01 * unpacked(made) + 2000, "the floor writes something else"
        found[name] = (
            statistics.median(each[0][0] for each in taken),
            statistics.median(each[1][0] for each in taken),
        )
    return found


def memory(units: int) -> dict[str, float]:
    """Return the peak MiB of this process with the answers loaded, and after each file was written to nowhere."""
    source = Country(units).load()
    few = compiled_report(Country(1).load())
    document.write(few, io.BytesIO())
    for leaf in source.form.fields():
        list(source.contributions(leaf.key))
    for table in source.form.tables:
        list(source.cells(table.key))
    found = {"data": _peak()}
    for name, write in (("word", document.write), ("excel", workbook.write)):
        with open("/dev/null", "wb") as nowhere:  # noqa: PTH123
            write(compiled_report(source), _Counting(nowhere))
        found[name] = _peak()
    return found


class _Counting(io.RawIOBase):
    """Counts what is written and lets it go; it can seek, as a file can."""

    def __init__(self, nowhere: io.BufferedWriter) -> None:
        self._nowhere, self._at = nowhere, 0

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset if whence == 0 else self._at + offset
        return self._at

    def write(self, chunk: bytes) -> int:  # type: ignore[override]
        self._at += len(chunk)
        return self._nowhere.write(chunk)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _child(*words: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.compile", *words]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(told)
    return found


def report(sizes: tuple[int, ...], repeats: int) -> None:
    """Print a line per size, the slope, and memory."""
    print(f"CPU seconds, medians of {repeats}; budget {BUDGET} times the floor from 264 units up")
    columns = f"{'word':>9}{'floor':>9}{'ratio':>7}{'excel':>9}{'floor':>9}{'ratio':>7}"
    print(f"{'units':>6}{columns}   peak MiB data/word/excel")
    found: dict[int, dict[str, tuple[float, float]]] = {}
    for units in sizes:
        found[units] = here = measure(units, repeats)
        peak = _child("--memory", str(units))
        line = "".join(
            f"{ours:>9.3f}{floor:>9.3f}{ours / floor:>7.2f}" for ours, floor in (here["word"], here["excel"])
        )
        print(f"{units:>6}{line}   {peak['data']:.0f}/{peak['word']:.0f}/{peak['excel']:.0f}", flush=True)
    low, high = sorted(sizes)[-2:]
    for name in ("word", "excel"):
        slope = math.log(found[high][name][0] / found[low][name][0]) / math.log(high / low)
        print(f"{name}: log-log slope {low} to {high}: {slope:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.compile", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--memory", type=int, metavar="UNITS", help="print the peak memory at this size as JSON")
    chosen = parser.parse_args()
    if chosen.memory is not None:
        print(json.dumps(memory(chosen.memory)))
    else:
        report(tuple(chosen.sizes), chosen.repeats)


if __name__ == "__main__":
    main()
