"""What a sheet holds beside what its cells show: formulas, lists, merges; for workers only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from dpdesk.documents.office_zip import Packed, short
from dpdesk.documents.sheet_book import done, streamed
from dpdesk.documents.sheet_grid import letters, place

_QUOTED: Final = re.compile(r'"((?:[^"]|"")*)"')
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
_MOST: Final = 50_000
_WIDEST: Final = 20_000  # cells of one merged place
_TOLD: Final = ("promptTitle", "prompt", "errorTitle", "error")


@dataclass(slots=True)
class SheetRules:
    """The words of formulas and of lists to choose from, and cells below merged ones."""

    formulas: dict[str, None] = field(default_factory=dict)
    choices: dict[str, None] = field(default_factory=dict)
    covered: set[str] = field(default_factory=set)
    """Cells, called like B12."""


def called(row: int, column: int) -> str:
    """What a cell is called, by its row and column from 0."""
    return f"{letters(column)}{row + 1}"


def quoted(formula: str) -> Iterator[str]:
    """The words that stand in a formula itself; patterns of numbers are none."""
    for match in _QUOTED.finditer(formula):
        if _LETTERS.search(match[1]):
            yield match[1].replace('""', '"')


def of(packed: Packed, part: str) -> SheetRules:
    """What a sheet holds, read from its part once more."""
    found = SheetRules()
    for each in streamed(packed, part):
        name = short(each)
        if name == "s:row":
            for formula in each.iter():
                if short(formula) == "s:f" and formula.text and len(found.formulas) < _MOST:
                    found.formulas.update(dict.fromkeys(quoted(formula.text)))
            done(each)
        elif name == "s:mergeCell":
            found.covered.update(_below(each.get("ref") or ""))
        elif name == "s:dataValidation":
            for text in (each.get(key) or "" for key in _TOLD):
                if text:
                    found.choices[text] = None
        elif name in {"s:formula1", "s:formula2", "s:formula"}:
            found.choices.update(dict.fromkeys(quoted(each.text or "")))
    return found


def _below(reference: str) -> Iterator[str]:
    """All cells of a merged place but its first."""
    start, _, end = reference.partition(":")
    one, other = place(start), place(end)
    if one is None or other is None:
        return
    if (other[0] - one[0] + 1) * (other[1] - one[1] + 1) > _WIDEST:
        return
    for row in range(one[0], other[0] + 1):
        for column in range(one[1], other[1] + 1):
            if (row, column) != one:
                yield called(row, column)
