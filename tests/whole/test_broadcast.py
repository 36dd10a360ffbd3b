"""The bench ``tests.bench.broadcast`` in small: the service is killed while it reminds; time decides nothing here."""

from __future__ import annotations

from pathlib import Path

from tests.bench.broadcast import Experiment, Setting, forked
from tests.loopback import Limits

PEOPLE = 60


async def test_nobody_is_reminded_twice_and_nobody_forgotten_when_the_service_is_killed(tmp_path: Path) -> None:
    """Everybody was reminded once, or is marked as uncertain; the server's limits held all the time.

    How many are uncertain is the machine's affair: more are under way at once where calls take long. The one at which
    the service was killed surely is, and it arrived.
    """
    limits = Limits(per_second=40, injected_share=0.03, injected_seconds=(1, 1), seed=3)
    setting = Setting(PEOPLE, limits, before=0.0, killed_at=(10,), service=forked)
    verdict = await Experiment(tmp_path, setting).run()

    assert verdict.broken == {}
    assert verdict.kills == 1
    assert limits.injected > 0
    assert verdict.states["sent"] + verdict.states["uncertain"] == PEOPLE
    assert verdict.states["uncertain"] == verdict.unknown
    assert verdict.unknown_arrived >= 1
    assert verdict.states["sent"] > 0
