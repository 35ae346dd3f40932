"""Any list as it stands on the screen, on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from . import look
from .kit import Column, Letterhead, Paper, Printed, Status
from .tables import natural_widths

Answer = str | Status

_UPRIGHT = look.A4[0] - 2 * look.MARGIN
_LEVEL = look.A4[1] - 2 * look.MARGIN


@dataclass(frozen=True, slots=True)
class RegisterList:
    """A list as shown: its columns and rows in the order of the screen.

    ``filter_words`` says in words what was left out ("Open, received since 1 September"); ``of``
    is the number of entries in the whole register where it is known.
    """

    title: str
    columns: tuple[Column | str, ...]
    rows: tuple[tuple[Answer, ...], ...]
    printed_on: date
    filter_words: str = ""
    of: int | None = None
    letterhead: Letterhead | None = None
    marking: str = "Confidential"


def register_list(shown: RegisterList) -> Printed:
    """Prints the list: upright where it fits, else lying, else one block for each entry."""
    columns = [c if isinstance(c, Column) else Column(c) for c in shown.columns]
    natural, least = natural_widths(columns, shown.rows, look.CELL)
    lying = sum(least) > _UPRIGHT * 0.95 or sum(min(n, 150.0) for n in natural) > _UPRIGHT
    small = lying and sum(least) > _LEVEL * 0.95
    blocks = small and sum(least) * look.CELL_SMALL.size / look.CELL.size > _LEVEL * 1.05
    paper = Paper(
        shown.title,
        letterhead=shown.letterhead,
        marking=shown.marking,
        printed_on=shown.printed_on,
        landscape=lying and not blocks,
    )
    paper.text(_said(shown), style=look.BODY.but(colour=look.MUTED), gap=2.0)
    if blocks:
        _as_blocks(paper, columns, shown.rows)
    else:
        paper.table(
            columns,
            shown.rows,
            empty="Nothing recorded." if not shown.filter_words else "Nothing matches.",
            style=look.CELL_SMALL if small else look.CELL,
        )
    return paper.printed()


def _said(shown: RegisterList) -> str:
    here = len(shown.rows)
    number = f"{here:,} {'entry' if here == 1 else 'entries'}"
    if shown.of is not None and shown.of != here:
        number = f"{here:,} of {shown.of:,} entries"
    return f"{number} · {shown.filter_words}" if shown.filter_words else number


def _as_blocks(paper: Paper, columns: Sequence[Column], rows: Sequence[Sequence[Answer]]) -> None:
    """Too many columns for any page: each entry becomes a block of question and answer."""
    for number, row in enumerate(rows, 1):
        first = row[0].word if isinstance(row[0], Status) else row[0]
        paper.heading(first or f"Entry {number}", 2)
        paper.facts([(c.title, cell) for c, cell in zip(columns[1:], row[1:], strict=True)])
