"""The progress picture of a campaign, for the person who asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.documents import document_texts
from bot.documents.made_files import PNG_TYPE, Made, file_stem
from dialogs.values.progress_board import Board
from exports.picture import drawing
from storage.compiled import following
from storage.people import rights


def of_campaign(connection: Connection, wanted: Mapping[str, Any], now: datetime, zone: ZoneInfo) -> tuple[Made, ...]:
    """Return the pictures of a job; none where its person may not follow the unit any more."""
    asked, unit = rights.place_of(connection, str(wanted["campaign"]), str(wanted["unit"]))
    board = following.board_for(connection, int(wanted["person"] or 0), asked, unit.id, now)
    return () if board is None else of_board(board, zone)


def of_board(board: Board, zone: ZoneInfo) -> tuple[Made, ...]:
    """Return the pictures of a board, in order, each with a caption."""
    pages = drawing.draw(board, zone)
    at, top = board.at.astimezone(zone), board.top
    made = []
    for number, content in enumerate(pages, 1):
        part = f"_{number}" if len(pages) > 1 else ""
        name = file_stem(board.key, top.code, top.name, True, f"_tien-do_{at:%Y%m%d-%H%M}{part}") + ".png"
        caption = document_texts.picture_caption(board.title, top.name, at, number, len(pages))
        made.append(Made(name, PNG_TYPE, content, drawing.size(content), caption))
    return tuple(made)
