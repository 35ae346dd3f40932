"""The editions of the schedule, each as it was signed off, and signing the next one off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.law.words import long_moment
from ui.kit.look.theme import MEDIUM
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import PlainPage, row, scrolling
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.form import Form
from ui.kit.register.form_row import Doors
from ui.kit.register.rail import RailPanel
from ui.kit.register.register_room import RegisterRoom
from ui.retention.changes_card import ChangesCard

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.registers.entries import Entry, Saved


class EditionSignOffPage(PlainPage):
    """Who signs the schedule off, and when. ``signed`` carries what was saved."""

    signed = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.around = desk, around
        back = button("Editions", "mdi6.arrow-left", role="link", does=self.closed.emit)
        back.setAccessibleName("Back to the editions")
        self.body.addLayout(row(back, None))
        self.header = PageHeader("Sign off an edition of the schedule")
        self.sign_button = button("Sign off", "mdi6.check", role="primary", does=self.sign)
        self.header.add_button(self.sign_button)
        self.body.addWidget(self.header)
        self.banner = Banner(self)
        self.body.addWidget(self.banner)
        inside = QWidget(self)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, MEDIUM, 0)
        layout.setSpacing(MEDIUM)
        service = desk.retention.editions
        self.form = Form(service.register, Doors(service, now=around.now), parent=inside)
        self.changes = ChangesCard(inside)
        layout.addWidget(self.form)
        layout.addWidget(self.changes)
        layout.addStretch(1)
        self.body.addWidget(scrolling(inside, "What is signed off"), 1)

    def begin(self) -> None:
        """Today, and the data protection officer, unless somebody else signs."""
        editions = self.desk.retention.editions
        self.banner.hide()
        dpo = self.desk.school.particulars().dpo_name
        self.form.set_values({"day": editions.today(), "signed_by": dpo})
        last = editions.last()
        title = f"{last.title[0].lower()}{last.title[1:]}" if last is not None else ""
        self.changes.show_changes(editions.changes_since(last), title)
        self.form.focus_field("signed_by")

    def _open_ends(self) -> list[str]:
        """What somebody may want to settle before it is signed off."""
        schedule = self.desk.retention.schedule
        unsure = schedule.counts().get("check", 0)
        missing = len(schedule.not_adopted())
        told = []
        if unsure:
            told.append(f"Not checked with your adviser yet: {_classes(unsure)}.")
        if missing:
            told.append(f"Standard classes that are not in it: {missing}.")
        return told

    def sign(self) -> bool:
        """Freezes the schedule as it is now, after one question."""
        service = self.desk.retention.editions
        problems = self.form.problems() or service.check(self.form.values())
        if problems:
            rest = self.form.show_errors(problems)
            if rest:
                self.banner.say(" ".join(rest), "danger")
            return False
        number = service.last_number() + 1
        if not self.around.prompter.confirm(
            f"Sign off edition {number} of the retention schedule?",
            "Sign off",
            details=" ".join([*self._open_ends(), _KEPT]),
        ):
            return False
        try:
            saved = service.save(self.form.values())
        except InvalidEntry as error:
            self.form.show_errors(error.problems)
            return False
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return False
        self.form.mark_clean()
        self.signed.emit(saved)
        return True


_KEPT: Final = (
    "It is kept as it is now and cannot be changed. You can go on changing the schedule itself."
)


def _classes(number: int) -> str:
    return "1 class" if number == 1 else f"{number} classes"


class EditionPanel(RailPanel):
    """The paper of an edition, as it was signed off."""

    def __init__(self, desk: Desk, door: PaperDoor, parent: QWidget | None = None) -> None:
        super().__init__("The paper", parent)
        self._desk, self._door = desk, door

    def draw(self, entry: Entry) -> None:
        """When it was made, and the way to the printer."""
        self.setVisible(bool(entry.id))
        if not entry.id:
            return
        frozen = self._desk.retention.editions.frozen(entry.id)
        self.say(f"Kept {long_moment(frozen.made_at)}, {frozen.made_by}.")
        self.say("It is never changed. To correct something, sign off the next edition.")
        paper = button("Print or save it", "mdi6.printer-outline", does=self.offer)
        self.inside.addLayout(row(paper, None))

    def offer(self) -> None:
        """Offers the paper."""
        entry = self.entry
        if entry is not None and entry.id:
            self._door.offer(
                lambda: self._desk.retention.editions.content(entry.id),
                f"Retention schedule, {entry.title}",
            )


class EditionsRoom(RegisterRoom):
    """The page Editions of the retention tab."""

    importable = False
    keeps_documents = False

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, desk.retention.editions, around, door, parent)
        self._sign_off: EditionSignOffPage | None = None
        self.list.archived.hide()

    @property
    def sign_off(self) -> EditionSignOffPage:
        """The page on which the next one is signed off."""
        if self._sign_off is None:
            self._sign_off = EditionSignOffPage(self.desk, self.around, self)
            self.addWidget(self._sign_off)
            self._sign_off.closed.connect(self.show_list)
            self._sign_off.signed.connect(self._signed)
        return self._sign_off

    def panels(self) -> Sequence[QWidget]:
        """The paper."""
        self.paper = EditionPanel(self.desk, self.door)
        return [self.paper]

    def furnish(self) -> None:
        """What changed since; printing gives the paper as it was."""
        self.changes = ChangesCard()
        self.page.body.insertWidget(1, self.changes)
        self.page.shown.connect(self._shown)

    def _shown(self, entry: Entry) -> None:
        for name in ("day", "signed_by"):
            self.page.form.rows[name].set_read_only(True)
        editions = self.desk.retention.editions
        self.changes.setVisible(bool(entry.id))
        if entry.id:
            title = f"{entry.title[0].lower()}{entry.title[1:]}"
            self.changes.show_changes(editions.changes_since(entry), title)

    def open_entry(self, entry_id: int, place: str = "") -> None:
        """Shows an edition; ``place`` "sign_off" asks for the next one."""
        if place == "sign_off":
            self.new_entry()
        else:
            super().open_entry(entry_id)

    def new_entry(self, like: int = 0) -> None:
        """Signing the schedule off is how an edition is made."""
        self.setCurrentWidget(self.sign_off)
        self.sign_off.begin()

    def can_leave(self) -> bool:
        """Little is typed on the page of signing off."""
        if self._sign_off is not None and self.currentWidget() is self._sign_off:
            return True
        return super().can_leave()

    def _signed(self, saved: Saved) -> None:
        self.around.bus.publish(saved.changes)
        self.around.navigator.open_entry(self.key, saved.entry.id)
        self.around.messages.say(f"{saved.entry.title} is signed off and kept.")
        self.door.offer(
            lambda: self.desk.retention.editions.content(saved.entry.id),
            f"Retention schedule {saved.entry.title.lower()}",
        )

    def _print_entry(self, entry: Entry) -> None:
        self.paper.offer()
