"""Drafts: what is half typed in a form, kept until it is saved or thrown away.

An answer that cannot be read yet ("3 Nov" without a year) is kept as it was typed.
"""

from __future__ import annotations

from collections.abc import Mapping

from dpdesk.registers.entries import DraftNote
from dpdesk.registers.fields import Register, Values
from dpdesk.registers.wording import freeze, thaw
from dpdesk.store import drafts
from dpdesk.store.database import Database


class DraftService:
    """The drafts of all registers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(
        self,
        register: Register,
        values: Values,
        *,
        entry_id: int = 0,
        parent_id: int = 0,
        version: int = 0,
        typed: Mapping[str, str] | None = None,
    ) -> None:
        """Keeps the answers of a form; ``typed`` has the words that cannot be read yet."""
        frozen = {f.name: freeze(f, values.get(f.name)) for f in register.fields}
        answers = {
            "values": {name: text for name, text in frozen.items() if text is not None},
            "typed": dict(typed or {}),
        }
        drafts.keep(self._database, register.key, entry_id, parent_id, version, answers)

    def drop(self, register: Register, *, entry_id: int = 0, parent_id: int = 0) -> None:
        """Throws a draft away."""
        drafts.drop(self._database, register.key, entry_id, parent_id)

    def of_register(self, register: Register) -> tuple[DraftNote, ...]:
        """The drafts of a register, newest first. Fields that are gone are left out."""
        known = {field.name: field for field in register.fields}
        return tuple(
            DraftNote(
                entry_id,
                version,
                at,
                {
                    name: thaw(known[name], text)
                    for name, text in answers["values"].items()
                    if name in known
                },
                parent_id,
                answers["typed"],
            )
            for entry_id, parent_id, version, at, answers in drafts.find(
                self._database, register.key
            )
        )

    def find(
        self, register: Register, *, entry_id: int = 0, parent_id: int = 0
    ) -> DraftNote | None:
        """The draft of one form, if there is one."""
        return next(
            (
                note
                for note in self.of_register(register)
                if (note.entry_id, note.parent_id) == (entry_id, parent_id)
            ),
            None,
        )
