"""What the sections of the settings are made of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.errors import DpdeskError, InvalidEntry, StaleEntry
from dpdesk.registers.entries import Changes, DraftNote, Entry, Saved
from dpdesk.registers.settings import SettingsService
from ui.kit.look.theme import HUGE, LARGE, MEDIUM, SMALL
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import row, scrolling
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.entry_drafts import DraftKeeper, offer, thawed
from ui.kit.register.form import Form
from ui.kit.register.form_row import Doors


class SettingsSection(QWidget):
    """A title, a line below it, a message where needed, and a body that scrolls."""

    def __init__(self, title: str, under: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = PageHeader(title, under)
        self.banner = Banner()
        inside = QWidget()
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(HUGE, 0, HUGE, LARGE)
        self.body.setSpacing(MEDIUM)
        self.area = scrolling(inside, title)
        head = QVBoxLayout()
        head.setContentsMargins(HUGE, LARGE, HUGE, MEDIUM)
        head.setSpacing(MEDIUM)
        head.addWidget(self.header)
        head.addWidget(self.banner)
        self.whole = QVBoxLayout(self)
        self.whole.setContentsMargins(0, 0, 0, 0)
        self.whole.setSpacing(0)
        self.whole.addLayout(head)
        self.whole.addWidget(self.area, 1)

    def begin(self) -> None:
        """The section is shown, whenever that happens."""

    def can_leave(self) -> bool:
        """Asks once where something is not saved. May another section be shown?"""
        return True


class ParticularsSection(SettingsSection):
    """Some sections of an entry of settings, or all of them, with Save and Discard.

    ``part`` tells the drafts of two such forms apart, which both belong to the same entry.
    """

    def __init__(
        self,
        service: SettingsService[Any],
        around: Surroundings,
        title: str,
        under: str,
        sections: tuple[str, ...] | None = None,
        part: int = 0,
    ) -> None:
        super().__init__(title, under)
        self.service, self.around = service, around
        self._part = part
        doors = Doors(service, now=around.now)
        self.form = Form(service.register, doors, sections=sections)
        self.body.addWidget(self.form)
        self.drafts = DraftKeeper(self.form, around.drafts, self)
        self.discard_button = button("Discard", does=self.discard)
        self.save_button = button(
            "Save", "mdi6.content-save-outline", role="primary", does=self.save, key="Ctrl+S"
        )
        foot = row(None, self.discard_button, self.save_button, space=MEDIUM)
        foot.setContentsMargins(HUGE, SMALL, HUGE, MEDIUM)
        self.whole.addLayout(foot)
        self.form.dirty_changed.connect(self._show_dirty)
        key = QShortcut(QKeySequence("Ctrl+S"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.save)
        around.bus.changed.connect(self._changed)
        self.entry: Entry = service.entry()
        self._take(self.entry)
        self._offer()

    def _take(self, entry: Entry) -> None:
        self.entry = entry
        self.form.set_values(entry.values)
        self._show_dirty(self.form.dirty)

    def _show_dirty(self, dirty: bool) -> None:
        self.save_button.setEnabled(dirty)
        self.discard_button.setEnabled(dirty)

    # --- drafts --------------------------------------------------------------------------

    def _offer(self) -> None:
        note = self.drafts.begin(replace(self.entry, parent_id=self._part))
        if note is not None:
            self.banner.say(
                offer(note, self.entry),
                "info",
                [("Use it", lambda: self._use(note)), ("Discard it", self._drop)],
            )

    def _use(self, note: DraftNote) -> None:
        answers = thawed(self.service.register, note.answers)
        mine = {name: answers.get(name) for name in self.form.rows}
        self.form.set_values({**self.entry.values, **mine}, clean=False)
        self.banner.hide()

    def _drop(self) -> None:
        self.drafts.drop()
        self.banner.hide()

    # --- saving --------------------------------------------------------------------------

    def save(self) -> bool:
        """Saves; where it cannot, says why and keeps what was typed."""
        if not self.form.dirty:
            return True
        problems = self.form.problems()
        if problems:
            self._complain(problems)
            return False
        typed = self.form.values()
        try:
            saved = self.service.save(
                {name: typed[name] for name in self.form.rows}, self.entry.id, self.entry.version
            )
        except InvalidEntry as error:
            self._complain(error.problems)
            return False
        except StaleEntry:
            # The other form of the settings saved its own answers; these do not touch them.
            self.entry = self.service.entry()
            return self.save()
        except DpdeskError as error:
            self.banner.say(str(error), "danger", [("Try again", self.save)])
            return False
        self.drafts.drop()
        self.banner.hide()
        self._take(saved.entry)
        self.drafts.begin(replace(saved.entry, parent_id=self._part))
        self.around.messages.say("Saved.", undo=lambda: self._undo(saved))
        self.around.bus.publish(saved.changes)
        return True

    def _complain(self, problems: dict[str, str]) -> None:
        rest = self.form.show_errors(problems)
        self.banner.say(
            " ".join(
                [
                    "Some answers need another look.",
                    *rest,
                    "Nothing was saved, and nothing you typed is lost.",
                ]
            ),
            "danger",
        )

    def _undo(self, saved: Saved) -> None:
        try:
            back = self.service.undo(saved)
        except DpdeskError as error:
            self.around.messages.say(str(error), tone="danger")
            return
        self.around.bus.publish(back.changes)

    def _changed(self, changes: Changes) -> None:
        if self.service.register.key not in changes.registers:
            return
        entry = self.service.entry()
        if self.form.dirty:
            self.entry = entry
        elif entry != self.entry:
            self._take(entry)

    def discard(self) -> None:
        """Throws away what is not saved; it can be taken back from the message bar."""
        mine: dict[str, Any] = {**self.form.values(), **self.form.typed()}
        self.drafts.drop()
        self.banner.hide()
        self._take(self.service.entry())
        self.around.messages.say(
            "Changes discarded.", undo=lambda: self.form.set_values(mine, clean=False)
        )

    def can_leave(self) -> bool:
        """Asks once where something is not saved."""
        if not self.form.dirty:
            return True
        answer = self.around.prompter.choose(
            "Save your changes to the settings?", ("Save", "Discard")
        )
        if answer == "Save":
            return self.save()
        if answer == "Discard":
            self.drafts.drop()
            self._take(self.service.entry())
            return True
        return False

    def hideEvent(self, event: Any) -> None:
        """What is half typed is kept when the window locks."""
        super().hideEvent(event)
        self.drafts.keep_now()
