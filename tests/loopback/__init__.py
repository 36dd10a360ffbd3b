"""A Bot API server on the loopback interface, with people who type and press: for tests and benches, no network."""

from tests.loopback.botapi import BotApi
from tests.loopback.faults import Faults
from tests.loopback.limits import Limits
from tests.loopback.people import Person, Seen

__all__ = ["BotApi", "Faults", "Limits", "Person", "Seen"]
