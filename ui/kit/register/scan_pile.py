"""Forms that came back: read beside the window, and put behind those that wait."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from dpdesk.errors import DpdeskError
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress
from ui.kit.register.dropped import TakesFiles

F = TypeVar("F")


class ScanPile(TakesFiles, Generic[F]):
    """A page on which forms that came back are looked at, one after the other.

    It stands before the widget it is. Forms that nobody knows come last, so that what can be
    confirmed is done in one go.
    """

    asks_for: ClassVar[str]
    """Title of the dialog that asks for files."""
    kinds_of_file: ClassVar[str]
    """Which files it offers, as Qt writes them."""
    around: Surroundings
    pile: list[F]
    at: int

    @abstractmethod
    def read_file(self, path: Path, progress: Progress) -> Sequence[F]:
        """The forms in a file; asked outside the window's thread. Raises DpdeskError."""

    @abstractmethod
    def is_known(self, form: F) -> bool:
        """Does the form say what it is, so that it can be confirmed?"""

    @abstractmethod
    def _show(self) -> None: ...

    @abstractmethod
    def take_focus(self) -> None:
        """The keyboard comes to where work begins."""

    def choose(self) -> None:
        """Asks for files and reads them."""
        asked = self.around.prompter.choose_files(self.asks_for, self.kinds_of_file, several=True)
        self.read_files(asked)

    def take_dropped(self, paths: list[Path]) -> None:
        """Reads the files that were dropped."""
        self.read_files(paths)

    def read_files(self, paths: Iterable[Any]) -> None:
        """Reads files beside the window, and puts their forms behind those that wait."""
        chosen = list(paths)
        if not chosen:
            return

        def work(progress: Progress) -> tuple[list[F], list[str]]:
            found: list[F] = []
            faults = []
            for number, path in enumerate(chosen):
                progress.step("Reading forms", number, len(chosen))
                try:
                    found += self.read_file(path, progress)
                except DpdeskError as error:
                    progress.check_cancelled()
                    faults.append(f"{path.name}: {error}")
            return found, faults

        self.around.tasks.run(work, title="Reading forms", on_success=lambda a: self.take(*a))

    def take(self, found: Sequence[F], faults: Sequence[str] = ()) -> None:
        """Puts forms that were read behind those that wait, and tells what could not be read."""
        known = [form for form in found if self.is_known(form)]
        strange = [form for form in found if not self.is_known(form)]
        self.pile = [*self.pile[self.at :], *known, *strange]
        self.at = 0
        if faults:
            self.around.messages.say(" ".join(faults), tone="danger")
        self._show()
        self.take_focus()
