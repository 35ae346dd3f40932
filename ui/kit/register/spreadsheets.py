"""Lists out to a spreadsheet, and spreadsheets in, for any register."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from dpdesk.errors import DpdeskError
from dpdesk.law.words import count
from dpdesk.registers import spreadsheet
from dpdesk.registers.service import RegisterService
from dpdesk.registers.spreadsheet import Asked, ImportedRows, Preview, Sheet
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress
from ui.kit.register.import_dialog import ImportDialog
from ui.kit.register.register_page import ShownList
from ui.kit.register.sheet_reading import Again, SheetReading

EXCEL, CSV = "Excel file", "CSV file"
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
        self._ask = ask
        self._parent = parent

    def export(self, shown: ShownList) -> None:
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

        def read(name: str, content: bytes, asked: Asked, progress: Progress) -> Sheet:
            progress.step("Reading the spreadsheet")
            return spreadsheet.read_sheet(
                name,
                content,
                known=spreadsheet.headings(self._service.register),
                asked=asked,
                read=lambda rows: progress.step(f"Reading the spreadsheet: {count(rows, 'row')}"),
                cancelled=lambda: progress.cancelled,
            )

        SheetReading(self._around, read).choose("Choose a spreadsheet", self._offer)

    def _offer(self, name: str, sheet: Sheet, again: Again) -> None:
        """Shows what was read, unless the user went elsewhere or the window locked meanwhile."""
        if self._parent is not None and not self._parent.isVisible():
            self._around.messages.say(_LEFT, tone="info")
            return
        try:
            preview = self._ask(sheet, name) if self._ask else self._look(sheet, name, again)
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

    def _look(self, sheet: Sheet, name: str, again: Again) -> Preview | None:
        dialog = ImportDialog(self._service, sheet, name, self._parent, again=again)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        return dialog.preview if accepted else None

    def _done(self, done: ImportedRows) -> None:
        self._around.bus.publish(done.changes)
        undo = partial(self._take_back, done) if spreadsheet.can_take_back(self._service) else None
        rows = count(len(done.made) + len(done.changed), "row")
        self._around.messages.say(f"{rows} imported.", undo=undo)

    def _take_back(self, done: ImportedRows) -> None:
        """Undoes the whole import, or says why not."""
        self._around.tasks.run(
            lambda progress: spreadsheet.take_back(
                self._service, done, step=partial(progress.step, "Undoing")
            ),
            title="Undoing",
            on_success=self._around.bus.publish,
        )
