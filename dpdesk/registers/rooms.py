"""Rooms: what every feature is to the desk, and the one way in which features meet.

A feature that needs something of another asks, when all rooms are there, for whatever offers it
(:meth:`Rooms.every`). What can be asked for is a class of this floor, so that neither feature has
to know the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from dpdesk.errors import NoRoom
from dpdesk.registers.duties import Answering
from dpdesk.registers.service import RegisterService
from dpdesk.registers.settings import SettingsService

T = TypeVar("T")


class Room:
    """A feature as the desk opens it."""

    key: ClassVar[str]
    """Its name on the desk: ``desk.requests.requests``."""
    registers: tuple[RegisterService[Any, Any], ...] = ()
    """Its registers that have a list of their own; those of their parts come with them."""
    settings: tuple[SettingsService[Any], ...] = ()
    """What the school can set about it; the page of the settings shows each under its title."""
    answers: tuple[Answering, ...] = ()
    """Who answers the four questions for it."""

    rests_on: tuple[str, ...] = ()
    """Keys of registers of other rooms that its answers rest on."""

    def offers(self) -> Iterable[object]:
        """Everything that other rooms may ask for; its registers, if nothing else."""
        return self.registers

    def join(self, rooms: Rooms) -> None:
        """Takes from the other rooms what this one needs; asked once, when all are there."""
        for service in self.services():
            service.join(rooms)

    def freshen(self) -> None:
        """Work that an opening may ask for: another version of the program reckons otherwise."""

    def catch_up(self) -> None:
        """Works out afresh what only the passing of days has changed since the last opening."""
        try:
            for service in self.services():
                service.catch_up()
        except NoRoom:
            # What cannot be written can still be read; it is tried again on the next opening.
            return

    def services(self) -> Iterator[RegisterService[Any, Any]]:
        """Its registers, each followed by those of its parts."""
        for service in (*self.registers, *self.settings):
            yield service
            yield from service.part_services


class Rooms:
    """All the rooms of a desk, to be asked for what they offer."""

    def __init__(self, rooms: Sequence[Room]) -> None:
        self._rooms = tuple(rooms)

    def __iter__(self) -> Iterator[Room]:
        return iter(self._rooms)

    def every(self, kind: type[T]) -> tuple[T, ...]:
        """Whatever is of this kind, in any room."""
        return tuple(each for room in self for each in room.offers() if isinstance(each, kind))

    def registers(self) -> Mapping[str, RegisterService[Any, Any]]:
        """Every register that has a list of its own, by its key."""
        return {each.register.key: each for room in self for each in room.registers}
