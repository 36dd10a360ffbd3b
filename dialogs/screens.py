"""What each state shows: where the person is, the question, what is accepted, and the choices.

A screen is a pure view of the session and the world. The question stands last, because the thumb is at the bottom.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dialogs import texts as t
from dialogs import views
from dialogs.answers import DOCUMENT_DATA
from dialogs.cells import may_be_zero
from dialogs.effects import SendReport
from dialogs.form import NUMERIC, Kind
from dialogs.letterhead import usual
from dialogs.pieces import current_pieces, entries
from dialogs.review import summary
from dialogs.status import Status
from dialogs.step import Step
from dialogs.world import Card

MISSES_BEFORE_HELP = 3


@dataclass(frozen=True, slots=True)
class Screen:
    """``choices`` are (action, label); they are numbered, or lettered where digits are a legal answer."""

    text: str
    choices: tuple[tuple[str, str], ...] = ()


def home(step: Step) -> Screen:
    cards = step.world.cards()
    if not cards:
        return Screen(t.no_reports() if step.world.belongs() else t.stranger())
    lines = [cards[0].unit.name]
    choices: list[tuple[str, str]] = []
    for number, card in enumerate(cards, 1):
        lines += views.card_lines(step, card, number)
        choices += _card_choices(card, alone=len(cards) == 1)
    return Screen("\n".join(lines), (*choices[:8], ("contents", t.CONTENTS), ("help", t.HELP)))


def _card_choices(card: Card, *, alone: bool) -> list[tuple[str, str]]:
    name = "" if alone else f" – {t.short(card.title, 28)}"
    if card.status in (Status.SENT, Status.ACCEPTED):
        return [("papers" if alone else f"open:{card.report}", t.PAPERS + name)]
    if card.status is Status.RETURNED:
        return [(f"open:{card.report}", "Sửa theo yêu cầu trả lại" + name)]
    label = "Bắt đầu" if not card.opened else "Làm tiếp"
    return [(f"open:{card.report}", label + name)]


def writing(step: Step) -> Screen:
    pieces = current_pieces(step)
    choices = [("next", t.NEXT), ("skip", t.SKIP), ("nil", t.NIL_TEXT), ("back", t.BACK), ("contents", t.CONTENTS)]
    if pieces:
        choices = [("next", t.NEXT), ("look", t.LOOK), (f"undo:{len(pieces)}", t.UNDO_PIECE), ("contents", t.CONTENTS)]
    return Screen(_question(step, "Gửi một hay nhiều tin đều được; xong thì bấm Tiếp."), tuple(choices))


def listing(step: Step) -> Screen:
    found = entries(step)
    noun = "văn bản" if step.part.kind == Kind.DOCUMENTS else "mục"
    choices = [("next", t.NEXT)]
    if found:
        choices += [("pick", t.PICK_ITEM), (f"undo:{len(found)}", t.UNDO_ITEM)]
    else:
        choices += [("nil", t.NIL)]
        choices += [("none", t.NONE)] if step.question.field != DOCUMENT_DATA else []
    choices += [*([] if found else _row_choices(step)), *_usual(step), ("skip", t.SKIP), ("contents", t.CONTENTS)]
    return Screen(_question(step, f"Gửi mỗi {noun} một dòng, một hay nhiều tin; xong thì bấm Tiếp."), tuple(choices))


def filling(step: Step) -> Screen:
    wanted = step.wanted
    choices: list[tuple[str, str]] = _usual(step)
    if any(column.kind in NUMERIC for column in wanted) and step.question.field != DOCUMENT_DATA:
        if all(column.kind in NUMERIC and may_be_zero(column) for column in wanted if column.required):
            choices.append(("nil", t.NIL_COUNT))
        choices.append(("none", t.NONE))
    choices += _row_choices(step)
    if len(wanted) == 1 and wanted[0].kind is Kind.CHOICE:
        choices += [(f"value:{number}", label) for number, (_, label) in enumerate(wanted[0].choices)]
    complete = all(step.cell(column) in step.answers for column in wanted)
    if complete:
        choices.append(("next", t.NEXT_KEEP))
    else:
        choices.append(("next" if step.question.field == DOCUMENT_DATA else "skip", t.SKIP))
    if step.session.misses >= MISSES_BEFORE_HELP:
        choices.append(("help", t.HELP))
    return Screen(_question(step, views.how_to_fill(wanted)), tuple(choices))


def _row_choices(step: Step) -> list[tuple[str, str]]:
    row = step.row
    if row is None or step.session.part or step.session.columns:
        return []
    choices = [("absent", t.ABSENT)] if row.body else []
    if step.state == "listing":
        choices.append(("nil_row", t.NIL_ROW))
    field = step.question.field
    if sum(not step.is_settled(q) for q in step.questions if q.field == field) > 1:
        choices.append(("ask_nil_table", t.NIL_TABLE))
    return choices


def _usual(step: Step) -> list[tuple[str, str]]:
    return [("usual", t.USUAL)] if step.question.field == DOCUMENT_DATA and usual(step) else []


def _question(step: Step, accepted: str) -> str:
    lines = [*views.position(step), *views.returned(step), *views.wording(step), *views.current(step)]
    return "\n".join([*lines, accepted])


def asked_back(step: Step) -> Screen:
    pending = step.session.pending
    labels = [option if isinstance(option, str) else option[-1] for option in pending["options"]]
    choices = [(f"option:{index}", label) for index, label in enumerate(labels)]
    typed = pending.get("texts") or any(typed for _, typed, _ in pending.get("parts", ()))
    return Screen(pending["ask"], (*choices, ("retype", t.RETYPE if typed else t.NEVER_MIND)))


def objected(step: Step) -> Screen:
    return Screen(step.session.pending["ask"], (("keep", t.KEEP), ("retype", t.RETYPE)))


def explaining(_: Step) -> Screen:
    return Screen(t.explain(), (("retype", t.RETYPE),))


def picking(step: Step) -> Screen:
    return Screen(t.mend_which(entries(step)), (("cancel", t.BACK),))


def mending(step: Step) -> Screen:
    number = int(step.session.pending["item"])
    return Screen(t.mend_how(number, entries(step)[number - 1]), (("drop", t.DROP_ITEM), ("cancel", t.BACK)))


def contents(step: Step) -> Screen:
    pages = -(-len(step.questions) // t.CONTENTS_PAGE)
    page = min(max(step.session.page, 0), pages - 1)
    choices = [(f"page:{page - 1}", t.PREVIOUS_PAGE)] if page else []
    choices += [(f"page:{page + 1}", t.NEXT_PAGE)] if page + 1 < pages else []
    choices += [("document", t.DOCUMENT), ("missing", "Câu còn trống"), ("review", "Nộp báo cáo")]
    return Screen("\n".join(views.contents_lines(step, page, pages)), tuple(choices))


def reviewing(step: Step) -> Screen:
    found = summary(step)
    choices = [("send", t.SEND)]
    choices += [("missing", t.fill_missing(t.question_place(step, found.missing[0])))] if found.missing else []
    choices += [("warnings", t.WARNINGS)] if found.findings else []
    choices += [("document", t.DOCUMENT), ("contents", t.CONTENTS), ("start", t.LATER)]
    return Screen(t.review(step, found), tuple(choices))


def joining(step: Step) -> Screen:
    return Screen(step.session.pending["ask"], (("confirm", t.RIGHT), ("decline", t.WRONG)))


def closed(step: Step) -> Screen:
    sent = any(isinstance(effect, SendReport) for effect in step.effects)
    choices = [("next", t.MEND_RETURNED)] if step.report.status is Status.RETURNED and not sent else []
    choices += [("papers", t.PAPERS), ("contents", t.CONTENTS), ("start", t.HOME)]
    return Screen("\n".join(views.closed_lines(step)), tuple(choices))


SCREENS: dict[str, Callable[[Step], Screen]] = {
    "home": home,
    "writing": writing,
    "listing": listing,
    "filling": filling,
    "asked_back": asked_back,
    "objected": objected,
    "explaining": explaining,
    "picking": picking,
    "mending": mending,
    "contents": contents,
    "reviewing": reviewing,
    "joining": joining,
    "closed": closed,
}
