"""The page of one entry, the same for every register: head, stages, form, rail, foot."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from dpdesk.errors import DpdeskError, InvalidEntry, StaleEntry
from dpdesk.registers.entries import Changes, DraftNote, Entry, Saved
from dpdesk.registers.service import RegisterService
from ui.kit.pieces.badges import Badge, entry_due_badge
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register import entry_archive, entry_merge
from ui.kit.register.entry_drafts import DraftKeeper, offer, taken_up, thawed
from ui.kit.register.entry_frame import EntryFrame
from ui.kit.register.inputs_links import FileDoor
from ui.kit.register.parts_panel import PartsPanel

_CLOCK = 20_000
_CHECK = 250
_SAVED = "Saved."


class EntryPage(EntryFrame):
    """One entry of a register.

    ``parts``: services of registers whose entries belong to this one. ``panels``: widgets of the
    rail, above the history. ``stage_of``: key of the stage the work is in; by default the state,
    where a stage has the same key. ``done_of``: keys of the stages in which something was done;
    by default all before that one. ``missing_for`` ends the words at the foot, for example
    " for the ICO report". ``neighbours``: numbers of the entries before and after, as the list
    shows them.
    """

    saved = Signal(object)
    """Carries the :class:`Saved`."""
    shown = Signal(object)
    """Carries the :class:`Entry` whenever another one, or another version of it, is shown."""
    made = Signal(object)
    """Carries the :class:`Entry` that was saved for the first time."""
    print_asked = Signal(object)
    draft_changed = Signal(dict)

    def __init__(
        self,
        service: RegisterService[Any, Any],
        around: Surroundings,
        *,
        parts: Iterable[RegisterService[Any, Any]] = (),
        panels: Iterable[QWidget] = (),
        stage_of: Callable[[Entry], str] | None = None,
        done_of: Callable[[Entry], Collection[str]] | None = None,
        files: FileDoor | None = None,
        neighbours: Callable[[], Sequence[int]] | None = None,
        missing_for: str = "",
        badge_of: Callable[[Entry], Badge | None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(service, around, parts=parts, panels=panels, files=files, parent=parent)
        self.neighbours = neighbours
        self._stage_of = stage_of or (lambda entry: entry.state)
        self._done_of = done_of
        self._missing_for = missing_for
        self._badge_of = badge_of or (lambda entry: entry_due_badge(entry, around.now()))
        self._kept: DraftNote | None = None
        self.drafts = DraftKeeper(self.form, around.drafts, self)
        self._connect()
        self._build_keys()

    def _connect(self) -> None:
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
        self.form.dirty_changed.connect(self.show_dirty)
        for part in self.parts:
            part.dirty_changed.connect(self.show_dirty)
        self.form.open_asked.connect(self.around.navigator.open_entry)
        self.drafts.kept.connect(self.draft_changed)
        self.around.bus.changed.connect(self._changed_elsewhere)

    def _build_keys(self) -> None:
        def key(keys: str, does: Callable[[], object]) -> None:
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(does)

        key("Ctrl+S", self.save)
        key("Escape", self.go_back)
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

    def show_saved(self, entry: Entry) -> None:
        """Shows an entry as it is saved."""
        self.entry = entry
        self.form.set_values(entry.values)
        self.form.set_read_only(entry.archived)
        if entry.archived:
            bring = ("Bring it back", self.restore)
            self.banner.say(f"This {self.register.entry} is archived.", "quiet", [bring])
        self._show_head()
        self.show_dirty()
        self.show_missing()
        for panel in [*self.panels, *self.parts]:
            panel.show_entry(entry)
        self._show_neighbours()
        self.shown.emit(entry)

    def _show_head(self) -> None:
        entry = self.entry
        self.head.show_entry(entry, self._badge_of(entry))
        done = self._done_of(entry) if self._done_of is not None and entry.id else None
        self.stages.show_stage(self._stage_of(entry), done)
        self.setAccessibleName(f"{entry.reference} {entry.title}".strip() or self.register.entry)

    def show_dirty(self, begun: bool = False) -> None:
        """Says whether there is something to save."""
        self.foot.show_dirty(self.dirty, new=not self.entry.id)
        if begun:
            self.around.messages.withdraw(_SAVED)

    def show_missing(self) -> None:
        """Says what is still missing."""
        answers = {name: value for name, value in self.form.values().items() if value is not None}
        fields = self.service.missing(answers, self.entry.id)
        here = [field for field in fields if self.form.asked_here(field.name)]
        self.foot.show_missing(here, len(fields) - len(here), self._missing_for)

    def _show_stage(self, stage: str) -> None:
        self.form.show_stage(stage)
        self.show_missing()
        self.area.verticalScrollBar().setValue(0)

    def _follow_stage(self, stage: str) -> None:
        """The way to a question led to another stage: all that follows the stages goes along."""
        self.stages.choose(stage)
        self.stages.chosen.emit(stage)

    def _show_neighbours(self) -> None:
        ids = list(self.neighbours()) if self.neighbours is not None else []
        place = ids.index(self.entry.id) if self.entry.id in ids else -1
        self.head.show_neighbours(place, len(ids) if place >= 0 else 0)

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

    # --- saving --------------------------------------------------------------------------

    @property
    def dirty(self) -> bool:
        """Is anything typed here that is not saved?"""
        return self.form.dirty or any(part.dirty for part in self.parts)

    def save(self) -> bool:
        """Saves the entry and the parts that are open.

        Where something cannot be saved, says why beside the questions and keeps what was typed.
        """
        if self.entry.archived:
            return False
        parts = [part for part in self.parts if part.dirty]
        if not parts:
            return self._save_entry() is not None
        backs: list[Callable[[], object]] = []
        if self.form.dirty:
            saved = self._save_entry()
            if saved is None:
                return False
            backs.append(partial(self._undo, saved))
        return self._save_parts(parts, backs)

    def _save_parts(self, parts: list[PartsPanel], backs: list[Callable[[], object]]) -> bool:
        """Saves the open parts; ``backs`` takes back what was saved before them."""
        unsaved = None
        for part in parts:
            saved = part.keep_open()
            if saved is not None:
                # What was saved last goes back first.
                backs.insert(0, partial(part.undo, saved))
            else:
                unsaved = part
        if backs:
            self.around.messages.say(_SAVED, undo=lambda: [back() for back in backs])
        if unsaved is not None:
            self.banner.say(
                f"The {unsaved.register.entry} that is open needs another look. "
                "It is not saved yet, and nothing you typed is lost.",
                "danger",
                [("Show it", unsaved.bring_into_view)],
            )
        return unsaved is None

    def _save_entry(self) -> Saved | None:
        problems = self.form.problems()
        if problems:
            self._complain(problems)
            return None
        entry = self.entry
        try:
            saved = self.service.save(
                self.form.values(), entry.id, entry.version, parent_id=entry.parent_id
            )
        except InvalidEntry as error:
            self._complain(error.problems)
            return None
        except StaleEntry as error:
            self._offer_merge(error)
            return None
        except DpdeskError as error:
            self.banner.say(str(error), "danger", [("Try again", self.save)])
            return None
        self.drafts.drop()
        self._finish(saved, _SAVED)
        return saved

    def _finish(self, saved: Saved, text: str) -> None:
        new = not self.entry.id
        self.banner.hide()
        self.show_saved(saved.entry)
        if new:
            self.made.emit(saved.entry)
        self.drafts.begin(saved.entry)
        self.around.messages.say(text, undo=lambda: self._undo(saved))
        self.saved.emit(saved)
        self.around.bus.publish(saved.changes)

    def _undo(self, saved: Saved) -> None:
        try:
            back = self.service.undo(saved)
        except DpdeskError as error:
            self.around.messages.say(str(error), tone="danger")
            return
        self.around.bus.publish(back.changes)

    def _complain(self, problems: dict[str, str]) -> None:
        rest = self.form.show_errors(problems)
        count = len(problems)
        say = (
            "One answer needs another look."
            if count == 1
            else f"{count} answers need another look."
        )
        beside = [(self.register.field(n).label, n) for n in problems if n in self.form.rows][:4]
        links = [(label, lambda n=name: self.form.focus_field(n)) for label, name in beside]
        self.banner.say(
            " ".join([say, "Nothing was saved, and nothing you typed is lost.", *rest]),
            "danger",
            links,
        )

    def _offer_merge(self, error: StaleEntry) -> None:
        keep = ("Keep my changes", partial(entry_merge.merge, self))
        self.banner.say(str(error), "warn", [keep, ("Discard my changes", self._take_saved)])

    def _take_saved(self) -> None:
        self.banner.hide()
        self.drafts.drop()
        self.show_saved(self.service.load(self.entry.id))

    def discard(self) -> None:
        """Throws away what is not saved; it can be taken back from the message bar."""
        mine = {**self.form.values(), **self.form.typed()}
        entry = self.entry
        self.drafts.drop()
        self.banner.hide()
        if not entry.id:
            self.form.mark_clean()
            self.around.navigator.back()
            return
        backs = [part.drop() for part in self.parts if part.dirty]
        self.show_saved(entry)

        def back() -> None:
            if self.entry.id == entry.id:
                self.form.set_values(mine, clean=False)
                self.show_missing()
                for one in backs:
                    one()

        self.around.messages.say("Changes discarded.", undo=back)

    # --- drafts --------------------------------------------------------------------------

    def offer_draft(self, note: DraftNote) -> None:
        """Offers what was kept when the program ended unexpectedly."""
        self.banner.say(
            offer(note, self.entry),
            "info",
            [("Use it", lambda: self._use_draft(note)), ("Discard it", self._drop_draft)],
        )

    def _use_draft(self, note: DraftNote) -> None:
        self.form.set_values(
            {**self.entry.values, **thawed(self.register, note.answers)}, clean=False
        )
        self.show_missing()
        self.banner.hide()
        # Whatever follows what is typed follows this as well.
        self.form.changed.emit()
        self.form.focus_first()

    def use_kept(self) -> None:
        """Takes up what was kept of the entry shown, for a user who asked for just that."""
        if self._kept is None:
            return
        self._use_draft(self._kept)
        self.banner.say(taken_up(self._kept, self.entry), "info", [("Discard it", self.discard)])

    def _drop_draft(self) -> None:
        self.drafts.drop()
        self.banner.hide()

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
