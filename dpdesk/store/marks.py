"""Marks outside the database of how far a workspace has come.

A database that was damaged after a crash, or replaced by an older copy, is whole in itself: it
cannot know that it once held more. So after each change its end (how many changes, how long its
history is, the last link of that) is noted beside it, on this computer, and where its backups go,
and compared when it is opened. A mark is written after the change is safe and is never waited for:
one that lags behind says nothing, and only one that is ahead tells of a loss.

A mark holds counters and keyed hashes; no name, no path, nothing of the school.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select

from dpdesk.law.words import count, short_moment
from dpdesk.store.audit import End
from dpdesk.store.tables import HistoryRow, utc_moment, utc_text

MARK_NAME: Final = "dpdesk.mark"
_SLOT: Final = 512
"""Bytes of one mark. A file has room for two, written in turn: a crash spoils one at most."""


@dataclass(frozen=True, slots=True)
class WorkspaceMark:
    """How far a workspace had come at some moment."""

    changes: int
    history: int
    link: str
    at: dt.datetime
    restored: bool = False
    """Written by restoring a backup: going back to here was meant."""


class Marks:
    """The marks of one workspace, in all the places where they lie."""

    def __init__(self, key: bytes, folder: Path, computer: Path) -> None:
        self._key = hashlib.blake2b(b"marks", key=key, digest_size=32).digest()
        self.name = self._hash("workspace")[:24]
        """Tells this workspace from others, by nothing but a keyed hash."""
        place = self._hash(f"place {folder.resolve()}")[:24]
        self.beside = folder / MARK_NAME
        self.here = computer / f"{self.name}-{place}.mark"

    def _hash(self, words: str) -> str:
        return hmac.new(self._key, words.encode(), hashlib.sha256).hexdigest()

    def elsewhere(self, folder: Path) -> Path:
        """The mark of this workspace in a folder that it shares with others, as with backups."""
        return folder / f"dpdesk-{self.name}.mark"

    def put(self, end: End) -> None:
        """Notes how far the workspace has come, beside it and on this computer.

        What cannot be written is left: a mark is a help, never a reason to refuse a save.
        """
        content = self._content(end, restored=False)
        for path in (self.beside, self.here):
            self._put(path, end.changes, content)

    def leave(self, path: Path, end: End, *, restored: bool = False) -> None:
        """Notes it in one more place, once."""
        self._put(path, end.changes, self._content(end, restored=restored))

    def settle(self, end: End, others: Sequence[Path] = ()) -> None:
        """The same, and forgets every mark before: after what they told was heard and noted."""
        for path in (self.beside, self.here, *others):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        self.put(end)
        for path in others:
            if path.parent.is_dir():
                self.leave(path, end)

    def _put(self, path: Path, changes: int, content: bytes) -> None:
        with suppress(OSError):
            try:
                _write(path, _SLOT * (changes % 2), content)
            except FileNotFoundError:
                # Never makes the folder of a workspace anew: it may have been moved.
                if path == self.here:
                    path.parent.mkdir(parents=True, exist_ok=True)
                path.touch(0o600)
                _write(path, _SLOT * (changes % 2), content)

    def _content(self, end: End, *, restored: bool) -> bytes:
        at = utc_text(dt.datetime.now(dt.UTC))
        said = json.dumps([end.changes, end.count, end.link, at, restored], separators=(",", ":"))
        return f"{said} {self._hash(said)}".encode().ljust(_SLOT - 1) + b"\n"

    def read(self, path: Path) -> WorkspaceMark | None:
        """The newer of the marks in a file; None where there is none that is ours and whole."""
        try:
            with path.open("rb") as file:
                content = file.read(2 * _SLOT)
        except OSError:
            return None
        found = [self._mark(content[at : at + _SLOT]) for at in (0, _SLOT)]
        return max((mark for mark in found if mark), key=lambda mark: mark.changes, default=None)

    def _mark(self, content: bytes) -> WorkspaceMark | None:
        try:
            said, proof = content.decode().split()
            if not hmac.compare_digest(self._hash(said).encode(), proof.encode()):
                return None
            changes, history, link, at, restored = json.loads(said)
            return WorkspaceMark(
                int(changes), int(history), str(link), utc_moment(at), bool(restored)
            )
        except (ValueError, TypeError):
            return None


def _write(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b", buffering=0) as file:
        file.seek(at)
        file.write(content)


@dataclass(frozen=True, slots=True)
class Notice:
    """What the marks tell when a workspace is opened."""

    sentence: str
    lost: bool
    """Nobody asked for that; else a backup was restored on purpose."""


MISSING: Final = "Changes are missing"
RESTORED: Final = "Restored from a backup"


def notice(
    marks: Marks, connection: Connection, end: End, others: Sequence[Path] = ()
) -> Notice | None:
    """What is missing from this workspace by its marks, those at ``others`` included."""
    beside = marks.read(marks.beside)
    found = [beside, marks.read(marks.here), *(marks.read(path) for path in others)]
    ahead = [mark for mark in found if mark and _ahead(connection, mark, end)]
    meant = beside is not None and beside.restored and beside not in ahead
    if not ahead:
        return Notice("This workspace was restored from a backup.", lost=False) if meant else None
    furthest = max(ahead, key=lambda mark: mark.changes)
    number = furthest.changes - end.changes
    made = f"up to {short_moment(furthest.at)}"
    if meant:
        which = (
            f"{count(number, 'change')} made after it" if number > 0 else "changes made after it"
        )
        return Notice(
            f"This workspace was restored from a backup; {which}, {made}, are not in it.",
            lost=False,
        )
    which = f"The last {count(number, 'change')}" if number > 1 else "The last change"
    return Notice(
        f"{which if number > 0 else 'Changes'} made to this workspace, {made}, "
        f"{'is' if number == 1 else 'are'} missing from it: the computer lost part of the "
        "database, or an older copy was put in its place. Look for a newer copy; "
        "if there is none, restore the last backup into another folder and compare the two.",
        lost=True,
    )


def _ahead(connection: Connection, mark: WorkspaceMark, end: End) -> bool:
    """Does a mark speak of anything that this workspace does not have?"""
    if mark.changes > end.changes or mark.history > end.count:
        return True
    if mark.history == end.count:
        return mark.link != end.link
    # The same length may be reached on two ways, from one copy on two computers. A row that is
    # gone from the middle is another matter, which the check tells of.
    asked = select(HistoryRow.link).where(HistoryRow.id == mark.history)
    return connection.execute(asked).scalar() not in {None, mark.link}
