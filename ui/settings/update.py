"""A newer version of the program, out of a file: looked at, then installed after a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from dpdesk import __version__
from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.updates import installing, signed
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, help_words, row, words
from ui.kit.pieces.surroundings import Surroundings
from ui.settings.frame import SettingsSection

_KINDS: Final = f"Updates of dpdesk (*{signed.ENDING})"


class UpdateSection(SettingsSection):
    """Says which version this is, and takes the file of a newer one."""

    def __init__(self, desk: Desk, around: Surroundings) -> None:
        super().__init__("Updates", f"You have version {__version__}")
        self._desk, self._around = desk, around
        self.offer: signed.Update | None = None
        card = Card("Install an update")
        self.reason = installing.why_not(installing.copy()) or signed.why_none()
        card.add(help_words(self.reason or _HOW, ""))
        self.choose = button(
            "Choose the file of the update", "mdi6.file-search-outline", does=self.ask
        )
        card.add(row(self.choose, None))
        self.choose.setVisible(not self.reason)
        self.body.addWidget(card)
        self.found = Card("The update")
        self.news = words("", wraps=True)
        self.found.add(self.news)
        self.go = button("Back up and install", "mdi6.update", role="primary", does=self.install)
        self.found.add(row(self.go, None))
        self.found.hide()
        self.body.addWidget(self.found)
        self.body.addStretch(1)

    def ask(self) -> None:
        """Asks for the file and shows what is in it."""
        chosen = self._around.prompter.choose_files("Choose the file of the update", _KINDS)
        if chosen:
            self.look(chosen[0])

    def look(self, path: Path) -> None:
        """Shows what a file holds, if it is genuine and newer."""
        self.banner.hide()
        self.found.hide()
        try:
            self.offer = signed.look(path, __version__)
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return
        said = [f"Version {self.offer.version}, made by the publisher of dpdesk."]
        self.news.setText("\n".join([*said, *(f"• {line}" for line in self.offer.news)]))
        self.found.show()
        self.go.setFocus()

    def install(self) -> None:
        """Backs up and installs beside the window, with progress."""
        offer = self.offer
        if offer is None:
            return
        self.go.setEnabled(False)
        self.banner.hide()

        def work(progress: Any) -> None:
            self._desk.keeping.automatic_backup(
                lambda done, total: progress.step("Writing the backup", done, total)
            )
            installing.install(offer, step=progress.step, last_step=progress.last_step)

        self._around.tasks.run(
            work,
            title=f"Installing version {offer.version}",
            on_success=lambda _nothing: self._done(offer.version),
            on_error=self._failed,
            on_finished=lambda: self.go.setEnabled(True),
        )

    def _done(self, version: str) -> None:
        self.found.hide()
        self.banner.say(
            f"Version {version} is installed. Close dpdesk and start it again to use it.", "ok"
        )

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, DpdeskError):
            raise error
        self.banner.say(str(error), "danger")


_HOW: Final = (
    "An update comes as one file that ends in .dpupdate, on a stick or from whoever looks after "
    "your computers. dpdesk checks that its publisher made it, makes a backup, puts the new "
    "version beside this one and tries it. If anything fails, this version stays as it is. Your "
    "records are not touched."
)
