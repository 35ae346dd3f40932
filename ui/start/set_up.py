"""Setting up a school: who, where, the passphrase, and the recovery sheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from dpdesk import front_door
from dpdesk.errors import DpdeskError
from ui.kit.look.theme import HUGE, SMALL, set_role
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import help_words, row, words
from ui.kit.pieces.passphrases import NewPassphrase, QuestionField
from ui.kit.pieces.printing import Printing
from ui.kit.pieces.prompts import Prompter
from ui.start.frame import StartPage

PDF_FILES = "PDF files (*.pdf)"


class SchoolPage(StartPage):
    """Step 1: the school and its officer. ``done`` carries the folder and the answers."""

    done = Signal(object, dict)

    def __init__(self, prompter: Prompter, parent: QWidget | None = None) -> None:
        super().__init__(
            "Your school",
            "Step 1 of 3. This is printed at the head of letters. You can change it and add to it "
            "later, in Settings.",
            parent,
        )
        self._prompter = prompter
        self.questions = {
            "name": QuestionField("Name of the school", needed=True, example="Example School"),
            "address": QuestionField(
                "Address of the school",
                "With commas, as on an envelope. Without it, letters print no address.",
                example="1 Specimen Lane, Exampleton, EX0 0EX",
            ),
            "dpo_name": QuestionField(
                "Name of the data protection officer",
                "The history of every entry shows this name.",
                needed=True,
            ),
            "dpo_email": QuestionField("E-mail of the data protection officer"),
            "ico_number": QuestionField("ICO registration number", example="Z1234567"),
        }
        for question in self.questions.values():
            self.card.add(question)
            question.line.returnPressed.connect(self.go_on)
        choose = button("Choose…", does=self._choose)
        choose.setAccessibleName("Choose the folder")
        self.folder = QuestionField(
            "Folder for everything dpdesk keeps",
            "A new, empty folder on this computer. Everything in it is encrypted.",
            needed=True,
            beside=choose,
        )
        self.folder.line.returnPressed.connect(self.go_on)
        self.folder.line.textChanged.connect(self._look_at_folder)
        self.card.add(self.folder)
        self.next = button("Next", role="primary", does=self.go_on)
        self.card.add(row(button("Back", does=self.back.emit), None, self.next))

    def begin(self) -> None:
        """The keyboard goes to the first question."""
        self.questions["name"].line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        chosen = self._prompter.choose_folder("An empty folder for dpdesk")
        if chosen is not None:
            self.folder.line.setText(str(chosen))
            self.folder.wrong("")

    def _look_at_folder(self) -> None:
        folder = self.folder.path()
        self.folder.say(front_door.doubts(folder) if folder.is_absolute() else "")

    def go_on(self) -> None:
        """To the passphrase, unless an answer is missing."""
        missing = [one for one in (*self.questions.values(), self.folder) if not one.answered()]
        if missing:
            missing[0].line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        folder = self.folder.path()
        if not folder.is_absolute():
            self.folder.wrong("Enter the full path of the folder, or press “Choose…”.")
            return
        try:
            free = front_door.is_free(folder)
        except DpdeskError as error:
            self.folder.wrong(str(error))
            return
        if not free:
            self.folder.wrong("This folder is not empty. Choose a new or empty one.")
            return
        answers = {name: text for name, one in self.questions.items() if (text := one.text())}
        if "address" in answers:
            # One line here, where each answer has one; in the settings one for each part.
            parts = (part.strip() for part in answers["address"].split(","))
            answers["address"] = "\n".join(part for part in parts if part)
        self.done.emit(folder, answers)


class NewPassphrasePage(StartPage):
    """Step 2, and after the recovery key was used. ``done`` carries the passphrase."""

    done = Signal(str)

    def __init__(
        self,
        strength: Callable[[str], tuple[int, str]],
        under: str,
        verb: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Choose a passphrase", under, parent)
        self._verb = verb
        self.passphrase = NewPassphrase(strength)
        self.card.add(self.passphrase)
        self.card.add(
            help_words(
                "Nobody can look it up or reset it. If you forget it, only the printed recovery "
                "sheet opens the workspace."
            )
        )
        self.go = button(verb, role="primary", does=self.go_on)
        self.step_back = button("Back", does=self.back.emit)
        self.card.add(row(self.step_back, None, self.go))
        self.passphrase.first.line.returnPressed.connect(self.passphrase.again.line.setFocus)
        self.passphrase.again.line.returnPressed.connect(self.go_on)

    def begin(self) -> None:
        """The keyboard goes to the passphrase."""
        self.passphrase.first.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Hands the passphrase over."""
        passphrase = self.passphrase.text()
        if passphrase and self.go.isEnabled():
            self.set_busy(True)
            self.done.emit(passphrase)

    def set_busy(self, busy: bool) -> None:
        """While the workspace is made."""
        self.go.setEnabled(not busy)
        self.step_back.setEnabled(not busy)
        self.go.setText("One moment…" if busy else self._verb)


class RecoverySheetPage(StartPage):
    """Step 3: the recovery key, which must be printed or saved before going on."""

    done = Signal()

    def __init__(
        self, prompter: Prompter, printing: Printing, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "Your recovery sheet",
            "Step 3 of 3. If you ever lose the passphrase, this key is the only other "
            "way in. Print "
            "the sheet and lock it away, ideally in the school safe. It cannot be shown again.",
            parent,
        )
        self._prompter, self._printing = prompter, printing
        self._make: Callable[[], bytes] | None = None
        groups = QWidget()
        self._grid = QGridLayout(groups)
        self._grid.setHorizontalSpacing(HUGE)
        self._grid.setVerticalSpacing(SMALL)
        self.card.add(groups)
        self.print_button = button("Print", "mdi6.printer-outline", does=self._print)
        self.save_button = button("Save as PDF", "mdi6.content-save-outline", does=self._save)
        self.go = button("Start working", role="primary", does=self.done.emit)
        self.go.setEnabled(False)
        self.why = words("Print or save the sheet first.", "muted")
        self.card.add(row(self.print_button, self.save_button, None))
        self.card.add(row(self.why, None, self.go))

    def show_key(self, key: str, make: Callable[[], bytes]) -> None:
        """Shows the groups of the key; ``make`` gives the sheet as PDF."""
        self._make = make
        for number, group in enumerate(key.split()):
            shown = words(f"{number + 1}.  {group}", "strong")
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(shown, number // 4, number % 4)

    def begin(self) -> None:
        """The keyboard goes to printing."""
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _print(self) -> None:
        if self._make is None:
            return
        try:
            printed = self._printing.print_pdf(self._make(), "dpdesk recovery sheet")
        except DpdeskError as error:
            self.complain(str(error))
            return
        if printed:
            self._safe("Sent to the printer. Check that the sheet came out before you go on.")

    def _save(self) -> None:
        if self._make is None:
            return
        target = self._prompter.save_file("Save the recovery sheet", "recovery.pdf", PDF_FILES)
        if target is None:
            return
        try:
            front_door.save_file(target, self._make())
        except DpdeskError as error:
            self.complain(f"The sheet could not be saved there. {error}")
            return
        self._safe(
            "Saved. Keep it on a USB stick in the safe, not on this computer, and print it too."
        )

    def _safe(self, sentence: str) -> None:
        self.banner.say(sentence, "ok")
        self.why.hide()
        self.go.setEnabled(True)
        set_role(self.go, "primary")
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Takes the key off the screen for good."""
        self._make = None
        while (place := self._grid.takeAt(0)) is not None:
            if (shown := place.widget()) is not None:
                shown.deleteLater()
