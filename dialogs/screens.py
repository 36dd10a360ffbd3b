"""What each state shows: where the person is, the question, what is accepted, and the choices.

A screen is a pure view of the session and the world. The question stands last, because the thumb is at the bottom.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dialogs.answering import evidence_dialog, extra_rows, last_time, rollup_screens, rollup_view, views
from dialogs.answering.cells import may_be_zero
from dialogs.answering.kept import CellsObjected, EntryPicked, FindingExplained, RowNamed
from dialogs.answering.letterhead import usual
from dialogs.answering.review import all_findings, summary
from dialogs.colleagues import own_part
from dialogs.desk import confirming, correcting
from dialogs.desk import home as desk_home
from dialogs.forms.answers import DOCUMENT_DATA
from dialogs.kinds import CHOSEN, NUMERIC
from dialogs.machine import DIALOGS
from dialogs.people.kept import Invited
from dialogs.texts import asking, checking, labels, places, receipts, refusals, showing
from dialogs.texts import rollup as rollup_texts
from dialogs.texts import sharing as sharing_texts
from dialogs.turn.kept import AskedBack
from dialogs.turn.message_parts import current_pieces, entries
from dialogs.turn.transitions import Screen
from dialogs.turn.turn_state import TurnState
from dialogs.values.effects import SendReport
from dialogs.values.findings import Finding
from dialogs.values.status import Status
from dialogs.values.world import Card

MISSES_BEFORE_HELP = 3


def home(turn: TurnState) -> Screen:
    if turn.offers:
        return Screen("", (("start", labels.HOME),))
    cards = turn.world.cards()
    above = desk_home.choices(turn)
    if not cards:
        return Screen(refusals.no_reports() if turn.world.belongs() else refusals.stranger(), above)
    units = dict.fromkeys(card.unit.name for card in cards)
    lines = [] if len(units) > 1 else [*units]
    choices: list[tuple[str, str]] = []
    for number, card in enumerate(cards, 1):
        unit, key = card.unit.name if len(units) > 1 else "", _key_among(card, cards)
        lines += views.card_lines(turn, card, number, key, unit)
        name = f" – {key or places.short(card.title, 28)}" if len(cards) > 1 else ""
        choices.append(_card_choice(card, name + (f", {places.short(unit, 24)}" if unit else "")))
    return Screen("\n".join(lines), (*choices[:8], ("contents", labels.CONTENTS), *above, ("help", labels.HELP)))


def _key_among(card: Card, cards: Sequence[Card]) -> str:
    """The campaign's key where another report of the unit has the same title; '' where the title is enough."""
    alike = [each for each in cards if (each.title, each.unit.name) == (card.title, card.unit.name)]
    return card.campaign if alike[1:] else ""


def _card_choice(card: Card, name: str) -> tuple[str, str]:
    """The way into a report; ``name`` says which, '' if there is only one."""
    if card.status in (Status.SENT, Status.ACCEPTED):
        return (f"open:{card.report}" if name else "papers", labels.PAPERS + name)
    if card.status is Status.RETURNED:
        return (f"open:{card.report}", showing.MEND_RETURNED_REPORT + name)
    return (f"open:{card.report}", (showing.GO_ON if card.opened else showing.START) + name)


def writing(turn: TurnState) -> Screen:
    pieces = current_pieces(turn)
    choices = [
        ("next", labels.NEXT),
        ("skip", labels.SKIP),
        ("nil", labels.NIL_TEXT),
        ("back", labels.BACK),
        ("contents", labels.CONTENTS),
    ]
    if pieces:
        choices = [
            ("next", labels.NEXT),
            ("look", labels.LOOK),
            (f"undo:{len(pieces)}", labels.UNDO_PIECE),
            ("contents", labels.CONTENTS),
        ]
    choices += [*_last_text(turn), *evidence_dialog.see(turn)]
    return Screen(_question(turn, showing.WRITE_ON), tuple(choices))


def listing(turn: TurnState) -> Screen:
    found = entries(turn)
    choices = [("next", labels.NEXT)]
    if found:
        choices += [("pick", labels.PICK_ITEM), (f"undo:{len(found)}", labels.UNDO_ITEM)]
    else:
        choices += [("nil", labels.NIL)]
        choices += [("none", labels.NONE)] if turn.question.field != DOCUMENT_DATA else []
    choices += [*([] if found else _row_choices(turn)), *_usual(turn), *_last_text(turn)]
    choices += [("skip", labels.SKIP), ("contents", labels.CONTENTS), *evidence_dialog.see(turn)]
    return Screen(_question(turn, showing.how_to_list(receipts.item_noun(turn.part.kind))), tuple(choices))


def filling(turn: TurnState) -> Screen:
    wanted = turn.wanted
    choices: list[tuple[str, str]] = _usual(turn)
    if any(column.kind in NUMERIC for column in wanted) and turn.question.field != DOCUMENT_DATA:
        if all(column.kind in NUMERIC and may_be_zero(column) for column in wanted if column.required):
            choices.append(("nil", labels.NIL_COUNT))
        choices.append(("none", labels.NONE))
    choices += [("last", last_time.label(turn))] if last_time.offers_figures(turn) else []
    choices += _row_choices(turn)
    if len(wanted) == 1 and wanted[0].kind in CHOSEN:
        choices += [(f"value:{number}", label) for number, (_, label) in enumerate(wanted[0].choices)]
    complete = all(turn.cell(column) in turn.answers for column in wanted)
    if complete:
        choices.append(("next", labels.NEXT_KEEP))
    else:
        optional = not any(column.required for column in wanted)
        choices.append(("next" if optional else "skip", labels.SKIP))
    choices += [*_added_choices(turn), *evidence_dialog.see(turn)]
    if turn.session.misses >= MISSES_BEFORE_HELP:
        choices.append(("help", labels.HELP))
    return Screen(_question(turn, showing.how_to_fill(wanted)), tuple(choices))


def _added_choices(turn: TurnState) -> list[tuple[str, str]]:
    """At the end of a table that takes rows of the unit's own: one more; at such a row: take it out."""
    question = turn.question
    choices = [("drop_row", labels.DROP_ROW)] if extra_rows.stands_at_one(turn) else []
    if choices and turn.session.part:
        choices.append((f"goto:{question.number}:0", labels.RENAME_ROW))
    ends = turn.session.part + 1 == len(question.parts)
    if ends and extra_rows.last_question(turn, question.field) is question:
        choices.append((f"add_row:{question.field}", labels.ADD_ROW))
    return choices


def _row_choices(turn: TurnState) -> list[tuple[str, str]]:
    row = turn.row
    if row is None or turn.session.part or turn.session.columns or extra_rows.stands_at_one(turn):
        return []
    choices = [("absent", labels.ABSENT)] if row.body else []
    if turn.state == "listing":
        choices.append(("nil_row", labels.NIL_ROW))
    field = turn.question.field
    if rollup_view.proposals(turn, field, row.key):
        choices.append((f"below:{field}.{row.key}", rollup_texts.BELOW))
    if sum(not turn.is_settled(q) for q in turn.questions if q.field == field) > 1:
        choices.append(("ask_nil_table", labels.NIL_TABLE))
    return choices


def _last_text(turn: TurnState) -> list[tuple[str, str]]:
    """Last time's narrative or list: to look at, and to begin with where nothing is written yet."""
    found = [("last", rollup_texts.SAME_TEXT)] if last_time.offers_text(turn) else []
    return [*found, ("see_last", rollup_texts.SEE_LAST)] if last_time.has_text(turn) else []


def _usual(turn: TurnState) -> list[tuple[str, str]]:
    return [("usual", labels.USUAL)] if turn.question.field == DOCUMENT_DATA and usual(turn) else []


def _question(turn: TurnState, accepted: str) -> str:
    lines = [*views.position(turn), *views.returned(turn), *views.wording(turn), *views.current(turn)]
    lines += [*last_time.lines(turn), *evidence_dialog.lines(turn)]
    return "\n".join([*lines, accepted])


def asked_back(turn: TurnState) -> Screen:
    asked = turn.kept(AskedBack)
    choices = [(f"option:{index}", label) for index, label in enumerate(asked.labels)]
    return Screen(asked.ask, (*choices, ("retype", labels.RETYPE if asked.typed else labels.NEVER_MIND)))


def objected(turn: TurnState) -> Screen:
    return Screen(turn.kept(CellsObjected).ask, (("keep", labels.KEEP), ("retype", labels.RETYPE)))


def explaining(_: TurnState) -> Screen:
    return Screen(checking.explain(), (("retype", labels.RETYPE),))


def naming(turn: TurnState) -> Screen:
    named = turn.kept(RowNamed)
    table = turn.form.table(named.table)
    asked = named.ask or asking.new_row(table, extra_rows.added(table))
    choices = [(f"option:{index}", label) for index, (label, _) in enumerate(named.options)]
    return Screen(asked, (*choices, ("cancel", labels.NEVER_MIND)), extra_rows.asks(turn))


def picking(turn: TurnState) -> Screen:
    return Screen(asking.mend_which(entries(turn)), (("cancel", labels.BACK),))


def mending(turn: TurnState) -> Screen:
    number = turn.kept(EntryPicked).item
    return Screen(
        asking.mend_how(number, entries(turn)[number - 1]), (("drop", labels.DROP_ITEM), ("cancel", labels.BACK))
    )


def contents(turn: TurnState) -> Screen:
    pages = -(-len(turn.questions) // labels.CONTENTS_PAGE)
    page = min(max(turn.session.page, 0), pages - 1)
    choices = [(f"page:{page - 1}", labels.PREVIOUS_PAGE)] if page else []
    choices += [(f"page:{page + 1}", labels.NEXT_PAGE)] if page + 1 < pages else []
    choices += [] if turn.limited else [("document", labels.DOCUMENT)]
    choices += [
        ("missing", showing.STILL_EMPTY),
        ("review", sharing_texts.REVIEW_PART if turn.limited else showing.SUBMIT),
    ]
    here = turn.questions[page * labels.CONTENTS_PAGE : (page + 1) * labels.CONTENTS_PAGE]
    choices += [_add_row(each.key) for each in extra_rows.open_tables(turn) if any(q.field == each.key for q in here)]
    return Screen("\n".join(views.contents_lines(turn, page, pages)), tuple(choices))


def reviewing(turn: TurnState) -> Screen:
    found = summary(turn)
    choices = own_part.review_choices(turn) if turn.limited else confirming.choices(turn)
    choices += (
        [("missing", labels.fill_missing(places.question_place(turn.form, found.missing[0])))] if found.missing else []
    )
    open_ones = [(number, each) for number, each in enumerate(found.findings, 1) if not each.explanation]
    for number, finding in open_ones[: checking.SHOWN_FINDINGS]:
        choices += [each for each in _ways_out(turn, number, finding) if each not in choices]
    choices += [("warnings", labels.WARNINGS)] if found.findings else []
    choices += [(f"below:{rollup_view.EVERYTHING}", rollup_texts.BELOW)] if rollup_view.any_sums(turn) else []
    choices += [_add_row(table.key) for table in extra_rows.open_tables(turn)]
    document = [] if turn.limited else [("document", labels.DOCUMENT)]
    choices += [*evidence_dialog.see_all(turn), *document, ("contents", labels.CONTENTS), ("start", labels.LATER)]
    if turn.limited:
        return Screen(
            own_part.review_text(turn, found, checking.first_findings(turn.form, found.findings)), tuple(choices)
        )
    told = [
        *rollup_view.all_told(turn, limit=rollup_view.SHOWN_ROWS),
        *confirming.review_lines(turn),
        *evidence_dialog.told(turn),
    ]
    return Screen(asking.review(turn.report, turn.form, found, told, turn.world.now, turn.world.zone), tuple(choices))


def _ways_out(turn: TurnState, number: int, finding: Finding) -> list[tuple[str, str]]:
    """Explain a finding, or correct its figures."""
    if not turn.may_write(finding.question):
        return []
    question, address = finding.question, finding.addresses[0]
    place = places.question_place(turn.form, question)
    part = next(at for at, each in enumerate(question.parts) if address in question.part_addresses(each))
    return [
        (f"explain:{number}", checking.explain_label(number, place)),
        (f"goto:{question.number}:{part}", receipts.mend(place)),
    ]


def _add_row(table: str) -> tuple[str, str]:
    return f"add_row:{table}", labels.ADD_ROW


def warned(turn: TurnState) -> Screen:
    found = all_findings(turn)
    pages = max(1, -(-len(found) // checking.FINDINGS_PAGE))
    page = min(max(turn.session.page, 0), pages - 1)
    first = page * checking.FINDINGS_PAGE
    choices: list[tuple[str, str]] = []
    for number, finding in enumerate(found[first : first + checking.FINDINGS_PAGE], first + 1):
        choices += [each for each in _ways_out(turn, number, finding) if each not in choices]
    choices += [(f"warnings:{page - 1}", labels.PREVIOUS_PAGE)] if page else []
    choices += [(f"warnings:{page + 1}", labels.NEXT_PAGE)] if page + 1 < pages else []
    choices.append(("send", sharing_texts.WHO_SENDS if turn.limited else labels.SEND))
    return Screen(checking.warnings(turn.form, found, page), (*choices, ("review", checking.BACK_TO_REVIEW)))


def justifying(turn: TurnState) -> Screen:
    return Screen(turn.kept(FindingExplained).ask, (("cancel", labels.NEVER_MIND),))


def joining(turn: TurnState) -> Screen:
    return Screen(turn.kept(Invited).ask, (("confirm", labels.RIGHT), ("decline", labels.WRONG)))


def closed(turn: TurnState) -> Screen:
    sent = any(isinstance(effect, SendReport) for effect in turn.effects)
    returned = turn.report.status is Status.RETURNED and not turn.over
    choices = [("next", labels.MEND_RETURNED)] if returned and not sent else []
    choices += [] if sent else correcting.choices(turn)
    choices += [("papers", labels.PAPERS), ("contents", labels.CONTENTS), ("start", labels.HOME)]
    return Screen("\n".join(views.closed_lines(turn)), tuple(choices))


SCREENS: dict[str, Callable[[TurnState], Screen]] = {
    "home": home,
    "writing": writing,
    "listing": listing,
    "filling": filling,
    "asked_back": asked_back,
    "objected": objected,
    "explaining": explaining,
    "picking": picking,
    "mending": mending,
    "naming": naming,
    "contents": contents,
    "reviewing": reviewing,
    "warned": warned,
    "justifying": justifying,
    "joining": joining,
    "closed": closed,
    **{state.name: state.screen for dialog in DIALOGS for state in dialog.states},
    "lower": lambda turn: Screen(*rollup_screens.lower(turn)),
    "lower_row": lambda turn: Screen(*rollup_screens.lower_row(turn)),
    "replacing": lambda turn: Screen(*rollup_screens.replacing(turn)),
    "replacing_asked": lambda turn: Screen(*rollup_screens.replacing_asked(turn)),
    "replacing_reason": lambda turn: Screen(*rollup_screens.replacing_reason(turn)),
}
