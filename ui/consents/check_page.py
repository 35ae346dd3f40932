"""May we use this photo? A use, the people in it, and a yes or a no that says why."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from dpdesk.consents.roll import Roll
from dpdesk.consents.roll_answers import PersonAnswer, PictureAnswer, Use
from dpdesk.consents.rules import Stands
from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from ui.consents.class_choice import ClassChoice
from ui.consents.said import LOOK
from ui.kit.look import plain
from ui.kit.look.icons import SIZE, icon
from ui.kit.look.theme import LARGE, MEDIUM, TINY, give_role, set_role
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, column, help_words, row, words
from ui.kit.pieces.empty_state import EmptyState
from ui.kit.pieces.live_page import LivePage
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.inputs_choices import Combo

_TYPING: Final = 100
_LOW: Final = 52
"""Pixels of a field for names in a low window."""
_ID = Qt.ItemDataRole.UserRole


class CheckPage(LivePage):
    """The page "Can we use this photo?" of the consents tab, also reached from Home."""

    key = "photo_check"
    title = "Can we use this photo?"
    icon = "mdi6.camera-outline"
    help_page = "consents"
    begins = "consents"
    shows: ClassVar = frozenset({"consents", "people", "relationships", "photo_uses"})

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, parent)
        self.desk, self.door = desk, door
        self.roll: Roll | None = None
        self.found: PictureAnswer | None = None
        self._build_head()
        left, right = self._build_question(), self._build_answer()
        middle = row(left, right, space=LARGE)
        middle.setStretch(0, 2)
        middle.setStretch(1, 3)
        self.middle = QWidget(self)
        middle.setContentsMargins(0, 0, 0, 0)
        self.middle.setLayout(middle)
        give_role(self.middle, "page")
        self.empty = EmptyState(self)
        self.body.addWidget(self.middle, 1)
        self.body.addWidget(self.empty, 1)
        self._wait = QTimer(self, singleShot=True, interval=_TYPING)
        self._wait.timeout.connect(self.check)
        self.names.textChanged.connect(self._wait.start)
        back = QShortcut(QKeySequence("Escape"), self)
        plain.work_inside(back)
        back.activated.connect(around.navigator.back)

    def _build_head(self) -> None:
        self.header = PageHeader(
            self.title, "Choose the use, then everybody who can be seen.", self
        )
        self.clear_button = button("Start again", "mdi6.eraser", does=self.clear)
        self.print_button = button(
            "Keep the answer",
            "mdi6.printer-outline",
            does=self.keep,
            hint="On paper or as a PDF, with names, answers and today’s date",
        )
        self.header.add_button(self.clear_button)
        self.header.add_button(self.print_button)
        self.body.addWidget(self.header)

    def _build_question(self) -> QWidget:
        card = Card("Who is in it, and where will it be seen?", parent=self)
        self.use = Combo(card)
        self.use.setAccessibleName("What it will be used for")
        self.use.activated.connect(lambda _place: self.check())
        asked = words("What it will be used for", "label")
        asked.setBuddy(self.use)
        self.names = QPlainTextEdit(card)
        self.names.setAccessibleName("Names of everybody in it, one on each line")
        self.names.setPlaceholderText("Ana Example\nBen Sample (4B)")
        self.names.setTabChangesFocus(True)
        typed = words("Names, one on each line, typed or pasted", "label")
        typed.setBuddy(self.names)
        self.classes = ClassChoice(card)
        self.classes.chosen.connect(self._fill_class)
        self.pupils = QListWidget(card)
        give_role(self.pupils, "inset")
        self.pupils.setAccessibleName("Pupils to tick")
        self.pupils.itemChanged.connect(lambda _item: self._wait.start())
        ticked = words("or tick them by class", "label")
        ticked.setBuddy(self.classes)
        card.add(row(asked, self.use, space=MEDIUM))
        for thing in (typed, self.names):
            card.add(thing)
        card.add(row(ticked, self.classes, None, space=MEDIUM))
        card.body.addWidget(self.pupils, 1)
        card.add(
            help_words(
                "Every face counts, including those in the background. If you cannot name someone, "
                "the answer is no."
            )
        )
        return card

    def draw_together(self, *, low: bool) -> None:
        """In a low window both ways to name people have a few lines each."""
        super().draw_together(low=low)
        for each in (self.names, self.pupils):
            each.setMinimumHeight(_LOW if low else 0)

    def _build_answer(self) -> QWidget:
        holder = QWidget(self)
        self.verdict = Banner(self, closable=False)
        set_role(self.verdict.text, "heading")
        frame = Card("Person by person", parent=self)
        self.list = QListWidget(frame)
        give_role(self.list, "inset")
        self.list.setAccessibleName("Answer for each person")
        self.list.setIconSize(QSize(SIZE, SIZE))
        self.list.setWordWrap(True)
        plain.never_scroll_sideways(self.list)
        self.list.setSpacing(TINY)
        frame.body.addWidget(self.list, 1)
        layout = column(self.verdict, frame, space=MEDIUM)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setStretch(1, 1)
        holder.setLayout(layout)
        return holder

    # --- showing -------------------------------------------------------------------------

    def show_list(self) -> None:
        """Shows the page as it was left."""
        self.reload_when_seen()

    def take_focus(self) -> None:
        """The keyboard comes to the names."""
        (self.names if self.middle.isVisible() else self.empty.action).setFocus()

    def read(self) -> None:
        """Reads the roll afresh; what was asked stays."""
        try:
            self.roll = roll = self.desk.consents.consents.roll().ready()
        except DpdeskError as error:
            self._say_empty("mdi6.alert-outline", str(error))
            return
        ready = bool(roll.uses)
        self.middle.setVisible(ready)
        self.empty.setVisible(not ready)
        self.clear_button.setEnabled(ready)
        if not ready:
            self.print_button.setEnabled(False)
            self._say_empty(
                "mdi6.image-multiple-outline",
                "First say what pictures are used for. Then every picture can be checked here.",
            )
            return
        chosen = self.use.currentData()
        self.use.clear()
        for each in roll.uses:
            self.use.addItem(each.name, each.id)
        self.use.setCurrentIndex(max(0, self.use.findData(chosen)))
        self.classes.offer(roll)
        self._fill_class()

    def _say_empty(self, name: str, text: str) -> None:
        self.middle.hide()
        self.empty.show()
        go = self.around.navigator
        self.empty.say(name, text, "Uses and wording", lambda: go.open_page("photo_uses"))

    def _fill_class(self) -> None:
        assert self.roll is not None
        ticked = set(self.ticked)
        here = self.roll.of_class(self.classes.words)
        shown = [*(p for p in here if p.id in ticked), *(p for p in here if p.id not in ticked)]
        beyond = [p for p in self.roll.pupils if p.id in ticked and p not in here]
        self.pupils.blockSignals(True)
        self.pupils.clear()
        for pupil in (*beyond, *shown):
            made = QListWidgetItem(pupil.called, self.pupils)
            made.setData(_ID, pupil.id)
            state = Qt.CheckState.Checked if pupil.id in ticked else Qt.CheckState.Unchecked
            made.setCheckState(state)
        self.pupils.blockSignals(False)
        self.check()

    @property
    def ticked(self) -> tuple[int, ...]:
        """Numbers of the pupils who are ticked."""
        lines = [self.pupils.item(n) for n in range(self.pupils.count())]
        return tuple(int(x.data(_ID)) for x in lines if x.checkState() is Qt.CheckState.Checked)

    @property
    def _use(self) -> Use | None:
        uses = self.roll.uses if self.roll is not None else ()
        return next((each for each in uses if each.id == self.use.currentData()), None)

    def check(self) -> None:
        """Answers for the people who are named or ticked now."""
        self._wait.stop()
        use = self._use
        if self.roll is None or use is None:
            return
        named = self.roll.check(self.names.toPlainText().splitlines(), use)
        met = {each.pupil for each in named.people}
        ticked = self.roll.check_pupils([n for n in self.ticked if n not in met], use)
        self.found = PictureAnswer(use.name, (*named.people, *ticked.people))
        self._show(self.found)

    def _show(self, found: PictureAnswer) -> None:
        self.print_button.setEnabled(bool(found.people))
        self.list.clear()
        given = (each for each in found.people if each.answer is Stands.GIVEN)
        for each in (*found.against, *given):
            self.list.addItem(self._line(each))
        if not found.people:
            self.verdict.say("Nobody is named yet, so there is no answer.", "info")
        elif found.allowed:
            number = len({each.pupil for each in found.people})
            whom, verb = (
                ("The one person", "has") if number == 1 else (f"All {number} people", "have")
            )
            self.verdict.say(
                f"Yes{found.only_if and ', ' + found.only_if}. {whom} named {verb} consent for "
                f"“{found.use}”. Do not put names beside the picture (policy 12.2).",
                "warn" if found.only_if else "ok",
            )
        else:
            against = len({each.pupil or each.name for each in found.against})
            said = "1 person" if against == 1 else f"{against} people"
            self.verdict.say(
                f"No. Do not use it for “{found.use}”: there is no consent for {said}.", "danger"
            )

    def _line(self, each: PersonAnswer) -> QListWidgetItem:
        said, name, colour = LOOK[each.answer]
        made = QListWidgetItem(icon(name, colour), f"{each.shown}: {said}\n{each.why}")
        made.setData(Qt.ItemDataRole.AccessibleTextRole, f"{each.shown}, {said}. {each.why}")
        if each.answer is not Stands.GIVEN:
            font = made.font()
            font.setBold(True)
            made.setFont(font)
        return made

    # --- doing ---------------------------------------------------------------------------

    def clear(self) -> None:
        """Begins with nobody."""
        self.names.clear()
        self.pupils.blockSignals(True)
        for n in range(self.pupils.count()):
            self.pupils.item(n).setCheckState(Qt.CheckState.Unchecked)
        self.pupils.blockSignals(False)
        self.check()
        self.names.setFocus()

    def keep(self) -> None:
        """The answer on paper."""
        found = self.found
        if found is not None and found.people:
            self.door.offer(
                lambda: self.desk.consents.prints.checked(found).content, "Picture check"
            )
