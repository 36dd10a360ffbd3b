"""What one thread keeps between turns so that a turn needs few statements.

Published forms never change, so they are kept as they are. Answers are kept with the stamp their submission had; the
stamp is drawn at random at every change, so answers kept by a turn that was rolled back, or changed by another
process, no longer match and are read again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection

from dialogs.forms.answers import Address, Answer, State
from dialogs.forms.form import Form
from dialogs.forms.local_rows import local_rows
from dialogs.forms.questions import Question, Questionnaire, Respondent, levels, progress, questions
from dialogs.values.attached import Evidence
from dialogs.values.effects import Piece
from storage.campaigns import answers, attachments, forms

MAX_SUBMISSIONS = 1_000
"""Reports whose answers are kept; the ones used longest ago are let go."""


@dataclass(slots=True)
class CachedReport:
    """The answers of one report as of ``stamp``; ``rows`` includes emptied ones, for their versions.

    ``answered`` is how many of the questions ``asked`` (None: not counted yet) are answered.
    """

    stamp: int
    rows: dict[Address, Answer]
    given: dict[Address, Answer]
    pieces: dict[Address, tuple[Piece, ...]] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] | None = None
    asked: Questionnaire | None = None
    answered: int = 0

    def count(self, asked: Questionnaire) -> int:
        """Return how many questions are answered: counted once, then kept as answers are written."""
        if self.asked is not asked:
            self.asked, self.answered = asked, progress(asked.questions, self.given)[0]
        return self.answered

    def write(self, changed: Answer) -> None:
        """Take over one new answer; the count is changed by ``recounted``, for all that a turn has written."""
        self.rows[changed.address] = changed
        if changed.state is State.EMPTY:
            self.given.pop(changed.address, None)
        else:
            self.given[changed.address] = changed

    @contextmanager
    def recounted(self, at: Sequence[Address]) -> Iterator[None]:
        """Bring the count up to date with what is written inside at these addresses, without counting all anew."""
        before = self.asked.answered(self.given, at) if self.asked is not None else 0
        yield
        if self.asked is not None:
            self.answered += self.asked.answered(self.given, at) - before


class TurnCache:
    """Kept forms, questions and answers. Used by one thread at a time; never shared between databases."""

    def __init__(self) -> None:
        self._forms: dict[int, Form] = {}
        self._questionnaires: dict[tuple[int, Respondent], Questionnaire] = {}
        self._asked: dict[tuple[int, Respondent], frozenset[Address]] = {}
        self._figures: dict[tuple[int, Respondent], frozenset[Address]] = {}
        self._levels: dict[int, Mapping[Address, str]] = {}
        self._reports: OrderedDict[int, CachedReport] = OrderedDict()

    def form(self, connection: Connection, form_version: int) -> Form:
        """Return a published form."""
        form = self._forms.get(form_version)
        if form is None:
            form = self._forms[form_version] = forms.load(connection, form_version)
        return form

    def questionnaire(
        self,
        connection: Connection,
        form_version: int,
        respondent: Respondent,
        given: Mapping[Address, Answer] | None = None,
    ) -> Questionnaire:
        """Return what a form asks of such a unit; with ``given`` also the rows that it added."""
        if given and (form := self.form(connection, form_version)).open_rows and (rows := local_rows(form, given)):
            return Questionnaire(questions(form, respondent, rows))  # one unit's own: kept by nobody
        key = (form_version, respondent)
        found = self._questionnaires.get(key)
        if found is None:
            asked = questions(self.form(connection, form_version), respondent)
            found = self._questionnaires[key] = Questionnaire(asked)
        return found

    def questions(
        self,
        connection: Connection,
        form_version: int,
        respondent: Respondent,
        given: Mapping[Address, Answer] | None = None,
    ) -> tuple[Question, ...]:
        """Return the questions of ``questionnaire``."""
        return self.questionnaire(connection, form_version, respondent, given).questions

    def asked(self, connection: Connection, form_version: int, respondent: Respondent) -> frozenset[Address]:
        """Return the addresses that a form asks of such a unit."""
        key = (form_version, respondent)
        found = self._asked.get(key)
        if found is None:
            every = self.questions(connection, form_version, respondent)
            found = self._asked[key] = frozenset(address for each in every for address in each.addresses)
        return found

    def figures(self, connection: Connection, form_version: int, respondent: Respondent) -> frozenset[Address]:
        """Return those of the addresses asked whose figures add up from unit to unit."""
        key = (form_version, respondent)
        found = self._figures.get(key)
        if found is None:
            every = self.questions(connection, form_version, respondent)
            found = self._figures[key] = frozenset(
                Address(question.field, question.row, column.key)
                for question in every
                for part in question.parts
                for column in part.columns
                if column.adds_up
            )
        return found

    def levels(self, connection: Connection, form_version: int) -> Mapping[Address, str]:
        """Return, for every cell of a form whose figures add up, the level they are of ('' the unit's own)."""
        found = self._levels.get(form_version)
        if found is None:
            found = self._levels[form_version] = levels(self.form(connection, form_version))
        return found

    def report(self, connection: Connection, submission: int, stamp: int) -> CachedReport:
        """Return the answers of a report whose row bears ``stamp``, read again only if they have changed."""
        found = self._reports.get(submission)
        if found is None or found.stamp != stamp:
            rows = answers.load(connection, submission)
            found = self._reports[submission] = CachedReport(stamp, rows, answers.given(rows))
            if len(self._reports) > MAX_SUBMISSIONS:
                self._reports.popitem(last=False)
        self._reports.move_to_end(submission)
        return found

    def peek(self, submission: int) -> CachedReport | None:
        """Return what is kept of a report, as of whichever stamp."""
        return self._reports.get(submission)

    def pieces(self, connection: Connection, submission: int, stamp: int, address: Address) -> tuple[Piece, ...]:
        """Return the pieces of a narrative of a report whose row bears ``stamp``."""
        cached = self.report(connection, submission, stamp)
        found = cached.pieces.get(address)
        if found is None:
            found = cached.pieces[address] = answers.pieces(connection, submission, address)
        return found

    def evidence(self, connection: Connection, submission: int, stamp: int) -> tuple[Evidence, ...]:
        """Return the files attached to a report whose row bears ``stamp``: it is drawn anew for them as well."""
        cached = self.report(connection, submission, stamp)
        if cached.evidence is None:
            cached.evidence = attachments.of_report(connection, submission)
        return cached.evidence

    def forget(self, submission: int | None = None) -> None:
        """Let go of what is kept of a report, or of all of them. Never needed for correctness."""
        if submission is None:
            self._reports.clear()
        else:
            self._reports.pop(submission, None)
