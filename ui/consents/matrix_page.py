"""Who agreed to what: pupils down, uses across, and the same answer for many at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QWidget

from dpdesk.consents.roll import Roll
from dpdesk.consents.roll_answers import Pupil
from dpdesk.consents.rules import NO, ConsentReason, ConsentStanding, Stands
from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count
from ui.consents.class_choice import ClassChoice
from ui.consents.matrix_model import MatrixModel
from ui.consents.set_many import SetMany
from ui.kit.look import plain
from ui.kit.look.onlookers import Blurred, onlookers
from ui.kit.look.theme import MEDIUM, give_role
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import row, words
from ui.kit.pieces.empty_state import EmptyState
from ui.kit.pieces.live_page import LivePage
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.questions_heard import heard_as
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.inputs_choices import Combo
from ui.kit.register.table_view import CellDelegate, TableView

_TYPING: Final = 120
_WIDTHS: Final = (240, 96)
_USE: Final = 190

ONLY: Final[tuple[tuple[str, Callable[[ConsentStanding], bool] | None], ...]] = (
    ("Everybody", None),
    ("An answer is missing", lambda found: found.stands is Stands.NOT_ASKED),
    ("Parents do not agree", lambda found: found.reason is ConsentReason.DISAGREE),
    ("Expired, or earlier wording", lambda found: found.stands is Stands.EXPIRED),
    ("No parental responsibility", lambda found: found.reason is ConsentReason.NOBODY),
    ("Refused or withdrawn", lambda found: str(found.stands) in NO),
)
"""Which pupils may be shown alone: those with such an answer to any use."""


class MatrixPage(LivePage):
    """The page "Who agreed" of the consents tab."""

    key = "consent_matrix"
    title = "Who agreed"
    icon = "mdi6.table-account"
    help_page = "consents"
    begins = "consents"
    shows: ClassVar = frozenset({"consents", "people", "relationships", "photo_uses", "photos"})

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, parent)
        self.desk, self.door = desk, door
        self.roll: Roll | None = None
        self._build_head()
        self._build_choice()
        self.model = MatrixModel(self)
        self.table = TableView("Pupils and what was answered for them", self.model, self)
        # Drawn by Qt itself: two thousand pupils scroll as a bare table does.
        self._plain = QStyledItemDelegate(self.table)
        self.table.setItemDelegate(self._plain)
        self._blurring = CellDelegate(self.table)
        onlookers().changed.connect(self._blur)
        self._blur()
        self.table.horizontalHeader().setSortIndicatorShown(False)
        give_role(self.table.horizontalHeader(), "flush")
        self.table.opened.connect(partial(around.navigator.open_entry, "people"))
        self.table.typed.connect(self._typed)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._chosen())
        self.empty = EmptyState(self)
        self.many = SetMany(desk, around, self)
        self.many.done.connect(self._recorded)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.many)
        for keys, does in (("Ctrl+F", self.search.setFocus), ("Escape", self._escape)):
            made = QShortcut(QKeySequence(keys), self)
            plain.work_inside(made)
            made.activated.connect(does)

    def _blur(self) -> None:
        """While names are hidden, those of the pupils are drawn by what can smear them."""
        drawn = self._blurring if onlookers().hides(Blurred.LISTS) else self._plain
        self.table.setItemDelegateForColumn(0, drawn)

    def _build_head(self) -> None:
        self.header = PageHeader("Who agreed", " ", self)
        self.pile = button(
            "Enter forms",
            "mdi6.keyboard-outline",
            role="primary",
            does=lambda: self.around.navigator.open_page("consent_pile"),
            hint="One key for each use, form by form",
        )
        self.sheet = button(
            "Class sheet",
            "mdi6.printer-outline",
            does=self.print_sheet,
            hint="Who may be photographed for what, of the pupils shown",
        )
        self.forms = button(
            "Forms",
            "mdi6.file-document-outline",
            does=self.print_forms,
            hint="A consent form for each chosen pupil, or for all that are shown",
        )
        for made in (self.sheet, self.forms, self.pile):
            self.header.add_button(made)
        self.body.addWidget(self.header)
        self.banner = Banner(self)
        self.body.addWidget(self.banner)

    def _build_choice(self) -> None:
        self.classes = ClassChoice(self)
        self.classes.chosen.connect(self._show_rows)
        self.only = Combo(self)
        heard_as(self.only, "Which pupils")
        for said, _wanted in ONLY:
            self.only.addItem(said)
        self.only.activated.connect(lambda _place: self._show_rows())
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Find a pupil")
        self.search.setAccessibleName("Find a pupil")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(260)
        self._wait = QTimer(self, singleShot=True, interval=_TYPING)
        self._wait.timeout.connect(self._show_rows)
        self.search.textChanged.connect(lambda _text: self._wait.start())
        self.shown = words("", "muted")
        label = words("Class or year", "label")
        label.setBuddy(self.classes)
        self.choice = QWidget(self)
        inside = row(label, self.classes, self.only, self.search, self.shown, None, space=MEDIUM)
        inside.setContentsMargins(0, 0, 0, 0)
        self.choice.setLayout(inside)
        give_role(self.choice, "page")
        self.body.addWidget(self.choice)

    def draw_together(self, *, low: bool) -> None:
        """In a low window the pupils have the room."""
        super().draw_together(low=low)
        self.many.draw_together(low=low)

    # --- showing -------------------------------------------------------------------------

    def show_list(self) -> None:
        """Shows the table as it was left."""
        self.reload_when_seen()

    def take_focus(self) -> None:
        """The keyboard comes to the table."""
        if self.table.isVisible():
            self.table.setFocus()
        else:
            self.empty.take_focus()

    def read(self) -> None:
        """Reads the roll afresh; class, search and selection stay."""
        try:
            self.roll = self.desk.consents.consents.roll()
        except DpdeskError as error:
            self.banner.say(str(error), "danger", [("Try again", self.reload)])
            return
        self.banner.hide()
        self.classes.offer(self.roll)
        kept, current = self.table.chosen_ids(), self.table.current_id()
        self._show_rows()
        self._choose(set(kept), current)

    def _choose(self, numbers: set[int], current: int) -> None:
        """The same pupils again; the keyboard stays with the one it was with (``current``)."""
        flags = self.table.selectionModel().SelectionFlag
        for place, pupil in enumerate(self.model.pupils):
            index = self.model.index(place, 0)
            if pupil.id == current:
                self.table.selectionModel().setCurrentIndex(index, flags.NoUpdate)
            if pupil.id in numbers:
                self.table.selectionModel().select(index, flags.Select | flags.Rows)

    def _show_rows(self) -> None:
        roll = self.roll
        if roll is None:
            return
        pupils = self._found(roll)
        self.model.show_pupils(roll, pupils)
        self._widths(len(roll.uses))
        here = roll.of_class("")
        self.shown.setText(f"{len(pupils):,} of {count(len(here), 'pupil')}")
        self._show_empty(roll, bool(here))
        self._head(roll, here)
        self._chosen()

    def _found(self, roll: Roll) -> tuple[Pupil, ...]:
        pupils = roll.of_class(self.classes.words)
        sought = self.search.text().casefold().split()
        wanted = ONLY[self.only.currentIndex()][1]
        uses = [use.id for use in roll.uses]
        pupils = tuple(
            p for p in pupils if wanted is None or any(wanted(roll.of(p.id, u)) for u in uses)
        )
        return tuple(
            p for p in pupils if all(word in f"{p.title} {p.name}".casefold() for word in sought)
        )

    def _widths(self, uses: int) -> None:
        for column, width in enumerate((*_WIDTHS, *([_USE] * uses))):
            self.table.setColumnWidth(column, width)

    def _head(self, roll: Roll, here: tuple[Pupil, ...]) -> None:
        doubtful = roll.disagreeing()
        parts = [f"Today, {count(len(here), 'pupil')} at school"]
        if doubtful:
            parts.append(f"{count(len(doubtful), 'answer')} on which parents do not agree")
        self.header.say("Who agreed", " · ".join(parts))

    def _show_empty(self, roll: Roll, pupils: bool) -> None:
        ready = bool(roll.uses) and pupils
        for widget in (self.table, self.choice, self.many):
            widget.setVisible(ready)
        for made in (self.sheet, self.forms, self.pile):
            made.setEnabled(ready)
        self.empty.setVisible(not ready)
        if not roll.uses:
            self.empty.say(
                "mdi6.image-multiple-outline",
                "First say what pictures are used for, in the words that parents will read. The "
                "standard uses are those of the school’s policy.",
                "Add the standard uses",
                self.add_usual,
                begins=True,
            )
        elif not pupils:
            self.empty.say(
                "mdi6.account-group-outline",
                "There are no pupils yet. Import them from your school’s system.",
                "Open People",
                lambda: self.around.navigator.open_page("people"),
            )

    # --- doing ---------------------------------------------------------------------------

    def add_usual(self) -> None:
        """Adds the uses that the policy lists."""
        try:
            self.around.bus.publish(self.desk.consents.uses.add_usual())
        except DpdeskError as error:
            self.around.messages.say(str(error), tone="danger")
            return
        self.around.messages.say("Added. Check the wording before you ask any parents.")

    def print_sheet(self) -> None:
        """The sheet of the pupils that are shown."""
        pupils = [each.id for each in self.model.pupils]
        name = self.classes.currentText()
        self.door.offer(
            lambda: self.desk.consents.prints.sheet_of(pupils, name).content, f"{name} sheet"
        )

    def print_forms(self) -> None:
        """A form for each chosen pupil; where none is chosen, for all that are shown."""
        pupils = self.table.chosen_ids() or tuple(each.id for each in self.model.pupils)
        self.door.offer(lambda: self.desk.consents.prints.forms_of(pupils).content, "Consent forms")

    def _typed(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(text)

    def _escape(self) -> None:
        if self.search.text():
            self.search.clear()
        elif self.table.chosen_ids():
            self.table.clearSelection()
        else:
            self.around.navigator.back()

    def _chosen(self) -> None:
        if self.roll is not None:
            self.many.offer(self.roll.uses, self.table.chosen_ids())

    def _recorded(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
