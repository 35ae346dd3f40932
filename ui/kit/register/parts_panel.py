"""Parts of an entry (the clarifications of a request, say): a small table with its own form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QApplication, QWidget

from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.registers.entries import Changes, Entry, Saved
from dpdesk.registers.fields import Field
from dpdesk.registers.service import RegisterService
from ui.kit.look.theme import set_role
from ui.kit.pieces.badges import Badge, due_badge
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, help_words
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.due_moved import due_moved
from ui.kit.register.form import Form
from ui.kit.register.in_sight import InSight, area_of
from ui.kit.register.part_editor import PartEditor
from ui.kit.register.parts_table import PartsTable
from ui.kit.register.table import BADGE_ROLE, ID_ROLE

_NO_PARENT = QModelIndex()
_WORDS = {
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
}


class PartsModel(QAbstractTableModel):
    """The parts of one entry: their listed fields, state and due date."""

    def __init__(
        self, fields: Sequence[Field], now: Callable[[], dt.datetime], *, states: bool
    ) -> None:
        super().__init__()
        self.entries: tuple[Entry, ...] = ()
        self._fields = tuple(fields)
        self._now = now
        self._states = states
        self._due = False

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """Shows other parts."""
        self.beginResetModel()
        self.entries = entries
        self._due = any(entry.due for entry in entries)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """Number of parts."""
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """Fields, then state where the register has states, and due date where one has any."""
        beside = (1 + self._due) if self._states else 0
        return 0 if parent.isValid() else len(self._fields) + beside

    def _badge(self, entry: Entry, column_: int) -> Badge | None:
        state = entry.register.state(entry.state)
        if column_ == len(self._fields):
            return Badge(state.label, state.icon, state.tone) if entry.state else None
        return due_badge(entry.due, self._now(), settled=not state.open)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """One cell."""
        entry = self.entries[index.row()]
        place = index.column()
        if role == ID_ROLE:
            return entry.id
        if place >= len(self._fields):
            badge = self._badge(entry, place)
            if role == BADGE_ROLE:
                return badge
            return badge.text if role in _WORDS and badge is not None else None
        return entry.shown(self._fields[place].name) if role in _WORDS else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role not in _WORDS:
            return None
        if section < len(self._fields):
            return self._fields[section].column
        return ("State", "Due")[section - len(self._fields)]


class PartsPanel(Card):
    """The parts of the entry shown.

    ``saved`` carries the :class:`Saved` of a change, ``dirty_changed`` whether a part is being
    written that is not saved.
    """

    saved = Signal(object)
    dirty_changed = Signal(bool)

    def __init__(
        self,
        service: RegisterService[Any, Any],
        around: Surroundings,
        *,
        help_text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(service.register.title, help_text, parent)
        self.service = service
        self.register = service.register
        self._around = around
        self._parent_id = 0
        self.part: Entry | None = None
        self.known: Callable[[], Mapping[str, Any]] = dict
        """What a room knows of a part that is begun: the present moment, who is at the desk."""
        self.suggested: Callable[[Entry], Mapping[str, Any]] = lambda _part: {}
        """What a room suggests where a part says nothing yet; it is no change until it is saved."""
        register = service.register
        self.add_button = button(
            register.first_step or f"Add a {register.entry}",
            "mdi6.plus",
            does=lambda: self.begin(self.known()),
        )
        self.head.addWidget(self.add_button)
        self.none = help_words(register.purpose or f"No {register.entry} has been recorded.")
        self._build_table()
        self.add(self.none)
        self.add(self.table)
        self.setVisible(False)
        around.bus.changed.connect(self._changed)

    def _changed(self, changes: Changes) -> None:
        # What is done to the whole (adding the usual places, say) may add parts to it.
        whole = (self.register.parent, self._parent_id) in changes.entries
        if self._parent_id and (whole or self.register.key in changes.registers):
            self.reload()

    def _build_table(self) -> None:
        register = self.service.register
        fields = [field for field in register.fields if field.listed] or register.fields[:3]
        self.model = PartsModel(fields, self._around.now, states=bool(register.states))
        self.table = PartsTable(register.title, self.model)
        set_role(self.table, "inset")
        self.table.opened.connect(self.edit)
        self.table.deletion_asked.connect(self.archive)
        self.table.setVerticalScrollMode(PartsTable.ScrollMode.ScrollPerPixel)

    @cached_property
    def editor(self) -> PartEditor:
        """The form of a part; built when one is first written, as most pages only show them."""
        made = PartEditor(
            self.service,
            self._around,
            save=self.save,
            close=self.close_editor,
            archive=self.archive,
        )
        made.form.dirty_changed.connect(lambda _dirty: self.dirty_changed.emit(self.dirty))
        made.hide()
        self.add(made)
        return made

    @property
    def form(self) -> Form:
        """The questions of a part."""
        return self.editor.form

    @property
    def banner(self) -> Banner:
        """What is wrong with a part that is being written."""
        return self.editor.banner

    @property
    def _editor_made(self) -> PartEditor | None:
        """The form, if anybody has written a part yet."""
        made: PartEditor | None = self.__dict__.get("editor")
        return made

    def show_entry(self, entry: Entry) -> None:
        """Shows the parts of an entry; a new entry has none until it is saved."""
        if entry.id != self._parent_id:
            self._close()
        self._parent_id = entry.id
        self.setVisible(bool(entry.id))
        if entry.id:
            self.reload()

    def reload(self) -> None:
        """Reads the parts afresh."""
        current = self.table.current_id()
        parts = self.service.parts(self._parent_id)
        self.model.show_entries(parts)
        self.none.setVisible(not parts)
        self.table.setVisible(bool(parts))
        self.table.settle()
        for place, part in enumerate(parts):
            if part.id == current:
                self.table.choose_row(place)

    @property
    def dirty(self) -> bool:
        """Is a part being written that is not saved?"""
        return self.part is not None and self.form.dirty

    def begin(self, values: Mapping[str, Any] | None = None) -> None:
        """Opens the form for a new part; ``values`` are answers already known, not saved yet."""
        self._open(self.service.blank(self._parent_id), values)

    def edit(self, part_id: int) -> None:
        """Opens the form for a part."""
        self._open(self.service.load(part_id))

    def _open(self, part: Entry, known: Mapping[str, Any] | None = None) -> None:
        if self.dirty and not self._may_drop():
            return
        self.part = part
        self.banner.hide()
        said = {name: each for name, each in part.values.items() if each is not None}
        said = {**self.suggested(part), **said}
        self.form.set_values(said)
        if known:
            self.form.set_values({**said, **known}, clean=False)
        self.editor.away.setVisible(bool(part.id))
        self.editor.show()
        self._to_first_question()
        self.bring_into_view()

    def _to_first_question(self) -> None:
        first = next((n for n, made in self.form.rows.items() if not made.isHidden()), "")
        if first:
            self.form.focus_field(first)

    def bring_into_view(self) -> None:
        """Shows the open form down to the button that saves, or its top where it is too high.

        The keyboard is in it then: what is shown for somebody who writes elsewhere is gone again
        once the page has laid itself out.
        """
        made = self._editor_made
        area = area_of(self)
        if area is None or made is None or made.isHidden():
            return
        focused = QApplication.focusWidget()
        if focused is None or not made.isAncestorOf(focused):
            self._to_first_question()
        InSight(area, made)

    def _may_drop(self) -> bool:
        entry = self.service.register.entry
        question = f"Discard what you typed for this {entry}?"
        return self._around.prompter.confirm(question, "Discard")

    def close_editor(self) -> None:
        """Puts the form away; asks once where something was typed."""
        if not self.dirty or self._may_drop():
            number = self.part.id if self.part is not None else 0
            self._close()
            self._show_list(number)

    def _show_list(self, number: int) -> None:
        """Shows the list with the keyboard on this part, so that Enter opens it again.

        The form that was put away was as high as a screen, or higher.
        """
        place = next((at for at, part in enumerate(self.model.entries) if part.id == number), -1)
        self.table.choose_row(place)
        listed = bool(self.model.entries)
        (self.table if listed else self.add_button).setFocus()
        if (area := area_of(self)) is not None:
            if listed:
                InSight(area, self.table, self.table.current_place)
            else:
                InSight(area, self.add_button)

    def _close(self) -> None:
        self.part = None
        if self._editor_made is not None:
            self._editor_made.hide()
        self.dirty_changed.emit(False)

    def drop(self) -> Callable[[], None]:
        """Throws away what is typed, unasked; gives back what brings it back."""
        part, typed = self.part, {**self.form.values(), **self.form.typed()}
        self._close()

        def back() -> None:
            if part is not None and part.parent_id == self._parent_id:
                self._open(part, typed)

        return back

    def save(self) -> bool:
        """Saves the part that is open, and says so."""
        before = self.due()
        saved = self.keep_open()
        if saved is not None:
            # By its name: the page around it may hold more that is not saved yet.
            moved = due_moved(before, self.due())
            said = " ".join(filter(None, (f"Saved the {self.register.entry}.", moved)))
            self._around.messages.say(said, undo=lambda: self.undo(saved))
        return saved is not None

    def due(self) -> str | None:
        """When the whole falls due, which its parts may move."""
        whole = self.service.parent
        return whole.load(self._parent_id).due if whole is not None and self._parent_id else None

    def keep_open(self) -> Saved | None:
        """Saves the part that is open without a word; None where it needs another look."""
        if self.part is None:
            return None
        problems = self.form.problems()
        if problems:
            self.form.show_errors(problems)
            return None
        try:
            saved = self.service.save(
                self.form.values(),
                self.part.id,
                self.part.version,
                parent_id=self._parent_id,
            )
        except InvalidEntry as error:
            rest = self.form.show_errors(error.problems)
            if rest:
                self.banner.say(" ".join(rest), "danger")
            return None
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return None
        self._close()
        self._publish(saved)
        self._show_list(saved.entry.id)
        return saved

    def archive(self) -> None:
        """Archives the part that is open or chosen."""
        number = self.part.id if self.part is not None else self.table.current_id()
        if not number:
            return
        try:
            saved = self.service.archive(number, self.service.load(number).version)
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return
        self._close()
        self._around.messages.say("Archived.", undo=lambda: self.undo(saved))
        self._publish(saved)
        self._show_list(0)

    def _publish(self, saved: Saved) -> None:
        self.saved.emit(saved)
        self._around.bus.publish(saved.changes)

    def undo(self, saved: Saved) -> None:
        """Takes a change of a part back. Raises StaleEntry where it was changed since."""
        self._around.bus.publish(self.service.undo(saved).changes)
