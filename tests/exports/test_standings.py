"""The three lists a coordinator follows up."""

from dialogs.values.status import Status
from exports.standings import late, missing, required, returned
from tests.exports.word.compiled_samples import province
from tests.exports.word.samples import form

STANDINGS = tuple(each.standing() for each in province(form("kl62-2019")))


def test_who_sent_nothing() -> None:
    """Not opened or still at it; one that was returned has sent, one that need not report owes nothing."""
    assert [each.code for each in missing(STANDINGS)] == ["T", "X3", "X5"]


def test_who_is_late() -> None:
    """Whoever carries the mark, whatever came of the report since."""
    assert [each.code for each in late(STANDINGS)] == ["X2", "X3", "H2"]


def test_who_was_returned() -> None:
    assert [each.code for each in returned(STANDINGS)] == ["H2"]


def test_who_owes_a_report() -> None:
    assert [each.code for each in STANDINGS if each not in required(STANDINGS)] == ["X6"]
    assert next(each for each in STANDINGS if each.code == "X6").status is Status.NOT_REQUIRED
