"""Another passphrase."""

from __future__ import annotations

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError, WrongPassphrase
from dpdesk.front_door import strength
from ui.kit.buttons import button
from ui.kit.cards import Card, help_words, row
from ui.kit.passphrases import NewPassphrase, Question
from ui.kit.printing import Printing
from ui.kit.surroundings import Surroundings
from ui.settings.frame import SettingsSection


class PassphraseSection(SettingsSection):
    """The present passphrase, and the new one twice."""

    def __init__(self, desk: Desk, around: Surroundings, printing: Printing) -> None:
        super().__init__("Passphrase", "Opens this workspace on this computer.")
        self._desk, self._around, self._printing = desk, around, printing
        card = Card("Change the passphrase")
        self.present = Question("Present passphrase", hidden=True, needed=True)
        self.new = NewPassphrase(strength)
        self.go = button("Change the passphrase", role="primary", does=self.change)
        card.add(self.present)
        card.add(self.new)
        card.add(row(self.go, None))
        card.add(
            help_words(
                "The printed recovery sheet goes on working. Backups made before today still open "
                "with the passphrase of their day."
            )
        )
        card.setMaximumWidth(620)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def begin(self) -> None:
        """Nothing typed here stays longer than it must."""
        self.present.clear()
        self.new.clear()

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
            self.banner.say("The passphrase is changed. The old one no longer opens.", "ok")

        def failed(error: BaseException) -> None:
            if isinstance(error, WrongPassphrase):
                self.present.wrong("That is not the present passphrase.")
                self.present.line.setFocus()
            elif isinstance(error, DpdeskError):
                self.banner.say(str(error), "danger")
            else:
                raise error

        self._around.tasks.run(
            lambda _progress: self._desk.change_passphrase(present, new),
            title="Changing the passphrase",
            on_success=done,
            on_error=failed,
            on_finished=lambda: self.go.setEnabled(True),
            cancellable=False,
        )

    def hideEvent(self, event: object) -> None:
        """Takes passphrases off the screen when the window locks or another page is shown."""
        super().hideEvent(event)  # type: ignore[arg-type]  # Qt gives what it takes
        self.begin()
