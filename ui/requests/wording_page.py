"""The wording of letters: changed here by the school, seen at once, every version kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QPlainTextEdit, QSizePolicy, QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import short_moment
from dpdesk.papers.wordings import conditions_in, every_template, places_in
from ui.kit.look.theme import MEDIUM
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button, option
from ui.kit.pieces.cards import clear_layout, column, words
from ui.kit.pieces.flow import flowing
from ui.kit.pieces.live_page import LivePage
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.paper_view import PaperView
from ui.kit.pieces.presence import somebody_is_here
from ui.kit.pieces.questions_heard import heard_as
from ui.kit.pieces.surroundings import Surroundings

if TYPE_CHECKING:
    from dpdesk.papers.letters import Letter

_WAIT: Final = 500
_HELP: Final = (
    "A word in {curly brackets} is filled in by dpdesk. {if …} at the beginning of a paragraph "
    "prints it only where that is known. A line that begins with ## is printed as a heading, one "
    "that begins with - as a point of a list, and words between ** in bold. Lines that begin with "
    "% are not printed."
)
_WHY: Final = "What did you change, and why? (may stay empty)"


class LetterWordingPage(LivePage):
    """One wording at a time, with how it would read beside it."""

    help_page = "letters"
    shows: ClassVar = frozenset({"school", "letter_wordings"})

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, parent)
        self._desk, self._door = desk, door
        self._wordings = desk.school.wordings
        self.name = ""
        self._without: set[str] = set()
        self.header = PageHeader("Wording of letters", " ")
        self.save_button = button(
            "Use this wording", "mdi6.check", role="primary", does=self.save, key="Ctrl+S"
        )
        self.versions_button = button("Versions", "mdi6.history")
        self.versions = QMenu(self.versions_button)
        self.versions_button.setMenu(self.versions)
        self.insert_button = button("Insert a field", "mdi6.code-braces")
        self.places = QMenu(self.insert_button)
        self.insert_button.setMenu(self.places)
        for widget in (self.versions_button, self.insert_button, self.save_button):
            self.header.add_button(widget)
        self.choice = QComboBox()
        heard_as(self.choice, "Which letter?")
        self.choice.activated.connect(self._chosen)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Wording")
        self.text.textChanged.connect(self._typed)
        self.banner = Banner(closable=False)
        self.paper = PaperView()
        self._chips_room, self._chips = flowing()
        self._timer = QTimer(self, singleShot=True, interval=_WAIT)
        self._timer.timeout.connect(self.refresh)
        self._lay_out()

    def _lay_out(self) -> None:
        adjust = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.choice.setSizeAdjustPolicy(adjust)
        self.choice.setMinimumContentsLength(20)
        help_ = words(_HELP, "help", wraps=True)
        left = column(self.choice, self.text, help_, self.banner, space=MEDIUM)
        left.setStretch(1, 1)
        right = column(words("Try the letter without:", "label"), self._chips_room, self.paper)
        right.setStretch(2, 1)
        beside = QHBoxLayout()
        beside.setSpacing(MEDIUM)
        for half in (left, right):
            side = QWidget()
            half.setContentsMargins(0, 0, 0, 0)
            side.setLayout(half)
            # Long lines must not push the page aside: both halves are equally wide.
            side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            beside.addWidget(side, 1)
        self.body.addWidget(self.header)
        self.body.addLayout(beside, 1)

    # --- showing -------------------------------------------------------------------------

    @property
    def changed(self) -> bool:
        """Does something stand here that is not in use?"""
        return bool(self.name) and self.text.toPlainText().strip() != self._stored.strip()

    @property
    def _stored(self) -> str:
        return self._wordings.text(self.name)

    def read(self) -> None:
        """Reads the list of letters, and the wording that is shown unless it is being changed."""
        own = self._wordings.in_use()
        self.choice.clear()
        for each in every_template():
            mark = "  ·  changed by the school" if each.name in own else ""
            self.choice.addItem(f"{each.title}{mark}", each.name)
        names = [each.name for each in every_template()]
        if not self.changed:
            self.show_wording(self.name if self.name in names else "acknowledgement")
        else:
            self.choice.setCurrentIndex(self.choice.findData(self.name))

    def _chosen(self, _place: int) -> None:
        if self.can_leave():
            self.show_wording(self.choice.currentData())
        else:
            self.choice.setCurrentIndex(self.choice.findData(self.name))

    def show_wording(self, name: str) -> None:
        """Shows the wording of a letter that is in use."""
        self.name = name
        # Of two paragraphs that exclude each other, the usual one is shown first.
        text = self._wordings.text(name)
        self._without = {each for each in conditions_in(text) if f"{{if not {each}}}" in text}
        self.choice.setCurrentIndex(self.choice.findData(name))
        self._fill(self._stored)
        self._fill_menus()

    def _fill(self, text: str) -> None:
        self.text.blockSignals(True)  # shown, not typed
        self.text.setPlainText(text)
        self.text.blockSignals(False)
        self._show_conditions()
        self.refresh()

    def _fill_menus(self) -> None:
        self.places.clear()
        for place in places_in(self._stored):
            self.places.addAction(place, partial(self.insert, place))
        self.versions.clear()
        self.versions.addAction("The wording that came with dpdesk", self.take_shipped)
        for version in self._wordings.versions(self.name):
            when = short_moment(version.at) if version.at is not None else ""
            label = f"{when}  {version.why}".strip()
            self.versions.addAction(label, partial(self._fill, version.text))

    def _show_conditions(self) -> None:
        clear_layout(self._chips)
        for condition in conditions_in(self.text.toPlainText()):
            made = option(condition, role="chip")
            made.setChecked(condition in self._without)
            made.picked.connect(partial(self._leave_out, condition))
            self._chips.addWidget(made)

    def _leave_out(self, condition: str, on: bool) -> None:
        (self._without.add if on else self._without.discard)(condition)
        self.refresh()

    def refresh(self) -> None:
        """Shows how the letter would read, and what is wrong with its wording."""
        self._timer.stop()
        text = self.text.toPlainText()
        envelope = self._desk.requests.letters.sample_envelope()
        try:
            letter = self._wordings.preview(self.name, text, envelope, frozenset(self._without))
            found = self._wordings.faults(self.name, text, envelope)
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return
        self.paper.show_paper(letter.content, letter.text)
        if found:
            self.banner.say("\n".join(found), "warn")
        else:
            self.banner.hide()
        own = self.name in self._wordings.in_use()
        told = "The school’s own wording" if own else "As it came with dpdesk"
        self.header.say("Wording of letters", f"{told}. {_ease(letter)}".strip())
        self.save_button.setEnabled(self.changed)

    def _typed(self) -> None:
        somebody_is_here(self)
        self.save_button.setEnabled(self.changed)
        self._timer.start()

    # --- doing ---------------------------------------------------------------------------

    def insert(self, place: str) -> None:
        """Puts a place into the wording, where the cursor stands."""
        self.text.textCursor().insertText(f"{{{place}}}")
        self.text.setFocus()

    def save(self) -> bool:
        """Takes the wording into use; asks once where something is wrong with it."""
        text = self.text.toPlainText()
        found = self._wordings.faults(
            self.name, text, self._desk.requests.letters.sample_envelope()
        )
        prompter = self.around.prompter
        if found and not prompter.confirm(
            "Use this wording anyway?", "Use it", details="\n".join(found)
        ):
            return False
        why = prompter.ask_words(_WHY)
        if why is None:
            return False
        try:
            saved = self._wordings.change(self.name, text, why.strip())
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return False
        if saved is not None:
            self.around.bus.publish(saved.changes)
            self.around.messages.say("From now on letters are written with this wording.")
        self.show_wording(self.name)
        return True

    def take_shipped(self) -> None:
        """Shows the wording that came with the program, to be taken into use."""
        from dpdesk.papers.templates import shipped

        self._fill(shipped(self.name))

    def can_leave(self) -> bool:
        """Asks once where a wording was changed and is not in use."""
        if not self.changed:
            return True
        answer = self.around.prompter.choose(
            "Use the wording that you changed?", ("Use it", "Discard")
        )
        if answer == "Use it":
            return self.save()
        if answer == "Discard":
            self._fill(self._stored)
            return True
        return False


def _ease(letter: Letter) -> str:
    return letter.ease.said if letter.ease is not None else ""
