"""Which columns a list shows, how wide and in which order; the user's choice is remembered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu

from dpdesk.registers.fields import Field, Kind, Register
from ui.kit.pieces.badges import Badge, badge_size
from ui.kit.pieces.surroundings import Preferences
from ui.kit.register.table import BADGE_ROLE
from ui.kit.register.table_view import TableView

_STANDING: Final = ("reference", "title", "state", "due")
_WIDTHS: Final = {"reference": 128, "title": 300, "state": 160, "due": 176}
_BY_KIND: Final = {
    Kind.DATE: 158,
    Kind.MOMENT: 208,
    Kind.NUMBER: 110,
    Kind.MONEY: 110,
    Kind.YES_NO: 110,
    Kind.LONG_TEXT: 260,
}
_OTHER: Final = 190
_FIRST: Final = 330
"""Room for the words of a column that the list exists for."""
_SETTLED: Final = 400
_DUE_ROWS, _DUE_MOST = 60, 260
"""Rows whose due dates are measured, and the room that they get at most, in pixels."""
_BESIDE: Final = 22
"""What a cell leaves free beside a badge, in pixels."""


def _room_for(register: Register, view: TableView) -> int:
    """Room for the longest state of a register, so that none is shortened."""
    badges = [Badge(state.label, state.icon, state.tone) for state in register.states]
    wanted = (badge_size(badge, view.font()).width() + _BESIDE for badge in badges)
    return max(_WIDTHS["state"], *wanted, 0)


class ColumnChoice:
    """The columns of one register's list."""

    def __init__(self, register: Register, preferences: Preferences, view: TableView) -> None:
        self._register = register
        self._preferences = preferences
        self._view = view
        self._restoring = False
        self._due_seen = False
        self._usual = {**_WIDTHS, "state": _room_for(register, view)}
        head = view.horizontalHeader()
        # A column is dragged by many small steps; the last of them is remembered.
        self._wait = QTimer(view, singleShot=True, interval=_SETTLED)
        self._wait.timeout.connect(self.remember)
        head.sectionResized.connect(self._moved)
        head.sectionMoved.connect(self._moved)

    def _name(self, what: str) -> str:
        return f"list/{self._register.key}/{what}"

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields shown."""
        known = {field.name for field in self._register.fields}
        chosen = self._preferences.get(self._name("columns"))
        if chosen is None:
            return tuple(field.name for field in self._register.fields if field.listed)
        return tuple(name for name in chosen if name in known)

    def _hidden(self) -> set[str]:
        chosen = self._preferences.get(self._name("hidden"))
        if chosen is not None:
            return set(chosen)
        hidden = set()
        if not self._register.states:
            hidden.add("state")
        if not self._due_seen:
            hidden.add("due")
        return hidden | set(self._register.columns_away)

    def _ordered(self, names: Sequence[str], chosen: Sequence[str] | None) -> list[str]:
        """The columns in the order that the user chose, else in that of the register."""
        first = [n for n in chosen or self._register.columns_first if n in names]
        return [*first, *(n for n in names if n not in first)]

    def _room_for_due(self) -> int:
        """Room for the due dates of the first rows, with their years; never half a list."""
        model = self._view.model()
        listing = self._view.listing
        if listing is None or model is None:
            return 0
        section = next(n for n, each in enumerate(listing.columns) if each.name == "due")
        badges = (
            model.index(row, section).data(BADGE_ROLE)
            for row in range(min(_DUE_ROWS, len(listing.rows)))
        )
        wanted = (badge_size(each, self._view.font()).width() for each in badges if each)
        return min(_DUE_MOST, max(wanted, default=0) + _BESIDE)

    def _room_for_answers(self, field: Field, heading: int) -> int:
        """No more room than the longest of the answers needs that may be chosen."""
        if field.kind is not Kind.CHOICE or not field.choices:
            return _OTHER
        measured = self._view.fontMetrics().horizontalAdvance
        longest = max(measured(choice.label) for choice in field.choices)
        return min(_OTHER, max(longest + _BESIDE, heading))

    def apply(self) -> None:
        """Shows the chosen columns of the list that the view has now."""
        if self._wait.isActive():
            self.remember()
        listing = self._view.listing
        if listing is None:
            return
        if not self._due_seen:
            # A register whose entries never fall due has no use for the column.
            self._due_seen = any(row[4] for row in listing.rows[:500])
        self._usual["due"] = max(self._usual["due"], self._room_for_due())
        self._restoring = True
        head = self._view.horizontalHeader()
        widths = self._preferences.get(self._name("widths"), {})
        hidden = self._hidden()
        shown = set(self.fields)
        names = [column.name for column in listing.columns]
        for section, column in enumerate(listing.columns):
            usual = self._usual.get(column.name) if column.field is None else None
            if column.field is not None:
                usual = _BY_KIND.get(column.field.kind) or self._room_for_answers(
                    column.field, head.sectionSizeHint(section)
                )
                if column.name in self._register.columns_first:
                    usual = max(usual, _FIRST)
            head.resizeSection(section, int(widths.get(column.name, usual or _OTHER)))
            away = column.name in hidden if column.field is None else column.name not in shown
            head.setSectionHidden(section, away)
        order = self._ordered(names, self._preferences.get(self._name("order")))
        for place, name in enumerate(order):
            head.moveSection(head.visualIndex(names.index(name)), place)
        self._restoring = False

    def _moved(self, *_: int) -> None:
        if not self._restoring:
            self._wait.start()

    def remember(self) -> None:
        """Keeps the widths and the order as they are now."""
        self._wait.stop()
        listing = self._view.listing
        if listing is None:
            return
        head = self._view.horizontalHeader()
        last = next(
            (
                section
                for place in reversed(range(head.count()))
                if not head.isSectionHidden(section := head.logicalIndex(place))
            ),
            -1,
        )
        widths = dict(self._preferences.get(self._name("widths"), {}))
        for section, column in enumerate(listing.columns):
            # The last column takes what is left over, which is no choice of the user's.
            if not head.isSectionHidden(section) and section != last:
                widths[column.name] = head.sectionSize(section)
        self._preferences.remember(self._name("widths"), widths)
        order = [listing.columns[head.logicalIndex(place)].name for place in range(head.count())]
        if order != self._ordered([column.name for column in listing.columns], None):
            self._preferences.remember(self._name("order"), order)

    def shown(self) -> tuple[int, ...]:
        """The columns that can be seen, in the order seen, as places in the list's columns."""
        head = self._view.horizontalHeader()
        places = (head.logicalIndex(place) for place in range(head.count()))
        return tuple(section for section in places if not head.isSectionHidden(section))

    def choose(self, fields: Sequence[str], hidden: Sequence[str]) -> None:
        """Remembers a choice of columns."""
        self._preferences.remember(self._name("columns"), list(fields))
        self._preferences.remember(self._name("hidden"), list(hidden))

    def forget(self) -> None:
        """Back to the columns that the register suggests."""
        for what in ("columns", "hidden", "widths", "order"):
            self._preferences.remember(self._name(what), {} if what == "widths" else None)
        self._preferences.remember(self._name("order"), [])

    def fill(self, menu: QMenu, changed: object) -> None:
        """Fills the menu "Columns"; ``changed`` is called after a choice."""
        assert callable(changed)
        menu.clear()
        hidden = self._hidden()
        labels = {"state": "State", "due": "Due"}
        labels |= {name: name.capitalize() for name in self._register.columns_away}
        listing = self._view.listing
        if listing is not None:
            labels = {c.name: c.label for c in listing.columns[:4] if c.name in labels}

        def turn(name: str, on: bool, *, standing: bool) -> None:
            fields, away = list(self.fields), self._hidden()
            if standing:
                away.symmetric_difference_update({name})
            elif on:
                fields.append(name)
            else:
                fields.remove(name)
            self.choose(fields, sorted(away))
            changed()

        for name, label in labels.items():
            action = menu.addAction(label)
            action.setCheckable(True)
            action.setChecked(name not in hidden)
            action.triggered.connect(lambda on, name=name: turn(name, on, standing=True))
        menu.addSeparator()
        shown = set(self.fields)
        for field in self._register.fields:
            action = menu.addAction(field.label.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(field.name in shown)
            action.triggered.connect(lambda on, name=field.name: turn(name, on, standing=False))
        menu.addSeparator()

        def back() -> None:
            self.forget()
            changed()

        menu.addAction("Reset the columns", back)
