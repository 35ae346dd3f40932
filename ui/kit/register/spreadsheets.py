"""Lists out to a spreadsheet, and spreadsheets in, for any register."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from dpdesk.errors import DpdeskError, UnreadableFile
from dpdesk.law.words import count
from dpdesk.registers import spreadsheet
from dpdesk.registers.entries import Changes
from dpdesk.registers.service import RegisterService
from dpdesk.registers.spreadsheet import Preview, Sheet
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress
from ui.kit.register.import_dialog import ImportDialog
from ui.kit.register.register_page import Shown

EXCEL, CSV = "Excel file", "CSV file"
_KINDS = "Spreadsheets (*.xlsx *.csv)"
_LEFT = "The spreadsheet was read after you left its page. Import it again to see it."

Accept = Callable[[Sheet, str], Preview | None]
"""Lets the user look at a sheet; gives what was accepted."""


class Spreadsheets:
    """Export and import of one register. Tests give an ``ask`` that answers."""

    def __init__(
        self,
        service: RegisterService[Any, Any],
        around: Surroundings,
        door: PaperDoor,
        *,
        ask: Accept | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._service = service
        self._around = around
        self._door = door
        self._ask = ask or self._look
        self._parent = parent

    def export(self, shown: Shown) -> None:
        """Saves what a list shows, in the order shown."""
        kind = self._around.prompter.choose("Save this list as which kind of file?", (EXCEL, CSV))
        name = self._service.register.title
        if kind == EXCEL:
            content = spreadsheet.export(shown.listing, shown.columns)
            self._door.save(content, f"{name}.xlsx", "Excel file (*.xlsx)")
        elif kind == CSV:
            content = spreadsheet.export_csv(shown.listing, shown.columns)
            self._door.save(content, f"{name}.csv", "CSV file (*.csv)")

    def bring_in(self) -> None:
        """Chooses a file, shows what it would become, and takes it in when accepted."""
        chosen = self._around.prompter.choose_files("Choose a spreadsheet", _KINDS)
        if not chosen:
            return
        path = chosen[0]

        def read(progress: Progress) -> Sheet:
            progress.step("Reading the spreadsheet")
            return spreadsheet.read_sheet(
                path.name,
                content_of(path),
                read=lambda rows: progress.step(f"Reading the spreadsheet: {count(rows, 'row')}"),
                cancelled=lambda: progress.cancelled,
            )

        self._around.tasks.run(
            read, title="Reading the spreadsheet", on_success=partial(self._offer, path.name)
        )

    def _offer(self, name: str, sheet: Sheet) -> None:
        """Shows what was read, unless the user went elsewhere or the window locked meanwhile."""
        if self._parent is not None and not self._parent.isVisible():
            self._around.messages.say(_LEFT, tone="info")
            return
        try:
            preview = self._ask(sheet, name)
        except DpdeskError as error:
            self._around.messages.say(str(error), tone="danger")
            return
        if preview is None:
            return
        self._around.tasks.run(
            lambda progress: spreadsheet.accept(
                self._service, preview, step=partial(progress.step, "Importing")
            ),
            title="Importing",
            on_success=self._done,
        )

    def _look(self, sheet: Sheet, name: str) -> Preview | None:
        dialog = ImportDialog(self._service, sheet, name, self._parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        return dialog.preview if accepted else None

    def _done(self, changes: Changes) -> None:
        self._around.bus.publish(changes)
        self._around.messages.say(f"{count(len(changes.entries), 'row')} imported.")


def content_of(path: Path) -> bytes:
    """What a chosen file holds. Raises UnreadableFile, also for one that no import takes."""
    try:
        if path.stat().st_size > spreadsheet.LARGEST:
            raise UnreadableFile("This file is too large for an import.", "Split it into parts.")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            "This file cannot be opened.",
            "Check that it is still there and not open in another program.",
        ) from error
