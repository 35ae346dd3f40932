"""Many files at once: what a folder holds, what became of each file, and all of it in one line."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from dpdesk.documents.adding import STOPPED, DocumentAdding, Taken
from dpdesk.documents.archives import is_junk
from dpdesk.documents.cards import DocumentCard
from dpdesk.documents.gathering import AlreadyAdded, LeftOut, left_out_warning
from dpdesk.documents.mailboxes import is_outlook_mailbox
from dpdesk.errors import (
    Cancelled,
    DpdeskError,
    NamedStepDone,
    NoRoom,
    PasswordNeeded,
    StepDone,
    UnreadableFile,
)
from dpdesk.law.words import count

MOST: Final = 50_000
"""Files of one folder and all folders in it."""
_SHORT: Final = 24
"""Letters of a name in the line that tells how far the work is."""


class LooseFile(Protocol):
    """A file that lies on no disk; ``content`` is None where it could not be had."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def content(self) -> bytes | None:
        """What is in it."""


Given = Path | LooseFile


@dataclass(frozen=True, slots=True)
class PiledFile:
    """One file of what was given. ``place`` is the path in the folder that was given, if any."""

    given: Given
    place: str = ""
    fault: str = ""
    """Why it cannot even be looked at: a folder that is closed to us."""

    @property
    def name(self) -> str:
        """What it is called in a list: with its folders where it has some."""
        return self.place or self.given.name


@dataclass(frozen=True, slots=True)
class PileOutcome:
    """What became of one file: its documents, and what of it was left out, with the reason."""

    file: PiledFile
    documents: tuple[DocumentCard, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    sentence: str = ""
    """Why nothing of it was added, or why the rest of it was not."""
    locked: bool = False
    twice: bool = False
    """It was there before."""

    @property
    def unread(self) -> bool:
        """Whether it waited when the adding was stopped: nothing is wrong with it."""
        return self.sentence == STOPPED and not self.documents

    def opened(self, name: str, documents: Sequence[DocumentCard]) -> PileOutcome:
        """The same after a locked file inside was opened."""
        left = tuple(each for each in self.left_out if each.name != name)
        if len(left) == len(self.left_out):
            return self
        return replace(self, documents=(*self.documents, *documents), left_out=left)

    def locked_inside(self) -> Iterator[tuple[DocumentCard, str]]:
        """Documents with a locked file inside that a password would open, and its name."""
        for left in self.left_out:
            start = left_out_warning(left.name)
            if left.locked:
                for card in self.documents:
                    if any(line.startswith(start) for line in card.warnings):
                        yield card, left.name
                        break


def spread_out(given: Iterable[Given]) -> list[PiledFile]:
    """Every file of what was given, those of a folder in the order of their names.

    Links are not followed, and what computers put beside files for themselves is left out.
    Raises UnreadableFile for a folder of too many.
    """
    found: list[PiledFile] = []
    for each in given:
        if isinstance(each, Path) and each.is_dir():
            before = len(found)
            for file in _within(each):
                found.append(file)
                if len(found) - before > MOST:
                    raise UnreadableFile(
                        f"There are more than {MOST:,} files in this folder.",
                        "Add the folders in it one by one.",
                    )
            if len(found) == before:
                fault = "There is no file in this folder that could be added."
                found.append(PiledFile(each, fault=fault))
        else:
            found.append(PiledFile(each))
    return found


def outlook_mailboxes(files: Sequence[PiledFile]) -> tuple[list[PiledFile], list[PiledFile]]:
    """The files, and apart from them the mailboxes of Outlook, which are chosen from."""
    plain: list[PiledFile] = []
    boxes: list[PiledFile] = []
    for file in files:
        is_box = isinstance(file.given, Path) and is_outlook_mailbox(file.given)
        (boxes if is_box else plain).append(file)
    return plain, boxes


def _within(folder: Path) -> Iterator[PiledFile]:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as looked:
                entries = sorted(looked, key=lambda entry: _natural(entry.name))
        except OSError:
            place = f"{folder.name}/{here.relative_to(folder).as_posix()}".removesuffix("/.")
            yield PiledFile(here, place, "This folder cannot be opened.")
            continue
        inner = []
        for entry in entries:
            path = Path(entry.path)
            place = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            if is_junk(place) or is_junk(f"{place}/") or entry.is_symlink():
                continue
            if entry.is_dir(follow_symlinks=False):
                inner.append(path)
            elif entry.is_file(follow_symlinks=False):
                yield PiledFile(path, place)
        waiting += reversed(inner)


def _natural(name: str) -> list[tuple[int, int, str]]:
    """So that "page 9" comes before "page 10"."""
    pieces: list[tuple[int, int, str]] = []
    digits, word = "", ""
    for sign in f"{name.casefold()} ":
        if sign.isascii() and sign.isdigit():
            if word:
                pieces.append((1, 0, word))
                word = ""
            digits += sign
            continue
        if digits:
            pieces.append((0, int(digits[:18]), ""))
            digits = ""
        word += sign
    return [*pieces, (1, 0, word)]


def add_pile(
    documents: DocumentAdding,
    owner: tuple[str, int],
    files: Sequence[PiledFile],
    step: NamedStepDone,
    *,
    cancelled: Callable[[], bool] | None = None,
    passwords: Sequence[str | None] = (),
) -> Iterator[PileOutcome]:
    """Adds one file after the other; each that fails costs only itself.

    ``owner`` is the register and the number of the entry. ``step`` may raise Cancelled: what was
    added stays, and of each file that was not yet read it is said so.
    """
    tried = [*passwords, *[None] * (len(files) - len(passwords))]
    try:
        yield from _each(documents, owner, files, step, cancelled, tried)
    finally:
        documents.expect_nothing()


def _each(
    documents: DocumentAdding,
    owner: tuple[str, int],
    files: Sequence[PiledFile],
    step: NamedStepDone,
    cancelled: Callable[[], bool] | None,
    tried: Sequence[str | None],
) -> Iterator[PileOutcome]:
    for number, (file, password) in enumerate(zip(files, tried, strict=True)):
        of = f" ({number + 1:,} of {len(files):,})" if len(files) > 1 else ""
        told = partial(_step, step, f"Adding {_short(file.given.name)}{of}", number, len(files))
        try:
            told(0, 1)
            after = files[number + 1].given if number + 1 < len(files) else None
            if isinstance(after, Path):
                documents.expect_file(after, tried[number + 1])
            yield _outcome(documents, owner, file, password, told, cancelled)
        except (Cancelled, NoRoom) as fault:
            why = STOPPED if isinstance(fault, Cancelled) else str(fault)
            yield PileOutcome(file, sentence=why)
            yield from (PileOutcome(left, sentence=STOPPED) for left in files[number + 1 :])
            return


def _step(step: NamedStepDone, said: str, number: int, files: int, done: int, whole: int) -> object:
    # Pages of one file among many say nothing of how far all is.
    return step(said, done, whole) if files == 1 else step(said, number, files)


def _outcome(
    documents: DocumentAdding,
    owner: tuple[str, int],
    file: PiledFile,
    password: str | None,
    told: StepDone,
    cancelled: Callable[[], bool] | None,
) -> PileOutcome:
    try:
        taken = _taken(documents, owner, file, password, told, cancelled)
    except (Cancelled, NoRoom):
        raise
    except DpdeskError as fault:
        locked, twice = isinstance(fault, PasswordNeeded), isinstance(fault, AlreadyAdded)
        return PileOutcome(file, sentence=str(fault), locked=locked, twice=twice)
    return PileOutcome(file, taken.documents, taken.left_out, taken.stopped)


def _taken(
    documents: DocumentAdding,
    owner: tuple[str, int],
    file: PiledFile,
    password: str | None,
    told: StepDone,
    cancelled: Callable[[], bool] | None,
) -> Taken:
    if file.fault:
        raise UnreadableFile(file.fault)
    if isinstance(file.given, Path):
        return documents.take_file(
            *owner,
            file.given,
            in_file=file.place,
            password=password,
            progress=told,
            cancelled=cancelled,
        )
    return documents.take(
        *owner,
        file.given.name,
        _content(file.given),
        password=password,
        progress=told,
        cancelled=cancelled,
    )


def _content(given: LooseFile) -> bytes:
    if given.content is None:
        raise UnreadableFile(
            "The program you dragged this from did not pass the file on.",
            "Save it in a folder first, then add it from there.",
        )
    return given.content


def _short(name: str) -> str:
    return name if len(name) <= _SHORT else f"{name[: _SHORT - 12]}…{name[-11:]}"


def summary(outcomes: Sequence[PileOutcome]) -> str:
    """All of it in one line: how much was added, was there before, could not or was not read."""
    added = [card for outcome in outcomes for card in outcome.documents]
    inside = sum(card.parent_id is not None for card in added)
    left = [each for outcome in outcomes for each in outcome.left_out]
    failed = [
        outcome
        for outcome in outcomes
        if outcome.sentence and not outcome.documents and not outcome.unread
    ]
    unread = sum(outcome.unread for outcome in outcomes)
    twice = sum(each.twice for each in left) + sum(outcome.twice for outcome in failed)
    bad = len(left) + len(failed) - twice
    parts = [f"{count(len(added), 'document')} added"]
    if inside:
        parts[0] += f" ({inside:,} of them inside others)"
    if twice:
        parts.append(f"{twice:,} already there")
    if bad:
        parts.append(f"{bad:,} could not be added")
    if unread:
        parts.append(f"{unread:,} not read, as adding was stopped")
    return "; ".join(parts)
