"""Whole names that begin in capitals: "SMITH John", or "JOHN Smith".

In most lists capitals are the surname's. Where a column has it the other way round, the first names
in it say so; where nothing says, the capitals are taken for the surname, and the rows are named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from dpdesk import resources
from dpdesk.law.folding import fold
from dpdesk.people.cells import is_shouted, quiet, surname_leads, whole_name, word
from dpdesk.people.columns import Layout
from dpdesk.registers.spreadsheet_parts import Sheet

_PLAIN: Final = 3
"""Names of a column with the first name in capitals are a habit, where the others are far fewer."""
_FAR: Final = 4
_NAMED: Final = 5


@cache
def first_names() -> frozenset[str]:
    """First names in use, of general knowledge, in plain form."""
    files = ("alike.toml", "first.toml")
    every = (name for file in files for name in resources.kept("names", file)["given"].split())
    return frozenset(map(fold, every))


@dataclass(frozen=True, slots=True)
class NameOrder:
    """How the whole names of a list are meant that begin in capitals."""

    told: Mapping[str, str] = field(default_factory=dict)
    """Names as the list has them, to the same with a comma behind the surname."""
    unsure: tuple[tuple[str, int], ...] = ()
    """Names of which nothing says it, with their rows."""

    def notes(self) -> Iterator[str]:
        """A sentence on those of which nothing says which part is the surname."""
        if self.unsure:
            named = "; ".join(f"{name} (row {row})" for name, row in self.unsure[:_NAMED])
            if len(self.unsure) > _NAMED:
                named += f"; and {len(self.unsure) - _NAMED} more"
            yield (
                "Of names that begin in capitals the capitals are taken for the surname: "
                f"{named}. Look at these: where the first "
                "name is in capitals, write “Smith, John” in the list."
            )


def order_of(sheet: Sheet, layout: Layout) -> NameOrder:
    """Looks through every column of whole names."""
    told: dict[str, str] = {}
    unsure: list[tuple[str, int]] = []
    for place, (_who, what) in layout.columns.items():
        if what != "name":
            continue
        cells = [(word(r.cells[place]), r.number) for r in sheet.rows if place < len(r.cells)]
        found = {name: row for name, row in reversed(cells) if _may_be_either(name.split())}
        said = {name: _said(name.split()) for name in found}
        first, last = (sum(each is side for each in said.values()) for side in (True, False))
        capitals_last = sum(_ends_loudly(name.split()) for name, _ in cells)
        habit: bool | None = None
        several = sum(surname_leads(name.split()) > 1 for name, _ in cells)
        if first >= _PLAIN and first >= _FAR * (last + several + capitals_last):
            habit = True
        elif capitals_last or (last + several > 1 and last + several >= _FAR * first):
            habit = False
        for name, own in said.items():
            reversed_ = own if habit is None else habit
            if reversed_:
                told[name] = _first_name_first(name.split())
            elif reversed_ is None:
                unsure.append((name, found[name]))
    return NameOrder(told, tuple(sorted(unsure, key=lambda each: each[1])))


def _may_be_either(words: Sequence[str]) -> bool:
    """Is it one word in capitals before one or more that are not?"""
    return (
        "," not in "".join(words)
        and surname_leads(words) == 1
        and is_shouted(words[0])
        and "-" not in words[0]
    )


def _ends_loudly(words: Sequence[str]) -> bool:
    return len(words) > 1 and is_shouted(words[-1]) and not is_shouted(words[0], least=2)


def _said(words: Sequence[str]) -> bool | None:
    """Is the first word the first name (True), the one behind it (False), or may it be both?"""
    first, *rest = (fold(each) in first_names() for each in words)
    if first:
        return None if all(rest) else True
    return False if any(rest) else None


def _first_name_first(words: Sequence[str]) -> str:
    parts = whole_name(" ".join([quiet(words[0]), *words[1:]]))
    return f"{parts['surname']}, {parts['forename']}"
