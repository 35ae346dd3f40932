"""Is everything that was saved still there, and as it was saved?"""

from __future__ import annotations

from typing import Any

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.overview.checking import said
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, help_words, row, words
from ui.kit.pieces.surroundings import Surroundings
from ui.settings.frame import SettingsSection

_PARTS = {
    "database": "Checking the database",
    "history": "Checking the history",
    "rows": "Comparing every entry with its history",
    "tables": "Checking the tables",
    "search": "Checking the search index",
    "vault": "Checking every document",
}


class CheckSection(SettingsSection):
    """Runs the check and says in plain words what came out."""

    def __init__(self, desk: Desk, around: Surroundings) -> None:
        super().__init__("Check", "Reads everything and changes nothing.")
        self._desk, self._around = desk, around
        card = Card("Check everything")
        card.add(
            help_words(
                "Follows the history from its first line to its last, compares every entry with "
                "it, opens every document, and compares each with its fingerprint. Once a month "
                "is a good habit.",
                "",
            )
        )
        self.go = button(
            "Check everything now", "mdi6.check-decagram-outline", role="primary", does=self.check
        )
        card.add(row(self.go, None))
        self.found = words("", wraps=True)
        self.found.hide()
        card.add(self.found)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def check(self) -> None:
        """Runs beside the window, with progress and Cancel."""
        self.go.setEnabled(False)
        self.banner.hide()
        self.found.hide()

        def failed(error: BaseException) -> None:
            if not isinstance(error, DpdeskError):
                raise error
            self.banner.say(str(error), "danger")

        self._around.tasks.run(
            lambda progress: self._desk.check(
                lambda part, done, total: progress.step(_PARTS.get(part, part), done, total)
            ),
            title="Checking everything",
            on_success=self._show,
            on_error=failed,
            on_finished=lambda: self.go.setEnabled(True),
        )

    def _show(self, checked: Any) -> None:
        if checked.only_the_sheet:
            self.banner.say(
                "The recovery sheet no longer opens this workspace. Everything else that was "
                "compared is exactly as it was saved.",
                "danger",
            )
            self.found.setText("\n".join([*checked.problems, *checked.remarks]))
        elif checked.problems:
            self.banner.say(
                "Something is not as it was saved. Do not change anything; keep this workspace as "
                "it is and restore the last good backup into another folder.",
                "danger",
            )
            self.found.setText("\n".join([*checked.problems, *checked.remarks]))
        else:
            self.banner.say("Everything that was compared is there, exactly as it was saved.", "ok")
            self.found.setText("\n".join(said(checked)))
        self.found.show()
