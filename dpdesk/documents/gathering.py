"""A file that somebody adds, and all files inside it: read and sealed before rows are written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from dpdesk.documents.decoding import readable_name
from dpdesk.documents.inside import DEPTH, MOST, TOTAL, Said
from dpdesk.documents.intake import Intake
from dpdesk.documents.reading_ahead import ReadingAhead
from dpdesk.documents.unpacking import HandsOut, Unpacker
from dpdesk.errors import PasswordNeeded, StepDone, UnreadableFile
from dpdesk.store.vault import Stored, Vault

_TOLD: Final = 25
"""Files left out that are named one by one; of more only the number is told."""


class AlreadyAdded(UnreadableFile):
    """The same file is there already."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that was not added, and why.

    ``locked`` where a password would open it, ``twice`` where it is there already.
    """

    name: str
    sentence: str
    locked: bool = False
    twice: bool = False


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
    """Reads one file and those inside it; ``sealed`` names what it put into the vault.

    ``refuse`` is told the SHA-256 of each file that would stand by itself, before it is read, and
    raises where it is not wanted.
    """

    def __init__(
        self,
        readers: tuple[ReadingAhead, Unpacker],
        vault: Vault,
        *,
        password: str | None = None,
        progress: StepDone | None = None,
        cancelled: Callable[[], bool] | None = None,
        refuse: Callable[[str], None] = lambda _sha256: None,
    ) -> None:
        self._intaker, self._unpacker = readers
        self._vault = vault
        self._password = password
        self._progress = progress
        self._cancelled = cancelled
        self._refuse = refuse
        self._count = 0
        self._size = 0
        self.sealed: list[str] = []
        self.left_out: list[LeftOut] = []

    def files(self, name: str, content: bytes, *, in_file: str = "") -> Iterator[Gathered]:
        """Reads and seals a file and every file inside it.

        What only holds others (an archive, a mailbox) is none itself, and gives those that it
        holds. What is inside and cannot be read costs only itself: it is ``left_out``, and the
        file that it lies in bears a warning. Raises UnreadableFile, PasswordNeeded, Cancelled,
        NoRoom for the file itself.
        """
        yield from self._files(name, content, in_file, "", 0)

    def _files(
        self, name: str, content: bytes, in_file: str, how: str, depth: int
    ) -> Iterator[Gathered]:
        if not how:
            self._refuse(hashlib.sha256(content).hexdigest())
        intake = self._intaker.read(name, content, self._password, self._progress, self._cancelled)
        if intake.kind != "packed":
            yield self._gathered(name, content, in_file, how, depth, intake)
            return
        with self._unpacker.held(content) as held:
            yield from self.entries(held, in_file or name, how=how, depth=depth)

    def within(self, name: str, content: bytes, wanted: str, depth: int) -> Iterator[Gathered]:
        """Reads the files of one name inside a file that was added before."""
        intake = self._intaker.read(name, content, self._password, None, self._cancelled)
        for inner in intake.inside:
            if readable_name(inner.name) == wanted:
                yield from self._files(inner.name, inner.content, "", inner.how, depth + 1)

    def entries(
        self, held: HandsOut, path: str, *, how: str = "", depth: int = 0
    ) -> Iterator[Gathered]:
        """Reads and seals what an archive or a mailbox holds; ``path`` is where that lies."""
        told, step = self._progress, None if how or depth else self._progress
        waiting: tuple[str, bytes] | UnreadableFile | None = None
        for number in range(held.count):
            name = path
            try:
                if step:
                    step(number, held.count)
                    self._progress = None  # pages of one entry say nothing of the whole
                now = self._taken(held, number) if waiting is None else waiting
                waiting = self._taken(held, number + 1) if number + 1 < held.count else None
                if isinstance(now, UnreadableFile):
                    raise now
                name, content = now
                self._refuse_more(len(content), depth + 1, inside=bool(how))
                yield from self._files(
                    name.rpartition("/")[2], content, f"{path}/{name}", how, depth + 1
                )
            except UnreadableFile as fault:
                place = f"{path}/{name}" if name != path else path
                self.left_out.append(_left_out(place, fault))
            finally:
                self._progress = told

    def _taken(self, held: HandsOut, number: int) -> tuple[str, bytes] | UnreadableFile:
        """One entry, which is read ahead; or why it cannot be had."""
        try:
            name, content = held.take(number, self._password, self._cancelled)
        except UnreadableFile as fault:
            return fault
        self._intaker.expect(name.rpartition("/")[2], content, self._password)
        return name, content

    def _gathered(
        self, name: str, content: bytes, in_file: str, how: str, depth: int, intake: Intake
    ) -> Gathered:
        original = self._seal(content)
        drawn = original if intake.pdf_is_original else self._seal(intake.pdf)
        gathered = Gathered(
            readable_name(name),
            how,
            readable_name(in_file),
            str(intake.kind),
            intake.pages.packed(),
            list(intake.warnings),
            intake.said,
            original,
            drawn,
        )
        before = len(self.left_out)
        for inner in intake.inside[1:3]:
            self._intaker.expect(inner.name, inner.content, self._password)
        for inner in intake.inside:
            try:
                self._refuse_more(len(inner.content), depth + 1, inside=True)
                gathered.inside += self._files(inner.name, inner.content, "", inner.how, depth + 1)
            except UnreadableFile as fault:
                self.left_out.append(_left_out(inner.name, fault))
        gathered.warnings += _told(self.left_out[before:])
        return gathered

    def _refuse_more(self, size: int, depth: int, *, inside: bool) -> None:
        if inside:
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


def _left_out(name: str, fault: UnreadableFile) -> LeftOut:
    return LeftOut(
        readable_name(name),
        str(fault),
        isinstance(fault, PasswordNeeded),
        isinstance(fault, AlreadyAdded),
    )


def left_out_warning(name: str) -> str:
    """How the warning begins that a file inside was left out."""
    return f"“{name}” inside it was not added."


def _told(lost: list[LeftOut]) -> Iterator[str]:
    for each in lost[:_TOLD]:
        yield f"{left_out_warning(each.name)} {each.sentence}"
    if len(lost) > _TOLD:
        yield f"{len(lost) - _TOLD:,} more files inside it were not added."
