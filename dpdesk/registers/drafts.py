"""Drafts: what is half typed in a form, kept until it is saved or thrown away.

The answers are kept as texts, so that one that cannot be read yet ("3 Nov" without a year) is
kept as it was typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dpdesk.registers.entries import DraftNote
from dpdesk.store import drafts
from dpdesk.store.database import Database


class DraftService:
    """The drafts of all registers, named by the register's key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(
        self,
        register: str,
        entry_id: int,
        version: int,
        answers: Mapping[str, Any],
        parent_id: int = 0,
    ) -> None:
        """Keeps the answers of a form, in place of an earlier draft of it.

        ``entry_id`` is 0 for an entry that was never saved; ``version`` is the one it was opened
        at.
        """
        drafts.keep(self._database, register, entry_id, parent_id, version, dict(answers))

    def drop(self, register: str, entry_id: int, parent_id: int = 0) -> None:
        """Throws a draft away, because it was saved or is not wanted."""
        drafts.drop(self._database, register, entry_id, parent_id)

    def find(self, register: str, entry_id: int, parent_id: int = 0) -> DraftNote | None:
        """The draft of one form, if there is one."""
        return next(
            (
                note
                for note in self.of_register(register)
                if (note.entry_id, note.parent_id) == (entry_id, parent_id)
            ),
            None,
        )

    def registers(self) -> frozenset[str]:
        """The keys of the registers in which something is half typed."""
        return drafts.registers(self._database)

    def of_register(self, register: str) -> tuple[DraftNote, ...]:
        """The drafts of a register, newest first."""
        return tuple(
            DraftNote(entry_id, version, at, answers, parent_id)
            for entry_id, parent_id, version, at, answers in drafts.find(self._database, register)
        )
