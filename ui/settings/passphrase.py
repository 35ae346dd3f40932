"""Another passphrase, and another recovery sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError, WrongPassphrase
from dpdesk.front_door import strength
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, help_words, row
from ui.kit.pieces.passphrases import NewPassphrase, QuestionField
from ui.kit.pieces.printing import Printing
from ui.kit.pieces.surroundings import Surroundings
from ui.settings.frame import SettingsSection

_WIDTH: Final = 620


class PassphraseSection(SettingsSection):
    """The present passphrase, and the new one twice."""

    def __init__(self, desk: Desk, around: Surroundings, printing: Printing) -> None:
        super().__init__("Passphrase", "Opens this workspace on this computer.")
        self._desk, self._around, self._printing = desk, around, printing
        card = Card("Change the passphrase")
        self.present = QuestionField("Current passphrase", hidden=True, needed=True)
        self.new = NewPassphrase(lambda typed: strength(typed, desk.keeping.known_words()))
        self.go = button("Change the passphrase", role="primary", does=self.change)
        card.add(self.present)
        card.add(self.new)
        card.add(row(self.go, None))
        card.add(
            help_words(
                "The printed recovery sheet still works. Backups made before today still open with "
                "the passphrase you had then."
            )
        )
        card.setMaximumWidth(_WIDTH)
        self.body.addWidget(card)
        self._build_sheet()
        self.body.addStretch(1)

    def _build_sheet(self) -> None:
        card = Card("Make a new recovery sheet")
        card.add(
            help_words(
                "If the sheet is lost, or somebody may have seen it. The key on the old sheet "
                "stops working once the new one is printed or saved; backups made before today "
                "still open with the old key, so keep or destroy them with it.",
                "",
            )
        )
        self.proof = QuestionField("Passphrase", hidden=True, needed=True)
        self.print_button = button(
            "Print a new sheet", "mdi6.printer-outline", does=lambda: self.renew(self._print)
        )
        self.save_button = button(
            "Save a new sheet as PDF",
            "mdi6.content-save-outline",
            does=lambda: self.renew(self._save),
        )
        card.add(self.proof)
        card.add(row(self.print_button, self.save_button, None))
        card.setMaximumWidth(_WIDTH)
        self.body.addWidget(card)

    def begin(self) -> None:
        """Nothing typed here stays longer than it must."""
        self.present.clear()
        self.new.clear()
        self.proof.clear()

    def change(self) -> None:
        """Sets the new one, on another thread, as it is slow by design."""
        if not self.present.answered() or not self.go.isEnabled():
            return
        new = self.new.text()
        if not new:
            return
        self.go.setEnabled(False)
        present = self.present.text()

        def done(_answer: object) -> None:
            self.begin()
            self.banner.say("The passphrase has been changed. The old one no longer works.", "ok")

        def failed(error: BaseException) -> None:
            if isinstance(error, WrongPassphrase):
                self.present.wrong("That is not the current passphrase.")
                self.present.line.setFocus()
            elif isinstance(error, DpdeskError):
                self.banner.say(str(error), "danger")
            else:
                raise error

        self._around.tasks.run(
            lambda _progress: self._desk.keeping.change_passphrase(present, new),
            title="Changing the passphrase",
            on_success=done,
            on_error=failed,
            on_finished=lambda: self.go.setEnabled(True),
            cancellable=False,
        )

    def renew(self, hand_out: Callable[[bytes], bool]) -> None:
        """Makes a new sheet; only when it was handed out does its key replace the old one."""
        if not self.proof.answered() or not self.print_button.isEnabled():
            return
        self._let_renew(False)
        proof = self.proof.text()

        def opened(_answer: object) -> None:
            key = self._desk.keeping.propose_recovery_key()
            try:
                if hand_out(self._desk.keeping.recovery_sheet(key)):
                    self._desk.keeping.set_recovery_key(key)
                    self.begin()
                    self.banner.say(
                        "The new recovery sheet works. Destroy the old one, and lock the new one "
                        "away.",
                        "ok",
                    )
            except DpdeskError as error:
                self.banner.say(f"{error} The old recovery sheet still works.", "danger")

        def failed(error: BaseException) -> None:
            if isinstance(error, WrongPassphrase):
                self.proof.wrong("That is not the passphrase.")
                self.proof.line.setFocus()
            elif isinstance(error, DpdeskError):
                self.banner.say(str(error), "danger")
            else:
                raise error

        self._around.tasks.run(
            lambda _progress: self._desk.keeping.passphrase_opens(proof),
            title="Checking the passphrase",
            on_success=opened,
            on_error=failed,
            on_finished=lambda: self._let_renew(True),
            cancellable=False,
        )

    def _let_renew(self, on: bool) -> None:
        self.print_button.setEnabled(on)
        self.save_button.setEnabled(on)

    def _print(self, sheet: bytes) -> bool:
        return self._printing.print_pdf(sheet, "dpdesk recovery sheet")

    def _save(self, sheet: bytes) -> bool:
        target = self._around.prompter.save_file(
            "Save the recovery sheet", "recovery.pdf", "PDF files (*.pdf)"
        )
        if target is None:
            return False
        self._desk.write(target, sheet)
        return True

    def hideEvent(self, event: object) -> None:
        """Takes passphrases off the screen when the window locks or another page is shown."""
        super().hideEvent(event)  # type: ignore[arg-type]  # Qt gives what it takes
        self.begin()
