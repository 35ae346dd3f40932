"""What was dropped on a page: files of the disk, or attachments straight out of a mail program.

Outlook and others hand over attachments that lie nowhere as files: a list of names, and the bytes
of each, in forms of Windows that Qt passes through.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent

_NAMES: Final = 'application/x-qt-windows-mime;value="FileGroupDescriptorW"'
_CONTENTS: Final = 'application/x-qt-windows-mime;value="FileContents";index={}'
_HEAD: Final = 4
_LINE: Final = 592
_NAME: Final = slice(72, 592)
"""Bytes of the list of Windows: how many there are, then lines, each with a name in UTF-16."""
_MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class Loose:
    """A file that lies on no disk: ``content`` is None where it could not be had."""

    name: str
    content: bytes | None


def files(dropped: QMimeData) -> list[Path]:
    """The files of the disk among what was dropped."""
    return [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]


class TakesFiles:
    """A page onto which files of the disk may be dropped; it stands before the widget it is."""

    def take_dropped(self, paths: list[Path]) -> None:
        """What the page does with them: one or more, in the order of the system."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are taken; words, pictures out of a page and the like are not."""
        if files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hands them to the page."""
        event.acceptProposedAction()
        self.take_dropped(files(event.mimeData()))


def is_loose(dropped: QMimeData) -> bool:
    """Does it hold files that lie on no disk?"""
    return dropped.hasFormat(_NAMES)


def loose(dropped: QMimeData) -> list[Loose]:
    """The files that lie on no disk."""
    return [
        Loose(name, bytes(dropped.data(_CONTENTS.format(place)).data()) or None)
        for place, name in enumerate(names_in(bytes(dropped.data(_NAMES).data())))
    ]


def names_in(described: bytes) -> list[str]:
    """The names in a list of Windows (FILEGROUPDESCRIPTORW); as many as are whole."""
    if len(described) < _HEAD:
        return []
    count = min(struct.unpack_from("<I", described)[0], (len(described) - _HEAD) // _LINE, _MOST)
    found = []
    for number in range(count):
        start = _HEAD + number * _LINE
        line = described[start : start + _LINE]
        name = line[_NAME].decode("utf-16-le", "replace").partition("\0")[0]
        # A name may say in which folder it lies; that is nobody's business here.
        found.append(name.replace("\\", "/").rpartition("/")[2])
    return found
