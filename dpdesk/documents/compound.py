"""Files of the old Office kind (OLE), which hold streams in folders; used inside workers only."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import olefile

from dpdesk.errors import UnreadableFile

FAULTS: Final = (
    OSError,
    ValueError,
    TypeError,
    IndexError,
    KeyError,
    RecursionError,
    AttributeError,
    StopIteration,
    struct.error,
)
"""What olefile, and reading by offsets that a damaged file tells, may raise."""


@contextmanager
def opened(content: bytes) -> Iterator[olefile.OleFileIO]:
    """The file, open. Raises UnreadableFile where it is damaged beyond reading."""
    try:
        found = olefile.OleFileIO(io.BytesIO(content))
    except FAULTS:
        raise damaged() from None
    try:
        yield found
    finally:
        found.close()


def names_at_top(content: bytes) -> set[str]:
    """The names of its outermost streams and folders; none where it cannot be opened."""
    try:
        with opened(content) as file:
            return {entry.name for entry in file.root.kids}
    except UnreadableFile:
        return set()


def damaged() -> UnreadableFile:
    """What is said of a file that cannot be opened."""
    return UnreadableFile("This file is damaged.", "Ask for it again.")
