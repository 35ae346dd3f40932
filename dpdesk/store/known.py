"""The workspaces that were opened on this computer: one person may serve several schools.

Only folders are remembered, and a number by which each has a colour of its own. Nothing of a
school is: what it is called stands inside its workspace.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from dpdesk.store.paths import as_found, as_remembered

_NAME: Final = "workspaces"
_LAST: Final = "last_workspace"
COLOURS: Final = 6
_MOST: Final = 20


class Remembering(Protocol):
    """What this computer remembers, by names."""

    def get(self, name: str, default: Any = None) -> Any:
        """A remembered value, or ``default``."""

    def remember(self, name: str, value: Any) -> None:
        """Remembers a value, if it can be written."""


@dataclass(frozen=True, slots=True)
class KnownWorkspace:
    """A folder that was opened here. ``colour`` is a number from 0 to ``COLOURS`` - 1."""

    folder: Path
    colour: int


def known(preferences: Remembering) -> tuple[KnownWorkspace, ...]:
    """Those that were opened here, in the order in which they were first opened."""
    found = []
    for each in _rows(preferences):
        match each:
            case [str(folder), int(colour)] if folder:
                found.append(KnownWorkspace(as_found(folder), colour % COLOURS))
    return tuple(found[:_MOST])


def last(preferences: Remembering) -> Path | None:
    """The one that was opened last; None where none ever was."""
    found = preferences.get(_LAST)
    return as_found(found) if found and isinstance(found, str) else None


def remember(preferences: Remembering, folder: Path, *, next_time: bool = True) -> KnownWorkspace:
    """Notes that a workspace was opened; a new one gets the colour that the fewest have.

    ``next_time``: whether it is the one that is offered at the next start.
    """
    if next_time:
        preferences.remember(_LAST, as_remembered(folder))
    every = known(preferences)
    for each in every:
        if each.folder == folder:
            return each
    used = [each.colour for each in every]
    colour = min(range(COLOURS), key=lambda number: (used.count(number), number))
    made = KnownWorkspace(folder, colour)
    kept = [[as_remembered(each.folder), each.colour] for each in (*every, made)]
    preferences.remember(_NAME, kept[-_MOST:])
    return made


def forget(preferences: Remembering, folder: Path) -> None:
    """Takes a folder off the list; nothing in it is touched."""
    kept = [[as_remembered(e.folder), e.colour] for e in known(preferences) if e.folder != folder]
    preferences.remember(_NAME, kept)


def _rows(preferences: Remembering) -> list[Any]:
    found = preferences.get(_NAME, [])
    return found if isinstance(found, list) else []
