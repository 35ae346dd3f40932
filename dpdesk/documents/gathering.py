"""A file that somebody adds, and all files inside it: read and sealed before rows are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from dpdesk.documents.decoding import readable_name
from dpdesk.documents.inside import DEPTH, MOST, TOTAL, Said
from dpdesk.documents.intake import Intaker
from dpdesk.errors import PasswordNeeded, StepDone, UnreadableFile
from dpdesk.store.vault import Stored, Vault

_TOLD: Final = 25
"""Files left out that are named one by one; of more only the number is told."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that was not added, and why; ``locked`` where a password would open it."""

    name: str
    sentence: str
    locked: bool = False


@dataclass(slots=True)
class Gathered:
    """A file that was read: its original and what it is drawn from lie in the vault."""

    name: str
    how: str
    in_file: str
    kind: str
    pages: tuple[bytes, ...]
    warnings: list[str]
    said: Said
    original: Stored
    drawn: Stored
    inside: list[Gathered] = field(default_factory=list)

    def every(self) -> Iterator[Gathered]:
        """The file and all inside it, each before those that it holds."""
        yield self
        for inner in self.inside:
            yield from inner.every()


class Gathering:
    """Reads one file and those inside it; ``sealed`` names what it put into the vault."""

    def __init__(
        self,
        intaker: Intaker,
        vault: Vault,
        password: str | None = None,
        progress: StepDone | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._intaker = intaker
        self._vault = vault
        self._password = password
        self._progress = progress
        self._cancelled = cancelled
        self._count = 0
        self._size = 0
        self.sealed: list[str] = []
        self.left_out: list[LeftOut] = []

    def file(
        self, name: str, content: bytes, *, how: str = "", in_file: str = "", depth: int = 0
    ) -> Gathered:
        """Reads and seals a file and every file inside it.

        What is inside and cannot be read costs only itself: it is ``left_out``, and the file that
        it lies in bears a warning. Raises UnreadableFile, PasswordNeeded, Cancelled, NoRoom for
        the file itself.
        """
        intake = self._intaker.read(name, content, self._password, self._progress, self._cancelled)
        original = self._seal(content)
        drawn = original if intake.pdf_is_original else self._seal(intake.pdf)
        gathered = Gathered(
            readable_name(name),
            how,
            in_file,
            str(intake.kind),
            intake.pages.packed(),
            list(intake.warnings),
            intake.said,
            original,
            drawn,
        )
        lost: list[LeftOut] = []
        for inner in intake.inside:
            try:
                self._refuse_more(len(inner.content), depth + 1)
                gathered.inside.append(
                    self.file(inner.name, inner.content, how=inner.how, depth=depth + 1)
                )
            except UnreadableFile as fault:
                locked = isinstance(fault, PasswordNeeded)
                lost.append(LeftOut(readable_name(inner.name), str(fault), locked))
        gathered.warnings += _told(lost)
        self.left_out += lost
        return gathered

    def _refuse_more(self, size: int, depth: int) -> None:
        self._count += 1
        self._size += size
        if depth > DEPTH:
            raise UnreadableFile(
                f"It lies inside more than {DEPTH} other files.",
                "Open the outer ones in the program that they come from, save it, and add that.",
            )
        if self._count > MOST or self._size > TOTAL:
            raise UnreadableFile(
                "There are more files inside this one than dpdesk takes at once.",
                "Save those that are wanted in a folder, and add that.",
            )

    def _seal(self, content: bytes) -> Stored:
        stored = self._vault.put(content)
        self.sealed.append(stored.name)
        return stored


def _told(lost: list[LeftOut]) -> Iterator[str]:
    for each in lost[:_TOLD]:
        yield f"“{each.name}” inside it was not added. {each.sentence}"
    if len(lost) > _TOLD:
        yield f"{len(lost) - _TOLD:,} more files inside it were not added."
