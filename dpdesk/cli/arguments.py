"""Which commands there are and what may be said with them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from dpdesk import __version__
from dpdesk.cli.due_arguments import add_due
from dpdesk.cli.request_arguments import add_request_papers
from dpdesk.cli.typed import answer, box, day, page
from dpdesk.cli.whole_arguments import add_whole


@cache
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
    add_due(command, partial(_everywhere, first=False))
    _registers(command)
    _disclosing(command)
    add_request_papers(command)
    _inspecting(command)
    _suggesting(command)
    _setting_aside(command)
    _assets(command)
    _calendar(command)
    _retention(command)
    _consents(command)
    _assurance(command)
    add_whole(command)
    trying = command("self-test", "Tries everything once in a temporary workspace.")
    trying.add_argument("--faults-only", action="store_true", help="report only what failed")
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

    made = command("update", "Installs a newer dpdesk out of the file of an update.")
    made.add_argument("file", type=Path, metavar="FILE")
    made.add_argument("--look", action="store_true", help="only say what it holds")


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
        "Adds documents to an entry: files of all kinds, and folders of them.",
        "Every file that can be read is added; if one of them cannot, the command fails.",
    )
    made.add_argument("reference", metavar="REF")
    made.add_argument("files", type=Path, nargs="+", metavar="FILE", help="a file or a folder")
    made.add_argument(
        "--password-file", type=Path, metavar="F", help="its first line opens locked files"
    )
    _choosing(made)

    made = command(
        "read-scans",
        "Reads the words on pages that are pictures.",
        "add does so by itself; this goes on where it was stopped, or reads once more.",
    )
    made.add_argument("reference", metavar="REF")
    made.add_argument(
        "--again", action="store_true", help="reads all of them again, slower and better"
    )


def _suggesting(command: _Maker) -> None:
    made = command(
        "suggest",
        "Proposes what must not be given out: people, addresses, numbers.",
        "Nothing is marked but the kinds that are accepted. Whose data it is, who asks, and staff "
        "in their job are not proposed.",
    )
    made.add_argument("reference", metavar="REF")
    made.add_argument(
        "--accept",
        nargs="+",
        action="extend",
        metavar="KIND",
        help="mark these kinds, such as person telephone email; or all",
    )


def _setting_aside(command: _Maker) -> None:
    made = command(
        "aside",
        "Sets documents aside that are no part of the answer, or takes them back.",
        "Without --reason it lists the documents: threads, copies, how often the person is named "
        "(after suggest). Documents are counted from 1; of several ways to choose them all must "
        "fit. Set aside is not withheld: the covering letter tells the numbers.",
    )
    made.add_argument("reference", metavar="REF")
    made.add_argument("documents", nargs="*", type=page, metavar="N", help="these documents")
    made.add_argument("--reason", metavar="WHY", help="not-about, copy or dates")
    made.add_argument("--of", type=page, metavar="N", help="with copy: of this document")
    made.add_argument("--page", type=page, nargs="+", metavar="P", help="these pages of it only")
    made.add_argument("--note", default="", metavar="WORDS", help="why in this case")
    made.add_argument("--sender", metavar="WORDS", help="every document from this sender")
    made.add_argument("--subject", metavar="WORDS", help="every one with this subject or name")
    made.add_argument("--thread", type=page, metavar="N", help="all of the thread of document N")
    made.add_argument("--before", type=day, metavar="DAY", help="every one from before this day")
    made.add_argument("--after", type=day, metavar="DAY", help="every one from after this day")
    made.add_argument(
        "--unnamed", action="store_true", help="every one that does not name the person"
    )
    what = made.add_mutually_exclusive_group()
    what.add_argument("--proposed", action="store_true", help="all copies that are proposed")
    what.add_argument("--back", action="store_true", help="take them back")


def _choosing(made: argparse.ArgumentParser) -> None:
    """Which messages of a mailbox are wanted."""
    which = made.add_argument_group(
        "mailboxes of Outlook (.pst, .ost)",
        "Only the messages that fit all of these are added; of several words one is enough.",
    )
    several: Any = {"action": "append", "default": [], "metavar": "WORDS"}
    which.add_argument("--from", dest="senders", help="name or address of who sent it", **several)
    which.add_argument("--person", help="name or address of anybody it names", **several)
    which.add_argument("--words", help="in the subject, the text, an attachment’s name", **several)
    which.add_argument("--folder", help="part of a folder’s path", **several)
    which.add_argument("--since", type=day, metavar="DAY", help="the first day")
    which.add_argument("--until", type=day, metavar="DAY", help="the last day")
    which.add_argument("--all", action="store_true", help="all of its messages")


def _disclosing(command: _Maker) -> None:
    made = command(
        "mark",
        "Marks what must not be given out.",
        "Pages are counted through all documents of the request, from 1. --page and --all-pages "
        "withhold whole pages: a sheet with the reason takes their place.",
    )
    made.add_argument("reference", metavar="REF")
    made.add_argument(
        "--reason", required=True, metavar="CODE", help="another person (TP-16), for example"
    )
    what = made.add_mutually_exclusive_group(required=True)
    what.add_argument("--text", metavar="WORDS", help="every place where the words appear")
    what.add_argument(
        "--pattern",
        metavar="KIND",
        help="every telephone, email, postcode, date, nhs, upn or insurance number",
    )
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

    made = command("bundle", "Builds, checks and keeps the bundle of a request.")
    made.add_argument("reference", metavar="REF")
    made.add_argument("--to", type=Path, required=True, metavar="FILE")
    made.add_argument("--schedule", type=Path, metavar="FILE", help="list for the requester")
    made.add_argument("--sealed", type=Path, metavar="FILE", help="list for the school only")
    made.add_argument(
        "--password-file", type=Path, metavar="F", help="its first line locks the bundle"
    )


def _inspecting(command: _Maker) -> None:
    made = command(
        "inspect",
        "Says what can still be read in a file that was redacted elsewhere.",
        "PDF, Office and OpenDocument files and pictures. Needs no workspace, and keeps nothing. "
        "The exit code is 0 for a clean file and 3 where something was found.",
    )
    made.add_argument("file", type=Path, metavar="FILE")
    made.add_argument(
        "--password-file", type=Path, metavar="F", help="its first line opens a locked file"
    )
    made.add_argument("--to", type=Path, metavar="FILE", help="the report with pictures, as a PDF")


def _calendar(command: _Maker) -> None:
    made = command(
        "calendar",
        "Takes term dates from an iCalendar file, or writes what is due into one.",
        "import: events that say nothing of school days are left out, and every due date is worked "
        "out again. export: what is due, without personal data.",
    )
    made.add_argument("what", choices=["import", "export"], metavar="import|export")
    made.add_argument("file", type=Path, metavar="FILE.ics")
    made.add_argument(
        "--preview", action="store_true", help="says what would change, and writes nothing"
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
        "Reads the workbook of the ROPA (see export), or a list of people, into the register.",
        "What is here already is changed only where the file says otherwise; nothing is taken away."
        " People of whom it is doubtful whether they are here already are left out and named.",
    )
    made.add_argument("what", choices=["ropa", "people"], metavar="ropa or people")
    made.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="ropa: the workbook; people: a list out of the school’s system (CSV, xlsx or a Common "
        "Transfer File)",
    )
    made.add_argument(
        "--map",
        type=Path,
        metavar="FILE",
        help="people: JSON with the file’s headings and what they mean; kept for the next time",
    )
    made.add_argument(
        "--fill-down",
        action="store_true",
        help="people: a class or year that stands once is read for the empty cells below too",
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

    made = command(
        "read-forms",
        "Says what returned consent forms, scanned, seem to say.",
        "Nothing is recorded: a person confirms each form in the window, beside its picture.",
    )
    made.add_argument("files", type=Path, nargs="+", metavar="FILE", help="PDF or pictures")

    for name, words in (
        ("class-sheet", "Prints who of a class may be photographed for what."),
        ("consent-forms", "Prints a consent form for each pupil of a class."),
    ):
        made = command(name, words)
        made.add_argument("name", metavar="CLASS", help="a class or year group: 4B, 'Year 4'")
        made.add_argument("--to", type=Path, required=True, metavar="FILE", help="the PDF to write")


_ASSURANCE_PAPERS = (
    "notice",
    "dpia",
    "lia",
    "questions",
    "quiz",
    "quiz-answers",
    "closure",
    "agreement",
    "decision",
    "risks",
    "ratings",
)


def _assurance(command: _Maker) -> None:
    made = command(
        "print",
        "Writes a paper of assurance.",
        "notice, lia and closure end with .pdf, .docx or .html; dpia, agreement and questions with "
        ".pdf or .docx; the others with .pdf. risks and ratings take no reference; a quiz is "
        "basics, breaches or requests.",
    )
    made.add_argument("what", choices=_ASSURANCE_PAPERS)
    made.add_argument("reference", nargs="?", default="", metavar="REF")
    made.add_argument("--to", type=Path, required=True, metavar="FILE")
