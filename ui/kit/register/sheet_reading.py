"""Reading a spreadsheet that the user chooses, beside the window, and again as the user asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

from dpdesk.errors import DpdeskError, UnreadableFile
from dpdesk.registers import spreadsheet
from dpdesk.registers.spreadsheet import Asked
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress

KINDS = "Spreadsheets (*.xlsx *.csv)"

T = TypeVar("T")
Again = Callable[[Asked, Callable[[Any], object], Callable[[str], object]], object]
"""Reads the file again as asked; then tells what was read, or the sentence why it cannot be."""


class SheetReading(Generic[T]):
    """``read`` gets the name of the file, its content, how to read it, and whom to tell."""

    def __init__(
        self,
        around: Surroundings,
        read: Callable[[str, bytes, Asked, Progress], T],
        title: str = "Reading the spreadsheet",
    ) -> None:
        self._around = around
        self._read = read
        self._title = title

    def choose(
        self,
        question: str,
        then: Callable[[str, T, Again], object],
        *,
        kinds: str = KINDS,
        failed: Callable[[BaseException], object] | None = None,
    ) -> bool:
        """Asks for a file and reads it; ``then`` gets its name and what was read.

        False where no file was chosen.
        """
        chosen = self._around.prompter.choose_files(question, kinds)
        if not chosen:
            return False
        path = chosen[0]
        content: list[bytes] = []

        def work(progress: Progress) -> T:
            content.append(content_of(path))
            return self._read(path.name, content[0], Asked(), progress)

        def done(read: T) -> None:
            then(path.name, read, partial(self._again, path.name, content[0]))

        self._around.tasks.run(work, title=self._title, on_success=done, on_error=failed)
        return True

    def _again(
        self,
        name: str,
        content: bytes,
        asked: Asked,
        done: Callable[[T], object],
        failed: Callable[[str], object],
    ) -> None:
        def fault(error: BaseException) -> None:
            if not isinstance(error, DpdeskError):
                raise error
            failed(str(error))

        self._around.tasks.run(
            lambda progress: self._read(name, content, asked, progress),
            title=self._title,
            on_success=done,
            on_error=fault,
        )


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
