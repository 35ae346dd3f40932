"""The schedule: how long each class of record is kept, and what a change of it moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu, QWidget

from dpdesk.law.words import count
from dpdesk.registers.entries import Changes, Saved
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.register_page import ShownList
from ui.kit.register.register_room import RegisterRoom
from ui.retention.class_panel import ClassPanel
from ui.retention.class_step import ClassStep
from ui.retention.usual_page import UsualPage

if TYPE_CHECKING:
    from dpdesk.desk import Desk

_TYPING = 250
EDITIONS = "retention_editions"


class ScheduleRoom(RegisterRoom):
    """The page Schedule of the retention tab."""

    start_chip = "in_use"
    keeps_documents = False

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, desk.retention.schedule, around, door, parent)
        self._usual: UsualPage | None = None
        self.list.first_offer = (
            "Use the standard schedule",
            lambda: around.navigator.open_page(self.key, section="usual"),
        )
        self.publish_button = button(
            "Publish", "mdi6.bullhorn-outline", hint="The schedule as a paper or a spreadsheet"
        )
        menu = QMenu(self.publish_button)
        menu.addAction("Print or save as PDF…", self._print_schedule)
        menu.addAction("Save as a spreadsheet…", self._save_sheet)
        menu.addSeparator()
        menu.addAction("Working copy with our own notes…", self._print_working)
        self.publish_button.setMenu(menu)
        self.sign_button = button(
            "Sign off an edition",
            "mdi6.book-check-outline",
            does=lambda: around.navigator.new_entry(EDITIONS),
        )
        header = self.list.header.buttons
        for made in (self.publish_button, self.sign_button):
            header.insertWidget(header.count() - 1, made)
        # The list as it is shown goes out by Publish, whole and with its sources.
        self.list.print_button.hide()
        self.note = Banner(self.list, closable=False)
        self.list.body.insertWidget(1, self.note)
        self._show_note()
        around.bus.changed.connect(self._changed)

    @property
    def usual(self) -> UsualPage:
        """The page of the usual classes; made when first asked for."""
        if self._usual is None:
            self._usual = UsualPage(self.desk, self.around, self)
            self.addWidget(self._usual)
            self._usual.closed.connect(self.show_list)
        return self._usual

    def panels(self) -> Sequence[QWidget]:
        """Its holdings, and what a change moves."""
        self.class_panel = ClassPanel(self.desk, self.around)
        return [self.class_panel]

    def furnish(self) -> None:
        """What a change means and moves is said while it is typed, and when it is saved."""
        self.step = ClassStep(self.desk)
        self.page.body.insertWidget(0, self.step)
        self.step.asked.connect(lambda _name: self._checked_today())
        self.page.shown.connect(self.step.show_entry)
        # The period in words follows from the other answers; nobody types it.
        self.page.form.leave_out(["kept_for"])
        self._typed = QTimer(self, singleShot=True, interval=_TYPING)
        self._typed.timeout.connect(self._preview)
        self.page.form.changed.connect(self._typed.start)
        self.page.saved.connect(self._saved)

    # --- showing -------------------------------------------------------------------------

    def show_section(self, section: str) -> None:
        """The usual schedule, to be taken over."""
        if section == "usual":
            self.setCurrentWidget(self.usual)
            self.usual.begin()
        else:
            self.show_list()

    def can_leave(self) -> bool:
        """Nothing is typed in the usual schedule."""
        if self._usual is not None and self.currentWidget() is self._usual:
            return True
        return super().can_leave()

    def _changed(self, changes: Changes) -> None:
        if {self.key, EDITIONS} & changes.registers:
            self._show_note()

    def _show_note(self) -> None:
        """Says above the list what waits to be signed off, and what is offered and not here."""
        room = self.desk.retention
        last, here = room.editions.last(), len(room.schedule.in_use())
        self.sign_button.setEnabled(bool(here))
        self.publish_button.setEnabled(bool(here))
        self.note.hide()
        if not here:
            return
        missing = len(room.schedule.not_adopted())
        sign = ("Sign off an edition", self.sign_button.click)
        usual = ("Show them", lambda: self.around.navigator.open_page(self.key, section="usual"))
        texts: list[str] = []
        offers: list[tuple[str, Callable[[], object]]] = []
        if missing:
            word = "1 standard class is" if missing == 1 else f"{missing} standard classes are"
            texts.append(f"{word} not in your schedule.")
            offers.append(usual)
        if last is None:
            texts.append("No edition is signed off yet.")
            offers.append(sign)
        elif changed := len(room.editions.changes_since(last)):
            word = "1 class" if changed == 1 else f"{changed} classes"
            texts.append(f"{word} changed since {_small(last.title)}.")
            offers += [("What changed", self.sign_button.click), sign]
        if texts:
            tone = "info" if len(offers) > 1 or not missing else "quiet"
            self.note.say(" ".join(texts), tone, offers)

    # --- doing ---------------------------------------------------------------------------

    def _checked_today(self) -> None:
        """Offers the answer; the person saves, with the source that was named."""
        form = self.page.form
        form.set_values({**form.values(), "checked": self.service.today()}, clean=False)
        form.focus_field("checked")

    def _preview(self) -> None:
        values = {n: v for n, v in self.page.form.values().items() if v is not None}
        self.step.preview(values)
        if self.page.entry.id:
            self.class_panel.preview(values if self.page.form.dirty else self.page.entry.values)

    def _saved(self, saved: Saved) -> None:
        """Says how many holdings moved with the class; that can be taken back as one."""
        moved = sum(key == "holdings" for key, _ in saved.changes.entries)
        if moved:
            verb = "falls" if moved == 1 else "fall"
            self.around.messages.say(
                f"Saved. {count(moved, 'holding')} {verb} due on another day, or no longer.",
                undo=lambda: self.attempt(
                    lambda: self.around.bus.publish(self.service.undo(saved).changes)
                ),
            )

    def _print_schedule(self) -> None:
        self.door.offer(lambda: self.desk.retention.prints.schedule().content, "Retention schedule")

    def _print_working(self) -> None:
        self.door.offer(
            lambda: self.desk.retention.prints.working_copy().content,
            "Retention schedule, working copy",
        )

    def _save_sheet(self) -> None:
        self.attempt(
            lambda: self.door.save(
                self.desk.retention.prints.schedule_sheet(),
                "Retention schedule.xlsx",
                "Excel file (*.xlsx)",
            )
        )

    def _print_list(self, shown: ShownList) -> None:
        self._print_schedule()


def _small(title: str) -> str:
    return title[0].lower() + title[1:]
