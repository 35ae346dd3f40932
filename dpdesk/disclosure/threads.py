"""Which messages belong together: by the numbers in their heads, never by their subjects alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Protocol


class _Headed(Protocol):
    """A document as the threads see it."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def parent_id(self) -> int | None:
        """That of the document that it came in."""

    @property
    def message_id(self) -> str:
        """The number that a message gives itself; empty for other files."""

    @property
    def answers(self) -> tuple[str, ...]:
        """The numbers of the messages that it answers."""


def threads(documents: Iterable[_Headed]) -> Mapping[int, int]:
    """The thread of each message: the number of the first document in it.

    Two messages belong together where one answers the other, or both answer a third that need
    not be here. What came inside a message belongs to its thread, unless it is a message with
    numbers of its own. Documents that belong to none are not among the answers.
    """
    every = list(documents)
    leads: dict[str, str] = {}

    def lead(number: str) -> str:
        while (above := leads.setdefault(number, number)) != number:
            leads[number] = leads[above]  # shorter for the next one who asks
            number = above
        return number

    for each in every:
        numbers = _numbers(each)
        for one, two in pairwise(numbers):
            leads[lead(two)] = lead(one)
    first: dict[str, int] = {}
    found: dict[int, int] = {}
    for each in every:
        numbers = _numbers(each)
        if numbers:
            found[each.id] = first.setdefault(lead(numbers[0]), each.id)
        elif each.parent_id in found:
            found[each.id] = found[each.parent_id]
    return found


def _numbers(each: _Headed) -> list[str]:
    # Their signs are compared as they are written: programs do not change them.
    return [number for number in (each.message_id, *each.answers) if number]
