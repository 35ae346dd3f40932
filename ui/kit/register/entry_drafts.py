"""What is being typed is kept while it is typed, and offered again after a crash."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import InvalidOperation
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from dpdesk.law import words as said
from dpdesk.registers.entries import DraftNote, Entry
from dpdesk.registers.fields import Kind, Register
from dpdesk.registers.wording import freeze, thaw
from ui.kit.pieces.surroundings import Drafts
from ui.kit.register.form import Form

IDLE: Final = 1000
"""Milliseconds after the last key before a draft is kept."""


def frozen(form: Form) -> dict[str, Any]:
    """The answers of a form as texts; what cannot be read is kept as typed."""
    values = form.values()
    answers = {
        field.name: text
        for field in form.register.fields
        if (text := freeze(field, values.get(field.name))) is not None
    }
    return answers | form.typed()


def thawed(register: Register, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of a draft; a text that is no answer yet stays as it was typed."""
    found: dict[str, Any] = {}
    for field in register.fields:
        kept = answers.get(field.name)
        if not isinstance(kept, str):
            found[field.name] = kept
            continue
        try:
            found[field.name] = thaw(field, kept)
        except (ValueError, InvalidOperation):
            lists = field.kind in {Kind.CHOICES, Kind.LINKS}
            found[field.name] = None if lists else kept
    return found


class DraftKeeper(QObject):
    """Keeps the draft of one form. ``kept`` carries the answers each time they are kept."""

    kept = Signal(dict)

    def __init__(self, form: Form, drafts: Drafts | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._drafts = drafts
        self._entry: Entry | None = None
        self._timer = QTimer(self, singleShot=True, interval=IDLE)
        self._timer.timeout.connect(self.keep_now)
        form.changed.connect(self._timer.start)
        form.left.connect(self._left)

    def begin(self, entry: Entry) -> DraftNote | None:
        """Turns to another entry; gives what was kept for it."""
        self._timer.stop()
        self._entry = entry
        if self._drafts is None:
            return None
        found = self._drafts.find(entry.register.key, entry.id, entry.parent_id)
        return found if found is not None and found.answers else None

    def _left(self) -> None:
        """A question was left: what was typed into it is kept at once, and nothing kept twice."""
        if self._timer.isActive():
            self.keep_now()

    def keep_now(self) -> None:
        """Keeps what stands in the form, if it differs from what is saved."""
        self._timer.stop()
        entry = self._entry
        if entry is None or not self._form.dirty:
            return
        answers = frozen(self._form)
        if self._drafts is not None:
            self._drafts.keep(entry.register.key, entry.id, entry.version, answers, entry.parent_id)
        self.kept.emit(answers)

    def drop(self) -> None:
        """Forgets what was kept, because it was saved or thrown away."""
        self._timer.stop()
        if self._drafts is not None and self._entry is not None:
            entry = self._entry
            self._drafts.drop(entry.register.key, entry.id, entry.parent_id)


def offer(note: DraftNote, entry: Entry) -> str:
    """The sentence that offers a draft."""
    when = said.long_moment(note.at)
    return f"What you typed on {when} was kept and is not saved yet.{_moved_on(note, entry)}"


def taken_up(note: DraftNote, entry: Entry) -> str:
    """The sentence beside a draft that stands in the form again."""
    when = said.long_moment(note.at)
    return f"What you typed on {when} is here again. It is not saved yet.{_moved_on(note, entry)}"


def _moved_on(note: DraftNote, entry: Entry) -> str:
    if not entry.id or note.version == entry.version:
        return ""
    return " The entry was saved after that, so compare before you save."
