"""Which commands there are and what may be said with them."""

from __future__ import annotations

import argparse
import datetime as dt
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dpdesk import __version__
from dpdesk.law.dates import read_date
from dpdesk.law.words import LONDON


def day(words: str) -> dt.date:
    """A day as people type it."""
    try:
        return read_date(words, dt.datetime.now(LONDON).date())
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def moment(words: str) -> dt.datetime:
    """A day and time as people type it, in the school's local time; in UTC."""
    from dpdesk.registers.wording import read_moment  # slow to load, and only breaches need it

    try:
        return read_moment(words, dt.datetime.now(dt.UTC))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def page(words: str) -> int:
    """The number of a page, from 1."""
    if not words.isdecimal() or int(words) < 1:
        raise argparse.ArgumentTypeError("Pages are counted from 1.")
    return int(words)


def box(words: str) -> tuple[int, float, float, float, float]:
    """N,X,Y,W,H: a page from 1, then left, top, width and height in points."""
    wrong = argparse.ArgumentTypeError(
        "Write page, left, top, width and height, for example 3,72,140.5,200,14."
    )
    parts = words.split(",")
    if len(parts) != 5:
        raise wrong
    number = page(parts[0].strip())
    try:
        x, y, width, height = (float(part) for part in parts[1:])
    except ValueError:
        raise wrong from None
    if not all(math.isfinite(each) for each in (x, y, width, height)) or min(width, height) <= 0:
        raise wrong
    return number, x, y, width, height


def answer(words: str) -> tuple[str, str]:
    """FIELD=VALUE as a field and its value."""
    name, sign, value = words.partition("=")
    if not sign or not name.strip():
        # Without quoting the words: they may be a name that wants quotation marks.
        raise argparse.ArgumentTypeError(
            "Write each answer as FIELD=VALUE, in quotation marks if it holds spaces."
        )
    return name.strip(), value


class _Asked(argparse.Action):
    """Gathers questions in the order in which they are given."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        """Starts a question that is open until an answer follows."""
        namespace.questions = [*namespace.questions, (values, None)]


class _Answered(argparse.Action):
    """Adds the answer to the question before it."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        """Closes the last question."""
        if not namespace.questions or namespace.questions[-1][1] is not None:
            parser.error("each --answered comes after its own --asked")
        *before, (asked, _) = namespace.questions
        namespace.questions = [*before, (asked, values)]


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line. ``--workspace`` and ``--json`` may stand anywhere."""
    whole = argparse.ArgumentParser(
        prog="dpdesk",
        allow_abbrev=False,
        description="The data protection desk of a small school. Without a command: the window.",
        epilog="The passphrase is taken from the variable DPDESK_PASSPHRASE or asked for. "
        "Write dates as 2026-09-03, 3/9/26 or 3 Sept 2026.",
    )
    whole.add_argument("--version", action="version", version=f"dpdesk {__version__}")
    _everywhere(whole, first=True)
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name: str, words: str, more: str = "") -> argparse.ArgumentParser:
        made = commands.add_parser(
            name, help=words, description=f"{words} {more}".strip(), allow_abbrev=False
        )
        _everywhere(made, first=False)
        return made

    _keeping(command)
    _due(command)
    _registers(command)
    _disclosing(command)
    _assets(command)
    _retention(command)
    _consents(command)
    command("self-test", "Tries everything once in a temporary workspace.")
    return whole


def _everywhere(made: argparse.ArgumentParser, *, first: bool) -> None:
    # After the command they have no default, or they would undo what was said before it.
    absent: Any = argparse.SUPPRESS
    made.add_argument(
        "--workspace",
        type=Path,
        metavar="DIR",
        default=None if first else absent,
        help="folder of the workspace; if not given, the one used last",
    )
    made.add_argument(
        "--json",
        action="store_true",
        default=False if first else absent,
        help="answer with one JSON object",
    )


_Maker = Callable[..., argparse.ArgumentParser]


def _keeping(command: _Maker) -> None:
    made = command("example", "Makes the example school; everyone in it is invented.")
    made.add_argument("folder", type=Path, metavar="DIR", help="new or empty folder")

    command("check", "Verifies database, vault, history and search.")

    made = command("backup", "Writes the workspace into one file and verifies it.")
    made.add_argument("--to", type=Path, required=True, metavar="FILE")

    made = command("restore", "Restores a backup into a new or empty folder.")
    made.add_argument("archive", type=Path, metavar="FILE")
    made.add_argument("--to", type=Path, required=True, metavar="DIR")
    made.add_argument("--recovery-key", default="", metavar="KEY", help="instead of the passphrase")


def _due(command: _Maker) -> None:
    made = command(
        "due",
        "Says when a request must be answered, a breach reported, or a record goes, and why.",
        "Needs no workspace.",
    )
    kinds = made.add_subparsers(dest="kind", metavar="KIND", required=True)
    words = "The 72 hours to report a breach, from the moment of awareness in local time."
    made = kinds.add_parser("breach", help=words, description=words, allow_abbrev=False)
    _everywhere(made, first=False)
    made.add_argument(
        "--aware", type=moment, required=True, metavar="DATETIME", help="such as 2026-03-27T10:00"
    )
    words = "The month to answer a subject access request."
    more = f"{words} Without --answered, a question is still open."
    made = kinds.add_parser("sar", help=words, description=more, allow_abbrev=False)
    _everywhere(made, first=False)
    made.add_argument("--received", type=day, required=True, metavar="DATE")
    made.add_argument("--identity", type=day, metavar="DATE", help="proof of identity received")
    made.add_argument("--fee", type=day, metavar="DATE", help="fee paid")
    made.add_argument(
        "--asked", type=day, action=_Asked, metavar="DATE", dest="questions", default=[]
    )
    made.add_argument(
        "--answered", type=day, action=_Answered, metavar="DATE", dest="questions", default=[]
    )
    made.add_argument("--extended", type=day, metavar="DATE", help="requester told of an extension")
    made.add_argument(
        "--holiday", type=day, action="append", default=[], metavar="DATE", dest="holidays"
    )
    words = "From which day records of a class may be disposed of, under the standard schedule."
    made = kinds.add_parser("retention", help=words, description=words, allow_abbrev=False)
    _everywhere(made, first=False)
    made.add_argument("--class", required=True, metavar="CODE", dest="code", help="such as P04")
    made.add_argument(
        "--trigger", type=day, metavar="DATE", help="date of birth, of leaving, of the event …"
    )
    made.add_argument(
        "--later", type=day, metavar="DATE", help="the second date, where the class has two"
    )
    for year in ("school", "financial"):
        made.add_argument(
            f"--{year}-year-ends",
            type=int,
            choices=range(1, 13),
            default=8,
            metavar="MONTH",
            help=f"number of the month with which the {year} year ends; otherwise 8",
        )


def _registers(command: _Maker) -> None:
    made = command("entries", "Lists the entries of a register.")
    made.add_argument("register", metavar="REGISTER", help="for example requests")
    made.add_argument("--archived", action="store_true", help="those that were archived")
    made.add_argument("--search", default="", metavar="WORDS")

    made = command(
        "new",
        "Makes an entry.",
        "For requests give at least subject=NAME and received=DATE. An unknown field is "
        "refused, with a list of the known ones.",
    )
    made.add_argument("register", metavar="REGISTER", help="for example requests")
    made.add_argument(
        "--set",
        type=answer,
        nargs="+",
        action="extend",
        required=True,
        metavar="FIELD=VALUE",
        dest="answers",
    )
    made.add_argument(
        "--of",
        default="",
        metavar="REF",
        help=("for a part, such as a clarification: the entry it belongs to"),
    )

    made = command(
        "add",
        "Adds documents to an entry.",
        "Every file that can be read is added; if one of them cannot, the command fails.",
    )
    made.add_argument("reference", metavar="REF")
    made.add_argument("files", type=Path, nargs="+", metavar="FILE")
    made.add_argument(
        "--password-file", type=Path, metavar="F", help="its first line opens locked files"
    )


def _disclosing(command: _Maker) -> None:
    made = command(
        "mark",
        "Marks what must not be given out.",
        "Pages are counted through all documents of the request, from 1. --page and --all-pages "
        "withhold whole pages: a sheet with the reason takes their place.",
    )
    made.add_argument("reference", metavar="REF")
    made.add_argument("--reason", required=True, metavar="CODE", help="for example TP-16")
    what = made.add_mutually_exclusive_group(required=True)
    what.add_argument("--text", metavar="WORDS", help="every place where the words appear")
    what.add_argument("--page", type=page, metavar="N", help="this page as a whole")
    what.add_argument("--all-pages", action="store_true", help="every page as a whole")
    what.add_argument(
        "--box",
        type=box,
        metavar="N,X,Y,W,H",
        help="on page N, in points from the top left of the page as seen",
    )
    made.add_argument("--whole-word", action="store_true", help="with --text: whole words only")

    made = command(
        "breach-report",
        "Prints the report of a breach to the ICO.",
        "Every question that applies, in the order of the form. Nothing is recorded as sent.",
    )
    made.add_argument("reference", metavar="REF")
    made.add_argument("--to", type=Path, required=True, metavar="FILE")
    made.add_argument("--follow-up", action="store_true", help="adds to an earlier report")

    made = command(
        "letter",
        "Writes a letter of a request.",
        "The ending of the file says what it becomes: .pdf, .docx for Word, .eml for the mail "
        "program. Words that were changed in the window are used. Nothing is recorded as sent.",
    )
    made.add_argument("reference", metavar="REF")
    made.add_argument(
        "letter",
        metavar="KIND",
        help="acknowledgement, identity, fee, clarification, extension, response, refusal, "
        "transfer, third-parties, complaint-acknowledgement, complaint-progress or "
        "complaint-outcome",
    )
    made.add_argument("--to", type=Path, required=True, metavar="FILE")

    made = command("bundle", "Builds, checks and releases the bundle of a request.")
    made.add_argument("reference", metavar="REF")
    made.add_argument("--to", type=Path, required=True, metavar="FILE")
    made.add_argument("--schedule", type=Path, metavar="FILE", help="list for the requester")
    made.add_argument("--sealed", type=Path, metavar="FILE", help="list for the school only")
    made.add_argument(
        "--password-file", type=Path, metavar="F", help="its first line locks the bundle"
    )


def _assets(command: _Maker) -> None:
    made = command(
        "export",
        "Writes a register in the format that others ask for.",
        "ropa is the record of processing in the ICO's template, as .xlsx.",
    )
    made.add_argument("what", choices=["ropa"], metavar="ropa")
    made.add_argument("--to", type=Path, required=True, metavar="FILE")
    made.add_argument(
        "--hand-over",
        action="store_true",
        help="without the second sheet, by which the workbook is read back",
    )

    made = command(
        "import",
        "Reads such a file, or a list of people, into the register.",
        "What is here already is changed only where the file was changed; nothing is taken away.",
    )
    made.add_argument("what", choices=["ropa", "people"], metavar="ropa or people")
    made.add_argument("file", type=Path, metavar="FILE")
    made.add_argument(
        "--map",
        type=Path,
        metavar="FILE",
        help="people: JSON with the file’s headings and what they mean; kept for the next time",
    )
    made.add_argument(
        "--preview", action="store_true", help="says what would change, and writes nothing"
    )

    command("findings", "Says what is missing or wrong in all registers, and why.")


def _retention(command: _Maker) -> None:
    made = command(
        "schedule",
        "Adds the standard retention schedule, or writes the school's own.",
        "The file is a spreadsheet or, if its name ends with .pdf, a paper.",
    )
    made.add_argument("--adopt", action="store_true", help="add the classes that are not here yet")
    made.add_argument("--to", type=Path, metavar="FILE")

    made = command(
        "dispose",
        "Disposes of holdings: approved, done and certified in one step.",
        "Nothing is changed if anything holds up one of them. Personal details are erased.",
    )
    made.add_argument("references", nargs="+", metavar="REF", help="for example HO-2026-001")
    made.add_argument(
        "--method",
        required=True,
        choices=["shred", "contractor", "erase", "transfer", "archive", "returned"],
    )
    made.add_argument("--by", required=True, metavar="NAME", help="who did it")
    made.add_argument("--witness", default="", metavar="NAME")
    made.add_argument("--on", type=day, metavar="DATE", help="when; if not given, today")
    made.add_argument("--reason", default="", metavar="WORDS", help="review, or not due yet")
    made.add_argument(
        "--looked",
        nargs="+",
        action="extend",
        default=[],
        metavar="REF",
        help="open matters: nothing they concern is in these holdings; or ALL, with --looked-how",
    )
    made.add_argument("--looked-how", default="", metavar="WORDS", help="how you checked; no names")
    made.add_argument("--handed-to", default="", metavar="NAME")
    made.add_argument("--receipt", type=day, metavar="DATE", help="receipt confirmed")
    made.add_argument("--contractor", default="", metavar="NAME")
    made.add_argument("--certificate", default="", metavar="NUMBER", help="of the contractor")
    made.add_argument("--told", type=day, metavar="DATE", help="third parties told to delete")
    made.add_argument("--to", type=Path, metavar="FILE", help="the certificate, as a PDF")


def _consents(command: _Maker) -> None:
    made = command(
        "photo-check",
        "Says whether a picture with these people may be used, or who not and why.",
        "One unknown name, or one that two pupils have, makes it a no. A class in brackets tells "
        "them apart: 'Ana Ward (4B)'.",
    )
    made.add_argument("--use", required=True, metavar="USE", help="such as Website")
    made.add_argument("names", nargs="+", metavar="NAME", help="a whole name, in quotation marks")

    for name, words in (
        ("class-sheet", "Prints who of a class may be photographed for what."),
        ("consent-forms", "Prints a consent form for each pupil of a class."),
    ):
        made = command(name, words)
        made.add_argument("name", metavar="CLASS", help="a class or year group: 4B, 'Year 4'")
        made.add_argument("--to", type=Path, required=True, metavar="FILE")
