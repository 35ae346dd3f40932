"""The settings: sections at the left, one of them at the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.desk import Desk
from dpdesk.registers.settings import SettingsService
from ui.kit.look.theme import HUGE, LARGE, MEDIUM, SMALL, TINY
from ui.kit.pieces.area_page import AreaPage
from ui.kit.pieces.buttons import Option, option
from ui.kit.pieces.cards import row, scrolling
from ui.kit.pieces.low import is_low
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.printing import Printing
from ui.kit.pieces.shelf import PageStack
from ui.kit.pieces.surroundings import Surroundings
from ui.settings.about import AboutSection
from ui.settings.calendar import CalendarSection
from ui.settings.check import CheckSection
from ui.settings.frame import SettingsSection
from ui.settings.look import LookSection
from ui.settings.particulars import DeskSection, RoomSection, SchoolSection
from ui.settings.passphrase import PassphraseSection
from ui.settings.update import UpdateSection

_LEFT = 224


@dataclass(frozen=True, slots=True)
class SettingsPlace:
    """A part of the settings. ``about`` is what a search finds it by; F1 opens ``help_page``."""

    key: str
    title: str
    icon: str
    about: str
    help_page: str = "settings"


_OWN: Final = (
    SettingsPlace(
        "school",
        "School and officer",
        "mdi6.school-outline",
        "name, address, ICO registration number, data protection officer, ICO, regulator",
    ),
    SettingsPlace(
        "calendar",
        "Calendar",
        "mdi6.calendar-star",
        "bank holidays, closures, terms",
        "due-dates",
    ),
)
_PROGRAM: Final = (
    SettingsPlace(
        "desk",
        "Backups and locking",
        "mdi6.backup-restore",
        "backup folder and hours, back up now, restore, idle time, lock",
        "backups",
    ),
    SettingsPlace(
        "look",
        "Appearance",
        "mdi6.theme-light-dark",
        "light, dark, same as the computer, colours, blur names, onlookers, over the shoulder",
    ),
    SettingsPlace(
        "passphrase",
        "Passphrase",
        "mdi6.key-outline",
        "change the passphrase, recovery key",
        "passphrase",
    ),
    SettingsPlace(
        "check", "Check", "mdi6.check-decagram-outline", "check everything, damage, history"
    ),
    SettingsPlace("update", "Updates", "mdi6.update", "install an update, new version"),
    SettingsPlace("about", "About", "mdi6.information-outline", "version, licences"),
)


def sections_of(desk: Desk) -> tuple[SettingsPlace, ...]:
    """All sections: of the school, of the rooms that have settings, and of the program."""
    return (*_OWN, *(_of(service) for service in _settings(desk)), *_PROGRAM)


def _settings(desk: Desk) -> Iterable[SettingsService[Any]]:
    return (service for room in desk.rooms for service in room.settings)


def _of(service: SettingsService[Any]) -> SettingsPlace:
    """Found by the words of its questions."""
    register = service.register
    about = ", ".join(field.column.lower() for field in register.fields)
    return SettingsPlace(
        register.key, register.title, register.icon, about, register.help_page or "settings"
    )


class SettingsPage(AreaPage, QWidget):
    """``changed`` fires when something was saved; ``backup_asked`` when a backup is wanted."""

    help_page = "settings"
    changed = Signal()
    backup_asked = Signal()
    backed_up = Signal()

    def __init__(
        self,
        desk: Desk,
        around: Surroundings,
        printing: Printing,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk, self.around, self.printing = desk, around, printing
        self.made: dict[str, SettingsSection] = {}
        self.section = ""
        self.buttons: dict[str, Option] = {}
        self.header = PageHeader("Settings")
        self.stack = PageStack()
        left = QWidget()
        self._side = side = QVBoxLayout(left)
        side.setContentsMargins(HUGE, LARGE, TINY, LARGE)
        side.setSpacing(TINY)
        side.addWidget(self.header)
        side.addSpacing(MEDIUM)
        self.sections = sections_of(desk)
        for section in self.sections:
            made = option(section.title, section.icon, role="side", one_of=True)
            made.picked.connect(lambda _on, key=section.key: self.show_section(key))
            self.buttons[section.key] = made
            side.addWidget(made)
        side.addStretch(1)
        self.left = scrolling(left, "Sections of the settings")
        self.left.setFixedWidth(max(_LEFT, left.sizeHint().width()))
        layout = row(self.left, self.stack, space=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        around.bus.changed.connect(lambda _changes: self.changed.emit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the sections stand closer, so that all are seen."""
        super().resizeEvent(event)
        low = is_low(self)
        above = SMALL if low else LARGE
        self._side.setContentsMargins(HUGE, above, TINY, above)
        self._side.setSpacing(0 if low else TINY)

    def _make(self, key: str) -> SettingsSection:
        desk, around = self.desk, self.around
        if key == "desk":
            made = DeskSection(desk, around)
            made.backup_asked.connect(self.backup_asked)
            made.backed_up.connect(self.backed_up)
            return made
        makers: dict[str, Callable[[], SettingsSection]] = {
            "school": lambda: SchoolSection(desk, around),
            "calendar": lambda: CalendarSection(desk, around),
            **{each.register.key: partial(RoomSection, each, around) for each in _settings(desk)},
            "look": lambda: LookSection(around),
            "passphrase": lambda: PassphraseSection(desk, around, self.printing),
            "check": lambda: CheckSection(desk, around),
            "update": lambda: UpdateSection(desk, around),
            "about": AboutSection,
        }
        return makers[key]()

    # --- showing -------------------------------------------------------------------------

    @property
    def place(self) -> str:
        """The section that is shown."""
        return self.section

    def show_list(self) -> None:
        """Shows the section that was shown last, or the first."""
        self.show_section(self.section or self.sections[0].key)

    def show_section(self, key: str) -> None:
        """Shows a section, unless the one shown must not be left."""
        if key != self.section and not self.can_leave():
            self.buttons[self.section].setChecked(True)
            return
        if key not in self.made:
            self.made[key] = self._make(key)
            self.stack.addWidget(self.made[key])
        self.section = key
        self.help_page = next(each.help_page for each in self.sections if each.key == key)
        self.buttons[key].setChecked(True)
        self.stack.setCurrentWidget(self.made[key])
        self.made[key].begin()

    def take_focus(self) -> None:
        """The keyboard goes to the section that is shown."""
        if self.section:
            self.buttons[self.section].setFocus(Qt.FocusReason.OtherFocusReason)

    def can_leave(self) -> bool:
        """Asks once where something is not saved."""
        shown = self.made.get(self.section)
        return shown is None or shown.can_leave()

    def show_backups(self) -> None:
        """Reads the list of backups afresh."""
        section = self.made.get("desk")
        if isinstance(section, DeskSection):
            section.show_backups()
