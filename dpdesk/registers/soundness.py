"""Is the description of a register sound? Asked when its record class is made.

A section that is spelt wrongly would show its questions under "Further answers", and an order by a
column that is not there would sort by nothing; neither would be seen before a user wondered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from dpdesk.registers.fields import Kind, Register

STANDING = frozenset({"reference", "title", "state", "due"})
"""Columns that every list has before its fields."""
_OWN = frozenset({"all"})
"""The chip that every list has."""


class UnsoundRegister(Exception):
    """A register is described wrongly: a fault of the program, found before it starts."""


def check(register: Register) -> Register:
    """The same register. Raises UnsoundRegister with everything that is wrong with it."""
    found = sorted(faults(register))
    if found:
        raise UnsoundRegister(f"{register.key}: {'; '.join(found)}")
    return register


def faults(register: Register) -> Iterator[str]:
    """What is wrong with the description, in a few words each."""
    names = {field.name for field in register.fields}
    sections = {section.key for section in register.sections}
    stages = {stage.key for stage in register.stages}
    for field in register.fields:
        if field.section not in sections and (field.section or sections):
            yield f"{field.name} stands in no section: {field.section!r}"
        if field.kind in {Kind.CHOICE, Kind.CHOICES} and not field.choices:
            yield f"{field.name} offers nothing to choose"
        for code in _twice(choice.code for choice in field.choices):
            yield f"{field.name} offers {code!r} twice"
        if field.name in STANDING:
            yield f"{field.name} is the name of a column that every list has"
    for section in register.sections:
        if section.stage and section.stage not in stages:
            yield f"section {section.key!r} belongs to no stage: {section.stage!r}"
    if register.order.removeprefix("-") not in names | STANDING:
        yield f"there is no column to sort by: {register.order!r}"
    for what, keys in (
        ("section", [section.key for section in register.sections]),
        ("stage", [stage.key for stage in register.stages]),
        ("state", [state.key for state in register.states]),
        ("chip", [*_OWN, *(chip.key for chip in register.chips)]),
    ):
        for key in _twice(keys):
            yield f"{what} {key!r} is there twice"


def _twice(keys: Iterable[str]) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]
