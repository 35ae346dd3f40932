"""What every page is given by the window, so that rooms never reach for each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ui.kit.pieces.bus import Bus
from ui.kit.pieces.prompts import Prompter
from ui.kit.pieces.tasks import TaskRunner


class Navigator(Protocol):
    """Goes to pages by name; the window is one."""

    def open_entry(self, register: str, entry_id: int, place: str = "") -> None:
        """Shows one entry of a register, at a stage or section of its page."""

    def new_entry(self, register: str, *, like: int = 0) -> None:
        """Begins a new entry, with the answers of the entry ``like`` where one is given."""

    def open_kept(self, register: str, entry_id: int = 0) -> None:
        """Takes up what was typed into an entry, or a new one (0), and is not saved yet."""

    def open_page(self, name: str, **more: Any) -> None:
        """Shows a page: "home", the key of a register, "settings" and so on.

        ``more`` is up to the page, for example ``chip="overdue"`` or ``search="Smith"``.
        """

    def open_help(self, page: str) -> None:
        """Shows a page of the help."""

    def back(self) -> None:
        """Goes to where the user was before."""


class Messages(Protocol):
    """The message bar at the foot of the window."""

    def say(self, text: str, *, undo: Callable[[], object] | None = None, tone: str = "ok") -> None:
        """Shows one sentence, with Undo where ``undo`` is given."""

    def withdraw(self, text: str) -> None:
        """Takes that sentence away where it still stands, because it is no longer true."""


class Preferences(Protocol):
    """What the user arranged: widths, columns, appearance. Kept by the workspace."""

    def get(self, name: str, default: Any = None) -> Any:
        """A remembered value (numbers, text, lists, mappings), or ``default``."""

    def set(self, name: str, value: Any) -> None:
        """Remembers a value. Raises NoRoom."""

    def remember(self, name: str, value: Any) -> None:
        """The same for what is worth no word where it cannot be written."""


class Drafts(Protocol):
    """Keeps what is being typed inside the encrypted database."""

    def keep(
        self,
        register: str,
        entry_id: int,
        version: int,
        answers: Mapping[str, Any],
        parent_id: int = 0,
    ) -> None:
        """Keeps half-typed answers, in place of those kept before.

        ``answers`` are texts by field name, as :func:`dpdesk.registers.wording.freeze` writes
        them; what cannot be read is the text as typed.
        """

    def find(self, register: str, entry_id: int, parent_id: int = 0) -> Any:
        """The :class:`dpdesk.registers.entries.DraftNote` kept for an entry, or None."""

    def drop(self, register: str, entry_id: int, parent_id: int = 0) -> None:
        """Forgets what was kept."""


class Forgetful:
    """Preferences that last as long as the window: for tests and before a workspace is open."""

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}

    def get(self, name: str, default: Any = None) -> Any:
        """A remembered value, or ``default``."""
        return self._kept.get(name, default)

    def set(self, name: str, value: Any) -> None:
        """Remembers a value."""
        self._kept[name] = value

    def remember(self, name: str, value: Any) -> None:
        """Remembers a value."""
        self._kept[name] = value


@dataclass
class Surroundings:
    """The window around a page."""

    navigator: Navigator
    messages: Messages
    prompter: Prompter
    tasks: TaskRunner
    bus: Bus = field(default_factory=Bus)
    preferences: Preferences = field(default_factory=Forgetful)
    drafts: Drafts | None = None
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    """The present moment; tests and pictures set it."""


Steps = Sequence[Any]
"""Steps of a due date, each with ``text``, ``source`` and ``date``."""
