"""How a page will look when it is released, as the workbench shows it.

A worker works it out (``preview``), which has what draws and burns; here stands only how it is
asked, so that a window need not load that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dpdesk.disclosure.looking import Mark, planned_mark
from dpdesk.disclosure.packing import sides_of, unpack_line
from dpdesk.disclosure.plan import SetLine
from dpdesk.documents.pages import Box, Page

TASK = "dpdesk.disclosure.preview:lay_out"
"""What the worker is asked for."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """A page as it will be released: what is black, which lines are set anew, what is uneven.

    ``uneven`` are the numbers of the marks whose areas may follow what they remove.
    """

    areas: tuple[Box, ...]
    lines: tuple[SetLine, ...] = ()
    uneven: tuple[int, ...] = ()


def asked(page: Page, marks: Sequence[Mark]) -> tuple[str, dict[str, Any], bytes]:
    """The task of the worker, its request, and the bytes that go with it."""
    planned = [planned_mark(mark) for mark in marks]
    told = [[mark.number, sides_of(mark.box), mark.kind] for mark in planned]
    return TASK, {"marks": told}, page.pack()


def answered(answer: dict[str, Any]) -> Outlook:
    """What the worker said."""
    return Outlook(
        tuple(Box(*sides) for sides in answer["areas"]),
        tuple(map(unpack_line, answer["lines"])),
        tuple(answer["uneven"]),
    )
