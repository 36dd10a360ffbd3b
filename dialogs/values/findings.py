"""What one message gave, what the checks find in a report, and both counted together before it is sent."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.forms.answers import Address, State, Value
from dialogs.forms.form import Column
from dialogs.forms.questions import Question


@dataclass(frozen=True, slots=True)
class Given:
    """One piece of a message, understood."""

    column: Column
    state: State
    value: Value
    typed: str
    echo: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a check found. ``addresses`` are the figures it speaks of, the suspicious one first.

    ``message`` is a Vietnamese sentence with the numbers, to be read beside the place; ``explanation`` the reason that
    was given for keeping the figures, '' if none.
    """

    question: Question
    addresses: tuple[Address, ...]
    message: str
    blocking: bool
    explanation: str = ""

    @property
    def holds_back(self) -> bool:
        """Whether it must be corrected or explained before the report can be sent."""
        return self.blocking and not self.explanation


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """What a person should see before sending: counts of cells, questions still open, findings of the checks.

    ``begun`` are those of the ``missing`` of which something is given.
    """

    answered: int
    total: int
    zeros: int
    nones: int
    missing: tuple[Question, ...]
    begun: tuple[Question, ...]
    findings: tuple[Finding, ...]

    @property
    def blocked(self) -> tuple[Finding, ...]:
        """Findings that must be corrected or explained first."""
        return tuple(finding for finding in self.findings if finding.holds_back)
