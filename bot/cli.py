"""The command line: ``baocao``. Exit 0 on success, 2 on wrong use, 1 with one clear line otherwise."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.channels.channel import DoorClosed
from bot.commands import campaign_commands, people_commands, record_commands, service_commands, unit_commands
from bot.commands.chat import NoSuchPerson
from bot.config.running import Stop
from bot.config.settings import Settings, WrongSetting, read_settings
from bot.imports import answers_import
from bot.runtime import texts
from bot.runtime.faults import described
from storage.campaigns import campaigns
from storage.schema.errors import StorageError

Command = Callable[[argparse.Namespace, Settings], int]

EXPECTED = (Stop, DoorClosed, NoSuchPerson, StorageError, WrongSetting)
"""Errors that are a sentence for a person; anything else is ours and is shown as a program fault without a trace."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code."""
    parser = _parser()
    parsed = parser.parse_args(arguments)
    # Names of files may be any bytes; every other word is text that is looked up or stored.
    if not all(_is_text(word) for word in vars(parsed).values()):
        parser.error(texts.NOT_UTF8_WORD)
    run: Command = parsed.run
    try:
        return run(parsed, read_settings(os.environ))
    except EXPECTED as error:
        print(str(error), file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stdout = None
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        # A fault of the program: one line with where it happened, no trace, nothing of what anybody typed.
        print(texts.program_fault(described(error)), file=sys.stderr)
        return 1


def _is_text(word: object) -> bool:
    words = word if isinstance(word, list) else [word]
    return not any("\ud800" <= letter <= "\udfff" for each in words if isinstance(each, str) for letter in each)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="baocao", description=texts.ABOUT)
    found = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _service(found)
    _people(found)
    _paper(found)
    _forms(found)
    _units(found)
    _campaigns(found)
    _answers(found)
    _reading(found)
    return parser


def _add(
    found: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: Command, about: str
) -> argparse.ArgumentParser:
    parser = found.add_parser(name, help=about, description=about)
    parser.set_defaults(run=run)
    return parser


def _number(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) < 10 and least <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"a number from {least} to {most} is needed, not {text[:40]!r}")
        return int(text)

    return number


def _service(found: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    demo = _add(found, "demo", service_commands.demo, "a made-up province in the default database, with the web chat")
    demo.add_argument("--port", type=_number(0, 65535))
    demo.add_argument("--fresh", action="store_true", help="make the province anew")
    demo.add_argument("--no-serve", action="store_true", help="only make it")
    _add(found, "run", service_commands.run, "the service: every door that has a token, the sender and the clock")
    chat = _add(found, "chat", service_commands.talk, "the same dialog in the terminal")
    chat.add_argument("--as", dest="handle", required=True, metavar="HANDLE")
    chat.add_argument("--jsonl", action="store_true", help="one JSON object a line in, one a line out")
    chat.add_argument("--transcript", type=Path, metavar="FILE", help="write the conversation down")


def _people(found: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    invite = _add(found, "invite", people_commands.invite, "single-use codes to join a unit")
    invite.add_argument("unit", metavar="UNIT")
    invite.add_argument("role", metavar="ROLE", choices=people_commands.ROLES)
    invite.add_argument("--count", type=_number(1, people_commands.MOST_CODES), default=1, metavar="N")
    _acts_for(invite)
    member = found.add_parser("member", help="who works where").add_subparsers(required=True, metavar="ACTION")
    listed = _add(member, "list", people_commands.member_list, "the people of a unit and their roles")
    listed.add_argument("unit", metavar="UNIT")
    _acts_for(listed)
    removed = _add(member, "remove", people_commands.member_remove, "end somebody's role at once")
    removed.add_argument("unit", metavar="UNIT")
    removed.add_argument("person", metavar="PERSON", help="the handle, or the number that the list shows")
    removed.add_argument("role", metavar="ROLE", choices=people_commands.ROLES)
    _acts_for(removed)


def _paper(found: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    compiled = _add(found, "compile", service_commands.compile_report, "write the Word and Excel of a unit")
    compiled.add_argument("campaign")
    compiled.add_argument("--unit", required=True, metavar="CODE")
    compiled.add_argument("--compiled", action="store_true", help="of the unit and everything below it")
    compiled.add_argument("--out", required=True, type=Path, metavar="DIR")
    _acts_for(compiled)
    progress = _add(found, "progress", record_commands.show_progress, "how far each unit is")
    progress.add_argument("campaign")
    progress.add_argument("--unit", metavar="CODE")
    progress.add_argument("--json", action="store_true")
    _acts_for(progress)
    record = found.add_parser("record", help="who did what").add_subparsers(required=True, metavar="ACTION")
    written = _add(record, "export", record_commands.export_record, "every answer and every decision as a CSV file")
    written.add_argument("campaign", metavar="CAMPAIGN")
    written.add_argument("--unit", metavar="CODE", help="the unit and everything below it")
    written.add_argument("--out", required=True, type=Path, metavar="FILE.csv")
    _acts_for(written)


def _acts_for(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as", dest="handle", default="", metavar="HANDLE", help="act for a person, with their rights")


def _forms(found: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    form = found.add_parser("form", help="check, publish and list forms").add_subparsers(
        required=True, metavar="ACTION"
    )
    check = _add(form, "check", service_commands.form_check, "say what is wrong with a form file")
    check.add_argument("file", type=Path)
    publish = _add(form, "publish", service_commands.form_publish, "freeze a form so that campaigns can use it")
    publish.add_argument("file", type=Path)
    _add(form, "list", service_commands.form_list, "the forms that are shipped and published")


def _answers(found: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    gathered = found.add_parser("answers", help="answers gathered before").add_subparsers(
        required=True, metavar="ACTION"
    )
    taken = _add(gathered, "import", answers_import.import_answers, "take answers from a CSV file, all or none of them")
    taken.add_argument("campaign", metavar="CAMPAIGN")
    taken.add_argument("file", type=Path, metavar="FILE.csv", help="unit,field,row,column,value and perhaps reason")
    taken.add_argument("--sent", action="store_true", help="mark the reports of the units in the file as sent")
    taken.add_argument("--dry-run", action="store_true", help="check the file and show what would change")


def _units(found: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    unit = found.add_parser("unit", help="import units").add_subparsers(required=True, metavar="ACTION")
    imported = _add(unit, "import", unit_commands.unit_import_file, "take over a CSV list of units, all or nothing")
    imported.add_argument("file", type=Path, metavar="FILE.csv")


def _campaigns(found: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    campaign = found.add_parser("campaign", help="open, list, update and close campaigns")
    actions = campaign.add_subparsers(required=True, metavar="ACTION")
    _opening(_add(actions, "open", campaign_commands.campaign_open, "ask a unit and all below it a form"))
    _add(actions, "list", campaign_commands.campaign_list, "the campaigns there are")
    update = _add(actions, "update", campaign_commands.campaign_update, "move who has not sent to the newest form")
    update.add_argument("campaign", metavar="KEY")
    close = _add(actions, "close", campaign_commands.campaign_close, "end a campaign; it can still be compiled")
    close.add_argument("campaign", metavar="KEY")
    _acts_for(close)
    plan = _add(actions, "plan", campaign_commands.campaign_plan, "who reports until when, as a Word document")
    plan.add_argument("campaign", metavar="KEY")
    plan.add_argument("--out", required=True, type=Path, metavar="FILE.docx")
    _acts_for(plan)


def _opening(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("form", metavar="FORM")
    parser.add_argument("--unit", required=True, metavar="CODE")
    parser.add_argument("--key", default="", help="the form's key unless given")
    parser.add_argument("--due", action="append", default=[], metavar="KIND=YYYY-MM-DD", help="last day of a unit kind")
    parser.add_argument("--reference-date", default="", metavar="YYYY-MM-DD", help="today unless given")
    parser.add_argument("--title", default="", metavar="TEXT")
    parser.add_argument("--period", default="", metavar="TEXT")
    parser.add_argument("--previous", default="", metavar="KEY", help="the campaign before; - for none")
    parser.add_argument("--switch", nargs="+", action="extend", default=[], metavar="NAME")
    parser.add_argument("--counted", nargs="+", action="extend", default=[], choices=campaigns.MAY_COUNT)
    parser.add_argument("--not-required", nargs="+", action="extend", default=[], metavar="CODE")
    parser.add_argument("--not-added", nargs="+", action="extend", default=[], metavar="KIND")
    parser.add_argument("--leave-out", nargs="+", action="extend", default=[], metavar="KIND", help="kinds not asked")
    parser.add_argument("--confirm", action="store_true", help="a unit's leader confirms before it is sent")
    parser.add_argument("--remind-days", nargs="+", action="extend", default=[], type=int, metavar="N", help="-7 -1 1")
    parser.add_argument("--no-reminders", action="store_true", help="remind by hand only")
    parser.add_argument("--past", action="store_true", help="last days may have passed: the campaign is only imported")
    parser.add_argument("--tell", action="store_true", help="tell the people who are asked")
    _acts_for(parser)


def _reading(found: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    read = _add(found, "read", service_commands.read_lines, "how typed answers are understood, one a line")
    read.add_argument("kind", choices=service_commands.READ_KINDS)
    read.add_argument("--measure", default="")
    read.add_argument("--jsonl", action="store_true", help="lines in are JSON strings")
    _add(found, "rights", service_commands.rights, "who may do what where, as a table")
    _add(found, "diagram", service_commands.diagram, "the dialog's states and ways, as mermaid")


if __name__ == "__main__":
    sys.exit(main())
