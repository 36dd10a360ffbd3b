"""kill -9 in small: the bench ``tests.bench.kills`` with five officials; what it judges does not depend on time."""

from __future__ import annotations

from pathlib import Path

from tests.bench.kills import Experiment
from tests.loopback import Faults


async def test_nothing_acknowledged_is_lost_doubled_or_misplaced_when_the_bot_is_killed(tmp_path: Path) -> None:
    """Killed anywhere, after a send before its mark, after a hand-out before its commit; with errors besides."""
    verdict = await Experiment(tmp_path, 5, 3, Faults(errors=0.02, doubled=0.05, seed=3)).run()

    assert verdict.broken == {}
    assert verdict.receipts == 5
    assert sum(verdict.kills.values()) == 3
    assert verdict.acknowledged == 450
