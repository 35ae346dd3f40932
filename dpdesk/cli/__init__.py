"""Commands without a window: ``main(argv)`` runs one and returns its exit code.

0 done, 1 failed with one line on standard error, 2 wrong usage. With ``--json`` there is exactly
one JSON object on standard output, also where a command failed.

What a command needs is imported when it runs, so that ``due`` answers without the database and
the window opens without any of this.
"""

from __future__ import annotations

import io
import json
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Final

from dpdesk.cli.answers import Answer, one_line
from dpdesk.cli.arguments import parser
from dpdesk.errors import DpdeskError, InvalidEntry, MissingPart

DONE, FAILED, WRONG_USAGE = 0, 1, 2
_ALONE: Final = {
    "due": ("dpdesk.cli.due", "due"),
    "self-test": ("dpdesk.cli.self_test", "self_test"),
    "inspect": ("dpdesk.cli.inspecting", "inspect"),
    "beside": ("dpdesk.cli.showing", "beside"),
}
"""Commands that answer without what the others need, and where they are."""


def main(argv: Sequence[str]) -> int:
    """Runs the command that the arguments name; returns the exit code and raises nothing."""
    _speak_utf8()
    try:
        arguments = parser().parse_args(argv)
    except SystemExit as stop:
        # The parser has said already what is wrong; a caller wants the code, not an exception.
        return stop.code if isinstance(stop.code, int) else WRONG_USAGE
    except MissingPart as error:
        # The commands list what can be chosen, so none of them is known without the lists.
        return _say(_failed(str(error)), as_json="--json" in argv)
    try:
        return _say(_run(arguments), as_json=arguments.json)
    except BrokenPipeError:
        # Whoever was reading has seen enough; nothing may be written at the end of the program.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return FAILED


def _run(arguments: Namespace) -> Answer:
    """The answer of a command, or the sentence why there is none."""
    try:
        return _command(arguments.command)(arguments)
    except InvalidEntry as error:
        sentence = one_line(" ".join(error.problems.values()))
        return Answer({"error": sentence, "problems": error.problems}, complaint=sentence)
    except DpdeskError as error:
        return _failed(str(error))
    except KeyboardInterrupt:
        return _failed("Stopped by the keyboard. What was saved before is safe.")
    except Exception as error:  # noqa: BLE001 — the last stop before the user: no stack trace, ever
        from dpdesk.cli.faults import noted

        return _failed(noted(error))


def _command(name: str) -> Callable[[Namespace], Answer]:
    """The function behind a command."""
    if name in _ALONE:
        module, function = _ALONE[name]
        alone: Callable[[Namespace], Answer] = getattr(import_module(module), function)
        return alone
    from dpdesk.cli import (
        adding,
        assuring,
        breaching,
        calendaring,
        consenting,
        corresponding,
        disclosing,
        finding,
        forms,
        keeping,
        listing,
        processing,
        registers,
        retaining,
        scanning,
        setting_aside,
        showing,
        suggesting,
        updating,
    )

    return {
        "update": updating.update,
        "example": keeping.example,
        "check": keeping.check,
        "backup": keeping.backup,
        "restore": keeping.restore,
        "entries": registers.entries,
        "new": registers.new,
        "add": adding.add,
        "read-scans": scanning.read_scans,
        "mark": disclosing.mark,
        "suggest": suggesting.suggest,
        "aside": setting_aside.aside,
        "bundle": disclosing.bundle,
        "letter": corresponding.letter,
        "case-file": corresponding.case_file,
        "portable": corresponding.portable,
        "destroy-case": corresponding.destroy_case,
        "breach-report": breaching.breach_report,
        "export": processing.export,
        "import": listing.bring_in,
        "calendar": calendaring.calendar,
        "report": showing.report,
        "evidence": showing.evidence,
        "publish": showing.publish,
        "ask": showing.ask,
        "findings": finding.findings,
        "photo-check": consenting.photo_check,
        "class-sheet": consenting.class_sheet,
        "consent-forms": consenting.consent_forms,
        "read-forms": consenting.read_forms,
        "public-forms": forms.public_forms,
        "returned-forms": forms.returned_forms,
        "print": assuring.print_paper,
        "schedule": retaining.schedule,
        "dispose": retaining.dispose,
    }[name]


def _failed(sentence: str) -> Answer:
    line = one_line(sentence)
    return Answer({"error": line}, complaint=line)


def _say(answer: Answer, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps(answer.content, ensure_ascii=_plainly(), indent=1), flush=True)
    elif answer.words:
        print(answer.words, flush=True)
    if answer.complaint:
        print(f"dpdesk: {answer.complaint}", file=sys.stderr)
        return FAILED
    return answer.code


def _plainly() -> bool:
    """Must letters with accents be written as JSON spells them out?

    Older shells of Windows take what a program hands on for letters of long ago.
    """
    return sys.platform == "win32" and not sys.stdout.isatty()


def _speak_utf8() -> None:
    """Names have accents, and the console of Windows would refuse to print them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
