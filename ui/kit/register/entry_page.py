"""The page of one entry, the same for every register: how it is opened, kept fresh and left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent

from dpdesk.errors import DpdeskError
from dpdesk.registers.entries import Changes, Entry
from ui.kit.pieces.keys import on_escape
from ui.kit.register import entry_archive, entry_merge
from ui.kit.register.entry_saving import EntrySaving
from ui.kit.register.next_in_sight import NextInSight

_CLOCK = 20_000
_CHECK = 250


class EntryPage(EntrySaving):
    """One entry of a register: head, stages, form, rail, foot. Arguments as EntryShowing says."""

    def connect_pieces(self) -> None:
        """Joins head, stages, form, parts and foot to what the page does."""
        self._check = QTimer(self, singleShot=True, interval=_CHECK)
        self._check.timeout.connect(self.show_missing)
        self._clock = QTimer(self, interval=_CLOCK)
        self._clock.timeout.connect(self._show_head)
        self.head.back.connect(self.go_back)
        self.head.step.connect(self.go_to_neighbour)
        self.foot.save_asked.connect(self.save)
        self.foot.discard_asked.connect(self.discard)
        self.foot.field_asked.connect(self.form.focus_field)
        self.head.print_asked.connect(lambda: self.print_asked.emit(self.entry))
        self.head.more.aboutToShow.connect(self._fill_menu)
        self.stages.chosen.connect(self._show_stage)
        self.form.stage_moved.connect(self._follow_stage)
        self.form.changed.connect(self._check.start)
        self.form.left.connect(self._check.start)
        self.form.dirty_changed.connect(self.show_dirty)
        for part in self.parts:
            part.dirty_changed.connect(self.show_dirty)
        self.form.open_asked.connect(self.around.navigator.open_entry)
        self.drafts.kept.connect(self.draft_changed)
        self.around.bus.changed.connect(self._changed_elsewhere)
        self.next_in_sight = NextInSight(self)
        self._build_keys()

    def _build_keys(self) -> None:
        def key(keys: str, does: Callable[[], object]) -> None:
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(does)

        key("Ctrl+S", self.save)
        on_escape(self, self.go_back)
        key("Alt+Left", self.go_back)
        key("Ctrl+PgDown", lambda: self.go_to_neighbour(1))
        key("Ctrl+PgUp", lambda: self.go_to_neighbour(-1))
        key("Ctrl+P", self.head.print_button.click)

    # --- showing -------------------------------------------------------------------------

    def open(self, entry_id: int) -> None:
        """Shows an entry as it is saved. Raises NotFound."""
        self._begin(self.service.load(entry_id))

    def open_new(self, like: int = 0, entry: Entry | None = None) -> None:
        """Begins a new entry, with the answers of the entry ``like`` or of ``entry``."""
        begun = self.service.duplicate(like) if like else entry or self.service.blank()
        self._begin(begun)
        self.form.focus_first()

    def _begin(self, entry: Entry) -> None:
        self.banner.hide()
        self.stages.choose("")
        self.form.show_stage("")
        self.show_saved(entry)
        self.area.verticalScrollBar().setValue(0)
        # The page itself takes the keyboard: keys work, Tab leads on, nothing is typed by mistake.
        self.setFocus()
        self._kept = self.drafts.begin(entry)
        if self._kept is not None:
            self.offer_draft(self._kept)

    def showEvent(self, event: QShowEvent) -> None:
        """The countdown runs while it is seen."""
        super().showEvent(event)
        self._show_head()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """A page that is left keeps its draft."""
        super().hideEvent(event)
        self._clock.stop()
        self.drafts.keep_now()

    # --- leaving -------------------------------------------------------------------------

    def can_leave(self) -> bool:
        """Asks once where something is not saved; True where the page may be left."""
        if not self.dirty:
            return True
        what = self.entry.reference or f"this {self.register.entry}"
        answer = self.around.prompter.choose(f"Save your changes to {what}?", ("Save", "Discard"))
        if answer == "Save":
            return self.save()
        if answer == "Discard":
            self.drafts.drop()
            self.form.set_values(self.entry.values)
            for part in self.parts:
                part.drop()
            return True
        return False

    def go_back(self) -> None:
        """Back to where the user came from; the window asks ``can_leave``."""
        self.around.navigator.back()

    def go_to_neighbour(self, step: int) -> None:
        """Shows the next entry of the list (1) or the previous one (-1)."""
        ids = list(self.neighbours()) if self.neighbours is not None else []
        if self.entry.id not in ids:
            return
        place = ids.index(self.entry.id) + step
        if 0 <= place < len(ids):
            self.around.navigator.open_entry(self.register.key, ids[place])

    # --- doing ---------------------------------------------------------------------------

    def _fill_menu(self) -> None:
        menu = self.head.more
        menu.clear()
        key, number = self.register.key, self.entry.id
        menu.addAction("Duplicate", lambda: self.around.navigator.new_entry(key, like=number))
        if self.entry.archived:
            menu.addAction("Bring back", self.restore)
        else:
            menu.addAction("Archive", self.archive)

    def archive(self) -> None:
        """Puts the entry out of sight; nothing is deleted. Asks once where it is still open."""
        if (saved := entry_archive.archive(self)) is not None:
            self._finish(saved, "Archived.")

    def restore(self) -> None:
        """Brings an archived entry back."""
        if (saved := entry_archive.restore(self)) is not None:
            self._finish(saved, "Back in the list.")

    def _changed_elsewhere(self, changes: Changes) -> None:
        """Reads the entry afresh where somebody else changed it, unless something is typed."""
        entry = self.entry
        if not entry.id or (self.register.key, entry.id) not in changes.entries:
            return
        try:
            now = self.service.load(entry.id)
        except DpdeskError:
            # The page of a vanished entry stays as it is; saving will say what happened.
            return
        if now == entry:
            # A part that changes nothing of the entry may still be the end of a stage.
            self._show_head()
            return
        if now.version == entry.version or not self.form.dirty:
            self._take(now)
        else:
            entry_merge.take_beside(self, now)

    def _take(self, entry: Entry) -> None:
        """Shows another version of the same entry; what is being typed stays."""
        if self.form.dirty:
            # A part changed: title, state and due date follow, the answers are the same.
            self.entry = entry
            self._show_head()
            for panel in [*self.panels, *self.parts]:
                panel.show_entry(entry)
            return
        place = self.area.verticalScrollBar().value()
        self.banner.hide()
        self.show_saved(entry)
        self.area.verticalScrollBar().setValue(place)
