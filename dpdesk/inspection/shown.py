"""Where an office file shows a picture; for workers only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from dpdesk.documents.office_zip import Packed

KINDS: Final = (
    ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".webp", ".gif", ".bmp", ".dib",
    ".emf", ".wmf", ".emz", ".wmz", ".wdp", ".heic", ".heif", ".avif", ".pcx", ".pict",
)  # fmt: skip
_FOLDERS: Final = ("word/media/", "ppt/media/", "xl/media/", "pictures/")
_SMALL: Final = ("docprops/thumbnail", "thumbnails/")
"""Small pictures of the first page, told of elsewhere."""


class Shown(NamedTuple):
    """A picture of a file: its part, its page from 1 (0 for none), and how it is called.

    ``name`` is its number in its ``place`` ("on the slide"), or the name of its part. ``cropped``
    says that only a piece of it is shown, ``lost`` that nothing shows it; ``content`` is there
    where it lies in no part of its own.
    """

    part: str
    page: int
    place: str
    name: str
    cropped: bool = False
    lost: bool = False
    content: bytes = b""


class Numbered:
    """Gives pictures their numbers in the order in which they are met, each place for itself."""

    def __init__(self) -> None:
        self._met: dict[tuple[int, str], list[str]] = defaultdict(list)
        self.parts: set[str] = set()

    def shown(
        self, part: str, page: int, place: str, *, cropped: bool, content: bytes = b""
    ) -> Shown:
        """A picture at a place; one that stands there twice keeps its number."""
        key = part.lower()
        self.parts.add(key)
        met = self._met[page, place]
        if not key or key not in met:
            met.append(key)
        number = len(met) if not key else met.index(key) + 1
        return Shown(part, page, place, str(number), cropped, content=content)


def left(packed: Packed, met: Iterable[str]) -> Iterator[Shown]:
    """The pictures of a file to which nothing leads, by the names of their parts."""
    known = frozenset(met)
    for key, part in sorted(packed.names.items()):
        of_kind = key.endswith(KINDS) or key.startswith(_FOLDERS)
        if of_kind and key not in known and not key.startswith(_SMALL) and not key.endswith("/"):
            yield Shown(part, 0, "which nothing shows", part.rpartition("/")[2], lost=True)
