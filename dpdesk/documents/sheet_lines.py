"""Files of lines (``.csv``) as a table; used inside workers only."""

from __future__ import annotations

import csv
import io
from typing import Final

from dpdesk.documents import sheet_pages
from dpdesk.documents.decoding import about_codes, decode
from dpdesk.documents.normal import Normal
from dpdesk.documents.sheet_grid import Budget, Grid, GridCell
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits

_SIGNS: Final = ",;\t|"
_SAMPLE: Final = 50
_LONGEST_CELL: Final = 10_000_000


def lines(content: bytes, _password: str | None, limits: Limits) -> Normal:
    """A file of lines as a table. Raises UnreadableFile for one without any words."""
    decoded = decode(content)
    text = decoded.text if decoded else ""
    if not text.strip():
        raise UnreadableFile("This file contains nothing but spaces.", "Ask for it again.")
    grid, budget = Grid(""), Budget()
    csv.field_size_limit(_LONGEST_CELL)
    sign = _between(text)
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=sign)):
            for column, words in enumerate(cells):
                if words.strip():
                    budget.spend()
                    grid.put(row, column, GridCell(words.strip(), _is_number(words)))
    except csv.Error:
        raise UnreadableFile(
            "The lines of this file cannot be told apart; it is probably damaged.",
            "Ask for it again, or open it in Excel, print it as PDF, and add that.",
        ) from None
    normal = sheet_pages.to_normal([grid], [], limits)
    normal.warnings += (*decoded.warnings, *about_codes(text)) if decoded else ()
    return normal


def _between(text: str) -> str:
    """The sign that stands between cells: the one that stands in all lines equally often."""
    sample = [line for line in text[:100_000].splitlines() if line.strip()][:_SAMPLE]

    def fitting(sign: str) -> tuple[float, int]:
        counts = [line.count(sign) for line in sample]
        usual = max(set(counts), key=counts.count)
        return (counts.count(usual) / len(counts) if usual else 0.0, usual)

    return max(_SIGNS, key=fitting)


def _is_number(words: str) -> bool:
    try:
        float(words.replace(",", ""))
    except ValueError:
        return False
    # A telephone number begins with a nought and stands where words stand.
    return not words.strip().startswith(("0", "+")) or words.strip() == "0"
