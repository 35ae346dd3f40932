"""The one rule for "names somebody on record": asked before anything is made that names nobody.

People are known from every question that asks for a person, in any register. How a name is found
in a text is said by :mod:`dpdesk.registers.known_names`; phrases that are none (the school's own
name, bodies, whoever signs a paper) are let pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dpdesk.law.accents import in_form
from dpdesk.registers.known_names import KnownNames
from dpdesk.registers.names import sure_within, typed_within
from dpdesk.registers.rooms import Rooms
from dpdesk.registers.service import RegisterService
from dpdesk.store.database import Database

Phrases = Callable[[], Iterable[str]]


@dataclass(frozen=True, slots=True)
class _Known:
    changed_at: int
    names: KnownNames


class NamesOnRecord:
    """Says which words of a text name somebody on record.

    ``free`` are phrases that name nobody: the school's own name, its address, bodies.
    """

    def __init__(self, rooms: Rooms, database: Database, free: Phrases) -> None:
        self._database, self._free = database, free
        self._services: tuple[RegisterService[Any, Any], ...] = tuple(
            service for room in rooms for service in room.services()
        )
        self._kept: _Known | None = None

    def named_in(self, texts: Iterable[str], free: Iterable[str] = ()) -> tuple[str, ...]:
        """The words that name somebody, as they are written, each once, in their order.

        ``free``: more phrases that are let pass, as the name of the officer on a notice.
        """
        known, let_pass = self._known(), self._passing(free)
        found: dict[str, None] = {}
        for text in texts:
            plain = in_form("NFC", text)
            for start, end in _places(known, plain, let_pass):
                found[plain[start:end]] = None
        return tuple(found)

    def replaced(self, text: str, by: Callable[[str], str], free: Iterable[str] = ()) -> str:
        """The text with what ``by`` says of each name in place of it; ``free`` as above."""
        plain, at = in_form("NFC", text), 0
        parts: list[str] = []
        for start, end in _places(self._known(), plain, self._passing(free)):
            parts += [plain[at:start], by(plain[start:end])]
            at = end
        return "".join((*parts, plain[at:]))

    def _passing(self, free: Iterable[str]) -> list[str]:
        return [phrase for phrase in (*self._free(), *free) if phrase.strip()]

    def _known(self) -> KnownNames:
        """Worked out afresh only after something was saved: a school has thousands of names."""
        changed_at = self._database.changed_at(each.register.key for each in self._services)
        if self._kept is None or self._kept.changed_at != changed_at:
            with self._database.reading() as session:
                names = KnownNames(
                    typed_within(session, self._services), sure_within(session, self._services)
                )
            self._kept = _Known(changed_at, names)
        return self._kept.names


def _places(known: KnownNames, text: str, let_pass: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where names stand that no phrase lets pass."""
    passing = list(_standing(text, let_pass))
    for start, end in known.places(text):
        if not any(one <= start and end <= other for one, other in passing):
            yield start, end


def _standing(text: str, phrases: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where these phrases stand in a text, without regard to capitals."""
    low = text.casefold()
    if len(low) != len(text):  # rare letters that grow when folded: nothing is let pass
        return
    for phrase in dict.fromkeys(in_form("NFC", each).casefold().strip() for each in phrases):
        at = low.find(phrase) if phrase else -1
        while at >= 0:
            yield at, at + len(phrase)
            at = low.find(phrase, at + 1)
