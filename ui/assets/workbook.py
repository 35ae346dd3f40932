"""The register as the regulator's workbook, out and in again, and the whole of it on paper."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from dpdesk.desk import Desk
from dpdesk.law.words import count
from dpdesk.registers.entries import Changes
from dpdesk.registers.spreadsheet import Asked
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress
from ui.kit.register.sheet_reading import Again, SheetReading

if TYPE_CHECKING:
    from dpdesk.assets.ropa import WorkbookPreview

_NAME = "Record of processing"
_KIND = "Excel file (*.xlsx)"
_ALL_THE_SAME, _SETTINGS = "Save it as it is", "Open the settings"
_LEFT = "You left the page in the meantime, so nothing was done. Please try again."

Wanted = tuple["WorkbookPreview", Collection[int]]
"""What would change, as it was read last, and the places of the assets that are left out."""
Look = Callable[["WorkbookPreview", str, Again], Wanted | None]
"""Lets the user look at what a workbook would change; None for no."""


class Workbook:
    """Long work of the register, each with progress. Tests give a ``look`` that answers."""

    def __init__(self, desk: Desk, around: Surroundings, door: PaperDoor, page: QWidget) -> None:
        self._desk = desk
        self._around = around
        self._door = door
        self._page = page
        self.look: Look = self._show

    # --- out -----------------------------------------------------------------------------

    def hand_over(self) -> None:
        """The template alone; what would stand empty in it is said before."""
        empty = self._desk.assets.ropa.left_empty()
        if empty:
            wanted = self._around.prompter.choose(
                "Some of what the law requires is still missing.",
                (_ALL_THE_SAME, _SETTINGS),
                details="\n".join(empty),
            )
            if wanted == _SETTINGS:
                self._around.navigator.open_page("settings")
            if wanted != _ALL_THE_SAME:
                return
        self._make(self._desk.assets.ropa.hand_over, _NAME)

    def export(self) -> None:
        """The template with a second sheet, to be changed elsewhere and read back."""
        self._make(self._desk.assets.ropa.export, f"{_NAME}, to read back")

    def _make(self, make: Callable[[], bytes], name: str) -> None:
        """Makes the workbook, then asks where it goes."""

        def done(content: bytes) -> None:
            if self._still_here():
                self._door.save(content, f"{name}.xlsx", _KIND)

        self._around.tasks.run(
            lambda _progress: make(), title="Making the workbook", on_success=done
        )

    def print_register(self) -> None:
        """The whole register on paper."""
        self._print(lambda: self._desk.assets.prints.register().content, "Asset register")

    def print_map(self) -> None:
        """The map alone."""
        self._print(lambda: self._desk.assets.prints.map().content, "Map of personal data")

    def _print(self, make: Callable[[], bytes], name: str) -> None:
        def done(content: bytes) -> None:
            if self._still_here():
                self._door.offer(lambda: content, name)

        self._around.tasks.run(
            lambda _progress: make(), title=f"Making the paper: {name}", on_success=done
        )

    # --- in ------------------------------------------------------------------------------

    def bring_in(self) -> None:
        """Chooses a workbook, shows what it would change, and takes it in when accepted."""

        def read(_name: str, content: bytes, asked: Asked, progress: Progress) -> WorkbookPreview:
            return self._desk.assets.ropa.preview(
                content,
                partial(progress.step, "Reading the workbook"),
                lambda: progress.cancelled,
                asked,
            )

        reading = SheetReading(self._around, read, "Reading the workbook")
        reading.choose("Choose the workbook", self._ask, kinds=_KIND)

    def _ask(self, name: str, seen: WorkbookPreview, again: Again) -> None:
        if not self._still_here():
            return
        wanted = self.look(seen, name, again)
        if wanted is None:
            return
        seen, left_out = wanted
        self._around.tasks.run(
            lambda progress: self._desk.assets.ropa.accept(
                seen, left_out, partial(progress.step, "Importing")
            ),
            title="Importing",
            on_success=self._taken,
        )

    def _show(self, seen: WorkbookPreview, name: str, again: Again) -> Wanted | None:
        from ui.assets.workbook_dialog import WorkbookDialog  # only to read a workbook

        dialog = WorkbookDialog(seen, name, self._page, again=again)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        return (dialog.seen, dialog.left_out()) if accepted else None

    def _taken(self, changes: Changes) -> None:
        self._around.bus.publish(changes)
        assets = [number for register, number in changes.entries if register == "assets"]
        self._around.messages.say(f"{count(len(assets), 'asset')} new or changed.")

    def _still_here(self) -> bool:
        """Nothing opens over another page, and least of all over a locked window."""
        if self._page.isVisible():
            return True
        self._around.messages.say(_LEFT, tone="info")
        return False
