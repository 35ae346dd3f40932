"""Settings: a register of one entry, asked so often that it is kept until it changes.

A feature that has settings of its own describes them as any register does, with ``single=True``,
and its room names them (``Room.settings``); the page of the settings shows what rooms name.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from weakref import WeakSet

from sqlalchemy import event
from sqlalchemy.orm import Session

from dpdesk.errors import StaleEntry
from dpdesk.registers.derived import Derived
from dpdesk.registers.entries import Entry, Saved
from dpdesk.registers.fields import Values
from dpdesk.registers.hooks import R
from dpdesk.registers.service import RegisterService
from dpdesk.store.database import Change, Database

KEY = 1
"""Number of the one entry."""


class SettingsService(RegisterService[R, None]):
    """A register of one entry. Until it is first saved, the fields' defaults count."""

    def __init__(self, database: Database, record: type[R] | None = None) -> None:
        super().__init__(database, record)
        self._kept: Mapping[str, Any] | None = None
        self._changes = 0
        """Counts what was kept and became old; what was read before is not kept any more."""
        self._changing: WeakSet[Session] = WeakSet()
        """Sessions in which something of it was changed that is not saved yet."""

    def entry(self) -> Entry:
        """The one entry as it stands, or one that was not saved yet."""
        with self.database.reading() as session:
            row = session.get(self.record, KEY)
            return self.blank() if row is None else self._labelled(session, row)

    def answers_now(self) -> Mapping[str, Any]:
        """Every answer, or the default of a question that was never answered."""
        found = self._kept
        if found is None:
            seen = self._changes
            found = MappingProxyType({**self.blank().values, **_said(self.entry().values)})
            # Another thread may have saved while this one was reading.
            if seen == self._changes and not self._changing:
                self._kept = found
        return found

    def answer_within(self, session: Session, name: str) -> Any:
        """One answer, read inside the session that may be changing it."""
        if not self._changing:
            return self.answers_now()[name]
        row = session.get(self.record, KEY)
        found = getattr(row, name) if row is not None else None
        return self.blank().values.get(name) if found is None else found

    def save(
        self,
        values: Values,
        entry_id: int = 0,
        version: int = 0,
        *,
        parent_id: int = 0,
        why: str = "",
    ) -> Saved:
        """Saves the one entry. Raises InvalidEntry or StaleEntry; then nothing was changed."""
        if not entry_id and self.entry().id:
            raise StaleEntry(
                "The settings were changed elsewhere after you opened them.",
                "What you typed is still here: open them again and compare.",
            )
        return super().save(values, entry_id, version, parent_id=parent_id, why=why)

    def derive(self, values: Values, around: None) -> Derived:
        """Title: that of the register; there is only this one."""
        return Derived(self.register.title)

    def written(self, change: Change, row: R, values: Values, *, made: bool) -> None:
        """Whatever was kept of it is forgotten once the change is saved."""
        self.changed_in(change.session)

    def changed_in(self, session: Session) -> None:
        """Something of it is being changed in this session."""
        if session not in self._changing:
            self._changing.add(session)
            event.listen(session, "after_commit", self._forget_in, once=True)

    def _forget_in(self, session: Session) -> None:
        self._changes += 1
        self._changing.discard(session)
        self.forget()

    def forget(self) -> None:
        """Lets go of what was kept, because it became old."""
        self._kept = None


def _said(values: Values) -> Values:
    return {name: value for name, value in values.items() if value is not None}
