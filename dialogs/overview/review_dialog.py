"""Before sending: the summary, the findings of the checks page by page, and sending; looking over, and papers."""

from __future__ import annotations

from dialogs.answering import evidence_dialog, extra_rows, review, rollup_view
from dialogs.answering.rollup_view import LOWER
from dialogs.colleagues import own_part
from dialogs.desk import confirming
from dialogs.texts import asking, checking, labels, places, receipts
from dialogs.texts import rollup as rollup_texts
from dialogs.texts import sharing as sharing_texts
from dialogs.turn import navigation
from dialogs.turn.commands import Takes, TypedCommand
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.transitions import ANY, AT_QUESTION, Screen, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.findings import Finding
from dialogs.values.rights import Right

NO_QUESTION = ("home", "naming", "contents", "reviewing", "warned", "justifying", "closed")


def reviewing(turn: TurnState) -> Screen:
    found = review.summary(turn)
    choices = own_part.review_choices(turn) if turn.limited else confirming.choices(turn)
    choices += (
        [("missing", labels.fill_missing(places.question_place(turn.form, found.missing[0])))] if found.missing else []
    )
    open_ones = [(number, each) for number, each in enumerate(found.findings, 1) if not each.explanation]
    for number, finding in open_ones[: checking.SHOWN_FINDINGS]:
        choices += [each for each in _ways_out(turn, number, finding) if each not in choices]
    choices += [("warnings", labels.WARNINGS)] if found.findings else []
    choices += [(f"below:{rollup_view.EVERYTHING}", rollup_texts.BELOW)] if rollup_view.any_sums(turn) else []
    choices += [extra_rows.add_choice(table) for table in extra_rows.open_tables(turn)]
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


def warned(turn: TurnState) -> Screen:
    found = review.all_findings(turn)
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


DIALOG = Dialog(
    "review",
    states=(
        DialogState("reviewing", "the summary before sending", reviewing),
        DialogState("warned", "the findings of the checks, page by page", warned),
    ),
    table=(
        Transition("look", (*NO_QUESTION, *LOWER), None, navigation.in_report, review.look_over),
        Transition("look", AT_QUESTION, None, None, review.look),
        Transition("help", ANY, None, None, review.help_here),
        Transition("papers", ANY, None, navigation.in_report, review.hand_over),
        Transition("review", ANY, "reviewing", navigation.in_report, review.open_review),
        Transition("warnings", ("reviewing", "warned"), "warned", None, review.show_warnings),
        Transition("send", ("reviewing", "warned"), "closed", review.may_send, review.send),
        Transition("send", ("reviewing", "warned"), None, None, review.blocked),
        Transition("next", ("warned", "justifying"), "reviewing", None, review.open_review),
        Transition("back", ("warned", "justifying"), "reviewing", None, review.open_review),
        Transition("cancel", ("warned", "justifying"), "reviewing", None, review.open_review),
    ),
    anywhere=("help",),
    steady=("papers", "review"),
    named_only=("send",),
    commands=(
        TypedCommand(
            "look", ("xem", "xem lai"), labels.MENU_LOOK, 60, Right.REPORT_FILL, basic=True, takes=Takes.PLACE
        ),
        TypedCommand("review", ("nop", "nop bao cao"), labels.MENU_REVIEW, 80, Right.REPORT_FILL, basic=True),
        TypedCommand("papers", ("tailieu", "tai lieu"), labels.MENU_PAPERS, 90, Right.REPORT_FILL, basic=True),
        TypedCommand("help", ("trogiup", "tro giup", "help"), labels.MENU_HELP, 310, basic=True),
    ),
)
