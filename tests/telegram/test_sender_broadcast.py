"""The bench ``tests.bench.broadcast`` in small: the service is killed while it reminds; time decides nothing here."""

from __future__ import annotations

from pathlib import Path

from tests.bench.broadcast import Experiment, Setting
from tests.loopback import Limits


async def test_nobody_is_reminded_twice_and_nobody_forgotten_when_the_service_is_killed(tmp_path: Path) -> None:
    """Everybody was reminded once, or is marked as uncertain; the server's limits held all the time."""
    limits = Limits(per_second=40, injected_share=0.03, injected_seconds=(1, 2), seed=3)
    setting = Setting(people=60, limits=limits, asking=5, asks_per_second=2.0, before=0.0, kills=2)
    verdict = await Experiment(tmp_path, setting).run()

    assert verdict.broken == {}
    assert verdict.kills == 2
    assert limits.injected > 0
    assert verdict.states["sent"] + verdict.states["uncertain"] == 60
    assert verdict.states["uncertain"] == verdict.unknown
    assert verdict.states["sent"] >= 30
