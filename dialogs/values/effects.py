"""What is to be done, as values. A dialog returns them; ``storage.effects`` makes rows of them in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from dialogs.forms.answers import Address, State, Value
from dialogs.kinds import Kind
from dialogs.values.decisions import Decision


@dataclass(frozen=True, slots=True)
class Piece:
    """One chat message's share of a narrative: ``Piece("481", "Đảng ủy đã ...")``."""

    message: str
    text: str


@dataclass(frozen=True, slots=True)
class OpenReport:
    """The first question was shown: the submission is in progress."""

    report: int


@dataclass(frozen=True, slots=True)
class SaveAnswer:
    """Write one address. ``pieces`` replaces the pieces of a narrative (None: it has none).

    State EMPTY clears the address; its history stays.
    """

    report: int
    address: Address
    state: State
    value: Value = None
    closed: bool = True
    reason: str = ""
    basis: str = ""
    pieces: tuple[Piece, ...] | None = None


@dataclass(frozen=True, slots=True)
class SendReport:
    """The person confirmed: the report is sent under this receipt number. Lateness counts from the first sending."""

    report: int
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class RenderReport:
    """Make the unit's own Word and Excel and hand them to the account that spoke."""

    report: int


@dataclass(frozen=True, slots=True)
class CompileReport:
    """Compile a campaign at and below one unit and hand Word and Excel to the account that spoke."""

    campaign: str
    unit: str


@dataclass(frozen=True, slots=True)
class Join:
    """The person confirmed an invitation: it is used up and its role given."""

    invite: int


@dataclass(frozen=True, slots=True)
class Guessed:
    """A code that opens nothing was tried."""


class Choice(NamedTuple):
    """A button; ``id`` says what question and version it belonged to (64 bytes); ``key`` is what may be typed."""

    id: str
    label: str
    key: str

    @property
    def short_key(self) -> str:
        """What stands before the label where keys are shown; '' for a choice that is typed in full."""
        return "" if self.key == self.label.lower() else self.key


@dataclass(frozen=True, slots=True)
class Asks:
    """What the reply asks for."""

    campaign: str
    form: str
    field: str
    row: str
    columns: tuple[str, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to the account that spoke. ``refused`` is why the last message was not taken, '' if it was."""

    text: str
    choices: tuple[Choice, ...] = ()
    refused: str = ""
    asks: Asks | None = None
    progress: tuple[int, int] | None = None


Effect: TypeAlias = (
    OpenReport | SaveAnswer | SendReport | RenderReport | CompileReport | Join | Guessed | Reply | Decision
)
