"""The figures of the benches are kept, and the README shows the newest; the way of a message stays short."""

from __future__ import annotations

from tests.bench import history, walk
from tests.bench.history import FIGURES, Line

MOST_FILES = 30
MOST_CALLS = 700


def test_the_readme_shows_the_newest_figures() -> None:
    """Its table is that of the history, as ``add`` writes it."""
    assert history.table(history.read()) in history.README.read_text("utf-8")


def test_every_line_of_the_history_is_of_a_known_figure() -> None:
    """A figure that nobody measures any more leaves the file with its name."""
    assert {line.figure for line in history.read()} <= set(FIGURES)


def test_a_figure_is_compared_by_its_ratio_to_the_floor_of_its_run() -> None:
    """Twice the time on a machine half as fast is no worse; a quarter more against the floor is."""
    before = Line("2026-11-01", "a", "turn-cpu-0ms", 1.0, 0.25)

    assert not history.worse(before, Line("2026-12-01", "b", "turn-cpu-0ms", 2.0, 0.5))
    assert history.worse(before, Line("2026-12-01", "b", "turn-cpu-0ms", 1.25, 0.25))


def test_a_rate_is_worse_when_it_falls() -> None:
    """More turns a second are no reason to complain."""
    before = Line("2026-11-01", "a", "turns-a-second-50ms", 400, 500)

    assert not history.worse(before, Line("2026-12-01", "b", "turns-a-second-50ms", 600, 500))
    assert history.worse(before, Line("2026-12-01", "b", "turns-a-second-50ms", 300, 500))


def test_the_way_of_a_row_of_figures_is_short() -> None:
    """One message that fills a row walks through few files and few calls of ours, inside its transaction."""
    found = walk.walk()

    assert any("INSERT INTO answer_history" in statement for statement in found.statements)
    assert len(found.files) <= MOST_FILES
    assert found.total <= MOST_CALLS
