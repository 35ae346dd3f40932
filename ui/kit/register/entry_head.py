"""The head and the foot of an entry page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from dpdesk.law.words import count
from dpdesk.registers.entries import Entry
from dpdesk.registers.fields import Field, Register
from ui.kit.look.icons import IconLabel
from ui.kit.look.theme import HUGE, MEDIUM, SMALL, TINY, set_role
from ui.kit.pieces.badges import Badge, BadgeLabel
from ui.kit.pieces.buttons import button, icon_button
from ui.kit.pieces.cards import row, words

_LONG = 70
_MOST = 1000
"""All the room there is, beside an empty space that grows by one."""


class EntryHead(QWidget):
    """Way back, reference, title, state and due date; previous, next, print."""

    back = Signal()
    step = Signal(int)
    """-1 for the previous entry, 1 for the next."""
    print_asked = Signal()

    def __init__(self, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back_button = button(
            register.title, "mdi6.arrow-left", role="link", does=self.back.emit, key="Alt+Left"
        )
        self.back_button.setAccessibleName(f"Back to {register.title}")
        self.reference = words("", "muted")
        self.title = words("", "title")
        self.state = BadgeLabel()
        self.due = BadgeLabel()
        self.previous = icon_button(
            "Open the previous entry",
            "mdi6.chevron-up",
            does=lambda: self.step.emit(-1),
            key="Ctrl+PgUp",
        )
        self.next = icon_button(
            "Open the next entry",
            "mdi6.chevron-down",
            does=lambda: self.step.emit(1),
            key="Ctrl+PgDown",
        )
        self.print_button = button(
            "Print", "mdi6.printer-outline", does=self.print_asked.emit, key="Ctrl+P"
        )
        self.buttons = row(space=SMALL)
        self.more = QMenu(self)
        self.more_button = icon_button("Show more actions for this entry", "mdi6.dots-horizontal")
        self.more_button.setMenu(self.more)
        self.more_button.setPopupMode(self.more_button.ToolButtonPopupMode.InstantPopup)
        top = row(self.back_button, self.reference, None, self.previous, self.next)
        self._bottom = bottom = row(
            self.title, self.state, self.due, None, self.buttons, self.print_button, space=MEDIUM
        )
        bottom.addWidget(self.more_button)
        # A long title takes a second line; it never makes the page wider than the screen.
        self.title.setMinimumWidth(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TINY)
        layout.addLayout(top)
        layout.addLayout(bottom)

    def show_entry(self, entry: Entry, due: Badge | None) -> None:
        """Shows the head of an entry."""
        new = f"New {entry.register.entry}"
        self.reference.setText(entry.reference)
        title = entry.title or entry.reference or new
        self.title.setText(title if len(title) <= _LONG else title[: _LONG - 1] + "…")
        self.title.setToolTip(title if len(title) > _LONG else "")
        state = entry.register.state(entry.state) if entry.state else None
        badge = Badge(state.label, state.icon, state.tone) if state is not None else None
        if entry.archived:
            badge = Badge("Archived", "mdi6.archive-outline", "quiet")
        self.state.show_badge(badge)
        self.due.show_badge(due)
        for widget in (self.print_button, self.more_button):
            widget.setVisible(bool(entry.id))

        self._fit()

    def event(self, event: QEvent) -> bool:
        """A badge or a button that came or went leaves other room to the title."""
        done = super().event(event)
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            self._fit()
        return done

    def _fit(self) -> None:
        """Wraps a title that is wider than what the rest leaves to it."""
        wide = self.title.fontMetrics().horizontalAdvance(self.title.text()) + MEDIUM
        rest = self._bottom.sizeHint().width() - self.title.sizeHint().width()
        wraps = wide > self.width() - rest
        if wraps != self.title.wordWrap():
            self.title.setWordWrap(wraps)
            policy = self.title.sizePolicy()
            policy.setHeightForWidth(wraps)
            self.title.setSizePolicy(policy)
            self._bottom.setStretchFactor(self.title, _MOST if wraps else 0)

    def show_neighbours(self, place: int, count: int) -> None:
        """Says where the entry stands in its list; ``place`` -1 where it stands in none."""
        self.previous.setVisible(count > 1)
        self.next.setVisible(count > 1)
        self.previous.setEnabled(place > 0)
        self.next.setEnabled(0 <= place < count - 1)


class EntryFoot(QFrame):
    """Save, Discard, and what is still missing."""

    save_asked = Signal()
    discard_asked = Signal()
    field_asked = Signal(str)
    next_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self.save_button = button(
            "Save",
            "mdi6.content-save-outline",
            role="primary",
            does=self.save_asked.emit,
            key="Ctrl+S",
        )
        self.discard_button = button("Discard changes", does=self.discard_asked.emit)
        self.unsaved = words("", "muted")
        self.next_step = button(
            "",
            "mdi6.arrow-up",
            role="link",
            does=self.next_asked.emit,
            hint="Shows what to do next",
        )
        self.next_step.hide()
        self._icon = IconLabel("mdi6.check-circle-outline", "ok")
        self.missing = button("", role="link")
        self._menu = QMenu(self)
        self.missing.setMenu(self._menu)
        self.complete = words("", "muted")
        self.right = row(space=SMALL)
        layout = row(
            self.save_button,
            self.discard_button,
            self.unsaved,
            self.next_step,
            None,
            self._icon,
            self.complete,
            self.missing,
            self.right,
            space=MEDIUM,
        )
        layout.setContentsMargins(HUGE, SMALL, HUGE, SMALL)
        self.setLayout(layout)

    def show_dirty(self, dirty: bool, *, new: bool) -> None:
        """Says whether there is something to save."""
        self.save_button.setEnabled(dirty or new)
        self.discard_button.setEnabled(dirty or new)
        self.discard_button.setText("Discard" if new else "Discard changes")
        self.unsaved.setText("Not saved yet" if dirty or new else "")

    def show_next(self, step: str) -> None:
        """Offers the way to what comes next while it is out of sight; empty where it is not."""
        self.next_step.setText(step)
        self.next_step.setVisible(bool(step))

    def show_closed(self) -> None:
        """Says nothing of what is missing: nothing can be answered any more."""
        self._menu.clear()
        self.missing.hide()
        self.complete.clear()
        self._icon.hide()

    def show_missing(
        self,
        fields: Sequence[Field],
        elsewhere: int = 0,
        purpose: str = "",
        refused: Sequence[Field] = (),
    ) -> None:
        """Names the questions shown that still want an answer; each leads to its place.

        ``elsewhere``: how many more there are in other stages. ``refused``: questions, of whatever
        stage, whose answers cannot be kept as they stand; they come first.
        """
        self._menu.clear()
        for field in [*refused, *fields]:
            action = self._menu.addAction(field.label.replace("&", "&&"))
            action.triggered.connect(lambda _on=False, name=field.name: self.field_asked.emit(name))
        wrong, gaps = len(refused), len(fields)
        said = [f"{count(wrong, 'answer')} to put right"] if wrong else []
        if gaps:
            said.append(f"{count(gaps, 'answer')} missing{' here' if elsewhere else purpose}")
        self.missing.setText(", ".join(said))
        self.missing.setVisible(bool(said))
        rest = f"{elsewhere} more in other stages" if elsewhere else ""
        nothing = "" if said else "Nothing missing here" if elsewhere else "Nothing missing"
        self.complete.setText(", ".join(part for part in (nothing, rest) if part))
        self._icon.show()
        self._icon.show_icon(
            "mdi6.progress-question" if said else "mdi6.check-circle-outline",
            "warn" if said else "ok",
        )
