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
from ui.kit.import_dialog import ImportDialog
from ui.kit.paper_door import PaperDoor
from ui.kit.register_page import Shown
from ui.kit.surroundings import Surroundings

EXCEL, CSV = "Excel file", "CSV file"
_KINDS = "Spreadsheets (*.xlsx *.csv)"

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
        try:
            sheet = spreadsheet.read_sheet(chosen[0].name, content_of(chosen[0]))
            preview = self._ask(sheet, chosen[0].name)
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
    """What a chosen file holds. Raises UnreadableFile."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            "This file cannot be opened.",
            "Check that it is still there and not open in another program.",
        ) from error
