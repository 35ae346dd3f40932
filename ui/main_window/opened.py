"""The open desk on the screen: bar, pages, progress and messages. Loaded only after unlocking."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.registers.entries import Changes
from ui.home.page import HomePage
from ui.kit.look.onlookers import KEY, Blurred, onlookers
from ui.kit.pieces.announcing import announce
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.headings import name_headings
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.printing import Printing, SystemPrinting
from ui.kit.pieces.prompts import Prompter
from ui.kit.pieces.shelf import giving_way
from ui.kit.pieces.surroundings import Preferences, Surroundings
from ui.kit.pieces.tasks import ProgressStrip, TaskRunner
from ui.main_window.areas import belongs
from ui.main_window.backups import BackupKeeper, last_backup_words
from ui.main_window.dropping import Dropping
from ui.main_window.found import FoundLines
from ui.main_window.help_window import FRONT, HelpWindow
from ui.main_window.key_order import next_card, next_step
from ui.main_window.message_bar import MessageBar
from ui.main_window.pages import WindowPages
from ui.main_window.rooms import KEYS, make_areas
from ui.main_window.scan_strip import ScanStrip
from ui.main_window.search import SearchField
from ui.main_window.shortcuts import KeysDialog, Shortcuts
from ui.main_window.top_bar import TopBar
from ui.main_window.veil import Veils
from ui.settings.look import AWAY, BLURRED
from ui.settings.page import SettingsPage

_HOME: Final = "home"
_SETTINGS: Final = "settings"
_SOON: Final = 60
"""Seconds before the window locks in which it is said aloud, once."""


class OpenedDesk(QWidget):
    """Everything that is seen of an unlocked workspace.

    ``settings_changed`` fires when the name of the school or the idle time may be another.
    ``crash`` gets faults of the program. Without ``printing`` the printers of the system are used.
    """

    lock_asked = Signal()
    settings_changed = Signal()

    def __init__(
        self,
        desk: Desk,
        window: QWidget,
        *,
        prompter: Prompter,
        preferences: Preferences,
        printing: Printing | None,
        now: Callable[[], dt.datetime],
        crash: Callable[[BaseException], object],
    ) -> None:
        super().__init__(window)
        name_headings()
        self.desk = desk
        self._window = window
        self._crash = crash
        self._readers: dict[str, str] = {}
        """The page on which the documents of a register are read, by the register's key."""
        self._left = 0
        self._last: dt.datetime | None = None
        self._known = False
        self._help: HelpWindow | None = None
        self._focus: QWidget | None = None
        self.printing: Printing = printing or SystemPrinting(window)
        self.tasks = TaskRunner(self)
        self.tasks.error.connect(self._not_taken_care_of)
        self.message_bar = MessageBar()
        self.pages = WindowPages()
        self.around = Surroundings(
            self.pages,
            self.message_bar,
            prompter,
            self.tasks,
            preferences=preferences,
            drafts=desk.drafts,
            now=now,
        )
        self.around.bus.changed.connect(self._changed)
        self.backups = BackupKeeper(desk, self.around, self)
        self.backups.made.connect(self._show_right)
        self.search = self._make_search()
        self.bar = TopBar(self.search)
        self._offer_pages()
        self.progress = ProgressStrip(self.tasks)
        self.scans = ScanStrip(desk.reading_on)
        self.notice = Banner()
        self._say_notice()
        self._lay_out()
        self._connect()
        self.shortcuts = Shortcuts(self)
        self._build_keys()
        self._hide_names(preferences)
        self._dropping = Dropping(desk, self.around, self.pages.page)
        self.setAcceptDrops(True)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.notice)
        self.room = giving_way(self.pages)
        layout.addWidget(self.room, 1)
        layout.addWidget(self.progress)
        layout.addWidget(self.scans)
        layout.addWidget(self.message_bar)

    def _connect(self) -> None:
        self.bar.chosen.connect(self._tab_chosen)
        self.bar.lock_asked.connect(self.lock_asked)
        self.bar.help_asked.connect(self.show_help)
        self.pages.moved.connect(self._moved)
        self.pages.failed.connect(lambda text: self.message_bar.say(text, tone="danger"))
        self.pages.help_asked.connect(self.show_help)
        self._finding = QTimer(self, singleShot=True, interval=0)
        self._finding.timeout.connect(self._find_focus)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    def _hide_names(self, preferences: Preferences) -> None:
        """From onlookers, as it was chosen on this computer."""
        onlookers().blur(preferences.get(BLURRED, Blurred.NOWHERE))
        onlookers().away = bool(preferences.get(AWAY, False))
        self.veils = Veils(self)

    def _make_search(self) -> SearchField:
        lines = FoundLines(self.desk, self.pages, self._readers, self.show_help)
        return SearchField(lines.found, lines.standing)

    def _say_notice(self) -> None:
        told = self.desk.notice
        if told is not None:
            self.notice.say(told.sentence, "danger" if told.lost else "info")

    def _offer_pages(self) -> None:
        desk, around = self.desk, self.around
        areas = make_areas(desk, around, PaperDoor(around, self.printing, desk.write), self.pages)
        self._belongs = belongs(areas)
        for area in areas:
            for page in area.pages:
                self.pages.offer(page.key, partial(area.made, page, around))
                for register, place in page.leads:
                    self.pages.lead(register, place, page.key)
                if page.reader is not None:
                    self.pages.offer_once(page.reader.key, page.reader.make)
                    self._readers[page.key] = page.reader.key
            self.bar.add(area.key, area.title, area.icon, area.keys)
        self.pages.offer(_SETTINGS, self._make_settings)
        self.bar.add_apart(_SETTINGS, "Settings", "mdi6.cog-outline", "Ctrl+,")

    def _make_settings(self) -> SettingsPage:
        page = SettingsPage(self.desk, self.around, self.printing)
        page.backup_asked.connect(lambda: self.backups.back_up(tell=True))
        page.backed_up.connect(self._show_right)
        page.changed.connect(self.settings_changed)
        self.backups.made.connect(page.show_backups)
        return page

    def _build_keys(self) -> None:
        add = self.shortcuts.add
        add("search", "Search everything", "Ctrl+K", self.search.begin)
        add("lock", "Lock", "Ctrl+L", self.lock_asked.emit)
        add("new", "New entry", "Ctrl+N", self.begin_new)
        add("help", "Help about this page", "F1", self.show_help)
        add("keys", "List of keys", "Ctrl+/", self.show_keys)
        add("next-card", "Next card", "F6", lambda: next_card(self._window, forward=True))
        add(
            "card-before",
            "Previous card",
            "Shift+F6",
            lambda: next_card(self._window, forward=False),
        )
        add("next-step", "What to do next", "F7", lambda: next_step(self._window))
        self.shortcuts.add_keys(*KEYS)
        for tab in self.bar.leads:
            add(f"tab-{tab.page}", tab.title, tab.keys, partial(self.pages.open_page, tab.page))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere; a page that takes them itself is asked before."""
        if self.pages.isEnabled() and self._dropping.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Looks whether it is a form that came back."""
        event.acceptProposedAction()
        self._dropping.take(event.mimeData())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Names are shown while their key is held."""
        if event.key() == KEY and not event.isAutoRepeat():
            onlookers().hold(held=True)
        elif not self._for_page(event):
            super().keyPressEvent(event)

    def _for_page(self, event: QKeyEvent) -> bool:
        """Keys of the page, such as Ctrl+S, work while the keyboard is on the bar, too."""
        page = self.pages.currentWidget()
        if page is None or not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        pressed = QKeySequence(event.keyCombination())
        for made in page.findChildren(QShortcut):
            over = made.parent()
            seen = isinstance(over, QWidget) and over.isVisible() and over.isEnabled()
            if seen and made.isEnabled() and made.key() == pressed:
                made.activated.emit()
                return True
        return False

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Names are hidden again."""
        if event.key() == KEY and not event.isAutoRepeat():
            onlookers().hold(held=False)
        else:
            super().keyReleaseEvent(event)

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        """What had the keyboard is gone, such as a button that is there or of use no longer.

        Where it stood last on its page, Qt goes on to what stands first in the window: to the tabs.
        """
        gone = False
        if before is not None and isValid(before):
            gone = not (before.isVisible() and before.isEnabled())
        if (
            now is None or (gone and self.bar.tabs.has_keyboard(now))
        ) and not self._finding.isActive():
            self._finding.start()

    def _find_focus(self) -> None:
        shown = self.pages.shown
        focused = QApplication.focusWidget()
        free = focused is None or self.bar.tabs.has_keyboard(focused)
        free = free and QApplication.activeModalWidget() is None
        if shown is not None and free and self.isVisible() and self.isActiveWindow():
            shown.take_focus()

    def begin(self) -> None:
        """Shows Home and begins to look after backups."""
        self.pages.open_page(_HOME)
        self.backups.begin()
        self.scans.begin()
        self._show_right()

    def tell_restored(self, name: str) -> None:
        """Says once on Home which backup this was, and asks where the next ones go."""
        home = self.pages.page(_HOME)
        assert isinstance(home, HomePage)
        home.tell_restored(name)

    # --- moving --------------------------------------------------------------------------

    def _tab_chosen(self, name: str) -> None:
        self.pages.open_page(name)
        self.bar.show_tab(self.area_of(self.pages.visit.page))

    def area_of(self, page: str) -> str:
        """The tab, or button beside the tabs, that leads to a page."""
        return self._belongs.get(page, page)

    def _moved(self, name: str) -> None:
        self.bar.show_tab(self.area_of(name))
        self.search.close_list()
        self.message_bar.page_left()

    def begin_new(self) -> None:
        """Begins an entry of what is shown, or what Home begins where that has no register.

        Asks before something typed is left.
        """
        if not self.pages.isEnabled():
            return
        here = self.pages.shown
        self.pages.new_entry((here and here.begins) or self.pages.page(_HOME).begins)

    def can_leave(self) -> bool:
        """Asks the page shown whether the window may close."""
        return self.pages.can_leave()

    # --- help ----------------------------------------------------------------------------

    def show_help(self, page: str = "") -> None:
        """Opens the help, at the page about what is shown where no other is named."""
        if self._help is None:
            self._help = HelpWindow(parent=self._window)
        here = self.pages.shown
        self._help.open_page(page or (here and here.help_page) or FRONT)

    def show_keys(self) -> None:
        """Lists the keys."""
        dialog = KeysDialog(self.shortcuts.keys, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # --- what the message bar says at the right -------------------------------------------

    def show_left(self, seconds: int) -> None:
        """How long until the window locks."""
        soon = 0 < seconds <= _SOON
        if soon and not 0 < self._left <= _SOON:
            # Whoever listens has no other way to know, and any key puts it off.
            announce(self, "dpdesk will lock in one minute. Press any key to carry on.")
        self._left = seconds
        self._write_right()

    def _show_right(self) -> None:
        """Looks for the last backup, too: not at each tick, as its disk may be slow."""
        try:
            self._last = self.desk.keeping.last_backup()
            self._known = True
        except DpdeskError:
            # The disk is gone; whoever saves next is told so.
            self._known = False
        self._write_right()

    def _write_right(self) -> None:
        minutes = math.ceil(self._left / 60)
        locks = "locks in 1 minute" if minutes == 1 else f"locks in {minutes} minutes"
        last = last_backup_words(self._last, self.around.now()) if self._known else ""
        self.message_bar.show_right(last, locks if self._left > 0 else "")

    # --- changes, faults ------------------------------------------------------------------

    def _changed(self, changes: Changes) -> None:
        """New settings or another calendar may move every due date."""
        self.scans.begin()
        counting = {"school", "special_days", "terms", "request_settings"}
        if not counting & changes.registers:
            return
        recount = self.desk.recount()
        self.settings_changed.emit()
        if recount.changes.entries:
            self.around.bus.publish(recount.changes)
        if recount.moved:
            self.around.messages.say(recount.said(), tone="warn")

    def _not_taken_care_of(self, fault: BaseException) -> None:
        if isinstance(fault, DpdeskError):
            self.message_bar.say(str(fault), tone="danger")
        else:
            self._crash(fault)

    # --- locking and closing --------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Does any work run in the workspace?"""
        return self.tasks.busy or self.search.tasks.busy

    def before_lock(self) -> None:
        """Remembers where the keyboard was and takes words off the screen."""
        self._focus = QApplication.focusWidget()
        self.veils.rest()
        self.search.clear()
        self.message_bar.clear()

    def after_lock(self) -> None:
        """Gives the keyboard back to where it was."""
        self.veils.watch()
        if self._focus is not None and self.isAncestorOf(self._focus):
            self._focus.setFocus()
        self._focus = None
        self._show_right()

    def show_closing(self) -> None:
        """Nothing can be changed while the last backup is made."""
        self.pages.setEnabled(False)
        self.bar.setEnabled(False)
        self.message_bar.say("Backing up before closing…", tone="info")

    def hide_closing(self) -> None:
        """The user stays after all."""
        self.pages.setEnabled(True)
        self.bar.setEnabled(True)
        self.message_bar.clear()
        self.backups.begin()

    def shut(self) -> None:
        """Ends threads and workers and closes the desk."""
        self.veils.rest()
        self.backups.rest()
        self.scans.rest()
        self.pages.shut()
        self.search.shut()
        self.tasks.stop()
        if self._help is not None:
            self._help.close()
            self._help.deleteLater()
            self._help = None
        self.desk.close()
