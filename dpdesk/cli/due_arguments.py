"""What may be said with ``due``: the dates that each clock runs on."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from dpdesk.cli.typed import day, moment, span
from dpdesk.law.request_kinds import ClockKind, RequestKind, every_kind

Everywhere = Callable[[argparse.ArgumentParser], None]
"""Adds what may be said with every command."""


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


def add_due(command: Callable[..., argparse.ArgumentParser], everywhere: Everywhere) -> None:
    """Adds the command and its kinds."""
    made = command(
        "due",
        "Says when a request must be answered, a breach reported, or a record goes, and why.",
        "Needs no workspace.",
    )
    kinds = made.add_subparsers(dest="kind", metavar="KIND", required=True)
    words = "The 72 hours to report a breach, from the moment of awareness in local time."
    made = kinds.add_parser("breach", help=words, description=words, allow_abbrev=False)
    everywhere(made)
    made.add_argument(
        "--aware", type=moment, required=True, metavar="DATETIME", help="such as 2026-03-27T10:00"
    )
    _requests(kinds, everywhere)
    words = "From which day records of a class may be disposed of, under the standard schedule."
    made = kinds.add_parser("retention", help=words, description=words, allow_abbrev=False)
    everywhere(made)
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


def _requests(kinds: Any, everywhere: Everywhere) -> None:
    """The clocks of requests and complaints."""

    def clock(name: str, words: str, more: str = "") -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = kinds.add_parser(
            name, help=words, description=f"{words} {more}".strip(), allow_abbrev=False
        )
        everywhere(made)
        made.add_argument("--received", type=day, required=True, metavar="DATE")
        made.add_argument(
            "--holiday", type=day, action="append", default=[], metavar="DATE", dest="holidays"
        )
        return made

    open_ones = "Without --answered, a question is still open."
    made = clock("sar", "The month to answer a subject access request.", open_ones)
    _month(made)
    made = clock("rights", "The month of any right.", "Only for access does a question pause it.")
    rights = [kind.value for kind, of in every_kind().items() if of.clock is ClockKind.MONTH]
    made.add_argument(
        "--kind",
        default=RequestKind.ACCESS.value,
        choices=rights,
        dest="right",
        metavar="KIND",
        help=f"one of {', '.join(rights)}; if not given, access",
    )
    _month(made)
    made = clock("complaint", "The 30 days to acknowledge a data protection complaint.")
    made.add_argument("--acknowledged", type=day, metavar="DATE")
    made.add_argument(
        "--target", type=int, metavar="DAYS", help="the school's own days to the outcome"
    )
    made = clock(
        "educational",
        "15 school days or one month for the educational record, as the policy promises.",
    )
    made.add_argument(
        "--term", type=span, action="append", default=[], metavar="DATE:DATE", dest="terms"
    )
    made.add_argument(
        "--closed", type=span, action="append", default=[], metavar="DATE:DATE", dest="closures"
    )
    made.add_argument(
        "--inset", type=day, action="append", default=[], metavar="DATE", dest="inset_days"
    )
    made.add_argument(
        "--not-promised", action="store_true", help="the school does not follow that promise"
    )
    made = clock("exam", "When exam marks that are not out yet must be given.")
    made.add_argument("--announced", type=day, metavar="DATE", help="results announced")


def _month(made: argparse.ArgumentParser) -> None:
    made.add_argument("--identity", type=day, metavar="DATE", help="proof of identity received")
    made.add_argument("--fee", type=day, metavar="DATE", help="fee paid")
    made.add_argument(
        "--asked", type=day, action=_Asked, metavar="DATE", dest="questions", default=[]
    )
    made.add_argument(
        "--answered", type=day, action=_Answered, metavar="DATE", dest="questions", default=[]
    )
    made.add_argument("--extended", type=day, metavar="DATE", help="requester told of an extension")
