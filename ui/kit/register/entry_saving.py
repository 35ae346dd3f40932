"""Saving an entry from its page, taking that back, and what was typed and not saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QApplication

from dpdesk.errors import DpdeskError, InvalidEntry, StaleEntry
from dpdesk.registers.entries import DraftNote, Saved
from ui.kit.register import entry_merge
from ui.kit.register.due_moved import due_moved
from ui.kit.register.entry_drafts import offer, taken_up, thawed
from ui.kit.register.entry_showing import SAVED, EntryShowing
from ui.kit.register.in_sight import InSight
from ui.kit.register.parts_panel import PartsPanel


class EntrySaving(EntryShowing):
    """The page of an entry that can be saved and knows drafts, but not how one comes and goes."""

    # --- saving --------------------------------------------------------------------------

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
        before = parts[0].due()
        for part in parts:
            saved = part.keep_open()
            if saved is not None:
                # What was saved last goes back first.
                backs.insert(0, partial(part.undo, saved))
            else:
                unsaved = part
        if backs:
            said = " ".join(filter(None, (SAVED, due_moved(before, parts[0].due()))))
            self.around.messages.say(said, undo=lambda: [back() for back in backs])
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
        self._finish(saved, SAVED)
        if moved := due_moved(entry.due, saved.entry.due):
            self.banner.say(moved, "info")
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
        focused = QApplication.focusWidget()
        if focused is not None and self.form.isAncestorOf(focused):
            # Other questions may be asked now, and the cards stand elsewhere.
            InSight(self.area, focused)

    def _undo(self, saved: Saved) -> None:
        try:
            back = self.service.undo(saved)
        except DpdeskError as error:
            self.around.messages.say(str(error), tone="danger")
            return
        self.around.bus.publish(back.changes)

    def _complain(self, problems: dict[str, str]) -> None:
        rest = self.form.show_errors(problems)
        self.show_missing()
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
