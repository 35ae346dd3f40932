"""What may be said with the commands about the desk as a whole: report, evidence, publish, ask."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from dpdesk.cli.typed import day


def add_whole(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Adds them; ``command`` makes one."""
    made = command(
        "report",
        "Writes the report to the proprietor for a period; no person is named in it.",
        "The name of the file ends with .pdf, .docx or .html.",
    )
    made.add_argument("what", choices=["governance"], metavar="governance")
    made.add_argument("--from", dest="since", type=day, required=True, metavar="DATE")
    made.add_argument("--to", dest="until", type=day, required=True, metavar="DATE")
    made.add_argument("--out", type=Path, required=True, metavar="FILE")
    made.add_argument("--comment", default="", metavar="WORDS", help="printed on the first page")
    made.add_argument("--keep", action="store_true", help="keep it on the shelf, too")
    made.add_argument(
        "--figures", action="store_true", help="its figures, too, in FILE.figures.json beside it"
    )

    made = command(
        "beside",
        "Sets the figures of several reports side by side; needs no workspace.",
        "Each FILE holds the figures of one report: of another school, or of another period. "
        "Without --out they are printed; its name ends with .pdf, .docx or .html.",
    )
    made.add_argument("files", type=Path, nargs="+", metavar="FILE")
    made.add_argument("--out", type=Path, metavar="FILE")

    _add_evidence(command)

    made = command(
        "publish",
        "Writes what parents may read about what is held, as a web page and a paper.",
        "Where a row may name a person, nothing is written until it is held back.",
    )
    made.add_argument("--to", type=Path, required=True, metavar="DIR")
    made.add_argument(
        "--without", nargs="+", action="extend", default=[], metavar="REF", help="left out"
    )
    made.add_argument(
        "--anyway", action="store_true", help="publish rows that may name a person, too"
    )

    made = command(
        "public-forms",
        "Writes the forms to ask, to complain and to withdraw consent, as PDF and for Word.",
        "Each has a code by which it is known when it comes back.",
    )
    made.add_argument("--to", type=Path, required=True, metavar="DIR")

    made = command(
        "returned-forms",
        "Says what such forms seem to say, filled in on a computer, or printed and scanned.",
        "Nothing is recorded: a person logs each request in the window, beside its picture.",
    )
    made.add_argument("files", type=Path, nargs="+", metavar="FILE", help="PDF, Word or pictures")

    made = command("ask", "Answers a question in ordinary words; needs no workspace.")
    made.add_argument("words", nargs="+", metavar="WORDS")


def _add_evidence(command: Callable[..., argparse.ArgumentParser]) -> None:
    made = command(
        "evidence",
        "Writes what proves each clause of the policy into an empty folder.",
        "MANIFEST.sha256 lets anybody check the files (sha256sum -c). Entries are named by "
        "reference only, unless more is asked for. That the pack was made is written into the "
        "history.",
    )
    made.add_argument("--to", type=Path, required=True, metavar="DIR")
    made.add_argument("--since", type=day, metavar="DATE", help="a year ago, if not given")
    made.add_argument("--until", type=day, metavar="DATE", help="today, if not given")
    made.add_argument(
        "--only", nargs="+", action="extend", default=[], metavar="REGISTER", help="these registers"
    )
    people = made.add_mutually_exclusive_group()
    people.add_argument(
        "--with-personal", action="store_true", help="titles and what was typed, too"
    )
    people.add_argument(
        "--pseudonyms", action="store_true", help="the same, with numbers in place of people"
    )
    made.add_argument(
        "--who", type=Path, metavar="FILE.pdf", help="who is who in it; stays in the school"
    )
