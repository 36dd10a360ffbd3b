"""How far a report has come."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    NOT_OPENED = "not_opened"
    IN_PROGRESS = "in_progress"
    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    NOT_REQUIRED = "not_required"
